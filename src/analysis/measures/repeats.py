"""KPIs that repeat another one's fact, so that one fact is counted once.

A source prints a KPI twice in two ways: under several programs (再掲), or as the figure of
the year and, in the first year, the same figure as a total since the start (累計).
"""

import unicodedata

import pandas as pd

from analysis.dataset.tables import list_keys
from analysis.dataset.vocabulary import PERIODS
from analysis.measures.keys import KPI_YEAR, find_cells, list_cells
from analysis.measures.kpis import OF_ONE_YEAR
from analysis.measures.needs import ONE_KPI_YEAR, check_table

TWIN = ["government_code", "program_id", "fiscal_year", "unit", "target", "actual"]


def find_repeats(kpis: pd.DataFrame) -> pd.Series:
    """Find for each KPI the one whose fact it repeats (再掲).

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `same_as` where a source or a reader says what is
        repeated, and `kpi`, `unit`, `aggregation`, `target` and `actual`.

    Returns
    -------
    For each row "program_id/kpi_id" of the row that stands for the fact; empty where the row
    counts itself (of rows that name each other in a circle the first does). A row repeats what
    its `same_as` names, if that has a row of the same
    government and fiscal year here; and a cumulative KPI the one of the single year in the same
    program whose name, unit, target and actual are the same.

    Raises
    ------
    DataError
        When a key of KPIs is not there.

    Examples
    --------
    茨城県, 平成27年度: 2,748 of 2,000 jobs, printed as the year's figure and as the total.

    >>> jobs = pd.DataFrame({"government_code": "080004", "program_id": "plan",
    ...     "kpi_id": ["jobs", "jobs_total"], "kpi": ["雇用創出数", "雇用創出数（累計）"],
    ...     "fiscal_year": 2015, "unit": "人", "aggregation": ["single_year", "cumulative"],
    ...     "target": 2000.0, "actual": 2748.0})
    >>> find_repeats(jobs).tolist()
    ['', 'plan/jobs']
    """
    return pd.Series(_list_repeats(kpis), index=kpis.index, dtype="str")


def _list_repeats(kpis: pd.DataFrame) -> list[str]:
    check_table(kpis, "kpis", ONE_KPI_YEAR)
    said = _find_said(kpis)
    if {*TWIN, "kpi", "aggregation"} <= set(kpis):
        said = [name or twin for name, twin in zip(said, _find_twins(kpis), strict=True)]
    return _break_circles(kpis, said) if any(said) else said


def _find_said(kpis: pd.DataFrame) -> list[str]:
    said = [""] * len(kpis)
    named = find_cells(kpis, "same_as")
    if not len(named):
        return said
    places = list_keys(kpis, ["government_code", "fiscal_year"])
    own = [f"{program}/{kpi}" for program, kpi in list_keys(kpis, ["program_id", "kpi_id"])]
    there = {(*place, name) for place, name in zip(places, own, strict=True)}
    for row, name in zip(named, list_cells(kpis, "same_as", named), strict=True):
        if (*places[row], name) in there and name != own[row]:
            said[row] = name
    return said


def _break_circles(kpis: pd.DataFrame, repeats: list[str]) -> list[str]:
    """Let the first row of each circle count itself, so that its fact is not lost."""
    places = list_keys(kpis, ["government_code", "fiscal_year"])
    own = list_keys(kpis, ["program_id", "kpi_id"])
    at = [(*place, f"{p}/{k}") for place, (p, k) in zip(places, own, strict=True)]
    rows = zip(at, places, repeats, strict=True)
    of = {row: (*place, name) for row, place, name in rows if name}
    for row in list(of):
        seen = {row}
        name = of[row]
        while name in of and name not in seen:
            seen.add(name)
            name = of[name]
        if name == row:
            del of[row]
    return [of[row][-1] if row in of else "" for row in at]


def _find_twins(kpis: pd.DataFrame) -> list[str]:
    with_both = ~(pd.isna(kpis["target"].array) | pd.isna(kpis["actual"].array))
    keys = list_keys(kpis, TWIN)
    ways = kpis["aggregation"].tolist()
    first: dict[tuple[object, ...], str] = {}
    rows = list(zip(keys, ways, kpis["kpi"].tolist(), kpis["kpi_id"].tolist(), strict=True))
    for (key, way, name, kpi_id), whole in zip(rows, with_both, strict=True):
        if whole and way in OF_ONE_YEAR:
            first.setdefault((*key, _bare(name)), f"{key[1]}/{kpi_id}")
    return [
        first.get((*key, _bare(name)), "") if whole and way == "cumulative" else ""
        for (key, way, name, _), whole in zip(rows, with_both, strict=True)
    ]


def _bare(name: object) -> str:
    """A KPI's name without the words for over what time it is counted."""
    return PERIODS.sub("", unicodedata.normalize("NFKC", str(name))).replace(" ", "")


def leave_out_repeats(kpis: pd.DataFrame) -> pd.DataFrame:
    """Leave out the rows that repeat another one's fact (`find_repeats`).

    Rows without the keys of KPIs, such as a few typed by hand, repeat none.
    """
    if not set(KPI_YEAR) <= set(kpis):
        return kpis
    counts = [not name for name in _list_repeats(kpis)]
    return kpis if all(counts) else kpis[counts]
