"""1-2 of the rule, one cell one datum: figures, names, years and headers that are two."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from analysis.intake.areas import Area
from analysis.intake.grid import Cell
from analysis.intake.labels import SPAN, YEAR, read_label, take_years
from analysis.intake.ministry import (
    Finding,
    Looked,
    at_cell,
    list_figures,
    list_items,
    list_measured,
    lists,
)
from analysis.intake.names import OFFICE, take_beside
from analysis.intake.values import is_dash, is_repeated
from analysis.intake.vocabulary import compact

NO_OFFICES = lists("no_offices")
OFTEN_OFFICES = lists("often_offices")  # what ends so is hardly anything else
SCOPES = lists("scopes")
BETWEEN = re.compile(rf"(?:[\W_]|{'|'.join(lists('between_years'))})*")
JOINED = re.compile(r"[\u3001,\uff0c\u30fb/\uff0f\n]+")
DASH = re.compile(r"[\u301c~\u2013\u2014-]")
BESIDE_ANOTHER = re.compile(r"[\u30fb/\uff0f]")
WIDE_STROKE, STROKE = "\uff0f", re.compile(r"[/\uff0f]")
BESIDE = re.compile(r"([^()\uff08\uff09]+)[(\uff08]([^()\uff08\uff09]+)[)\uff09]")
MORE_THAN_ONE = "it holds more than one figure"
LONGEST_OFFICE, LEAST_PARTS = 20, 2
MONTHS = 12  # 2016-10 is a month
UNIT = "unit"  # in brackets behind a name it is told of the figures, as 1-9 asks


def find_several_data(looked: Looked) -> Iterator[Finding]:
    """1-2: cells and headers that can be told to hold two data.

    Two figures (373(973), 30 to 40, one below another, one with its year), a list with a line for
    each, a span of years, a name with its office, several offices, a header that names two things.
    """
    listed = set()
    for number, cell in looked.cells:
        if lines := list_items(cell.text):
            listed.add((number, cell.row, cell.column))
            yield at_cell(number, cell, " | ".join(lines), "list")
    for number, area, cell in list_measured(looked):
        if not area.is_stored(cell) and holds_several(area, cell):
            yield at_cell(number, cell, " | ".join(_list_figures(cell)))
    for number, area in looked.tables:
        figures = {*list_figures(area)}
        for column in area.columns:
            yield from _find_headers(number, area, column)
            if column not in figures:
                for cell in area.below(column):
                    if (number, cell.row, cell.column) not in listed:
                        yield from _find_texts(number, area, cell)


def _find_headers(number: int, area: Area, column: int) -> Iterator[Finding]:
    head = area.head(column)
    if head is None or head.column != column:
        return
    if parts := _split_bracket(head.text) or _split_header(area, head):
        yield at_cell(number, head, " | ".join(parts), "header")


def _split_bracket(text: str) -> tuple[str, ...]:
    """The two things that a header names, one in brackets: 事業名（担当課）."""
    label = read_label(text)
    name, inner = take_beside(text)
    return (name, inner) if inner and label.beside and label.beside != UNIT else ()


def _split_header(area: Area, head: Cell) -> tuple[str, ...]:
    """The things that a header names (事業名・担当課), if its cells have as many."""
    parts = [part for part in BESIDE_ANOTHER.split(head.text) if part.strip()]
    cells = area.below(head.column)
    as_many = [cell for cell in cells if len(JOINED.split(cell.text.strip())) >= len(parts)]
    if len(parts) < LEAST_PARTS or len(as_many) * 2 <= len(cells):
        return ()
    known = [read_label(part) for part in parts]
    is_known = all(part.field and part.is_whole and not part.years for part in known)
    fields = {part.field for part in known}
    return tuple(parts) if is_known and len(fields) == len(parts) else ()


def _find_texts(number: int, area: Area, cell: Cell) -> Iterator[Finding]:
    for why, split in (
        ("", partial(_split_figures, area)),
        ("span", split_years),
        ("offices", split_offices),
        ("office", partial(_split_name, area)),
    ):
        if parts := split(cell):
            yield at_cell(number, cell, " | ".join(parts), why)
            return


def _split_figures(area: Area, cell: Cell) -> tuple[str, ...]:
    """The figures on both sides of a stroke: 98／120; of a narrow one where the header says so."""
    label = area.labels.get(cell.column)
    if WIDE_STROKE not in cell.text and not (label and label.pair and "/" in cell.text):
        return ()
    parts = [part.strip() for part in STROKE.split(cell.text)]
    figures = [replace(cell, text=part) for part in parts if not is_dash(part)]
    return tuple(parts) if figures and all(map(area.is_figure, figures)) else ()


def split_years(cell: Cell) -> tuple[str, ...]:
    """The years of a cell that is nothing but two or more of them: 平成28年度～平成32年度."""
    plain = compact(cell.text)
    found = list(YEAR.finditer(plain))
    if not found:
        return ()
    if len(found) == 1:
        return _split_span(plain, found[0][0])
    years = {take_years(year[0])[1] for year in found}
    ends = [0, *(end for year in found for end in year.span()), len(plain)]
    between = [plain[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True)]
    is_several = len(years) > 1 and all(map(BETWEEN.fullmatch, between))
    return tuple(year[0] for year in found) if is_several else ()


def _split_span(plain: str, year: str) -> tuple[str, ...]:
    """The ends of a span of which one is a bare number: 平成28～30, 28～30年度."""
    parts = DASH.split(plain)
    if SPAN.fullmatch(plain):
        return tuple(parts)
    is_span = len(parts) == LEAST_PARTS and parts[0] == year and parts[1].isdecimal()
    return tuple(parts) if is_span and int(parts[1]) > MONTHS else ()


def split_offices(cell: Cell) -> tuple[str, ...]:
    """The offices of a cell that names nothing but several: 企画課、商工課."""
    parts = [part.strip() for part in JOINED.split(cell.text.strip())]
    return tuple(parts) if len(parts) > 1 and all(map(is_office, parts)) else ()


def _split_name(area: Area, cell: Cell) -> tuple[str, ...]:
    """A name and the office, or the kind of program, in brackets behind it: 就職面接会（商工課）.

    A room or a centre may be what a name is about: it is an office where a header says so, or
    where most names of the column have one.
    """
    name, inner = take_beside(cell.text)
    if not name or not inner:
        return ()
    label = area.labels.get(cell.column)
    has_beside = label is not None and bool(label.beside) and label.beside != UNIT
    is_told = has_beside or compact(inner) in SCOPES
    if not is_told and is_office(inner):
        column = [take_beside(c.text)[1] for c in area.below(cell.column)]
        is_told = inner.endswith(OFTEN_OFFICES) or sum(map(is_office, column)) * 2 > len(column)
    return (name, inner) if is_told else ()


def is_office(text: str) -> bool:
    """Whether a text names a department, a section or the like."""
    plain = compact(text)
    is_short = 1 < len(plain) <= LONGEST_OFFICE
    return is_short and bool(OFFICE.search(plain)) and plain not in NO_OFFICES


def holds_texts(looked: Looked) -> bool:
    """Whether a table has a cell of which nothing tells whether it is one datum: a name, a text."""
    for _, area in looked.tables:
        for column in area.columns:
            if not all(_is_one(area, cell) for cell in area.below(column)):
                return True
    return False


def _is_one(area: Area, cell: Cell) -> bool:
    plain = compact(cell.text)
    if area.is_stored(cell) or is_dash(plain) or is_repeated(plain):
        return True
    if plain.isascii() and plain.isalnum() and not re.search(r"\s", cell.text.strip()):
        return True  # a code
    if YEAR.fullmatch(plain) or not any(map(str.isalnum, plain)):
        return True
    return bool(area.read(cell).number) and not holds_several(area, cell)


def holds_several(area: Area, cell: Cell) -> bool:
    """Whether a cell holds two figures, or one with its year."""
    figure = area.read(cell)
    lines = [line for line in cell.text.split("\n") if re.match(r"\W*\d", line)]
    told = figure.problem == "two_figures" or MORE_THAN_ONE in figure.problem
    return told or bool(figure.upper) or figure.year is not None or len(lines) > 1


def _list_figures(cell: Cell) -> list[str]:
    """The data of a cell as printed: before and in brackets, else its figures."""
    if parts := BESIDE.fullmatch(cell.text):
        return [part.strip() for part in parts.groups()]
    return re.findall(r"[-▲△]?\d[\d,]*(?:\.\d+)?", cell.text)
