"""Notebooks executed: those of tests/notebooks/runs as their authors saw them, and every fault."""

import json
import runpy
import shutil

import nbformat
import pytest
from running import GOOD, ONE, assert_nothing_is_left

from analysis.batch import ledger
from analysis.batch.verify import read_lasting

POOL = """
from concurrent.futures import ProcessPoolExecutor
pool = ProcessPoolExecutor(2)
print(list(pool.map(abs, [-1, -2])))
""".strip()

FAULTS = {
    "exits": "import os\nos._exit(3)",
    "segfault": "import ctypes\nctypes.string_at(0)",
    "killed": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "greedy": "import numpy\nnumpy.ones(10**9)",
    "hangs": "while True: pass",
    "floods": "while True: print('x' * 1000)",
    "leaves": "import subprocess\nsubprocess.Popen(['sleep', '987'], start_new_session=True)",
    "forks": (
        "import os, time\nfor _ in range(2):\n    if os.fork() == 0: os.setsid(); time.sleep(987)"
    ),
}

EVERY = ("--workers", "2")

HELPER = 'UNIT = "人"\n\n\ndef count():\n    return 7\n'

GIVEN = {
    "label": "None",
    "codes": '["011002", "082201"]',
    "weights": '{"費用": 0.25}',
    "day": "2019-05-01",
}

OPTIONS = [word for name, text in GIVEN.items() for word in ("-p", f"{name}={text}")]

THRESHOLDS = ("-p", "threshold=0.8", "-p", "threshold=0.9", "--government", "082201")

FAILURES = {
    "exit_with_message": "SystemExit: データがない",
    "run_script": "ValueError: ヘルパーの誤り",
    "rich_traceback": "KeyError: '鍵'",
    "custom_handler": "ValueError: 数値がない",
    "exception_group": "ExceptionGroup: まとめ (2 sub-exceptions): ValueError: 甲; KeyError: '乙'",
}

NAMED = "達成率 100% #1 {案}"

PRINTED = {
    "beside": "人 3",
    "children": "7",
    "data_folder": "[True, True, True]",
    "other_folder": "True",
    "exit_early": "前半",
    "quit_early": "前半",
    "raises_exception": "後半",
    "types": "[None, ['011002', '082201'], {'費用': 0.25}, '2019-05-01']",
    "run_before": "1",
    "old_format": "古い",
    "broken_repr": "次",
    NAMED: "名前",
}


@pytest.fixture
def suite(project, root):
    """The suite's notebooks in a project, with what stands beside them."""
    folder = project / "notebooks"
    shutil.copytree(root / "tests/notebooks/runs", folder, dirs_exist_ok=True)
    (folder / "my_helper.py").write_text(HELPER, encoding="utf-8")
    (folder / "bad.py").write_text('raise ValueError("ヘルパーの誤り")\n', encoding="utf-8")
    (folder / "extra.csv").write_text("件数\n1\n2\n", encoding="utf-8")
    (folder / "data").mkdir()
    for name in ("programs", "sources"):  # another data folder, which holds nothing
        header = (project / f"data/{name}.csv").read_text(encoding="utf-8").partition("\n")[0]
        (folder / f"data/{name}.csv").write_text(f"{header}\n", encoding="utf-8")
    return folder


def read_report(output, path):
    """What a report's cells printed, a line each, and the states of its cells."""
    cells = read_lasting(output / f"{path}.ipynb").cells
    printed = [
        o.text.strip() for c in cells for o in c.get("outputs", []) if o.get("name") == "stdout"
    ]
    return printed, [cell.metadata.papermill.status for cell in cells]


