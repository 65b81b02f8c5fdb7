"""The pieces of an index in their place: none is missed by the index that stands there."""

import re
from pathlib import Path

from analysis.batch.outputs import INDEX_FILES, make_folder, move_into_place, sync

INDEX = "index.html"
NAMED = re.compile(rf'"({INDEX_FILES}/[^"]+)"|data-pieces="([^"]+)"')
OURS = re.compile(r"[0-9a-z_]+\.html|[0-9a-f]{32}\.js")


def is_index_whole(output: Path) -> bool:
    """Whether an index is there, and every piece that it names."""
    try:
        page = (output / INDEX).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    named = {name for found in NAMED.findall(page) for text in found for name in text.split()}
    return not named or named <= {
        f"{INDEX_FILES}/{name}" for name in _list_names(output / INDEX_FILES)
    }


def move_index(work: Path, output: Path) -> None:
    """Move an index from a work folder on the same disk into its place.

    Its scripts are there before it, and those of the one before go after it: whenever this is
    killed, the index that stands there finds its own. A plain page says all it says by itself. A
    piece that would become what it is is left.
    """
    made, there = work / INDEX_FILES, output / INDEX_FILES
    names = _list_names(made)
    if names:
        make_folder(there)
    for name in sorted(names):
        if not _is_same(made / name, there / name):
            move_into_place(made / name, there / name)
    if names:
        sync(there)
    move_into_place(work / INDEX, output / INDEX)
    sync(output)
    for name in _list_names(there) - names:
        if OURS.fullmatch(name):
            (there / name).unlink()
    if there.is_dir() and not _list_names(there):
        there.rmdir()


def _list_names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def _is_same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()
