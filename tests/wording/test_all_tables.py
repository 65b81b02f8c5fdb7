"""What holds of every table that a reader sees."""

import pandas as pd
import pytest
from slices import MORIOKA, TSUKUBA, report

import analysis
from analysis.wording.labels import labels

SLICES = [
    (TSUKUBA, 2018),
    (TSUKUBA, 2018, "support_robot_trial"),
    (TSUKUBA, 2018, "job_fair"),
    (MORIOKA, 2021),
    (MORIOKA, 2022),
]


def all_tables(r):
    return {
        "program": analysis.tabulate_program(r.data.programs, r.data.budgets),
        "plan": analysis.tabulate_targets(r.kpis),
        "progress": analysis.tabulate_progress(r.kpis),
        "readings": analysis.tabulate_readings(r.kpis),
        "parts": analysis.tabulate_parts(r.parts),
        "costs": analysis.tabulate_costs(r.kpis),
        "audit": analysis.tabulate_audit(r.audit),
        "grades": analysis.tabulate_grades(r.audit),
        "observations": analysis.tabulate_observations(r.data.observations),
        "programs": analysis.tabulate_programs(r.comparison),
        "sources": analysis.tabulate_sources(r.data.sources),
        "rubric": analysis.tabulate_rubric(r.rubric),
    }


@pytest.mark.parametrize("which", SLICES)
def test_every_cell_is_text_without_a_sign_of_a_missing_value(which):
    for name, table in all_tables(report(*which)).items():
        for value in table.to_numpy().ravel():
            assert isinstance(value, str), (name, value)
            assert value not in ("nan", "None", "<NA>", "NaT"), name
            assert "nan" not in value, name


@pytest.mark.parametrize("which", SLICES)
def test_tables_of_kpis_and_judgements_keep_every_row_in_its_order(which):
    r = report(*which)
    tables = all_tables(r)
    for name in ("plan", "progress", "readings"):
        assert tables[name]["指標"].tolist() == r.kpis["kpi"].tolist()
    priced = r.kpis["cost_yen"].notna().any()
    assert len(tables["costs"]) == (len(r.kpis) if priced else 0)
    for name in ("audit", "grades"):
        assert tables[name]["場所"].tolist() == r.audit["place"].tolist()
    assert tables["programs"]["事業"].tolist() == r.comparison["program"].tolist()
    assert len(tables["parts"]) == len(r.parts)
    assert tables["observations"]["内容"].tolist() == r.data.observations["what"].tolist()


def test_tables_without_a_row_keep_their_headers():
    r = report(TSUKUBA, 2018)
    full = all_tables(r)
    empty = {
        "plan": analysis.tabulate_targets(r.kpis.iloc[:0]),
        "progress": analysis.tabulate_progress(r.kpis.iloc[:0]),
        "readings": analysis.tabulate_readings(r.kpis.iloc[:0]),
        "parts": analysis.tabulate_parts(r.parts.iloc[:0]),
        "audit": analysis.tabulate_audit(r.audit.iloc[:0]),
        "grades": analysis.tabulate_grades(r.audit.iloc[:0]),
        "observations": analysis.tabulate_observations(r.data.observations.iloc[:0]),
        "sources": analysis.tabulate_sources(r.data.sources.iloc[:0]),
    }
    for name, table in empty.items():
        assert list(table) == list(full[name]), name
        assert len(table) == 0, name


def test_no_table_changes_the_one_it_was_made_from():
    r = report(TSUKUBA, 2018)
    before = [t.copy() for t in (r.kpis, r.audit, r.parts, r.comparison, r.data.observations)]
    all_tables(r)
    after = (r.kpis, r.audit, r.parts, r.comparison, r.data.observations)
    for old, new in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(old, new)


KNOWN = ["program", "targets", "progress", "readings", "parts", "programs", "sources"]


@pytest.mark.parametrize("name", KNOWN)
def test_a_table_knows_its_name_by_which_it_has_a_caption(name):
    tables = all_tables(report(TSUKUBA, 2018))
    table = tables["plan" if name == "targets" else name]
    assert table.attrs["name"] == name
    assert name in labels("tables")


def test_only_where_a_kpi_stands_is_a_state():
    tables = all_tables(report(TSUKUBA, 2018))
    assert tables["progress"].attrs["states"] == ["結論"]
    assert tables["readings"].attrs["states"] == []
