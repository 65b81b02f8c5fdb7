"""A text file of records (.csv, .tsv, .txt) -> one grid."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from analysis.errors import DataError
from analysis.intake.gather import (
    MOST_NAMED,
    MOST_NAMED_LETTERS,
    MOST_ROWS,
    check_text,
    gather,
    keep_columns,
    tidy_text,
    too_large,
)
from analysis.intake.grid import Cell, Grid
from analysis.intake.profiles import Profile

BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
ENCODINGS = ("utf-8-sig", "cp932", "euc_jis_2004")
HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")
LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
LONGEST_LINE = 5_000_000
DELIMITERS = "\t,;"
RECORDS_TRIED = 50


def read_text(data: bytes, file: str, profile: Profile | None = None) -> list[Grid]:
    """Read the records of a text file; the first is record 1, blank lines count.

    Where a profile names the columns of the file, the others are not held.
    """
    table = profile.table_of(file, "") if profile else None
    most = MOST_NAMED_LETTERS if table else None
    cells = _list_cells(decode(check_text(data, file, most), file), file)
    if table is None:
        return [gather(file, "", cells)]
    return [gather(file, "", keep_columns(cells, table.header, table.names), most=MOST_NAMED)]


def decode(data: bytes, file: str) -> str:
    """Read bytes as text in the encodings that Japanese publications use.

    UTF-8 and UTF-16 betray themselves. cp932 comes before EUC, but many texts in EUC are valid
    in it too: as strings of half-width kana, which nobody writes for the most part of a text.

    Raises
    ------
    DataError
        For what is no text in any of them.
    """
    if data.startswith(BYTE_ORDER_MARKS):
        return _decode(data, "utf-16", file)
    if b"\0" in data:
        raise DataError(f"{file} holds bytes that no text has. Save it as 'CSV UTF-8'.")
    readings = {name: text for name in ENCODINGS if (text := _try(data, name)) is not None}
    if not readings:
        tried = "UTF-8, UTF-16, cp932 (Shift_JIS) and EUC-JP"
        raise DataError(f"{file} is no text in {tried}. Save it as 'CSV UTF-8'.")
    first = next(iter(readings))
    if first == "cp932" and "euc_jis_2004" in readings and _is_mostly_kana(readings["cp932"]):
        return readings["euc_jis_2004"]
    return readings[first]


def _decode(data: bytes, encoding: str, file: str) -> str:
    text = _try(data, encoding)
    if text is None:
        raise DataError(f"{file} begins as {encoding} but is broken. Save it as 'CSV UTF-8'.")
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_mostly_kana(text: str) -> bool:
    beyond_ascii = sum(not letter.isascii() for letter in text)
    return 2 * len(HALF_WIDTH_KANA.findall(text)) > beyond_ascii


def _list_cells(text: str, file: str) -> Iterator[Cell]:
    number = 0
    try:
        for number, record in enumerate(_split(text, find_delimiter(text)), 1):
            if number > MOST_ROWS:
                raise too_large(f"{file} has more than {MOST_ROWS:,} records")
            place = f"record {number}"
            for column, cell in enumerate(record):
                if cell:
                    yield Cell(tidy_text(cell), place, number - 1, column)
    except csv.Error as error:
        raise DataError(
            f"{file} record {number + 1} is broken ({error}). Perhaps a quote is never closed."
        ) from None


def _split(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(_list_lines(text), delimiter=delimiter, strict=True)


def _list_lines(text: str) -> Iterator[str]:
    for found in LINE.finditer(text):
        if found.end() - found.start() > LONGEST_LINE:
            raise csv.Error(f"a line of more than {LONGEST_LINE:,} letters")
        yield found[0]


def find_delimiter(text: str) -> str:
    r"""Find what parts the cells: the sign by which most of the first records have equal width.

    Examples
    --------
    >>> find_delimiter('name,yen\na,"1;2"'), find_delimiter("a\t1,000\nb\t2,000")
    (',', '\t')
    """

    def count_equal(delimiter: str) -> int:
        try:
            widths = Counter(len(r) for r in islice(_split(text, delimiter), RECORDS_TRIED))
        except csv.Error:
            return 0
        return max((times for width, times in widths.items() if width > 1), default=0)

    best = max(DELIMITERS, key=count_equal)
    return best if count_equal(best) else ","
