"""What several tests need: the project's folder, a small data folder, a notebook made of cells."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

import analysis.batch  # noqa: F401  (first: it makes nbformat import quickly)

ROOT = Path(__file__).parents[1]
os.environ["PYTHONPATH"] = str(ROOT / "src")  # a command started in another folder is this one's
LONGEST = ("kills", "cluster", "reports", "faults", "run", "verify", "kernel")

settings.register_profile("any_machine", deadline=None)
settings.load_profile("any_machine")


def pytest_collection_modifyitems(items):
    """Begin with the files that take longest, lest a process be left alone with one of them."""
    places = {ROOT / f"tests/test_{name}.py": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(LONGEST)))


@pytest.fixture(scope="session")
def root():
    """The project's folder."""
    return ROOT


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty project: the real data, a folder for notebooks; it is the working folder."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write_notebook(project):
    """Write a notebook into the project: its parameters cell, then its other cells."""
    import nbformat  # after analysis.batch, which makes it quick

    def write(name, *cells, parameters='government: str = "082201"\nfiscal_year: int = 2018'):
        notebook = nbformat.v4.new_notebook()
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        notebook.metadata["language_info"] = {"name": "python"}
        if parameters is not None:
            cell = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
            notebook.cells.append(cell)
        notebook.cells += [nbformat.v4.new_code_cell(source) for source in cells]
        path = project / "notebooks" / f"{name}.ipynb"
        nbformat.write(notebook, path)
        return path

    return write


class Gate:
    """A cell at which kernels wait until it is opened; the very first passes, so that others come.

    So a test knows what is under way, however slow the machine.
    """

    def __init__(self, folder):
        folder.mkdir()
        self.folder = folder
        self.cell = (
            "import os, pathlib, time\n"
            f"gate = pathlib.Path({str(folder)!r})\n"
            "(gate / f'came-{os.getpid()}-{time.time_ns()}').touch()\n"
            "try: (gate / 'first').touch(exist_ok=False)\n"
            "except FileExistsError:\n"
            "    while not (gate / 'open').exists(): time.sleep(0.05)"
        )

    def count(self):
        """How many kernels have come to it."""
        return len(list(self.folder.glob("came-*")))

    def open(self):
        """Let all of them pass, and all that come."""
        (self.folder / "open").touch()

    def close(self):
        """Let nobody pass, the first neither."""
        (self.folder / "first").touch()
        (self.folder / "open").unlink(missing_ok=True)


@pytest.fixture
def gate(tmp_path):
    """A cell that holds notebooks up (`Gate`)."""
    return Gate(tmp_path / "gate")


@pytest.fixture
def enter():
    """Note a report in the ledger of an output folder as a run does."""
    from analysis.batch import ledger

    def enter(output, report, **said):
        entry = {"report": report, "title": "", "notebook": "notebooks/own.ipynb"}
        entry |= {"parameters": {}, "why": "new", "finished": "2026-11-22T00:00:00+00:00"}
        if said.get("status") != "failed":
            made_from = dict.fromkeys(("notebook", "code", "template"), "")
            made_from |= {"reads": [], "rows": {}, "rubrics": {}, "environment": {}}
            entry |= {"status": "ok", "files": {}, "made_from": made_from}
        entry |= {"seconds": 0.1, **said}
        ledger.append(output, entry)
        return entry

    return enter


@pytest.fixture
def short_folder():
    """A temporary folder with a short path, as sockets need, for all that a run leaves there."""
    with tempfile.TemporaryDirectory(prefix="t", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def start(project, short_folder):
    """Start the command in the project, as a person would, and go on."""

    def begin(*arguments, cwd=project, **options):
        # -P: like the installed script, which does not import from the working folder
        command = [sys.executable, "-P", "-c", "from analysis.cli import main; main()", *arguments]
        return subprocess.Popen(
            command,
            cwd=cwd,
            env=os.environ | {"TMPDIR": str(short_folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            **options,
        )

    return begin


@pytest.fixture
def sosei(start):
    """Run the command in the project, and wait for its end."""

    def run(*arguments, **options):
        process = start(*arguments, **options)
        out, err = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    return run


@pytest.fixture(scope="session")
def chromium():
    """The system's browser. Without one its tests are skipped, on a build server they fail."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None and not os.environ.get("CI"):
        pytest.skip("no Chromium on this machine")
    assert found, f"none of {', '.join(names)} is installed"
    return found


@pytest.fixture(scope="module")
def browser(chromium):
    """The browser, started: one for each file of tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
