"""Typed rows -> the rows of the tables, and a fact for each cell that was typed.

What still says what last year's row said is taken from that row as it stands there, with all that
was known of it; everything else is read as typed.
"""

from collections.abc import Iterator
from dataclasses import replace

from analysis.dataset.printed_words import STATUS_OF_WORD
from analysis.dataset.tables import TABLES, WITHOUT_VALUE
from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.intake.cells import make_fact
from analysis.intake.facts import DOUBT, PROBLEM, READ, Fact
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
    SCHEME,
    About,
    Field,
    LastYear,
    Row,
    name_line,
)
from analysis.intake.template_cells import JOINT, Typed, read_typed
from analysis.intake.template_names import Filled, Ids, Names, find_field
from analysis.intake.template_sheets import TypedRow, TypedSheet, is_same_text
from analysis.intake.values import is_dash
from analysis.wording.labels import labels
from analysis.wording.typed import name_words

SOURCE = "source"
WHOLE = labels("template", LANGUAGE_OF_DOCUMENTS)["whole_program"]
STATUS_OF_EDITION = {"kpis": ("actual", "actual_status"), "observations": ("value", "value_status")}
NEEDS_FIGURE = ("budgets", "ratings", "rating_axes", "observations", "instruments")
NAMES = ("program", "kpi")  # which are asked about before
NAMED = ("programs", "kpis")  # the sheets of what others are of
OF_KPI = ("ratings", "rating_axes")
ASIDE = (PLACE, SOURCE)  # what says nothing of its own of a row
OF_KIND = ("amount_yen", "amount_status")
NOTHING = "–"
FINAL = "final"


def make_rows(sheets: list[TypedSheet], about: About, known: Known, last: LastYear) -> Filled:
    """Make the rows of all sheets; sources, programs and KPIs first, for others are of them."""
    schemes = {rubric["name"]: scheme for scheme, rubric in last.rubrics.items() if rubric}
    maker = _Maker(about, known, schemes, last.list_editions(about.year))
    maker.known.printed = {
        same_name(row.text(row_field))
        for read in sheets
        for row in read.rows
        for row_field in row.cells
        if row_field.role == NAME and row.line is None
    }
    for read in sheets:
        maker.filled.facts += read.facts
        maker.note_gone(read)
        for row in read.rows:
            maker.add(read, row)
    return maker.filled


