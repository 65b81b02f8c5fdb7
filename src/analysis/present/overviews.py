"""Figures that set judgements and costs side by side: the grade matrix, words and rates, money."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.measures.rubrics import apply_rubric
from analysis.present.canvas import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    MOST_TO_THE_LEFT,
    MOST_TO_THE_RIGHT,
    NARROW_INCHES,
    PALE,
    WIDE_INCHES,
    Canvas,
    color_of,
    wrap,
    wrap_words,
)
from analysis.present.gradings import AXIS_NAMES
from analysis.present.judgements import name_places
from analysis.present.lettering import text_width
from analysis.present.narrative import RATES_OF_WORDS
from analysis.present.sentences import READINGS, format_percent, list_rows


def plot_grades(
    ratings: pd.DataFrame, rubric: dict[str, Any] | None, narrow: bool = False
) -> Figure | None:
    """Draw the grade matrix of a rubric, with the published judgements in their cells.

    `ratings` has the rubric's two input columns, the published grade and `place`. A cell no
    sheet shows has a dashed outline and a question mark. None if nothing is judged by it, or
    if it is not a matrix of two published levels.
    """
    if rubric is None or set(rubric["inputs"]) != set(AXIS_NAMES):
        return None
    row_name, column_name = rubric["inputs"]
    judged = ratings.dropna(subset=[row_name, column_name])
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
    heights = [
        0.62 + 0.16 * max(len(lines.get((row, column), [])) for column in levels) for row in levels
    ]
    page = Canvas(width, top + sum(heights) + 0.32)
    page.text(left + wide * len(levels) / 2, 0.12, AXIS_NAMES[column_name], 8.5, GREY, "center")
    page.text(0.28, 0.36, AXIS_NAMES[row_name], 8.5, GREY, "center")
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
    page.caption_line("破線の枠＝どのシートにも現れず、総合評価が分からない組み合わせ")
    return page.finish()


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


def plot_words(audit: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw the published words of progress against achievement_rate and progress_rate.

    `audit` is the table of `audit_published`. One band per rate, in it one row per word; if
    the words followed that rate, its rows would not overlap. None if no judgement has both.
    """
    both = audit.dropna(subset=["progress", "progress_rate"])
    if both.empty:
        return None
    both = both.assign(place=name_places(both))
    width = NARROW_INCHES if narrow else WIDE_INCHES
    words = list(dict.fromkeys(both.sort_values("progress_rate", ascending=False)["progress"]))
    titles = [wrap(word, 9, width * 0.3) for word in words]
    widest = max(text_width(line, 9) for lines in titles for line in lines)
    left, right = max(0.95, widest + 0.25), width - 0.3
    shown = both[list(RATES_OF_WORDS)].clip(MOST_TO_THE_LEFT, MOST_TO_THE_RIGHT)
    low, high = min(0.0, shown.min().min()) - 0.1, max(1.2, shown.max().max()) + 0.15

    def x(value: float) -> float:
        return left + float((value - low) / (high - low)) * (right - left)

    bands = {
        name: [_place(both[both["progress"] == word], name, x, left - 0.1, width) for word in words]
        for name in RATES_OF_WORDS
        if both[name].notna().any()
    }
    tallest = max(
        len(label) for rows in bands.values() for spots in rows for _, _, label, _ in spots
    )
    step = 0.34 + 0.15 * (tallest - 1)
    heights = {
        name: [
            0.08 + max(0.17 * len(lines), step * (1 + max((n for *_, n in spots), default=0)))
            for lines, spots in zip(titles, rows, strict=True)
        ]
        for name, rows in bands.items()
    }
    page = Canvas(width, 0.1 + sum(0.5 + sum(rows) for rows in heights.values()) + 0.2)
    top = 0.1
    for name, rows in bands.items():
        page.text(0.05, top + 0.1, READINGS[name], 9.5, BLUE)
        page.text(x(0), top + 0.1, "0％", 8, GREY, "center")
        page.text(x(1), top + 0.1, "100％", 8, INK, "center")
        top += 0.26
        for lines, spots, height in zip(titles, rows, heights[name], strict=True):
            page.lines(0.05, top + height / 2 - 0.085 * len(lines), lines, 9)
            _draw_word(page, spots, name, x, top, height, step)
            top += height
        page.line(0, top, width, top, PALE, 0.8)
        top += 0.24
    page.caption_line("● 到達　◆ 未達　白抜き＝推計値")
    return page.finish()


Spot = tuple[dict[str, Any], float, list[str], int]


def _draw_word(
    page: Canvas,
    spots: list[Spot],
    name: str,
    x: Callable[[float], float],
    top: float,
    height: float,
    step: float,
) -> None:
    page.line(0, top, page.width, top, PALE, 0.8)
    page.line(x(0), top, x(0), top + height, GREY, 0.8)
    page.line(x(1), top, x(1), top + height, INK, 1)
    for row, at, label, level in spots:
        y = top + step * (level + 1) - 0.05
        for number, line in enumerate(reversed(label)):
            color = color_of(row["reached"])
            page.text(at, y - 0.17 - 0.15 * number, line, 8, color, "center", halo=True)
        shown = min(max(row[name], MOST_TO_THE_LEFT), MOST_TO_THE_RIGHT)
        page.mark(x(shown), y, row["reached"], row["actual_status"] == "estimated")


def _place(
    rows: pd.DataFrame, name: str, x: Callable[[float], float], left: float, width: float
) -> list[Spot]:
    """Put each label above its mark, on a lower line where it would touch another."""
    free_from: list[float] = []
    placed: list[Spot] = []
    for row in list_rows(rows.dropna(subset=name).sort_values(name)):
        label = wrap(f"{row['place']} {format_percent(row[name])}", 8, width - left)
        half = max(text_width(line, 8) for line in label) / 2
        shown = min(max(row[name], MOST_TO_THE_LEFT), MOST_TO_THE_RIGHT)
        at = min(max(x(shown), left + half), width - half)
        level = next((n for n, end in enumerate(free_from) if at - half > end), len(free_from))
        free_from[level : level + 1] = [at + half + 0.06]
        placed.append((row, at, label, level))
    return placed
