"""One table of a grid -> facts: each figure with its program, KPI, year and place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.dataset.values import tidy
from analysis.intake.blocks import Block, Sheet
from analysis.intake.context import Context
from analysis.intake.facts import DOUBT, LEFT_OUT, PROBLEM, READ, Fact
from analysis.intake.grid import Cell
from analysis.intake.labels import Label, join_labels, take_years
from analysis.intake.names import take_beside, take_unit
from analysis.intake.rows import (
    ENTITY,
    FIGURES,
    Row,
    find_line_columns,
    is_no_name,
    join_lines,
    read_rows,
)
from analysis.intake.values import (
    Figure,
    as_ratio,
    as_yen,
    is_dash,
    is_repeated,
    read_figure,
)
from analysis.intake.vocabulary import MARKS, compact, find_direction

WORDS = ("progress", "effectiveness", "efficiency", "grade", "policy", "axis")
KPI_FIGURES = ("baseline", "target", "actual", "final_target")
YEARS = ("final_year", "baseline_year", "actual_year", "start_year", "end_year")
OF_PROGRAM = ("amount", "period", "start_year", "end_year", "published_execution_rate")
SEEN = ("number", "remark")
HAS_FIGURE = re.compile("[0-9０-９]")
UNSET = "amount_status:settled"
BARE_RATIO = 3  # a rate printed without a sign and no greater may be a ratio


@dataclass(frozen=True)
class Meaning:
    """What the columns of a table are, once all of them are seen."""

    labels: dict[int, Label]
    lines: list[int]
    actual_years: frozenset[int]
    target_years: frozenset[int]
    kinds: frozenset[str]
    year: int | None


def read_block(sheet: Sheet, block: Block, context: Context, program: str = "") -> list[Fact]:
    """Read one table. `program` is what all its rows are of, where the sheet is of one program."""
    meaning = _find_meaning(sheet, block, context)
    rows = read_rows(sheet, block)
    facts: list[Fact] = []
    for row in rows:
        if row.left:
            facts += _leave_row(sheet, block, row)
        else:
            facts += list(_read_row(sheet, block, row, meaning, context, program))
    return [_settle(fact, facts) for fact in facts]


def _settle(fact: Fact, facts: list[Fact]) -> Fact:
    """A dash for the execution rate says that no account is set, where none is printed."""
    if fact.field != UNSET or fact.outcome != LEFT_OUT:
        return fact
    here = [f for f in facts if f.program == fact.program and f.fiscal_year == fact.fiscal_year]
    told = any(f.field.startswith("amount_yen:settled") for f in here)
    return fact if told else replace(fact, outcome=READ)


def _find_meaning(sheet: Sheet, block: Block, context: Context) -> Meaning:
    lines = find_line_columns(sheet, block)
    said = [
        label
        for column, label in block.labels.items()
        if column not in lines
    ]
    line_labels = [
        sheet.label(c) for n in lines for row in block.body if (c := sheet.at(row, n))
    ]
    every = said + line_labels
    fields = {label.field for label in every}
    present = "actual" if "baseline" in fields and "actual" not in fields else "baseline"
    labels = {
        column: replace(label, field=present) if label.field == "present" else label
        for column, label in block.labels.items()
    }
    has_figures = fields & {"target", "actual", "baseline", "final_target", "present"}
    for column, label in labels.items():
        if not label.field and label.years and not lines and has_figures:
            labels[column] = replace(label, field="actual")
    actual_years = {
        label.year for label in labels.values() if label.field == "actual" and label.year
    }
    if any(label.field == "actual" for label in line_labels):
        actual_years |= _years_with_actuals(sheet, block, lines, labels)
    target_years = {
        label.year for label in labels.values() if label.field == "target" and label.year
    }
    year = context.year or max(actual_years, default=None)
    kinds = {label.kind for label in every if label.field == "amount"}
    return Meaning(
        labels, lines, frozenset(actual_years), frozenset(target_years), frozenset(kinds), year
    )


def _years_with_actuals(
    sheet: Sheet, block: Block, lines: list[int], labels: dict[int, Label]
) -> set[int]:
    found = set()
    for row in block.body:
        said = [sheet.label(c).field for n in lines if (c := sheet.at(row, n))]
        if "actual" in said:
            found |= {
                label.year
                for column, label in labels.items()
                if label.year and (c := sheet.at(row, column)) and HAS_FIGURE.search(c.text)
            }
    return found


def _leave_row(sheet: Sheet, block: Block, row: Row) -> Iterator[Fact]:
    notes = {
        "total": "a total or subtotal",
        "note": "a note",
        "section": "a heading of rows",
        "header": "a header again",
    }
    for column in block.columns:
        cell = sheet.at(row.number, column)
        if cell and cell.row == row.number and cell.column == column and row.left != "header":
            yield _fact(cell, outcome=LEFT_OUT, note=notes[row.left])


def _fact(cell: Cell, **said: object) -> Fact:
    return Fact(place=cell.place, printed=cell.text, column=cell.column, **said)  # type: ignore[arg-type]


@dataclass
class Subject:
    """Of what a row is: names as printed, the units and years its figures share."""

    government: str = ""
    program: str = ""
    kpi: str = ""
    unit: str = ""
    year: int | None = None
    program_cell: Cell | None = None
    kpi_cell: Cell | None = None

    def says(self, fact: Fact, *, of_kpi: bool) -> Fact:
        """A fact of this subject."""
        kpi = self.kpi if of_kpi else ""
        return replace(fact, government=self.government, program=self.program, kpi=kpi)


def _read_row(
    sheet: Sheet, block: Block, row: Row, meaning: Meaning, context: Context, program: str
) -> Iterator[Fact]:
    subject = _find_subject(row, meaning, context, program)
    yield from _name_facts(sheet, row, meaning, subject)
    figures: list[Fact] = []
    for column in block.columns:
        cell = sheet.at(row.number, column)
        if not cell or cell.row != row.number or cell.column != column or column in meaning.lines:
            continue
        label = meaning.labels.get(column, Label())
        line = row.line_of(column)
        if line and label.field not in (*SEEN, *ENTITY):
            label = _join_line(label, line[0])
        if label.field in ENTITY:
            continue
        figures += list(_read_cell(cell, label, subject, meaning, context))
    yield from figures
    yield from _shared_facts(row, subject, figures, meaning)


def _join_line(column: Label, line: Label) -> Label:
    """Join what a column and a line say: the line what it is, the column when."""
    joined = join_labels(column, line)
    if column.field and not line.field:
        return joined
    return replace(joined, field=joined.field if line.field else column.field)


def _find_subject(row: Row, meaning: Meaning, context: Context, program: str) -> Subject:
    names, cells = row.names, row.cells
    subject = Subject(government=names.get("government", ""), year=meaning.year)
    if "fiscal_year" in names:
        _, years = take_years(compact(names["fiscal_year"]), context.era)
        if not context.given and years and not any(m.years for m in meaning.labels.values()):
            subject.year = years[0]
    for name in ("program", "project", "policy_group"):
        if not is_no_name(names.get(name, "")):
            subject.program, subject.program_cell = names[name], cells[name]
            break
    else:
        if row.section:
            subject.program, subject.program_cell = join_lines(row.section.text), row.section
    if not subject.program:
        subject.program = program
    if not is_no_name(names.get("kpi", "")):
        subject.kpi, subject.unit = take_unit(names["kpi"])
        subject.kpi_cell = cells["kpi"]
    unit = names.get("unit", "")
    if not is_no_name(unit):
        subject.unit = tidy(unit)
    return subject


def _name_facts(sheet: Sheet, row: Row, meaning: Meaning, subject: Subject) -> Iterator[Fact]:
    """The program's own facts: its name, who is in charge, the group it stands in."""
    cell = subject.program_cell
    beside = next((m.beside for m in meaning.labels.values() if m.field == "program"), "")
    if cell:
        name = subject.program
        if beside:
            name, other = take_beside(name)
            subject.program = name
            if other:
                yield subject.says(
                    _fact(cell, table="programs", field=beside, value=other), of_kpi=False
                )
        subject.program = name
        if not re.search(r"\w", name):
            return
        yield subject.says(_fact(cell, table="programs", field="program", value=name), of_kpi=False)
    for name in ("project", "policy_group", "department", "grant_name"):
        where = row.cells.get(name)
        if where and where is not cell and not is_no_name(row.names[name]):
            value = row.names[name]
            yield subject.says(_fact(where, table="programs", field=name, value=value), of_kpi=False)


