"""Run notebooks as a worker does, in one process of its own: cells in, what became of them out."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace

SCRIPT = """
import json, os, sys, tempfile
from pathlib import Path

import nbformat
import papermill

from analysis.engine import cells, guard
from analysis.engine.client import StoppedError
from analysis.engine.execute import execute_notebook
from analysis.engine.job import Job, Limits

guard.be_guardian()
own = tempfile.TemporaryDirectory(dir=".")
given = json.load(sys.stdin)
cells.prepare()
work = Path.cwd() / "work"
work.mkdir()
for name, case in given.items():
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    notebook.metadata["language_info"] = {"name": "python"}
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in case["cells"]]
    for number in case.get("raises", []):
        notebook.cells[number].metadata["tags"] = ["raises-exception"]
    nbformat.write(notebook, f"{name}.ipynb")
    job = Job(Path(f"{name}.ipynb"), {}, name, name, cwd=case.get("cwd", "."))
    told = {}
    try:
        execute_notebook(job, Limits(**case.get("limits", {})), Path.cwd(), work, False)
    except papermill.PapermillExecutionError as error:
        told = {"error": f"{error.ename}: {error.evalue}", "cell": error.cell_index}
    except StoppedError as error:
        told = {"error": error.reason, "cell": error.cell}
    except Exception as error:
        told = {"error": f"{type(error).__name__}: {error}"}
    kept = [p for p in (work / f"{name}.ipynb", work / f"{name}.failed.ipynb") if p.exists()]
    told["outputs"] = [c.outputs for p in kept for c in nbformat.read(p, 4).cells]
    told["ended_at"] = [nbformat.read(p, 4).metadata.papermill.get("ended_at") for p in kept]
    told["kept"] = os.path.isdir(own.name)
    told["files"] = len(os.listdir("/proc/self/fd"))
    os.write(4, (json.dumps({name: told}) + "\\n").encode())
""".strip()


def run_inside(folder, cases):
    """What became of each case: its error, outputs, and how many files were open after it."""
    ours, theirs = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", f"import os; os.dup2({theirs}, 4)\n{SCRIPT}"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        pass_fds=[theirs],
        text=True,
    )
    os.close(theirs)
    process.stdin.write(json.dumps(cases))
    process.stdin.close()
    with os.fdopen(ours, encoding="utf-8") as lines:
        told = [json.loads(line) for line in lines]
    assert process.wait() == 0
    return {name: SimpleNamespace(**value) for one in told for name, value in one.items()}
