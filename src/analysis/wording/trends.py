"""How KPIs moved over the years."""

from typing import Any

import pandas as pd

from analysis.dataset.vocabulary import PERCENT_UNITS
from analysis.measures.keys import list_rows
from analysis.measures.kpis import PROVISIONAL
from analysis.measures.movements import Movements, count_movements, find_movement
from analysis.measures.trends import (
    CONFIDENCE,
    YEARS_FOR_A_FORECAST,
    YEARS_FOR_A_PANEL,
    YEARS_FOR_A_SLOPE,
    Rows,
    keep_observed,
    list_panels,
)
from analysis.wording.distributions import LONGEST, MOST_SAID
from analysis.wording.formats import (
    LISTS,
    SIGNS,
    format_digits,
    format_number,
    format_value,
    short_fiscal_year,
)
from analysis.wording.labels import DIRECTIONS, NO_FIGURE, REASONS, STATUSES, labels, say
from analysis.wording.tables import label_table

MOVEMENTS = labels("movements")
MOVEMENTS_COUNTED = MOVEMENTS | labels("movements_counted")


def name_of(trend: dict[str, Any]) -> str:
    """Name a KPI, marking one whose figures are totals."""
    said = "累計" in trend["kpi"] or trend["aggregation"] != "cumulative"
    return str(trend["kpi"]) if said else say("trends.total", kpi=trend["kpi"])


def title_trend(trend: dict[str, Any], government: str | None = None) -> str:
    """Name a KPI with its unit, and whose it is where that is given; brackets that meet are one."""
    kpi = name_of(trend)
    if pd.notna(trend["unit"]):
        kpi = say("lists.noted", what=kpi, note=trend["unit"])
    kpi = kpi.replace(say("trends.brackets_meet"), LISTS["comma"])
    return say("trends.of_government", government=government, kpi=kpi) if government else kpi


def note_trend(trend: dict[str, Any]) -> list[str]:
    """Note under the name of a KPI its final target, its slope and its forecast, as far as any."""
    return [said for said in (_final_target(trend), say_slope(trend)) if said] + _forecast(trend)


def _final_target(trend: dict[str, Any]) -> str:
    if pd.isna(trend["final_target"]):
        return ""
    due = [] if pd.isna(trend["final_year"]) else [short_fiscal_year(trend["final_year"])]
    direction = str(trend["direction"])
    way = [DIRECTIONS[direction]] if direction in DIRECTIONS and direction != "unknown" else []
    said = LISTS["comma"].join([*due, *way])
    target = format_value(trend["final_target"], trend["unit"])
    final_target = say("trends.final_target", target=target)
    return say("lists.noted", what=final_target, note=said) if said else final_target


def signed(value: float) -> str:
    """Write a change with its sign: ＋3.75, ▲1,303.5."""
    change = format_digits(value)
    return say("trends.risen", change=change) if value > 0 else change


def say_slope(trend: dict[str, Any]) -> str:
    """Say by how much a KPI changes in a year."""
    if pd.isna(trend["slope_per_year"]):
        return ""
    slope, unit = signed(trend["slope_per_year"]), trend["unit"]
    if pd.notna(unit):
        unit = say("trends.points") if unit in PERCENT_UNITS else unit
        slope = say("trends.with_unit", figure=slope, unit=unit)
    low, high = (signed(trend[f"slope_{end}"]) for end in ("low", "high"))
    return say("trends.slope", slope=slope, interval=_interval(trend), low=low, high=high)


def _interval(trend: dict[str, Any]) -> str:
    is_range = trend["slope_confidence"] < CONFIDENCE
    return say("trends.range" if is_range else "trends.interval", level=f"{CONFIDENCE * 100:.0f}")


def _forecast(trend: dict[str, Any]) -> list[str]:
    """What the line through the years gives for the final year, and the chance to be there."""
    if pd.isna(trend["forecast"]):
        return []
    low, high = (format_digits(trend[f"forecast_{end}"]) for end in ("low", "high"))
    year, value = short_fiscal_year(trend["final_year"]), format_digits(trend["forecast"])
    said = [say("trends.forecast", year=year, value=value, low=low, high=high)]
    if pd.notna(trend["chance"]):
        said.append(say("trends.chance", chance=format_chance(trend["chance"])))
    return said


def format_chance(chance: float) -> str:
    """Write a probability in whole percent; never 0 or 100, which no forecast allows."""
    if pd.isna(chance):
        return NO_FIGURE
    if chance < 0.01:
        return say("trends.hardly")
    if chance > 0.99:
        return say("trends.nearly")
    return SIGNS["percent"].format(number=format_number(chance * 100, 0))


def describe_trends(kpis: pd.DataFrame, trends: pd.DataFrame) -> str:
    """Say how each KPI with several years went, and what too few years do not allow.

    The same tables as `plot_trends`; this is also its alternative text.
    """
    if (trends["observed"] >= YEARS_FOR_A_PANEL).sum() > MOST_SAID:
        return _sum_up(trends)
    panels = list_panels(kpis, trends)
    if not panels:
        return say("trends.nothing_to_draw", years=YEARS_FOR_A_PANEL)
    said = say("trends.figure") + "".join(_course(trend, rows) for trend, rows in panels)
    said += _too_few(count_movements(trends))
    return said if len(said) <= LONGEST else _sum_up(trends)


