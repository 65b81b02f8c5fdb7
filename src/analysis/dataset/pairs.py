"""Load two editions of the data, to be compared: two folders, or two sources of one folder."""

import difflib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from analysis.dataset.folder import Folder, keep_folder
from analysis.dataset.load import Dataset, load
from analysis.dataset.locations import find_folder
from analysis.dataset.tables import PROGRAM, SOURCED, list_keys
from analysis.errors import DataError

MOST_NAMED = 12


def load_pair(
    old: str | Path, new: str | Path, data: str | Path | None = None
) -> tuple[Dataset, Dataset]:
    """Load two data folders; or with `data` two of its sources, each as if it stood alone.

    Raises
    ------
    DataError
        For all that is wrong with both names and folders at once: a name that is not there,
        with what there is; the problems of a folder.
    """
    if data is None:
        return _load_each((old, new), _load_folder)
    folder = keep_folder(data)
    sources = folder.tables["sources"]["source_id"].tolist()

    def load_source(name: str | Path) -> Dataset:
        if str(name) not in sources:
            there = _list_there(str(name), sources)
            raise DataError(f"{name}: {data} has no such source. {there}")
        return load_edition(folder, str(name))

    return _load_each((old, new), load_source)


def _load_each(
    names: tuple[str | Path, str | Path], load_one: Callable[[str | Path], Dataset]
) -> tuple[Dataset, Dataset]:
    loaded, wrong = [], []
    for name in names:
        try:
            loaded.append(load_one(name))
        except DataError as error:
            wrong.append(str(error))
    if wrong:
        raise DataError("\n".join(dict.fromkeys(wrong)))
    return loaded[0], loaded[1]


def _load_folder(name: str | Path) -> Dataset:
    try:
        find_folder(name)
    except DataError as error:
        path = Path(name)
        files = path.parent.glob("*/programs.*")
        folders = sorted({f.parent.name for f in files if f.suffix in (".csv", ".parquet")})
        there = f" {_list_there(path.name, folders)}" if folders else ""
        hint = "Two sources of one folder are compared with --data DIR."
        raise DataError(f"{error}{there} {hint}") from None
    return load(name)


def _list_there(name: str, names: Iterable[str]) -> str:
    """What there is instead of a name, and which of it looks like that."""
    there = list(names)
    near = difflib.get_close_matches(name, there, 1)
    more = f" and {len(there) - MOST_NAMED} more" if len(there) > MOST_NAMED else ""
    meant = f" Did you mean {near[0]}?" if near else ""
    return f"There is {', '.join(there[:MOST_NAMED])}{more}.{meant}"


def load_edition(folder: Folder, source_id: str) -> Dataset:
    """Load what one source of a folder prints, whether another supersedes it or not.

    A program that only its other rows name is shown as another source of the folder shows it.
    """
    tables = folder.tables
    rows = {
        name: np.flatnonzero(tables[name]["source_id"] == source_id)
        if name in (*SOURCED, "sources")
        else np.arange(len(tables[name]))
        for name in tables
    }
    rows["programs"] = _find_programs(tables, rows)
    taken: dict[str, Any] = {name: folder.take(name, found) for name, found in rows.items()}
    shown = folder.slices.find_years(None, None, None)
    return Dataset(
        **taken,
        rubrics=folder.rubrics,
        warnings=folder.warnings.copy(deep=False),
        shown_years=[key for key in shown if key[-1] == source_id],
    )


def _find_programs(tables: dict[str, Any], rows: dict[str, Any]) -> Any:
    """The rows of programs of a source, and of those that its other tables name alone."""
    programs = tables["programs"]
    keys = list_keys(programs, PROGRAM)
    own = {keys[row] for row in rows["programs"]}
    named = {
        key
        for name, table in tables.items()
        if set(PROGRAM) <= set(table)
        for key in list_keys(table.iloc[rows[name]], PROGRAM)
    }
    last = {key: row for row, key in enumerate(keys)}
    return np.sort([*rows["programs"], *(last[key] for key in named - own)]).astype(np.intp)
