"""The commands that make reports of tables: run, plan, verify, list."""

from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.cli.app import Language, app, clear_messages

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
Groups = Annotated[
    list[str], typer.Option("--group", help="Group of programs, as in its folder.", metavar="ID")
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
        "--ordinary-kernels", help="Run notebooks in kernels as Jupyter starts them: slower."
    ),
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
) -> None:
    """Run what is new or has changed, and write the reports, the figures and the index.

    Without options: every notebook in notebooks/, on all of data/. What chooses may be repeated.
    """
    with clear_messages():
        from analysis.batch.messages import Result, describe_result
        from analysis.batch.outputs import hold
        from analysis.batch.places import find_places
        from analysis.batch.unchanged import Asked, Unchanged

        output = find_places(data, output, notebook)
        asked = Asked(
            *(data, notebook, government, fiscal_year, program, group),
            *(parameter, params, cwd, show_code, svg),
        )
        unchanged = Unchanged(asked, output)
        if known := None if force else _recall(unchanged, output):
            with hold(output, data):  # nobody else may be writing there
                result, count = Result(), len(known.reports)
        else:
            bounds = (time_limit, memory, output_limit)
            settings = _set(workers, bounds, not ordinary_kernels, cluster, show_code, svg)
            result, count = _make_reports(asked, unchanged, output, settings, force)
        bad = bool(result.failed or result.changed)
        typer.echo(describe_result(result, count, output), err=bad)
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
    group: Groups = [],
    parameter: Given = [],
    params: Params = None,
    cwd: Cwd = "",
    force: Force = False,
    show_code: ShowCode = False,
    svg: Svg = False,
    language: Language = "ja",
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
        if known := None if force else _recall(Unchanged(asked, output), output):
            action, why = UP_TO_DATE
            lines = [(action, report, why) for report in known.reports]
        else:
            from analysis.batch.inputs import Inputs

            _, jobs = _find_jobs(asked)
            steps, _, passed_over = _plan_steps(jobs, output, Inputs(show_code, svg), force)
            _say_of_ledger(passed_over, output)
            lines = [(step.action, step.job.path, step.why) for step in steps]
        typer.echo(describe_plan(lines))


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

        output = find_places(data, output, notebook)
        asked = Asked(
            *(data, notebook, government, fiscal_year, program, group),
            *(parameter, params, cwd, show_code, svg),
        )
        _, jobs = _find_jobs(asked)
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
        from analysis.batch.parameters import read_parameters
        from analysis.batch.places import find_notebooks
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


def _set(workers: int, bounds: tuple[int, int, int], *others: Any) -> Any:
    """The settings of a run, with what a notebook may take."""
    from analysis.batch.run import Settings
    from analysis.engine.job import Limits

    return Settings(workers, Limits(*bounds), *others)


def _recall(unchanged: Any, output: Path) -> Any:
    """The plan that is known to find nothing to do, after saying what it would say."""
    if known := unchanged.recall():
        _say_of_jobs(known.doubts, known.workplaces)
        _say_of_ledger(known.passed_over, output)
    return known


def _find_jobs(asked: Any) -> tuple[Any, list[Any]]:
    from analysis.batch.jobs import list_jobs
    from analysis.batch.parameters import read_parameter_file
    from analysis.batch.places import find_notebooks
    from analysis.dataset.load import load

    given: dict[str, list[str]] = {}
    for name, value in map(_split, asked.parameters):
        given.setdefault(name, []).append(value)
    rows = read_parameter_file(asked.params) if asked.params else None
    found = find_notebooks(asked.notebooks)
    dataset = load(asked.data)
    _say_of_jobs(_describe_doubts(dataset, asked.data), [])
    slices = (asked.governments, asked.fiscal_years, asked.programs, asked.groups)
    jobs = list_jobs(dataset, found, asked.data, *slices, given, rows, asked.cwd)
    _say_of_jobs("", [job.cwd for job in jobs])
    return dataset, jobs


def _describe_doubts(dataset: Any, data: str) -> str:
    from analysis.dataset.problems import count_severities

    if not len(dataset.warnings):
        return ""
    return f"{data}: {count_severities(dataset.warnings)}; sosei check {data} lists them"


