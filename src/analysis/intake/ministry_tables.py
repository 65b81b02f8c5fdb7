"""The checks of the rule that look at whole tables: 1-6, 1-9, 1-11, 2-1, 2-2."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from analysis.intake.areas import Area
from analysis.intake.blocks import Sheet
from analysis.intake.grid import Cell, letter_of
from analysis.intake.labels import SPAN, UNIT_SAID, YEAR, is_unit, take_years
from analysis.intake.ministry import (
    LONGEST_NAME,
    Finding,
    Looked,
    at_cell,
    at_empty,
    is_identifier,
    list_figures,
    lists,
)
from analysis.intake.names import take_unit
from analysis.intake.values import is_bare, is_repeated
from analysis.intake.vocabulary import ENDS_IN_TOTAL, TOTALS, compact

TIMES, UNITS, OF_A_YEAR = lists("times"), lists("units"), lists("of_a_year")
WESTERN = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])|(?<![0-9])(?:19|20)[0-9]{8}(?![0-9])")
BRACKETED = re.compile(r"\(([^()]*)\)")
WHOLE_YEAR = re.compile(rf"(?:{SPAN.pattern}|{YEAR.pattern})(?:{'|'.join(lists('as_of'))})?")
CODE = re.compile(r"[0-9,.\-]+")  # 032018 is that of Morioka
YEARS, SHORT_YEAR = lists("years"), re.compile("[1-9]?[0-9]")
LIKE_ERA = re.compile(r"[a-zMT][0-9]")  # m3 is no third year of Meiji
LEAST_HEADERS = 2
PAPER = ".pdf"
MONEY = "amount"  # what a column of units beside KPIs says nothing of


def find_left_out(looked: Looked) -> Iterator[Finding]:
    """1-6: columns without a header, or with that of another; names left out below their like."""
    for number, area in looked.tables:
        yield from _find_headers(number, area)
        yield from _find_names(number, area)


def _find_headers(number: int, area: Area) -> Iterator[Finding]:
    said = {column: area.said(column) for column in area.columns if area.below(column)}
    heads = {column: area.head(column) for column in said}
    begin = [column for column, head in heads.items() if head is not None and head.column == column]
    again = Counter(said[column] for column in begin)
    for column, text in said.items():
        head = heads[column]
        if not text:
            yield at_empty(number, area, area.header[-1] if area.header else 0, column, "no_header")
        elif head is not None and head.column == column and again[text] > 1:
            yield at_cell(number, head, "", "same_header")
        elif head is not None and column in area.measured and _is_no_name(head.text):
            yield at_cell(number, head, "", "figure_header")


def _is_no_name(text: str) -> bool:
    """Whether the first row of a column is a figure already."""
    return is_bare(text) and not WESTERN.fullmatch(text.strip())


def _find_names(number: int, area: Area) -> Iterator[Finding]:
    names = [c for c in area.columns if c < min(list_figures(area), default=0)]
    for column in area.columns:
        for cell in area.below(column):
            if is_repeated(cell.text):
                above = _find_above(area, cell.row, column)
                is_name = above is not None and len(above.text) <= LONGEST_NAME
                yield at_cell(number, cell, above.text if above and is_name else "", "sign")
    for row in area.body[1:]:
        cells = {column: area.sheet.at(row, column) for column in area.columns}
        if not any(cells[c] for c in area.columns if c not in names):
            continue
        if any(cell and _is_total(cell.text) for cell in cells.values()):
            continue  # of all the names above
        for column in names:
            if cells[column] is not None:
                break
            above = _find_above(area, row, column)
            if above is not None and above.rows == 1 and not _is_total(above.text):
                empty = at_empty(number, area, row, column, "empty_name")
                yield replace(empty, instead=above.text)


def _is_total(text: str) -> bool:
    plain = compact(text)
    return plain in TOTALS or ENDS_IN_TOTAL.search(plain) is not None


def _find_above(area: Area, row: int, column: int) -> Cell | None:
    """The cell above a place that names it, without a gap between."""
    start = row
    while (start := start - 1) in area.rows:
        cell = area.sheet.at(start, column)
        if cell is not None and not is_repeated(cell.text):
            return cell
    return None


def leaves_texts_empty(looked: Looked) -> bool:
    """Whether a place is empty in a column of words behind the names, which may be left out."""
    for _, area in looked.tables:
        first = min(list_figures(area), default=0)
        for column in area.columns:
            rows = {row for cell in area.below(column) for row in _list_rows(cell)}
            if column > first and column not in area.measured and rows and area.rows - rows:
                return True
    return False


def _list_rows(cell: Cell) -> range:
    return range(cell.row, cell.row + cell.rows)


def find_without_unit(looked: Looked) -> Iterator[Finding]:
    """1-9: columns of figures whose unit stands in no header, cell, column or line around."""
    for number, area in looked.tables:
        if _says_unit_around(area, looked.areas[number]):
            continue
        has_units = _has_column_of_units(area)
        for column in area.measured:
            head, label = area.head(column), area.labels.get(column)
            is_money = label is not None and label.field == MONEY
            is_told = bool(area.money_unit) if is_money else has_units
            if is_told or _has_unit(area, column):
                continue
            if head is not None:
                yield at_cell(number, head, "", "no_unit")
            elif area.header:
                yield at_empty(number, area, area.header[-1], column, "no_unit")


def _says_unit_around(area: Area, others: list[Area]) -> bool:
    """Whether a line above the figures says a unit, not that of a table above: （単位：千円）."""
    end = area.header[-1] if area.header else 0
    bodies = [max(other.body) for other in others if max(other.body) < end]
    begin = max(bodies, default=-1)
    texts = [cell.text for cell in area.sheet.seen if begin < cell.row <= end]
    return any(UNIT_SAID.search(compact(text)) for text in (*texts, *area.grid.before))


def _has_column_of_units(area: Area) -> bool:
    for column in area.columns:
        label, cells = area.labels.get(column), area.below(column)
        is_headed = label is not None and label.field == "unit"
        if cells and (is_headed or area.said(column) in UNITS):
            return True
        named = [cell for cell in cells if take_unit(cell.text)[1]]
        if cells and column not in area.measured and len(named) * 2 > len(cells):
            return True
    return False


def _has_unit(area: Area, column: int) -> bool:
    said, label = area.said(column), area.labels.get(column)
    if label is not None and (label.unit or label.field in ("number", "unit", "fiscal_year")):
        return True
    if is_identifier(area, column) or _is_headed_time(said):
        return True  # codes and years have none
    if any(is_unit(inner) for inner in BRACKETED.findall(said)) or UNIT_SAID.search(said):
        return True
    return _has_unit_in_cells(area, column)


def _is_headed_time(said: str) -> bool:
    """Whether a header is that of years: 実施年度, but not 前年度 and 前年度比."""
    return said.endswith(TIMES) and not said.endswith(OF_A_YEAR) and not WHOLE_YEAR.search(said)


def _has_unit_in_cells(area: Area, column: int) -> bool:
    """Whether most figures are shown with their unit: 148件, 74.0％, also by a number format."""
    figures = [cell for cell in area.below(column) if area.is_figure(cell)]
    with_unit = [cell for cell in figures if area.read(cell).unit]
    return len(with_unit) * 2 > len(figures)


def find_eras(looked: Looked) -> Iterator[Finding]:
    """1-11: years of an era without the western year in their cell or beside it."""
    for number, area in looked.tables:
        for column in area.columns:
            heads = area.heads(column)
            if not any(WESTERN.search(compact(cell.text)) for cell in heads):
                for cell in heads:
                    year = _read_era(cell.text, looked.era) if cell.column == column else None
                    if year is not None:
                        yield at_cell(number, cell, year, "header")
            for cell in area.below(column):
                year = _read_year(area, cell, looked.era)
                if year is not None and not _has_western_beside(area, cell):
                    yield at_cell(number, cell, year, "cell")


def _read_year(area: Area, cell: Cell, era: str | None) -> str | None:
    """The western year of a cell that has only that of an era; None if it has none to add."""
    said = area.said(cell.column)
    is_of_years = said.endswith(YEARS) and _is_headed_time(said)
    if is_of_years and SHORT_YEAR.fullmatch(compact(cell.text)):
        return ""  # 30 below the header 年度
    year = None if area.is_stored(cell) else _read_era(cell.text, era)
    return year if year is not None and _is_time(area, cell) else None


def _is_time(area: Area, cell: Cell) -> bool:
    """Whether a cell is a year, or a figure with its year."""
    whole = WHOLE_YEAR.fullmatch(compact(cell.text))
    return whole is not None or area.read(cell).year is not None


def says_any_year(looked: Looked) -> bool:
    """Whether any header or cell of a table is a year."""
    for _, area in looked.tables:
        for column in area.columns:
            if any(YEAR.search(compact(cell.text)) for cell in area.heads(column)):
                return True
            cells = area.below(column)
            texts = () if column in area.measured else cells
            if any(WHOLE_YEAR.fullmatch(compact(cell.text)) for cell in texts):
                return True
            if cells and _is_headed_time(area.said(column)):
                return True
    return False


def _read_era(text: str, era: str | None) -> str | None:
    """The western years of a text that names only those of an era: 2018, 2016-2020.

    None where there are none to add; "" where a month says that it is no fiscal year.
    """
    plain = compact(text)
    if WESTERN.search(plain) or not YEAR.search(plain) or LIKE_ERA.match(plain):
        return None
    _, years = take_years(plain, era)
    if years is None:
        return ""  # 4年度, its era said nowhere
    first, last = years
    span, single = SPAN.search(plain), YEAR.search(plain)
    found, most = (span, 2) if span else (single, 1)
    if found and len(re.findall("[0-9]+", found[0])) > most:
        return ""
    return str(first) if first == last else f"{first}-{last}"


def holds_eras_elsewhere(looked: Looked) -> bool:
    """Whether a title, a name or a sentence tells a year of an era alone, which may be its own."""
    texts = (cell.text for _, cell in looked.cells if not CODE.fullmatch(cell.text.strip()))
    return any(_read_era(text, looked.era) is not None for text in texts)


def _has_western_beside(area: Area, cell: Cell) -> bool:
    beside = (area.sheet.at(cell.row, cell.column - 1), area.sheet.at(cell.row, cell.column + 1))
    return any(c is not None and WESTERN.fullmatch(compact(c.text)) for c in beside)


def find_cuts(looked: Looked) -> Iterator[Finding]:
    """2-1: empty rows and columns inside a table, and headers that come again in it."""
    for number, area in looked.tables:
        yield from _find_gaps(number, area)
        for cell in _list_heads_again(looked, area):
            yield at_cell(number, cell, "", "header_again")
    for number, areas in enumerate(looked.areas):
        yield from _find_halves(number, areas)
        if areas:
            yield from _find_rest(number, areas)


def _list_heads_again(looked: Looked, area: Area) -> Iterator[Cell]:
    """The first cells of rows that are the header again; on each page of a paper it is."""
    texts = _list_texts(area, area.header[0]) if area.header else []
    if len(texts) < LEAST_HEADERS or looked.known.kind == PAPER:
        return
    for row in range(area.header[-1] + 1, max(area.body)):
        cells = [cell for cell in area.sheet.rows.get(row, []) if cell.column in area.columns]
        if [compact(cell.text) for cell in cells] == texts:
            yield cells[0]


def _list_texts(area: Area, row: int) -> list[str]:
    cells = area.sheet.rows.get(row, [])
    return [compact(cell.text) for cell in cells if cell.column in area.columns]


def _find_gaps(number: int, area: Area) -> Iterator[Finding]:
    rows = sorted({*area.header, *area.body})
    held = {row for row, _ in area.grid.cells} | {row for row, _ in area.sheet.cover}
    for row in range(rows[0], rows[-1]):
        if row not in held:
            yield Finding(number, _name_row(area.sheet, row), "", "", "empty_row", row)
    for column in _list_gaps(area):
        name = f"{area.grid.name}!{letter_of(column)}".lstrip("!")
        yield Finding(number, name, "", "", "empty_column", rows[0], column)


def _list_gaps(area: Area) -> list[int]:
    """The empty columns inside a table."""
    rows = [*area.header, *area.body]
    last = max((c for c in area.columns if area.heads(c) and area.below(c)), default=-1)
    inside = range(area.columns[0], last)
    return [c for c in inside if not any(area.sheet.at(row, c) for row in rows)]


def _name_row(sheet: Sheet, row: int) -> str:
    near = next(iter(sheet.grid.cells.values())).place
    return f"{sheet.grid.name}!{row + 1}" if "!" in near else f"record {row + 1}"


def _find_halves(number: int, areas: list[Area]) -> Iterator[Finding]:
    """A table that goes on at the right under the same headers."""
    for left, right in pairwise(areas):
        heads = [[a.said(column) for column in a.columns] for a in (left, right)]
        if left.header == right.header and [*filter(None, heads[0])] == [*filter(None, heads[1])]:
            head = next((right.head(column) for column in right.columns), None)
            if head is not None:
                yield at_cell(number, head, "", "half")


def _find_rest(number: int, areas: list[Area]) -> Iterator[Finding]:
    """Rows of figures behind an empty row below the last table, under no header of their own."""
    last = max(areas, key=lambda area: max(area.body))
    end = max(last.body)
    rows = sorted(row for row in last.sheet.rows if row > end + 1)
    for row in rows:
        cells = [c for c in last.sheet.rows[row] if c.row == row and c.column in last.measured]
        if cells and all(map(last.is_figure, cells)) and len(cells) * 2 >= len(last.measured):
            yield at_cell(number, cells[0], "", "rest")
            return


def find_several_tables(looked: Looked) -> Iterator[Finding]:
    """2-2: every table of a sheet beside the first, though it has the same headers."""
    for number, areas in enumerate(looked.areas):
        for area in areas[1:]:
            head = next((c for column in area.columns if (c := area.head(column))), None)
            if head is not None:
                yield at_cell(number, head, "", "table")
        for area in areas:
            for cell in _list_heads_again(looked, area):
                if not area.sheet.rows.get(cell.row - 1):
                    yield at_cell(number, cell, "", "table")
            yield from _find_twins(number, area)


def _find_twins(number: int, area: Area) -> Iterator[Finding]:
    """Tables with the same headers beside each other, with an empty column between or none."""
    ends = [area.columns[0] - 1, *_list_gaps(area), area.columns[-1] + 1]
    parts = [range(a + 1, b) for a, b in pairwise(ends)]
    if len(parts) == 1:
        parts = _split_twins(area)
    said = [[area.said(column) for column in part] for part in parts]
    for part, heads in list(zip(parts, said, strict=True))[1:]:
        head = next((cell for column in part if (cell := area.head(column))), None)
        if head is not None and len(heads) >= LEAST_HEADERS and heads == said[0]:
            yield at_cell(number, head, "", "table")


def _split_twins(area: Area) -> list[range]:
    """The halves, thirds and so on of a table whose headers come again, else all of it."""
    columns = area.columns
    said = [area.said(column) for column in columns]
    for width in range(LEAST_HEADERS, len(said) // 2 + 1):
        if len(said) % width == 0 and said == said[:width] * (len(said) // width):
            starts = range(columns[0], columns[-1] + 1, width)
            return [range(start, start + width) for start in starts]
    return [range(columns[0], columns[-1] + 1)]
