"""What a notebook shows is the same in a process of its own as in an ordinary kernel."""

import json
import os
import re
import shutil
from itertools import pairwise

import nbformat
import pytest
from running import ONE

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here"),
]

TIMES = re.compile(r"[\d.]+ (?:n|μ|m|µ)?s\b")  # of %%time
BY_CHANCE = re.compile(r"[0-9a-f]{32}|\b0x[0-9a-f]+\b|\b\d+\.py\b")  # ids, addresses, cells
BESIDE = {
    "my_helper.py": 'UNIT = "人"\n\n\ndef count():\n    return 7\n',
    "bad.py": 'raise ValueError("ヘルパーの誤り")\n',
    "extra.csv": "件数\n1\n2\n",
}
UNORDERED = ("writes",)  # in a kernel, what is written past Python comes among it by chance


def plain(value):
    """A value as text, without what no two processes have in common."""
    return BY_CHANCE.sub("…", TIMES.sub("… s", json.dumps(value, ensure_ascii=False)))


def read_shown(path):
    """What each cell of a notebook shows: text of one stream in one piece; and its widgets."""
    notebook = nbformat.read(path, as_version=4)
    shown = []
    for cell in notebook.cells:
        outputs = [dict(output) for output in cell.get("outputs", [])]
        for first, second in reversed(list(pairwise(range(len(outputs))))):
            if outputs[first].get("name", 1) == outputs[second].get("name", 2):
                outputs[first]["text"] += outputs.pop(second)["text"]
        if path.stem in UNORDERED:
            outputs = sorted("".join(output["text"] for output in outputs).splitlines())
        shown.append((cell.get("execution_count"), [plain(output) for output in outputs]))
    widgets = notebook.metadata.get("widgets", {}).values()
    states = [model for kind in widgets for model in kind["state"].values()]
    return shown, sorted(map(plain, states)), notebook.metadata.language_info


def compare(sosei, project, *options):
    """Run all notebooks of a project in both ways; compare whatever they show."""
    runs = [
        sosei("run", *options, "--output", kind, *arguments)
        for kind, arguments in (("own", ()), ("ordinary", ("--ordinary-kernels",)))
    ]
    assert runs[0].returncode == runs[1].returncode, runs[0].stderr + runs[1].stderr
    made = [
        {path.relative_to(project / kind): path for path in (project / kind).rglob("*.ipynb")}
        for kind in ("own", "ordinary")
    ]
    assert made[0].keys() == made[1].keys()
    for name in made[0]:
        for own, ordinary in zip(*(read_shown(ways[name]) for ways in made), strict=True):
            assert own == ordinary, name
    return runs[0]


@pytest.mark.slow
def test_what_cells_do_in_jupyterlab_they_do_here(sosei, project, root):
    shutil.rmtree(project / "notebooks")
    shutil.copytree(root / "tests/notebooks/cells", project / "notebooks")
    ran = compare(sosei, project, "--workers", "2")
    assert ran.returncode == 0, ran.stderr
    assert (project / "notebooks/left.txt").read_text(encoding="utf-8") == "終わり"
    written = nbformat.read(project / "own/writes/writes.ipynb", as_version=4).cells[2].outputs
    assert [output.text for output in written] == [
        "1 Python\n2 系統\n3 Python\n4 別\n5 Python\n6 C\n7 Python\n"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["follow", "fonts", "lively", "page", "runs"])
def test_every_notebook_of_the_suite_shows_the_same(sosei, project, root, folder):
    shutil.copytree(root / "tests/notebooks" / folder, project / "notebooks", dirs_exist_ok=True)
    for name, text in BESIDE.items():
        (project / "notebooks" / name).write_text(text, encoding="utf-8")
    for name in ("data", "more"):
        (project / "notebooks" / name).mkdir(exist_ok=True)
    compare(sosei, project, *ONE, "--fiscal-year", "2018")


def test_a_notebook_that_speaks_to_a_kernel_is_told_what_gives_it_one(
    sosei, project, write_notebook
):
    write_notebook("asks", "from ipykernel import get_connection_info\nget_connection_info()")
    ran = sosei("run", *ONE)
    assert ran.returncode == 1
    assert "what speaks to a kernel needs `sosei run --ordinary-kernels`" in ran.stderr


@pytest.mark.slow
def test_a_file_analysis_py_beside_a_notebook_is_not_what_its_process_is_made_of(
    sosei, project, write_notebook
):
    write_notebook("good", "print(government)")
    (project / "notebooks/random.py").write_text("raise RuntimeError\n")
    assert sosei("run", *ONE).returncode == 0
