"""Governments and years side by side."""

import unicodedata

import pandas as pd

from analysis.wording.ja.formats import (
    format_fiscal_year,
    format_rate,
    format_value,
    list_some,
    short_fiscal_year,
)


def describe_scope(years: pd.DataFrame, shown_programs: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Say how many governments, documents and fiscal years a comparison holds.

    `years` is the table of `compare_years`. Governments without a KPI and documents without a
    program are named, for they are counted in some places and not in others.
    """
    governments = list(dict.fromkeys(shown_programs["government"]))
    ends = [format_fiscal_year(year) for year in (years["fiscal_year"].min(), _last(years))]
    documents = int(sources["source_id"].isin(shown_programs["source_id"]).sum())
    said = f"{len(governments)}団体の{documents}資料、{'～'.join(dict.fromkeys(ends))}。"
    with_kpi = set(years.loc[years["kpis"] > 0, "government"])
    without = [name for name in governments if name not in with_kpi]
    if without:
        said += (
            f"うち{list_some(without, '・')}は指標の記載がないため、"
            f"指標の比較は{len(governments) - len(without)}団体。"
        )
    other = len(sources) - documents
    return said + (f"出典の表には、事業の載らない{other}資料も挙げる。" if other else "")


def _last(years: pd.DataFrame) -> int:
    return int(years["fiscal_year"].max())


def summarize_comparison(years: pd.DataFrame, trends: pd.DataFrame) -> pd.DataFrame:
    """Give the headline figures of a comparison: `label`, `value` and `note`, four rows."""
    several = int((trends["observed"] > 1).sum())
    unknown = int(years["unknown"].sum())
    return pd.DataFrame(
        [
            (
                "団体と年度",
                f"{len(years)}",
                f"指標か評価のある、{years['government_code'].nunique()}団体の延べ年度",
            ),
            (
                "目標に到達",
                f"{years['reached'].sum()} / {years['kpis'].sum()}",
                f"指標（評価の対象の年度のもの。判定できないもの{unknown}）",
            ),
            (
                "動きを追える指標",
                f"{several} / {len(trends)}",
                "指標（年度をまとめて数える）。実績が2年度以上ある",
            ),
            (
                "公表された率・評価",
                f"{years['rates'].sum()} / {years['grades'].sum()}",
                "件（率 / 総合評価。評価の対象の年度のもの、評価した者ごとに数える）",
            ),
        ],
        columns=["label", "value", "note"],
    )


def describe_comparison(years: pd.DataFrame) -> str:
    """Say who publishes what a judgement needs, and that the shares are no ranking."""
    whole = years.groupby("government", sort=False)[list(PUBLISHED)].sum()
    said = [
        f"{len(whole)}団体の延べ{len(years)}年度について、"
        f"評価の対象の年度にある{whole['kpis'].sum()}指標を並べます。"
    ]
    lacking = [
        f"{label}の記載がないのは{'・'.join(without)}"
        for name, label in PUBLISHED.items()
        if name != "kpis" and (without := list(whole.index[whole[name] == 0]))
    ]
    if lacking:
        said.append(f"手元の資料に{'、'.join(lacking)}です。")
    early = years.groupby("government", sort=False)["not_due"].sum()
    waiting = [f"{name}の{count}指標" for name, count in early.items() if count]
    if waiting:
        said.append(
            f"{'、'.join(waiting)}は、期限がまだ来ていない最終目標しかないため、"
            "到達を判定していません。"
        )
    said.append(
        "団体によって指標の数も種類も目標の立て方も違うので、到達した割合は団体の順位になりません。"
    )
    return "".join(said)


PUBLISHED = {
    "kpis": "指標",
    "baseline": "従前値",
    "target": "目標",
    "actual": "実績",
    "rates": "達成率など率",
    "grades": "総合評価",
}


def tabulate_years(years: pd.DataFrame) -> pd.DataFrame:
    """What each government published of each fiscal year and how many targets it reached."""
    counts = PUBLISHED | {
        "reached": "到達",
        "missed": "未達",
        "unknown": "不明",
        "not_due": "期限前の目標",
        "rates": "公表の率",
    }
    order = ["kpis", "baseline", "target", "actual", "reached", "missed", "unknown", "not_due"]
    order += ["rates", "grades"]
    return pd.DataFrame(
        {
            "団体": years["government"],
            "年度": [short_fiscal_year(year) for year in years["fiscal_year"]],
            **{counts[name]: years[name].astype("str") for name in order},
        }
    )


def describe_comparability(kpis: pd.DataFrame) -> str:
    """Say which KPIs could be compared between governments at all: the same name and unit.

    Units that differ only in the width of their letters (%, ％) are one.
    """
    plain = [None if pd.isna(u) else unicodedata.normalize("NFKC", u) for u in kpis["unit"]]
    unit = pd.Series(plain, index=kpis.index, dtype="str", name="unit")
    named = kpis.groupby([kpis["kpi"], unit], dropna=False)["government_code"].nunique()
    shared = [str(kpi) for kpi, _ in named.index[named > 1]]
    units = unit.nunique()
    ways = kpis["aggregation"].astype("str").map(AGGREGATIONS).value_counts(sort=False)
    said = "、".join(f"{word}{count}" for word, count in ways.items() if count)
    same = (
        f"2つ以上の団体が同じ名と単位で公表している指標は「{'」「'.join(shared)}」です。"
        if shared
        else "同じ名と単位の指標を2つ以上の団体が公表している例はありません。"
    )
    return (
        f"{same}単位は{units}種類あり、違う単位の値は比べられません。"
        f"年度ごとの数え方は、評価の対象の前後の年度も含む延べ{len(kpis)}指標で、{said}です。"
        "単年度の値と累計の値も比べられません。"
    )


AGGREGATIONS = {
    "single_year": "単年度の値",
    "increment": "各年度の増加分",
    "cumulative": "累計の値",
    "level": "その時点の水準",
    "unknown": "記載なし",
}


def tabulate_totals(totals: pd.DataFrame) -> pd.DataFrame:
    """Single years and totals of each KPI where one follows from the other.

    `totals` has the columns of `add_cumulative` and of `add_achievement`.
    """
    is_total = totals["aggregation"] == "cumulative"
    known = totals["cumulative_actual"].notna() | (is_total & totals["year_actual"].notna())
    shown = totals[known]

    def column(printed: str, added: str) -> pd.Series:
        return shown[printed].where(is_total[known], shown[added])

    figures = {
        "その年度の値": shown["year_actual"],
        "累計": column("actual", "cumulative_actual"),
        "累計の目標": column("target", "cumulative_target"),
    }
    return pd.DataFrame(
        {
            "指標": shown["kpi"],
            "年度": [short_fiscal_year(year) for year in shown["fiscal_year"]],
            **{
                name: [format_value(v, u) for v, u in zip(values, shown["unit"], strict=True)]
                for name, values in figures.items()
            },
            "累計の達成率": column("achievement_rate", "cumulative_rate").map(format_rate),
        }
    )
