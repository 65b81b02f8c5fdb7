"""All grids of a file -> facts: its tables, its forms, and what stands around them."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from analysis.errors import DataError
from analysis.intake.blocks import Block, Sheet, find_blocks
from analysis.intake.columns import settle_year
from analysis.intake.context import Context, find_era, find_year, read_context
from analysis.intake.facts import LEFT_OUT, PROBLEM, Fact
from analysis.intake.forms import Form
from analysis.intake.grid import Cell, Grid
from analysis.intake.labels import take_years, using_words
from analysis.intake.layout import find_layout, find_published
from analysis.intake.profiles import Profile
from analysis.intake.readings import name_of, read_block
from analysis.intake.records import Records, read_records
from analysis.intake.stack import stack_pages
from analysis.intake.values import is_bare
from analysis.intake.vocabulary import compact

LONGEST_TITLE = 60


@dataclass
class Publication:
    """What one file was read as: its facts, in the order of its cells, and what it says itself."""

    file: str
    grids: list[Grid]
    contexts: list[Context]
    facts: list[Fact]
    profile: str = ""  # the name of the one it was read by
    remark: str = ""  # what is to be said of it before all else

    @property
    def context(self) -> Context:
        """What its first sheet with a title says."""
        return next((c for c in self.contexts if c.title), self.contexts[0])


def read_publication(
    file: str,
    grids: list[Grid],
    fiscal_year: int | None = None,
    profile: Profile | None = None,
) -> Publication:
    """Read every table and form of a file; of one that a profile knows, as that says.

    Parameters
    ----------
    file
        Its name, for the facts.
    grids
        Its sheets, pages or tables.
    fiscal_year
        The year whose results it gives, where that is not to be read.
    profile
        What is said of the file.
    """
    if profile is None:
        return _read_guessed(file, stack_pages(grids), fiscal_year)
    year = fiscal_year or profile.fiscal_year
    out = [grid for grid in grids if profile.leaves_out(grid.name)]
    if profile.tables:
        read = _read_named(file, grids, year, profile)
    else:
        kept = [grid for grid in stack_pages(grids) if grid not in out]
        with using_words(profile.words):
            read = _read_guessed(file, kept, year, profile.source.get("unit", ""))
    read.facts += [_left_sheet(grid) for grid in out]
    read.profile = profile.name
    return read


def _read_named(
    file: str, grids: list[Grid], fiscal_year: int | None, profile: Profile
) -> Publication:
    """Read the tables whose columns a profile names; the others are left out."""
    facts, read = [], []
    for grid in grids:
        table = profile.table_of(file, grid.name)
        if table is None:
            facts.append(_left_sheet(grid))
            continue
        context = Context(
            title=profile.source.get("title", ""),
            year=fiscal_year or find_published(grid, table),
            given=fiscal_year is not None,
            publisher=profile.source.get("publisher", ""),
            money_units=[(-1, unit)] if (unit := profile.source.get("unit")) else [],
        )
        read.append(Records(grid, table, find_layout(grid, table), context))
    if not read:
        known = ", ".join(repr(table.sheet) for table in profile.tables)
        raise DataError(f"{file}: no sheet is called as profile {profile.name} says: {known}.")
    facts = [replace(fact, file=file) for fact in (*facts, *read_records(read))]
    contexts = [records.context for records in read]
    return Publication(file, [records.grid for records in read], contexts, facts)


def _read_guessed(
    file: str, grids: list[Grid], fiscal_year: int | None, unit: str = ""
) -> Publication:
    """Read what words and positions tell of tables and forms.

    `unit` is that of amounts where the paper says none.
    """
    shown = [grid for grid in grids if not grid.hidden]
    texts = [c.text for grid in shown for c in grid.cells.values()]
    era = find_era([*texts, *(t for g in shown for t in (*g.before, *g.after))])
    sheets = [Sheet(grid, era) for grid in shown]
    found = [find_blocks(sheet) for sheet in sheets]
    contexts = [
        read_context(
            lines_around(sheet, blocks),
            era,
            fiscal_year,
            min((block.header[0] for block in blocks), default=sheet.grid.height),
        )
        for sheet, blocks in zip(sheets, found, strict=True)
    ]
    for sheet, blocks, context in zip(sheets, found, contexts, strict=True):
        context.year = context.year or _year_of_rows(sheet, blocks)
    _share(contexts, unit)
    facts: list[Fact] = []
    for sheet, blocks, context in zip(sheets, found, contexts, strict=True):
        settle_year(sheet, blocks, context)
        form = Form(sheet, blocks)
        of_tables: list[Fact] = []
        form.programs += [
            (block.body[0], name) for block in blocks if (name := name_of(sheet, block))
        ]
        facts += form.read(context)
        for block in blocks:
            program = form.program_at(block.header[0]) or _title_of(context) or sheet.grid.name
            own = replace(context, year=_year_above(sheet, blocks, block, context))
            of_tables += read_block(sheet, block, own, program)
        facts += [*form.share(of_tables, context), *of_tables, *_unread(sheet, blocks, form)]
    for grid in grids:
        facts += _unseen(grid)
    return Publication(file, grids, contexts, [replace(fact, file=file) for fact in facts])


def _in_blocks(blocks: list[Block]) -> set[tuple[int, int]]:
    return {
        (row, column)
        for block in blocks
        for row in (*block.header, *block.body)
        for column in block.columns
    }


def lines_around(sheet: Sheet, blocks: list[Block]) -> list[tuple[int, str]]:
    """The texts outside the tables, each with its row; those before a grid have row -1."""
    inside = _in_blocks(blocks)
    around = [(c.row, c.text) for c in sheet.seen if (c.row, c.column) not in inside]
    before = [(-1, text) for text in sheet.grid.before]
    after = [(sheet.grid.height, text) for text in sheet.grid.after]
    return [*before, *around, *after]


def _year_above(sheet: Sheet, blocks: list[Block], block: Block, context: Context) -> int | None:
    """The year in the lines right above a table, below the table before it; else that of all."""
    if context.given or len(blocks) == 1:
        return context.year
    ends = [b.body[-1] for b in blocks if b.body and b.body[-1] < block.header[0]]
    lines = [
        (cell.row, cell.text)
        for cell in sheet.seen
        if max(ends, default=-1) < cell.row < block.header[0] and cell.column in block.columns
    ]
    said = find_year(lines, sheet.era)
    own = {label.year for label in block.labels.values() if label.year}
    return context.year if said is None or own else said


def _year_of_rows(sheet: Sheet, blocks: list[Block]) -> int | None:
    """The last year in a column of years of the publication (事業年度), where no column has one."""
    years = []
    for block in blocks:
        if any(label.years for label in block.labels.values()):
            continue
        for column, label in block.labels.items():
            cells = (sheet.at(row, column) for row in block.body)
            if label.field == "fiscal_year":
                found = [take_years(compact(c.text), sheet.era)[1] for c in cells if c]
                years += [last for _, last in filter(None, found)]
    return max(years, default=None)


def _share(contexts: list[Context], unit: str) -> None:
    """Give sheets that do not say the year, the publisher or the status those of the others."""
    for name in ("year", "publisher", "status"):
        known = next((getattr(c, name) for c in contexts if getattr(c, name)), None)
        for context in contexts:
            if not getattr(context, name) and known:
                setattr(context, name, known)
    units = next((c.money_units for c in contexts if c.money_units), [(-1, unit)] if unit else [])
    for context in contexts:
        context.money_units = context.money_units or [(-1, unit) for _, unit in units[:1]]
    legend = {mark: word for context in contexts for mark, word in context.legend.items()}
    for context in contexts:
        context.legend = legend


def _title_of(context: Context) -> str:
    """The title of a publication that names no program, for what its figures are of."""
    title = re.sub(r"\s+", " ", context.title).strip()
    return title if len(title) <= LONGEST_TITLE else ""


def _unread(sheet: Sheet, blocks: list[Block], form: Form) -> list[Fact]:
    """The cells outside every table and form: titles and notes."""
    inside = _in_blocks(blocks)
    out = [c for c in sheet.seen if (c.row, c.column) not in inside and id(c) not in form.used]
    figures = Counter(cell.row for cell in out if is_bare(cell.text))
    return [
        replace(_left(c, "outside"), outcome=PROBLEM)
        if is_bare(c.text) and figures[c.row] > 1
        else _left(c, "outside")
        for c in out
    ]


def _unseen(grid: Grid) -> list[Fact]:
    found = []
    for cell in grid.cells.values():
        if grid.hidden or cell.hidden:
            found.append(_left(cell, "hidden"))
        elif cell.struck:
            found.append(_left(cell, "struck"))
    return found


def _left_sheet(grid: Grid) -> Fact:
    """A line for a whole sheet that a profile leaves out."""
    first = next(iter(grid.cells.values()), None)
    place = first.place if first else grid.name
    return Fact(place, grid.name, outcome=LEFT_OUT, note="sheet_by_profile", file=grid.file)


def _left(cell: Cell, note: str) -> Fact:
    said = {"place": cell.place, "printed": cell.text, "column": cell.column}
    return Fact(**said, outcome=LEFT_OUT, note=note)  # type: ignore[arg-type]
