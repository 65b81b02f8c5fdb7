"""What was concluded rather than read, and why."""

import pandas as pd

from analysis.measures.reasons import list_inferred
from analysis.wording.codebook import name_column, name_table
from analysis.wording.tables import label_table


def describe_inferred(tables: dict[str, pd.DataFrame]) -> list[str]:
    """List what was concluded from the documents rather than read in them, table by table."""
    return [
        f"{name_table(name)}：{'、'.join(name_column(name, column) for column in columns)}"
        for name, columns in list_inferred(tables).items()
    ]


NO_REASON = "理由の記載はありません"


def tabulate_reasons(listed: pd.DataFrame) -> pd.DataFrame:
    """Show what was concluded rather than read, from `list_reasons`: where, how often, and why."""
    return label_table(
        "reasons",
        {
            "table": [name_table(name) for name in listed["table"]],
            "item": [
                name_column(name, column)
                for name, column in zip(listed["table"], listed["column"], strict=True)
            ],
            "how_often": [f"{rows}件" for rows in listed["rows"]],
            "reason_inferred": listed["reason"].fillna(NO_REASON),
        },
    )


def describe_reasons(listed: pd.DataFrame) -> str:
    """Say how many rows `tabulate_reasons` shows, and whether their reasons are held."""
    if listed.empty:
        return "どの項目も資料に書かれているとおりで、推定した項目はありません。"
    count, without = len(listed), int(listed["reason"].isna().sum())
    said = f"次の{count}項目は、資料に書かれたとおりではなく、推定または訂正によるものです。"
    if without == count:
        return f"{said}推定の理由は、このデータには記されていません。"
    return f"{said}うち{without}項目には、理由の記載がありません。" if without else said
