"""The commands that make reports of tables: run, plan, verify, list."""

import sys
from contextlib import redirect_stdout
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from analysis.cli.app import Language, app, clear_messages
from analysis.cli.documents import describe_steps, write_document
from analysis.cli.making import (
    end_run,
    find_jobs,
    find_parameters,
    make_reports,
    plan_jobs,
    recall,
    say_of_ledger,
    set_up,
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


def _complete_notebook(begun: str) -> list[str]:
    names = sorted(path.stem for path in Path("notebooks").glob("*.ipynb"))
    return [name for name in names if name.startswith(begun)]


Notebooks = Annotated[
    list[str],
    typer.Option(
        "--notebook",
        help="Notebook by name or path.",
        metavar="NAME",
        autocompletion=_complete_notebook,
    ),
]
Governments = Annotated[
    list[str],
    typer.Option("--government", help="Government by code (082201) or name.", metavar="CODE"),
]
Years = Annotated[
    list[str],
    typer.Option("--fiscal-year", help="Fiscal year, such as 2018 or H30.", metavar="YEAR"),
]
Programs = Annotated[
    list[str], typer.Option("--program", help="Program by id or name.", metavar="ID")
]
Groups = Annotated[
    list[str],
    typer.Option("--group", help="Group of programs, as in its folder, or by name.", metavar="ID"),
]
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
    typer.Option(
        "--ordinary-kernels/--no-ordinary-kernels",
        help="Run notebooks in kernels as Jupyter starts them: slower.",
    ),
]
Cluster = Annotated[
    str, typer.Option(help="Run on a Dask cluster, such as tcp://host:8786.", metavar="ADDRESS")
]
ShowCode = Annotated[
    bool,
    typer.Option(
        "--show-code/--no-show-code", help="Show the code of the notebooks in the reports, too."
    ),
]
Svg = Annotated[bool, typer.Option("--svg/--no-svg", help="Save the figures as SVG, too.")]
Sample = Annotated[int, typer.Option(help="How many reports to make again.", min=1)]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON document, and nothing else on stdout.")
]
ExitCode = Annotated[
    bool, typer.Option("--exit-code", help="End with exit code 3 where there is something to do.")
]

SOMETHING_TO_DO = 3  # the exit code of a plan: 1 is an error, 2 a wrong use


@app.command()
def run(
    data: Data = "data",
    output: Output = None,
    notebook: Notebooks = [],
    government: Governments = [],
    fiscal_year: Years = [],
    program: Programs = [],
    group: Groups = [],
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
    language: Language = "ja",
    as_json: AsJson = False,
) -> None:
    """Run what is new or has changed, and write the reports, the figures and the index.

    Without options: every notebook in notebooks/, on all of data/. What chooses may be repeated.
    """
    with clear_messages():
        from analysis.batch.messages import Result
        from analysis.batch.outputs import hold
        from analysis.batch.places import find_places
        from analysis.batch.unchanged import Asked, Unchanged

        began = monotonic()
        output = find_places(data, output, notebook)
        asked = Asked(
            *(data, notebook, government, fiscal_year, program, group),
            *(parameter, params, cwd, show_code, svg),
        )
        unchanged = Unchanged(asked, output)
        if known := None if force else recall(unchanged, output):
            with hold(output, data):  # nobody else may be writing there
                result, count = Result(), len(known.reports)
        else:
            bounds = (time_limit, memory, output_limit)
            settings = set_up(workers, bounds, not ordinary_kernels, cluster, show_code, svg)
            with redirect_stdout(sys.stderr if as_json else sys.stdout):
                result, count = make_reports(asked, unchanged, output, settings, force)
        end_run(result, count, output, monotonic() - began, as_json)


@app.command()
def plan(
    data: Data = "data",
    output: Output = None,
    notebook: Notebooks = [],
    government: Governments = [],
    fiscal_year: Years = [],
    program: Programs = [],
    group: Groups = [],
    parameter: Given = [],
    params: Params = None,
    cwd: Cwd = "",
    force: Force = False,
    show_code: ShowCode = False,
    svg: Svg = False,
    language: Language = "ja",
    exit_code: ExitCode = False,
    as_json: AsJson = False,
) -> None:
    """Show what `sosei run` would do with each report, and why."""
    with clear_messages():
        from analysis.batch.messages import UP_TO_DATE, describe_plan
        from analysis.batch.places import find_places
        from analysis.batch.unchanged import Asked, Unchanged

        output = find_places(data, output, notebook)
        asked = Asked(
            *(data, notebook, government, fiscal_year, program, group),
            *(parameter, params, cwd, show_code, svg),
        )
        if known := None if force else recall(Unchanged(asked, output), output):
            action, why = UP_TO_DATE
            lines = [(action, report, why) for report in known.reports]
            parameters = find_parameters(output) if as_json else {}
        else:
            from analysis.batch.inputs import Inputs

            _, jobs = find_jobs(asked)
            steps, _, passed_over = plan_jobs(jobs, output, Inputs(show_code, svg), force)
            say_of_ledger(passed_over, output)
            lines = [(step.action, step.job.path, step.why) for step in steps]
            parameters = {job.path: job.parameters for job in jobs}
        if as_json:
            typer.echo(write_document(describe_steps(lines, parameters)))
        else:
            typer.echo(describe_plan(lines))
        if exit_code and any(action != UP_TO_DATE[0] for action, *_ in lines):
            raise typer.Exit(SOMETHING_TO_DO)


@app.command()
def verify(
    data: Data = "data",
    output: Output = None,
    notebook: Notebooks = [],
    government: Governments = [],
    fiscal_year: Years = [],
    program: Programs = [],
    group: Groups = [],
    parameter: Given = [],
    params: Params = None,
    cwd: Cwd = "",
    sample: Sample = 5,
    show_code: ShowCode = False,
    svg: Svg = False,
    language: Language = "ja",
) -> None:
    """Make some of the reports that are up to date once more, elsewhere, and compare all files."""
    with clear_messages():
        from analysis.batch.places import find_places
        from analysis.batch.unchanged import Asked
        from analysis.batch.verify import verify_reports
        from analysis.wording.terminal import speak

        output = find_places(data, output, notebook)
        asked = Asked(
            *(data, notebook, government, fiscal_year, program, group),
            *(parameter, params, cwd, show_code, svg),
        )
        _, jobs = find_jobs(asked)
        compared, differences = verify_reports(jobs, output, sample, show_code, svg)
        for difference in differences:
            typer.echo(difference)
        typer.echo(speak("run.compared", count=compared, different=len(differences)))
        if differences:
            raise typer.Exit(1)


@app.command("list")
def list_(
    data: Data = "data",
    output: Output = None,
    notebook: Notebooks = [],
    language: Language = "ja",
    as_json: AsJson = False,
) -> None:
    """List what can be run: the notebooks, and the programs and years in the data.

    After each program stands when its last report was made. What is wrong with a notebook is told
    at the end.
    """
    with clear_messages():
        from analysis.batch.outputs import find_output
        from analysis.cli.catalog import describe_catalog, list_notebooks, list_programs
        from analysis.dataset.load import load
        from analysis.errors import DataError

        notebooks, problems = list_notebooks(notebook)
        programs = list_programs(load(data), find_output(data, output))
        if as_json:
            typer.echo(write_document({"notebooks": notebooks, "programs": programs}))
        else:
            typer.echo(describe_catalog(notebooks, programs))
        if problems:
            raise DataError("\n".join(problems))
