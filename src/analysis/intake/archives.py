"""Zip archives: how large they are unpacked, and the names of their members."""

import zipfile

from analysis.errors import DataError
from analysis.intake.gather import MOST_BYTES


def check_unpacked(archive: zipfile.ZipFile, file: str) -> None:
    """Refuse an archive that is too large unpacked, before any of it is."""
    size = sum(member.file_size for member in archive.infolist())
    if size > MOST_BYTES:
        found, most = (f"{number / 1e6:,.0f} MB" for number in (size, MOST_BYTES))
        raise DataError(f"{file} is {found} unpacked; at most {most} are read. Split it.")
