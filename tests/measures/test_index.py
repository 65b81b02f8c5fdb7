"""What is counted of the programs of reports."""

import numpy as np
import pandas as pd
import pytest

from analysis import load, measure, sum_costs
from analysis.measures.index import COUNTS, Headline, count_headlines

TSUKUBA = ("082201", 2018)


@pytest.fixture(scope="module")
def measured(root):
    return measure(load(str(root / "data")))


def test_kpis_programs_and_costs_of_unlike_kinds_are_counted_apart(measured):
    # 総予算額 of つくば市 (H30) and amounts of unstated nature of 盛岡市 (R3)
    programs = measured.results["programs"]
    some = programs[programs["government_code"].isin(["082201", "032018"])]
    [found] = count_headlines(some, None, []).values()
    counts = pd.DataFrame(found.costs).groupby(["cost_basis"])["programs"].sum()
    assert counts.to_dict() == {"total": 7, "reported": 1}
    assert found.programs == len(some)
    assert found.reached + found.missed + found.unknown == found.kpis
    assert found.judged <= found.programs


def test_the_headline_of_tsukuba_is_that_of_the_printed_table(measured):
    keys = ["government_code", "fiscal_year"]
    found = count_headlines(measured.results["programs"], measured.audit, keys)[TSUKUBA]
    [cost] = found.costs
    # 7 KPIs of 7 programs, of which 5 reached their target; ④-4 is 概ね順調, though 148 < 170
    assert (found.kpis, found.reached, found.missed, found.unknown) == (7, 5, 2, 0)
    assert (found.programs, found.odd) == (7, 1)
    assert (cost["cost_yen"], cost["cost_basis"], cost["fiscal_year"]) == (
        37_660_800,
        "total",
        2018,
    )


@pytest.mark.parametrize(
    "by",
    [
        [],
        ["fiscal_year"],
        ["government_code"],
        ["government_code", "fiscal_year"],
        ["government_code", "fiscal_year", "program_id"],
    ],
)
def test_what_is_counted_of_all_at_once_is_what_each_slice_gives_alone(measured, by):
    programs = measured.results["programs"]
    found = count_headlines(programs, measured.audit, by)
    groups = programs.groupby(by) if by else [((), programs)]
    for key, rows in groups:
        told = found.pop(key)
        assert told.kpis == rows["kpis"].sum()
        assert told.reached == rows["reached"].sum()
        assert told.programs == len(rows)
        assert list(told.costs) == sum_costs(rows).to_dict("records")
    assert found == {}


def test_of_no_program_nothing_is_counted_and_an_empty_count_is_zero():
    typed = {
        "government_code": ["a"],
        "program_id": ["b"],
        "fiscal_year": [2018],
        "judged": [pd.NA],
    }
    counts = dict.fromkeys(COUNTS, pd.array([pd.NA], "Int64"))
    costs = {"cost_yen": pd.array([pd.NA], "Int64"), "cost_basis": [None], "cost_natures": [None]}
    rows = pd.DataFrame(typed | counts | costs).astype({"judged": "Int64"})
    assert count_headlines(rows, None, []) == {(): Headline(programs=1)}
    assert count_headlines(rows[:0], None, []) == {}
    audit = pd.DataFrame({**typed, "against": [""]})
    against = audit.assign(against=np.array(["grade"]))
    counted = [count_headlines(rows, table, [])[()].odd for table in (audit, against)]
    assert counted == [0, 1]
