"""What a PDF holds is measured while it is unpacked and laid out."""

import io
import zlib

import pytest
from intake.test_hostile import FLATE, make_pdf

from analysis import DataError
from analysis.intake import paper_limits
from analysis.intake.paper_limits import lay_out, limit_streams

pdfplumber = pytest.importorskip("pdfplumber")
LINES = b"0 0 m 9 9 l S\n" * 5 + b"BT /F 9 Tf 9 700 Td (KPI) Tj ET"
FORM = b"<< /Length 6 /Type /XObject /Subtype /Form /BBox [0 0 9 9] >>\nstream\n/X Do \nendstream"


def open_page(*arguments, **others):
    return pdfplumber.open(io.BytesIO(make_pdf(*arguments, **others))).pages[0]


def test_a_page_is_laid_out_as_the_library_does_and_its_letters_are_counted():
    page, same = open_page(LINES), open_page(LINES)
    assert lay_out(page, 3, "a.pdf") == 3
    assert page.objects == same.objects


@pytest.mark.parametrize(
    ("limit", "most", "said"),
    [("MOST_DRAWN", 3, "more than 3 lines"), ("MOST_FIGURES", 0, "too many drawings")],
)
def test_drawings_without_end_are_refused(monkeypatch, limit, most, said):
    monkeypatch.setattr(paper_limits, limit, most)
    with pytest.raises(Exception, match=f"a.pdf page 1 has {said}") as error:
        lay_out(open_page(LINES + b"/X Do ", others=[FORM]), 3, "a.pdf")
    assert isinstance(error.value.args[0], DataError)


def test_lines_of_a_drawing_are_left_out_and_its_letters_stay(monkeypatch):
    monkeypatch.setattr(paper_limits, "MOST_PATHS", 2)
    page = open_page(LINES)
    lay_out(page, 3, "a.pdf")
    assert (len(page.lines), page.extract_text()) == (2, "KPI")


def test_streams_are_unpacked_within_a_limit_and_only_there(monkeypatch):
    from pdfminer import pdftypes

    monkeypatch.setattr(paper_limits, "MOST_LETTERS", 1_000)
    with limit_streams("a.pdf"):
        packed = zlib.compress(LINES)
        assert open_page(packed, FLATE).extract_text() == "KPI"
        assert open_page(packed[:-3], FLATE).extract_text() == "KPI"  # without its sum
        assert open_page(b"no stream", FLATE).extract_text() == ""
        with pytest.raises(Exception, match="a page or a font of more than"):
            open_page(zlib.compress(bytes(1_001)), FLATE).extract_text()
    assert pdftypes.zlib is zlib
