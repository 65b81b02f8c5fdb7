"""The command line starts at once, and writes over nothing that it reads."""

import os
import subprocess
import sys
from importlib.metadata import version

import pytest


def test_what_is_read_is_never_written_over(run, project):
    before = {path.name: path.read_bytes() for path in (project / "data").glob("*.csv")}
    (project / "list.csv").write_text("事業名,指標,実績値\n講座,参加者,3\n", encoding="utf-8")
    for command in (
        ("check", "data", "--csv", "data/kpis.csv"),
        ("check", "data", "--html", "data/deeper/found.html"),
        ("check", "list.csv", "--csv", "list.csv"),
        ("diff", "data", "data", "--csv", "./data/kpis.csv"),
        ("diff", "a", "b", "--data", "data", "--html", "data/diff.html"),
    ):
        result = run(*command)
        assert result.exit_code == 1
        assert "would be written into what is read" in result.output
    assert {path.name: path.read_bytes() for path in (project / "data").glob("*.csv")} == before


def test_the_version_is_that_of_the_package(run):
    told = run("--version")
    assert (told.exit_code, told.output) == (0, f"sosei {version('sosei')}\n")


@pytest.mark.process
@pytest.mark.parametrize("command", ["list", "check", "plan", "run"])
def test_where_nobody_reads_on_it_ends_without_a_word(project, write_notebook, command):
    write_notebook("own", "1")
    nobody, pipe = os.pipe()
    os.close(nobody)
    script = "from analysis.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", script, command], stdout=pipe, stderr=subprocess.PIPE
    )
    os.close(pipe)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.process
def test_help_starts_without_pandas_matplotlib_or_jupyter():
    script = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from analysis.cli import app\n"
        "assert 'check' in CliRunner().invoke(app, ['--help']).output\n"
        "assert 'sosei' in CliRunner().invoke(app, ['--version']).output\n"
        "print(*{name.partition('.')[0] for name in sys.modules})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    heavy = {"pandas", "numpy", "matplotlib", "papermill", "nbconvert", "jupyter_client"}
    assert not heavy & set(done.stdout.split())
