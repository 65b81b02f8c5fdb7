"""The places a command is given: whether they are there, before anything is read from them."""

from pathlib import Path

from analysis.batch.jobs import find_notebooks
from analysis.batch.outputs import DEFAULT, check_room, find_output
from analysis.errors import DataError


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
