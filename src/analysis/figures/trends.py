"""Several fiscal years of one KPI, as small multiples."""

from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.canvas import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    NARROW_INCHES,
    PALE,
    RED,
    WIDE_INCHES,
    Canvas,
    wrap,
    wrap_words,
)
from analysis.figures.distributions import MOST_LANES
from analysis.figures.given import draws
from analysis.figures.lanes import Lane, Scale, draw_lanes
from analysis.figures.lettering import text_width
from analysis.figures.many import NAMED, Many, fit, name_shortly
from analysis.measures.distributions import (
    GROUPINGS,
    choose_rows,
    find_by,
    split_groups,
    spread_values,
)
from analysis.measures.keys import KPI, find_rows, take
from analysis.measures.kpis import PROVISIONAL
from analysis.measures.movements import count_ways, find_moves
from analysis.measures.trends import (
    CONFIDENCE,
    YEARS_FOR_A_PANEL,
    Rows,
    keep_observed,
    list_panels,
)
from analysis.wording import (
    format_number,
    format_rate,
    name_group_of,
    note_trend,
    short_fiscal_year,
    title_trend,
)
from analysis.wording.labels import labels

WORDS = labels("figures.trends")
LANE_WORDS = labels("figures.lanes")
FASTEST = 0.5  # change of a year, as a share of the actual
KEY = ("final", "provisional", "target", "final_target", "slope", "scale")

Panels = list[tuple[dict[str, Any], Rows]]

PLOT_INCHES, YEAR_INCHES, GAP_INCHES = 1.25, 0.28, 0.2


