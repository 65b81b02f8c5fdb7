"""What a run has before it: how many reports, for how long, and how much disk."""

from collections import Counter
from collections.abc import Iterable
from statistics import median
from typing import Any

from analysis.batch.plan import Step
from analysis.wording.terminal import speak, speak_time

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
        return speak("run.to_make", count=len(steps))
    seconds, size = (sum(ones) for ones in zip(*taken, strict=True))
    foretold = speak(
        "run.to_make_in",
        count=len(steps) - unknown,
        time=speak_time(seconds / places),
        size=max(1, round(size / BYTES_PER_MEGABYTE)),
    )
    return speak("run.but_unknown", foretold=foretold, count=unknown) if unknown else foretold
