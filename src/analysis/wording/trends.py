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
    format_digits,
    format_number,
    format_value,
    short_fiscal_year,
)
from analysis.wording.labels import DIRECTIONS, NO_FIGURE, REASONS, STATUSES, labels
from analysis.wording.tables import label_table

MOVEMENTS = labels("movements")
MOVEMENTS_COUNTED = MOVEMENTS | labels("movements_counted")


def name_of(trend: dict[str, Any]) -> str:
    """Name a KPI, marking one whose figures are totals."""
    said = "累計" in trend["kpi"] or trend["aggregation"] != "cumulative"
    return str(trend["kpi"]) if said else f"{trend['kpi']}（累計）"


def title_trend(trend: dict[str, Any], government: str | None = None) -> str:
    """Name a KPI with its unit, and whose it is where that is given; brackets that meet are one."""
    unit = "" if pd.isna(trend["unit"]) else f"（{trend['unit']}）"
    place = f"{government}　" if government else ""
    return place + f"{name_of(trend)}{unit}".replace("）（", "、")


def note_trend(trend: dict[str, Any]) -> list[str]:
    """Note under the name of a KPI its final target, its slope and its forecast, as far as any."""
    return [said for said in (_final_target(trend), say_slope(trend)) if said] + _forecast(trend)


def _final_target(trend: dict[str, Any]) -> str:
    if pd.isna(trend["final_target"]):
        return ""
    due = [] if pd.isna(trend["final_year"]) else [short_fiscal_year(trend["final_year"])]
    direction = str(trend["direction"])
    way = [DIRECTIONS[direction]] if direction in DIRECTIONS and direction != "unknown" else []
    said = "、".join([*due, *way])
    target = format_value(trend["final_target"], trend["unit"])
    return f"最終目標 {target}" + (f"（{said}）" if said else "")


def signed(value: float) -> str:
    """Write a change with its sign: ＋3.75, ▲1,303.5."""
    return f"{'＋' if value > 0 else ''}{format_digits(value)}"


def say_slope(trend: dict[str, Any]) -> str:
    """Say by how much a KPI changes in a year."""
    if pd.isna(trend["slope_per_year"]):
        return ""
    ends = f"{signed(trend['slope_low'])}～{signed(trend['slope_high'])}"
    unit = "" if pd.isna(trend["unit"]) else str(trend["unit"])
    unit = "ポイント" if unit in PERCENT_UNITS else unit
    return f"1年あたり {signed(trend['slope_per_year'])}{unit}（{_interval(trend)} {ends}）"


def _interval(trend: dict[str, Any]) -> str:
    return "範囲" if trend["slope_confidence"] < CONFIDENCE else f"{CONFIDENCE * 100:.0f}％区間"


def _forecast(trend: dict[str, Any]) -> list[str]:
    """What the line through the years gives for the final year, and the chance to be there."""
    if pd.isna(trend["forecast"]):
        return []
    low, high = (format_digits(trend[f"forecast_{end}"]) for end in ("low", "high"))
    year, value = short_fiscal_year(trend["final_year"]), format_digits(trend["forecast"])
    said = [f"{year}の見通し {value}（{low}～{high}）"]
    if pd.notna(trend["chance"]):
        said.append(f"最終目標に届く確率 {format_chance(trend['chance'])}")
    return said


def format_chance(chance: float) -> str:
    """Write a probability in whole percent; never 0 or 100, which no forecast allows."""
    if pd.isna(chance):
        return NO_FIGURE
    if chance < 0.01:
        return "1％未満"
    return "99％超" if chance > 0.99 else f"{format_number(chance * 100, 0)}％"


def describe_trends(kpis: pd.DataFrame, trends: pd.DataFrame) -> str:
    """Say how each KPI with several years went, and what too few years do not allow.

    The same tables as `plot_trends`; this is also its alternative text.
    """
    if (trends["observed"] >= YEARS_FOR_A_PANEL).sum() > MOST_SAID:
        return _sum_up(trends)
    panels = list_panels(kpis, trends)
    none = f"実績が{YEARS_FOR_A_PANEL}年度以上ある指標がないため、年度による動きは示せません。"
    if not panels:
        return none
    said = "年度ごとの実績の図。" + "".join(_course(trend, rows) for trend, rows in panels)
    said += _too_few(count_movements(trends))
    return said if len(said) <= LONGEST else _sum_up(trends)


