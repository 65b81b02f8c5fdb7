"""Which part of a plan has programs."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.strategies import Item, Served, find_served, order_plans
from analysis.wording.formats import list_some, say_years
from analysis.wording.labels import NO_FIGURE, labels
from analysis.wording.tables import label_table

KINDS = labels("strategies.kinds")
GROUNDS = labels("strategies.grounds")


def tabulate_coverage(coverage: pd.DataFrame) -> pd.DataFrame:
    """Each item of a plan with its programs, from the table of `cover_items`."""
    rows = list_rows(coverage)
    counts = {"serving": "programs", "with_kpi": "with_kpi", "with_amount": "with_amount"}
    return label_table(
        "coverage",
        {
            "name_of_item": [r["name"] for r in rows],
            "strategy": [r["strategy"] for r in rows],
            "item_kind": [_number(r) for r in rows],
            **{code: [_said(r[name]) for r in rows] for code, name in counts.items()},
            "program_names": [join_names(r["program_names"]) or NO_FIGURE for r in rows],
            "correspondence": [GROUNDS.get(r["is_inferred"], NO_FIGURE) for r in rows],
        },
    )


def _said(value: object) -> str:
    return NO_FIGURE if pd.isna(value) else str(value)


def _number(item: Item) -> str:
    """The kind of an item and its number: 方針1."""
    return f"{KINDS[item['kind']]}{item['order']}"


def describe_coverage(coverage: pd.DataFrame) -> str:
    """Say which items of each plan have programs, KPIs and money, and which have none.

    `coverage` is the table of `cover_items`.
    """
    if coverage.empty:
        return "手元の資料に、計画の方針や課題は見当たりません。"
    return list_some([_describe_served(served) for served in find_served(coverage)], "")


def _describe_served(served: Served) -> str:
    """One to three sentences on the items of one kind."""
    word, count = KINDS[served.kind], len(served.items)
    what = f"「{served.plan}」の{count}つの{word}"
    if not served.is_assigned:
        return f"{what}は、事業と対応づけていません。"
    if len(served.without) == count:
        return f"{what}のどれにも、対応する事業は手元の資料からは見当たりません。"
    counts = _list_counts(served, "programs")
    if served.without:
        without = "、".join(f"{_number(item)}「{item['name']}」" for item in served.without)
        said = f"のうち{count - len(served.without)}つに対応する事業があり（{counts}）、"
        said += f"{without}に対応する事業は手元の資料からは見当たりません。"
    else:
        said = f"のすべてに対応する事業があります（{counts}）。"
    return what + said + _describe_figures(served) + _describe_grounds(served, word)


def _list_counts(served: Served, name: str) -> str:
    """The items with any of what is counted: 方針1に1事業、方針4に2事業."""
    return "、".join(f"{_number(item)}に{item[name]}事業" for item in served.counts[name])


def _describe_figures(served: Served) -> str:
    """Where programs have KPIs and money."""
    kpis, money = (_list_counts(served, name) for name in ("with_kpi", "with_amount"))
    if not kpis and not money:
        return "このうち指標や金額の記載がある事業は、手元の資料からは見当たりません。"
    with_kpi = f"{kpis}で" if kpis else "見当たらず"
    with_money = f"{money}です" if money else "手元の資料からは見当たりません"
    return f"このうち指標の記載がある事業は{with_kpi}、金額の記載がある事業は{with_money}。"


def _describe_grounds(served: Served, word: str) -> str:
    """Whether the documents print which program serves which item."""
    if served.grounds == "no":
        return ""
    some = "の一部" if served.grounds == "partly" else ""
    return f"どの事業がどの{word}に対応するか{some}は資料に記載がなく、事業の内容から推定しました。"


def describe_plans(strategies: pd.DataFrame, links: pd.DataFrame) -> str:
    """Say which plan came after which, from the links 'succeeds'; nothing where none is linked."""
    lines = ["、".join(map(_name_plan, line)) for line in order_plans(strategies, links)]
    return list_some([f"計画は次の順に続いています：{line}。" for line in lines], "")


def _name_plan(plan: dict[str, Any]) -> str:
    """A plan with its years, or the year in which it was drawn up."""
    if pd.notna(plan["decided_year"]):
        return f"「{plan['strategy']}」（{plan['decided_year']}年に策定）"
    return f"「{plan['strategy']}」（{say_years(plan['start_year'], plan['end_year'])}）"


def join_names(names: Iterable[str]) -> str:
    """Join names with ・, those that hold one themselves in brackets.

    Examples
    --------
    >>> join_names(["観光", "還流・定着支援"])
    '観光・「還流・定着支援」'
    """
    return "・".join(f"「{name}」" if "・" in name else name for name in names)
