"""Which amounts of a budget and of its account are of the same, so that a rate means something."""

import pandas as pd
import pytest

from analysis.measures.counterparts import find_counterparts

YEAR = {"government_code": "x_town", "program_id": "fair", "fiscal_year": 2018}
COMPARED = ["total_yen", "settled_yen", "left_out_yen"]


def find(*rows):
    """Amounts typed as (kind, item, nature, yen)."""
    table = pd.DataFrame(rows, columns=["kind", "item", "nature", "amount_yen"]).assign(**YEAR)
    [found] = find_counterparts(pd.DataFrame([YEAR]), table).to_dict("records")
    return found


@pytest.mark.parametrize(
    ("rows", "compared"),
    [
        # items of one name are compared, the other is left out
        ([("total", "a", None, 100), ("settled", "a", None, 90), ("settled", "b", None, 50)],
         [100, 90, 50]),
        # one amount without an item is compared with the sum of the items
        ([("total", None, None, 100), ("settled", "a", None, 60), ("settled", "b", None, 30)],
         [100, 90, 0]),
        # personnel stands on one side only
        ([("total", "a", "direct", 100), ("settled", "a", "direct", 90),
          ("settled", "人件費", "personnel", 50)], [100, 90, 50]),
    ],
)  # fmt: skip
def test_like_is_compared_with_like(rows, compared):
    found = find(*rows)
    assert [found[name] for name in COMPARED] == compared


def test_what_is_left_out_is_named_with_its_side_and_nature():
    found = find(
        ("total", "a", "direct", 100),
        ("settled", "a", "direct", 90),
        ("settled", "人件費", "personnel", 50),
    )
    [left] = found["left_out"]
    assert (left.kind, left.item, left.scope) == ("settled", "人件費", "personnel")


def test_an_item_of_0_yen_leaves_nothing_out():
    rows = ("total", "a", None, 100), ("settled", "a", None, 90), ("settled", "b", None, 0)
    assert find(*rows)["left_out_yen"] == 0


def test_without_the_other_side_nothing_can_be_compared():
    found = find(("settled", "a", None, 90))
    assert pd.isna(found["total_yen"])
    assert pd.isna(found["settled_yen"])
