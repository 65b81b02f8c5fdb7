"""What functions say of a table they cannot use, before they compute anything."""

import pandas as pd
import pytest
from slices import DATA

import analysis
from analysis import DataError
from analysis.measures.needs import check_table


@pytest.fixture(scope="module")
def data():
    return analysis.load(DATA, "082201", 2018)


def test_japanese_headers_are_named_with_the_columns_they_are():
    given = pd.DataFrame({"目標": [10], "実績": [5], "方向": ["up"]})
    with pytest.raises(DataError) as error:
        analysis.add_achievement(given)
    assert str(error.value) == (
        "kpis has no column actual, direction nor one of target, final_target, target_bound, "
        "final_target_bound. Did you mean 実績 → actual, 方向 → direction, 目標 → target? Rename "
        "them with .rename(columns=...). There are: 目標, 実績, 方向."
    )


@pytest.mark.parametrize(
    ("header", "column"),
    [("実績値", "actual"), ("現状値", "baseline"), ("指標名", "kpi"), ("actaul", "actual")],
)
def test_a_header_near_a_column_is_named(header, column):
    with pytest.raises(DataError, match=f"{header} → {column}"):
        check_table(pd.DataFrame({header: [1]}), "kpis", column)


def test_another_table_of_the_dataset_is_recognized(data):
    with pytest.raises(DataError, match=r"looks like budgets; give dataset\.kpis"):
        analysis.add_achievement(data.budgets)
    with pytest.raises(DataError, match=r"looks like kpis; give dataset\.budgets"):
        analysis.find_cost_basis(data.kpis)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (pd.Series([1.0]), "one row or column"),
        ({"actual": [1]}, r"Write pd\.DataFrame"),
        ([1, 2], r"Write pd\.DataFrame"),
        ("kpis", "not a table"),
        (None, "not a table"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_give(given, said):
    with pytest.raises(DataError, match=said):
        analysis.add_achievement(given)


def test_a_whole_dataset_is_refused_with_the_table_to_give(data):
    with pytest.raises(DataError, match=r"dataset\.kpis"):
        analysis.add_achievement(data)


def test_a_column_that_a_function_adds_is_named_with_that_function(data):
    with pytest.raises(DataError, match="progress_rate is added by add_achievement"):
        analysis.bootstrap_mean_progress(data.kpis)


def test_a_table_with_what_is_needed_passes_whatever_else_is_in_it():
    given = pd.DataFrame({"a": [1], "b": [2], "c": [3]})
    check_table(given, "any", "a b")
    check_table(given, "any", "a", either="x c")
    check_table(given.iloc[:0], "any", "a b c")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("nagano", r"found 'nagano'; give one, such as dataset\.rubrics\['nagano'\]"),
        (None, r"found None; give one, such as dataset\.rubrics\['name'\]"),
        ({"nagano": {"inputs": [], "rules": []}}, r"1 rubrics; give .*\['nagano'\]"),
        ({"grades": []}, "a dict without inputs and rules"),
    ],
)
def test_what_is_no_rubric_is_refused_with_what_to_give(data, given, said):
    with pytest.raises(DataError, match=said):
        analysis.apply_rubric(data.kpis, given)


def test_what_are_no_rubrics_or_no_dataset_or_no_name_is_refused(data):
    kpis = analysis.add_achievement(data.kpis)
    with pytest.raises(DataError, match=r"'NoneType'; give dataset\.rubrics"):
        analysis.list_grades(kpis, None)
    with pytest.raises(DataError, match=r"'list'; give dataset\.rubrics"):
        analysis.audit_published(kpis, data.ratings, [])
    with pytest.raises(DataError, match="give what load returns"):
        analysis.list_revisions(data.kpis)
    with pytest.raises(DataError, match="no table 'None'"):
        analysis.codebook(None)


KPIS_GONE = pd.DataFrame({"事業": ["面接会"]})


@pytest.mark.parametrize(
    "call",
    [
        lambda t: analysis.add_achievement(t),
        lambda t: analysis.add_reversed_ratio(t),
        lambda t: analysis.assume_baseline_year(t, t),
        lambda t: analysis.count_reached(t),
        lambda t: analysis.add_verdicts(t),
        lambda t: analysis.find_cost_basis(t),
        lambda t: analysis.add_costs(t, t),
        lambda t: analysis.rank_unit_costs(t),
        lambda t: analysis.add_execution(t, t),
        lambda t: analysis.compare_programs(t, t, t, t),
        lambda t: analysis.place_on_plane(t),
        lambda t: analysis.simulate_order(t, t),
        lambda t: analysis.bootstrap_mean_progress(t),
        lambda t: analysis.add_intervals(t),
        lambda t: analysis.fit_trends(t),
        lambda t: analysis.add_cumulative(t, t),
        lambda t: analysis.sum_costs(t),
        lambda t: analysis.find_repeats(t),
        lambda t: analysis.compare_years(t, t, t),
        lambda t: analysis.list_changed_targets(t),
        lambda t: analysis.list_grades(t, {}),
        lambda t: analysis.find_rubric(t, {}),
        lambda t: analysis.add_ratings(t, t),
        lambda t: analysis.audit_published(t, t, {}),
        lambda t: analysis.audit_rates(t, t),
        lambda t: analysis.count_agreement(t, {}),
        lambda t: analysis.measure_agreement(t, {}),
        lambda t: analysis.list_parts(t, t, t),
        lambda t: analysis.rate_evaluability(t, t, t),
        lambda t: analysis.share_evaluability(t, ["fiscal_year"]),
        lambda t: analysis.find_grouping(t),
        lambda t: analysis.count_instruments(t),
        lambda t: analysis.count_flags(t),
        lambda t: analysis.list_terms(t),
        lambda t: analysis.list_frames(t),
        lambda t: analysis.list_capacity(t),
        lambda t: analysis.cover_items(t, t, t, t, t, t),
        lambda t: analysis.trace_programs(t, t, t),
        lambda t: analysis.trace_grants(t),
        lambda t: analysis.share_funding(t),
        lambda t: analysis.audit_execution(t),
        lambda t: analysis.audit_unit_costs(t, t),
    ],
)
def test_every_function_says_what_it_misses_and_never_answers_with_nothing(call):
    with pytest.raises(DataError, match=r"has no column .*\. There are: 事業\."):
        call(KPIS_GONE)
    with pytest.raises(DataError, match="not a table"):
        call({"actual": [1]})
