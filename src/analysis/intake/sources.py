"""The row of `sources` of a publication: who published it, its title, its year, its name."""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import DataError
from analysis.intake.ids import Known
from analysis.intake.names import make_id
from analysis.intake.profiles import Profile
from analysis.intake.publication import Publication

OF_PUBLISHER = ("government", "publisher")
NO_COLUMNS = ("unit", "scheme", "fiscal_year", "title")  # of a profile, read elsewhere


def describe_source(
    publication: Publication,
    given: tuple[str, str],
    known: Known,
    profile: Profile | None = None,
) -> dict[str, Any]:
    """Describe a publication; `code` is that of its publisher.

    Parameters
    ----------
    publication
        What was read.
    given
        The code and the name of its publisher, where they were said; else empty texts.
    known
        The folder it comes into. Where that is of one government alone, so is what comes.
    profile
        What is said of its file.
    """
    context, inferred = publication.context, []
    said = dict(profile.source) if profile else {}
    government, publisher = (a or said.get(b, "") for a, b in zip(given, OF_PUBLISHER, strict=True))
    rows = (fact.government for fact in publication.facts if fact.government)
    printed = publisher or context.publisher or next(rows, "")
    if not printed and not government and len(known.names) == 1:
        [government] = known.names
    name = printed or known.names.get(government, "") or Path(publication.file).stem
    for one in publication.contexts:
        one.publisher = one.publisher or publisher
    if not printed:
        inferred.append("publisher")
    year = _find_year(publication)
    if context.year is None:
        inferred.append("fiscal_year")
    title = re.sub(r"\s+", " ", _without_edition(context.title)).strip()
    if not title:
        inferred.append("title")
    inferred += [name for name in (profile.reasons if profile else {}) if name == "fiscal_year"]
    own = {name: what for name, what in said.items() if name not in (*OF_PUBLISHER, *NO_COLUMNS)}
    corrected = {
        c: why for c, why in context.corrected.items() if c != "publisher" or not publisher
    }
    return {
        "code": government or known.find_government(name),
        "source_id": name_source(publication.file, year),
        "publisher": name,
        "title": title or Path(publication.file).stem,
        "edition": context.edition,
        "fiscal_year": year or "",
        "place": publication.file,
        "inferred": " ".join(sorted({*inferred, *corrected})),
        "corrected": corrected,
    } | own


def _find_year(publication: Publication) -> int | None:
    """The year it evaluates: as said, else the last with an actual, else the last of all."""
    dated = [fact for fact in publication.facts if fact.fiscal_year is not None]
    actual = [f.fiscal_year for f in dated if f.field == "actual" and f.fiscal_year]
    every = [f.fiscal_year for f in dated if f.fiscal_year]
    return publication.context.year or max(actual or every, default=None)


def _without_edition(title: str) -> str:
    return re.sub(r"[\s\u3000]*[\u3010\uff08(][^\u3011\uff09)]*\u7248[\u3011\uff09)]", "", title)


def name_source(file: str, year: int | None) -> str:
    """The id of a source: the name of its file in small letters, and its year.

    Examples
    --------
    >>> name_source("KPI list.xlsx", 2018)
    'kpi_list_2018'
    """
    stem = unicodedata.normalize("NFKC", Path(file).stem).lower()
    slug = re.sub("[^a-z0-9]+", "_", stem).strip("_")
    if re.search(r"[^\x00-\x7f]", stem) or not slug:
        slug = make_id("s", stem)
    return f"{slug}_{year}" if year else slug


class Earlier:
    """What a folder has of files that are read again, or of others of the same name."""

    def __init__(self, tables: dict[str, pd.DataFrame]) -> None:
        found = tables.get("sources")
        self.sources = [] if found is None else found.to_dict("records")
        self.replaced: set[str] = set()
        self.read: set[str] = set()

    def name_file(self, publication: Publication, path: Path) -> str:
        """The name of a file in this folder: of another year than one of that name, a longer."""
        return self._name(publication.file, str(_find_year(publication) or ""), path)

    def _name(self, file: str, year: str, path: Path) -> str:
        same = [row for row in self.sources if row["place"] == file]
        is_other = any(row["fiscal_year"] not in ("", year) for row in same)
        return f"{path.parent.name}/{file}" if is_other else file  # a/kpi.xlsx and b/kpi.xlsx

    def settle(self, source: dict[str, Any], publication: Publication, path: Path) -> None:
        """Replace the source of the same file and year, and tell another file by its folder."""
        year = str(source["fiscal_year"])
        same = [row for row in self.sources if row["place"] == source["place"]]
        self.replaced |= {row["source_id"] for row in same if row["fiscal_year"] in ("", year)}
        file = self._name(publication.file, year, path)
        if file != publication.file:
            source["place"] = publication.file = file
            publication.facts = [replace(fact, file=file) for fact in publication.facts]
        if file in self.read:
            raise DataError(
                f"{path}: another file of this command is {file} of the same year. Rename one."
            )
        self.read.add(file)
        taken = [row for row in self.sources if row["source_id"] == source["source_id"]]
        if any(row["place"] != source["place"] for row in taken):  # kpi.xlsx and kpi.csv
            ending = make_id(Path(source["place"]).suffix.strip(".").lower(), source["place"])
            source["source_id"] += f"_{ending}"
        self.sources.append({**source, "fiscal_year": year})