def _read_cell(
    cell: Cell, label: Label, subject: Subject, meaning: Meaning, context: Context
) -> Iterator[Fact]:
    if label.field in SEEN:
        yield _fact(cell, outcome=LEFT_OUT, note=f"{label.field}: {compact(label.text)}")
    elif not label.field:
        unknown = PROBLEM if HAS_FIGURE.search(cell.text) else LEFT_OUT
        said = compact(label.text) or "no header"
        yield _fact(cell, outcome=unknown, note=f"its header is not known: {said}")
    elif is_repeated(cell.text):
        yield _fact(cell, outcome=LEFT_OUT, note="the same as above, which was read there")
    elif not subject.program and label.field in OF_PROGRAM:
        yield _fact(cell, outcome=PROBLEM, note="no program is named in its row")
    else:
        yield from _read_known(cell, label, subject, meaning, context)


def _read_known(
    cell: Cell, label: Label, subject: Subject, meaning: Meaning, context: Context
) -> Iterator[Fact]:
    if label.field in WORDS:
        found = _read_word(cell, label, subject)
    elif label.field == "period":
        found = _read_period(cell, context)
    elif label.field in YEARS:
        found = _read_year(cell, label, subject, context)
    elif label.field == "amount":
        found = _read_amount(cell, label, meaning, context)
    elif label.field == "published_execution_rate":
        found = _read_execution(cell, label, meaning, context)
    elif label.field == "published_rate":
        found = _read_rate(cell, label, subject, meaning, context)
    else:
        found = _read_kpi(cell, label, subject, meaning, context)
    for fact in found:
        of_kpi = fact.table in ("kpis", "ratings", "rating_axes") and cell.rows == 1
        if fact.table == "kpis" and not subject.kpi:
            outcome = PROBLEM if HAS_FIGURE.search(cell.text) else LEFT_OUT
            yield _fact(cell, outcome=outcome, note="no KPI is named in its row")
            return
        yield subject.says(fact, of_kpi=of_kpi or fact.table == "kpis")


