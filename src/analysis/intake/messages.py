"""What `sosei ingest` says: how many figures of each file, the problems, what to do next."""

from collections import Counter
from shlex import quote

from analysis.dataset.problems import count_severities
from analysis.intake.facts import DOUBT, OUTCOMES, PROBLEM, Fact
from analysis.intake.ingest import PAGE, Ingested
from analysis.intake.template_names import Filled
from analysis.wording import advise_on_note, describe_note

MOST_LINES = 20
MOST_CELLS = 8  # of which one thing is asked
LONGEST_TEXT = 40


def describe_ingested(done: Ingested, *, show_all: bool = False) -> str:
    """Describe what became of the files: counts, problems, doubts, and what stands where."""
    lines = []
    files = {filled.file for filled in done.filled}
    for filled in done.filled:
        lines += _describe_filled(filled, done, show_all=show_all)
    for publication in done.publications:
        if publication.file in files:
            continue
        number = Counter(fact.outcome for fact in publication.facts)
        counts = ", ".join(_count(number[outcome], *_NAMES[outcome]) for outcome in OUTCOMES)
        year = publication.context.year
        profile = f"profile {publication.profile}" if publication.profile else ""
        said = [f"fiscal year {year}" if year else "", profile]
        about = ", ".join(filter(None, said))
        lines.append(f"{publication.file}: {counts}" + (f" ({about})" if about else ""))
        if publication.context.year is None and any(f.note == "no_year" for f in publication.facts):
            lines.append("  no fiscal year is printed: --fiscal-year says which one it is")
    lines += [f"  left out: {said}" for said in done.left_out]
    lines += done.changed
    for outcome in (PROBLEM, DOUBT):
        found_so = [f for f in done.facts if f.outcome == outcome]
        lines += _list_facts([f for f in found_so if f.file not in files], show_all)
    found = set(done.problems["severity"])
    if found - {"note"}:
        severities = count_severities(done.problems)
        lines.append(f"sosei check {done.folder} says: {severities}")
    lines.append(f"{done.folder / PAGE} shows each cell and what it became")
    if not any(fact.is_used for fact in done.facts):
        lines.append("nothing was read: no table or form was found whose words are known")
    lines.append(f"next: {_name_next(done, found)}")
    return "\n".join(lines)


def _name_next(done: Ingested, found: set[str]) -> str:
    """The command that comes next."""
    folder = quote(str(done.folder))
    if any(filled.problems for filled in done.filled):
        return f"put it right, save it, and once more: sosei ingest FILE --into {folder}"
    return f"sosei {'check' if 'error' in found else 'run --data'} {folder}"


def _describe_filled(filled: Filled, done: Ingested, *, show_all: bool) -> list[str]:
    """What a workbook that was filled in added, and each cell to look at, in its own language."""
    about = filled.about
    counts = [f"{table} {len(rows):,}" for table, rows in filled.rows.items()]
    of = f"{filled.file}: {about.government} ({about.code}), fiscal year {about.year}"
    cells = {outcome: [f for f in filled.facts if f.outcome == outcome] for outcome in OUTCOMES}
    if cells[PROBLEM]:
        number = _count(len({f.place for f in cells[PROBLEM]}), "cell has", "cells have")
        lines = [f"{of}: nothing was added; {number} to be put right first"]
    else:
        what = "replaced in" if filled.is_again else "added to"
        lines = [f"{of}: {what} {done.folder}: {', '.join(counts)}"]
    for outcome in (PROBLEM, DOUBT):
        said = _group_cells(cells[outcome], show_all=show_all)
        shown = said if show_all else said[:MOST_LINES]
        lines += [f"  {outcome}: {line}" for line in shown]
        if len(said) > len(shown):
            more = len(said) - len(shown)
            lines.append(f"  {more:,} more: --all lists every one, {PAGE} shows them")
    return lines


def _group_cells(facts: list[Fact], *, show_all: bool) -> list[str]:
    """What is asked, each once, with the cells that it is asked about."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.note, []).append(fact)
    lines = []
    for note, asked in groups.items():
        told = (f"{f.place} {_shorten(f.printed)!r}" if f.printed else f.place for f in asked)
        cells = dict.fromkeys(told)
        remedy = advise_on_note(note)
        shown = [*cells] if show_all else [*cells][:MOST_CELLS]
        more = f" and {len(cells) - len(shown):,} more" if len(cells) > len(shown) else ""
        line = f"{', '.join(shown)}{more}: {describe_note(note)}"
        lines.append(line + (f"\n    {remedy}" if remedy else ""))
    return lines


_NAMES = {
    "read": ("read", "read"),
    "doubt": ("doubt", "doubts"),
    "left_out": ("left out", "left out"),
    "problem": ("problem", "problems"),
}


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _list_facts(facts: list[Fact], show_all: bool) -> list[str]:
    shown = facts if show_all else facts[:MOST_LINES]
    lines = _count_kinds(facts) if len(facts) > len(shown) else []
    lines += [
        f"  {fact.outcome}: {fact.cell}: {_shorten(fact.printed)!r}: {fact.note}" for fact in shown
    ]
    if len(facts) > len(shown):
        lines.append(
            f"  {len(facts) - len(shown)} more: --all lists every one, ingest.csv has them"
        )
    return lines


def _count_kinds(facts: list[Fact]) -> list[str]:
    """How many there are of each kind, where they are too many to list."""
    kinds = Counter(fact.note.partition(":")[0] for fact in facts)
    return [f"  {number:,} × {facts[0].outcome}: {kind}" for kind, number in kinds.most_common()]


def _shorten(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_TEXT else plain[:LONGEST_TEXT] + "…"
