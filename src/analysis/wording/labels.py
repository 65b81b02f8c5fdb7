"""The words for codes, from the file of a language (`ja.toml`)."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGE = "ja"  # a process speaks one


@cache
def _read(language: str) -> dict[str, Any]:
    path = Path(__file__).with_name(f"{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def labels(section: str) -> dict[str, str]:
    """The words of a section of the language's file, by code.

    Raises
    ------
    KeyError
        When the file has no such section.

    Examples
    --------
    >>> labels("reasons")["no_actual"]
    '実績がない'
    """
    found: Any = _read(LANGUAGE)
    for name in section.split("."):
        found = found[name]
    return {code: word for code, word in found.items() if isinstance(word, str)}


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
