"""The bands of each rubric at hand, as the facts about it say; and what is never graded."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rated import RUBRICS

from analysis import DataError, apply_rubric


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
