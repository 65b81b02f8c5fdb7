"""What governments publish of what a judgement needs, and what of it could be compared."""

import unicodedata
from typing import NamedTuple

import pandas as pd

PUBLISHED = ("kpis", "baseline", "target", "actual", "rates", "grades")


class Scope(NamedTuple):
    """How much a comparison holds: governments, fiscal years, documents with a program or without.

    `without_kpi` are the governments that publish no KPI. The years are those with a KPI or a
    judgement; where there is none, those for which programs are shown.
    """

    governments: list[str]
    without_kpi: list[str]
    first_year: int
    last_year: int
    documents: int
    other_documents: int


def find_scope(years: pd.DataFrame, shown_programs: pd.DataFrame, sources: pd.DataFrame) -> Scope:
    """Find what a comparison holds, from the table of `compare_years` and a dataset's tables."""
    governments = list(dict.fromkeys(shown_programs["government"]))
    with_kpi = set(years.loc[years["kpis"] > 0, "government"])
    dated = (years if len(years) else shown_programs)["fiscal_year"]
    documents = int(sources["source_id"].isin(shown_programs["source_id"]).sum())
    return Scope(
        governments,
        [name for name in governments if name not in with_kpi],
        int(dated.min()),
        int(dated.max()),
        documents,
        len(sources) - documents,
    )


class Published(NamedTuple):
    """What governments publish: `lacking` of each of PUBLISHED by whom, `not_due` KPIs of whom."""

    governments: int
    years: int
    kpis: int
    lacking: dict[str, list[str]]
    not_due: dict[str, int]


def find_published(years: pd.DataFrame) -> Published:
    """Find who publishes no part of what a judgement needs, from the table of `compare_years`.

    A government without a KPI is not named for that: it has none of the rest either.
    """
    of_each = years.groupby("government", sort=False)
    whole, waiting = of_each[list(PUBLISHED)].sum(), of_each["not_due"].sum()
    without = {name: list(whole.index[whole[name] == 0]) for name in PUBLISHED[1:]}
    return Published(
        len(whole),
        len(years),
        int(whole["kpis"].sum()),
        {name: names for name, names in without.items() if names},
        {str(name): int(count) for name, count in waiting.items() if count},
    )


class Comparable(NamedTuple):
    """What could be compared between governments: `shared` KPIs have one name and one unit.

    `ways` is how many KPIs are counted in which way over the years (`aggregation`).
    """

    shared: list[str]
    units: int
    ways: dict[str, int]
    kpis: int


def find_comparable(kpis: pd.DataFrame) -> Comparable:
    """Find the KPIs that two governments at least publish by the same name and unit.

    Units that differ only in the width of their letters (%, ％) are one.
    """
    plain = [None if pd.isna(u) else unicodedata.normalize("NFKC", u) for u in kpis["unit"]]
    unit = pd.Series(plain, index=kpis.index, dtype="str", name="unit")
    named = kpis.groupby([kpis["kpi"], unit], dropna=False)["government_code"].nunique()
    ways = kpis["aggregation"].astype("str").value_counts(sort=False)
    return Comparable(
        [str(kpi) for kpi, _ in named.index[named > 1]],
        unit.nunique(),
        {str(way): int(count) for way, count in ways.items() if count},
        len(kpis),
    )