@draws(trends=("fit_trends", "observed"))
def plot_trends(kpis: pd.DataFrame, trends: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw the years of each KPI that has at least two, one panel each on its own scale.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year; a column `government` is shown where it is there.
    trends
        The table of `fit_trends` for these KPIs.
    narrow
        The variant for a telephone.

    Returns
    -------
    The figure: a disc for each year's actual (hollow where it is preliminary or estimated),
    joined only from year to year; a short bar for the year's target, a dotted line for the
    final target; the Theil-Sen line from three years on; the forecast with its interval
    where there is one. Of more KPIs than two screens hold, it shows how fast all moved towards
    their targets or away, and the panels of those that moved away fastest, then of those that
    moved most. None if no KPI has two observed years.
    """
    shown = trends[trends["observed"] >= YEARS_FOR_A_PANEL]
    if shown.empty:
        return None

    def many() -> Many:
        moves = find_moves(shown)
        order = moves["change"].where(moves["way"] == "no", 1 / (1 + moves["change"].abs()))
        chosen, rule = choose_rows(shown, order, NAMED), WORDS["rule"]
        if chosen.empty:  # no slope is known
            chosen, rule = shown.head(NAMED), WORDS["rule_first"]
        years = kpis.iloc[np.flatnonzero(find_rows(kpis, chosen, KPI) >= 0)]
        named = name_shortly(_add_columns(chosen, kpis, ["program"]))
        return Many(_draw_all(kpis, shown, narrow), list_panels(years, named), rule)

    page = fit(
        len(shown),
        lambda: list_panels(kpis, shown),
        lambda panels: _draw_each(panels, narrow),
        many,
        narrow,
    )
    return page.finish()


def _draw_all(kpis: pd.DataFrame, trends: pd.DataFrame, narrow: bool) -> Canvas | None:
    """Draw how fast all KPIs moved towards their targets or away; None where no slope is known."""
    moves = find_moves(trends)
    groups = _add_columns(trends[KPI], kpis, [name for name in GROUPINGS if name != "fiscal_year"])
    by = find_by(groups)
    spreads = spread_values(moves["change"], moves["way"], split_groups(groups, by, MOST_LANES))
    lanes = [
        Lane(name_group_of(s.group, by), s, tuple(map(format_number, count_ways(s))))
        for s in spreads
        if s.ends
    ]
    if not lanes:
        return None
    headers = (WORDS["towards"], WORDS["away"], WORDS["open"])
    return draw_lanes(lanes, _make_scale(lanes), headers, [WORDS["axis"]], narrow, "_of_ways")


def _add_columns(trends: pd.DataFrame, kpis: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Add what the last row of each KPI says in some columns, as far as there are such."""
    rows = find_rows(trends, kpis, KPI)
    return trends.assign(**{n: take(kpis[n], rows, trends.index) for n in names if n in kpis})


def _make_scale(lanes: list[Lane]) -> Scale:
    """From 50 % a year away to 50 % towards; what moved faster stands at the ends."""
    ends = [end for lane in lanes for end in lane.spread.ends]
    words = [format_rate(share, 0) for share in (-FASTEST, -FASTEST / 2, 0.0, FASTEST / 2, FASTEST)]
    if min(ends) < -FASTEST:
        words[0] = LANE_WORDS["or_less"].format(words[0])
    if max(ends) > FASTEST:
        words[-1] = LANE_WORDS["or_more"].format(words[-1])
    at = (-FASTEST, -FASTEST / 2, 0.0, FASTEST / 2, FASTEST)
    return Scale(-FASTEST, FASTEST, list(zip(at, words, strict=True)), line=0.0)


def _draw_each(panels: Panels, narrow: bool) -> Canvas:
    width, across = (NARROW_INCHES, 1) if narrow else (WIDE_INCHES, 2)
    wide = (width - GAP_INCHES * (across - 1)) / across
    heads = [_head(trend, years, wide) for trend, years in panels]
    heights = [0.178 * len(title) + 0.155 * len(notes) for title, notes in heads]
    rows = [slice(n, n + across) for n in range(0, len(panels), across)]
    highest = [max(heights[row]) for row in rows]
    below = 0.12 + PLOT_INCHES + YEAR_INCHES + GAP_INCHES
    key = wrap_words(_key(panels), 8, width)
    page = Canvas(width, sum(highest) + below * len(rows) + 0.15 * len(key) + 0.05)
    top = 0.0
    for row, high in zip(rows, highest, strict=True):
        for number, ((trend, years), (title, notes)) in enumerate(
            zip(panels[row], heads[row], strict=True)
        ):
            left = number * (wide + GAP_INCHES)
            end = page.lines(left, top, title, 9.5)
            page.lines(left, end, notes, 8, GREY)
            _draw_panel(page, left, top + high + 0.12, wide, trend, years)
        top += high + below
    page.lines(0, top, key, 8, GREY)
    return page


def _key(panels: Panels) -> list[str]:
    key = [WORDS[name] for name in KEY]
    if any(pd.notna(trend["forecast"]) for trend, _ in panels):
        key.append(WORDS["forecast"].format(confidence=f"{CONFIDENCE * 100:.0f}"))
    return key


def _head(trend: dict[str, Any], years: Rows, width: float) -> tuple[list[str], list[str]]:
    """The name of a panel, and what its lines say in words."""
    title = title_trend(trend, years[0].get("government"))
    notes = [line for text in note_trend(trend) for line in wrap(text, 8, width)]
    return wrap(title, 9.5, width), notes


class _Scale:
    """Where a year and a value lie on the page."""

    def __init__(
        self, box: tuple[float, float, float, float], years: list[float], values: list[float]
    ) -> None:
        left, top, width, height = box
        self.first, self.last = min(years), max(years)
        low, high = min(values), max(values)
        self.low, self.range = low, (high - low) or 1.0
        self.left, self.width = left + 0.35, width - 0.7
        self.bottom, self.height = top + height - 0.1, height - 0.35

    def x(self, year: float) -> float:
        return self.left + self.width * (year - self.first) / ((self.last - self.first) or 1)

    def y(self, value: float) -> float:
        return self.bottom - self.height * (value - self.low) / self.range


def _draw_panel(
    page: Canvas, left: float, top: float, width: float, trend: dict[str, Any], rows: Rows
) -> None:
    page.box(left, top, width, PLOT_INCHES, fc="white", ec=PALE, lw=0.8)
    years, values = _span(trend, rows)
    scale = _Scale((left, top, width, PLOT_INCHES), years, values)
    if pd.notna(trend["final_target"]):
        y = scale.y(trend["final_target"])
        page.line(left, y, left + width, y, INK, 1, (0, (1.2, 1.8)))
    for row in rows:
        if pd.notna(row["target"]) and row["target"] != row["final_target"]:
            x, y = scale.x(row["fiscal_year"]), scale.y(row["target"])
            page.line(x - 0.14, y, x + 0.14, y, INK, 2)
    _draw_line(page, scale, _find_line(trend, rows))
    _draw_values(page, scale, rows)
    _draw_forecast(page, scale, trend)
    _draw_years(page, scale, top + PLOT_INCHES + 0.13)


def _span(trend: dict[str, Any], rows: Rows) -> tuple[list[float], list[float]]:
    """The years and the values a panel must hold."""
    years = [float(row[name]) for name in ("fiscal_year", "year") for row in rows]
    values = [row[name] for name in ("actual", "target") for row in rows if pd.notna(row[name])]
    values += [trend["final_target"]] if pd.notna(trend["final_target"]) else []
    values += [value for _, value in _find_line(trend, rows)]
    if pd.notna(trend["forecast"]):
        years.append(float(trend["final_year"]))
        values += [trend["forecast_low"], trend["forecast_high"]]
    return years, values


def _find_line(trend: dict[str, Any], rows: Rows) -> list[tuple[float, float]]:
    """The ends of the Theil-Sen line over the years it was fitted to, through their medians."""
    if pd.isna(trend["slope_per_year"]):
        return []
    begins = trend["break_year"]
    fitted = [
        row
        for row in keep_observed(rows)
        if not row["part"] and (pd.isna(begins) or row["fiscal_year"] >= begins)
    ]
    years = [row["year"] for row in fitted]
    middle, level = median(years), median(row["actual"] for row in fitted)
    slope = trend["slope_per_year"]
    return [(year, level + slope * (year - middle)) for year in (min(years), max(years))]


def _draw_line(page: Canvas, scale: _Scale, ends: list[tuple[float, float]]) -> None:
    if ends:
        (x0, y0), (x1, y1) = ((scale.x(year), scale.y(value)) for year, value in ends)
        page.line(x0, y0, x1, y1, BLUE, 1.1)


def _draw_values(page: Canvas, scale: _Scale, rows: Rows) -> None:
    spots: Rows = [
        {
            "x": scale.x(row["year"]),
            "y": scale.y(row["actual"]),
            "year": row["year"],
            "label": format_number(row["actual"]),
            "hollow": row["actual_status"] in PROVISIONAL or row["part"],
            "breaks": pd.notna(row.get("break_note")),
        }
        for row in keep_observed(rows)
    ]
    for before, after in pairwise(spots):
        if after["year"] - before["year"] == 1 and not after["breaks"]:
            page.line(before["x"], before["y"], after["x"], after["y"], LIGHT, 1)
    free_from = -1.0
    for spot in spots:
        page.mark(spot["x"], spot["y"], "yes", spot["hollow"], 6, 1.4)
        half = text_width(spot["label"], 8) / 2
        if spot["x"] - half > free_from and not _is_crowded(spot, spots, half):
            page.text(spot["x"], spot["y"] - 0.15, spot["label"], 8, INK, "center", halo=True)
            free_from = spot["x"] + half + 0.05


def _is_crowded(spot: dict[str, Any], spots: Rows, half: float) -> bool:
    """Whether a label would touch another year's mark, or take the place of the last label."""
    last = spots[-1]
    others = [other for other in spots if other is not spot]
    on_mark = any(
        abs(other["x"] - spot["x"]) < half + 0.07 and abs(other["y"] - spot["y"] + 0.15) < 0.13
        for other in others
    )
    room = last["x"] - text_width(last["label"], 8) / 2 - 0.05
    return on_mark or (spot is not last and spot["x"] + half > room)


def _draw_forecast(page: Canvas, scale: _Scale, trend: dict[str, Any]) -> None:
    if pd.isna(trend["forecast"]):
        return
    x = scale.x(float(trend["final_year"]))
    page.line(x, scale.y(trend["forecast_low"]), x, scale.y(trend["forecast_high"]), RED, 1.4)
    page.line(x - 0.06, scale.y(trend["forecast"]), x + 0.06, scale.y(trend["forecast"]), RED, 2)


def _draw_years(page: Canvas, scale: _Scale, y: float) -> None:
    """Name the years under a panel, the last one always, others as far as there is room."""
    free_until = page.width + 1.0
    for year in range(int(scale.last), int(scale.first) - 1, -1):
        label = short_fiscal_year(year)
        half = text_width(label, 7.5) / 2
        if scale.x(year) + half < free_until:
            page.text(scale.x(year), y, label, 7.5, GREY, "center")
            free_until = scale.x(year) - half - 0.08
