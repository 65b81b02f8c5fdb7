"""What was planned: each KPI from its baseline to its target and final target."""

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.bars import draw_bars
from analysis.figures.canvas import (
    GREY,
    KEY_TO_MARKS,
    LIGHT,
    NARROW_INCHES,
    WIDE_INCHES,
    Canvas,
    color_of,
    wrap,
)
from analysis.figures.given import draws
from analysis.figures.lettering import text_width
from analysis.figures.many import NAMED, Many, Rows, fit, name_shortly
from analysis.measures.distributions import choose_rows, find_by, find_rates
from analysis.measures.targets import (
    count_planned,
    find_planned_change,
    has_planned,
    list_planned,
)
from analysis.wording import (
    name_actual,
    name_group_of,
    name_planned_values,
)
from analysis.wording.labels import labels

WORDS = labels("figures.targets")
MARGIN = 0.45


class _Spot(NamedTuple):
    """A value on the line of a plan, and where below it its label stands."""

    x: float
    centre: float
    text: str
    level: int


class _Plan:
    """One KPI: its name on lines, the ends of its scale, its labels in their places."""

    def __init__(self, row: dict[str, Any], width: float) -> None:
        self.row, self.width = row, width
        self.name = wrap(row["kpi"], 9.5, width - 0.1)
        labels = name_planned_values(row)
        values = [value for value, _ in labels]
        self.low, self.high = min(values), max(values)
        if self.low == self.high:
            self.low -= 1
        if pd.notna(row["actual"]):
            self.low, self.high = min(self.low, row["actual"]), max(self.high, row["actual"])
        self.spots = _stagger([(self.x(value), text) for value, text in labels], width)
        lowest = max(spot.level for spot in self.spots)
        self.height = 0.72 + len(self.name) * 0.178 + lowest * 0.16

    def x(self, value: float) -> float:
        """Where a value lies on the page."""
        left, right = MARGIN, self.width - MARGIN
        return left + (value - self.low) / (self.high - self.low) * (right - left)

    def draw(self, page: Canvas, top: float) -> None:
        left, right, row = MARGIN, self.width - MARGIN, self.row
        y = page.lines(0, top, self.name, 9.5) + 0.3
        page.line(left, y, right, y, LIGHT, 2)
        for spot, centre, text, level in self.spots:
            page.line(spot, y - 0.06, spot, y + 0.08 + level * 0.16, GREY, 1.1)
            page.text(centre, y + 0.17 + level * 0.16, text, 8, GREY, "center")
        label = name_actual(row)
        if pd.isna(row["actual"]):
            page.text(right, y - 0.17, label, 8.5, GREY, "right")
            return
        at = self.x(row["actual"])
        page.mark(at, y, row["reached"], row["actual_status"] == "estimated")
        half = text_width(label, 8.5) / 2
        at = min(max(at, half), self.width - half)
        page.text(at, y - 0.17, label, 8.5, color_of(row["reached"]), "center")


@draws(kpis=("add_achievement", "target final_target reached"))
def plot_targets(kpis: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw what was planned on each KPI's own scale: baseline, this year's and the final target.

    `kpis` has the columns of `add_achievement`. Each row has its own scale in its own unit;
    the actual stands above the line. None if no KPI has a target of the year or a final one. Of
    more KPIs than two screens hold, it shows how many have which target, and those whose target
    lies farthest from the baseline, as a share of it.
    """
    width = NARROW_INCHES if narrow else WIDE_INCHES
    planned = kpis[has_planned(kpis)]
    if planned.empty:
        return None

    def draw(rows: Rows) -> Canvas:
        plans = [_Plan(row, width) for row in rows]
        page = Canvas(width, sum(plan.height for plan in plans) + 0.3)
        top = 0.05
        for plan in plans:
            plan.draw(page, top)
            top += plan.height
        page.caption_line(KEY_TO_MARKS)
        return page

    def many() -> Many:
        moves = find_planned_change(planned)
        by_change = moves.notna().sum() >= NAMED
        rates = moves.abs() if by_change else find_rates(planned)[1]
        chosen = choose_rows(planned, rates, NAMED, largest=by_change)
        word = "rule_change" if by_change else "rule_first" if chosen.empty else "rule_rate"
        names = name_shortly(planned.head(NAMED) if chosen.empty else chosen)
        return Many(_draw_counts(kpis, narrow), list_planned(names), WORDS[word])

    return fit(len(planned), lambda: list_planned(planned), draw, many, narrow).finish()


def _draw_counts(kpis: pd.DataFrame, narrow: bool) -> Canvas:
    """Draw for each group how many KPIs have a target of the year, only a final one, or none."""
    by = find_by(kpis)
    bars = []
    for group, counts in count_planned(kpis, by):
        said = WORDS["count"].format(count=f"{sum(counts):,}", known=f"{counts[0] + counts[1]:,}")
        looks = ("filled", "framed", "dashed")
        bars.append((name_group_of(group, by), said, list(zip(looks, counts, strict=True))))
    return draw_bars(bars, [WORDS[name] for name in ("of_year", "only_final", "none")], narrow)


def _stagger(spots: list[tuple[float, str]], width: float) -> list[_Spot]:
    """Place labels under their spots, lower ones where they would touch."""
    free_from = [-1.0] * len(spots)
    placed = []
    for spot, text in sorted(spots):
        half = text_width(text, 8) / 2
        centre = min(max(spot, half), width - half)
        level = next(
            n for n, end in enumerate(free_from) if centre - half > end or n == len(spots) - 1
        )
        free_from[level] = centre + half + 0.08
        placed.append(_Spot(spot, centre, text, level))
    return placed
