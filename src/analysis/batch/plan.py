"""What has to be run, and why: each report against what it was made from.

A report depends on its notebook, its parameters, the rows and rubrics it read, the package's
own code and the versions of the libraries; its page also on the HTML template. A run writes
all of them into the ledger; a plan compares them with what stands now.
"""

import hashlib
import json
import os
import platform
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

from analysis.batch import ledger
from analysis.batch.ledger import hash_together
from analysis.batch.tasks import Job
from analysis.intake.fingerprints import BYTES_OF_A_ROW, Fingerprints, rubric_hashes

LIBRARIES = ["numpy", "pandas", "scipy", "matplotlib", "seaborn", "matplotlib-fontja"]
LIBRARIES += ["ipykernel", "ipython", "papermill", "nbclient", "nbconvert"]
PACKAGE = Path(__file__).parents[1]
OF_THE_PAGE = ("batch/export.py", "batch/template/report")
OF_NO_REPORT = ("cli.py", "batch")
WRITERS = ("save.py", "spreadsheet.py")
CODE = (".py", ".j2", ".css")
HEX_OF_A_ROW = 2 * BYTES_OF_A_ROW


@dataclass(frozen=True, eq=False)
class Step:
    """What a run does about one job, and why: action is `run`, `export` or `keep`.

    `before` is the ledger's entry of the report that is exported again.
    """

    job: Job
    action: str
    why: str
    before: dict[str, Any] | None = None


def plan_steps(
    jobs: Iterable[Job],
    output: Path,
    inputs: "Inputs",
    force: bool = False,
    passed_over: list[int] | None = None,
) -> list[Step]:
    """Decide for each job whether it runs, by what the ledger knows of its report.

    The words of `why`, all that hold: new, parameters changed, notebook changed, data changed
    (the tables with the number of rows, the rubrics), code changed, environment changed (the
    libraries), failed last time, output missing (the files), template changed, up to date. The
    numbers of lines of the ledger that are no entries go into `passed_over`.
    """
    known = {entry["report"]: entry for entry in ledger.latest(output, passed_over)}
    there = _Files(output)
    steps = []
    for job in jobs:
        entry = known.get(job.path)
        reasons = _reasons_to_run(job, entry, inputs, there) or (["forced"] if force else [])
        if reasons:
            steps.append(Step(job, "run", "; ".join(reasons)))
        elif entry and entry["made_from"]["template"] != inputs.template:
            steps.append(Step(job, "export", "template changed", entry))
        else:
            steps.append(Step(job, "keep", "up to date"))
    return steps


def _reasons_to_run(
    job: Job, entry: dict[str, Any] | None, inputs: "Inputs", there: "_Files"
) -> list[str]:
    if entry is None:
        return ["new"]
    if entry["status"] == "failed":
        return ["failed last time"]
    before, now = entry["made_from"], inputs.find(job, entry["made_from"]["reads"])
    sizes = {name: there.find_size(job.folder, name) for name in entry["files"]}
    missing = [name for name, size in sizes.items() if size is None]
    changed = [name for name, size in sizes.items() if size not in (None, entry["files"][name][1])]
    return [
        *(["parameters changed"] if entry["parameters"] != job.parameters else []),
        *(["notebook changed"] if before["notebook"] != now["notebook"] else []),
        *_compare_data(before, now),
        *(["code changed"] if before["code"] != now["code"] else []),
        *_compare_versions(before["environment"], now["environment"]),
        *([f"output missing: {_list_some(missing)}"] if missing else []),
        *([f"output changed: {_list_some(changed)}"] if changed else []),
    ]


