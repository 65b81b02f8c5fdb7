"""A data folder as it was read, checked and converted; the last one is kept.

Reports of one process ask for slices of the same folder again and again. Nothing of what is
kept is ever handed out: `load` takes copies of rows, and rubrics are unpacked anew.
"""

import os
import pickle
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.asked import Names
from analysis.dataset.cells import convert
from analysis.dataset.check import check_folder
from analysis.dataset.checked import mark_folder, note_problems, recall_problems
from analysis.dataset.editions import find_replaced, number_figures, rank_sources
from analysis.dataset.locations import find_folder, hash_files, list_files
from analysis.dataset.problems import describe_problems
from analysis.dataset.reading import read_files
from analysis.dataset.slices import Rows, Slices
from analysis.dataset.tables import SOURCED
from analysis.environment import reading_for_itself
from analysis.errors import DataError

MOST_READINGS = 5  # of a folder that is written to while it is read
Stamp = tuple[tuple[str, int, int], ...]
_kept: dict[tuple[str, Stamp], "Folder"] = {}


class Folder:
    """The tables of a folder without errors, and what is computed from them once.

    `tables` and `warnings` are not to be changed by anyone, nor handed out without a copy. `digest`
    is the first 12 digits of the SHA-256 of all files it was read from.
    """

    def __init__(
        self,
        tables: dict[str, pd.DataFrame],
        rubrics: dict[str, dict[str, Any]],
        warnings: pd.DataFrame,
        digest: str,
    ) -> None:
        self.tables = tables
        self.warnings = warnings
        self.digest = digest
        self._rubrics = pickle.dumps(rubrics)  # four times quicker to copy than the dict

    @property
    def rubrics(self) -> dict[str, dict[str, Any]]:
        """The rubrics by name, new ones each time."""
        rubrics: dict[str, dict[str, Any]] = pickle.loads(self._rubrics)
        return rubrics

    def take(self, name: str, rows: Rows) -> pd.DataFrame:
        """Copy some rows of a table, numbered from zero; rows are in the order of the file."""
        if not len(rows):  # nothing in it to change
            return self._empty[name].copy(deep=False)
        first, behind = int(rows[0]), int(rows[-1]) + 1
        if behind - first == len(rows):  # side by side, as most slices stand: twice as quick
            taken = self.tables[name].iloc[first:behind].copy()
        else:
            taken = self.tables[name].take(rows)
        taken.index = pd.RangeIndex(len(rows))
        return taken

    @cached_property
    def _empty(self) -> dict[str, pd.DataFrame]:
        return {name: table.iloc[:0].copy() for name, table in self.tables.items()}

    @cached_property
    def names(self) -> Names:
        """The governments and programs by whatever they are asked for."""
        return Names(self.tables["programs"])

    @cached_property
    def slices(self) -> Slices:
        """The rows of every slice."""
        return Slices(self.tables)

    def split_editions(self, name: str, rows: Rows) -> tuple[Rows, Rows]:
        """Split some rows of a table into the latest word on each figure and the superseded.

        An edition that supersedes another replaces it whole in each program and year it shows.
        Of amounts of one kind and nature from two sources only those of the later stand:
        sources are never added.
        """
        if name not in SOURCED:
            return rows, rows[:0]
        figure, rank, replaced = self._editions[name]
        order = np.lexsort((rank[rows], figure[rows]))
        ordered, ranks = figure[rows][order], rank[rows][order]
        last = np.ones(len(rows), dtype=bool)
        last[:-1] = ordered[1:] != ordered[:-1]
        of_last = np.repeat(ranks[last], np.diff(np.append(-1, np.flatnonzero(last))))
        superseded = np.zeros(len(rows), dtype=bool)
        superseded[order] = ranks < of_last
        superseded |= replaced[rows]
        return rows[~superseded], rows[superseded]

    @cached_property
    def _editions(self) -> dict[str, tuple[Rows, Rows, Any]]:
        """By table, for each row the number of its figure, its source's rank, and if replaced."""
        sources = self.tables["sources"]
        rank = rank_sources(sources)
        position = pd.Index(sources["source_id"])
        replaced = find_replaced(self.tables)
        return {
            name: (
                number_figures(name, self.tables[name]),
                rank[position.get_indexer(self.tables[name]["source_id"])],
                replaced.get(name, np.zeros(len(self.tables[name]), dtype=bool)),
            )
            for name in SOURCED
        }


def keep_folder(data: str | Path) -> Folder:
    """Read a data folder, or return it as kept if no file in it has changed since.

    Raises
    ------
    DataError
        When there is no such folder, or it has errors (all of them, one a line); it is then
        read again the next time.
    """
    folder = find_folder(data)
    with reading_for_itself():
        real = Path(os.path.realpath(folder))  # the same from every working folder
        key = (str(real), _stamp(real))
        if key not in _kept:
            read = _read(folder)
            for _ in range(MOST_READINGS):
                if key[1] == (stamp := _stamp(real)):
                    break
                key, read = (key[0], stamp), _read(folder)  # it was written to meanwhile
            _kept.clear()
            _kept[key] = read
    return _kept[key]


def _stamp(folder: Path) -> Stamp:
    """Name, time and size of every file that has a say in what is loaded."""
    stats = [(str(path), path.stat()) for path in list_files(folder)]
    return tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats)


def _read(folder: Path) -> Folder:
    mark = mark_folder(folder)
    problems = recall_problems(folder, mark)
    if problems is None:
        tables, rubrics, problems = check_folder(folder)
        errors = problems[problems["severity"] == "error"]
        if len(errors):
            raise DataError(
                f"{folder}: {len(errors)} problem(s) in the data\n{describe_problems(errors)}"
            )
        note_problems(folder, mark, problems)
    else:
        tables, rubrics, *_ = read_files(folder)
    converted = {
        name: convert(name, table).reset_index(drop=True) for name, table in tables.items()
    }
    return Folder(
        converted,
        rubrics,
        problems[problems["severity"] != "error"],
        hash_files(folder),
    )
