"""The sheets of a filled-in workbook -> typed rows; what was moved, deleted, merged or doubled.

A sheet is known by its title, a column by its header, and a row of last year by its name in the
last column: so sheets may be renamed, and rows sorted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.intake.cells import make_fact
from analysis.intake.facts import DOUBT, LEFT_OUT, PROBLEM, Fact
from analysis.intake.grid import Cell, Grid, letter_of
from analysis.intake.stored import Place
from analysis.intake.template import BEFORE, KEPT, MAY, NAME, NEW, ROW, About, Field, Line, Sheet
from analysis.intake.values import is_bare
from analysis.intake.vocabulary import compact
from analysis.wording import name_header, name_sheet, read_about
from analysis.wording.labels import labels

FORMULA = "="
TOP = 20  # rows in which a header is looked for
OWN_NAMES = {"programs": "program", "kpis": "kpi", "observations": "what"}  # which a line has alone


@dataclass
class TypedRow:
    """One row of a sheet: its cells by field, last year's row that it goes on with, if any."""

    table: str
    number: int
    cells: dict[Field, Cell]
    line: Line | None
    place: str

    def text(self, one: Field | None) -> str:
        """What stands in a cell; nothing where there is none."""
        cell = self.cells.get(one) if one else None
        return cell.text.strip() if cell else ""

    def says(self, one: Field, text: str) -> bool:
        """Whether a cell says what a text does, as shown or as the number behind."""
        cell = self.cells.get(one)
        exact = cell.exact if cell else ""
        return is_same_text(self.text(one), text) or (bool(exact) and is_same_text(exact, text))


@dataclass
class TypedSheet:
    """The rows of one sheet, and where each of its columns stands."""

    sheet: Sheet
    grid: Grid
    header: int
    columns: dict[Field, int]
    rows: list[TypedRow] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    unit: str = ""

    def place_of(self, row: TypedRow, one: Field | None) -> str:
        """The address of a cell, whether anything stands in it or not."""
        return _address(self.grid, row.number, self.columns.get(one, 0) if one else 0)


def find_about(grids: Iterable[Grid]) -> About | None:
    """Whose workbook it is; None where it is no workbook of ours."""
    for grid in grids:
        for cell in grid.cells.values():
            if cell.row < TOP and (said := read_about(cell.text)):
                return About(*said)
    return None


def read_sheets(
    grids: list[Grid], planned: list[Sheet], about: About, formulas: Iterable[Place] = ()
) -> list[TypedSheet]:
    """Read the sheets that were planned; one that is not there is a problem of the first.

    `formulas` are the places of cells that hold one.
    """
    computed = {*formulas}
    read: list[TypedSheet] = []
    for sheet in planned:
        taken = [id(one.grid) for one in read if one.columns]
        found = _find_grids([g for g in grids if id(g) not in taken], sheet, about)
        if len(found) == 1 and not found[0].hidden:
            read.append(_read_sheet(found[0], sheet, about, computed))
            continue
        note = "several_sheets" if len(found) > 1 else "sheet_hidden" if found else "no_sheet"
        lost = TypedSheet(sheet, found[-1] if found else grids[0], 0, {})
        said = f"{note}: {name_sheet(sheet.table)}"
        lost.facts.append(Fact(f"{lost.grid.name}!A1", "", outcome=PROBLEM, note=said))
        read.append(lost)
    return read


def _find_grids(grids: list[Grid], sheet: Sheet, about: About) -> list[Grid]:
    """The sheets with the title of a table, else the one of its name, else with its headers."""
    name = name_sheet(sheet.table)
    titled = [grid for grid in grids if any(c.text == name for c in _list_first(grid))]
    named = [grid for grid in grids if grid.name == name]
    alike = [g for g in grids if _count_headers(g, sheet, about) > len(sheet.fields) / 2]
    return titled or named or alike


def _list_first(grid: Grid) -> Iterator[Cell]:
    return (cell for cell in grid.cells.values() if cell.row == 0)


def _count_headers(grid: Grid, sheet: Sheet, about: About) -> int:
    return len(_find_header(grid, sheet, about)[1])


