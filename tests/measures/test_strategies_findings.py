"""How far the items of a plan are served, and which plan came after which."""

import pandas as pd
import pytest
from samples import coverage_of, some_coverage

from analysis.measures.strategies import find_served, order_plans


def test_items_with_programs_kpis_and_money_are_listed_and_those_without():
    direction, vision = find_served(some_coverage())
    assert direction.is_assigned
    assert [item["order"] for item in direction.without] == [2]
    counts = {name: [item["order"] for item in items] for name, items in direction.counts.items()}
    assert counts == {"programs": [1], "with_kpi": [1], "with_amount": [1]}
    assert (vision.is_assigned, vision.kind) == (False, "vision")


@pytest.mark.parametrize(
    ("grounds", "word"),
    [
        (("yes", "yes"), "yes"),
        (("yes", "no"), "partly"),
        (("partly", "no"), "partly"),
        (("no", "no"), "no"),
        ((None, "yes"), "yes"),
    ],
)
def test_the_correspondence_is_a_conclusion_as_a_whole_in_part_or_not(grounds, word):
    [served] = find_served(coverage_of(*(("issue", 1, 0, 0, ground) for ground in grounds)))
    assert served.grounds == word


def test_plans_stand_in_the_order_in_which_they_succeed_one_another():
    plans = pd.DataFrame({"strategy_id": ["c", "a", "b", "alone"]})
    links = pd.DataFrame(
        {
            "from_id": ["b", "c", "x"],
            "to_id": ["a", "b", "alone"],
            "kind": ["succeeds"] * 2 + ["serves"],
        }
    )
    lines = order_plans(plans, links)
    assert [[plan["strategy_id"] for plan in line] for line in lines] == [["a", "b", "c"]]
