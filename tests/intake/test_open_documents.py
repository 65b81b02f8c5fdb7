"""Spreadsheets of OpenDocument: shown texts, repeats, spans, what is hidden, struck or noted."""

import io
import zipfile

import pytest

from analysis import DataError
from analysis.intake import gather
from analysis.intake.open_documents import read_ods

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        *((name, name) for name in ("office", "table", "text", "style")),
        ("fo", "xsl-fo-compatible"),
    )
)
STYLES = """
<style:style style:name="struck"><style:text-properties style:text-line-through-style="solid"/>
</style:style><style:style style:name="heir" style:parent-style-name="struck"/>
<style:style style:name="kept" style:parent-style-name="struck">
<style:text-properties style:text-line-through-style="none"/></style:style>
<style:style style:name="white"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="title" style:parent-style-name="white">
<style:table-cell-properties fo:background-color="#1f4e78"/></style:style>
<style:style style:name="unseen"><style:table-properties table:display="false"/></style:style>
"""


def pack(sheets, manifest=""):
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{sheets}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        archive.writestr("content.xml", content)
    return buffer.getvalue()


def read(rows, columns=""):
    sheet = f'<table:table table:name="予算額">{columns}{rows}</table:table>'
    return read_ods(pack(sheet), "a.ods")[0].cells


def row(*cells, attributes=""):
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(text, attributes=""):
    inside = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def test_the_text_is_what_is_shown_and_the_number_behind_is_kept():
    cells = read(
        row(
            cell("8,471", 'office:value="8471"'),
            cell("72.3", 'office:value="72.34375"'),
            cell("88%", 'office:value="0.883"'),
        )
    )
    assert [(c.text, c.exact, c.place) for c in cells.values()] == [
        ("8,471", "", "予算額!A1"),
        ("72.3", "72.34375", "予算額!B1"),
        ("88%", "0.883", "予算額!C1"),
    ]


def test_a_cell_of_several_paragraphs_and_pieces_is_one_text():
    text = (
        "面<text:span>積</text:span></text:p><text:p>（<text:s text:c='2'/>㎡<text:line-break/>）"
    )
    assert read(row(cell(text)))[0, 0].text == "面積\n（  ㎡\n）"


def test_spans_cover_and_repeats_are_many():
    covered = cell("x", 'table:number-columns-repeated="2"').replace(
        "table:table", "table:covered-table"
    )
    spanned = 'table:number-columns-spanned="3" table:number-rows-spanned="2"'
    repeated = 'table:number-columns-repeated="2"'
    cells = read(
        row(cell("平成30年度", spanned), covered, cell("計"))
        + row(cell("", repeated), cell("5", repeated), attributes='table:number-rows-repeated="2"')
    )
    assert {place: c.text for place, c in cells.items()} == {
        **{(0, 0): "平成30年度", (0, 3): "計"},
        **{(1, 2): "5", (1, 3): "5", (2, 2): "5", (2, 3): "5"},
    }
    assert (cells[0, 0].rows, cells[0, 0].columns) == (2, 3)
    assert cells[2, 3].place == "予算額!D3"


def test_a_million_empty_rows_and_columns_cost_nothing():
    empty = cell("", 'table:number-columns-repeated="16000"')
    many = 'table:number-rows-repeated="1048000"'
    cells = read(row(empty, cell("1")) + row(empty, attributes=many) + row(cell("2")))
    assert [c.place for c in cells.values()] == ["予算額!WQK1", "予算額!A1048002"]


def test_a_million_filled_rows_are_refused(monkeypatch):
    monkeypatch.setattr(gather, "MOST_CELLS", 1_000)
    with pytest.raises(DataError, match="more than 1,000 cells"):
        read(row(cell("1") * 3, attributes='table:number-rows-repeated="1048000"'))


def test_hidden_rows_columns_groups_and_sheets_are_told():
    columns = (
        "<table:table-column/><table:table-column-group>"
        '<table:table-column table:visibility="collapse"/></table:table-column-group>'
    )
    header = f"<table:table-header-rows>{row(cell('a'), cell('b'))}</table:table-header-rows>"
    filtered = row(cell("c"), attributes='table:visibility="filter"')
    cells = read(header + filtered, columns)
    assert {c.text: c.hidden for c in cells.values()} == {"a": False, "b": True, "c": True}
    (grid,) = read_ods(
        pack(
            f'<table:table table:name="旧" table:style-name="unseen">{row(cell("1"))}</table:table>'
        ),
        "a.ods",
    )
    assert grid.hidden


def test_struck_and_white_text_is_told_by_styles_and_their_parents():
    names = ("struck", "heir", "kept", "white", "title")
    cells = read(row(*(cell("5", f'table:style-name="{name}"') for name in names)))
    told = {name: (c.struck, c.hidden) for name, c in zip(names, cells.values(), strict=True)}
    assert told == {
        "struck": (True, False),
        "heir": (True, False),
        "kept": (False, False),
        "white": (False, True),
        "title": (False, False),
    }


def test_the_style_of_a_column_is_that_of_its_cells_that_have_none():
    columns = '<table:table-column table:default-cell-style-name="struck"/>'
    assert read(row(cell("5")), columns)[0, 0].struck


def test_a_struck_part_becomes_a_comment_beside_the_notes():
    text = (
        '<text:span text:style-name="struck">1,100</text:span>1,150</text:p><office:annotation>'
        "<text:p>訂正</text:p></office:annotation><text:p>"
    )
    found = read(row(cell(text)))[0, 0]
    assert (found.text, found.struck, found.comment) == ("1,150", False, "~~1,100~~\n訂正")


def test_an_encrypted_spreadsheet_says_so():
    with pytest.raises(DataError, match="is encrypted"):
        read_ods(pack("", "<manifest:encryption-data/>"), "a.ods")


def test_a_broken_spreadsheet_says_what_to_do():
    with pytest.raises(DataError, match=r"a\.ods cannot be read .* Save it again"):
        read_ods(pack("<table:table>"), "a.ods")
