"""By which rate KPIs are drawn, in what order, and between which rates they lie."""

import pytest
from made import some_kpis

from analysis.measures.scale import choose_scale, find_rate_range, list_progress

MISSING = float("nan")
WITHOUT_BASELINE = {"baseline": MISSING}
FALLING = {"direction": "down", "target": 80.0, "actual": 90.0}
PART = {"aggregation": "single_year", "actual": 210.0, "as_of": "2018-09-30"}


def test_progress_is_the_scale_where_any_kpi_has_it_else_the_ratio_of_those_that_should_rise():
    assert choose_scale(some_kpis({}, WITHOUT_BASELINE)) == "progress_rate"
    assert choose_scale(some_kpis(WITHOUT_BASELINE)) == "achievement_rate"
    assert choose_scale(some_kpis(WITHOUT_BASELINE | FALLING)) is None


def test_kpis_stand_by_their_rate_and_those_without_one_last_with_the_reason():
    kpis = some_kpis({"actual": 120.0}, {"actual": MISSING}, {"actual": 190.0})
    rows = list_progress(kpis)
    assert [row["kpi_id"] for row in rows] == ["k2", "k0", "k1"]
    assert [row["shown"] for row in rows[:2]] == pytest.approx([0.9, 0.2])
    assert rows[2]["why"] == "no_actual"
    assert list_progress(some_kpis(WITHOUT_BASELINE | FALLING)) == []


def test_a_ratio_read_reversed_is_not_shown_beside_others():
    rows = list_progress(some_kpis(WITHOUT_BASELINE, WITHOUT_BASELINE | FALLING))
    assert rows[0]["shown"] == pytest.approx(0.75)
    assert rows[1]["shown"] != rows[1]["shown"]


def test_the_range_leaves_out_part_of_a_year_and_reversed_ratios_and_counts_them():
    found = find_rate_range(some_kpis({"actual": 120.0}, {"actual": 190.0}, PART))
    assert (found.scale, found.part_year, found.reads_reversed) == ("progress_rate", 1, 0)
    assert (found.low, found.high) == pytest.approx((0.2, 0.9))
    found = find_rate_range(some_kpis(WITHOUT_BASELINE, WITHOUT_BASELINE | FALLING))
    assert (found.scale, found.low, found.reads_reversed) == ("achievement_rate", 0.75, 1)


def test_where_no_rate_is_left_there_is_no_scale():
    assert find_rate_range(some_kpis(PART)).scale is None
