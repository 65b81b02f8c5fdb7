"""A folder of one's own to begin with: tables, notebooks, a workbook to fill in, how to go on."""

import shutil
from contextlib import chdir
from pathlib import Path

from analysis.environment import PACKAGE
from analysis.errors import DataError
from analysis.intake.new import new_year

OWN = PACKAGE / "study"  # its README; in an installed package the notebooks and tables, too
PARTS = ("data", "notebooks", "docs/examples")
README = "README.md"
EXAMPLE = ("082201", 2019)  # what the workbook is to be filled in with: its year before is there


def begin_study(folder: Path) -> list[Path]:
    """Put all that `sosei run` needs into a folder, and a workbook to fill in.

    Parameters
    ----------
    folder
        A folder that is made, or one in which nothing of the same name stands yet.

    Returns
    -------
    What was put there.

    Raises
    ------
    DataError
        When anything of it is there already: nothing is written then.
    """
    code, year = EXAMPLE
    workbook = folder / f"{code}_{year}.xlsx"
    made = [*(folder / name.split("/")[0] for name in (*PARTS, README)), workbook]
    if there := [path for path in made if path.exists()]:
        listed = ", ".join(map(str, there))
        raise DataError(f"{listed}: already there, so nothing was written. Name a new folder.")
    if folder.exists() and not folder.is_dir():
        raise DataError(f"{folder} is a file. Name a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        shutil.copytree(_find(name), folder / name, ignore=shutil.ignore_patterns(".*"))
    shutil.copyfile(OWN / README, folder / README)
    with chdir(folder):  # the workbook says by which command it is read, typed there
        new_year("data", code, year)
    return made


def _find(name: str) -> Path:
    """Where the package, or the project it is developed in, has one of the parts."""
    installed = OWN / name
    return installed if installed.is_dir() else PACKAGE.parents[1] / name
