"""A printed year or span of years -> the first and last fiscal year.

A fiscal year (年度) is named by the western year in which its April falls: 平成30年度 is 2018,
and so is March 2019. Documents name it by era or western year, with or without a month, and go on
in an era after its end (平成32年度 is 2020).
"""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

import pandas as pd

from analysis.dataset.values import read_kanji_number, tidy
from analysis.errors import DataError


class Era(NamedTuple):
    """The western year before its first, its first month, and the last year a plan may name."""

    before: int
    first_month: int
    last_year: int


# Plans name years of an era that had ended when they came (平成32年度), but no further than
# 2050 in 平成, 2000 in 昭和: beyond it a digit too many is likelier.
ERAS = {
    "明治": Era(1867, 1, 45),
    "大正": Era(1911, 7, 15),
    "昭和": Era(1925, 12, 75),
    "平成": Era(1988, 1, 62),
    "令和": Era(2018, 5, 82),
}
ERA_OF_LETTER = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
ERA_OF_KANJI = {era[0]: era for era in ERAS}
SQUARE_SIGNS = {ord(sign): unicodedata.normalize("NFKC", sign) for sign in "㍾㍽㍼㍻㋿"}
WESTERN_YEARS = range(1868, 2101)
MONTHS = range(1, 13)

ERA = rf"(?:{'|'.join(ERAS)}|[{''.join(ERA_OF_KANJI)}]|[MTSHRmtshr](?![A-Za-z]))"
TAIL = (
    r"(?:年(?P<month>[0-9]{1,2})月(?:[0-9]{1,2}日)?|年度|年|(?P<mark>[./-])"
    r"(?P<number>[0-9]{1,2})(?:(?P=mark)(?P<day>[0-9]{1,2}))?(?![0-9]))?"
)
POINT = re.compile(
    rf"(?:(?P<era>{ERA})\.?(?P<of_era>元|[0-9]{{1,2}})|(?:FY|西暦)?(?P<western>[0-9]{{4}})"
    rf"|(?P<bare>元|[0-9]{{1,2}}))(?![0-9]){TAIL}"
)
DAY = re.compile(
    rf"(?:(?P<western>[0-9]{{4}})|(?P<era>{ERA})\.?(?P<of_era>元|[0-9]{{1,2}}))"
    r"(?:年|(?P<mark>[-/.]))(?P<month>[0-9]{1,2})(?:月|(?P=mark))(?P<day>[0-9]{1,2})日?"
)
DAYS_EXPECTED = "2019-07-19, 2019/7/19, 令和元年7月19日 or R1.7.19"
NAMELESS = re.compile(r"\(\?P<[a-z_]+>").sub("(?:", POINT.pattern.replace("(?P=mark)", "[./-]"))
SPAN_MARK = r"(?:[〜~–—―ー-]|から)"
OPEN_END = r"(?:[〜~]|から|以降|より)"
OPEN_START = r"(?:まで|以前)"
SPAN = re.compile(rf"({NAMELESS}){SPAN_MARK}({NAMELESS})(?:まで|の間)?")
TWO_NOTATIONS = re.compile(rf"({NAMELESS})\(({NAMELESS})\)")
DURATION = re.compile(r"\(([0-9]{1,2})(?:か|カ|ヶ|ヵ|箇|ケ)?年(?:間|度間|計画)?\)$")
WORDS_AROUND = (
    *("実績", "目標", "見込", "見込み", "予定", "計画", "当初", "予算", "決算", "執行", "評価"),
    *("現在", "時点", "年度末", "末", "初め", "中", "分", "値", "額", "の", "までに", "開始"),
    *("終了", "策定", "暦年", "度", "("),
)
MARKS_AROUND = "|".join(re.escape(word) for word in (*WORDS_AROUND, ")", ":"))
YEARS_EXPECTED = "平成30年度, H30, R元, 2018, H31.3, 平成28年度～平成32年度 or R3～7"


