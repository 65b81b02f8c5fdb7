"""Why a check of the rule cannot say "fulfilled" though it found nothing.

Each check asks what of the file it did not look at: no table, figures beside the tables, names
that may be two. Where there is any the check is to be made by eye.
"""

from collections import Counter
from collections.abc import Callable

from analysis.intake.areas import Area
from analysis.intake.grid import Grid
from analysis.intake.labels import is_unit
from analysis.intake.ministry import Looked, is_identifier, list_figures
from analysis.intake.ministry_cells import holds_told, leaves_most_empty
from analysis.intake.ministry_data import holds_texts
from analysis.intake.ministry_regions import tell_regions
from analysis.intake.ministry_tables import (
    find_cuts,
    holds_eras_elsewhere,
    leaves_texts_empty,
    says_any_year,
)
from analysis.intake.names import NUMBER
from analysis.intake.values import is_bare
from analysis.intake.vocabulary import compact

SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
PDF, CSV = ".pdf", ".csv"
REASONS = {  # why a check is to be judged by eye, or what was taken for fulfilled
    "other_format": "the rule names Excel, CSV, XML and ODS; this format is open, too",
    "old_format": "Excel of 1997; .xlsx is read by more programs",
    "nothing": "no cell is shown that holds anything",
    "no_table": "no table with headers and figures was found",
    "sheet_without_table": "figures or rows of texts stand on a sheet on which no table was found",
    "outside": "figures or rows of texts stand outside the tables that were found",
    "no_cells": "a paper has no cells, so that merged ones are not seen",
    "wrapped": "in a paper a line that goes on and a line break look alike",
    "sentences": "sentences and lists have line breaks or blanks, which may be those of the text",
    "formulas": "formulas of this format are not seen here",
    "objects": "pictures, charts and shapes of this format are not seen here",
    "no_year": "no year was found in a table",
    "eras_elsewhere": "a title, name or sentence tells a year of an era",
    "no_region": "no region was found, neither in a table nor around it",
    "region_named": "no column of regions; the file names its publisher",
    "regions_unknown": "it is not known whether a column is one of regions, or its names are whole",
    "districts": "no list tells which names of districts are whole",
    "no_figures": "no column of figures was found",
    "empty_texts": "places of a column of words are empty; they may be names left out",
    "most_empty": "a row has no figure, or most places of a column of figures are empty",
    "pairs": "labels seem to stand beside their values, not above them",
    "mixed": "figures stand in a column of words",
    "texts": "figures hold one datum a cell; whether a name or text holds several cannot be told",
    "cut": "whether what stands behind an empty row or column is the same table cannot be told",
}
REMARKS = ("old_format", "region_named")  # of what is fulfilled all the same
LEAST_ROWS = LEAST_CELLS = 2  # of a table of words


def _tell_format(looked: Looked) -> str:
    if looked.known.kind == ".xls":
        return "old_format"
    return "" if looked.known.kind in SPREADSHEETS else "other_format"


def _tell_any(looked: Looked) -> str:
    """Whether there is anything to look at: a cell, and a table."""
    if not any(looked.cells):
        return "nothing"
    return "" if any(looked.tables) else "no_table"


def _tell_merged(looked: Looked) -> str:
    if looked.known.kind == CSV:
        return ""
    return "no_cells" if looked.known.kind == PDF else _tell_any(looked)


def _tell_blanks(looked: Looked) -> str:
    if looked.known.kind == PDF:
        return "wrapped"
    return _tell_any(looked) or ("sentences" if holds_told(looked) else "")


def _tell_formulas(looked: Looked) -> str:
    return "formulas" if "formulas" in looked.stored.unseen else ""


def _tell_objects(looked: Looked) -> str:
    return "objects" if "objects" in looked.stored.unseen else ""


def _tell_table(looked: Looked) -> str:
    if reason := _tell_any(looked):
        return reason
    left = [(looked.areas[n], is_left_aside(grid, looked.areas[n])) for n, grid in looked.shown]
    if any(is_left and not areas for areas, is_left in left):
        return "sheet_without_table"
    if any(is_left for _, is_left in left):
        return "outside"
    return "pairs" if any(are_pairs(area) for _, area in looked.tables) else ""


def are_pairs(area: Area) -> bool:
    """Whether a table of unknown headers is a form: most of its lines begin with a known label."""
    if area.labels:
        return False
    cells = [area.sheet.at(row, area.columns[0]) for row in (*area.header, *area.body)]
    labels = [area.sheet.label(cell) for cell in cells if cell is not None]
    known = sum(label.is_whole and bool(label.field) for label in labels)
    return known * 2 > len(labels)


def _tell_names(looked: Looked) -> str:
    return _tell_table(looked) or ("empty_texts" if leaves_texts_empty(looked) else "")


def _tell_marks(looked: Looked) -> str:
    return _tell_figures(looked) or ("most_empty" if leaves_most_empty(looked) else "")


def is_left_aside(grid: Grid, areas: list[Area]) -> bool:
    """Whether figures, or rows of several texts, stand on a sheet outside its tables."""
    inside = {
        (row, column)
        for area in areas
        for row in range(min((*area.header, *area.body)), max(area.body) + 1)
        for column in range(area.columns[0], area.columns[-1] + 1)
    }
    outside = [
        cell
        for place, cell in grid.cells.items()
        if place not in inside and not (cell.hidden or cell.struck)
    ]
    rows = Counter(cell.row for cell in outside)
    texts = sum(number >= LEAST_CELLS for number in rows.values())
    return texts >= LEAST_ROWS or any(is_bare(cell.text) for cell in outside)


def _tell_figures(looked: Looked) -> str:
    if reason := _tell_table(looked):
        return reason
    if not any(list_figures(area) for _, area in looked.tables):
        return "no_figures"
    return "mixed" if any(_is_mixed(area) for _, area in looked.tables) else ""


def _is_mixed(area: Area) -> bool:
    """Whether figures stand in a column that is none of figures, nor of codes."""
    others = [c for c in area.columns if c not in area.measured and not is_identifier(area, c)]
    return any(_is_plain(cell.text) for column in others for cell in area.below(column))


def _is_plain(text: str) -> bool:
    """Whether a text is a figure with no more than its unit; a remark with a figure is none."""
    plain = compact(text)
    found = NUMBER.match(plain)
    return found is not None and (found.end() == len(plain) or is_unit(plain[found.end() :]))


def _tell_data(looked: Looked) -> str:
    return _tell_table(looked) or ("texts" if holds_texts(looked) else "")


def _tell_years(looked: Looked) -> str:
    if reason := _tell_table(looked):
        return reason
    if not says_any_year(looked):
        return "no_year"
    return "eras_elsewhere" if holds_eras_elsewhere(looked) else ""


def _tell_regions(looked: Looked) -> str:
    return _tell_table(looked) or tell_regions(looked)


def _tell_several(looked: Looked) -> str:
    return _tell_table(looked) or ("cut" if any(find_cuts(looked)) else "")


UNTOLD: dict[str, Callable[[Looked], str]] = {  # why nothing can be said where nothing was found
    "1-1": _tell_format,
    "1-2": _tell_data,
    "1-3": _tell_figures,
    "1-4": _tell_merged,
    "1-5": _tell_blanks,
    "1-6": _tell_names,
    "1-7": _tell_formulas,
    "1-8": _tell_objects,
    "1-9": _tell_figures,
    "1-10": _tell_any,
    "1-11": _tell_years,
    "1-12": _tell_regions,
    "1-13": _tell_marks,
    "2-1": _tell_table,
    "2-2": _tell_several,
}
