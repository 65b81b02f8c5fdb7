"""What each reading concludes, a baseline year assumed, a ratio turned round."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import at_rates, typed

from analysis import (
    DataError,
    add_achievement,
    add_reversed_ratio,
    add_verdicts,
    assume_baseline_year,
)
from analysis.measures.readings import (
    count_dependence,
    group_notes,
    has_doubtful_rates,
    is_against_comparison,
    spread_reading,
)

RATES = ["achievement_rate", "progress_rate", "pace_rate", "final_rate", "cagr_rate"]


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


def test_assuming_a_baseline_year_changes_neither_of_its_tables():
    kpis, programs = H30.copy(deep=True), H30_PROGRAMS.copy(deep=True)
    assumed = assume_baseline_year(kpis.set_axis(list("gfedcba")), programs)
    pd.testing.assert_frame_equal(kpis, H30)
    pd.testing.assert_frame_equal(programs, H30_PROGRAMS)
    assert assumed.index.tolist() == list("gfedcba")


YEARS = {"baseline_year": 2015, "fiscal_year": 2018, "final_year": 2020}


def judge(*rows):
    return add_verdicts(add_achievement(pd.DataFrame(list(rows))))


def verdicts(row):
    return [row[f"{name}_verdict"] for name in RATES]


def test_the_same_row_is_close_short_or_met_by_the_reading():
    # 95 of 100 from 90: 95 % of the target, half of the way
    [row] = judge({"direction": "up", "baseline": 90, "target": 100, "actual": 95} | YEARS).to_dict(
        "records"
    )
    assert verdicts(row) == ["close", "short", "", "", ""]
    assert row["depends_on_formula"] == "degree"


def test_a_missed_reduction_printed_above_100_percent_depends_on_the_formula():
    # 御所市, 平成25年度, 1人1日当たりのごみ量: 611 -> 586, target 580, printed 101.0 %
    [row] = judge(
        {"direction": "down", "baseline": 611, "target": 580, "actual": 586, "fiscal_year": 2013}
    ).to_dict("records")
    assert verdicts(row)[:2] == ["reached", "close"]  # 25 of 31 is 80.6 %
    assert row["depends_on_formula"] == "yes"


def test_what_moved_away_differs_from_a_ratio_in_degree_only():
    # つくば市 ④-4: 148 of 200 from 170
    [row] = judge(
        {"direction": "up", "baseline": 170, "target": 200, "actual": 148, "fiscal_year": 2018}
    ).to_dict("records")
    assert verdicts(row)[:2] == ["short", "away"]
    assert row["depends_on_formula"] == "degree"


@pytest.mark.parametrize(("year", "verdict"), [(2019, ""), (2020, "short"), (2021, "short")])
def test_a_final_target_is_due_in_its_year_and_not_before(year, verdict):
    row = {"direction": "up", "actual": 5, "final_target": 10, "final_year": 2020}
    assert judge(row | {"fiscal_year": year})["final_rate_verdict"].tolist() == [verdict]


def test_a_final_target_reached_early_is_reached_but_not_by_a_reversed_ratio():
    row = {"actual": 12, "final_target": 10, "final_year": 2020, "fiscal_year": 2018}
    judged = judge(row | {"direction": "up"}, row | {"direction": "down"})
    assert judged["final_rate_verdict"].tolist() == ["reached", ""]


def test_without_a_final_year_the_ratio_to_the_final_target_concludes_nothing():
    row = {"direction": "up", "actual": 5, "final_target": 10, "fiscal_year": 2020}
    assert judge(row)["final_rate_verdict"].tolist() == [""]


def test_growth_is_on_track_from_95_percent_and_close_from_60():
    # 4 %, 3 % and 1 % a year where 4 % a year is needed; 0.95, 0.75 and 0.25 of it
    base = {"direction": "up", "baseline": 100.0, "final_target": 100 * 1.04**5} | YEARS
    rows = [base | {"actual": 100 * g**3} for g in (1.0381, 1.03, 1.01, 0.99)]
    assert judge(*rows)["cagr_rate_verdict"].tolist() == ["reached", "close", "short", "away"]


@pytest.mark.parametrize(
    ("actual", "verdict"), [(100, "reached"), (99.9, "close"), (80, "close"), (79.9, "short")]
)
def test_bands_are_closed_at_their_lower_end(actual, verdict):
    row = {"direction": "up", "target": 100, "actual": actual, "fiscal_year": 2018}
    assert judge(row)["achievement_rate_verdict"].tolist() == [verdict]


def test_one_reading_alone_was_compared_with_no_other():
    row = {"direction": "up", "target": 100, "actual": 120, "fiscal_year": 2018}
    judged = judge(row).iloc[0]
    assert (judged["depends_on_formula"], judged["readings"]) == ("single", 1)


def test_one_reading_that_contradicts_the_comparison_of_actual_and_target_depends_on_the_formula():
    row = {"direction": "down", "target": 580, "actual": 586, "fiscal_year": 2018}
    assert judge(row)["depends_on_formula"].tolist() == ["yes"]


def test_the_ends_of_what_the_readings_say_are_named():
    # つくば市 ④-4: 148 of 200 from 170 is 74.0 % or -73.3 %
    row = {"direction": "up", "baseline": 170, "target": 200, "actual": 148, "fiscal_year": 2018}
    judged = judge(row).iloc[0]
    assert judged[["lowest_reading", "highest_reading"]].tolist() == [
        "progress_rate",
        "achievement_rate",
    ]
    assert (judged["lowest_rate"], judged["highest_rate"]) == (pytest.approx(-22 / 30), 0.74)


def test_a_falling_kpi_exactly_at_its_final_target_is_reached_before_its_year():
    row = {"direction": "down", "actual": 967, "final_target": 967}
    judged = judge(row | {"fiscal_year": 2020, "final_year": 2022})
    assert judged["final_rate_verdict"].tolist() == ["reached"]


def test_a_rate_of_part_of_the_year_concludes_nothing():
    row = {"direction": "up", "target": 100, "actual": 75, "as_of": "2018-09-30"}
    judged = judge(row | {"fiscal_year": 2018, "aggregation": "single_year"})
    assert judged["achievement_rate_verdict"].tolist() == [""]
    assert judged["depends_on_formula"].tolist() == ["unknown"]


@pytest.mark.parametrize(
    "cells",
    [
        {"direction": "unknown", "target": 5, "actual": 10},  # bicycles left in the street
        {"actual_status": "planned"},
        {"aggregation": "level", "as_of": "2018-09-30"},
        {"aggregation": "level", "as_of": "2018-09-30", "baseline": 50},
        {"aggregation": "single_year", "as_of": "2018-09-30", "unit": "％"},
    ],
)
def test_no_reading_says_reached_of_what_cannot_be_judged(cells):
    row = {"direction": "up", "target": 60, "actual": 65, "fiscal_year": 2018}
    judged = judge(row | {"actual_status": "final", "aggregation": "single_year"} | cells)
    assert judged["reached"].tolist() == ["unknown"]
    assert verdicts(judged.iloc[0]) == [""] * 5
    assert judged["depends_on_formula"].tolist() == ["unknown"]


def test_a_count_that_is_enough_within_the_year_is_reached_by_its_reading():
    row = {"direction": "up", "target": 60, "actual": 65, "as_of": "2018-09-30", "unit": "人"}
    judged = judge(row | {"fiscal_year": 2018, "aggregation": "single_year"})
    assert judged["achievement_rate_verdict"].tolist() == ["reached"]


def test_without_an_actual_nothing_is_concluded():
    row = {"direction": "up", "baseline": 1, "target": 100, "actual": None, "fiscal_year": 2018}
    judged = judge(row)
    assert verdicts(judged.iloc[0]) == [""] * 5
    assert judged["depends_on_formula"].tolist() == ["unknown"]


@settings(max_examples=50)
@given(st.floats(0.1, 1000), st.floats(0.1, 1000))
def test_a_rising_kpi_from_zero_has_one_verdict_by_both_rates(target, actual):
    row = {"direction": "up", "baseline": 0.0, "target": target, "actual": actual}
    judged = judge(row | {"fiscal_year": 2018}).iloc[0]
    assert judged["achievement_rate_verdict"] == judged["progress_rate_verdict"]
    assert judged["depends_on_formula"] == "no"


def test_conclusions_that_depend_on_the_formula_are_counted_and_named():
    kpis = add_verdicts(add_achievement(H30.assign(kpi=H30["kpi_id"], unit="件")))
    found = count_dependence(kpis)
    assert (found.kpis, found.compared, found.split) == (7, 7, [])
    assert [row["kpi"] for row in found.degree] == ["④-4"]
    assert found.same == 7
    assert found.single == found.judged == found.silent == 0
    assert not found.on_course


def test_of_kpis_without_a_reading_those_known_to_have_reached_their_target_are_told_apart():
    kpis = pd.DataFrame(
        {
            "kpi": list("abcd"),
            "depends_on_formula": ["yes", "unknown", "unknown", "single"],
            "reached": ["no", "yes", "unknown", "no"],
            "reached_note": "",
        }
    )
    found = count_dependence(kpis)
    assert (found.split, found.judged, found.silent, found.single) == (["a"], 1, 1, 1)


def test_actual_and_target_say_something_else_only_where_all_readings_are_on_one_side():
    sides = {"lowest_rate": 0.4, "highest_rate": 0.9, "reached": "yes"}
    assert is_against_comparison(sides)
    assert not is_against_comparison(sides | {"highest_rate": 1.2})
    assert not is_against_comparison(sides | {"reached": "unknown"})


def test_a_note_that_several_readings_share_is_one_group():
    notes = dict.fromkeys([f"{name}_note" for name in RATES], "")
    notes |= {"progress_rate_note": "no_baseline", "pace_rate_note": "no_baseline"}
    assert group_notes(notes) == {"no_baseline": ["progress_rate", "pace_rate"]}


def test_only_a_rate_beyond_tenfold_either_way_is_doubtful():
    assert not has_doubtful_rates(pd.DataFrame({"progress_rate": [10.0, -10.0, None]}))
    assert has_doubtful_rates(pd.DataFrame({"progress_rate": [0.5, -10.1]}))
    assert not has_doubtful_rates(pd.DataFrame({"kpi": ["a"]}))


def test_the_rates_of_one_reading_lie_with_what_it_concludes():
    kpis = at_rates(0.5, 1.5).assign(progress_rate_note=["", "reads_reversed"])
    spread = spread_reading(kpis, "progress_rate")
    assert spread.figures.tolist() == [0.5, 1.5]
    assert spread.states.tolist() == ["no", "unknown"]  # one only seems to say it was reached
    assert (spread.total, spread.judged, spread.reached) == (2, 1, 0)
