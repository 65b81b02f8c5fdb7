"""What is executed: a notebook with parameters, and what it may take."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.page.export.wishes import Wishes


@dataclass(frozen=True)
class Job:
    """One notebook with one set of parameters, and where its report goes.

    `title` names the report by its government and year, by its `subject` (a program; the
    notebook's title where it is about no government and year; else "") and by the `values` of
    parameters that tell it from its like.

    `cwd`, the notebook's working folder, and `data`, the run's data folder as it was given, are
    relative to the working folder of the command, where they can be; `wishes` are the notebook's,
    `size` is the number of programs that it is about.
    """

    notebook: Path
    parameters: dict[str, Any]
    folder: str
    title: str
    subject: str = ""
    values: dict[str, str] = field(default_factory=dict)
    cwd: str = "."
    data: str = "data"
    wishes: Wishes = field(default_factory=Wishes)
    size: int = 1

    @cached_property
    def name(self) -> str:
        """The notebook's name, which its report and files carry."""
        return self.notebook.stem

    @cached_property
    def path(self) -> str:
        """The report, relative to the output folder and without its ending."""
        return f"{self.folder}/{self.name}"


@dataclass(frozen=True)
class Limits:
    """What one notebook may take; 0 is no limit."""

    seconds: int = 600
    memory_megabytes: int = 4_000
    output_megabytes: int = 50
