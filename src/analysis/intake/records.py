"""A table whose columns a profile names -> facts: a row is a record, and says all of itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from openpyxl.utils import column_index_from_string, get_column_letter
from rapidfuzz import process

from analysis.errors import DataError
from analysis.intake.cells import Subject, make_fact, read_known
from analysis.intake.columns import HAS_FIGURE, Meaning
from analysis.intake.context import Context
from analysis.intake.facts import LEFT_OUT, PROBLEM, Fact
from analysis.intake.grid import Cell, Grid
from analysis.intake.labels import Label, read_label, take_years
from analysis.intake.names import same_name, take_unit
from analysis.intake.profiles import NAMES, Block, Column, Table
from analysis.intake.rows import is_no_name, join_lines
from analysis.intake.vocabulary import compact

LETTERS = re.compile("[A-Z]{1,3}")
SPAN = re.compile("([A-Z]{1,3}):([A-Z]{1,3})")
OF_ROW = ("key", "kpi_key", "unit", "fiscal_year", "line", "direction", "aggregation", "kpi_kind")
OF_KPI = (
    *("baseline", "target", "actual", "final_target", "published_rate", "line", ""),
    *("final_year", "baseline_year", "actual_year"),
)
Numbers = dict[tuple[str, ...], dict[str, str]]  # of KPIs of one name, by program and name
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


def read_records(
    grid: Grid, table: Table, context: Context, numbers: Numbers | None = None
) -> list[Fact]:
    """Read the rows of a table.

    `numbers` are those of KPIs of one name in the tables of the file that were read before.

    Raises
    ------
    DataError
        If a column that the profile names is not there.
    """
    layout = find_layout(grid, table, context.era)
    rows, whole = _list_rows(grid, table)
    if table.unit:
        context = replace(context, money_units=[(-1, table.unit)])
    reader = Records(layout, context, {} if numbers is None else numbers)
    facts = list(_leave_columns(grid, table, layout))
    skip = {_find_column(name, layout.headers): words for name, words in table.skip.items()}
    for number, own in rows.items():
        cells = {**whole.get(number, {}), **own}
        left = [cells[n] for n, words in skip.items() if n in cells and cells[n].text in words]
        if left:
            facts.append(make_fact(left[0], outcome=LEFT_OUT, note="by_profile"))
        else:
            facts += reader.read(number, own, cells)
    return facts


def find_published(grid: Grid, table: Table) -> int | None:
    """The year whose results a table gives that says when it was published: the one before."""
    headers = {c.column: c for c in grid.cells.values() if c.row == table.header - 1}
    at = _find_column(table.published_in, headers) if table.published_in else None
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
        if not found:
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
            if name and (at := _find_column(name, headers)) is None:
                absent.append(name)
            elif name and at is not None:
                into[number] = at
    absent += [name for name in table.skip if _find_column(name, headers) is None]
    if absent:
        raise DataError("\n".join(_tell_absent(grid, name, headers) for name in absent))
    for number, column in layout.columns.items():
        layout.labels[number] = _label(number, column, table, layout, era)
    kpis = layout.of("kpi")
    if len(kpis) == 1:
        layout.kpi_of = dict.fromkeys(layout.of(*OF_KPI), kpis[0]) | layout.kpi_of
    return layout


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
    if not found and LETTERS.fullmatch(name):
        found = [column_index_from_string(name) - 1]
    return sorted(found)


def _find_column(name: str, headers: Numbered) -> int | None:
    return next(iter(_find_columns(name, headers)), None)


def _label(number: int, column: Column, table: Table, layout: Layout, era: str | None) -> Label:
    """What a column says of its cells: its own rule, its block, the year and unit of its header."""
    header = layout.headers.get(number)
    text = header.text if header else get_column_letter(number + 1)
    said = read_label(text, era)
    block = _block_of(number, table.blocks)
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


def _block_of(number: int, blocks: tuple[Block, ...]) -> Block | None:
    for block in blocks:
        first, last = (column_index_from_string(c) - 1 for c in block.columns.split(":"))
        if first <= number <= last:
            return block
    return None


def _list_rows(grid: Grid, table: Table) -> tuple[dict[int, Numbered], dict[int, Numbered]]:
    """The cells of each row that begin in it, and those that are merged over it."""
    last = table.last or grid.height
    rows: dict[int, Numbered] = {}
    merged: dict[int, Numbered] = {}
    for cell in grid.cells.values():
        if cell.row < table.header or cell.row >= last or cell.struck:
            continue
        rows.setdefault(cell.row, {})[cell.column] = cell
        for row in range(cell.row + 1, min(cell.row + cell.rows, last)):
            merged.setdefault(row, {})[cell.column] = cell
            rows.setdefault(row, {})
    return dict(sorted(rows.items())), merged


def _leave_columns(grid: Grid, table: Table, layout: Layout) -> Iterator[Fact]:
    """A line for each column that the profile does not name, and for what stands above."""
    used = {*layout.columns, *layout.unit_of.values(), *layout.other.values()}
    for number, cell in layout.headers.items():
        if number not in used and cell.column == number:
            yield make_fact(cell, outcome=LEFT_OUT, note="by_profile")
    above = {c.text: c for c in grid.cells.values() if c.row < table.header - 1}
    for cell in above.values():
        yield make_fact(cell, outcome=LEFT_OUT, note="outside")


class Records:
    """Reads rows one after another; what holds for all rows of a program or KPI is said once."""

    def __init__(self, layout: Layout, context: Context, numbers: Numbers) -> None:
        self.layout = layout
        self.context = context
        self.meaning = Meaning({}, [], [], frozenset(), frozenset(), frozenset(), context.year)
        self.told: set[tuple[str, ...]] = set()
        self.numbers = numbers
        self.names = {name: layout.of(name) for name in (*NAMES, *OF_ROW)}
        self.kpis = layout.of("kpi")
        self.figures: dict[int, list[int]] = {}
        named = {*self.kpis, *(n for name in (*NAMES, *OF_ROW) for n in self.names[name])}
        for number in layout.columns.keys() - named:
            self.figures.setdefault(layout.kpi_of.get(number, -1), []).append(number)
        for columns in self.figures.values():
            columns.sort()

    def read(self, number: int, own: Numbered, cells: Numbered) -> list[Fact]:
        """The facts of one row: `own` are the cells that begin in it."""
        program = self._text(cells, "program")
        if not program or is_no_name(program):
            return list(self._leave_row(own))
        year = self._year(cells)
        key = self._text(cells, "key")
        subject = Subject(self._text(cells, "government"), join_lines(program), key, year=year)
        found = list(self._read_names(cells, subject))
        found += self._read_figures(-1, own, cells, subject)
        for kpi in self.kpis:
            found += self._read_kpi(kpi, own, cells, subject)
        return found

    def _text(self, cells: Numbered, name: str) -> str:
        cell = self._cell(cells, name)
        return cell.text if cell else ""

    def _cell(self, cells: Numbered, name: str) -> Cell | None:
        return next((cells[n] for n in self.names[name] if n in cells), None)

    def _year(self, cells: Numbered) -> int | None:
        cell = self._cell(cells, "fiscal_year")
        if cell is None:
            return self.context.year
        years = take_years(compact(cell.text), self.context.era)[1]
        return years[0] if years and years[0] == years[1] else None

    def _leave_row(self, own: Numbered) -> Iterator[Fact]:
        """A row without a program is told; where it has figures, as a problem."""
        known = self.layout.columns
        for number, cell in own.items():
            if number in known:
                is_figure = known[number].field not in (*NAMES, *OF_ROW, "kpi")
                wrong = is_figure and HAS_FIGURE.search(cell.text)
                outcome = PROBLEM if wrong else LEFT_OUT
                yield make_fact(cell, outcome=outcome, note="no_program")

    def _read_names(self, cells: Numbered, subject: Subject) -> Iterator[Fact]:
        """The names a row gives its program, each once."""
        for name in NAMES:
            for number in self.names[name] if name != "government" else ():
                cell = cells.get(number)
                if cell is None or is_no_name(cell.text):
                    continue
                fact = make_fact(cell, table="programs", field=name, value=join_lines(cell.text))
                if self._is_new(fact, subject):
                    yield subject.says(fact, of_kpi=False)

    def _read_figures(
        self, kpi: int, own: Numbered, cells: Numbered, subject: Subject
    ) -> list[Fact]:
        """The figures of a program (kpi -1) or of one of its KPIs."""
        line = self._line(cells)
        found: list[Fact] = []
        for number in self.figures.get(kpi, ()):
            cell = own.get(number)
            if cell is None:
                continue
            column, label = self.layout.columns[number], self.layout.labels[number]
            if column.words:
                cell = replace(cell, text=column.words.get(cell.text, cell.text), shown=cell.text)
            if line and not label.field:
                label = replace(label, field=line)
            facts = self._read_cell(cell, label, column, subject)
            if number in self.layout.concluded:
                facts = [replace(fact, inferred="fiscal_year") for fact in facts]
            found += facts
        return found

    def _read_cell(self, cell: Cell, label: Label, column: Column, subject: Subject) -> list[Fact]:
        if label.field == "observation":
            return list(self._observe(cell, label, column, subject))
        if label.field in ("start_year", "end_year") and is_no_name(cell.text):
            return []
        facts = read_known(cell, label, subject, self.meaning, self.context)
        if not subject.kpi:
            return [fact for fact in facts if self._is_new(fact, subject)]
        return list(facts)

    def _is_new(self, fact: Fact, subject: Subject) -> bool:
        """Whether a fact of a program is said for the first time in rows that all repeat it."""
        if fact.table != "programs":
            return True
        told = (subject.government, subject.program, subject.key, fact.field, fact.value)
        is_new = told not in self.told
        self.told.add(told)
        return is_new

    def _observe(
        self, cell: Cell, label: Label, column: Column, subject: Subject
    ) -> Iterator[Fact]:
        [first, *_] = read_known(
            cell, replace(label, field="actual"), replace(subject, kpi="-", unit=column.unit),
            self.meaning, self.context,
        )  # fmt: skip
        fact = replace(first, table="observations", field=f"value:{label.text}:{column.unit}")
        yield subject.says(replace(fact, kpi=""), of_kpi=False)

    def _line(self, cells: Numbered) -> str:
        cell = self._cell(cells, "line")
        if cell is None:
            return ""
        column = self.layout.columns[cell.column]
        return column.words.get(cell.text, "") if column.words else read_label(cell.text).field

    def _read_kpi(self, number: int, own: Numbered, cells: Numbered, of: Subject) -> list[Fact]:
        """The figures of one KPI of a row, and what the row says of the KPI itself."""
        column = self.layout.columns[number]
        cell = cells.get(number) or cells.get(self.layout.other.get(number, -1))
        if cell is None or is_no_name(cell.text):
            return list(self._unnamed(number, own))
        name, unit = take_unit(join_lines(cell.text))
        at = self.layout.unit_of.get(number)
        unit_cell = cells.get(at) if at is not None else self._cell(cells, "unit")
        if unit_cell and not is_no_name(unit_cell.text):
            name, unit = join_lines(cell.text), join_lines(unit_cell.text)
        of = replace(of, kpi=name, unit=unit, kpi_cell=cell, unit_cell=unit_cell)
        of.kpi_key = self._number_of(cell, cells, column, of)
        figures = self._read_figures(number, own, cells, of)
        if not self.names["line"] and not any(f.table == "kpis" for f in figures):
            figures += self._say_absent(of)
        return [*figures, *self._describe_kpi(cells, column, of)]

    def _unnamed(self, number: int, own: Numbered) -> Iterator[Fact]:
        """Figures beside no name of a KPI."""
        for at in self.figures.get(number, ()):
            if at in own:
                wrong = HAS_FIGURE.search(own[at].text) and own[at].text != "0"
                outcome = PROBLEM if wrong else LEFT_OUT
                yield make_fact(own[at], outcome=outcome, note="no_kpi")

    def _number_of(self, cell: Cell, cells: Numbered, column: Column, of: Subject) -> str:
        """Tell KPIs of one name and program apart: the second is 2."""
        said = self._text(cells, "kpi_key") or (cell.place if column.each else "")
        known = self.numbers.setdefault((of.government, of.program, of.key, same_name(of.kpi)), {})
        number = known.setdefault(said, str(len(known) + 1))
        return "" if number == "1" else number

    def _say_absent(self, subject: Subject) -> Iterator[Fact]:
        """A KPI and year without a figure: it stays, as one whose actual is not in the paper."""
        if subject.year is not None and subject.kpi_cell:
            said = {"table": "kpis", "fiscal_year": subject.year, "value": "not_in_source"}
            fact = make_fact(subject.kpi_cell, **said, field="actual_status")
            yield subject.says(replace(fact, printed=""), of_kpi=True)

    def _describe_kpi(self, cells: Numbered, column: Column, subject: Subject) -> Iterator[Fact]:
        """What holds for a KPI in every row: its name, unit, direction, kind; said once."""
        of = subject
        told = (of.government, of.program, of.key, of.kpi, of.kpi_key)
        if told in self.told or not subject.kpi_cell:
            return
        self.told.add(told)
        base = {"table": "kpis", "fiscal_year": subject.year}
        said = [("kpi", subject.kpi_cell, subject.kpi)]
        said += [("unit", subject.unit_cell or subject.kpi_cell, subject.unit)]
        for name in ("direction", "aggregation", "kpi_kind"):
            cell = self._cell(cells, name)
            if cell is not None:
                words = self.layout.columns[cell.column].words
                said.append((name, cell, words.get(cell.text, "")))
            said.append((name, subject.kpi_cell, getattr(column, name)))
        names = set()
        for name, cell, value in said:
            if value and name not in names:
                names.add(name)
                fact = make_fact(cell, **base, field=name, value=value)
                yield subject.says(fact, of_kpi=True)
