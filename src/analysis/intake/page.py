"""What became of files, as one page: what is asked, and each sheet with its cells marked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from analysis.intake.drawing import (
    Corner,
    Drawing,
    DrawnCell,
    DrawnRow,
    FactsOfCells,
    Part,
    draw_sheets,
    join_facts,
)
from analysis.intake.facts import DOUBT, LEFT_OUT, OUTCOMES, PROBLEM, READ, Fact
from analysis.intake.grid import letter_of
from analysis.intake.publication import Publication
from analysis.page.export import TEMPLATE
from analysis.page.export.clean import CONTROLS
from analysis.wording import (
    advise_on_note,
    describe_note,
    name_grid,
    name_issue,
    name_place,
    say_bare_columns,
    say_columns,
    say_fact,
    say_legend,
    say_more,
    say_nothing_to_draw,
    say_subject,
    say_what_is_left_out,
    say_year,
    summarize_outcomes,
)
from analysis.wording.labels import LANGUAGE, STATUSES, labels

INTAKE = labels("intake")
MARKS = labels("intake_marks")
OUTCOME_NAMES = labels("intake_outcomes")
PERSON = "person"  # the note of a cell with the name of somebody, which is not passed on
LONGEST_SHOWN = 600  # of the text of a cell
LONGEST_QUOTED = 40
MOST_SPOTS = 24  # of one thing that is asked
MOST_UPRIGHT = 7  # columns on a sheet of paper that stands
SHOWN = (READ, DOUBT, PROBLEM, LEFT_OUT)


@dataclass(frozen=True)
class Issue:
    """One thing that is asked of the publisher, with every fact it is asked about."""

    number: int
    outcome: str
    says: str
    facts: tuple[Fact, ...]


def write_page(publications: list[Publication], path: Path) -> None:
    """Write the page of what became of files."""
    path.write_text(make_page(publications), encoding="utf-8")


def make_page(publications: list[Publication]) -> str:
    """What became of files, as one page of HTML that needs nothing else.

    For each file: what was read, what is to be asked of its publisher, and its sheets as grids in
    which each cell is marked by what it became.
    """
    files = [_describe(number, one) for number, one in enumerate(publications, 1)]
    return load_template("page").render(
        files=files,
        labels=INTAKE,
        signs=[(code, MARKS[code], OUTCOME_NAMES[code]) for code in SHOWN],
        language=LANGUAGE,
    )


@cache
def load_template(name: str) -> Template:
    """Load the template of a page of this room; all that comes from data is escaped in it."""
    folders = [Path(__file__).parent, TEMPLATE]
    environment = Environment(loader=FileSystemLoader(folders), autoescape=True)
    return environment.get_template(f"{name}.html.j2")


def _describe(number: int, publication: Publication) -> dict[str, Any]:
    """One file for the template."""
    joined = join_facts(publication)
    issues = find_issues(publication.facts)
    counts = Counter(fact.outcome for fact in publication.facts)
    file = clean(publication.file)
    targets = _find_targets(number, joined)
    return {
        "id": f"f{number}",
        "name": file,
        "remark": publication.remark,
        "title": clean(publication.context.title) if publication.contexts else "",
        "summary": summarize_outcomes(file, {code: counts[code] for code in OUTCOMES}),
        "counts": [(code, MARKS[code], OUTCOME_NAMES[code], counts[code]) for code in SHOWN],
        "said": _list_what_is_said(publication),
        "issues": [_describe_issue(number, issue, targets) for issue in issues],
        "sheets": _describe_sheets(number, publication, joined, issues),
    }


def find_issues(facts: Iterable[Fact]) -> list[Issue]:
    """Put together the facts about which the same is asked, problems before doubts."""
    groups: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in dict.fromkeys(facts):
        if fact.outcome in (PROBLEM, DOUBT):
            key = (fact.outcome, name_issue(fact.note), advise_on_note(fact.note))
            groups.setdefault(key, []).append(fact)
    ordered = sorted(groups.items(), key=lambda item: item[0][0] != PROBLEM)
    return [
        Issue(number, outcome, says, tuple(found))
        for number, ((outcome, says, _), found) in enumerate(ordered, 1)
    ]


def _find_targets(number: int, joined: FactsOfCells) -> dict[Fact, str]:
    """The id in the page of the cell of each fact."""
    return {
        fact: id_of_cell(number, sheet, corner)
        for sheet, found in enumerate(joined.by_corner)
        for corner, facts in found.items()
        for fact in facts
    }


def id_of_cell(file: int, sheet: int, corner: Corner) -> str:
    """The id in a page of a cell of a file and sheet, both by number."""
    return f"f{file}-s{sheet + 1}-{letter_of(corner[1])}{corner[0] + 1}"


def _describe_issue(file: int, issue: Issue, targets: dict[Fact, str]) -> dict[str, Any]:
    spots = {
        (targets.get(fact, ""), _name_place_of(fact), quote(fact.printed)): say_subject(
            clean(fact.program), clean(fact.kpi)
        )
        for fact in issue.facts
    }
    more = len(spots) - MOST_SPOTS
    return {
        "id": f"f{file}-i{issue.number}",
        "number": issue.number,
        "outcome": issue.outcome,
        "mark": MARKS[issue.outcome],
        "name": OUTCOME_NAMES[issue.outcome],
        "says": clean(issue.says),
        "remedy": advise_on_note(issue.facts[0].note),
        "spots": [(*spot, subject) for spot, subject in spots.items()][:MOST_SPOTS],
        "more": say_more(more) if more > 0 else "",
    }


def _name_place_of(fact: Fact) -> str:
    return name_place(clean(fact.place), "" if fact.column is None else letter_of(fact.column))


def quote(text: str) -> str:
    """The beginning of a text on one line, for a list of places."""
    plain = " ".join(clean(text).split())
    return plain if len(plain) <= LONGEST_QUOTED else f"{plain[:LONGEST_QUOTED]}…"


def _list_what_is_said(publication: Publication) -> list[tuple[str, str]]:
    """What holds for the whole file: publisher, year, edition, unit of money, marks."""
    contexts, missing = publication.contexts, INTAKE["not_said"]
    units = [unit for context in contexts for _, unit in context.money_units]
    has_money = any(fact.table == "budgets" for fact in publication.facts)
    said = [
        ("publisher", _join(c.publisher for c in contexts) or missing),
        ("fiscal_year", _join(say_year(c.year) for c in contexts if c.year) or missing),
        (
            "edition",
            _join(STATUSES.get(c.status, c.status) for c in contexts) or INTAKE["as_published"],
        ),
    ]
    if units or has_money:
        said.append(("money_unit", _join(units) or INTAKE["as_printed"]))
    printed = [fact.printed.strip() for fact in publication.facts]
    marks = {
        mark: word
        for context in contexts
        for mark, word in context.legend.items()
        if word and any(text.startswith(mark) or text.endswith(mark) for text in printed)
    }
    if marks:
        said.append(("legend", say_legend(marks)))
    return [(INTAKE[code], clean(text)) for code, text in said]


def _join(texts: Iterable[str]) -> str:
    return labels("signs")["joint"].join(dict.fromkeys(filter(None, texts)))


def _describe_sheets(
    number: int, publication: Publication, joined: FactsOfCells, issues: list[Issue]
) -> list[dict[str, Any]]:
    drawer = Drawer(number, publication, issues)
    drawings = draw_sheets(publication, joined)
    return [drawer.describe(sheet, drawing) for sheet, drawing in enumerate(drawings)]


class Drawer:
    """Words what is drawn of a file; every cell knows what is asked about it by number."""

    def __init__(self, file: int, publication: Publication, issues: list[Issue]) -> None:
        self._file = file
        self.numbers = {fact: issue.number for issue in issues for fact in issue.facts}
        self._cells = sum(len(grid.cells) for grid in publication.grids)
        self.drawn: set[str] = set()
        self._units = {
            (fact.program, fact.kpi, fact.fiscal_year): fact.value
            for fact in publication.facts
            if fact.field == "unit"
        }

    def describe(self, sheet: int, drawing: Drawing) -> dict[str, Any]:
        """One sheet for the template."""
        grid = drawing.grid
        place = next((cell.place for cell in grid.cells.values()), "")
        notes = []
        if drawing.left_out and any(part.rows for part in drawing.parts):
            notes.append(say_what_is_left_out(self._cells, drawing.left_out))
        elif drawing.left_out:
            notes.append(say_nothing_to_draw(drawing.left_out))
        if drawing.bare:
            notes.append(say_bare_columns(drawing.bare))
        return {
            "id": f"f{self._file}-s{sheet + 1}",
            "name": clean(name_grid(grid.name, place)),
            "notes": notes,
            "is_hidden": grid.hidden,
            "is_wide": any(len(part.letters) > MOST_UPRIGHT for part in drawing.parts),
            "before": [clean(text) for text in grid.before],
            "after": [clean(text) for text in grid.after],
            "parts": [self._describe_part(sheet, part) for part in drawing.parts if part.rows],
        }

    def _describe_part(self, sheet: int, part: Part) -> dict[str, Any]:
        rows = [self._describe_row(sheet, row) for row in part.rows]
        name = say_columns(part.letters[0], part.letters[-1])
        return {"letters": part.letters, "rows": rows, "name": name}

    def _describe_row(self, sheet: int, row: DrawnRow) -> dict[str, Any]:
        cells = [cell and self._describe_cell(sheet, cell) for cell in row.cells]
        return {"number": row.number + 1, "is_after_gap": row.is_after_gap, "cells": cells}

    def _describe_cell(self, sheet: int, drawn: DrawnCell) -> dict[str, Any]:
        cell = drawn.cell
        shown = (cell.shown or INTAKE["empty"]) if cell.corrected else cell.text
        text = INTAKE["masked"] if self.is_masked(drawn) else clean(shown)
        name = id_of_cell(self._file, sheet, (cell.row, cell.column))
        is_drawn = name in self.drawn  # in the part of the sheet before
        self.drawn.add(name)
        return {
            "id": "" if is_drawn else name,
            "text": text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…",
            "state": drawn.state,
            "rows": drawn.rows,
            "columns": drawn.columns,
            "is_alone": drawn.is_alone,
            "is_hidden": cell.hidden,
            "is_struck": cell.struck,
            "comment": clean(cell.comment),
            "lines": self.describe_facts(drawn.facts),
        }

    def is_masked(self, drawn: DrawnCell) -> bool:
        """Whether a cell holds the name of somebody, which is not passed on."""
        return any(fact.note == PERSON for fact in drawn.facts)

    def describe_facts(self, facts: tuple[Fact, ...]) -> list[dict[str, Any]]:
        """A line for each thing that a cell became; what differs in its year only is one."""
        groups: dict[tuple[Any, ...], list[Fact]] = {}
        used = {(fact.table, fact.field, fact.value) for fact in facts if fact.is_used}
        for fact in facts:
            if fact.outcome == LEFT_OUT and (fact.table, fact.field, fact.value) in used:
                continue
            unit = self._units.get((fact.program, fact.kpi, fact.fiscal_year), "")
            what = (fact.outcome, fact.table, fact.field, fact.value, fact.note, unit)
            groups.setdefault(what, []).append(fact)
        return [self._describe_line(found, what[-1]) for what, found in groups.items()]

    def _describe_line(self, facts: list[Fact], unit: str) -> dict[str, Any]:
        first = facts[0]
        years = [fact.fiscal_year for fact in facts if fact.fiscal_year is not None]
        value = "" if first.outcome == PROBLEM else first.value  # which is in no table
        became = say_fact(first.table, first.field, years, value, first.printed, unit)
        why = describe_note(first.note) if first.note else ""
        issue = self.numbers.get(first)
        return {
            "outcome": first.outcome,
            "mark": MARKS[first.outcome],
            "name": OUTCOME_NAMES[first.outcome],
            "says": clean(became),
            "why": clean(why),
            "subject": say_subject(clean(first.program), clean(first.kpi)),
            "issue": f"f{self._file}-i{issue}" if issue else "",
            "number": issue or "",
        }


def clean(text: str) -> str:
    """A text of a file without characters that control a terminal or the order of letters."""
    return CONTROLS.sub("\ufffd", text.replace("\r\n", "\n"))
