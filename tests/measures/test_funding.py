"""Where the money came from: each source beside the cost it pays."""

import pandas as pd

from analysis import share_funding
from analysis.measures.funding import list_rests

KEY = {"government_code": "072036", "program_id": "hall", "fiscal_year": 2018}
DIRECT = {"kind": "settled", "item": "事業費", "nature": "direct", "amount_yen": 22_963_000}
TOTAL = {"kind": "total", "item": None, "nature": None, "amount_yen": 30_000_000}


def amounts(*rows):
    return pd.DataFrame([KEY | row for row in rows]).astype({"amount_yen": "Int64"})


def source(item, yen):
    return {"kind": "source", "item": item, "nature": None, "amount_yen": yen}


def test_each_source_is_shared_of_all_sources_and_they_are_found_to_be_the_cost():
    # by hand: 6 and 4 of 10 million, which is the settled account
    settled = {"kind": "settled", "item": None, "nature": None, "amount_yen": 10_000_000}
    table = share_funding(
        amounts(settled, TOTAL, source("国庫支出金", 6_000_000), source("一般財源", 4_000_000))
    )
    assert table["share"].tolist() == [0.6, 0.4]
    assert table["equals"].tolist() == ["settled", "settled"]


def test_sources_that_add_up_to_one_item_of_the_account_are_found_to_be_that():
    # 貝塚市: the sources are those of 直接事業費 247,800 千円; 間接事業費 1,010 stands beside it
    rows = DIRECT | {"item": "直接事業費", "amount_yen": 247_800}
    rest = DIRECT | {"item": "間接事業費", "amount_yen": 1_010}
    sources = [("国庫支出金", 81_850), ("市債", 120_900), ("一般財源2", 45_050)]
    table = share_funding(amounts(rows, rest, *(source(*one) for one in sources)))
    assert table["equals"].tolist() == ["settled/直接事業費"] * 3


def test_the_sources_of_a_budget_and_of_an_account_are_shared_apart():
    rows = [
        ("国庫支出金（予算）", 30),
        ("一般財源（予算）", 10),
        ("国庫支出金", 5),
        ("一般財源", 15),
    ]
    table = share_funding(amounts(*(source(item, yen) for item, yen in rows)))
    assert table["share"].tolist() == [0.75, 0.25, 0.25, 0.75]


FUNDED = ["share", "equals", "whole_yen", "share_of", "rest_yen"]


def test_sources_below_the_cost_are_shared_of_the_cost_and_the_rest_is_said():
    # 福岡県 国民保護体制推進事業: of 1,193 千円 only 一般財源 793 is printed: 66.5 %, 400 left
    settled = {"kind": "settled", "item": None, "nature": "direct", "amount_yen": 1_193_000}
    table = share_funding(amounts(settled, source("一般財源", 793_000)))
    [row] = table[FUNDED].to_numpy().tolist()
    assert row == [793 / 1193, "", 1_193_000, "settled", 400_000]
    whole = share_funding(amounts(settled, source("一般財源", 1_193_000)))
    assert whole[FUNDED].to_numpy().tolist() == [[1.0, "settled", 1_193_000, "sources", 0]]


def test_the_sources_of_a_budget_are_shared_of_the_budget():
    rows = [
        {"kind": kind, "item": None, "nature": None, "amount_yen": yen}
        for kind, yen in (("settled", 50), ("initial", 100))
    ]
    sides = amounts(*rows, source("一般財源（予算）", 40), source("一般財源（決算）", 40))
    found = share_funding(sides)[["share", "share_of", "rest_yen"]].to_numpy().tolist()
    assert found == [[0.4, "initial", 60], [0.8, "settled", 10]]
    # without a mark the account comes first; without one the budget pays
    plain = share_funding(amounts(rows[1], source("一般財源", 40)))
    assert plain[["share", "share_of"]].to_numpy().tolist() == [[0.4, "initial"]]


def test_without_a_cost_above_them_sources_are_shared_of_their_sum():
    table = share_funding(amounts(source("地方債", 7), source("一般財源", 3)))
    assert table["share"].tolist() == [0.7, 0.3]
    assert table["share_of"].tolist() == ["sources"] * 2
    assert table["rest_yen"].isna().all()
    above = amounts(TOTAL | {"amount_yen": 4}, source("地方債", 7), source("一般財源", 3))
    assert share_funding(above)["share"].tolist() == [0.7, 0.3]


def test_pending_sources_have_no_share():
    table = share_funding(amounts(source("地方債", 7), source("一般財源", pd.NA)))
    assert table["share"].isna().all()
    assert share_funding(amounts(TOTAL)).empty


def test_what_no_source_pays_is_listed_once_for_each_cost():
    funding = pd.DataFrame(
        {
            "government_code": "400009",
            "program_id": ["a", "a", "b"],
            "fiscal_year": 2024,
            "share_of": ["settled", "settled", "sources"],
            "whole_yen": pd.array([1193, 1193, 50], dtype="Int64"),
            "rest_yen": pd.array([400, 400, 0], dtype="Int64"),
        }
    )
    assert list_rests(funding).to_numpy().tolist() == [["settled", 1193, 400]]
