"""What a rubric file (data/rubrics/*.toml) may say, and every problem of one at once.

A rubric is a list of rules; the first whose conditions all hold gives the grade. A new
rubric is a new file: nothing here or in `analysis.measures.rubrics` names one.
"""

import copy
import math
import re
import reprlib
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from analysis.dataset.cells import check_digit_of_code
from analysis.dataset.files import UnreadableError, read_bytes
from analysis.dataset.tables import TABLES

RATES = ("achievement_rate", "progress_rate", "pace_rate", "final_rate", "cagr_rate")
WORDS_OF_STANDING = {
    "exceeded": ("yes", "no"),
    "change": ("better", "same", "worse"),
    "final_reached": ("yes", "no"),
}
NUMBERS_OF_STANDING = (
    *("change_rate", "course_years", "difference", "directed_difference"),
    *("yearly_growth", "growth_ratio", "limit_factor", "growth_of_limit"),
)
STANDING = (*WORDS_OF_STANDING, *NUMBERS_OF_STANDING)
OF_PROGRAM = ("mean_points", "kpis", "unknown_kpis")
PUBLISHED = TABLES["kpis"].columns | TABLES["ratings"].columns
WORDS_OF_COLUMN = {
    **{name: column.words for name, column in PUBLISHED.items() if column.words},
    **WORDS_OF_STANDING,
    "reached": ("yes", "no", "unknown"),
}
NUMBERS = {
    *(name for name, column in PUBLISHED.items() if column.kind in ("number", "count", "year")),
    *(*RATES, *NUMBERS_OF_STANDING, *OF_PROGRAM),
}
CONDITION_COLUMNS = {*PUBLISHED, *RATES, *STANDING, "reached"}
UNKNOWN = "unknown"
LARGEST_RUBRIC = 1_000_000  # a rubric takes a few thousand
MEAN_OF_POINTS = "mean_of_points"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Interval(_Part):
    """A band of numbers (ratios for rates), each end closed or open."""

    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None


class Printed(_Part):
    """Whether anything is printed: a figure, or its words (`*_printed`, a bound, a range)."""

    printed: bool


def _list_words(said: Any) -> list[str]:
    words = [said] if isinstance(said, str) else said
    if not isinstance(words, list) or not words or not all(isinstance(w, str) for w in words):
        raise PydanticCustomError("words", "a word, or a list of words")
    return words


class Negation(_Part):
    """Any word but these."""

    words: Annotated[list[str], BeforeValidator(_list_words)] = Field(alias="not")


TAGS = ("interval", "printing", "negation", "word", "number")


def _kind(condition: Any) -> str:
    if isinstance(condition, str):
        return "word"
    if isinstance(condition, Printed) or (isinstance(condition, dict) and "printed" in condition):
        return "printing"
    if isinstance(condition, Negation) or (isinstance(condition, dict) and "not" in condition):
        return "negation"
    return "interval" if isinstance(condition, dict | Interval) else "number"


