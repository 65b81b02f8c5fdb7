"""How the workbook looks: whoever fills it in sees what is asked, and nothing is obeyed."""

from openpyxl import Workbook

from analysis.intake.template import Field
from analysis.intake.template_look import GENERAL, TEXT, is_wrapped, name_style, put, style_head

ACTUAL, ROW = Field("actual", "new", 11), Field("row", "row", 18)


def test_a_text_stays_one_whatever_it_begins_with():
    cell = put(Workbook().active["A1"], "=HYPERLINK(1)")
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_cells_that_are_alike_share_one_style_of_the_book():
    book = Workbook()
    names = {name_style(book, ACTUAL, GENERAL, "right", is_grey=False) for _ in range(3)}
    other = name_style(book, ACTUAL, TEXT, None, is_grey=True)
    assert len(names) == 1
    assert other not in names
    assert {*names, other} <= {*book.named_styles}


def test_only_wide_columns_show_texts_on_several_lines():
    assert is_wrapped(Field("description", "kept", 44))
    assert not is_wrapped(ACTUAL)
    assert not is_wrapped(ROW)


def test_a_header_has_a_note_on_what_is_written_below():
    cell = Workbook().active["A1"]
    style_head(cell, ACTUAL)
    assert cell.comment.text.startswith("この年度の実績。")
