"""The formula panel: every reading of a KPI side by side, and the verdict each would give.

`kpis` has the columns of `add_achievement` and `add_verdicts` throughout.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.measures.repeats import leave_out_repeats
from analysis.present.canvas import (
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
from analysis.present.lettering import text_width
from analysis.present.narrative import count_reasons, quote_names
from analysis.present.sentences import (
    BEFORE_FINAL_YEAR,
    NO_FIGURE,
    READINGS,
    REASONS,
    VERDICTS,
    VERDICTS_OF_COURSE,
    format_rate,
    list_rows,
)

DEPENDENCE = {
    "yes": "式によって変わる",
    "degree": "程度だけ変わる",
    "no": "どの式でも同じ",
    "single": "読み方は1つだけ",
    "unknown": "比べられない",
}
NOT_DUE = "期限前"
STEP = 0.25
MOST_TOLD = 3


def plot_readings(kpis: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw every reading of each KPI side by side on one axis of percent, 100 % marked.

    To the right of each rate stands its verdict: in brackets where a plain ratio of a KPI
    that should fall only seems to give it. A reading that cannot be had gets a dashed outline
    and its reason. None if no KPI has any reading.
    """
    rated = [row for row in list_rows(kpis) if any(pd.notna(row[name]) for name in READINGS)]
    if not rated:
        return None
    width = NARROW_INCHES if narrow else WIDE_INCHES
    names = [wrap(_title(row), 9.5, width - 0.1) for row in rated]
    heights = [len(lines) * 0.178 + STEP * len(READINGS) + 0.22 for lines in names]
    page = Canvas(width, sum(heights) + 0.62)
    left, right = 0.9, width - 1.3
    shown = [_shown(row[name]) for row in rated for name in READINGS if pd.notna(row[name])]
    low, high = min(0.0, *shown), max(1.2, *shown)

    def x(value: float) -> float:
        return left + 0.1 + float((value - low) / (high - low)) * (right - left - 0.2)

    page.text(x(1), 0.12, "100％", 8, INK, "center")
    page.text(x(0), 0.12, "0", 8, GREY, "center")
    top = 0.28
    for row, lines, height in zip(rated, names, heights, strict=True):
        color = RED if row["depends_on_formula"] == "yes" else INK
        y = page.lines(0, top, lines, 9.5, color) + STEP / 2 + 0.02
        ends = (y - STEP / 2, y + STEP * (len(READINGS) - 0.5))
        page.line(x(1), ends[0], x(1), ends[1], INK, 1)
        page.line(x(0), ends[0], x(0), ends[1], LIGHT, 1)
        for number, (name, label) in enumerate(READINGS.items()):
            _draw_reading(page, x, y + STEP * number, row, name, label, right)
        top += height
    marks = "● 到達・順調　◆ 未達・遅れ　□ 結論なし　白抜き＝推計値"
    page.text(0, page.height - 0.26, marks, 7.5, GREY)
    page.caption_line("破線の枠＝求められない　（ ）＝下がるべき指標の単純な比")
    return page.finish()


def _shown(rate: float) -> float:
    return min(max(rate, MOST_TO_THE_LEFT), MOST_TO_THE_RIGHT)


def _title(row: dict[str, Any]) -> str:
    return f"{row['kpi']}：{DEPENDENCE[row['depends_on_formula']]}"


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
    page.text(page.width, y, _verdict(row, name), 8.5, color_of(verdict), "right")


def _verdict(row: dict[str, Any], name: str) -> str:
    """The verdict of one reading in a word."""
    if pd.isna(row[name]):
        return NO_FIGURE
    if row[f"{name}_verdict"] == "":
        return NOT_DUE
    words = VERDICTS_OF_COURSE if name in ("pace_rate", "cagr_rate") else VERDICTS
    word = words[row[f"{name}_verdict"]]
    return f"（{word}）" if row[f"{name}_note"] == "reads_reversed" else word


def describe_readings(kpis: pd.DataFrame) -> str:
    """Say which readings and verdicts each KPI has; nothing where there is none."""
    rated = kpis[kpis[list(READINGS)].notna().any(axis=1)]
    if rated.empty:
        return ""
    return "読み方ごとの率を100％の線と比べた図。" + "".join(
        f"{k['kpi']}（{DEPENDENCE[k['depends_on_formula']]}）："
        + "、".join(
            f"{label}{format_rate(k[name])}（{_verdict(k, name).strip('（）')}）"
            if pd.notna(k[name])
            else f"{label}なし（{REASONS.get(k[f'{name}_note'], '')}）"
            for name, label in READINGS.items()
        )
        + "。"
        for k in list_rows(rated)
    )


