"""The readings of how far a KPI got: published figures worked by hand, and each guard."""

import math

import numpy as np
import pandas as pd
import pytest
from laws import rate
from made import typed

from analysis import (
    add_achievement,
)

RATES = ["achievement_rate", "progress_rate", "pace_rate", "final_rate", "cagr_rate"]

NOTES = [f"{rate}_note" for rate in RATES]


def percent(rated):
    return (rated[RATES] * 100).round(1)


# つくば市, 平成30年度 地方創生推進交付金事業に付随する重要業績評価指標の指標一覧【速報版】:
# 従前値, H30 目標値, H30 実績値, 最終目標値. ④-6 prints its actual as 推 4,600.
H30 = typed(
    "government_code program_id kpi_id fiscal_year direction "
    "baseline target actual actual_status final_target final_year",
    ("082201", "seminar", "④-3", 2018, "up", 86, 89, 93, "preliminary", 89, 2018),
    ("082201", "job_fair", "④-4", 2018, "up", 170, 200, 148, "preliminary", 200, 2018),
    ("082201", "migration", "④-6", 2018, "up", 4194, 4630, 4600, "estimated", 4630, 2018),
    ("082201", "hub", "④-7", 2018, "up", 0, 1000, 1110, "preliminary", 5000, 2020),
    ("082201", "hub", "④-8", 2018, "up", 0, 2, 2, "preliminary", 6, 2020),
    ("082201", "hub", "④-9", 2018, "up", 0, 8, 16, "preliminary", 16, 2020),
    ("082201", "hub", "④-10", 2018, "up", 0, 8, 14, "preliminary", 24, 2020),
).assign(baseline_year=pd.array([pd.NA] * 7, dtype="Int64"))


def test_the_published_figures_of_h30_give_the_rates_worked_by_hand():
    # By hand: 93/89, (93-86)/(89-86) = 7/3; 148/200, (148-170)/(200-170) = -22/30;
    # 4600/4630, (4600-4194)/(4630-4194) = 406/436; 1110/1000, 1110/5000; 2/2, 2/6; 16/8, 16/16;
    # 14/8, 14/24. From a baseline of 0 the progress is the achievement.
    rated = add_achievement(H30)
    found = percent(rated).drop(columns=["pace_rate", "cagr_rate"])
    found = found.assign(reached=rated["reached"].astype("str"))
    expected = typed(
        "achievement_rate progress_rate final_rate reached",
        (104.5, 233.3, 104.5, "yes"),
        (74.0, -73.3, 74.0, "no"),
        (99.4, 93.1, 99.4, "no"),
        (111.0, 111.0, 22.2, "yes"),
        (100.0, 100.0, 33.3, "yes"),
        (200.0, 200.0, 100.0, "yes"),
        (175.0, 175.0, 58.3, "yes"),
    )
    pd.testing.assert_frame_equal(found, expected)


def test_the_published_figures_need_no_remark_beside_their_rates():
    rated = add_achievement(H30)
    notes = rated[["achievement_rate_note", "progress_rate_note", "final_rate_note"]]
    assert set(notes.to_numpy().ravel()) == {""}


def test_servicenow_progress_counts_from_the_baseline_up_and_down():
    # maximize 1,000,000 -> 1,500,000, now 1,350,000: 350/500; minimize 500,000 -> 400,000, now
    # 420,000: 80/100.
    kpis = typed(
        "direction baseline target actual",
        ("up", 1_000_000, 1_500_000, 1_350_000),
        ("down", 500_000, 400_000, 420_000),
    )
    assert percent(add_achievement(kpis))["progress_rate"].tolist() == [70.0, 80.0]


def test_nobody_waiting_and_nobody_to_wait_is_reached_without_a_percentage():
    # 待機児童 0 -> 0
    rated = rate(direction="down", baseline=0, target=0, actual=0, final_target=0)
    assert rated["reached"] == "yes"
    assert rated[RATES].isna().all()
    assert rated[NOTES].tolist() == [
        "zero_target",
        "target_equals_baseline",
        "no_baseline_year",
        "zero_target",
        "no_baseline_year",
    ]


@pytest.mark.parametrize(
    ("direction", "actual", "reached"),
    [("up", 5, "yes"), ("up", -5, "no"), ("down", 3, "no"), ("down", -3, "yes")],
)
def test_a_target_of_zero_is_judged_by_the_side_the_actual_lies_on(direction, actual, reached):
    rated = rate(direction=direction, target=0, actual=actual)
    assert rated["reached"] == reached
    assert math.isnan(rated["achievement_rate"])
    assert rated["achievement_rate_note"] == "zero_target"


