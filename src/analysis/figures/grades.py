"""The matrix of published levels and grades."""

from itertools import product
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.canvas import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    NARROW_INCHES,
    PALE,
    WIDE_INCHES,
    Canvas,
    wrap_words,
)
from analysis.figures.given import draws
from analysis.figures.lettering import text_width
from analysis.figures.many import MOST_INCHES, MOST_ROWS
from analysis.measures.audit_findings import LEVELS
from analysis.measures.rubrics import apply_rubric
from analysis.wording import name_places
from analysis.wording.labels import labels

AXES = labels("columns")
WORDS = labels("figures.grades")


@draws(audit=("audit_published", ""))
def plot_grades(
    audit: pd.DataFrame, rubric: dict[str, Any] | None, narrow: bool = False
) -> Figure | None:
    """Draw the grade matrix of a rubric, with the published judgements in their cells.

    `audit` has the rubric's two input columns, the published grade and `place`. A cell no
    sheet shows has a dashed outline and a question mark. Of more judgements than two screens hold,
    a cell has their number. None if nothing is judged by it, or if it is not a matrix of two
    published levels.
    """
    if rubric is None or set(rubric["inputs"]) != set(LEVELS):
        return None
    row_name, column_name = rubric["inputs"]
    judged = audit.dropna(subset=[row_name, column_name])
    judged = judged.assign(place=name_places(judged))
    if judged.empty:
        return None
    width = NARROW_INCHES if narrow else WIDE_INCHES
    levels = rubric["level_words"]
    grades = _grades_of_cells(rubric)
    left, top = 0.75, 0.5
    wide = (width - left - 0.1) / len(levels)
    places = judged.groupby([row_name, column_name])["place"].agg(list)
    lines = {cell: wrap_words(names, 8.5, wide - 0.3) for cell, names in places.items()}
    heights = _measure_rows(lines, levels)
    if len(judged) > MOST_ROWS or top + sum(heights) > MOST_INCHES[narrow]:
        counted = WORDS["count"]
        lines = {cell: [counted.format(count=f"{len(n):,}")] for cell, n in places.items()}
        heights = _measure_rows(lines, levels)
    page = Canvas(width, top + sum(heights) + 0.32)
    page.text(left + wide * len(levels) / 2, 0.12, AXES[column_name], 8.5, GREY, "center")
    name = AXES[row_name]
    page.text(max(0.28, text_width(name, 8.5) / 2), 0.36, name, 8.5, GREY, "center")
    for across, column in enumerate(levels):
        page.text(left + wide * (across + 0.5), 0.36, column, 10, INK, "center")
    for row, height in zip(levels, heights, strict=True):
        page.text(left - 0.16, top + height / 2, row, 10, INK, "right")
        for across, column in enumerate(levels):
            corner = (left + wide * across + 0.04, top + 0.04)
            grade = grades.get((row, column), "unknown")
            _draw_cell(
                page, *corner, wide - 0.08, height - 0.08, grade, lines.get((row, column), [])
            )
        top += height
    page.caption_line(WORDS["key"])
    return page.finish()


def _measure_rows(lines: dict[Any, list[str]], levels: list[str]) -> list[float]:
    """How high each row of cells is."""
    return [
        0.62 + 0.16 * max(len(lines.get((row, column), [])) for column in levels) for row in levels
    ]


def _grades_of_cells(rubric: dict[str, Any]) -> dict[tuple[str, ...], str]:
    """The grade of each combination of two levels, however the rules say it."""
    cells = list(product(rubric["level_words"], repeat=2))
    graded = apply_rubric(pd.DataFrame(cells, columns=rubric["inputs"]), rubric)
    return dict(zip(cells, graded["rubric_grade"].tolist(), strict=True))


def _draw_cell(
    page: Canvas, x: float, y: float, wide: float, high: float, grade: str, lines: list[str]
) -> None:
    if grade == "unknown":
        page.outline(x, y, wide, high)
        page.text(x + wide / 2, y + (0.22 if lines else high / 2), "？", 12, GREY, "center")
        page.lines(x + 0.12, y + 0.4, lines, 8.5)
        return
    page.box(x, y, wide, high, fc=PALE if lines else "white", ec=LIGHT, lw=0.8)
    page.text(x + 0.12, y + 0.22, grade, 15, BLUE if lines else GREY)
    page.lines(x + 0.12, y + 0.4, lines, 8.5)
