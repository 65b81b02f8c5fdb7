"""Which notebook runs with which parameters: one job for each slice a notebook asks for.

The parameters a notebook declares decide how often it runs: with `program` once for each
program and fiscal year, with `government` and `fiscal_year` once for each government and
year, with none of them once over everything. That is for programs with a KPI or an amount in the
year a source evaluates; where `government` and `fiscal_year` may be None, the notebook runs for
every government and year that is evaluated or of which anything else is held, and once over
everything. A year of which only history or plans are printed runs when it is asked for.
"""

import ast
import difflib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import TypeAdapter, ValidationError

from analysis.batch.tasks import Job
from analysis.errors import DataError
from analysis.intake.load import Dataset
from analysis.present.sentences import format_fiscal_year

SLICES = {
    "government": "government_code",
    "fiscal_year": "fiscal_year",
    "program": "program_id",
}
FILLED = ("data", *SLICES)
TYPES = {"str": str, "int": int, "float": float, "bool": bool}
NEVER_RUN = "explore"
MOST_NAMED = 3
OPTIONAL = {"government", "fiscal_year"}


@dataclass(frozen=True)
class Parameter:
    """One parameter a notebook declares: its type by annotation or default, and its default.

    One whose default is None is optional: the notebook also runs without it.
    """

    name: str
    type: type
    default: Any


def find_notebooks(names: list[str], folder: Path = Path("notebooks")) -> list[Path]:
    """Find notebooks by name or path; without names, all of the folder that are reports.

    Notebooks whose name begins with "explore" are a researcher's own and never run.
    """
    there = sorted(p for p in folder.glob("*.ipynb") if not p.stem.startswith(NEVER_RUN))
    if not names:
        if there:
            return there
        raise DataError(
            f"{folder}: no notebooks here. Run sosei in the project's folder, "
            "or name a notebook by its path: --notebook path/to/mine.ipynb"
        )
    found, problems = [], []
    for name in names:
        path = Path(name) if name.endswith(".ipynb") else folder / f"{name}.ipynb"
        if path.is_file():
            found.append(path)
        else:
            problems.append(f"{name}: no such notebook. There are: {_list(p.stem for p in there)}")
    if problems:
        raise DataError("\n".join(problems))
    return found


def _list(names: Any) -> str:
    return ", ".join(names) or "none"


def read_parameters(notebook: Path) -> list[Parameter]:
    """Read what a notebook declares in its cell tagged `parameters`, without running it.

    Raises
    ------
    DataError
        With every problem of the notebook: no or several such cells, something else than
        `name = literal` in it, a name close to one that sosei fills.
    """
    try:
        content = json.loads(notebook.read_text(encoding="utf-8"))
        cells, metadata = content["cells"], content["metadata"]
    except (ValueError, KeyError) as error:
        raise DataError(f"{notebook}: not a notebook ({error})") from None
    if not metadata.get("kernelspec", {}).get("name"):
        raise DataError(
            f"{notebook}: no kernel is named in it. Open it in JupyterLab, choose the Python 3 "
            "kernel and save it."
        )
    tagged = [c for c in cells if "parameters" in c.get("metadata", {}).get("tags", [])]
    if len(tagged) != 1:
        raise DataError(
            f"{notebook}: {len(tagged) or 'no'} cells tagged `parameters`, expected one. Give one "
            "cell this tag (JupyterLab: right sidebar, Property Inspector, Cell Tags): without it "
            "every report would be made with the notebook's own defaults."
        )
    source = "".join(tagged[0]["source"])
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise DataError(
            f"{notebook}: cell `parameters`, line {error.lineno}: {error.msg}"
        ) from None
    read = [_read_parameter(statement, source) for statement in statements]
    problems = [f"{notebook}: cell `parameters`: {p}" for p in read if isinstance(p, str)]
    parameters = [p for p in read if isinstance(p, Parameter)]
    problems += _find_misdeclared(notebook, parameters)
    if problems:
        raise DataError("\n".join(problems))
    return parameters