@pytest.mark.parametrize(
    ("direction", "baseline", "actual", "progress"), [("down", 10, 3, 0.7), ("up", -20, 5, 1.25)]
)
def test_a_target_of_zero_has_a_progress_where_a_baseline_is_given(
    direction, baseline, actual, progress
):
    # (3-10)/(0-10) and (5+20)/(0+20)
    rated = rate(direction=direction, baseline=baseline, target=0, actual=actual)
    assert rated["progress_rate"] == pytest.approx(progress)


def test_without_a_baseline_there_is_an_achievement_and_a_word_for_the_missing_progress():
    rated = rate(
        direction="up", baseline=np.nan, target=50, actual=40, final_target=80, final_year=2020
    )
    assert rated["achievement_rate"] == 0.8
    assert rated["final_rate"] == 0.5
    assert rated[["progress_rate", "pace_rate"]].isna().all()
    assert rated[["progress_rate_note", "pace_rate_note"]].tolist() == ["no_baseline"] * 2


def test_a_target_that_equals_the_baseline_has_no_progress():
    rated = rate(direction="up", baseline=90, target=90, actual=81)
    assert math.isnan(rated["progress_rate"])
    assert rated["progress_rate_note"] == "target_equals_baseline"
    assert rated["reached"] == "no"


@pytest.mark.parametrize(
    ("direction", "actual", "reached"),
    [
        ("keep_above", 90, "yes"),
        ("keep_above", 89, "no"),
        ("keep_below", 90, "yes"),
        ("keep_below", 91, "no"),
    ],
)
def test_a_target_to_keep_is_judged_and_never_given_a_progress(direction, actual, reached):
    rated = rate(direction=direction, baseline=85, target=90, actual=actual)
    assert rated["reached"] == reached
    assert math.isnan(rated["progress_rate"])
    assert rated["progress_rate_note"] == "keep_target"


def test_net_migration_below_zero_has_a_progress_and_no_achievement():
    # net migration ▲3,703 -> target ▲2,700, actual ▲2,530: (3703-2530)/(3703-2700) = 1173/1003
    rated = rate(direction="up", baseline=-3703, target=-2700, actual=-2530, final_target=-2700)
    assert round(rated["progress_rate"] * 100, 1) == 116.9
    assert rated[["achievement_rate", "final_rate"]].isna().all()
    assert rated[["achievement_rate_note", "final_rate_note"]].tolist() == ["negative_value"] * 2
    assert rated["reached"] == "yes"


def test_an_actual_below_zero_has_no_achievement_of_a_target_above_zero():
    rated = rate(direction="up", baseline=-10, target=5, actual=-4)
    assert math.isnan(rated["achievement_rate"])
    assert rated["achievement_rate_note"] == "negative_value"
    assert rated["progress_rate"] == pytest.approx(0.4)  # 6 of 15


def test_a_change_of_sign_between_baseline_and_actual_keeps_its_progress():
    rated = rate(direction="up", baseline=-10, target=8, actual=5)
    assert rated["progress_rate"] == pytest.approx(15 / 18)


def test_a_missed_reduction_prints_more_than_100_percent_and_is_not_reached():
    # 御所市: 611 -> 586, target 580 (down). 586/580 = 101.0 %; 25 of 31 = 80.6 %.
    rated = rate(direction="down", baseline=611, target=580, actual=586)
    assert round(rated["achievement_rate"] * 100, 1) == 101.0
    assert rated["achievement_rate_note"] == "reads_reversed"
    assert round(rated["progress_rate"] * 100, 1) == 80.6
    assert rated["progress_rate_note"] == ""
    assert rated["reached"] == "no"


@pytest.mark.parametrize(
    ("direction", "note"),
    [("down", "reads_reversed"), ("keep_below", "reads_reversed"), ("up", ""), ("keep_above", "")],
)
def test_a_plain_ratio_reads_reversed_where_lower_is_better(direction, note):
    rated = rate(direction=direction, target=100, actual=50, final_target=80)
    assert rated[["achievement_rate", "final_rate"]].tolist() == [0.5, 0.625]
    assert rated[["achievement_rate_note", "final_rate_note"]].tolist() == [note, note]


