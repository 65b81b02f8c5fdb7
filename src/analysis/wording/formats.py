"""Figures as a reader prints and reads them."""

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import pandas as pd

from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.measures.readings import BEYOND
from analysis.wording.labels import LANGUAGE, NO_FIGURE, fill, labels, say

SIGNS = labels("signs")
LISTS = labels("lists")


def _read_units(section: str) -> dict[str, int]:
    """The words for large numbers, the largest first, with what each of them counts."""
    return {word: 10 ** int(zeros) for word, zeros in labels(section).items()} | {"": 1}


LARGE_UNITS = _read_units("large_units")
SHORT_UNITS = _read_units("short_units")


def _read_eras(language: str) -> list[tuple[int, str, str]]:
    """The eras of a language, the last first: the western first year, the name, the letter."""
    found = [(int(first), word.split()) for first, word in labels("eras", language).items()]
    return [(first, name.strip("-"), letter) for first, (name, letter) in found]


ERAS = _read_eras(LANGUAGE_OF_DOCUMENTS)  # as they are printed, and searched for
SPOKEN_ERAS = _read_eras(LANGUAGE)


def format_number(value: float, decimals: int | None = None) -> str:
    """Write a number as Japanese tables print it: 1,110 and ▲3,703; "—" where there is none.

    Rounded half up where `decimals` is given, else with the decimals it has.
    """
    if pd.isna(value):
        return NO_FIGURE
    return _write(_round(value, decimals) if decimals is not None else _read(value).normalize())


def _read(value: float) -> Decimal:
    return Decimal(str(round(float(value), 10)))


