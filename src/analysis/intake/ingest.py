"""Published files -> a folder of tidy tables, with ingest.csv and a page that shows the reading."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.dataset.check import check
from analysis.dataset.kinds import KINDS
from analysis.dataset.problems import PROBLEM_COLUMNS
from analysis.dataset.tables import TABLES
from analysis.errors import DataError
from analysis.intake.facts import OUTCOMES, PROBLEM, Fact
from analysis.intake.ids import read_known
from analysis.intake.page import write_page
from analysis.intake.profiles import Profile, find_profile
from analysis.intake.publication import Publication, read_publication
from analysis.intake.readers import read_file
from analysis.intake.sources import Earlier, describe_source
from analysis.intake.store import read_folder, read_settings, write_folder, write_settings
from analysis.intake.tidy import Tidied, Tidier
from analysis.wording.labels import labels

PAGE = "ingest.html"
New = tuple[Tidied, dict[str, Any], dict[str, str]]  # of a source: rows, its own row, reasons
YEARS = range(1900, 2100)
REASONS = labels("intake_reasons")


@dataclass
class Ingested:
    """What became of the files: the folder, the facts of all of them, and what `check` finds."""

    folder: Path
    publications: list[Publication] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # members of a zip, and why
    profiles: dict[str, str] = field(default_factory=dict)  # the name of the profile by file
    problems: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=PROBLEM_COLUMNS))

    @property
    def counts(self) -> dict[str, int]:
        """How many facts there are of each outcome."""
        found = Counter(fact.outcome for fact in self.facts)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    @property
    def has_errors(self) -> bool:
        """Whether a figure is left that could not be read, or `check` finds an error."""
        return "error" in set(self.problems["severity"]) or bool(self.counts[PROBLEM])


def ingest(
    files: list[Path],
    into: Path | None = None,
    government: str = "",
    publisher: str = "",
    fiscal_year: int | None = None,
    profile: str = "",
) -> Ingested:
    """Read published files into a folder of tidy tables.

    Parameters
    ----------
    files
        Workbooks, text files, web pages, papers, or zips of these.
    into
        The folder; else data/<name of the first file>. What it holds of other publications stays,
        and its names keep their ids.
    government
        The code of who published them; else one made of the name (x_...).
    publisher
        The name of who published them; else as printed.
    fiscal_year
        The year whose results they give; else as printed.
    profile
        The name of a profile, or a path to one; else the one that fits the name of a file, if any.

    Raises
    ------
    DataError
        When a file cannot be read at all, or the folder holds tables that cannot.
    """
    _check_given(government, fiscal_year, into)
    folder = into or Path("data") / files[0].stem
    tables = read_folder(folder)
    settings = read_settings(folder)
    known = read_known(tables)
    done = Ingested(folder)
    new: list[New] = []
    earlier = Earlier(tables)
    for path in files:
        said = find_profile(path.name, profile, folder)
        if said:
            done.profiles[path.name] = said.name
        for publication in _read_file(path, fiscal_year, said, done):
            source = describe_source(publication, (government, publisher), known, said)
            earlier.settle(source, publication, path)
            publisher_of = (source.pop("code"), source["publisher"])
            tidier = Tidier(source["source_id"], publisher_of, known, settings, said)
            tidied = tidier.tidy(publication.facts)
            publication.facts = tidied.facts
            done.publications.append(publication)
            new.append((tidied, source, said.reasons if said else {}))
    done.facts = [fact for tidied, *_ in new for fact in tidied.facts]
    write_folder(folder, tables, _merge(new), done.facts, earlier.replaced)
    write_settings(folder, settings, [row for t, *_ in new for row in t.tables["kpis"]])
    write_page(done.publications, folder / PAGE)
    done.problems = check(folder)
    return done


def _check_given(government: str, fiscal_year: int | None, into: Path | None) -> None:
    """Refuse a code, a year or a folder that no table can have."""
    wrong = []
    if government and not re.fullmatch(KINDS["code"].pattern, government):
        wrong.append(f"government {government!r} is no code. Expected {KINDS['code'].expected}.")
    if fiscal_year is not None and fiscal_year not in YEARS:
        wrong.append(f"fiscal year {fiscal_year} is none. Expected a year such as 2018.")
    if into and into.exists() and not into.is_dir():
        wrong.append(f"{into} is a file. Expected a folder, or a name that is free.")
    if wrong:
        raise DataError("\n".join(wrong))


def _read_file(
    path: Path, fiscal_year: int | None, profile: Profile | None, done: Ingested
) -> list[Publication]:
    grids, left_out = read_file(path, profile)
    done.left_out += left_out
    files = list(dict.fromkeys(grid.file for grid in grids))
    return [
        read_publication(file, [g for g in grids if g.file == file], fiscal_year, profile)
        for file in files
    ]


def _merge(new: list[New]) -> dict[str, list[dict[str, Any]]]:
    """The new rows of each table: of the sources, of what they hold, and why it was concluded."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for tidied, source, said in new:
        rows["sources"].append(source)
        for name, found in {**tidied.tables, "sources": [source]}.items():
            rows[name] += found if name != "sources" else []
            concluded = {column for row in found for column in row["inferred"].split()}
            rows["reasons"] += [
                {
                    "table": name,
                    "column": column,
                    "key": f"*/{source['source_id']}",
                    "reason": said.get(column) or REASONS.get(column, REASONS["other"]),
                }
                for column in sorted(concluded)
            ]
    return rows
