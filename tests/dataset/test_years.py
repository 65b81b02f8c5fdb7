"""Printed years and spans of years, read as fiscal years."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import DataError, read_fiscal_years, read_year_spans
from analysis.dataset.years import read_day

BEFORE_FIRST = {"昭和": 1925, "平成": 1988, "令和": 2018}
STYLES = {
    "昭和": ("昭和{}年度", "昭{}", "S{}", "s{}年", "㍼{}年度"),
    "平成": ("平成{}年度", "平成{}", "H{}", "h{}年度", "平{}年", "㍻{}"),
    "令和": ("令和{}年度", "令和{}年", "R{}", "r{}", "令{}", "㋿{}年度"),
}


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("平成32年度", 2020),  # the label of 2020 in plans made before the era ended
        ("平成31年度", 2019),
        ("令和元年度", 2019),
        ("R元", 2019),
        ("Ｒ３", 2021),
        ("平成三十年度", 2018),
        ("昭和64", 1989),
        ("平成元", 1989),
        ("明治45年", 1912),
        ("大正15年度", 1926),
        ("2014年", 2014),
        ("2014年度", 2014),
        ("2014", 2014),
        ("FY2014", 2014),
        ("平成30年度（2018年度）", 2018),
        ("令和2(2020)年度", 2020),
    ],
)
def test_a_year_is_the_fiscal_year_of_that_number(printed, year):
    assert read_fiscal_years(printed) == (year, year)


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("H28.3", 2015),
        ("H28.4", 2016),
        ("平成27年10月", 2015),
        ("2019-03-31", 2018),
        ("2019/4/1", 2019),
        ("令和2年3月31日", 2019),
        ("2019年3月31日現在", 2018),
        ("2014-10", 2014),
        ("R1.5", 2019),
        ("2018年（平成30年）3月", 2017),
    ],
)
def test_a_month_belongs_to_the_fiscal_year_that_holds_it(printed, year):
    assert read_fiscal_years(printed) == (year, year)


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("R1～R3 年度", 2019, 2021),
        ("R3～7 年度", 2021, 2025),
        ("H27-31", 2015, 2019),
        ("平成28年度～\n平成30年度", 2016, 2018),
        ("平成28～30年度", 2016, 2018),
        ("28～平成30年度", 2016, 2018),
        ("平成29~31年度", 2017, 2019),
        ("平成28年度から令和2年度まで", 2016, 2020),
        ("平成28年度～令和2年度（5か年）", 2016, 2020),
        ("平成28年度(2016年度)～令和2年度(2020年度)", 2016, 2020),
        ("2014～2018", 2014, 2018),
        ("2018/4/1-2019/3/31", 2018, 2018),
        ("平成28年4月～平成31年3月", 2016, 2018),
        ("平成28年度～", 2016, None),
        ("令和4年度以降", 2022, None),
        ("～平成30年度", None, 2018),
        ("R6まで", None, 2024),
    ],
)
def test_a_span_has_two_ends_or_an_open_one(printed, first, last):
    assert read_fiscal_years(printed) == (first, last)


@pytest.mark.parametrize(
    "printed",
    ["R3年度末", "R3当初", "R3実績", "R3の\n目標値", "（R3年度）", "R3年度決算", "R3 (見込)"],
)
def test_known_words_may_stand_around_one_year(printed):
    assert read_fiscal_years(printed) == (2021, 2021)


def test_the_document_says_the_era_of_bare_years():
    assert read_fiscal_years("32年度", era="平成") == (2020, 2020)
    assert read_fiscal_years("28～30", era="h") == (2016, 2018)
    assert read_fiscal_years("元年度", era="Ｒ") == (2019, 2019)
    assert read_fiscal_years("R2", era="平成") == (2020, 2020)  # a printed era counts
    assert read_fiscal_years("2018", era="平成") == (2018, 2018)


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("32年度", "names no era"),
        ("32", "names no era"),
        ("平成0年度", "has no year 0"),
        ("明治46年", "has no year 46"),
        ("平成99年度", "has no year 99"),
        ("1800", "is not a year of a program"),
        ("平成30年13月", "month or day does not exist"),
        ("2018年0月", "month or day does not exist"),
        ("令和元年3月", "had not begun"),
        ("R1.3", "had not begun"),
        ("平成30年度～平成28年度", "before it begins"),
        ("H30～2", "before it begins"),
        ("2014～18", "has two digits"),
        ("H27-10", "a month or a span"),
        ("R3-4", "a month or a span"),
        ("2010-12", "a month or a span"),
        ("2018（H29）", "differ"),
        ("平成28年度～令和2年度（3か年）", "not a span of the 3 years"),
        ("R1 2", "a blank splits"),
        ("H2 8", "a blank splits"),
        *((cell, "expected one year") for cell in ("", "-", "'14", "R", "PH30", "翌年度", "第3期")),
        *(
            (cell, "expected one year")
            for cell in ("H28、H29", "R3の翌年度", "H30:120", "20180401")
        ),
    ],
)
def test_what_is_no_year_or_more_than_one_reading_is_refused(printed, reason):
    with pytest.raises(DataError, match=reason) as error:
        read_fiscal_years(printed)
    assert str(error.value).startswith(repr(printed))


def test_an_unknown_era_or_a_number_is_refused():
    with pytest.raises(DataError, match="era '慶応' is none of"):
        read_fiscal_years("3", era="慶応")
    with pytest.raises(DataError, match="is not text"):
        read_fiscal_years(2018)


def test_a_column_says_for_each_cell_what_was_read_or_why_not():
    column = pd.Series(["R3～7", "", None, "32年度", "H30～"], index=list("abbcd"))
    read = read_year_spans(column)
    expected = pd.DataFrame(
        {"first": [2021, pd.NA, pd.NA, pd.NA, 2018], "last": [2025, pd.NA, pd.NA, pd.NA, pd.NA]},
        index=column.index,
        dtype="Int64",
    )
    pd.testing.assert_frame_equal(read[["first", "last"]], expected)
    assert [text != "" for text in read["problem"]] == [False, False, False, True, False]
    assert read_year_spans(column, era="H").loc["c", "first"] == 2020


def test_a_year_held_as_a_number_is_read_and_a_fraction_of_a_year_is_not():
    read = read_year_spans(pd.Series([2018.0, None, 2018.1]))
    assert read["first"].tolist() == [2018, pd.NA, pd.NA]
    assert [text != "" for text in read["problem"]] == [False, False, True]


@given(st.data())
def test_a_year_printed_in_any_style_of_its_era_reads_back(data):
    era = data.draw(st.sampled_from(list(STYLES)))
    year = data.draw(st.integers(1, 60))
    style = data.draw(st.sampled_from(STYLES[era]))
    wide = data.draw(st.booleans())
    digits = (
        str(year).translate(str.maketrans("0123456789", "０１２３４５６７８９")) if wide else year
    )
    expected = BEFORE_FIRST[era] + year
    assert read_fiscal_years(style.format(digits)) == (expected, expected)


@given(st.integers(1990, 2050), st.integers(1, 12), st.sampled_from(["{}年{}月", "{}.{}", "{}/{}"]))
def test_january_to_march_belong_to_the_year_before(year, month, style):
    fiscal_year = year - 1 if month in (1, 2, 3) else year
    assert read_fiscal_years(style.format(year, month)) == (fiscal_year, fiscal_year)


@given(st.lists(st.text(max_size=12), max_size=5))
def test_a_column_never_fails(cells):
    read = read_year_spans(pd.Series(cells, dtype="str"))
    assert len(read) == len(cells)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2019-07-19", "2019-07-19"),
        ("2019/7/19", "2019-07-19"),
        ("2019.7.19", "2019-07-19"),
        ("２０１９年７月１９日", "2019-07-19"),
        ("令和元年7月19日", "2019-07-19"),
        ("平成31年3月29日", "2019-03-29"),
        ("R1.7.19", "2019-07-19"),
        ("H30/4/1", "2018-04-01"),
        ("令和 2 年 2 月 29 日", "2020-02-29"),
    ],
)
def test_a_day_is_read_by_the_western_year_or_an_era(printed, day):
    assert read_day(printed).isoformat() == day


@pytest.mark.parametrize(
    "printed", ["2019-02-29", "2019-13-01", "7月19日", "2019年7月", "19/7/2019", "", "1 2-3"]
)
def test_what_is_no_day_is_refused(printed):
    with pytest.raises(DataError):
        read_day(printed)