def _read_word(cell: Cell, label: Label, subject: Subject) -> Iterator[Fact]:
    """A published judgement in letters or words."""
    text = join_lines(cell.text)
    value = tidy(text)
    if is_dash(text):
        yield _fact(cell, outcome=LEFT_OUT, note="a dash: no judgement is printed")
    elif subject.program or subject.kpi:
        table = "rating_axes" if label.field == "axis" else "ratings"
        field = compact(label.text.split(" ")[-1]) if label.field == "axis" else label.field
        yield _fact(
            cell,
            table=table,
            field=field,
            value=value,
            fiscal_year=label.year or subject.year,
            rated_by=label.rated_by,
        )


def _read_period(cell: Cell, context: Context) -> Iterator[Fact]:
    if is_dash(cell.text):
        return
    rest, years = take_years(compact(cell.text), context.era)
    if not years:
        yield _fact(cell, outcome=PROBLEM, note="its years cannot be read")
        return
    for field, year in zip(("start_year", "end_year"), years, strict=True):
        if field == "start_year" or years[0] != years[1] or not re.search("[〜~]", rest):
            yield _fact(cell, table="programs", field=field, value=str(year))


def _read_year(cell: Cell, label: Label, subject: Subject, context: Context) -> Iterator[Fact]:
    plain = compact(cell.text)
    table = "programs" if label.field in ("start_year", "end_year") else "kpis"
    if plain in MARKS and label.year:  # a mark in the column of the year
        yield _fact(cell, table=table, field=label.field, value=str(label.year))
        return
    _, years = take_years(plain, context.era)
    if years and years[0] == years[1]:
        of = subject.year if table == "kpis" else None
        yield _fact(cell, table=table, field=label.field, value=str(years[0]), fiscal_year=of)
    elif not is_dash(plain):
        yield _fact(cell, outcome=PROBLEM, note="its year cannot be read")


def _amount_kind(label: Label, meaning: Meaning, context: Context) -> str:
    """The kind of an amount whose own header does not say whether it is budget or account."""
    if label.kind not in ("", "whole"):
        return label.kind
    if "settled" in meaning.kinds and label.kind == "whole":
        return "total"
    budget, settled = ("予算" in context.title), ("決算" in context.title)
    if budget != settled:
        return "total" if budget else "settled"
    return "reported"