def _find_header(grid: Grid, sheet: Sheet, about: About) -> tuple[int, dict[Field, int]]:
    """The row that has most of the headers, and the column below each."""
    names = {compact(_name(sheet, one, about)): one for one in sheet.fields}
    found: dict[int, dict[Field, int]] = {}
    for cell in sorted(grid.cells.values(), key=lambda c: (c.row, c.column)):
        one = names.get(compact(cell.text))
        if one and cell.row < TOP:
            found.setdefault(cell.row, {}).setdefault(one, cell.column)
    return max(found.items(), key=lambda item: len(item[1]), default=(0, {}))


def _name(sheet: Sheet, one: Field, about: About) -> str:
    return name_header(sheet.table, one.column, one.role, about.year, about.before)


def _read_sheet(grid: Grid, sheet: Sheet, about: About, computed: set[Place]) -> TypedSheet:
    header, columns = _find_header(grid, sheet, about)
    read = TypedSheet(sheet, grid, header, columns)
    if grid.name != name_sheet(sheet.table):
        first = next(iter(_list_first(grid)), None)
        note = f"sheet_renamed: {name_sheet(sheet.table)}"
        place = first.place if first else f"{grid.name}!A1"
        read.facts.append(Fact(place, grid.name, outcome=DOUBT, note=note))
    read.facts += _check_headers(read, about)
    if sheet.table == "budgets":
        read.unit = _find_unit(read)
    _read_rows(read, computed)
    return read


def _check_headers(read: TypedSheet, about: About) -> Iterator[Fact]:
    """Columns that are gone, and such as nobody knows."""
    place = _address(read.grid, read.header, 0)
    for one in read.sheet.fields:
        if one not in read.columns:
            outcome = DOUBT if one.role in (BEFORE, MAY) else PROBLEM
            name = " ".join(_name(read.sheet, one, about).split())
            yield Fact(place, "", outcome=outcome, note=f"no_column: {name}")
    known = {*read.columns.values()}
    named = {cell.column for cell in read.grid.cells.values() if cell.row == read.header}
    for cell in read.grid.cells.values():
        if cell.row > read.header and cell.column not in known | named and is_bare(cell.text):
            yield make_fact(cell, outcome=DOUBT, note="no_header")
        if cell.row == read.header and cell.column not in known:
            below = (c for c in read.grid.cells.values() if c.column == cell.column)
            has_figures = any(c.row > read.header and is_bare(c.text) for c in below)
            outcome = DOUBT if has_figures else LEFT_OUT
            yield make_fact(cell, outcome=outcome, note=f"unknown_header: {cell.text}")


def _find_unit(read: TypedSheet) -> str:
    """The unit of money that was chosen above the table."""
    units = [*labels("template.money_units", LANGUAGE_OF_DOCUMENTS).values()]
    label = labels("template", LANGUAGE_OF_DOCUMENTS)["money_unit"]
    at = next((c for c in read.grid.cells.values() if c.text == label), None)
    cell = read.grid.cells.get((at.row, at.column + at.columns)) if at else None
    if cell and cell.text in units:
        return cell.text
    place = cell.place if cell else _address(read.grid, at.row if at else 0, 1)
    note = f"no_money_unit: {labels('signs')['joint'].join(units)}"
    read.facts.append(Fact(place, cell.text if cell else "", outcome=PROBLEM, note=note))
    return units[0]


def _read_rows(read: TypedSheet, computed: set[Place]) -> None:
    """Read the rows below the header, and say what is wrong with where they stand."""
    lines = {line.key: line for line in read.sheet.lines}
    seen: dict[str, TypedRow] = {}
    own = OWN_NAMES.get(read.sheet.table, "")
    names = {
        compact(t) for line in lines.values() for f, t in line.texts.items() if f.column == own
    }
    by_row = _list_by_row(read)
    for number, cells in sorted(by_row.items()):
        kept = {one: cell for one, cell in cells.items() if not cell.struck}
        for cell in cells.values():
            if (read.grid.name, cell.row, cell.column) in computed:
                read.facts.append(_tell_formula(cell))
            if cell.struck:
                read.facts.append(make_fact(cell, outcome=PROBLEM, note="struck"))
            elif cell.rows > 1 or cell.columns > 1:
                read.facts.append(make_fact(cell, outcome=PROBLEM, note="merged"))
        row = _name_row(read, number, kept, lines, seen)
        if row:
            read.rows.append(row)
            read.facts += _compare_with_last_year(read, row, names)
    has_names = any(one.role == ROW for one in read.columns)
    for key in sorted(lines.keys() - seen.keys()) if has_names else ():
        if read.sheet.table != "sources":
            said = next(iter(lines[key].texts.values()))
            place = _address(read.grid, read.header, 0)
            read.facts.append(Fact(place, said, outcome=DOUBT, note=f"line_gone: {key}"))


