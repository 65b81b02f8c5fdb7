"""How far published grades agree with those their rubric gives, judge by judge.

The trap: a rubric read from the very sheet that is judged agrees with it of necessity.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.audit import is_circular, list_scale
from analysis.measures.keys import list_keys
from analysis.measures.needs import check_table
from analysis.measures.notes import first_word

ROWS_FOR_KAPPA = 20


def count_agreement(audit: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Count published against computed grades.

    Parameters
    ----------
    audit
        The table of `audit_published`.
    rubrics
        The rubrics by name, for the order of their grades.

    Returns
    -------
    One row per `scheme`, judge (`rated_by`, missing where none is named) and pair of
    `published` and `computed` grade, best first, with `judgements`, their number, zero
    included. Judgements without both grades, or with a published grade the rubric does not
    have, are not counted.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(audit, "audit", "scheme grade rubric_grade")
    parts = []
    for name, judge, of_judge in _list_judges(audit, rubrics):
        counts = _cross(of_judge, rubrics[name])
        scale = counts.index.to_list()
        pairs = pd.MultiIndex.from_product([scale, scale], names=["published", "computed"])
        long = pd.Series(counts.to_numpy().ravel(), index=pairs, name="judgements").reset_index()
        parts.append(long.assign(scheme=name, rated_by=judge))
    columns = ["scheme", "rated_by", "published", "computed", "judgements"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def measure_agreement(audit: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Say how far published grades agree with those their rubric gives.

    Parameters
    ----------
    audit
        The table of `audit_published`.
    rubrics
        The rubrics by name, for the order of their grades.

    Returns
    -------
    One row per `scheme` that is a known rubric and judge (`rated_by`, missing where none is
    named: two judges of one thing are two judgements, never mixed): `judgements` (all of
    them), `both` (those with a published and a computed grade), `agreeing`, `agreement`
    (their share of `both`, missing where that is 0), `kappa` (Cohen's, weighted linearly by
    the distance in the rubric's order; 1 full agreement, 0 what chance would give),
    `kappa_note` (too_few_rows below 20, one_grade where only one grade occurs) and
    `circular`: of `both`, how many rest on a sheet of the very year judged, so that agreement
    there shows nothing.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    References
    ----------
    Cohen (1968), weighted kappa.
    """
    check_table(audit, "audit", "scheme grade rubric_grade rubric_note fiscal_year")
    columns = [
        *("scheme", "rated_by", "judgements", "both", "agreeing", "agreement", "kappa"),
        "circular",
    ]
    rows = []
    for name, judge, of_judge in _list_judges(audit, rubrics):
        observed = _cross(of_judge, rubrics[name]).to_numpy(dtype="float64")
        both, agreeing = int(observed.sum()), int(np.trace(observed))
        share = agreeing / both if both else np.nan
        circular = int((is_circular(of_judge) & _has_both(of_judge, rubrics[name])).sum())
        rows.append((name, judge, len(of_judge), both, agreeing, share, _kappa(observed), circular))
    measured = pd.DataFrame(rows, columns=columns).astype({"kappa": "float64"})
    few = measured["both"] < ROWS_FOR_KAPPA
    note = first_word([(few, "too_few_rows"), (measured["kappa"].isna(), "one_grade")], few.index)
    return measured.assign(kappa=measured["kappa"].mask(few), kappa_note=note)


def _list_judges(
    audit: pd.DataFrame, rubrics: dict[str, dict[str, Any]]
) -> Iterator[tuple[str, str | None, pd.DataFrame]]:
    """Each known rubric and judge with the judgements that are theirs, in order of appearance."""
    judges = audit.reindex(columns=["scheme", "rated_by"]).astype("object").fillna("")
    for name, judge in dict.fromkeys(list_keys(judges, ["scheme", "rated_by"])):
        if name in rubrics:
            same = (judges["scheme"] == name) & (judges["rated_by"] == judge)
            yield name, judge or None, audit[same]


def _cross(of_judge: pd.DataFrame, rubric: dict[str, Any]) -> pd.DataFrame:
    """The published (rows) against the computed grades (columns)."""
    scale = list_scale(rubric)
    both = of_judge[_has_both(of_judge, rubric)]
    counts = pd.crosstab(both["grade"], both["rubric_grade"])
    return counts.reindex(index=scale, columns=scale, fill_value=0)


def _has_both(audit: pd.DataFrame, rubric: dict[str, Any]) -> pd.Series:
    scale = list_scale(rubric)
    return audit["grade"].isin(scale) & audit["rubric_grade"].isin(scale)


def _kappa(observed: Any) -> float:
    """Linearly weighted kappa of a square table of counts; missing without any spread."""
    distance = np.abs(np.subtract.outer(*[np.arange(len(observed))] * 2))
    total = observed.sum()
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / max(total, 1)
    by_chance = (distance * expected).sum()
    return float(1 - (distance * observed).sum() / by_chance) if by_chance else float("nan")


def cross_agreement(
    counts: pd.DataFrame, scheme: str | None = None
) -> list[tuple[str | None, pd.DataFrame]]:
    """Put published grades (rows) against computed ones (columns), a table a judge.

    Parameters
    ----------
    counts
        The table of `count_agreement`.
    scheme
        The rubric, where the table holds several; without it, the first.
    """
    if counts.empty:
        return []
    of_one = counts[counts["scheme"] == (scheme or counts["scheme"].iloc[0])]
    scale = list(dict.fromkeys(of_one["published"]))
    crossed: list[tuple[str | None, pd.DataFrame]] = []
    for judge, of_judge in of_one.groupby(of_one["rated_by"].fillna(""), sort=False):
        wide = of_judge.pivot_table(
            index="published", columns="computed", values="judgements", aggfunc="sum"
        )
        crossed.append((str(judge) or None, wide.reindex(index=scale, columns=scale)))
    return crossed
