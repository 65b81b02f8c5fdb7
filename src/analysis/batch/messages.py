"""What a run says: a bar or lines as it goes on, then what was made and what failed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MOST_NAMES = 3


@contextmanager
def show_progress(total: int) -> Iterator[Any]:
    """Show a bar on a terminal, a line for each report elsewhere; yields what to tell entries."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console, done = Console(), {"ok": 0, "failed": 0}
    bar = Progress(
        TextColumn("reports"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]} failed"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
        console=console,
        disable=not console.is_terminal,
    )
    task = bar.add_task("reports", total=total, failed=0, rate="")

    def tell(entry: dict[str, Any]) -> None:
        done[entry["status"]] += 1
        count = sum(done.values())
        speed = bar.tasks[task].speed
        rate = f"{speed:.1f} a second" if speed else ""
        bar.update(task, completed=count, failed=done["failed"], rate=rate)
        if not console.is_terminal:
            print(
                f"[{count}/{total}] {entry['status']} {entry['report']} {entry['seconds']:.1f} s "
                f"({entry['why']})",
                flush=True,
            )

    with bar:
        yield tell


def describe_plan(steps: Sequence[Any]) -> str:
    """Write a line for each report with what would be done and why, and the sum at the end."""
    lines = [f"{step.action:<7}{step.job.path}\t{step.why}" for step in steps]
    actions = ("run", "export", "keep")
    counts = [sum(step.action == action for step in steps) for action in actions]
    return "\n".join(
        [*lines, f"{counts[0]} to run, {counts[1]} to export again, {counts[2]} up to date"]
    )


def describe_result(result: Any, planned: int, output: Path) -> str:
    """Tell what was made and what failed: failures of one cause together, with where to look."""
    kept = planned - result.made - len(result.failed) - result.not_run
    counts = [f"{result.made} of {planned - kept} reports made"]
    counts += [f"{len(result.failed)} failed"] if result.failed else []
    counts += [f"{result.not_run} not run"] if result.not_run else []
    counts += [f"{kept} up to date"] if kept else []
    lines = [", ".join(counts) + f": {output / 'index.html'}"]
    if result.not_run and result.interrupted:
        lines.append("interrupted; what was finished is in place, `sosei run` makes what is due")
    elif result.not_run:
        lines.append("the first report of every notebook failed, so the run stopped there")
    for group in _group_failures(result.failed):
        lines.append(_describe_failures(group, output))
    for path in result.changed:
        lines.append(f"changed after its report was finished: {path}")
    lines += result.changed_inputs
    return "\n".join(lines)


def _group_failures(failed: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Put together what failed in one cell of one notebook with one kind of error."""
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for entry in failed:
        failure = entry["failure"]
        kind = failure["error"].partition(":")[0]
        groups.setdefault((entry["notebook"], failure["source"], kind), []).append(entry)
    return list(groups.values())


def _describe_failures(group: list[dict[str, Any]], output: Path) -> str:
    first = group[0]
    failure = first["failure"]
    began = failure["source"].partition("\n")[0]
    cell = "" if failure["cell"] is None else f", cell {failure['cell']} ({began})"
    others = [entry["report"] for entry in group[1 : MOST_NAMES + 1]]
    more = f" and {len(group) - 1 - MOST_NAMES} more" if len(group) > 1 + MOST_NAMES else ""
    with_it = f"\n  {len(group)} reports for this cause, also {', '.join(others)}{more}"
    partial = output / f"{first['report']}.failed.ipynb"
    return (
        f"failed: {first['report']}: {first['notebook']}{cell}: {failure['error']}"
        + (with_it if others else "")
        + f"\n  parameters: {first['parameters']}"
        + (f"\n  as far as it got: {partial}" if partial.exists() else "")
    )
