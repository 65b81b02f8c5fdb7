"""Grants that took the place of one another."""

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.wording.formats import say_years
from analysis.wording.phrases import print_texts
from analysis.wording.tables import label_table


def tabulate_grants(grants: pd.DataFrame) -> pd.DataFrame:
    """Each grant with its years and its successor, from the table of `trace_grants`."""
    return label_table(
        "grants",
        {
            "grant": grants["grant_name"],
            "fiscal_year": [
                say_years(first, last)
                for first, last in zip(grants["first_year"], grants["last_year"], strict=True)
            ],
            "successor": print_texts(grants["successor"]),
            "note_of_grant": print_texts(grants["note"]),
        },
    )


def describe_grants(grants: pd.DataFrame) -> str:
    """Say which grant took the place of which, with the years that are printed."""
    if grants.empty:
        return "手元の資料に、交付金の移り変わりは見当たりません。"
    rows = list_rows(grants)
    follows = "、".join(
        f"「{r['grant_name']}」の後継は「{r['successor']}」"
        for r in rows
        if pd.notna(r["successor"])
    )
    years = "、".join(
        f"「{r['grant_name']}」{say_years(r['first_year'], r['last_year'])}" for r in rows
    )
    said = f"{follows}です。" if follows else "交付金どうしの後継の関係は見当たりません。"
    return f"{said}資料に書かれた年度：{years}。"
