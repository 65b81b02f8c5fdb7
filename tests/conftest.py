"""What several tests need: the project's folder, a small data folder, a notebook made of cells."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings
from telling import Teller, file_of, read_seconds

import analysis.batch  # noqa: F401  (first: it makes nbformat import quickly)

ROOT = Path(__file__).parents[1]
os.environ["PYTHONPATH"] = str(ROOT / "src")  # a command started in another folder is this one's
STARTS = {"start", "chromium"}  # fixtures by which a test starts sosei, or a browser
SIGNS = ("analysis.cli", "analysis.batch.server", "dask", "jupyter", "chrom")  # of commands
_may_start = True

settings.register_profile("every_day", deadline=None, max_examples=10)
settings.register_profile("every_night", deadline=None)


def pytest_configure(config):
    """Try more examples with the slow tests; tell of the tests where no worker of xdist is."""
    settings.load_profile("every_day" if config.option.markexpr else "every_night")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Teller(config), "telling")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Begin with the units; then as with them, with the files that took longest the last time."""
    slow, seconds = set(), Counter()
    for name, took in read_seconds(config).items():
        seconds[file_of(name)] += took
    for item in items:
        if STARTS & {*getattr(item, "fixturenames", ())}:
            item.add_marker("process")
        if item.get_closest_marker("process"):
            slow.add(file_of(item.nodeid))
    files = {
        file: (file in slow, -seconds[file]) for file in map(file_of, (i.nodeid for i in items))
    }
    items.sort(key=lambda item: files[file_of(item.nodeid)])


@pytest.fixture(autouse=True)
def _only_what_is_marked_starts(request):
    """A test that starts sosei, a kernel or a browser is marked `process`, and is no unit."""
    global _may_start
    _may_start = bool(request.node.get_closest_marker("process"))
    yield
    _may_start = True


def _watch(event, details):
    if event == "subprocess.Popen" and not _may_start:
        command = " ".join(map(str, details[1]))
        assert not any(sign in command for sign in SIGNS), "mark this test: pytest.mark.process"


sys.addaudithook(_watch)


@pytest.fixture(scope="session")
def root():
    """The project's folder."""
    return ROOT


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty project in the working folder: real data of two governments, no notebook."""
    from slices import copy_few  # with pandas, which many tests do not need

    copy_few(tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def whole_project(project):
    """A project with all of the real data."""
    shutil.copytree(ROOT / "data", project / "data", dirs_exist_ok=True)
    return project


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
        # In pytest ipykernel would let what is written past Python go by.
        environment = {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"}
        # -P: like the installed script, which does not import from the working folder
        command = [sys.executable, "-P", "-c", "from analysis.cli import main; main()", *arguments]
        return subprocess.Popen(
            command,
            cwd=cwd,
            env=environment | {"TMPDIR": str(short_folder)},
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
