"""What a run and a notebook tell each other: variables of the environment, and a file of lines."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REPORT_VARIABLE = "SOSEI_REPORT"  # the report's path without an ending, in its work folder
SVG_VARIABLE = "SOSEI_SVG"  # whether its figures are saved as SVG, too: "" or not set if not
READS_VARIABLE = "SOSEI_READS"  # a file of lines of JSON, each one thing the notebook tells the run
ROOT_VARIABLE = "SOSEI_ROOT"  # the working folder of the command, from which the run names files
LANGUAGE_VARIABLE = "SOSEI_LANGUAGE"  # the language that a process speaks to readers
DATA_VARIABLE = "SOSEI_DATA"  # the data folder as the command was given it, relative to that
PACKAGE = Path(__file__).parent
OURS = ".sosei"  # the folder of an output folder that runs need for themselves
LOCK, WORK, MARK = f"{OURS}/lock", f"{OURS}/work", f"{OURS}/data"
UNCHANGED = f"{OURS}/unchanged"
WHOLE = "sosei"  # in the metadata of an output: its HTML was made by sosei, and is whole
LANGUAGE_OF_DOCUMENTS = "ja"  # of the workbooks and tables that are filled in and read
ABOUT_NOTHING = "about_nothing"  # likewise: the section it stands in is about nothing


def list_languages() -> list[str]:
    """The languages that reports can be in, by their codes."""
    return sorted(path.parent.name for path in PACKAGE.glob("wording/*/formats.toml"))


def find_language() -> str:
    """The language of this process: what `LANGUAGE_VARIABLE` asks for, where there is that."""
    asked = os.environ.get(LANGUAGE_VARIABLE, "")
    return asked if asked in list_languages() else LANGUAGE_OF_DOCUMENTS


def find_language_of_terminal() -> str:
    """The language in which a command speaks to who started it: Japanese by the locale, or not."""
    spoken = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "ja" if spoken.startswith("ja") else "en"


class _OwnReading(threading.local):
    depth = 0


_own_reading = _OwnReading()


def tell_run(kind: str, value: Any) -> None:
    """Tell the run that makes this report something; without a run, as in JupyterLab, nothing.

    `kind` is one of
    - "slice": what `load` was asked for, with the folder it found
    - "digest": a data folder and the digest of what `load` read in it
    - "file": a file that was opened, or a folder that was listed, with the hash of what it held
    - "written": a file that the notebook opened to write into it; "changing": or to do both
    - "modules": names of packages that were imported
    - "warning": a sentence for the summary of the run, about something in the report that is not
      as its author meant it
    """
    if path := os.environ.get(READS_VARIABLE):
        line = json.dumps({kind: value}, ensure_ascii=False, default=_plain)
        with reading_for_itself(), Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def _plain(value: Any) -> Any:
    """A number of numpy as Python's own, anything else (a Path) as text."""
    return value.item() if hasattr(value, "item") else str(value)


@contextmanager
def reading_for_itself() -> Iterator[None]:
    """While this package opens files whose contents it accounts for by other means."""
    _own_reading.depth += 1
    try:
        yield
    finally:
        _own_reading.depth -= 1


def is_reading_for_itself() -> bool:
    """Whether the files that are opened now are accounted for by other means."""
    return _own_reading.depth > 0


def name_file(path: str | os.PathLike[str]) -> str:
    """Name a file as seen from the project's folder: the same name on every machine."""
    root = os.environ.get(ROOT_VARIABLE, "")
    return Path(os.path.relpath(path, root)).as_posix() if root else os.fspath(path)
