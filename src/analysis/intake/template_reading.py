"""A filled-in workbook -> what it adds to a folder, or all that has to be put right first."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.errors import DataError
from analysis.intake.context import Context
from analysis.intake.facts import Fact
from analysis.intake.grid import Grid, number_of
from analysis.intake.ids import Known
from analysis.intake.publication import Publication
from analysis.intake.readers import read_known
from analysis.intake.store import read_as_written
from analysis.intake.stored import read_stored
from analysis.intake.template import About, plan_sheets, read_last_year
from analysis.intake.template_doubts import find_doubts
from analysis.intake.template_names import Filled
from analysis.intake.template_rows import find_status, make_rows
from analysis.intake.template_sheets import TypedSheet, read_sheets
from analysis.intake.template_trial import find_hand_changes, find_taken_names, try_out
from analysis.wording import say_front
from analysis.wording.labels import labels

ADDRESS = re.compile("([A-Z]+)([0-9]+)")
FORMULA_ALONE = "formula_alone"  # beside which nothing else is said of a cell


def read_filled(
    path: Path, about: About, folder: Path, tables: dict[str, pd.DataFrame], known: Known
) -> tuple[Filled, Publication]:
    """Read a workbook that was filled in: its rows, and it as a publication for the page.

    Raises
    ------
    DataError
        When the folder has no year that it goes on from.
    """
    book = read_known(path)
    grids, formulas = book.grids, [thing.place for thing in read_stored(book).formulas]
    try:
        last = read_last_year(folder, about.code, about.before)
    except DataError as error:
        said = str(error).partition("\n")[0].rstrip(":;, ")
        raise DataError(
            f"{grids[0].file} goes on from {about.before} of {about.code}, which {folder} does not "
            f"give ({said}). Name the folder it was made of with --into."
        ) from None
    sheets = read_sheets(grids, plan_sheets(last, about), about, formulas)
    filled = make_rows(sheets, about, known, last)
    filled.facts += find_doubts(filled, last.tables.get("budgets", ()))
    filled.facts += find_taken_names(filled, tables, folder)
    if not filled.problems:
        filled.facts += find_hand_changes(filled, tables, read_as_written(folder))
    filled.facts += try_out(filled, tables, folder)
    filled.file = grids[0].file
    there = set() if "sources" not in tables else {*tables["sources"]["source_id"]}
    filled.is_again = any(row.get("source_id") in there for row in filled.rows.get("sources", ()))
    alone = {fact.place for fact in filled.facts if fact.note == FORMULA_ALONE}
    told = [f for f in filled.facts if f.place not in alone or f.note == FORMULA_ALONE]
    filled.facts = [replace(fact, file=filled.file) for fact in _sort(told, grids)]
    return filled, _as_publication(filled, sheets)


def _as_publication(filled: Filled, sheets: list[TypedSheet]) -> Publication:
    """A workbook as the page shows one: its tables, without what is noted on their headers."""
    about, [source, *_] = filled.about, filled.rows.get("sources") or [{}]
    units = [(-1, sheet.unit) for sheet in sheets if sheet.unit]
    title, _ = say_front(about.government, about.year, about.before)
    context = Context(
        title=title,
        year=about.year,
        publisher=about.government,
        edition=source.get("edition", ""),
        status=find_status(source),
        money_units=units,
    )
    grids = [
        replace(grid, cells={at: replace(c, comment="") for at, c in grid.cells.items()})
        for grid in {sheet.grid.name: sheet.grid for sheet in sheets}.values()
    ]
    remark = labels("intake")["nothing_added"] if filled.problems else ""
    contexts = [context] * len(grids)
    return Publication(filled.file, grids, contexts, filled.facts, remark=remark)


def _sort(facts: list[Fact], grids: list[Grid]) -> list[Fact]:
    """In the order of the cells, empty ones too, sheet by sheet; rows of tables come last."""
    sheets = {grid.name: number for number, grid in enumerate(grids)}

    def order(fact: Fact) -> tuple[int, int, int]:
        sheet, _, address = fact.place.rpartition("!")
        found = ADDRESS.fullmatch(address)
        if sheet not in sheets or not found:
            return len(grids), 0, 0
        return sheets[sheet], int(found[2]), number_of(found[1])

    return sorted(facts, key=order)
