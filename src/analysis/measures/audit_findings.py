"""What the audit of published judgements comes to: which stand, which do not, which are open.

The rows of `audit_published` are counted and chosen here; `wording` says them, accusing nobody.
"""

from dataclasses import dataclass

import pandas as pd

from analysis.measures.audit import SPEAKS_AGAINST
from analysis.measures.keys import KPI_YEAR, PROGRAM

COMPARED = ("like_rubric", "unlike_rubric", "unlike_not_final")
NOT_COMPARED = (
    *("only_policy", "program_as_a_whole", "no_kpi", "no_actual", "no_word", "unknown_rank"),
    "nothing_to_compare",
)
OPEN_WORDS = (
    *("missed_but_good_word", "reached_but_lower_word", "nothing_to_compare", "unknown_rank"),
)
LEVELS = ["effectiveness", "efficiency"]


@dataclass(frozen=True)
class Odd:
    """The judgements that figures or rubric do not explain, as rows of the audit.

    `words` are words of progress that the figures speak against, or of a KPI without an actual;
    `grades` those that are not the rubric's; `without_kpi` what was judged without a KPI, of so
    many `programs`.
    """

    words: pd.DataFrame
    grades: pd.DataFrame
    without_kpi: pd.DataFrame
    programs: int


@dataclass(frozen=True)
class OpenWords:
    """Words of progress that the figures leave open: by what, of how many KPIs, which rows."""

    finding: str
    kpis: int
    rows: pd.DataFrame


@dataclass(frozen=True)
class Grades:
    """How the grades that can be compared stand to their rubric.

    `compared` in all, `like` of them as the rubric's, by the names of `rubrics`; `not_final` are
    the rows that differ while the actual is not final.
    """

    compared: int
    like: int
    rubrics: tuple[str, ...]
    not_final: pd.DataFrame


def count_judged(rows: pd.DataFrame, key: list[str]) -> int:
    """Count how many different things were judged: one that two judged is counted once.

    Examples
    --------
    >>> count_judged(pd.DataFrame({"kpi_id": ["a", "a"], "rated_by": ["一次", "二次"]}), ["kpi_id"])
    1
    """
    return len(rows[[name for name in key if name in rows]].drop_duplicates())


def group_judges(ratings: pd.DataFrame, name: str) -> dict[str, list[str]]:
    """List the published words of a column in order of appearance, each with its judges.

    Examples
    --------
    >>> ratings = pd.DataFrame({"grade": ["A", "B", "B"], "rated_by": ["一次", None, "二次"]})
    >>> group_judges(ratings, "grade")
    {'A': ['一次'], 'B': ['二次']}
    """
    said = ratings.reindex(columns=[name, "rated_by"]).dropna(subset=[name]).drop_duplicates()
    words: dict[str, list[str]] = {}
    for word, judge in zip(said[name], said["rated_by"], strict=True):
        words.setdefault(str(word), []).extend([] if pd.isna(judge) else [judge])
    return words


def find_odd(audit: pd.DataFrame) -> Odd:
    """Find the judgements that the figures or the rubric do not explain."""
    finding = audit["finding"]
    without = audit[finding == "no_kpi"]
    return Odd(
        words=audit[finding.isin([*SPEAKS_AGAINST, "no_actual"])],
        grades=audit[audit["grade_finding"] == "unlike_rubric"],
        without_kpi=without,
        programs=count_judged(without, PROGRAM),
    )


def weigh_odd(audit: pd.DataFrame) -> str:
    """Say in a word how the judgements stand.

    not_judged (none is published), odd (something speaks against one), only_policy (only what
    is to follow), none_odd (some could be compared), not_compared.
    """
    if audit.empty:
        return "not_judged"
    if (audit["against"] != "").any():
        return "odd"
    if (audit["finding"] == "only_policy").all():
        return "only_policy"
    compared = ~audit["finding"].isin(NOT_COMPARED) | audit["grade_finding"].isin(COMPARED)
    return "none_odd" if compared.any() else "not_compared"


def list_open_words(audit: pd.DataFrame) -> list[OpenWords]:
    """List the words of progress that the figures leave open, by what leaves them open."""
    parts = [(finding, audit[audit["finding"] == finding]) for finding in OPEN_WORDS]
    return [
        OpenWords(finding, count_judged(rows, KPI_YEAR), rows)
        for finding, rows in parts
        if len(rows)
    ]


def count_missed_unranked(audit: pd.DataFrame) -> int:
    """Count the KPIs that missed their target under a word of which nobody knows the rank."""
    unranked = audit[audit["finding"] == "unknown_rank"]
    return count_judged(unranked[unranked["reached"] == "no"], KPI_YEAR)


def compare_grades(audit: pd.DataFrame) -> Grades:
    """Count how many of the grades that can be compared are those of their rubric."""
    compared = audit[audit["grade_finding"].isin(COMPARED)]
    return Grades(
        compared=len(compared),
        like=int((compared["grade_finding"] == "like_rubric").sum()),
        rubrics=list_rubrics(compared),
        not_final=audit[audit["grade_finding"] == "unlike_not_final"],
    )


def list_rubrics(audit: pd.DataFrame) -> tuple[str, ...]:
    """List the names of the rubrics of some judgements, each once."""
    return tuple(audit["rubric_name"].dropna().unique())


def group_levels(audit: pd.DataFrame) -> list[tuple[tuple[str, ...], pd.DataFrame]]:
    """Group the judgements by effectiveness, efficiency and grade, a missing grade as "".

    Those without both levels stand in no group.
    """
    judged = audit.dropna(subset=LEVELS).fillna({"grade": ""})
    groups = judged.groupby([*LEVELS, "grade"], sort=False)
    return [(tuple(map(str, key)), rows) for key, rows in groups]
