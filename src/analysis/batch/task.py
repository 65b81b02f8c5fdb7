"""What a worker is handed and hands back; it imports none of what makes the plan."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.engine.job import Job, Limits
from analysis.page.export.neighbours import Neighbours

Outcome = dict[str, Any]  # of a task: its status, seconds, and what goes into the ledger


@dataclass(frozen=True)
class Task:
    """A job with where and how it is to be done; a worker needs nothing else.

    `root` is the working folder of the command, `work` a folder on the disk of `output`
    that belongs to this run. `execute` is False where a finished notebook is only exported.
    `svg` is whether figures are saved as SVG, too; `places` is where the page leads.
    """

    job: Job
    root: Path
    output: Path
    work: Path
    limits: Limits
    execute: bool = True
    warm: bool = True
    show_code: bool = False
    svg: bool = False
    places: Neighbours = field(default_factory=Neighbours)
