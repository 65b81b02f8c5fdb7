"""What the command says of a run, in the language of the terminal: pages may be in another one."""

import tomllib
from functools import cache
from typing import Any

from analysis.environment import find_language_of_terminal
from analysis.wording.labels import WORDING, fill

NAME = "terminal.toml"


@cache
def _read(language: str) -> dict[str, Any]:
    return tomllib.loads((WORDING / language / NAME).read_text(encoding="utf-8"))


def speak(sentence: str, **places: Any) -> str:
    """Say a sentence of `terminal.toml`, as `say` does one of a page.

    Examples
    --------
    >>> speak("run_counts.failed", count=2)
    '2 failed'
    """
    section, _, code = sentence.rpartition(".")
    texts = _read(find_language_of_terminal())["sentences"][section]
    return fill(texts[code], **places)


def speak_time(seconds: float) -> str:
    """Say how long something takes, in the unit that one would use.

    Examples
    --------
    >>> speak_time(0.2), speak_time(89), speak_time(300), speak_time(9_000)
    ('1 s', '89 s', '5 min', '2.5 h')
    """
    if seconds < 90:
        return speak("run.seconds", count=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 90:
        return speak("run.minutes", count=minutes)
    return speak("run.hours", count=minutes / 60)


def speak_reason(why: str) -> str:
    """Say why a report is due, from the reasons of a plan (`Step.why`).

    Examples
    --------
    >>> speak_reason("code changed; output missing: government.html")
    'code changed; output missing: government.html'
    """
    words = _read(find_language_of_terminal())["reasons_to_run"]
    return "; ".join(_speak_one(reason, words) for reason in why.split("; "))


def _speak_one(reason: str, words: dict[str, str]) -> str:
    what, colon, names = reason.partition(": ")
    return f"{words.get(what, what)}{colon}{names}"
