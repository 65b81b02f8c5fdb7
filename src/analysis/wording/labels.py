"""The words of a language: labels for codes, sentences with places for names and figures."""

import string
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from analysis.environment import find_language, list_languages

WORDING = Path(__file__).parent
LANGUAGES = tuple(list_languages())
LANGUAGE = find_language()  # a process speaks one


@cache
def _read(language: str) -> dict[str, Any]:
    """All words of a language; each of its files has sections that no other one has."""
    words: dict[str, Any] = {"sentences": {}}
    for path in sorted((WORDING / language).glob("*.toml")):
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        words["sentences"] |= found.pop("sentences", {})
        words |= found
    return words


@cache
def labels(section: str, language: str = LANGUAGE) -> dict[str, str]:
    """The words of a section of a language, by code.

    Raises
    ------
    KeyError
        When the language has no such section.

    Examples
    --------
    >>> labels("reasons")["no_actual"]
    '実績がない'
    """
    found: Any = _read(language)
    for name in section.split("."):
        found = found[name]
    return {code: word for code, word in found.items() if isinstance(word, str)}


class _Sentences(string.Formatter):
    """Sentences in which a number chooses between one and many: `{n:program|programs}`."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, has_two, many = format_spec.partition("|")
        if has_two:
            return one if value == 1 else many
        return str(format(value, format_spec))


_FORMATTER = _Sentences()


@cache
def _chooses(text: str) -> bool:
    """Whether a number in a text chooses between words."""
    return any("|" in (spec or "") for _, _, spec, _ in _FORMATTER.parse(text))


def fill(text: str, **places: Any) -> str:
    """Fill the places of a text.

    Examples
    --------
    >>> fill("{n:,} {n:program|programs}", n=1200), fill("{n:,} {n:program|programs}", n=1)
    ('1,200 programs', '1 program')
    """
    return _FORMATTER.format(text, **places) if _chooses(text) else text.format(**places)


def say(sentence: str, **places: Any) -> str:
    """Say a sentence, or a part of one, with what stands in its places.

    Parameters
    ----------
    sentence
        Where it stands in the language's files: `progress.nothing` is `nothing` of the section
        `[sentences.progress]`.
    places
        What fills its places, by name. `{count:,}` writes a number with commas,
        `{count:program|programs}` the first word for 1 and the second for any other number.

    Raises
    ------
    KeyError
        When the language has no such sentence, or a place is not filled.

    Examples
    --------
    >>> say("lists.more", listed="「面接会」", left=1200, unit="事業")
    '「面接会」ほか1,200事業'
    """
    section, _, code = sentence.rpartition(".")
    return fill(labels(f"sentences.{section}")[code], **places)


def translate(text: str) -> str:
    """The prose of the project's notebooks in the language of the process, line by line.

    What the language has no words for stays as its author wrote it.
    """
    prose = _read(LANGUAGE).get("prose", {})
    return "\n".join(prose.get(line, line) for line in text.split("\n"))


REASONS = labels("reasons")
STATUSES = labels("statuses")
FLAGS = labels("flags")
BASES = labels("bases")
PARTS_OF_TOTAL = labels("parts_of_total")
NATURES = labels("natures")
DIRECTIONS = labels("directions")
KPI_KINDS = labels("kpi_kinds")
READINGS = labels("readings")
VERDICTS_OF_COURSE = labels("verdicts_of_course")
VERDICTS = labels("verdicts")
PART_LABELS = labels("part_labels")
BUDGET_KINDS = labels("budget_kinds")
NO_FIGURE = "—"
