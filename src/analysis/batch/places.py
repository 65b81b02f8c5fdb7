"""The places a command is given: whether they are there, before anything is read from them."""

import os
from pathlib import Path

from analysis.batch.jobs import find_notebooks
from analysis.errors import DataError
from analysis.intake.check import find_folder


def check_places(data: str, output: Path, notebooks: list[str]) -> None:
    """Look for the data folder, the notebooks, and a place for the reports.

    Raises
    ------
    DataError
        With all that are wrong, one a line: reading the data takes seconds, and a second mistake
        should not wait for the first to be mended.
    """
    problems = []
    for look in (
        lambda: find_folder(data),
        lambda: find_notebooks(notebooks),
        lambda: _find_room(output),
    ):
        try:
            look()
        except DataError as error:
            problems.append(str(error))
    if problems:
        raise DataError("\n".join(problems))


def _find_room(output: Path) -> None:
    """Find the folder for the reports, or the nearest one above in which it can be made."""
    there = next(place for place in (output, *output.absolute().parents) if os.path.lexists(place))
    why = "it is no folder" if there == output else f"{there.name} is no folder"
    if there.is_dir():
        if there == output or os.access(there, os.W_OK):
            return
        why = f"nothing may be written into {there.name}"
    raise DataError(
        f"{output}: reports cannot be written there: {why}. Choose another folder with --output."
    )
