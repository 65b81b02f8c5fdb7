"""What the audit of judgements comes to, as counts and rows."""

import pandas as pd
import pytest
from slices import report

from analysis.measures.audit_findings import (
    compare_grades,
    count_missed_unranked,
    find_odd,
    group_levels,
    list_open_words,
    weigh_odd,
)

KEY = {"government_code": "082201", "program_id": "hub", "kpi_id": "ideas", "fiscal_year": 2018}


def audit(*rows):
    """Audited judgements, each typed as what differs from one that nothing speaks against."""
    usual = KEY | {"finding": "nothing_against_it", "grade_finding": "no_grade", "against": ""}
    usual |= {"rubric_name": "町の評価", "reached": "yes", "progress": "順調"}
    return pd.DataFrame([usual | row for row in rows])


ODD_WORD = {"finding": "missed_but_best_word", "against": "progress"}
ODD_GRADE = {"grade_finding": "unlike_rubric", "against": "grade"}


def test_what_figures_rubric_or_a_missing_kpi_leave_unexplained_is_found_apart():
    judged = {"finding": "no_kpi", "kpi_id": None}
    others = ({"program_id": "fair"} | judged, {"program_id": "fair", "rated_by": "外部"} | judged)
    found = find_odd(audit({}, ODD_WORD, {"finding": "no_actual"}, ODD_GRADE, *others))
    assert found.words["finding"].tolist() == ["missed_but_best_word", "no_actual"]
    assert found.grades["against"].tolist() == ["grade"]
    assert (len(found.without_kpi), found.programs) == (2, 1)  # one program, two judges


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([], "not_judged"),
        ([{}, ODD_GRADE], "odd"),
        ([{"finding": "only_policy"}], "only_policy"),
        ([{"finding": "no_word"}, {"finding": "missed_and_last_word"}], "none_odd"),
        ([{"finding": "no_word", "grade_finding": "like_rubric"}], "none_odd"),
        ([{"finding": "no_word"}, {"finding": "only_policy"}], "not_compared"),
    ],
)
def test_judgements_stand_as_the_strongest_thing_that_can_be_said_of_them(rows, word):
    assert weigh_odd(audit(*rows)) == word


def test_open_words_count_a_kpi_once_whoever_judged_it():
    good, bare = {"finding": "missed_but_good_word"}, {"finding": "unknown_rank", "reached": "no"}
    table = audit(good | {"rated_by": "一次"}, good | {"rated_by": "外部"}, bare)
    found = {word.finding: (word.kpis, len(word.rows)) for word in list_open_words(table)}
    assert found == {"missed_but_good_word": (1, 2), "unknown_rank": (1, 1)}
    assert count_missed_unranked(table) == 1
    assert count_missed_unranked(audit(bare | {"reached": "yes"})) == 0


def test_grades_like_their_rubrics_are_counted_of_those_that_can_be_compared():
    like = {"grade_finding": "like_rubric"}
    other = {"grade_finding": "unlike_not_final", "rubric_name": "様式"}
    found = compare_grades(audit(like, like, ODD_GRADE, other, {"grade_finding": "circular"}))
    assert (found.compared, found.like) == (4, 2)
    assert found.rubrics == ("町の評価", "様式")
    assert len(found.not_final) == 1


def test_judgements_of_the_same_levels_and_grade_are_one_group():
    # H30 list: 高×高 S (④-9, ④-10), 中×低 D (④-2), the other seven 中×中 B
    groups = group_levels(report("082201", 2018).audit)
    assert {key: len(rows) for key, rows in groups} == {
        ("中", "中", "B"): 7,
        ("中", "低", "D"): 1,
        ("高", "高", "S"): 2,
    }