def _sum_up(trends: pd.DataFrame) -> str:
    """Say of how many KPIs what the figure shows, and how they moved."""
    shown = int((trends["observed"] >= YEARS_FOR_A_PANEL).sum())
    return f"{shown:,}指標の年度ごとの動きの図。{describe_movements(trends)}"


def describe_movements(trends: pd.DataFrame) -> str:
    """Say in one paragraph how many KPIs move the way they should, and how many cannot tell."""
    found = count_movements(trends)
    if not found.fitted:
        return f"{YEARS_FOR_A_SLOPE}年度以上の実績がある指標はありません。{_too_few(found)}"
    parts = [f"{MOVEMENTS_COUNTED[way]}{count}" for way, count in found.ways.items()]
    parts += [f"累計{found.totals}（増えても良し悪しを表さない）"] if found.totals else []
    return (
        f"{YEARS_FOR_A_SLOPE}年度以上の実績がある指標は{found.fitted}あります。"
        f"{'、'.join(parts)}。{_too_few(found)}"
    )


def _too_few(found: Movements) -> str:
    said = f"実績が1年度だけの{found.single:,}指標は、動きを示せません。" if found.single else ""
    said += f"{found.unobserved:,}指標には実績がありません。" if found.unobserved else ""
    if not found.forecasts:
        said += (
            f"{YEARS_FOR_A_FORECAST}年度以上の実績から見通しを立てられる指標はなく、"
            "最終目標に届く確率は示しません。"
        )
    return said


def _course(trend: dict[str, Any], rows: Rows) -> str:
    place = rows[0].get("government", "")
    values = "、".join(
        f"{short_fiscal_year(row['year'])} {format_value(row['actual'], trend['unit'])}"
        + _say_provisional(row)
        for row in keep_observed(rows)
    )
    said = f"{place}「{name_of(trend)}」：{values}。"
    if pd.notna(trend["break_year"]):
        since = short_fiscal_year(trend["break_year"])
        said += f"{since}から数え方が変わったため、それより前とは比べません。"
    if trend["missing_years"]:
        said += f"途中の{trend['missing_years']}年度は値がなく、補っていません。"
    if pd.isna(trend["slope_per_year"]):
        return f"{said}{YEARS_FOR_A_SLOPE}年度に満たないため、傾きは求めません。"
    said += f"{say_slope(trend)}、{MOVEMENTS[find_movement(trend)]}。"
    forecast = "、".join(_forecast(trend))
    return said + (f"{forecast}です。" if forecast else "")


def _say_provisional(row: dict[str, Any]) -> str:
    if row["part"]:
        return "（年度の途中の値で、傾きに含めない）"
    status = row["actual_status"]
    return f"（{STATUSES[status]}）" if status in PROVISIONAL else ""


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
    period = ends[0] if ends[0] == ends[1] else "～".join(ends)
    parts = {"速報": trend["preliminary"], "推計": trend["estimated"]}
    said = "、".join(
        [f"{trend['observed']}年度分", *(f"うち{w}{n}" for w, n in parts.items() if n)]
    )
    return f"{period}（{said}）"


def _actuals(trend: dict[str, Any]) -> str:
    if pd.isna(trend["first_actual"]):
        return NO_FIGURE
    ends = format_number(trend["first_actual"]), format_value(trend["last_actual"], trend["unit"])
    return ends[1] if trend["observed"] == 1 else "→".join(ends)


def _slope(trend: dict[str, Any]) -> str:
    if pd.isna(trend["slope_per_year"]):
        return NO_FIGURE
    return f"{signed(trend['slope_per_year'])}（{_ends(trend, 'slope', signed)}）"


def _ends(trend: dict[str, Any], name: str, form: Any) -> str:
    low, high = trend[f"{name}_low"], trend[f"{name}_high"]
    return NO_FIGURE if pd.isna(low) else f"{form(low)}～{form(high)}"


def _why(trend: dict[str, Any]) -> str:
    """Why there is no chance or what to mind; the slope's own reason where that is missing."""
    notes = [trend["slope_note"], trend["chance_note"]]
    words = [f"傾き：{REASONS[notes[0]]}"] if notes[0] and pd.isna(trend["slope_per_year"]) else []
    if notes[1] and not words:
        words.append(f"確率：{REASONS[notes[1]]}")
    return "、".join(words) or NO_FIGURE
