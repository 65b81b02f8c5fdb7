"""Resampled means and the intervals of single figures, against published tables."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis import (
    DataError,
    add_achievement,
    add_intervals,
    bootstrap_mean_progress,
    estimate_count,
    estimate_share,
    load,
)

laws = settings(max_examples=15)


def kpis_of(*rates, program="hub"):
    return pd.DataFrame({"program_id": program, "progress_rate": list(rates)}, dtype=None).astype(
        {"progress_rate": "float64"}
    )


def resampled(kpis, **options):
    return bootstrap_mean_progress(kpis, by=["program_id"], resamples=999, **options)


# --- bootstrap_mean_progress ---


def test_the_interval_is_that_of_every_possible_resample():
    # Five KPIs, one of them at 1 and four at 0. By hand: the number of ones in a resample is
    # binomial (5, 1/5); P(0) = 0.328 > 2.5 %; P(at most 2) = 0.942, P(at most 3) = 0.993.
    row = bootstrap_mean_progress(kpis_of(0, 0, 1, 0, 0), by=["program_id"]).iloc[0]
    assert row[["mean_capped_low", "mean_capped_high"]].tolist() == [0.2, 0.2]
    assert row[["interval_low", "interval_high"]].tolist() == [0, 0.6]


def test_rates_are_capped_so_that_a_runaway_kpi_hides_no_failure():
    row = resampled(kpis_of(9, 1, 1, 0, -5)).iloc[0]
    assert row["mean_capped_low"] == 0.6
    assert 0 <= row["interval_low"] <= 0.6 <= row["interval_high"] <= 1


def test_an_unknown_kpi_widens_the_range_and_is_counted():
    known, unknown = kpis_of(0.4, 0.5, 0.6, 0.7, 0.8), kpis_of(0.4, 0.5, None, 0.7, 0.8)
    row = resampled(unknown).iloc[0]
    assert row[["kpis", "unknown"]].tolist() == [5, 1]
    assert row[["mean_capped_low", "mean_capped_high"]].round(9).tolist() == [0.48, 0.68]
    narrow = resampled(known).iloc[0]
    assert row["interval_low"] < narrow["interval_low"]
    assert row["interval_high"] > narrow["interval_high"]


def test_below_five_kpis_there_is_no_interval_but_still_the_mean():
    row = resampled(kpis_of(0.2, 0.4, 0.6, 0.8)).iloc[0]
    assert row["mean_capped_low"] == 0.5
    assert np.isnan(row["interval_low"]) and np.isnan(row["interval_high"])
    assert row["interval_note"] == "too_few_kpis"


def test_each_group_has_its_row_in_the_order_of_its_first_kpi():
    kpis = pd.concat([kpis_of(0, 1, program="z"), kpis_of(1, 1, 1, 1, 1, program="a")])
    table = resampled(kpis)
    assert table["program_id"].tolist() == ["z", "a"]
    assert table["interval_note"].tolist() == ["too_few_kpis", ""]
    assert table.loc[1, ["interval_low", "interval_high"]].tolist() == [1, 1]


def test_no_kpis_give_no_rows():
    assert resampled(kpis_of()).empty


def test_what_the_interval_rests_on_stands_beside_it():
    row = resampled(kpis_of(0, 1), level=0.9, seed=7).iloc[0]
    assert row[["level", "resamples", "seed"]].tolist() == [0.9, 999, 7]


@laws
@given(
    st.lists(st.none() | st.floats(-2, 2), min_size=5, max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_same_kpis_give_the_same_interval_in_any_order(rates, random):
    kpis = kpis_of(*rates)
    before = kpis.copy(deep=True)
    order = random.sample(range(len(kpis)), len(kpis))
    pd.testing.assert_frame_equal(resampled(kpis.iloc[order]), resampled(kpis))
    pd.testing.assert_frame_equal(kpis, before)


def test_tsukuba_h30_has_seven_kpis_with_six_at_or_above_their_capped_target(root):
    # By hand: 1, 0 (148 after 170), 406/436 for the migrants, and four times 1.
    kpis = add_achievement(load(root / "data", "082201", 2018).kpis)
    row = bootstrap_mean_progress(kpis).iloc[0]
    assert row["kpis"] == 7
    assert row["mean_capped_low"] == pytest.approx((5 + 406 / 436) / 7)
    assert row["interval_low"] < row["mean_capped_low"] < row["interval_high"] == 1


# --- estimate_share: Newcombe 1998, table I, method 3 ---


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_shares_have_the_published_wilson_interval(successes, n, low, high):
    assert np.round(estimate_share(successes, n), 4).tolist() == [low, high]


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_shares_have_the_interval_of_scipy(drawn):
    k, n = drawn
    interval = stats.binomtest(k, n).proportion_ci(method="wilson")
    assert np.allclose(estimate_share(k, n), (interval.low, interval.high), atol=1e-12)


@pytest.mark.parametrize(("successes", "n"), [(1, 0), (5, 4), (-1, 4), (1, None), (None, 4)])
def test_a_share_that_cannot_be_has_no_interval(successes, n):
    assert np.isnan(estimate_share(successes, n)).all()


# --- estimate_count: Garwood 1936, as in Ulm 1990 and common tables ---


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 3.689), (1, 0.025, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)],
)
def test_counts_have_the_published_poisson_interval(count, low, high):
    assert np.round(estimate_count(count), 3).tolist() == [low, high]


@given(st.integers(1, 10_000))
def test_the_ends_of_a_count_are_as_unlikely_as_they_should_be(count):
    low, high = estimate_count(count)
    assert stats.poisson.sf(count - 1, low) == pytest.approx(0.025)
    assert stats.poisson.cdf(count, high) == pytest.approx(0.025)


@pytest.mark.parametrize("count", [-1, 2.5, None])
def test_what_is_no_count_has_no_interval(count):
    assert np.isnan(estimate_count(count)).all()


# --- add_intervals ---


def intervals_of(**cells):
    row = {"unit": "件", "kpi_kind": "outcome", "actual": 10.0, "sample_size": None}
    row |= {"aggregation": "single_year"}
    return add_intervals(pd.DataFrame([row | cells]).astype({"sample_size": "Int64"})).iloc[0]


def test_a_share_with_its_sample_size_is_in_percent():
    # つくば市: 46.3％ of 110 answers, so about 51: Wilson by hand from 51/110 is 37.3 to 55.6.
    row = intervals_of(unit="％", actual=46.3, sample_size=110)
    assert row[["actual_low", "actual_high"]].astype(float).round(1).tolist() == [37.3, 55.6]
    assert row[["interval_method", "interval_note"]].tolist() == ["wilson", ""]


def test_a_count_of_outcomes_has_the_poisson_interval():
    for cells in ({"kpi_kind": "outcome"}, {"kpi_kind": "societal", "aggregation": "increment"}):
        row = intervals_of(**cells)
        assert row[["actual_low", "actual_high"]].astype(float).round(3).tolist() == [4.795, 18.39]
        assert row["interval_method"] == "poisson"


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ({"actual": np.nan}, "no_actual"),
        ({"unit": "％"}, "no_sample_size"),
        ({"unit": "％", "sample_size": 0}, "no_sample_size"),
        ({"unit": "％", "actual": 120.0, "sample_size": 9}, "not_a_share"),
        ({"unit": "％", "actual": -3.0, "sample_size": 9}, "not_a_share"),
        ({"kpi_kind": "activity"}, "activity_kpi"),
        ({"unit": "人", "actual": 354.0}, "not_events"),  # attendants, of 353 seats
        ({"unit": "社"}, "not_events"),  # members of a register
        ({"unit": "回", "actual": 225_115.0}, "not_events"),  # page views: one visitor, many pages
        ({"unit": "人", "kpi_kind": "societal"}, "not_events"),
        ({"unit": "件", "actual": 1.0, "direction": "milestone"}, "not_events"),  # done or not
        ({"aggregation": "cumulative"}, "cumulative_actual"),
        ({"aggregation": "unknown"}, "aggregation_unknown"),
        ({"kpi_kind": "unknown"}, "kind_unknown"),
        ({"unit": "千円"}, "money_kpi"),
        ({"unit": "社", "aggregation": "level"}, "level_kpi"),
        ({"unit": "ポイント"}, "not_a_count"),
        ({"unit": None}, "not_a_count"),
        ({"actual": 2.5}, "not_a_count"),
        ({"actual": -2.0}, "not_a_count"),
    ],
)
def test_where_nothing_can_be_said_the_interval_is_missing_for_a_reason(cells, note):
    row = intervals_of(**cells)
    assert row[["actual_low", "actual_high", "interval_method"]].isna().all()
    assert row["interval_note"] == note


def test_the_interval_of_an_estimated_actual_comes_with_a_remark():
    row = intervals_of(actual_status="estimated")
    assert row["interval_note"] == "actual_estimated"
    assert pd.notna(row["actual_low"])


def test_rows_and_columns_are_kept(root):
    kpis = load(root / "data").kpis
    before = kpis.copy(deep=True)
    table = add_intervals(kpis)
    pd.testing.assert_frame_equal(kpis, before)
    pd.testing.assert_frame_equal(table[list(kpis.columns)], kpis)
    given = table["actual_low"].notna()
    assert (table["interval_note"][~given] != "").all()
    assert (table["actual_low"][given] <= table["actual"][given]).all()


def test_a_level_in_percent_is_refused():
    for call in (lambda: estimate_share(51, 110, 95), lambda: estimate_count(16, 1.0)):
        with pytest.raises(DataError, match="is not between 0 and 1; write"):
            call()
