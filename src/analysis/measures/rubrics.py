"""Published grades: what a rubric gives for published levels, or for the figures of a KPI.

A rubric is data (data/rubrics/*.toml): rules in order, the first whose conditions all hold
gives the grade. Where it does not know, the answer is "unknown", never a guess; where a
figure an earlier rule asks for is missing, no later rule is tried.
"""

import re
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.rubrics import STANDING
from analysis.errors import DataError
from analysis.measures.achievement import RATES
from analysis.measures.keys import KPI_YEAR
from analysis.measures.kpis import (
    HIGHER_IS_BETTER,
    LOWER_IS_BETTER,
    SIGN_OF_DIRECTION,
    is_not_due,
    is_part_year,
)
from analysis.measures.needs import (
    ALL_RATES,
    ONE_KPI_YEAR,
    check_rubric,
    check_rubrics,
    check_table,
)
from analysis.measures.standing import add_standing

READ_AS_PRINTED = ("achievement_rate", "final_rate", "difference")  # more is better
OF_THE_YEAR = (
    *("achievement_rate", "progress_rate", "exceeded", "reached"),
    *("difference", "directed_difference"),
)
GRADED_FIGURES = (*RATES, *STANDING, "reached", "actual")
NOT_FINAL = ("estimated", "preliminary", "planned")
FOR_GROWTH = ("direction", "baseline", "baseline_year", "actual", "fiscal_year")
NEEDED_FOR = {
    "exceeded": ("direction", "target", "actual"),
    "change": ("direction", "baseline", "actual"),
    "final_reached": ("direction", "final_target", "actual"),
    "change_rate": ("direction", "baseline", "actual"),
    "course_years": ("baseline_year", "final_year"),
    "difference": ("direction", "target", "actual"),
    "directed_difference": ("direction", "target", "actual"),
    "yearly_growth": FOR_GROWTH,
    "growth_ratio": (*FOR_GROWTH, "final_target", "final_year"),
    "limit_factor": ("direction", "baseline"),
    "growth_of_limit": FOR_GROWTH,
}
UNDECIDED, UNCLEAR = -2, -1  # beside the numbers of the rules; places from a list's end
TOLERANCE = 1e-9  # of an end of a band, so that 0.63 after 0.7 is a tenth less


