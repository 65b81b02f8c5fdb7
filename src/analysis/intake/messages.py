"""What `sosei ingest` says: how many figures of each file, the problems, what to do next."""

from collections import Counter

from analysis.dataset.problems import count_severities
from analysis.intake.facts import DOUBT, OUTCOMES, PROBLEM, Fact
from analysis.intake.ingest import PAGE, Ingested

MOST_LINES = 20
LONGEST_TEXT = 40


def describe_ingested(done: Ingested, *, show_all: bool = False) -> str:
    """Describe what became of the files: counts, problems, doubts, and what stands where."""
    lines = []
    for publication in done.publications:
        found = Counter(fact.outcome for fact in publication.facts)
        counts = ", ".join(f"{found[outcome]:,} {_NAMES[outcome]}" for outcome in OUTCOMES)
        year = publication.context.year or "no year"
        lines.append(f"{publication.file}: {counts} (fiscal year {year})")
    for outcome in (PROBLEM, DOUBT):
        lines += _list_facts([f for f in done.facts if f.outcome == outcome], show_all)
    if len(done.problems):
        severities = count_severities(done.problems)
        lines.append(f"sosei check {done.folder} says: {severities}")
    lines.append(f"{done.folder / PAGE} shows each cell and what it became")
    lines.append(f"next: sosei run --data {done.folder}")
    return "\n".join(lines)


_NAMES = {"read": "read", "doubt": "doubts", "left_out": "left out", "problem": "problems"}


def _list_facts(facts: list[Fact], show_all: bool) -> list[str]:
    shown = facts if show_all else facts[:MOST_LINES]
    lines = [
        f"  {fact.outcome}: {fact.place}: {_shorten(fact.printed)!r}: {fact.note}" for fact in shown
    ]
    if len(facts) > len(shown):
        lines.append(
            f"  {len(facts) - len(shown)} more: --all lists every one, ingest.csv has them"
        )
    return lines


def _shorten(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_TEXT else plain[:LONGEST_TEXT] + "…"
