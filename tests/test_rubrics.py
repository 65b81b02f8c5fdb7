"""Published grades: what the rubric says, what it does not know, and what the figures explain."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import (
    DataError,
    add_achievement,
    add_ratings,
    apply_rubric,
    check,
    find_rubric,
    list_grades,
    load,
)
from analysis.dataset import rubrics as files
from analysis.dataset.rubrics import read_rubric
from analysis.figures import grades
from analysis.measures import rubrics as measures
from analysis.measures.rubrics import add_standing
from analysis.wording.ja import rubrics as words

DATA = Path(__file__).parents[1] / "data"
RUBRICS = {path.stem: read_rubric(path)[0] for path in (DATA / "rubrics").glob("*.toml")}

# A small rubric of one level.
TOWN = {
    "name": "町の評価",
    "level": "program",
    "inputs": ["effectiveness"],
    "level_words": ["高", "低"],
    "grades": [{"grade": "S"}],
    "rules": [{"grade": "S", "when": {"effectiveness": "高"}, "attested": 2018}],
}


def typed(header, *rows):
    return pd.DataFrame(rows, columns=header.split())


@pytest.fixture(scope="module")
def tsukuba():
    return load(DATA, government="082201", fiscal_year=2018)


@pytest.fixture(scope="module")
def rubric(tsukuba):
    return tsukuba.rubrics["tsukuba"]


# --- apply_rubric ---


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
    with pytest.raises(DataError, match="A, 極高 is not one of its levels 高・中・低"):
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


# --- the bands of each rubric, as the facts about it say ---


def grade(name, **cells):
    """Grade and note that a rubric gives one row: a rising KPI with a final actual."""
    kpi = {"direction": "up", "baseline": 100.0, "target": 200.0, "actual": 150.0}
    rates = dict.fromkeys(("achievement_rate", "progress_rate", "pace_rate"), np.nan)
    years = {"baseline_year": 2015, "final_year": 2020, "sample_size": np.nan}
    row = kpi | rates | years | {"actual_status": "final"} | cells
    graded = apply_rubric(pd.DataFrame([row]), RUBRICS[name]).iloc[0]
    return graded["rubric_grade"], graded["rubric_note"]


ACHIEVEMENT = {
    "ibaraki": [
        (1.0, "A"),
        (0.999, None),
        (0.991, None),
        (0.99, "B+"),
        (0.80, "B+"),
        (0.799, None),
        (0.791, None),
        (0.79, "B"),
        (0.50, "B"),
        (0.499, "C"),
    ],
    "sano": [
        *((1.0, "7"), (0.999, "6"), (0.9, "6"), (0.899, "5"), (0.8, "5"), (0.799, "4")),
        *((0.7, "4"), (0.699, "3"), (0.6, "3"), (0.599, "2"), (0.5, "2"), (0.499, "1")),
    ],
    "takamatsu_100_90_80": [
        *((1.0, "100％以上"), (0.999, "90％以上100％未満"), (0.9, "90％以上100％未満")),
        *((0.899, "80％以上90％未満"), (0.8, "80％以上90％未満"), (0.799, "80％未満")),
    ],
    "takamatsu_100_80_50": [
        *((1.0, "100％以上"), (0.999, "80％以上100％未満"), (0.8, "80％以上100％未満")),
        *((0.799, "50％以上80％未満"), (0.5, "50％以上80％未満"), (0.499, "50％未満")),
    ],
}
PROGRESS = {
    "nagano": [(1.0, "A"), (0.999, "B"), (0.8, "B"), (0.799, "C"), (-3.0, "C")],
    "kurayoshi": [
        *((2.5, "5"), (1.0, "5"), (0.999, "4"), (0.75, "4"), (0.749, "3"), (0.5, "3")),
        *((0.499, "2"), (0.25, "2"), (0.249, "1"), (0.001, "1"), (0.0, None), (-0.001, "-1")),
        *((-0.249, "-1"), (-0.25, "-2"), (-0.499, "-2"), (-0.5, "-3"), (-0.749, "-3")),
        *((-0.75, "-4"), (-0.999, "-4"), (-1.0, "-5"), (-2.5, "-5")),
    ],
}
PACE = {
    "tama": [
        *((1.0, "100％以上"), (0.999, "60％以上100％未満"), (0.6, "60％以上100％未満")),
        *((0.599, "60％未満"), (-1.0, "60％未満")),
    ]
}
BANDS = [
    (name, column, rate, expected)
    for column, rubrics in (
        ("achievement_rate", ACHIEVEMENT),
        ("progress_rate", PROGRESS),
        ("pace_rate", PACE),
    )
    for name, bands in rubrics.items()
    for rate, expected in bands
]


@pytest.mark.parametrize(("name", "column", "rate", "expected"), BANDS)
def test_each_end_of_each_band_falls_where_the_text_puts_it(name, column, rate, expected):
    expected = ("unknown", "gap") if expected is None else (expected, "")
    assert grade(name, **{column: rate, "baseline": 0.0}) == expected


@given(st.floats(-3, 3))
def test_kurayoshis_points_are_the_sign_times_the_quarters_made_and_one(rate):
    quarters = min(int(abs(round(rate, 6)) * 4), 4)
    points = ("unknown", "gap") if round(rate, 6) == 0 else None
    points = points or (str(int(np.sign(rate)) * (quarters + 1)), "")
    assert grade("kurayoshi", progress_rate=round(rate, 6)) == points


@pytest.mark.parametrize(
    ("name", "actual", "rate", "expected"),
    [
        ("cabinet_office_strict", 201.0, 1.005, ("①", "")),
        ("cabinet_office_strict", 200.0, 1.0, ("②", "")),
        ("cabinet_office_strict", 160.0, 0.8, ("②", "")),
        ("cabinet_office_strict", 159.0, 0.795, ("③", "")),
        ("cabinet_office_strict", 101.0, 0.505, ("③", "")),
        ("cabinet_office_strict", 100.0, 0.5, ("unknown", "gap")),
        ("cabinet_office_strict", 99.0, 0.495, ("④", "")),
        ("cabinet_office_lenient", 201.0, 1.005, ("①", "")),
        ("cabinet_office_lenient", 200.0, 1.0, ("②", "")),
        ("cabinet_office_lenient", 140.0, 0.7, ("②", "")),
        ("cabinet_office_lenient", 139.0, 0.695, ("③", "")),
        ("cabinet_office_lenient", 100.0, 0.5, ("unknown", "gap")),
        ("cabinet_office_lenient", 99.0, 0.495, ("④", "")),
        ("kitsuki", 201.0, 1.005, ("A", "")),
        ("kitsuki", 200.0, 1.0, ("B", "")),
        ("kitsuki", 160.0, 0.8, ("B", "")),
        ("kitsuki", 159.0, 0.795, ("C", "")),
        ("nagayo", 201.0, np.nan, ("S", "")),
        ("nagayo", 200.0, np.nan, ("A", "")),
        ("nagayo", 101.0, np.nan, ("A", "")),
        ("nagayo", 100.0, np.nan, ("B", "")),
        ("nagayo", 90.0, np.nan, ("B", "")),
        ("nagayo", 89.9, np.nan, ("C", "")),
        ("nagayo", np.nan, np.nan, ("−", "missing_input")),
    ],
)
def test_grades_by_target_and_baseline_fall_where_the_text_puts_them(name, actual, rate, expected):
    # baseline 100, target 200
    assert grade(name, actual=actual, achievement_rate=rate) == expected


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (103.1, "3％を超えて良い"),
        (103.0, "±3％以内"),
        (97.0, "±3％以内"),
        (96.9, "3％を超えて悪い"),
    ],
)
def test_fukuokas_survey_items_are_kept_within_three_per_cent(actual, expected):
    assert grade("fukuoka_survey", actual=actual, sample_size=800) == (expected, "")
    assert grade("fukuoka_survey", actual=actual) == ("unknown", "missing_input")


def test_a_tenth_below_the_baseline_is_a_tenth_though_the_computer_holds_a_little_more():
    # (0.63 - 0.7) / 0.7 is not exactly -0.1
    assert grade("nagayo", baseline=0.7, target=1.0, actual=0.63) == ("B", "")


@pytest.mark.parametrize(
    "cells", [{"baseline": 10.0}, {"final_year": 2019}], ids=["not from zero", "four years"]
)
def test_tama_does_not_cover_other_courses_than_five_years_from_zero(cells):
    row = {"baseline": 0.0, "pace_rate": 1.2}
    assert grade("tama", **row) == ("100％以上", "")
    assert grade("tama", **row | cells) == ("unknown", "gap")


def test_kitsukis_grade_for_external_causes_is_listed_and_never_given():
    kitsuki = RUBRICS["kitsuki"]
    assert kitsuki["grades"][-1] == {
        "grade": "D",
        "meaning": "外部の要因による",
        "from_figures": False,
    }
    assert "D" not in {rule["grade"] for rule in kitsuki["rules"]}


# --- what is never graded, and what is never final ---


@pytest.mark.parametrize("direction", ["down", "keep_below"])
@pytest.mark.parametrize("name", [*ACHIEVEMENT, "kitsuki", "cabinet_office_strict"])
def test_a_plain_ratio_of_a_kpi_that_should_fall_is_never_graded(name, direction):
    # 御所市: 586 of 580 from 611, printed as 101.0 %
    waste = {"direction": direction, "baseline": 611.0, "target": 580.0, "actual": 586.0}
    assert grade(name, **waste, achievement_rate=586 / 580) == ("unknown", "reads_reversed")


def test_a_falling_kpi_that_went_beyond_its_target_is_graded_where_no_ratio_is_asked_for():
    waste = {"direction": "down", "baseline": 611.0, "target": 580.0, "actual": 570.0}
    assert grade("cabinet_office_strict", **waste, achievement_rate=0.983) == ("①", "")
    assert grade("nagayo", **waste) == ("S", "")


@pytest.mark.parametrize("direction", ["unknown", "keep_within"])
def test_a_plain_ratio_says_nothing_where_it_is_not_known_that_more_is_better(direction):
    assert grade("ibaraki", direction=direction, achievement_rate=1.2) == (
        "unknown",
        "missing_input",
    )


@pytest.mark.parametrize(
    ("status", "note"),
    [
        *((word, "not_final") for word in ("estimated", "preliminary", "planned")),
        ("final", ""),
    ],
)
def test_a_grade_of_an_estimate_is_never_final(status, note):
    assert grade("ibaraki", achievement_rate=1.2, actual_status=status) == ("A", note)
    assert grade("ibaraki", achievement_rate=0.995, actual_status=status) == ("unknown", "gap")


def test_no_later_rule_is_tried_where_an_earlier_one_cannot_be_told():
    # better than the baseline (③), but 80 % of the target may have been reached (②)
    assert grade("cabinet_office_strict", actual=150.0) == ("unknown", "missing_input")
    # below the target; without a baseline ③ and ④ cannot be told apart, ② needs none
    kpi = {"baseline": np.nan, "achievement_rate": 0.9, "actual": 180.0}
    assert grade("cabinet_office_strict", **kpi) == ("②", "")
    kpi |= {"achievement_rate": 0.1, "actual": 20.0}
    assert grade("cabinet_office_strict", **kpi) == ("unknown", "missing_input")


def test_a_rubric_for_figures_asks_for_direction_and_status():
    with pytest.raises(DataError, match="no column direction, actual_status"):
        apply_rubric(pd.DataFrame({"achievement_rate": [1.0]}), RUBRICS["ibaraki"])


# --- any word but, is printed, points of difference ---


def of_rules(*rules, inputs):
    whens = [{"grade": grade, "when": when} for grade, when in rules]
    return {"name": "町", "level": "kpi", "inputs": inputs.split(), "rules": whens}


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


@pytest.mark.parametrize(
    ("cells", "difference", "directed"),
    [
        ({}, 5.0, 5.0),
        ({"direction": "down"}, 5.0, -5.0),
        ({"direction": "unknown"}, 5.0, np.nan),
        ({"target_upper": 120.0}, np.nan, np.nan),
        ({"target": np.nan}, np.nan, np.nan),
    ],
)
def test_a_difference_stands_in_the_kpis_unit_and_in_its_direction(cells, difference, directed):
    row = {"direction": "up", "target": 100.0, "actual": 105.0, "target_upper": np.nan} | cells
    added = add_standing(pd.DataFrame([row])).iloc[0]
    assert added["difference"] == pytest.approx(difference, nan_ok=True)
    assert added["directed_difference"] == pytest.approx(directed, nan_ok=True)


# --- add_standing ---


def test_standing_is_read_in_the_kpis_direction():
    kpis = typed(
        "direction baseline target actual target_upper baseline_year final_year",
        ("up", 100, 200, 201, np.nan, 2015, 2020),
        ("down", 100, 50, 50, np.nan, 2015, 2020),
        ("keep_below", 100, 50, 110, np.nan, 2015, None),
        ("up", -100, 200, -100, np.nan, 2015, 2020),
        ("up", 0, 200, 10, 300, None, 2020),
        ("unknown", 100, 200, 201, np.nan, 2015, 2020),
    )
    expected = typed(
        "exceeded change change_rate course_years",
        ("yes", "better", 1.01, 5),
        ("no", "better", 0.5, 5),
        ("no", "worse", -0.1, np.nan),
        ("no", "same", 0, 5),
        (None, "better", np.nan, np.nan),
        (None, None, np.nan, 5),
    )
    added = add_standing(kpis)
    pd.testing.assert_frame_equal(added[list(expected)], expected, check_dtype=False)
    assert list(added)[:7] == list(kpis)


# --- list_grades ---


def some_kpis():
    kpis = typed(
        "government_code program_id kpi_id fiscal_year kpi direction baseline target actual "
        "actual_status sample_size",
        ("082201", "hub", "ideas", 2018, "提案", "up", 0, 10, 12, "final", None),
        ("082201", "hub", "waste", 2018, "ごみ", "down", 611, 580, 586, "final", None),
        ("082201", "hub", "visits", 2018, "来訪", "up", 170, 200, 148, "estimated", None),
    )
    return add_achievement(kpis.assign(baseline_year=2015, final_year=2020, final_target=20))


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


def test_a_table_of_gradings_sorts_the_rubrics_by_the_place_they_give_a_kpi():
    chosen = {name: RUBRICS[name] for name in ("ibaraki", "nagano")}
    listed = list_grades(some_kpis(), chosen)
    assert words.tabulate_gradings(listed, chosen).to_dict("list") == {
        "指標": ["提案", "ごみ", "来訪（実績は確定前）"],
        "年度": ["H30"] * 3,
        "最上位とする基準": ["茨城県 A、長野県 A", "—", "—"],
        "その間": ["—", "長野県 B", "茨城県 B"],
        "最下位とする基準": ["—", "—", "長野県 C"],
        "評価できない基準": ["—", "減らす指標：茨城県", "—"],
    }


def test_the_sentence_counts_the_kpis_whose_place_hangs_on_the_rubric():
    chosen = {name: RUBRICS[name] for name in ("ibaraki", "nagano")}
    text = words.describe_gradings(list_grades(some_kpis(), chosen))
    assert text.startswith(
        "手元にある2通りの基準のうち2通りが、少なくとも1指標を評価できます。"
        "3指標すべてを評価できるのは1通りです。うち1指標は"
    )
    assert "ほかの団体などのもの" in text
    same = words.describe_gradings(list_grades(some_kpis().iloc[:1], chosen))
    assert "2通りが、1指標を評価できます。どの基準でも位置（最上位・最下位・その間）は" in same
    one = words.describe_gradings(list_grades(some_kpis(), {"nagano": RUBRICS["nagano"]}))
    assert one.startswith("手元にある1通りの基準のうち1通りだけが、3指標すべてを評価できます。")
    assert "位置" not in one  # one rubric alone has nothing to differ from


def test_grades_that_are_codes_are_told_by_their_meaning_and_points_below_zero_have_a_mark():
    for name, grade, shown in (
        ("open_sdg", "target_achieved", "最終目標に到達した"),
        ("open_sdg", "deterioration", "後退"),
        ("kurayoshi", "-3", "▲3"),
        ("nagano", "A", "A"),
    ):
        listed = list_grades(some_kpis().iloc[:1], {name: RUBRICS[name]})
        table = words.tabulate_gradings(listed.assign(grade=grade, standing="best"), RUBRICS)
        assert table["最上位とする基準"].tolist() == [f"{RUBRICS[name]['name']} {shown}"]
        assert shown in words.tabulate_bands(RUBRICS[name])["評価"].tolist()


def test_only_rubrics_that_grade_a_kpi_of_the_report_are_listed_with_their_source():
    # waste should fall: Ibaraki's plain ratio does not grade it, Nagano's progress does
    chosen = {name: RUBRICS[name] for name in ("tsukuba", "ibaraki", "nagano")}
    listed = list_grades(some_kpis().iloc[1:2], chosen)
    assert words.tabulate_rubrics(listed, chosen)["基準"].tolist() == [RUBRICS["nagano"]["name"]]
    assert words.tabulate_rubrics(list_grades(some_kpis().iloc[:0], RUBRICS), RUBRICS).empty


def test_without_kpis_or_rubrics_nothing_is_graded():
    for listed in (
        list_grades(some_kpis(), {}),
        list_grades(some_kpis().iloc[:0], RUBRICS),
    ):
        assert listed.empty
        assert words.tabulate_gradings(listed, RUBRICS).empty
        assert "ありません" in words.describe_gradings(listed)


# --- rubrics as a reader reads them ---


def test_a_rubric_of_bands_is_printed_with_its_conditions():
    table = words.tabulate_rubric(RUBRICS["kitsuki"])
    assert table.to_numpy().tolist() == [
        ["A", "目標を上回る", "目標を上回った"],
        ["B", "目標を上回らない、達成率が80％以上", "8割以上"],
        ["C", "目標を上回らない、達成率が80％未満", "8割に届かない"],
        ["D", "数値からは求めない", "外部の要因による"],
    ]
    assert words.describe_rubric(RUBRICS["kitsuki"]).startswith("杵築市の基準：")


@pytest.mark.parametrize("name", sorted(set(RUBRICS) - {"tsukuba"}))
def test_only_a_matrix_of_levels_is_drawn_and_every_other_rubric_is_printed(name):
    table = words.tabulate_rubric(RUBRICS[name])
    assert len(table) >= 3
    assert not table["条件"].str.contains("[a-z]").any()
    assert grades.plot_grades(pd.DataFrame(), RUBRICS[name]) is None


def test_the_new_conditions_are_printed_in_japanese():
    rubric = of_rules(
        ("A", {"target": {"printed": False}, "direction": {"not": ["milestone"]}}),
        ("B", {"target": {"printed": True}, "difference": {"at_least": -5}}),
        ("unknown", {"growth_of_limit": {"below": 0.015}, "final_reached": "no"}),
        inputs="target direction difference growth_of_limit final_reached",
    )
    points = {
        "grades": [],
        "program_rules": [{"grade": "良", "when": {"mean_points": {"above": 2}}}],
    }
    assert words.tabulate_rubric(rubric | points)[["評価", "条件"]].to_numpy().tolist() == [
        ["A", "目標の記載がない、方向が「実施する」以外"],
        ["B", "目標の記載がある、目標との差が▲5以上"],
        ["不明", "年平均成長率÷限界への近さによる係数が1.5％未満、最終目標に未達"],
        ["事業：良", "点数の平均が2超"],
    ]


def test_a_matrix_may_say_any_level_but_one_and_is_drawn_and_printed_all_the_same():
    matrix = {
        **TOWN,
        "inputs": ["effectiveness", "efficiency"],
        "rules": [
            {"grade": "S", "when": {"effectiveness": "高", "efficiency": "高"}},
            {"grade": "D", "when": {"effectiveness": {"not": ["高"]}, "efficiency": "低"}},
        ],
    }
    table = words.tabulate_rubric(matrix)
    assert table["有効性"].tolist() == ["高", "「高」以外"]
    ratings = typed("effectiveness efficiency grade place", ("低", "低", "D", "④-2"))
    assert grades.plot_grades(ratings, matrix) is not None


# --- rubric files ---


def write(folder, **changes):
    """A rubric file with some lines changed, and its problems."""
    lines = {
        "name": '"町"',
        "source": '"評価書"',
        "level": '"kpi"',
        "inputs": '["achievement_rate"]',
        "grades": '[{ grade = "A" }, { grade = "B" }]',
        "rules": (
            '[{ grade = "A", when = { achievement_rate = { at_least = 1.0 } } },'
            ' { grade = "B", when = { achievement_rate = { below = 1.0 } } }]'
        ),
        "aggregation": '"not_stated"',
        "inferred": '""',
        "note": '""',
    }
    said = {key: text for key, text in (lines | changes).items() if text is not None}
    path = folder / "town.toml"
    path.write_text("\n".join(f"{key} = {text}" for key, text in said.items()), encoding="utf-8")
    return read_rubric(path)


def rules(*whens):
    return "[" + ", ".join(f'{{ grade = "{g}", when = {{ {w} }} }}' for g, w in whens) + "]"


def test_a_file_alone_makes_a_new_rubric(tmp_path):
    rubric, problems = write(tmp_path)
    assert problems == []
    graded = apply_rubric(some_kpis(), rubric)
    assert graded["rubric_grade"].tolist() == ["A", "unknown", "B"]


def test_a_rubric_need_not_say_what_was_concluded_nor_anything_beside(tmp_path):
    rubric, problems = write(tmp_path, inferred=None, note=None)
    assert problems == []
    assert words.describe_rubric(rubric) == "町の基準：資料から推定した点：記載なし。"
    listed = list_grades(some_kpis(), {"town": rubric})
    [row] = words.tabulate_rubrics(listed, {"town": rubric}).to_dict("records")
    assert (row["推定したこと"], row["注"]) == ("—", "—")


def test_a_rubric_saved_by_notepad_begins_with_a_mark_that_is_no_part_of_it(tmp_path):
    rubric, _ = write(tmp_path)
    path = tmp_path / "town.toml"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig", newline="\r\n")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfname")
    assert read_rubric(path) == (rubric, [])


RATE = "achievement_rate = "


@pytest.mark.parametrize(
    ("changes", "key", "found", "expected"),
    [
        ({"source": None}, "source", "no such key", "docs/data.md"),
        ({"colour": '"red"'}, "colour", "the key 'colour'", "one of name, source"),
        ({"level": '"town"'}, "level", "'town'", "'kpi' or 'program'"),
        ({"government_code": '"082202"'}, "government_code", "'082202'", "check digit"),
        ({"valid_from": "2019", "valid_to": "2018"}, "valid_to", "2018", "2019 or later"),
        (
            {"inputs": '["achievement_rate", "actual"]'},
            "inputs",
            "'actual' in inputs only",
            "the columns the rules look at",
        ),
        (
            {"rules": rules(("A", RATE + "{ at_leest = 1 }"), ("B", RATE + "{ below = 1 }"))},
            "rules.0.when.achievement_rate.at_leest",
            "the key 'at_leest'",
            "one of at_least, above, at_most, below",
        ),
        (
            {"rules": rules(("A", RATE + "{ at_least = 1, below = 0.5 }"), ("B", RATE + "1"))},
            "rules.0.when.achievement_rate",
            "which holds nothing",
            "an end above its beginning",
        ),
        (
            {"rules": rules(("A", RATE + "{ above = 1, at_most = 1 }"), ("B", RATE + "1"))},
            "rules.0.when.achievement_rate",
            "which holds nothing",
            "an end above its beginning",
        ),
        (
            {"rules": rules(("A", RATE + "{ at_least = 1, above = 0.5 }"), ("B", RATE + "0"))},
            "rules.0.when.achievement_rate",
            "at_least",
            "one of them at least",
        ),
        (
            {"rules": rules(("A", RATE + "{ at_least = 0.8 }"), ("B", RATE + "{ at_least = 1 }"))},
            "rules.1",
            "a rule that never counts, for rule 0 holds",
            "the narrower one first",
        ),
        (
            {"rules": rules(("A", RATE + "{ at_least = 1 }"), ("Z", RATE + "{ below = 1 }"))},
            "rules.1.grade",
            "'Z'",
            "one of A, B, unknown",
        ),
        (
            {"rules": rules(("A", 'rate = "high"'), ("B", RATE + "1"))},
            "rules.0.when.rate",
            "the column 'rate'",
            "one of achievement_rate",
        ),
        (
            {"rules": rules(("A", 'exceeded = "perhaps"'), ("B", RATE + "1"))},
            "rules.0.when.exceeded",
            "'perhaps'",
            "one of yes, no",
        ),
        (
            {"rules": rules(("A", RATE + '"high"'), ("B", RATE + "1"))},
            "rules.0.when.achievement_rate",
            "'high'",
            "a number or an interval",
        ),
        (
            {"grades": '[{ grade = "A" }, { grade = "B" }, { grade = "C" }]'},
            "grades.2",
            "'C' without a rule",
            "from_figures = false",
        ),
        (
            {"grades": '[{ grade = "A" }, { grade = "B" }, { grade = "A" }]'},
            "grades.2",
            "'A' again",
            "each grade once",
        ),
        (
            {"rules": rules(("A", "target = { printed = 1 }"), ("B", RATE + "1"))},
            "rules.0.when.target.printed",
            "1",
            "valid boolean",
        ),
        (
            {"rules": rules(("A", "target = { printed = true, above = 1 }"), ("B", RATE + "1"))},
            "rules.0.when.target.above",
            "the key 'above'",
            "printed alone",
        ),
        (
            {"rules": rules(("A", "exceeded = { printed = true }"), ("B", RATE + "1"))},
            "rules.0.when.exceeded",
            "printed of the column 'exceeded'",
            "this one is computed",
        ),
        *(
            (
                {"rules": rules(("A", f"direction = {{ not = {said} }}"), ("B", RATE + "1"))},
                "rules.0.when.direction.not",
                found,
                "a word, or a list of words",
            )
            for said, found in (("[]", "[]"), ("3", "3"), ('["up", 3]', "['up', 3]"))
        ),
        (
            {"rules": rules(("A", 'direction = { not = ["up", "upp"] }'), ("B", RATE + "1"))},
            "rules.0.when.direction",
            "'upp'",
            "one of up, down",
        ),
        (
            {"rules": rules(("A", 'exceeded = { not = ["yes", "no"] }'), ("B", RATE + "1"))},
            "rules.0.when.exceeded",
            "which holds nothing",
            "some but not all of yes, no",
        ),
        (
            {"rules": rules(("A", RATE + '{ not = "high" }'), ("B", RATE + "1"))},
            "rules.0.when.achievement_rate",
            "{'not': ['high']}",
            "a number or an interval",
        ),
        (
            {"rules": rules(("A", "kpi_kind = 1"), ("B", RATE + "1"))},
            "rules.0.when.kpi_kind",
            "1.0",
            "one of activity, outcome",
        ),
        (
            {"rules": rules(("A", 'baseline = "low"'), ("B", RATE + "1"))},
            "rules.0.when.baseline",
            "'low'",
            "a number or an interval",
        ),
        *(
            (
                {"rules": rules(("A", earlier), ("B", later))},
                "rules.1",
                "a rule that never counts, for rule 0 holds",
                "the narrower one first",
            )
            for earlier, later in (
                ("target = { printed = true }", "target = { above = 10 }"),
                ("target = { printed = false }", f"target = {{ printed = false }}, {RATE}1"),
                ('direction = { not = "up" }', 'direction = "down"'),
                ('direction = { not = "up" }', 'direction = { not = ["up", "down"] }'),
                ('exceeded = "yes"', 'exceeded = { not = "no" }'),
            )
        ),
        (
            {"zero_target": "0.001"},
            "zero_target",
            "0.001",
            "a rule that looks at growth_ratio",
        ),
        ({"zero_target": "0.0"}, "zero_target", "0.0", "greater than 0"),
        (
            {"aggregation": '"mean_of_points"'},
            "grades.0",
            "'A' without points",
            "points, or a number as the grade",
        ),
        (
            {"aggregation": '"mean_of_points"', "level": '"program"'},
            "level",
            "'program'",
            "'kpi', whose points are averaged",
        ),
        (
            {"program_rules": rules(("good", "mean_points = { above = 1 }"))},
            "aggregation",
            "'not_stated'",
            "'mean_of_points'",
        ),
        (
            {"program_rules": rules(("good", RATE + "1"))},
            "program_rules.0.when.achievement_rate",
            "the column 'achievement_rate'",
            "one of mean_points, kpis, unknown_kpis",
        ),
        (
            {"program_rules": rules(("good", "kpis = 3"), ("bad", "kpis = 3, mean_points = 1"))},
            "program_rules.1",
            "a rule that never counts",
            "the narrower one first",
        ),
    ],
)
def test_what_a_rubric_file_may_not_say_is_named_with_its_key(
    tmp_path, changes, key, found, expected
):
    rubric, problems = write(tmp_path, **changes)
    assert rubric == {}
    ours = [p for p in problems if p.key == key]
    assert len(ours) == 1
    assert found in ours[0].found
    assert expected in ours[0].expected


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("target = { printed = true }", "target = { printed = false }"),
        ("target = { printed = false }", "target = { above = 10 }"),
        ("target = { above = 10 }", "target = { printed = true }"),
        ('direction = { not = "up" }', 'direction = "up"'),
        ('direction = { not = ["up", "down"] }', 'direction = { not = "up" }'),
        ('direction = "down"', 'direction = { not = "up" }'),
        ('unit = "％"', 'unit = { not = "人" }'),
    ],
)
def test_rules_of_which_neither_holds_whenever_the_other_does_may_follow_one_another(
    tmp_path, earlier, later
):
    said = rules(("A", earlier), ("B", later))
    inputs = {"inputs": f'["{earlier.split()[0]}"]'}
    assert write(tmp_path, rules=said, **inputs)[1] == []


def test_a_file_is_read_back_with_the_words_it_was_written_in(tmp_path):
    said = rules(("A", 'direction = { not = "up" }'), ("B", "target = { printed = true }"))
    rubric, problems = write(tmp_path, rules=said, inputs='["direction", "target"]')
    assert problems == []
    assert [rule["when"] for rule in rubric["rules"]] == [
        {"direction": {"not": ["up"]}},
        {"target": {"printed": True}},
    ]


def test_all_problems_of_a_rubric_file_come_at_once_as_rows(project):
    write(project / "data" / "rubrics", source=None, colour='"red"', level="3")
    problems = check("data")
    problems = problems[problems["file"] == "rubrics/town.toml"]
    assert sorted(problems["column"]) == ["colour", "level", "source"]
    assert set(problems["severity"]) == {"error"}


def test_every_rubric_of_the_project_says_what_is_inferred_and_whether_its_years_are_known():
    assert len(RUBRICS) == 14
    for rubric in RUBRICS.values():
        assert rubric["inferred"]
        assert rubric["address"]
        assert "valid_from" in rubric or "年度" in rubric["note"] + rubric["inferred"]


def test_the_columns_a_rule_may_name_are_the_ones_that_are_computed():
    rated = set(add_standing(some_kpis()))
    assert {*files.RATES, *files.STANDING, "reached"} <= rated
    assert set(files.STANDING) == set(measures.NEEDED_FOR)


# --- find_rubric ---


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


# --- add_ratings ---


def test_each_kpi_keeps_its_row_and_takes_only_the_judgement_of_itself():
    kpis = typed(
        "government_code program_id kpi_id fiscal_year",
        ("082201", "hub", "ideas", 2018),
        ("082201", "hub", "income", 2018),
        ("082201", "hub", "ideas", 2019),
    ).set_axis([30, 10, 20])
    ratings = typed(
        "government_code program_id kpi_id fiscal_year progress grade",
        ("082201", "hub", "income", 2018, "概ね順調", "B"),
        ("082201", "hub", None, 2018, "順調", "S"),
        ("082201", "hub", "ideas", 2019, "順調", "A"),
        ("032018", "hub", "ideas", 2018, "順調", "S"),
    )
    expected = kpis.assign(progress=[None, "概ね順調", "順調"], grade=[None, "B", "A"])
    pd.testing.assert_frame_equal(
        add_ratings(kpis, ratings)[list(expected)], expected.astype(ratings.dtypes[-2:])
    )


def test_the_latest_of_two_judgements_of_a_kpi_is_taken_and_no_row_is_doubled():
    key = ("082201", "hub", "ideas", 2018)
    kpis = typed("government_code program_id kpi_id fiscal_year", key)
    ratings = typed(
        "government_code program_id kpi_id fiscal_year progress grade",
        (*key, "概ね順調", "B"),
        (*key, "順調", "A"),
    )
    rated = add_ratings(kpis, ratings)
    assert rated[["progress", "grade"]].to_numpy().tolist() == [["順調", "A"]]


@pytest.mark.parametrize(
    ("first", "second", "progress", "grade"),
    [
        (("順調", "A"), ("概ね順調", "A"), "順調（一次評価）・概ね順調（外部評価）", "A"),
        (("順調", "A"), ("順調", "B"), "順調", "A（一次評価）・B（外部評価）"),
        (("順調", None), (None, "B"), "順調", "B"),
        ((None, None), (None, None), None, None),
    ],
)
def test_judges_who_differ_are_both_named_and_those_who_agree_are_said_once(
    first, second, progress, grade
):
    key = ("082201", "hub", "ideas", 2018)
    kpis = typed("government_code program_id kpi_id fiscal_year", key)
    ratings = typed(
        "government_code program_id kpi_id fiscal_year progress grade rated_by",
        (*key, *first, "一次評価"),
        (*key, *second, "外部評価"),
    )
    found = add_ratings(kpis, ratings).iloc[0]
    assert [None if pd.isna(cell) else cell for cell in found[["progress", "grade"]]] == [
        progress,
        grade,
    ]


def test_judges_who_are_only_partly_named_are_told_apart_by_the_name_that_is_there():
    key = ("082201", "hub", "ideas", 2018)
    ratings = typed(
        "government_code program_id kpi_id fiscal_year progress grade rated_by",
        (*key, "順調", None, None),
        (*key, "概ね順調", None, "外部評価"),
    )
    kpis = typed("government_code program_id kpi_id fiscal_year", key)
    assert add_ratings(kpis, ratings)["progress"].tolist() == ["順調・概ね順調（外部評価）"]