def apply_rubric(table: pd.DataFrame, rubric: dict[str, Any]) -> pd.DataFrame:
    """Give each row the grade a rubric gives, or say why it gives none.

    Parameters
    ----------
    table
        One row per judgement with the published levels, or one row per KPI and fiscal year
        with the columns of `add_achievement`: whatever stands in the rubric's `inputs`
        (`add_standing` is applied here).
    rubric
        One of `dataset.rubrics` (docs/data.md says how such a file is written).

    Returns
    -------
    The same rows with `rubric_grade` (a grade; the rubric's own word for what cannot be
    judged, where it has one, else "unknown") and `rubric_note`:

    ===============  ====================================================================
    attested_YEAR    a sheet of that year shows this combination (attested: year not given)
    (empty)          a rule holds
    not_final        a rule holds, but the actual is an estimate, preliminary or planned: the
                     grade is one of that status, never final
    unknown_cell     no sheet shows what these levels give
    gap              the rubric's text leaves this value open, or does not cover such a KPI
    missing_input    a figure or level the rules ask for is missing or cannot be had (a growth
                     from 0), or its direction
    reads_reversed   they ask for a plain ratio or difference, and the KPI should fall
    not_due          they ask for the year's target, and the only one is that of a later year
    ===============  ====================================================================

    Raises
    ------
    DataError
        When no single rubric is given, the table lacks an input column, or holds a level the
        rubric does not have.

    References
    ----------
    Each rubric's file names its own.

    Examples
    --------
    >>> rubric = {"name": "A town", "inputs": ["achievement_rate"], "rules": [
    ...     {"grade": "A", "when": {"achievement_rate": {"at_least": 1.0}}},
    ...     {"grade": "B", "when": {"achievement_rate": {"below": 0.99}}}]}
    >>> kpis = pd.DataFrame({"direction": ["up", "up", "down"], "actual_status": "final",
    ...                      "achievement_rate": [0.5, 0.995, 1.01]})
    >>> apply_rubric(kpis, rubric)[["rubric_grade", "rubric_note"]].values.tolist()
    [['B', ''], ['unknown', 'gap'], ['unknown', 'reads_reversed']]
    """
    check_rubric(rubric)
    check_table(table, "table", "")
    inputs, rules = rubric["inputs"], rubric["rules"]
    _check_columns(table, rubric)
    known = table
    if set(inputs) & set(STANDING):
        known = add_standing(table, rubric.get("zero_target"))
    _check_levels(known, rubric)
    rule = np.full(len(table), UNDECIDED)
    not_due = is_not_due(table)
    for number, one in enumerate(rules):
        holds, unclear = _test(known, one["when"], not_due)
        rule = np.where((rule == UNDECIDED) & unclear, UNCLEAR, rule)
        rule = np.where((rule == UNDECIDED) & holds, number, rule)
    grades = [*(r["grade"] for r in rules), "unknown", rubric.get("unknown", "unknown")]
    grade = pd.Series(np.array(grades, dtype=object)[rule], index=table.index, dtype="str")
    reverse = _reads_reversed(known, rules) & (rule == UNCLEAR)
    grade = grade.mask(reverse, "unknown")
    return table.assign(rubric_grade=grade, rubric_note=_note(known, rubric, rule, grade, reverse))


def _check_columns(table: pd.DataFrame, rubric: dict[str, Any]) -> None:
    inputs = rubric["inputs"]
    looked_at = {
        name for rule in rubric["rules"] for name, c in rule["when"].items() if not _asks_print(c)
    }
    needed = [c for name in inputs if name in looked_at for c in NEEDED_FOR.get(name, (name,))]
    if set(inputs) & set(RATES):
        needed.append("direction")
    if set(inputs) & set(GRADED_FIGURES):
        needed.append("actual_status")
    absent = [column for column in dict.fromkeys(needed) if column not in table]
    if absent:
        raise DataError(f"{rubric['name']}: the table has no column {', '.join(absent)}")


def _check_levels(table: pd.DataFrame, rubric: dict[str, Any]) -> None:
    levels = rubric.get("level_words")
    if levels is None:
        return
    found = {level for column in rubric["inputs"] for level in table[column].dropna()}
    strange = sorted(found - set(levels))
    if strange:
        raise DataError(
            f"{rubric['name']}: {', '.join(strange)} is not one of its levels {', '.join(levels)}"
        )


def _reads_reversed(table: pd.DataFrame, rules: list[dict[str, Any]]) -> Any:
    """Where a rule would read a plain figure of a KPI that should fall as if it should rise."""
    reverse = np.zeros(len(table), dtype=bool)
    for name in {n for rule in rules for n in rule["when"] if _reads_plainly(n, rule["when"])}:
        falls = table["direction"].isin(LOWER_IS_BETTER) & table[name].notna()
        reverse |= falls.to_numpy()
    return reverse


def _reads_plainly(name: str, when: dict[str, Any]) -> bool:
    """Whether a rule reads a plain figure without saying for which direction it is meant."""
    return name in READ_AS_PRINTED and "direction" not in when


def _unreadable(table: pd.DataFrame, name: str, when: dict[str, Any], not_due: Any) -> Any:
    """Where a column says nothing: missing, not due, or a plain figure of a KPI that may fall."""
    missing = table[name].isna().to_numpy()
    if name in OF_THE_YEAR:
        missing = missing | not_due
    if _reads_plainly(name, when):
        return missing | ~table["direction"].isin(HIGHER_IS_BETTER).to_numpy()
    if name in RATES:
        return missing | ~table["direction"].isin(list(SIGN_OF_DIRECTION)).to_numpy()
    return missing


