"""Zip archives: how large they are unpacked, the names of their members, and what these hold."""

import gzip
import io
import zipfile
import zlib

from analysis.errors import DataError
from analysis.intake.gather import MOST_BYTES

MOST_MEMBERS = 20_000
NAMES = ("utf-8", "cp932")  # of members whose archive does not say how it writes them
ENTRY = b"PK\x01\x02"  # what the entry of a member in the list of an archive begins with
NOT_PUBLISHED = ("__MACOSX/", "._", "~$", ".DS_Store", "Thumbs.db")  # what systems leave behind


def check_unpacked(archive: zipfile.ZipFile, file: str) -> None:
    """Refuse an archive that is too large unpacked, before any of it is."""
    size = sum(member.file_size for member in archive.infolist())
    if size > MOST_BYTES:
        found, most = (f"{number / 1e6:,.0f} MB" for number in (size, MOST_BYTES))
        raise DataError(f"{file} is {found} unpacked; at most {most} are read. Split it.")


def open_archive(data: bytes, file: str) -> zipfile.ZipFile:
    """Open an archive with the names of its members in the encoding they were written in.

    Raises
    ------
    DataError
        If it is broken, encrypted, too large unpacked, or has too many members.
    """
    if data.count(ENTRY) > MOST_MEMBERS:
        raise DataError(f"{file} holds more than {MOST_MEMBERS:,} files. Unpack it and split it.")
    for encoding in NAMES:
        try:
            archive = zipfile.ZipFile(io.BytesIO(data), metadata_encoding=encoding)
        except UnicodeDecodeError:
            continue
        except zipfile.BadZipFile as error:
            raise DataError(f"{file} is broken ({error}). Get it again.") from error
        check_unpacked(archive, file)
        if any(member.flag_bits & 1 for member in archive.infolist()):
            raise DataError(f"{file} is encrypted. Unpack it and give the files in it.")
        return archive
    raise DataError(f"{file} names its files in no encoding known here. Unpack it.")


def unpack(data: bytes, file: str) -> bytes:
    """Unpack a file packed by gzip, as far as a file may be large.

    Raises
    ------
    DataError
        If it is broken or too large.
    """
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            plain = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{file} is broken ({error}). Get it again.") from error
    if len(plain) > MOST_BYTES:
        raise DataError(f"{file} is over {MOST_BYTES / 1e6:,.0f} MB unpacked. Split it.")
    return plain


def read_member(archive: zipfile.ZipFile, name: str, file: str) -> bytes:
    """Read a member, and never more of it than its archive says that it holds.

    Raises
    ------
    DataError
        If it is broken: one that holds more than is said does not have the sum that is given.
    """
    try:
        with archive.open(name) as member:
            return member.read(archive.getinfo(name).file_size)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise DataError(f"{file} is broken ({error}). Get it again.") from error


def list_members(archive: zipfile.ZipFile) -> list[str]:
    """List the files of an archive that someone put there, in its order."""
    names = [member.filename for member in archive.infolist() if not member.is_dir()]
    return [
        name
        for name in names
        if not any(
            name.startswith(mark) or f"/{mark}" in name or name == mark for mark in NOT_PUBLISHED
        )
    ]
