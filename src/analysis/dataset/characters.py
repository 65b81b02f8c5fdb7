"""Characters of texts that no font of the figures has."""

import unicodedata
from functools import lru_cache

import pandas as pd

from analysis.dataset.problems import Problem, list_problems
from analysis.dataset.tables import TABLES

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
    characters = set("".join(set(cells.tolist())))
    missing = {character for character in characters if _is_missing(character)}
    if not missing:
        return []
    found = cells.map(lambda cell: [c for c in dict.fromkeys(cell) if c in missing])
    found = found[found.str.len() > 0]
    return list_problems("no_glyph", name, column, found.index, map(_name, found), GLYPHS_EXPECTED)


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
