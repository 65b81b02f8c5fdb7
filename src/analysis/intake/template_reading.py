"""A filled-in workbook -> what it adds to a folder, or all that has to be put right first."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.errors import DataError
from analysis.intake.context import Context
from analysis.intake.facts import Fact
from analysis.intake.grid import Grid
from analysis.intake.ids import Known
from analysis.intake.publication import Publication
from analysis.intake.store import read_as_written
from analysis.intake.template import About, plan_sheets, read_last_year
from analysis.intake.template_rows import Filled, make_rows
from analysis.intake.template_sheets import read_sheets
from analysis.intake.template_trial import find_hand_changes, try_out


def read_filled(
    grids: list[Grid], about: About, folder: Path, tables: dict[str, pd.DataFrame], known: Known
) -> tuple[Filled, Publication]:
    """Read a workbook that was filled in: its rows, and it as a publication for the page.

    Raises
    ------
    DataError
        When the folder has no year that it goes on from.
    """
    try:
        last = read_last_year(folder, about.code, about.before)
    except DataError as error:
        raise DataError(
            f"{grids[0].file} goes on from {about.before} of {about.code}, which {folder} does not "
            f"give. Name the folder it was made of with --into.\n{error}"
        ) from None
    filled = make_rows(read_sheets(grids, plan_sheets(last, about), about), about, known)
    if not filled.problems:
        filled.facts += find_hand_changes(filled, tables, read_as_written(folder))
        filled.facts += try_out(filled, tables, folder)
    filled.file = grids[0].file
    filled.facts = [replace(fact, file=filled.file) for fact in _sort(filled.facts, grids)]
    context = Context(title=about.government, year=about.year, publisher=about.government)
    shown = [grid for grid in grids if not grid.hidden]
    return filled, Publication(grids[0].file, shown, [context] * len(shown), filled.facts)


def _sort(facts: list[Fact], grids: list[Grid]) -> list[Fact]:
    """In the order of the cells, sheet by sheet."""
    order = {
        cell.place: (n, *at) for n, grid in enumerate(grids) for at, cell in grid.cells.items()
    }
    last = (len(grids), 0, 0)
    return sorted(facts, key=lambda fact: order.get(fact.place, last))
