"""Write a data folder once more, its tables as Parquet files."""

import os
from pathlib import Path
from shutil import copyfile

from analysis.dataset.check import check_folder
from analysis.dataset.files import find_table
from analysis.dataset.locations import BESIDE_TABLES, find_folder
from analysis.dataset.packed import PARQUET, pack_table
from analysis.dataset.problems import describe_problems
from analysis.dataset.tables import TABLES
from analysis.errors import DataError

ENDING = "_packed"  # of the name of the folder, where none is given


def pack(data: str | Path, to: str | Path | None = None) -> list[Path]:
    """Write a data folder with its tables as Parquet files, which is read as the one with CSVs.

    Parameters
    ----------
    data
        The folder. One whose tables are Parquet files already is copied.
    to
        Where to write; by default the folder's name with `_packed` behind it, beside it. Parquet
        files of tables that stand there are replaced, or removed where `data` has no such table.

    Returns
    -------
    The files that were written: the tables that `data` has, its rubrics, and what reading published
    files has left there (ingest.csv and the like), by which problems are traced.

    Raises
    ------
    DataError
        When `data` has errors (all of them, one a line), for what could not be read would be
        lost; when `to` holds tables as CSV, or is `data` itself.
    """
    folder = find_folder(data)
    target = Path(to) if to else folder.resolve().with_name(folder.resolve().name + ENDING)
    _refuse(folder, target)
    tables, _, problems = check_folder(folder)
    errors = problems[problems["severity"] == "error"]
    if len(errors):
        raise DataError(f"{data}: nothing was written\n{describe_problems(errors)}")
    (target / "rubrics").mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in tables.items():
        path = target / f"{name}{PARQUET}"
        if find_table(folder, name).is_file():
            written.append(_write(path, pack_table(table)))
        else:
            path.unlink(missing_ok=True)
    rubrics = sorted((folder / "rubrics").glob("*.toml"))
    beside = [folder / name for name in BESIDE_TABLES if (folder / name).is_file()]
    for path in (*rubrics, *beside):
        written.append(target / path.relative_to(folder))
        copyfile(path, written[-1])
    return written


def _refuse(folder: Path, target: Path) -> None:
    if target.resolve() == folder.resolve():
        raise DataError(f"{target} is the folder that is read. Give another one.")
    if target.exists() and not target.is_dir():
        raise DataError(f"{target} is a file. Give a folder.")
    there = [name for name in TABLES if (target / f"{name}.csv").exists()]
    if there:
        raise DataError(
            f"{target} holds tables as CSV ({', '.join(there)}): a table stands in one file only. "
            "Give another folder, or remove them."
        )


def _write(path: Path, data: bytes) -> Path:
    """Write a whole file or none."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_bytes(data)
    return half.replace(path)
