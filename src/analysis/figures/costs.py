"""Results and what one of them cost."""

import math

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.canvas import BLUE, NARROW_INCHES, RED, WIDE_INCHES, Canvas, wrap
from analysis.measures.keys import list_rows
from analysis.wording import format_number, format_range


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
