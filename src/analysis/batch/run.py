"""Run what a plan says, in worker processes here or on a cluster, and keep the ledger.

The largest job of each notebook runs before the crowd; where all of them fail, the run stops. A
job that fails leaves its partial notebook beside the last good report; the others go on. What
has been finished is in place and in the ledger, however the run ends.
"""

import os
import signal
import sys
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Future,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.batch import ledger, outputs
from analysis.batch.ahead import foretell
from analysis.batch.inputs import Inputs
from analysis.batch.ledger import hash_file
from analysis.batch.local import MOST_TIMES_LOST, LocalWorkers, Server
from analysis.batch.messages import Result
from analysis.batch.plan import Step
from analysis.batch.task import Outcome, Task
from analysis.engine.job import Limits
from analysis.wording.terminal import speak

SECONDS_BETWEEN_LOOKS = 5
FEWEST_TOLD = 20  # reports of which it is worth saying how long they will take
Tell = Callable[[dict[str, Any]], None]
TellUnderWay = Callable[[list[str]], None]


@dataclass(frozen=True)
class Settings:
    """How a run is done: notebooks at a time (0: by the cores), limits, kernels, cluster, pages."""

    workers: int = 0
    limits: Limits = field(default_factory=Limits)
    warm: bool = True
    cluster: str = ""
    show_code: bool = False
    svg: bool = False


def run_steps(
    steps: list[Step],
    output: Path,
    work: Path,
    inputs: Inputs,
    settings: Settings,
    tell: Tell,
    server: Server | None = None,
    tell_under_way: TellUnderWay = lambda _: None,
) -> Result:
    """Do all steps that are to be run or exported; `tell` is called with each ledger entry.

    `tell_under_way` is called with the reports in the workers' hands whenever these change;
    `server` is one that has been begun for the workers, if any.

    The caller holds the output folder (`outputs.hold`), where `work` is its own. An interrupt
    lets the jobs under way finish; a second one ends everything at once.
    """
    wanted = [step for step in steps if step.action != "keep"]
    if not wanted:
        return Result()
    begun_at, result = ledger.size(output), Result()
    inputs.fix(step.job for step in wanted)
    canaries, crowd = _split(wanted)
    with _open_workers(wanted, settings, server) as workers, _heeding_interrupts() as interrupts:
        for batch in (canaries, crowd):
            if batch is crowd and len(crowd) >= FEWEST_TOLD:  # of fewer the ledger is not read
                print(foretell(crowd, ledger.latest(output), workers.places), file=sys.stderr)
            tasks = {step: _task(step, output, work, settings) for step in batch}
            for step, outcome in _outcomes(workers, tasks, interrupts, tell_under_way):
                entry = _entry(step, outcome, inputs)
                outputs.check_held(work)
                ledger.append(output, entry)
                if entry["status"] == "failed":
                    result.failed.append(entry)
                else:
                    result.made += 1
                if entry.get("warnings") or entry.get("ended_at") is not None:
                    result.warned.append(entry)
                tell(entry)
            if interrupts or len(result.failed) == len(canaries):
                break
    result.not_run = len(wanted) - result.made - len(result.failed)
    result.interrupted = bool(interrupts)
    result.changed = list(find_changed(output, begun_at))
    result.changed_inputs = inputs.tell_changes()
    return result


def _split(steps: list[Step]) -> tuple[list[Step], list[Step]]:
    """The largest job of each notebook, the first of equal ones, and the others."""
    first: dict[Path, Step] = {}
    for step in steps:
        known = first.setdefault(step.job.notebook, step)
        if step.job.size > known.job.size:
            first[step.job.notebook] = step
    canaries = [step for step in steps if first[step.job.notebook] is step]
    return canaries, [step for step in steps if first[step.job.notebook] is not step]


def _task(step: Step, output: Path, work: Path, settings: Settings) -> Task:
    return Task(
        job=step.job,
        root=Path.cwd(),
        output=output.resolve(),
        work=work,
        limits=settings.limits,
        execute=step.action == "run",
        warm=settings.warm,
        show_code=settings.show_code,
        svg=settings.svg,
        places=step.places,
    )


