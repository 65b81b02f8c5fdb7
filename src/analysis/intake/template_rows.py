"""Typed rows -> the rows of the tables, and a fact for each cell that was typed.

What still says what last year's row said is taken from that row as it stands there, with all that
was known of it; everything else is read as typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.dataset.printed_words import STATUS_OF_WORD
from analysis.dataset.tables import TABLES
from analysis.intake.cells import make_fact
from analysis.intake.facts import DOUBT, LEFT_OUT, PROBLEM, READ, Fact
from analysis.intake.ids import Known
from analysis.intake.names import same_name
from analysis.intake.template import (
    BEFORE,
    KEPT,
    LISTED,
    MAY,
    NAME,
    NEW,
    PLACE,
    ROW,
    About,
    Field,
    Row,
    name_line,
)
from analysis.intake.template_cells import JOINT, Typed, read_typed
from analysis.intake.template_sheets import TypedRow, TypedSheet, is_same_text
from analysis.wording.labels import labels
from analysis.wording.typed import name_words

SOURCE, WHOLE = "source", labels("template")["whole_program"]
STATUS_OF_EDITION = {"kpis": ("actual", "actual_status"), "observations": ("value", "value_status")}
NEEDS_FIGURE = ("budgets", "ratings", "rating_axes", "observations", "instruments")
OF_KPI = ("ratings", "rating_axes")
ASIDE = (PLACE, SOURCE)  # what says nothing of its own of a row
FINAL = "final"
Ids = tuple[str, str]  # of a program and of one of its KPIs


@dataclass
class Filled:
    """What a workbook says: rows by table and its facts.

    By table and number of a row: the cell that each of its columns stands in, and the row of last
    year that it goes on with.
    """

    about: About
    file: str = ""
    rows: dict[str, list[Row]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    cells: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    before: dict[tuple[str, int], Row] = field(default_factory=dict)

    @property
    def problems(self) -> list[Fact]:
        """The facts that keep it from being taken over."""
        return [fact for fact in self.facts if fact.outcome == PROBLEM]


def make_rows(sheets: list[TypedSheet], about: About, known: Known) -> Filled:
    """Make the rows of all sheets; sources, programs and KPIs first, for others are of them."""
    maker = _Maker(about, known)
    maker.known.printed = {
        same_name(row.text(row_field))
        for read in sheets
        for row in read.rows
        for row_field in row.cells
        if row_field.role == NAME
    }
    for read in sheets:
        maker.filled.facts += read.facts
        maker.note_gone(read)
        for row in read.rows:
            maker.add(read, row)
    return maker.filled


class _Maker:
    """Makes the rows, sheet by sheet, and knows what the sheets before have named."""

    def __init__(self, about: About, known: Known) -> None:
        self.filled = Filled(about)
        self.about, self.known = about, known
        self.sources: dict[str, Row] = {}
        self.programs: dict[str, set[str]] = {}  # ids by name
        self.kpis: dict[tuple[str, str], set[str]] = {}  # ids by program and name
        self.places: dict[str, str] = {}  # of programs
        self.unlisted: set[Ids] = set()
        self.taken: dict[tuple[str, str], TypedRow] = {}

    def note_gone(self, read: TypedSheet) -> None:
        """Programs and KPIs whose rows are gone are not of this year, nor is what is of them."""
        there = {id(row.line) for row in read.rows}
        for line in read.sheet.lines if read.sheet.table in ("programs", "kpis") else ():
            if id(line) not in there:
                self.unlisted.add((line.before["program_id"], line.before.get("kpi_id", "")))

    def add(self, read: TypedSheet, row: TypedRow) -> None:
        """Add a row, unless nothing was typed in it or it is not of this year."""
        if read.sheet.table == "sources":
            self._add_source(read, row)
            return
        cells: dict[str, str] = {}
        inferred: set[str] = set()
        ids = self._identify(read, row)
        if ids is None:
            return
        is_listed = self._is_listed(read, row)
        if ids in self.unlisted or (ids[0], "") in self.unlisted or not is_listed:
            self._leave_unlisted(read, row, ids, is_listed)
            return
        if read.sheet.table in NEEDS_FIGURE and not _has_figure(row):
            self._leave(row, "nothing_typed")
            return
        facts: list[Fact] = []
        for one in read.columns:
            if one.role in (BEFORE, ROW) or one.of or one.column in (LISTED, SOURCE):
                continue
            typed, concluded = self._read(read, row, one)
            if typed is None:
                continue
            cells |= typed.cells
            inferred |= concluded
            facts += self._tell(read, row, one, typed, ids)
        self.filled.facts += facts
        self._finish(read, row, ids, cells, inferred)

    # what a row is of

    def _identify(self, read: TypedSheet, row: TypedRow) -> Ids | None:
        """The ids of the program and KPI of a row, made where they are new."""
        table = read.sheet.table
        before = row.line.before if row.line else {}
        program = _find(read, "program")
        name = row.text(program)
        program_id = before.get("program_id", "")
        if table == "programs":
            return self._name_program(read, row, program_id, name)
        called = self.programs.get(same_name(name), set())
        if program_id and called and program_id not in called:
            self._ask(read, row, program, f"name_of_other_row: {self._shown(row, program)}")
            return None
        if not program_id:
            if len(called) != 1:
                note = "several_so_called" if called else "no_such_program"
                self._ask(read, row, program, f"{note}: {name}" if name else "empty_needed")
                return None
            [program_id] = called
        if table == "kpis":
            return self._name_kpi(read, row, program_id)
        if table in OF_KPI:
            return self._find_kpi(read, row, program_id)
        return program_id, ""

    def _name_program(self, read: TypedSheet, row: TypedRow, known: str, name: str) -> Ids | None:
        one = _find(read, "program")
        if not name:
            self._ask(read, row, one, "empty_needed")
            return None
        near = ""
        if not known:
            known, near = self.known.find_program(self.about.code, name)
        if near:
            self._ask(read, row, one, f"near_name: {near}", DOUBT)
        for text in filter(None, (name, self._shown(row, one))):
            self.programs.setdefault(same_name(text), set()).add(known)
        return known, ""

    @staticmethod
    def _shown(row: TypedRow, one: Field | None) -> str:
        """What last year's row shows in a cell."""
        return row.line.texts.get(one, "") if row.line and one else ""

    def _name_kpi(self, read: TypedSheet, row: TypedRow, program_id: str) -> Ids | None:
        one = _find(read, "kpi")
        name = row.text(one)
        if not name:
            self._ask(read, row, one, "empty_needed")
            return None
        kpi_id, near = row.line.before["kpi_id"] if row.line else "", ""
        if not kpi_id:
            kpi_id, near = self.known.find_kpi(self.about.code, program_id, name)
        if near:
            self._ask(read, row, one, f"near_name: {near}", DOUBT)
        for text in filter(None, (name, self._shown(row, one))):
            self.kpis.setdefault((program_id, same_name(text)), set()).add(kpi_id)
        return program_id, kpi_id

    def _find_kpi(self, read: TypedSheet, row: TypedRow, program_id: str) -> Ids | None:
        one = _find(read, "kpi")
        name = row.text(one)
        if row.line:
            return program_id, row.line.before.get("kpi_id", "")
        if not name or name == WHOLE:
            return program_id, ""
        called = self.kpis.get((program_id, same_name(name)), set())
        if len(called) != 1:
            note = "several_so_called" if called else "no_such_kpi"
            self._ask(read, row, one, f"{note}: {name}")
            return None
        [kpi_id] = called
        return program_id, kpi_id

    def _is_listed(self, read: TypedSheet, row: TypedRow) -> bool:
        one = read.sheet.find(LISTED, KEPT)
        text = row.text(one)
        words = name_words(read.sheet.table, LISTED)
        if one and text and text not in words.values():
            self._ask(read, row, one, f"no_such_word: {JOINT.join(words.values())}")
        return text != words["no"]

    def _leave_unlisted(self, read: TypedSheet, row: TypedRow, ids: Ids, is_listed: bool) -> None:
        if not is_listed:
            self.unlisted.add(ids)
        figures = [one for one in row.cells if one.role == NEW and one.column != PLACE]
        for one in figures:
            self._ask(read, row, one, "figure_of_unlisted")
        if not figures:
            self._leave(row, "not_listed")

    def _leave(self, row: TypedRow, note: str) -> None:
        cell = next(iter(row.cells.values()))
        self.filled.facts.append(make_fact(cell, outcome=LEFT_OUT, note=note))

    # what stands in it

    def _read(self, read: TypedSheet, row: TypedRow, one: Field) -> tuple[Typed | None, set[str]]:
        """Read one cell: as last year's row has it, as typed, or nothing."""
        text, table = row.text(one), read.sheet.table
        shown = row.line.texts.get(one) if row.line else None
        if row.line and shown is not None and is_same_text(text, shown):
            return _take_over(table, one, row.line.before)
        if not text:
            if one.needed and one.role != NAME:
                self._ask(read, row, one, "empty_needed")
            return None, set()
        unit = read.unit if table == "budgets" else row.text(_find(read, "unit"))
        return read_typed(table, one.column, text, unit), set()

    def _tell(
        self, read: TypedSheet, row: TypedRow, one: Field, typed: Typed, ids: Ids
    ) -> Iterator[Fact]:
        """A fact for each column that a cell became."""
        table, cell = read.sheet.table, row.cells.get(one)
        if cell is None:
            return
        program = row.text(_find(read, "program"))
        kind = "kind" if table == "budgets" else ""
        about = {
            "table": table,
            "program": program,
            "kpi": row.text(_find(read, "kpi")) if ids[1] else "",
            "fiscal_year": None if table == "programs" else self.about.year,
            "outcome": typed.outcome,
            "note": typed.note,
        }
        for column, value in (typed.cells or {one.column: ""}).items():
            name = column
            if kind and column.startswith("amount_yen"):
                name = f"{column}:{row.text(_find(read, kind))}"
            yield make_fact(cell, **about, field=name, value=value)

    def _finish(
        self, read: TypedSheet, row: TypedRow, ids: Ids, cells: dict[str, str], inferred: set[str]
    ) -> None:
        """Make the whole row: of whom, of which year and source, where it is printed."""
        table = read.sheet.table
        source = self._find_source(read, row)
        if source is None:
            return
        columns = TABLES[table].columns
        made = {"government_code": self.about.code, "program_id": ids[0]}
        if "kpi_id" in columns:
            made["kpi_id"] = ids[1]
        if "fiscal_year" in columns:
            made["fiscal_year"] = str(self.about.year)
        if table == "programs":
            made["government"] = self.about.government
            self._doubt_end(read, row, cells.get("end_year", ""))
            self.places[ids[0]] = cells.get(PLACE, "")
        figure, status = STATUS_OF_EDITION.get(table, ("", ""))
        if cells.get(figure):
            cells.setdefault(status, find_status(source) or (FINAL if table == "kpis" else ""))
        before = row.line.before if row.line else {}
        own = {"program_id", "kpi_id"} & {*before.get("inferred", "").split()}
        made |= {name: what for name, what in cells.items() if what}
        again = self.taken.setdefault((table, name_line(table, made)), row)
        if again is not row:
            self._ask(read, row, next(iter(row.cells)), f"row_again: {again.place}")
            return
        made |= {
            "source_id": source["source_id"],
            "place": cells.get(PLACE) or self.places.get(ids[0], ""),
            "inferred": " ".join(sorted((inferred | own) & {*columns})),
        }
        places = {one.column: read.place_of(row, one) for one in read.columns if one.role != BEFORE}
        self._add(table, made, places, before)

    def _doubt_end(self, read: TypedSheet, row: TypedRow, end: str) -> None:
        if end and int(end) < self.about.year:
            self._ask(read, row, _find(read, "end_year"), f"after_end: {end}", DOUBT)

    def _add(self, table: str, made: Row, places: dict[str, str], before: Row) -> None:
        rows = self.filled.rows.setdefault(table, [])
        self.filled.cells[table, len(rows)] = places
        self.filled.before[table, len(rows)] = before
        rows.append(made)

    # publications

    def _add_source(self, read: TypedSheet, row: TypedRow) -> None:
        fields = {one.column: one for one in read.columns}
        said = {name: row.text(one) for name, one in fields.items() if row.text(one)}
        if "title" not in said and said.get("number") != "1":
            return
        cells: dict[str, str] = {}
        for name, one in fields.items():
            if name == "number":
                continue
            if not row.text(one):
                if one.needed:
                    self._ask(read, row, one, "empty_needed")
                continue
            typed = read_typed("sources", name, row.text(one))
            self.filled.facts += self._tell(read, row, one, typed, ("", ""))
            cells |= typed.cells
        before = row.line.before if row.line else {}
        same = {name for name in before if cells.get(name) == before[name]}
        inferred = " ".join(sorted(same & {*before.get("inferred", "").split()}))
        made = cells | {"fiscal_year": str(self.about.year), "inferred": inferred}
        self.sources[said.get("number", "1")] = made
        places = {name: read.place_of(row, one) for name, one in fields.items()}
        self._add("sources", made, places, before)

    def _find_source(self, read: TypedSheet, row: TypedRow) -> Row | None:
        one = _find(read, SOURCE)
        number = row.text(one) or "1"
        source = self.sources.get(number)
        if source is None or not source.get("source_id"):
            if row.text(one):
                self._ask(read, row, one, f"no_such_source: {number}")
            return None
        return source

    def _ask(
        self, read: TypedSheet, row: TypedRow, one: Field | None, note: str, outcome: str = PROBLEM
    ) -> None:
        """Say what is wrong with a cell, whether anything stands in it or not."""
        place = read.place_of(row, one) if one else row.place
        self.filled.facts.append(Fact(place, row.text(one), outcome=outcome, note=note))


def _find(read: TypedSheet, column: str) -> Field | None:
    """The column of a sheet in which this year's word stands."""
    found = [one for one in read.sheet.fields if one.column == column and one.role != BEFORE]
    return found[0] if found else None


def _has_figure(row: TypedRow) -> bool:
    return any(one.role in (NEW, MAY) and one.column not in ASIDE for one in row.cells)


def _take_over(table: str, one: Field, before: Row) -> tuple[Typed, set[str]]:
    """The columns of a cell that is as it was, and which of them were concluded."""
    defined = TABLES[table].columns[one.column]
    names = [one.column, defined.status, defined.bound, f"{one.column}_upper", defined.printed]
    cells = {name: before[name] for name in names if before.get(name)}
    concluded = {*cells} & {*before.get("inferred", "").split()}
    return Typed(cells, READ), concluded


def find_status(source: Row) -> str:
    """What all results of a publication are, as its edition says: preliminary of 速報版."""
    edition = source.get("edition", "")
    return next((status for word, status in STATUS_OF_WORD.items() if word in edition), "")