def _read_amount(
    cell: Cell, label: Label, meaning: Meaning, context: Context
) -> Iterator[Fact]:
    figure = read_figure(cell.text, context.legend, context.era)
    kind = _amount_kind(label, meaning, context)
    item = _item_of(label)
    name = f"amount_yen:{kind}" + (f":{item}" if item else "")
    first, last = label.years or (meaning.year, None)
    several = label.years is not None and label.years[0] != label.years[1]
    said: dict[str, object] = {
        "table": "budgets",
        "fiscal_year": figure.year or first,
        "nature": label.nature if kind not in ("source", "national_grant") else "",
        "last_year": last if several else None,
    }
    if figure.problem:
        yield _fact(cell, **said, field=name, outcome=PROBLEM, note=figure.problem)
        return
    status = label.status or figure.status
    status_name = name.replace("amount_yen", "amount_status", 1)
    if not figure.number:
        yield _fact(cell, **said, field=status_name, value=status)
        return
    unit = label.unit if "円" in label.unit else context.unit_above(cell.row)
    yen, why = as_yen(figure, unit)
    outcome, note = ("read", "")
    if yen is None and why == "no unit is printed":
        yen, outcome, note = round(float(figure.number)), DOUBT, "no unit is printed: taken as yen"
    if yen is None:
        yield _fact(cell, **said, field=name, outcome=PROBLEM, note=why)
        return
    yield _year_or_doubt(_fact(cell, **said, field=name, value=str(yen), outcome=outcome, note=note))
    if status:
        yield _fact(cell, **said, field=status_name, value=status)


def _item_of(label: Label) -> str:
    if label.kind == "source" or label.part:
        return compact(label.text.split(" ")[-1])
    return compact(label.text.split(" ")[-1]) if label.nature == "personnel" else ""


def _year_or_doubt(fact: Fact) -> Fact:
    """A figure of no known year is a doubt, and in no table."""
    if fact.fiscal_year is not None:
        return fact
    return replace(fact, outcome=DOUBT, note="its year is printed nowhere")


def _read_execution(
    cell: Cell, label: Label, meaning: Meaning, context: Context
) -> Iterator[Fact]:
    figure = read_figure(cell.text, context.legend, context.era)
    said: dict[str, object] = {"table": "budgets", "fiscal_year": label.year or meaning.year}
    if figure.number:
        value = as_ratio(figure.number)
        yield _year_or_doubt(_fact(cell, **said, field="published_execution_rate", value=value))
    elif figure.status == "not_set":
        yield _fact(cell, **said, field=UNSET, value="not_set", outcome=LEFT_OUT)
    elif figure.problem:
        yield _fact(cell, outcome=PROBLEM, note=figure.problem)


def _read_rate(
    cell: Cell, label: Label, subject: Subject, meaning: Meaning, context: Context
) -> Iterator[Fact]:
    figure = read_figure(cell.text, context.legend, context.era)
    if not figure.number:
        if figure.problem and not HAS_FIGURE.search(cell.text):  # a judgement in words
            yield from _read_word(cell, replace(label, field="progress"), subject)
        elif figure.problem:
            yield _fact(cell, outcome=PROBLEM, note=figure.problem)
        else:
            yield _fact(cell, outcome=LEFT_OUT, note="no rate is printed")
        return
    value = as_ratio(figure.number)
    small = not figure.unit and label.unit != "%" and abs(float(figure.number)) <= BARE_RATIO
    outcome, note = (DOUBT, "a percentage, or a ratio?") if small and "." in figure.number else ("read", "")
    year = label.year or subject.year
    fact = _fact(cell, table="ratings", field="published_rate", value=value, fiscal_year=year)
    yield _year_or_doubt(replace(fact, outcome=outcome, note=note))


