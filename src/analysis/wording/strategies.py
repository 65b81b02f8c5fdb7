"""Which part of a plan has programs."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.strategies import Item, Served, find_served, order_plans
from analysis.wording.formats import LISTS, list_some, say_years
from analysis.wording.labels import NO_FIGURE, labels, say
from analysis.wording.phrases import quote
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
    return say("strategies.numbered", kind=KINDS[item["kind"]], number=item["order"])


def describe_coverage(coverage: pd.DataFrame) -> str:
    """Say which items of each plan have programs, KPIs and money, and which have none.

    `coverage` is the table of `cover_items`.
    """
    if coverage.empty:
        return say("strategies.no_items")
    return list_some([_describe_served(served) for served in find_served(coverage)], "")


def _describe_served(served: Served) -> str:
    """One to three sentences on the items of one kind."""
    count = len(served.items)
    items = say(f"strategy_items.{served.kind}", plan=served.plan, count=count)
    if not served.is_assigned:
        return say("strategies.not_assigned", items=items)
    if len(served.without) == count:
        return say("strategies.none_served", items=items)
    said = say(
        "strategies.some_served" if served.without else "strategies.all_served",
        items=items,
        count=count - len(served.without),
        programs=_list_counts(served, "programs"),
        without=LISTS["comma"].join(map(_name_item, served.without)),
    )
    return said + _describe_figures(served) + _describe_grounds(served)


def _name_item(item: Item) -> str:
    return say("strategies.item", number=_number(item), name=item["name"])


def _list_counts(served: Served, name: str) -> str:
    """The items with any of what is counted: 方針1に1事業、方針4に2事業."""
    return LISTS["comma"].join(
        say("strategies.programs_of_item", item=_number(item), count=item[name])
        for item in served.counts[name]
    )


def _describe_figures(served: Served) -> str:
    """Where programs have KPIs and money."""
    kpis, money = (_list_counts(served, name) for name in ("with_kpi", "with_amount"))
    if kpis and money:
        return say("strategies.kpis_and_money", kpis=kpis, money=money)
    if kpis:
        return say("strategies.kpis_alone", kpis=kpis)
    return say("strategies.money_alone", money=money) if money else say("strategies.no_figures")


def _describe_grounds(served: Served) -> str:
    """Whether the documents print which program serves which item."""
    if served.grounds == "no":
        return ""
    return say(
        "strategies.partly_concluded" if served.grounds == "partly" else "strategies.concluded",
        kind=KINDS[served.kind],
    )


def describe_plans(strategies: pd.DataFrame, links: pd.DataFrame) -> str:
    """Say which plan came after which, from the links 'succeeds'; nothing where none is linked."""
    lines = [LISTS["comma"].join(map(_name_plan, line)) for line in order_plans(strategies, links)]
    return list_some([say("strategies.plans_in_order", plans=line) for line in lines], "")


def _name_plan(plan: dict[str, Any]) -> str:
    """A plan with its years, or the year in which it was drawn up."""
    name, year = plan["strategy"], plan["decided_year"]
    if pd.notna(year):
        return say("strategies.plan_drawn_up", plan=name, year=year)
    years = say_years(plan["start_year"], plan["end_year"])
    return say("strategies.plan_of_years", plan=name, years=years)


def join_names(names: Iterable[str]) -> str:
    """Join names with ・, those that hold one themselves in brackets.

    Examples
    --------
    >>> join_names(["観光", "還流・定着支援"])
    '観光・「還流・定着支援」'
    """
    dot = LISTS["dot"]
    return dot.join(quote(name) if dot in name else name for name in names)
