"""Tables and sentences about printed amounts: every one as printed, where money came from, audits.

A published rate or unit cost that the figures at hand do not explain is a figure to ask about,
never called wrong.
"""

from typing import Any

import pandas as pd

from analysis.measures.costs import KEYS
from analysis.measures.keys import find_rows, take
from analysis.present.sentences import (
    BASES,
    NATURES,
    NO_FIGURE,
    REASONS,
    STATUSES,
    format_number,
    format_percent,
    format_yen,
    list_rows,
    say_years,
    short_fiscal_year,
)
from analysis.present.tables import BUDGET_KINDS, name_kind

DIVISIONS = {
    "settled/total": "決算額 ÷ 予算額",
    "settled/parts": "決算額 ÷ 予算額（当初・補正・繰越の合計）",
    "settled/initial": "決算額 ÷ 当初予算",
    "settled/total_less_carried_out": "決算額 ÷（予算額 − 翌年度への繰越）",
    "settled_and_carried_out/total": "（決算額 ＋ 翌年度への繰越）÷ 予算額",
    "settled/planned": "決算額 ÷ 計画額",
}
ROUNDINGS = {"half_up": "四捨五入", "truncated": "切り捨て"}
FINDINGS = {"anomaly": "手元の金額では説明できない", "cannot_be_checked": "確かめられない"}
WITH = {"_with_personnel": "と人件費の合計", "_full": "（人件費を含む総額）"}


def _name_programs(table: pd.DataFrame, programs: pd.DataFrame | None) -> dict[str, list[str]]:
    """The column with the name of each row's program, on a page of more than one program."""
    if programs is None or programs["program_id"].nunique() < 2:
        return {}
    rows = find_rows(table, programs, KEYS[:2])
    return {"事業": take(programs["program"], rows, table.index).fillna(NO_FIGURE).tolist()}


