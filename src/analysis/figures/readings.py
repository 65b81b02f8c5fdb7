"""Every reading of a KPI side by side, and the verdict each would give."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.canvas import (
    GREY,
    INK,
    LIGHT,
    MOST_TO_THE_LEFT,
    MOST_TO_THE_RIGHT,
    NARROW_INCHES,
    RED,
    WIDE_INCHES,
    Canvas,
    color_of,
    wrap,
)
from analysis.figures.given import draws
from analysis.figures.lanes import Lane, draw_lanes, make_percent_scale
from analysis.figures.lettering import text_width
from analysis.figures.many import NAMED, Many, Rows, fit, name_shortly
from analysis.measures.distributions import choose_rows
from analysis.measures.readings import list_readings, spread_reading
from analysis.wording import (
    DEPENDENCE,
    format_rate,
    say_reached_of,
    say_verdict,
)
from analysis.wording.labels import NO_FIGURE, READINGS, REASONS, labels

WORDS = labels("figures.readings")
SIGNS = labels("signs")
SHORT_READINGS = labels("short_readings")

STEP = 0.25
ORDER = {"yes": 0, "degree": 1, "no": 2, "single": 3}  # in which of many KPIs are named


@draws(kpis=("add_verdicts", "progress_rate achievement_rate depends_on_formula"))
def plot_readings(kpis: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw every reading of each KPI side by side on one axis of percent, 100 % marked.

    To the right of each rate stands its verdict: in brackets where a plain ratio of a KPI
    that should fall only seems to give it. A reading that cannot be had gets a dashed outline
    and its reason. None if no KPI has any reading. Of more KPIs than two screens hold, it shows how
    the rates lie by each reading, and of the KPIs whose conclusion depends on it the costliest.
    """
    rated = kpis[kpis[list(READINGS)].notna().any(axis=1)]
    if rated.empty:
        return None

    def many() -> Many:
        depends = rated["depends_on_formula"].astype("str").map(ORDER)
        chosen = name_shortly(choose_rows(rated, depends, NAMED))
        return Many(_draw_all(rated, narrow), list_readings(chosen), WORDS["rule"])

    page = fit(
        len(rated),
        lambda: list_readings(rated),
        lambda rows: _draw_each(rows, narrow),
        many,
        narrow,
    )
    return page.finish()


def _draw_all(kpis: pd.DataFrame, narrow: bool) -> Canvas:
    """Draw how the rates of all KPIs lie by each reading, in a lane of its own."""
    spreads = {name: spread_reading(kpis, name) for name in READINGS}
    lanes = [Lane(READINGS[n], s, say_reached_of(s)) for n, s in spreads.items() if s.ends]
    headers = (WORDS["reached"], WORDS["unknown"])
    scale = make_percent_scale([f for s in spreads.values() for f in s.ends])
    absent = SIGNS["dot"].join(READINGS[name] for name, s in spreads.items() if not s.ends)
    key = [WORDS["as_read"], *([WORDS["absent"].format(names=absent)] if absent else [])]
    return draw_lanes(lanes, scale, headers, key, narrow)


def _draw_each(rated: Rows, narrow: bool) -> Canvas:
    width = NARROW_INCHES if narrow else WIDE_INCHES
    names = [wrap(_title(row), 9.5, width - 0.1) for row in rated]
    heights = [len(lines) * 0.178 + STEP * len(READINGS) + 0.22 for lines in names]
    page = Canvas(width, sum(heights) + 0.62)
    left, right = 0.9, width - 1.3
    shown = [_shown(row[name]) for row in rated for name in READINGS if pd.notna(row[name])]
    low, high = min(0.0, *shown), max(1.2, *shown)

    def x(value: float) -> float:
        return left + 0.1 + float((value - low) / (high - low)) * (right - left - 0.2)

    page.text(x(1), 0.12, SIGNS["percent"].format(number=100), 8, INK, "center")
    page.text(x(0), 0.12, "0", 8, GREY, "center")
    top = 0.28
    for row, lines, height in zip(rated, names, heights, strict=True):
        color = RED if row["depends_on_formula"] == "yes" else INK
        y = page.lines(0, top, lines, 9.5, color) + STEP / 2 + 0.02
        ends = (y - STEP / 2, y + STEP * (len(READINGS) - 0.5))
        page.line(x(1), ends[0], x(1), ends[1], INK, 1)
        page.line(x(0), ends[0], x(0), ends[1], LIGHT, 1)
        for number, (name, label) in enumerate(SHORT_READINGS.items()):
            _draw_reading(page, x, y + STEP * number, row, name, label, right)
        top += height
    page.text(0, page.height - 0.26, WORDS["marks"], 8, GREY)
    page.caption_line(WORDS["outlines"])
    return page


def _shown(rate: float) -> float:
    return min(max(rate, MOST_TO_THE_LEFT), MOST_TO_THE_RIGHT)


def _title(row: dict[str, Any]) -> str:
    return SIGNS["named"].format(name=row["kpi"]) + DEPENDENCE[row["depends_on_formula"]]


def _draw_reading(
    page: Canvas,
    x: Callable[[float], float],
    y: float,
    row: dict[str, Any],
    name: str,
    label: str,
    right: float,
) -> None:
    page.text(0.05, y, label, 8.5, INK)
    rate = row[name]
    if pd.isna(rate):
        why = REASONS.get(row[f"{name}_note"], "")
        box = text_width(why, 8) + 0.16
        start = max(0.85, min(x(0) + 0.04, page.width - 0.25 - box))
        page.outline(start, y - 0.09, box, 0.18)
        page.text(start + 0.08, y, why, 8, GREY)
        page.text(page.width, y, NO_FIGURE, 9, GREY, "right")
        return
    verdict = {"reached": "yes", "": "unknown"}.get(row[f"{name}_verdict"], "no")
    if row[f"{name}_note"] == "reads_reversed":
        verdict = "unknown"
    end = _shown(rate)
    page.line(x(1), y, x(end), y, color_of(verdict), 1.6, arrow=end != rate)
    if end == rate:
        page.mark(x(end), y, verdict, row["actual_status"] == "estimated", 7)
    page.text(right + 0.62, y, format_rate(rate), 9, INK, "right")
    page.text(page.width, y, say_verdict(row, name), 8.5, color_of(verdict), "right")
