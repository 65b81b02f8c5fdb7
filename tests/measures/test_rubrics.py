"""Published grades: what a rubric gives, what it does not know, whose judgement stands where."""

import numpy as np
import pandas as pd
import pytest
from made import typed
from rated import RUBRICS, TOWN, of_rules, some_kpis
from slices import DATA

from analysis import DataError, apply_rubric, find_rubric, list_grades, list_rubrics, load


@pytest.fixture(scope="module")
def tsukuba():
    return load(DATA, government="082201", fiscal_year=2018)


@pytest.fixture(scope="module")
def rubric(tsukuba):
    return tsukuba.rubrics["tsukuba"]


def test_each_of_the_nine_cells_of_tsukuba_gives_what_a_sheet_shows_or_unknown(rubric):
    # H30 list: 高×高 S (④-9), 中×中 B (④-4), 中×低 D (④-2); H27 sheet: 高×中 A; no sheet shows the
    # other five.
    expected = typed(
        "effectiveness efficiency rubric_grade rubric_note",
        ("高", "高", "S", "attested_2018"),
        ("高", "中", "A", "attested_2015"),
        ("高", "低", "unknown", "unknown_cell"),
        ("中", "高", "unknown", "unknown_cell"),
        ("中", "中", "B", "attested_2018"),
        ("中", "低", "D", "attested_2018"),
        ("低", "高", "unknown", "unknown_cell"),
        ("低", "中", "unknown", "unknown_cell"),
        ("低", "低", "unknown", "unknown_cell"),
    )
    graded = apply_rubric(expected[["effectiveness", "efficiency"]], rubric)
    pd.testing.assert_frame_equal(graded, expected)


def test_a_level_that_is_not_published_gives_unknown_and_says_so(rubric):
    table = typed(
        "effectiveness efficiency", ("高", None), (None, "中"), (None, None), ("中", "中")
    )
    graded = apply_rubric(table, rubric)
    assert graded["rubric_grade"].tolist() == ["unknown", "unknown", "unknown", "B"]
    assert graded["rubric_note"].tolist() == [*["missing_input"] * 3, "attested_2018"]


def test_levels_the_rubric_does_not_have_are_refused_all_at_once(rubric):
    table = typed("effectiveness efficiency", ("高", "A"), ("極高", "中"))
    with pytest.raises(DataError, match="A, 極高 is not one of its levels 高, 中, 低"):
        apply_rubric(table, rubric)


def test_a_table_without_an_input_column_is_refused(rubric):
    with pytest.raises(DataError, match="no column efficiency"):
        apply_rubric(typed("effectiveness", ("高",)), rubric)


def test_a_cell_the_rubric_does_not_list_is_unknown():
    graded = apply_rubric(typed("effectiveness", ("低",), ("高",)), TOWN)
    assert graded["rubric_grade"].tolist() == ["unknown", "S"]
    assert graded["rubric_note"].tolist() == ["unknown_cell", "attested_2018"]


@pytest.mark.parametrize(
    ("attested", "note"),
    [({}, ""), ({"attested": True}, "attested"), ({"attested": 2018}, "attested_2018")],
)
def test_the_note_names_the_year_of_the_sheet_that_shows_a_cell(attested, note):
    rules = [{"grade": "S", "when": {"effectiveness": "高"}} | attested]
    graded = apply_rubric(typed("effectiveness", ("高",)), TOWN | {"rules": rules})
    assert graded[["rubric_grade", "rubric_note"]].to_numpy().tolist() == [["S", note]]


def test_the_published_grade_is_neither_used_nor_changed(rubric):
    table = typed("grade effectiveness efficiency", ("Z", "高", "高")).set_axis(["a row"])
    before = table.copy(deep=True)
    graded = apply_rubric(table, rubric)
    pd.testing.assert_frame_equal(graded[list(table.columns)], before)
    pd.testing.assert_frame_equal(table, before)
    assert graded["rubric_grade"].tolist() == ["S"]


def graded(table, rubric):
    return apply_rubric(table, rubric)[["rubric_grade", "rubric_note"]].to_numpy().tolist()


@pytest.mark.parametrize("words", ["activity", ["activity"], ["activity", "societal"]])
def test_a_negated_condition_holds_for_any_other_word_and_is_unclear_where_there_is_none(words):
    rubric = of_rules(("A", {"kpi_kind": {"not": words}}), inputs="kpi_kind")
    table = typed("kpi_kind", ("outcome",), ("activity",), (None,))
    assert graded(table, rubric) == [
        ["A", ""],
        ["unknown", "unknown_cell"],
        ["unknown", "missing_input"],
    ]


def test_a_published_grade_can_be_asked_not_to_be_one():
    rubric = of_rules(
        ("見直し", {"grade": {"not": ["S", "A"]}}), ("維持", {"grade": "S"}), inputs="grade"
    )
    assert [g for g, _ in graded(typed("grade", ("B",), ("S",), ("A",)), rubric)] == [
        "見直し",
        "維持",
        "unknown",
    ]


