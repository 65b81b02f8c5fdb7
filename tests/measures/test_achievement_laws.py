"""Laws of the readings of how far a KPI got, for any figures."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from laws import MIRROR, VALUES, YEARS, laws, tables

from analysis import (
    add_achievement,
)
from analysis.measures.kpis import AGAINST_BASELINE

RATES = ["achievement_rate", "progress_rate", "pace_rate", "final_rate", "cagr_rate"]

NOTES = [f"{rate}_note" for rate in RATES]


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
