"""What the columns of a table are, once all of them are seen."""

import re
from dataclasses import dataclass, replace

from analysis.intake.blocks import Block, Sheet
from analysis.intake.context import Context
from analysis.intake.grid import Cell
from analysis.intake.labels import AHEAD, YEAR_OF, Label, is_unit
from analysis.intake.rows import OUTER, find_line_columns
from analysis.intake.values import is_bare, is_dash
from analysis.intake.vocabulary import (
    PERIOD_WORDS,
    PROGRAM_WORD,
    SUM,
    VAGUE,
    compact,
    find_direction,
    is_grade,
)

KPI_FIGURES = ("baseline", "target", "actual", "final_target", "published_rate")
NUMBERED = re.compile(r"[0-9０-９①-⑳№(（-]+[0-9０-９-]*[)）.．]?$")
HAS_FIGURE = re.compile("[0-9０-９]")


@dataclass(frozen=True)
class Meaning:
    """What the columns of a table are, once all of them are seen."""

    labels: dict[int, Label]
    lines: list[int]
    kpi_columns: list[int]
    actual_years: frozenset[int]
    target_years: frozenset[int]
    kinds: frozenset[str]
    year: int | None
    has_final: bool = False
    parts_only: bool = False


def settle_year(sheet: Sheet, blocks: list[Block], context: Context) -> None:
    """Take the year of the last actuals for that of a sheet whose title names the year after."""
    if context.given:
        return
    years: set[int] = set()
    for block in blocks:
        name_columns(sheet, block)
        years |= {year for year in find_meaning(sheet, block, context).actual_years if year}
    if years and context.year not in years:
        before = [year for year in years if context.year is None or year <= context.year]
        context.year = max(before, default=context.year)


def name_columns(sheet: Sheet, block: Block) -> None:
    """Settle which columns hold names where several seem to.

    A column of 活動指標 and 成果指標 says the kind of the KPIs that are named beside it. Of several
    columns of programs the last is the program, and those before it are what it belongs to.
    """
    labels = block.labels
    _name_spanned(sheet, block)
    _settle_odd(sheet, block)
    for column in [n for n, label in labels.items() if label.field == "kpi"]:
        cells = [c for row in block.body if (c := sheet.at(row, column)) and c.column == column]
        if cells and all(sheet.label(c).field == "kpi" for c in cells):
            beside = column + 1
            if beside in block.columns and not labels.get(beside, Label()).field:
                labels[beside] = replace(labels[column], kpi_kind="")
                labels[column] = replace(labels[column], field="kind_of_kpi")
                block.places.setdefault(beside, block.places[column])
    programs = [n for n, label in labels.items() if label.field == "program"]
    own = [n for n in programs if PROGRAM_WORD in labels[n].word] or programs
    for column in programs:
        if labels[column].word != labels[own[-1]].word:
            labels[column] = replace(labels[column], field="policy_group")
    for column in [n for n, label in labels.items() if label.field == "kpi"]:
        cells = [c for row in block.body if (c := sheet.at(row, column)) and c.column == column]
        if cells and sum(is_bare(c.text) for c in cells) * 2 > len(cells):
            labels[column] = replace(labels[column], field="")  # figures, of which year is not said
    money = any(label.field == "amount" for label in labels.values())
    kpis = any(label.field in ("kpi", "target", "actual") for label in labels.values())
    for column, label in labels.items():
        if not label.field and label.kind and (money or not kpis):
            labels[column] = replace(label, field="amount")
        elif not label.field and label.kind == "initial":  # 当初 beside 目標値 and 実績値
            labels[column] = replace(label, field="baseline")
    _leave_parts(block)


