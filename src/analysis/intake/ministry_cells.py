"""The checks of the rule that look at single cells: 1-2, 1-3, 1-5, 1-10, 1-13."""

import re
import unicodedata
from collections.abc import Iterator

from analysis.intake.areas import Area
from analysis.intake.grid import Cell
from analysis.intake.ministry import (
    LONGEST_NAME,
    WORDS,
    Finding,
    Looked,
    at_cell,
    at_empty,
    lists,
)
from analysis.intake.values import is_repeated
from analysis.intake.vocabulary import compact

SPECIAL = lists("special")
IDENTIFIERS = lists("identifiers")
INSTEAD: dict[str, str] = WORDS["instead"]
MORE_THAN_ONE = "it holds more than one figure"
MAPPED = {0x2014, 0x2015, 0x2225, 0xFF0D, 0xFF5E, 0xFFE0, 0xFFE1, 0xFFE2}  # as Windows writes them
CIRCLED = range(0x2460, 0x24FF)
LETTER = r"[^\W\d_]"
SPACED = re.compile(rf"(?:^|[\s\u3000]){LETTER}(?:[ \u3000]+{LETTER})+(?=$|[\s\u3000])")
BLANKS = re.compile(r"^[ \u3000\t]+|\u3000|[ \t]{2,}")
CODED = re.compile(  # the number or letter of a choice before its name
    r"^\(?(?:\d{1,3}|[A-Za-z\uff21-\uff3a\uff41-\uff5a]|[\u2460-\u2473\u2160-\u216b])"
    r"[).]?[ \u3000](?=\S)"
)
ITEM = re.compile(
    r"[ \u3000]*(?:[\u30fb\u25cf\u25cb\u25a0\u25c6*]|[\u2460-\u2473]|\(?\d{1,2}[).])\s*\S"
)
BESIDE = re.compile(r"([^()\uff08\uff09]+)[(\uff08]([^()\uff08\uff09]+)[)\uff09]")
SENTENCE = "\u3002"  # its full stop


def find_several_data(looked: Looked) -> Iterator[Finding]:
    """1-2: cells with two figures: 373(973), 30 to 40, one below another, one with its year.

    And cells with a list of names, a line for each.
    """
    for number, cell in looked.cells:
        if lines := _list_items(cell.text):
            yield at_cell(number, cell, " | ".join(lines), "list")
    for number, area, cell in _list_measured(looked):
        if not area.is_stored(cell) and _holds_several(area, cell):
            yield at_cell(number, cell, " | ".join(_list_figures(cell)))


def find_texts(looked: Looked) -> Iterator[Finding]:
    """1-3: figures that the file holds as text, or with letters: 148 as text, 148件, ▲5."""
    for number, area, cell in _list_measured(looked):
        if area.is_stored(cell) or not _has_digit(cell.text) or _holds_several(area, cell):
            continue
        figure = area.read(cell)
        why = "text" if figure.number == cell.text.strip() else "letters"
        yield at_cell(number, cell, figure.number, why if figure.number else "words")


def find_marks(looked: Looked) -> Iterator[Finding]:
    """1-13: marks, words and empty places in columns of figures, but X and ***."""
    for number, area, column in _list_columns(looked):
        cells = {cell.row: cell for cell in area.below(column)}
        is_filled = len(cells) * 2 > len(area.body)  # else it is a column for what few rows have
        for row in area.body:
            cell = cells.get(row)
            if cell is None:
                is_empty = is_filled and area.sheet.at(row, column) is None
                if is_empty and _has_figures(area, row):
                    yield at_empty(number, area, row, column, "empty")
            elif not _has_digit(cell.text) and cell.columns == 1 and not is_repeated(cell.text):
                plain = compact(cell.text)
                if plain not in SPECIAL and not area.is_stored(cell):
                    yield at_cell(number, cell, "", "mark" if len(plain) < 2 else "words")


def find_blanks(looked: Looked) -> Iterator[Finding]:
    """1-5: names and figures that are arranged by blanks or line breaks; not sentences."""
    for number, cell in looked.cells:
        text = cell.text
        plain = re.sub(r"[\s\u3000]+", "", text)
        if len(plain) > LONGEST_NAME or SENTENCE in plain or _list_items(text):
            continue
        if "\n" in text:
            yield at_cell(number, cell, plain, "break")
        elif BLANKS.search(CODED.sub("", text)) or SPACED.search(text):
            yield at_cell(number, cell, plain, "blank")


def find_characters(looked: Looked) -> Iterator[Finding]:
    """1-10: characters that JIS X 0208 does not have: circled numbers, ㈱, ㎡, Ⅳ."""
    for number, cell in looked.cells:
        if cell.text.isascii():
            continue
        strange = list(dict.fromkeys(filter(_is_strange, cell.text)))
        if strange:
            told = [f"{c} → {w}" if (w := _write_plain(c)) else c for c in strange]
            yield at_cell(number, cell, ", ".join(told))


def _list_columns(looked: Looked) -> Iterator[tuple[int, Area, int]]:
    """The columns of figures; those of codes and numbers of lines are none."""
    for number, area in looked.tables:
        for column in area.measured:
            label = area.labels.get(column)
            is_number = label is not None and label.field == "number"
            if not is_number and not any(word in area.said(column) for word in IDENTIFIERS):
                yield number, area, column


def _list_measured(looked: Looked) -> Iterator[tuple[int, Area, Cell]]:
    for number, area, column in _list_columns(looked):
        for cell in area.below(column):
            if cell.columns == 1:
                yield number, area, cell


def _has_figures(area: Area, row: int) -> bool:
    cells = (area.sheet.at(row, column) for column in area.measured)
    return any(cell is not None and _has_digit(cell.text) for cell in cells)


def _has_digit(text: str) -> bool:
    return any(letter.isdecimal() for letter in text)


def _holds_several(area: Area, cell: Cell) -> bool:
    figure = area.read(cell)
    lines = [line for line in cell.text.split("\n") if re.match(r"\W*\d", line)]
    told = figure.problem == "two_figures" or MORE_THAN_ONE in figure.problem
    return told or bool(figure.upper) or figure.year is not None or len(lines) > 1


def _list_items(text: str) -> list[str]:
    """The lines of a list of names; none where it is told in sentences."""
    lines = text.split("\n")
    is_list = len(lines) > 1 and all(map(ITEM.match, lines)) and SENTENCE not in text
    return [line.strip() for line in lines] if is_list else []


def _list_figures(cell: Cell) -> list[str]:
    """The data of a cell as printed: before and in brackets, else its figures."""
    if parts := BESIDE.fullmatch(cell.text):
        return [part.strip() for part in parts.groups()]
    return re.findall(r"[-▲△]?\d[\d,]*(?:\.\d+)?", cell.text)


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
