"""A large folder that was checked is not checked again before anything changes."""

import json

import pytest
from folders import replace_text
from pandas.testing import assert_frame_equal

from analysis import DataError, load
from analysis.dataset import checked, folder


@pytest.fixture
def large(copied, tmp_path, monkeypatch):
    """A folder that counts as large, and a cache of its own; with a doubt."""
    monkeypatch.setattr(checked, "LARGE", 0)
    monkeypatch.setenv(checked.CACHE_VARIABLE, str(tmp_path / "cache"))
    lines = (copied / "kpis.csv").read_text(encoding="utf-8").splitlines()
    lines = [lines[0] + ",memo", *(line + "," for line in lines[1:])]
    (copied / "kpis.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return copied


@pytest.fixture
def checks(monkeypatch):
    """The folders that are checked from now on."""
    made = []
    check = folder.check_folder
    monkeypatch.setattr(folder, "check_folder", lambda place: made.append(place) or check(place))
    return made


def load_anew(place):
    folder._kept.clear()
    return load(place)


def test_what_was_found_is_known_without_a_check(large, checks):
    first = load_anew(large)
    assert "unknown_column" in first.warnings["kind"].tolist()
    again = load_anew(large)
    assert len(checks) == 1
    assert_frame_equal(again.warnings, first.warnings)
    for name, table in first.tables.items():
        assert_frame_equal(again.tables[name], table)


def test_a_changed_table_rubric_or_name_is_checked(large, checks):
    load_anew(large)
    replace_text(large / "kpis.csv", ",148,", ",149,")
    assert 149 in load_anew(large).kpis["actual"].tolist()
    (large / "more.csv").touch()
    assert "unknown_file" in load_anew(large).warnings["kind"].tolist()
    (large / "rubrics" / "tsukuba.toml").write_text("level = 1", encoding="utf-8")
    with pytest.raises(DataError, match="tsukuba"):
        load_anew(large)
    assert len(checks) == 4


def test_another_day_or_version_is_checked(large, checks, monkeypatch):
    load_anew(large)
    monkeypatch.setattr(checked, "LIBRARIES", ("numpy",))
    load_anew(large)
    monkeypatch.setattr(checked, "OF_THE_CODE", (".py",))
    load_anew(large)
    assert len(checks) == 3


def test_errors_are_found_each_time(large, checks):
    replace_text(large / "kpis.csv", ",148,", ",約148,")
    for _ in range(2):
        with pytest.raises(DataError, match="約148"):
            load_anew(large)
    assert len(checks) == 2


@pytest.mark.parametrize("text", ["", "[]", '{"mark": 1}'], ids=["torn", "list", "other"])
def test_what_is_not_as_it_was_written_is_not_believed(large, checks, tmp_path, text):
    load_anew(large)
    [noted] = (tmp_path / "cache").rglob("*.json")
    noted.write_text(text, encoding="utf-8")
    load_anew(large)
    assert len(checks) == 2


def test_what_changed_while_it_was_checked_is_not_noted(large, tmp_path):
    found = load_anew(large).warnings
    [noted] = (tmp_path / "cache").rglob("*.json")
    before = json.loads(noted.read_text(encoding="utf-8"))
    checked.note_problems(large, "another", found.iloc[:0])
    assert json.loads(noted.read_text(encoding="utf-8")) == before


def test_a_small_folder_is_not_noted_and_a_cache_that_cannot_be_written_stops_nothing(
    large, tmp_path, monkeypatch
):
    (tmp_path / "cache").touch()
    assert len(load_anew(large).kpis)
    (tmp_path / "cache").unlink()
    monkeypatch.setattr(checked, "LARGE", 10**12)
    load_anew(large)
    assert not (tmp_path / "cache").exists()
