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


@pytest.fixture
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


@pytest.fixture
def short_folder():
    """A temporary folder with a short path, as sockets need, for all that a run leaves there."""
    with tempfile.TemporaryDirectory(prefix="t", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def start(project, short_folder):
    """Start the command in the project, as a person would, and go on."""

    def begin(*arguments, cwd=project, **options):
        command = [sys.executable, "-c", "from analysis.cli import main; main()", *arguments]
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
