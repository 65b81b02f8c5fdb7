"""Labels beside their values, scattered over a page: a sheet that is of one program.

The value of a label stands at its right, else below it. A choice is the word behind ■, or the
one of several words that ○ stands at.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from analysis.dataset.values import tidy
from analysis.intake.blocks import Block, Sheet
from analysis.intake.cells import Subject, make_fact, read_known
from analysis.intake.columns import HAS_FIGURE, Meaning
from analysis.intake.context import Context
from analysis.intake.facts import LEFT_OUT, PROBLEM, Fact
from analysis.intake.grid import Cell
from analysis.intake.labels import Label
from analysis.intake.names import take_beside
from analysis.intake.rows import is_no_name, join_lines
from analysis.intake.values import is_bare
from analysis.intake.vocabulary import MARKS, PROGRAM_WORD, SIGNS, compact

OF_PROGRAM = ("program", "project", "department", "policy_group", "grant_name")
JUDGED = ("progress", "effectiveness", "efficiency", "grade", "policy", "axis")
SHARED = ("project", "department", "policy_group", "grant_name", "period")
READ_HERE = (
    *OF_PROGRAM,
    *JUDGED,
    *("period", "start_year", "end_year", "amount", "published_execution_rate"),
)
CHOSEN = "".join(SIGNS["chosen"])
OPEN = "".join(SIGNS["not_chosen"])
CIRCLES = "○◯◎"
CHOICE = re.compile(rf"[{CHOSEN}{CIRCLES}][ \u3000]*(?P<word>[^\s{CHOSEN}{OPEN}{CIRCLES}・]+)")
HEADING = re.compile(r"[【〔\[].*[】〕\]]")  # 【評価】 above what is judged
LONGEST_CHOICE = 10
INLINE = re.compile(r"^\s*(?P<label>[^:：\n]{2,12})[:：](?P<value>[^\n]+)$")
CHOICES = re.compile(rf"\s*[{CHOSEN}{OPEN}]")
MOST_COLUMNS_AWAY = 12
PERSON = "person"


class Form:
    """The pairs of labels and values of one sheet, and the program they name."""

    def __init__(self, sheet: Sheet, blocks: list[Block]) -> None:
        self.sheet = sheet
        self.inside = {
            (row, column)
            for block in blocks
            for row in (*block.header, *block.body)
            for column in block.columns
        }
        self.pairs = list(self._find_pairs())
        self.used = {id(cell) for pair in self.pairs for cell in pair[:2]}
        self.programs: list[tuple[int, str]] = []
        if any(said.field == "program" and PROGRAM_WORD in said.word for *_, said in self.pairs):
            self.pairs = [(a, b, _as_group(said)) for a, b, said in self.pairs]
        for _, value, said in self.pairs:
            if said.field == "program" and not is_no_name(value.text):
                name = join_lines(value.text)
                self.programs.append((value.row, take_beside(name)[0] if said.beside else name))

    def program_at(self, row: int) -> str:
        """The program named nearest above a row, else the first of the sheet."""
        above = [name for at, name in self.programs if at <= row]
        return above[-1] if above else (self.programs[0][1] if self.programs else "")

    def _find_pairs(self) -> Iterator[tuple[Cell, Cell, Label]]:
        taken: set[int] = set()
        for cell in sorted(self.sheet.seen, key=lambda c: (c.row, c.column)):
            if (cell.row, cell.column) in self.inside or id(cell) in taken:
                continue
            label = self.sheet.label(cell)
            if inline := self._split_inline(cell):
                yield inline
                continue
            if not label.is_whole or label.field not in (*READ_HERE, PERSON):
                continue
            if HEADING.fullmatch(cell.text.strip()):
                continue
            value = self._value_of(cell)
            if value and id(value) not in taken and not self._heads_figures(cell, value):
                taken.add(id(value))
                judged = label.field in JUDGED
                picked = self._gather_choices(value, taken) if judged else value
                yield cell, picked, self._judged_by(cell, label)

    def _split_inline(self, cell: Cell) -> tuple[Cell, Cell, Label] | None:
        """A label and its value in one cell: 事業名：合同就職面接会."""
        found = INLINE.match(cell.text)
        if not found:
            return None
        label = self.sheet.label(replace(cell, text=found["label"]))
        if not label.is_whole or label.field not in (*READ_HERE, PERSON):
            return None
        return cell, replace(cell, text=found["value"].strip()), label

    def _heads_figures(self, label: Cell, value: Cell) -> bool:
        """Whether what stands beside a label is a header, with names and figures below the two."""
        name = self.sheet.at(label.row + label.rows, label.column)
        if not name or self._is_label(name):
            return False
        below = self.sheet.at(value.row + value.rows, value.column)
        return bool(below and not below.columns > 1 and is_bare(below.text))

    def _judged_by(self, cell: Cell, label: Label) -> Label:
        """Add who judged, where that stands at the left of several axes."""
        if label.field in JUDGED and not label.rated_by:
            for column in range(cell.column - 1, -1, -1):
                left = self.sheet.at(cell.row, column)
                if left and (by := self.sheet.label(left)).rated_by:
                    return replace(label, rated_by=by.rated_by)
        return label

    def _gather_choices(self, first: Cell, taken: set[int]) -> Cell:
        """The chosen one of the choices at the right; of a mark, the word above it."""
        if compact(first.text) in MARKS:
            for row in range(first.row - 1, max(first.row - MOST_COLUMNS_AWAY, -1), -1):
                above = self.sheet.at(row, first.column)
                if above and compact(above.text) not in MARKS:
                    return replace(first, text=above.text)
        found, column = [first], first.column + first.columns
        while (cell := self.sheet.at(first.row, column)) and self._may_be_chosen(cell):
            found.append(cell)
            column = cell.column + cell.columns
        chosen = [c for c in found if CHOICE.search(c.text)]
        marked = [
            c
            for c in found
            if (below := self.sheet.at(c.row + c.rows, c.column)) and compact(below.text) in MARKS
        ]
        if len(found) > 1:
            taken |= {id(cell) for cell in found}
        pick = chosen or marked
        return pick[0] if len(found) > 1 and len(pick) == 1 else first

    def _may_be_chosen(self, cell: Cell) -> bool:
        return len(compact(cell.text)) <= LONGEST_CHOICE and not self._is_label(cell)

    def _value_of(self, label: Cell) -> Cell | None:
        row, end = label.row, label.column + label.columns
        for column in range(end, min(end + MOST_COLUMNS_AWAY, self.sheet.grid.width)):
            cell = self.sheet.at(row, column)
            if cell and self.sheet.label(cell).field in JUDGED and self._is_label(cell):
                return None  # a heading of several judgements
            if cell:
                if not self._is_label(cell):
                    return cell
                break
        below = self.sheet.at(label.row + label.rows, label.column)
        return below if below and not self._is_label(below) else None

    def _is_label(self, cell: Cell) -> bool:
        if (cell.row, cell.column) in self.inside:
            return True
        label = self.sheet.label(cell)
        return bool(label.is_whole and label.field)

    def read(self, context: Context) -> Iterator[Fact]:
        """The facts of the pairs of programs; names without one are of all of the sheet."""
        meaning = Meaning({}, [], [], frozenset(), frozenset(), frozenset(), context.year)
        for _, cell, label in self.pairs:
            program = self.program_at(cell.row)
            subject = Subject(program=program, year=context.year)
            if label.field == PERSON:
                yield replace(make_fact(cell, outcome=LEFT_OUT, note="person"), printed="")
            elif not program and label.field not in SHARED:
                is_money = label.field == "amount" and HAS_FIGURE.search(cell.text)
                outcome = PROBLEM if is_money else LEFT_OUT
                yield make_fact(cell, outcome=outcome, note="no_program_on_sheet")
            elif program and label.field in OF_PROGRAM:
                yield from self._read_name(cell, label, subject)
            elif program and label.field in JUDGED:
                yield from _read_choice(cell, label, subject, meaning, context)
            elif program:
                yield from read_known(cell, label, subject, meaning, context)

    def share(self, facts: list[Fact], context: Context) -> Iterator[Fact]:
        """What a sheet says of all programs its tables name: the grant that pays for them."""
        meaning = Meaning({}, [], [], frozenset(), frozenset(), frozenset(), context.year)
        programs = dict.fromkeys((f.government, f.program) for f in facts if f.program)
        for _, cell, label in self.pairs if not self.programs else ():
            for government, program in programs if label.field in SHARED else ():
                subject = Subject(government=government, program=program, year=context.year)
                if label.field == "period":
                    yield from read_known(cell, label, subject, meaning, context)
                else:
                    yield from self._read_name(cell, label, subject)

    def _read_name(self, cell: Cell, label: Label, subject: Subject) -> Iterator[Fact]:
        if is_no_name(cell.text):
            return
        name = join_lines(cell.text)
        value = subject.program if label.field == "program" else name
        fact = make_fact(cell, table="programs", field=label.field, value=value)
        yield subject.says(fact, of_kpi=False)
        if label.beside and (other := take_beside(name)[1]):
            fact = make_fact(cell, table="programs", field=label.beside, value=other)
            yield subject.says(fact, of_kpi=False)


def _as_group(label: Label) -> Label:
    """A 施策 beside a 事業名 is what the program belongs to."""
    is_group = label.field == "program" and PROGRAM_WORD not in label.word
    return replace(label, field="policy_group") if is_group else label


def _read_choice(
    cell: Cell, label: Label, subject: Subject, meaning: Meaning, context: Context
) -> Iterator[Fact]:
    """A judgement: the chosen of several words, or the word itself."""
    text = cell.text
    chosen = [match["word"] for match in CHOICE.finditer(text)]
    if chosen or re.search(f"[{OPEN}]", text):
        if len(chosen) != 1:
            note = "nothing_chosen" if not chosen else "several_chosen"
            outcome = LEFT_OUT if not chosen else PROBLEM
            yield make_fact(cell, outcome=outcome, note=note)
            return
        text = chosen[0]
    if len(compact(text)) > 40:
        yield make_fact(cell, outcome=LEFT_OUT, note="remark")
        return
    for fact in read_known(replace(cell, text=tidy(text)), label, subject, meaning, context):
        yield replace(fact, printed=cell.text)
