"""The published judgements of KPIs, beside them: one word where judges agree, else each one's."""

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
    of a KPI agree or only one gives one; else every word with its judge, 順調（一次評価）・
    概ね順調（外部評価）. Of one judge the last row counts. `progress_judges` and `grade_judges`
    hold the judges by word, in a dict; an empty one where there is no word.

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
    >>> add_ratings(pd.DataFrame([key]), ratings)[["progress", "grade"]].values.tolist()
    [['順調（一次評価）・概ね順調（外部評価）', 'A']]
    """
    check_table(kpis, "kpis", ONE_KPI_YEAR)
    check_table(ratings, "ratings", f"{ONE_KPI_YEAR} progress grade")
    judges = ratings.get("rated_by", pd.Series(index=ratings.index, dtype="str"))
    last = ~ratings[KPI_YEAR].assign(rated_by=judges).duplicated(keep="last")
    by_judge = ratings[last].assign(rated_by=judges)
    rows = by_judge.iloc[number_groups(by_judge, KPI_YEAR)[1]]
    found = find_rows(kpis, rows, KPI_YEAR)
    added: dict[str, pd.Series] = {}
    for name in ("progress", "grade"):
        added[name] = take(join_words(by_judge, name), found, kpis.index)
        judges_of = [*list_judges(by_judge, name, KPI_YEAR), {}]  # the last of what has no row
        added[f"{name}_judges"] = pd.Series([judges_of[row] for row in found], kpis.index, object)
    return kpis.assign(**added)


def join_words(ratings: pd.DataFrame, name: str, key: list[str] = KPI_YEAR) -> pd.Series:
    """Join the words of all judges of each thing judged, things in order of appearance."""
    said = list_judges(ratings, name, key)
    joined = ["・".join(_by_judges(w, j) for w, j in of_one.items()) for of_one in said]
    plain = [next(iter(of_one), None) for of_one in said]
    words = [p if len(one) < 2 else j for one, p, j in zip(said, plain, joined, strict=True)]
    return pd.Series(words, dtype="str")


def list_judges(ratings: pd.DataFrame, name: str, key: list[str]) -> list[dict[str, list[str]]]:
    """Group the judges of each thing judged by their words, things in order of appearance."""
    group, first = number_groups(ratings, key)
    said: list[dict[str, list[str]]] = [{} for _ in first]
    for number, word, judge in zip(group, ratings[name], ratings["rated_by"], strict=True):
        if pd.notna(word):
            judges = said[number].setdefault(str(word), [])
            judges += [judge] if pd.notna(judge) else []
    return said


def _by_judges(word: str, judges: list[str]) -> str:
    return f"{word}（{'・'.join(judges)}）" if judges else word
