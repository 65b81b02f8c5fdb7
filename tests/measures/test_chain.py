"""The chain of measures, once."""

import pandas as pd
import pytest
from slices import DATA, TSUKUBA

import analysis
from analysis.measures.chain import Measured, list_result_columns


@pytest.fixture(scope="module")
def data():
    return analysis.load(DATA, TSUKUBA, 2018)


def test_what_is_no_dataset_is_refused_with_what_to_do():
    with pytest.raises(analysis.DataError, match="measure expects what load returns, not 'data'"):
        analysis.measure("data")


def test_every_table_is_what_its_own_function_gives(data):
    measured = analysis.measure(data)
    kpis = analysis.add_costs(
        analysis.add_verdicts(analysis.add_achievement(data.kpis)), data.budgets
    )
    kpis = kpis.assign(repeats=analysis.find_repeats(kpis))
    kpis = analysis.add_ratings(kpis, data.ratings)
    pd.testing.assert_frame_equal(measured.kpis, kpis)
    comparison = analysis.compare_programs(data.program_years, data.programs, kpis, data.budgets)
    pd.testing.assert_frame_equal(measured.comparison, comparison)
    pd.testing.assert_frame_equal(
        measured.execution, analysis.add_execution(comparison, data.budgets)
    )
    pd.testing.assert_frame_equal(
        measured.audit,
        analysis.audit_published(kpis, data.ratings, data.rubrics, data.programs),
    )
    pd.testing.assert_frame_equal(
        measured.parts, analysis.list_parts(kpis, data.shown_programs, data.budgets)
    )


def test_nothing_is_computed_before_it_is_asked_for_and_nothing_twice(data):
    measured = analysis.measure(data)
    assert list(vars(measured)) == ["dataset"]
    assert measured.parts is measured.parts
    assert "audit" not in vars(measured)
    assert "comparison" not in vars(measured)


def test_the_results_hold_every_year_and_say_which_are_evaluated():
    data = analysis.load(DATA)
    results = analysis.measure(data).results
    programs, keys = results["programs"], ["government_code", "program_id", "fiscal_year"]
    pd.testing.assert_frame_equal(programs[keys], data.all_years, check_dtype=False)
    assert programs["is_evaluated"].sum() == len(data.program_years)
    assert len(results["kpis"]) == len(data.kpis)
    assert not {"progress", "grade"} & set(results["kpis"])


def test_a_slice_without_kpis_is_measured(data):
    measured = Measured(analysis.load(DATA, TSUKUBA, 2018, "youth_life_plan"))
    assert measured.kpis.empty
    assert measured.parts["kpi"].tolist() == ["not_in_source"]
    assert measured.evaluability["budget"].tolist() == ["held"]


def test_the_columns_of_the_results_are_known_without_data():
    results = analysis.measure(analysis.load(DATA)).results
    assert list_result_columns() == {name: list(table) for name, table in results.items()}