def _compare_data(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    changed = []
    for table in sorted(before["rows"] | now["rows"]):
        old, new = before["rows"].get(table, ""), now["rows"].get(table, "")
        if old != new:
            rows = _count_changed(old, new)
            changed.append(f"{table}.csv, {rows} row{'s' if rows != 1 else ''}")
    names = before["rubrics"] | now["rubrics"]
    changed += [
        f"rubrics/{name}"
        for name in sorted(names)
        if before["rubrics"].get(name) != now["rubrics"].get(name)
    ]
    return [f"data changed: {_list_some(changed)}"] if changed else []


def _count_changed(old: str, new: str) -> int:
    """Count the rows that are different; one that was rewritten counts once."""
    rows = [
        Counter(text[i : i + HEX_OF_A_ROW] for i in range(0, len(text), HEX_OF_A_ROW))
        for text in (old, new)
    ]
    return max((rows[0] - rows[1]).total(), (rows[1] - rows[0]).total())


def _compare_versions(before: dict[str, str], now: dict[str, str]) -> list[str]:
    changed = [
        f"{name} {before.get(name, 'none')} → {now.get(name, 'none')}"
        for name in sorted(before | now)
        if before.get(name) != now.get(name)
    ]
    return [f"environment changed: {_list_some(changed)}"] if changed else []


def _list_some(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 4 else ""
    return ", ".join(names[:3] if more else names) + more


class Inputs:
    """What reports are made from, as it stands when first asked for."""

    def __init__(self) -> None:
        self._folders: dict[str, tuple[Fingerprints, dict[str, str]]] = {}
        self._notebooks: dict[Path, str] = {}

    def find(self, job: Job, reads: list[dict[str, Any]]) -> dict[str, Any]:
        """Return what a job's report is made from, if it reads these slices."""
        if job.notebook not in self._notebooks:
            self._notebooks[job.notebook] = hash_together([job.notebook])
        rows: dict[str, str] = {}
        rubrics: dict[str, str] = {}
        for data in dict.fromkeys(read["data"] for read in reads):
            fingerprints, rubrics_there = self._folder(data)
            slices = [
                {name: value for name, value in read.items() if name != "data"}
                for read in reads
                if read["data"] == data
            ]
            for table, hashes in fingerprints.read(slices).items():
                rows[table] = rows.get(table, "") + "".join(hashes)
            rubrics |= rubrics_there
        return {
            "notebook": self._notebooks[job.notebook],
            "reads": reads,
            "rows": {table: hashes for table, hashes in rows.items() if hashes},
            "rubrics": rubrics,
            "code": hash_code(),
            "environment": find_versions(),
            "template": self.template,
        }

    def hash_everything(self, data: str) -> str:
        """Return one hash of all rows, all code, the templates and the versions."""
        fingerprints, _ = self._folder(data)
        code = [file for file in _files_in(PACKAGE) if file.suffix in CODE]
        found = [fingerprints.read([{}]), hash_together(code), find_versions()]
        return hashlib.sha256(json.dumps(found).encode()).hexdigest()[:12]

    def _folder(self, data: str) -> tuple[Fingerprints, dict[str, str]]:
        if data not in self._folders:
            self._folders[data] = Fingerprints(data), rubric_hashes(data)
        return self._folders[data]

    @cached_property
    def template(self) -> str:
        """The hash of what turns an executed notebook into a page."""
        return hash_together([file for name in OF_THE_PAGE for file in _files_in(PACKAGE / name)])


@cache
def hash_code() -> str:
    """The first 12 digits of the SHA-256 of the code that reports are made by."""
    return hash_together(list_code())


def list_code() -> list[Path]:
    """The files of the package that have a say in a report: not the command, not the runner."""
    files = [file for file in _files_in(PACKAGE) if file.suffix == ".py"]
    rooms = {file: file.relative_to(PACKAGE).parts[0] for file in files}
    return [f for f in files if rooms[f] not in OF_NO_REPORT or f.name in WRITERS]


@cache
def find_versions() -> dict[str, str]:
    """The versions of Python and of the libraries that compute, draw and run."""
    return {"python": platform.python_version()} | {
        name: metadata.version(name) for name in LIBRARIES
    }


def _files_in(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())


class _Files:
    """How large the files in the output folder are; each folder is looked into once."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._sizes: dict[str, dict[str, int]] = {}

    def find_size(self, folder: str, name: str) -> int | None:
        """The bytes of a file of a report, None where it is not there."""
        place, _, file = f"{folder}/{name}".rpartition("/")
        if place not in self._sizes:
            path = self._output / place
            there = os.scandir(path) if path.is_dir() else ()
            self._sizes[place] = {entry.name: entry.stat().st_size for entry in there}
        return self._sizes[place].get(file)
