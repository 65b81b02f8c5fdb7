"""Which notebook runs with which parameters: one job for each slice a notebook asks for.

The parameters a notebook declares decide how often it runs: with `program` once for each
program and fiscal year, with `government` and `fiscal_year` once for each government and
year, with none of them once over everything. That is for programs with a KPI or an amount in the
year a source evaluates; where `government` and `fiscal_year` may be None, the notebook runs for
every government and year that is evaluated or of which anything else is held, and once over
everything. A year of which only history or plans are printed runs when it is asked for.

Several values of a parameter of the notebook's own make several reports of one slice, each in a
folder named after its values.
"""

import difflib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.batch.parameters import (
    FILLED,
    OPTIONAL,
    SLICES,
    Parameter,
    Row,
    name_folder,
    read_parameters,
    write_value,
)
from analysis.batch.places import find_notebooks, name_place
from analysis.batch.selections import Asked, Selection, select
from analysis.dataset.fields import list_groups
from analysis.dataset.load import Dataset
from analysis.engine.job import Job
from analysis.engine.notebook import Notebook, read_notebook
from analysis.errors import DataError
from analysis.wording import name_report, name_slice

MOST_NAMED = 3
Slice = dict[str, Any]


def _list(names: Any) -> str:
    return ", ".join(names) or "none"


def list_jobs(
    dataset: Dataset,
    notebooks: list[Path],
    data: str,
    governments: list[str] | None = None,
    fiscal_years: Sequence[int | str] | None = None,
    programs: list[str] | None = None,
    groups: list[str] | None = None,
    given: dict[str, list[str]] | None = None,
    rows: list[Row] | None = None,
    cwd: str = "",
) -> list[Job]:
    """Make one job for each slice of the data that each notebook asks for.

    Parameters
    ----------
    dataset
        The whole data, or what is to be run of it.
    notebooks
        The notebooks to run.
    data
        The data folder as the notebooks are to see it.
    governments, fiscal_years, programs, groups
        Only these, by code, id or name, and years also as printed (`analysis.dataset.asked`);
        everything where empty. A notebook that does not declare the parameter
        is about more than what is asked for, and does not run. A fiscal year asked for may
        be one of history or plans.
    given
        Values of further parameters by name, as text; each must be declared by a notebook. Of
        several values each makes a report.
    rows
        Those of a parameter file (`read_parameter_file`). Each makes a report of every slice
        that it selects among those asked for.
    cwd
        The working folder of all notebooks; by default each has its own.

    Raises
    ------
    DataError
        With all problems: of the notebooks, of names nothing is known of, of values that do
        not fit the declared types.
    """
    given, rows = given or {}, rows or [Row()]
    declared, problems = _read_all(notebooks, cwd)
    if not problems:
        problems += _unknown_parameters(given, rows, [p for _, _, known in declared for p in known])
    options = zip(SLICES, (governments, fiscal_years, programs, groups), strict=True)
    asked: Asked = {name: list(values) for name, values in options if values}
    named = list_groups(dataset.programs)
    selections, wrong = select(dataset, named, asked, rows, not problems)
    problems += wrong
    titles = _Titles(dataset.programs, named)
    jobs = []
    for notebook, folder, parameters in declared:
        reports, wrong = _list_reports(notebook, parameters, selections, {"data": [data], **given})
        problems += wrong
        jobs += [_job(titles, notebook, report, folder, data) for report in reports]
    problems += [] if problems else _find_idle_rows(selections, [p for _, _, p in declared])
    if not jobs and not problems:
        problems.append(_why_no_job(selections))
    if problems:
        raise DataError("\n".join(dict.fromkeys(problems)))
    return jobs


def find_workplaces(names: list[str], cwd: str) -> list[str]:
    """The working folders of all notebooks of these names, with a report or without."""
    return sorted({find_cwd(read_notebook(path), cwd) for path in find_notebooks(names)})


