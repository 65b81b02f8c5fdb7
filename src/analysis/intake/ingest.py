"""Published files -> a folder of tidy tables, with ingest.csv and a page that shows the reading."""

import gc
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.dataset.check import check
from analysis.dataset.kinds import KINDS
from analysis.dataset.problems import PROBLEM_COLUMNS
from analysis.dataset.tables import TABLES, list_key_names
from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.errors import DataError
from analysis.intake.corrections import CORRECTIONS, read_corrections
from analysis.intake.editions import link_editions
from analysis.intake.facts import COLUMNS, OUTCOMES, PROBLEM, Fact
from analysis.intake.grid import Grid
from analysis.intake.ids import read_known
from analysis.intake.page import write_page
from analysis.intake.profiles import Profile, find_profile
from analysis.intake.publication import Publication, read_publication
from analysis.intake.readers import read_file
from analysis.intake.rereading import Rereading
from analysis.intake.sources import Earlier, describe_source
from analysis.intake.store import (
    read_folder,
    read_settings,
    write_folder,
    write_settings,
)
from analysis.intake.template import About
from analysis.intake.template_names import Filled
from analysis.intake.template_reading import read_filled
from analysis.intake.template_reasons import list_reasons
from analysis.intake.template_sheets import find_about
from analysis.intake.tidy import Tidied, Tidier
from analysis.wording.labels import labels

Files = Path | str | Sequence[Path | str]
PAGE = "ingest.html"
New = tuple[Tidied, dict[str, Any], dict[str, str]]  # of a source: rows, its own row, reasons
YEARS = range(1900, 2100)
REASONS = labels("intake_reasons", LANGUAGE_OF_DOCUMENTS)


@dataclass(repr=False)
class Ingested:
    """What became of the files: the folder, the facts of all of them, and what `check` finds."""

    folder: Path
    publications: list[Publication] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # members of a zip, and why
    changed: list[str] = field(default_factory=list)  # what became of what people changed
    filled: list[Filled] = field(default_factory=list)  # the workbooks that were filled in
    problems: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=PROBLEM_COLUMNS))

    def __repr__(self) -> str:
        return f"<Ingested {self.folder}: {self.counts}>"

    @property
    def counts(self) -> dict[str, int]:
        """How many facts there are of each outcome."""
        found = Counter(fact.outcome for fact in self.facts)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    @property
    def frame(self) -> pd.DataFrame:
        """The facts as a table, a row each, with the columns of ingest.csv."""
        rows = [[getattr(fact, column) for column in COLUMNS] for fact in self.facts]
        table = pd.DataFrame(rows, columns=[*COLUMNS]).astype({"fiscal_year": "Int64"})
        return table.assign(place=[fact.cell for fact in self.facts])

    @property
    def added(self) -> list[Filled]:
        """The workbooks whose rows were added, as nothing in them has to be put right."""
        return [filled for filled in self.filled if not filled.problems]

    @property
    def has_errors(self) -> bool:
        """Whether a figure is left that could not be read, or `check` finds an error."""
        return "error" in set(self.problems["severity"]) or bool(self.counts[PROBLEM])


def ingest(
    files: Files,
    into: Path | str | None = None,
    government: str = "",
    publisher: str = "",
    fiscal_year: int | None = None,
    profile: str = "",
) -> Ingested:
    """Read published files into a folder of tidy tables.

    Parameters
    ----------
    files
        A file or several: workbooks, text files, web pages, papers, records, or zips of these.
    into
        The folder; else data/<name of the first file>. What it holds of other publications stays,
        and its names keep their ids.
    government
        The code of who published them; else one made of the name (`x_...`).
    publisher
        The name of who published them; else as printed.
    fiscal_year
        The year whose results they give; else as printed.
    profile
        The name of a profile, or a path to one; else the one that fits the name of a file, if any.

    Raises
    ------
    DataError
        When a file cannot be read at all, a correction does not fit it, its profile does not, or
        the folder holds tables that cannot be read. Then nothing is written.
    """
    paths = [Path(files)] if isinstance(files, (str, Path)) else [Path(file) for file in files]
    folder = Path(into) if into else Path("data") / paths[0].stem
    _check_given(government, fiscal_year, folder)
    done = Ingested(folder)
    with _paused_collector():
        _read_into(folder, paths, Given(government, publisher, fiscal_year, profile), done)
    done.problems = check(folder)
    return done


@dataclass(frozen=True)
class Given:
    """What was said of all files of a command."""

    government: str
    publisher: str
    fiscal_year: int | None
    profile: str


