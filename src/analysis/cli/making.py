"""From what a command was asked for to reports: what there is to do, and doing it."""

import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import typer


def set_up(workers: int, bounds: tuple[int, int, int], *others: Any) -> Any:
    """The settings of a run, with what a notebook may take."""
    from analysis.batch.run import Settings
    from analysis.engine.job import Limits

    return Settings(workers, Limits(*bounds), *others)


def recall(unchanged: Any, output: Path) -> Any:
    """The plan that is known to find nothing to do, after saying what it would say."""
    if known := unchanged.recall():
        _say_of_jobs(known.doubts, known.workplaces)
        say_of_ledger(known.passed_over, output)
    return known


def find_jobs(asked: Any) -> tuple[Any, list[Any]]:
    """The dataset that was asked for and the jobs of its reports, after telling its doubts."""
    from analysis.batch.jobs import list_jobs
    from analysis.batch.parameters import read_parameter_file
    from analysis.batch.places import find_notebooks
    from analysis.dataset.load import load

    given: dict[str, list[str]] = {}
    for name, value in map(_split, asked.parameters):
        given.setdefault(name, []).append(value)
    rows = read_parameter_file(asked.params) if asked.params else None
    found = find_notebooks(asked.notebooks)
    _say_what_is_read(asked.data)
    dataset = load(asked.data)
    _say_of_jobs(_describe_doubts(dataset, asked.data), [])
    slices = (asked.governments, asked.fiscal_years, asked.programs, asked.groups)
    jobs = list_jobs(dataset, found, asked.data, *slices, given, rows, asked.cwd)
    _say_of_jobs("", [job.cwd for job in jobs])
    return dataset, jobs


def _say_what_is_read(data: str) -> None:
    """Tell who waits at a terminal what takes the first seconds."""
    if sys.stderr.isatty():
        from analysis.wording.terminal import speak

        typer.echo(speak("run.reading", place=data), err=True)


def _describe_doubts(dataset: Any, data: str) -> str:
    from analysis.dataset.problems import count_severities

    if not len(dataset.warnings):
        return ""
    return f"{data}: {count_severities(dataset.warnings)}; sosei check {data} lists them"


def _say_of_jobs(doubts: str, workplaces: list[str]) -> None:
    from analysis.batch.places import find_in_the_way

    for sentence in [*filter(None, [doubts]), *find_in_the_way(workplaces)]:
        typer.echo(sentence, err=True)


def say_of_ledger(passed_over: list[int], output: Path) -> None:
    """Tell of the lines of the ledger that are no entries, where there are any."""
    from analysis.batch.messages import describe_passed_over

    if passed_over:
        typer.echo(describe_passed_over(passed_over, output), err=True)


def plan_jobs(
    jobs: list[Any], output: Path, inputs: Any, force: bool = False
) -> tuple[list[Any], Any, list[int]]:
    """The steps, where their files were looked for, and the lines of the ledger passed over."""
    from analysis.batch.listing import Listing
    from analysis.batch.plan import plan_steps

    listing, passed_over = Listing(output), list[int]()
    return plan_steps(jobs, output, inputs, force, passed_over, listing), listing, passed_over


def find_parameters(output: Path) -> dict[str, Any]:
    """The parameters with which each report was last made."""
    from analysis.batch import ledger

    return {entry["report"]: entry["parameters"] for entry in ledger.latest(output)}


def make_reports(
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
        dataset, jobs = find_jobs(asked)
        work = stack.enter_context(hold(output, asked.data))
        inputs = Inputs(asked.show_code, asked.svg)
        planned = plan_jobs(jobs, output, inputs, force)
        say_of_ledger(planned[-1], output)
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

    steps = plan_jobs(jobs, output, inputs)[0]
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
        planned = plan_jobs(jobs, output, inputs)
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

    with show_progress(sum(step.action != "keep" for step in steps)) as (tell, tell_under_way):
        return run_steps(steps, output, work, inputs, settings, tell, server, tell_under_way)


def end_run(result: Any, planned: int, output: Path, seconds: float, as_json: bool) -> None:
    """Tell what became of a run, and end the command by it."""
    from analysis.batch.messages import describe_result
    from analysis.cli.documents import describe_run, write_document

    bad = bool(result.failed or result.changed)
    if as_json:
        typer.echo(write_document(describe_run(result, planned, output, seconds)))
    else:
        _say_with_link(describe_result(result, planned, output, seconds), output, err=bad)
    if bad or result.interrupted:
        raise typer.Exit(130 if result.interrupted else 1)


def _say_with_link(text: str, output: Path, err: bool) -> None:
    """Say something; at a terminal the path of the index in it leads there."""
    if not (sys.stderr if err else sys.stdout).isatty():
        typer.echo(text, err=err)
        return
    from rich.console import Console
    from rich.text import Text

    index = output / "index.html"
    linked = Text(text)
    start = text.index(str(index))
    linked.stylize(f"link {index.absolute().as_uri()}", start, start + len(str(index)))
    Console(stderr=err).print(linked, soft_wrap=True)


def _split(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise typer.BadParameter(f"'{text}' is not NAME=VALUE", param_hint="--parameter")
    return name, value
