"""The folder that reports are written to: whose it is, who writes there, and what of it is ours.

One such folder belongs to one data folder. What runs need for themselves stands in its hidden
folder `.sosei`: the lock, the work folder, what stood when all was up to date (`unchanged.py`) and
the mark, which names the data folder by its path from the output folder, so that both may be moved
together.
"""

import errno
import os
import shutil
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.batch import ledger
from analysis.dataset.locations import find_folder
from analysis.environment import (
    LANGUAGE_OF_DOCUMENTS,
    LOCK,
    MARK,
    OURS,
    UNCHANGED,
    WORK,
    find_language,
    list_languages,
)
from analysis.errors import DataError

RESULTS = "results"  # the folder of the computed figures
WORKBOOK = "results.xlsx"  # in it, too, but not of a nation
RESULT_FILES = (
    *("kpis.csv", "programs.csv", "kpis.parquet", "programs.parquet"),
    *("codebook.csv", "words.csv", "datapackage.json", "ro-crate-metadata.json"),
)
READING = "reading.html"  # how reports are read
BESIDE = ("index.html", READING, *(f"{RESULTS}/{name}" for name in RESULT_FILES))  # no report
INDEX_FILES = "index_files"  # the pieces of a long index; Windows moves such a folder with it
DEFAULT = "outputs"
OF_DEFAULT = "data"  # the data folder whose reports stand in outputs/ itself
EXPLORE = "explore"  # where notebooks save in JupyterLab
HELD = "held"  # in the work folder of a run for as long as that is its own
OF_SYSTEMS = {".DS_Store", ".gitignore", ".gitkeep", "Thumbs.db", "desktop.ini", "lost+found"}
MOST_NAMED = 3


def find_output(data: str, output: Path | None = None) -> Path:
    """The folder for the reports of a data folder, where there may be one.

    Without `output` that is outputs/ for data/, and outputs/<name> for any other data folder; in
    it a folder by its code for another language than that of the documents.

    Raises
    ------
    DataError
        When there is no such data folder, or the output folder is a file, belongs to another
        data folder, or holds what no run has made.
    """
    folder = _absolute(find_folder(data))
    if output is None:
        output = Path(DEFAULT) if folder.name == OF_DEFAULT else Path(DEFAULT, folder.name)
        if (language := find_language()) != LANGUAGE_OF_DOCUMENTS:
            output /= language
    _check_output(output, folder)
    return output


def find_other_languages(output: Path) -> dict[str, str]:
    """The folders of the same reports in other languages that are there, relative to this one."""
    own, languages = find_language(), list_languages()
    whole = output.parent if output.name == own else output
    if (output.name == own) != (own != LANGUAGE_OF_DOCUMENTS):
        return {}  # where its reader wanted it, not beside others
    up = "" if whole == output else "../"
    folders = {name: up if name == LANGUAGE_OF_DOCUMENTS else f"{up}{name}/" for name in languages}
    return {
        name: place
        for name, place in folders.items()
        if name != own and (output / place / BESIDE[0]).is_file()
    }


def _absolute(path: Path) -> Path:
    """A path from the root as it is written: a folder that a link leads to keeps its name here."""
    return Path(os.path.normpath(path.absolute()))


def _check_output(output: Path, data: Path) -> None:
    check_room(output)
    if not output.exists():
        return
    owner = _find_owner(output, data)
    if owner is not None and owner != data and owner.resolve() != data.resolve():
        raise DataError(
            f"{output}: the reports here were made from {_name(owner)}, not from {_name(data)}. "
            "One output folder belongs to one data folder: choose another with --output, or "
            f"remove {output}, whose reports `sosei run` makes again."
        )
    foreign = sorted(_find_foreign(output)) if owner is None else []
    if foreign:
        more = f" and {len(foreign) - MOST_NAMED} more" if len(foreign) > MOST_NAMED else ""
        raise DataError(
            f"{output}: this folder is not empty, and not of reports: it holds "
            f"{', '.join(foreign[:MOST_NAMED])}{more}. Choose an empty or a new folder with "
            "--output: a run replaces what is in the way of its reports."
        )


def check_room(output: Path) -> None:
    """Make sure that a folder is there, or can be made in the nearest one above.

    Raises
    ------
    DataError
        When something else stands in its place, or nothing may be written there.
    """
    there = next(place for place in (output, *output.absolute().parents) if os.path.lexists(place))
    if not there.is_dir():
        raise _no_place(output, f"{'it' if there == output else there.name} is no folder")
    if not os.access(there, os.W_OK):
        raise _no_place(output, f"nothing may be written into {there.name}")


