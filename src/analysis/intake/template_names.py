"""Of which program and KPI a typed row is, by last year's row or by its names."""

from dataclasses import dataclass, field

from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.intake.cells import make_fact
from analysis.intake.facts import DOUBT, LEFT_OUT, PROBLEM, Fact
from analysis.intake.ids import Known
from analysis.intake.names import same_name
from analysis.intake.template import BEFORE, NAME, NEW, About, Field, Row
from analysis.intake.template_sheets import TypedRow, TypedSheet
from analysis.intake.vocabulary import TOTALS, compact, is_note
from analysis.wording.labels import labels

WHOLE = labels("template", LANGUAGE_OF_DOCUMENTS)["whole_program"]
OF_KPI = ("ratings", "rating_axes")
Ids = tuple[str, str]  # of a program and of one of its KPIs


@dataclass
class Filled:
    """What a workbook says: rows by table and its facts.

    By table and number of a row: the cell that each of its columns stands in, and the row of last
    year that it goes on with.
    """

    about: About
    file: str = ""
    is_again: bool = False  # whether its source was read before
    rows: dict[str, list[Row]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    cells: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    before: dict[tuple[str, int], Row] = field(default_factory=dict)

    @property
    def problems(self) -> list[Fact]:
        """The facts that keep it from being taken over."""
        return [fact for fact in self.facts if fact.outcome == PROBLEM]


class Names:
    """Knows what the sheets so far have named, and asks about what it cannot tell."""

    def __init__(self, about: About, known: Known) -> None:
        self.filled = Filled(about)
        self.about, self.known = about, known
        self.programs: dict[str, set[str]] = {}  # ids by name
        self.kpis: dict[tuple[str, str], set[str]] = {}  # ids by program and name

    def identify(self, read: TypedSheet, row: TypedRow) -> Ids | None:
        """The ids of the program and KPI of a row, made where they are new."""
        table = read.sheet.table
        before = row.line.before if row.line else {}
        program = find_field(read, "program")
        name = row.text(program)
        if not row.line and self._is_below(read, row):
            return None
        program_id = before.get("program_id", "")
        if table == "programs":
            return self._name_program(read, row, program_id, name)
        called = self.programs.get(same_name(name), set())
        if program_id and called and program_id not in called:
            self.ask(read, row, program, f"name_of_other_row: {self._shown(row, program)}")
            return None
        if program_id and not called:
            self.ask(read, row, program, f"no_such_program: {name}" if name else "empty_needed")
            return None
        if not program_id:
            if len(called) != 1:
                note = "several_so_called" if called else "no_such_program"
                self.ask(read, row, program, f"{note}: {name}" if name else "empty_needed")
                return None
            [program_id] = called
        if table == "kpis":
            return self._name_kpi(read, row, program_id)
        if table in OF_KPI:
            return self._find_kpi(read, row, program_id)
        return program_id, ""

    def _is_below(self, read: TypedSheet, row: TypedRow) -> bool:
        """Whether a line says something below the table: a note, a total."""
        texts = [cell.text for one, cell in row.cells.items() if one.role == NAME]
        is_alone = len(row.cells) == 1 and read.sheet.table != "programs"
        has_figure = any(one.role == NEW for one in row.cells)
        is_said = not has_figure and any(is_note(compact(text).lstrip("(")) for text in texts)
        is_total = any(compact(text) in TOTALS for text in texts)
        if is_alone or is_said or is_total:
            self.leave(row, "total" if is_total else "outside", DOUBT)
        return is_alone or is_said or is_total

    def _name_program(self, read: TypedSheet, row: TypedRow, known: str, name: str) -> Ids | None:
        one = find_field(read, "program")
        if not name:
            self.ask(read, row, one, "empty_needed")
            return None
        near = ""
        if not known:
            known, near = self.known.find_program(self.about.code, name)
        if near:
            self.ask(read, row, one, f"near_name: {near}", DOUBT)
        for text in filter(None, (name, self._shown(row, one))):
            self.programs.setdefault(same_name(text), set()).add(known)
        return known, ""

    @staticmethod
    def _shown(row: TypedRow, one: Field | None) -> str:
        """What last year's row shows in a cell."""
        return row.line.texts.get(one, "") if row.line and one else ""

    def _name_kpi(self, read: TypedSheet, row: TypedRow, program_id: str) -> Ids | None:
        one = find_field(read, "kpi")
        name = row.text(one)
        if not name:
            self.ask(read, row, one, "empty_needed")
            return None
        kpi_id, near = row.line.before["kpi_id"] if row.line else "", ""
        if not kpi_id:
            kpi_id, near = self.known.find_kpi(self.about.code, program_id, name)
        if near:
            self.ask(read, row, one, f"near_name: {near}", DOUBT)
        for text in filter(None, (name, self._shown(row, one))):
            self.kpis.setdefault((program_id, same_name(text)), set()).add(kpi_id)
        return program_id, kpi_id

    def _find_kpi(self, read: TypedSheet, row: TypedRow, program_id: str) -> Ids | None:
        one = find_field(read, "kpi")
        name = row.text(one)
        if row.line:
            return program_id, row.line.before.get("kpi_id", "")
        if not name or name == WHOLE:
            return program_id, ""
        called = self.kpis.get((program_id, same_name(name)), set())
        if len(called) != 1:
            note = "several_so_called" if called else "no_such_kpi"
            self.ask(read, row, one, f"{note}: {name}")
            return None
        [kpi_id] = called
        return program_id, kpi_id

    def leave(self, row: TypedRow, note: str, outcome: str = LEFT_OUT) -> None:
        """Leave out a row, and say why."""
        cell = next(iter(row.cells.values()))
        self.filled.facts.append(make_fact(cell, outcome=outcome, note=note))

    def ask(
        self, read: TypedSheet, row: TypedRow, one: Field | None, note: str, outcome: str = PROBLEM
    ) -> None:
        """Say what is wrong with a cell, whether anything stands in it or not."""
        place = read.place_of(row, one) if one else row.place
        self.filled.facts.append(Fact(place, row.text(one), outcome=outcome, note=note))


def find_field(read: TypedSheet, column: str) -> Field | None:
    """The column of a sheet in which this year's word stands."""
    found = [one for one in read.sheet.fields if one.column == column and one.role != BEFORE]
    return found[0] if found else None