def _sum_up(trends: pd.DataFrame) -> str:
    """Say of how many KPIs what the figure shows, and how they moved."""
    shown = int((trends["observed"] >= YEARS_FOR_A_PANEL).sum())
    return say("trends.figure_of_many", kpis=shown) + describe_movements(trends)


def describe_movements(trends: pd.DataFrame) -> str:
    """Say in one paragraph how many KPIs move the way they should, and how many cannot tell."""
    found = count_movements(trends)
    if not found.fitted:
        return say("trends.no_slope", years=YEARS_FOR_A_SLOPE) + _too_few(found)
    ways = [
        say("trends.counted", way=MOVEMENTS_COUNTED[way], count=count)
        for way, count in found.ways.items()
    ]
    ways += [say("trends.totals", count=found.totals)] if found.totals else []
    said = LISTS["comma"].join(ways)
    moved = say("trends.moved", years=YEARS_FOR_A_SLOPE, kpis=found.fitted, ways=said)
    return moved + _too_few(found)


def _too_few(found: Movements) -> str:
    said = say("trends.single", kpis=found.single) if found.single else ""
    said += say("trends.unobserved", kpis=found.unobserved) if found.unobserved else ""
    if not found.forecasts:
        said += say("trends.no_forecast", years=YEARS_FOR_A_FORECAST)
    return said


def _course(trend: dict[str, Any], rows: Rows) -> str:
    place = rows[0].get("government", "")
    said = say(
        "trends.course_of" if place else "trends.course",
        government=place,
        kpi=name_of(trend),
        values=LISTS["comma"].join(_say_actual(row, trend) for row in keep_observed(rows)),
    )
    if pd.notna(trend["break_year"]):
        since = short_fiscal_year(trend["break_year"])
        said += say("trends.counted_otherwise", since=since)
    if trend["missing_years"]:
        said += say("trends.missing", years=trend["missing_years"])
    if pd.isna(trend["slope_per_year"]):
        return said + say("trends.too_few_for_slope", years=YEARS_FOR_A_SLOPE)
    movement = MOVEMENTS[find_movement(trend)]
    said += say("trends.moves", slope=say_slope(trend), movement=movement)
    forecast = LISTS["comma"].join(_forecast(trend))
    return said + (say("trends.foreseen", forecast=forecast) if forecast else "")


def _say_actual(row: dict[str, Any], trend: dict[str, Any]) -> str:
    actual = f"{short_fiscal_year(row['year'])} {format_value(row['actual'], trend['unit'])}"
    status = row["actual_status"]
    if not row["part"] and status not in PROVISIONAL:
        return actual
    note = say("trends.within_year") if row["part"] else STATUSES[status]
    return say("lists.noted", what=actual, note=note)


def tabulate_trends(trends: pd.DataFrame) -> pd.DataFrame:
    """Each KPI's years, slope and chance, with the reason for what is missing."""
    records = list_rows(trends)
    place = {"government": trends["government"].tolist()} if "government" in trends else {}
    return label_table(
        "trends",
        {
            **place,
            "kpi": [name_of(t) for t in records],
            "fiscal_year": [_years(t) for t in records],
            "actual": [_actuals(t) for t in records],
            "slope": [_slope(t) for t in records],
            "final_target": [format_value(t["final_target"], t["unit"]) for t in records],
            "forecast": [_ends(t, "forecast", format_digits) for t in records],
            "chance": [format_chance(t["chance"]) for t in records],
            "notes": [_why(t) for t in records],
        },
    )


def _years(trend: dict[str, Any]) -> str:
    ends = [short_fiscal_year(trend[name]) for name in ("first_year", "last_year")]
    period = ends[0] if ends[0] == ends[1] else SIGNS["to"].join(ends)
    said = [say("trends.years", count=trend["observed"])]
    said += [
        say(f"trends.of_which_{status}", count=count)
        for status in ("preliminary", "estimated")
        if (count := trend[status])
    ]
    return say("lists.noted", what=period, note=LISTS["comma"].join(said))


def _actuals(trend: dict[str, Any]) -> str:
    if pd.isna(trend["first_actual"]):
        return NO_FIGURE
    ends = format_number(trend["first_actual"]), format_value(trend["last_actual"], trend["unit"])
    return ends[1] if trend["observed"] == 1 else "→".join(ends)


def _slope(trend: dict[str, Any]) -> str:
    if pd.isna(trend["slope_per_year"]):
        return NO_FIGURE
    slope, ends = signed(trend["slope_per_year"]), _ends(trend, "slope", signed)
    return say("lists.noted", what=slope, note=ends)


def _ends(trend: dict[str, Any], name: str, form: Any) -> str:
    low, high = trend[f"{name}_low"], trend[f"{name}_high"]
    return NO_FIGURE if pd.isna(low) else say("trends.ends", low=form(low), high=form(high))


def _why(trend: dict[str, Any]) -> str:
    """Why there is no chance or what to mind; the slope's own reason where that is missing."""
    notes = [trend["slope_note"], trend["chance_note"]]
    if notes[0] and pd.isna(trend["slope_per_year"]):
        return say("trends.why_no_slope", reason=REASONS[notes[0]])
    return say("trends.why_no_chance", reason=REASONS[notes[1]]) if notes[1] else NO_FIGURE
