"""Grants that took the place of one another."""

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.wording.ja.formats import say_years
from analysis.wording.labels import NO_FIGURE


def tabulate_grants(grants: pd.DataFrame) -> pd.DataFrame:
    """Each grant with its years and its successor, from the table of `trace_grants`."""
    rows = list_rows(grants)
    return pd.DataFrame(
        {
            "交付金": [r["grant_name"] for r in rows],
            "年度": [say_years(r["first_year"], r["last_year"]) for r in rows],
            "後継": [NO_FIGURE if pd.isna(r["successor"]) else r["successor"] for r in rows],
            "備考": [NO_FIGURE if pd.isna(r["note"]) else r["note"] for r in rows],
        },
        dtype="str",
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