def _test(table: pd.DataFrame, when: dict[str, Any], not_due: Any) -> tuple[Any, Any]:
    """Where all conditions hold, and where that cannot be told."""
    holds = np.ones(len(table), dtype=bool)
    fails = np.zeros(len(table), dtype=bool)
    for name, condition in when.items():
        if _asks_print(condition):
            met = _is_printed(table, name) == condition["printed"]
            readable = np.ones(len(table), dtype=bool)
        else:
            met = _meets(table[name], condition)
            readable = ~_unreadable(table, name, when, not_due)
        holds &= met & readable
        fails |= ~met & readable
    return holds, ~holds & ~fails


def _asks_print(condition: Any) -> bool:
    return isinstance(condition, dict) and "printed" in condition


def _is_printed(table: pd.DataFrame, name: str) -> Any:
    """Whether a figure is there, or its words: as printed, its bound, the end of its range."""
    printed = np.zeros(len(table), dtype=bool)
    for column in (name, f"{name}_printed", f"{name}_bound", f"{name}_upper"):
        if column in table:
            cells = table[column]
            filled = cells.notna()
            if not pd.api.types.is_numeric_dtype(cells):
                filled &= cells.astype("str").str.strip() != ""
            printed |= filled.to_numpy(dtype=bool)
    return printed


def _meets(values: pd.Series, condition: Any) -> Any:
    if isinstance(condition, str):
        return (values == condition).fillna(False).to_numpy(dtype=bool)
    if isinstance(condition, dict) and "not" in condition:
        words = [condition["not"]] if isinstance(condition["not"], str) else condition["not"]
        return ~values.isin(words).to_numpy(dtype=bool)
    if not isinstance(condition, dict):
        condition = {"at_least": condition, "at_most": condition}
    figures = values.to_numpy(dtype="float64", na_value=np.nan)
    met = np.ones(len(figures), dtype=bool)
    for word, end in condition.items():
        slack = TOLERANCE * max(1.0, abs(end))
        met &= {
            "at_least": figures >= end - slack,
            "above": figures > end + slack,
            "at_most": figures <= end + slack,
            "below": figures < end - slack,
        }[word]
    return met


def is_open(table: pd.DataFrame) -> pd.Series:
    """Whether an actual is an estimate, preliminary, planned, or of a part of the year."""
    return table["actual_status"].isin(NOT_FINAL) | is_part_year(table)


def _note(
    table: pd.DataFrame, rubric: dict[str, Any], rule: Any, grade: pd.Series, reverse: Any
) -> pd.Series:
    held = [_word_of_sheet(r.get("attested")) for r in rubric["rules"]]
    only_words = all(_asks_words(c) for r in rubric["rules"] for c in r["when"].values())
    open_word = "unknown_cell" if only_words else "gap"
    words = np.array([*held, open_word, "missing_input"], dtype=object)
    note = pd.Series(words[rule], index=table.index, dtype="str")
    note = note.mask((grade == "unknown") & (rule >= 0), open_word)
    if set(rubric["inputs"]) & set(GRADED_FIGURES):
        not_final = is_open(table) & (rule >= 0) & (grade != "unknown")
        note = note.mask(not_final, "not_final")
    if set(rubric["inputs"]) & set(OF_THE_YEAR):
        note = note.mask((note == "missing_input") & is_not_due(table), "not_due")
    return note.mask(reverse, "reads_reversed")


def _asks_words(condition: Any) -> bool:
    return isinstance(condition, str) or (isinstance(condition, dict) and "not" in condition)


def _word_of_sheet(attested: int | bool | None) -> str:
    if not attested:
        return ""
    return "attested" if attested is True else f"attested_{attested}"


