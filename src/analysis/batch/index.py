"""The index: every report in the ledger, with its status and what it is about.

Few reports stand in one page. Of many the page holds a list of their publishers, whose reports
stand in pieces beside it twice: as plain pages, for whoever goes there, and as scripts, for the
search. From a folder (file://) a page may read no file but a script, and no browser compares that
with a hash: so a script is named by the hash of its content, and the policy lets the page's own
script, and no tag in the page, ask for it.
"""

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from analysis.batch.index_entries import GONE, OVERVIEWS, WHOLE, Listed, Section, list_reports
from analysis.batch.outputs import INDEX_FILES, RESULTS, WORKBOOK, find_other_languages
from analysis.measures.index import Headline
from analysis.page.export import TEMPLATE
from analysis.page.export.lock import POLICY, hash_script
from analysis.wording import (
    describe_together,
    format_fiscal_year,
    format_number,
    list_eras,
    name_prefecture,
    short_fiscal_year,
)
from analysis.wording.labels import LANGUAGE, labels

INDEX = labels("index")
MOST_IN_ONE = 300  # reports in one page: some 300 KB
MOST_ABOVE = 30  # reports about no one publisher that stand in the page all the same
SAID = ("loading", "not_loaded", "found", "found_none", "shown", "sorted", "first_year")
ASKED = ("missed", "odd", "unknown")
SAFE = re.compile(r"[0-9a-z_]{1,64}")


def write_index(
    programs: pd.DataFrame, output: Path, path: Path, audit: pd.DataFrame | None = None
) -> None:
    """Write the index: every report in the ledger, with its status.

    Those of sosei's own notebooks have headline figures of what they are about; of another
    nobody knows what it shows. `programs` is that of the results (`Measured`); without `audit`,
    theirs, no published judgement is counted. A report that failed stays listed, with its error
    and, where there is one, the last good page. So does one about what the data no longer holds,
    last and without figures.

    Of more than `MOST_IN_ONE` the pieces go into the folder `INDEX_FILES` beside `path`. It leads
    to the files of the results, to the workbook where one is beside `path`.
    """
    listed = list_reports(programs, audit, output)
    in_page, publishers = _share_out(listed)
    environment = Environment(
        loader=FileSystemLoader([Path(__file__).parent, TEMPLATE]), autoescape=True
    )
    environment.globals |= {
        "labels": INDEX,
        "reading": labels("page")["reading"],
        "language": LANGUAGE,
        "languages": [
            (code, labels("page", code)["language"], place)
            for code, place in find_other_languages(output).items()
        ],
        "overviews": len(OVERVIEWS),
    }
    pieces = _write_pieces(environment, listed, publishers, path.parent / INDEX_FILES)
    said = {name: INDEX[name] for name in SAID}
    script = environment.get_template("index.js.j2").render(said=said, eras=list_eras())
    allowed = [hash_script(script), *(["'strict-dynamic'"] if pieces else [])]
    years = {section.year for section in listed.sections if section.year is not None}
    page = environment.get_template("index.html.j2").render(
        count=format_number(listed.count),
        together=_describe(listed, WHOLE),
        sections=in_page,
        places=_list_places(publishers),
        results=[*ASKED, *(["failed"] if listed.failed[WHOLE] else [])],
        files=[(file, INDEX[code]) for code, file in _list_files(path.parent / RESULTS)],
        pieces=[f"{INDEX_FILES}/{name}" for name in pieces],
        years=[(year, format_fiscal_year(year)) for year in sorted(years, reverse=True)],
        policy=Markup(POLICY.format(scripts=" ".join(allowed))),
        script=Markup(script),
    )
    path.write_text(page, encoding="utf-8")


def _list_files(results: Path) -> list[tuple[str, str]]:
    """The files of the results to take away, by what they are called: for people first."""
    workbook = [("workbook", WORKBOOK)] if (results / WORKBOOK).is_file() else []
    return [
        *workbook,
        ("kpis", "kpis.csv"),
        ("programs", "programs.csv"),
        ("columns", "codebook.csv"),
    ]


@dataclass(frozen=True)
class _Publisher:
    """What stands on one plain page, and how the list names it."""

    code: str
    name: str
    page: str
    years: str
    count: int
    sections: list[Section]


def _share_out(listed: Listed) -> tuple[list[Section], list[_Publisher]]:
    """The sections that stand in the page itself, and the publishers that have a page each."""
    if listed.count <= MOST_IN_ONE:
        return listed.sections, []
    publishers = [
        _make_publisher(code, list(sections))
        for code, sections in groupby(listed.sections, lambda section: section.publisher)
    ]
    above = [p for p in publishers if p.code == WHOLE and p.count <= MOST_ABOVE]
    return [s for p in above for s in p.sections], [p for p in publishers if p not in above]


def _make_publisher(code: str, sections: list[Section]) -> _Publisher:
    years = [s.year for s in reversed(sections) if s.year is not None]
    return _Publisher(
        code,
        sections[0].name,
        f"{INDEX_FILES}/{_name_page(code)}.html",
        labels("signs")["dot"].join(map(short_fiscal_year, years)),
        sum(len(section.rows) for section in sections),
        sections,
    )


def _name_page(code: str) -> str:
    """The name of a publisher's page: its code, where any file system bears that."""
    reserved = {WHOLE: "whole", GONE: "gone"}
    if code in reserved:
        return reserved[code]
    is_plain = SAFE.fullmatch(code) and code not in reserved.values()
    return code if is_plain else f"code_{hashlib.sha256(code.encode()).hexdigest()[:16]}"


def _list_places(publishers: list[_Publisher]) -> list[tuple[str, list[_Publisher]]]:
    """The publishers by prefecture, those of none last."""
    places: dict[str, list[_Publisher]] = {}
    for publisher in publishers:
        is_one = publisher.code not in (WHOLE, GONE)
        place = name_prefecture(publisher.code) if is_one else publisher.name
        places.setdefault(place, []).append(publisher)
    last = (INDEX["elsewhere"], INDEX["gone"])
    return sorted(places.items(), key=lambda item: item[0] in last)


def _write_pieces(
    environment: Environment, listed: Listed, publishers: list[_Publisher], folder: Path
) -> list[str]:
    """Write a plain page for each publisher, and the scripts of all, whose names are returned."""
    shutil.rmtree(folder, ignore_errors=True)
    if not publishers:
        return []
    folder.mkdir()
    template = environment.get_template("index_publisher.html.j2")
    lists = environment.get_template("index_sections.html.j2").module
    parts: dict[str, list[str]] = {}
    for publisher in publishers:
        sections = str(lists.list(publisher.sections))  # type: ignore[attr-defined]
        parts.setdefault(publisher.code[:2], []).append(sections)
        page = template.render(
            name=publisher.name,
            together=_describe(listed, publisher.code),
            sections=Markup(sections.replace('<a href="', '<a href="../')),
            policy=Markup(POLICY.format(scripts="'none'")),
        )
        (folder / Path(publisher.page).name).write_text(page, encoding="utf-8")
    return [_write_script("".join(some), folder) for some in parts.values()]


def _write_script(sections: str, folder: Path) -> str:
    """Write sections as a script that hands them to the page; its name is of its content."""
    script = f"addReports({json.dumps(sections, ensure_ascii=False)});\n".encode()
    name = f"{hashlib.sha256(script).hexdigest()[:32]}.js"
    (folder / name).write_bytes(script)
    return name


def _describe(listed: Listed, publisher: str) -> str:
    headline = listed.headlines.get(publisher, Headline())
    return describe_together(headline, listed.programs[publisher], listed.failed[publisher])
