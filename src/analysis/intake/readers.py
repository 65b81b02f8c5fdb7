"""A published file, whatever its format -> grids."""

import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from analysis.errors import DataError
from analysis.intake.archives import list_members, open_archive, read_member, unpack
from analysis.intake.gather import MOST_BYTES, MOST_CELLS, MOST_NAMED, explain
from analysis.intake.grid import Grid
from analysis.intake.objects import read_objects
from analysis.intake.open_documents import read_ods
from analysis.intake.pages import read_page
from analysis.intake.papers import read_paper
from analysis.intake.profiles import Profile
from analysis.intake.texts import read_text
from analysis.intake.workbooks import read_xls, read_xlsx

Reader = Callable[..., list[Grid]]
READERS: dict[str, Reader] = {
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".xls": read_xls,
    ".ods": read_ods,
    ".csv": read_text,
    ".tsv": read_text,
    ".txt": read_text,
    ".html": read_page,
    ".htm": read_page,
    ".pdf": read_paper,
    ".json": read_objects,
    ".ndjson": read_objects,
    ".jsonl": read_objects,
}
OF_COLUMNS = (read_text, read_objects)  # readers that need not hold what no profile names
ARCHIVE, PACKED = ".zip", ".gz"
ENDINGS = (*READERS, ARCHIVE, PACKED)
GZIP, ZIP, OLD_OFFICE, PDF = (
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-",
)
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MARKUP = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")
XML_WORKBOOK, WEB_ARCHIVE = b"urn:schemas-microsoft-com:office:spreadsheet", b"mime-version:"
UNPRINTABLE = "\ufffd"
BINARY = (".xlsx", ".xlsm", ".xls", ".ods", ".pdf")


class Reading(NamedTuple):
    """What was read of a file, and what of it was left out and why, a line each."""

    grids: list[Grid]
    left_out: list[str]


def read_grids(path: Path) -> list[Grid]:
    """Read a published file as grids: one for each sheet, table, page or text in it.

    Parameters
    ----------
    path
        A file with one of ENDINGS. Where its content is of another format than its ending says
        (a page or a text named .xls, a workbook named .zip), the content decides.

    Raises
    ------
    DataError
        If it is not there, is of another format, is broken, encrypted or too large, or if nothing
        in an archive can be read.
    """
    return read_file(path).grids


def read_grid(path: Path | str, sheet: str = "") -> Grid:
    """Read one sheet of a published file as a grid: the named one, else the first that is shown.

    Raises
    ------
    DataError
        As `read_grids`; and if it has no sheet of that name.

    Examples
    --------
    >>> grid = read_grid("docs/examples/tsukuba_h30.xlsx")
    >>> grid.name, grid.height, grid.frame.loc[9, "J"]
    ('指標一覧', 18, '148')
    """
    grids = read_grids(Path(path))
    if not sheet:
        return next((grid for grid in grids if not grid.hidden), grids[0])
    for grid in grids:
        if grid.name == sheet:
            return grid
    names = ", ".join(repr(grid.name) for grid in grids)
    raise DataError(f"{Path(path).name} has no sheet {sheet!r}. Expected one of {names}.")


def read_file(path: Path, profile: Profile | None = None) -> Reading:
    """Read a file as grids, and say what of an archive was left out; see `read_grids`.

    Of large tables a profile names the columns of, only these are held.
    """
    data, name = _open(path)
    if path.suffix.lower() == ARCHIVE and _find_kind_of_zip(data, name) == ARCHIVE:
        return _read_archive(data, name, profile)
    return Reading(_read(data, name, profile), [])


def _open(path: Path) -> tuple[bytes, str]:
    """The bytes of a file and its name on one line, where it is one that may be read."""
    if not path.is_file():
        found = "is a folder; give the files in it" if path.is_dir() else "does not exist"
        raise DataError(f"{path} {found}.")
    if path.stat().st_size > MOST_BYTES:
        raise DataError(f"{path.name} has more than {MOST_BYTES / 1e6:,.0f} MB. Split it.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}).") from error
    ending, name = path.suffix.lower(), write_name(path.name)
    _check_ending(ending, name)
    if not data:
        raise DataError(f"{name} is empty.")
    return data, name


def write_name(name: str) -> str:
    r"""Write the name of a file on one line, so that it can be shown and written anywhere.

    Examples
    --------
    >>> write_name("kpi\n2018\x1b.csv")
    'kpi�2018�.csv'
    """
    return "".join(letter if letter.isprintable() else UNPRINTABLE for letter in name)


def _check_ending(ending: str, file: str) -> None:
    if ending not in ENDINGS:
        raise DataError(f"{file} has an ending that is not read. Read are: {', '.join(ENDINGS)}.")


class Known(NamedTuple):
    """A file that is no archive: its bytes unpacked, its name, its format, and its grids."""

    data: bytes
    file: str
    kind: str
    grids: list[Grid]


