"""How large the files in the output folder are; each folder is looked into once."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


class Listing:
    """The sizes of files by folder, as they stood when each folder was first asked for.

    `below` are the folders in the reports' own ones that files were asked for in, "" for itself.
    """

    def __init__(self, output: Path) -> None:
        self._output = str(output)
        self._sizes: dict[str, dict[str, int]] = {}
        self.below: set[str] = set()

    def find_size(self, folder: str, name: str) -> int | None:
        """The bytes of a file of a report, None where it is not there."""
        below, _, file = name.rpartition("/")
        self.below.add(below)
        return self._look_into(f"{folder}/{below}").get(file)

    def hash(self, folders: Iterable[str], below: Iterable[str]) -> str:
        """One hash of the names and sizes of all that is in some folders and certain ones in them.

        Names are in the order in which the system lists them: in another one nothing is known to
        be the same.
        """
        digest = hashlib.sha256()
        for place in [f"{folder}/{name}" for folder in folders for name in below]:
            digest.update(repr((place, self._look_into(place))).encode())
        return digest.hexdigest()

    def _look_into(self, place: str) -> dict[str, int]:
        if place not in self._sizes:
            self._sizes[place] = _list_sizes(f"{self._output}/{place}")
        return self._sizes[place]


def _list_sizes(folder: str) -> dict[str, int]:
    try:
        there = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    with there:
        return {entry.name: entry.stat().st_size for entry in there}
