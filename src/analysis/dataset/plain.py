"""A large CSV that is written plainly, read by Arrow: the same cells in a third of the time.

What is plain is decided before, so that no cell depends on which of the two reads it: quotes only
around whole cells, no empty line, nothing that a strict reader would refuse. All else is left to
the reader that says what is wrong with a file.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.dataset.packed import split_column

if TYPE_CHECKING:
    import pyarrow

COMMA, NEWLINE, QUOTE = b',\n"'
LARGE = 1_000_000  # bytes; below, to import Arrow takes longer than it saves


def read_plain(
    data: bytes, columns: int, longest: int, show: Callable[[str], str]
) -> list[Any] | None:
    """The cells of each column below the header, with a text of many rows held once.

    Parameters
    ----------
    data
        The bytes of a CSV in UTF-8 without a byte order mark; lines end with a newline.
    columns
        How many columns the header has, which stands on one line.
    longest
        The most characters that a cell may have.
    show
        What makes of a text the cell that is held.

    Returns
    -------
    One array of texts for each column, a row for each line of the CSV, or None where the file is
    not written plainly, or rows differ in their number of cells.
    """
    from pyarrow import ArrowException, dictionary, int32, string

    if not _is_plain(data):
        return None
    names = [str(number) for number in range(columns)]
    try:
        once = dictionary(int32(), string())
        table = read_texts(data, dict.fromkeys(names, once), column_names=names, skip_rows=1)
        split = [split_column(column) for column in table.columns]
    except ArrowException:
        return None
    if any(len(text) > longest for texts, _ in split for text in texts):
        return None
    return [np.array([*map(show, texts)], dtype=object)[codes] for texts, codes in split]


def read_texts(source: bytes | Path, kinds: Mapping[str, Any], **options: Any) -> "pyarrow.Table":
    """Read some columns of a CSV as text, each of a kind of Arrow's: `string()`, a dictionary.

    Raises
    ------
    ArrowException
        When it is broken, or lacks a column.
    """
    from pyarrow import BufferReader, OSFile, csv

    file = BufferReader(source) if isinstance(source, bytes) else OSFile(str(source))
    read, parse = csv.ReadOptions(use_threads=False, **options), csv.ParseOptions
    types = csv.ConvertOptions(
        column_types=dict(kinds),
        include_columns=[*kinds],
        strings_can_be_null=False,
    )
    return csv.read_csv(file, read, parse(newlines_in_values=True), types)


def _is_plain(data: bytes) -> bool:
    """Whether quotes stand only around whole cells, in pairs, and no line is empty."""
    if b"\n\n" in data or data[:1] == b"\n":
        return False
    signs = np.frombuffer(data, dtype=np.uint8)
    quotes = np.flatnonzero(signs == QUOTE)
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    before = signs[opening[opening > 0] - 1]
    after = signs[closing[closing < len(signs) - 1] + 1]
    return bool(np.isin(before, _BESIDE).all() and np.isin(after, _BESIDE).all())


_BESIDE = np.array([COMMA, NEWLINE, QUOTE], dtype=np.uint8)  # a quote: one that is typed twice
