"""Where a data folder is found."""

import pytest
from folders import replace_text, source, write_editions

from analysis import DataError, check, load
from analysis.dataset.locations import BESIDE_TABLES, hash_files


def test_a_folder_that_does_not_exist_is_an_error_that_says_which_folder_to_give(tmp_path):
    with pytest.raises(DataError, match=r"no such folder.*\n?.*programs\.csv") as error:
        check(tmp_path / "nowhere")
    assert str(tmp_path / "nowhere") in str(error.value)


def test_a_file_given_as_the_folder_is_an_error(full):
    with pytest.raises(DataError, match="this is a file"):
        check(full / "kpis.csv")


def test_what_is_loaded_hangs_on_tables_and_rubrics_of_either_kind_and_not_on_what_lies_beside(
    full,
):
    before = hash_files(full)
    for name in BESIDE_TABLES:
        (full / name).write_text("file\n", encoding="utf-8")
    assert hash_files(full) == before
    (full / "links.parquet").touch()
    assert hash_files(full) != before


def test_a_relative_folder_is_found_from_a_folder_below(copied, monkeypatch):
    replace_text(copied / "kpis.csv", ",170,", ",171,")
    deep = copied.parent / "notebooks" / "drafts"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert load("data", program="job_fair").kpis["baseline"].tolist() == [171]


def test_a_relative_folder_of_the_working_folder_goes_before_one_above(tmp_path, monkeypatch):
    near = tmp_path / "here" / "data"
    for folder, name in ((tmp_path / "data", "above"), (near, "near")):
        folder.mkdir(parents=True)
        write_editions(folder, source(name))
    monkeypatch.chdir(near.parent)
    assert load("data").sources["source_id"].tolist() == ["near"]


def test_a_folder_that_is_nowhere_is_an_error(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match="no_such_data: there is no such folder here or above"):
        load("no_such_data")
