"""Files that are made to harm, or do so by accident: one message each, in little memory.

A file that cannot be read says which it is, what was found and what to do; the command prints
that and ends with 1. What stands beside it in an archive is read all the same.
"""

import io
import subprocess
import sys
import zipfile
import zlib

import pytest
from intake.packing import pack
from openpyxl import Workbook
from typer.testing import CliRunner

from analysis import DataError
from analysis.cli import app
from analysis.intake.readers import read_file, read_grids

LIST = "事業名,指標,目標値,実績値\n移住,移住者数,10,12\n"
SHEET, WORKBOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
LETTERS = zip("abcdefghi", "bcdefghij", strict=True)
MORE = "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in LETTERS)
LAUGHS = f'<!DOCTYPE a [<!ENTITY a "haha">{MORE}]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
WHOLE = "A1:XFD1048576"
PAGE = "<table><tr><td{}>移住<td>{}</table>"


def unpack(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture(scope="module")
def parts():
    """The parts of a workbook of two cells."""
    book = Workbook()
    book.active.append(["移住者数", 5])
    buffer = io.BytesIO()
    book.save(buffer)
    return unpack(buffer.getvalue())


def change(parts, part, old, new):
    assert old in parts[part]
    return pack(**parts | {part: parts[part].replace(old, new)})


def make_ods(rows, head="", **parts):
    """A spreadsheet of one sheet."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"{head}<office:document-content{names}><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return pack(**{"META-INF/manifest.xml": "<none/>", "content.xml": content} | parts)


def row(text, of_cell="", of_row=""):
    cell = f"<table:table-cell {of_cell}><text:p>{text}</text:p></table:table-cell>"
    return f"<table:table-row {of_row}>{cell}</table:table-row>"


def make_bomb(name, members, says=1_000):
    """An archive with a member that says it is small and unpacks to four gigabytes."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = deflate.compress(bytes(8_000_000)) + deflate.flush(zlib.Z_FULL_FLUSH)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for other in members.keys() - {name}:
            archive.writestr(other, members[other])
        archive.writestr(name, block * 500 + deflate.flush())
    bomb = bytearray(buffer.getvalue())
    for signature, method, size in ((b"PK\x03\x04", 8, 22), (b"PK\x01\x02", 10, 24)):
        start = bomb.rindex(signature)
        bomb[start + method] = zipfile.ZIP_DEFLATED
        bomb[start + size : start + size + 4] = says.to_bytes(4, "little")
    return bytes(bomb)


def make_pdf(page, filters="", others=()):
    """A PDF of one page with this content."""
    said = f"<< /Length {len(page)} {filters} >>\nstream\n".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
        said + page + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R"
        b" /Resources << /Font << /F 4 0 R >> /XObject << /X 6 0 R >> >> >>",
        *others,
    )
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % numbered for numbered in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R >>\n"


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def texts(path):
    return [cell.text for grid in read_grids(path) for cell in grid.cells.values()]


def refuse(folder, name, data):
    """What is said of a file that is not read."""
    with pytest.raises(DataError) as error:
        read_grids(write(folder, name, data))
    return str(error.value)


