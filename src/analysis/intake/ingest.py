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
from analysis.dataset.tables import TABLES, list_key_names
from analysis.errors import DataError
from analysis.intake.editions import link_editions
from analysis.intake.facts import OUTCOMES, PROBLEM, Fact
from analysis.intake.grid import Grid
from analysis.intake.ids import read_known
from analysis.intake.page import write_page
from analysis.intake.publication import Publication, read_publication
from analysis.intake.readers import read_file
from analysis.intake.rereading import Rereading
from analysis.intake.sources import Earlier, describe_source
from analysis.intake.store import (
    READ_OF_FILES,
    read_folder,
    read_settings,
    write_folder,
    write_settings,
)
from analysis.intake.tidy import Tidied, Tidier
from analysis.wording.labels import labels

PAGE = "ingest.html"
YEARS = range(1900, 2100)
REASONS = labels("intake_reasons")


@dataclass
class Ingested:
    """What became of the files: the folder, the facts of all of them, and what `check` finds."""

    folder: Path
    publications: list[Publication] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # members of a zip, and why
    changed: list[str] = field(default_factory=list)  # what became of what people changed
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
    new: list[tuple[str, Tidied, dict[str, Any]]] = []
    earlier, again = Earlier(tables), Rereading(folder, tables)
    for path in {path.resolve(): path for path in files}.values():
        for publication in _read_file(path, fiscal_year, done, earlier, again):
            source = describe_source(publication, (government, publisher), known)
            earlier.settle(source, publication, path)
            tidier = Tidier(
                source["source_id"], (source.pop("code"), source["publisher"]), known, settings
            )
            tidied = tidier.tidy(publication.facts)
            publication.facts = tidied.facts
            done.publications.append(publication)
            new.append((publication.file, tidied, source))
    done.facts = [fact for _, tidied, _ in new for fact in tidied.facts]
    again.refuse()
    again.write()
    done.changed = again.say()
    reasons = link_editions(tables, [source for *_, source in new], earlier.replaced)
    write_folder(folder, tables, _merge(new, reasons), done.facts, earlier.replaced)
    write_settings(folder, settings, [row for _, t, _ in new for row in t.tables["kpis"]])
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
    path: Path, fiscal_year: int | None, done: Ingested, earlier: Earlier, again: Rereading
) -> list[Publication]:
    def read(grids: list[Grid]) -> Publication:
        return read_publication(grids[0].file, grids, fiscal_year)

    grids, left_out = read_file(path)
    done.left_out += left_out
    files = list(dict.fromkeys(grid.file for grid in grids))
    return [
        again.read([g for g in grids if g.file == file], read, lambda p: earlier.name_file(p, path))
        for file in files
    ]


def _merge(
    new: list[tuple[str, Tidied, dict[str, Any]]], reasons: list[dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    """The new rows of each table: of the sources, of what they hold, and why it was concluded."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES} | {"reasons": reasons}
    for _, tidied, source in new:
        rows["sources"].append(source)
        for name, found in tidied.tables.items():
            rows[name] += found
    for name in READ_OF_FILES:
        corrected = [(row, row.pop("corrected", {})) for row in rows[name]]
        concluded = {
            (column, row["source_id"])
            for row, own in corrected
            for column in row["inferred"].split()
            if column not in own
        }
        rows["reasons"] += [
            {"table": name, "column": column, "key": key, "reason": reason}
            for row, own in corrected
            for key in (list_key_names(name, pd.DataFrame([row])) if own else ())
            for column, reason in own.items()
        ]
        rows["reasons"] += [
            {
                "table": name,
                "column": column,
                "key": f"*/{source}",
                "reason": REASONS.get(column, REASONS["other"]),
            }
            for column, source in sorted(concluded)
        ]
    return rows
