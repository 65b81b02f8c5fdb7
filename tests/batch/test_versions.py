"""What makes reports: which files of the package count, and what is not there."""

from analysis import environment
from analysis.batch.versions import (
    find_versions,
    hash_notebook,
    hash_template,
    hash_variables,
    list_code,
)


def test_code_of_the_command_and_of_the_runner_is_no_part_of_a_report(root):
    named = {file.relative_to(environment.PACKAGE).as_posix() for file in list_code()}
    assert {"measures/achievement.py", "page/pieces.py", "page/figures.py"} <= named
    assert not {"cli/app.py", "batch/run.py"} & named


def test_pages_with_code_have_another_hash(root):
    assert hash_template(True) != hash_template(False)


def test_what_is_not_there_is_told_from_what_is_empty(tmp_path, monkeypatch):
    assert hash_notebook(tmp_path / "none.ipynb") == ""
    monkeypatch.setenv("TOWN", "")
    monkeypatch.delenv("CITY", raising=False)
    found = hash_variables(["TOWN", "CITY"])
    assert found["CITY"] == ""
    assert found["TOWN"] != ""
    assert find_versions(["no-such-library"])["no-such-library"] == "none"
