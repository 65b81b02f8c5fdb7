"""Cost against progress of many programs: dots or shades, and the names of a few."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.canvas import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    NARROW_INCHES,
    PALE,
    WIDE_INCHES,
    Canvas,
    color_of,
    wrap,
    wrap_short,
    wrap_words,
)
from analysis.figures.distributions import MOST_LANES
from analysis.figures.lanes import Lane, Scale, draw_lanes, make_log_scale, name_ticks
from analysis.figures.many import shorten
from analysis.measures.cost_progress import Notable, find_notable, spread_costs
from analysis.measures.distributions import find_by
from analysis.measures.keys import list_rows
from analysis.wording import (
    format_large_yen,
    format_number,
    format_rate,
    format_short_yen,
    name_group_of,
)
from analysis.wording.labels import labels

WORDS = labels("figures.cost_progress")
MOST_DOTS = 500  # more are shades
LEFT, TOP, HIGH = 0.55, 0.45, 3.3  # inches of the plane
WIDE, TALL = 0.2, 0.15  # inches of a number beside a mark
CELLS = (56, 20)  # across, up
SIZE, LINE = 8.5, 0.165


def draw_many(comparison: pd.DataFrame, narrow: bool) -> Canvas:
    """Draw many programs with a cost of 0 or more on one page.

    The axis of cost goes by powers of ten. A program of whose progress too little is known stands
    as a stroke below. Named are those that none beats, and the costliest of those that got less
    than half way. Where of none it is known, it shows how the costs lie instead.
    """
    found = find_notable(comparison)
    width = NARROW_INCHES if narrow else WIDE_INCHES
    above = _draw_plane(found, width) if len(found.known) else _draw_costs(found, narrow)
    texts = [
        (wrap_short(text, SIZE, width - 0.2), is_title) for text, is_title in _list_names(found)
    ]
    page = Canvas(width, above.height + 0.1 + sum(LINE * len(t) + 0.08 * h for t, h in texts))
    page.put(above, 0)
    top = above.height + 0.05
    for lines, is_title in texts:
        top += 0.08 * is_title
        for line in lines:
            left = 0 if is_title else 0.12
            page.text(left, top + LINE / 2, line, SIZE, GREY if is_title else INK)
            top += LINE
    return page


def _list_names(found: Notable) -> Iterator[tuple[str, bool]]:
    """The numbered names under their titles, each with its cost and how far it got."""
    number = 0
    for title, chosen in found.named.items():
        if len(chosen):
            yield WORDS[title], True
        for row in list_rows(chosen):
            number += 1
            said = {"program": shorten(row["program"]), "cost": format_short_yen(row["cost_yen"])}
            rate = format_rate(row["mean_capped_high"], 0)
            what = "named" if title == "costliest" else "named_rate"
            yield WORDS[what].format(number=number, rate=rate, **said), False


def _draw_plane(found: Notable, width: float) -> Canvas:
    """Draw the programs of which it is known how far they got, and below them the others."""
    known, others = found.known, found.unknown
    scale = make_log_scale([*known["cost_yen"], *others["cost_yen"]], format_large_yen)
    right = width - 0.2
    key = [WORDS["shades" if len(known) > MOST_DOTS else "dots"], WORDS["by_tens"]]
    feet = wrap_words(key, 8, width)
    said = WORDS["not_placed"].format(count=format_number(len(others)))
    heads = wrap(said, 8, width) if len(others) else []
    strip = 0.15 * len(heads) + 0.4 if heads else 0.1
    page = Canvas(width, TOP + HIGH + 0.5 + strip + 0.15 * len(feet))
    _draw_frame(page, scale, right)
    table = pd.DataFrame(
        {
            "x": scale.place(known["cost_yen"].tolist()),
            "y": known["mean_capped_high"].to_numpy("float64"),
            "reached": np.where(known["missed"] > 0, "no", "yes"),
        }
    )
    draw = _draw_shades if len(table) > MOST_DOTS else _draw_dots
    page.plot(LEFT, TOP, right - LEFT, HIGH, lambda axes: draw(axes, table))
    rows = list_rows(pd.concat(found.named.values()))
    shares = scale.place([row["cost_yen"] for row in rows]).tolist()
    taken = [
        (LEFT + share * (right - LEFT), TOP + (1 - row["mean_capped_high"]) * HIGH)
        for share, row in zip(shares, rows, strict=True)
    ]
    for number, (row, (at, high)) in enumerate(zip(rows, list(taken), strict=True), 1):
        reached = "no" if row["missed"] else "yes"
        page.mark(at, high, reached, False, 6)
        place = _find_place(at, high, taken)
        page.text(*place, str(number), SIZE, color_of(reached), "center", halo=True)
    if heads:
        top = page.lines(0, TOP + HIGH + 0.5, heads, 8, GREY)
        for share in scale.place(others["cost_yen"].tolist()):
            at = LEFT + share * (right - LEFT)
            page.line(at, top + 0.06, at, top + 0.22, GREY, 0.5)
    page.lines(0, page.height - 0.15 * len(feet), feet, 8, GREY)
    return page


def _find_place(at: float, high: float, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Where near a mark a number touches no other: above it, or else the nearest such place."""
    around = [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)]
    places = [
        (at + across * WIDE * far * 1.02, high + down * TALL * far * 1.02)
        for far in range(1, 9)
        for across, down in around
    ]
    free = (
        (x, y)
        for x, y in places
        if all(abs(x - one) > WIDE or abs(y - other) > TALL for one, other in taken)
        and TOP - TALL * 1.1 <= y <= TOP + HIGH
    )
    place = next(free, places[0])
    taken.append(place)
    return place