def _entry(step: Step, outcome: Outcome, inputs: Inputs) -> dict[str, Any]:
    job, made = step.job, {}
    if outcome["status"] == "ok" and step.before:  # only its page was made anew
        before = step.before
        template = {"template": inputs.template}
        made = {
            "files": before["files"] | outcome["files"],
            "made_from": before["made_from"] | template,
        }
    elif outcome["status"] == "ok":
        made = {"made_from": inputs.describe(job, outcome.pop("executed"), outcome.pop("told"))}
    return {
        "report": job.path,
        "title": job.title,
        "subject": job.subject,
        "values": job.values,
        "notebook": str(job.notebook),
        "parameters": job.parameters,
        "why": step.why,
        "places": step.places.digest,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        **outcome,
        **made,
    }


def find_changed(output: Path, start: int) -> Iterator[str]:
    """Hash again the files of the reports in the ledger from a byte on; name the changed."""
    for entry in ledger.read(output, start):
        folder = output / Path(entry["report"]).parent
        for name, (digest, _) in entry.get("files", {}).items():
            path = folder / name
            if not path.is_file() or hash_file(path) != digest:
                yield str(path)


def _outcomes(
    workers: Any, tasks: dict[Step, Task], interrupts: list[int], tell_under_way: TellUnderWay
) -> Iterator[tuple[Step, Outcome]]:
    """Do tasks, no more at a time than there are places; yield each step with its outcome.

    What was under way in a worker that was killed is begun again, three times at most.
    """
    waiting = deque(tasks)
    running: dict[Future[Outcome], Step] = {}
    times_lost: Counter[Step] = Counter()
    while running or (waiting and not interrupts):
        workers.look()
        while waiting and not interrupts and len(running) < workers.places:
            step = waiting.popleft()
            running[workers.submit(tasks[step])] = step
        tell_under_way([step.job.path for step in running.values()])
        done, _ = wait(running, SECONDS_BETWEEN_LOOKS, FIRST_COMPLETED)
        lost = []
        for future in done:
            step = running.pop(future)
            try:
                yield step, future.result()
            except BrokenExecutor:
                lost.append(step)
            except CancelledError:
                raise workers.lost() from None
            except Exception as error:  # of a cluster whose workers were killed with the job
                yield step, _died(f"{type(error).__name__}: {error}")
        times_lost.update(lost)
        for step in lost:
            if times_lost[step] < MOST_TIMES_LOST:
                waiting.appendleft(step)
            else:
                yield step, _died("it was killed with its worker process, three times")
    tell_under_way([])


def _died(error: str) -> Outcome:
    failure = {"cell": None, "error": error, "source": ""}
    return {"status": "failed", "seconds": 0.0, "failure": failure}


@contextmanager
def _open_workers(steps: list[Step], settings: Settings, server: Server | None) -> Iterator[Any]:
    data = steps[0].job.data
    if settings.cluster:
        from analysis.batch.cluster import ClusterWorkers

        workers: Any = ClusterWorkers(settings.cluster, Path.cwd(), data)
    else:
        places = settings.workers or (os.cpu_count() or 1) + 1  # one waits while others compute
        workers = LocalWorkers(places, data, settings.warm, len(steps), server)
    try:
        yield workers
    finally:
        workers.close()


@contextmanager
def _heeding_interrupts() -> Iterator[list[int]]:
    """Collect interrupts in a list; end the process, and all it started with it, at the second."""
    heard: list[int] = []

    def hear(number: int, _: object) -> None:
        if heard:
            os._exit(128 + number)
        heard.append(number)
        print(speak("run.finishing"), file=sys.stderr)

    if threading.current_thread() is not threading.main_thread():
        yield heard
        return
    before = signal.signal(signal.SIGINT, hear)
    try:
        yield heard
    finally:
        signal.signal(signal.SIGINT, before)
