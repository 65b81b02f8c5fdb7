"""One table of a grid -> facts: each figure with its program, KPI, year and place."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from analysis.dataset.values import YEN_PER_UNIT
from analysis.dataset.vocabulary import PERCENT_UNITS, YEN
from analysis.intake.blocks import Block, Sheet
from analysis.intake.cells import UNSET, Subject, make_fact, read_known
from analysis.intake.columns import (
    HAS_FIGURE,
    KPI_FIGURES,
    Meaning,
    find_meaning,
    name_columns,
)
from analysis.intake.compound import Cells, keep_items, split_subject
from analysis.intake.context import Context
from analysis.intake.facts import DOUBT, LEFT_OUT, PROBLEM, READ, Fact
from analysis.intake.grid import Cell
from analysis.intake.labels import BRACKETED, Label, join_labels
from analysis.intake.names import take_unit
from analysis.intake.remarks import read_remark
from analysis.intake.rows import ENTITY, Row, is_no_name, join_lines, read_rows
from analysis.intake.spans import spans_kpis, spans_years
from analysis.intake.subjects import find_subject, list_names
from analysis.intake.values import is_repeated
from analysis.intake.vocabulary import KNOWN_TABLES, LEFT, compact, find_direction

JUDGMENTS = ("grade", "progress", "effectiveness", "efficiency", "policy")
LEVELS = ("baseline", "target", "actual", "final_target")
MUCH = 10  # per cent: a fraction of one beside it is probably no percentage
OF_PROGRAM = ("amount", "period", "start_year", "end_year", "published_execution_rate")
SEEN = ("number", "remark", "sum", "sources")


def name_of(sheet: Sheet, block: Block) -> str:
    """The program that a table of one row names for all of its sheet; else an empty text."""
    if len(block.body) != 1 or any(
        label.field in (*KPI_FIGURES, "amount", "kpi") or label.years
        for label in block.labels.values()
    ):
        return ""
    column = next((n for n, label in block.labels.items() if label.field == "program"), None)
    cell = None if column is None else sheet.at(block.body[0], column)
    return join_lines(cell.text) if cell and not is_no_name(cell.text) else ""


def read_block(sheet: Sheet, block: Block, context: Context, program: str = "") -> list[Fact]:
    """Read one table. `program` is what all its rows are of, where the sheet is of one program."""
    name_columns(sheet, block)
    meaning = find_meaning(sheet, block, context)
    block.labels = meaning.labels
    headers = {compact(label.text) for label in block.labels.values()}
    known = next((unit for names, unit in KNOWN_TABLES if names <= headers), "")
    if known:
        context = replace(context, money_units=[(-1, known)])
    for cell in (c for row in block.body for n in block.columns if (c := sheet.at(row, n))):
        said_alone = BRACKETED.fullmatch(compact(cell.text))
        if said_alone and said_alone[1] in YEN_PER_UNIT:  # （千円） alone in a row of the table
            units = sorted([*context.money_units, (cell.row, said_alone[1])])
            context = replace(context, money_units=units)
    lines = [c for n in meaning.lines for row in block.body if (c := sheet.at(row, n))]
    said = {sheet.label(c).unit for c in lines if YEN in sheet.label(c).unit}
    if len(said) == 1 and not context.money_units:  # 事業費（千円） above the sources of it
        context = replace(context, money_units=[(-1, said.pop())])
    for cell in {id(c): c for c in block.places.values()}.values():
        label = sheet.label(cell)
        if (
            YEN in label.unit and label.field != "amount"
        ):  # 【コスト】（単位：千円） above the lines
            units = sorted([*context.money_units, (cell.row, label.unit)])
            context = replace(context, money_units=units)
    rows = read_rows(sheet, block, context.tiers)
    facts: list[Fact] = []
    for row in rows:
        if row.left:
            facts += _leave_row(sheet, block, row)
        else:
            facts += list(_read_row(sheet, block, row, meaning, context, program))
    if any(sheet.label(cell).field == "actual" for cell in lines):
        facts += _missing_lines(facts)
    return [_settle(fact, facts) for fact in facts]


def _missing_lines(facts: list[Fact]) -> list[Fact]:
    """Say of the years with a target where the line of actuals is empty that it is."""
    told = {(f.program, f.kpi, f.fiscal_year) for f in facts if f.field.startswith("actual")}
    return [
        replace(fact, field="actual_status", value="not_in_source", printed="", note="")
        for fact in facts
        if fact.field == "target"
        and fact.fiscal_year is not None
        and (fact.program, fact.kpi, fact.fiscal_year) not in told
    ]


def _settle(fact: Fact, facts: list[Fact]) -> Fact:
    """A dash for the execution rate says that no account is set, where none is printed."""
    if fact.field != UNSET or fact.outcome != LEFT_OUT:
        return fact
    here = [f for f in facts if f.program == fact.program and f.fiscal_year == fact.fiscal_year]
    told = any(f.field.startswith("amount_yen:settled") for f in here)
    return fact if told else replace(fact, outcome=READ)


def _leave_row(sheet: Sheet, block: Block, row: Row) -> Iterator[Fact]:
    notes = {
        "total": "total",
        "note": "note",
        "section": "section",
        "header": "header_again",
        "part": "part",
    }
    for column in block.columns:
        cell = sheet.at(row.number, column)
        if cell and cell.row == row.number and cell.column == column and row.left != "header":
            yield make_fact(cell, outcome=LEFT_OUT, note=notes[row.left])


def _read_row(
    sheet: Sheet, block: Block, row: Row, meaning: Meaning, context: Context, program: str
) -> Iterator[Fact]:
    subject = find_subject(row, meaning, context, program)
    yield from list_names(row, meaning, subject)
    for part, cells in _split_subjects(sheet, block, row, meaning, subject):
        for of, pieces in split_subject(part, cells):
            figures = [
                fact
                for cell, label in pieces
                for fact in _read_cell(cell, label, of, meaning, context)
            ]
            figures = list(_doubt_shares(_aim_later(figures), of.unit))
            yield from figures
            yield from _missing_actuals(of, figures, meaning)
            yield from _shared_facts(row, of, figures, meaning)


def _split_subjects(
    sheet: Sheet, block: Block, row: Row, meaning: Meaning, subject: Subject
) -> Iterator[tuple[Subject, Cells]]:
    """Split a row of several columns of KPIs: what stands right of each is of that KPI."""
    starts = [n for n in block.columns if n in meaning.kpi_columns]
    if not starts and "fiscal_year" in row.names and block.groups:
        yield from _split_groups(sheet, block, row, meaning, subject)
        return
    words = Counter(label.word for label in meaning.labels.values())
    once = {word for word, count in words.items() if count == 1}
    begins = [block.columns[0], *starts[1:]]
    ends = [*starts[1:], block.columns[-1] + 1]
    for number, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        of = subject
        if number:
            of = _name_kpi(sheet, row, begin, meaning, subject)
            unit = _find_unit(sheet, row, range(begin + 1, end), meaning)
            if unit:
                of.unit, of.unit_cell = join_lines(unit.text), unit
        cells = _list_cells(sheet, row, _columns_of(block, meaning, begin, end, starts), meaning)
        judged = [c for c in cells if number and c[1].field in JUDGMENTS and c[1].word in once]
        yield of, [c for c in cells if c not in judged]
        if judged:
            yield replace(subject, kpi="", kpi_cell=None), judged


def _split_groups(
    sheet: Sheet, block: Block, row: Row, meaning: Meaning, subject: Subject
) -> Iterator[tuple[Subject, Cells]]:
    """Split a row of one year whose columns stand below the names of KPIs."""
    for cell in dict.fromkeys(block.groups.values()):
        columns = [n for n, group in block.groups.items() if group is cell]
        name, unit = take_unit(join_lines(cell.text))
        of = replace(subject, kpi=name, unit=unit, kpi_cell=replace(cell, rows=1))
        yield of, _list_cells(sheet, row, columns, meaning)
    rest = [n for n in block.columns if n not in block.groups]
    yield subject, _list_cells(sheet, row, rest, meaning)


def _columns_of(
    block: Block, meaning: Meaning, begin: int, end: int, starts: list[int]
) -> list[int]:
    """The columns of figures of one KPI: those headed by its kind, else those beside it."""
    kinds = {n: meaning.labels[n].kpi_kind for n in starts}
    if len(starts) > 1 and len({*kinds.values()}) == len(starts):
        own = kinds[max(n for n in starts if n <= max(begin, starts[0]))]
        headed = {n for n in block.columns if meaning.labels.get(n, Label()).kpi_kind}
        headed -= {*starts}
        beside = [n for n in block.columns if begin <= n < end and n not in headed]
        return beside + [
            n for n in block.columns if n in headed and meaning.labels[n].kpi_kind == own
        ]
    return [n for n in block.columns if begin <= n < end]


def _name_kpi(sheet: Sheet, row: Row, column: int, meaning: Meaning, subject: Subject) -> Subject:
    cell = sheet.at(row.number, column)
    if not cell or is_no_name(cell.text):
        return replace(subject, kpi="", unit="", kpi_cell=None, unit_cell=None)
    name, unit = take_unit(keep_items(cell.text))
    kind = meaning.labels[column].kpi_kind
    return replace(subject, kpi=name, unit=unit, kpi_cell=cell, unit_cell=None, kpi_kind=kind)


def _find_unit(sheet: Sheet, row: Row, columns: range, meaning: Meaning) -> Cell | None:
    labels = ((n, meaning.labels.get(n, Label())) for n in columns)
    column = next((n for n, label in labels if label.field == "unit"), None)
    cell = None if column is None else sheet.at(row.number, column)
    return cell if cell and not is_no_name(cell.text) else None


def _list_cells(sheet: Sheet, row: Row, columns: list[int], meaning: Meaning) -> Cells:
    """The cells of a row that are no names, each with what its headers and its line say."""
    found: Cells = []
    for column in columns:
        cell = sheet.at(row.number, column)
        label = meaning.labels.get(column, Label())
        if not cell or cell.column != column or column in meaning.lines:
            continue
        shared = label.field in KPI_FIGURES and spans_kpis(sheet, cell, meaning)
        if cell.row != row.number and not shared:
            continue
        line = row.line_of(column)
        if line and label.field not in (*SEEN, *ENTITY) and cell.rows == line[1].rows:
            label = _join_line(label, line[0], meaning)
        if row.when and label.field == "amount":
            label = replace(
                label, kind=label.kind or row.when.kind, years=label.years or row.when.years
            )
        unclear = label.unclear or spans_years(cell, label, meaning)
        label = replace(label, unclear=unclear, is_shared=shared)
        if label.field not in ENTITY:
            found.append((_repeat(sheet, row, cell, label), label))
    return found


def _repeat(sheet: Sheet, row: Row, cell: Cell, label: Label) -> Cell:
    """What 〃 stands for, where it is a figure of its own row and no merged one of a program."""
    program = row.cells.get("program")
    own = program is not None and program.row == cell.row and not is_repeated(program.text)
    if not is_repeated(cell.text) or (label.field in OF_PROGRAM and not own):
        return cell
    if compact(cell.text) in LEFT:
        left = sheet.at(cell.row, cell.column - 1)
        other = left and _repeat(sheet, row, left, label)
    else:
        column = (sheet.at(n, cell.column) for n in range(cell.row - 1, -1, -1))
        other = next((c for c in column if c is None or not is_repeated(c.text)), None)
    if other is None or is_repeated(other.text):
        return cell  # it repeats nothing
    return replace(cell, text=other.text, shown=cell.text)


def _join_line(column: Label, line: Label, meaning: Meaning) -> Label:
    """Join what a column and a line say: the line what it is, the column when.

    What no word of a line is known of is not read by its column alone.
    """
    if line.part and meaning.parts_only:
        line = replace(line, part=False)
    if not line.field and not line.kind:
        return Label(text=f"{column.text} {line.text}".strip())
    if column.field in ("final_target", "baseline"):
        return column
    if column.field == "target" and line.field == "actual":
        return column
    joined = join_labels(column, line)
    return replace(joined, field="amount") if joined.kind and not joined.field else joined


def _read_cell(
    cell: Cell, label: Label, subject: Subject, meaning: Meaning, context: Context
) -> Iterator[Fact]:
    if label.part and (not label.field or label.kind == "source"):
        yield make_fact(cell, outcome=LEFT_OUT, note="part")
    elif label.field == "person":
        yield replace(make_fact(cell, outcome=LEFT_OUT, note="person"), printed="")
    elif label.field in SEEN:
        yield make_fact(cell, outcome=LEFT_OUT, note=f"{label.field}: {compact(label.text)}")
        if label.field == "remark" and subject.program:
            yield from read_remark(cell, subject, meaning, context)
    elif not label.field:
        unknown = PROBLEM if HAS_FIGURE.search(cell.text) else LEFT_OUT
        said = compact(label.text)
        yield make_fact(
            cell, outcome=unknown, note=f"unknown_header: {said}" if said else "no_header"
        )
    elif is_repeated(cell.text):
        outcome = PROBLEM if label.field in KPI_FIGURES else LEFT_OUT
        yield make_fact(cell, outcome=outcome, note="repeated")
    elif label.is_shared:
        fact = make_fact(cell, table="kpis", field=label.field)
        fact = replace(fact, outcome=PROBLEM, note="several_kpis")
        yield subject.says(fact, of_kpi=True)
    elif not subject.program and label.field in OF_PROGRAM:
        yield make_fact(cell, outcome=PROBLEM, note="no_program")
    else:
        yield from read_known(cell, label, subject, meaning, context)


def _doubt_shares(facts: Iterator[Fact], unit: str) -> Iterator[Fact]:
    """Doubt a fraction below one beside figures in percent: 0.75 may be 75 %."""
    found = list(facts)
    of_percent = compact(unit) in PERCENT_UNITS
    values = [abs(float(f.value)) for f in found if f.field in LEVELS and f.value and f.is_used]
    for fact in found:
        is_small = fact.field in LEVELS and fact.value and 0 < abs(float(fact.value)) < 1
        if of_percent and is_small and fact.is_used and max(values) > MUCH:
            fact = replace(fact, outcome=DOUBT, note="percent_or_ratio")
        yield fact


def _aim_later(facts: list[Fact]) -> Iterator[Fact]:
    """Take a target whose year stands beside it, and is yet to come, for the final one."""
    years = [f for f in facts if f.field == "final_year" and f.fiscal_year and f.is_used]
    later = {f.fiscal_year for f in years if int(f.value) > (f.fiscal_year or 0)}
    has_final = any(f.field.startswith("final_target") for f in facts)
    for fact in facts:
        if fact.field.startswith("target") and fact.fiscal_year in later and not has_final:
            fact = replace(fact, field=f"final_{fact.field}")
        yield fact


def _missing_actuals(subject: Subject, figures: list[Fact], meaning: Meaning) -> Iterator[Fact]:
    """Say of an empty cell that the paper has no actual for a year with a target, or its own."""
    if not subject.kpi or not subject.kpi_cell or meaning.lines:
        return
    told = {f.fiscal_year for f in figures if f.field.startswith("actual")}
    asked = {f.fiscal_year for f in figures if f.field == "target"}
    if meaning.year in meaning.actual_years and figures:
        asked.add(meaning.year)
    if None not in told and any(label.field == "actual" for label in meaning.labels.values()):
        for year in sorted(y for y in asked - told if y is not None):
            fact = make_fact(
                subject.kpi_cell,
                table="kpis",
                fiscal_year=year,
                field="actual_status",
                value="not_in_source",
            )
            yield subject.says(replace(fact, printed=""), of_kpi=True)


def figures_of(facts: list[Fact]) -> list[Fact]:
    """The facts of a KPI itself, whether they could be read or not."""
    return [fact for fact in facts if fact.table == "kpis" or fact.outcome == PROBLEM]


def _shared_facts(
    row: Row, subject: Subject, figures: list[Fact], meaning: Meaning
) -> Iterator[Fact]:
    """What holds for a KPI in each year of its row: unit, direction, kind."""
    if not subject.kpi or not subject.kpi_cell:
        return
    years = sorted(
        {f.fiscal_year for f in figures if f.table == "kpis" and f.fiscal_year and f.value}
    )
    unit_cell = subject.unit_cell or subject.kpi_cell
    direction = row.cells.get("direction")
    said = find_direction(direction.text) if direction else ""
    if not figures_of(figures):
        note = "no_figures"
        yield subject.says(make_fact(subject.kpi_cell, outcome=LEFT_OUT, note=note), of_kpi=True)
    if not years and subject.unit and subject.unit_cell:
        fact = make_fact(subject.unit_cell, table="kpis", field="unit", value=subject.unit)
        yield subject.says(replace(fact, outcome=DOUBT, note="no_year"), of_kpi=True)
    if years:
        name = make_fact(subject.kpi_cell, table="kpis", field="kpi", value=subject.kpi)
        yield subject.says(replace(name, fiscal_year=years[0]), of_kpi=True)
    for year in years:
        base: dict[str, object] = {"table": "kpis", "fiscal_year": year}
        if subject.unit:
            fact = make_fact(unit_cell, **base, field="unit", value=subject.unit)
            yield subject.says(fact, of_kpi=True)
        if said and direction:
            fact = make_fact(direction, **base, field="direction", value=said)
            yield subject.says(fact, of_kpi=True)
        if subject.kpi_kind:
            fact = make_fact(subject.kpi_cell, **base, field="kpi_kind", value=subject.kpi_kind)
            yield subject.says(fact, of_kpi=True)
