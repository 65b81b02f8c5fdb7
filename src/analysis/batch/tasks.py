"""What a worker is handed; it imports none of what makes the plan."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.batch.notebook import Wishes


@dataclass(frozen=True)
class Job:
    """One notebook with one set of parameters, and where its report goes.

    `cwd`, the notebook's working folder, and `data`, the run's data folder as it was given, are
    relative to the working folder of the command, where they can be; `wishes` are the notebook's.
    """

    notebook: Path
    parameters: dict[str, Any]
    folder: str
    title: str
    cwd: str = "."
    data: str = "data"
    wishes: Wishes = field(default_factory=Wishes)

    @property
    def name(self) -> str:
        """The notebook's name, which its report and files carry."""
        return self.notebook.stem

    @property
    def path(self) -> str:
        """The report, relative to the output folder and without its ending."""
        return f"{self.folder}/{self.name}"


@dataclass(frozen=True)
class Limits:
    """What one notebook may take; 0 is no limit."""

    seconds: int = 600
    memory_megabytes: int = 4_000
    output_megabytes: int = 50


@dataclass(frozen=True)
class Task:
    """A job with where and how it is to be done; a worker needs nothing else.

    `root` is the working folder of the command, `work` a folder on the disk of `output`
    that belongs to this run. `execute` is False where a finished notebook is only exported.
    """

    job: Job
    root: Path
    output: Path
    work: Path
    limits: Limits
    execute: bool = True
    warm: bool = True
    show_code: bool = False


def do_task(task: Task) -> dict[str, Any]:
    """Do one job in a worker, which alone imports what that takes; return its outcome."""
    from analysis.batch.execute import run_task

    return run_task(task)
