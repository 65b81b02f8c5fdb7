"""The commands that make reports of tables: run, plan, verify, list."""

from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.cli.app import app, clear_messages

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
Svg = Annotated[bool, typer.Option("--svg", help="Save the figures as SVG, too.")]
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
    svg: Svg = False,
) -> None:
    """Run what is new or has changed, and write the reports, the figures and the index.

    Without options: every notebook in notebooks/, on everything in data/. The options
    --notebook, --government, --fiscal-year, --program and --parameter may be repeated.
    """
    with clear_messages():
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
        settings = Settings(workers, limits, not ordinary_kernels, cluster, show_code, svg)
        with hold(output, data) as work:
            inputs = Inputs(show_code, svg)
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
    svg: Svg = False,
) -> None:
    """Show what `sosei run` would do with each report, and why."""
    with clear_messages():
        from analysis.batch.inputs import Inputs
        from analysis.batch.messages import describe_plan
        from analysis.batch.places import find_places

        output = find_places(data, output, notebook)
        _, jobs = _find_jobs(
            data, notebook, government, fiscal_year, program, parameter, params, cwd
        )
        typer.echo(describe_plan(_plan_steps(jobs, output, Inputs(show_code, svg), force)))


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
    svg: Svg = False,
) -> None:
    """Make some of the reports that are up to date once more, elsewhere, and compare all files."""
    with clear_messages():
        from analysis.batch.places import find_places
        from analysis.batch.verify import verify_reports

        output = find_places(data, output, notebook)
        _, jobs = _find_jobs(
            data, notebook, government, fiscal_year, program, parameter, params, cwd
        )
        compared, differences = verify_reports(jobs, output, sample, show_code, svg)
        for difference in differences:
            typer.echo(difference)
        typer.echo(f"{compared} files compared, {len(differences)} different")
        if differences:
            raise typer.Exit(1)


@app.command("list")
def list_(data: Data = "data", notebook: Notebooks = []) -> None:
    """List what can be run: the notebooks, and the programs and years in the data.

    What is wrong with a notebook is told at the end.
    """
    with clear_messages():
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


def _split(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise typer.BadParameter(f"'{text}' is not NAME=VALUE", param_hint="--parameter")
    return name, value
