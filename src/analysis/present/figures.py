"""The figures of a program. Each takes a table and returns a Figure, or None with nothing to draw.

Every state has a shape as well as a colour: a disc reached, a diamond missed, hollow an
estimate, a dashed outline unknown. `narrow` gives the variant for a telephone.
"""

import math
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.measures.achievement import has_copied_target
from analysis.present.canvas import (
    BLUE,
    GREY,
    KEY_TO_MARKS,
    LIGHT,
    NARROW_INCHES,
    PALE,
    RED,
    WIDE_INCHES,
    Canvas,
    color_of,
    wrap,
)
from analysis.present.lettering import text_width
from analysis.present.sentences import (
    PART_LABELS,
    STATUSES,
    format_number,
    format_range,
    format_value,
    list_rows,
    short_fiscal_year,
)


def _rows(
    names: list[list[str]], first: float, least: float, stacked: bool
) -> tuple[list[float], list[float]]:
    """Lay rows below each other, each as high as its name needs."""
    extra = 0.178
    heights = [
        max(least, least + (len(lines) - 1) * extra)
        if stacked
        else max(least, len(lines) * extra + 0.32)
        for lines in names
    ]
    tops = [first + sum(heights[:number]) for number in range(len(heights))]
    return tops, heights


def plot_plan(kpis: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw what was planned on each KPI's own scale: baseline, this year's and the final target.

    `kpis` has the columns of `add_achievement`. Each row has its own scale in its own unit;
    the actual stands above the line. None if no KPI has a target of the year or a final one.
    """
    has_target = kpis[["target", "final_target"]].notna().any(axis=1)
    if not has_target.any():
        return None
    with_copies = zip(list_rows(kpis), has_copied_target(kpis), has_target, strict=True)
    planned = [(row, copied) for row, copied, has in with_copies if has]
    width = NARROW_INCHES if narrow else WIDE_INCHES
    names = [wrap(row["kpi"], 9.5, width - 0.1) for row, _ in planned]
    left, right = 0.45, width - 0.45
    labels = [_plan_labels(row, copied) for row, copied in planned]
    ends = [(min(v for v, _ in ls), max(v for v, _ in ls)) for ls in labels]
    ends = [(low, high) if high > low else (low - 1, high) for low, high in ends]
    ends = [
        (min(low, a), max(high, a)) if pd.notna(a := row["actual"]) else (low, high)
        for (low, high), (row, _) in zip(ends, planned, strict=True)
    ]
    placed = [
        _stagger([(left + (v - lo) / (hi - lo) * (right - left), t) for v, t in ls], width)
        for ls, (lo, hi) in zip(labels, ends, strict=True)
    ]
    heights = [
        0.72 + len(lines) * 0.178 + max(level for _, _, _, level in spots) * 0.16
        for lines, spots in zip(names, placed, strict=True)
    ]
    page = Canvas(width, sum(heights) + 0.3)
    top = 0.05
    for (row, _), lines, spots, (low, high), height in zip(
        planned, names, placed, ends, heights, strict=True
    ):
        y = page.lines(0, top, lines, 9.5) + 0.3
        page.line(left, y, right, y, LIGHT, 2)
        for spot, centre, text, level in spots:
            page.line(spot, y - 0.06, spot, y + 0.08 + level * 0.16, GREY, 1.1)
            page.text(centre, y + 0.17 + level * 0.16, text, 8, GREY, "center")
        if pd.notna(row["actual"]):
            estimated = row["actual_status"] == "estimated"
            at = left + (row["actual"] - low) / (high - low) * (right - left)
            page.mark(at, y, row["reached"], estimated)
            label = f"実績 {format_value(row['actual'], row['unit'])}" + (
                "（推計）" if estimated else ""
            )
            half = text_width(label, 8.5) / 2
            at = min(max(at, half), width - half)
            page.text(at, y - 0.17, label, 8.5, color_of(row["reached"]), "center")
        else:
            status = STATUSES.get(row["actual_status"], "")
            page.text(right, y - 0.17, f"実績は{status}", 8.5, GREY, "right")
        top += height
    page.caption_line(KEY_TO_MARKS)
    return page.finish()


def _plan_labels(row: dict[str, Any], copied: bool) -> list[tuple[float, str]]:
    """What stands on the line of a plan: values with the words for them, equal ones as one."""
    planned = "（計画値）" if row["target_status"] == "planned" else ""
    final = short_fiscal_year(row["final_year"]) if pd.notna(row["final_year"]) else ""
    target = float("nan") if copied else row["target"]
    words: dict[float, list[str]] = {}
    for value, word in (
        (row["baseline"], "従前"),
        (target, f"{short_fiscal_year(row['fiscal_year'])}目標{planned}"),
        (row["final_target"], f"{final}最終目標"),
    ):
        if pd.notna(value):
            words.setdefault(value, []).append(word)
    labels = [(v, f"{'＝'.join(ws)} {format_value(v, row['unit'])}") for v, ws in words.items()]
    if len(labels) == 1 and pd.isna(row["baseline"]) and labels[0][0] > 0:
        labels.insert(0, (0.0, "0"))
    return labels


def _stagger(spots: list[tuple[float, str]], width: float) -> list[tuple[float, float, str, int]]:
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
        placed.append((spot, centre, text, level))
    return placed


def plot_parts(parts: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw which parts of an evaluation the documents at hand hold for each KPI.

    `parts` is the table of `list_parts`. A filled disc is a printed figure, a hollow one an
    estimate or a plan, a word stands for other states, a dashed outline for nothing.
    """
    if parts.empty:
        return None
    width = NARROW_INCHES if narrow else WIDE_INCHES
    names = [
        wrap(f"{p}（指標なし）" if pd.isna(k) else k, 9.5, width - 0.1 if narrow else 2.6)
        for p, k in zip(parts["program"], parts["kpi"], strict=True)
    ]
    left = 0.0 if narrow else 2.8
    columns = {n: label for n, label in PART_LABELS.items() if n in parts}
    step = (width - left) / len(columns)
    tops, heights = _rows(names, 0.36, 0.62 if narrow else 0.42, stacked=narrow)
    page = Canvas(width, tops[-1] + heights[-1] + 0.3)
    for number, label in enumerate(columns.values()):
        page.text(left + step * (number + 0.5), 0.15, label, 7.5 if narrow else 8, GREY, "center")
    for top, height, lines, row in zip(tops, heights, names, list_rows(parts), strict=True):
        page.line(0, top, width, top, PALE, 0.8)
        y = top + height / 2
        if narrow:
            page.lines(0, top + 0.06, lines, 9.5)
            y = top + height - 0.18
        else:
            page.lines(2.6, y - len(lines) * 0.089, lines, 9.5, align="right")
        for number, name in enumerate(columns):
            _draw_part(page, left + step * (number + 0.5), y, row[name])
    page.caption_line("● 記載あり　○ 推計・推定・計画・速報　破線＝この資料に記載なし")
    return page.finish()


SHORT_STATES = {
    "pending": "集計中",
    "unpublished": "未公表",
    "nature_not_stated": "性質不明",
    "not_surveyed": "調査なし",
}
HOLLOW = ("estimated", "planned", "preliminary", "concluded")


def _draw_part(page: Canvas, x: float, y: float, word: str) -> None:
    if word in SHORT_STATES:
        page.text(x, y, SHORT_STATES[word], 8, RED, "center")
    elif word in ("not_in_source", "not_set"):
        page.outline(x - 0.11, y - 0.08, 0.22, 0.16)
    else:
        page.mark(x, y, "yes", word in HOLLOW, 7)


def plot_costs(kpis: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw each counted result as a square, with what one of them cost.

    `kpis` has the columns of `add_costs`. Filled squares are results, outlined ones what
    was still missing to the target; where there are many, one square stands for several.
    KPIs are not comparable with one another. None if no KPI has a unit cost.
    """
    priced = [row for row in list_rows(kpis) if pd.notna(row["unit_cost_yen"])]
    if not priced:
        return None
    width = NARROW_INCHES if narrow else WIDE_INCHES
    size, per_line = 0.13, int((width - 0.1) / 0.16)
    rows = []
    for row in priced:
        most = max(row["actual"], row["target"] if pd.notna(row["target"]) else 0)
        per_square = 10 ** max(0, math.ceil(math.log10(most / 400)))
        title = wrap(row["kpi"], 9.5, width - 0.1)
        price = format_range(row["unit_cost_low_yen"], row["unit_cost_high_yen"])
        squares = math.ceil(most / per_square)
        rows.append((row, per_square, title, f"1{row['unit']}あたり {price}", squares))
    heights = [
        0.55 + len(title) * 0.178 + math.ceil(n / per_line) * 0.16 for _, _, title, _, n in rows
    ]
    page = Canvas(width, sum(heights) + 0.25)
    top = 0.02
    for (row, per_square, title, price, squares), height in zip(rows, heights, strict=True):
        y = page.lines(0, top, title, 9.5)
        y = page.lines(0, y, [price], 11, BLUE) + 0.05
        done = squares  # nothing is missing once the target is met, whatever a square stands for
        if pd.notna(row["target"]) and row["actual"] < row["target"]:
            done = math.floor(row["actual"] / per_square)
        for n in range(squares):
            at = (n % per_line * 0.16 + 0.01, y + n // per_line * 0.16)
            if n < done:
                page.box(*at, size, size, color=BLUE)
            else:
                page.box(*at, size, size, fill=False, ec=RED, lw=0.9)
        top += height
    many = {per for _, per, _, _, _ in rows}
    one = "1" if many == {1} else "・".join(format_number(p) for p in sorted(many))
    page.caption_line(f"■ 実績　□ 目標までの不足　■1つ＝{one}単位")
    return page.finish()


def plot_observations(observations: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw the other published figures of a program, as bars with a scale for each unit.

    `observations` has `what`, `value`, `unit`, `fiscal_year`. None if none has a value.
    """
    known = [row for row in list_rows(observations) if pd.notna(row["value"])]
    if not known:
        return None
    width = NARROW_INCHES if narrow else WIDE_INCHES
    units = ["" if pd.isna(row["unit"]) else row["unit"] for row in known]
    most: dict[str, float] = {}
    for unit, row in zip(units, known, strict=True):
        most[unit] = max(most.get(unit, 0.0), abs(row["value"]))
    left = 0.0 if narrow else 3.2
    names = [
        wrap(
            f"{row['what']}（{short_fiscal_year(row['fiscal_year'])}）",
            9,
            width - 0.1 if narrow else 3.0,
        )
        for row in known
    ]
    tops, heights = _rows(names, 0.05, 0.5 if narrow else 0.34, stacked=narrow)
    page = Canvas(width, tops[-1] + heights[-1] + 0.3)
    for top, height, lines, unit, row in zip(tops, heights, names, units, known, strict=True):
        label = format_value(row["value"], row["unit"])
        if row["value_status"] == "planned":
            label += "（計画）"
        room = page.width - left - text_width(label, 9) - 0.15
        y = top + height / 2
        if narrow:
            page.lines(0, top + 0.04, lines, 9)
            y = top + height - 0.14
        else:
            page.lines(3.0, y - len(lines) * 0.084, lines, 9, align="right")
        bar = room * abs(row["value"]) / most[unit] if most[unit] > 0 else 0.0
        color = BLUE if row["value"] >= 0 else RED
        planned = row["value_status"] == "planned"
        style = {"fill": False, "ec": color, "lw": 1} if planned else {"color": color}
        page.box(left, y - 0.07, max(bar, 0.01), 0.14, **style)
        page.text(left + bar + 0.08, y, label, 9)
    page.caption_line("棒の長さは同じ単位の中でだけ比べられる")
    return page.finish()
