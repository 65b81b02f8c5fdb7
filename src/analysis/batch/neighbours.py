"""Which reports lead to which: those of the same publisher and year, of the years beside it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.batch.index_entries import OVERVIEWS
from analysis.batch.outputs import READING, find_other_languages
from analysis.engine.job import Job
from analysis.page.export.neighbours import Link, Neighbours
from analysis.wording import format_fiscal_year, name_row
from analysis.wording.labels import labels

INDEX = (labels("page")["index"], "index.html")
PART = "program"  # the notebook whose reports an overview leads to
MOST_BELOW = 60  # of these; the index has all
WHOLE = ("nation", "comparison", "portfolio")  # that lead beyond one publisher


class Reports:
    """The reports that a page may lead to: those made, and those that a run is about to make."""

    def __init__(
        self, jobs: Iterable[Job], entries: Iterable[dict[str, Any]], output: Path | None = None
    ) -> None:
        """Take the jobs of a plan, the last entry of each report in the ledger, and its folder.

        A report that failed the last time has perhaps no page, and none leads to it.
        """
        self._jobs, self._entries, self._output = [*jobs], [*entries], output
        self._languages = find_other_languages(output) if output else {}

    @cached_property
    def _known(self) -> dict[str, "_Report"]:
        failed: set[str] = set()
        known: dict[str, _Report] = {}
        for entry in self._entries:
            if entry["status"] == "failed":
                failed.add(entry["report"])
            else:
                known[entry["report"]] = _Report(
                    entry["report"],
                    Path(entry["notebook"]).stem,
                    entry["title"],
                    entry.get("subject", entry["title"]),
                    entry["parameters"],
                    entry.get("values", {}),
                )
        known |= {job.path: _of_job(job) for job in self._jobs if job.path not in failed}
        return dict(sorted(known.items()))

    @cached_property
    def _by_slice(self) -> dict[tuple[Any, ...], "_Report"]:
        found: dict[tuple[Any, ...], _Report] = {}
        for report in self._known.values():
            found.setdefault((report.notebook, *report.slice), report)
        return found

    @cached_property
    def _years(self) -> dict[tuple[Any, ...], list["_Report"]]:
        found: dict[tuple[Any, ...], list[_Report]] = defaultdict(list)
        for report in self._known.values():
            found[report.series].append(report)
        return found

    @cached_property
    def _parts(self) -> dict[tuple[Any, ...], list["_Report"]]:
        found: dict[tuple[Any, ...], list[_Report]] = defaultdict(list)
        for report in self._known.values():
            if report.notebook == PART:
                found[report.slice[:2]].append(report)
        return found

    def find(self, job: Job) -> Neighbours:
        """Where the page of a job leads."""
        report = self._known.get(job.path) or _of_job(job)
        government, year, *_ = report.slice
        whole = self._by_slice.get(("government", government, year, None, None))
        above = [whole] if whole and whole.path != report.path else []
        parts = self._parts[government, year] if report.is_of_a_whole else []
        return Neighbours(
            title=report.name if above else report.title,
            above=((INDEX[0], report.lead_to(INDEX[1])), *map(report.link_title, above)),
            years=tuple(report.link_year(other) for other in self._find_years(report)),
            beside=tuple(report.link(other) for other in self._find_beside(report, above)),
            below=tuple(report.link(part) for part in parts[:MOST_BELOW]),
            more=max(0, len(parts) - MOST_BELOW),
            reading=(labels("page")["reading"], report.lead_to(READING)),
            languages=tuple(self._find_languages(report)),
        )

    def _find_languages(self, report: "_Report") -> Iterator[tuple[str, str, str]]:
        """The same report in other languages: the code, the name, where it is."""
        page = f"{report.path}.html"
        for code, folder in self._languages.items():
            if self._output and (self._output / folder / page).is_file():
                name = labels("page", code)["language"]
                yield code, name, f"{report.lead_to('')}{folder}{page}"

    def _find_years(self, report: "_Report") -> list["_Report"]:
        """The last one before and the first one after."""
        year = report.slice[1]
        if year is None:
            return []
        others = self._years[report.series]
        before = [other for other in others if other.slice[1] < year]
        after = [other for other in others if other.slice[1] > year]
        return [
            *([max(before, key=lambda other: other.slice[1])] if before else []),
            *([min(after, key=lambda other: other.slice[1])] if after else []),
        ]

    def _find_beside(self, report: "_Report", above: list["_Report"]) -> list["_Report"]:
        government, year, *_ = report.slice
        slices = [
            *((name, government, year, None, None) for name in OVERVIEWS if government and year),
            *((name, None, year, None, None) for name in WHOLE if year),
            *((name, None, None, None, None) for name in WHOLE),
        ]
        found = [self._by_slice[place] for place in slices if place in self._by_slice]
        known = {report.path, *(other.path for other in above)}
        return [other for other in found if other.path not in known]


class _Report:
    """One report by what it is about, and the ways from it to others."""

    def __init__(
        self,
        path: str,
        notebook: str,
        title: str,
        subject: str,
        parameters: dict[str, Any],
        values: dict[str, str],
    ) -> None:
        self.path, self.notebook, self.title = path, notebook, title
        self._folder = path.split("/")[:-1]
        self.name = name_row("", subject, values, notebook)
        kinds = {"government": str, "fiscal_year": int, "program": str, "group": str}
        asked = ((parameters.get(name), kind) for name, kind in kinds.items())
        self.slice: tuple[Any, ...] = tuple(v if isinstance(v, kind) else None for v, kind in asked)
        government, year, program, group = self.slice
        told = tuple(sorted(values.items()))
        self.series = (notebook, government, program, group, told, year is None)
        self.is_of_a_whole = bool(government and year and not program and not group)

    def lead_to(self, path: str) -> str:
        """The way from the report's page to a file of the output folder."""
        there, common = path.split("/"), 0
        for one, other in zip(self._folder, there, strict=False):
            if one != other:
                break
            common += 1
        return "../" * (len(self._folder) - common) + "/".join(there[common:])

    def link(self, other: "_Report") -> Link:
        """A link that names what another report is about below the same publisher and year."""
        is_same = other.slice[:2] == self.slice[:2]
        place = "" if is_same or other.name in other.title else f"{other.title} "
        return f"{place}{other.name}", self.lead_to(f"{other.path}.html")

    def link_title(self, other: "_Report") -> Link:
        """A link that names another report whole."""
        return other.title, self.lead_to(f"{other.path}.html")

    def link_year(self, other: "_Report") -> Link:
        """A link that names another report by its year."""
        return format_fiscal_year(other.slice[1]), self.lead_to(f"{other.path}.html")


def _of_job(job: Job) -> _Report:
    return _Report(job.path, job.name, job.title, job.subject, job.parameters, job.values)
