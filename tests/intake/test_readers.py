"""A published file is read by its ending, and by its content where the ending lies."""

import io
from pathlib import Path

import pytest
from intake.packing import pack
from openpyxl import Workbook

from analysis import DataError
from analysis.intake import readers
from analysis.intake.readers import ENDINGS, read_file, read_grids

FILES = Path(__file__).parent / "files"
PAGE = b"<html><body><table><tr><td>1<td>2</table></body></html>"


@pytest.fixture(scope="module")
def workbook():
    book = Workbook()
    book.active.append(["指標", 5])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return path


def texts(path):
    return [cell.text for grid in read_grids(path) for cell in grid.cells.values()]


@pytest.mark.parametrize("name", ["a.XLSX", "a.xlsm", "a.xls", "a.zip", "a.csv"])
def test_a_workbook_is_read_whatever_it_is_called(tmp_path, workbook, name):
    path = write(tmp_path, name, workbook)
    assert texts(path) == ["指標", "5"]
    assert read_grids(path)[0].file == name


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xls"])
def test_a_page_is_read_though_it_is_called_a_workbook(tmp_path, name):
    assert texts(write(tmp_path, name, b"\xef\xbb\xbf\r\n" + PAGE)) == ["1", "2"]


def test_a_text_is_read_though_it_is_called_a_workbook(tmp_path):
    assert texts(write(tmp_path, "a.xls", "指標\t5\r\n".encode("cp932"))) == ["指標", "5"]


@pytest.mark.parametrize(
    ("name", "first"), [("excel_97.xls", "指標一覧（単位：千円）"), ("open_sides.pdf", "事業名")]
)
def test_files_of_other_formats_are_read_by_their_readers(name, first):
    assert texts(FILES / name)[0] == first


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt"])
def test_texts_are_read(tmp_path, name):
    assert texts(write(tmp_path, name, b"a\tb\n")) == ["a", "b"]


def test_an_archive_is_read_member_by_member(tmp_path, workbook):
    members = {"指標/a.xlsx": workbook, "b.csv": b"1,2", "c.docx": b"PK", "d.zip": pack(a=b"")}
    path = write(tmp_path, "all.zip", pack(**members))
    assert [grid.file for grid in read_grids(path)] == ["all.zip/指標/a.xlsx", "all.zip/b.csv"]
    first, second = read_file(path).left_out
    assert first.startswith("all.zip/c.docx has an ending that is not read")
    assert second.startswith("all.zip/d.zip is an archive")


def test_a_broken_member_does_not_hide_the_others(tmp_path):
    path = write(tmp_path, "all.zip", pack(**{"a.xlsx": b"no workbook", "b.csv": b"1"}))
    assert texts(path) == ["1"]
    assert read_file(path).left_out == [
        "all.zip/a.xlsx is no .xlsx file, or a broken one. Get it again."
    ]


def test_members_that_are_too_much_beside_others_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "MOST_CELLS", 3)
    path = write(tmp_path, "all.zip", pack(**{"a.csv": b"1,2", "b.csv": b"1,2", "c.csv": b"3"}))
    assert texts(path) == ["1", "2", "3"]
    assert read_file(path).left_out == [
        "all.zip/b.csv is too much beside those before it. Give it alone."
    ]


def test_of_a_file_that_is_no_archive_nothing_is_left_out(tmp_path):
    assert read_file(write(tmp_path, "a.csv", b"1")).left_out == []


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docx", b"x", f"ending that is not read. Read are: {', '.join(ENDINGS)}"),
        ("a.csv", b"", "a.csv is empty"),
        ("a.xlsx", b"PK\x03\x04 broken", "a.xlsx is broken"),
        ("a.xlsx", b"no zip", "no .xlsx file, or a broken one"),
        ("a.pdf", b"no pdf", "no .pdf file, or a broken one"),
        ("a.xls", b"no\0text", "no .xls file, or a broken one"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx is encrypted. Open it and save it without a password",
        ),
        (
            "a.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "is a workbook in XML",
        ),
        ("a.zip", pack(**{"a.docx": b"x"}), "holds nothing that can be read.\na.zip/a.docx"),
        ("a.xlsx", pack(**{"word/document.xml": b""}), "is no .xlsx workbook"),
        ("a.ods", pack(**{"b.csv": b""}), "an archive that holds no workbook"),
        (
            "a.ods",
            pack(**{"content.xml": b"", "META-INF/manifest.xml": b"", "mimetype": b"text"}),
            "an OpenDocument that is no spreadsheet",
        ),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, name, data, message):
    with pytest.raises(DataError) as error:
        read_grids(write(tmp_path, name, data))
    assert message in str(error.value)


def test_files_that_are_not_there_and_folders_say_so(tmp_path):
    with pytest.raises(DataError, match="does not exist"):
        read_grids(tmp_path / "none.csv")
    with pytest.raises(DataError, match="is a folder"):
        read_grids(tmp_path)
