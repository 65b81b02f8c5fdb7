"""Fingerprints of what a report has read: the hashes of its rows and of its rubrics."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.dataset.folder import keep_folder
from analysis.dataset.locations import find_folder, list_rubric_files
from analysis.environment import reading_for_itself

BYTES_OF_A_ROW = 8
HEX_OF_A_ROW = 2 * BYTES_OF_A_ROW
MOST_ROWS = 1_000  # of a table, that a report has read and that are told apart
MANY = "many:"  # begins the hash of all rows where there are more


def hash_rows(tables: Mapping[str, pd.DataFrame]) -> dict[str, list[str]]:
    """Hash each row: by table one text of 16 hex digits per row, in the order of the rows.

    Rows whose cells are the same have the same hash, in every process and on every machine; a
    missing cell is neither a zero nor an empty text. Names of columns have no part in it.

    Examples
    --------
    >>> hash_rows({"kpis": pd.DataFrame({"actual": [1.0, None, 1.0]})})["kpis"]
    ['b18397b6bd4a7fad', 'cae03edc3570d2ba', 'b18397b6bd4a7fad']
    """
    return {name: _hash_each(table) for name, table in tables.items()}


def _hash_each(table: pd.DataFrame) -> list[str]:
    rows = zip(*(table[column].tolist() for column in table), strict=True)
    return [
        hashlib.blake2b(repr(row).encode(), digest_size=BYTES_OF_A_ROW).hexdigest() for row in rows
    ]


def shorten_rows(hashes: str) -> str:
    """The hashes of rows as an entry of the ledger holds them; of thousands one hash of all.

    A report of a nation reads a quarter of a million rows: that some are others must be known, but
    how many is not worth megabytes.

    Examples
    --------
    >>> shorten_rows("b18397b6bd4a7fad"), shorten_rows("b18397b6bd4a7fad" * 1_001)[:9]
    ('b18397b6bd4a7fad', 'many:9eeb')
    """
    if len(hashes) <= MOST_ROWS * HEX_OF_A_ROW:
        return hashes
    return MANY + hashlib.blake2b(hashes.encode(), digest_size=16).hexdigest()


class Fingerprints:
    """The row hashes of a data folder as it stands when this is made, by slice.

    All rows are hashed once; what a report has read is then looked up in a tenth of a
    millisecond. A later change of the folder does not show: make a new one for each run. `digest`
    is that of the folder, which tells whether a report has read the same.

    Raises
    ------
    DataError
        When the folder has problems, as `load` does.
    """

    def __init__(self, data: str | Path) -> None:
        folder = keep_folder(data)
        self.digest = folder.digest
        self._slices = folder.slices
        self._hashes = hash_rows(folder.tables)

    def read(self, slices: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
        """Return by table the hashes of the rows in any of some slices, in the file's order.

        Parameters
        ----------
        slices
            Each names any of `government`, `fiscal_year` and `program`; {} is everything. A row
            that several of them hold counts once, and superseded editions count too, for they
            are part of what `load` returns. A slice that holds nothing adds nothing.
        """
        found = [self._slices.find_rows(**asked) for asked in slices]
        return {
            name: [hashes[row] for row in sorted({r for f in found for r in f[name].tolist()})]
            for name, hashes in self._hashes.items()
        }


def rubric_hashes(data: str | Path) -> dict[str, str]:
    """Return for each rubric file by name the first 12 hex digits of its SHA-256.

    A file of the folder stands in for the package's own of the same name, as in `load`.
    """
    with reading_for_itself():
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
            for path in list_rubric_files(find_folder(data))
        }
