"""Two editions to be compared: two folders, or two sources of one."""

import pandas as pd
import pytest
from folders import CONSULTATIONS, JOB_FAIR, SOURCE, write

from analysis.dataset.pairs import load_pair
from analysis.errors import DataError

FINAL = SOURCE | {"source_id": "tsukuba_2018_final", "supersedes": "tsukuba_2018"}
LATER = {"source_id": "tsukuba_2018_final", "place": "p. 3"}


@pytest.fixture
def folder(tmp_path):
    """A folder with an edition and its final one, which has no row of programs of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    write(folder, "sources", SOURCE | {"supersedes": None}, FINAL)
    write(folder, "programs", JOB_FAIR)
    final = CONSULTATIONS | LATER | {"actual": 152, "actual_status": "final"}
    write(folder, "kpis", CONSULTATIONS, final)
    return folder


def test_two_sources_of_a_folder_are_loaded_each_as_if_it_stood_alone(folder):
    old, new = load_pair("tsukuba_2018", "tsukuba_2018_final", folder)
    assert [list(data.sources["source_id"]) for data in (old, new)] == [
        ["tsukuba_2018"],
        ["tsukuba_2018_final"],
    ]
    assert (old.kpis["actual"].tolist(), new.kpis["actual"].tolist()) == ([148], [152])
    assert old.revisions == new.revisions == {}
    assert [key[-1] for key in new.shown_years] == ["tsukuba_2018_final"]


def test_a_program_that_a_source_only_names_is_that_of_another_source(folder):
    _, new = load_pair("tsukuba_2018", "tsukuba_2018_final", folder)
    assert new.programs["program"].tolist() == ["合同就職面接会"]
    assert new.programs["source_id"].tolist() == ["tsukuba_2018"]


def test_two_folders_are_loaded_with_the_latest_word_on_each_figure(folder):
    old, new = load_pair(folder, folder)
    assert old.kpis["actual"].tolist() == new.kpis["actual"].tolist() == [152]


def test_wrong_sources_are_told_at_once_with_what_there_is_and_what_looks_like_them(folder):
    with pytest.raises(DataError) as told:
        load_pair("tsukuba_2081", "nowhere", folder)
    first, second = str(told.value).splitlines()
    there = "There is tsukuba_2018, tsukuba_2018_final."
    assert first == (
        f"tsukuba_2081: {folder} has no such source. {there} Did you mean tsukuba_2018?"
    )
    assert second == f"nowhere: {folder} has no such source. {there}"


def test_wrong_folders_are_told_at_once_with_what_stands_there_instead(folder):
    with pytest.raises(DataError) as told:
        load_pair(folder.parent / "date", folder.parent / "else")
    first, second = str(told.value).splitlines()
    assert "date: there is no such folder." in first
    assert "There is data. Did you mean data? Two sources of one folder are comp" in first
    assert "else: there is no such folder." in second


def test_the_problems_of_both_folders_are_told_at_once(folder, tmp_path):
    spoiled = tmp_path / "spoiled"
    spoiled.mkdir()
    kpis = pd.DataFrame([CONSULTATIONS | {"actual": "about 148"}])
    for name in ("sources", "programs"):
        (spoiled / f"{name}.csv").write_bytes((folder / f"{name}.csv").read_bytes())
    kpis.to_csv(spoiled / "kpis.csv", index=False)
    with pytest.raises(DataError) as told:
        load_pair(tmp_path / "absent", spoiled)
    assert "absent: there is no such folder" in str(told.value)
    assert "found 'about 148'" in str(told.value)
