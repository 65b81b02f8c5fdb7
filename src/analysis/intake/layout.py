"""The columns of a table as a profile names them: what each is, and what it says of its cells."""

import re
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from rapidfuzz import process

from analysis.errors import DataError
from analysis.intake.grid import Cell, Grid, letter_of, number_of
from analysis.intake.labels import Label, read_label, take_years
from analysis.intake.profiles import NAMES, Column, Table
from analysis.intake.vocabulary import compact

LETTERS = re.compile("[A-Z]{1,3}")
OF_ROW = ("key", "kpi_key", "unit", "fiscal_year", "line", "direction", "aggregation", "kpi_kind")
OF_KPI = (
    *("baseline", "target", "actual", "final_target", "published_rate", "line", ""),
    *("final_year", "baseline_year", "actual_year"),
)
NAMED = ("axis", "observation")  # told apart by their names
Numbered = dict[int, Cell]


@dataclass
class Layout:
    """The columns of a table by number: what each is, whose KPI, and what its header says."""

    headers: Numbered
    columns: dict[int, Column]
    labels: dict[int, Label]
    kpi_of: dict[int, int] = field(default_factory=dict)
    unit_of: dict[int, int] = field(default_factory=dict)
    other: dict[int, int] = field(default_factory=dict)
    concluded: set[int] = field(default_factory=set)

    def of(self, *fields: str) -> list[int]:
        """The columns of some fields."""
        return [n for n, column in self.columns.items() if column.field in fields]


def find_published(grid: Grid, table: Table) -> int | None:
    """The year whose results a table gives that says when it was published: the one before."""
    headers = {c.column: c for c in grid.cells.values() if c.row == table.header - 1}
    at = find_column(table.published_in, headers) if table.published_in else None
    cell = next((c for c in grid.cells.values() if c.row >= table.header and c.column == at), None)
    years = take_years(compact(cell.text))[1] if cell else None
    return years[0] - 1 if years else None


def find_layout(grid: Grid, table: Table, era: str | None = None) -> Layout:
    """Find the columns that a profile names, by header, by letter or by pattern."""
    row = table.header - 1
    headers = {c.column: c for c in grid.cells.values() if c.row == row and table.header}
    for cell in [c for c in headers.values() if c.columns > 1]:
        headers |= {cell.column + n: cell for n in range(cell.columns)}
    layout = Layout(headers, {}, {})
    absent = []
    for name, column in table.columns.items():
        found = _find_columns(name, headers)
        if not found and not column.optional:
            absent.append(name)
        for number in found:
            layout.columns.setdefault(number, column)
    refer = [(n, c) for n, c in layout.columns.items() if c.kpi or c.unit_from or c.otherwise]
    for number, column in refer:
        for name, into in (
            (column.kpi, layout.kpi_of),
            (column.unit_from, layout.unit_of),
            (column.otherwise, layout.other),
        ):
            if name and (at := find_column(name, headers)) is None:
                absent.append(name)
            elif name and at is not None:
                into[number] = at
    absent += [name for name in table.skip if find_column(name, headers) is None]
    if absent:
        raise DataError("\n".join(_tell_absent(grid, name, headers) for name in absent))
    for number, column in layout.columns.items():
        layout.labels[number] = _label(number, column, table, layout, era)
    _check_blocks(grid, table, layout)
    _check_known(grid, layout)
    _check_apart(grid, layout)
    kpis = layout.of("kpi")
    if len(kpis) == 1:
        layout.kpi_of = dict.fromkeys(layout.of(*OF_KPI), kpis[0]) | layout.kpi_of
    return layout


