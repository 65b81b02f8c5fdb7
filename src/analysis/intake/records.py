"""A table whose columns a profile names -> facts: a row is a record, and says all of itself."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from analysis.intake.cells import Subject, make_fact, read_known
from analysis.intake.columns import HAS_FIGURE, Meaning
from analysis.intake.context import Context
from analysis.intake.facts import LEFT_OUT, PROBLEM, Fact
from analysis.intake.grid import Cell, Grid
from analysis.intake.labels import Label, read_label, take_years
from analysis.intake.layout import OF_ROW, Layout, Numbered, find_column
from analysis.intake.names import make_id, number_id, same_name, take_unit
from analysis.intake.profiles import NAMES, Column, Table, as_rule
from analysis.intake.rows import is_no_name, join_lines
from analysis.intake.tidy import OF_KPI
from analysis.intake.vocabulary import compact

Numbers = dict[tuple[str, ...], dict[str, str]]  # of KPIs of one name, by program and name
DIGITS_APART = 4


def read_records(tables: Iterable["Records"]) -> list[Fact]:
    """Read the rows of the tables of one file."""
    tables = list(tables)
    numbers = _number_kpis(tables)
    return [fact for table in tables for fact in table.read(numbers)]


def _number_kpis(tables: list["Records"]) -> Numbers:
    """Find the KPIs of one program that have one name, and what tells each apart in its id.

    That is the number the paper gives it, else its unit and kind, so that the order of a file
    does not matter; of two that are alike in these, too, the second is 2.
    """
    found: Numbers = {}
    for table in tables:
        for _, cells in table.rows if table.tells_kpis_apart else ():
            program = table.name_program(cells)
            for kpi in table.kpis:
                of = table.name_kpi(kpi, cells, program)
                if of is not None:
                    said, apart = table.tell_apart(kpi, cells, of)
                    found.setdefault(_whose(of), {}).setdefault(said, apart)
    for several in found.values():
        taken: Counter[str] = Counter()
        for said, apart in several.items():
            taken[apart] += 1
            again = f"_{taken[apart]}" if taken[apart] > 1 else ""
            several[said] = f"{apart}{again}" if len(several) > 1 else ""
    return found


def _whose(of: Subject) -> tuple[str, ...]:
    return (of.government, of.program, of.key, same_name(of.kpi))


def _list_rows(grid: Grid, table: Table, filled: list[int]) -> list[tuple[Numbered, Numbered]]:
    """Of each row the cells that begin in it, and with them those that hold for it, too.

    These are merged over it, or stand above an empty cell of a column that is `filled`.
    """
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
    found, above = [], Numbered()
    for row, own in sorted(rows.items()):
        cells = {**merged.get(row, {}), **own}
        above |= {number: cells[number] for number in filled if number in cells}
        found.append((own, above | cells))
    return found


def _leave_columns(grid: Grid, table: Table, layout: Layout) -> Iterator[Fact]:
    """A line for each column that the profile does not name, and for what stands above."""
    asked = (*table.skip, table.published_in)
    used = {*layout.columns, *layout.unit_of.values(), *layout.other.values()}
    used |= {at for name in asked if name and (at := find_column(name, layout.headers)) is not None}
    for number, cell in layout.headers.items():
        if number not in used and cell.column == number:
            yield make_fact(cell, outcome=LEFT_OUT, note="by_profile")
    above = {c.text: c for c in grid.cells.values() if c.row < table.header - 1}
    for cell in above.values():
        yield make_fact(cell, outcome=LEFT_OUT, note="outside")


class Records:
    """The rows of one table; what holds for all rows of a program or KPI is said once."""

    def __init__(self, grid: Grid, table: Table, layout: Layout, context: Context) -> None:
        self.grid, self.table, self.layout = grid, table, layout
        unit = [(-1, table.unit)] if table.unit else context.money_units
        self.context = replace(context, money_units=unit)
        self.meaning = Meaning({}, [], [], frozenset(), frozenset(), frozenset(), context.year)
        self.told: set[tuple[str, ...]] = set()
        self.numbers: Numbers = {}
        self.keys: dict[tuple[str, str], str] = {}
        self.of_lines: dict[tuple[int, str], Label] = {}
        self.names = {name: layout.of(name) for name in (*NAMES, *OF_ROW)}
        self.kpis = layout.of("kpi")
        each = any(layout.columns[number].each for number in self.kpis)
        self.tells_kpis_apart = each or bool(self.names["kpi_key"])
        self.figures: dict[int, list[int]] = {}
        named = {*self.kpis, *(n for name in (*NAMES, *OF_ROW) for n in self.names[name])}
        for number in sorted(layout.columns.keys() - named):
            self.figures.setdefault(layout.kpi_of.get(number, -1), []).append(number)
        filled = [number for number, column in layout.columns.items() if column.fill]
        self.rows = _list_rows(grid, table, filled)

    def read(self, numbers: Numbers) -> Iterator[Fact]:
        """The facts of all rows; `numbers` tell KPIs of one name apart."""
        self.numbers = numbers
        yield from _leave_columns(self.grid, self.table, self.layout)
        skip = {
            find_column(name, self.layout.headers): {*map(compact, words)}
            for name, words in self.table.skip.items()
        }
        for own, cells in self.rows:
            left = [cells[n] for n in skip if n in cells and compact(cells[n].text) in skip[n]]
            if left:
                yield make_fact(left[0], outcome=LEFT_OUT, note="by_profile")
            else:
                yield from self._read_row(own, cells)

    def name_program(self, cells: Numbered) -> Subject:
        """Of which program a row is."""
        program = self._text(cells, "program")
        name = "" if is_no_name(program) else join_lines(program)
        return Subject(self._text(cells, "government"), name, self._text(cells, "key"))

    def _read_row(self, own: Numbered, cells: Numbered) -> list[Fact]:
        """The facts of one row: `own` are the cells that begin in it."""
        subject = self.name_program(cells)
        key, program = subject.key, subject.program
        if not program:
            return list(self._leave_row(own, "no_program"))
        whose = (subject.government, number_id("", key))
        named = self.keys.setdefault(whose, program) if key else program
        if same_name(named) != same_name(program):
            return list(self._leave_row(own, f"same_number: {key} {named}"))
        subject.year = self._year(cells)
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
            return None if self.names["fiscal_year"] else self.context.year
        years = take_years(compact(cell.text), self.context.era)[1]
        return years[0] if years and years[0] == years[1] else None

    def _leave_row(self, own: Numbered, note: str) -> Iterator[Fact]:
        """A row that is of no one program is told; where it has figures, as a problem."""
        known = self.layout.columns
        for number, cell in own.items():
            if number in known:
                is_figure = known[number].field not in (*NAMES, *OF_ROW, "kpi")
                wrong = is_figure and HAS_FIGURE.search(cell.text)
                outcome = PROBLEM if wrong else LEFT_OUT
                yield make_fact(cell, outcome=outcome, note=note)

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
            if (said := column.say(cell.text)) is not None:
                cell = replace(cell, text=str(said), shown=cell.text)
            if line is not None and not label.field:
                label = self._label_of_line(number, line)
            if not label.field:  # a line that no word is known of
                outcome = PROBLEM if HAS_FIGURE.search(cell.text) else LEFT_OUT
                note = f"unknown_header: {compact(self._text(cells, 'line'))}"
                facts = [make_fact(cell, outcome=outcome, note=note)]
            else:
                facts = self._read_cell(cell, label, column, subject)
            if number in self.layout.concluded:
                facts = [replace(fact, inferred="fiscal_year") for fact in facts]
            found += facts
        return found

    def _label_of_line(self, number: int, line: dict[str, str]) -> Label:
        """What a column says in a line of a kind; made once."""
        key = (number, line["field"])
        if key not in self.of_lines:
            own = self.layout.labels[number]
            self.of_lines[key] = replace(own, **line)  # type: ignore[arg-type]
        return self.of_lines[key]

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
        """A figure of a program that is of no KPI, read as an actual is."""
        of = replace(subject, kpi="-", unit=column.unit)
        actual = replace(label, field="actual")
        what = f"{label.text.replace(':', ' ')}:{column.unit}"
        for fact in read_known(cell, actual, of, self.meaning, self.context):
            if fact.field in ("actual", "actual_status"):
                field = f"{fact.field.replace('actual', 'value')}:{what}"
                fact = replace(fact, table="observations", field=field)
                yield subject.says(fact, of_kpi=False)

    def _line(self, cells: Numbered) -> dict[str, str] | None:
        """What the line of a row is: its field, and its unit where the profile says it."""
        cell = self._cell(cells, "line")
        if cell is None:
            return None
        column = self.layout.columns[cell.column]
        return as_rule(column.say(cell.text) or "" if column.words else read_label(cell.text).field)

    def _read_kpi(self, number: int, own: Numbered, cells: Numbered, of: Subject) -> list[Fact]:
        """The figures of one KPI of a row, and what the row says of the KPI itself."""
        column = self.layout.columns[number]
        named = self.name_kpi(number, cells, of)
        if named is None:
            return list(self._unnamed(number, own))
        of = named
        several = self.numbers.get(_whose(of), {})
        of.kpi_key = several.get(self.tell_apart(number, cells, of)[0], "")
        figures = self._read_figures(number, own, cells, of)
        if not self.names["line"]:
            figures += self._say_absent(number, of, figures)
        return [*figures, *self._describe_kpi(cells, column, of)]

    def _unnamed(self, number: int, own: Numbered) -> Iterator[Fact]:
        """Figures beside no name of a KPI."""
        for at in self.figures.get(number, ()):
            if at in own:
                wrong = HAS_FIGURE.search(own[at].text) and own[at].text != "0"
                outcome = PROBLEM if wrong else LEFT_OUT
                yield make_fact(own[at], outcome=outcome, note="no_kpi")

    def name_kpi(self, number: int, cells: Numbered, of: Subject) -> Subject | None:
        """The KPI that a column names in a row, with its unit; None where it names none."""
        cell = cells.get(number) or cells.get(self.layout.other.get(number, -1))
        if cell is None or is_no_name(cell.text) or not of.program:
            return None
        name, unit = take_unit(join_lines(cell.text))
        at = self.layout.unit_of.get(number)
        unit_cell = cells.get(at) if at is not None else self._cell(cells, "unit")
        if unit_cell and not is_no_name(unit_cell.text):
            name, unit = join_lines(cell.text), join_lines(unit_cell.text)
        return replace(of, kpi=name, unit=unit, kpi_cell=cell, unit_cell=unit_cell)

    def tell_apart(self, number: int, cells: Numbered, of: Subject) -> tuple[str, str]:
        """What makes a KPI one of its own beside others of its name, and how its id says so."""
        column = self.layout.columns[number]
        if key := self._text(cells, "kpi_key"):
            return key, number_id("", key).strip("_")
        if column.each and of.kpi_cell:
            kind = f"{column.kpi_kind} {of.unit}"
            return of.kpi_cell.place, make_id("", kind)[1 : 1 + DIGITS_APART]
        return "", ""

    def _say_absent(self, number: int, of: Subject, figures: list[Fact]) -> list[Fact]:
        """Keep the years of a KPI of which nothing is printed: their actual is not in the paper."""
        labels = (self.layout.labels[at] for at in self.figures.get(number, ()))
        asked = {label.year or of.year for label in labels if label.field == "actual"} | {of.year}
        told = {f.fiscal_year for f in figures if f.is_used and f.field not in OF_KPI}
        if of.kpi_cell is None:
            return []
        said = {"table": "kpis", "field": "actual_status", "value": "not_in_source"}
        absent = [
            make_fact(of.kpi_cell, **said, fiscal_year=year)
            for year in sorted(year for year in asked - told if year is not None)
        ]
        return [of.says(replace(fact, printed=""), of_kpi=True) for fact in absent]

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
                said.append((name, cell, self.layout.columns[cell.column].say(cell.text) or ""))
            said.append((name, subject.kpi_cell, getattr(column, name)))
        names = set()
        for name, cell, value in said:
            if value and name not in names:
                names.add(name)
                fact = make_fact(cell, **base, field=name, value=value)
                yield subject.says(fact, of_kpi=True)
