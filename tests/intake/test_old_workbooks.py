"""Workbooks of Excel 97 are read apart: what ends the library does not end the command."""

import struct
from pathlib import Path

import pytest

from analysis import DataError
from analysis.intake import old_workbooks
from analysis.intake.old_workbooks import list_sheets
from analysis.intake.workbooks import read_xls

DATA = (Path(__file__).parent / "files" / "excel_97.xls").read_bytes()
LAST = struct.pack("<HHHH", 0x0203, 14, 65_535, 255)  # a number in the last place of a sheet
BEGIN, LOCKED = struct.pack("<HH", 0x0809, 16), struct.pack("<H", 0x002F)


def change(start, new):
    changed = bytearray(DATA)
    changed[start : start + len(new)] = new
    return bytes(changed)


def test_sheets_tell_their_values_and_what_is_merged():
    first, old = list_sheets(DATA)
    assert (first.name, first.is_hidden, old.is_hidden) == ("一覧", False, True)
    assert ((0, 0), (0, 2)) in first.spans
    assert (3, 1, 1234.5) in first.values
    assert not any(value == "" for _, _, value in first.values)


def test_cells_too_far_away_are_refused_before_there_is_no_memory_left(monkeypatch):
    monkeypatch.setattr(old_workbooks, "MOST_MEMORY", 400_000_000)
    far = change(DATA.index(struct.pack("<HH", 0x0203, 14)), LAST)
    with pytest.raises(DataError, match=r"a\.xls cannot be read .* reaches too far.*as \.xlsx"):
        read_xls(far, "a.xls")


def test_a_workbook_that_ends_the_library_is_refused(capfd):
    broken = bytearray(DATA)
    broken[0x4C:0x50] = broken[0x30:0x34] = b"\xff\xff\xff\x7f"  # where its folder stands
    with pytest.raises(DataError, match=r"a\.xls cannot be read as a workbook"):
        read_xls(bytes(broken), "a.xls")
    assert capfd.readouterr() == ("", "")


def test_a_workbook_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(old_workbooks, "LONGEST_SECONDS", 0.001)
    with pytest.raises(ValueError, match="takes more than"):
        list_sheets(DATA)


def test_an_encrypted_workbook_says_so():
    locked = change(DATA.index(BEGIN) + 20, LOCKED)
    with pytest.raises(DataError, match=r"a\.xls is encrypted"):
        read_xls(locked, "a.xls")
