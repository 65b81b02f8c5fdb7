"""What the tables of support come to: kinds, marks, rates, nested frames, capacity."""

import pandas as pd
from samples import CAPACITY, COUNTS, FLAGS, NEST, TERMS

from analysis.measures.instruments import (
    count_capacity,
    keep_large,
    list_nest,
    range_terms,
    sum_flags,
    sum_instruments,
)


def test_offers_count_a_program_once_for_each_of_its_kinds():
    found = sum_instruments(COUNTS)
    assert (found.programs, found.kinds, found.offers, found.with_quantity) == (73, 2, 15, 4)
    assert found.most == [("training", 12), ("research", 3)]
    assert found.without == ("research",)


def test_marks_are_summed_over_all_departments_with_those_that_have_neither():
    assert sum_flags(FLAGS) == {"programs": 12, "new": 2, "expanded": 1, "neither": 9}


def test_rates_of_a_kind_lie_between_the_lowest_and_the_highest():
    assert range_terms(TERMS).to_numpy().tolist() == [["subsidy", 2, 0.5, 2 / 3]]


def test_each_frame_stands_with_those_directly_inside_it():
    nest = {row["term"]: [part["term"] for part in parts] for row, parts in list_nest(NEST)}
    assert nest == {"全体": ["新規"], "新規": ["承継"], "承継": []}


def test_quantities_are_counted_by_kind_most_frequent_first():
    assert count_capacity(CAPACITY) == (1, {"training": 2, "event": 1})


def test_the_largest_frames_are_kept_with_the_largest_directly_in_them():
    small = NEST.assign(yen=NEST["yen"] // 10, term=NEST["term"] + "（小）")
    frames = pd.concat([small, NEST], ignore_index=True)
    [kept] = keep_large(frames, 1, inside=len(NEST))
    assert kept["term"].tolist() == NEST["term"].tolist()
    [cut] = keep_large(frames, 1, inside=1)
    parts = NEST[NEST["depth"] == 1]
    assert cut["term"].tolist() == [NEST["term"].iloc[0], parts["term"][parts["yen"].idxmax()]]
    assert cut["rest_yen"].isna().all()  # what is left is not what no frame names
