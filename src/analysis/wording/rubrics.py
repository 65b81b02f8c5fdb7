"""Rules of grades: what one says, and what several would give for the same KPI."""

from typing import Any

import pandas as pd

from analysis.measures.rubrics import has_code_grades
from analysis.wording.formats import LISTS, SIGNS, format_number
from analysis.wording.labels import DIRECTIONS, NO_FIGURE, READINGS, STATUSES, labels, say
from analysis.wording.tables import label_table

WORDS = labels("rubrics")
CONDITIONS = {
    name: labels(f"rubrics.conditions.{name}")
    for name in ("change", "exceeded", "final_reached", "reached")
}
IN_PERCENT = (
    *(*READINGS, "change_rate"),
    *("yearly_growth", "growth_ratio", "growth_of_limit"),
)


def describe_rubric(rubric: dict[str, Any] | None) -> str:
    """Say how far the rubric behind published grades is known."""
    if rubric is None:
        return say("rubrics.no_rubric")
    note = "".join(rubric.get("note", "").split())
    if "level_words" not in rubric:
        inferred = rubric["inferred"] or say("rubrics.nothing_inferred")
        return say("rubrics.of_bands", name=rubric["name"], note=note, inferred=inferred)
    rules = rubric["rules"]
    unknown = sum(rule["grade"] == "unknown" for rule in rules)
    return say("rubrics.of_levels", note=note, count=len(rules), unknown=unknown)


def tabulate_rubric(rubric: dict[str, Any] | None) -> pd.DataFrame:
    """What a rubric says: one combination of published levels a row, or one band of figures."""
    if rubric is None:
        return label_table("rubric", {})
    if "level_words" not in rubric:
        return tabulate_bands(rubric)
    rules = rubric["rules"]
    names = list(dict.fromkeys(name for rule in rules for name in rule["when"]))
    when = {
        name: [
            write_words(name, rule["when"][name]) if name in rule["when"] else NO_FIGURE
            for rule in rules
        ]
        for name in names
    }
    return label_table(
        "rubric",
        {
            **when,
            "grade": [_name_grade(rule["grade"], {}) for rule in rules],
            "ground": [rule.get("source", WORDS["not_attested"]) for rule in rules],
        },
        headers={name: _name_column(name) for name in names},
    )


def _name_grade(grade: str, names: dict[str, str]) -> str:
    return WORDS["unknown"] if grade == "unknown" else names.get(grade, grade)


def _name_column(name: str) -> str:
    return (labels("columns") | READINGS).get(name, name)


def tabulate_bands(rubric: dict[str, Any]) -> pd.DataFrame:
    """What a rubric for figures says: one grade and its conditions a row, best first."""
    meanings = {grade["grade"]: grade.get("meaning") for grade in rubric["grades"]}
    shown = name_grades(rubric)
    rows = [(rule["grade"], _conditions(rule["when"])) for rule in rubric["rules"]]
    rows += [
        (WORDS["program_rule"].format(grade=rule["grade"]), _conditions(rule["when"]))
        for rule in rubric.get("program_rules", [])
    ]
    rows += [
        (grade["grade"], WORDS["not_from_figures"])
        for grade in rubric["grades"]
        if not grade.get("from_figures", True)
    ]
    return label_table(
        "rubric",
        {
            "grade_of_bands": [_name_grade(grade, shown) for grade, _ in rows],
            "condition": [text for _, text in rows],
            "meaning": [meanings.get(grade) or NO_FIGURE for grade, _ in rows],
        },
    )


def name_grades(rubric: dict[str, Any]) -> dict[str, str]:
    """Name the grades of a rubric as a reader reads them.

    Where they are codes (target_achieved) each is told by its meaning; points below 0 have ▲.

    Examples
    --------
    >>> codes = [{"grade": "limited_progress", "meaning": "前進はわずか（60％未満）"},
    ...          {"grade": "deterioration", "meaning": "後退（成長率が負）"}]
    >>> name_grades({"grades": codes}), name_grades({"grades": [{"grade": "-3"}]})
    ({'limited_progress': '前進はわずか', 'deterioration': '後退'}, {'-3': '▲3'})
    """
    codes = has_code_grades(rubric)
    return {
        grade["grade"]: grade["meaning"].partition("（")[0]  # the file's words, less their figures
        if codes and grade.get("meaning")
        else _write_points(grade["grade"])
        for grade in rubric["grades"]
    }


def _write_points(grade: str) -> str:
    is_below_zero = grade[:1] == "-" and grade[1:2].isdigit()
    return f"{SIGNS['minus']}{grade[1:]}" if is_below_zero else grade


def _conditions(when: dict[str, Any]) -> str:
    return LISTS["comma"].join(_condition(name, condition) for name, condition in when.items())


def _condition(name: str, condition: Any) -> str:
    label = _name_column(name)
    if isinstance(condition, dict) and "printed" in condition:
        return say("rubrics.printed" if condition["printed"] else "rubrics.not_printed", what=label)
    if isinstance(condition, str) or (isinstance(condition, dict) and "not" in condition):
        said = _say_word(name, condition) if isinstance(condition, str) else ""
        return said or say("rubrics.is", what=label, value=write_words(name, condition))
    if not isinstance(condition, dict):
        return say("rubrics.is", what=label, value=_figure(name, condition))
    low, *high = (
        say(f"rubric_ends.{end}", figure=_figure(name, at)) for end, at in condition.items()
    )
    band = say("rubrics.between", low=low, high=high[0]) if high else low
    return say("rubrics.is", what=label, value=band)


def write_words(name: str, condition: Any) -> str:
    """Write a word, or those a negated condition leaves out, as a reader reads them.

    Examples
    --------
    >>> write_words("direction", {"not": ["up", "down"]}), write_words("effectiveness", "高")
    ('「増やす」「減らす」以外', '高')
    """
    names = DIRECTIONS | STATUSES
    if isinstance(condition, str):
        return names.get(condition, condition)
    words = [condition["not"]] if isinstance(condition["not"], str) else condition["not"]
    said = [_say_word(name, word) or names.get(word, word) for word in words]
    return say("rubrics.not", words=say("rubrics.not_joint").join(said))


def _say_word(name: str, word: str) -> str:
    """Say what a word of a column means as a condition: 目標を上回る."""
    return CONDITIONS.get(name, {}).get(word, "")


def _figure(name: str, value: float) -> str:
    if name not in IN_PERCENT:
        return format_number(value)
    return SIGNS["percent"].format(number=format_number(value * 100))
