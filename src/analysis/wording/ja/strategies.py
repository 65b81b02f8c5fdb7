"""Which part of a plan has programs."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.strategies import Item, list_groups
from analysis.wording.ja.formats import list_some, say_years
from analysis.wording.labels import NO_FIGURE

KINDS = {"direction": "方針", "issue": "課題", "vision": "将来像"}


COUNTED = {"with_kpi": "指標あり", "with_amount": "金額あり"}


GROUNDS = {
    "yes": "内容から推定",
    "partly": "資料の記載と、内容からの推定",
    "no": "資料の記載",
}


def tabulate_coverage(coverage: pd.DataFrame) -> pd.DataFrame:
    """Each item of a plan with its programs, from the table of `cover_items`."""
    rows = list_rows(coverage)
    counts = {"programs": "対応する事業"} | COUNTED
    return pd.DataFrame(
        {
            "方針・課題": [r["name"] for r in rows],
            "計画": [r["strategy"] for r in rows],
            "区分": [f"{KINDS[r['kind']]}{r['order']}" for r in rows],
            **{word: [_said(r[name]) for r in rows] for name, word in counts.items()},
            "事業名": [join_names(r["program_names"]) or NO_FIGURE for r in rows],
            "対応の根拠": [GROUNDS.get(r["is_inferred"], NO_FIGURE) for r in rows],
        },
        dtype="str",
    )


def _said(value: object) -> str:
    return NO_FIGURE if pd.isna(value) else str(value)


def describe_coverage(coverage: pd.DataFrame) -> str:
    """Say which items of each plan have programs, KPIs and money, and which have none.

    `coverage` is the table of `cover_items`.
    """
    if coverage.empty:
        return "手元の資料に、計画の方針や課題は見当たりません。"
    return list_some([_describe_group(*group) for group in list_groups(coverage)], "")


def _describe_group(plan: str, kind: str, items: list[Item]) -> str:
    """One to three sentences on the items of one kind."""
    word, what = KINDS[kind], f"「{plan}」の{len(items)}つの{KINDS[kind]}"
    if all(pd.isna(item["programs"]) for item in items):
        return f"{what}は、事業と対応づけていません。"
    without = [f"{word}{r['order']}「{r['name']}」" for r in items if not r["programs"]]
    if len(without) == len(items):
        return f"{what}のどれにも、対応する事業は手元の資料からは見当たりません。"
    counts = _list_counts(items, "programs")
    if without:
        served = f"のうち{len(items) - len(without)}つに対応する事業があり（{counts}）、"
        served += f"{'、'.join(without)}に対応する事業は手元の資料からは見当たりません。"
    else:
        served = f"のすべてに対応する事業があります（{counts}）。"
    return what + served + _describe_figures(items) + _describe_grounds(items, word)


def _list_counts(items: list[Item], name: str) -> str:
    """The items with any of what is counted: 方針1に1事業、方針4に2事業."""
    found = [r for r in items if r[name]]
    return "、".join(f"{KINDS[r['kind']]}{r['order']}に{r[name]}事業" for r in found)


def _describe_figures(items: list[Item]) -> str:
    """Where programs have KPIs and money."""
    kpis, money = (_list_counts(items, name) for name in COUNTED)
    if not kpis and not money:
        return "このうち指標や金額の記載がある事業は、手元の資料からは見当たりません。"
    with_kpi = f"{kpis}で" if kpis else "見当たらず"
    with_money = f"{money}です" if money else "手元の資料からは見当たりません"
    return f"このうち指標の記載がある事業は{with_kpi}、金額の記載がある事業は{with_money}。"


def _describe_grounds(items: list[Item], word: str) -> str:
    """Whether the documents print which program serves which item."""
    found = {item["is_inferred"] for item in items} & set(GROUNDS)
    if found <= {"no"}:
        return ""
    some = "" if found == {"yes"} else "の一部"
    return f"どの事業がどの{word}に対応するか{some}は資料に記載がなく、事業の内容から推定しました。"


def describe_plans(strategies: pd.DataFrame, links: pd.DataFrame) -> str:
    """Say which plan came after which, from the links 'succeeds'; nothing where none is linked."""
    rows = {row["strategy_id"]: row for row in list_rows(strategies)}
    succeeds = links[links["kind"] == "succeeds"]
    after = dict(zip(succeeds["to_id"], succeeds["from_id"], strict=True))
    lines = []
    for first in [name for name in rows if name in after and name not in after.values()]:
        line = [first]
        while (following := after.get(line[-1])) in rows and following not in line:
            line.append(following)
        said = "、".join(_name_plan(rows[name]) for name in line)
        lines.append(f"計画は次の順に続いています：{said}。")
    return list_some(lines, "")


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