def _round(value: float, decimals: int) -> Decimal:
    return _read(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _write(number: Decimal) -> str:
    text = f"{abs(number):,f}"
    return f"{SIGNS['minus']}{text}" if number < 0 else text


def format_percent(ratio: float) -> str:
    """Write a ratio as a percentage with one decimal, rounded half up: 74.0％, ▲73.3％."""
    return NO_FIGURE if pd.isna(ratio) else _say_percent(format_number(ratio * 100, 1))


def _say_percent(number: str) -> str:
    return SIGNS["percent"].format(number=number)


NEARLY_ON_TARGET = 1e-9  # nearer than this a ratio is 1 but for the arithmetic


MOST_DECIMALS = 6


def format_rate(ratio: float, decimals: int = 1) -> str:
    """Write a ratio as a percentage, with a doubt mark beyond 1,000 ％: 74.0％, 2,998.0％？.

    What is not quite 100 ％ has the decimals that show it: 100.0％ is on target.

    Examples
    --------
    >>> format_rate(0.74), format_rate(29.98), format_rate(10.0), format_rate(-10.5)
    ('74.0％', '2,998.0％？', '1,000.0％', '▲1,050.0％？')
    >>> format_rate(0.9996), format_rate(1.0), format_rate(0.99994), format_rate(0.9994)
    ('99.96％', '100.0％', '99.99％', '99.9％')
    """
    if pd.isna(ratio):
        return NO_FIGURE
    if abs(ratio - 1) > NEARLY_ON_TARGET:
        while decimals < MOST_DECIMALS and (
            format_number(ratio * 100, decimals) == format_number(100, decimals)
        ):
            decimals += 1
    doubt = SIGNS["doubt"] if abs(ratio) > BEYOND else ""
    return _say_percent(format_number(ratio * 100, decimals)) + doubt


def format_yen(value: float) -> str:
    """Write an amount in yen, rounded half up to whole yen: 3,780,000円."""
    return NO_FIGURE if pd.isna(value) else _say_yen(format_number(value, 0))


def _say_yen(amount: str) -> str:
    return SIGNS["yen"].format(amount=amount)


def format_digits(value: float) -> str:
    """Write a computed figure with four digits that count, rounded half up: 112.3, 3.75.

    Examples
    --------
    >>> format_digits(112.25), format_digits(-0.012345), format_digits(3.75)
    ('112.3', '▲0.01235', '3.75')
    """
    if pd.isna(value):
        return NO_FIGURE
    digits = 3 - math.floor(math.log10(abs(value))) if value else 0
    return _write(_round(value, max(1, digits)).normalize())


def format_large_yen(yen: float) -> str:
    """Write an amount of at least 0 in 億 and 万: 2,554億4,700万円, 3億円, 1万5,000円."""
    return NO_FIGURE if pd.isna(yen) else _say_yen(format_large_number(yen))


def format_large_number(number: float) -> str:
    """Write a number of at least 0 in 億 and 万: 1万, 1,000万, 500."""
    rest, said = int(Decimal(str(number)).quantize(Decimal(1), ROUND_HALF_UP)), ""
    for unit, size in LARGE_UNITS.items():
        count, rest = divmod(rest, size)
        said += f"{count:,}{unit}" if count else ""
    return said or "0"


def format_short_yen(yen: float) -> str:
    """Write an amount with three digits that count, in 兆, 億 or 万: 1.23億円, 88万円, 950円.

    Examples
    --------
    >>> format_short_yen(123_456_789), format_short_yen(1_999), format_short_yen(0)
    ('1.23億円', '2,000円', '0円')
    """
    if pd.isna(yen):
        return NO_FIGURE
    digits = 2 - math.floor(math.log10(abs(yen))) if yen else 0
    rounded = _round(yen, digits)
    unit = next((unit for unit, size in SHORT_UNITS.items() if abs(rounded) >= size), "")
    return _say_yen(f"{_write((rounded / SHORT_UNITS[unit]).normalize())}{unit}")


def say_span(first: float, last: float) -> str:
    """Say the years of one amount: 令和元～3年度, 平成30～令和2年度.

    Examples
    --------
    >>> say_span(2019, 2021), say_span(2018, 2020)
    ('令和元～3年度', '平成30～令和2年度')
    """
    era, _, number = _find_era(first)
    last_era, _, last_number = _find_era(last)
    last_era = last_era if last_era != era else ""
    return say("years.span", first=f"{era}{number}", last=f"{last_era}{last_number}")


def format_value(value: float, unit: str | float | None) -> str:
    """Write a value with its unit: 1,110千円, 580 g/人; "—" where there is none."""
    if pd.isna(value):
        return NO_FIGURE
    unit = "" if pd.isna(unit) else str(unit)
    is_apart = unit[:1].isalpha() and (unit[:1].isascii() or bool(SIGNS["before_unit"]))
    return f"{format_number(value)}{' ' * is_apart}{unit}"


def format_range(low: float, high: float) -> str:
    """Write a range of yen, or one amount where both ends are the same."""
    if pd.isna(low) or pd.isna(high):
        return NO_FIGURE
    if format_yen(low) == format_yen(high):
        return format_yen(high)
    return _say_yen(f"{format_number(low, 0)}{SIGNS['to']}{format_number(high, 0)}")


def format_percent_range(low: float, high: float) -> str:
    """Write a range of ratios as percentages, or one where both ends are the same."""
    if pd.isna(low) or low == high:
        return format_percent(low)
    return f"{format_percent(low)}{SIGNS['to']}{format_percent(high)}"


@lru_cache(maxsize=4096)
def format_fiscal_year(year: float) -> str:
    """Write a fiscal year with its era: 平成30年度 for 2018, 令和元年度 for 2019."""
    if pd.isna(year):
        return NO_FIGURE
    era, _, number = _find_era(year)
    return say("years.fiscal", era=era, number=number)


def _find_era(year: float) -> tuple[str, str, str]:
    """The era of a fiscal year, its letter, and the number of the year in it."""
    first, era, letter = next(era for era in SPOKEN_ERAS if year >= era[0])
    number = int(year) - first + 1
    return era, letter, SIGNS["first_year"] if number == 1 else str(number)


@lru_cache(maxsize=4096)
def short_fiscal_year(year: float) -> str:
    """Write a fiscal year as tables abbreviate it: H30, R元."""
    if pd.isna(year):
        return NO_FIGURE
    _, letter, number = _find_era(year)
    return f"{letter}{number}"


def say_period(first: float, last: float) -> str:
    """Say from when to when in full: 平成17年度から, 平成28年度～令和2年度."""
    one, other = format_fiscal_year(first), format_fiscal_year(last)
    if pd.isna(first) or pd.isna(last):
        return say("years.until", year=other) if pd.isna(first) else say("years.since", year=one)
    return f"{one}{SIGNS['to']}{other}"


def say_years(first: float, last: float) -> str:
    """Say from when to when, with only the years that are printed.

    Examples
    --------
    >>> say_years(2016, 2020), say_years(float("nan"), 2024), say_years(2026, float("nan"))
    ('H28～R2', 'R6まで', 'R8から')
    """
    one, other = short_fiscal_year(first), short_fiscal_year(last)
    if pd.isna(first):
        return say("years.not_stated") if pd.isna(last) else say("years.until", year=other)
    if pd.isna(last):
        return say("years.since", year=one)
    return say("years.only", year=one) if first == last else f"{one}{SIGNS['to']}{other}"


MOST_NAMED = 12


def list_some(items: list[str], joint: str = LISTS["comma"], unit: str = LISTS["items"]) -> str:
    """Join texts; beyond twelve of them only say how many more there are.

    Examples
    --------
    >>> list_some(["1つ", "2つ"]), list_some(["件"] * 14)[-4:]
    ('1つ、2つ', 'ほか2件')
    """
    more = len(items) - MOST_NAMED
    said = joint.join(items[:MOST_NAMED])
    if more <= 0:
        return said
    return say("lists.more", listed=said, left=more, unit=fill(unit, count=more))


def say_day(day: str) -> str:
    """Say of what day an actual is, as it is written in `as_of`.

    Examples
    --------
    >>> say_day("2025-09-30"), say_day("2025")
    ('9月30日現在', '年度の途中')
    """
    _, *month_and_date = str(day).split("-")
    if not month_and_date:
        return say("years.within")
    month, date = map(int, month_and_date)
    return say("years.day", month=labels("months")[str(month)], date=date)
