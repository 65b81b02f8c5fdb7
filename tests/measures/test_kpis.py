"""What a row of KPIs is: not due, of part of a year, in words."""

import numpy as np
import pandas as pd
import pytest
from laws import rate

from analysis import (
    DataError,
    add_achievement,
)


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


def test_a_planned_actual_is_no_result():
    rated = rate(direction="up", target=100, actual=120, actual_status="planned")
    assert (rated["reached"], rated["reached_note"]) == ("unknown", "planned_actual")
    assert rated["achievement_rate_note"] == "planned_actual"


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


def test_cells_that_are_no_figures_or_words_are_refused_by_name():
    kpis = pd.DataFrame({"direction": ["UP"], "actual": ["推4,600"], "target": [4630.0]})
    with pytest.raises(DataError) as refused:
        add_achievement(kpis)
    assert "column actual: '推4,600' is not a number" in str(refused.value)
    assert "column direction: 'UP' is not one of up, down" in str(refused.value)


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


def test_words_are_read_alike_whatever_order_their_categories_have():
    kpis = pd.DataFrame(
        {
            "direction": ["up", "down", "keep_within", None],
            "target_bound": [None, "at_most", None, "about"],
            "baseline": 1.0,
            "target": [10.0, 4.0, 5.0, 8.0],
            "actual": [5.0, 3.0, 6.0, 7.0],
        }
    )
    by_letters = kpis.astype({"direction": "category", "target_bound": "category"})
    expected = add_achievement(kpis).drop(columns=["direction", "target_bound"])
    rated = add_achievement(by_letters).drop(columns=["direction", "target_bound"])
    pd.testing.assert_frame_equal(rated, expected)
