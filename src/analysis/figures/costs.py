"""Results and what one of them cost."""

import math
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.canvas import BLUE, NARROW_INCHES, RED, WIDE_INCHES, Canvas, wrap
from analysis.figures.distributions import MOST_LANES
from analysis.figures.given import draws
from analysis.figures.lanes import Lane, draw_lanes, make_log_scale
from analysis.figures.many import NAMED, Many, Rows, fit, name_shortly
from analysis.measures.costs import spread_unit_costs
from analysis.measures.distributions import Spread, choose_rows
from analysis.measures.keys import list_rows
from analysis.wording import (
    format_large_yen,
    format_number,
    format_range,
    format_short_yen,
)
from analysis.wording.labels import labels

WORDS = labels("figures.costs")
UNIT_COST = ("unit_cost_yen", "unit_cost_low_yen", "unit_cost_high_yen")
COLUMNS = ("kpi", "unit", "actual", "target", *UNIT_COST)
SQUARE, STEP = 0.13, 0.16  # inches: a square, and from one to the next
MOST_SQUARES, FEW = 400, 80  # of a KPI, and of one named beside a picture of many
SIZE, LINE = 9.5, 0.178


class _Result(NamedTuple):
    """A priced KPI: its name on lines, its price, and how many squares are filled and in all."""

    title: list[str]
    price: str
    per_square: int
    filled: int
    squares: int


@draws(kpis=("add_costs", "unit_cost_yen cost_yen"))
def plot_costs(kpis: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw each counted result as a square, with what one of them cost.

    `kpis` has the columns of `add_costs`. Filled squares are results, outlined ones what
    was still missing to the target; where there are many, one square stands for several.
    KPIs are not comparable with one another. None if no KPI has a unit cost. Of more KPIs than
    two screens hold, it shows how the unit costs lie, unit by unit, and those that cost most.
    """
    priced = kpis[kpis["unit_cost_yen"].notna()]
    if priced.empty:
        return None

    def many() -> Many:
        cost = priced["cost_yen"].astype("float64")
        chosen = name_shortly(choose_rows(priced, cost, NAMED, largest=True))
        rows = list_rows(chosen, *COLUMNS)
        return Many(_draw_all(priced, narrow), rows, WORDS["rule"])

    page = fit(
        len(priced),
        lambda: list_rows(priced, *COLUMNS),
        lambda rows: _draw_each(rows, narrow, MOST_SQUARES if len(rows) == len(priced) else FEW),
        many,
        narrow,
    )
    return page.finish()


def _draw_all(priced: pd.DataFrame, narrow: bool) -> Canvas | None:
    """Draw how the unit costs lie in a lane for each unit; None where all are 0."""
    spreads = spread_unit_costs(priced, MOST_LANES)
    if not spreads:
        return None
    lanes = [
        Lane(_name_unit(s), s, (format_number(s.total), format_short_yen(s.at(0.5))))
        for s in spreads
    ]
    scale = make_log_scale([end for s in spreads for end in s.ends], format_large_yen)
    headers = (WORDS["counted"], WORDS["median"])
    return draw_lanes(lanes, scale, headers, [WORDS["axis"]], narrow)


def _name_unit(spread: Spread) -> str:
    group = spread.group
    if group.groups > 1:
        return WORDS["other_units"].format(count=group.groups)
    return WORDS["unit"].format(unit="" if group.name is None else group.name)


def _draw_each(priced: Rows, narrow: bool, most: int) -> Canvas:
    width = NARROW_INCHES if narrow else WIDE_INCHES
    per_line = int((width - 0.1) / STEP)
    results = [_measure(row, width, most) for row in priced]
    heights = [
        0.55 + len(result.title) * LINE + math.ceil(result.squares / per_line) * STEP
        for result in results
    ]
    page = Canvas(width, sum(heights) + 0.25)
    top = 0.02
    for result, height in zip(results, heights, strict=True):
        _draw_result(page, result, top, per_line)
        top += height
    sizes = sorted({result.per_square for result in results})
    one = WORDS["joint"].join(format_number(size) for size in sizes)
    page.caption_line(WORDS["key"].format(one=one))
    return page


def _measure(row: dict[str, Any], width: float, most_squares: int) -> _Result:
    """See how many squares a KPI needs, and how many results or units each stands for."""
    has_target = pd.notna(row["target"])
    most = max(row["actual"], row["target"] if has_target else 0)
    per_square = 10 ** max(0, math.ceil(math.log10(most / most_squares)))
    squares = math.ceil(most / per_square)
    filled = squares  # nothing is missing once the target is met, whatever a square stands for
    if has_target and row["actual"] < row["target"]:
        filled = math.floor(row["actual"] / per_square)
    ends = format_range(row["unit_cost_low_yen"], row["unit_cost_high_yen"])
    price = WORDS["price"].format(unit=row["unit"], range=ends)
    return _Result(wrap(row["kpi"], SIZE, width - 0.1), price, per_square, filled, squares)


def _draw_result(page: Canvas, result: _Result, top: float, per_line: int) -> None:
    y = page.lines(0, top, result.title, SIZE)
    y = page.lines(0, y, [result.price], 11, BLUE) + 0.05
    for n in range(result.squares):
        at = (n % per_line * STEP + 0.01, y + n // per_line * STEP)
        if n < result.filled:
            page.box(*at, SQUARE, SQUARE, color=BLUE)
        else:
            page.box(*at, SQUARE, SQUARE, fill=False, ec=RED, lw=0.9)
