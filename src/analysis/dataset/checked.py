"""That a large folder has no errors, and its doubts, as a check has found it: not to check again.

To check a nation takes many times as long as to read it. What was found is noted in the user's
cache, one small file for each folder, and holds for that day (some doubts hang on it), for these
very files, this code and these libraries; in any other case, and in doubt, the folder is checked.
`sosei check` always checks.
"""

import hashlib
import json
import os
import sys
from contextlib import suppress
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from analysis.dataset.locations import PACKAGE, hash_files, hash_names, list_files
from analysis.dataset.problems import PROBLEM_COLUMNS

CACHE_VARIABLE = "XDG_CACHE_HOME"  # where a user's caches are; else in .cache
LARGE = 1_000_000  # bytes of all files: a smaller folder is soon checked
LIBRARIES = ("numpy", "pandas", "pyarrow")
OF_THE_CODE = (".py", ".toml", ".otf")


def mark_folder(folder: Path) -> str:
    """What a check of a folder hangs on, as one hash; "" of one that is soon checked."""
    if sum(path.stat().st_size for path in list_files(folder)) < LARGE:
        return ""
    code = hashlib.sha256()
    for path in sorted(path for path in PACKAGE.rglob("*") if path.suffix in OF_THE_CODE):
        code.update(f"{path}\0".encode() + path.read_bytes())
    versions = [sys.version, *map(version, LIBRARIES)]
    hangs_on = [hash_files(folder), hash_names(folder), code.hexdigest(), versions]
    return hashlib.sha256(json.dumps([*hangs_on, str(date.today())]).encode()).hexdigest()


def recall_problems(folder: Path, mark: str) -> pd.DataFrame | None:
    """The doubts and notes that a check of the folder has found, None where it is not known.

    A folder in which a check has found errors is not known.
    """
    try:
        noted = json.loads(_name(folder).read_text(encoding="utf-8")) if mark else {}
        if not mark or noted["mark"] != mark:
            return None
        problems = pd.DataFrame(noted["problems"], columns=PROBLEM_COLUMNS)
        return problems.astype({"row": "Int64", "rows": "int64"})
    except (OSError, ValueError, KeyError, TypeError):  # not noted, or not as it was written
        return None


def note_problems(folder: Path, mark: str, problems: pd.DataFrame) -> None:
    """Note what a check of a folder without errors has found, if the folder is still the same.

    Where the cache cannot be written nothing is noted.
    """
    if not mark or mark_folder(folder) != mark:
        return
    rows = json.loads(problems.to_json(orient="values"))
    path = _name(folder)
    half = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(json.dumps({"mark": mark, "problems": rows}), encoding="utf-8")
        half.replace(path)
    except OSError:
        with suppress(OSError):
            half.unlink()


def _name(folder: Path) -> Path:
    cache = Path(os.environ.get(CACHE_VARIABLE) or f"{os.environ.get('HOME', '')}/.cache")
    name = hashlib.sha256(os.path.realpath(folder).encode()).hexdigest()[:16]
    return cache / "sosei" / "checked" / f"{name}.json"