def _read_kpi(
    cell: Cell, label: Label, subject: Subject, meaning: Meaning, context: Context
) -> Iterator[Fact]:
    figure = read_figure(cell.text, context.legend, context.era)
    field, year, final = _when(label, subject, meaning, context)
    said: dict[str, object] = {"table": "kpis", "fiscal_year": year}
    if figure.problem:
        yield from _read_words(cell, field, said, figure)
        return
    if figure.unit and not subject.unit:
        subject.unit = figure.unit
    elif figure.unit and compact(figure.unit) != compact(subject.unit):
        note = f"its unit {figure.unit} is not that of the row, {subject.unit}"
        yield _fact(cell, **said, field=field, value=figure.number, outcome=PROBLEM, note=note)
        return
    if figure.number:
        yield _year_or_doubt(_fact(cell, **said, field=field, value=figure.number))
        if figure.upper:
            yield _fact(cell, **said, field=f"{field}_upper", value=figure.upper)
        if figure.bound and field != "actual":
            yield _fact(cell, **said, field=f"{field}_bound", value=figure.bound)
    status = figure.status
    if not status and figure.number and field == "actual" and year == context.year:
        status = context.status
    if status and year is not None:
        yield _fact(cell, **said, field=f"{field}_status", value=status)
    yield from _years_of(cell, label, field, figure, year, final, said)


def _read_words(
    cell: Cell, field: str, said: dict[str, object], figure: Figure
) -> Iterator[Fact]:
    """A target in words keeps its words; of another figure they are a problem."""
    text = join_lines(cell.text)
    if "target" in field and not HAS_FIGURE.search(text):
        yield _fact(cell, **said, field=f"{field}_printed", value=text)
        if direction := find_direction(text):
            yield _fact(cell, **said, field="direction", value=direction)
        return
    yield _fact(cell, **said, field=field, outcome=PROBLEM, note=figure.problem)


def _when(
    label: Label, subject: Subject, meaning: Meaning, context: Context
) -> tuple[str, int | None, int | None]:
    """The field of a figure, its fiscal year, and the final year of a final target."""
    year = label.year
    if label.field == "final_target":
        return "final_target", subject.year, year
    if label.field == "baseline":
        return "baseline", subject.year, None
    if label.field == "target" and year and subject.year and year > subject.year:
        later = {y for y in meaning.target_years if y > subject.year}
        if len(later) <= 1 and year not in meaning.actual_years and not meaning.lines:
            return "final_target", subject.year, year
    if label.field == "target" and label.years and not year:
        return "final_target", subject.year, label.years[1]
    return label.field, year or subject.year, None


def _years_of(
    cell: Cell,
    label: Label,
    field: str,
    figure: Figure,
    year: int | None,
    final: int | None,
    said: dict[str, object],
) -> Iterator[Fact]:
    """The years of a baseline, an older actual and a final target."""
    if field == "final_target" and (figure.year or final) and figure.number:
        yield _fact(cell, **said, field="final_year", value=str(figure.year or final))
    if field == "baseline" and (figure.year or label.year) and figure.number:
        yield _fact(cell, **said, field="baseline_year", value=str(figure.year or label.year))
    if field == "actual" and figure.year and figure.year != year:
        yield _fact(cell, **said, field="actual_year", value=str(figure.year))


def _shared_facts(
    row: Row, subject: Subject, figures: list[Fact], meaning: Meaning
) -> Iterator[Fact]:
    """What holds for a KPI in each year of its row: unit, direction, kind."""
    if not subject.kpi or not subject.kpi_cell:
        return
    years = sorted(
        {f.fiscal_year for f in figures if f.table == "kpis" and f.fiscal_year and f.value}
    )
    unit_cell = row.cells.get("unit")
    if unit_cell is None or is_no_name(row.names.get("unit", "")):
        unit_cell = subject.kpi_cell
    direction = row.cells.get("direction")
    said = find_direction(direction.text) if direction else ""
    kind = next((m.kpi_kind for m in meaning.labels.values() if m.field == "kpi"), "")
    for year in years:
        base: dict[str, object] = {"table": "kpis", "fiscal_year": year}
        if subject.unit:
            fact = _fact(unit_cell, **base, field="unit", value=subject.unit)
            yield subject.says(fact, of_kpi=True)
        if said and direction:
            fact = _fact(direction, **base, field="direction", value=said)
            yield subject.says(fact, of_kpi=True)
        if kind:
            fact = _fact(subject.kpi_cell, **base, field="kpi_kind", value=kind)
            yield subject.says(fact, of_kpi=True)
