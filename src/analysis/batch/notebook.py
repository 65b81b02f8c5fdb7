"""A notebook file as its author left it, before anything of it runs."""

from dataclasses import dataclass
from typing import Any

KEY = "sosei"  # of a notebook's metadata


@dataclass(frozen=True)
class Wishes:
    """What a notebook asks of a run, by the key `sosei` of its metadata.

    `cwd` is its working folder, relative to its own; `environment` names variables and `files`
    files that its report depends on; `scripts` lets scripts in its output run; `show_code` shows
    its code.
    """

    cwd: str = ""
    environment: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    scripts: bool = False
    show_code: bool = False


def read_wishes(metadata: dict[str, Any]) -> Wishes:
    """Read what a notebook asks of a run from its metadata."""
    said = metadata.get(KEY, {})
    lists = {name: tuple(said.get(name, ())) for name in ("environment", "files")}
    return Wishes(**{**said, **lists})