def read_fiscal_years(text: str, era: str | None = None) -> tuple[int | None, int | None]:
    """Read a printed year or span of years as the first and the last fiscal year (年度).

    Parameters
    ----------
    text
        One cell. An era by name, first kanji, letter or square sign (平成, 平, H, h, Ｈ, ㍻) or a
        western year; then 年度, 年, a month or a day, or nothing. A span by ～, a dash or から.
        Words such as 末, 当初, 実績, 目標値 may stand around one year.
    era
        The era of years printed without one (32年度), by name or letter, if the document says it.

    Returns
    -------
    The western years in which the first and the last fiscal year begin; of a single year twice
    the same. A span with one open end (平成28年度～, R6まで) has None there.

    A month or day belongs to the fiscal year that holds it: March 2019 is 2018. A year without
    度 or month (平成27年, 2014年, 2014) is read as the fiscal year of that number.

    Raises
    ------
    DataError
        For anything else: no year, a list of years, a year without an era where `era` is not
        given, a year 0, month 13, a last year before the first, a year that does not agree with
        the one in brackets behind it, and what may be either a month or a span (H27-10).

    Examples
    --------
    >>> read_fiscal_years("平成28年度～平成32年度"), read_fiscal_years("R3～7")
    ((2016, 2020), (2021, 2025))
    >>> read_fiscal_years("Ｈ28.3"), read_fiscal_years("平成31年４月"), read_fiscal_years("2014年")
    ((2015, 2015), (2019, 2019), (2014, 2014))
    >>> read_fiscal_years("32年度", era="平成")
    (2020, 2020)
    """
    if not isinstance(text, str):
        raise DataError(f"{text!r} is not text. read_fiscal_years expects {YEARS_EXPECTED}.")
    named = None if era is None else _find_era(era)
    try:
        return _read(text, named)
    except DataError as error:
        raise DataError(f"{text!r} is not read as a fiscal year: {error}.") from None


def read_day(text: str) -> date:
    """Read a day, by the western year or by an era.

    Raises
    ------
    DataError
        When it is no day, or one that no calendar has.

    Examples
    --------
    >>> read_day("令和元年7月19日").isoformat(), read_day("2019/7/19").isoformat()
    ('2019-07-19', '2019-07-19')
    """
    found = DAY.fullmatch(_despace(tidy(text)))
    try:
        if not found:
            raise ValueError("it is not written as one")
        return date(_year_of(found), int(found["month"]), int(found["day"]))
    except ValueError as error:
        raise DataError(f"{text!r} is no day ({error}). Expected {DAYS_EXPECTED}.") from None


def _year_of(found: re.Match[str]) -> int:
    if found["western"]:
        return int(found["western"])
    name = found["era"]
    era = ERAS[name if name in ERAS else ERA_OF_KANJI.get(name) or ERA_OF_LETTER[name.upper()]]
    return era.before + (1 if found["of_era"] == "元" else int(found["of_era"]))


def read_year_spans(column: pd.Series, era: str | None = None) -> pd.DataFrame:
    """Read a column of printed years by `read_fiscal_years`, without ever failing on a cell.

    Parameters
    ----------
    column
        Cells as text; numbers such as 2018 are read as if printed.
    era
        The era of years printed without one, if the document says it.

    Returns
    -------
    One row per cell with the index of the column: `first` and `last` (fiscal years, missing at
    an open end, in an empty cell, and where the cell cannot be read) and `problem` (why a cell
    that is not empty cannot be read; else empty).

    Examples
    --------
    >>> read_year_spans(pd.Series(["R3～7", "", "32年度"]))[["first", "last"]].values.tolist()
    [[2021, 2025], [<NA>, <NA>], [<NA>, <NA>]]
    """
    named = None if era is None else _find_era(era)
    texts = column.astype("str").where(column.notna(), "").str.strip()
    if pd.api.types.is_float_dtype(column):  # 2018.1 held as a number may be January or October
        texts = texts.str.removesuffix(".0").where(column.isna() | (column % 1 == 0), "a fraction")
    codes, distinct = pd.factorize(texts)
    rows = [_read_or_explain(text, named) for text in distinct]
    read = pd.DataFrame(rows, columns=["first", "last", "problem"]).take(codes)
    kinds = {"first": "Int64", "last": "Int64", "problem": "str"}
    return read.astype(kinds).set_axis(column.index)


def _read_or_explain(text: str, era: str | None) -> tuple[int | None, int | None, str]:
    try:
        return (*(_read(text, era) if text else (None, None)), "")
    except DataError as error:
        return None, None, str(error)


def _find_era(era: str) -> str:
    name = tidy(era).translate(SQUARE_SIGNS)
    found = ERA_OF_LETTER.get(name.upper(), ERA_OF_KANJI.get(name, name))
    if found not in ERAS:
        raise DataError(f"era {era!r} is none of {', '.join(ERAS)}, nor their letters M T S H R.")
    return found