def _find_misdeclared(notebook: Path, parameters: list[Parameter]) -> list[str]:
    """Find names that are nearly those sosei fills, and slices that cannot be asked for."""
    problems = []
    for parameter in parameters:
        close = difflib.get_close_matches(parameter.name, FILLED, 1, 0.8)
        if close and parameter.name not in FILLED:
            problems.append(
                f"{notebook}: cell `parameters`: {parameter.name} is not a name that sosei fills "
                f"({', '.join(FILLED)}); did you mean {close[0]}?"
            )
    names = {parameter.name for parameter in parameters}
    optional = {p.name for p in parameters if p.default is None} & set(FILLED)
    if optional not in (set(), OPTIONAL):
        problems.append(
            f"{notebook}: cell `parameters`: only `government` and `fiscal_year` together may be "
            "None, for a notebook that also runs once over everything"
        )
    if "program" in names and not {"government", "fiscal_year"} <= names:
        problems.append(f"{notebook}: `program` also needs `government` and `fiscal_year`")
    return problems


def _read_parameter(statement: ast.stmt, source: str) -> Parameter | str:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        name, value = statement.target.id, statement.value
        kind = ast.unparse(statement.annotation)
    elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        name, value, kind = statement.targets[0].id, statement.value, ""
    else:
        return f"'{ast.get_source_segment(source, statement)}' is not `name = literal`"
    try:
        default = ast.literal_eval(value) if value is not None else None
    except ValueError:
        return f"{name} is computed; only literals may stand here, or it would keep its default"
    if kind and kind not in TYPES:
        return f"{name}: type {kind} is not one of {', '.join(TYPES)}"
    if default is None and not kind:
        return f"{name}: with the default None it needs a type, such as {name}: str = None"
    return Parameter(name, TYPES[kind] if kind else type(default), default)


