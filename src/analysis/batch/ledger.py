"""What was run: one line of JSON per job, only ever added to."""

import json
from pathlib import Path
from typing import Any

NAME = "ledger.jsonl"


def append(output: Path, entry: dict[str, Any]) -> None:
    """Add one job to the ledger of an output folder."""
    with (output / NAME).open("a", encoding="utf-8") as ledger:
        ledger.write(json.dumps(entry, ensure_ascii=False) + "\n")


def latest(output: Path) -> list[dict[str, Any]]:
    """Return the last entry of each report, in the order of their paths.

    A line that was torn by a crash is passed over: the run that wrote it did not finish it.
    """
    entries: dict[str, dict[str, Any]] = {}
    if (output / NAME).exists():
        for line in (output / NAME).read_text(encoding="utf-8").splitlines():
            try:
                entry = json.loads(line)
            except json.JSONDecodeError:
                continue
            entries[entry["report"]] = entry
    return [entries[report] for report in sorted(entries)]
