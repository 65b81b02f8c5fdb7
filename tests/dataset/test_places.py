"""Where problems stand in the published source, and what is printed there."""

import csv

import pandas as pd
from folders import BUDGET, CONSULTATIONS, write

from analysis import check, ingest
from analysis.dataset.places import PLACES

LIST = "docs/examples/tsukuba_h30.xlsx"


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_of_typed_rows_the_source_the_place_the_text_and_the_value_are_told(full):
    write(full, "budgets", BUDGET | {"amount_printed": "3,870,000"})
    (problem,) = check(full).to_dict("records")
    assert problem["kind"] == "printed_differs"
    assert {name: problem[name] for name in PLACES} == {
        "subject": "合同就職面接会 / 2018",
        "source": "指標一覧",
        "source_file": "",  # 表題, the place of the source, is no file
        "place": "④-4",
        "printed": "3,870,000",
        "understood": "3780000",
    }


def test_a_status_has_the_text_of_its_figure(full):
    row = CONSULTATIONS | {"actual": "", "actual_status": "unpublished", "actual_printed": "集計中"}
    write(full, "kpis", row)
    problem = check(full).set_index("column").loc["actual_status"]
    assert (problem["printed"], problem["understood"]) == ("集計中", "unpublished")


def test_of_ingested_rows_the_cell_of_the_column_is_told_not_that_of_the_row(root, tmp_path):
    ingest(root / LIST, tmp_path / "list", "082201", "つくば市")
    edit(tmp_path / "list/kpis.csv", ",148,preliminary", ",9148,preliminary")
    problem = check(tmp_path / "list").iloc[0]
    assert (problem["column"], problem["understood"]) == ("actual", "9148")
    assert (problem["source_file"], problem["place"]) == ("tsukuba_h30.xlsx", "指標一覧!J9")
    assert problem["printed"] == "148"
    row = pd.read_csv(tmp_path / "list/kpis.csv", dtype="str").iloc[problem["row"] - 2]
    assert row["place"] == "指標一覧!I9"


def test_an_ingest_csv_that_is_no_table_of_ours_says_nothing(root, tmp_path):
    ingest(root / LIST, tmp_path / "list", "082201", "つくば市")
    edit(tmp_path / "list/kpis.csv", ",148,preliminary", ",9148,preliminary")
    with (tmp_path / "list/ingest.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["a", "b"])
    problem = check(tmp_path / "list").iloc[0]
    assert (problem["place"], problem["printed"]) == ("指標一覧!I9", "")


def test_of_a_whole_file_nothing_is_told(full):
    (full / "ratings.csv").unlink()
    (problem,) = check(full)[PLACES].to_dict("records")
    assert set(problem.values()) == {""}


def test_of_an_amount_without_items_the_cell_is_told_too(root, tmp_path):
    ingest(root / LIST, tmp_path / "list", "082201", "つくば市")
    edit(tmp_path / "list/budgets.csv", '3780000,"3,780,000"', "unknown,")
    problem = check(tmp_path / "list").set_index("kind").loc["bad_cell"]
    assert (problem["place"], problem["printed"]) == ("指標一覧!D9", "3,780,000")