class _Maker(Names):
    """Makes the rows, sheet by sheet."""

    def __init__(
        self, about: About, known: Known, schemes: dict[str, str], editions: list[str]
    ) -> None:
        super().__init__(about, known)
        self.schemes = schemes  # by the name of their rubric
        self.editions = editions  # of this year, which may be superseded
        self.sources: dict[str, Row] = {}
        self.places: dict[tuple[str, str], str] = {}  # of programs, in each source
        self.unlisted: dict[Ids, str] = {}  # and the sheet, or the cell, that says so
        self.taken: dict[tuple[str, str], TypedRow] = {}

    def note_gone(self, read: TypedSheet) -> None:
        """Programs and KPIs whose rows are gone are not of this year, nor is what is of them."""
        there = {id(row.line) for row in read.rows}
        is_whole = all(one in read.columns for one in read.sheet.fields if one.role == ROW)
        for line in read.sheet.lines if read.sheet.table in NAMED and is_whole else ():
            if id(line) not in there:
                ids = (line.before["program_id"], line.before.get("kpi_id", ""))
                self.unlisted[ids] = read.grid.name

    def add(self, read: TypedSheet, row: TypedRow) -> None:
        """Add a row, unless nothing was typed in it or it is not of this year."""
        if read.sheet.table == "sources":
            self._add_source(read, row)
            return
        cells: dict[str, str] = {}
        inferred: set[str] = set()
        ids = self.identify(read, row)
        if ids is None:
            return
        is_listed = self._is_listed(read, row)
        if not is_listed:
            self.unlisted[ids] = read.place_of(row, find_field(read, LISTED))
        why = self.unlisted.get(ids) or self.unlisted.get((ids[0], ""))
        if why:
            self._leave_unlisted(read, row, why)
            return
        if read.sheet.table in NEEDS_FIGURE and not _has_figure(row):
            self.leave(row, "nothing_typed")
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
            facts += self._tell(read, row, one, typed, ids, cells)
        self.filled.facts += facts
        self._finish(read, row, ids, cells, inferred)

    def _is_listed(self, read: TypedSheet, row: TypedRow) -> bool:
        one = read.sheet.find(LISTED, KEPT)
        text = row.text(one)
        words = name_words(read.sheet.table, LISTED, LANGUAGE_OF_DOCUMENTS)
        if one and text and text not in words.values():
            self.ask(read, row, one, f"no_such_word: {JOINT.join(words.values())}")
        return text != words["no"]

    def _leave_unlisted(self, read: TypedSheet, row: TypedRow, why: str) -> None:
        """Leave out a row that is not of this year; it may hold no figure."""
        figures = [one for one in row.cells if one.role == NEW and one.column != PLACE]
        if figures:
            self.ask(read, row, figures[0], f"figure_of_unlisted: {why}")
        else:
            self.leave(row, "not_listed")

    # what stands in it

    def _read(self, read: TypedSheet, row: TypedRow, one: Field) -> tuple[Typed | None, set[str]]:
        """Read one cell: as last year's row has it, as typed, or nothing."""
        text, table = row.text(one), read.sheet.table
        shown = row.line.texts.get(one) if row.line else None
        if row.line and shown is not None and row.says(one, shown):
            return _take_over(table, one, row.line.before)
        if not text or (one.needed and is_dash(text) and table in NAMED):
            is_told = one.column in NAMES or self._says_why_not(read, row, one)
            if one.needed and not is_told:
                note = "empty_figure" if one.column == "actual" else "empty_needed"
                self.ask(read, row, one, note)
            elif one.role == KEPT and shown:
                self.ask(read, row, one, f"kept_emptied: {shown}", DOUBT)
            return None, set()
        if one.column == SCHEME:
            text = self.schemes.get(text, text)
        unit = read.unit if table == "budgets" else row.text(find_field(read, "unit"))
        typed = read_typed(table, one.column, text, unit)
        known = _read_as_last_year(read, row, one, text) if typed.is_problem else None
        exact = row.cells[one].exact
        if exact and typed.outcome == READ and one.column in typed.cells:
            typed = replace(typed, outcome=DOUBT, note=f"shown_rounded: {exact}")
        return known or typed, set()

    @staticmethod
    def _says_why_not(read: TypedSheet, row: TypedRow, one: Field) -> bool:
        """Whether the status beside an empty figure says why there is none."""
        status = find_field(read, f"{one.column}_status")
        if not status:
            return False
        words = name_words(read.sheet.table, status.column, LANGUAGE_OF_DOCUMENTS)
        return row.text(status) in [words.get(code) for code in WITHOUT_VALUE]

    def _tell(
        self, read: TypedSheet, row: TypedRow, one: Field, typed: Typed, ids: Ids, cells: Row
    ) -> Iterator[Fact]:
        """A fact for each column that a cell became; an amount is named by its kind and item."""
        table, cell = read.sheet.table, row.cells.get(one)
        if cell is None:
            return
        program = row.text(find_field(read, "program"))
        about = {
            "table": table,
            "program": program,
            "kpi": row.text(find_field(read, "kpi")) if ids[1] else "",
            "fiscal_year": None if table == "programs" else self.about.year,
            "outcome": typed.outcome,
            "note": typed.note,
        }
        for column, value in (typed.cells or {one.column: ""}).items():
            of = (cells.get("kind", ""), cells.get("item", "")) if column in OF_KIND else ()
            yield make_fact(cell, **about, field=":".join(filter(None, (column, *of))), value=value)

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
            self.places[ids[0], source["source_id"]] = cells.get(PLACE, "")
        figure, status = STATUS_OF_EDITION.get(table, ("", ""))
        if cells.get(figure):
            cells.setdefault(status, find_status(source) or (FINAL if table == "kpis" else ""))
        before = row.line.before if row.line else {}
        own = {"program_id", "kpi_id"} & {*before.get("inferred", "").split()}
        made |= {name: what for name, what in cells.items() if what}
        again = self.taken.setdefault((table, name_line(table, made)), row)
        if again is not row:
            self.ask(read, row, next(iter(row.cells)), f"row_again: {again.place}")
            return
        place = cells.get(PLACE) or self.places.get((ids[0], source["source_id"]))
        if place is None:  # the program stands in another source
            self.ask(read, row, find_field(read, PLACE), "empty_needed")
        made |= {
            "source_id": source["source_id"],
            "place": place or "",
            "inferred": " ".join(sorted((inferred | own) & {*columns})),
        }
        places = {one.column: read.place_of(row, one) for one in read.columns if one.role != BEFORE}
        self._add(table, made, places, before)

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
            if not row.text(one) or (one.needed and is_dash(row.text(one))):
                if one.needed:
                    self.ask(read, row, one, "empty_needed")
                continue
            typed = read_typed("sources", name, row.text(one))
            if name == "supersedes" and not {*row.text(one).split()} <= {*self.editions}:
                there = JOINT.join(self.editions) or NOTHING
                typed = Typed(outcome=PROBLEM, note=f"no_such_word: {there}")
            self.filled.facts += self._tell(read, row, one, typed, ("", ""), cells)
            cells |= typed.cells
        if not cells.get("source_id"):
            return
        before = row.line.before if row.line else {}
        same = {name for name in before if cells.get(name) == before[name]}
        inferred = " ".join(sorted(same & {*before.get("inferred", "").split()}))
        made = cells | {"fiscal_year": str(self.about.year), "inferred": inferred}
        self.sources[said.get("number", "1")] = made
        places = {name: read.place_of(row, one) for name, one in fields.items()}
        self._add("sources", made, places, before)

    def _find_source(self, read: TypedSheet, row: TypedRow) -> Row | None:
        one = find_field(read, SOURCE)
        number = row.text(one) or "1"
        source = self.sources.get(number)
        if source is None or not source.get("source_id"):
            if row.text(one):
                self.ask(read, row, one, f"no_such_source: {number}")
            return None
        return source


def _has_figure(row: TypedRow) -> bool:
    return any(one.role in (NEW, MAY) and one.column not in ASIDE for one in row.cells)


def _read_as_last_year(read: TypedSheet, row: TypedRow, one: Field, text: str) -> Typed | None:
    """A text that only a person could read (10／10), where last year's was the same."""
    before = read.sheet.find(one.column, BEFORE)
    if not row.line or not before or not is_same_text(text, row.line.texts.get(before, "")):
        return None
    table, last = read.sheet.table, row.line.before
    cells = _take_over(table, one, last)[0].cells
    status = TABLES[table].columns[one.column].status if last.get(one.column) else ""
    return Typed({name: what for name, what in cells.items() if name != status})


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
