"""A first profile of a file: what was guessed, with a comment on each guess, to be corrected."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.dataset.tables import TABLES
from analysis.errors import DataError
from analysis.intake.blocks import Block, Sheet
from analysis.intake.columns import KPI_FIGURES
from analysis.intake.facts import PROBLEM, Fact
from analysis.intake.find import look_at, tell_column
from analysis.intake.grid import letter_of
from analysis.intake.guesses import guess_aggregation, guess_direction, guess_kind
from analysis.intake.labels import Label
from analysis.intake.profiles import FIELDS, find_profile, list_profiles
from analysis.intake.publication import Publication, read_publication
from analysis.intake.readers import read_file
from analysis.intake.vocabulary import compact

LONGEST = 40
MOST_KPIS = 60  # of which a draft says what they are; more are set in kpi_settings.csv
MOST_WORDS = 30
MISREAD = re.compile("unknown_header: (.*)")
WIDTHS = range(2, 60)  # of columns that come again


@dataclass(frozen=True)
class Repeat:
    """Columns that come again with the same headers: where they begin, how many, how often."""

    first: int
    width: int
    times: int

    def __contains__(self, column: int) -> bool:
        return self.first <= column < self.first + self.width * self.times

    @property
    def spans(self) -> list[str]:
        """The columns of each time, by letters."""
        starts = range(self.first, self.first + self.width * self.times, self.width)
        return [f"{letter_of(s)}:{letter_of(s + self.width - 1)}" for s in starts]


def write_draft(path: Path, into: Path | None = None) -> Path:
    """Write a first profile of a file beside the data (data/<its name> by default), and say where.

    Raises
    ------
    DataError
        If there is one already: of that name, or one that fits the file.
    """
    into = into or Path("data") / path.stem
    goal = into / "profiles" / f"{path.stem}.toml"
    known = find_profile(path.name, "", into)
    if goal.exists():
        raise DataError(f"{path.name} has a profile already: {goal}. Correct it, or remove it.")
    if known:
        place = list_profiles(into)[known.name]
        raise DataError(
            f"{path.name} is read by the profile {known.name} ({place}). "
            f"To read it otherwise, copy that into {goal.parent} and correct it."
        )
    text = draft_profile(path)
    goal.parent.mkdir(parents=True, exist_ok=True)
    goal.write_text(text, encoding="utf-8")
    return goal


def draft_profile(path: Path) -> str:
    """Draft a profile of a file: TOML, with a comment on every guess."""
    grids = read_file(path).grids
    publication = read_publication(path.name, grids)
    sheets = ", ".join(_quote(grid.name) for grid in grids)
    lines = [
        f"# What sosei guessed of {path.name}. Correct it, then read the file again: one beside",
        "# the data is used for the files it names. What is taken away here is guessed as before.",
        f"files = [{_quote(path.name)}]",
        f"leave_out = []  # sheets not to be read, of: {sheets}",
        "",
        *_draft_source(publication),
        *_draft_words(publication.facts),
        *_draft_kpis(publication.facts),
    ]
    for grid in grids:
        for sheet, block, _ in look_at(grid) if not grid.hidden else ():
            lines += _draft_table(sheet, block)
    return "\n".join(lines).rstrip() + "\n"


def _draft_source(publication: Publication) -> Iterator[str]:
    context = publication.context
    yield "[source]"
    yield '# government = "082201"  # the code of who published it; printed nowhere'
    yield _say("publisher", context.publisher, "as printed")
    yield _say("title", " ".join(context.title.split()), "as printed")
    actual = [f.fiscal_year for f in publication.facts if f.field == "actual" and f.fiscal_year]
    year = context.year or max(actual, default=None)
    why = "as printed" if context.year else "concluded: the last year with an actual"
    yield f"fiscal_year = {year}  # {why}" if year else "# fiscal_year = 2018  # printed nowhere"
    unit = context.money_units[0][1] if context.money_units else ""
    yield _say("unit", unit, "of amounts whose header says none; as printed")
    yield '# scheme = "tsukuba"  # the rubric by which words and grades were given; printed nowhere'
    yield ""


def _say(name: str, value: str, why: str) -> str:
    return f"{name} = {_quote(value)}  # {why}" if value else f'# {name} = ""  # found nowhere'


def _draft_words(facts: list[Fact]) -> Iterator[str]:
    """The headers that are not known, each with a figure under it."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.outcome == PROBLEM and (said := MISREAD.fullmatch(fact.note)):
            found.setdefault(said[1], []).append(fact)
    yield "[words]"
    yield f"# header = field, one of: {', '.join(name for name in FIELDS if name)}"
    most = sorted(found.items(), key=lambda item: -len(item[1]))
    for word, of in [(word, of) for word, of in most if len(word) <= LONGEST][:MOST_WORDS]:
        what = f"{len(of)} figures, as {of[0].place}: {_shorten(of[0].printed)}"
        yield f'# {_quote(word)} = ""  # not known; {what}'
    yield ""