@contextmanager
def _paused_collector() -> Iterator[None]:
    """Do without Python's search for cycles: over a nation's cells it takes half of all time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_into(folder: Path, paths: list[Path], given: Given, done: Ingested) -> None:
    """Read the files and write what they hold beside what the folder has."""
    tables, settings = read_folder(folder), read_settings(folder)
    known = read_known(tables)
    new: list[New] = []
    earlier, again = Earlier(tables), Rereading(folder, tables)
    for path in {path.resolve(): path for path in paths}.values():
        said = find_profile(path.name, given.profile, folder)
        grids, left_out = read_file(path, said)
        done.left_out += left_out
        if about := find_about(grids):
            _check_about(path, about, given, done)
            filled, publication = read_filled(path, about, folder, tables, known)
            done.publications.append(publication)
            done.filled.append(filled)
            continue
        for publication in _read_each(grids, path, given, said, (earlier, again)):
            source = describe_source(publication, (given.government, given.publisher), known, said)
            earlier.settle(source, publication, path)
            publisher = (source.pop("code"), source["publisher"])
            tidied = Tidier(source["source_id"], publisher, known, settings, said).tidy(
                publication.facts
            )
            publication.facts = tidied.facts
            done.publications.append(publication)
            new.append((tidied, source, said.reasons if said else {}))
    done.facts = [fact for tidied, *_ in new for fact in tidied.facts]
    read = [fact for filled in done.added for fact in filled.facts]
    again.refuse()
    again.write()
    done.changed = again.say()
    reasons = link_editions(tables, [source for _, source, _ in new], earlier.replaced)
    rows = _merge(new, reasons)
    whole = _add_filled(rows, done.added, tables)
    if new or done.added:
        write_folder(folder, tables, rows, [*done.facts, *read], earlier.replaced, whole)
    done.facts += [fact for filled in done.filled for fact in filled.facts]
    folder.mkdir(parents=True, exist_ok=True)
    write_settings(folder, settings, [row for t, *_ in new for row in t.tables["kpis"]])
    write_page(done.publications, folder / PAGE)


def _check_about(path: Path, about: About, given: Given, done: Ingested) -> None:
    """Refuse a workbook that is of something else than was said, or of what another is of, too."""
    said = (given.government or about.code, given.fiscal_year or about.year)
    if said != (about.code, about.year):
        raise DataError(
            f"{path} is of {about.code} in fiscal year {about.year}, and not of {said[0]} in "
            f"{said[1]} as the command says. Leave --government and --fiscal-year out."
        )
    if any(line.file == path.name for line in read_corrections(done.folder)):
        raise DataError(
            f"{CORRECTIONS} has a line for {path.name}, which people typed. Correct the cell there "
            "and take the line out."
        )
    same = [f.file for f in done.filled if (f.about.code, f.about.year) == (about.code, about.year)]
    if same:
        raise DataError(f"{path} is of the government and year of {same[0]}. Read only one.")


def _read_each(
    grids: list[Grid],
    path: Path,
    given: Given,
    profile: Profile | None,
    told: tuple[Earlier, Rereading],
) -> Iterator[Publication]:
    """Read a file, or each file of an archive, as corrected and by its profile."""
    earlier, again = told

    def read(grids: list[Grid]) -> Publication:
        return read_publication(grids[0].file, grids, given.fiscal_year, profile)

    for file in dict.fromkeys(grid.file for grid in grids):
        own = [grid for grid in grids if grid.file == file]
        yield again.read(own, read, lambda found: earlier.name_file(found, path))


def _check_given(government: str, fiscal_year: int | None, into: Path) -> None:
    """Refuse a code, a year or a folder that no table can have."""
    wrong = []
    if government and not re.fullmatch(KINDS["code"].pattern, government):
        wrong.append(f"government {government!r} is no code. Expected {KINDS['code'].expected}.")
    if fiscal_year is not None and fiscal_year not in YEARS:
        wrong.append(f"fiscal year {fiscal_year} is none. Expected a year such as 2018.")
    if into.exists() and not into.is_dir():
        wrong.append(f"{into} is a file. Expected a folder, or a name that is free.")
    if wrong:
        raise DataError("\n".join(wrong))


def _merge(new: list[New], reasons: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The new rows of each table: of the sources, of what they hold, and why it was concluded."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES} | {"reasons": reasons}
    for tidied, source, said in new:
        of_source = {**tidied.tables, "sources": [source]}
        for name, found in of_source.items():
            rows[name] += found
            rows["reasons"] += _list_reasons(name, found, said)
    return rows


def _add_filled(
    rows: dict[str, list[dict[str, Any]]], added: list[Filled], tables: dict[str, pd.DataFrame]
) -> frozenset[str]:
    """Add the rows of workbooks that were filled in; return their sources, which are whole."""
    for filled in added:
        for name, found in filled.rows.items():
            rows[name] += found
        rows["reasons"] += list_reasons(filled, tables.get("reasons"))
    return frozenset(row["source_id"] for filled in added for row in filled.rows["sources"])


def _list_reasons(
    name: str, rows: list[dict[str, Any]], said: dict[str, str]
) -> Iterator[dict[str, Any]]:
    """Why columns were concluded, a line for all rows of a source; and each that was corrected."""
    concluded = set()
    for row in rows:
        corrected = row.pop("corrected", {})
        concluded |= {(c, row["source_id"]) for c in row["inferred"].split() if c not in corrected}
        for key in list_key_names(name, pd.DataFrame([row])) if corrected else ():
            for column, reason in corrected.items():
                yield {"table": name, "column": column, "key": key, "reason": reason}
    for column, source in sorted(concluded):
        reason = said.get(column) or REASONS.get(column, REASONS["other"])
        yield {"table": name, "column": column, "key": f"*/{source}", "reason": reason}
