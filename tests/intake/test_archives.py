"""An archive is measured before it is unpacked, and its members have the names they were given."""

import pytest
from intake.packing import pack

from analysis import DataError
from analysis.intake import archives
from analysis.intake.archives import list_members, open_archive, read_member


def rename(data, name, raw):
    """Write a name of ASCII anew, in bytes of as many letters, as systems without a flag do."""
    assert len(name) == len(raw)
    return data.replace(name.encode(), raw)


def test_an_archive_is_refused_by_its_size_unpacked(monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000_000)
    data = pack(bomb=b"0" * 1_000_001)
    assert len(data) < 10_000
    with pytest.raises(DataError, match="1 MB unpacked"):
        open_archive(data, "a.zip")


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_names_are_read_in_the_encoding_of_the_system_that_packed(encoding):
    raw = "指標.csv".encode(encoding)
    data = rename(pack(**{"x" * len(raw): b"1"}), "x" * len(raw), raw)
    assert list_members(open_archive(data, "a.zip")) == ["指標.csv"]


def test_what_systems_leave_behind_is_no_member():
    data = pack(
        **{"a/b.csv": b"", "__MACOSX/a/._b.csv": b"", "a/~$c.xlsx": b"", "a/.DS_Store": b""}
    )
    assert list_members(open_archive(data, "a.zip")) == ["a/b.csv"]


def test_a_broken_archive_says_so():
    with pytest.raises(DataError, match=r"a\.zip is broken"):
        open_archive(b"PK\x03\x04 and no more", "a.zip")


def test_an_encrypted_archive_says_so():
    data = bytearray(pack(a=b"1"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(DataError, match="is encrypted"):
        open_archive(bytes(data), "a.zip")


def test_an_archive_of_very_many_files_is_refused_before_they_are_listed(monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    open_archive(pack(a=b"", b=b""), "a.zip")
    with pytest.raises(DataError, match="holds more than 2 files"):
        open_archive(pack(a=b"", b=b"", c=b""), "a.zip")


def test_of_a_member_no_more_is_read_than_its_archive_says():
    data = bytearray(pack(a=b"0" * 100_000))
    size = data.index(b"PK\x01\x02") + 24
    assert read_member(open_archive(bytes(data), "a.zip"), "a", "a.zip/a") == b"0" * 100_000
    data[size : size + 4] = (10).to_bytes(4, "little")
    with pytest.raises(DataError, match=r"a\.zip/a is broken \(Bad CRC-32.*Get it again"):
        read_member(open_archive(bytes(data), "a.zip"), "a", "a.zip/a")
