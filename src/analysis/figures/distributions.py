"""How the rates of many KPIs lie, group by group."""

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.canvas import (
    BLUE,
    GREY,
    NARROW_INCHES,
    WIDE_INCHES,
    Canvas,
    wrap_short,
    wrap_words,
)
from analysis.figures.given import draws
from analysis.figures.lanes import NAMES_RIGHT, Lane, Scale, draw_lanes, make_percent_scale
from analysis.measures.distributions import (
    MOST_GROUPS,
    Group,
    Spread,
    cross_reached,
    find_rates,
    spread_rates,
)
from analysis.wording import format_rate, name_group_of, say_reached_of
from analysis.wording.labels import READINGS, labels

WORDS = labels("figures.distribution")
REACHED = labels("figures.reached")
CELL, MOST_ACROSS, FEW_ACROSS = 0.42, 6, 4  # inches of a cell; the most and the least columns
DARKEST = 1.7  # share that would be as blue as the marks: text stays legible on all cells
MOST_LANES = 8  # above rows that are named one by one


@draws(kpis=("add_achievement", "progress_rate achievement_rate reached"))
def plot_distribution(
    kpis: pd.DataFrame, by: str | None = None, narrow: bool = False
) -> Figure | None:
    """Draw how the rates of KPIs lie in each group, with how many reached their target.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`.
    by
        The column of the groups, such as department, project, policy_group, kpi_kind, fiscal_year,
        government (`add_program_columns` adds those of the program), or cost_yen, by powers of
        ten. None: all in one lane.
    narrow
        The variant for a telephone.

    Returns
    -------
    The figure: a lane for each of the twelve largest groups and one for all others. A dot is a KPI
    by its rate (`find_rates`); in a lane of more than 80, the height of a hill is how many there
    are. Below it the middle half and the median; at the right how many of how many reached their
    target, and of how many that is not known. None if no KPI has a rate.
    """
    page = draw_distribution(kpis, by, narrow)
    return None if page is None else page.finish()


def draw_distribution(
    kpis: pd.DataFrame, by: str | None, narrow: bool, most: int = MOST_GROUPS
) -> Canvas | None:
    """Draw the page of `plot_distribution` with at most `most` groups."""
    spreads = spread_rates(kpis, by, most)
    scale = scale_rates(spreads)
    if scale is None:
        return None
    rate = READINGS[find_rates(kpis)[0]]
    lanes = [Lane(name_group_of(s.group, by), s, say_reached_of(s)) for s in spreads]
    headers = (WORDS["reached"], WORDS["unknown"])
    return draw_lanes(lanes, scale, headers, [WORDS["axis"].format(rate=rate)], narrow)


def scale_rates(spreads: list[Spread]) -> Scale | None:
    """The scale of all rates of some groups; None without any."""
    ends = [end for spread in spreads for end in spread.ends]
    return make_percent_scale(ends) if ends else None


@draws(kpis=("add_achievement", "reached"))
def plot_reached(
    kpis: pd.DataFrame, by: str, across: str = "fiscal_year", narrow: bool = False
) -> Figure | None:
    """Draw how many KPIs reached their target, group by group and year by year.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `reached` from `add_achievement`.
    by, across
        The columns of the groups below each other and side by side.
    narrow
        The variant for a telephone.

    Returns
    -------
    The figure: in each cell how many of those known to have reached their target or not did so, the
    darker the larger that share; dashed where it is known of none. The twelve largest groups
    and the last years (six on a telephone) are shown, other groups together. None if it is known
    of no KPI.
    """
    width = NARROW_INCHES if narrow else WIDE_INCHES
    years, crossed = cross_reached(kpis, by, across, MOST_ACROSS if narrow else MOST_GROUPS)
    shares = np.array(
        [[yes / known if known else np.nan for yes, known, _ in cells] for _, cells in crossed]
    )
    if not np.isfinite(shares).any():
        return None
    left = 0.0 if narrow else NAMES_RIGHT + 0.1
    names = [
        wrap_short(name_group_of(g, by), 9, width if narrow else NAMES_RIGHT) for g, _ in crossed
    ]
    above = 0.18 * max(map(len, names)) + 0.04 if narrow else 0.0
    high, step = CELL + above, (width - left) / max(len(years), FEW_ACROSS)
    key = wrap_words([REACHED["cells"], REACHED["outlines"]], 8, width)
    page = Canvas(width, 0.36 + high * len(crossed) + 0.1 + 0.15 * len(key))
    for number, year in enumerate(years):
        group = Group(year, 1, None)
        page.text(
            left + step * (number + 0.5), 0.17, name_group_of(group, across), 8, GREY, "center"
        )
    for number, ((_, cells), lines) in enumerate(zip(crossed, names, strict=True)):
        top = 0.34 + high * number
        if narrow:
            page.lines(0, top + 0.03, lines, 9)
        else:
            page.lines(NAMES_RIGHT, top + CELL / 2 - 0.084 * len(lines), lines, 9, align="right")
        box = (left, top + above, step * len(years), CELL)
        page.plot(*box, partial(_draw_cells, shares=shares[[number]]))
        for place, (yes, known, every) in enumerate(cells):
            middle = left + step * (place + 0.5)
            if known:
                high_up = top + above + CELL / 2
                page.text(middle, high_up - 0.075, format_rate(yes / known, 0), 9, align="center")
                page.text(middle, high_up + 0.085, f"{yes:,}/{known:,}", 7, align="center")
            elif every:
                page.outline(middle - step * 0.4, top + above + 0.06, step * 0.8, CELL - 0.12)
    page.lines(0, page.height - 0.15 * len(key), key, 8, GREY)
    return page.finish()


def _draw_cells(axes: Axes, shares: Any) -> None:
    import seaborn as sns

    shades = sns.light_palette(BLUE, as_cmap=True)
    sns.heatmap(shares, vmin=0, vmax=DARKEST, cmap=shades, cbar=False, linewidths=1.5, ax=axes)