def _draw_frame(page: Canvas, scale: Scale, right: float) -> None:
    for share in (0, 0.5, 1):
        height = TOP + (1 - share) * HIGH
        page.line(LEFT, height, right, height, LIGHT if share else GREY, 0.8)
        page.text(LEFT - 0.08, height, format_rate(share, 0), 8, GREY, "right")
    page.text(0, 0.12, WORDS["up"], 8, GREY)
    foot = TOP + HIGH
    for share in scale.place([value for value, _ in scale.ticks]):
        at = LEFT + share * (right - LEFT)
        page.line(at, TOP, at, foot + 0.05, PALE, 0.8)
    name_ticks(page, scale, LEFT, right, foot + 0.16)
    page.text(right, foot + 0.36, WORDS["across_many"], 8, GREY, "right")


def _draw_dots(axes: Axes, table: pd.DataFrame) -> None:
    import seaborn as sns

    for word, marker in (("yes", "o"), ("no", "D")):
        mine = table[table["reached"] == word]
        color = color_of(word)
        sns.scatterplot(
            mine, x="x", y="y", marker=marker, s=14, color=color, linewidth=0.3, clip_on=False,
            ax=axes,
        )  # fmt: skip
    axes.set(xlim=(0, 1), ylim=(0, 1))


def _draw_shades(axes: Axes, table: pd.DataFrame) -> None:
    import seaborn as sns

    shades = sns.light_palette(BLUE, as_cmap=True)
    sns.histplot(
        table, x="x", y="y", bins=CELLS, binrange=((0, 1), (0, 1)), cmap=shades, vmin=0,
        vmax=max(1.0, len(table) / 150), ax=axes,
    )  # fmt: skip
    axes.set(xlim=(0, 1), ylim=(0, 1))


def _draw_costs(found: Notable, narrow: bool) -> Canvas:
    """Draw how the costs lie, of programs of none of which it is known how far they got."""
    by = find_by(found.unknown)
    spreads = spread_costs(found.unknown, by, MOST_LANES)
    lanes = [
        Lane(name_group_of(s.group, by), s, (format_number(s.total), format_short_yen(s.at(0.5))))
        for s in spreads
    ]
    if not lanes:  # none cost anything
        return Canvas(NARROW_INCHES if narrow else WIDE_INCHES, 0)
    scale = make_log_scale([end for s in spreads for end in s.ends], format_large_yen)
    headers = (WORDS["programs"], WORDS["median"])
    return draw_lanes(lanes, scale, headers, [WORDS["nothing_known"], WORDS["by_tens"]], narrow)