@pytest.mark.slow
def test_bombs_are_refused_in_little_memory_and_hide_nothing(tmp_path, parts):
    spreadsheet = unpack(make_ods(row("1")))
    files = [
        write(tmp_path, "a.zip", make_bomb("bomb.csv", {"list.csv": LIST})),
        write(tmp_path, "b.xlsx", make_bomb(SHEET, parts)),
        write(tmp_path, "c.xlsx", make_bomb("xl/sharedStrings.xml", parts)),
        write(tmp_path, "d.ods", make_bomb("content.xml", spreadsheet)),
        write(tmp_path, "e.zip", make_bomb("bomb.csv", {"list.csv": LIST}, says=600_000_000)),
        write(tmp_path, "f.pdf", make_pdf(zlib.compress(bytes(900_000_000)), FLATE)),
        write(
            tmp_path, "g.xlsx", change(parts, STYLES, "<fonts", "<none/>" * 2_000_000 + "<fonts")
        ),
        write(tmp_path, "h.html", PAGE.format("", "<br>" * 2_000_000)),
    ]
    done = subprocess.run(
        [sys.executable, "-c", READ_IN_LITTLE_MEMORY, *map(str, files)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "1 read, left out: a.zip/bomb.csv is broken (Bad CRC-32 for file 'bomb.csv'). "
        "Get it again.",
        f"b.xlsx is broken (Bad CRC-32 for file '{SHEET}'). Get it again.",
        "c.xlsx is broken (Bad CRC-32 for file 'xl/sharedStrings.xml'). Get it again.",
        "d.ods is broken (Bad CRC-32 for file 'content.xml'). Get it again.",
        "e.zip is 600 MB unpacked; at most 500 MB are read. Split it.",
        f"f.pdf has a page or a font of more than 50 MB. {SPLIT}",
        f"g.xlsx: xl/styles.xml has more than 2,000,000 tags. {SPLIT}",
        f"h.html has more than 2,000,000 tags. {SPLIT}",
    ]


FLATE = "/Filter /FlateDecode"
SPLIT = "Split it, or save the part that is to be read as a file of its own."
READ_IN_LITTLE_MEMORY = """
import resource, sys
from pathlib import Path
from analysis import DataError
from analysis.intake.readers import read_file
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000,) * 2)
for path in sys.argv[1:]:
    try:
        grids, left_out = read_file(Path(path))
        print(f"{len(grids)} read, left out:", *left_out)
    except DataError as error:
        print(error)
"""


def test_an_archive_in_an_archive_is_not_opened(tmp_path):
    path = write(tmp_path, "a.zip", pack(**{"b.zip": pack(c=b"0" * 9_000_000), "list.csv": LIST}))
    assert read_file(path).left_out == [
        "a.zip/b.zip is an archive that holds no workbook. Unpack it."
    ]


def test_names_are_shown_on_one_line_and_lead_nowhere(tmp_path):
    names = ("../../up.csv", "/abs.csv", "C:\\x.csv", "a\nb.csv", "\x1b[31m.csv", "<b>.csv")
    path = write(tmp_path, "a.zip", pack(**dict.fromkeys(names, LIST)))
    assert [grid.file for grid in read_grids(path)] == [
        *("a.zip/../../up.csv", "a.zip//abs.csv", "a.zip/C:\\x.csv"),
        *("a.zip/a\ufffdb.csv", "a.zip/\ufffd[31m.csv", "a.zip/<b>.csv"),
    ]
    CliRunner().invoke(app, ["ingest", str(path), "--into", str(tmp_path / "in" / "into")])
    assert {p.name for p in tmp_path.iterdir()} == {"a.zip", "in"}
    assert {p.name for p in (tmp_path / "in").iterdir()} == {"into"}


def test_a_link_in_an_archive_is_a_text_and_not_followed(tmp_path):
    link = zipfile.ZipInfo("link.csv")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert texts(tmp_path / "a.zip") == ["/etc/passwd"]


def test_names_of_files_are_written_as_text(tmp_path):
    for name in ("<script>x<a>.csv", "a\nb.csv", b"a\xff.csv".decode(errors="surrogateescape")):
        path = write(tmp_path, name, LIST)
        done = CliRunner().invoke(app, ["ingest", str(path), "--into", str(tmp_path / "into")])
        assert done.exit_code == 1 and isinstance(done.exception, SystemExit)
        assert "1 read" in done.output.splitlines()[0]
    assert "<script>x" not in (tmp_path / "into" / "ingest.html").read_text(encoding="utf-8")


def test_what_stands_in_cells_is_written_as_text(tmp_path):
    path = write(tmp_path, "a.csv", LIST.replace("移住者数", "<img src=x onerror=alert(1)>"))
    CliRunner().invoke(app, ["ingest", str(path), "--into", str(tmp_path / "into")])
    page = (tmp_path / "into" / "ingest.html").read_text(encoding="utf-8")
    assert "<img src=x" not in page and "&lt;img src=x" in page


@pytest.mark.parametrize(
    "after",
    [
        f'<mergeCells><mergeCell ref="{WHOLE}"/></mergeCells>',
        "<mergeCells>" + '<mergeCell ref="A1:Z9999"/>' * 3 + "</mergeCells>",
        f'<hyperlinks><hyperlink ref="{WHOLE}" location="x"/></hyperlinks>',
        '<x:mergeCells xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:mergeCell ref="&#65;1:XFD1048576"/></x:mergeCells>',
    ],
)
def test_ranges_without_end_are_refused_before_a_cell_is_made(tmp_path, parts, after):
    data = change(parts, SHEET, "</sheetData>", f"</sheetData>{after}")
    assert refuse(tmp_path, "a.xlsx", data) == (
        f"a.xlsx: '{SHEET}' has merged cells, links or notes over more than 500,000 places. "
        "Take them off."
    )


def test_spans_without_end_are_refused_in_other_formats_too(tmp_path):
    spans = 'table:number-rows-spanned="1048576" table:number-columns-spanned="16384"'
    assert "over more than 500,000 places" in refuse(tmp_path, "a.ods", make_ods(row("1", spans)))
    spanned = "<tr><td rowspan=1000000 colspan=1000000>1" * 100
    assert "over more than 500,000" in refuse(tmp_path, "a.html", f"<table>{spanned}</table>")
    cells = read_grids(write(tmp_path, "b.html", PAGE.format(f" rowspan={'9' * 5_000}", "1")))
    assert [cell.rows for cell in cells[0].cells.values()] == [1, 1]


def test_merged_cells_that_overlap_or_stand_outside_end_well(tmp_path, parts):
    def merge(*refs):
        merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs)
        after = f"</sheetData><mergeCells>{merged}</mergeCells>"
        return change(parts, SHEET, "</sheetData>", after)

    assert texts(write(tmp_path, "a.xlsx", merge("A1:A3", "A2:C3", "A1:A2"))) == ["移住者数", "5"]
    for ref in ("A2000000:B2000001", "ZZZ1:ZZZZ9", "B2:A1", "#REF!"):
        assert "save it again as .xlsx" in refuse(tmp_path, "a.xlsx", merge(ref))


