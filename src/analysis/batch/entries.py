"""What a line of the ledger is. A line of any other shape is none, whatever it holds."""

import json
import zlib
from functools import cache
from typing import Annotated, Any, Literal, NotRequired

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

CHECKSUM = b', "crc32": "'
STRICT = ConfigDict(strict=True, extra="allow")


class Read(TypedDict):
    """A slice that a notebook asked `load` for; None is everything."""

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid")  # type: ignore[misc]
    data: str
    government: NotRequired[str | None]
    fiscal_year: NotRequired[int | None]
    program: NotRequired[str | None]


class MadeFrom(TypedDict):
    """What a report was made from (`inputs.Inputs`); NotRequired: unknown to the version before."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    notebook: str
    reads: list[Read]
    rows: dict[str, str]
    rubrics: dict[str, str]
    code: str
    environment: dict[str, str]
    template: str
    cwd: NotRequired[str]
    files: NotRequired[dict[str, str]]
    variables: NotRequired[dict[str, str]]
    missing: NotRequired[list[str]]
    torn: NotRequired[list[str]]


class Failure(TypedDict):
    """Why a report was not made, and in which cell."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    cell: int | None
    error: str
    source: str


class Entry(TypedDict):
    """One job: its report, relative to the output folder and without ending, and its outcome.

    `title`, `subject` and `values` are those of its `Job`; the last two are NotRequired: the
    version before did not note them.
    """

    __pydantic_config__ = STRICT  # type: ignore[misc]
    report: Annotated[str, Field(pattern=r"^[^/\x00][^\x00]*$", max_length=1000)]
    title: str
    subject: NotRequired[str]
    values: NotRequired[dict[str, str]]
    notebook: str
    parameters: dict[str, Any]
    why: str
    finished: str
    seconds: float


class Made(Entry):
    """A report that was made; `files` are each one's hash and bytes (once: only its hash)."""

    status: Literal["ok"]
    files: dict[str, tuple[str, int] | str]
    made_from: MadeFrom
    warnings: NotRequired[list[str]]


class Failed(Entry):
    """A report that was not made."""

    status: Literal["failed"]
    failure: Failure


class Site(TypedDict):
    """The index and the computed figures, by the hash of what they were made from."""

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid")  # type: ignore[misc]
    site: str


def write_entry(entry: dict[str, Any]) -> bytes:
    """Write an entry as a line of the ledger, with a checksum of it at its end."""
    text = json.dumps(entry, ensure_ascii=False).encode(errors="replace")
    return text[:-1] + CHECKSUM + b'%08x"}\n' % zlib.crc32(text)


def read_entry(line: bytes) -> dict[str, Any] | None:
    """Read a line of the ledger: an entry, or None where it is none, or not as it was written.

    A line that bears no checksum is one of the version before.
    """
    text, has_sum, written = line.rpartition(CHECKSUM)
    if has_sum:
        line = text + b"}"
        if written.strip() != b'%08x"}' % zlib.crc32(line):
            return None
    try:
        entry: dict[str, Any] = _shape().validate_json(line)
    except ValidationError:
        return None
    return entry


@cache
def _shape() -> TypeAdapter[Any]:
    """Read and checked in one go, which takes no longer than reading alone."""
    job = Annotated[Made | Failed, Field(discriminator="status")]
    return TypeAdapter(Annotated[job | Site, Field(union_mode="left_to_right")])