def _read(text: str, era: str | None) -> tuple[int | None, int | None]:
    plain, years = _take_duration(_one_notation(_despace(text), era))
    first: int | None
    last: int | None
    span = SPAN.fullmatch(plain)
    if span and not _is_month(plain):
        first, last = _read_ends(span[1], span[2], era)
    else:
        first, last = _read_single(plain, era)
    if first and last and first > last:
        raise DataError(f"it ends in {last}, before it begins in {first}; correct one of them")
    if years and (not first or not last or last - first + 1 != years):
        raise DataError(f"it is not a span of the {years} years it names; correct one of them")
    return first, last


def _despace(text: str) -> str:
    plain = tidy(text.translate(SQUARE_SIGNS)).translate(str.maketrans("（）〔〕[]", "()()()"))
    if re.search("[0-9] [0-9]", plain):
        raise DataError("a blank splits its digits; write each year without one")
    kanji = re.compile(rf"(?<={'|'.join(ERAS)})[一二三四五六七八九十]+")
    return kanji.sub(
        lambda found: str(read_kanji_number(found[0]) or found[0]), plain.replace(" ", "")
    )


def _one_notation(text: str, era: str | None) -> str:
    """Keep one of two notations of a year, 平成30年度（2018年度）, if they agree."""

    def keep(found: re.Match[str]) -> str:
        if _read_point(found[1], era) != _read_point(found[2], era):
            raise DataError("the year and the one in brackets differ; correct one of them")
        return found[1]

    return TWO_NOTATIONS.sub(keep, text)


def _take_duration(text: str) -> tuple[str, int | None]:
    """Take off how many years a span has: 平成28年度～平成32年度（5か年）."""
    found = DURATION.search(text)
    return (text[: found.start()], int(found[1])) if found and found.start() else (text, None)


def _is_month(text: str) -> bool:
    """Whether a year, a hyphen and a number are to be read as a month: 2018-04, not H27-31."""
    found = POINT.fullmatch(text)
    if not found or found["day"]:
        return found is not None
    if not found["western"] and int(found["number"]) not in MONTHS:
        return False
    if not found["western"] or int(found["western"]) % 100 < int(found["number"]) <= 12:
        raise DataError("it may be a month or a span of years; write ～ or 年 and 月")
    return True


def _read_ends(first: str, last: str, era: str | None) -> tuple[int, int]:
    found = _match(first)
    named = _era_of(found) or era
    if found["western"] and _match(last)["bare"]:
        raise DataError("its last year has two digits; write all four")
    if found["bare"] and not named:  # 28～平成30年度: the era stands once, at the end
        named = _era_of(_match(last))
    return _read_point(first, named), _read_point(last, named)


def _read_single(text: str, era: str | None) -> tuple[int | None, int | None]:
    if found := re.fullmatch(rf"({NAMELESS}){OPEN_END}", text):
        return _read_point(found[1], era), None
    if found := re.fullmatch(rf"(?:[〜~]({NAMELESS})|({NAMELESS}){OPEN_START})", text):
        return None, _read_point(found[1] or found[2], era)
    found = re.fullmatch(rf"(?:{MARKS_AROUND})*({NAMELESS})(?:{MARKS_AROUND})*", text)
    if not found:
        raise DataError(f"expected one year or one span such as {YEARS_EXPECTED}")
    year = _read_point(found[1], era)
    return year, year


def _match(text: str) -> re.Match[str]:
    found = POINT.fullmatch(text)
    if not found:
        raise DataError(f"expected one year or one span such as {YEARS_EXPECTED}")
    return found


def _era_of(found: re.Match[str]) -> str | None:
    return _find_era(found["era"]) if found["era"] else None


def _read_point(text: str, era: str | None) -> int:
    found = _match(text)
    name = _era_of(found) or era
    year = int(found["western"]) if found["western"] else _western(found, name)
    month = found["month"] or found["number"]
    if year not in WESTERN_YEARS:
        raise DataError(f"{year} is not a year of a program; check it")
    if not month:
        return year
    _check_date(month, found["day"])
    named = ERAS[name] if name and not found["western"] else None
    if named and year - named.before == 1 and int(month) < named.first_month:
        raise DataError(f"{name} had not begun in that month; check the year")
    return year - (int(month) < 4)


def _western(found: re.Match[str], era: str | None) -> int:
    digits = found["of_era"] or found["bare"]
    if not era:
        raise DataError("it names no era; write 平成 or 令和 before it, or give era=")
    year = 1 if digits == "元" else int(digits)
    if not 1 <= year <= ERAS[era].last_year:
        raise DataError(f"{era} has no year {year}; check it")
    return ERAS[era].before + year


def _check_date(month: str, day: str | None) -> None:
    if int(month) not in MONTHS or not 0 < int(day or 1) <= 31:
        raise DataError("its month or day does not exist; check it")