def _say_of_jobs(doubts: str, workplaces: list[str]) -> None:
    from analysis.batch.places import find_in_the_way

    for sentence in [*filter(None, [doubts]), *find_in_the_way(workplaces)]:
        typer.echo(sentence, err=True)


def _say_of_ledger(passed_over: list[int], output: Path) -> None:
    from analysis.batch.messages import describe_passed_over

    if passed_over:
        typer.echo(describe_passed_over(passed_over, output), err=True)


def _plan_steps(
    jobs: list[Any], output: Path, inputs: Any, force: bool = False
) -> tuple[list[Any], Any, list[int]]:
    """The steps, where their files were looked for, and the lines of the ledger passed over."""
    from analysis.batch.listing import Listing
    from analysis.batch.plan import plan_steps

    listing, passed_over = Listing(output), list[int]()
    return plan_steps(jobs, output, inputs, force, passed_over, listing), listing, passed_over


def _make_reports(
    asked: Any, unchanged: Any, output: Path, settings: Any, force: bool
) -> tuple[Any, int]:
    """Make what is due and refresh what stands beside it; the result, and how many were planned."""
    from analysis.batch import ledger
    from analysis.batch.inputs import Inputs
    from analysis.batch.local import begin_server
    from analysis.batch.outputs import hold
    from analysis.batch.plan import FAILED_BEFORE
    from analysis.batch.site import refresh_site
    from analysis.errors import DataError

    with ExitStack() as stack:
        due = force or not ledger.size(output)  # so much is known before the plan
        server = stack.enter_context(begin_server(due and not settings.cluster))
        dataset, jobs = _find_jobs(asked)
        work = stack.enter_context(hold(output, asked.data))
        inputs = Inputs(asked.show_code, asked.svg)
        planned = _plan_steps(jobs, output, inputs, force)
        _say_of_ledger(planned[-1], output)
        try:
            result = _run_steps(planned[0], output, work, inputs, settings, server)
            if result.failed or any(step.why == FAILED_BEFORE for step in planned[0]):
                _lead_elsewhere(jobs, output, work, inputs, settings)
        finally:
            refresh_site(dataset, asked.data, output, work, inputs)
        if result.is_well:
            doubts = _describe_doubts(dataset, asked.data)
            with suppress(DataError, OSError):  # it saves time, no more: the run is done
                _note(unchanged, asked, output, planned, inputs, doubts, work)
    return result, len(jobs)


def _lead_elsewhere(jobs: list[Any], output: Path, work: Path, inputs: Any, settings: Any) -> None:
    """Make the pages anew that lead to what could not be made, or do not to what now could."""
    from analysis.batch.plan import PLACES_CHANGED
    from analysis.batch.run import run_steps

    steps = _plan_steps(jobs, output, inputs)[0]
    astray = [step for step in steps if step.why == PLACES_CHANGED]
    run_steps(astray, output, work, inputs, settings, lambda _: None)


def _note(
    unchanged: Any,
    asked: Any,
    output: Path,
    planned: tuple[list[Any], Any, list[int]],
    inputs: Any,
    doubts: str,
    work: Path,
) -> None:
    """Note that there is nothing to do, if that is so by now, for the commands that follow."""
    from analysis.batch.jobs import find_workplaces
    from analysis.batch.unchanged import Plan

    jobs = [step.job for step in planned[0]]
    if unchanged.has_moved_on():  # reports were made since that was planned
        planned = _plan_steps(jobs, output, inputs)
    steps, listing, passed_over = planned
    if all(step.action == "keep" for step in steps):
        reports, workplaces = [job.path for job in jobs], sorted({job.cwd for job in jobs})
        folders = find_workplaces(asked.notebooks, asked.cwd)
        plan = Plan(reports, doubts, passed_over, workplaces, folders)
        unchanged.note(plan, inputs.tell_all(), listing, work)


def _run_steps(
    steps: list[Any], output: Path, work: Path, inputs: Any, settings: Any, server: Any
) -> Any:
    from analysis.batch.messages import show_progress
    from analysis.batch.run import run_steps

    with show_progress(sum(step.action != "keep" for step in steps)) as tell:
        return run_steps(steps, output, work, inputs, settings, tell, server)


def _split(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise typer.BadParameter(f"'{text}' is not NAME=VALUE", param_hint="--parameter")
    return name, value
