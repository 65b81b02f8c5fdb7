"""The workbook of a year, filled in, for the tests that put slips into it."""

import pytest
from intake.filling import END, Book, copy_last_year, make_book, read_book

from analysis.intake.facts import DOUBT, PROBLEM


@pytest.fixture(scope="module")
def filled(root, tmp_path_factory):
    """The folder of last year, and the workbook of this year, filled in."""
    place = tmp_path_factory.mktemp("filled")
    folder = copy_last_year(root / "data", place / "data")
    return folder, make_book(folder, place / "empty.xlsx").save(place / "filled.xlsx")


@pytest.fixture
def slip(filled, tmp_path):
    """Read the workbook with slips in it: what is asked, by cell."""

    def read(*changes):
        folder, path = filled
        book = Book(path)
        for change in changes:
            change(book)
        found = read_book(book.save(tmp_path / "slip.xlsx"), folder)
        asked = {}
        for fact in found.facts:
            if fact.outcome in (PROBLEM, DOUBT) and fact.note != END:
                told = asked.setdefault(f"{fact.outcome} {fact.place}", [])
                told += [] if fact.note in told else [fact.note]
        return asked

    return read