def test_a_milestone_is_reached_or_not_and_has_no_percentage():
    kpis = typed(
        "direction baseline target actual final_target",
        ("milestone", 0, 1, 1, 1),
        ("milestone", 0, 1, 0, 1),
    )
    rated = add_achievement(kpis)
    assert rated["reached"].tolist() == ["yes", "no"]
    assert rated[RATES].isna().all(axis=None)
    assert set(rated[NOTES].to_numpy().ravel()) == {"milestone"}


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "actual", "reached"),
    [
        ("up", 90, 80, 85, "yes"),
        ("up", 90, 80, 75, "no"),
        ("down", 50, 60, 55, "yes"),
        ("down", 50, 60, 65, "no"),
    ],
)
def test_a_target_already_met_at_the_baseline_is_said_to_be_and_has_no_progress(
    direction, baseline, target, actual, reached
):
    rated = rate(direction=direction, baseline=baseline, target=target, actual=actual)
    assert math.isnan(rated["progress_rate"])
    assert rated["progress_rate_note"] == "met_at_baseline"
    assert rated["reached"] == reached


@pytest.mark.parametrize("status", ["estimated", "preliminary"])
def test_an_estimated_or_preliminary_actual_counts_and_keeps_its_status(status):
    rated = rate(direction="up", target=10, actual=10, actual_status=status)
    assert rated[["achievement_rate", "reached", "actual_status"]].tolist() == [1.0, "yes", status]


@pytest.mark.parametrize("status", ["pending", "unpublished", "not_in_source", "not_set"])
def test_without_an_actual_nothing_is_computed_and_the_status_stays(status):
    rated = rate(
        direction="up",
        baseline=0,
        target=10,
        actual=np.nan,
        actual_status=status,
        final_target=20,
    )
    assert rated[RATES].isna().all()
    assert rated[NOTES].tolist() == ["no_actual"] * 5
    assert rated[["reached", "reached_note", "actual_status"]].tolist() == [
        "unknown",
        "no_actual",
        status,
    ]


def test_without_a_target_nothing_is_judged():
    rated = rate(direction="up", baseline=10, target=np.nan, actual=18, final_target=np.nan)
    assert rated[RATES].isna().all()
    assert rated[NOTES].tolist() == ["no_target", "no_target", *["no_final_target"] * 3]
    assert rated[["reached", "reached_note"]].tolist() == ["unknown", "no_target"]


def test_an_unknown_direction_leaves_reached_unknown_and_marks_the_progress():
    rated = rate(direction="unknown", baseline=100, target=150, actual=160)
    assert rated[["reached", "reached_note"]].tolist() == ["unknown", "direction_unknown"]
    assert rated["progress_rate"] == pytest.approx(1.2)
    assert rated["progress_rate_note"] == "direction_unknown"


def test_columns_that_are_absent_count_as_missing():
    bare = pd.DataFrame({"actual": [5.0], "direction": ["up"], "target": [np.nan]})
    rated = add_achievement(bare).iloc[0]
    assert rated[NOTES].tolist() == ["no_target", "no_target", *["no_final_target"] * 3]
    assert rated[["reached", "reached_note"]].tolist() == ["unknown", "no_target"]


@pytest.mark.parametrize(
    ("bound", "actual", "reached"),
    [
        ("above", 93, "no"),  # 93%超
        ("above", 93.1, "yes"),
        ("at_least", 93, "yes"),  # 93以上
        ("at_least", 92.9, "no"),
        ("at_most", 93, "yes"),  # 93以下
        ("at_most", 93.1, "no"),
        ("below", 93, "no"),  # 93未満
        ("below", 92.9, "yes"),
    ],
)
@pytest.mark.parametrize("direction", ["unknown", "up"])
def test_a_bound_in_words_judges_whether_or_not_a_direction_is_known(
    direction, bound, actual, reached
):
    rated = rate(direction=direction, target=93, target_bound=bound, actual=actual)
    assert rated[["reached", "reached_note"]].tolist() == [reached, ""]


def test_an_empty_column_of_bounds_counts_as_no_bound():
    assert rate(direction="up", target=1, target_bound=np.nan, actual=1)["reached"] == "yes"


@pytest.mark.parametrize(
    ("actual", "reached"), [(695, "no"), (696, "yes"), (800, "yes"), (890, "yes"), (891, "no")]
)
def test_a_range_is_reached_between_its_ends(actual, reached):
    # 696～890
    rated = rate(direction="keep_within", target=696, target_upper=890, actual=actual)
    assert rated["reached"] == reached


@pytest.mark.parametrize(
    ("target", "tolerance", "actual", "reached"),
    [
        (700, 0.1, 629, "no"),  # ±10％以内
        (700, 0.1, 630, "yes"),
        (700, 0.1, 770, "yes"),
        (700, 0.1, 771, "no"),
        (-200, 0.05, -210, "yes"),
        (-200, 0.05, -211, "no"),
        (80, 0.03, 82.4, "yes"),
        (80, 0.03, 77.6, "yes"),
        (80, 0.03, 82.5, "no"),
        (4_200_000, 0.1, 4_620_000, "yes"),
        (4_200_000, 0.1, 4_620_001, "no"),
    ],
)
def test_a_band_is_reached_up_to_and_with_its_edges(target, tolerance, actual, reached):
    rated = rate(direction="keep_within", target=target, tolerance=tolerance, actual=actual)
    assert rated["reached"] == reached


