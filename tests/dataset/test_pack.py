"""A packed folder is read, checked and measured as the one that it was made from."""

import pandas as pd
import pytest
from folders import BUDGET, CONSULTATIONS, JOB_FAIR, write
from pandas.testing import assert_frame_equal
from slices import DATA

from analysis import DataError, check, load, measure, pack
from analysis.dataset.files import read_table
from analysis.dataset.fingerprints import hash_rows
from analysis.dataset.packed import pack_table


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """The project's data, packed."""
    folder = tmp_path_factory.mktemp("packed") / "data"
    written = pack(DATA, folder)
    assert {path.suffix for path in written} == {".parquet", ".toml"}
    return folder


def test_the_packed_data_give_the_same_tables_and_hashes(packed):
    one, other = load(DATA), load(packed)
    for name, table in one.tables.items():
        assert_frame_equal(other.tables[name], table)
        assert_frame_equal(other.revisions[name], one.revisions[name])
    assert hash_rows(other.tables) == hash_rows(one.tables)
    assert other.hashes == one.hashes
    assert other.rubrics == one.rubrics
    assert other.shown_years == one.shown_years


def test_the_packed_data_give_the_same_results(packed):
    one, other = (measure(load(folder)) for folder in (DATA, packed))
    for name, table in one.results.items():
        assert len(table)
        assert_frame_equal(other.results[name], table)
    assert_frame_equal(other.audit, one.audit)
    assert_frame_equal(other.execution, one.execution)
    assert_frame_equal(other.coverage, one.coverage)


def test_the_packed_data_give_the_same_slice(packed):
    asked = {"government": "082201", "fiscal_year": 2018, "program": "job_fair"}
    for name, table in load(DATA, **asked).tables.items():
        assert_frame_equal(load(packed, **asked).tables[name], table)


def test_codes_stay_text_and_yen_whole(folder, tmp_path):
    write(folder, "budgets", BUDGET | {"amount_yen": 2**53 - 1})
    budgets = load(pack(folder, tmp_path / "packed")[0].parent).budgets
    assert budgets["government_code"].tolist() == ["082201"]
    assert budgets["amount_yen"].tolist() == [9_007_199_254_740_991]
    assert budgets["amount_yen"].dtype == "Int64"


def without_files(problems):
    return problems.assign(file=problems["file"].str.replace(r"\.(csv|parquet)$", "", regex=True))


def test_doubts_have_the_same_rows_and_columns_also_behind_an_empty_row(folder, tmp_path):
    write(folder, "kpis", CONSULTATIONS | {"actual": 2_001, "actual_printed": "'=", "memo": "!"})
    lines = (folder / "kpis.csv").read_text(encoding="utf-8").splitlines()
    (folder / "kpis.csv").write_text("\n".join([lines[0], "", "", lines[1]]), encoding="utf-8")
    pack(folder, tmp_path / "packed")
    found, same = check(folder), check(tmp_path / "packed")
    assert {"far_above_target", "unknown_column"} <= {*found["kind"]}
    assert 4 in found["row"].tolist()
    assert {*same["file"]} == {"kpis.parquet"}
    assert_frame_equal(without_files(same), without_files(found))


def test_errors_are_told_of_the_parquet_file_in_the_same_row_and_column(folder):
    write(folder, "kpis", CONSULTATIONS | {"actual": "約148"}, CONSULTATIONS | {"source_id": "no"})
    found = check(folder)
    (folder / "kpis.parquet").write_bytes(pack_table(read_table(folder / "kpis.csv")[0]))
    (folder / "kpis.csv").unlink()
    same = check(folder)
    assert {"bad_cell", "unknown_source"} <= {*found["kind"]}
    assert {*same["file"]} == {"kpis.parquet"}
    assert_frame_equal(without_files(same), without_files(found))
    with pytest.raises(DataError, match=r"kpis\.parquet row 2, column actual: found '約148'"):
        load(folder)


def test_what_another_program_writes_with_its_own_types_is_read_the_same(folder):
    before = load(folder)
    for name in ("budgets", "kpis", "sources"):
        table = before.tables[name]
        typed = table.assign(fiscal_year=table["fiscal_year"].astype("float64"))
        typed.to_parquet(folder / f"{name}.parquet")
        (folder / f"{name}.csv").unlink()
    after = load(folder)
    for name, table in before.tables.items():
        assert_frame_equal(after.tables[name], table)


def test_a_folder_with_errors_is_not_packed(folder, tmp_path):
    write(folder, "kpis", CONSULTATIONS | {"actual": "約148"})
    with pytest.raises(DataError, match=r"nothing was written\n.*'約148'"):
        pack(folder, tmp_path / "packed")
    assert not (tmp_path / "packed").exists()


def test_a_folder_with_csvs_is_not_written_into(folder, tmp_path):
    for target in (folder, DATA):
        with pytest.raises(DataError, match="Give another"):
            pack(folder, target)
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(DataError, match="is a file"):
        pack(folder, file)


def test_what_was_packed_before_is_replaced_whole(full, tmp_path):
    target = tmp_path / "packed"
    pack(full, target)
    assert len(load(target).observations) == 1
    (full / "observations.csv").unlink()
    write(full, "programs", JOB_FAIR | {"note": "new"})
    pack(full, target)
    assert load(target).programs["note"].tolist() == ["new"]
    assert not (target / "observations.parquet").exists()
    again = pack(target, tmp_path / "again")
    assert [path.read_bytes() for path in again] == [
        (target / path.relative_to(tmp_path / "again")).read_bytes() for path in again
    ]


def test_a_table_in_two_files_is_an_error_for_nothing_says_which_is_right(folder):
    (folder / "kpis.parquet").write_bytes(pack_table(read_table(folder / "kpis.csv")[0]))
    problems = check(folder)
    assert problems.loc[0, ["file", "found", "kind"]].tolist() == [
        "kpis.csv",
        "kpis.parquet beside it",
        "two_files",
    ]


@pytest.mark.parametrize("data", [b"", b"a,b\n"], ids=["empty", "csv"])
def test_what_is_no_parquet_file_is_an_error(folder, data):
    (folder / "kpis.csv").unlink()
    (folder / "kpis.parquet").write_bytes(data)
    assert check(folder)["kind"].tolist() == ["broken_parquet"]


def test_a_parquet_file_that_no_table_has_is_a_doubt(folder):
    pd.DataFrame({"a": [1]}).to_parquet(folder / "kpi.parquet")
    assert check(folder)[["file", "kind"]].to_numpy().tolist() == [["kpi.parquet", "unknown_file"]]
