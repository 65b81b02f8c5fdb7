"""What was planned: each KPI from its baseline to its target and final target."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

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
from analysis.figures.lettering import text_width
from analysis.measures.keys import list_rows
from analysis.measures.kpis import has_copied_target
from analysis.wording import format_value, short_fiscal_year
from analysis.wording.labels import STATUSES


def plot_targets(kpis: pd.DataFrame, narrow: bool = False) -> Figure | None:
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
    labels = [_labels(row, copied) for row, copied in planned]
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


def _labels(row: dict[str, Any], copied: bool) -> list[tuple[float, str]]:
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
