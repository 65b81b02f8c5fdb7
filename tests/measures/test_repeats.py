"""KPIs that repeat another one's fact."""

import pandas as pd
import pytest

from analysis.measures.repeats import find_repeats, leave_out_repeats

TOWN = "082201"
JOBS = {"government_code": TOWN, "program_id": "plan", "kpi_id": "jobs", "fiscal_year": 2015}
JOBS |= {"kpi": "雇用創出数", "unit": "人", "aggregation": "single_year"}
JOBS |= {"target": 2000.0, "actual": 2748.0}
TOTAL = JOBS | {"kpi_id": "total", "kpi": "雇用創出数（累計）", "aggregation": "cumulative"}


@pytest.mark.parametrize(
    "name", ["雇用創出数（累計）", "雇用創出数 (累計)", "累計雇用創出数", "雇用創出数（延べ）"]
)
def test_a_total_of_one_year_repeats_the_figure_of_the_year(name):
    repeats = find_repeats(pd.DataFrame([JOBS, TOTAL | {"kpi": name}]))
    assert repeats.tolist() == ["", "plan/jobs"]


@pytest.mark.parametrize(
    "change",
    [
        {"kpi": "起業数"},
        {"unit": "社"},
        {"actual": 5163.0},
        {"actual": None},
        {"fiscal_year": 2016},
    ],
)
def test_another_fact_repeats_none(change):
    assert find_repeats(pd.DataFrame([JOBS, TOTAL | change])).tolist() == ["", ""]


def test_what_a_source_calls_the_same_counts_only_where_that_row_is_at_hand():
    again = JOBS | {"program_id": "fair", "kpi": "就職者数", "same_as": "plan/jobs"}
    assert find_repeats(pd.DataFrame([JOBS, again])).tolist() == ["", "plan/jobs"]
    assert find_repeats(pd.DataFrame([again])).tolist() == [""]
    left = leave_out_repeats(pd.DataFrame([JOBS, again]))
    assert left["program_id"].tolist() == ["plan"]


def test_rows_without_the_keys_of_kpis_repeat_none():
    rows = pd.DataFrame([{"target": 1.0, "actual": 1.0}] * 2)
    assert len(leave_out_repeats(rows)) == 2


@pytest.mark.parametrize("chain", [("b", "a"), ("b", "c", "a"), ("b", "c", "b")])
def test_rows_that_name_each_other_in_a_circle_leave_one_that_counts(chain):
    rows = [
        {"government_code": TOWN, "program_id": "p", "kpi_id": kpi_id, "fiscal_year": 2018}
        | {"same_as": f"p/{named}"}
        for kpi_id, named in zip("abc", chain, strict=False)
    ]
    repeats = find_repeats(pd.DataFrame(rows)).tolist()
    assert repeats.count("") == 1
