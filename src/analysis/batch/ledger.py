"""What was run: one line of JSON per job, only ever added to, by one run at a time."""

import hashlib
import json
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from analysis.errors import DataError

NAME = "ledger.jsonl"
LOCK = ".lock"
WORK = ".work"


def append(output: Path, entry: dict[str, Any]) -> None:
    """Add one job to the ledger of an output folder, after a line torn by a crash if need be."""
    line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
    with (output / NAME).open("ab+") as ledger:
        if ledger.tell():
            ledger.seek(-1, os.SEEK_END)
            line = line if ledger.read(1) == b"\n" else b"\n" + line
        ledger.write(line)


def read(output: Path, start: int = 0) -> Iterator[dict[str, Any]]:
    """Go through the entries from a byte of the ledger on.

    A line that was torn by a crash is passed over: the run that wrote it did not finish it.
    """
    if (output / NAME).exists():
        with (output / NAME).open("rb") as ledger:
            ledger.seek(start)
            for line in ledger:
                try:
                    yield json.loads(line)
                except ValueError:
                    continue


def size(output: Path) -> int:
    """The bytes of the ledger so far, for `read`."""
    return (output / NAME).stat().st_size if (output / NAME).exists() else 0


def latest(output: Path) -> list[dict[str, Any]]:
    """Return the last entry of each report, in the order of their paths."""
    entries = {entry["report"]: entry for entry in read(output) if "report" in entry}
    return [entries[report] for report in sorted(entries)]


def last(output: Path) -> dict[str, Any]:
    """Return the last entry, or an empty one where there is none, or it was torn."""
    if not size(output):
        return {}
    with (output / NAME).open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as lines:
        line = lines[lines.rfind(b"\n", 0, len(lines) - 1) + 1 :]
    try:
        return dict(json.loads(line))
    except ValueError:
        return {}


def describe_files(folder: Path) -> dict[str, list[Any]]:
    """The hash (`hash_file`) and the bytes of every file in a folder, by its path in there."""
    return {
        path.relative_to(folder).as_posix(): [hash_file(path), path.stat().st_size]
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def hash_file(path: Path) -> str:
    """The first 12 digits of the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def hash_together(files: list[Path]) -> str:
    """The first 12 digits of the SHA-256 of some files and their names, in their order."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def hold(output: Path) -> Iterator[None]:
    """Keep an output folder for this run; the system lets go of it however the run ends.

    The folder `.work` in it belongs to whoever holds it, and is empty at the beginning.

    Raises
    ------
    DataError
        When there can be no such folder, or another run holds it, with its process and since
        when.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = "it is a file" if output.is_file() else error.strerror
        raise DataError(
            f"{output}: reports cannot be written there: {why}. "
            "Choose another folder with --output."
        ) from None
    with (output / LOCK).open("a+", encoding="utf-8") as file:
        if not _lock(file):
            file.seek(0)
            raise DataError(
                f"{output}: another run is writing here ({file.read().strip() or 'just begun'}). "
                "Wait for it to end, or choose another folder with --output."
            )
        since = datetime.now(UTC).isoformat(timespec="seconds")
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {since}\n")
        file.flush()
        shutil.rmtree(output / WORK, ignore_errors=True)  # of a run that was killed
        try:
            yield
        finally:
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
