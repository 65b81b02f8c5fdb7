"""What a rubric file (data/rubrics/*.toml) may say, and every problem of one at once.

A rubric is a list of rules; the first whose conditions all hold gives the grade. A new
rubric is a new file: nothing here or in `analysis.measures.rubrics` names one.
"""

import math
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError

from analysis.intake.cells import check_digit_of_code
from analysis.intake.tables import DIRECTIONS, STATUSES, TABLES

RATES = ("achievement_rate", "progress_rate", "pace_rate", "final_rate", "cagr_rate")
STANDING = ("exceeded", "change", "change_rate", "course_years")
WORDS = {
    "reached": ("yes", "no", "unknown"),
    "exceeded": ("yes", "no"),
    "change": ("better", "same", "worse"),
    "direction": DIRECTIONS,
    "actual_status": STATUSES,
}
COLUMNS = {*TABLES["kpis"].columns, *TABLES["ratings"].columns, *RATES, *STANDING, "reached"}
UNKNOWN = "unknown"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Interval(_Part):
    """A band of numbers (ratios for rates), each end closed or open."""

    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None


def _kind(condition: Any) -> str:
    if isinstance(condition, dict | Interval):
        return "interval"
    return "word" if isinstance(condition, str) else "number"


Condition = Annotated[
    Annotated[Interval, Tag("interval")]
    | Annotated[str, Tag("word")]
    | Annotated[float, Tag("number")],
    Discriminator(_kind),
]


class Rule(_Part):
    """A grade and the conditions under which it is given; `attested` if a sheet shows it."""

    grade: str
    when: dict[str, Condition] = Field(min_length=1)
    attested: int | bool | None = None
    source: str | None = None


class Grade(_Part):
    """One grade; `from_figures` is false where it depends on something no figure shows."""

    grade: str
    meaning: str | None = None
    from_figures: bool = True


class Rubric(_Part):
    """A whole file: whose rubric, on what it looks, its grades best first, its rules."""

    name: str
    source: str
    address: list[str] = []
    government_code: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None
    level: Literal["kpi", "program"]
    inputs: list[str]
    grades: list[Grade] = Field(min_length=1)
    rules: list[Rule] = Field(min_length=1)
    unknown: str = UNKNOWN
    aggregation: str
    inferred: str
    note: str
    level_words: list[str] | None = None
    progress_words: list[str] | None = None
    criteria_not_at_hand: str | None = None


class RubricProblem(NamedTuple):
    """A key of a rubric file that does not fit: what it holds, what was expected."""

    key: str
    found: str
    expected: str