def read_known(path: Path) -> Known:
    """Read a file as grids, and tell its format and bytes; an archive of files is none.

    Raises
    ------
    DataError
        As `read_grids`; and if it is an archive.
    """
    data, name = _open(path)
    if path.suffix.lower() == ARCHIVE and _find_kind_of_zip(data, name) == ARCHIVE:
        raise DataError(f"{name} is an archive. Unpack it and give one of the files in it.")
    data, name = _unpack(data, name)
    kind = _find_kind(data, name)
    return Known(data, name, kind, _read_as(kind, data, name))


def _unpack(data: bytes, file: str) -> tuple[bytes, str]:
    packed = data.startswith(GZIP)
    return (unpack(data, file), file.removesuffix(PACKED)) if packed else (data, file)


def _read(data: bytes, file: str, profile: Profile | None = None) -> list[Grid]:
    """Read a file that is no archive by what it is."""
    data, file = _unpack(data, file)
    return _read_as(_find_kind(data, file), data, file, profile)


def _find_kind(data: bytes, file: str) -> str:
    """Find the format of a file that is no archive, as the ending of such files."""
    ending = PurePosixPath(file).suffix.lower()
    _check_ending(ending, file)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kind, is_xml = ending, start.startswith(b"<?xml")
    if data.startswith(ZIP):
        kind = _find_kind_of_zip(data, file)
        if kind == ARCHIVE:
            raise DataError(f"{file} is an archive that holds no workbook. Unpack it.")
    elif data.startswith(OLD_OFFICE):
        if ENCRYPTED in data:
            raise DataError(f"{file} is encrypted. Open it and save it without a password.")
        kind = ".xls"
    elif data.startswith(PDF):
        kind = ".pdf"
    elif (XML_WORKBOOK in start[:1024] and start.startswith(b"<?xml")) or start.startswith(
        WEB_ARCHIVE
    ):
        raise DataError(f"{file} is a workbook in XML or MHTML. Save it again as .xlsx.")
    elif start.startswith(MARKUP) or (is_xml and b"<html" in start):
        kind = ".html"
    elif ending in BINARY:
        kind = _find_kind_of_text(data, ending, file)
    return kind


def _read_as(kind: str, data: bytes, file: str, profile: Profile | None = None) -> list[Grid]:
    reader = READERS[kind]
    try:
        return reader(data, file, profile) if reader in OF_COLUMNS else reader(data, file)
    except DataError:
        raise
    except Exception as error:  # libraries raise whatever their parts do on odd files
        raise DataError(
            f"{file} cannot be read ({explain(error)}). "
            "Open it where it was made and save it again."
        ) from error


def _find_kind_of_text(data: bytes, ending: str, file: str) -> str:
    """Take a text for what it is where a workbook was announced: some systems write .xls so."""
    if ending == ".xls" and b"\0" not in data:
        return ".txt"
    raise DataError(f"{file} is no {ending} file, or a broken one. Get it again.")


def _find_kind_of_zip(data: bytes, file: str) -> str:
    """Find what an archive is: a workbook, a spreadsheet, or an archive of files."""
    with open_archive(data, file) as archive:
        names = {*archive.namelist()}
        if "encrypted-package" in names:  # as LibreOffice writes an .ods with a password
            raise DataError(f"{file} is encrypted. Open it and save it without a password.")
        if "xl/workbook.xml" in names:
            return ".xlsx"
        if "content.xml" in names and "META-INF/manifest.xml" in names:
            if not _is_spreadsheet(archive, file):
                raise DataError(f"{file} is an OpenDocument that is no spreadsheet.")
            return ".ods"
        if names & {"word/document.xml", "ppt/presentation.xml", "xl/workbook.bin"}:
            raise DataError(f"{file} is no .xlsx workbook. Save it as .xlsx or PDF.")
    return ARCHIVE


def _is_spreadsheet(archive: zipfile.ZipFile, file: str) -> bool:
    names = archive.namelist()
    return "mimetype" not in names or b"spreadsheet" in read_member(archive, "mimetype", file)


def _read_archive(data: bytes, file: str, profile: Profile | None) -> Reading:
    count, most = 0, MOST_NAMED if profile and profile.tables else MOST_CELLS
    grids: list[Grid] = []
    left_out: list[str] = []
    with open_archive(data, file) as archive:
        for member in list_members(archive):
            name = f"{file}/{write_name(member)}"
            try:
                found = _read(read_member(archive, member, name), name, profile)
            except DataError as error:
                left_out.append(str(error))
                continue
            cells = sum(len(grid.cells) for grid in found)
            if count + cells > most:
                left_out.append(f"{name} is too much beside those before it. Give it alone.")
                continue
            count += cells
            grids += found
    if not grids:
        raise DataError("\n".join([f"{file} holds nothing that can be read.", *left_out]))
    return Reading(grids, left_out)
