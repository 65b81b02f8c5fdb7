"""The command `sosei`. Nothing heavy is imported before a command needs it."""

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

Data = Annotated[
    str,
    typer.Option(
        help="Folder with the tables.",
        metavar="DIR",
        callback=lambda path: Path(path).as_posix(),  # ./data/ is data
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        help="Folder for the reports, which belongs to one data folder: outputs for data, "
        "outputs/NAME for any other, unless it is said.",
        metavar="DIR",
        show_default=False,
    ),
]
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
Params = Annotated[
    Path | None,
    typer.Option(help="Parameters from a file (.csv, .toml): a row a report.", metavar="FILE"),
]
Cwd = Annotated[
    str, typer.Option(help="Working folder of the notebooks; else each one's own.", metavar="DIR")
]
Workers = Annotated[
    int, typer.Option(help="Notebooks at a time; 0: one more than there are cores.", min=0)
]
Force = Annotated[bool, typer.Option("--force", help="Run all, also what is up to date.")]
TimeLimit = Annotated[
    int, typer.Option(help="Seconds a notebook may take; 0: no limit.", metavar="SECONDS", min=0)
]
Memory = Annotated[
    int, typer.Option(help="Memory a notebook may take; 0: no limit.", metavar="MB", min=0)
]
OutputLimit = Annotated[
    int, typer.Option(help="How much a notebook may print; 0: no limit.", metavar="MB", min=0)
]
OrdinaryKernels = Annotated[
    bool,
    typer.Option("--ordinary-kernels", help="Start each kernel from nothing, which is slower."),
]
Cluster = Annotated[
    str, typer.Option(help="Run on a Dask cluster, such as tcp://host:8786.", metavar="ADDRESS")
]
ShowCode = Annotated[
    bool, typer.Option("--show-code", help="Show the code of the notebooks in the reports, too.")
]
ShowAll = Annotated[
    bool, typer.Option("--all", help="List every problem, up to 1,000 of a kind in a column.")
]
Sample = Annotated[int, typer.Option(help="How many reports to make again.", min=1)]


@app.command()
def run(
    data: Data = "data",
    output: Output = None,
    notebook: Notebooks = [],
    government: Governments = [],
    fiscal_year: Years = [],
    program: Programs = [],
    parameter: Given = [],
    params: Params = None,
    cwd: Cwd = "",
    force: Force = False,
    workers: Workers = 0,
    time_limit: TimeLimit = 600,
    memory: Memory = 4_000,
    output_limit: OutputLimit = 50,
    ordinary_kernels: OrdinaryKernels = False,
    cluster: Cluster = "",
    show_code: ShowCode = False,
) -> None:
    """Run what is new or has changed, and write the reports, the figures and the index.

    Without options: every notebook in notebooks/, on everything in data/. The options
    --notebook, --government, --fiscal-year, --program and --parameter may be repeated.
    """
    with _clear_messages():
        from analysis.batch.inputs import Inputs
        from analysis.batch.messages import describe_result
        from analysis.batch.outputs import hold
        from analysis.batch.places import find_places
        from analysis.batch.run import Settings
        from analysis.batch.site import refresh_site
        from analysis.engine.job import Limits

        output = find_places(data, output, notebook)
        dataset, jobs = _find_jobs(
            data, notebook, government, fiscal_year, program, parameter, params, cwd
        )
        limits = Limits(time_limit, memory, output_limit)
        settings = Settings(workers, limits, not ordinary_kernels, cluster, show_code)
        with hold(output, data) as work:
            inputs = Inputs(show_code)
            steps = _plan_steps(jobs, output, inputs, force)
            try:
                result = _run_steps(steps, output, work, inputs, settings)
            finally:
                refresh_site(dataset, data, output, work, inputs)
        bad = bool(result.failed or result.changed)
        typer.echo(describe_result(result, len(steps), output), err=bad)
        if bad or result.interrupted:
            raise typer.Exit(130 if result.interrupted else 1)


