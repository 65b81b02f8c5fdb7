"""The readings of how far a KPI got: published figures worked by hand, each guard, and laws."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import (
    DataError,
    add_achievement,
    add_reversed_ratio,
    assume_baseline_year,
    count_reached,
)
from analysis.dataset.tables import AGGREGATIONS, BOUNDS
from analysis.measures.kpis import AGAINST_BASELINE

RATES = ["achievement_rate", "progress_rate", "pace_rate", "final_rate", "cagr_rate"]
NOTES = [f"{rate}_note" for rate in RATES]
laws = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])


def typed(header, *rows):
    return pd.DataFrame(rows, columns=header.split())


def rate(**cells):
    """The one row that `add_achievement` makes of one KPI typed as cells."""
    return add_achievement(pd.DataFrame([cells])).iloc[0]


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

# First fiscal years of the same programs (事業期間 H28-H30 and H30-H32).
H30_PROGRAMS = typed(
    "government_code program_id start_year",
    ("082201", "seminar", 2016),
    ("082201", "job_fair", 2016),
    ("082201", "migration", 2016),
    ("082201", "hub", 2018),
).astype({"start_year": "Int64"})


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


def test_pace_is_missing_where_no_baseline_year_is_printed():
    rated = add_achievement(H30)
    assert rated["pace_rate"].isna().all()
    assert set(rated["pace_rate_note"]) == {"no_baseline_year"}


def test_an_assumed_baseline_year_gives_a_pace_and_a_note_that_says_so():
    # By hand, baseline year = first year - 1. H28-H30: all of 3 years have passed, so the pace is
    # progress towards the final target. H30-H32: 1 of 3 years, so 1110/(5000/3), 2/(6/3),
    # 16/(16/3), 14/(24/3).
    rated = add_achievement(assume_baseline_year(H30, H30_PROGRAMS))
    assert percent(rated)["pace_rate"].tolist() == [233.3, -73.3, 93.1, 66.6, 100.0, 300.0, 175.0]
    assert set(rated["pace_rate_note"]) == {"assumed_baseline_year"}


def test_assuming_a_baseline_year_keeps_printed_years_and_leaves_unknown_programs_missing():
    kpis = typed(
        "government_code program_id baseline_year",
        ("082201", "hub", 2014),
        ("082201", "hub", pd.NA),
        ("082201", "elsewhere", pd.NA),
    ).astype({"baseline_year": "Int64"})
    expected = kpis.assign(
        baseline_year=pd.array([2014, 2017, pd.NA], dtype="Int64"),
        baseline_year_assumed=[False, True, False],
    )
    pd.testing.assert_frame_equal(assume_baseline_year(kpis, H30_PROGRAMS), expected)


def test_a_baseline_year_can_be_assumed_in_a_table_without_that_column():
    kpis = H30.drop(columns="baseline_year")
    assumed = assume_baseline_year(kpis, H30_PROGRAMS)
    assert assumed["baseline_year"].tolist() == [2015, 2015, 2015, 2017, 2017, 2017, 2017]


def test_servicenow_progress_counts_from_the_baseline_up_and_down():
    # maximize 1,000,000 -> 1,500,000, now 1,350,000: 350/500; minimize 500,000 -> 400,000, now
    # 420,000: 80/100.
    kpis = typed(
        "direction baseline target actual",
        ("up", 1_000_000, 1_500_000, 1_350_000),
        ("down", 500_000, 400_000, 420_000),
    )
    assert percent(add_achievement(kpis))["progress_rate"].tolist() == [70.0, 80.0]


# --- the table "case | what to do" of docs/methods.md ---


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


# --- pace ---

PACE = {
    "direction": "up",
    "baseline": 0,
    "actual": 40,
    "final_target": 100,
    "baseline_year": 2015,
    "fiscal_year": 2018,
    "final_year": 2020,
}


def test_pace_compares_the_progress_with_the_straight_line():
    # 3 of 5 years have passed: 60 were due, 40 were made.
    assert rate(**PACE)["pace_rate"] == pytest.approx(40 / 60)


def test_pace_reads_an_older_actual_at_its_own_year():
    # The actual is of 2017, when 40 were due.
    assert rate(**PACE, actual_year=2017)["pace_rate"] == pytest.approx(1.0)


def test_pace_of_tama_expects_a_fifth_of_the_final_target_each_year():
    # 多摩市: year n of 5 expects n x 20 % (baseline 0).
    paces = [
        rate(**PACE | {"actual": 20, "fiscal_year": 2015 + n})["pace_rate"] for n in range(1, 6)
    ]
    assert paces == pytest.approx([1, 1 / 2, 1 / 3, 1 / 4, 1 / 5])


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        ({"actual": np.nan}, "no_actual"),
        ({"final_target": np.nan}, "no_final_target"),
        ({"baseline": np.nan}, "no_baseline"),
        ({"direction": "milestone"}, "milestone"),
        ({"direction": "keep_above"}, "keep_target"),
        ({"baseline_year": np.nan}, "no_baseline_year"),
        ({"final_year": np.nan}, "no_final_year"),
        ({"final_target": 0}, "target_equals_baseline"),
        ({"direction": "down"}, "met_at_baseline"),
        ({"fiscal_year": 2015}, "no_time_passed"),
        ({"actual_year": 2014}, "no_time_passed"),
        ({"final_year": 2015}, "no_time_passed"),
    ],
)
def test_pace_is_missing_for_a_reason(changed, note):
    rated = rate(**PACE | changed)
    assert math.isnan(rated["pace_rate"])
    assert rated["pace_rate_note"] == note


def test_pace_is_missing_for_a_reason_where_no_year_is_known():
    rated = rate(**PACE | {"fiscal_year": np.nan})
    assert math.isnan(rated["pace_rate"])
    assert rated["pace_rate_note"] != ""


def test_there_is_no_straight_line_to_a_final_year_before_the_baseline_year():
    rated = rate(**PACE | {"baseline_year": 2020, "final_year": 2015})
    assert math.isnan(rated["pace_rate"])
    assert rated["pace_rate_note"] != ""


# --- growth, and the ratio turned round ---


def test_growth_is_measured_by_the_growth_that_leads_to_the_final_target():
    # 100 -> 121 in two years is 10 % a year; 100 -> 146.41 in four would be 10 % a year as well
    rated = rate(
        direction="up",
        **{"baseline": 100, "actual": 121, "final_target": 146.41},
        **{"baseline_year": 2014, "fiscal_year": 2016, "final_year": 2018},
    )
    assert rated["cagr_rate"] == pytest.approx(1)


def test_gose_reduced_its_waste_and_growth_says_so_by_a_positive_rate():
    # 御所市, 1人1日当たりのごみ量 611 -> 586 (H25), 目標 580; years assumed for the example
    rated = rate(
        direction="down",
        **{"baseline": 611, "actual": 586, "target": 580, "final_target": 580},
        **{"baseline_year": 2010, "fiscal_year": 2013, "final_year": 2020},
    )
    by_hand = (1 - (586 / 611) ** (1 / 3)) / (1 - (580 / 611) ** (1 / 10))
    assert rated["cagr_rate"] == pytest.approx(by_hand)
    assert round(rated["achievement_rate"], 3) == 1.010
    assert rated["achievement_rate_note"] == "reads_reversed"
    assert rated["reached"] == "no"


@pytest.mark.parametrize(
    ("baseline", "actual", "final", "note"),
    [
        (0, 5, 10, "zero_value"),
        (5, 0, 10, "zero_value"),
        (-5, 5, 10, "sign_change"),
        (5, -5, 10, "sign_change"),
        (-10, -8, -5, "negative_value"),
        (10, 12, 8, "met_at_baseline"),
    ],
)
def test_growth_needs_values_above_zero_and_a_target_on_the_good_side(
    baseline, actual, final, note
):
    years = {"baseline_year": 2014, "fiscal_year": 2016, "final_year": 2018}
    rated = rate(direction="up", baseline=baseline, actual=actual, final_target=final, **years)
    assert math.isnan(rated["cagr_rate"])
    assert rated["cagr_rate_note"] == note


def test_the_plain_ratio_turned_round_has_two_forms():
    # 80 accidents aimed at, 100 counted: 80 / 100 and 2 - 100 / 80
    kpis = typed("direction target actual", ("down", 80.0, 100.0))
    assert add_reversed_ratio(kpis)["reversed_ratio"].tolist() == [0.8]
    assert add_reversed_ratio(kpis, "mirror")["reversed_ratio"].tolist() == [0.75]


@pytest.mark.parametrize(
    ("form", "direction", "target", "actual", "note"),
    [
        ("ratio", "up", 80, 100, "not_falling"),
        ("ratio", "down", 80, 0, "zero_actual"),
        ("ratio", "down", None, 5, "no_target"),
        ("ratio", "keep_below", 80, None, "no_actual"),
        ("ratio", "down", -3, 5, "negative_value"),
        ("mirror", "down", 0, 5, "zero_target"),
        ("mirror", "down", 80, 161, "beyond_mirror"),
    ],
)
def test_the_ratio_turned_round_is_missing_with_its_reason(form, direction, target, actual, note):
    kpis = pd.DataFrame({"direction": [direction], "target": [target], "actual": [actual]})
    turned = add_reversed_ratio(kpis.astype({"target": "float64", "actual": "float64"}), form)
    assert turned["reversed_ratio"].isna().all()
    assert turned["reversed_ratio_note"].tolist() == [note]


def test_another_form_of_the_turned_ratio_is_refused_by_name():
    with pytest.raises(DataError, match="'inverse' is not one of ratio, mirror"):
        add_reversed_ratio(H30, "inverse")


# --- targets in words, and how years add up ---


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


@pytest.mark.parametrize(
    ("direction", "actual", "reached"),
    [
        ("keep_within", 696, "yes"),
        ("keep_within", 891, "no"),
        ("unknown", 700, "yes"),
        ("unknown", 695, "no"),
        ("up", 900, "yes"),
        ("up", 695, "no"),
        ("down", 600, "yes"),
        ("down", 891, "no"),
    ],
)
def test_a_range_is_judged_without_choosing_a_number_in_it(direction, actual, reached):
    # 696～890
    rated = rate(direction=direction, baseline=650, target=696, target_upper=890, actual=actual)
    assert (rated["reached"], rated["reached_note"]) == (reached, "")
    assert rated["achievement_rate_note"] == rated["progress_rate_note"] == "target_range"


def test_one_years_increase_is_not_a_level_on_the_way_to_a_final_target():
    years = {"baseline_year": 2015, "fiscal_year": 2016, "final_year": 2020}
    rated = rate(
        **{"direction": "up", "aggregation": "increment", "baseline": 0, "target": 10},
        **{"actual": 12, "final_target": 50},
        **years,
    )
    assert rated["achievement_rate"] == rated["progress_rate"] == 1.2
    assert rated["pace_rate_note"] == rated["cagr_rate_note"] == "increment_actual"
    assert (rated["final_rate"], rated["final_rate_note"]) == (0.24, "increment_actual")


def test_a_cumulative_figure_beside_a_baseline_of_one_year_is_remarked():
    rated = rate(direction="up", aggregation="cumulative", baseline=5, target=40, actual=30)
    assert rated["progress_rate"] == pytest.approx(25 / 35)
    assert rated["progress_rate_note"] == "mixed_aggregation"


@pytest.mark.parametrize(
    ("cells", "reached", "note"),
    [
        ({}, "unknown", "not_due"),
        ({"actual": 93.0}, "unknown", "already_final"),
        ({"fiscal_year": 2020}, "no", ""),
        ({"inferred": "kpi_kind"}, "no", ""),  # printed for the year itself
        ({"target": 70.0}, "no", ""),
    ],
)
def test_a_target_concluded_from_that_of_a_later_year_is_not_due(cells, reached, note):
    # 御所市, 自主防災組織率: 69.5 in 平成25年度, 93 aimed at for 平成32年度
    row = {"direction": "up", "target": 93.0, "final_target": 93.0, "actual": 69.5}
    years = {"fiscal_year": 2013, "final_year": 2020, "inferred": "program_id target"}
    rated = rate(**(row | years | cells))
    assert (rated["reached"], rated["reached_note"]) == (reached, note)


FINAL_ONLY = {"direction": "up", "actual": 6, "final_target": 5, "fiscal_year": 2015}


@pytest.mark.parametrize(
    ("cells", "reached", "note"),
    [
        ({"final_year": 2015}, "yes", ""),
        ({"final_year": 2014}, "yes", ""),
        ({"final_year": 2015, "actual": 4}, "no", ""),
        ({"final_year": 2016}, "unknown", "already_final"),
        ({"final_year": 2016, "actual": 4}, "unknown", "not_due"),
        ({"actual": 4}, "unknown", "no_final_year"),
        ({}, "unknown", "already_final"),
        ({"final_year": 2015, "direction": "down"}, "no", ""),
        ({"final_year": 2015, "direction": "down", "actual": 5}, "yes", ""),
        ({"final_year": 2015, "direction": "unknown"}, "unknown", "direction_unknown"),
        ({"final_year": 2015, "final_target_bound": "above", "actual": 5}, "no", ""),
        (
            {"final_year": 2015, "final_target_bound": "about", "actual": 4},
            "unknown",
            "about_target",
        ),
        ({"final_year": 2015, "final_target_upper": 7, "direction": "keep_within"}, "yes", ""),
    ],
)
def test_a_kpi_with_only_a_final_target_is_judged_by_it_from_its_year_on(cells, reached, note):
    rated = rate(**(FINAL_ONLY | cells))
    assert (rated["reached"], rated["reached_note"]) == (reached, note)
    assert rated["achievement_rate_note"] == "no_target"  # final_rate is that ratio


@pytest.mark.parametrize(("bound", "at_final"), [("above", "no"), ("at_least", "yes")])
def test_the_bound_of_a_final_target_counts_before_its_year_too(bound, at_final):
    words = {"final_target_bound": bound, "final_year": 2020}
    rated = rate(**FINAL_ONLY | words | {"actual": 5})
    assert rated["at_final"] == at_final
    assert rated["reached_note"] == {"yes": "already_final", "no": "not_due"}[at_final]


def test_a_planned_actual_is_no_result():
    rated = rate(direction="up", target=100, actual=120, actual_status="planned")
    assert (rated["reached"], rated["reached_note"]) == ("unknown", "planned_actual")
    assert rated["achievement_rate_note"] == "planned_actual"


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


@pytest.mark.parametrize(
    ("cells", "reached", "note"),
    [
        ({}, "unknown", "not_due"),  # NOx: 0 now, 534 t in a later year
        ({"final_year": 2024}, "yes", ""),  # its year has come: 0 is the target
        ({"final_target": 0}, "yes", ""),
        ({"direction": "down", "actual": 3}, "no", ""),  # 待機児童 down to 0
        ({"baseline": -500, "actual": -100}, "no", ""),  # net migration up to 0 is due
    ],
)
def test_a_target_of_0_before_a_later_final_target_is_not_due_yet(cells, reached, note):
    row = {"direction": "up", "target": 0, "actual": 0, "final_target": 534}
    rated = rate(**row | {"fiscal_year": 2024, "final_year": 2026} | cells)
    assert (rated["reached"], rated["reached_note"]) == (reached, note)


PART = {"direction": "up", "aggregation": "single_year", "target": 95_000, "actual": 72_092}


@pytest.mark.parametrize(
    ("cells", "reached", "note"),
    [
        ({}, "unknown", "part_year"),  # 福岡県 R7: page views while the year runs
        ({"as_of": "2025"}, "unknown", "part_year"),  # no day is printed
        ({"as_of": "2026-03-31"}, "no", ""),
        ({"as_of": None}, "no", ""),
        ({"actual": 95_000}, "yes", ""),  # what is counted can only grow
        ({"actual": 95_000, "aggregation": "level"}, "unknown", "part_year"),
        ({"actual": 95_000, "unit": "％"}, "unknown", "part_year"),  # a share can fall again
        ({"actual": 95_000, "unit": "人", "kpi": "満足度（平均）"}, "unknown", "part_year"),
        ({"actual": 90_000, "direction": "down"}, "unknown", "part_year"),
        ({"as_of": "2025-12-31", "is_calendar_year": "yes"}, "no", ""),
    ],
)
def test_an_actual_of_part_of_the_year_is_no_miss(cells, reached, note):
    rated = rate(**PART | {"fiscal_year": 2025, "as_of": "2025-09-30"} | cells)
    assert (rated["reached"], rated["reached_note"]) == (reached, note)


def test_a_rate_of_part_of_the_year_says_so():
    rated = rate(**PART, fiscal_year=2025, as_of="2025-09-30")
    assert rated["achievement_rate_note"] == "part_year"


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


def test_cells_that_are_no_figures_or_words_are_refused_by_name():
    kpis = pd.DataFrame({"direction": ["UP"], "actual": ["推4,600"], "target": [4630.0]})
    with pytest.raises(DataError) as refused:
        add_achievement(kpis)
    assert "column actual: '推4,600' is not a number" in str(refused.value)
    assert "column direction: 'UP' is not one of up, down" in str(refused.value)


def test_after_the_final_year_all_of_the_way_is_due():
    years = {"baseline_year": 2014, "fiscal_year": 2020, "final_year": 2018}
    rated = rate(direction="up", baseline=0, actual=5, final_target=10, **years)
    assert rated["pace_rate"] == 0.5


# --- laws ---

WORDS_FOR_MISSING = {
    *("no_actual", "no_target", "no_baseline", "no_baseline_year", "no_final_target"),
    *("no_final_year", "zero_target", "negative_value", "milestone", "keep_target"),
    *("target_equals_baseline", "met_at_baseline", "no_time_passed", "target_range"),
    *("zero_value", "sign_change", "increment_actual", "target_in_words", "not_finite"),
}
REMARKS = {
    *("part_year", "of_final_target", "about_value", "beyond_tenfold"),
    *("", "reads_reversed", "direction_unknown", "assumed_baseline_year"),
    *("mixed_aggregation", "increment_actual"),
}
MIRROR = {"up": "down", "down": "up", "keep_above": "keep_below", "keep_below": "keep_above"}
VALUES = ["baseline", "target", "target_upper", "actual", "final_target"]
YEARS = ["baseline_year", "actual_year", "final_year"]

value = st.none() | st.integers(-12, 12)
rows = st.fixed_dictionaries(
    {
        "government_code": st.just("082201"),
        "program_id": st.sampled_from(["hub", "job_fair"]),
        "fiscal_year": st.sampled_from([2017, 2018]),
        "direction": st.sampled_from([*MIRROR, "keep_within", "milestone", "unknown"]),
        "aggregation": st.sampled_from(AGGREGATIONS),
        "baseline": value,
        "target": value,
        "target_upper": value,
        "tolerance": st.sampled_from([None, 0.5]),
        "target_bound": st.sampled_from([None, *BOUNDS]),
        "actual": value,
        "final_target": value,
        "baseline_year": st.none() | st.integers(2014, 2018),
        "actual_year": st.none() | st.integers(2014, 2018),
        "final_year": st.none() | st.integers(2018, 2022),
    }
)


def as_table(drawn):
    types = dict.fromkeys([*VALUES, "tolerance"], "float64") | dict.fromkeys(YEARS, "Int64")
    table = pd.DataFrame(drawn).astype(types | {"target_bound": "str"})
    return table.set_axis([f"row {n}" for n in range(len(table))])


tables = st.lists(rows, min_size=1, max_size=8).map(as_table)


@laws
@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(kpis, random):
    order = random.sample(range(len(kpis)), len(kpis))
    pd.testing.assert_frame_equal(
        add_achievement(kpis.iloc[order]), add_achievement(kpis).iloc[order]
    )


@laws
@given(tables, st.sampled_from([0.25, 0.5, 2.0, 3.0, 7.0, 1000.0]))
def test_another_unit_changes_no_rate_no_note_and_no_verdict(kpis, factor):
    added = [*RATES, *NOTES, "reached", "reached_note"]
    rescaled = add_achievement(kpis.assign(**kpis[VALUES] * factor))
    pd.testing.assert_frame_equal(rescaled[added], add_achievement(kpis)[added])


@laws
@given(tables)
def test_the_mirrored_kpi_made_the_same_progress_and_reached_its_target_alike(kpis):
    kpis = kpis[kpis["direction"].isin(list(MIRROR))].drop(columns=["target_bound", "target_upper"])
    kpis = kpis[kpis["target"] != 0]  # a rising KPI may begin there, a falling one ends there
    values = [name for name in VALUES if name in kpis]
    mirrored = kpis.assign(**-kpis[values], direction=kpis["direction"].map(MIRROR))
    same = ["progress_rate", "progress_rate_note", "pace_rate", "pace_rate_note", "reached"]
    pd.testing.assert_frame_equal(add_achievement(mirrored)[same], add_achievement(kpis)[same])


@laws
@given(tables)
def test_a_missing_rate_has_a_reason_and_no_rate_is_infinite(kpis):
    rated = add_achievement(kpis)
    assert not np.isinf(rated[RATES].to_numpy()).any()
    for name in RATES:
        missing = rated[name].isna()
        assert set(rated.loc[missing, f"{name}_note"]) <= WORDS_FOR_MISSING
        assert set(rated.loc[~missing, f"{name}_note"]) <= REMARKS


@laws
@given(tables)
def test_an_unknown_actual_leaves_every_rate_and_the_verdict_unknown(kpis):
    rated = add_achievement(kpis.assign(actual=float("nan")))
    assert rated[RATES].isna().all(axis=None)
    assert set(rated["reached"]) == {"unknown"}
    assert (rated[NOTES] == "no_actual").all(axis=None)


@laws
@given(tables)
def test_reached_is_unknown_exactly_where_a_note_says_why(kpis):
    rated = add_achievement(kpis)
    assert set(rated["reached"]) <= {"yes", "no", "unknown"}
    assert ((rated["reached"] == "unknown") == (rated["reached_note"] != "")).all()


@laws
@given(tables)
def test_reached_depends_on_no_baseline_and_no_final_target_where_the_year_has_its_own(kpis):
    in_words = kpis["target_bound"].isin(AGAINST_BASELINE)
    kpis = kpis[kpis["target"].notna() & ~in_words & (kpis["target"] != 0)]
    bare = kpis.drop(columns=["baseline", "final_target", *YEARS])
    verdict = ["reached", "reached_note"]
    pd.testing.assert_frame_equal(add_achievement(bare)[verdict], add_achievement(kpis)[verdict])


@laws
@given(tables)
def test_rows_and_columns_are_kept_and_the_input_is_unchanged(kpis):
    before = kpis.copy(deep=True)
    rated = add_achievement(kpis)
    pd.testing.assert_frame_equal(kpis, before)
    pd.testing.assert_frame_equal(rated[list(before.columns)], before)


@laws
@given(tables)
def test_the_counted_parts_add_up_to_the_kpis(kpis):
    counted = count_reached(add_achievement(kpis))
    parts = counted["reached"] + counted["missed"] + counted["unknown"]
    assert parts.tolist() == counted["kpis"].tolist()
    assert counted["kpis"].sum() == len(kpis)


def test_assuming_a_baseline_year_changes_neither_of_its_tables():
    kpis, programs = H30.copy(deep=True), H30_PROGRAMS.copy(deep=True)
    assumed = assume_baseline_year(kpis.set_axis(list("gfedcba")), programs)
    pd.testing.assert_frame_equal(kpis, H30)
    pd.testing.assert_frame_equal(programs, H30_PROGRAMS)
    assert assumed.index.tolist() == list("gfedcba")


def test_kpis_are_counted_per_program_and_year_with_the_unknown_ones():
    kpis = typed(
        "government_code program_id fiscal_year reached",
        ("082201", "hub", 2018, "yes"),
        ("082201", "job_fair", 2018, "no"),
        ("082201", "hub", 2018, "unknown"),
        ("082201", "hub", 2018, "yes"),
        ("082201", "hub", 2019, "no"),
    )
    expected = typed(
        "government_code program_id fiscal_year kpis reached missed unknown",
        ("082201", "hub", 2018, 3, 2, 0, 1),
        ("082201", "job_fair", 2018, 1, 0, 1, 0),
        ("082201", "hub", 2019, 1, 0, 1, 0),
    )
    pd.testing.assert_frame_equal(count_reached(kpis), expected)


# Targets in words that nothing can be compared with


WORDED = {"direction": "up", "baseline": 100, "actual": 150, "fiscal_year": 2018}


def test_a_target_in_plain_words_is_the_reason_why_nothing_is_judged():
    rated = rate(**WORDED, target=np.nan, target_printed="充実")
    assert (rated["reached"], rated["reached_note"]) == ("unknown", "target_in_words")
    assert rated["achievement_rate_note"] == rated["progress_rate_note"] == "target_in_words"
    final = rate(**WORDED, final_target=np.nan, final_target_printed="増加", final_year=2020)
    assert (final["reached"], final["reached_note"]) == ("unknown", "target_in_words")
    assert final["final_rate_note"] == final["pace_rate_note"] == "target_in_words"
    assert final["at_final"] == "unknown"


@pytest.mark.parametrize(("printed", "status"), [("－", None), ("ー", None), ("集計中", "pending")])
def test_a_mark_of_absence_is_no_target_in_words(printed, status):
    rated = rate(**WORDED, target=np.nan, target_printed=printed, target_status=status)
    assert rated["reached_note"] == "no_target"


def test_words_for_the_year_are_its_target_until_the_final_figure_is_due():
    words = WORDED | {"target": np.nan, "target_printed": "充実", "final_target": 140}
    assert rate(**words, final_year=2020)["reached_note"] == "target_in_words"
    assert rate(**words, final_year=2018)["reached"] == "yes"


def test_words_beside_a_figure_or_a_comparable_bound_change_nothing():
    assert rate(**WORDED, target=140, target_printed="140程度に充実")["reached"] == "yes"
    bound = {"target_bound": "better_than_baseline", "target_printed": "延伸"}
    assert rate(**WORDED, target=np.nan, **bound)["reached"] == "yes"
