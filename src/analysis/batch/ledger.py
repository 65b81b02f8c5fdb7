"""What was run: one line of JSON per job, only ever added to, by one run at a time."""

import hashlib
import os
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

NAME = "ledger.jsonl"


def append(output: Path, entry: dict[str, Any]) -> None:
    """Add one job to the ledger of an output folder, after a line torn by a crash if need be.

    It is on the disk when this returns.
    """
    from analysis.batch.entries import write_entry

    line = write_entry(entry)
    with (output / NAME).open("ab+") as ledger:
        if ledger.tell():
            ledger.seek(-1, os.SEEK_END)
            line = line if ledger.read(1) == b"\n" else b"\n" + line
        ledger.write(line)
        ledger.flush()
        os.fsync(ledger.fileno())


def read(
    output: Path, start: int = 0, passed_over: list[int] | None = None
) -> Iterator[dict[str, Any]]:
    """Go through the entries from a byte of the ledger on.

    Lines that are no entry (`entries.py`) are passed over: torn by a crash, as the run that
    wrote them did not finish them, or changed by other hands. Their numbers, counted from where
    the reading began, go into `passed_over`.
    """
    from analysis.batch.entries import read_entry

    if (output / NAME).exists():
        with (output / NAME).open("rb") as ledger:
            ledger.seek(start)
            for number, line in enumerate(ledger, 1):
                entry = read_entry(line)
                if entry is not None:
                    yield entry
                elif passed_over is not None and line.strip():
                    passed_over.append(number)


def size(output: Path) -> int:
    """The bytes of the ledger so far, for `read`."""
    return (output / NAME).stat().st_size if (output / NAME).exists() else 0


def digest(output: Path) -> str:
    """The SHA-256 of the ledger so far; "" where there is none."""
    if not (output / NAME).exists():
        return ""
    with (output / NAME).open("rb") as ledger:
        return hashlib.file_digest(ledger, "sha256").hexdigest()


def latest(output: Path, passed_over: list[int] | None = None) -> list[dict[str, Any]]:
    """Return the last entry of each report, in the order of their paths (`read`)."""
    entries = {e["report"]: e for e in read(output, passed_over=passed_over) if "report" in e}
    return [entries[report] for report in sorted(entries)]


def last(output: Path) -> dict[str, Any]:
    """Return the last entry, or an empty one where there is none, or it was torn."""
    from analysis.batch.entries import read_entry

    if not size(output):
        return {}
    with (output / NAME).open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as lines:
        line = lines[lines.rfind(b"\n", 0, len(lines) - 1) + 1 :]
    return read_entry(line) or {}


def describe_files(folder: Path) -> dict[str, list[Any]]:
    """The hash (`hash_file`) and the bytes of every file in a folder, by its path in there.

    Files are what `list_files` says.
    """
    return {
        path.relative_to(folder).as_posix(): [hash_file(path), path.stat().st_size]
        for path in list_files(folder)
    }


def list_files(folder: Path) -> list[Path]:
    """The files in a folder and below, in order; not links, pipes and the like."""
    there = sorted(folder.rglob("*"))
    return [path for path in there if path.is_file() and not path.is_symlink()]


def list_others(folder: Path) -> list[Path]:
    """What there is in a folder and below that is neither a file nor a folder: links, pipes."""
    there = sorted(folder.rglob("*"))
    return [path for path in there if path.is_symlink() or not (path.is_file() or path.is_dir())]


def hash_file(path: Path) -> str:
    """The first 12 digits of the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def hash_together(files: list[Path]) -> str:
    """The first 12 digits of the SHA-256 of some files and their names, in their order."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]
