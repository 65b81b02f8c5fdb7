"""What files store beside what a reader sees: numbers, formulas, objects."""

import io
from pathlib import Path

import pytest
from intake.packing import pack
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from analysis.errors import DataError
from analysis.intake.readers import read_known
from analysis.intake.stored import Stored, Thing, read_stored

HERE = Path(__file__).parent / "files"


def save(book, path):
    book.save(path)
    return read_stored(read_known(path))


@pytest.fixture
def book():
    made = Workbook()
    made.active.title = "表"
    for row in (["件数", "円"], [148, "148"], [52, "=A2+A3"]):
        made.active.append(row)
    made.active.merge_cells("A5:C6")
    return made


def test_a_workbook_tells_numbers_from_texts_of_digits_and_formulas(book, tmp_path):
    stored = save(book, tmp_path / "a.xlsx")
    assert stored.numbers == {("表", 1, 0), ("表", 2, 0), ("表", 2, 1)}
    assert stored.formulas == [Thing(("表", 2, 1), "=A2+A3")]
    assert stored.objects == []
    assert stored.merged == {("表", 4, 0): (2, 3)}
    assert stored.unseen == ()


def test_charts_and_pictures_stand_at_the_cell_they_begin_in_each_on_its_sheet(book, tmp_path):
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=1, min_row=1, max_row=3))
    book.active.add_chart(chart, "D5")
    buffer = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(buffer, "PNG")
    other = book.create_sheet("図")
    other["A1"] = 1
    other.add_image(Image(buffer), "B2")
    stored = save(book, tmp_path / "a.xlsx")
    assert stored.objects == [Thing(("表", 4, 3), "chart"), Thing(("図", 1, 1), "picture")]


CONTENT = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">
<office:body><office:spreadsheet><table:table table:name="表">
<table:shapes><draw:frame><draw:object/></draw:frame></table:shapes>
<table:table-row><table:table-cell office:value-type="string"><text:p>件数</text:p>
</table:table-cell><table:table-cell/><table:table-cell office:value-type="float"
 office:value="148" table:number-columns-repeated="2"><text:p>148</text:p></table:table-cell>
</table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="5"
 table:formula="of:=[.C1]"
 table:number-columns-spanned="2"><text:p>5</text:p><draw:g><draw:rect/></draw:g></table:table-cell>
</table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_open_spreadsheet_tells_the_same(tmp_path):
    path = tmp_path / "a.ods"
    members = {"META-INF/manifest.xml": "<m/>", "content.xml": CONTENT}
    path.write_bytes(pack(**members))
    stored = read_stored(read_known(path))
    assert stored.numbers == {("表", 0, 2), ("表", 0, 3), ("表", 1, 0)}
    assert stored.formulas == [Thing(("表", 1, 0), "=[.C1]")]
    assert stored.objects == [Thing(("表", 1, 0), "shape"), Thing(("表", -1, -1), "chart")]
    assert stored.merged == {("表", 1, 0): (1, 2)}


def test_of_an_old_workbook_formulas_and_objects_are_not_seen():
    stored = read_stored(read_known(HERE / "excel_97.xls"))
    assert len(stored.numbers) == 3
    assert stored.unseen == ("formulas", "objects")


def test_a_text_has_no_objects_and_its_formulas_are_written(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n148,=SUM(A1:A2)\n"1,000",-\n', encoding="utf-8")
    stored = read_stored(read_known(path))
    assert stored == Stored({("", 1, 0)}, [Thing(("", 1, 1), "=SUM(A1:A2)")], [])


def test_of_a_page_objects_are_not_seen():
    assert read_stored(read_known(HERE / "open_sides.html")).unseen == ("objects",)


def test_a_part_that_is_broken_is_a_message(book, tmp_path):
    book.save(tmp_path / "a.xlsx")
    known = read_known(tmp_path / "a.xlsx")
    with pytest.raises(DataError, match=r"a\.xlsx cannot be read"):
        read_stored(known._replace(data=pack(**{"xl/workbook.xml": "<broken"})))
