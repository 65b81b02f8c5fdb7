"""What reports are made from, as it stands: all that a run writes into the ledger of a report.

A report depends on its notebook, its parameters, the rows and rubrics it read, the files it
opened and the modules it imported, the variables it names, the package's own code and the
versions of all libraries it imported; its page also on the HTML template.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from analysis.batch.ledger import hash_together
from analysis.batch.versions import (
    OF_PAGES,
    files_in,
    find_distributions,
    find_versions,
    hash_code,
    hash_notebook,
    hash_template,
    hash_variables,
    list_code,
)
from analysis.dataset.fingerprints import Fingerprints, rubric_hashes, shorten_rows
from analysis.dataset.locations import find_folder, hash_names
from analysis.engine.follow import ABSENT, hash_path
from analysis.engine.job import Job
from analysis.environment import PACKAGE
from analysis.errors import DataError

USES = "{} reports were made from what it was before, {} from what it was later"


@dataclass(frozen=True)
class _State:
    """One input as it stood at a time; `mark` tells it from others, empty where there is none."""

    mark: str


@dataclass(frozen=True)
class _Data(_State):
    """A data folder; where it cannot be read it has no fingerprints.

    `names` is the hash of the names in it (`hash_names`).
    """

    fingerprints: Fingerprints | None
    rubrics: dict[str, str]
    names: str = ""


State = TypeVar("State", bound=_State)


class _States(Generic[State]):
    """One input as it stood when it was first asked for, and as it was seen to be since."""

    def __init__(self, read: Callable[[], State]) -> None:
        self._read = read
        self.first = read()
        self._uses: Counter[str] = Counter()
        self._seen = {self.first.mark: self.first}

    def find(self, mark: str) -> State | None:
        """The state with a mark, looking once more where it is none of those seen before."""
        if mark not in self._seen:
            now = self._read()
            self._seen[now.mark] = now
        self._uses[mark] += 1
        return self._seen.get(mark)

    def tell_uses(self) -> str:
        """Say how many reports were made from which state; nothing where there was but one."""
        if not self.first.mark:  # it was not there, or a temporary folder, which is gone
            return ""
        before = self._uses[self.first.mark]
        after = self._uses.total() - before
        if not after and self._read().mark == self.first.mark:
            return ""
        return USES.format(before, after)


class Inputs:
    """What reports are made from, as it stands when it is first asked for (`fix`: all at once).

    Parameters
    ----------
    show_code
        Whether the pages show the code of every notebook.
    svg
        Whether figures are saved as SVG, too.
    """

    def __init__(self, show_code: bool = False, svg: bool = False) -> None:
        self._show_code = show_code
        self._svg = svg
        self._data: dict[str, _States[_Data]] = {}
        self._notebooks: dict[Path, _States[_State]] = {}
        self._files: dict[str, str] = {}
        self._variables: dict[str, str] = {}
        self._versions: dict[str, str] = {}
        self._opened: dict[str, Counter[str]] = {}

    def fix(self, jobs: Iterable[Job]) -> None:
        """Look at all that is known before a notebook runs; what changes afterwards is told."""
        hash_code()
        for job in jobs:
            self._find_notebook(job.notebook)
            self._find_data(job.data)
            self._hash_files(_list_declared(job))
        assert self.template

    def describe(self, job: Job, notebook: str, told: dict[str, list[Any]]) -> dict[str, Any]:
        """Return what a report was made from: `made_from` in the ledger.

        Parameters
        ----------
        job
            Whose report it is.
        notebook
            The hash of the notebook as it was executed.
        told
            What it told the run (`analysis.environment.tell_run`), by kind.

        Returns
        -------
        A dict of `notebook`, `cwd`, `reads` (what `load` was asked for), `rows` and `rubrics` of
        that as hashes, `missing` (data folders that could not be read), `files` and `variables` as
        hashes, `code`, `environment` (versions by distribution), `template`, `svg` (whether its
        figures are there as SVG), and `torn`: inputs that were changed while the report was made,
        so that nobody knows what it shows.
        """
        read = dict(map(tuple, told["digest"]))
        states, torn = {}, []
        for data in dict.fromkeys(slice_["data"] for slice_ in told["slice"]):
            states[data] = self._find_data(data).find(read.get(data, ABSENT))
            if states[data] is None and not Path(data).is_dir():  # a temporary one: it is gone
                states[data] = _Data(ABSENT, None, {})
            digests = {digest for name, digest in told["digest"] if name == data}
            if states[data] is None or len(digests) > 1:
                torn.append(data)
        self._find_notebook(job.notebook).find(notebook)
        opened: dict[str, str] = dict(reversed(told["file"]))
        for name in told["changing"]:
            if hash_path(Path(name)) != opened.get(name):  # it was written to, after all
                opened.pop(name, None)
        for name in told["written"]:
            opened.pop(name, None)
        for name, digest in opened.items():
            self._opened.setdefault(name, Counter()).update([digest])
        modules = {name for names in told["modules"] for name in names}
        return {
            "notebook": notebook,
            "cwd": job.cwd,
            **_find_rows(told["slice"], states),
            "files": self._hash_files(_list_declared(job)) | opened,
            "variables": hash_variables(job.wishes.environment),
            "code": hash_code(),
            "environment": find_versions(find_distributions(modules)),
            "template": self.template,
            "svg": self._svg,
            **({"torn": torn} if torn else {}),
        }

    def find(self, job: Job, before: dict[str, Any]) -> dict[str, Any]:
        """Return the same as it is now for a report that was made from something before."""
        reads = before["reads"]
        states = {
            data: self._find_data(data).first
            for data in dict.fromkeys(read["data"] for read in reads)
        }
        variables = hash_variables(before["variables"])
        versions = find_versions(before["environment"])
        self._variables |= variables
        self._versions |= versions
        return {
            "notebook": self._find_notebook(job.notebook).first.mark,
            "cwd": job.cwd,
            **_find_rows(reads, states),
            "files": self._hash_files(before["files"]),
            "variables": variables,
            "code": hash_code(),
            "environment": versions,
            "template": self.template,
            "svg": self._svg,
        }

    def tell_all(self) -> dict[str, Any]:
        """Return all that `find` has looked at, for all reports together, as it stood then."""
        return {
            "notebooks": {str(path): states.first.mark for path, states in self._notebooks.items()},
            "data": {
                name: [states.first.mark, states.first.names] for name, states in self._data.items()
            },
            "files": self._files,
            "variables": self._variables,
            "versions": self._versions,
            "code": hash_code(),
            "template": self.template,
        }

    def tell_changes(self) -> list[str]:
        """Say which inputs are no longer what they were, and how many reports saw which."""
        data = [(name, states.tell_uses()) for name, states in self._data.items()]
        notebooks = [(str(path), states.tell_uses()) for path, states in self._notebooks.items()]
        files = [(name, _tell_openings(name, seen)) for name, seen in self._opened.items()]
        code = "" if hash_together(list_code()) == hash_code() else "reports may be made by either"
        return [
            f"{name} changed during the run: {uses}; `sosei run` makes what is due"
            for name, uses in [*data, *notebooks, *files, ("the code of sosei", code)]
            if uses
        ]

    def hash_everything(self, data: str) -> str:
        """Return one hash of all rows, all code, the templates and the versions."""
        fingerprints = self._find_data(data).first.fingerprints
        rows = fingerprints.read([{}]) if fingerprints else {}
        code = [file for file in files_in(PACKAGE) if file.suffix in (*OF_PAGES, ".toml")]
        found = [rows, hash_together(code), find_versions()]
        return hashlib.sha256(json.dumps(found).encode()).hexdigest()[:12]

    def _find_data(self, data: str) -> _States[_Data]:
        if data not in self._data:
            self._data[data] = _States(lambda: _read_data(data))
        return self._data[data]

    def _find_notebook(self, path: Path) -> _States[_State]:
        if path not in self._notebooks:
            self._notebooks[path] = _States(lambda: _State(hash_notebook(path)))
        return self._notebooks[path]

    def _hash_files(self, names: Iterable[str]) -> dict[str, str]:
        for name in names:
            if name not in self._files:
                self._files[name] = hash_path(Path(name))
        return {name: self._files[name] for name in names}

    @cached_property
    def template(self) -> str:
        """The hash of what turns an executed notebook into a page."""
        return hash_template(self._show_code)


def _tell_openings(name: str, seen: Counter[str]) -> str:
    """Say how many reports read a file in which state; nothing where it is as they all read it."""
    now = hash_path(Path(name))
    return USES.format(seen.total() - seen[now], seen[now]) if {*seen} != {now} else ""


def _read_data(data: str) -> _Data:
    try:
        names = hash_names(find_folder(data))  # before what has these names is read
        fingerprints = Fingerprints(data)
        return _Data(fingerprints.digest, fingerprints, rubric_hashes(data), names)
    except (DataError, OSError):
        return _Data(ABSENT, None, {})


def _list_declared(job: Job) -> list[str]:
    """The files that a notebook says it depends on, as seen from the project's folder."""
    folder = job.notebook.parent
    return [Path(os.path.relpath(folder / name)).as_posix() for name in job.wishes.files]


def _find_rows(reads: list[dict[str, Any]], states: Mapping[str, _Data | None]) -> dict[str, Any]:
    """The hashes of the rows and rubrics that slices hold, and the folders that cannot be read."""
    rows: dict[str, str] = {}
    rubrics: dict[str, str] = {}
    for data, state in states.items():
        if state is None or state.fingerprints is None:
            continue
        slices = [
            {name: value for name, value in read.items() if name != "data"}
            for read in reads
            if read["data"] == data
        ]
        for table, hashes in state.fingerprints.read(slices).items():
            rows[table] = rows.get(table, "") + "".join(hashes)
        rubrics |= state.rubrics
    return {
        "reads": reads,
        "rows": {table: shorten_rows(hashes) for table, hashes in rows.items() if hashes},
        "rubrics": rubrics,
        "missing": [name for name, state in states.items() if state and not state.fingerprints],
    }
