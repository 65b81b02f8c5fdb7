"""The fonts that a text of a figure falls back to, and which characters they have.

Asked without drawing anything: matplotlib takes longer to be imported than a folder to be checked.
"""

import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

FONT = "IPAexGothic"


def _find_package(name: str) -> Path:
    spec = find_spec(name)
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent


FILES = {
    FONT: _find_package("matplotlib_fontja") / "fonts" / "ipaexg.ttf",
    "Sosei Fallback": Path(__file__).parent / "fonts" / "sosei-fallback.otf",
    "DejaVu Sans": _find_package("matplotlib") / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf",
}


@cache
def _read_characters(file: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=16384)
def is_missing(character: str) -> bool:
    """Whether a box would stand for a character: no font has it, and it is seen.

    Format characters and marks are not: those that choose a variant of a kanji have no glyph.
    """
    has_glyph = any(ord(character) in _read_characters(file) for file in FILES.values())
    return not has_glyph and unicodedata.category(character) not in ("Cf", "Mn")


def name_character(character: str) -> str:
    """Show a character and its code point.

    Examples
    --------
    >>> name_character("𠮷"), name_character(chr(27))
    ("'𠮷' (U+20BB7)", 'U+001B')
    """
    code = f"U+{ord(character):04X}"
    return f"{character!r} ({code})" if character.isprintable() else code
