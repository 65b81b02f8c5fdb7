"""Whether words follow a rate is found from their ranges and their ranks, not from the words."""

import pandas as pd
import pytest

from analysis.measures.keys import RATED
from analysis.measures.progress_words import find_overlap, range_words, spread_words


def judged(*rows, **columns):
    """Judgements, each typed as (word, achievement_rate, progress_rate, progress_rank)."""
    names = ["progress", "achievement_rate", "progress_rate", "progress_rank"]
    return pd.DataFrame(rows, columns=names).assign(**columns)


@pytest.mark.parametrize(
    ("rows", "ordered", "mixed"),
    [
        # apart and in the order of their ranks by both rates
        (
            [("順調", 1.0, 1.0, 0), ("遅れ", 0.5, 0.2, 1)],
            ("achievement_rate", "progress_rate"),
            (),
        ),
        # the better word was given for less progress
        ([("順調", 1.0, 0.2, 0), ("遅れ", 0.5, 0.6, 1)], ("achievement_rate",), ("progress_rate",)),
        # 0.5 to 1.0 and 0.8 overlap
        (
            [("順調", 1.0, None, 0), ("順調", 0.5, None, 0), ("遅れ", 0.8, None, 1)],
            (),
            ("achievement_rate",),
        ),
        # of words without a rank nobody knows the order
        ([("良い", 1.0, 1.0, None), ("普通", 0.5, 0.2, None)], (), ()),
        ([("順調", 1.0, 1.0, 0), ("順調", 0.5, 0.2, 0)], (), ()),
    ],
    ids=["in order", "mixed by one", "overlapping", "no rank", "one word"],
)
def test_words_follow_a_rate_only_where_their_ranges_lie_in_the_order_of_their_ranks(
    rows, ordered, mixed
):
    found = find_overlap(judged(*rows))
    assert (found.ordered, found.mixed, found.one_kpi) == (ordered, mixed, None)


def test_two_words_for_one_kpi_have_no_order():
    key = dict.fromkeys(RATED, "k")
    table = judged(("順調", 1.0, 1.0, 0), ("遅れ", 1.0, 1.0, 1), **key)
    table["rated_by"] = ["一次", "外部"]
    found = find_overlap(table)
    assert len(found.one_kpi) == 2
    assert (found.ordered, found.mixed) == ((), ())


def test_each_word_has_its_range_of_each_rate():
    table = judged(("順調", 0.9, 0.8, 0), ("遅れ", 0.5, 0.2, 1), ("順調", 1.1, 1.0, 0))
    assert range_words(table).to_numpy().tolist() == [
        ["achievement_rate", "順調", 2, 0.9, 1.1],
        ["achievement_rate", "遅れ", 1, 0.5, 0.5],
        ["progress_rate", "順調", 2, 0.8, 1.0],
        ["progress_rate", "遅れ", 1, 0.2, 0.2],
    ]


def test_the_rates_of_a_word_lie_together():
    audit = judged(
        ("順調", 0.9, 0.5, 1), ("遅れ", 0.8, 0.1, 2), ("順調", 1.0, None, 1), reached="no"
    )
    spreads = spread_words(audit, "achievement_rate")
    assert [(s.group.name, s.figures.tolist()) for s in spreads] == [
        ("順調", [0.9]),
        ("遅れ", [0.8]),
    ]
