"""The fonts that every text of every figure falls back to, whatever matplotlib's settings say.

`import analysis` has this imported with matplotlib's fonts. No setting is changed: a style,
`sns.set_theme()` or `rcdefaults()` choose the font of a text as ever, and a character which that
font lacks comes from the first of these that has it: IPAexGothic; a part of Noto Sans CJK for
names such as 𠮷野 (made by docs/make_font.py); DejaVu Sans, for what is not Japanese. A character
that none has, an emoji, is drawn as a box, and the run hears of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any

from matplotlib import _text_helpers
from matplotlib._mathtext import UnicodeFonts
from matplotlib.font_manager import FontManager, findfont, fontManager, get_font

from analysis.environment import tell_run
from analysis.glyphs import FILES, name_character

FIRST_OF_EAST_ASIA = "\u2e80"  # no font of formulas goes beyond


def _find_fallback() -> Iterator[str]:
    for name, file in FILES.items():
        if name != "DejaVu Sans":  # which matplotlib knows
            fontManager.addfont(file)
        yield findfont(name, directory=str(file.parent))


FALLBACK = list(_find_fallback())
_DRAWN = ContextVar("drawn", default="a figure that is shown")


@contextmanager
def drawing(figure: str) -> Iterator[None]:
    """Say what is drawn meanwhile, for the warning of a character that no font has."""
    token = _DRAWN.set(figure)
    try:
        yield
    finally:
        _DRAWN.reset(token)


@lru_cache(maxsize=16384)
def find_font(character: str) -> str | None:
    """Return the first font of the fallback that has a character, or None."""
    code = ord(character)
    return next((font for font in FALLBACK if get_font(font).get_char_index(code)), None)


def warn_of_missing(codepoint: int, fontnames: str = ", ".join(FILES)) -> None:
    """Warn of a character that none of the fonts has, in the notebook and to its run."""
    character = name_character(chr(codepoint))
    tell_run("warning", f"{_DRAWN.get()}: no font has the character {character}: a box is drawn")
    _warn(codepoint, fontnames)


def _with_fallback(find: Any) -> Any:
    """Let matplotlib's search for the fonts of a text find those of the fallback, too."""

    @wraps(find)
    def find_fonts(self: Any, prop: Any, fontext: str = "ttf", *rest: Any, **named: Any) -> Any:
        found = find(self, prop, fontext, *rest, **named)
        return found if fontext == "afm" else [*found, *(f for f in FALLBACK if f not in found)]

    return find_fonts


def _with_japanese(find: Any) -> Any:
    """Let Japanese text beside a formula, as in "人口 ($10^3$)", have its glyphs."""

    @wraps(find)
    def find_glyph(self: Any, fontname: str, font_class: str, sym: str) -> Any:
        font = find_font(sym) if len(sym) == 1 and sym >= FIRST_OF_EAST_ASIA else None
        if font and font != FALLBACK[-1]:
            return get_font(font), ord(sym), False
        return find(self, fontname, font_class, sym)

    return find_glyph


# Not public, but the places where all text passes: tests fail if a new matplotlib moves them.
_warn = _text_helpers.warn_on_missing_glyph
_text_helpers.warn_on_missing_glyph = warn_of_missing
UnicodeFonts._get_glyph = _with_japanese(UnicodeFonts._get_glyph)  # type: ignore[method-assign]
_find = FontManager._find_fonts_by_props
FontManager._find_fonts_by_props = _with_fallback(_find)  # type: ignore[method-assign]
