"""Amounts printed more than once in one table are counted once, worked by hand."""

import pandas as pd
import pytest

from analysis import add_execution, find_cost_basis
from analysis.measures.breakdowns import keep_wholes

KEY = {"government_code": "082201", "program_id": "fair", "fiscal_year": 2020}


def amounts(*rows):
    """Amounts of one program and year: kind, item, yen, and a nature where one is stated."""
    cells = [dict(zip(("kind", "item", "amount_yen", "nature"), row, strict=False)) for row in rows]
    table = pd.DataFrame([KEY | {"nature": None} | cell for cell in cells])
    return table.astype({"amount_yen": "Int64", "item": "str", "nature": "str"})


def cost(*rows):
    return int(find_cost_basis(amounts(*rows))["cost_yen"].iloc[0])


@pytest.mark.parametrize("whole", [None, "合計", "計", "総額"])
def test_an_account_beside_what_it_was_spent_on_is_counted_once(whole):
    rows = [("settled", whole, 100), ("settled", "委託料", 60), ("settled", "報償費", 40)]
    assert cost(*rows) == 100
    executed = add_execution(pd.DataFrame([KEY]), amounts(("total", None, 100), *rows))
    assert executed["execution_rate"].tolist() == [1.0]
    assert executed["execution_note"].astype("str").tolist() == [""]


def test_items_without_a_whole_are_added():
    assert cost(("settled", "委託料", 60), ("settled", "報償費", 40)) == 100


def test_staff_and_the_whole_with_staff_are_told_by_their_items_where_no_nature_is_stated():
    # 郡山: 22,963 and 人件費 2,604 are 25,567 in all; the program itself cost 22,963
    rows = [("settled", "事業費", 22_963), ("settled", "人件費", 2_604)]
    basis = find_cost_basis(amounts(*rows, ("settled", "総事業費", 25_567))).iloc[0]
    assert (basis["cost_yen"], basis["full_cost_yen"]) == (22_963, 25_567)


def test_a_stated_nature_goes_before_the_words_of_the_item():
    kept = keep_wholes(amounts(("settled", "人件費補助", 5, "direct")))
    assert kept["nature"].tolist() == ["direct"]


def test_a_part_that_is_only_named_is_not_added():
    # 事業費 10 million, of it 一般財源 4 and 国費 6
    rows = [
        ("reported", "事業費", 10),
        ("reported", "うち一般財源", 4),
        ("reported", "うち国費", 6),
    ]
    assert cost(*rows) == 10


def test_changes_of_a_budget_and_sources_of_money_are_left_as_they_are():
    table = amounts(
        *(("initial", None, 100), ("supplementary", "9月補正", 20), ("supplementary", None, 5)),
        *(("source", "一般財源", 60), ("source", "合計", 125)),
    )
    assert len(keep_wholes(table)) == 5
    assert cost(*table[["kind", "item", "amount_yen"]].to_numpy().tolist()) == 125
