"""A file that a folder has been told of: it is read with what people corrected.

What corrections.csv says goes first. What was changed by hand in the tables becomes a line of
corrections.csv, where reading the file with it gives just that change; else it is said.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.errors import DataError
from analysis.intake.by_hand import (
    Change,
    find_changes,
    is_aside,
    is_same_value,
    list_texts,
)
from analysis.intake.corrections import (
    CORRECTIONS,
    Correction,
    Read,
    read_corrected,
    read_corrections,
    write_corrections,
)
from analysis.intake.facts import PROBLEM, Fact
from analysis.intake.grid import Grid
from analysis.intake.publication import Publication
from analysis.intake.store import read_as_written, read_facts, stands_as_written
from analysis.wording.labels import labels

MOST_SAID = 10
BY_HAND = labels("intake", LANGUAGE_OF_DOCUMENTS)["by_hand"]


class Rereading:
    """Reads the files of one command as corrected, and gathers what is to be said of it."""

    def __init__(self, folder: Path, tables: dict[str, pd.DataFrame]) -> None:
        self.folder, self.tables = folder, tables
        self.lines = read_corrections(folder)
        self.is_untouched = stands_as_written(folder)
        self.misfits: list[str] = []
        self.kept: list[Correction] = []
        self.lost: list[Change] = []
        self.files: set[str] = set()

    def read(
        self, grids: list[Grid], read: Read, name_file: Callable[[Publication], str]
    ) -> Publication:
        """Read a file as corrected; `name_file` names it in this folder once its year is known."""
        file = grids[0].file
        publication, misfits = read_corrected(self._list_lines(file), grids, read)
        name = name_file(publication)
        if name != file:
            publication, misfits = read_corrected(self._list_lines(name), grids, read)
        self.files.add(name)
        self.misfits += misfits
        return self._keep(name, publication, grids, read)

    def _list_lines(self, file: str) -> list[Correction]:
        return [line for line in self.lines if line.file == file]

    def _keep(
        self, file: str, publication: Publication, grids: list[Grid], read: Read
    ) -> Publication:
        """Keep what was changed by hand: each change gets the first text that is read as it."""
        if self.is_untouched:
            return publication
        written = read_as_written(self.folder)
        sure, unsure = find_changes(self.tables, read_facts(self.folder), file, written)
        texts = {cell.name: cell.text for grid in grids for cell in grid.cells.values()}
        own, before = self._list_lines(file), publication.facts
        open_changes: dict[str, tuple[Change, Iterator[str]]] = {}
        for change in sure:
            is_taken = any(line.cell == change.cell for line in own)
            if not is_taken and not _tells(publication.facts, change):
                ways = iter(list_texts(change, texts.get(change.cell, "")))
                open_changes[change.cell] = (change, ways)
        tried: dict[str, Correction] = {}
        wrong = [*open_changes]
        while wrong:
            for cell in wrong:
                change, ways = open_changes[cell]
                text = next(ways, None)
                tried.pop(cell, None)
                if text is not None:
                    said = BY_HAND.format(table=change.table)
                    tried[cell] = Correction(file, cell, texts[cell], text, said)
            publication, _ = read_corrected([*own, *tried.values()], grids, read)
            wrong = [c for c in tried if not _keeps(before, publication.facts, open_changes[c][0])]
        self.kept += [tried[cell] for cell in open_changes if cell in tried]
        self.lost += [one for one in (*sure, *unsure) if not _tells(publication.facts, one)]
        return publication

    def refuse(self) -> None:
        """Stop where a correction does not fit: all that do not at once."""
        if self.misfits:
            raise DataError("\n".join(self.misfits))

    def write(self) -> None:
        """Write what was kept into corrections.csv."""
        write_corrections(self.folder, self.kept)

    def say(self) -> list[str]:
        """Say what of the tables was kept, what could not be, and which lines are of no file."""
        said = []
        if self.kept:
            found = [f"{one.cell} {one.printed!r} -> {one.corrected!r}" for one in self.kept]
            said.append(f"changed by hand and kept, now in {CORRECTIONS}: {_list(found)}")
        if self.lost:
            found = [str(change) for change in self.lost]
            said.append(
                "changed by hand and read as printed again, as no one cell could be told: "
                f"{_list(found)}. A line in {CORRECTIONS} keeps what it says"
            )
        sources = self.tables.get("sources")
        known = self.files | (set() if sources is None else {*sources["place"]})
        strange = dict.fromkeys(line.file for line in self.lines if line.file not in known)
        if strange:
            said.append(f"{CORRECTIONS}: no such file was read: {_list([*strange])}")
        return said


def _list(found: list[str]) -> str:
    more = len(found) - MOST_SAID
    return "; ".join(found[:MOST_SAID]) + (f"; {more} more" if more > 0 else "")


def _of_change(fact: Fact, change: Change) -> bool:
    return (
        (fact.table, fact.program, fact.kpi) == (change.table, change.program, change.kpi)
        and fact.field == change.field
        and change.year in ("", str(fact.fiscal_year))
    )


def _tells(facts: list[Fact], change: Change) -> bool:
    """Whether a file is read as the table says by now."""
    told = [fact.value for fact in facts if fact.is_used and _of_change(fact, change)]
    if change.now is None:
        return not told
    return any(is_same_value(value, change.now) for value in told or [""])


def _keeps(before: list[Fact], after: list[Fact], change: Change) -> bool:
    """Whether reading a cell otherwise gives just that change, and nothing that is not read."""
    sides = (_list_others(facts, change) for facts in (before, after))
    is_read = not any(f.outcome == PROBLEM and f.cell == change.cell for f in after)
    return _tells(after, change) and is_read and len({*sides}) == 1


def _list_others(facts: list[Fact], change: Change) -> frozenset[tuple[object, ...]]:
    """What else the cell of a change tells; with a figure that was emptied its status goes, too."""
    return frozenset(
        (fact.table, fact.program, fact.kpi, fact.fiscal_year, fact.field, fact.value)
        for fact in facts
        if fact.cell == change.cell
        and fact.is_used
        and fact.field != change.field
        and (change.now or not is_aside(fact.field))
    )