@app.command()
def plan(
    data: Data = "data",
    output: Output = None,
    notebook: Notebooks = [],
    government: Governments = [],
    fiscal_year: Years = [],
    program: Programs = [],
    parameter: Given = [],
    params: Params = None,
    cwd: Cwd = "",
    force: Force = False,
    show_code: ShowCode = False,
) -> None:
    """Show what `sosei run` would do with each report, and why."""
    with _clear_messages():
        from analysis.batch.inputs import Inputs
        from analysis.batch.messages import describe_plan
        from analysis.batch.places import find_places

        output = find_places(data, output, notebook)
        _, jobs = _find_jobs(
            data, notebook, government, fiscal_year, program, parameter, params, cwd
        )
        typer.echo(describe_plan(_plan_steps(jobs, output, Inputs(show_code), force)))


@app.command()
def verify(
    data: Data = "data",
    output: Output = None,
    notebook: Notebooks = [],
    government: Governments = [],
    fiscal_year: Years = [],
    program: Programs = [],
    parameter: Given = [],
    params: Params = None,
    cwd: Cwd = "",
    sample: Sample = 5,
    show_code: ShowCode = False,
) -> None:
    """Make some of the reports that are up to date once more, elsewhere, and compare all files."""
    with _clear_messages():
        from analysis.batch.places import find_places
        from analysis.batch.verify import verify_reports

        output = find_places(data, output, notebook)
        _, jobs = _find_jobs(
            data, notebook, government, fiscal_year, program, parameter, params, cwd
        )
        compared, differences = verify_reports(jobs, output, sample, show_code)
        for difference in differences:
            typer.echo(difference)
        typer.echo(f"{compared} files compared, {len(differences)} different")
        if differences:
            raise typer.Exit(1)


@app.command()
def check(
    directory: Annotated[str, typer.Argument(metavar="DIR")] = "data",
    show_all: ShowAll = False,
) -> None:
    """Check a data folder: how many problems of each kind, then where each is and what to write.

    An error stops every report. A doubt is probably a slip, a note worth knowing; neither stops
    anything. Of many problems only the first of each kind are listed, unless --all is given.
    """
    with _clear_messages():
        from analysis.dataset.check import check as find_problems
        from analysis.dataset.problems import count_severities, cut_problems, describe_summary

        problems = find_problems(directory)
        if len(problems):
            listed = problems if show_all else cut_problems(problems)
            typer.echo(describe_summary(problems) + "\n")
            _print_problems(listed)
            if len(listed) < len(problems):
                typer.echo(f"{len(problems) - len(listed)} more: --all lists every one")
        typer.echo(f"{directory}: {count_severities(problems)}")
        if (problems["severity"] == "error").any():
            raise typer.Exit(1)


@app.command()
def ingest(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", show_default=False)],
    into: Annotated[
        Path | None,
        typer.Option(
            help="Folder for the tables, data/NAME OF THE FILE unless it is said.", metavar="DIR"
        ),
    ] = None,
    government: Annotated[
        str, typer.Option(help="Code of who published it, such as 082201.", metavar="CODE")
    ] = "",
    publisher: Annotated[
        str, typer.Option(help="Name of who published it, where it says none.", metavar="NAME")
    ] = "",
    fiscal_year: Annotated[
        int,
        typer.Option(help="Fiscal year whose results it gives; 0: as printed.", metavar="YEAR"),
    ] = 0,
    profile: Annotated[
        str, typer.Option(help="Profile to read by: its name, or its file.", metavar="PROFILE")
    ] = "",
    draft: Annotated[
        bool, typer.Option("--draft", help="Write a first profile of the files, and read nothing.")
    ] = False,
    show_all: ShowAll = False,
) -> None:
    """Read published files (Excel, OpenDocument, CSV, JSON, HTML, PDF, zip) into tables.

    Beside the tables stand ingest.csv, a line for every figure that was printed and what became
    of it, and ingest.html, the sheets with each cell marked. The exit code is 1 where a figure
    could not be read.
    """
    with _clear_messages():
        from analysis.intake.ingest import ingest as read_files
        from analysis.intake.messages import describe_ingested

        if draft:
            from analysis.intake.draft import write_draft

            for file in files:
                typer.echo(f"{write_draft(file, into)}: correct it, then read the file")
            return
        done = read_files(files, into, government, publisher, fiscal_year or None, profile)
        typer.echo(describe_ingested(done, show_all=show_all))
        if done.has_errors:
            raise typer.Exit(1)


