"""Records of a system (.json, .ndjson, .jsonl) -> grids: one of the objects, one for each list.

Each list of objects in an object is a table of its own, called by its path (goals.results).
What stands around a list stands in its rows, too, as a cell that was merged over them.
"""

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import chain
from typing import Any

from analysis.errors import DataError
from analysis.intake.gather import (
    MOST_CELLS,
    MOST_NAMED,
    MOST_NAMED_LETTERS,
    check_text,
    gather,
    tidy_text,
    too_large,
    write_number,
)
from analysis.intake.grid import Cell, Grid
from analysis.intake.profiles import Profile
from analysis.intake.texts import decode

Keep = Callable[[str, str], bool]  # of a table, a column
JOIN = "、"
DIGITS = 12  # that anybody means
LONG = re.compile(r"-?[0-9]+\.[0-9]{9,}")
DEEPEST = 50


def _keep_all(table: str, column: str) -> bool:
    return True


class Table:
    """The cells of one list of objects while they come."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.height = 1  # the header
        self.columns: dict[str, int] = {}
        self.cells: list[Cell] = []

    def put(self, column: str, text: str, place: str, row: int, rows: int = 1) -> None:
        """Put a text under the header of its name, over so many rows.

        Over none, or of a value that is empty, it is the header alone.
        """
        number = self.columns.setdefault(column, len(self.columns))
        if not rows or not text:
            return
        plain = _round(text) if LONG.fullmatch(text) else text
        shown = "" if plain == text else text
        self.cells.append(Cell(plain, place, row, number, rows, shown=shown))


def read_objects(data: bytes, file: str, profile: Profile | None = None) -> list[Grid]:
    """Read an array of objects, or one object in each line.

    Parameters
    ----------
    data
        The file.
    file
        Its name.
    profile
        Where it names tables, of their other columns only the headers are held.

    Raises
    ------
    DataError
        If it is no JSON, or holds no objects.
    """
    is_named = profile is not None and bool(profile.tables)
    check_text(data, file, MOST_NAMED_LETTERS if is_named else None)
    most = MOST_NAMED if is_named else MOST_CELLS
    tables: dict[str, Table] = {}
    keep = cache(partial(profile.keeps, file)) if profile else _keep_all
    for number, record in _list_records(decode(data, file), file):
        _add_record(tables, record, f"line {number}", keep)
        if sum(len(table.cells) for table in tables.values()) > most:
            raise too_large(f"{file} has more than {most:,} cells")
    found = []
    for table in tables.values():
        header = [Cell(name, "header", 0, number) for name, number in table.columns.items()]
        found.append(gather(file, table.name, chain(header, table.cells), most=most))
    if not any(table.cells for table in tables.values()) and most != MOST_NAMED:
        raise DataError(f"{file} holds no objects with names and values.")
    return found


def _list_records(text: str, file: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file, each with its number: of the line, or of the place in the array."""
    decoder = json.JSONDecoder(parse_float=_write_float, parse_int=str, parse_constant=str)
    start = text.lstrip("\ufeff \t\r\n")
    whole = start.startswith("[") or not start.partition("\n")[0].rstrip().endswith("}")
    number = 0
    try:
        if whole:
            found = decoder.decode(start.rstrip())
            records = found if isinstance(found, list) else [found]
            lines: Iterable[tuple[int, Any]] = enumerate(records, 1)
        else:
            said = ((n, line.strip("\ufeff \t\r\n")) for n, line in enumerate(io.StringIO(text), 1))
            lines = ((n, decoder.decode(line)) for n, line in said if line)
        for number, record in lines:
            if not isinstance(record, dict):
                raise DataError(f"{file} line {number} is no object: {str(record)[:40]!r}.")
            yield number, record
    except (ValueError, RecursionError) as error:
        raise DataError(f"{file} line {number + 1} is no JSON ({error}).") from None


def _write_float(digits: str) -> str:
    return write_number(float(digits)) if "e" in digits.lower() else digits


def _round(digits: str) -> str:
    """A number without what a computer's division left behind its last digit: 54.4000000000001."""
    return write_number(float(f"{float(digits):.{DIGITS}g}"))


def _add_record(tables: dict[str, Table], record: dict[str, Any], line: str, keep: Keep) -> None:
    """Add an object and the lists in it, each with what stands around it."""
    pending: list[tuple[str, str, dict[str, Any], tuple[tuple[str, str, str], ...]]]
    pending = [("", f"{line}:", record, ())]
    outer: dict[str, list[tuple[int, tuple[tuple[str, str, str], ...]]]] = {}
    while pending:
        path, place, item, around = pending.pop(0)
        own, lists = _part(path, place, item)
        table = tables.setdefault(path, Table(path))
        row, table.height = table.height, table.height + 1
        for column, text, at in own:
            table.put(column, text, at, row, 1 if keep(path, column) else 0)
        outer.setdefault(path, []).append((row, around))
        for name, items in lists:
            below = f"{path}.{name}" if path else name
            if below.count(".") > DEEPEST:
                raise DataError(f"{line} holds lists within lists more than {DEEPEST} deep.")
            told = (*around, *own)
            pending += [
                (below, f"{place}{'.' if path else ''}{name}[{n}]", one, told)
                for n, one in enumerate(items)
            ]
    for path, rows in outer.items():
        _merge_around(tables[path], rows, keep)


def _part(
    path: str, place: str, item: dict[str, Any]
) -> tuple[tuple[tuple[str, str, str], ...], list[tuple[str, list[dict[str, Any]]]]]:
    """Part an object into its own values, each with column and place, and its lists of objects."""
    own, lists = [], []
    dot = "." if path else ""
    for name, what in item.items():
        if isinstance(what, dict):
            what = [what]
        if isinstance(what, list) and what and all(isinstance(one, dict) for one in what):
            lists.append((name, what))
        elif not (isinstance(what, list) and not what):
            own.append((f"{path}{dot}{name}", _show(what), f"{place}{dot}{name}"))
    return tuple(own), lists


def _show(what: Any) -> str:
    if what is None:
        return ""
    if isinstance(what, bool):
        return "true" if what else "false"
    if isinstance(what, list):
        return JOIN.join(filter(None, map(_show, what)))
    return tidy_text(str(what)) if not isinstance(what, dict) else json.dumps(what)


def _merge_around(
    table: Table,
    rows: list[tuple[int, tuple[tuple[str, str, str], ...]]],
    keep: Keep,
) -> None:
    """Put what stands around the items of a list over the rows of those it is around."""
    spans: dict[tuple[str, str, str], list[int]] = {}
    for row, around in rows:
        for said in around:
            spans.setdefault(said, []).append(row)
    for (column, text, place), over in spans.items():
        table.put(column, text, place, over[0], len(over) if keep(table.name, column) else 0)
