"""Where a data folder and its rubrics stand, whatever folder a notebook runs in."""

import hashlib
import os
from pathlib import Path

from analysis.environment import DATA_VARIABLE, ROOT_VARIABLE, name_file
from analysis.errors import DataError

PACKAGE = Path(__file__).parents[1]
OWN_RUBRICS = [
    os.path.realpath(folder)
    for folder in (PACKAGE / "rubrics", PACKAGE.parents[1] / "data" / "rubrics")
]
ENDINGS = (".csv", ".CSV", ".parquet", ".toml")  # of tables and rubrics
BESIDE_TABLES = (
    "ingest.csv",
    "kpi_settings.csv",
    "corrections.csv",
)  # what reading published files leaves


def find_folder(data: str | Path) -> Path:
    """Return the folder as given, or the nearest one of that name in the folders above.

    In a report the run's own data folder, by the name the command was given, is the command's,
    whatever stands beside the notebook; and what is not found there is looked for from the
    working folder of the command.

    Raises
    ------
    DataError
        When there is no such folder.
    """
    given = Path(data)
    for candidate in _list_candidates(given):
        if candidate.is_dir():
            return given if given.is_absolute() else Path(os.path.relpath(candidate))
    nowhere = "there is no such folder" + ("" if given.is_absolute() else " here or above")
    raise DataError(
        f"{data}: {'this is a file' if given.is_file() else nowhere}. "
        "Give the folder that holds programs.csv and the other tables."
    )


def _list_candidates(given: Path) -> list[Path]:
    here = [folder / given for folder in (Path.cwd(), *Path.cwd().parents)]  # if it is relative
    root = os.environ.get(ROOT_VARIABLE)
    if not root or given.is_absolute():
        return here
    there = [folder / given for folder in (Path(root), *Path(root).parents)]
    return there + here if str(given) == os.environ.get(DATA_VARIABLE) else here + there


def name_folder(data: str | Path) -> str:
    """A data folder as the run of this report knows it: as seen from the command's folder."""
    try:
        found = find_folder(data)
    except DataError:  # there is none
        return str(data) if not Path(data).is_absolute() else name_file(data)
    return name_file(found) if ROOT_VARIABLE in os.environ else str(data)


def list_rubric_folders(folder: Path) -> list[str]:
    """List where the rubrics of a folder are read from; a later file overrides one of its name."""
    return list(dict.fromkeys([*OWN_RUBRICS, os.path.realpath(folder / "rubrics")]))


def list_rubric_files(folder: Path) -> list[Path]:
    """List the rubric files of a folder in the order in which they are read."""
    return [path for f in list_rubric_folders(folder) for path in sorted(Path(f).glob("*.toml"))]


def list_files(folder: Path) -> list[Path]:
    """List every file that has a say in what is loaded from a folder: its tables and rubrics."""
    folders = [f for f in (folder, *map(Path, list_rubric_folders(folder))) if f.is_dir()]
    files = [path for f in folders for path in f.iterdir() if path.name.endswith(ENDINGS)]
    files = [path for path in files if path.name not in BESIDE_TABLES]
    return sorted((path for path in files if path.is_file()), key=str)


def hash_files(folder: Path) -> str:
    """The first 12 digits of the SHA-256 of the names and contents of those files."""
    digest = hashlib.sha256()
    for path in list_files(Path(os.path.realpath(folder))):
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def hash_names(folder: Path) -> str:
    """The first 12 digits of the SHA-256 of the names of all that is in a folder and its rubrics'.

    What is neither a table nor a rubric is no part of the data, but may be a problem of the folder.
    """
    places = [folder, *map(Path, list_rubric_folders(folder))]
    there = [sorted(place.iterdir()) if place.is_dir() else [] for place in places]
    names = [[(path.name, path.is_dir(), path.is_file()) for path in some] for some in there]
    return hashlib.sha256(repr(names).encode()).hexdigest()[:12]
