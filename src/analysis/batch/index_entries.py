"""What the index lists: the reports of the ledger, by publisher and year, with their figures."""

import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd

from analysis.batch import ledger
from analysis.batch.parameters import SLICES
from analysis.measures.index import Headline, count_headlines
from analysis.measures.keys import list_keys
from analysis.page.export.clean import clean_text
from analysis.wording import describe_headline, name_row, name_slice, tell_apart
from analysis.wording.labels import labels

INDEX, NOTEBOOKS = labels("index"), labels("notebooks")
LONGEST_SHOWN = 300
WHOLE, GONE = "", "-"  # publishers that are none: of more than one, of no data any more
OVERVIEWS = ("nation", "government", "portfolio", "comparison", "field")  # in their order
YEAR_OF_ALL = 9_999  # of a report about all years, which stands above those of one


@dataclass
class Section:
    """The reports of one publisher (its code, WHOLE or GONE) and one year, overviews first."""

    publisher: str
    year: int | None
    name: str
    place: str
    rows: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Listed:
    """What the index lists: its sections in their order, and what their reports say together.

    By publisher, with WHOLE for all of them: `headlines` of the programs that any page of sosei's
    own is about, `programs` how many these are, each counted once whatever its years, and
    `failed` how many reports could not be made the last time. `count` is of all reports.
    """

    sections: list[Section]
    headlines: dict[str, Headline]
    programs: Counter[str]
    failed: Counter[str]
    count: int


def list_reports(programs: pd.DataFrame, audit: pd.DataFrame | None, output: Path) -> Listed:
    """List every report in the ledger of an output folder that has a page or has failed.

    `programs` is that of the results (`Measured`); without `audit` no judgement is counted.
    """
    headlines = _Headlines(programs, audit)
    sections: dict[tuple[str, int | None], Section] = {}
    failed: Counter[str] = Counter()
    for entry in ledger.latest(output):
        row = _row(entry, headlines, output)
        if row["page"] or row["failed"]:
            section = _find_section(entry["parameters"], row, headlines.names)
            section = sections.setdefault((section.publisher, section.year), section)
            section.rows.append(row)
            failed.update({WHOLE, section.publisher} if row["failed"] else ())
    for section in sections.values():
        section.rows.sort(key=lambda row: row["rank"])
    covered = programs[headlines.is_covered]
    found = count_headlines(covered, audit, ["government_code"])
    each = covered[["government_code", "program_id"]].drop_duplicates()["government_code"].tolist()
    return Listed(
        sections=sorted(sections.values(), key=_place),
        headlines={code: headline for (code,), headline in found.items()}
        | {WHOLE: count_headlines(covered, audit, []).get((), Headline())},
        programs=Counter({**Counter(each), WHOLE: len(each)}),
        failed=failed,
        count=sum(len(section.rows) for section in sections.values()),
    )


def _place(section: Section) -> tuple[int, str, int]:
    """Publishers by their codes, the latest year first; what is about several stands above."""
    rank = {WHOLE: 0, GONE: 2}.get(section.publisher, 1)
    return rank, section.publisher, -(section.year or YEAR_OF_ALL)


def _find_section(
    parameters: dict[str, Any], row: dict[str, Any], names: dict[str, str]
) -> Section:
    """The section a report belongs to, yet empty."""
    if row["is_gone"]:
        return Section(GONE, None, INDEX["gone"], INDEX["gone"])
    code, year = parameters.get("government") or WHOLE, parameters.get("fiscal_year")
    name = names.get(code, "")
    return Section(code, year, name or INDEX["whole"], name_slice(name, year) or INDEX["whole"])


def _row(entry: dict[str, Any], headlines: "_Headlines", output: Path) -> dict[str, Any]:
    parameters, notebook = entry["parameters"], Path(entry["notebook"]).stem
    page, failure = f"{entry['report']}.html", entry.get("failure")
    is_there = os.path.exists(f"{output}/{page}")  # noqa: PTH110  (in a tenth of the time)
    headline = headlines.find(parameters)
    is_gone = headline is None
    title = entry["title"]
    subject = entry.get("subject", title)  # which the version before did not note
    if not is_there:
        headline = None
    if headline is not None and notebook in NOTEBOOKS:
        headlines.cover(parameters)
    return {
        "is_gone": is_gone,
        "title": name_row(title if is_gone else "", subject, entry.get("values", {}), notebook),
        "page": quote(page) if is_there else "",
        "failed": "" if failure is None else _first_line(failure["error"]),
        "ended": entry.get("ended_at") is not None,
        "warnings": [clean_text(warning, LONGEST_SHOWN) for warning in entry.get("warnings", ())],
        "rank": _rank(notebook, parameters),
        **describe_headline(headline, notebook),
    }


def _rank(notebook: str, parameters: dict[str, Any]) -> int:
    """Where a report stands in its section: overviews, then what else is not of one program."""
    if "program" in parameters:
        return len(OVERVIEWS) + 1
    return OVERVIEWS.index(notebook) if notebook in OVERVIEWS else len(OVERVIEWS)


def _first_line(error: str) -> str:
    return next(iter(clean_text(error, LONGEST_SHOWN).strip().splitlines()), "")


class _Headlines:
    """The headline figures of every slice that reports are about; each kind is summed once."""

    def __init__(self, programs: pd.DataFrame, audit: pd.DataFrame | None) -> None:
        self._programs, self._audit = programs, audit
        self._found: dict[tuple[str, ...], dict[Any, Headline]] = {}
        self._covered: dict[tuple[str, ...], set[Any]] = defaultdict(set)
        self.names = _name_publishers(programs)

    def find(self, parameters: dict[str, Any]) -> Headline | None:
        """The headline figures of the programs a report's parameters are about; None of none."""
        names = tuple(name for name in SLICES if parameters.get(name) is not None)
        if names not in self._found:
            columns = [SLICES[name] for name in names]
            rows = self._programs[self._is_meant(names)]
            self._found[names] = count_headlines(rows, self._audit, columns)
        key = tuple(parameters[name] for name in names)
        is_key = all(isinstance(value, str | int) for value in key)  # else of other hands
        return self._found[names].get(key) if is_key else None

    def _is_meant(self, names: tuple[str, ...]) -> pd.Series:
        """Over several years only those that are evaluated."""
        programs = self._programs
        every = pd.Series(True, index=programs.index)
        return every if "fiscal_year" in names else programs["is_evaluated"].astype(bool)

    def cover(self, parameters: dict[str, Any]) -> None:
        """Note that a page is about the programs that these parameters are about."""
        names = tuple(name for name in SLICES if parameters.get(name) is not None)
        self._covered[names].add(tuple(parameters[name] for name in names))

    @property
    def is_covered(self) -> pd.Series:
        """Whether any page is about each program and year."""
        covered = pd.Series(False, index=self._programs.index)
        for names, keys in self._covered.items():
            meant = self._is_meant(names)
            if names:
                of_rows = list_keys(self._programs, [SLICES[name] for name in names])
                meant &= pd.Series([key in keys for key in of_rows], index=meant.index)
            covered |= meant
        return covered


def _name_publishers(programs: pd.DataFrame) -> dict[str, str]:
    """The name of each publisher by its code; what two bear is told apart."""
    names = dict(zip(programs["government_code"], programs["government"], strict=True))
    borne = Counter(names.values())
    return {c: tell_apart(name, c) if borne[name] > 1 else name for c, name in names.items()}
