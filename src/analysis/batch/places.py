"""The places a command is given: whether they are there, before anything is read from them."""

import os
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from analysis.batch.outputs import DEFAULT, check_room, find_output
from analysis.environment import PACKAGE
from analysis.errors import DataError

NEVER_RUN = "explore"


def find_places(data: str, output: Path | None, notebooks: list[str]) -> Path:
    """Look for the data folder, the notebooks, and a place for the reports, which is returned.

    Raises
    ------
    DataError
        With all that are wrong, one a line: reading the data takes seconds, and a second mistake
        should not wait for the first to be mended.
    """
    found, problems = Path(), []
    try:
        found = find_output(data, output)
    except DataError as error:
        problems.append(str(error))
    for look in (lambda: find_notebooks(notebooks), lambda: check_room(output or Path(DEFAULT))):
        try:
            look()
        except DataError as error:
            problems.append(str(error))
    if problems:
        raise DataError("\n".join(dict.fromkeys(problems)))
    return found


def find_notebooks(names: list[str], folder: Path = Path("notebooks")) -> list[Path]:
    """Find notebooks by name or path; without names, all of the folder that are reports.

    Notebooks whose name begins with "explore" are a researcher's own and never run.
    """
    there = sorted(p for p in folder.glob("*.ipynb") if not p.stem.startswith(NEVER_RUN))
    if not names:
        if there:
            return there
        raise DataError(
            f"{folder}: no notebooks here. Run sosei in the project's folder, name a notebook by "
            "its path (--notebook path/to/mine.ipynb), or begin a study: sosei init my-study"
        )
    found: dict[Path, Path] = {}
    problems = []
    for name in names:
        path = Path(name) if name.endswith(".ipynb") else folder / f"{name}.ipynb"
        if not path.is_file() and path.parent == Path():
            path = folder / path  # by its name with the ending
        if path.is_file():
            found.setdefault(path.resolve(), Path(name_place(path)))
        else:
            problems.append(
                f"{name}: no such notebook.{_guess(path.stem, there)} There are: "
                f"{', '.join(p.stem for p in there) or 'none'}"
            )
    first: dict[str, Path] = {}
    for path in found.values():
        if first.setdefault(path.stem, path) != path:
            problems.append(
                f"{first[path.stem]} and {path}: two notebooks of one name would write the same "
                "reports. Rename one of them, or run each with an --output of its own."
            )
    if problems:
        raise DataError("\n".join(problems))
    return list(found.values())


def _guess(name: str, there: list[Path]) -> str:
    near = get_close_matches(name, [path.stem for path in there], 1)
    return f" Did you mean {near[0]}?" if near else ""


def name_place(path: Path) -> str:
    """A path relative to the working folder, where it can be: no ledger holds another."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # on another drive
        return str(path)


def find_in_the_way(folders: Iterable[str]) -> list[str]:
    """Name files that `import analysis` would find in JupyterLab instead of sosei's package.

    `folders` are the working folders of notebooks.
    """
    there = [
        Path(folder) / name
        for folder in sorted(set(folders))
        for name in ("analysis.py", "analysis/__init__.py")
    ]
    return [
        f"{path} is in the way: in JupyterLab `import analysis` finds it instead of sosei's "
        "package, under `sosei run` the package. Rename it."
        for path in there
        if path.is_file() and not path.samefile(PACKAGE / "__init__.py")
    ]
