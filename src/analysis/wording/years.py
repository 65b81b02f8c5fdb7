"""Governments and years side by side."""

import pandas as pd

from analysis.measures.published import find_comparable, find_published, find_scope
from analysis.measures.years import list_totals
from analysis.wording.formats import (
    LISTS,
    SIGNS,
    format_fiscal_year,
    format_rate,
    list_some,
    short_fiscal_year,
)
from analysis.wording.labels import labels, say
from analysis.wording.phrases import print_values, quote_names
from analysis.wording.tables import label_table
from analysis.wording.tiles import make_tiles, name_tile

AGGREGATIONS = labels("aggregations")
COLUMNS = labels("columns")
PUBLISHED = COLUMNS | {"grades": COLUMNS["grade"]} | labels("published")
CODES = {"kpis": "kpi", "rates": "published_rate", "grades": "grade"}  # of counts, as columns


def describe_scope(years: pd.DataFrame, shown_programs: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Say how many governments, documents and fiscal years a comparison holds.

    `years` is the table of `compare_years`. Governments without a KPI and documents without a
    program are named, for they are counted in some places and not in others.
    """
    scope = find_scope(years, shown_programs, sources)
    count, without = len(scope.governments), scope.without_kpi
    ends = dict.fromkeys(format_fiscal_year(year) for year in (scope.first_year, scope.last_year))
    said = say(
        "years_compared.scope",
        count=count,
        documents=scope.documents,
        years=SIGNS["to"].join(ends),
    )
    if without:
        named = list_some(without, LISTS["dot"])
        said += say("years_compared.without_kpi", names=named, count=count - len(without))
    other = scope.other_documents
    return said + (say("years_compared.other_documents", count=other) if other else "")


def summarize_years(years: pd.DataFrame, trends: pd.DataFrame) -> pd.DataFrame:
    """Give the headline figures of a comparison: `label`, `value` and `note`, four rows."""
    several = int((trends["observed"] > 1).sum())
    governments = years["government_code"].nunique()
    sums = years[["reached", "kpis", "unknown", "rates", "grades"]].sum()
    return make_tiles(
        [
            (
                name_tile("years"),
                f"{len(years)}",
                say("years_compared.with_kpi_or_grade", count=governments),
            ),
            (
                name_tile("reached"),
                f"{sums['reached']} / {sums['kpis']}",
                say("years_compared.kpis", unknown=sums["unknown"]),
            ),
            (
                name_tile("several_years"),
                f"{several} / {len(trends)}",
                say("years_compared.kpis_of_several_years"),
            ),
            (
                name_tile("published"),
                f"{sums['rates']} / {sums['grades']}",
                say("years_compared.rates_and_grades"),
            ),
        ]
    )


def describe_years(years: pd.DataFrame) -> str:
    """Say who publishes what a judgement needs, and that the shares are no ranking."""
    if years.empty:
        return say("years_compared.nothing_published")
    found = find_published(years)
    said = say(
        "years_compared.governments_and_years",
        count=found.governments,
        years=found.years,
        kpis=found.kpis,
    )
    lacking = [
        say(
            "years_compared.lacking_in",
            what=PUBLISHED[name],
            names=_name_all(governments, found.governments),
        )
        for name, governments in found.lacking.items()
    ]
    if lacking:
        said += say("years_compared.lacking", listed=LISTS["comma"].join(lacking))
    waiting = [
        say("years_compared.kpis_of", name=name, count=count)
        for name, count in found.not_due.items()
    ]
    if waiting:
        said += say("years_compared.not_due", listed=list_some(waiting))
    return said + say("years_compared.no_ranking")


def _name_all(governments: list[str], of: int) -> str:
    if len(governments) == of > 2:
        return say("years_compared.every", count=of)
    return list_some(governments, LISTS["dot"], LISTS["governments"])


COUNTS = (
    *("kpis", "baseline", "target", "actual", "reached", "missed", "unknown", "not_due"),
    *("rates", "grades"),
)


def tabulate_years(years: pd.DataFrame) -> pd.DataFrame:
    """What each government published of each fiscal year and how many targets it reached."""
    return label_table(
        "years",
        {
            "government": years["government"],
            "fiscal_year": [short_fiscal_year(year) for year in years["fiscal_year"]],
            **{CODES.get(name, name): years[name].astype("str") for name in COUNTS},
        },
    )


def describe_comparability(kpis: pd.DataFrame) -> str:
    """Say which KPIs could be compared between governments at all: the same name and unit."""
    if kpis.empty:
        return say("years_compared.nothing_to_compare")
    found = find_comparable(kpis)
    ways = LISTS["comma"].join(
        say("years_compared.counted", what=AGGREGATIONS[way], count=count)
        for way, count in found.ways.items()
    )
    same = (
        say("years_compared.shared", kpis=quote_names(found.shared, unit=LISTS["kpis"]))
        if found.shared
        else say("years_compared.none_shared")
    )
    return same + say("years_compared.comparable", units=found.units, kpis=found.kpis, ways=ways)


def tabulate_totals(totals: pd.DataFrame) -> pd.DataFrame:
    """Single years and totals of each KPI where one follows from the other.

    `totals` has the columns of `add_cumulative` and of `add_achievement`.
    """
    shown = list_totals(totals)
    return label_table(
        "totals",
        {
            "kpi": shown["kpi"],
            "fiscal_year": [short_fiscal_year(year) for year in shown["fiscal_year"]],
            "year_actual": print_values(shown, "year_actual"),
            "cumulative_actual": print_values(shown, "total"),
            "cumulative_target": print_values(shown, "total_target"),
            "cumulative_rate": shown["total_rate"].map(format_rate),
        },
    )