def read_rubric(path: Path) -> tuple[dict[str, Any], list[RubricProblem]]:
    """Read one rubric file: what it says as plain values, and its problems.

    Keys the file does not have are absent, `unknown` excepted, which is "unknown" then. The
    rubric is empty where there is a problem.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [RubricProblem("", str(error), "a TOML file in UTF-8")]
    try:
        rubric = Rubric.model_validate(said)
    except ValidationError as error:
        return {}, [_problem(said, dict(one)) for one in error.errors()]
    problems = [*_check_keys(rubric), *_check_rules(rubric)]
    return ({} if problems else rubric.model_dump(exclude_none=True)), problems


def _problem(said: dict[str, Any], error: dict[str, Any]) -> RubricProblem:
    place = [str(p) for p in error["loc"] if p not in ("interval", "word", "number")]
    key = ".".join(place)
    if error["type"] == "missing":
        return RubricProblem(key, "no such key", "this key; docs/data.md says what it holds")
    if error["type"] == "extra_forbidden":
        return RubricProblem(key, f"the key {place[-1]!r}", f"one of {', '.join(_keys(place))}")
    return RubricProblem(key, repr(error["input"]), error["msg"])


def _keys(place: list[str]) -> list[str]:
    if "when" in place:
        return list(Interval.model_fields)
    parts: dict[str, type[_Part]] = {"rules": Rule, "grades": Grade}
    return list(parts.get(place[0] if len(place) > 1 else "", Rubric).model_fields)


def _check_keys(rubric: Rubric) -> Iterator[RubricProblem]:
    code, years = rubric.government_code, (rubric.valid_from, rubric.valid_to)
    if code is not None and not _is_code(code):
        yield RubricProblem("government_code", repr(code), "a code whose check digit is right")
    if None not in years and years[1] < years[0]:  # type: ignore[operator]
        yield RubricProblem("valid_to", str(years[1]), f"valid_from {years[0]} or later")
    names = [grade.grade for grade in rubric.grades]
    given = {rule.grade for rule in rubric.rules}
    for number, grade in enumerate(rubric.grades):
        place = f"grades.{number}"
        if names.index(grade.grade) < number:
            yield RubricProblem(place, f"{grade.grade!r} again", "each grade once, best first")
        if grade.from_figures and grade.grade not in given:
            expected = "a rule that gives it, or from_figures = false"
            yield RubricProblem(place, f"{grade.grade!r} without a rule", expected)
    used = {column for rule in rubric.rules for column in rule.when}
    for column in sorted(used ^ set(rubric.inputs)):
        found = f"{column!r} in {'inputs' if column in rubric.inputs else 'rules'} only"
        yield RubricProblem("inputs", found, "the columns the rules look at, all of them")


def _is_code(code: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) in (6, 13) and check_digit_of_code(code)


def _check_rules(rubric: Rubric) -> Iterator[RubricProblem]:
    grades = [*(grade.grade for grade in rubric.grades), UNKNOWN]
    for number, rule in enumerate(rubric.rules):
        place = f"rules.{number}"
        if rule.grade not in grades:
            expected = f"one of {', '.join(grades)}"
            yield RubricProblem(f"{place}.grade", repr(rule.grade), expected)
        for column, condition in rule.when.items():
            yield from _check_condition(f"{place}.when.{column}", column, condition, rubric)
        for earlier, other in enumerate(rubric.rules[:number]):
            if _always_before(other, rule):
                found = f"a rule that never counts, for rule {earlier} holds whenever it does"
                yield RubricProblem(place, found, "rules that overlap with the narrower one first")
                break


def _check_condition(
    key: str, column: str, condition: Any, rubric: Rubric
) -> Iterator[RubricProblem]:
    if column not in COLUMNS:
        expected = f"a column of kpis or ratings, or one of {', '.join((*RATES, *STANDING))}"
        yield RubricProblem(key, f"the column {column!r}", expected)
    words = WORDS.get(column, rubric.level_words if rubric.level == "program" else None)
    if isinstance(condition, str) and words and condition not in words:
        yield RubricProblem(key, repr(condition), f"one of {', '.join(words)}")
    if column in (*RATES, "change_rate", "course_years") and isinstance(condition, str):
        yield RubricProblem(key, repr(condition), "a number or an interval")
    if isinstance(condition, Interval):
        ends = condition.model_dump(exclude_none=True)
        if not ends or {"at_least", "above"} <= set(ends) or {"at_most", "below"} <= set(ends):
            expected = "at_least or above, at_most or below, one of them at least"
            yield RubricProblem(key, str(ends), expected)
        elif _low(condition) > _high(condition):
            yield RubricProblem(key, f"{ends}, which holds nothing", "an end above its beginning")


def _low(condition: Any) -> tuple[float, int]:
    """Where a condition begins; an open end lies behind a closed one at the same number."""
    if not isinstance(condition, Interval):
        return (condition, 0)
    if condition.above is not None:
        return (condition.above, 1)
    return (-math.inf if condition.at_least is None else condition.at_least, 0)


def _high(condition: Any) -> tuple[float, int]:
    if not isinstance(condition, Interval):
        return (condition, 0)
    if condition.below is not None:
        return (condition.below, -1)
    return (math.inf if condition.at_most is None else condition.at_most, 0)


def _always_before(earlier: Rule, later: Rule) -> bool:
    return all(
        column in later.when and _holds_within(later.when[column], condition)
        for column, condition in earlier.when.items()
    )


def _holds_within(inner: Any, outer: Any) -> bool:
    if isinstance(inner, str) or isinstance(outer, str):
        return bool(inner == outer)
    return _low(outer) <= _low(inner) and _high(inner) <= _high(outer)
