"""Governments and years side by side."""

import pandas as pd

from analysis.measures.published import find_comparable, find_published, find_scope
from analysis.measures.years import list_totals
from analysis.wording.formats import (
    format_fiscal_year,
    format_rate,
    list_some,
    short_fiscal_year,
)
from analysis.wording.labels import labels
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
    said = f"{count}団体の{scope.documents}資料、{'～'.join(ends)}。"
    if without:
        said += (
            f"うち{list_some(without, '・')}は指標の記載がないため、"
            f"指標の比較は{count - len(without)}団体。"
        )
    other = scope.other_documents
    return said + (f"出典の表には、事業の載らない{other}資料も挙げる。" if other else "")


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
                f"指標か評価のある、{governments}団体の延べ年度",
            ),
            (
                name_tile("reached"),
                f"{sums['reached']} / {sums['kpis']}",
                f"指標（評価の対象の年度のもの。判定できないもの{sums['unknown']}）",
            ),
            (
                name_tile("several_years"),
                f"{several} / {len(trends)}",
                "指標（年度をまとめて数える）。実績が2年度以上ある",
            ),
            (
                name_tile("published"),
                f"{sums['rates']} / {sums['grades']}",
                "件（率 / 総合評価。評価の対象の年度のもの、評価した者ごとに数える）",
            ),
        ]
    )


def describe_years(years: pd.DataFrame) -> str:
    """Say who publishes what a judgement needs, and that the shares are no ranking."""
    found = find_published(years)
    said = [
        f"{found.governments}団体の延べ{found.years}年度について、"
        f"評価の対象の年度にある{found.kpis:,}指標を並べます。"
    ]
    lacking = [
        f"{PUBLISHED[name]}の記載がないのは{_name_all(governments, found.governments)}"
        for name, governments in found.lacking.items()
    ]
    if lacking:
        said.append(f"手元の資料に{'、'.join(lacking)}です。")
    if found.not_due:
        waiting = list_some([f"{name}の{count:,}指標" for name, count in found.not_due.items()])
        said.append(
            f"{waiting}は、期限がまだ来ていない最終目標しかないため、到達を判定していません。"
        )
    said.append(
        "団体によって指標の数も種類も目標の立て方も違うので、到達した割合は団体の順位になりません。"
    )
    return "".join(said)


def _name_all(governments: list[str], of: int) -> str:
    is_every = len(governments) == of > 2
    return f"{of}団体のすべて" if is_every else list_some(governments, "・", "団体")


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
    found = find_comparable(kpis)
    said = "、".join(f"{AGGREGATIONS[way]}{count:,}" for way, count in found.ways.items())
    same = (
        "2つ以上の団体が同じ名と単位で公表している指標は"
        f"{quote_names(found.shared, unit='指標')}です。"
        if found.shared
        else "同じ名と単位の指標を2つ以上の団体が公表している例はありません。"
    )
    return (
        f"{same}単位は{found.units:,}種類あり、違う単位の値は比べられません。"
        f"年度ごとの数え方は、評価の対象の前後の年度も含む延べ{found.kpis:,}指標で、{said}です。"
        "単年度の値と累計の値も比べられません。"
    )


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
