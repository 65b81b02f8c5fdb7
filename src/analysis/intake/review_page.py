"""How far a published file follows the ministry's rule, as a page that its office can be sent."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from analysis.intake.drawing import DrawnCell, draw_sheets, is_too_large, join_facts
from analysis.intake.facts import DOUBT, PROBLEM, READ, Fact
from analysis.intake.machine_readable import Reviewed, list_findings
from analysis.intake.ministry import BY_EYE, CHECKS, FULFILLED, UNFULFILLED, Finding, Outcome
from analysis.intake.page import (
    INTAKE,
    MOST_SPOTS,
    PERSON,
    Drawer,
    clean,
    id_of_cell,
    load_template,
    quote,
)
from analysis.intake.problem_page import write_csv, write_page
from analysis.intake.publication import Publication, read_publication
from analysis.wording import (
    name_place,
    note_finding,
    say_example,
    say_more,
    say_places,
    say_what_was_read,
    summarize_review,
    tabulate_review,
    title_review,
)
from analysis.wording.labels import LANGUAGE, labels

LABELS = {**INTAKE, **labels("ministry")}
NAMES, ASKED = labels("ministry.checks"), labels("ministry.asked")
REMEDIES, WHYS = labels("ministry.remedies"), labels("ministry.whys")
OUTCOMES, MARKS = labels("ministry.outcomes"), labels("ministry.marks")
REASONS = labels("ministry.reasons")
STYLE_OF = {FULFILLED: "read", UNFULFILLED: "doubt", BY_EYE: "left_out"}  # as the page of ingest
MOST_EXAMPLES = 3
SPAN = re.compile(r"\d+ x \d+")  # how far a cell is merged, which makes no other example
MOST_READ = 20_000  # cells of a file that is read for the page, too
NOT_QUOTED = ("1-1", "1-8")  # what stands there is no cell


def write_review(reviewed: Reviewed, path: Path) -> None:
    """Write every finding into a CSV that a spreadsheet opens."""
    write_csv(tabulate_review(list_findings(reviewed)), path)


def write_review_page(reviewed: Reviewed, path: Path) -> None:
    """Write the page of a file."""
    write_page(make_review_page(reviewed), path)


def make_review_page(reviewed: Reviewed) -> str:
    """What came of the fifteen checks as one page that needs nothing else.

    A table of the checks, then each that is not fulfilled: what it asks, where, with an example
    of the file itself what could be written, and why. Then the sheets with the places marked.
    """
    looked, outcomes = reviewed.looked, reviewed.outcomes
    file = clean(looked.known.file)
    counts = Counter(outcome.state for outcome in outcomes)
    publication = _read(reviewed)
    facts = publication.facts if publication else []
    people = {fact.cell for fact in facts if fact.note == PERSON}
    marker = _Marker(reviewed, people)
    sheets = marker.draw()
    shown = [_describe(outcome, marker) for outcome in outcomes]
    return load_template("review").render(
        labels=LABELS,
        file=file,
        title=title_review(file, reviewed.fulfilled),
        summary=summarize_review(counts),
        counts=[(STYLE_OF[c], MARKS[c], OUTCOMES[c], counts[c]) for c in STYLE_OF],
        checks=shown,
        improve=[check for check in shown if check["state"] == UNFULFILLED],
        read=_tell_read(publication),
        sheets=sheets,
        language=LANGUAGE,
    )


def _read(reviewed: Reviewed) -> Publication | None:
    """The file as ingest reads it, where that is quick."""
    known = reviewed.looked.known
    if sum(len(grid.cells) for grid in known.grids) > MOST_READ:
        return None
    return read_publication(known.file, known.grids)


def _tell_read(publication: Publication | None) -> str:
    if publication is None:
        return ""
    cells = {outcome: set[str]() for outcome in (READ, DOUBT, PROBLEM)}
    for fact in publication.facts:
        cells.get(fact.outcome, set()).add(fact.cell)
    read, doubts, problems = map(len, cells.values())
    return say_what_was_read(read, doubts, problems) if read else ""


def _describe(outcome: Outcome, marker: "_Marker") -> dict[str, Any]:
    check, found = outcome.check, outcome.findings
    more = len(found) - MOST_SPOTS
    return {
        "id": f"f1-i{check}",
        "number": check,
        "state": outcome.state,
        "style": STYLE_OF[outcome.state],
        "mark": MARKS[outcome.state],
        "outcome": OUTCOMES[outcome.state],
        "name": NAMES[check],
        "count": say_places(len(found)) if found else "",
        "reason": REASONS.get(outcome.reason, ""),
        "asked": ASKED[check],
        "remedy": REMEDIES[check],
        "why": WHYS[check],
        "examples": _list_examples(check, [f for f in found if not marker.hides(f)]),
        "spots": [_describe_spot(check, finding, marker) for finding in found[:MOST_SPOTS]],
        "more": say_more(more) if more > 0 else "",
    }


def _describe_spot(check: str, finding: Finding, marker: "_Marker") -> tuple[str, str, str, str]:
    """The id of a cell that is drawn, its place, what stands there, and what was found."""
    target = id_of_cell(1, finding.sheet, (finding.row, finding.column))
    printed = INTAKE["masked"] if marker.hides(finding) else quote(finding.printed)
    note = note_finding(check, finding.why, clean(finding.printed))
    is_quoted = bool(finding.printed) and check not in NOT_QUOTED
    return (
        target if target in marker.drawn else "",
        name_place(clean(finding.place)),
        printed if is_quoted else "",
        note,
    )


def _list_examples(check: str, findings: list[Finding]) -> list[str]:
    """How the first cells could be written, each way of writing once."""
    found: dict[str, str] = {}
    for finding in findings:
        kind = SPAN.sub("", finding.why)
        if kind not in found:
            cell = clean(finding.printed), clean(finding.instead)
            found[kind] = say_example(check, finding.why, *cell)
        if len(found) == MOST_EXAMPLES:
            break
    return list(filter(None, found.values()))


def _as_fact(check: str, finding: Finding) -> Fact:
    """A place as the drawing knows what became of a cell."""
    place = finding.place.partition(" column ")[0]
    column = finding.column if finding.column >= 0 else None
    return Fact(place, finding.printed, outcome=DOUBT, note=check, column=column)


class _Marker(Drawer):
    """Draws cells with the numbers of the checks that are about them; names of people are masked.

    Of a large file nothing is drawn.
    """

    def __init__(self, reviewed: Reviewed, people: set[str]) -> None:
        facts = [_as_fact(o.check, f) for o in reviewed.outcomes for f in o.findings]
        grids = reviewed.looked.grids
        self._publication = Publication(reviewed.looked.known.file, grids, [], facts)
        super().__init__(1, self._publication, [])
        self._people = people

    def draw(self) -> list[dict[str, Any]]:
        """The sheets for the template."""
        if is_too_large(self._publication.grids):
            return []
        drawings = draw_sheets(self._publication, join_facts(self._publication))
        sheets = [self.describe(number, drawing) for number, drawing in enumerate(drawings)]
        return [sheet for sheet in sheets if sheet["parts"]]

    def hides(self, finding: Finding) -> bool:
        """Whether the name of a person stands at a place."""
        return finding.place in self._people

    def is_masked(self, drawn: DrawnCell) -> bool:
        """Whether the name of a person stands in a cell."""
        return drawn.cell.name in self._people

    def describe_facts(self, facts: tuple[Fact, ...]) -> list[dict[str, Any]]:
        """A line for each check, with its number as a link to what is said of it."""
        checks = sorted({fact.note for fact in facts}, key=[*CHECKS].index)
        plain = {"outcome": DOUBT, "mark": "", "says": "", "why": "", "subject": ""}
        return [
            plain | {"name": NAMES[check], "issue": f"f1-i{check}", "number": check}
            for check in checks
        ]
