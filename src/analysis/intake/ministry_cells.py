"""The checks of the rule that look at single cells: 1-3, 1-5, 1-10, 1-13."""

import re
import unicodedata
from collections.abc import Iterator

from analysis.intake.areas import Area
from analysis.intake.grid import Cell
from analysis.intake.ministry import (
    LONGEST_NAME,
    SENTENCE,
    WORDS,
    Finding,
    Looked,
    at_cell,
    at_empty,
    list_figures,
    list_items,
    list_measured,
    lists,
)
from analysis.intake.ministry_data import holds_several
from analysis.intake.values import is_repeated
from analysis.intake.vocabulary import compact

SPECIAL = lists("special")
INSTEAD: dict[str, str] = WORDS["instead"]
MAPPED = {0x2014, 0x2015, 0x2225, 0xFF0D, 0xFF5E, 0xFFE0, 0xFFE1, 0xFFE2}  # as Windows writes them
CIRCLED = range(0x2460, 0x24FF)
LETTER = r"[^\W\d_]"
SPACED = re.compile(rf"(?:^|[\s\u3000]){LETTER}(?:[ \u3000]+{LETTER})+(?=$|[\s\u3000])")
BLANKS = re.compile(r"^[ \u3000\t]+|\u3000|[ \t]{2,}")
CODED = re.compile(  # the number or letter of a choice before its name
    r"^\(?(?:\d{1,3}|[A-Za-z\uff21-\uff3a\uff41-\uff5a]|[\u2460-\u2473\u2160-\u216b])"
    r"[).]?[ \u3000](?=\S)"
)


def find_texts(looked: Looked) -> Iterator[Finding]:
    """1-3: figures that the file holds as text, or with letters: 148 as text, 148件, ▲5."""
    for number, area, cell in list_measured(looked):
        if area.is_stored(cell) or not _has_digit(cell.text) or holds_several(area, cell):
            continue
        figure = area.read(cell)
        why = "text" if figure.number == cell.text.strip() else "letters"
        yield at_cell(number, cell, figure.number, why if figure.number else "words")


def find_marks(looked: Looked) -> Iterator[Finding]:
    """1-13: marks, words and empty places in columns of figures, but X and ***."""
    for number, area in looked.tables:
        figures = {*list_figures(area)}
        for column in list_figures(area):
            yield from _find_marks_below(number, area, column, figures)


def leaves_most_empty(looked: Looked) -> bool:
    """Whether a row has no figure at all, or most places of a column of figures are empty."""
    for _, area in looked.tables:
        rows = [row for row in area.body if _has_figures(area, row)]
        if list_figures(area) and (len(rows) < len(area.body) or _begins_empty(area)):
            return True
        for column in list_figures(area):
            filled = [row for row in rows if area.sheet.at(row, column) is not None]
            if len(filled) < len(rows) and len(filled) * 2 <= len(area.body):
                return True
    return False


def _begins_empty(area: Area) -> bool:
    """Whether rows without figures may have been taken for headers, for their words are unknown."""
    cells = [cell for row in area.header for cell in area.sheet.rows.get(row, [])]
    is_merged = any(cell.rows * cell.columns > 1 for cell in cells)
    return len(area.header) > 1 and not area.labels and not is_merged


def _find_marks_below(number: int, area: Area, column: int, figures: set[int]) -> Iterator[Finding]:
    cells = {cell.row: cell for cell in area.below(column)}
    is_filled = len(cells) * 2 > len(area.body)  # else it is a column for what few rows have
    for row in area.body:
        cell = cells.get(row)
        if cell is None:
            is_empty = is_filled and area.sheet.at(row, column) is None
            if is_empty and _has_figures(area, row):
                yield at_empty(number, area, row, column, "empty")
        elif not _has_digit(cell.text) and not is_repeated(cell.text):
            plain = compact(cell.text)
            is_among = figures.issuperset(range(column, column + cell.columns))
            if is_among and plain not in SPECIAL and not area.is_stored(cell):
                yield at_cell(number, cell, "", "mark" if len(plain) < 2 else "words")


def find_blanks(looked: Looked) -> Iterator[Finding]:
    """1-5: names and figures that are arranged by blanks or line breaks; not sentences."""
    for number, cell in looked.cells:
        why = "" if _is_told(cell) else _tell_blank(cell.text)
        if why:
            yield at_cell(number, cell, re.sub(r"[\s\u3000]+", "", cell.text), why)


def holds_told(looked: Looked) -> bool:
    """Whether a sentence or a list has breaks or blanks, which may be those of its lines."""
    return any(_is_told(cell) and _tell_blank(cell.text) for _, cell in looked.cells)


def _is_told(cell: Cell) -> bool:
    """Whether a cell holds sentences, a list or a long text."""
    plain = re.sub(r"[\s\u3000]+", "", cell.text)
    return len(plain) > LONGEST_NAME or SENTENCE in plain or bool(list_items(cell.text))


def _tell_blank(text: str) -> str:
    if "\n" in text:
        return "break"
    return "blank" if BLANKS.search(CODED.sub("", text)) or SPACED.search(text) else ""


def find_characters(looked: Looked) -> Iterator[Finding]:
    """1-10: characters that JIS X 0208 does not have: circled numbers, ㈱, ㎡, Ⅳ."""
    for number, cell in looked.cells:
        if cell.text.isascii():
            continue
        strange = list(dict.fromkeys(filter(_is_strange, cell.text)))
        if strange:
            told = [f"{c} → {w}" if (w := _write_plain(c)) else c for c in strange]
            yield at_cell(number, cell, ", ".join(told))


def _has_figures(area: Area, row: int) -> bool:
    cells = (area.sheet.at(row, column) for column in area.measured)
    return any(cell is not None and _has_digit(cell.text) for cell in cells)


def _has_digit(text: str) -> bool:
    return any(letter.isdecimal() for letter in text)


def _is_strange(letter: str) -> bool:
    if letter.isascii() or ord(letter) in MAPPED:
        return False
    try:
        letter.encode("shift_jis")
    except UnicodeEncodeError:
        return True
    return False


def _write_plain(letter: str) -> str:
    """What says the same in characters that every machine has; empty where nothing is known."""
    if letter in INSTEAD:
        return INSTEAD[letter]

    plain = unicodedata.normalize("NFKC", letter)
    if ord(letter) in CIRCLED and plain.isdecimal():
        return f"({plain})"
    return plain if plain != letter and not any(map(_is_strange, plain)) else ""
