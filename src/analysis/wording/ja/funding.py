"""Where the money came from."""

import pandas as pd

from analysis.measures.keys import PROGRAM_YEAR
from analysis.wording.ja.formats import format_percent, format_yen, short_fiscal_year
from analysis.wording.ja.phrases import name_cost_column, name_programs
from analysis.wording.labels import NO_FIGURE


def tabulate_funding(funding: pd.DataFrame, programs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Where the money came from, from `share_funding`.

    `programs` is the table of the dataset: with more than one, each row names its own.
    """
    wholes = zip(funding["share_of"], funding["whole_yen"], strict=True)
    return pd.DataFrame(
        {
            **name_programs(funding, programs),
            "年度": [short_fiscal_year(year) for year in funding["fiscal_year"]],
            "財源": funding["item"].fillna(NO_FIGURE),
            "金額（円）": [format_yen(yen).removesuffix("円") for yen in funding["amount_yen"]],
            "割合": [format_percent(share) for share in funding["share"]],
            "何に占める割合か": [
                "財源の合計" if of == "sources" else f"{name_cost_column(of)}（{format_yen(yen)}）"
                for of, yen in wholes
            ],
            "合計と同じ金額": [name_cost_column(name) or "なし" for name in funding["equals"]],
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
    of = [name for name in (*PROGRAM_YEAR, "share_of", "whole_yen", "rest_yen") if name in funding]
    short = funding.loc[(funding["rest_yen"] > 0).fillna(False), of].drop_duplicates()
    rests = zip(short["share_of"], short["whole_yen"], short["rest_yen"], strict=True)
    said += "".join(
        f"{name_cost_column(name)}{format_yen(whole)}のうち、"
        f"残る{format_yen(rest)}の財源はこの資料に記載がありません。"
        for name, whole, rest in rests
    )
    return said
