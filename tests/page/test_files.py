"""Where a notebook's figures and tables go."""

import pytest

from analysis import DataError
from analysis.page.files import new_files


def test_files_are_named_after_the_report_and_stand_in_its_folder(report):
    png, svg = new_files("figures", "progress", "png", "svg")
    assert png == report / "figures" / "program_progress.png"
    assert svg == report / "figures" / "program_progress.svg"
    assert png.parent.is_dir()


def test_a_file_that_a_report_has_is_not_written_over(report):
    [file] = new_files("tables", "a", "csv")
    file.write_text("first")
    with pytest.raises(DataError, match="show_table: the name 'a' is used a second time"):
        new_files("tables", "a", "csv")


def test_without_a_run_files_go_to_the_projects_explore_and_may_be_written_again(
    project, monkeypatch
):
    monkeypatch.delenv("SOSEI_REPORT", raising=False)
    monkeypatch.chdir(project / "notebooks")
    for _ in range(2):
        [file] = new_files("tables", "t", "csv")
        file.write_text("again")
    assert file.resolve() == (project / "outputs" / "explore" / "tables" / "t.csv").resolve()
