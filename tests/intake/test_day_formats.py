"""Days and times as a Japanese Excel shows them."""

from datetime import date, datetime

import pytest

from analysis.intake.day_formats import find_era, show_day
from analysis.intake.format_codes import BUILT_IN, parse_code


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (43191, "yyyy/m/d", "2018/4/1"),
        (43191, 'yyyy"年"m"月"', "2018年4月"),
        (43191, "m/d", "4/1"),
        (43191, "yy.mm.dd", "18.04.01"),
        (43191, '[$-411]ggge"年"m"月"d"日";@', "平成30年4月1日"),
        (43191, '[$-411]GGGE"年度"', "平成30年度"),
        (43191, "[$-411]ge.m.d", "H30.4.1"),
        (43586, '[$-ja-JP-x-gannen]ggge"年"', "令和元年"),
        (43586, BUILT_IN[28], "令和1年5月1日"),
        (43586, BUILT_IN[57], "R1.5.1"),
        (43191, 'm"月"d"日"(aaa)', "4月1日(日)"),
        (43191, "d-mmm-yy", "1-Apr-18"),
        (43191, "[$-F800]dddd\\,\\ mmmm", "2018年4月1日"),
        (43191.5, "yyyy/mm/dd h:mm", "2018/04/01 12:00"),
        (0.75, "h:mm AM/PM", "6:00 PM"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (1, "yyyy/m/d", "1900/1/1"),
        (61, "yyyy/m/d", "1900/3/1"),
        (-1, "yyyy/m/d", "###########"),
    ],
)
def test_a_day_is_shown_by_its_code(number, code, shown):
    assert show_day(number, parse_code(code)[0]) == shown


def test_days_of_a_workbook_of_1904_are_counted_from_there():
    assert show_day(0, parse_code("yyyy/m/d")[0], datetime(1904, 1, 1)) == "1904/1/1"


@pytest.mark.parametrize(
    ("day", "era"),
    [
        (date(1926, 12, 24), ("大正", 15)),
        (date(1926, 12, 25), ("昭和", 1)),
        (date(1989, 1, 7), ("昭和", 64)),
        (date(1989, 1, 8), ("平成", 1)),
        (date(2019, 4, 30), ("平成", 31)),
        (date(2019, 5, 1), ("令和", 1)),
    ],
)
def test_an_era_begins_on_its_first_day(day, era):
    assert find_era(day) == era
