"""Judgements that say only what is to follow."""

import pandas as pd
from made import judges

from analysis.measures.judgements import count_policies


def follows(*policies, **columns):
    rows = [{"government_code": "a", "program_id": f"p{n}"} for n in range(len(policies))]
    return pd.DataFrame(rows).assign(policy=policies, **columns)


def test_policies_of_several_programs_are_counted_and_one_word_is_not_countable():
    found = count_policies(follows("継続", "縮小", "継続"))
    assert (found.counts, found.countable) == ({"継続": 2, "縮小": 1}, True)
    assert not count_policies(follows("継続", "継続")).countable


def test_two_judges_of_one_program_are_not_two_programs():
    found = count_policies(judges("継続", "縮小", name="policy"))
    assert (found.counts, found.countable) == ({"継続": 1, "縮小": 1}, False)


def test_beside_any_other_judgement_and_without_a_policy_nothing_is_counted():
    assert count_policies(follows("継続", grade=["B"])) is None
    assert count_policies(follows(None)) is None
    assert count_policies(follows("継続").drop(columns="policy")) is None
