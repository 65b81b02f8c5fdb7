"""`sosei init`: a study begins with one command, also where there is only the installed package."""

import os
import subprocess
import sys
import zipfile

import pytest
from hatchling.build import build_wheel

REPORT = ("--government", "082201", "--program", "job_fair", "--notebook", "program")


def test_what_was_made_and_what_follows_is_told(run, project):
    result = run("init", "my study")
    assert result.exit_code == 0
    assert result.output.splitlines()[1:] == [
        "  cd 'my study'",
        "  sosei run",
        "  (open outputs/index.html in a browser)",
    ]
    assert (project / "my study/082201_2019.xlsx").is_file()


def test_a_second_time_is_a_message(run, project):
    result = run("init", ".")
    assert result.exit_code == 1
    assert "already there, so nothing was written" in result.output
    assert not (project / "README.md").exists()


@pytest.mark.process
def test_an_installed_package_needs_no_project(root, tmp_path, monkeypatch):
    monkeypatch.chdir(root)
    wheel = build_wheel(str(tmp_path))
    with zipfile.ZipFile(tmp_path / wheel) as packed:
        packed.extractall(tmp_path / "installed")
    (tmp_path / "empty").mkdir()
    given = {"PYTHONPATH": str(tmp_path / "installed")}

    def start(*arguments):
        code = "import analysis.cli; print(analysis.__file__); analysis.cli.main()"
        command = [sys.executable, "-P", "-c", code, *arguments]
        return subprocess.run(
            command, cwd=tmp_path / "empty", env=os.environ | given, capture_output=True, text=True
        )

    begun = start("init", ".")
    assert begun.returncode == 0, begun.stderr
    assert str(tmp_path / "installed") in begun.stdout
    ran = start("run", *REPORT)
    assert ran.returncode == 0, ran.stderr
    assert "1 of 1 reports made" in ran.stdout
    made = tmp_path / "empty/outputs"
    assert (made / "2018/082201/job_fair/program.html").is_file()
    assert (made / "results/results.xlsx").is_file()
