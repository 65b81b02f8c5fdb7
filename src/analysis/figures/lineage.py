"""Programs that come back in other documents and years."""

import math
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.bars import draw_bars
from analysis.figures.canvas import (
    BLUE,
    GREY,
    LIGHT,
    NARROW_INCHES,
    PALE,
    WIDE_INCHES,
    Canvas,
    wrap,
    wrap_words,
)
from analysis.figures.given import draws
from analysis.figures.lettering import text_width
from analysis.figures.many import NAMED, Many, Rows, fit
from analysis.measures.keys import PROGRAM
from analysis.measures.lineage import Row, count_years_of_lines, keep_long_lines, list_lanes
from analysis.wording import short_fiscal_year
from analysis.wording.labels import FLAGS, labels

WORDS = labels("figures.lineage")

NAME_SIZE, NAME_STEP, SMALL_SIZE, SMALL_STEP = 9.5, 0.178, 8, 0.15


TOP = 0.26  # below the years


NAMES_RIGHT = 2.9  # in the wide figure


INDENT = 0.16  # of the narrow figure, for the line that joins the programs of a lane


class _Program(NamedTuple):
    """The rows of a program's years, its texts on lines, the heights of its marks and its end."""

    years: list[Row]
    name: list[str]
    note: list[str]
    marks_below: float
    height: float


class _Axis(NamedTuple):
    """Where the fiscal years stand on the page."""

    first: int
    last: int
    left: float
    step: float

    def at(self, year: int) -> float:
        """Return the x of a year."""
        return self.left + (year - self.first) * self.step


