"""A table as a Parquet file: read as the text that a CSV would hold, and written from it.

Whoever wrote the file: what is checked, sliced and told is the same as of a CSV. An empty cell is
null; whole numbers are written without a point, so that 2018.0 of a program that knows no missing
whole number is the year 2018; text is taken as it is, so that "082201" keeps its zero.
"""

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.dataset.problems import quote
from analysis.dataset.tables import OWN

if TYPE_CHECKING:
    import pyarrow

PARQUET = ".parquet"
HEADER = 1  # the row number of a header, which a Parquet file does not have as a row
MOST_BYTES = 1_000_000_000  # of one table as text
TOO_LONG = (f"more than {MOST_BYTES / 1e9:,.0f} GB of text", "a smaller table")


class NoTableError(Exception):
    """A Parquet file that cannot be read: what was found in it, and what was expected."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found)
        self.found, self.expected = found, expected


def read_header(data: bytes) -> tuple[list[str], int]:
    """The names of the columns of a Parquet file and the number of its rows.

    Raises
    ------
    NoTableError
        When the bytes are no Parquet file.
    """
    from pyarrow import ArrowException, BufferReader, parquet

    try:
        said = parquet.read_metadata(BufferReader(data))
        return list(said.schema.to_arrow_schema().names), said.num_rows
    except (ArrowException, OSError, UnicodeDecodeError) as error:
        raise NoTableError(f"no Parquet file ({_first_line(error)})", "a Parquet file") from None


def read_columns(data: bytes) -> list[Any]:
    """The cells of each column as text, empty where they are null.

    A text that stands in many rows is held once.

    Raises
    ------
    NoTableError
        When a column holds what is no text, number or day, or texts are too long together.
    """
    from pyarrow import ArrowException

    columns, left = [], MOST_BYTES
    for name, column in _read(data):
        try:
            texts, codes = split_column(column)
        except (ArrowException, UnicodeDecodeError) as error:
            found = f"a column {quote(name)} of {column.type} ({_first_line(error)})"
            raise NoTableError(found, "text, numbers or days") from None
        left -= int(np.array([len(text) for text in texts], dtype="int64")[codes].sum())
        if left < 0:
            raise NoTableError(*TOO_LONG)
        columns.append(texts[codes])
    return columns


def _read(data: bytes) -> list[tuple[str, Any]]:
    """The columns by their names, text with each text once (a dictionary)."""
    from pyarrow import ArrowException, BufferReader, large_string, parquet, string

    buffer = BufferReader(data)  # of a file of Python's, Arrow would read in a thread
    try:
        schema = parquet.read_schema(buffer)
        texts = [part.name for part in schema if part.type in (string(), large_string())]
        with parquet.ParquetFile(buffer, read_dictionary=texts) as file:
            groups = range(file.num_row_groups)
            if sum(file.metadata.row_group(n).total_byte_size for n in groups) > MOST_BYTES:
                raise NoTableError(*TOO_LONG)
            table = file.read(use_threads=False)
    except (ArrowException, OSError) as error:
        raise NoTableError(f"a broken file ({_first_line(error)})", "a whole file") from None
    return list(zip(schema.names, table.columns, strict=True))


def split_column(column: "pyarrow.ChunkedArray") -> tuple[Any, Any]:
    """The texts of a column, the last of them "", and the position of that of each cell."""
    import pyarrow
    from pyarrow import types

    if not len(column):
        return np.array([""], dtype=object), np.array([], dtype="int64")
    if not types.is_dictionary(column.type):
        is_float = types.is_floating(column.type)
        column = (column if is_float else column.cast(pyarrow.string())).dictionary_encode()
    encoded = column.unify_dictionaries().combine_chunks()
    if types.is_floating(encoded.type.value_type):
        texts = [_write(number) for number in encoded.dictionary.to_numpy(zero_copy_only=False)]
    else:
        texts = encoded.dictionary.cast(pyarrow.string()).to_pylist()
    codes = encoded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    return np.array([*texts, ""], dtype=object), codes


def _write(number: Any) -> str:
    """A float as a table holds it: whole numbers without a point, no exponent."""
    if np.isnan(number):  # what pandas holds for a missing one
        return ""
    return np.format_float_positional(number, trim="-")


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"


def pack_table(table: pd.DataFrame) -> bytes:
    """Write a table of text cells, as reading leaves it, as the bytes of a Parquet file.

    Parameters
    ----------
    table
        Its index is the number of each row in its file; the numbers that are not there were empty
        rows, and are rows without a cell again. Columns of no table have their own names again.

    Returns
    -------
    The same bytes for the same table. Every column is text; an empty cell is null.
    """
    import pyarrow
    from pyarrow import parquet

    last = int(table.index[-1]) if len(table) else HEADER
    whole = table.reindex(range(HEADER + 1, last + 1), fill_value="")
    names = [column.removeprefix(OWN) for column in table]
    cells = [
        pyarrow.array([cell or None for cell in whole[column].tolist()], pyarrow.string())
        for column in whole
    ]
    made = io.BytesIO()
    parquet.write_table(pyarrow.table(cells, names=names), made, compression="zstd")
    return made.getvalue()
