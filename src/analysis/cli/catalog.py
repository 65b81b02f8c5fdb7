"""What `sosei list` tells: the notebooks, and the programs with the day of their last report."""

from datetime import datetime
from pathlib import Path
from typing import Any

NO_REPORT = "—"


def list_notebooks(names: list[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """List the notebooks with the parameters they declare, and what is wrong with others."""
    from analysis.batch.parameters import read_parameters
    from analysis.batch.places import find_notebooks
    from analysis.engine.notebook import read_notebook
    from analysis.errors import DataError

    notebooks, problems = [], []
    for path in find_notebooks(names):
        try:
            declared = [parameter.name for parameter in read_parameters(read_notebook(path))]
        except DataError as error:
            problems.append(str(error))
        else:
            notebooks.append({"name": path.stem, "path": str(path), "parameters": declared})
    return notebooks, problems


def list_programs(dataset: Any, output: Path) -> list[dict[str, Any]]:
    """List the programs of each year by government, the latest year first.

    `made` is when the last report about it was made, by the ledger; None where there is none.
    """
    keys = ["government_code", "program_id"]
    names = dataset.programs.drop_duplicates(keys, keep="last")
    years = dataset.program_years.merge(names, on=keys).sort_values(
        ["government_code", "fiscal_year", "program_id"], ascending=[True, False, True]
    )
    made = _find_made(output)
    columns = ["fiscal_year", "government_code", "government", "program_id", "program"]
    return [
        dict(zip(columns, row, strict=True)) | {"made": made.get((row[1], row[0], row[3]))}
        for row in years[columns].astype("object").itertuples(index=False)
    ]


def _find_made(output: Path) -> dict[tuple[Any, ...], str]:
    """When a report was last made about a government's program in a year."""
    from analysis.batch import ledger

    slices = ("government", "fiscal_year", "program")
    return {
        tuple(map(entry["parameters"].get, slices)): entry["finished"]
        for entry in ledger.read(output)
        if entry.get("status") == "ok" and entry["parameters"].get("program")
    }


def describe_catalog(notebooks: list[dict[str, Any]], programs: list[dict[str, Any]]) -> str:
    """Write a line for each, its fields apart by tabs; the day is that of the local time."""
    lines = [
        f"notebook {one['name']}\t{one['path']}\t{', '.join(one['parameters'])}"
        for one in notebooks
    ]
    for program in programs:
        *fields, made = program.values()
        day = datetime.fromisoformat(made).astimezone().date() if made else NO_REPORT
        lines.append("\t".join(map(str, [*fields, day])))
    return "\n".join(lines)
