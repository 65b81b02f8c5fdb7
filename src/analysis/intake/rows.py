"""The rows of a table as what they are: of which program and KPI, a section, a total, a note."""

import re
from dataclasses import dataclass, field, replace

from analysis.intake.blocks import Block, Sheet
from analysis.intake.grid import Cell
from analysis.intake.labels import Label, join_labels
from analysis.intake.values import is_dash, is_repeated
from analysis.intake.vocabulary import (
    APART,
    ENDS_IN_TOTAL,
    REPEATED,
    SIGNS,
    TOTALS,
    VAGUE,
    compact,
    is_note,
)

OUTER = ("government", "policy_group", "project", "program", "department")
INNER = ("kpi", "unit", "direction")
ENTITY = (*OUTER, *INNER, "kind_of_kpi", "reading", "grant_name", "fiscal_year", "government_code")
FIGURES = (
    *("baseline", "target", "actual", "final_target", "present", "amount", "published_rate"),
    *("published_execution_rate", "published_unit_cost_yen", "final_year", "baseline_year"),
    *("actual_year", "progress", "effectiveness", "efficiency", "grade", "policy", "axis"),
)
NO_NAME = re.compile(rf"(?:{'|'.join(SIGNS['none'])})(?:[(。].*)?")
SEEN = ("number", "remark")
LINE_SHARE = 0.5
LONGEST_SECTION = 60


@dataclass
class Row:
    """One body row: its names with the cells they stand in, its section, its line labels."""

    number: int
    names: dict[str, str] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    section: Cell | None = None
    lines: dict[int, tuple[Label, Cell]] = field(default_factory=dict)
    when: Label | None = None  # the year of the row, and whether it is budget or account
    left: str = ""  # why nothing of it is taken over: total, note, section, header

    def line_of(self, column: int) -> tuple[Label, Cell] | None:
        """The line label that stands nearest at the left of a column."""
        before = [at for at in self.lines if at < column]
        return self.lines[max(before)] if before else None


def find_line_columns(sheet: Sheet, block: Block) -> list[int]:
    """The columns whose cells say what the figures of their row are: 目標, 実績, 達成率."""
    return [column for column in block.columns if _is_line_column(sheet, block, column)]


def _is_line_column(sheet: Sheet, block: Block, column: int) -> bool:
    cells = [
        cell
        for row in block.body
        if (cell := sheet.at(row, column)) and cell.row == row and cell.column == column
    ]
    labels = [label for cell in cells if (label := sheet.label(cell)).field not in SEEN]
    cells = cells[: len(labels)]
    known = [label for label in labels if _is_line(label)]
    kinds = {label.word for label in known}
    header = block.labels.get(column, Label()).field
    if any(label.years for label in known):
        return False
    if header in ("kpi", "program") and len(kinds) < 3:
        return len(known) == len(cells) > 1 and len(kinds) > 1
    if (
        block.labels.get(column, Label()).word in VAGUE and len(known) == len(cells) > 0
    ):  # 区分, of one kind of line only
        return True
    if not header and cells and len(known) == len(cells):
        return True
    right = [n for n in block.columns if n > column]
    if not any(sheet.at(row, n) for row in block.body for n in right):
        return False  # nothing stands beside it that it could be the line of
    return len(kinds) > 1 and len(known) >= LINE_SHARE * len(cells)


def _is_line(label: Label) -> bool:
    return label.part or (label.is_whole and bool(label.field in FIGURES or label.kind))


def read_rows(sheet: Sheet, block: Block, tiers: tuple[str, ...] = ()) -> list[Row]:
    """Read the names of each body row, filled down where the paper leaves them out.

    `tiers` is what the upper and the lower of two rows of one KPI are, where the paper says so.
    """
    lines = find_line_columns(sheet, block)
    by_field: dict[str, list[int]] = {}
    for column in block.columns:
        name = block.labels.get(column, Label()).field
        if name in ENTITY and column not in lines:
            by_field.setdefault(name, []).append(column)
    rows: list[Row] = []
    section: Cell | None = None
    before = Row(-1)
    for number in block.body:
        row = Row(number, section=section)
        own = _own_cells(sheet, block, number)
        row.left = _leave_out(sheet, block, number, own, bool(lines))
        if row.left == "section":
            section = own[0]
        elif not row.left:
            _fill_names(sheet, row, by_field, before, bool(lines))
            row.lines = _lines_of(sheet, block, number, lines) or _tier_of(row, tiers)
            row.when = sheet.label(row.cells["fiscal_year"]) if "fiscal_year" in row.cells else None
            before = row
        rows.append(row)
    return rows