def _cells_of(sheet: Sheet, block: Block, column: int) -> list[Cell]:
    """The cells of the body that begin in a column, but for headings over most columns."""
    most = max(1, len(block.columns) // 2)
    found = ((row, sheet.at(row, column)) for row in block.body)
    return [
        c for row, c in found if c and c.row == row and c.column == column and c.columns <= most
    ]


def _settle_odd(sheet: Sheet, block: Block) -> None:
    """Settle columns whose header may mean two things by what stands in them."""
    labels = block.labels
    has_years = any(label.years for label in labels.values())
    for column, label in list(labels.items()):
        cells = _cells_of(sheet, block, column)
        left = labels.get(column - 1, Label())
        if label.field == "fiscal_year" and has_years and left.field in YEAR_OF:
            labels[column] = replace(label, field=YEAR_OF[left.field])
        elif (
            label.field == "fiscal_year" and cells and not any(sheet.label(c).years for c in cells)
        ):
            labels[column] = replace(label, field="")  # 年度区分 above 当初予算, 決算額
        elif label.field == "final_year" and label.years:
            labels[column] = replace(label, field="final_target")
        elif cells and all(compact(c.text) in PERIOD_WORDS for c in cells):
            labels[column] = replace(label, field="reading")
        elif label.field == "direction" and not any(map(_is_direction, cells)):
            labels[column] = replace(label, field="policy")
        elif label.word in VAGUE and not all(is_grade(c.text) for c in cells):
            labels[column] = replace(label, field="remark")


def _name_first(sheet: Sheet, block: Block, lines: list[int]) -> None:
    """Where no column is said to hold names, take the last column of texts before the figures."""
    labels = block.labels
    fields = {label.field for label in labels.values()}
    wanted = "kpi" if fields & {*KPI_FIGURES, "present"} else "program"
    if wanted == "kpi" and "kpi" in fields and not fields & {*OUTER}:
        _name_group(sheet, block, lines)
    if wanted in fields or not fields & {*KPI_FIGURES, "present", "amount"}:
        return
    figures = [n for n, label in labels.items() if label.field in (*KPI_FIGURES, "amount")]
    before = [n for n in block.columns if n < min(figures) and n not in lines]
    free = [n for n in before if not labels.get(n, Label()).field]
    texts = [n for n in free if (c := _cells_of(sheet, block, n)) and not any(map(_is_number, c))]
    if texts:
        label = labels.get(texts[-1], Label())
        labels[texts[-1]] = replace(label, field=wanted)
        block.places.setdefault(texts[-1], _cells_of(sheet, block, texts[-1])[0])
        if wanted == "kpi" and len(texts) > 1 and "program" not in fields:
            labels[texts[-2]] = replace(labels.get(texts[-2], Label()), field="program")
            block.places.setdefault(texts[-2], _cells_of(sheet, block, texts[-2])[0])


def _name_group(sheet: Sheet, block: Block, lines: list[int]) -> None:
    """Take the column of texts left of the KPIs for what they belong to, whatever its header."""
    labels = block.labels
    first = min(n for n, label in labels.items() if label.field == "kpi")
    free = [n for n in block.columns if n < first and n not in lines]
    for column in reversed(free):
        cells = _cells_of(sheet, block, column)
        known = labels.get(column, Label()).field
        if (
            cells
            and not known
            and not any(is_bare(c.text) or NUMBERED.match(c.text) for c in cells)
        ):
            labels[column] = replace(labels.get(column, Label()), field="program")
            block.places.setdefault(column, cells[0])
            return


def _is_direction(cell: Cell) -> bool:
    return bool(find_direction(cell.text)) or is_dash(cell.text)


def _is_number(cell: Cell) -> bool:
    return is_bare(cell.text) or is_dash(cell.text)


def _name_spanned(sheet: Sheet, block: Block) -> None:
    """Under one header over several columns numbers, names and units may stand side by side."""
    by_header: dict[int, list[int]] = {}
    for column, cell in block.places.items():
        if block.labels[column].field in ("kpi", "program") and cell.columns > 1:
            by_header.setdefault(id(cell), []).append(column)
    for columns in by_header.values():
        label, named = block.labels[columns[0]], False
        for column in columns:
            texts = [cell.text for cell in _cells_of(sheet, block, column)]
            if texts and all(NUMBERED.fullmatch(text.strip()) or is_bare(text) for text in texts):
                field = "number"
            elif texts and named and all(is_unit(compact(text)) for text in texts):
                field = "unit"
            else:
                field = "" if named or not texts else label.field
                named = named or bool(texts)
            block.labels[column] = replace(label, field=field)


def _leave_parts(block: Block) -> None:
    """Of amounts of one kind beside their sum (当初予算（合計）) the others are parts of it."""
    sums = {
        (label.kind, label.nature)
        for label in block.labels.values()
        if label.field == "amount" and SUM.search(compact(label.text))
    }
    for column, label in block.labels.items():
        is_sum = SUM.search(compact(label.text))
        if label.field == "amount" and (label.kind, label.nature) in sums and not is_sum:
            block.labels[column] = replace(label, field="sum")


def _doubt_unclear(labels: dict[int, Label], starts: list[int], groups: dict[int, Cell]) -> None:
    """Mark columns that say the same as others: their years stand nowhere.

    Figures of KPIs are compared between one column of names and the next.
    """
    seen: dict[tuple[object, ...], list[int]] = {}
    for column, label in labels.items():
        if label.field in ("amount", *KPI_FIGURES) and not label.years:
            of = 0 if label.field == "amount" else sum(start <= column for start in starts)
            under = groups[column].place if column in groups else ""
            said = (label.field, label.kind, label.nature, label.word, label.shift, label.part)
            key = (*said, of, under)
            seen.setdefault(key, []).append(column)
    for columns in seen.values():
        for column in columns if len(columns) > 1 else ():
            labels[column] = replace(labels[column], unclear=True)


def find_meaning(sheet: Sheet, block: Block, context: Context) -> Meaning:
    """Find what each column is, and the year whose results the table gives."""
    lines = find_line_columns(sheet, block)
    _name_first(sheet, block, lines)
    said = [label for column, label in block.labels.items() if column not in lines]
    line_labels = [sheet.label(c) for n in lines for row in block.body if (c := sheet.at(row, n))]
    every = said + line_labels
    fields = {label.field for label in every}
    labels = _settle_figures(block, fields, lines, context)
    _prefer_final(labels)
    actual_years = {
        label.year
        for label in labels.values()
        if label.field == "actual" and label.year and not label.status
    }
    if any(label.field == "actual" for label in line_labels):
        actual_years |= _years_with_actuals(sheet, block, lines, labels)
    target_years = {
        label.year for label in labels.values() if label.field == "target" and label.year
    }
    year = context.year or max(actual_years, default=None)
    if not context.given and actual_years and year not in actual_years:
        year = max((y for y in actual_years if y and year and y <= year), default=year)
    kinds = {label.kind for label in every if label.field == "amount"}
    parts_only = not any(label.kind == "source" and not label.part for label in every)
    kpis = [n for n, label in labels.items() if label.field == "kpi" and n not in lines]
    _doubt_unclear(labels, kpis, block.groups)
    return Meaning(
        labels,
        lines,
        kpis,
        frozenset(actual_years),
        frozenset(target_years),
        frozenset(kinds),
        year,
        any(label.field == "final_target" for label in every),
        parts_only,
    )


def _settle_figures(
    block: Block, fields: set[str], lines: list[int], context: Context
) -> dict[int, Label]:
    """Settle what a present value is, which names are of KPIs, and what a year alone heads."""
    present = "actual" if "baseline" in fields and "actual" not in fields else "baseline"
    labels = {
        column: replace(label, field=present) if label.field == "present" else label
        for column, label in block.labels.items()
    }
    named = [n for n, label in labels.items() if label.field == "kpi" and n not in lines]
    own = [n for n in named if block.places[n].columns == 1]
    for column in set(named) - set(own) if own else ():  # 指標① before the names of a group
        labels[column] = replace(labels[column], field="number")
    has_figures = fields & {"target", "actual", "baseline", "final_target", "present"}
    for column, label in labels.items():
        is_year = not label.field and label.years and label.is_whole and not label.kind
        if is_year and not lines and not context.tiers and has_figures:
            labels[column] = replace(label, field="actual")
    return labels


def _prefer_final(labels: dict[int, Label]) -> None:
    """Where an actual stands beside what was expected of it (実績見込), leave that out."""
    final = {(n.field, n.years) for n in labels.values() if n.field == "actual" and not n.status}
    for column, label in labels.items():
        if label.field == "actual" and label.status and (label.field, label.years) in final:
            labels[column] = replace(label, field="remark")


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
                if label.year
                and label.field not in ("target", "final_target")
                and label.kind not in AHEAD
                and (c := sheet.at(row, column))
                and HAS_FIGURE.search(c.text)
            }
    return found
