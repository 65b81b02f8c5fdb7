"""The files of the languages, as tests of several kinds read them."""

import tomllib
from pathlib import Path

from analysis.wording.labels import LANGUAGES

SOURCE = Path(__file__).parents[1] / "src/analysis"
FILES = {language: sorted((SOURCE / "wording" / language).glob("*.toml")) for language in LANGUAGES}


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def flatten(words, above=""):
    """The words of nested sections by their full names: `figures.costs.caption`."""
    for code, word in words.items():
        if isinstance(word, dict):
            yield from flatten(word, f"{above}{code}.")
        else:
            yield f"{above}{code}", word