@pytest.mark.slow
def test_every_notebook_of_the_suite_runs_as_its_author_saw_it(sosei, project, suite):
    (suite / "several_values.ipynb").unlink()
    ran = sosei("run", *EVERY, *OPTIONS)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    output = project / "outputs"
    entries = {e["report"].partition("/")[0]: e for e in ledger.latest(output)}
    assert entries.keys() == {path.stem for path in suite.glob("*.ipynb")}
    errors = {name: e["failure"]["error"] for name, e in entries.items() if "failure" in e}
    assert errors == FAILURES
    for name in FAILURES:
        assert (output / name / f"{name}.failed.ipynb").exists()
        assert not (output / name / f"{name}.html").exists()
    reports = {name: read_report(output, f"{name}/{name}") for name in PRINTED}
    assert {name: printed[0] for name, (printed, _) in reports.items()} == PRINTED
    assert entries["data_folder"]["made_from"]["reads"] == [{"data": "data"}]
    assert str(project) not in (output / ledger.NAME).read_text(encoding="utf-8")

    # A report that its author ends is whole, and says where; one that goes on has no such word.
    for name in ("exit_early", "quit_early"):
        printed, states = reports[name]
        assert printed == ["前半"]
        assert states == ["completed"] * len(states[:-1]) + ["pending"]
        assert entries[name]["ended_at"] == len(states) - 2
        assert not list((output / name).glob("*.failed.ipynb"))
    assert "pending" not in reports["raises_exception"][1]
    unshown = "what it shows could not be made: ValueError: 壊れた"
    assert [w.partition(": ")[2] for w in entries["broken_repr"]["warnings"]] == [unshown]
    assert {name for name, entry in entries.items() if "ended_at" in entry} == {
        "exit_early",
        "quit_early",
    }
    index = (output / "index.html").read_text(encoding="utf-8")
    assert index.count("途中で終了") == 2

    # Nothing of it depends on the run it was made by.
    kept = ("exit_early", "old_format", "run_before", "other_folder")
    chosen = [word for name in kept for word in ("--notebook", name)]
    same = sosei("verify", *chosen)
    assert same.stdout == "8 files compared, 0 different\n", same.stdout


@pytest.mark.slow
def test_ordinary_kernels_do_the_same_and_an_analysis_py_in_the_way_is_named(sosei, project, suite):
    for folder in (project, suite):
        (folder / "analysis.py").write_text("raise RuntimeError\n", encoding="utf-8")
    chosen = ("beside", "data_folder", "quit_early")
    options = [word for name in chosen for word in ("--notebook", name)]
    for kind in ([], ["--ordinary-kernels"]):
        ran = sosei("run", *EVERY, *options, *kind, "--output", f"made{len(kind)}")
        assert ran.returncode == 0, ran.stderr
        assert ran.stderr == (
            "notebooks/analysis.py is in the way: in JupyterLab `import analysis` finds it "
            "instead of sosei's package, under `sosei run` the package. Rename it.\n"
        )
        for name in chosen:
            printed, states = read_report(project / f"made{len(kind)}", f"{name}/{name}")
            assert printed == [PRINTED[name]]
            assert ("pending" in states) == (name == "quit_early")


@pytest.mark.slow
def test_several_values_make_several_reports_of_which_none_overwrites_another(
    sosei, project, suite
):
    only = ("--notebook", "several_values", *EVERY)
    assert sosei("run", *only, *THRESHOLDS).returncode == 0
    assert sosei("run", *only, "--government", "082201", "-p", "threshold=0.7").returncode == 0
    output = project / "outputs"
    for folder, threshold in (("", "0.7"), ("threshold=0.8/", "0.8"), ("threshold=0.9/", "0.9")):
        printed, _ = read_report(output, f"2018/082201/{folder}several_values")
        assert printed == [threshold]
    index = (output / "index.html").read_text(encoding="utf-8")
    for title in ("several_values（threshold=0.8）", "several_values（threshold=0.9）"):
        assert f">{title}</a>" in index
    planned = sosei("plan", *only[:2], *THRESHOLDS).stdout.splitlines()
    assert planned[-1] == "0 to run, 0 to export again, 2 up to date"

    # A file of parameters: a row a report, among what is asked for; codes keep their zero.
    (project / "rows.csv").write_text(
        "government,fiscal_year,threshold\n082201,2018,0.8\n012211,2019,0.1\n032018,,0.2\n",
        encoding="utf-8-sig",
    )
    planned = sosei("plan", *only[:2], "--params", "rows.csv", "--fiscal-year", "2018")
    assert [line.split("\t")[0].split()[1] for line in planned.stdout.splitlines()[:-1]] == [
        "2018/082201/several_values"
    ]
    planned = sosei("plan", *only[:2], "--params", "rows.csv")
    assert [line.split("\t")[0].split()[1] for line in planned.stdout.splitlines()[:-1]] == [
        f"{slice}/several_values"
        for slice in ("2018/082201", "2019/012211", "2021/032018", "2022/032018")
    ]


