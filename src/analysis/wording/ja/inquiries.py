"""Letters to publishers about what the documents at hand lack."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.wording.ja.formats import format_fiscal_year
from analysis.wording.ja.phrases import quote_names

ASKED_FOR = {
    "kpi": "成果をはかる指標",
    "baseline": "指標の従前値",
    "target": "指標の目標値",
    "actual": "指標の実績値",
    "budget": "予算額",
    "settled": "決算額",
    "period": "事業の期間",
}


OF_KPIS = ("baseline", "target", "actual")


PENDING = "集計中とあった指標の実績値"


NATURE = "記載された金額が予算額か決算額か"


def draft_inquiries(evaluability: pd.DataFrame, sources: pd.DataFrame) -> list[str]:
    """Write one letter to each government, in words that could be sent, on what was not found.

    Below what the letter is for stands a line for the programs of one document that lack the
    same, of whatever years. A year that was concluded is left out, for the publisher knows the
    document by its title. Lines are parted by line breaks.
    """
    titles = dict(zip(sources["source_id"], sources["title"], strict=True))
    lacks = ["・".join(_list_lacking(row)) for row in list_rows(evaluability)]
    lacking = evaluability.assign(lacks=lacks)
    lacking = lacking[lacking["lacks"] != ""]
    letters = []
    for government, rows in lacking.groupby("government", sort=False):
        lines = [
            f"・{_name_asked(same, titles[source])}：{what}"
            for (source, what), same in rows.groupby(["source_id", "lacks"], sort=False)
        ]
        letters.append("\n".join([_address(str(government), rows), PURPOSE, *lines, ANSWER]))
    return letters


PURPOSE = (
    "公表資料から事業の評価に必要な情報を調べています。次の項目を手元の資料から"
    "見つけられませんでした。公表された資料があればその場所を、"
    "まだであれば公表の予定をお知らせください。"
)


ANSWER = "回答先：（ご自身の連絡先を書き入れてください）"


MOST_DEPARTMENTS = 3


MOST_PROGRAMS = 3


def _address(government: str, rows: pd.DataFrame) -> str:
    """To whom a letter goes: the departments where they are printed and few."""
    departments = list(dict.fromkeys(rows["department"].dropna()))
    if not departments:
        return f"{government}　御中"
    if len(departments) > MOST_DEPARTMENTS:
        return f"{government}　{departments[0]}ほか{len(departments) - 1}部署　御中"
    return f"{government}　{'・'.join(departments)}　御中"


def _name_asked(rows: pd.DataFrame, title: str) -> str:
    """Name a document and its programs, but for a name that its title says already."""
    programs = list(dict.fromkeys(rows["program"]))
    named = [name for name in programs if name not in title]
    years = _say_years(rows)
    document = f"『{title}』" + (f"（{years}）" if years else "")
    if not named:
        return document
    more = f"など{len(programs)}事業" if len(programs) > MOST_PROGRAMS else ""
    return f"{document}の{quote_names(named[:MOST_PROGRAMS])}{more}"


def _say_years(rows: pd.DataFrame) -> str:
    read = rows[~rows["year_concluded"]]["fiscal_year"].drop_duplicates()
    return "・".join(format_fiscal_year(year) for year in read)


def _list_lacking(row: dict[str, Any]) -> list[str]:
    """What to ask for: nothing of a KPI where there is none, no actual of what was only planned."""
    asked = [
        words
        for part, words in ASKED_FOR.items()
        if row[part] == "not_held"
        and not (part in OF_KPIS and row["kpi"] == "not_held")
        and not (part == "actual" and row["planned"])
    ]
    if row["pending"]:
        asked = [PENDING if words == ASKED_FOR["actual"] else words for words in asked]
    return asked + ([NATURE] if row["budget"] == "partly" else [])
