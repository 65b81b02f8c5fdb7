"""A data folder that was read is kept until a file in it changes."""

from pathlib import Path

import pytest
from folders import replace_text
from pandas.testing import assert_frame_equal
from slices import DATA

from analysis import DataError, load


def test_a_changed_file_is_read_again(copied):
    assert load(copied, program="job_fair").kpis["actual"].tolist() == [148]
    replace_text(copied / "kpis.csv", ",148,", ",149,")
    assert load(copied, program="job_fair").kpis["actual"].tolist() == [149]
    (copied / "ratings.csv").unlink()
    assert load(copied).ratings.empty
    replace_text(copied / "rubrics" / "tsukuba.toml", 'level = "program"', 'level = "plan"')
    with pytest.raises(DataError, match=r"rubrics/tsukuba\.toml"):
        load(copied)


def test_a_file_that_has_not_changed_is_not_read_again(copied, monkeypatch):
    before = load(copied)
    monkeypatch.setattr(Path, "read_text", None)
    monkeypatch.setattr(Path, "read_bytes", None)
    assert_frame_equal(load(copied).kpis, before.kpis)


def test_a_folder_with_errors_is_an_error_each_time_until_it_is_mended(two, copied):
    replace_text(copied / "kpis.csv", ",148,", ",約148,")
    for _ in range(2):
        with pytest.raises(DataError, match="'約148'"):
            load(copied)
    replace_text(copied / "kpis.csv", ",約148,", ",148,")
    assert len(load(copied).kpis) == len(two.kpis)


@pytest.mark.parametrize("asked", [{}, {"government": "082201"}, {"program": "job_fair"}], ids=str)
def test_whatever_is_done_to_a_dataset_the_next_one_is_as_the_files_are(asked):
    expected = load(DATA, **asked)
    spoiled = load(DATA, **asked)
    for table in spoiled.tables.values():
        for column in table:
            values = table[column].array
            values[:] = values[:1].take([0] * len(values)) if column == "place" else None
        table.columns.name = "spoiled"
        del table[table.columns[-2]]
    spoiled.programs.index.name = "spoiled"
    spoiled.rubrics["tsukuba"]["grades"].clear()
    spoiled.rubrics.pop("tama")
    spoiled.warnings.loc[0, "file"] = "spoiled"
    again = load(DATA, **asked)
    for name, table in expected.tables.items():
        assert_frame_equal(again.tables[name], table)
        assert again.tables[name].columns.name is None
    assert again.programs.index.name is None
    assert again.rubrics == expected.rubrics
    assert len(again.rubrics["tsukuba"]["grades"]) > 0
    assert again.warnings.empty
