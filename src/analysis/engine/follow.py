"""What a notebook opens and imports, told to the run the moment it happens.

`begin` is called in a notebook's process before its first cell. From then on an audit hook of
Python hears of every file that Python opens and every folder that it lists. Those in the project,
beside the notebook and in the data folder are hashed when they are first opened, before anything
can change them. Libraries that open files by themselves (polars, duckdb, pyarrow given a path)
are not heard.
"""

import hashlib
import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

from analysis.environment import (
    PACKAGE,
    READS_VARIABLE,
    is_reading_for_itself,
    name_file,
    reading_for_itself,
    tell_run,
)

FOLLOW_VARIABLE = (
    "SOSEI_FOLLOW"  # JSON: the folders to follow files in, and those among them not to
)
OPENED, LISTED = frozenset(("open", "sqlite3.connect")), frozenset(("os.listdir", "os.scandir"))
PASSED_OVER = ("site-packages", "dist-packages", ".git", ".venv", ".ipynb_checkpoints")
ABSENT = ""  # the hash of what is not there


def hash_path(path: Path) -> str:
    """The first 12 digits of the SHA-256 of a file, or of the names in a folder; "" of neither.

    Names that begin with a dot and Python's own caches have no part in it.
    """
    with reading_for_itself():
        try:
            if path.is_dir():
                names = sorted(p.name for p in path.iterdir() if not _is_cache(p.name))
                return hashlib.sha256("\0".join(names).encode()).hexdigest()[:12]
            if not path.is_file():  # neither is a pipe, which would wait for ever
                return ABSENT
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()[:12]
        except OSError:
            return ABSENT


def _is_cache(name: str) -> bool:
    return name.startswith(".") or name == "__pycache__"


def describe_folders(followed: list[Path], left_out: list[Path]) -> str:
    """Write for FOLLOW_VARIABLE which folders files are followed in, and which among them not."""
    return json.dumps([[str(p.resolve()) for p in places] for places in (followed, left_out)])


def begin(shell: Any) -> None:
    """Follow what is opened and imported from now on; without a run, as in JupyterLab, nothing."""
    if READS_VARIABLE not in os.environ or FOLLOW_VARIABLE not in os.environ:
        return
    followed, left_out = json.loads(os.environ[FOLLOW_VARIABLE])
    sys.addaudithook(_Follower(followed, [*left_out, str(PACKAGE), sys.prefix]).hear)
    shell.events.register("post_run_cell", _Modules().tell)


class _Follower:
    """Tells once of each file that is read or written, and of each folder that is listed."""

    def __init__(self, followed: list[str], left_out: list[str]) -> None:
        self._followed = tuple(f"{folder.rstrip(os.sep)}{os.sep}" for folder in followed)
        self._left_out = tuple(f"{folder.rstrip(os.sep)}{os.sep}" for folder in left_out)
        self._read: set[str] = set()
        self._written: set[str] = set()

    def hear(self, event: str, details: tuple[Any, ...]) -> None:
        """Take an audit event; nothing of it may ever end what the notebook does."""
        if event in OPENED or event in LISTED:
            if is_reading_for_itself() or not isinstance(details[0], (str, bytes, os.PathLike)):
                return
            if event in LISTED and "importlib" in sys._getframe(1).f_code.co_filename:
                return  # Python itself looks for a module
            try:
                self._take(
                    os.path.normpath(Path.cwd() / os.fsdecode(details[0])),
                    *_find_use(event, details),
                )
            except (OSError, ValueError):
                return

    def _take(self, path: str, reads: bool, writes: bool) -> None:
        if f"{os.sep}__pycache__{os.sep}" in path:
            if writes or not path.endswith(".pyc"):
                return
            path = importlib.util.source_from_cache(path)
        if not f"{path}{os.sep}".startswith(self._followed) or path in self._written:
            return
        if f"{path}{os.sep}".startswith(self._left_out) or set(PASSED_OVER) & {*Path(path).parts}:
            return
        if reads and path not in self._read:
            self._read.add(path)
            folder = "/" if Path(path).is_dir() else ""
            tell_run("file", [name_file(path) + folder, hash_path(Path(path))])
        if writes:
            self._written.add(path)
            tell_run("changing" if reads else "written", name_file(path))


def _find_use(event: str, details: tuple[Any, ...]) -> tuple[bool, bool]:
    """Whether something is opened to be read, and whether to be written."""
    if event != "open":
        return True, False
    _, mode, flags = details
    if isinstance(mode, str):
        return bool({*"r+"} & {*mode}) and "w" not in mode, bool({*"wax+"} & {*mode})
    access = flags & os.O_ACCMODE if isinstance(flags, int) else os.O_RDONLY
    return access != os.O_WRONLY, access != os.O_RDONLY


class _Modules:
    """Tells the names of packages that have been imported since it last did."""

    def __init__(self) -> None:
        self._seen: set[str] = set()  # of some two thousand modules, most come before any cell
        self._told: set[str] = set()

    def tell(self, *_: object) -> None:
        """Tell them, after a cell."""
        come = [name for name in {*sys.modules} - self._seen if sys.modules.get(name) is not None]
        self._seen.update(come)
        new = {name.partition(".")[0] for name in come} - self._told - sys.stdlib_module_names
        if new:
            self._told |= new
            tell_run("modules", sorted(new))
