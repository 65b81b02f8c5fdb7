"""What a program printed, as a terminal would show it in the end."""

import re
import unicodedata
from html import escape

from nbconvert.filters.ansi import ansi2html

from analysis.page.export.clean import ESCAPES

COLOUR = re.compile(r"\x1b\[[\d;]*m")
OTHER_COLOUR = re.compile(r' style="(?:background-)?color: [^"]*"')  # none of the page's classes
ERASE = re.compile(r"\x1b\[[02]?K")  # to the end of the line, or all of it
ERASED = "\x00"
UNHEEDED = re.compile(r"[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
MOVES = re.compile(f"[\r\b{ERASED}]")
WIDEST_ON_A_TELEPHONE = 40  # letters of Latin script


def settle(text: str) -> str:
    r"""Obey carriage returns, backspaces and erasures; leave out colours and other controls.

    What is longer than what it overwrites, or wider, covers it: a Japanese letter is two columns.

    Examples
    --------
    >>> settle("10%\r20%\rdone\n\x1b[31mred\x1b[0m abc\b\b-\n")
    'done\nred a-c\n'
    >>> settle("処理 100%\r処理 完了")
    '処理 完了'
    >>> settle("\x1b]8;;https://example.org\x07address\x1b]8;;\x07 of it")
    'address of it'
    """
    plain = ERASE.sub(ERASED, _keep(ERASE, text))
    if not MOVES.search(plain):
        return plain
    return "\n".join(_settle_line(line) for line in plain.split("\n"))


def _keep(escape: re.Pattern[str], text: str) -> str:
    """Text with escapes of one kind only, and of controls with those that move."""
    kept = ESCAPES.sub(lambda found: found[0] if escape.fullmatch(found[0]) else "", text)
    return UNHEEDED.sub("", kept)


def _settle_line(line: str) -> str:
    if not MOVES.search(line):
        return line
    columns: list[str] = []  # a wide character stands in two, of which the second is empty
    place = 0
    for character in line:
        if character == "\r":
            place = 0
        elif character == "\b":
            place = max(0, place - 1)
        elif character == ERASED:
            del columns[place:]
        elif unicodedata.combining(character) and place:
            columns[place - 1] += character
        else:
            width = _width(character)
            _clear_halves(columns, place, place + width)
            columns[place : place + width] = [character, ""][:width]
            place += width
    return "".join(columns)


def _clear_halves(columns: list[str], begin: int, end: int) -> None:
    """Blank what is left of a wide character that is overwritten in part."""
    if begin < len(columns) and columns[begin] == "":
        columns[begin - 1] = " "
    if end < len(columns) and columns[end] == "":
        columns[end] = " "


def show_printed(text: str, name: str = "") -> str:
    """Show what was printed; where it may scroll on a telephone, the keyboard reaches it.

    Colours and bold are kept where nothing is overwritten.
    """
    settled = settle(text)
    attributes = f' class="{name}"' if name else ""
    if is_wide(settled):
        attributes += ' tabindex="0"'
    return f"<pre{attributes}>{_colour(text) or escape(settled, quote=False)}</pre>"


def is_wide(text: str) -> bool:
    """Whether text may scroll on a telephone."""
    return any(_width(line) > WIDEST_ON_A_TELEPHONE for line in text.split("\n"))


def _colour(text: str) -> str:
    """Printed text with its colours as classes; "" where it has none, or moves."""
    if not COLOUR.search(text) or MOVES.search(text) or ERASE.search(text):
        return ""
    kept = _keep(COLOUR, text)
    return OTHER_COLOUR.sub("", str(ansi2html(kept)))


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)
