"""Where a notebook's figures and tables go: into the report's own folder.

A report under `sosei run` has its folder in the environment; in JupyterLab the folder is
outputs/explore of the project.
"""

import os
import re
from html import escape
from pathlib import Path
from urllib.parse import quote

from analysis.environment import REPORT_VARIABLE
from analysis.errors import DataError

UNFIT_FOR_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]|^[ .]|[ .]$')
LONGEST_NAME = 150  # bytes, of the 255 that a file's name may have


def new_files(kind: str, name: str, *endings: str) -> list[Path]:
    """The files of one name; their folder is made.

    Reports of several notebooks may share a folder, so every name begins with its notebook. In
    JupyterLab a cell that is run again writes its files again; in a report a file that is there
    is another cell's.
    """
    what = f"show_{kind.removesuffix('s')}: the name {name!r}"
    if not name or UNFIT_FOR_A_NAME.search(name) or len(name.encode()) > LONGEST_NAME:
        raise DataError(
            f"{what} is not fit for a file. Write letters, digits, - and _, such as 'progress', "
            f"and at most {LONGEST_NAME} bytes."
        )
    report = os.environ.get(REPORT_VARIABLE)
    folder = (Path(report).parent if report else _project() / "outputs" / "explore") / kind
    prefix = f"{Path(report).name}_" if report else ""
    files = [folder / f"{prefix}{name}.{ending}" for ending in endings]
    if report and files[0].exists():
        raise DataError(
            f"{what} is used a second time in this notebook; the first would be lost. "
            "Write a name of its own for each, such as f'{name}_{number}' in a loop."
        )
    folder.mkdir(parents=True, exist_ok=True)
    return files


def link_to(file: Path, text: str = "") -> str:
    """A link to a file of `new_files`: from the report's page, or from JupyterLab's notebook."""
    is_in_report = bool(os.environ.get(REPORT_VARIABLE))
    place = f"{file.parent.name}/{file.name}" if is_in_report else os.path.relpath(file)
    return f'<a href="{quote(place)}">{escape(text or place)}</a>'


def _project() -> Path:
    here = Path.cwd()
    return next((f for f in (here, *here.parents) if (f / "notebooks").is_dir()), here)
