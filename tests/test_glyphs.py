"""Which characters the fonts of the figures have, told without drawing."""

import subprocess
import sys
import unicodedata

import numpy as np
import pytest

from analysis.glyphs import is_missing
from analysis.typefaces import find_font


def test_a_character_that_no_font_has_and_that_is_seen_is_missing():
    assert [is_missing(c) for c in "𠮷🦊\t\ufe00\u200b"] == [False, True, True, False, False]


def test_no_character_of_windows_japanese_code_page_is_missing():
    texts = (bytes(pair).decode("cp932", "ignore") for pair in np.ndindex(256, 256))
    characters = {c for c in set().union(*texts) if unicodedata.category(c) not in ("Cc", "Co")}
    assert len(characters) > 7000
    assert {c for c in characters if is_missing(c)} == set()


def test_what_is_told_is_what_matplotlib_draws():
    every = map(chr, [*range(0x20, 0xD800), *range(0x1F000, 0x1FB00), *range(0x20000, 0x20C00)])
    asked = [c for c in every if unicodedata.category(c) not in ("Cf", "Mn", "Cc")]
    assert [c for c in asked if is_missing(c) == bool(find_font(c))] == []


@pytest.mark.process
def test_they_are_asked_without_matplotlib():
    ask = "import sys, analysis.glyphs as g; g.is_missing('³'); print('matplotlib' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