def _read_all(
    paths: list[Path], cwd: str
) -> tuple[list[tuple[Notebook, str, list[Parameter]]], list[str]]:
    """Read notebooks, with the working folder and the parameters of each."""
    declared = []
    problems = []
    for path in paths:
        try:
            notebook = read_notebook(path)
            declared.append((notebook, find_cwd(notebook, cwd), read_parameters(notebook)))
        except DataError as error:
            problems.append(str(error))
    return declared, problems


def find_cwd(notebook: Notebook, cwd: str) -> str:
    """The working folder of a notebook; `cwd` is that of all notebooks, where it is not empty.

    Raises
    ------
    DataError
        When there is no such folder.
    """
    folder = Path(cwd) if cwd else notebook.path.parent / notebook.wishes.cwd
    if not folder.is_dir():
        asks = f"--cwd {cwd}" if cwd else f"{notebook.path}: metadata `sosei`: cwd {folder}"
        raise DataError(f"{asks}: there is no such folder to work in")
    return name_place(folder)


def _find_idle_rows(selections: list[Selection], declared: list[list[Parameter]]) -> Iterator[str]:
    """Say which rows of the parameter file make no report, though they are asked for."""
    for selection in selections:
        if selection.row.where and len(selection.everything):
            fitting = [known for known in declared if selection.asked <= {p.name for p in known}]
            if not fitting:
                names = ", ".join(sorted(selection.asked))
                yield f"{selection.row.where}: no notebook declares all of {names}"
            elif selection.measured.empty and not any(map(_runs_without, fitting)):
                yield f"{selection.row.where}: nothing of this has a KPI or an amount: no report"


def _runs_without(parameters: list[Parameter]) -> bool:
    """Whether a notebook also runs over everything, and for what has no KPI and no amount."""
    return any(p.default is None for p in parameters if p.name in OPTIONAL)


def _why_no_job(selections: list[Selection]) -> str:
    if any(len(selection.measured) for selection in selections):
        names = sorted({name for selection in selections for name in selection.asked})
        return f"no notebook declares all of {', '.join(names)}"
    everything = pd.concat([selection.everything for selection in selections])
    if everything.empty:
        return "no row of the parameter file is among what is asked for"
    rows = everything.head(MOST_NAMED).to_dict("records")
    where = ", ".join(
        f"{row['program_id']} in {row['fiscal_year']}/{row['government_code']}/portfolio"
        for row in rows
    )
    more = f" and {len(everything) - MOST_NAMED} more" if len(everything) > MOST_NAMED else ""
    return (
        "nothing of what is asked for has a KPI or an amount, so it gets no report of its own; it "
        f"stands in the portfolio of its government and year: {where}{more}"
    )


def _unknown_parameters(
    given: dict[str, list[str]], rows: list[Row], declared: list[Parameter]
) -> Iterator[str]:
    """Say which names no notebook declares, or are not to be set there."""
    names = sorted({parameter.name for parameter in declared})
    columns = {name: row.where for row in reversed(rows) for name, _ in row.own}
    for name, where in [*dict.fromkeys(given, "").items(), *columns.items()]:
        named = f"{where}: parameter {name}" if where else f"parameter {name}"
        if name in FILLED:
            yield (
                f"{named}: sosei fills it for each report; narrow the run with "
                f"--{name.replace('_', '-')} instead"
            )
        elif where and name in given:
            yield f"{named}: it is given by --parameter as well"
        elif name not in names:
            close = difflib.get_close_matches(name, names, 1)
            hint = f"; did you mean {close[0]}?" if close else f". There are: {_list(names)}"
            yield f"{named}: no notebook declares it{hint}"


@dataclass(frozen=True)
class _Report:
    """A slice with values of the notebook's other parameters; `telling` tell it from its like."""

    slice: Slice
    own: dict[str, Any]
    telling: tuple[str, ...] = ()
    size: int = 1


