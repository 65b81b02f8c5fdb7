"""The published judgements of KPIs, beside them: one word where judges agree."""

import pandas as pd

from analysis.measures.keys import KPI_YEAR, find_rows, number_groups, take
from analysis.measures.needs import ONE_KPI_YEAR, check_table


def add_ratings(kpis: pd.DataFrame, ratings: pd.DataFrame) -> pd.DataFrame:
    """Add to each KPI the published judgement of it, missing where there is none.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year.
    ratings
        One row per published judgement of a program or KPI; of two judges of one KPI
        (`rated_by`) each has its own.

    Returns
    -------
    The same KPIs in the same order with `progress` and `grade`: the word, where the judges
    of a KPI agree or only one gives one; missing where they differ. `progress_judges` and
    `grade_judges` hold every word with those who gave it, in a dict; an empty one where there
    is no word. Of one judge the last row counts.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    Examples
    --------
    >>> key = {"government_code": "082201", "program_id": "p", "kpi_id": "k", "fiscal_year": 2018}
    >>> judged = [{"progress": "順調", "grade": "A", "rated_by": "一次評価"},
    ...           {"progress": "概ね順調", "grade": "A", "rated_by": "外部評価"}]
    >>> ratings = pd.DataFrame([key | row for row in judged])
    >>> rated = add_ratings(pd.DataFrame([key]), ratings)
    >>> rated["progress"].isna().tolist(), rated["grade"].tolist()
    ([True], ['A'])
    >>> rated.loc[0, "progress_judges"]
    {'順調': ['一次評価'], '概ね順調': ['外部評価']}
    """
    check_table(kpis, "kpis", ONE_KPI_YEAR)
    check_table(ratings, "ratings", f"{ONE_KPI_YEAR} progress grade")
    rated_by = ratings.get("rated_by", pd.Series(index=ratings.index, dtype="str"))
    last = ~ratings[KPI_YEAR].assign(rated_by=rated_by).duplicated(keep="last")
    by_judge = ratings[last].assign(rated_by=rated_by)
    rows = by_judge.iloc[number_groups(by_judge, KPI_YEAR)[1]]
    found = find_rows(kpis, rows, KPI_YEAR)
    added: dict[str, pd.Series] = {}
    for name in ("progress", "grade"):
        judges = list_judges(by_judge, name, KPI_YEAR)
        agreed = [next(iter(words)) if len(words) == 1 else None for words in judges]
        added[name] = take(pd.Series(agreed, dtype="str"), found, kpis.index)
        judges_of = [*judges, {}]  # the last of what has no row
        added[f"{name}_judges"] = pd.Series([judges_of[row] for row in found], kpis.index, object)
    return kpis.assign(**added)


def list_judges(ratings: pd.DataFrame, name: str, key: list[str]) -> list[dict[str, list[str]]]:
    """Group the judges of each thing judged by their words, things in order of appearance."""
    group, first = number_groups(ratings, key)
    said: list[dict[str, list[str]]] = [{} for _ in first]
    for number, word, judge in zip(group, ratings[name], ratings["rated_by"], strict=True):
        if pd.notna(word):
            judges = said[number].setdefault(str(word), [])
            judges += [judge] if pd.notna(judge) else []
    return said
