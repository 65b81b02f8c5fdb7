"""What differs between two editions of the data: a page that can be passed on, and a CSV."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pandas as pd
from jinja2 import Environment, FileSystemLoader, Template

from analysis.dataset.load import Dataset
from analysis.errors import DataError
from analysis.measures.chain import measure
from analysis.measures.changes import PARTS, find_changes, list_touched
from analysis.page.export import TEMPLATE
from analysis.page.export.clean import CONTROLS
from analysis.page.pieces import show_tiles
from analysis.page.spreadsheet import write_csv
from analysis.page.tables import write_table
from analysis.wording import (
    NumberedSources,
    describe_changes,
    list_moved_sentences,
    name_editions,
    summarize_changes,
    tabulate_changes,
    tabulate_moved_grades,
    tabulate_moved_sentences,
    tabulate_moved_verdicts,
    tabulate_part,
    title_changes,
    word_changes,
)
from analysis.wording.labels import LANGUAGE, labels

WORDS = labels("edition_changes")
PART_NAMES = labels("edition_changes.parts")
CAPTIONS = labels("tables")
MOST_ROWS = 100  # of a table on the page; the CSV has all
MOST_WORDED = 200  # programs of a year whose sentences are compared: each takes some 0.05 seconds


@dataclass(frozen=True)
class Comparison:
    """Two editions with what differs between them.

    `changes` are those of `find_changes` with the sentences that move; `unworded` is the number
    of programs and years that were touched and whose sentences were not compared.
    """

    old: Dataset
    new: Dataset
    names: tuple[str, str]
    changes: pd.DataFrame
    unworded: int


class Table(NamedTuple):
    """One table on the page, and how many rows more the CSV has."""

    html: str
    more: int


class Section(NamedTuple):
    """One part of the changes on the page."""

    part: str
    name: str
    tables: list[Table]


def compare_editions(
    old: Dataset, new: Dataset, names: tuple[str, str], most: int | None = MOST_WORDED
) -> Comparison:
    """Compare two editions; `names` is what they are called, `most` bounds the sentences."""
    changes = find_changes(old, new)
    touched = list_touched(changes, old.kpis, new.kpis)
    looked_at = touched[:most]
    sentences = list_moved_sentences(measure(old), measure(new), looked_at)
    if len(sentences):
        both = pd.concat([changes, sentences.astype(changes.dtypes.to_dict())], ignore_index=True)
        order = both["part"].map(PARTS.index).argsort(kind="stable")
        changes = both.iloc[order].reset_index(drop=True)
    return Comparison(old, new, names, changes, len(touched) - len(looked_at))


def write_changes(comparison: Comparison, path: Path) -> None:
    """Write every change as a CSV that a spreadsheet opens as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_csv(tabulate_changes(comparison.changes, comparison.new.rubrics), path)


def write_page(comparison: Comparison, path: Path) -> Path:
    """Write the page, and the CSV with all changes beside it, which is returned.

    Raises
    ------
    DataError
        When the page would be written over by the CSV.
    """
    beside = path.with_suffix(".csv")
    if beside == path:
        raise DataError(f"{path} is the name of the CSV beside the page; end it in .html")
    write_changes(comparison, beside)
    path.write_text(make_page(comparison, beside.name), encoding="utf-8")
    return beside


def make_page(comparison: Comparison, csv: str) -> str:
    """The changes as one page of HTML that needs nothing else; `csv` is the file beside it."""
    changes, old, new = comparison.changes, comparison.old, comparison.new
    sources = NumberedSources(old.sources, new.sources)
    first, second = (Path(name).name for name in comparison.names)
    page = _load_template().render(
        language=LANGUAGE,
        labels=WORDS,
        editions=name_editions((first, second), old.sources, new.sources),
        title=title_changes(changes),
        lead=describe_changes(changes),
        tiles=show_tiles(summarize_changes(changes)).html,
        sections=list(_make_sections(comparison, sources)),
        sources=_cut_table(sources.tabulate()),
        csv=quote(csv),
        unworded=comparison.unworded,
    )
    return CONTROLS.sub("\ufffd", page)


@cache
def _load_template() -> Template:
    folders = [Path(__file__).parent, TEMPLATE]
    return Environment(loader=FileSystemLoader(folders), autoescape=True).get_template(
        "changes.html.j2"
    )


def _make_sections(comparison: Comparison, sources: NumberedSources) -> Iterator[Section]:
    """Each part with its name and tables, those of conclusions first, their sentences last."""
    changes, rubrics = comparison.changes, comparison.new.rubrics
    worded = word_changes(changes, rubrics)
    found = {
        "conclusion": [tabulate_moved_verdicts(changes, worded)],
        **{
            part: [tabulate_part(changes, worded, part, sources)]
            for part in PARTS[1:]
            if (changes["part"] == part).any()
        },
        "sentence": [tabulate_moved_sentences(changes), tabulate_moved_grades(changes, rubrics)],
    }
    for part, tables in found.items():
        cut = [_cut_table(table) for table in tables if len(table)]
        if cut:
            yield Section(part, PART_NAMES[part], cut)


def _cut_table(table: pd.DataFrame) -> Table:
    shown = table.head(MOST_ROWS)
    caption = CAPTIONS[table.attrs["name"]]
    return Table(write_table(shown, caption).html, len(table) - len(shown))
