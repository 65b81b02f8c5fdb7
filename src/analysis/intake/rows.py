"""The rows of a table as what they are: of which program and KPI, a section, a total, a note."""

import re
from dataclasses import dataclass, field

from analysis.intake.blocks import Block, Sheet
from analysis.intake.grid import Cell
from analysis.intake.labels import Label
from analysis.intake.values import is_dash, is_repeated
from analysis.intake.vocabulary import ENDS_IN_TOTAL, REPEATED, SIGNS, TOTALS, compact, is_note

OUTER = ("government", "policy_group", "project", "program", "department")
INNER = ("kpi", "unit", "direction")
ENTITY = (*OUTER, *INNER, "kind_of_kpi", "grant_name", "fiscal_year", "government_code")
FIGURES = (
    *("baseline", "target", "actual", "final_target", "present", "amount", "published_rate"),
    *("published_execution_rate", "published_unit_cost_yen", "final_year", "baseline_year"),
    *("actual_year", "progress", "effectiveness", "efficiency", "grade", "policy", "axis"),
)
NO_NAMES = tuple(SIGNS["none"])
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
    known = [label for label in labels if (label.field in FIGURES and label.is_whole) or label.part]
    kinds = {label.word for label in known}
    header = block.labels.get(column, Label()).field
    if header == "fiscal_year" or any(label.years for label in known):
        return False
    if header in ("kpi", "program") and len(kinds) < 3:
        return len(known) == len(cells) > 1 and len(kinds) > 1
    if header == "grade" and len(known) == len(cells) > 0:  # 区分, of one kind of line only
        return True
    return len(kinds) > 1 and len(known) >= LINE_SHARE * len(cells)


def read_rows(sheet: Sheet, block: Block) -> list[Row]:
    """Read the names of each body row, filled down where the paper leaves them out."""
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
            row.lines = {c: (sheet.label(x), x) for c in lines if (x := sheet.at(number, c))}
            row.when = sheet.label(row.cells["fiscal_year"]) if "fiscal_year" in row.cells else None
            before = row
        rows.append(row)
    return rows


def _own_cells(sheet: Sheet, block: Block, row: int) -> list[Cell]:
    seen = {id(c): c for n in block.columns if (c := sheet.at(row, n)) and c.row == row}
    return list(seen.values())


def _leave_out(sheet: Sheet, block: Block, number: int, own: list[Cell], has_lines: bool) -> str:
    """Why nothing of a row becomes figures; "" where it may."""
    if not own:
        return ""
    if is_note(own[0].text) or (len(own) == 1 and "。" in own[0].text):
        return "note"
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
        if block.labels.get(c.column, Label()).field in (*OUTER, "kpi", "number")
    ]
    if not has_lines and compact(own[0].text) in TOTALS:
        return "total"
    if not has_lines and any(n in TOTALS or ENDS_IN_TOTAL.search(n) for n in names):
        return "total"
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
    >>> join_lines("概ね\\n順調")
    '概ね順調'
    """
    joined = re.sub(r"(?<=[A-Za-z0-9])[ \u3000]*\n[ \u3000]*(?=[A-Za-z0-9])", " ", text)
    return re.sub(r"[ \u3000]*\n[ \u3000]*", "", joined).strip()


def is_no_name(text: str) -> bool:
    """Whether a cell holds no name: empty, a dash, 〃."""
    plain = compact(text)
    return not plain or is_dash(plain) or plain in REPEATED or plain.startswith(NO_NAMES)
