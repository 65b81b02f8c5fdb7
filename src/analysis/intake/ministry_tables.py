"""The checks of the rule that look at whole tables: 1-6, 1-9, 1-11, 1-12, 2-1, 2-2."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from analysis.intake.areas import Area
from analysis.intake.blocks import Sheet
from analysis.intake.grid import Cell, letter_of
from analysis.intake.labels import SPAN, UNIT_SAID, YEAR, is_unit, take_years
from analysis.intake.ministry import LONGEST_NAME, WORDS, Finding, Looked, at_cell, at_empty, lists
from analysis.intake.names import take_unit
from analysis.intake.values import is_repeated
from analysis.intake.vocabulary import ENDS_IN_TOTAL, TOTALS, compact

IDENTIFIERS, TIMES, UNITS = lists("identifiers"), lists("times"), lists("units")
REGIONS, REGION_CODES = lists("regions"), lists("region_codes")
REGION_ENDS, PREFECTURES = lists("region_ends"), frozenset(lists("prefectures"))
WESTERN = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])|(?<![0-9])(?:19|20)[0-9]{8}(?![0-9])")
BRACKETED = re.compile(r"\(([^()]*)\)")
WHOLE_YEAR = re.compile(rf"(?:{SPAN.pattern}|{YEAR.pattern})(?:{'|'.join(lists('as_of'))})?")
REGION = re.compile(WORDS["government"])
LIKE_ERA = re.compile(r"[a-zMT][0-9]")  # m3 is no third year of Meiji
LONGEST_REGION = 8
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


def _find_names(number: int, area: Area) -> Iterator[Finding]:
    names = [c for c in area.columns if c < min(area.measured, default=0)]
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


def find_without_unit(looked: Looked) -> Iterator[Finding]:
    """1-9: columns of figures whose unit stands in no header, cell, column or line around."""
    for number, area in looked.tables:
        if _says_unit_around(area):
            continue
        has_units = _has_column_of_units(area)
        for column in area.measured:
            head, label = area.head(column), area.labels.get(column)
            is_money = label is not None and label.field == MONEY
            is_told = bool(area.money_unit) if is_money else has_units
            if head is not None and not is_told and not _has_unit(area, column):
                yield at_cell(number, head, "", "no_unit")


def _says_unit_around(area: Area) -> bool:
    """Whether a line above the figures says a unit for all: （単位：千円）."""
    end = area.header[-1] if area.header else 0
    texts = [cell.text for cell in area.sheet.seen if cell.row <= end]
    return any(UNIT_SAID.search(compact(text)) for text in (*texts, *area.grid.before))


def _has_column_of_units(area: Area) -> bool:
    for column in area.columns:
        label = area.labels.get(column)
        if (label is not None and label.field == "unit") or area.said(column) in UNITS:
            return True
        cells = area.below(column)
        named = [cell for cell in cells if take_unit(cell.text)[1]]
        if cells and column not in area.measured and len(named) * 2 > len(cells):
            return True
    return False


def _has_unit(area: Area, column: int) -> bool:
    said, label = area.said(column), area.labels.get(column)
    if label is not None and (label.unit or label.field in ("number", "unit", "fiscal_year")):
        return True
    if any(word in said for word in (*IDENTIFIERS, *TIMES)) and not WHOLE_YEAR.search(said):
        return True  # codes and years have none
    if any(is_unit(inner) for inner in BRACKETED.findall(said)) or UNIT_SAID.search(said):
        return True
    return _has_unit_in_cells(area, column)


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
                year = None if area.is_stored(cell) else _read_era(cell.text, looked.era)
                if (
                    year is not None
                    and _is_time(area, cell)
                    and not _has_western_beside(area, cell)
                ):
                    yield at_cell(number, cell, year, "cell")


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
            cells = () if column in area.measured else area.below(column)
            if any(WHOLE_YEAR.fullmatch(compact(cell.text)) for cell in cells):
                return True
            if any(word in area.said(column) for word in TIMES):
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
        return None
    first, last = years
    span, single = SPAN.search(plain), YEAR.search(plain)
    found, most = (span, 2) if span else (single, 1)
    if found and len(re.findall("[0-9]+", found[0])) > most:
        return ""
    return str(first) if first == last else f"{first}-{last}"


def _has_western_beside(area: Area, cell: Cell) -> bool:
    beside = (area.sheet.at(cell.row, cell.column - 1), area.sheet.at(cell.row, cell.column + 1))
    return any(c is not None and WESTERN.fullmatch(compact(c.text)) for c in beside)


def find_regions(looked: Looked) -> Iterator[Finding]:
    """1-12: names of regions that are cut short, where no code stands beside them."""
    for number, area in looked.tables:
        if any(word in area.said(column) for column in area.columns for word in REGION_CODES):
            continue
        for column in list_regions(area):
            for cell in area.below(column):
                plain = compact(cell.text)
                short = plain in PREFECTURES or not plain.endswith(REGION_ENDS)
                if short and len(plain) <= LONGEST_REGION and not area.is_figure(cell):
                    yield at_cell(number, cell, "", "short")


def list_regions(area: Area) -> list[int]:
    """The columns whose cells name regions."""
    return [column for column in area.columns if _is_region(area, column)]


def _is_region(area: Area, column: int) -> bool:
    label, said = area.labels.get(column), area.said(column)
    if column in area.measured:
        return False
    plain = [compact(cell.text) for cell in area.below(column)]
    named = sum(text in PREFECTURES or REGION.fullmatch(text) is not None for text in plain)
    return (
        (label is not None and label.field == "government")
        or said.startswith(REGIONS)
        or named * 2 > len(area.below(column))
    )


def names_publisher(looked: Looked) -> bool:
    """Whether the lines around a table name the region that all of it is about."""
    return any(area.publisher for _, area in looked.tables)


def find_cuts(looked: Looked) -> Iterator[Finding]:
    """2-1: empty rows and columns inside a table, and headers that come again in it."""
    for number, area in looked.tables:
        yield from _find_gaps(number, area)
        first = area.sheet.rows.get(area.header[0], []) if area.header else []
        texts = [compact(cell.text) for cell in first if cell.column in area.columns]
        for row in area.body:
            here = [
                compact(c.text) for c in area.sheet.rows.get(row, []) if c.column in area.columns
            ]
            if len(texts) > 1 and here == texts:
                cell = next(c for c in area.sheet.rows[row] if c.column in area.columns)
                yield at_cell(number, cell, "", "header_again")
    for number, areas in enumerate(looked.areas):
        yield from _find_halves(number, areas)
        if areas:
            yield from _find_rest(number, areas)


def _find_gaps(number: int, area: Area) -> Iterator[Finding]:
    rows = sorted({*area.header, *area.body})
    held = {row for row, _ in area.grid.cells} | {row for row, _ in area.sheet.cover}
    for row in range(rows[0], rows[-1]):
        if row not in held:
            yield Finding(number, _name_row(area.sheet, row), "", "", "empty_row", row)
    last = max(c for c in area.columns if area.heads(c) and area.below(c))
    for column in range(area.columns[0], last):
        if not any(area.sheet.at(row, column) for row in rows):
            name = f"{area.grid.name}!{letter_of(column)}".lstrip("!")
            yield Finding(number, name, "", "", "empty_column", rows[0], column)


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
    """2-2: every table of a sheet beside the first; a half of the first is none of its own."""
    for number, areas in enumerate(looked.areas):
        halves = {(f.row, f.column) for f in _find_halves(number, areas)}
        for area in areas[1:]:
            head = next((c for column in area.columns if (c := area.head(column))), None)
            if head is not None and (head.row, head.column) not in halves:
                yield at_cell(number, head, "", "table")