Condition = Annotated[
    Annotated[Interval, Tag("interval")]
    | Annotated[Printed, Tag("printing")]
    | Annotated[Negation, Tag("negation")]
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
    points: float | None = None
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
    program_rules: list[Rule] = []
    unknown: str = UNKNOWN
    zero_target: float | None = Field(default=None, gt=0)
    aggregation: str
    inferred: str = ""
    note: str = ""
    level_words: list[str] | None = None
    progress_words: list[str] | None = None
    criteria_not_at_hand: str | None = None


class RubricProblem(NamedTuple):
    """A key of a rubric file that does not fit: what it holds, what was expected."""

    key: str
    found: str
    expected: str
    kind: str = "bad_rubric"


def read_rubric(path: Path) -> tuple[dict[str, Any], list[RubricProblem]]:
    """Read one rubric file: what it says as plain values, and its problems.

    Keys the file does not have are absent, but `unknown`, which is "unknown" then, and
    `inferred` and `note`, which are empty. The rubric is empty where there is a problem.
    """
    try:
        plain, problems = _read(read_bytes(path, LARGEST_RUBRIC))
    except UnreadableError as error:
        return {}, [RubricProblem("", error.found, error.expected, error.kind)]
    return copy.deepcopy(plain), list(problems)


@lru_cache(maxsize=64)  # the package's own are read for every folder again
def _read(written: bytes) -> tuple[dict[str, Any], list[RubricProblem]]:
    try:
        said = tomllib.loads(written.decode("utf-8-sig"))
    except RecursionError:
        return {}, [RubricProblem("", "brackets within brackets without end", "a TOML file")]
    except ValueError as error:  # not TOML, not UTF-8, or a number of thousands of digits
        return {}, [RubricProblem("", str(error), "a TOML file in UTF-8")]
    try:
        rubric = Rubric.model_validate(said)
    except ValidationError as error:
        return {}, [_problem(said, dict(one)) for one in error.errors()]
    problems = [*_check_keys(rubric), *_check_rules(rubric), *_check_points(rubric)]
    plain = rubric.model_dump(exclude_none=True, by_alias=True)
    return ({} if problems else plain), problems


def _problem(said: dict[str, Any], error: dict[str, Any]) -> RubricProblem:
    place = [str(p) for p in error["loc"] if p not in TAGS]
    key = ".".join(place)
    if error["type"] == "missing":
        return RubricProblem(key, "no such key", "this key; docs/data.md says what it holds")
    if error["type"] == "extra_forbidden":
        return RubricProblem(key, f"the key {place[-1]!r}", f"one of {', '.join(_keys(place))}")
    return RubricProblem(key, reprlib.repr(error["input"]), error["msg"])


def _keys(place: list[str]) -> list[str]:
    if "when" in place:
        return [*Interval.model_fields, "printed alone", "not alone"]
    parts: dict[str, type[_Part]] = {"rules": Rule, "program_rules": Rule, "grades": Grade}
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
    levels = rubric.level_words if rubric.level == "program" else None
    for number, rule in enumerate(rubric.rules):
        if rule.grade not in grades:
            expected = f"one of {', '.join(grades)}"
            yield RubricProblem(f"rules.{number}.grade", repr(rule.grade), expected)
        for column in rule.when:
            if column not in CONDITION_COLUMNS:
                computed = ", ".join((*RATES, *STANDING))
                expected = f"a column of kpis or ratings, or one of {computed}"
                key = f"rules.{number}.when.{column}"
                yield RubricProblem(key, f"the column {column!r}", expected)
    yield from _check_conditions("rules", rubric.rules, levels)
    if rubric.zero_target is not None and "growth_ratio" not in rubric.inputs:
        expected = "a rule that looks at growth_ratio, or no such key"
        yield RubricProblem("zero_target", str(rubric.zero_target), expected)


def _check_points(rubric: Rubric) -> Iterator[RubricProblem]:
    """What a mean of points over the KPIs of a program needs."""
    means = rubric.aggregation == MEAN_OF_POINTS
    if rubric.program_rules and not means:
        expected = f"{MEAN_OF_POINTS!r}, as program_rules grade that mean"
        yield RubricProblem("aggregation", repr(rubric.aggregation), expected)
    if means and rubric.level != "kpi":
        yield RubricProblem("level", repr(rubric.level), "'kpi', whose points are averaged")
    for number, grade in enumerate(rubric.grades):
        if means and grade.from_figures and find_points(grade.grade, grade.points) is None:
            expected = "points, or a number as the grade"
            yield RubricProblem(f"grades.{number}", f"{grade.grade!r} without points", expected)
    for number, rule in enumerate(rubric.program_rules):
        for column in set(rule.when) - set(OF_PROGRAM):
            key = f"program_rules.{number}.when.{column}"
            found, expected = f"the column {column!r}", f"one of {', '.join(OF_PROGRAM)}"
            yield RubricProblem(key, found, expected)
    yield from _check_conditions("program_rules", rubric.program_rules, None)


def find_points(grade: str, points: float | None) -> float | None:
    """Return the points of a grade: those its file gives it, else the grade where it is a number.

    Examples
    --------
    >>> find_points("A", 3), find_points("-5", None), find_points("A", None)
    (3, -5.0, None)
    """
    if points is not None:
        return points
    return float(grade) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", grade) else None


def _check_conditions(
    part: str, rules: list[Rule], levels: list[str] | None
) -> Iterator[RubricProblem]:
    """Look at each condition of some rules, and for rules that an earlier one always precedes."""
    for number, rule in enumerate(rules):
        for column, condition in rule.when.items():
            key = f"{part}.{number}.when.{column}"
            yield from _check_condition(key, column, condition, WORDS_OF_COLUMN.get(column, levels))
        for earlier, other in enumerate(rules[:number]):
            if _always_before(other, rule, levels):
                found = f"a rule that never counts, for rule {earlier} holds whenever it does"
                expected = "rules that overlap with the narrower one first"
                yield RubricProblem(f"{part}.{number}", found, expected)
                break


def _check_condition(
    key: str, column: str, condition: Any, words: Sequence[str] | None
) -> Iterator[RubricProblem]:
    if isinstance(condition, Printed):
        if column not in PUBLISHED:
            expected = "a column of kpis or ratings, for this one is computed"
            yield RubricProblem(key, f"printed of the column {column!r}", expected)
    elif isinstance(condition, str | Negation):
        yield from _check_words(key, column, condition, words)
    elif words:
        expected = f"one of {', '.join(words)}"
        yield RubricProblem(key, _show(condition), expected)
    if isinstance(condition, Interval):
        ends = condition.model_dump(exclude_none=True)
        if not ends or {"at_least", "above"} <= set(ends) or {"at_most", "below"} <= set(ends):
            expected = "at_least or above, at_most or below, one of them at least"
            yield RubricProblem(key, str(ends), expected)
        elif _low(condition) > _high(condition):
            yield RubricProblem(key, f"{ends}, which holds nothing", "an end above its beginning")


def _check_words(
    key: str, column: str, condition: str | Negation, words: Sequence[str] | None
) -> Iterator[RubricProblem]:
    negated = isinstance(condition, Negation)
    said = [condition] if isinstance(condition, str) else condition.words
    if column in NUMBERS:
        yield RubricProblem(key, _show(condition), "a number or an interval")
    elif words and set(said) - set(words):
        strange = ", ".join(repr(word) for word in said if word not in words)
        yield RubricProblem(key, strange, f"one of {', '.join(words)}")
    elif words and negated and set(words) <= set(said):
        found = f"{_show(condition)}, which holds nothing"
        yield RubricProblem(key, found, f"some but not all of {', '.join(words)}")


def _show(condition: Any) -> str:
    if isinstance(condition, Interval | Negation):
        return str(condition.model_dump(exclude_none=True, by_alias=True))
    return repr(condition)


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


def _always_before(earlier: Rule, later: Rule, levels: list[str] | None) -> bool:
    return all(
        column in later.when
        and _holds_within(later.when[column], condition, WORDS_OF_COLUMN.get(column, levels))
        for column, condition in earlier.when.items()
    )


def _holds_within(inner: Any, outer: Any, words: Sequence[str] | None) -> bool:
    """Whether the outer condition holds wherever the inner one does."""
    if isinstance(outer, Printed):
        return inner.printed == outer.printed if isinstance(inner, Printed) else outer.printed
    if isinstance(inner, Printed):
        return False
    if isinstance(inner, str | Negation) and isinstance(outer, str | Negation):
        return _words_within(inner, outer, words)
    if isinstance(inner, str | Negation) or isinstance(outer, str | Negation):
        return False
    return _low(outer) <= _low(inner) and _high(inner) <= _high(outer)


def _words_within(
    inner: str | Negation, outer: str | Negation, words: Sequence[str] | None
) -> bool:
    if isinstance(inner, str):
        return inner not in outer.words if isinstance(outer, Negation) else inner == outer
    if isinstance(outer, Negation):
        return set(outer.words) <= set(inner.words)
    return words is not None and set(words) - set(inner.words) <= {outer}