def describe_dependence(kpis: pd.DataFrame) -> str:
    """Say for how many KPIs, and which, the verdict depends on the formula.

    That all formulas agree is said only of KPIs with two readings at least.
    """
    kpis = leave_out_repeats(kpis)
    counts = kpis["depends_on_formula"].value_counts()
    if kpis.empty or counts["unknown"] == len(kpis):
        why = count_reasons(kpis["achievement_rate_note"])
        because = f"（達成率を求められない理由は、{why}）" if why else ""
        return f"率を求められる指標がないため、式による違いはここでは示せません{because}。"
    rows = list_rows(kpis)
    if len(rows) == 1:
        return _dependence_of_one(rows[0])
    split = kpis.loc[kpis["depends_on_formula"] == "yes", "kpi"]
    degree = [row for row in rows if row["depends_on_formula"] == "degree"]
    compared = int(counts["yes"] + counts["degree"] + counts["no"])
    said = []
    if len(split):
        said.append(
            f"{len(split)}指標は、目標に届いたか、最終目標への歩みが順調かの結論が式によって変わります（{quote_names(split)}）。"
        )
    if same := compared - len(split):
        asked = "歩みが順調か" if kpis["reached_note"].isin(BEFORE_FINAL_YEAR).all() else "届いたか"
        said.append(
            f"どの式を使っても「{asked}」の結論は{same}指標とも変わりません。"
            if same == len(rows) > 1
            else f"{same}指標は、どの式を使っても「{asked}」の結論が変わりません。"
        )
    if degree:
        said.append(
            f"ただし{len(degree)}指標は、届かなかった程度が式で違います（{_ends_of(degree)}）。"
        )
    if counts["single"]:
        said.append(
            f"{counts['single']}指標は、いま結論を出せる読み方が1つしかなく、式どうしを比べられません。"
        )
    silent = kpis["depends_on_formula"] == "unknown"
    judged = int((silent & (kpis["reached"] != "unknown")).sum())
    if judged:
        said.append(f"{judged}指標は、目標に届いたかは分かりますが、率を求められません。")
    if left := int(silent.sum()) - judged:
        said.append(f"{left}指標は、どの読み方でもまだ結論が出ません。")
    return "".join(said)


def _dependence_of_one(row: dict[str, Any]) -> str:
    word = str(row["depends_on_formula"])
    if word == "single":
        name = READINGS[row["lowest_reading"]]
        return (
            f"いま結論を出せる読み方は{name}（{format_rate(row['lowest_rate'])}）だけで、"
            "ほかの式と比べることはできません。"
        )
    low, high = _end(row, "lowest"), _end(row, "highest")
    ends = low if low == high else f"{low}から{high}まで"
    if word == "yes":
        if (row["lowest_rate"] >= 1) == (row["highest_rate"] >= 1) and row["reached"] != "unknown":
            ends += f"、実績と目標を比べると{'到達' if row['reached'] == 'yes' else '未達'}"
        return (
            "目標に届いたか、最終目標への歩みが順調かの結論は、"
            f"どの式を使うかで変わります（{ends}）。"
        )
    if word == "degree":
        return f"どの式でも届いていませんが、どれほど届いていないかは式で違います（{ends}）。"
    return f"どの式を使っても、結論は同じです（{ends}）。"


def _ends_of(rows: list[dict[str, Any]]) -> str:
    said = [f"「{row['kpi']}」は{_end(row, 'highest')}、{_end(row, 'lowest')}" for row in rows]
    return "。".join(said[:MOST_TOLD]) + ("ほか" if len(said) > MOST_TOLD else "")


def _end(row: dict[str, Any], end: str) -> str:
    return f"{READINGS[row[f'{end}_reading']]}{format_rate(row[f'{end}_rate'])}"


def describe_assumed(kpis: pd.DataFrame) -> str:
    """Say the same of KPIs whose baseline year is assumed; nothing where there are none."""
    if kpis.empty:
        return ""
    return f"従前値を事業開始の前年度の値と仮定すると、{describe_dependence(kpis)}"


def tabulate_readings(kpis: pd.DataFrame) -> pd.DataFrame:
    """Every reading of each KPI with its verdict, and why one cannot be had or what to mind."""
    rows = list_rows(kpis)
    rates = {label: [_cell(row, name) for row in rows] for name, label in READINGS.items()}
    return pd.DataFrame(
        {
            "指標": kpis["kpi"],
            **rates,
            "結論": kpis["depends_on_formula"].astype("str").map(DEPENDENCE),
            "求められない理由・注意": [_notes(row) for row in rows],
        }
    )


def _cell(kpi: dict[str, Any], name: str) -> str:
    rate = format_rate(kpi[name])
    return rate if pd.isna(kpi[name]) else f"{rate} {_verdict(kpi, name)}"


def _notes(kpi: dict[str, Any]) -> str:
    """Each reason or remark once, with the readings it is about."""
    readings: dict[str, list[str]] = {}
    for name, label in READINGS.items():
        if kpi[f"{name}_note"]:
            readings.setdefault(REASONS[kpi[f"{name}_note"]], []).append(label)
    return "、".join(f"{'・'.join(labels)}：{reason}" for reason, labels in readings.items())
