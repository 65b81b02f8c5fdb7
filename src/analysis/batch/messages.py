"""What a run says: a bar or lines as it goes on, then what was made and what failed."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.batch.ledger import NAME as LEDGER
from analysis.batch.outputs import find_other_languages
from analysis.page.export.clean import clean_text
from analysis.wording.terminal import speak, speak_reason, speak_time

UP_TO_DATE = ("keep", "up to date")  # what a plan says of a report that stays as it is
MOST_NAMES = 3
MOST_UNDER_WAY = 2
MOST_WARNINGS = 5
LONGEST_LINE = 200
CELLS = re.compile(r"^(cells? \d+(?:, \d+)*): ")  # as `Draft.list_warnings` writes them
LEFT_OUT, OTHERWISE, ADVICE = range(3)  # the weights of warnings, the weightiest first
SIGNS = (  # by which a warning is known to be no more than that
    (ADVICE, ("has no alternative text", "has no title to be read aloud")),
    (OTHERWISE, (" is shown as ", ": a box is drawn", ": shown is what ")),
)


@dataclass
class Result:
    """What became of a run: jobs that failed or warn, by their entries; files changed since.

    `changed_inputs` are sentences about what the reports were made from and was changed meanwhile.
    """

    made: int = 0
    failed: list[dict[str, Any]] = field(default_factory=list)
    warned: list[dict[str, Any]] = field(default_factory=list)
    not_run: int = 0
    changed: list[str] = field(default_factory=list)
    changed_inputs: list[str] = field(default_factory=list)
    interrupted: bool = False

    def count_kept(self, planned: int) -> int:
        """How many of the planned reports were left as they are."""
        return planned - self.made - len(self.failed) - self.not_run

    @property
    def is_well(self) -> bool:
        """Whether all reports were made that were due, and nothing was changed meanwhile."""
        return not (
            self.failed or self.not_run or self.interrupted or self.changed or self.changed_inputs
        )


@contextmanager
def show_progress(total: int) -> Iterator[tuple[Any, Any]]:
    """Show a bar on a terminal, a line for each report elsewhere.

    Yields what to tell each ledger entry, and what to tell the reports that are being made.
    """
    from rich.console import Console, Group
    from rich.live import Live
    from rich.text import Text

    console, done = Console(), {"ok": 0, "failed": 0}
    bar = _make_bar(console)
    task = bar.add_task("reports", total=total, failed="", rate="")
    now = Text(speak("run.starting") if total else "", no_wrap=True, overflow="ellipsis")

    def tell(entry: dict[str, Any]) -> None:
        done[entry["status"]] += 1
        count = sum(done.values())
        speed = bar.tasks[task].speed
        rate = speak("run.bar_rate", rate=speed) if speed else ""
        failed = speak("run_counts.failed", count=done["failed"])
        bar.update(task, completed=count, failed=failed, rate=rate)
        if not console.is_terminal:
            print(
                f"[{count}/{total}] {entry['status']} {entry['report']} {entry['seconds']:.1f} s "
                f"({speak_reason(entry['why'])})",
                flush=True,
            )

    def tell_under_way(reports: Sequence[str]) -> None:
        names = ", ".join(reports[:MOST_UNDER_WAY])
        now.plain = speak("run.under_way", names=names) if names else ""

    if not console.is_terminal:
        yield tell, tell_under_way
        return
    with Live(get_renderable=lambda: Group(bar, now) if now else bar, console=console):
        yield tell, tell_under_way
        now.plain = ""


def _make_bar(console: Any) -> Any:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn(speak("run.bar")),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
        TextColumn(speak("run.bar_left")),
        console=console,
    )


def describe_plan(steps: Sequence[tuple[str, str, str]]) -> str:
    """Write a line for each report (action, report, why), and the sum at the end."""
    lines = [f"{action:<7}{report}\t{speak_reason(why)}" for action, report, why in steps]
    counts = {one: sum(action == one for action, *_ in steps) for one in ("run", "export", "keep")}
    return "\n".join([*lines, speak("run.to_run", **counts)])


def describe_passed_over(numbers: Sequence[int], output: Path) -> str:
    """Tell of lines of the ledger that are no entries, by their numbers."""
    alone = len(numbers) == 1
    first = speak("run.line" if alone else "run.first_line", number=numbers[0])
    return speak("run.passed_over", path=output / LEDGER, count=len(numbers), first=first)


def describe_result(
    result: Result, planned: int, output: Path, seconds: float | None = None
) -> str:
    """Tell what was made and what failed: failures of one cause together, with where to look.

    `seconds` is how long it took, which is told of a run that made something.
    """
    kept = result.count_kept(planned)
    made = {"made": result.made, "planned": planned - kept}
    told = {"failed": len(result.failed), "not_run": result.not_run, "kept": kept}
    counts = [
        speak("run.made", **made)
        if seconds is None or not result.made
        else speak("run.made_in", **made, time=speak_time(seconds)),
        *(speak(f"run_counts.{name}", count=count) for name, count in told.items() if count),
    ]
    lines = [", ".join(counts) + f": {output / 'index.html'}"]
    if result.not_run and result.interrupted:
        lines.append(speak("run.interrupted"))
    elif result.not_run:
        lines.append(speak("run.all_failed"))
    for group in _group_failures(result.failed):
        lines.append(_describe_failures(group, output))
    lines += _describe_warnings(result.warned)
    for path in result.changed:
        lines.append(speak("run.changed_after", path=path))
    lines += result.changed_inputs
    lines += _tell_other_languages(output) if result.made else []
    return "\n".join(lines)


def _tell_other_languages(output: Path) -> list[str]:
    """By which command the pages of another language come to lead to those made here."""
    return [
        speak("run.other_language", folder=os.path.normpath(output / folder), language=language)
        for language, folder in find_other_languages(output).items()
    ]


def _describe_warnings(warned: list[dict[str, Any]]) -> list[str]:
    """A line for each of the weightiest warnings, with where they are; one for all advice."""
    places: dict[str, list[str]] = {}
    advised: set[str] = set()
    for entry in warned:
        for warning in list_warnings(entry):
            *cells, text = CELLS.split(warning)
            if _weigh(text) == ADVICE:
                advised.add(entry["report"])
            else:
                place = entry["report"] + (f" ({cells[-1]})" if cells else "")
                places.setdefault(clean_text(text, LONGEST_LINE), []).append(place)
    texts = sorted(places, key=_weigh)
    lines = [
        speak("run.warning", where=_list_some(places[text]), what=text)
        for text in texts[:MOST_WARNINGS]
    ]
    if len(texts) > MOST_WARNINGS:
        lines.append(speak("run.more_warnings", count=len(texts) - MOST_WARNINGS))
    if advised:
        lines.append(speak("run.advice", count=len(advised)))
    return lines


def _weigh(warning: str) -> int:
    """How much a warning matters: less where something is shown otherwise, least where advised."""
    weights = (weight for weight, words in SIGNS if any(word in warning for word in words))
    return next(weights, LEFT_OUT)


def _list_some(names: list[str]) -> str:
    more, shown = len(names) - MOST_NAMES, ", ".join(names[:MOST_NAMES])
    return speak("run.and_more", names=shown, count=more) if more > 0 else shown


def list_warnings(entry: dict[str, Any]) -> list[str]:
    """What is to be said of a report that was made: its warnings, and that it ended early."""
    ended = entry.get("ended_at")
    early = [] if ended is None else [speak("run.ended_itself", cell=ended)]
    return early + list(dict.fromkeys(entry.get("warnings", ())))


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
    began = clean_text(failure["source"].partition("\n")[0], LONGEST_LINE)
    where = first["notebook"]
    if failure["cell"] is not None:
        where = speak("run.cell", notebook=where, cell=failure["cell"], began=began)
    error = clean_text(failure["error"])
    lines = [speak("run.failure", report=first["report"], where=where, error=error)]
    if others := _list_some([entry["report"] for entry in group[1:]]):
        lines.append(speak("run.of_this_cause", count=len(group), others=others))
    lines.append(speak("run.parameters", parameters=first["parameters"]))
    partial = output / f"{first['report']}.failed.ipynb"
    if partial.exists():
        lines.append(speak("run.as_far", path=partial))
    return "\n  ".join(lines)
