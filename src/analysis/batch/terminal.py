"""What a program printed, as a terminal would show it in the end."""

import re
import unicodedata
from html import escape

ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]"  # colours, movements
    r"|[\]PX^_].*?(?:\x07|\x1b\\|$)"  # links, titles of windows
    r"|[ -/]*[0-~])"
)
ERASE = re.compile(r"\x1b\[[02]?K")  # to the end of the line, or all of it
ERASED = "\x00"
CONTROLS = re.compile(r"[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
MOVES = re.compile(f"[\r\b{ERASED}]")
WIDEST_ON_A_TELEPHONE = 40  # letters of Latin script


def settle(text: str) -> str:
    r"""Obey carriage returns, backspaces and erasures; leave out colours and other controls.

    Examples
    --------
    >>> settle("10%\r20%\rdone\n\x1b[31mred\x1b[0m abc\b\b-\n")
    'done\nred a-c\n'
    """
    plain = CONTROLS.sub("", text)
    if "\x1b" in plain:
        plain = ESCAPES.sub("", ERASE.sub(ERASED, plain))
    if not MOVES.search(plain):
        return plain
    return "\n".join(_settle_line(line) for line in plain.split("\n"))


def _settle_line(line: str) -> str:
    if not MOVES.search(line):
        return line
    shown: list[str] = []
    place = 0
    for character in line:
        if character == "\r":
            place = 0
        elif character == "\b":
            place = max(0, place - 1)
        elif character == ERASED:
            del shown[place:]
        else:
            shown[place : place + 1] = [character]
            place += 1
    return "".join(shown)


def show_printed(text: str, name: str = "") -> str:
    """Show what was printed; where it may scroll on a telephone, the keyboard reaches it."""
    settled = settle(text)
    attributes = f' class="{name}"' if name else ""
    if any(_width(line) > WIDEST_ON_A_TELEPHONE for line in settled.split("\n")):
        attributes += ' tabindex="0"'
    return f"<pre{attributes}>{escape(settled, quote=False)}</pre>"


def _width(line: str) -> int:
    if len(line) > WIDEST_ON_A_TELEPHONE or line.isascii():
        return len(line)
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in line)