def test_two_cells_far_apart_are_two_cells(tmp_path, parts):
    far = '</row><row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'
    data = change(parts, SHEET, "</row>", far).replace(b"A1:B1", WHOLE.encode())
    assert texts(write(tmp_path, "a.xlsx", data)) == ["移住者数", "5", "7"]


@pytest.mark.parametrize(
    ("name", "new", "said"),
    [
        ("a.xlsx", '</row><row r="4000000000"><c><v>7</v></c></row>', "more than 1,048,576 rows"),
        ("a.xlsx", f"{'<c><v>1</v></c>' * 16_384}</row>", "or 16,384 columns"),
        ("a.xlsx", f"{'<c><v>1</v></c>' * 200_001}</row>", "more than 200,000 cells"),
        ("a.xlsx", f"{'<c/>' * 1_000_001}</row>", "more than 1,000,000 elements"),
    ],
)
def test_sheets_larger_than_any_are_refused(tmp_path, parts, name, new, said):
    assert said in refuse(tmp_path, name, change(parts, SHEET, "</row>", new))


def test_a_sheet_that_is_listed_again_and_again_is_refused(tmp_path, parts):
    again = '<sheet name="again" sheetId="2" state="visible" r:id="rId1"/></sheets>'
    sheets = parts[WORKBOOK].replace("<sheets>", f'<sheets xmlns:x="{RELATED}">')
    data = pack(**parts | {WORKBOOK: sheets.replace("</sheets>", again.replace("r:", "x:"))})
    assert refuse(tmp_path, "a.xlsx", data) == (
        "a.xlsx has one sheet several times. Save it again as .xlsx."
    )


RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_hidden_columns_without_end_are_hidden(tmp_path, parts):
    columns = '<cols><col min="2" max="4000000000" hidden="1"/></cols><sheetData>'
    path = write(tmp_path, "a.xlsx", change(parts, SHEET, "<sheetData>", columns))
    assert [cell.hidden for cell in read_grids(path)[0].cells.values()] == [False, True]


def test_what_an_ods_repeats_without_end_is_counted(tmp_path):
    many = 'table:number-%s-repeated="2000000000"'
    data = make_ods(row("1", many % "columns", many % "rows"))
    assert "has more than 200,000 cells" in refuse(tmp_path, "a.ods", data)
    path = write(tmp_path, "b.ods", make_ods(row('1<text:s text:c="2000000000"/>2')))
    assert texts(path) == [f"1{' ' * 100}2"]
    assert "cannot be read (ValueError" in refuse(
        tmp_path, "a.ods", make_ods(row("1", 'table:number-columns-repeated="many"'))
    )


@pytest.mark.parametrize("head", [LAUGHS, OUTSIDE])
def test_entities_are_not_followed(tmp_path, parts, head):
    data = change(parts, SHEET, "<worksheet", f"{head}<worksheet")
    data = pack(**unpack(data) | {SHEET: unpack(data)[SHEET].replace("<v>5", "<v>&j;")})
    assert "a.xlsx cannot be read as a workbook" in refuse(tmp_path, "a.xlsx", data)
    path = write(tmp_path, "a.html", f"{head}<html>{PAGE.format('', '&j;')}</html>")
    assert not any("root:" in text or "haha" in text for text in texts(path))
    ods = make_ods(row("&j;") + row("移住"), head)
    if head == LAUGHS:
        assert "amplification" in refuse(tmp_path, "a.ods", ods)
        attribute = make_ods(row("1", 'table:style-name="&j;"'), head)
        assert "amplification" in refuse(tmp_path, "a.ods", attribute)
    else:
        assert texts(write(tmp_path, "a.ods", ods)) == ["移住"]


@pytest.mark.parametrize("tags", ["<div>", "<table><tr><td>", "<b>"])
def test_a_page_nested_without_end_is_refused(tmp_path, tags):
    said = refuse(tmp_path, "a.html", tags * 100_000 + PAGE.format("", "1"))
    assert said.startswith("a.html cannot be read (RecursionError")


def test_an_ods_nested_without_end_is_refused(tmp_path):
    group = "<table:table-row-group>"
    nested = group * 2_000 + row("1") + group.replace("<", "</") * 2_000
    assert "Excessive depth" in refuse(tmp_path, "a.ods", make_ods(nested))


@pytest.mark.slow
def test_texts_are_refused_by_their_length_before_they_are_parted(tmp_path):
    said = refuse(tmp_path, "a.csv", LIST + " " * 56_000_000)
    assert said == f"a.csv holds 56 MB of text; at most 50 MB are read. {SPLIT}"
    assert "more than 200,000 cells" in refuse(tmp_path, "a.csv", "1,2\n" * 100_001)
    assert "more than 5,000,000 letters" in refuse(tmp_path, "a.csv", LIST + "," * 5_000_001)
    assert "more than 1,048,576 records" in refuse(tmp_path, "a.csv", LIST + "\n" * 1_048_576)
    assert "a quote is never closed" in refuse(tmp_path, "a.csv", LIST + '"' + LIST * 9_000)


@pytest.mark.parametrize("ending", ["csv", "html", "txt", "xls", "pdf", "zip", "ods"])
def test_what_is_no_such_file_says_so(tmp_path, ending):
    for data in (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"MZ\x90\0\3\0\0\0\xff\xff", b"a,\0b\n"):
        said = refuse(tmp_path, f"a.{ending}", data)
        assert said.startswith(f"a.{ending} ") and said.endswith(("again.", "'CSV UTF-8'."))


