"""What the command line and the rows of a parameter file ask for, and the slices of that."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from analysis.batch.parameters import SLICES, Row
from analysis.dataset.asked import Names, read_years, tell_unknown
from analysis.dataset.fields import name_group
from analysis.dataset.load import Dataset
from analysis.dataset.tables import PROGRAM, list_keys
from analysis.errors import DataError

Asked = dict[str, list[Any]]
NOTHING_FITS = "nothing in the data fits all of these at once; `sosei list` shows what is"
NO_PROGRAM = "the data hold no program yet: their tables are empty. Fill in programs.csv and others"


@dataclass(frozen=True)
class Selection:
    """What the command line and a row of the parameter file ask for, and the slices of that."""

    row: Row
    asked: frozenset[str]
    everything: pd.DataFrame
    measured: pd.DataFrame


def select(
    dataset: Dataset,
    groups: pd.DataFrame,
    asked: Asked,
    rows: list[Row],
    is_sure: bool,
) -> tuple[list[Selection], list[str]]:
    """Take the program-years that are asked for; name what the data know nothing of.

    Parameters
    ----------
    dataset
        The data.
    groups
        The group of each program, as `list_groups` has it.
    asked
        What the command line asks for, by the names of `SLICES`: codes, ids, or names.
    rows
        The rows of the parameter file.
    is_sure
        Whether to say so where nothing fits all that is asked for at once.
    """
    names = Names(dataset.programs)
    find_years, find_measured = _list_years(dataset, groups)
    whole = find_years("fiscal_year" in asked)
    asked, unknown = _resolve(names, whole, asked)
    problems = [f"--{name.replace('_', '-')} {text}" for name, text in unknown]
    if is_sure and not problems and _narrow(whole, asked).empty:
        problems.append(NOTHING_FITS if asked else NO_PROGRAM)
    selections = []
    for row in rows:
        is_dated = "fiscal_year" in {*asked, *dict(row.slices)}
        of_row, unknown = _resolve(
            names, find_years(is_dated), {name: [value] for name, value in row.slices}
        )
        found = _narrow(find_years(is_dated), of_row)
        wrong = [f"{row.where}, {name} {text}" for name, text in unknown]
        if found.empty and not wrong and of_row:
            wrong = [f"{row.where}: nothing in the data fits all of this at once"]
        problems += wrong
        measured = _narrow(_narrow(find_measured(is_dated), of_row), asked)
        together = frozenset(asked.keys() | of_row.keys())
        selections.append(Selection(row, together, _narrow(found, asked), measured))
    return selections, problems


def _list_years(dataset: Dataset, groups: pd.DataFrame) -> list[Callable[[bool], pd.DataFrame]]:
    """What lists the program-years, and the measured ones; True: also those of history and plans.

    Each list is made once, when it is first asked for, with the `group` of each program.
    """

    def grouped(years: pd.DataFrame) -> pd.DataFrame:
        return years.merge(groups[[*PROGRAM, "group", "field"]], on=PROGRAM, how="left")

    return [
        cache(lambda dated: grouped(dataset.all_years if dated else dataset.program_years)),
        cache(lambda dated: grouped(dataset.dated_years if dated else dataset.measured_years)),
    ]


def _narrow(years: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    for name, values in asked.items():
        years = years[years[SLICES[name]].isin(values)]
    return years


def _resolve(
    names: Names, years: pd.DataFrame, asked: Asked
) -> tuple[Asked, list[tuple[str, str]]]:
    """What is asked for as the data name it, and what they know nothing of, with why."""
    found: Asked = {}
    problems = []
    for name, values in asked.items():
        found[name] = []
        for value in values:
            try:
                found[name] += _find(names, years, name, value, found.get("government", []))
            except DataError as error:
                problems.append((name, str(error)))
    return found, problems


def _find(
    names: Names, years: pd.DataFrame, name: str, value: Any, governments: list[str]
) -> list[Any]:
    if name == "government":
        return [names.find_government(value)]
    if name == "program":
        return [names.find_program(value, governments)]
    known = years[SLICES[name]].unique().tolist()
    if name == "group":
        wanted, shown = [value, name_group(value)], dict(list_keys(years, ["group", "field"]))
    else:
        wanted, shown = read_years(value), dict.fromkeys(map(str, known), "")
        value = str(wanted[0]) if len(wanted) == 1 else value
    if found := [one for one in wanted if one in known]:
        return found
    raise DataError(tell_unknown(value, shown))