def _list_reports(
    notebook: Notebook,
    parameters: list[Parameter],
    selections: list[Selection],
    given: dict[str, list[str]],
) -> tuple[list[_Report], list[str]]:
    """List each report once, by slice; `telling` is empty where a slice has one only."""
    names = {parameter.name for parameter in parameters}
    also_without = _runs_without(parameters)
    own = {name: values for name, values in given.items() if name in names}
    several = [name for name, values in own.items() if len(values) > 1]
    found: dict[str, dict[str, _Report]] = {}
    problems: list[str] = []
    for selection in selections:
        if not selection.asked <= names:
            continue
        years = selection.everything if also_without else selection.measured
        slices = _slices_of(years, names, notebook.wishes.least_programs)
        slices += [({}, len(years))] * (also_without and not selection.asked)
        of_row = {name: value for name, value in selection.row.own if name in names}
        for chosen in product(*own.values()):
            texts = (slices[0][0] if slices else {}) | dict(zip(own, chosen, strict=True)) | of_row
            typed, wrong = _read_values(parameters, texts)
            problems += [f"{notebook.path}: {text}" for text in wrong if not of_row]
            problems += [f"{selection.row.where}: {text}" for text in wrong if of_row]
            values = {name: value for name, value in typed.items() if name not in SLICES}
            for part, size in slices:
                report = _Report(part, values, (*several, *of_row), size)
                found.setdefault(json.dumps(part), {})[json.dumps(values)] = report
    reports = [list(of_slice.values()) for of_slice in found.values()]
    alone = [[replace(r, telling=()) for r in some] if len(some) < 2 else some for some in reports]
    return [report for some in alone for report in some], problems


def _slices_of(years: pd.DataFrame, names: set[str], least: int) -> list[tuple[Slice, int]]:
    """The slices of at least so many programs, each with their number."""
    used = {name: column for name, column in SLICES.items() if name in names}
    rows = years[list(used.values())]
    if "group" in used:  # a program without a field is in none
        rows = rows[rows["group"] != ""]
    if not used:
        return [({}, len(rows))] if len(rows) >= least else []
    sizes = rows.groupby(list(used.values()), sort=False, as_index=False).size()
    return [
        ({name: row[column] for name, column in used.items()}, row["size"])
        for row in sizes.to_dict("records")
        if row["size"] >= least
    ]


def _read_values(
    parameters: list[Parameter], given: dict[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    problems = []
    for parameter in parameters:
        if parameter.name in given:
            try:
                values[parameter.name] = parameter.read(given[parameter.name])
            except ValueError as error:
                problems.append(f"parameter {parameter.name} is {error}")
    return values, problems


class _Titles:
    """The names of governments, of programs and of groups, by their codes."""

    def __init__(self, programs: pd.DataFrame, groups: pd.DataFrame) -> None:
        self.groups = dict(zip(groups["group"], groups["field"], strict=True))
        named = programs[["government_code", "program_id", "government", "program"]]
        rows = named.itertuples(index=False, name=None)
        self.governments: dict[str, str] = {}
        self.programs: dict[tuple[str, str], str] = {}
        for code, program_id, government, program in rows:
            self.governments.setdefault(code, government)
            self.programs[code, program_id] = program


def _job(titles: _Titles, notebook: Notebook, report: _Report, cwd: str, data: str) -> Job:
    government, year, program, group = (report.slice.get(name) for name in SLICES)
    of_group = ["field", group] if group else []
    parts = [str(part) for part in (year, government, program, *of_group) if part is not None]
    place = name_slice(titles.governments.get(government or "", ""), year)
    subject = titles.programs.get((government or "", program or ""), "")
    subject = subject or titles.groups.get(group or "", "")
    subject = subject or ("" if place else notebook.title)
    told = {name: report.own[name] for name in report.telling if name in report.own}
    values = {name: write_value(value) for name, value in told.items()}
    return Job(
        notebook=notebook.path,
        parameters=report.own | report.slice,
        folder="/".join([*(parts or [notebook.path.stem]), *([name_folder(told)] if told else [])]),
        title=name_report([place, subject], values),
        subject=subject,
        values=values,
        cwd=cwd,
        data=data,
        wishes=notebook.wishes,
        size=report.size,
    )
