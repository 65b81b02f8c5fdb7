"""The command `sosei`. Nothing heavy is imported before a command needs it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Evaluate published regional-revitalization programs: from tables to reports.",
)

Data = Annotated[str, typer.Option(help="Folder with the tables.", metavar="DIR")]
Output = Annotated[Path, typer.Option(help="Folder for the reports.", metavar="DIR")]
Notebooks = Annotated[
    list[str], typer.Option("--notebook", help="Notebook by name or path.", metavar="NAME")
]
Governments = Annotated[
    list[str], typer.Option("--government", help="Government code, such as 082201.", metavar="CODE")
]
Years = Annotated[
    list[int], typer.Option("--fiscal-year", help="Fiscal year, such as 2018.", metavar="YEAR")
]
Programs = Annotated[list[str], typer.Option("--program", help="Program id.", metavar="ID")]
Given = Annotated[
    list[str],
    typer.Option("--parameter", "-p", help="A notebook's own parameter.", metavar="NAME=VALUE"),
]
Workers = Annotated[
    int, typer.Option(help="Notebooks at a time; 0: as many as there are cores.", min=0)
]


@app.command()
def run(
    data: Data = "data",
    output: Output = Path("outputs"),
    notebook: Notebooks = [],
    government: Governments = [],
    fiscal_year: Years = [],
    program: Programs = [],
    parameter: Given = [],
    workers: Workers = 0,
) -> None:
    """Run notebooks on the data and write the reports, the figures and the index.

    Without options: every notebook in notebooks/, on everything in data/. The options
    --notebook, --government, --fiscal-year, --program and --parameter may be repeated.
    """
    with _clear_messages():
        from analysis.batch.jobs import find_notebooks, plan_jobs
        from analysis.batch.run import run_jobs
        from analysis.batch.site import compute_results, write_index, write_results
        from analysis.intake.check import describe_problems
        from analysis.intake.load import load

        dataset = load(data)
        if len(dataset.warnings):
            typer.echo(describe_problems(dataset.warnings), err=True)
        given = dict(_split(text) for text in parameter)
        jobs = plan_jobs(
            dataset, find_notebooks(notebook), data, government, fiscal_year, program, given
        )
        results = compute_results(dataset)
        try:
            with _progress(len(jobs)) as tell:
                entries = run_jobs(jobs, output, workers or os.cpu_count() or 1, tell)
        finally:
            write_results(results, output)
            index = write_index(results["programs"], output)
        failed = [entry for entry in entries if entry["status"] == "failed"]
        for entry in failed:
            typer.echo(_describe_failure(entry, output), err=True)
        typer.echo(f"{len(entries) - len(failed)} of {len(entries)} reports made: {index}")
        if failed:
            raise typer.Exit(1)


@app.command()
def check(directory: Annotated[str, typer.Argument(metavar="DIR")] = "data") -> None:
    """Check a data folder and list every problem: file, row, column, found, expected."""
    with _clear_messages():
        from analysis.intake.check import check as find_problems
        from analysis.intake.check import describe_problems

        problems = find_problems(directory)
        errors = int((problems["severity"] == "error").sum())
        if sys.stdout.isatty() and len(problems):
            _print_table(problems)
        elif len(problems):
            typer.echo(describe_problems(problems))
        typer.echo(f"{directory}: {errors} error(s), {len(problems) - errors} warning(s)")
        if errors:
            raise typer.Exit(1)


@app.command("list")
def list_(data: Data = "data", notebook: Notebooks = []) -> None:
    """List what can be run: the notebooks, and the programs and years in the data."""
    with _clear_messages():
        from analysis.batch.jobs import find_notebooks, read_parameters
        from analysis.intake.load import load

        for path in find_notebooks(notebook):
            names = ", ".join(parameter.name for parameter in read_parameters(path))
            typer.echo(f"notebook {path.stem}\t{path}\t{names}")
        dataset = load(data)
        names = dataset.programs.drop_duplicates(["government_code", "program_id"], keep="last")
        for row in dataset.program_years.merge(
            names, on=["government_code", "program_id"]
        ).itertuples():
            typer.echo(
                f"{row.fiscal_year}\t{row.government_code}\t{row.government}\t"
                f"{row.program_id}\t{row.program}"
            )


@contextmanager
def _clear_messages() -> Iterator[None]:
    """Show what is wrong with the input as a message; end an interrupted run as such."""
    from analysis.errors import DataError

    try:
        yield
    except DataError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        typer.echo("interrupted; the reports finished so far are in place", err=True)
        raise typer.Exit(130) from None


def _split(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise typer.BadParameter(f"'{text}' is not NAME=VALUE", param_hint="--parameter")
    return name, value


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """A progress bar on a terminal, a line for each report elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console, done = Console(), {"ok": 0, "failed": 0}
    bar = Progress(
        TextColumn("reports"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]} failed"),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    task = bar.add_task("reports", total=total, failed=0)

    def tell(entry: dict[str, Any]) -> None:
        done[entry["status"]] += 1
        bar.update(task, completed=sum(done.values()), failed=done["failed"])
        if not console.is_terminal:
            typer.echo(
                f"[{sum(done.values())}/{total}] {entry['status']} {entry['report']} "
                f"{entry['seconds']:.1f} s"
            )

    with bar:
        yield tell


def _describe_failure(entry: dict[str, Any], output: Path) -> str:
    failure = entry["failure"]
    cell = "" if failure["cell"] is None else f" cell {failure['cell']}"
    partial = output / f"{entry['report']}.failed.ipynb"
    kept = f"\n  as far as it got: {partial}" if partial.exists() else ""
    return (
        f"failed: {entry['report']}: {entry['notebook']}{cell}: {failure['error']}"
        f"\n  parameters: {entry['parameters']}{kept}"
    )


def _print_table(problems: Any) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(*problems.columns)
    for row in problems.astype("object").to_dict("records"):
        table.add_row(*(escape(str(value).replace("<NA>", "")) for value in row.values()))
    Console().print(table)


def main() -> None:
    """Run the command."""
    app()
