"""Kernels: what each begins with, and where it leaves what is temporary."""

import ast
import os
from pathlib import Path

import psutil
import pytest
from running import (
    EVERY_PROGRAM,
    GOOD,
    ONE,
    begin_with,
    lasting,
    wait_until,
)

from analysis.batch.local import BEGIN
from analysis.batch.verify import read_lasting

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked here"),
]

PROGRAMS = ("job_fair", "youth_life_plan")

TWO = [word for program in PROGRAMS for word in ("--program", program)]

BEGINS_WITH = """
import os, random, sys, numpy, matplotlib.pyplot as plt
begins_with = {
    "draws": [random.random(), numpy.random.random()],
    "folder": os.getcwd(),
    "figures": plt.get_fignums(),
    "arguments": sys.argv[1:2],
    "hash_seed": os.environ["PYTHONHASHSEED"],
    "order": list(set("abcdefgh")),
    "town": os.environ["TOWN"],
    "names": sorted({"dataset", "figure", "np", "pd"} & set(globals())),
}
print(begins_with)
""".strip()

REPORT = """
import analysis as sosei
dataset = sosei.load("data", government, fiscal_year, program)
kpis = sosei.add_verdicts(sosei.add_achievement(dataset.kpis))
sosei.show_figure(sosei.plot_progress, kpis)
""".strip()

WHERE = """
import os, tempfile
print([tempfile.gettempdir(), os.path.isdir(tempfile.gettempdir()), os.environ["SOSEI_REPORT"]])
open(tempfile.mktemp(), "w").close()
""".strip()


def printed(output, name, cell):
    """What a cell of a notebook printed for each of the programs."""
    return {
        program: ast.literal_eval(
            read_lasting(output / f"2018/082201/{program}/{name}.ipynb").cells[cell].outputs[0].text
        )
        for program in PROGRAMS
    }


@pytest.mark.slow
def test_a_kernel_begins_with_its_own_job_and_nothing_of_another(
    sosei, project, write_notebook, monkeypatch
):
    monkeypatch.setenv("TOWN", "つくば")
    write_notebook("own", BEGINS_WITH, REPORT, parameters=EVERY_PROGRAM)
    assert sosei("run", *TWO, "--output", "forked", "--workers", "1").returncode == 0
    begun = printed(project / "forked", "own", 2)
    draws = [begun[program].pop("draws") for program in PROGRAMS]
    assert not set(draws[0]) & set(draws[1])
    assert len({tuple(begun[program].pop("order")) for program in PROGRAMS}) == 1
    for program in PROGRAMS:
        assert begun[program] == {
            "folder": str(project / "notebooks"),
            "figures": [],
            "arguments": ["-f"],
            "hash_seed": "0",
            "town": "つくば",
            "names": [],
        }
    assert list((project / "forked").rglob("own_progress.png"))
    ordinary = sosei("run", *TWO, "--output", "ordinary", "--ordinary-kernels", "--workers", "1")
    assert ordinary.returncode == 0, ordinary.stderr
    assert lasting(project / "ordinary") == lasting(project / "forked")


@pytest.mark.slow
def test_a_kernel_leaves_its_temporary_files_in_the_folder_of_the_run_which_disappears(
    start, project, write_notebook, gate, short_folder
):
    write_notebook("where", WHERE, gate.cell, parameters=EVERY_PROGRAM)
    run = start("run", *TWO, "--workers", "1")
    wait_until(lambda: gate.count() >= 2 or run.poll() is not None)
    children = psutil.Process(run.pid).children(recursive=True)
    (server,) = [
        child for child in children if BEGIN in child.cmdline() and child.ppid() == run.pid
    ]
    folder = Path(server.cmdline()[3])
    assert folder.parent == short_folder
    assert server.num_threads() == 1  # warm: a kernel has been forked from it
    gate.open()
    _, err = run.communicate()
    assert run.returncode == 0, err
    told = printed(project / "outputs", "where", 2)
    assert [temporary for temporary, _, _ in told.values()] == [str(folder)] * 2
    assert all(was_there for _, was_there, _ in told.values())
    assert len({report for _, _, report in told.values()}) == 2
    assert not list(short_folder.iterdir())


def test_a_server_that_is_killed_while_it_begins_is_a_message_and_leaves_nothing(
    sosei, tmp_path, write_notebook, short_folder, monkeypatch
):
    kill = (
        "import os, sys\n"
        "if 'analysis.batch.server' in ' '.join(sys.orig_argv): os.kill(os.getpid(), 9)"
    )
    begin_with(kill, tmp_path, monkeypatch)
    write_notebook("own", "1")
    ran = sosei("run", "--government", "082201")
    assert ran.returncode == 1
    assert ran.stderr == (
        "no notebook can be run: the process to fork theirs from ended by SIGKILL while it "
        "began. Run again, or with --ordinary-kernels.\n"
    )
    assert not list(short_folder.iterdir())


@pytest.mark.slow
def test_a_kernel_without_memory_to_start_is_a_message_that_says_so(sosei, write_notebook):
    write_notebook("good", GOOD)
    assert sosei("run", *ONE, "--memory", "1").returncode == 0  # beyond what it began with
    ran = sosei("run", *ONE, "--memory", "1", "--ordinary-kernels", "--force")
    assert ran.returncode == 1
    assert "the kernel could not start (more --memory?)" in ran.stderr
