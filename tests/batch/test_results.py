"""The files of the results, read as others read them: the same types in each, the same bytes."""

import duckdb
import pandas as pd
import pytest
from slices import DATA

import analysis
from analysis.batch import results
from analysis.batch.outputs import RESULT_FILES
from analysis.batch.results import TABLES, WORKBOOK, write_results

GOSE = "292087"  # a code that begins with no 0: guessed from a CSV, it is a number


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The results of all of the real data."""
    place = tmp_path_factory.mktemp("results")
    write_results(analysis.measure(analysis.load(DATA)), place)
    return place


@pytest.fixture(scope="module")
def measured():
    return analysis.measure(analysis.load(DATA))


def test_all_files_are_there_and_no_other(folder):
    assert {file.name for file in folder.iterdir()} == {*RESULT_FILES, WORKBOOK}


def test_the_same_data_are_the_same_bytes(folder, measured, tmp_path):
    write_results(measured, tmp_path)
    for file in folder.iterdir():
        assert file.read_bytes() == (tmp_path / file.name).read_bytes(), file.name


def test_rows_name_what_they_are_about_and_what_they_were_made_from(folder):
    kpis = pd.read_parquet(folder / "kpis.parquet").set_index("program_id")
    row = kpis.loc["job_fair"]
    assert (row["government_code"], row["government"]) == ("082201", "つくば市")
    assert (row["program"], row["place"]) == ("合同就職面接会", "④-4")
    assert row["source"].startswith("平成30年度")
    assert row["sosei_version"] == "0.1.0"
    programs = pd.read_parquet(folder / "programs.parquet")
    evaluated = programs[programs["is_evaluated"]]
    assert evaluated["source"].notna().all()
    assert evaluated["government"].notna().all()


@pytest.mark.parametrize("name", TABLES)
def test_parquet_has_the_figures_as_they_were_computed(folder, measured, name):
    read = pd.read_parquet(folder / f"{name}.parquet")
    for column, values in measured.results[name].items():
        if pd.api.types.is_numeric_dtype(values.dtype):
            assert read[column].equals(values), column
            assert read[column].dtype == values.dtype
        else:
            there = values.astype("object").where(values.notna() & (values != ""), None)
            assert read[column].astype("object").where(read[column].notna(), None).equals(there)


@pytest.mark.parametrize("name", TABLES)
def test_duckdb_reads_codes_as_text_and_figures_as_numbers(folder, name):
    table = duckdb.sql(f"select * from '{folder / name}.parquet'")
    types = dict(zip(table.columns, map(str, table.types), strict=True))
    assert types["government_code"] == types["program_id"] == "VARCHAR"
    assert types["fiscal_year"] == "BIGINT"
    assert types["cost_yen"] in ("BIGINT", "DOUBLE")
    codes = {code for (code,) in table.project("government_code").fetchall()}
    assert {GOSE, "082201"} <= codes


@pytest.mark.parametrize("name", TABLES)
def test_a_csv_has_what_the_parquet_has(folder, name):
    whole = pd.read_parquet(folder / f"{name}.parquet")
    read = pd.read_csv(folder / f"{name}.csv", dtype=whole.dtypes.to_dict())
    pd.testing.assert_frame_equal(read, whole, check_exact=False, rtol=1e-15)


def test_every_column_is_in_the_codebook_in_both_languages(folder):
    book = pd.read_csv(folder / "codebook.csv")
    for name in TABLES:
        columns = pd.read_csv(folder / f"{name}.csv", nrows=0).columns.tolist()
        assert book.loc[book["table"] == name, "column"].tolist() == columns
    assert book.notna().all(axis=None)
    pd.testing.assert_frame_equal(book, analysis.codebook("results"), check_dtype=False)
    assert (book["label_ja"] != book["column"]).all()


def test_every_word_is_explained_and_stands_in_the_workbook_as_readers_know_it(folder):
    words = pd.read_csv(folder / "words.csv").set_index(["table", "column", "word"])
    assert words.loc[("kpis", "direction", "up"), "word_ja"] == "増やす"
    book = pd.read_csv(folder / "codebook.csv")
    coded = book[(book["unit_en"] == "words") & (book["column"] != "repeats")]
    for name, column in coded[["table", "column"]].itertuples(index=False, name=None):
        cells = pd.read_parquet(folder / f"{name}.parquet")[column].dropna().unique()
        for word in {word for cell in cells for word in cell.split()}:
            assert isinstance(words.loc[(name, column, word), "word_ja"], str)
    sheet = pd.read_excel(folder / WORKBOOK, sheet_name="指標", dtype=str, engine="calamine")
    assert set(sheet["指標の方向"]) <= {*words["word_ja"]}
    assert "level_kpi" not in set(sheet["単位当たりコストの注"])
    programs = pd.read_excel(folder / WORKBOOK, sheet_name="事業", engine="calamine")
    counted = pd.read_parquet(folder / "programs.parquet")["reached"]
    assert programs["到達した指標"].tolist() == counted.tolist()


def test_a_nation_has_no_workbook(measured, tmp_path, monkeypatch):
    monkeypatch.setattr(results, "MOST_CELLS", 1_000)
    write_results(measured, tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {*RESULT_FILES}