def tabulate_amounts(budgets: pd.DataFrame, programs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every amount as it is printed, with what it is of and for which years; sources apart.

    `programs` is the table of the dataset: with more than one, each row names its own.
    """
    rows = budgets[budgets["kind"] != "source"]
    last = rows.get("last_year", pd.Series(index=rows.index, dtype="Int64"))
    natures = rows.get("nature", pd.Series(index=rows.index, dtype="str"))
    statuses = rows.get("amount_status", pd.Series(index=rows.index, dtype="str"))
    years = [
        say_years(first, end) if pd.notna(end) else short_fiscal_year(first)
        for first, end in zip(rows["fiscal_year"], last, strict=True)
    ]
    return pd.DataFrame(
        {
            **_name_programs(rows, programs),
            "年度": years,
            "種類": [name_kind(row) for row in list_rows(rows, "kind", "nature", "inferred")],
            "項目": rows["item"].fillna(NO_FIGURE),
            "範囲": natures.map(NATURES).fillna("記載なし"),
            "金額（円）": [format_yen(yen).removesuffix("円") for yen in rows["amount_yen"]],
            "扱い": statuses.map(STATUSES).fillna(NO_FIGURE),
            "記載の場所": rows["place"],
        }
    ).reset_index(drop=True)


def tabulate_funding(funding: pd.DataFrame, programs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Where the money came from, from `share_funding`.

    `programs` is the table of the dataset: with more than one, each row names its own.
    """
    wholes = zip(funding["share_of"], funding["whole_yen"], strict=True)
    return pd.DataFrame(
        {
            **_name_programs(funding, programs),
            "年度": [short_fiscal_year(year) for year in funding["fiscal_year"]],
            "財源": funding["item"].fillna(NO_FIGURE),
            "金額（円）": [format_yen(yen).removesuffix("円") for yen in funding["amount_yen"]],
            "割合": [format_percent(share) for share in funding["share"]],
            "何に占める割合か": [
                "財源の合計" if of == "sources" else f"{_name_cost_column(of)}（{format_yen(yen)}）"
                for of, yen in wholes
            ],
            "合計と同じ金額": [_name_cost_column(name) or "なし" for name in funding["equals"]],
            "記載のない財源（円）": [
                format_yen(yen).removesuffix("円") for yen in funding["rest_yen"]
            ],
        }
    )


def describe_funding(funding: pd.DataFrame) -> str:
    """Say whether sources of money are published, and whether they add up to a cost."""
    if funding.empty:
        return ""
    said = "財源は費用の内訳を別の面から示したもので、費用には足していません。"
    if (funding["equals"] != "").all():
        return said + "財源の合計は、いずれも記載された金額と一致します。"
    said += "財源の合計が、記載された金額のどれとも一致しないものがあります。"
    of = [name for name in (*KEYS, "share_of", "whole_yen", "rest_yen") if name in funding]
    short = funding.loc[(funding["rest_yen"] > 0).fillna(False), of].drop_duplicates()
    rests = zip(short["share_of"], short["whole_yen"], short["rest_yen"], strict=True)
    said += "".join(
        f"{_name_cost_column(name)}{format_yen(whole)}のうち、"
        f"残る{format_yen(rest)}の財源はこの資料に記載がありません。"
        for name, whole, rest in rests
    )
    return said


def _name_cost_column(name: str) -> str:
    """Name a column of `list_costs`, 決算額と人件費の合計, or an amount that has its own name."""
    kind, of_item, item = name.partition("/")
    if of_item and kind in BUDGET_KINDS:
        return f"{BUDGET_KINDS[kind]}の{item}"
    for ending, words in WITH.items():
        if name.endswith(ending):
            return BASES[name.removesuffix(ending)] + words
    return BASES.get(name, name)


def tabulate_execution_audit(
    audit: pd.DataFrame, programs: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Each published rate of execution beside the division and the rounding that explain it.

    `programs` is the table of the dataset: with more than one, each row names its own.
    """
    if audit.empty:
        return pd.DataFrame()
    item = audit.get("item", pd.Series(index=audit.index, dtype="str"))
    printed = audit["published_execution_rate_printed"]
    return pd.DataFrame(
        {
            **_name_programs(audit, programs),
            "年度": [short_fiscal_year(year) for year in audit["fiscal_year"]],
            "項目": item.fillna(NO_FIGURE),
            "公表の執行率": [
                NO_FIGURE if pd.isna(text) else f"{str(text).rstrip('%％')}％" for text in printed
            ],
            "計算した率": [
                NO_FIGURE if pd.isna(rate) else f"{format_number(rate * 100, 3)}％"
                for rate in audit["computed"]
            ],
            "説明する計算と丸め方": _explain(audit, audit["explained_by"].map(DIVISIONS)),
            "注意・理由": audit["finding_note"].astype("str").map(REASONS).fillna(NO_FIGURE),
        }
    )


def _explain(audit: pd.DataFrame, ways: pd.Series) -> pd.Series:
    explained = ways + "、" + audit["rounding"].map(ROUNDINGS)
    return explained.fillna(audit["finding"].map(FINDINGS))


def describe_execution_audit(audit: pd.DataFrame) -> str:
    """Say how many published rates of execution the amounts explain; nothing without any."""
    rounded = audit[(audit["computed"].round(6) != audit["published_execution_rate"].round(6))]
    text = _describe_audit(audit, "執行率")
    whole = rounded[rounded["published_execution_rate"] == 1]
    whole = whole[whole["finding"] == "explained"]
    if len(whole):
        rates = whole["computed"]
        ends = dict.fromkeys(format_percent(rate) for rate in (rates.min(), rates.max()))
        text += f"100％と公表された{len(whole)}件は、計算では{'～'.join(ends)}です。"
    return text


def tabulate_unit_costs_audit(
    audit: pd.DataFrame, programs: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Each published unit cost beside the cost and the rounding that explain it.

    `programs` is the table of the dataset: with more than one, each row names its own.
    """
    if audit.empty:
        return pd.DataFrame()
    per = audit["per"].fillna("") + " " + audit["results"].map(format_number)
    ways = audit["explained_by"].map(_name_cost_column)
    return pd.DataFrame(
        {
            **_name_programs(audit, programs),
            "年度": [short_fiscal_year(year) for year in audit["fiscal_year"]],
            "公表の単位あたり費用": audit["name"],
            "記載": [
                _say_in_yen(text, yen)
                for text, yen in zip(audit["printed"], audit["published_yen"], strict=True)
            ],
            "割る数": per.where(audit["results"].notna(), NO_FIGURE),
            "計算した額（円）": [
                NO_FIGURE if pd.isna(yen) else format_number(yen, 1) for yen in audit["computed"]
            ],
            "説明する費用と丸め方": _explain(audit, ways.where(audit["explained_by"] != "")),
            "注意・理由": audit["finding_note"].astype("str").map(REASONS).fillna(NO_FIGURE),
        }
    )


def _say_in_yen(printed: Any, yen: float) -> str:
    """A published amount as printed, with what it means in yen where it is not printed in yen."""
    if pd.isna(printed):
        return f"{NO_FIGURE}（＝{format_number(yen)}円）"
    amount = f"{format_number(yen)}円"
    return str(printed) if str(printed) == amount else f"{printed}（＝{amount}）"


def describe_unit_costs_audit(audit: pd.DataFrame) -> str:
    """Say how many published unit costs the amounts explain; nothing without any."""
    return _describe_audit(audit, "単位あたりの費用")


def _describe_audit(audit: pd.DataFrame, what: str) -> str:
    if audit.empty:
        return ""
    found = audit["finding"]
    explained = int(found.isin(["explained", "explained_truncated"]).sum())
    if explained:
        said = [
            f"公表された{what}{len(audit)}件のうち{explained}件は、手元の金額から説明できます。"
        ]
    else:
        said = [f"公表された{what}は{len(audit)}件です。"]
    cut, odd = (int((found == word).sum()) for word in ("explained_truncated", "anomaly"))
    if cut:
        said.append(f"{cut}件は、四捨五入ではなく切り捨てとみれば合います。")
    if odd:
        said.append(f"{odd}件は手元の金額では説明できません。別の計算によるのかもしれません。")
    notes = audit.loc[found == "cannot_be_checked", "finding_note"].astype("str")
    if len(notes):
        counts = notes.map(REASONS).value_counts(sort=False)
        why = "、".join(f"{word}：{count}件" for word, count in counts.items())
        said.append(f"{len(notes)}件は確かめられません（{why}）。")
    return "".join(said)
