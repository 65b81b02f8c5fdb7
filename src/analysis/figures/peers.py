"""Where the KPIs of one program lie among those of its like."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.canvas import (
    GREY,
    INK,
    NARROW_INCHES,
    WIDE_INCHES,
    Canvas,
    wrap_short,
    wrap_words,
)
from analysis.figures.distributions import scale_rates
from analysis.figures.given import draws
from analysis.figures.lanes import HILL, LANE, LEFT, NAMES_RIGHT, Scale, draw_spread, name_ticks
from analysis.figures.many import NAMED, Many, Rows, fit, shorten
from analysis.measures.distributions import find_rates
from analysis.measures.peers import Peer, find_peers
from analysis.wording import format_rate, say_place_among
from analysis.wording.labels import READINGS, labels

WORDS = labels("figures.peers")
RIGHT = 5.4  # of the lanes of the wide figure


@draws(kpis=("add_achievement", "progress_rate"), own=("add_achievement", "progress_rate"))
def plot_peers(
    kpis: pd.DataFrame, own: pd.DataFrame, by: str, narrow: bool = False
) -> Figure | None:
    """Draw each KPI of a program among the rates of all KPIs of its department, field or kind.

    Parameters
    ----------
    kpis, own, by
        As in `find_peers`.
    narrow
        The variant for a telephone.

    Returns
    -------
    The figure: a row for each KPI of the program, in it the rates of its like in grey and its own
    mark; at the right its rate and its place. Of more than two screens hold, the lowest are shown.
    None if no KPI of the program has a rate.
    """
    peers = find_peers(kpis, own, by)
    if not peers:
        return None
    scale = scale_rates([peer.spread for peer in peers])
    assert scale is not None  # the own rate is among them, or beside them
    rate = READINGS[find_rates(kpis)[0]]

    def draw(rows: Rows) -> Canvas:
        return _draw_rows(rows, scale, rate, narrow)

    def many() -> Many:
        return Many(None, peers[: 2 * NAMED], WORDS["rule"].format(rate=rate))

    return fit(len(peers), lambda: list(peers), draw, many, narrow).finish()


def _draw_rows(peers: list[Peer], scale: Scale, rate: str, narrow: bool) -> Canvas:
    width = NARROW_INCHES if narrow else WIDE_INCHES
    left, right, room = (0.08, width - 0.08, width) if narrow else (LEFT, RIGHT, NAMES_RIGHT)
    names = [wrap_short(shorten(peer.row["kpi"]), 9, room) for peer in peers]
    above = [0.155 * len(name) + 0.16 if narrow else 0.0 for name in names]
    heights = [max(LANE, 0.17 * len(n) + 0.1) + a for n, a in zip(names, above, strict=True)]
    key = wrap_words([WORDS["key"], WORDS["others"]], 8, width)
    page = Canvas(width, 0.36 + sum(heights) + 0.1 + 0.15 * len(key))
    name_ticks(page, scale, left, right)
    if not narrow:
        page.text(6.42, 0.17, rate, 8, GREY, "right")
        page.text(width, 0.17, WORDS["place"], 8, GREY, "right")
    top = 0.36
    for peer, name, high, height in zip(peers, names, above, heights, strict=True):
        middle = top + height / 2
        said = (format_rate(peer.rate), say_place_among(peer))
        if narrow:
            below = page.lines(0, top + 0.03, name, 9)
            page.lines(0, below, [f"{rate} {said[0]}　{WORDS['place']} {said[1]}"], 8, GREY)
        else:
            page.lines(NAMES_RIGHT, middle - 0.084 * len(name), name, 9, align="right")
            page.text(6.42, middle, said[0], 9, INK, "right")
            page.text(width, middle, said[1], 9, INK, "right")
        box = (left, top + high + 0.04, right - left, HILL)
        grey = peer.spread._replace(states=np.full(len(peer.spread.figures), "other"))
        draw_spread(page, grey, scale, box)
        [share] = scale.place([peer.rate])
        estimated = peer.row.get("actual_status") == "estimated"
        at = left + float(share) * (right - left)
        page.mark(at, top + high + 0.04 + HILL / 2, peer.row["reached"], estimated, 9)
        top += height
    page.lines(0, page.height - 0.15 * len(key), key, 8, GREY)
    return page
