"""What a run and a notebook tell each other: variables of the environment, and a file of lines."""

import json
import os
from pathlib import Path
from typing import Any

REPORT_VARIABLE = "SOSEI_REPORT"  # the report's path without an ending, in its work folder
READS_VARIABLE = "SOSEI_READS"  # a file of lines of JSON, each one thing the notebook tells the run
WHOLE = "sosei"  # in the metadata of an output: its HTML was made by sosei, and is whole


def tell_run(kind: str, value: Any) -> None:
    """Tell the run that makes this report something; without a run, as in JupyterLab, nothing.

    `kind` is "slice" (what `load` was asked for) or "warning" (a sentence for the summary of the
    run, about something in the report that is not as its author meant it).
    """
    if path := os.environ.get(READS_VARIABLE):
        line = json.dumps({kind: value}, ensure_ascii=False, default=_plain)
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def _plain(value: Any) -> Any:
    """A number of numpy as Python's own, anything else (a Path) as text."""
    return value.item() if hasattr(value, "item") else str(value)