def _no_place(output: Path, why: str | None) -> DataError:
    return DataError(
        f"{output}: reports cannot be written there: {why}. Choose another folder with --output."
    )


def _name(folder: Path) -> str:
    """A folder as one would name it here: without the way to it from the root where it is near."""
    relative = os.path.relpath(folder)
    return str(folder) if relative.startswith(f"..{os.sep}..") else relative


def _find_owner(output: Path, data: Path) -> Path | None:
    """The data folder whose reports these are: by the mark, else by a ledger without one."""
    try:
        marked = (output / MARK).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        marked = ""
    if marked:
        return _absolute(output / marked)
    entries = (entry for entry in ledger.read(output) if "report" in entry)
    named = {*map(_locate, {str(entry["parameters"].get("data", data)) for entry in entries})}
    return data if data in named else min(named, default=None)


def _locate(data: str) -> Path:
    try:
        return _absolute(find_folder(data))
    except DataError:  # it is gone
        return _absolute(Path(data))


def _find_foreign(output: Path) -> Iterator[str]:
    """The names in a folder that no run can have left there before its first report."""
    for path in output.iterdir():
        if path.name == OURS and path.is_dir():
            known = {Path(p).name for p in (LOCK, WORK, MARK, UNCHANGED)}
            yield from (f"{OURS}/{name}" for name in {p.name for p in path.iterdir()} - known)
        elif not (path.name in OF_SYSTEMS or path.name == EXPLORE or (path / OURS).is_dir()):
            yield path.name


@contextmanager
def hold(output: Path, data: str) -> Iterator[Path]:
    """Keep an output folder for this run; the system lets go of it however the run ends.

    Yields a work folder in it that is this run's own (`open_work`).

    Raises
    ------
    DataError
        When there can be no such folder (`find_output`), or another run holds it, with its
        process and since when.
    """
    find_output(data, output)
    try:
        make_folder(output / OURS)
    except OSError as error:
        raise _no_place(output, error.strerror) from None
    with (output / LOCK).open("a+", encoding="utf-8") as file:
        if not _lock(file):
            file.seek(0)
            raise DataError(
                f"{output}: another run is writing here ({file.read().strip() or 'just begun'}). "
                "Wait for it to end, or choose another folder with --output."
            )
        find_output(data, output)  # whatever became of it until now
        since = datetime.now(UTC).isoformat(timespec="seconds")
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {since}\n")
        file.flush()
        shutil.rmtree(output / WORK, ignore_errors=True)  # of a run that was killed
        work = open_work(output)
        _write_mark(output, work, _absolute(find_folder(data)))
        try:
            yield work
        except OSError:
            check_held(work)
            raise
        finally:
            if (work / HELD).exists():
                shutil.rmtree(output / WORK, ignore_errors=True)


def _lock(file: Any) -> bool:
    """Lock an open file for this process, where the system knows such locks."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write_mark(output: Path, work: Path, data: Path) -> None:
    path = Path(os.path.relpath(data, _absolute(output))).as_posix()
    if not (output / MARK).exists() or (output / MARK).read_text(encoding="utf-8") != f"{path}\n":
        (work / "mark").write_text(f"{path}\n", encoding="utf-8")
        move_into_place(work / "mark", output / MARK)
        sync(output / OURS)


def open_work(output: Path) -> Path:
    """Make a work folder in an output folder, on the same disk, that belongs to one run."""
    work = output.resolve() / WORK / uuid.uuid4().hex[:8]
    work.mkdir(parents=True)
    (work / HELD).touch()
    return work


def check_held(work: Path) -> None:
    """Make sure that a run's work folder is there, and so the output folder that it holds.

    Raises
    ------
    DataError
        When the output folder was removed, or is another one by now: nothing may be written.
    """
    if not (work / HELD).exists():
        output = work.parents[len(Path(WORK).parts)]
        raise DataError(
            f"{_name(output)}: this folder was removed or replaced while the run was writing to "
            "it, so the run stopped. What it had made there is gone; `sosei run` makes it again."
        )


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, that stay there after a power cut."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync(folder.parent)


def move_into_place(made: Path, target: Path) -> None:
    """Move a finished file over another one on the same disk, never a part of it.

    The folder is to be synced when all its files are there.
    """
    sync(made)
    made.replace(target)


def sync(path: Path) -> None:
    """Wait until a file, or which files there are in a folder, stands on the disk itself."""
    if os.name == "nt":  # which knows no such thing of a folder
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network file systems
            raise
    finally:
        os.close(number)