@draws(lines=("trace_programs", "line"))
def plot_lineage(lines: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw for each line of descent the years for which documents show its programs.

    `lines` is the table of `trace_programs`. A lane is a line, a row in it a program: a disc for
    each year a document shows it, a grey line for its printed period, a blue line between what
    is the same program, dashed where that is our conclusion. Of more lines than two screens hold,
    those of the most years are shown, below how many there are of how many years. None without
    lines.
    """
    if lines.empty:
        return None

    def draw(lanes: Rows) -> Canvas:
        return _draw_lanes(pd.concat(lanes), narrow)

    def many() -> Many:
        return Many(_draw_counts(lines, narrow), keep_long_lines(lines, NAMED), WORDS["rule"])

    programs = len(lines.drop_duplicates(PROGRAM))
    page = fit(programs, lambda: [lines], draw, many, narrow)
    return page.finish()


def _draw_counts(lines: pd.DataFrame, narrow: bool) -> Canvas:
    """Draw how many lines documents show for how many years."""
    bars = [
        (
            WORDS["years"].format(years=years),
            WORDS["lines"].format(count=f"{count:,}"),
            [("filled", count)],
        )
        for years, count in count_years_of_lines(lines)
    ]
    return draw_bars(bars, [WORDS["bars"]], narrow)


def _draw_lanes(lines: pd.DataFrame, narrow: bool) -> Canvas:
    width = NARROW_INCHES if narrow else WIDE_INCHES
    lanes = [[_measure(years, narrow) for years in lane] for lane in list_lanes(lines)]
    key = wrap_words(_key(lines), 8, width)
    below = TOP + sum(0.12 + sum(program.height for program in lane) for lane in lanes)
    page = Canvas(width, below + 0.08 + 0.15 * len(key))
    axis = _lay_axis(lines, INDENT if narrow else NAMES_RIGHT + 0.2, width)
    _draw_years(page, axis, None if narrow else below)
    top = TOP
    for lane in lanes:
        page.line(0, top, width, top, LIGHT, 0.8)
        top += 0.06
        heights = []
        for program in lane:
            heights.append(top + program.marks_below)
            _draw_program(page, axis, program, top, INDENT if narrow else 0)
            top += program.height
        _join(page, axis, lane, heights, narrow)
        top += 0.06
    page.lines(0, page.height - 0.15 * len(key), key, 8, GREY)
    return page


def _measure(years: list[Row], narrow: bool) -> _Program:
    flags = [
        WORDS["flag"].format(year=short_fiscal_year(row["fiscal_year"]), flag=FLAGS[row["flag"]])
        for row in years
        if pd.notna(row["flag"])
    ]
    room = NARROW_INCHES - INDENT if narrow else NAMES_RIGHT
    name = wrap(years[-1]["program"], NAME_SIZE, room)
    note = wrap_words([years[-1]["government"], *flags], SMALL_SIZE, room)
    texts = 0.14 + NAME_STEP * len(name) + SMALL_STEP * len(note)
    if narrow:
        return _Program(years, name, note, texts + 0.05, texts + 0.16)
    return _Program(years, name, note, texts / 2, texts)


def _lay_axis(lines: pd.DataFrame, left: float, right: float) -> _Axis:
    columns = (lines[name].dropna() for name in ("fiscal_year", "start_year", "end_year"))
    years = {int(year) for column in columns for year in column}
    first, last = min(years), max(years)
    return _Axis(first, last, left + 0.12, (right - left - 0.29) / max(1, last - first))


def _draw_years(page: Canvas, axis: _Axis, below: float | None) -> None:
    """Write as many years as have room, with guides down to `below` where there is one."""
    years = range(axis.first, axis.last + 1)
    widest = max(text_width(short_fiscal_year(year), 8) for year in years)
    for year in years[:: math.ceil((widest + 0.06) / axis.step)]:
        page.text(axis.at(year), 0.12, short_fiscal_year(year), 8, GREY, "center")
        if below is not None:
            page.line(axis.at(year), TOP, axis.at(year), below, PALE, 0.8)


def _draw_program(page: Canvas, axis: _Axis, program: _Program, top: float, left: float) -> None:
    y = top + program.marks_below
    below = page.lines(left, top + 0.07, program.name, NAME_SIZE)
    page.lines(left, below, program.note, SMALL_SIZE, GREY)
    page.line(axis.at(axis.first), y, axis.at(axis.last), y, PALE, 0.8)
    for period in {(row["start_year"], row["end_year"]) for row in program.years}:
        ends = [axis.at(year) for year in period if pd.notna(year)]
        if len(ends) == 2:
            page.line(ends[0], y, ends[1], y, LIGHT, 3)
        for x in ends:
            page.line(x, y - 0.06, x, y + 0.06, GREY, 1.1)
    for row in program.years:
        page.mark(axis.at(row["fiscal_year"]), y, "yes", False, 7)


def _join(
    page: Canvas, axis: _Axis, lane: list[_Program], heights: list[float], narrow: bool
) -> None:
    """Join what is the same program: its years if it is alone in its lane, else the programs."""
    if len(lane) == 1 and pd.notna(lane[0].years[0]["is_inferred"]):
        for one, other in pairwise(lane[0].years):
            ends = [(axis.at(row["fiscal_year"]), heights[0]) for row in (one, other)]
            _draw_same(page, ends, other)
    for (upper, y0), (lower, y1) in pairwise(zip(lane, heights, strict=True)):
        pairs = [(a["fiscal_year"], b["fiscal_year"]) for a in upper.years for b in lower.years]
        nearest = min(pairs, key=lambda pair: abs(pair[0] - pair[1]))
        ends = [(axis.at(nearest[0]), y0), (axis.at(nearest[1]), y1)]
        if narrow:  # beside the names that stand between the marks
            ends = [(INDENT, y0), (0.04, y0), (0.04, y1), (INDENT, y1)]
        _draw_same(page, ends, lower.years[0])


def _draw_same(page: Canvas, points: list[tuple[float, float]], row: Row) -> None:
    style = "solid" if row["is_inferred"] == "no" else "dashed"
    for one, other in pairwise(points):
        page.line(*one, *other, BLUE, 1.1, style)


def _key(lines: pd.DataFrame) -> list[str]:
    grounds = set(lines["is_inferred"].dropna())
    said = {
        "shown": True,
        "period": lines[["start_year", "end_year"]].notna().any(axis=None),
        "printed": "no" in grounds,
        "concluded": grounds - {"no"},
    }
    return [WORDS[name] for name, holds in said.items() if holds]