@app.command("list")
def list_(data: Data = "data", notebook: Notebooks = []) -> None:
    """List what can be run: the notebooks, and the programs and years in the data.

    What is wrong with a notebook is told at the end.
    """
    with _clear_messages():
        from analysis.batch.jobs import find_notebooks
        from analysis.batch.parameters import read_parameters
        from analysis.dataset.load import load
        from analysis.engine.notebook import read_notebook
        from analysis.errors import DataError

        problems = []
        for path in find_notebooks(notebook):
            try:
                declared = read_parameters(read_notebook(path))
            except DataError as error:
                problems.append(str(error))
                continue
            names = ", ".join(parameter.name for parameter in declared)
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
        if problems:
            raise DataError("\n".join(problems))


def _find_jobs(
    data: str,
    notebooks: list[str],
    governments: list[str],
    fiscal_years: list[int],
    programs: list[str],
    parameters: list[str],
    params: Path | None,
    cwd: str,
) -> tuple[Any, list[Any]]:
    from analysis.batch.jobs import find_in_the_way, find_notebooks, list_jobs
    from analysis.batch.parameters import read_parameter_file
    from analysis.dataset.load import load
    from analysis.dataset.problems import count_severities

    given: dict[str, list[str]] = {}
    for name, value in map(_split, parameters):
        given.setdefault(name, []).append(value)
    rows = read_parameter_file(params) if params else None
    found = find_notebooks(notebooks)
    dataset = load(data)
    if len(dataset.warnings):
        said = f"{data}: {count_severities(dataset.warnings)}; sosei check {data} lists them"
        typer.echo(said, err=True)
    jobs = list_jobs(dataset, found, data, governments, fiscal_years, programs, given, rows, cwd)
    for sentence in find_in_the_way(jobs):
        typer.echo(sentence, err=True)
    return dataset, jobs


def _plan_steps(jobs: list[Any], output: Path, inputs: Any, force: bool) -> list[Any]:
    from analysis.batch.messages import describe_passed_over
    from analysis.batch.plan import plan_steps

    passed_over: list[int] = []
    steps = plan_steps(jobs, output, inputs, force, passed_over)
    if passed_over:
        typer.echo(describe_passed_over(passed_over, output), err=True)
    return steps


def _run_steps(steps: list[Any], output: Path, work: Path, inputs: Any, settings: Any) -> Any:
    from analysis.batch.messages import show_progress
    from analysis.batch.run import run_steps

    with show_progress(sum(step.action != "keep" for step in steps)) as tell:
        return run_steps(steps, output, work, inputs, settings, tell)


@contextmanager
def _clear_messages() -> Iterator[None]:
    """Show what is wrong with the input as a message; end an interrupted run as such."""
    from analysis.errors import DataError

    try:
        yield
    except DataError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        typer.echo(f"cannot go on: {error}", err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        typer.echo("interrupted; the reports finished so far are in place", err=True)
        raise typer.Exit(130) from None


def _split(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise typer.BadParameter(f"'{text}' is not NAME=VALUE", param_hint="--parameter")
    return name, value


def _print_problems(problems: Any) -> None:
    """Print problems as a table on a screen, and one a line into a file or another command."""
    from analysis.dataset.problems import describe_problems

    if not sys.stdout.isatty():
        typer.echo(describe_problems(problems))
        return
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