@pytest.mark.slow
def test_the_command_may_name_another_working_folder(sosei, project, suite):
    (project / "elsewhere").mkdir()
    (project / "elsewhere/notebooks").mkdir()
    shutil.copy(suite / "extra.csv", project / "elsewhere/notebooks")
    only = ("--notebook", "other_folder", *EVERY)
    ran = sosei("run", *only, "--cwd", "elsewhere")
    assert ran.returncode == 0, ran.stderr
    ran = sosei("run", *only, "--cwd", "nowhere")
    assert (ran.returncode, ran.stderr) == (
        1,
        "--cwd nowhere: there is no such folder to work in\n",
    )


def test_the_suites_notebooks_are_clean_and_say_what_they_are_for(root):
    for path in sorted((root / "tests/notebooks").rglob("*.ipynb")):
        content = json.loads(path.read_text(encoding="utf-8"))
        nbformat.validate(content)
        case = content["metadata"]["case"]
        assert case.keys() == {"tried", "works", "shows"}, path
        assert case["works"] in ("yes", "partly", "no"), path
        assert not any(cell.get("outputs") for cell in content["cells"]), path
        tags = [tag for cell in content["cells"] for tag in cell["metadata"].get("tags", [])]
        assert tags.count("parameters") == 1, path


def test_the_table_of_what_works_is_made_from_the_suite(root):
    page = (root / "docs/notebooks.md").read_text(encoding="utf-8")
    fill = runpy.run_path(str(root / "docs/list_notebooks.py"))["fill"]
    assert page == fill(page), "run: python docs/list_notebooks.py"


def test_every_fault_is_recorded_and_none_of_them_spreads(
    sosei, project, write_notebook, short_folder
):
    for name, source in FAULTS.items():
        write_notebook(name, "reached = 5", source)
    write_notebook("good", GOOD)
    write_notebook("pool", POOL)  # a library that ends its own processes on exit is no fault
    others = [*FAULTS.keys() - {"hangs"}, "good", "pool"]  # which may take any time
    names = [word for name in others for word in ("--notebook", name)]
    ran = sosei("run", *ONE, *names, "--memory", "500", "--output-limit", "1", "--workers", "2")
    hung = sosei("run", *ONE, "--notebook", "hangs", "--time-limit", "5")
    assert ran.returncode == hung.returncode == 1
    said = ran.stderr + hung.stderr
    output = project / "outputs"
    failures = {e["report"].rpartition("/")[2]: e.get("failure") for e in ledger.latest(output)}
    assert failures.pop("good") is failures.pop("pool") is None
    errors = {name: failure["error"] for name, failure in failures.items()}
    assert errors.pop("greedy").startswith(("MemoryError", "_ArrayMemoryError", "numpy"))
    assert errors == {
        "exits": "the process of the notebook died with exit code 3",
        "segfault": "the process of the notebook died by SIGSEGV",
        "killed": "the process of the notebook died by SIGKILL",
        "hangs": "the notebook ran longer than 5 seconds (--time-limit)",
        "floods": "the notebook printed more than 1 MB (--output-limit)",
        "leaves": "the notebook left running: sleep 987",
        "forks": "the notebook left running: a fork of its Python (2 times)",
    }
    for name, failure in failures.items():
        if name not in ("leaves", "forks"):
            assert failure["source"] == FAULTS[name]
        assert (output / "2018/082201" / f"{name}.failed.ipynb").stat().st_size < 2_000_000
        assert not (output / "2018/082201" / f"{name}.html").exists()
        assert f"failed: 2018/082201/{name}: notebooks/{name}.ipynb" in said
    died = "cell 3 (import os, signal): the process of the notebook died by SIGKILL"
    assert f"failed: 2018/082201/killed: notebooks/killed.ipynb, {died}" in said
    assert "Traceback" not in said
    flood = read_lasting(output / "2018/082201" / "floods.failed.ipynb").cells[-1].outputs
    assert 500_000 < sum(len(printed.text) for printed in flood) <= 1_000_000
    index = (output / "index.html").read_text(encoding="utf-8")
    assert all(error in index for error in errors.values())
    assert all(f'<th scope="row">{name}</th>' in index for name in errors)
    assert_nothing_is_left(short_folder)
