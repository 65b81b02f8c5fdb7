"""The words of published headers, as `vocabulary.toml` has them, compared without blanks."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.dataset.printed_words import BRACKETS
from analysis.dataset.values import tidy

_said: dict[str, Any] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


@lru_cache(maxsize=1 << 16)
def compact(text: str) -> str:
    r"""Write a text without blanks and line breaks, with ordinary digits, signs and brackets.

    Examples
    --------
    >>> compact("最終\n目標値 【％】")
    '最終目標値(%)'
    """
    return re.sub(r"\s", "", tidy(text)).translate(BRACKETS)


WORDS: dict[str, dict[str, Any]] = {
    compact(word): {name: what for name, what in entry.items() if name != "words"}
    for entry in _said["word"]
    for word in entry["words"]
}
JUDGED = frozenset(
    word
    for word, entry in WORDS.items()
    if entry["field"] in ("effectiveness", "efficiency", "axis")
)
SIGNS: dict[str, Any] = _said["signs"]
STATUS_OF_TITLE: dict[str, str] = _said["status"]
GUESSES: dict[str, list[str]] = _said["guess"]
HEADS: dict[str, str] = _said["heads"]  # of the names of KPIs: where what is counted begins
KNOWN_TABLES = [(frozenset(map(compact, t["headers"])), t["unit"]) for t in _said["known_table"]]
DIRECTIONS = {"up": "up", "down": "down", "keep_above": "keep", "keep_below": "keep_low"}
REPEATED = frozenset(SIGNS["repeated"])
LEFT = frozenset(map(compact, SIGNS["left"]))
PART_OF_YEAR: tuple[str, ...] = tuple(SIGNS["part_of_year"])
TOTALS = frozenset(compact(word) for word in SIGNS["totals"])
CUMULATIVE = frozenset(map(compact, SIGNS["cumulative"]))
PERIOD_WORDS = frozenset(map(compact, (*SIGNS["cumulative"], *SIGNS["single"])))
VAGUE = frozenset(map(compact, SIGNS["vague"]))  # headers of grades, and of much else
PROGRAM_WORD: str = SIGNS["program"]
SUM = re.compile(rf"\(.*{SIGNS['sum']}\)")  # beside it stand the parts
_ends = "|".join(SIGNS["total_ends"])
_counted = "".join(SIGNS["counted_before_total"])
_reference = "|".join(SIGNS["reference"])
ENDS_IN_TOTAL = re.compile(
    rf"(?:{_ends})$|^(?:{_ends}|{SIGNS['sum']})[(]|[{_counted}]{SIGNS['sum']}$|[(](?:{_reference})[)]$"
    rf"|^[(](?:{_ends}|{_reference}|{SIGNS['sum']})[)]"
)
APART = re.compile(rf"[\s\u3000]{SIGNS['sum']}$")  # 民生費　計
DASHES = frozenset(SIGNS["dashes"])
MARKS = frozenset(SIGNS["marks"])


def is_note(text: str) -> bool:
    """Whether a text begins as a note does: ※, *, 注."""
    return text.lstrip().startswith(tuple(SIGNS["notes"]))


def is_grade(text: str) -> bool:
    """Whether a cell holds a mark of judgement: Ｂ, ◎, 概ね順調; or nothing."""
    plain = compact(text)
    if plain in DASHES or re.fullmatch(r"[A-Za-z◎○◯△×▲●◇★☆]{1,2}[+-]?|[0-9]", plain):
        return True
    return any(word in plain for word in SIGNS["judged"])


def find_direction(text: str) -> str:
    """Find the direction a sign or word names (↑, 増加): up, down, keep_…; else ""."""
    plain = compact(text)
    return next((way for way, words in DIRECTIONS.items() if plain in SIGNS[words]), "")
