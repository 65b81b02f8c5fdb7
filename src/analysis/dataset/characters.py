"""Characters of texts that no font of the figures has."""

import re
import unicodedata
from functools import lru_cache

import pandas as pd

from analysis.dataset.problems import Problem, list_problems
from analysis.dataset.tables import TABLES

TAB_OR_PRIVATE = re.compile(r"[\t\ue000-\uf8ff]")
GLYPHS_EXPECTED = (
    "characters that the fonts of the figures have: in a figure a box stands for this one, "
    "a blank for a control character"
)


def find_missing_characters(tables: dict[str, pd.DataFrame]) -> list[Problem]:
    """Look at each text of the tables, which a figure may show."""
    return [
        problem
        for name, table in tables.items()
        if len(table)
        for column, definition in TABLES[name].columns.items()
        if definition.kind == "text"
        for problem in _look_into(name, column, table[column])
    ]


def _look_into(name: str, column: str, cells: pd.Series) -> list[Problem]:
    texts = cells.tolist()
    distinct = set(texts)
    joined = "".join(distinct)
    missing = set() if _are_common(joined) else {c for c in set(joined) if _is_missing(c)}
    if not missing:
        return []
    told = {
        text: _name([c for c in dict.fromkeys(text) if c in missing])
        for text in distinct
        if not missing.isdisjoint(text)
    }
    at = [number for number, text in enumerate(texts) if text in told]
    rows, names = cells.index[at], [told[texts[number]] for number in at]
    return list_problems("no_glyph", name, column, rows, names, GLYPHS_EXPECTED)


@lru_cache(maxsize=16384)
def _is_missing(character: str) -> bool:
    """Ask the fonts, but not of what they are known to have: to read them takes half a second.

    Control characters but the tab are errors of their cells.
    """
    is_control = unicodedata.category(character) == "Cc" and character != "\t"
    if is_control or _is_common(character):
        return False
    from analysis.glyphs import is_missing

    return is_missing(character)


def _are_common(text: str) -> bool:
    """Whether all characters of a text are common, or such as are errors of their cells."""
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return TAB_OR_PRIVATE.search(text) is None


def _is_common(character: str) -> bool:
    """Whether a character is one of Windows' Japanese code page, and not a private one."""
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return unicodedata.category(character) not in ("Cc", "Co")


def _name(characters: list[str]) -> str:
    from analysis.glyphs import name_character

    return ", ".join(map(name_character, characters))