def _check_blocks(grid: Grid, table: Table, layout: Layout) -> None:
    """Refuse blocks that have a column in common, and a header that only some of them hold."""
    taken: dict[int, str] = {}
    for block in table.blocks:
        both = {taken[n] for n in block.numbers if n in taken}
        if both or not block.numbers:
            wrong = f"overlaps with {', '.join(sorted(both))}" if both else "ends before it begins"
            raise DataError(f"{grid.file} {grid.name}: block {block.columns} {wrong}.")
        taken |= dict.fromkeys(block.numbers, block.columns)
    for name in table.columns:
        found = _find_columns(name, layout.headers)
        out = [n for n in found if n not in taken and not layout.labels[n].years]
        if len(out) < len(found) and out:
            letters = ", ".join(map(letter_of, out))
            raise DataError(
                f"{grid.file} {grid.name}: {name!r} stands in blocks, and in column {letters} "
                "outside them. Say of which year that is: a block of its own, or fiscal_year."
            )
    for number, kpi in layout.kpi_of.items():
        if kpi not in layout.of("kpi"):
            raise DataError(
                f"{grid.file} {grid.name}: column {letter_of(number)} is of the KPI in column "
                f"{letter_of(kpi)}, which the profile does not call a kpi."
            )


def _check_known(grid: Grid, layout: Layout) -> None:
    """Refuse columns of which no rule, block or line says what they are."""
    has_line = bool(layout.of("line"))
    unknown = [n for n, label in layout.labels.items() if not label.field and not has_line]
    if unknown:
        letters = ", ".join(f"{letter_of(n)} ({layout.labels[n].text!r})" for n in unknown)
        raise DataError(
            f"{grid.file} {grid.name}: nothing says what columns {letters} are. "
            "Give them a field, or a block that has one."
        )


def _check_apart(grid: Grid, layout: Layout) -> None:
    """Refuse columns of figures that nothing tells apart: each would be taken for the other."""
    alike: dict[tuple[object, ...], list[int]] = {}
    for number, label in layout.labels.items():
        if layout.columns[number].field not in (*NAMES, *OF_ROW, "kpi", "period"):
            said = replace(label, text=label.text if label.field in NAMED else "", unit="")
            alike.setdefault((said, layout.kpi_of.get(number)), []).append(number)
    wrong = []
    for numbers in [numbers for numbers in alike.values() if len(numbers) > 1]:
        letters = ", ".join(letter_of(number) for number in numbers)
        named = repr(layout.labels[numbers[0]].text)
        wrong.append(
            f"{grid.file} {grid.name}: columns {letters} ({named}) are the same by the profile. "
            "Say of which year each is (blocks, or fiscal_year), or name one of them only."
        )
    if wrong:
        raise DataError("\n".join(wrong))


def _tell_absent(grid: Grid, name: str, headers: Numbered) -> str:
    where = f"{grid.file} {grid.name}".strip()
    near = process.extractOne(name, sorted({c.text for c in headers.values()}), score_cutoff=50)
    hint = f" Did you mean {near[0]!r}?" if near else " See which row the headers stand in."
    return f"{where}: no column {name!r}, which the profile names.{hint}"


def _find_columns(name: str, headers: Numbered) -> list[int]:
    plain = compact(name)
    found = [n for n, cell in headers.items() if compact(cell.text) == plain]
    if not found and re.search("[*?]", name):
        found = [n for n, cell in headers.items() if fnmatchcase(compact(cell.text), plain)]
    if not found and LETTERS.fullmatch(name) and number_of(name) <= max(headers, default=-1):
        found = [number_of(name)]
    return sorted(found)


def find_column(name: str, headers: Numbered) -> int | None:
    """Find the first column of a header, a pattern of headers, or of letters."""
    return next(iter(_find_columns(name, headers)), None)


def _label(number: int, column: Column, table: Table, layout: Layout, era: str | None) -> Label:
    """What a column says of its cells: its own rule, its block, the year and unit of its header."""
    header = layout.headers.get(number)
    text = header.text if header else letter_of(number)
    said = read_label(text, era)
    block = next((block for block in table.blocks if number in block.numbers), None)
    if block and block.concluded:
        layout.concluded.add(number)
    own = column.field or (block.field if block else "")
    kind = column.kind or (block.kind if block and own == "amount" else "")
    year = column.fiscal_year or (block.fiscal_year if block else 0)
    item = column.item or (said.word or text if kind == "source" else "")
    return Label(
        text=column.item or text,
        word=compact(item),
        field=own,
        kind=kind,
        nature=column.nature,
        kpi_kind=column.kpi_kind,
        rated_by=column.rated_by,
        status=column.status or (block.status if block and own == "amount" else ""),
        years=(year, year) if year else said.years,
        unit=column.unit or said.unit,
        shift=column.shift,
        is_whole=True,
    )
