"""A workbook is tried out beside the rows there are: only what is new is said of it."""

import pandas as pd
import pytest
from intake.filling import copy_last_year

from analysis.intake.facts import DOUBT, PROBLEM
from analysis.intake.store import read_folder
from analysis.intake.template import About
from analysis.intake.template_names import Filled
from analysis.intake.template_trial import find_hand_changes, try_out

TRACE = {"source_id": "new_2019", "place": "1", "inferred": ""}
OF = {"government_code": "082201", "program_id": "job_fair"}
SOURCE = {"source_id": "new_2019", "publisher": "つくば市", "title": "一覧", "fiscal_year": "2019"}
SOURCE |= {"place": "表題", "inferred": ""}
PROGRAM = OF | {"government": "つくば市", "program": "合同就職面接会"} | TRACE
KPI = OF | {
    "kpi_id": "matching_consultations",
    "fiscal_year": "2019",
    "kpi": "合同就職面接会におけるマッチング相談件数",
    "unit": "件",
    "kpi_kind": "outcome",
    "direction": "up",
    "aggregation": "unknown",
    "actual": "176",
    "actual_status": "final",
}
KPI |= TRACE


@pytest.fixture
def folder(root, tmp_path):
    return copy_last_year(root / "data", tmp_path / "data")


def typed(**kpi):
    filled = Filled(About("082201", "つくば市", 2019, 2018))
    filled.rows = {"sources": [SOURCE], "programs": [PROGRAM], "kpis": [KPI | kpi]}
    filled.cells = {
        ("sources", 0): {"title": "資料!B7"},
        ("programs", 0): {"program": "事業!A7"},
        ("kpis", 0): {"program": "指標!A7", "actual": "指標!I7", "baseline": "指標!E7"},
    }
    return filled


def asked(filled, folder):
    facts = try_out(filled, read_folder(folder), folder)
    return [(f.outcome, f.place, f.printed, f.note.partition(": ")[0]) for f in facts]


def test_rows_that_fit_are_asked_nothing(folder):
    assert asked(typed(), folder) == []


def test_a_doubt_names_the_cell_and_what_stands_in_it(folder):
    assert asked(typed(actual="1760"), folder) == [(DOUBT, "指標!I7", "1760", "tenfold")]
    assert asked(typed(baseline="107"), folder) == [(DOUBT, "指標!E7", "107", "baseline_changes")]


def test_an_error_is_a_problem(folder):
    assert asked(typed(actual_status="unknown"), folder)[0][0] == PROBLEM


def test_what_was_wrong_before_is_not_asked_again(folder):
    kpis = folder / "kpis.csv"
    text = kpis.read_text(encoding="utf-8")
    kpis.write_text(text.replace(",4194,", ",9194,"), encoding="utf-8")  # above its target
    assert asked(typed(), folder) == []


def test_the_folder_itself_is_left_as_it_was(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    asked(typed(actual="1760"), folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_was_changed_by_hand_is_found_where_the_workbook_says_otherwise(folder):
    written, tables = read_folder(folder), read_folder(folder)
    written["kpis"] = pd.concat([written["kpis"], pd.DataFrame([KPI])]).fillna("")
    tables["kpis"] = pd.concat([tables["kpis"], pd.DataFrame([KPI | {"actual": "180"}])]).fillna("")
    assert list(find_hand_changes(typed(), written, written)) == []
    [fact] = find_hand_changes(typed(), tables, written)
    assert (fact.place, fact.note) == ("指標!I7", "changed_by_hand: kpis.csv actual 180")
    assert list(find_hand_changes(typed(actual="180"), tables, written)) == []


def test_what_the_workbook_has_no_column_for_stays_as_people_wrote_it(folder):
    tables = read_folder(folder)
    note = {"note": "会場が変わった。"}
    tables["programs"] = pd.concat([tables["programs"], pd.DataFrame([PROGRAM | note])]).fillna("")
    filled = typed()
    assert list(find_hand_changes(filled, tables, None)) == []
    assert filled.rows["programs"][0]["note"] == "会場が変わった。"