def test_is_printed_can_always_be_told():
    rubric = of_rules(
        ("目標なし", {"target": {"printed": False}}),
        ("達成", {"target": {"printed": True}, "exceeded": "yes"}),
        inputs="target exceeded",
    )
    table = typed(
        "direction target target_printed actual actual_status",
        ("up", 10.0, None, 12.0, "final"),
        ("up", np.nan, None, 12.0, "final"),
        ("up", np.nan, "延伸", 12.0, "final"),
    )
    # words are printed but cannot be exceeded
    assert graded(table, rubric) == [
        ["達成", ""],
        ["目標なし", ""],
        ["unknown", "missing_input"],
    ]


DIFFERENCE = of_rules(
    ("A", {"difference": {"at_least": 0}}),
    ("B", {"difference": {"at_least": -5, "below": 0}}),
    ("C", {"difference": {"below": -5}}),
    inputs="difference",
)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(70.0, "A"), (69.9, "B"), (65.0, "B"), (64.9, "C"), (80.0, "A")],
)
def test_a_town_can_grade_by_points_of_difference_from_the_target(actual, expected):
    # a share of 70 % aimed at
    kpi = typed("direction target actual actual_status", ("up", 70.0, actual, "final"))
    assert graded(kpi, DIFFERENCE) == [[expected, ""]]


def test_a_plain_difference_of_a_kpi_that_should_fall_is_graded_only_by_a_rule_for_falling_ones():
    kpi = typed("direction target actual actual_status", ("down", 70.0, 72.0, "final"))
    assert graded(kpi, DIFFERENCE) == [["unknown", "reads_reversed"]]
    falling = of_rules(
        ("A", {"direction": "down", "difference": {"at_most": 2}}), inputs="direction difference"
    )
    assert graded(kpi, falling) == [["A", ""]]
    directed = of_rules(("B", {"directed_difference": {"below": 0}}), inputs="directed_difference")
    assert graded(kpi, directed) == [["B", ""]]


def test_a_difference_from_a_target_that_is_not_due_is_not_graded():
    kpi = typed(
        "direction target actual actual_status final_target final_year fiscal_year inferred",
        ("up", 70.0, 50.0, "final", 70.0, 2020, 2018, "target"),
    )
    assert graded(kpi, DIFFERENCE) == [["unknown", "not_due"]]


def test_a_missing_baseline_is_not_called_a_target_that_is_not_due():
    kpi = typed(
        "direction target actual actual_status final_target final_year fiscal_year inferred "
        "baseline baseline_year pace_rate",
        ("up", 70.0, 50.0, "final", 70.0, 2020, 2018, "target", np.nan, 2015, np.nan),
    )
    assert graded(kpi, RUBRICS["tama"]) == [["unknown", "missing_input"]]


def test_the_same_kpis_stand_under_every_rubric_for_kpis():
    chosen = {name: RUBRICS[name] for name in ("tsukuba", "ibaraki", "nagano")}
    listed = list_grades(some_kpis(), chosen)
    # 12/10; 586/580 reversed, (611-586)/(611-580) = 80.6 %; 148/200 = 74 %, progress -22/30
    expected = typed(
        "kpi rubric grade note standing",
        ("提案", "ibaraki", "A", "", "best"),
        ("提案", "nagano", "A", "", "best"),
        ("ごみ", "ibaraki", "unknown", "reads_reversed", "unknown"),
        ("ごみ", "nagano", "B", "", "between"),
        ("来訪", "ibaraki", "B", "not_final", "between"),
        ("来訪", "nagano", "C", "not_final", "worst"),
    )
    pd.testing.assert_frame_equal(listed[list(expected)], expected)
    assert listed["kpi_id"].tolist() == ["ideas"] * 2 + ["waste"] * 2 + ["visits"] * 2


def test_the_rubrics_at_hand_are_listed_by_the_name_each_is_had_by(tsukuba):
    listed = list_rubrics(tsukuba.rubrics)
    assert listed.index.tolist() == list(tsukuba.rubrics)
    assert listed.loc["nagano", ["name", "level", "inputs", "grades"]].tolist() == [
        "長野県",
        "kpi",
        "progress_rate",
        "A, B, C",
    ]
    assert listed.loc["nagano", "valid_from"] == 2017
    assert pd.isna(listed.loc["tsukuba", "valid_from"])
    assert listed["level"].value_counts().to_dict() == {"kpi": 13, "program": 1}
    assert list_rubrics({}).empty
    with pytest.raises(DataError, match=r"give dataset\.rubrics"):
        list_rubrics(None)


@pytest.mark.parametrize(
    ("schemes", "found"),
    [
        (["town", "town", "city"], "town"),
        (["town", "city", "city"], "city"),
        (["somewhere", "somewhere", "city"], "city"),
        ([None, "town"], "town"),
    ],
)
def test_the_rubric_found_is_the_known_one_most_judgements_follow(schemes, found):
    rubrics = {"town": {"name": "town"}, "city": {"name": "city"}}
    assert find_rubric(pd.DataFrame({"scheme": schemes}), rubrics) == {"name": found}


@pytest.mark.parametrize("schemes", [["somewhere"], [None], []])
def test_no_rubric_is_found_where_none_is_known(schemes):
    ratings = pd.DataFrame({"scheme": pd.Series(schemes, dtype="str")})
    assert find_rubric(ratings, {"town": TOWN}) is None