def test_figures_that_a_workbook_failed_to_compute_are_problems(tmp_path, parts):
    head = '<row r="1">' + "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in zip("ABCD", LIST.split("\n")[0].split(","), strict=True)
    )
    name = '<c r="A2" t="inlineStr"><is><t>移住</t></is></c>'
    body = "</row>".join(
        [head, f'<row r="2">{name}{name.replace("A2", "B2")}<c r="C2"><v>9</v></c>']
    )
    for cell in (
        *(f'<c r="D2" t="e"><f>A1</f><v>{e}</v></c>' for e in ("#REF!", "#N/A", "#DIV/0!")),
        '<c r="D2"><f>SUM(C2:C2)</f></c>',
        '<c r="D2"><f t="shared" si="0"/></c>',
    ):
        sheet = parts[SHEET].partition("<row")[0] + f"{body}{cell}</row></sheetData></worksheet>"
        path = write(tmp_path, "a.xlsx", pack(**parts | {SHEET: sheet}))
        into = tmp_path / "into"
        done = CliRunner().invoke(app, ["ingest", str(path), "--into", str(into)])
        assert ", 1 problem" in done.output.splitlines()[0]
        facts = (into / "ingest.csv").read_text(encoding="utf-8").splitlines()
        (fact,) = [line for line in facts if "!D2" in line]
        assert ",problem," in fact
        kpis = into / "kpis.csv"
        assert not kpis.is_file() or ",9,9," not in kpis.read_text(encoding="utf-8")


def test_formulas_are_told_in_whatever_way_their_tags_are_written(tmp_path, parts):
    main = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cell = '<x:c r="A1"><x:f>SUM(B1:B2)</x:f></x:c>'
    rows = f'<x:sheetData><x:row r="1">{cell}</x:row></x:sheetData>'
    data = pack(**parts | {SHEET: f"<x:worksheet {main}>{rows}</x:worksheet>"})
    assert texts(write(tmp_path, "a.xlsx", data)) == ["=SUM(B1:B2)"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.ods", make_ods(row("1"), **{"META-INF/manifest.xml": "<encryption-data/>"})),
        ("a.ods", pack(**{"mimetype": "", "encrypted-package": "x"})),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
    ],
)
def test_what_is_encrypted_says_so(tmp_path, name, data):
    assert refuse(tmp_path, name, data) == (
        f"{name} is encrypted. Open it and save it without a password."
    )


def test_papers_are_refused_by_what_a_page_holds(tmp_path):
    pytest.importorskip("pdfplumber")
    line = b"(%b) Tj 0 -1 Td " % (b"x" * 100)
    said = refuse(tmp_path, "a.pdf", make_pdf(b"BT /F 1 Tf 9 700 Td " + line * 501 + b"ET"))
    assert said == f"a.pdf page 1 has more than 50,000 letters. {SPLIT}"
    itself = (
        b"<< /Length 6 /Type /XObject /Subtype /Form /BBox [0 0 9 9] >>\nstream\n/X Do \nendstream"
    )
    for page in (b"", b"/X Do", b"[" * 9_000):
        assert "has no text" in refuse(tmp_path, "a.pdf", make_pdf(page, others=[itself]))
    none = make_pdf(b"").replace(b"[5 0 R]", b"[]")
    assert "has no text" in refuse(tmp_path, "a.pdf", none)
    for data in (b"%PDF-1.7\n", make_pdf(b"x").replace(b"/MediaBox [0 0 600 800]", b"")):
        assert "a.pdf cannot be read" in refuse(tmp_path, "a.pdf", data)
    acts = make_pdf(b"BT /F 9 Tf 9 700 Td (KPI) Tj ET").replace(
        b"/Pages 2 0 R", b"/Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >>"
    )
    assert read_grids(write(tmp_path, "a.pdf", acts))[0].before == ("KPI",)


def test_the_command_says_it_and_ends_with_one(tmp_path):
    path = write(tmp_path, "a.html", "<div>" * 9_000 + "x")
    done = CliRunner().invoke(app, ["ingest", str(path), "--into", str(tmp_path / "into")])
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert done.output.startswith("a.html cannot be read (RecursionError")
    assert not (tmp_path / "into").exists()
