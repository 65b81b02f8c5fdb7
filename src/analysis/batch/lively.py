"""Stand-in."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shown:
    """An output as HTML, and what could not be shown as meant."""

    html: str
    warnings: tuple[str, ...] = ()


def show_lively(
    data: dict[str, Any], metadata: dict[str, Any], notebook_metadata: dict[str, Any]
) -> Shown | None:
    """Stand-in: no output is lively."""
    return None
