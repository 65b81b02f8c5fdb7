"""A workbook of Excel 97 (.xls) -> its values, read in a process of its own.

The library makes room for every place up to the last cell of a sheet, and ends the process where
there is none, or where a file is broken in some ways. So it runs apart, within a limit of memory.
This file is run as it is and imports nothing of the package.
"""

import pickle
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

MOST_MEMORY = 1_000_000_000  # bytes
LONGEST_SECONDS = 60
ENCRYPTED, BROKEN = 3, 4  # exit codes
Span = tuple[tuple[int, int], tuple[int, int]]


class OldSheet(NamedTuple):
    """A sheet: the values with their rows and columns, and the corners of what is merged."""

    name: str
    is_hidden: bool
    spans: list[Span]
    values: list[tuple[int, int, Any]]


def list_sheets(data: bytes) -> list[OldSheet]:
    """List the sheets of a workbook.

    Raises
    ------
    PermissionError
        If it is encrypted.
    ValueError
        If it is broken, or needs more memory or time than there is for it.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "book.xls")  # only of a file of this name it tells that it is encrypted
        path.write_bytes(data)
        command = [sys.executable, "-P", __file__, str(path), str(MOST_MEMORY)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            raise ValueError(f"it takes more than {LONGEST_SECONDS} seconds") from None
    if done.returncode == ENCRYPTED:
        raise PermissionError
    if done.returncode == BROKEN:
        raise ValueError(done.stdout.decode())
    if done.returncode:
        raise ValueError("it is broken, or reaches too far: its last cells stand too far away")
    return [OldSheet(*sheet) for sheet in pickle.loads(done.stdout)]


def _read(path: str) -> list[tuple[Any, ...]]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_path(path)
    seen = {sheet.name: sheet.visible for sheet in book.sheets_metadata}
    sheets = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        spans = list(sheet.merged_cell_ranges or ())
        hidden = seen[name] is not SheetVisibleEnum.Visible
        sheets.append((name, hidden, spans, _list_values(sheet, spans)))
    return sheets


def _list_values(sheet: Any, spans: list[Span]) -> list[tuple[int, int, Any]]:
    """List the values of a sheet that are not under a merged cell."""
    above, left = sheet.start or (0, 0)
    covered = {
        (row, column)
        for (top, first), (bottom, last) in spans
        for row in range(top, bottom + 1)
        for column in range(first, last + 1)
    } - {corner for corner, _ in spans}
    return [
        (row, column, value)
        for row, values in enumerate(sheet.iter_rows(), above)
        for column, value in enumerate(values, left)
        if value != "" and (row, column) not in covered
    ]


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # where there is no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read a workbook and write its sheets to the standard output."""
    from python_calamine import CalamineError, PasswordError

    path, most = sys.argv[1:]
    _limit_memory(int(most))
    try:
        sys.stdout.buffer.write(pickle.dumps(_read(path)))
    except PasswordError:
        sys.exit(ENCRYPTED)
    except CalamineError as error:
        sys.stdout.buffer.write(str(error).encode())
        sys.exit(BROKEN)


if __name__ == "__main__":
    main()
