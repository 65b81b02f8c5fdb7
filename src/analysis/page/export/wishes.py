"""What a notebook asks of a run and of its page, by the key `sosei` of its metadata."""

import difflib
import json
from dataclasses import dataclass, fields
from typing import Any

from analysis.errors import DataError

KEY = "sosei"


@dataclass(frozen=True)
class Wishes:
    """What a notebook asks of a run, by the key `sosei` of its metadata.

    `cwd` is its working folder; `environment` names variables and `files` files that its report
    depends on; `scripts` lets scripts in its output run; `show_code` shows its code;
    `ordinary_kernel` runs it in a kernel as Jupyter starts one; it runs only for slices of at
    least `least_programs`. Paths are relative to the notebook's own folder.
    """

    cwd: str = ""
    environment: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    scripts: bool = False
    show_code: bool = False
    ordinary_kernel: bool = False
    least_programs: int = 1


WRITTEN_AS = {
    "cwd": 'text, such as ".."',
    "environment": 'a list of names, such as ["TOWN"]',
    "files": 'a list of paths, such as ["extra.csv"]',
    "scripts": "true or false",
    "show_code": "true or false",
    "ordinary_kernel": "true or false",
    "least_programs": "a number, such as 5",
}


def read_wishes(metadata: dict[str, Any]) -> Wishes:
    """Read what a notebook asks of a run from its metadata.

    Raises
    ------
    DataError
        With every problem, one a line: a setting there is not, a value of the wrong kind.
    """
    said = metadata.get(KEY)
    if not said:
        return Wishes()
    from pydantic import TypeAdapter, ValidationError  # a worker has no need of it

    if not isinstance(said, dict):
        raise DataError(f'metadata `{KEY}`: {said!r} is not settings; write {{"cwd": ".."}}')
    types: dict[str, Any] = {field.name: field.type for field in fields(Wishes)}
    values, problems = {}, []
    for name, value in said.items():
        if name not in types:
            close = difflib.get_close_matches(name, types, 1)
            hint = f"did you mean {close[0]}?" if close else f"there are: {', '.join(types)}"
            problems.append(f"metadata `{KEY}`: {name} is not a setting; {hint}")
            continue
        try:
            checked = TypeAdapter(types[name])
            values[name] = checked.validate_json(json.dumps(value), strict=True)
        except ValidationError:
            problems.append(f"metadata `{KEY}`: {name} is {value!r}; write {WRITTEN_AS[name]}")
    if problems:
        raise DataError("\n".join(problems))
    return Wishes(**values)
