"""What a report cannot say, and what it does without."""

import pytest

from analysis.wording.limits import LIMITS, describe_left_out, describe_limits


@pytest.mark.parametrize("topic", LIMITS)
def test_every_limit_is_a_sentence(topic):
    assert describe_limits(topic)
    assert all(sentence.endswith("。") for sentence in describe_limits(topic))


def test_sections_left_out_are_named_and_quotes_in_their_titles_do_not_nest():
    said = describe_left_out(["公表された率", "「順調」などの進捗"])
    assert "「公表された率」「『順調』などの進捗」" in said
    assert said.endswith("資料に書かれていないという意味ではありません。")


def test_a_report_that_has_all_sections_says_nothing_of_them():
    assert describe_left_out([]) == ""
