"""A published file -> how far it follows the ministry's rule for machine-readable tables.

A check that could not look says so and is never called fulfilled (`ministry_untold`): of an old
workbook nobody here sees the shapes, and where no table was found nothing is said of its columns.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.dataset.problems import escape
from analysis.intake.ministry import (
    BY_EYE,
    CHECKS,
    FULFILLED,
    UNFULFILLED,
    Finding,
    Looked,
    Outcome,
    at_cell,
)
from analysis.intake.ministry_cells import (
    find_blanks,
    find_characters,
    find_marks,
    find_texts,
)
from analysis.intake.ministry_data import find_several_data
from analysis.intake.ministry_regions import find_regions
from analysis.intake.ministry_tables import (
    find_cuts,
    find_eras,
    find_left_out,
    find_several_tables,
    find_without_unit,
)
from analysis.intake.ministry_untold import REASONS, REMARKS, UNTOLD
from analysis.intake.readers import read_known
from analysis.intake.stored import Thing, read_stored

PAPERS = (".html", ".htm", ".pdf")
COLUMNS = ("check", "name", "outcome", "sheet", "place", "printed", "instead", "why")


class Reviewed(NamedTuple):
    """A file and what came of the fifteen checks."""

    looked: Looked
    outcomes: list[Outcome]

    @property
    def fulfilled(self) -> int:
        """How many checks are fulfilled."""
        return sum(outcome.state == FULFILLED for outcome in self.outcomes)


def check_file(path: Path | str) -> pd.DataFrame:
    """Look how far a published file follows the ministry's rule for machine-readable tables.

    The rule is 統計表における機械判読可能なデータの表記方法の統一ルール (総務省, 2020-12-18)
    with its fifteen checks; docs/checking.md tells how each is looked at and what is not seen.

    Parameters
    ----------
    path
        A workbook, CSV, web page, PDF or JSON; no archive.

    Returns
    -------
    A row for each place at which a check is not fulfilled, and one for each other check: `check`
    (its number, 1-1 to 2-2), `name`, `outcome` (`fulfilled`, `not_fulfilled`, or `by_eye`, where
    nothing can be said), `sheet`, `place` (the cell), `printed`, `instead` (what could stand there,
    where that can be told), `why` (a code; of `by_eye` the reason).

    Raises
    ------
    DataError
        If the file cannot be read.

    Examples
    --------
    >>> found = check_file("docs/examples/tsukuba_h30.xlsx")
    >>> found.loc[found["check"] == "1-3", ["place", "printed", "instead"]].values.tolist()
    [['指標一覧!J11', '推 4,600', '4600']]
    """
    return list_findings(review_file(path))


def review_file(path: Path | str) -> Reviewed:
    """Read a published file and make the fifteen checks.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    known = read_known(Path(path))
    return review(Looked(known, read_stored(known)))


def review(looked: Looked) -> Reviewed:
    """Make the fifteen checks of a file that is read."""
    return Reviewed(looked, [_conclude(looked, check) for check in CHECKS])


def list_findings(reviewed: Reviewed) -> pd.DataFrame:
    """The outcomes as a table, as `check_file` gives it."""
    grids = reviewed.looked.grids
    rows = []
    for outcome in reviewed.outcomes:
        said = (outcome.check, CHECKS[outcome.check], outcome.state)
        for finding in outcome.findings:
            sheet = grids[finding.sheet].name if grids else ""
            told = (sheet, finding.place, finding.printed, finding.instead, finding.why)
            rows.append((*said, *map(escape, told)))
        if not outcome.findings:
            rows.append((*said, "", "", "", "", outcome.reason))
    return pd.DataFrame(rows, columns=[*COLUMNS]).astype("str")


def describe_outcomes(reviewed: Reviewed, most: int = 5) -> str:
    """Say what came of each check in a line, with the first places, and the sum of them."""
    lines = []
    for outcome in reviewed.outcomes:
        line = f"{outcome.check:>4} {outcome.state.replace('_', ' ')}: {CHECKS[outcome.check]}"
        count = len(outcome.findings)
        if count:
            places = ", ".join(escape(finding.place) for finding in outcome.findings[:most])
            line += f": {count:,} at {places}" + (", …" if count > most else "")
        elif outcome.reason:
            line += f" ({REASONS[outcome.reason]})"
        lines.append(line)
    file = reviewed.looked.known.file
    lines.append(f"{file}: {reviewed.fulfilled} of {len(CHECKS)} fulfilled")
    return "\n".join(lines)


def _conclude(looked: Looked, check: str) -> Outcome:
    found = tuple(FINDERS[check](looked))
    if found:
        return Outcome(check, UNFULFILLED, found)
    reason = UNTOLD[check](looked)
    state = FULFILLED if not reason or reason in REMARKS else BY_EYE
    return Outcome(check, state, (), reason)


def _find_format(looked: Looked) -> Iterator[Finding]:
    """1-1: a paper or a web page, beside which the table itself should be published."""
    if looked.known.kind in PAPERS:
        yield Finding(0, looked.known.file, looked.known.kind, "", "paper")


def _find_merged(looked: Looked) -> Iterator[Finding]:
    """1-4: cells that stand for several; titles outside the tables apart, and empty ones too."""
    inside = {(n, row) for n, area in looked.tables for row in (*area.header, *area.body)}
    seen = set()
    for number, cell in looked.cells:
        if cell.rows * cell.columns > 1:
            seen.add((looked.grids[number].name, cell.row, cell.column))
            span = f"{cell.rows} x {cell.columns}"
            yield at_cell(number, cell, "", span if (number, cell.row) in inside else "title")
    shown = {grid.name: grid for _, grid in looked.shown}
    for place, (rows, columns) in looked.stored.merged.items():
        name, row, column = place
        if name in shown and place not in seen and (row, column) not in shown[name].cells:
            yield looked.place_thing(Thing(place, ""), f"{rows} x {columns}")


def _find_formulas(looked: Looked) -> Iterator[Finding]:
    """1-7: cells that are computed."""
    for thing in looked.stored.formulas:
        yield looked.place_thing(thing)


def _find_objects(looked: Looked) -> Iterator[Finding]:
    """1-8: what lies over the cells."""
    for thing in looked.stored.objects:
        yield looked.place_thing(thing, thing.said)


FINDERS: dict[str, Callable[[Looked], Iterable[Finding]]] = {
    "1-1": _find_format,
    "1-2": find_several_data,
    "1-3": find_texts,
    "1-4": _find_merged,
    "1-5": find_blanks,
    "1-6": find_left_out,
    "1-7": _find_formulas,
    "1-8": _find_objects,
    "1-9": find_without_unit,
    "1-10": find_characters,
    "1-11": find_eras,
    "1-12": find_regions,
    "1-13": find_marks,
    "2-1": find_cuts,
    "2-2": find_several_tables,
}
