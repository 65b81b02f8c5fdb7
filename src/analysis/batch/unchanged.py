"""Whether all stands as it stood when a plan found every report up to date.

To plan is to read and check the data, and to compare each report with all it was made from. Where
nothing of that has changed since a plan found nothing to do, another would find the same. So a run
notes hashes of all that such a plan has looked at. As long as they are the same, nothing is read
but what is hashed and nothing heavy is imported. In every other case, and in doubt, nothing is
recalled, and a plan is made.
"""

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.batch import ledger
from analysis.batch.listing import Listing
from analysis.batch.outputs import BESIDE, INDEX_FILES, find_other_languages, move_into_place
from analysis.batch.places import find_notebooks
from analysis.batch.versions import (
    files_in,
    find_versions,
    hash_code,
    hash_notebook,
    hash_template,
    hash_variables,
)
from analysis.dataset.locations import find_folder, hash_files, hash_names
from analysis.engine.follow import ABSENT, hash_path
from analysis.environment import PACKAGE, UNCHANGED, find_language
from analysis.errors import DataError


@dataclass(frozen=True)
class Asked:
    """What a command is asked for: every option that chooses reports or what they are made from."""

    data: str
    notebooks: list[str]
    governments: list[str]
    fiscal_years: list[str]
    programs: list[str]
    groups: list[str]
    parameters: list[str]
    params: Path | None
    cwd: str
    show_code: bool
    svg: bool


@dataclass(frozen=True)
class Plan:
    """What a plan found: its reports in their order, and what else a command says of it.

    `doubts` is the sentence about the data, or ""; `passed_over` are the numbers of lines of the
    ledger that are no entries; `workplaces` are the working folders of the reports' notebooks, and
    `folders` those of all notebooks that were asked for.
    """

    reports: list[str]
    doubts: str
    passed_over: list[int]
    workplaces: list[str]
    folders: list[str]


class Unchanged:
    """What a command finds before it reads anything else, to be compared with what was noted."""

    def __init__(self, asked: Asked, output: Path) -> None:
        self._asked, self._output = asked, output
        self._ground = _look_at_ground(asked, output)
        self._ledger = ledger.digest(output)

    def recall(self) -> Plan | None:
        """Return the plan that found nothing to do, if one made now would find the same."""
        try:
            noted = _read(self._output / UNCHANGED)
            if not noted or noted["ground"] != _hash(self._ground):  # so it is of this very code
                return None
            plan = Plan(**noted["plan"])
            is_same = (
                noted["inputs"] == self._hash_inputs(self._look_at_inputs(noted["names"]))
                and all(Path(folder).is_dir() for folder in plan.folders)
                and noted["sizes"] == self._hash_sizes(plan, Listing(self._output), noted["below"])
            )
        except OSError:  # the plan will tell
            return None
        return plan if is_same else None

    def has_moved_on(self) -> bool:
        """Whether the ledger is another one than when this was made or last asked."""
        before, self._ledger = self._ledger, ledger.digest(self._output)
        return before != self._ledger

    def note(self, plan: Plan, inputs: dict[str, Any], listing: Listing, work: Path) -> None:
        """Note a plan that found nothing to do, unless something has changed as it was made.

        Parameters
        ----------
        plan
            What it found.
        inputs
            What it compared the reports with (`Inputs.tell_all`).
        listing
            Where it looked for their files.
        work
            The work folder of the run that made it.
        """
        folders = dict(inputs["data"])
        is_same = folders.pop(self._asked.data, None) == self._ground["data"]
        is_same &= inputs["notebooks"].items() <= self._ground["notebooks"].items()
        if not is_same or self.has_moved_on():
            return
        named = {name: inputs[name] for name in ("files", "variables", "versions")}
        named["folders"] = folders
        below = sorted(listing.below)
        noted = {
            "ground": _hash(self._ground),
            "inputs": self._hash_inputs(named | {n: inputs[n] for n in ("code", "template")}),
            "names": {name: sorted(values) for name, values in named.items()},
            "below": below,
            "sizes": self._hash_sizes(plan, listing, below),
            "plan": plan.__dict__,
        }
        text = json.dumps(noted)
        made = work / Path(UNCHANGED).name
        made.write_text(f"{_hash(text)}\n{text}", encoding="utf-8")
        move_into_place(made, self._output / UNCHANGED)

    def _look_at_inputs(self, names: dict[str, list[str]]) -> dict[str, Any]:
        """What `Inputs.tell_all` tells beside what stands in the ground, as it is now."""
        return {
            "folders": {name: _hash_data(name) for name in names["folders"]},
            "files": {name: hash_path(Path(name)) for name in names["files"]},
            "variables": hash_variables(names["variables"]),
            "versions": find_versions(names["versions"]),
            "code": hash_code(),
            "template": hash_template(self._asked.show_code),
        }

    def _hash_inputs(self, inputs: dict[str, Any]) -> str:
        return _hash([self._ground, self._ledger, inputs])

    def _hash_sizes(self, plan: Plan, listing: Listing, below: Iterable[str]) -> str:
        folders = dict.fromkeys([*(r.rpartition("/")[0] for r in plan.reports), INDEX_FILES])
        beside = [(self._output / name).stat().st_size for name in BESIDE]
        return _hash([listing.hash(folders, below), beside])


def _look_at_ground(asked: Asked, output: Path) -> dict[str, Any]:
    """All that a plan looks at before the ledger: what was asked for, and what that names."""
    package = [path for path in files_in(PACKAGE) if path.suffix != ".pyc"]
    return {
        "asked": [str(value) for value in astuple(asked)],
        "output": str(output),
        "language": find_language(),
        "beside": {p: ledger.size(output / p) for p in find_other_languages(output).values()},
        "package": ledger.hash_together(package),
        "python": sys.version,
        "today": str(date.today()),  # by which some doubts about the data are decided
        "notebooks": {str(path): hash_notebook(path) for path in find_notebooks(asked.notebooks)},
        "params": hash_path(asked.params) if asked.params else ABSENT,
        "data": _hash_data(asked.data),
    }


def _hash_data(data: str) -> list[str]:
    """The digest of a data folder and that of its names; ABSENT where it cannot be read."""
    try:
        folder = find_folder(data)
        return [hash_files(folder), hash_names(folder)]
    except (DataError, OSError):
        return [ABSENT, ABSENT]


def _read(path: Path) -> dict[str, Any] | None:
    """What was noted; None where it is not there, or not as it was written."""
    if not path.is_file():
        return None
    written, _, text = path.read_text(encoding="utf-8", errors="replace").partition("\n")
    if written != _hash(text):
        return None
    noted: dict[str, Any] = json.loads(text)
    return noted


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
