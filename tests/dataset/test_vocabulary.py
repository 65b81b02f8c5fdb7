"""Words that publishers print, as the checks and the measures read them."""

import re
import unicodedata

import pytest

from analysis.dataset import vocabulary
from analysis.dataset.tables import TABLES
from analysis.measures.computed import COMPUTED


def test_every_header_stands_for_a_column_there_is():
    known = {column for table in TABLES.values() for column in table.columns} | COMPUTED.keys()
    assert {*vocabulary.HEADERS.values()} <= known


def test_headers_are_written_as_they_are_compared():
    plain = [unicodedata.normalize("NFKC", word).strip() for word in vocabulary.HEADERS]
    assert plain == [*vocabulary.HEADERS]


@pytest.mark.parametrize(
    ("printed", "found"),
    [("12,100千円", (None, "千円")), ("36.7億円", ("7", "億円")), ("10百万円", (None, "百万円"))],
)
def test_the_unit_of_an_amount_is_found_with_the_decimals_before_it(printed, found):
    assert re.search(vocabulary.PRINTED_UNIT, printed).groups() == found


@pytest.mark.parametrize("span", ["平成28～30年度", "H28～H32年", "令和3年度～7年度", "2016-18年"])
def test_a_span_of_years_is_seen(span):
    assert re.search(vocabulary.SPAN_OF_YEARS, span)


@pytest.mark.parametrize("text", ["平成30年度", "1,200千円", "3～5件"])
def test_one_year_and_other_ranges_are_no_span_of_years(text):
    assert not re.search(vocabulary.SPAN_OF_YEARS, text)


def test_the_side_of_an_item_stands_in_brackets_at_its_end():
    assert re.search(vocabulary.SIDE, "一般財源（決算見込）")[1] == "決算見込"
    assert not re.search(vocabulary.SIDE, "（予算）一般財源")
