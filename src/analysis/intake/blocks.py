"""The tables in a grid: header rows, body rows, and the texts around them.

A header row is one in which at least two cells are known words or years, and most are. What
follows is its body, until the next header row. Tables side by side stand apart by an empty
column, or begin again with the same first header.
"""

import re
from dataclasses import dataclass, field

from analysis.intake.grid import Cell, Grid
from analysis.intake.labels import UNIT_SAID, Label, is_unit, join_labels, read_label
from analysis.intake.names import NUMBER
from analysis.intake.vocabulary import JUDGED, SIGNS, compact, is_note

LONG = 60  # a longer text is no header
NAMES = ("program", "project", "kpi", "policy_group", "department", "number", "government")
CHOICE_SIGNS = ("□", *[sign for sign in SIGNS["chosen"] if sign in "■☑"])
CIRCLED_CHOICE = re.compile(r"[○◯][ \u3000]*[^\s・]")
IN_BRACKETS = re.compile(r"\([^()]{1,12}\)")
OF_YEARS = ("period", "start_year", "end_year", "final_year", "fiscal_year")
LEAST_LABELS = 2
LEAST_SHARE = 0.5
MANY_LABELS, LEAST_SHARE_OF_MANY = 4, 0.2


@dataclass
class Block:
    """One table of a grid: its header rows, its body rows and its columns, as numbers."""

    header: list[int]
    body: list[int]
    columns: list[int]
    labels: dict[int, Label] = field(default_factory=dict)
    places: dict[int, Cell] = field(default_factory=dict)  # the lowest header of each column
    groups: dict[int, Cell] = field(default_factory=dict)  # a name above several columns


