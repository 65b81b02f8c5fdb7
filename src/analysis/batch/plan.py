"""What has to be run, and why: each report against what it was made from (`inputs.py`).

A run writes what a report was made from into the ledger; a plan compares that with what stands
now.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.batch import ledger
from analysis.batch.inputs import Inputs
from analysis.batch.listing import Listing
from analysis.batch.messages import UP_TO_DATE
from analysis.batch.neighbours import Reports
from analysis.dataset.fingerprints import HEX_OF_A_ROW, MANY
from analysis.engine.job import Job
from analysis.page.export.neighbours import Neighbours

FAILED_BEFORE = "failed last time"
PLACES_CHANGED = "other reports beside it"
UNKNOWN_BEFORE = {
    "files": {},
    "variables": {},
    "missing": [],
    "cwd": "",
    "svg": False,
}  # to ledgers of old


@dataclass(frozen=True, eq=False)
class Step:
    """What a run does about one job, and why: action is `run`, `export` or `keep`.

    `before` is the ledger's entry of the report that is exported again, `reports` are those that
    its page may lead to.
    """

    job: Job
    action: str
    why: str
    before: dict[str, Any] | None = None
    reports: Reports | None = None

    @cached_property
    def places(self) -> Neighbours:
        """Where its page leads."""
        return self.reports.find(self.job) if self.reports else Neighbours()


def plan_steps(
    jobs: Iterable[Job],
    output: Path,
    inputs: Inputs,
    force: bool = False,
    passed_over: list[int] | None = None,
    listing: Listing | None = None,
) -> list[Step]:
    """Decide for each job whether it runs, by what the ledger knows of its report.

    The words of `why`, all that hold: new, parameters changed, notebook changed, data changed
    (the tables with the number of rows, the rubrics, folders that are gone), file changed,
    environment variable changed, code changed, environment changed (the libraries), SVG wanted,
    failed last time, output missing or changed (the files), page changed, other reports beside it
    (where its page leads has changed), up to date. The
    numbers of lines of the ledger that are no entries go into `passed_over`. Files are looked
    for in `listing`, a new one where there is none.
    """
    known = {entry["report"]: entry for entry in ledger.latest(output, passed_over)}
    there = listing or Listing(output)
    jobs = list(jobs)
    reports = Reports(jobs, known.values(), output)
    steps = []
    for job in jobs:
        entry = known.get(job.path)
        reasons = _reasons_to_run(job, entry, inputs, there) or (["forced"] if force else [])
        if reasons:
            steps.append(Step(job, "run", "; ".join(reasons), None, reports))
        elif entry and entry["made_from"]["template"] != inputs.template:
            steps.append(Step(job, "export", "page changed", entry, reports))
        else:
            led = Step(job, "export", PLACES_CHANGED, entry, reports)
            is_same = not entry or entry.get("places") in (None, led.places.digest)
            steps.append(Step(job, *UP_TO_DATE, None, reports) if is_same else led)
    return steps


def _reasons_to_run(
    job: Job, entry: dict[str, Any] | None, inputs: Inputs, there: Listing
) -> list[str]:
    if entry is None:
        return ["new"]
    if entry["status"] == "failed":
        return [FAILED_BEFORE]
    before = UNKNOWN_BEFORE | entry["made_from"]
    now = inputs.find(job, before)
    sizes = {name: there.find_size(job.folder, name) for name in entry["files"]}
    missing = [name for name, size in sizes.items() if size is None]
    changed = [name for name, size in sizes.items() if size not in (None, entry["files"][name][1])]
    return [
        *(["parameters changed"] if _differs(entry["parameters"], job.parameters) else []),
        *(["notebook changed"] if before["notebook"] != now["notebook"] else []),
        *(["working folder changed"] if before["cwd"] != now["cwd"] else []),
        *_compare_data(before, now),
        *_say("file changed", _differ(before["files"], now["files"])),
        *_say("environment variable changed", _differ(before["variables"], now["variables"])),
        *(["code changed"] if before["code"] != now["code"] else []),
        *_compare_versions(before["environment"], now["environment"]),
        *(["SVG wanted"] if now["svg"] and not before["svg"] else []),
        *_say("output missing", missing),
        *_say("output changed", changed),
    ]


def _compare_data(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    if torn := before.get("torn"):
        return _say("data changed while it was made", torn)
    changed = [f"{name} is gone" for name in now["missing"] if name not in before["missing"]]
    changed += [f"{name} is there now" for name in before["missing"] if name not in now["missing"]]
    if not changed:
        changed = [*_compare_rows(before["rows"], now["rows"])]
        changed += [f"rubrics/{n}" for n in _differ(before["rubrics"], now["rubrics"])]
    return _say("data changed", changed)


def _compare_rows(before: dict[str, str], now: dict[str, str]) -> Iterator[str]:
    for table in _differ(before, now):
        old, new = before.get(table, ""), now.get(table, "")
        if MANY in old + new:  # nobody knows how many
            yield f"{table}.csv"
            continue
        rows = _count_changed(old, new)
        yield f"{table}.csv, {rows} row{'s' if rows != 1 else ''}"


def _differ(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """The names under which two dicts hold different texts."""
    return [name for name in sorted(before | now) if before.get(name) != now.get(name)]


def _count_changed(old: str, new: str) -> int:
    """Count the rows that are different; one that was rewritten counts once."""
    rows = [
        Counter(text[i : i + HEX_OF_A_ROW] for i in range(0, len(text), HEX_OF_A_ROW))
        for text in (old, new)
    ]
    return max((rows[0] - rows[1]).total(), (rows[1] - rows[0]).total())


def _compare_versions(before: dict[str, str], now: dict[str, str]) -> list[str]:
    versions = [
        f"{name} {before.get(name, 'none')} → {now.get(name, 'none')}"
        for name in _differ(before, now)
    ]
    return _say("environment changed", versions)


def _differs(before: Any, now: Any) -> bool:
    """Whether two values are written differently; nan is what it is."""
    return json.dumps(before, sort_keys=True) != json.dumps(now, sort_keys=True)


def _say(what: str, names: list[str]) -> list[str]:
    return [f"{what}: {_list_some(names)}"] if names else []


def _list_some(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 4 else ""
    return ", ".join(names[:3] if more else names) + more
