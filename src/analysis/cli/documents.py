"""What `--json` prints: one document, its keys and words the same in every language."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def write_document(value: Any) -> bytes:
    """Write a document as JSON in UTF-8; what is no number in JSON (nan) is null."""
    plain = json.loads(json.dumps(value), parse_constant=lambda _: None)
    return json.dumps(plain, ensure_ascii=False, indent=2).encode(errors="replace")


def describe_steps(
    steps: Iterable[tuple[str, str, str]], parameters: dict[str, Any]
) -> list[dict[str, Any]]:
    """Describe a plan, from its steps (action, report, why) and the parameters of reports."""
    return [
        {"report": report, "action": action, "why": why, "parameters": parameters.get(report, {})}
        for action, report, why in steps
    ]


def describe_run(result: Any, reports: int, output: Path, seconds: float) -> dict[str, Any]:
    """Describe what became of a run over so many reports."""
    return {
        "reports": reports,
        "made": result.made,
        "failed": [_describe_failure(entry, output) for entry in result.failed],
        "not_run": result.not_run,
        "up_to_date": result.count_kept(reports),
        "interrupted": result.interrupted,
        "seconds": round(seconds, 1),
        "warnings": [
            {
                "report": entry["report"],
                "ended_at": entry.get("ended_at"),
                "warnings": entry.get("warnings", []),
            }
            for entry in result.warned
        ],
        "changed": result.changed,
        "changed_inputs": result.changed_inputs,
        "index": (output / "index.html").as_posix(),
    }


def _describe_failure(entry: dict[str, Any], output: Path) -> dict[str, Any]:
    partial = output / f"{entry['report']}.failed.ipynb"
    return {
        "report": entry["report"],
        "notebook": entry["notebook"],
        "parameters": entry["parameters"],
        "cell": entry["failure"]["cell"],
        "error": entry["failure"]["error"],
        "as_far_as_it_got": partial.as_posix() if partial.exists() else None,
    }