def _tell_formula(cell: Cell) -> Fact:
    """A result that is read, and one that the workbook does not hold."""
    if cell.text.startswith(FORMULA):
        return make_fact(cell, outcome=PROBLEM, note="formula_alone")
    return make_fact(cell, outcome=DOUBT, note=f"formula: {cell.text}")


def _list_by_row(read: TypedSheet) -> dict[int, dict[Field, Cell]]:
    fields = {column: one for one, column in read.columns.items()}
    rows: dict[int, dict[Field, Cell]] = {}
    for cell in read.grid.cells.values():
        one = fields.get(cell.column)
        if one and cell.row > read.header and read.columns:
            rows.setdefault(cell.row, {})[one] = cell
    return rows


def _name_row(
    read: TypedSheet,
    number: int,
    cells: dict[Field, Cell],
    lines: dict[str, Line],
    seen: dict[str, TypedRow],
) -> TypedRow | None:
    """Find out what a row is of: a row of last year, a new one, or none."""
    place = next((cell.place for cell in cells.values()), "")
    named = next((cell for one, cell in cells.items() if one.role == ROW), None)
    key = named.text.strip() if named else ""
    row = TypedRow(read.sheet.table, number, cells, lines.get(key), place)
    if named and key not in lines:
        read.facts.append(make_fact(named, outcome=PROBLEM, note=f"unknown_line: {key}"))
        return None
    if named and key in seen:
        note = f"row_again: {seen[key].place}"
        read.facts.append(make_fact(named, outcome=PROBLEM, note=note))
        return None
    if named:
        seen[key] = row
        return row
    if any(one.role in (BEFORE, KEPT) for one in cells) and (lost := _find_line(read, cells, seen)):
        seen[lost.key] = row
        place = read.place_of(row, read.sheet.fields[-1])
        read.facts.append(Fact(place, "", outcome=PROBLEM, note=f"no_row_name: {lost.key}"))
        return TypedRow(row.table, number, cells, lost, row.place)
    typed = [cell for one, cell in cells.items() if one.role in (NEW, MAY, BEFORE)]
    if typed and not any(one.role == NAME for one in cells):
        read.facts += [make_fact(cell, outcome=PROBLEM, note="of_no_row") for cell in typed]
        return None
    return row if cells else None


def _find_line(
    read: TypedSheet, cells: dict[Field, Cell], seen: dict[str, TypedRow]
) -> Line | None:
    """Last year's row with the names of a row that has lost its own."""

    def is_like(line: Line) -> bool:
        names = ((one, text) for one, text in line.texts.items() if one.role == NAME)
        return all(is_same_text(cells[f].text if f in cells else "", text) for f, text in names)

    found = [line for line in read.sheet.lines if line.key not in seen and is_like(line)]
    return found[0] if len(found) == 1 else None


def _compare_with_last_year(read: TypedSheet, row: TypedRow, names: set[str]) -> Iterator[Fact]:
    """The grey figures, and the names, as they were written: else a column was moved."""
    own = OWN_NAMES.get(read.sheet.table, "")
    for one, text in row.line.texts.items() if row.line else ():
        found = row.text(one)
        if one not in read.columns or row.says(one, text):
            continue
        is_name = one.role == NAME and one.column == own and bool(found)
        place = read.place_of(row, one)
        if one.role == BEFORE:
            yield Fact(place, found, outcome=PROBLEM, note=f"before_differs: {text}")
        elif is_name and compact(found) in names:
            yield Fact(place, found, outcome=PROBLEM, note=f"name_of_other_row: {text}")
        elif is_name:
            yield Fact(place, found, outcome=DOUBT, note=f"name_differs: {text}")


def is_same_text(one: str, other: str) -> bool:
    """Whether two cells say the same, however a spreadsheet shows it: 4,194 and 4194.0.

    Examples
    --------
    >>> is_same_text("4,194", "4194.0"), is_same_text("", "0")
    (True, False)
    """
    plain, expected = (compact(text).replace(",", "") for text in (one, other))
    try:
        return plain == expected or float(plain) == float(expected)
    except ValueError:
        return False


def _address(grid: Grid, row: int, column: int) -> str:
    return f"{grid.name}!{letter_of(column)}{row + 1}"