class Sheet:
    """A grid as it is looked at: what is visible, and which cell covers a place."""

    def __init__(self, grid: Grid, era: str | None = None) -> None:
        self.grid = grid
        self.era = era
        self.seen = [c for c in grid.cells.values() if not (c.hidden or c.struck)]
        self.cover: dict[tuple[int, int], Cell] = {}
        self.rows: dict[int, list[Cell]] = {}
        for cell in sorted(self.seen, key=lambda c: (c.row, c.column)):
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    self.cover[row, column] = cell
                self.rows.setdefault(row, [])
            self.rows[cell.row].append(cell)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place."""
        return self.cover.get((row, column))

    def label(self, cell: Cell) -> Label:
        """What a cell says if it is a header."""
        return read_label(cell.text, self.era)


def find_blocks(sheet: Sheet) -> list[Block]:
    """Find the tables of a grid, from the top and from the left."""
    heads = _find_heads(sheet)
    blocks = []
    for number, header in enumerate(heads):
        end = heads[number + 1][0] if number + 1 < len(heads) else sheet.grid.height
        body = [row for row in range(header[-1] + 1, end) if row in sheet.rows]
        for columns in _split_columns(sheet, header, body):
            rows = _cut_body(sheet, body, columns)
            if number + 1 < len(heads):
                rows = _cut_titles(sheet, rows, columns)
            block = Block(header, rows, columns)
            _label_columns(sheet, block)
            blocks.append(block)
    return _join_repeated(sheet, blocks)


def _find_heads(sheet: Sheet) -> list[list[int]]:
    """Group the header rows of each table."""
    heads: list[list[int]] = []
    row, height = 0, sheet.grid.height
    while row < height:
        if not _begins_head(sheet, row):
            row += 1
            continue
        head = [row - 1, row] if _names_columns(sheet, row - 1) else [row]
        while _continues_head(sheet, head):
            head.append(head[-1] + 1)
        heads.append(head)
        row = head[-1] + 1
    return heads


def _names_columns(sheet: Sheet, row: int) -> bool:
    """Whether a row holds names, each above several columns of the header below it."""
    cells = sheet.rows.get(row, [])
    above = [cell for cell in cells if cell.columns > 1]
    labels = [sheet.label(cell) for cell in cells]
    known = any(label.field and label.is_whole for label in labels)
    return len(above) >= LEAST_LABELS and not known


def _begins_head(sheet: Sheet, row: int) -> bool:
    cells = sheet.rows.get(row, [])
    labels = [sheet.label(cell) for cell in cells]
    known = [label for label in labels if label.says_anything and label.is_whole]
    fields = {label.field for label in known} - {""}
    years = [label for label in known if label.years and not label.field]
    if len(known) < LEAST_LABELS or (len(fields) < LEAST_LABELS and len(years) < LEAST_LABELS):
        return False
    loose = sum(label.says_anything or bool(label.unit) for label in labels)
    is_wide = len(known) >= MANY_LABELS and not any(_is_figure(cell.text) for cell in cells)
    least = LEAST_SHARE_OF_MANY if is_wide else LEAST_SHARE
    pairs = zip(cells, labels, strict=True)
    if any(_is_figure(cell.text) and not label.years for cell, label in pairs):
        return False
    if loose < least * len(cells) or any(_is_no_header(cell.text) for cell in cells):
        return False
    return not _looks_like_pairs(sheet, cells, labels)


def _is_header_too(label: Label, after: Label) -> bool:
    """Whether what stands at the right of a label is one, too; years are the value of a period."""
    if label.field in OF_YEARS and after.years and not after.field:
        return False
    if label.field == after.field == "person":  # 評価者 | 課長
        return False
    return after.says_anything and after.is_whole


def _is_no_header(text: str) -> bool:
    """Whether a text is never in a header row: a note, a choice of words."""
    if "・" in text and CIRCLED_CHOICE.search(text):
        return True
    return is_note(text) or any(sign in text for sign in CHOICE_SIGNS)


def _looks_like_pairs(sheet: Sheet, cells: list[Cell], labels: list[Label]) -> bool:
    """Whether labels stand before values in one row (所管課 | 企画課 | 事業期間 | H28～R2).

    Then each label has a value at its right, and below it another label, or nothing.
    """
    pairs = list(zip(cells, labels, strict=True))
    known = [
        cell
        for (_, left), (cell, label) in zip([(None, Label()), *pairs], pairs, strict=False)
        if (left.field in OF_YEARS or label.is_whole) and _is_header_too(left, label)
    ]
    before = [
        cell
        for (cell, label), (_, after) in zip(pairs, [*pairs[1:], (None, Label())], strict=True)
        if label.says_anything and label.is_whole and not _is_header_too(label, after)
    ]
    if len(before) < len(known):
        return False
    below = [sheet.at(cell.row + cell.rows, cell.column) for cell in known]
    return sum(c is None or sheet.label(c).says_anything for c in below) * 2 >= len(below)


def _continues_head(sheet: Sheet, head: list[int]) -> bool:
    """Whether the next row is a header row, too: labels only, under what the rows above leave."""
    row = head[-1] + 1
    cells = sheet.rows.get(row, [])
    if not cells:
        covered = [cell for (r, _), cell in sheet.cover.items() if r == row and cell.row in head]
        return bool(covered) and row < sheet.grid.height
    labels = [sheet.label(cell) for cell in cells]
    known = [
        bool(label.says_anything or label.unit or label.word or is_unit(compact(cell.text)))
        for cell, label in zip(cells, labels, strict=True)
    ]
    from_above = any(
        cell.row in head for column in range(sheet.grid.width) if (cell := sheet.at(row, column))
    )
    figures = [c for c, k in zip(cells, known, strict=True) if not k and _is_figure(c.text)]
    if figures:
        return False
    whole = sum(
        (label.is_whole and bool(label.says_anything or label.word)) or is_unit(compact(cell.text))
        for cell, label in zip(cells, labels, strict=True)
    )
    if all(IN_BRACKETS.fullmatch(compact(cell.text)) for cell in cells):
        return True  # (A), (H29), (%) below the names of columns
    names = sum(k for k in known)
    return names >= LEAST_SHARE * len(cells) and (from_above or whole == len(cells)) and whole > 0


def _is_figure(text: str) -> bool:
    """Whether a cell begins as a figure, with hardly more than a unit behind it."""
    plain = compact(text)
    found = NUMBER.match(plain)
    rest = plain[found.end() :] if found else plain
    is_figure = found and (not rest or rest[0] in "(/※" or is_unit(rest) or len(rest) == 1)
    return bool(is_figure) or plain in ("-", "〃")


def _split_columns(sheet: Sheet, header: list[int], body: list[int]) -> list[list[int]]:
    """Split the columns of a header into tables side by side."""
    used = {c for row in (*header, *body) for c in range(sheet.grid.width) if sheet.at(row, c)}
    headed = {c for row in header for c in range(sheet.grid.width) if sheet.at(row, c)}
    runs: list[list[int]] = []
    for column in sorted(used):
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    tables: list[list[int]] = []
    for run in runs:
        if not headed & {*run}:
            continue  # what stands beside a table is none of its columns
        if tables and not _stands_alone(sheet, header, body, run):
            tables[-1] += run
        else:
            tables.append(run)
    return [part for table in tables for part in _split_at_repeats(sheet, header, table)]


def _stands_alone(sheet: Sheet, header: list[int], body: list[int], run: list[int]) -> bool:
    """Whether a run of columns names what its rows are of, or what its lines are."""
    lines = [c for row in body if (c := sheet.at(row, run[0])) and c.column == run[0]]
    said = {sheet.label(c).word for c in lines if sheet.label(c).is_whole} - {""}
    if len(said) >= LEAST_LABELS and len(run) > 1:
        return True
    figures = [c for row in body for n in run[1:] if (c := sheet.at(row, n)) and _is_figure(c.text)]
    if lines and figures and not any(_is_figure(c.text) for c in lines):
        return any(sheet.at(row, run[0]) for row in header)
    labels = [sheet.label(c) for row in header for n in run if (c := sheet.at(row, n))]
    fields = {label.field for label in labels} - {""}
    return (
        bool(fields & {"program", "kpi", "project", "number", "policy_group"}) and len(fields) > 1
    )


def _split_at_repeats(sheet: Sheet, header: list[int], columns: list[int]) -> list[list[int]]:
    """Split where the first header comes again: a table that goes on at its right half."""
    first = next((c for row in header if (c := sheet.at(row, columns[0]))), None)
    if first is None or sheet.label(first).field not in NAMES:
        return [columns]
    again = [
        n
        for n in columns[1:]
        if (c := sheet.at(first.row, n))
        and c.column == n
        and compact(c.text) == compact(first.text)
    ]
    if not again or again[0] - columns[0] <= LEAST_LABELS - 1:
        return [columns]
    ends = [*again, columns[-1] + 1]
    starts = [columns[0], *again]
    return [[n for n in columns if a <= n < b] for a, b in zip(starts, ends, strict=True)]


def _cut_body(sheet: Sheet, body: list[int], columns: list[int]) -> list[int]:
    """The rows of a body up to the gap behind which no row is like it."""
    filled = [row for row in body if any(sheet.at(row, column) for column in columns)]
    kept: list[int] = []
    for row in filled:
        had_figures = any(
            _is_figure(c.text) for r in kept for n in columns if (c := sheet.at(r, n))
        )
        gap = bool(kept) and row > kept[-1] + 1
        cells = {id(c): c for n in columns if (c := sheet.at(row, n))}
        alone = len(cells) == 1
        if gap and (alone or is_note(next(iter(cells.values())).text)):
            break
        if kept and sum(sheet.label(c).word in JUDGED for c in cells.values()) >= LEAST_LABELS:
            break  # 有効性 | Ｂ | 効率性 | Ａ
        first = next(iter(cells.values()))
        if gap and sheet.label(first).is_whole and sheet.label(first).field:
            break  # a label beside its value
        if gap and any(UNIT_SAID.search(compact(c.text)) for c in cells.values()):
            break
        if gap and had_figures and not any(_is_figure(c.text) for c in cells.values()):
            break
        kept.append(row)
    return kept


def _cut_titles(sheet: Sheet, rows: list[int], columns: list[int]) -> list[int]:
    """A body without the rows at its end that are the title of the table below it."""
    kept = list(rows)
    while kept:
        cells = {id(c): c for n in columns if (c := sheet.at(kept[-1], n)) and c.row == kept[-1]}
        if not cells or any(_is_figure(cell.text) for cell in cells.values()):
            break
        kept.pop()
    return kept or rows


def _label_columns(sheet: Sheet, block: Block) -> None:
    """Join the headers above each column, the lower first."""
    for column in block.columns:
        path: list[Cell] = []
        for row in block.header:
            cell = sheet.at(row, column) or _from_left(sheet, block, row, column)
            if cell and cell not in path:
                path.append(cell)
        label = Label()
        for cell in path:
            label = join_labels(label, sheet.label(cell))
        if path:
            block.labels[column], block.places[column] = label, path[-1]
        for cell in path[:-1]:
            said = sheet.label(cell)
            if cell.columns > 1 and not (said.says_anything or said.word or said.unit):
                block.groups[column] = cell


def _from_left(sheet: Sheet, block: Block, row: int, column: int) -> Cell | None:
    """An upper header that stands once at the left of the columns it is for, not merged."""
    if row == block.header[-1]:
        return None
    below = sheet.at(row + 1, column)
    if not below or below.column != column or below.row != row + 1:
        return None
    for left in range(column - 1, block.columns[0] - 1, -1):
        cell = sheet.at(row, left)
        if cell:
            own = sheet.at(row + 1, left)
            is_group = own is not None and own is not cell and cell.columns == 1
            return cell if is_group else None
    return None


def _join_repeated(sheet: Sheet, blocks: list[Block]) -> list[Block]:
    """Join a table and what goes on under the same headers, as on each page of a paper."""
    joined: list[Block] = []
    for block in blocks:
        same = next((b for b in joined[-2:] if _texts(b) == _texts(block)), None)
        between = range(max(same.body, default=0) + 1, block.header[0]) if same else ()
        if same and same.columns == block.columns and not any(r in sheet.rows for r in between):
            same.body += block.body
        else:
            joined.append(block)
    return joined


def _texts(block: Block) -> list[str]:
    return [compact(label.text) for label in block.labels.values()]
