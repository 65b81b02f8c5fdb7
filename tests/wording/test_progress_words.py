"""Progress words in the words of the reports."""

import pandas as pd
from slices import TSUKUBA, report

import analysis


def test_the_text_of_the_words_holds_the_range_of_each_word_by_each_rate():
    text = analysis.describe_progress_words(report(TSUKUBA, 2018).audit)
    assert "達成率では「順調」3件は104.5％～200.0％。" in text  # 93 / 89 to 16 / 8
    assert "達成率では「概ね順調」4件は74.0％～111.0％。" in text  # 148 / 200 to 1,110 / 1,000
    assert "進捗率では「順調」3件は175.0％～233.3％。" in text  # 14 / 8 to 7 / 3
    assert "進捗率では「概ね順調」4件は▲73.3％～111.0％。" in text  # -22 / 30 to 111 %


def test_the_words_of_tsukuba_follow_progress_rate_but_not_achievement_rate():
    said = analysis.describe_overlap(report(TSUKUBA, 2018).audit).split("。")
    assert said[0] == "「順調」と「概ね順調」は、達成率の高い順には付いていません"
    assert "進捗率では高い順に並びます" in said[1]
    assert "基準であるとは限りません" in said[1]


def judged(*rows):
    columns = ["progress", "achievement_rate", "progress_rate"]
    return pd.DataFrame(rows, columns=columns).assign(place="④-1")


def test_words_that_follow_neither_rate_are_said_to_follow_neither():
    text = analysis.describe_overlap(
        judged(("順調", 1.0, 1.0), ("概ね順調", 1.2, 1.2), ("概ね順調", 0.5, 0.5))
    )
    assert "達成率・進捗率の高い順には付いていません" in text
    assert "並びます" not in text


def test_words_are_in_order_only_where_the_better_word_has_the_higher_rates():
    audit = judged(("順調", 1.2, 0.5), ("概ね順調", 0.5, 1.2)).assign(progress_rank=[0, 1])
    said = analysis.describe_overlap(audit).split("。")
    assert said[0] == "「順調」と「概ね順調」は、進捗率の高い順には付いていません"
    assert said[1].startswith("達成率では高い順に並びます")


def test_words_of_unknown_rank_are_not_said_to_be_in_order():
    text = analysis.describe_overlap(judged(("順調", 0.5, 0.5), ("概ね順調", 1.2, 1.2)))
    assert "順に並びます" not in text


def test_a_rate_that_no_judgement_has_is_not_said_to_order_the_words():
    nothing = float("nan")
    text = analysis.describe_overlap(judged(("順調", nothing, 1.0), ("概ね順調", nothing, 0.5)))
    assert "達成率" not in text


def test_one_word_alone_has_no_order():
    assert analysis.describe_overlap(judged(("順調", 1.0, 1.0), ("順調", 0.5, 0.5))) == ""


def test_words_of_two_judges_for_one_kpi_have_no_order():
    key = {"government_code": TSUKUBA, "program_id": "p", "kpi_id": "k", "fiscal_year": 2018}
    words = judged(("順調", 0.7, 0.5), ("概ね順調", 0.7, 0.5))
    words = words.assign(**key, rated_by=["一次", "二次"], progress_rank=[0, 1])
    text = analysis.describe_overlap(words)
    assert text.startswith("進捗の「順調（一次）」「概ね順調（二次）」は同じ1つの指標に")
    assert "高い順に並びます" not in text
    assert analysis.describe_overlap(words.assign(progress="順調")) == ""
