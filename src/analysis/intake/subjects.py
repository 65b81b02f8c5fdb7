"""Of what a row is: its government, program and KPI, and what the row tells of these themselves."""

import re
from collections.abc import Iterator

from analysis.intake.cells import Subject, make_fact
from analysis.intake.columns import Meaning
from analysis.intake.compound import keep_items
from analysis.intake.context import Context
from analysis.intake.facts import Fact
from analysis.intake.labels import read_label, take_years
from analysis.intake.names import OFFICE, SCOPE, take_beside, take_unit
from analysis.intake.rows import Row, is_no_name, join_lines
from analysis.intake.vocabulary import CUMULATIVE, compact


def find_subject(row: Row, meaning: Meaning, context: Context, program: str) -> Subject:
    """Find of what a row is, and of which year where the row says so."""
    names, cells = row.names, row.cells
    subject = Subject(
        government=names.get("government", ""),
        year=meaning.year,
        has_names=bool(meaning.kpi_columns),
    )
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
        subject.kpi_cell = cells["kpi"]
        subject.kpi, subject.unit = take_unit(keep_items(subject.kpi_cell.text))
        said = (m.kpi_kind for m in meaning.labels.values() if m.field == "kpi" and m.kpi_kind)
        kind = cells.get("kind_of_kpi")
        subject.kpi_kind = read_label(kind.text).kpi_kind if kind else next(said, "")
    if subject.kpi and compact(names.get("reading", "")) in CUMULATIVE:
        subject.kpi += f"（{names['reading']}）"  # beside the same of single years
    unit = names.get("unit", "")
    if not is_no_name(unit):
        subject.unit, subject.unit_cell = unit, cells["unit"]
    return subject


def list_names(row: Row, meaning: Meaning, subject: Subject) -> Iterator[Fact]:
    """The program's own facts: its name, who is in charge, the group it stands in."""
    cell = subject.program_cell
    beside = next((m.beside for m in meaning.labels.values() if m.field == "program"), "")
    if cell:
        name = subject.program
        if beside or OFFICE.search(take_beside(name)[1]):
            name, other = take_beside(name)
            subject.program = name
            if other:
                yield subject.says(
                    make_fact(cell, table="programs", field=beside or "department", value=other),
                    of_kpi=False,
                )
        subject.program = name
        if not re.search(r"\w", name):
            return
        yield subject.says(
            make_fact(cell, table="programs", field="program", value=name), of_kpi=False
        )
    for name in ("project", "policy_group", "department", "grant_name", "government_code"):
        where = row.cells.get(name)
        if where and where is not cell and not is_no_name(row.names[name]):
            value = row.names[name]
            if name == "project" and (scope := SCOPE.search(take_beside(value)[1])):
                value = take_beside(value)[0]
                fact = make_fact(where, table="programs", field="scope", value=scope[0])
                yield subject.says(fact, of_kpi=False)
            yield subject.says(
                make_fact(where, table="programs", field=name, value=value), of_kpi=False
            )