def list_jobs(
    dataset: Dataset,
    notebooks: list[Path],
    data: str,
    governments: list[str] | None = None,
    fiscal_years: list[int] | None = None,
    programs: list[str] | None = None,
    given: dict[str, str] | None = None,
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
    governments, fiscal_years, programs
        Only these; everything where empty. A notebook that does not declare the parameter
        is about more than what is asked for, and does not run. A fiscal year asked for may
        be one of history or plans.
    given
        Further parameters by name, as text; each must be declared by a notebook.

    Raises
    ------
    DataError
        With all problems: of the notebooks, of names nothing is known of, of values that do
        not fit the declared types.
    """
    given = given or {}
    declared, problems = _read_all_parameters(notebooks)
    if not problems:
        problems += _unknown_parameters(given, declared)
    wanted = {"government_code": governments, "fiscal_year": fiscal_years, "program_id": programs}
    everything, unknown = _narrow(
        dataset.all_years if fiscal_years else dataset.program_years, wanted
    )
    measured, _ = _narrow(dataset.dated_years if fiscal_years else dataset.measured_years, wanted)
    problems += unknown
    if not problems and everything.empty:
        problems.append("nothing in the data fits all of these at once; `sosei list` shows what is")
    options = {"government": governments, "fiscal_year": fiscal_years, "program": programs}
    asked = {name for name, values in options.items() if values}
    titles = _Titles(dataset.programs)
    jobs = []
    for notebook, parameters in declared.items():
        names = {parameter.name for parameter in parameters}
        if asked <= names:
            also_without = any(p.default is None for p in parameters if p.name in OPTIONAL)
            rows = _slices_of(everything if also_without else measured, names)
            rows += [{}] * (also_without and not asked)
            filled = {"data": data, **(rows[0] if rows else {}), **given}
            typed, wrong = _type_values(notebook, parameters, filled)
            problems += wrong
            own = {name: value for name, value in typed.items() if name not in SLICES}
            jobs += [_job(titles, notebook, own | row) for row in rows]
    if not jobs and not problems:
        problems.append(_why_no_job(asked, measured, everything))
    if problems:
        raise DataError("\n".join(dict.fromkeys(problems)))
    return jobs


def _why_no_job(asked: set[str], measured: pd.DataFrame, everything: pd.DataFrame) -> str:
    if len(measured):
        return f"no notebook declares all of {', '.join(sorted(asked))}"
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


def _read_all_parameters(
    notebooks: list[Path],
) -> tuple[dict[Path, list[Parameter]], list[str]]:
    declared: dict[Path, list[Parameter]] = {}
    problems = []
    for notebook in notebooks:
        try:
            declared[notebook] = read_parameters(notebook)
        except DataError as error:
            problems.append(str(error))
    return declared, problems


def _narrow(
    program_years: pd.DataFrame, wanted: dict[str, list[Any] | None]
) -> tuple[pd.DataFrame, list[str]]:
    """Take the program-years that are asked for; name what the data know nothing of."""
    slices, problems = program_years, []
    for column, values in wanted.items():
        there = list(dict.fromkeys(program_years[column]))
        option = column.removesuffix("_code").removesuffix("_id").replace("_", "-")
        problems += [
            f"--{option} {value}: not in the data. There are: {_list(str(t) for t in there)}"
            for value in values or []
            if value not in there
        ]
        if values:
            slices = slices[slices[column].isin(values)]
    return slices, problems


def _unknown_parameters(given: dict[str, str], declared: dict[Path, list[Parameter]]) -> list[str]:
    names = sorted({p.name for parameters in declared.values() for p in parameters})
    problems = [
        f"parameter {name}: sosei fills it for each report; narrow the run with "
        f"--{name.replace('_', '-')} instead"
        for name in given
        if name in FILLED
    ]
    for name in given:
        if name not in names and name not in FILLED:
            close = difflib.get_close_matches(name, names, 1)
            hint = f"; did you mean {close[0]}?" if close else f". There are: {_list(names)}"
            problems.append(f"parameter {name}: no notebook declares it{hint}")
    return problems


def _slices_of(slices: pd.DataFrame, names: set[str]) -> list[dict[str, Any]]:
    used = {name: column for name, column in SLICES.items() if name in names}
    rows = slices[list(used.values())].drop_duplicates() if used else pd.DataFrame([{}])
    return [{name: row[column] for name, column in used.items()} for row in rows.to_dict("records")]


def _type_values(
    notebook: Path, parameters: list[Parameter], filled: dict[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    problems = []
    for parameter in parameters:
        if parameter.name not in filled:
            continue
        value = filled[parameter.name]
        try:
            values[parameter.name] = TypeAdapter(parameter.type).validate_python(value)
        except ValidationError:
            problems.append(
                f"{notebook}: parameter {parameter.name} is declared as {parameter.type.__name__}; "
                f"{value!r} is not one"
            )
    return values, problems


class _Titles:
    """The names of governments and of programs, by their codes."""

    def __init__(self, programs: pd.DataFrame) -> None:
        named = programs[["government_code", "program_id", "government", "program"]]
        rows = named.itertuples(index=False, name=None)
        self.governments: dict[str, str] = {}
        self.programs: dict[tuple[str, str], str] = {}
        for code, program_id, government, program in rows:
            self.governments.setdefault(code, government)
            self.programs[code, program_id] = program


def _job(titles: _Titles, notebook: Path, values: dict[str, Any]) -> Job:
    government, year, program = (values.get(n) for n in ("government", "fiscal_year", "program"))
    parts = [str(part) for part in (year, government, program) if part is not None]
    title = [
        titles.governments.get(government or "", ""),
        format_fiscal_year(year) if year is not None else "",
        titles.programs.get((government or "", program or ""), ""),
    ]
    return Job(
        notebook=notebook,
        parameters=values,
        folder="/".join(parts) or notebook.stem,
        title=" ".join(filter(None, title)) or _title(notebook),
    )


def _title(notebook: Path) -> str:
    """The title in the notebook's metadata, which nbconvert reads as well, else its name."""
    metadata = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]
    return str(metadata.get("title", notebook.stem))
