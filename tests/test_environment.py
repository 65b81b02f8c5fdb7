"""What a notebook tells its run, and how files are named in it."""

import json
from pathlib import Path

import numpy as np

from analysis.environment import (
    READS_VARIABLE,
    ROOT_VARIABLE,
    is_reading_for_itself,
    name_file,
    reading_for_itself,
    tell_run,
)


def test_what_is_told_is_a_line_of_json_and_without_a_run_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv(READS_VARIABLE, raising=False)
    tell_run("warning", "nobody hears this")
    monkeypatch.setenv(READS_VARIABLE, str(tmp_path / "reads"))
    tell_run("slice", {"government": "082201", "fiscal_year": np.int64(2018)})
    tell_run("file", Path("図.csv"))
    lines = (tmp_path / "reads").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"slice": {"government": "082201", "fiscal_year": 2018}},
        {"file": "図.csv"},
    ]


def test_a_file_is_named_as_seen_from_the_projects_folder(tmp_path, monkeypatch):
    monkeypatch.delenv(ROOT_VARIABLE, raising=False)
    assert name_file("data/kpis.csv") == "data/kpis.csv"
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    assert name_file(tmp_path / "data/kpis.csv") == "data/kpis.csv"
    assert name_file(tmp_path.parent / "other.csv") == "../other.csv"


def test_reading_for_itself_ends_with_the_outermost(monkeypatch):
    with reading_for_itself():
        with reading_for_itself():
            pass
        assert is_reading_for_itself()
    assert not is_reading_for_itself()
