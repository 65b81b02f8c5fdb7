"""What a run has before it: how many reports, for how long, and how much disk."""

from collections import Counter
from collections.abc import Iterable
from statistics import median
from typing import Any

from analysis.batch.plan import Step

BYTES_PER_MEGABYTE = 1_000_000


def foretell(steps: list[Step], entries: Iterable[dict[str, Any]], places: int) -> str:
    """Say how long some steps may take and what their files may come to.

    Known is what reports of the same notebook took: the medians of the entries of the ledger. A
    notebook of which none was made is left out, and that is said.
    """
    made: dict[str, list[tuple[float, int]]] = {}
    for entry in entries:
        if entry.get("status") == "ok" and "files" in entry:
            size = sum(bytes_ for _, bytes_ in entry["files"].values())
            made.setdefault(entry["notebook"], []).append((entry["seconds"], size))
    due = Counter(str(step.job.notebook) for step in steps)
    known = {name: map(median, zip(*made[name], strict=True)) for name in due if name in made}
    taken = [(due[name] * seconds, due[name] * size) for name, (seconds, size) in known.items()]
    unknown = sum(due[name] for name in due if name not in made)
    if not taken:
        return f"{len(steps):,} reports to make"
    seconds, size = (sum(ones) for ones in zip(*taken, strict=True))
    but = f", and {unknown:,} of notebooks of which none was made yet" if unknown else ""
    return (
        f"{len(steps) - unknown:,} reports to make, about {_say_seconds(seconds / places)} and "
        f"{max(1, round(size / BYTES_PER_MEGABYTE)):,} MB by what others of theirs took{but}"
    )


def _say_seconds(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes / 60:.1f} h"