def test_a_target_to_keep_within_an_unprinted_band_is_not_judged():
    rated = rate(direction="keep_within", target=700, actual=700)
    assert rated[["reached", "reached_note"]].tolist() == ["unknown", "no_band"]


@pytest.mark.parametrize(
    ("direction", "bound", "actual", "reached"),
    [
        ("up", "better_than_baseline", 79.9, "yes"),  # 健康寿命の延伸
        ("up", "better_than_baseline", 79.8, "no"),
        ("down", "better_than_baseline", 79.7, "yes"),
        ("up", "no_worse_than_baseline", 79.8, "yes"),  # 現状値以上
        ("down", "no_worse_than_baseline", 79.9, "no"),
    ],
)
def test_a_target_without_a_number_is_judged_against_the_baseline(
    direction, bound, actual, reached
):
    rated = rate(direction=direction, baseline=79.8, target_bound=bound, actual=actual)
    assert (rated["reached"], rated["reached_note"]) == (reached, "")
    assert rated["progress_rate_note"] == rated["achievement_rate_note"] == "target_in_words"


def test_a_target_without_a_number_needs_a_baseline():
    rated = rate(direction="up", target_bound="better_than_baseline", actual=80.0)
    assert (rated["reached"], rated["reached_note"]) == ("unknown", "no_baseline")


FINAL_ONLY = {"direction": "up", "actual": 6, "final_target": 5, "fiscal_year": 2015}


@pytest.mark.parametrize(("bound", "at_final"), [("above", "no"), ("at_least", "yes")])
def test_the_bound_of_a_final_target_counts_before_its_year_too(bound, at_final):
    words = {"final_target_bound": bound, "final_year": 2020}
    rated = rate(**FINAL_ONLY | words | {"actual": 5})
    assert rated["at_final"] == at_final
    assert rated["reached_note"] == {"yes": "already_final", "no": "not_due"}[at_final]


def test_a_final_target_in_words_is_judged_against_the_baseline_in_its_year():
    words = {"final_target_bound": "better_than_baseline", "final_year": 2015, "baseline": 5}
    row = {"direction": "up", "actual": 6, "fiscal_year": 2015} | words
    assert rate(**row)["reached"] == "yes"
    assert rate(**row | {"actual": 5})["reached"] == "no"
    assert rate(**row)["final_rate_note"] == "target_in_words"


def test_progress_measures_by_the_final_target_where_it_is_the_only_one_and_says_so():
    # 御所市, 自主防災組織率: 57.1 -> 69.5, 93 aimed at for 平成32年度: 12.4 of 35.9
    row = {"direction": "up", "baseline": 57.1, "final_target": 93.0, "actual": 69.5}
    rated = rate(**row, fiscal_year=2013, final_year=2020)
    assert rated["progress_rate"] == pytest.approx(12.4 / 35.9)
    assert rated["progress_rate_note"] == "of_final_target"


@pytest.mark.parametrize(("actual", "reached"), [(1000, "yes"), (1001, "yes"), (990, "unknown")])
def test_an_approximate_target_is_met_or_not_known_to_be_missed(actual, reached):
    rated = rate(direction="up", target=1000, target_bound="about", actual=actual)
    assert rated["reached"] == reached
    assert rated["achievement_rate_note"] == "about_value"


def test_a_ratio_beyond_1000_percent_is_doubted():
    # 石巻市: 2,998 トン for a target of 100
    assert (
        rate(direction="up", target=100, actual=2998)["achievement_rate_note"] == "beyond_tenfold"
    )
    assert rate(direction="up", target=100, actual=1000)["achievement_rate_note"] == ""


def test_a_falling_kpi_exactly_at_its_final_target_reads_no_ratio_reversed():
    # 犯罪件数 967 of 967
    rated = rate(direction="down", actual=967, final_target=967, fiscal_year=2020, final_year=2022)
    assert (rated["final_rate"], rated["final_rate_note"]) == (1.0, "")


def test_figures_beyond_all_measure_are_missing_and_not_infinite():
    rated = rate(direction="up", baseline=0.0, target=1e-300, actual=1e300, final_target=np.inf)
    assert rated["achievement_rate_note"] == rated["progress_rate_note"] == "not_finite"
    assert not np.isinf(rated[RATES].astype("float64")).any()