def list_rubrics(rubrics: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """List the rubrics at hand: whose they are, what they look at, which grades they give.

    Parameters
    ----------
    rubrics
        `dataset.rubrics`.

    Returns
    -------
    One row per rubric by the name it is had by (`dataset.rubrics["ibaraki"]`): `name`, `level`
    (kpi, or program for published levels), `inputs` (the columns it looks at), `grades` (best
    first), `valid_from` and `valid_to` (fiscal years; missing where nothing is said), `source`.

    Raises
    ------
    DataError
        When they are not all rubrics by name.

    Examples
    --------
    >>> import analysis
    >>> list_rubrics(analysis.load("data").rubrics).loc["ibaraki", ["inputs", "grades"]].tolist()
    ['achievement_rate', 'A, B+, B, C']
    """
    check_rubrics(rubrics)
    rows = [
        {
            **{key: rubric.get(key) for key in ("name", "level")},
            "inputs": ", ".join(rubric.get("inputs", ())),
            "grades": ", ".join(grade["grade"] for grade in rubric.get("grades", ())),
            **{key: rubric.get(key) for key in ("valid_from", "valid_to", "source")},
        }
        for rubric in rubrics.values()
    ]
    columns = ["name", "level", "inputs", "grades", "valid_from", "valid_to", "source"]
    listed = pd.DataFrame(
        rows, index=pd.Index(rubrics, name="rubric", dtype="str"), columns=columns
    )
    return listed.astype(dict.fromkeys(("valid_from", "valid_to"), "Int64"))


def list_grades(kpis: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Grade the same KPIs by every rubric for KPIs, side by side.

    The bands are those of other governments; they say how much hangs on a rubric, and
    nothing of the government whose KPIs these are.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`.
    rubrics
        `dataset.rubrics`; those whose `level` is "kpi" are applied.

    Returns
    -------
    One row per KPI and rubric, KPIs in the order given: `government_code`, `program_id`,
    `kpi_id`, `fiscal_year`, `kpi`, `rubric` (its name in `rubrics`), `grade` and `note` (see
    `apply_rubric`), and `standing`, the place of the grade in its own scale: best, between,
    worst, or unknown.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(kpis, "kpis", f"{ONE_KPI_YEAR} kpi {ALL_RATES}")
    check_rubrics(rubrics)
    parts = []
    for name, rubric in rubrics.items():
        if rubric.get("level") == "kpi":
            graded = apply_rubric(kpis, rubric)
            scale = [g["grade"] for g in rubric["grades"] if g.get("from_figures", True)]
            place = dict.fromkeys(scale, "between") | {scale[-1]: "worst", scale[0]: "best"}
            part = graded[[*KPI_YEAR, "kpi"]].assign(
                rubric=name,
                grade=graded["rubric_grade"],
                note=graded["rubric_note"],
                standing=graded["rubric_grade"].map(place).fillna("unknown"),
            )
            parts.append(part.assign(_row=range(len(part))))
    if not parts:
        columns = [*KPI_YEAR, "kpi", "rubric", "grade", "note", "standing"]
        return kpis.iloc[:0].reindex(columns=columns)
    listed = pd.concat(parts).sort_values("_row", kind="stable")
    return listed.drop(columns="_row").reset_index(drop=True)


def find_rubric(ratings: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """Return the rubric that published judgements follow, or None where none is known.

    `ratings` has `scheme`, the name of a rubric. Where judgements follow several rubrics,
    the one most of them follow is returned.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(ratings, "ratings", "scheme")
    known = ratings["scheme"][ratings["scheme"].isin(list(rubrics))]
    return None if known.empty else rubrics[str(known.mode().iloc[0])]


CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")


def has_code_grades(rubric: dict[str, Any]) -> bool:
    """Whether the grades of a rubric are codes (target_achieved), which no reader reads."""
    return any(CODE.fullmatch(grade["grade"]) for grade in rubric["grades"])