def _lines_of(
    sheet: Sheet, block: Block, number: int, lines: list[int]
) -> dict[int, tuple[Label, Cell]]:
    """The line labels of a row; below 財源 at their left every name is a source of money."""
    found = {}
    for column in lines:
        cell = sheet.at(number, column)
        if cell is None:
            continue
        label = sheet.label(cell)
        groups = (sheet.at(number, n) for n in block.columns if n < cell.column)
        if any(group and sheet.label(group).field == "sources" for group in groups):
            label = join_labels(Label(field="sources"), label)
        found[column] = (label, cell)
    return found


def _tier_of(row: Row, tiers: tuple[str, ...]) -> dict[int, tuple[Label, Cell]]:
    """The line that the upper or lower row of a KPI is, where only a note says so."""
    cell = row.cells.get("kpi")
    if not cell or cell.rows != len(tiers):
        return {}
    label = Label(field=tiers[row.number - cell.row], is_whole=True)
    return {cell.column: (label, replace(cell, rows=1))}


def _own_cells(sheet: Sheet, block: Block, row: int) -> list[Cell]:
    seen = {id(c): c for n in block.columns if (c := sheet.at(row, n)) and c.row == row}
    return list(seen.values())


def _leave_out(sheet: Sheet, block: Block, number: int, own: list[Cell], has_lines: bool) -> str:
    """Why nothing of a row becomes figures; "" where it may."""
    if not own:
        return ""
    if is_note(own[0].text) or (len(own) == 1 and "。" in own[0].text):
        return "note"
    said = sheet.label(own[0])
    if len(own) == 1 and said.unit and not said.says_anything:
        return "note"  # （千円） alone
    is_about = said.is_whole and said.field in ("remark", "person", "policy", "grade", "progress")
    if is_about and not has_lines and not any(re.search("[0-9０-９]", c.text) for c in own):
        return "note"  # 課題 | ... below a table
    covered = {id(c) for n in block.columns if (c := sheet.at(number, n))}
    if len(own) == 1 and len(covered) == 1 and len(compact(own[0].text)) <= LONGEST_SECTION:
        at_name = block.labels.get(own[0].column, Label()).field in ("kpi", "number")
        is_wide = own[0].columns > len(block.columns) / 2
        if not re.match(r"[0-9.,]+$", compact(own[0].text)) and (
            is_wide or not (at_name and has_lines)
        ):
            return "section"
    labels = {compact(sheet.label(c).text) for c in block.places.values()}
    if sum(compact(c.text) in labels for c in own) * 2 > len(own) and len(own) > 1:
        return "header"
    names = [
        compact(c.text)
        for c in own
        if block.labels.get(c.column, Label()).field in (*OUTER, "number")
    ]
    raw = [c.text for c in own if not _is_line(sheet.label(c))]
    if any(compact(text) in TOTALS or APART.search(text.strip()) for text in raw[:2]):
        return "total"
    if any(n in TOTALS or ENDS_IN_TOTAL.search(n) for n in names):
        return "total"
    if names and names[0].startswith(SIGNS["part"]) and not has_lines:
        return "part"
    return ""


def _fill_names(
    sheet: Sheet, row: Row, by_field: dict[str, list[int]], before: Row, has_lines: bool
) -> None:
    for name in ENTITY:
        columns = by_field.get(name)
        if not columns:
            continue
        if name == "fiscal_year":
            columns = columns[-1:]
        cells = [c for n in columns if (c := sheet.at(row.number, n))]
        if cells and not is_repeated(cells[0].text):
            row.names[name], row.cells[name] = join_lines(cells[0].text), cells[0]
        elif (cells or _carries(name, row, before, has_lines)) and name in before.names:
            row.names[name], row.cells[name] = before.names[name], before.cells[name]


def _carries(name: str, row: Row, before: Row, has_lines: bool) -> bool:
    """Whether an empty cell means the same as above."""
    if name in ("policy_group", "project", "program", "government", "government_code"):
        return True
    same = row.names.get("program") == before.names.get("program")
    if name in ("kpi", "unit", "direction"):
        return has_lines and same
    return same


def join_lines(text: str) -> str:
    r"""A name without the line breaks that its cell forced on it.

    Examples
    --------
    >>> join_lines("概ね\n順調")
    '概ね順調'
    """
    joined = re.sub(r"(?<=[A-Za-z0-9])[ \u3000]*\n[ \u3000]*(?=[A-Za-z0-9])", " ", text)
    return re.sub(r"[ \u3000]*\n[ \u3000]*", "", joined).strip()


def is_no_name(text: str) -> bool:
    """Whether a cell holds no name: empty, a dash, 〃, a zero that a formula left."""
    plain = compact(text)
    if not plain or plain == "0" or is_dash(plain) or plain in REPEATED:
        return True
    return bool(NO_NAME.fullmatch(plain))
