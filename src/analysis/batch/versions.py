"""What makes reports, as it stands: the package's code, notebooks, variables, Python and libraries.

Nothing heavy is imported here: a run that has nothing to do asks for no more than this.
"""

import hashlib
import json
import os
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

from analysis.batch.ledger import hash_together
from analysis.engine.follow import ABSENT
from analysis.environment import PACKAGE, find_language, list_languages

LIBRARIES = ["numpy", "pandas", "scipy", "matplotlib", "seaborn", "matplotlib-fontja"]
LIBRARIES += ["ipykernel", "ipython", "papermill", "nbclient", "nbconvert", "nbformat"]
LIBRARIES += ["pillow", "zlib-ng"]
OF_THE_PAGE = "page/export"
LIBRARIES_OF_THE_PAGE = ["beautifulsoup4", "math-core", "mistune", "nbconvert", "tinycss2"]
LIBRARIES_OF_THE_PAGE += ["kaleido", "plotly", "vl-convert-python"]  # where there are any
OF_NO_REPORT = ("cli", "engine", "batch", OF_THE_PAGE)
OF_PAGES = (".py", ".j2", ".css")
OF_REPORTS = (".py", ".pyi", ".toml", ".otf")


def hash_notebook(path: Path) -> str:
    """The hash of a notebook file and its name; ABSENT where there is none."""
    try:
        return hash_together([path])
    except OSError:  # it is gone
        return ABSENT


def hash_variables(names: Iterable[str]) -> dict[str, str]:
    """The first 12 digits of the SHA-256 of variables of the environment, "" of those not set."""
    values = {name: os.environ.get(name) for name in names}
    return {
        name: "" if value is None else hashlib.sha256(value.encode()).hexdigest()[:12]
        for name, value in values.items()
    }


def find_distributions(modules: Iterable[str]) -> list[str]:
    """The installed distributions that top-level modules belong to, but for sosei itself."""
    known = _packages_distributions()
    found = {name for module in modules for name in known.get(module, ())}
    return sorted(found - {"sosei"})


@cache
def _packages_distributions() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()


def hash_template(show_code: bool) -> str:
    """The first 12 digits of the SHA-256 of what turns an executed notebook into a page."""
    files = [file for file in files_in(PACKAGE / OF_THE_PAGE) if file.suffix in OF_PAGES]
    versions = " ".join(map(_find_version, LIBRARIES_OF_THE_PAGE))
    found = [hash_together(files), versions, show_code]
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()[:12]


@cache
def hash_code() -> str:
    """The first 12 digits of the SHA-256 of the code that reports are made by."""
    return hash_together(list_code())


def list_code() -> list[Path]:
    """The files of the package that have a say in a report: not the command, not the runner."""
    files = [file for file in files_in(PACKAGE) if file.suffix in OF_REPORTS]
    foreign = [f"wording/{name}" for name in list_languages() if name != find_language()]
    others = [PACKAGE / name for name in (*OF_NO_REPORT, *foreign)]
    return [file for file in files if not any(file.is_relative_to(other) for other in others)]


def find_versions(names: Iterable[str] = ()) -> dict[str, str]:
    """The versions of Python, of the libraries of every run and of those named; none: not there."""
    return {"python": platform.python_version()} | {
        name: _find_version(name) for name in (*LIBRARIES, *names) if name != "python"
    }


@cache
def _find_version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


def files_in(path: Path) -> list[Path]:
    """All files in a folder and below, in order; of a file only itself."""
    return [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