def _draft_kpis(facts: list[Fact]) -> Iterator[str]:
    """What nobody prints of a KPI, as it would be concluded."""
    units = {f.kpi: f.value for f in facts if f.table == "kpis" and f.field == "unit"}
    numbers = {
        (f.kpi, f.field): float(f.value)
        for f in facts
        if f.field in ("baseline", "target", "final_target") and f.value
    }
    printed = {(f.kpi, f.field) for f in facts if f.is_used}
    names = list(dict.fromkeys(f.kpi for f in facts if f.kpi and f.is_used))
    if len(names) > MOST_KPIS:
        yield f"# {len(names)} KPIs: kpi_settings.csv has a line for each once the file is read."
        yield ""
        return
    for name in names:
        yield f"[kpis.{_quote(name)}]"
        goal = numbers.get((name, "final_target"), numbers.get((name, "target")))
        start = numbers.get((name, "baseline"))
        by_figures = start is not None and goal is not None and start != goal
        yield from _guess(
            name, "direction", guess_direction(name, start, goal), printed,
            "concluded from baseline and target" if by_figures else "concluded from its name",
        )  # fmt: skip
        unit = units.get(name, "")
        yield from _guess(name, "aggregation", guess_aggregation(name, unit), printed)
        yield from _guess(name, "kpi_kind", guess_kind(name), printed)
        yield ""


def _guess(
    kpi: str,
    field: str,
    value: str,
    printed: set[tuple[str, str]],
    why: str = "concluded from its name",
) -> Iterator[str]:
    if (kpi, field) in printed:
        yield f"# {field}: as printed"
    else:
        yield f"{field} = {_quote(value)}  # {why if value != 'unknown' else 'nothing tells it'}"


def _draft_table(sheet: Sheet, block: Block) -> Iterator[str]:
    """A table: what its columns were understood as; where guessing ends, as rules to correct."""
    rows = f"rows {block.body[0] + 1} to {block.body[-1] + 1}" if block.body else "no rows"
    heads = {n: " ".join(cell.text.split()) for n, cell in block.places.items()}
    repeat = find_repeat([heads.get(n, "") for n in block.columns], block.columns[0])
    yield f"# {sheet.grid.name!r}, {rows}: {len(block.columns)} columns"
    if repeat is None:
        for column in block.columns:
            yield f"#   {letter_of(column)}: {_tell(sheet, block, column)}"
        yield ""
        return
    yield f"# Columns {repeat.spans[0]} come {repeat.times} times; no heading says of which years."
    yield "# Say it for each, and take away the # before every right line. kpi is the column"
    yield "# of names that the figures below are of."
    yield "# [[tables]]"
    yield f"# sheet = {_quote(sheet.grid.name)}"
    yield f"# header = {block.header[-1] + 1}  # the row of the headers"
    yield "# blocks = ["
    for span in repeat.spans:
        yield f'#   {{ columns = "{span}", fiscal_year = 0, field = "actual", kind = "settled" }},'
    yield "# ]"
    yield "# [tables.columns]"
    done: set[str] = set()
    for column in block.columns:
        head = heads.get(column, "")
        if not head or (column in repeat and head in done):
            continue
        if head in done:
            head = letter_of(column)  # TOML has each key once
        done.add(head)
        rule = _rule(block.labels.get(column, Label()), is_repeated=column in repeat)
        told = _tell(sheet, block, column)
        yield f"# {_quote(head)} = {rule}  # {told}" if rule else f"#   {told}"
    yield ""


def _rule(label: Label, *, is_repeated: bool) -> str:
    """The rule of a column as it was understood; empty where it is nothing to take over."""
    if label.field == "amount":
        kinds = TABLES["budgets"].columns["kind"].words
        said = {"kind": label.kind if label.kind in kinds else "", "nature": label.nature}
        more = "".join(f", {name} = {_quote(what)}" for name, what in said.items() if what)
        return f'{{ field = "amount"{more} }}'
    if is_repeated and label.field in ("", *KPI_FIGURES, "present"):
        return '{ kpi = "" }'  # the column of the name
    return _quote(label.field) if label.field and label.field in FIELDS else ""


def find_repeat(heads: list[str], first: int = 0) -> Repeat | None:
    """Find the most columns that come again with the same headers, one after another.

    Examples
    --------
    >>> find_repeat(["name", "plan", "done", "plan", "done", "plan", "done"]).spans
    ['B:C', 'D:E', 'F:G']
    """
    plain = [compact(head) for head in heads]
    best: Repeat | None = None
    for width in WIDTHS:
        start = 0
        while start + 2 * width <= len(plain):
            part = plain[start : start + width]
            times = 1
            while plain[start + times * width : start + (times + 1) * width] == part:
                times += 1
            whole = all(part) and len({*part}) == width and times > 1
            if whole and (best is None or width * times > best.width * best.times):
                best = Repeat(first + start, width, times)
            start += width * times if whole else 1
    return best


def _tell(sheet: Sheet, block: Block, column: int) -> str:
    """What a column was understood as, how many cells it has, and the first of them."""
    found = tell_column(sheet, block, column)
    known = (found[name] for name in ("field", "kind", "fiscal_year", "unit"))
    said = " ".join(str(what) for what in known if what) or "not understood"
    unclear = ", as other columns" if block.labels.get(column, Label()).unclear else ""
    first = f": {_shorten(str(found['first']))}" if found["first"] else ""
    return f"{_shorten(str(found['header']))} -> {said}{unclear}; {found['cells']} cells{first}"


def _shorten(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"


def _quote(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)
