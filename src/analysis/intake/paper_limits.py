"""How much of a PDF is unpacked and laid out, before a library drowns in it."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from analysis.intake.gather import MOST_LETTERS, too_large

MOST_PATHS = 100_000  # lines and shapes of one page: further ones belong to a drawing
MOST_DRAWN = 500_000  # with which it takes too long
MOST_FIGURES = 20_000  # drawings within drawings of one page


@contextmanager
def limit_streams(file: str) -> Iterator[None]:
    """Refuse a stream that is too long unpacked; the library itself unpacks whatever comes."""
    from pdfminer import pdftypes

    class Inflater:
        """What zlib's own object is, within a limit."""

        def __init__(self) -> None:
            self.inner, self.left = zlib.decompressobj(), MOST_LETTERS

        def decompress(self, data: bytes) -> bytes:
            found = self.inner.decompress(data, self.left + 1)
            self.left -= len(found)
            if self.left < 0:
                most = f"{MOST_LETTERS / 1e6:,.0f} MB"
                raise too_large(f"{file} has a page or a font of more than {most}")
            return found

    limited = SimpleNamespace(
        decompress=lambda data: Inflater().decompress(data),
        decompressobj=Inflater,
        error=zlib.error,
    )
    names = vars(pdftypes)
    names["zlib"] = limited
    try:
        yield
    finally:
        names["zlib"] = zlib


def lay_out(page: Any, most: int, file: str) -> int:
    """Lay out a page as pdfplumber does, count its letters, and refuse it if they are too many."""
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfplumber.page import PDFPageAggregatorWithMarkedContent
    from pdfplumber.utils.exceptions import PdfminerException

    where = f"{file} page {page.page_number}"

    class Device(PDFPageAggregatorWithMarkedContent):
        """What lays out a page, and counts."""

        letters = paths = figures = 0

        def render_char(self, *args: Any, **kwargs: Any) -> float:
            self.letters += 1
            if self.letters > most:
                raise too_large(f"{where} has more than {most:,} letters")
            return float(super().render_char(*args, **kwargs))

        def paint_path(self, *args: Any, **kwargs: Any) -> None:
            self.paths += 1
            if self.paths > MOST_DRAWN:
                raise too_large(
                    f"{file} page {page.page_number} has more than {MOST_DRAWN:,} lines"
                )
            if self.paths <= MOST_PATHS:
                super().paint_path(*args, **kwargs)

        def begin_figure(self, *args: Any) -> None:
            self.figures += 1
            if self.figures > MOST_FIGURES:
                raise too_large(f"{where} has too many drawings")
            super().begin_figure(*args)

    resources = page.pdf.rsrcmgr
    device = Device(resources, pageno=page.page_number, laparams=page.pdf.laparams)
    try:
        PDFPageInterpreter(resources, device).process_page(page.page_obj)
    except Exception as error:
        raise PdfminerException(error) from error
    page._layout = device.get_result()
    return device.letters
