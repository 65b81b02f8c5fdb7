"""One cell under a known header -> facts: the figure, its status, bound and year.

Figures are read by `read_value` of the tables' own room; a cell it refuses is a problem.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from analysis.dataset.printed import read_value
from analysis.dataset.single import Value
from analysis.dataset.values import YEN_PER_UNIT, tidy
from analysis.errors import DataError
from analysis.intake.labels import take_years
from analysis.intake.vocabulary import DASHES, REPEATED, compact

BARE = re.compile(r"-?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})*|0|[1-9][0-9]*)(?:\.[0-9]+)?")
BRACKETED_FIGURE = re.compile(r"^[^()]+\([^()]*[0-9][^()]*\)$")
PER_CENT = 100
LEAST_OF_A_YEN = Decimal("0.001")  # less is what computing with binary fractions leaves


@dataclass(frozen=True)
class Figure:
    """A cell as read: number as text, unit, status, bound, upper end, year, or why it is none."""

    number: str = ""
    unit: str = ""
    status: str = ""
    bound: str = ""
    upper: str = ""
    year: int | None = None
    yen: int | None = None
    problem: str = ""
    note: str = ""


def read_figure(
    text: str, legend: dict[str, str], era: str | None, *, first: bool = False
) -> Figure:
    """Read a printed figure with the marks a legend explains.

    `first` is whether a second figure in brackets is known to be another one: 4 (21).
    """
    plain = tidy(text)
    status = ""
    for mark, meaning in legend.items():
        stripped = re.sub(rf"^{re.escape(mark)}\s*|\s*{re.escape(mark)}$", "", plain)
        if stripped != plain and not stripped[:1].isalpha():
            plain, status = stripped, meaning
            break
    try:
        value = _read_value(plain)
    except DataError as error:
        return Figure(problem=f"unreadable: {str(error).partition(': ')[2] or error}")
    if value.parts and not (first and BRACKETED_FIGURE.search(plain)):
        return Figure(problem="two_figures")
    return _as_figure(value, status, era)


_read_value = lru_cache(maxsize=1 << 16)(read_value)


def _as_figure(value: Value, status: str, era: str | None) -> Figure:
    year = None
    if value.note:
        _, years = take_years(compact(value.note), era)
        year = years[0] if years and years[0] == years[1] else None
    said = value.status if value.status != "final" else ""
    return Figure(
        number=show(value.number),
        unit=value.unit,
        status=said if value.number is None else said or status,
        bound="" if value.bound in ("exact", "") else value.bound,
        upper=show(value.upper),
        year=year,
        yen=value.yen,
        note="" if year else value.note,
    )


def show(number: float | None) -> str:
    """Write a number as the tables do: without a point where it is whole."""
    if number is None:
        return ""
    return str(int(number)) if number == int(number) else repr(float(f"{number:.15g}"))


def is_bare(text: str) -> bool:
    """Whether a printed cell is a plain number."""
    return bool(BARE.fullmatch(tidy(text)))


def is_dash(text: str) -> bool:
    """Whether a cell holds a dash where a figure or name would stand."""
    plain = compact(text)
    return bool(plain) and {*plain} <= DASHES


def is_repeated(text: str) -> bool:
    """Whether a cell says that the one above holds here, too: 〃."""
    return compact(text) in REPEATED


def as_yen(figure: Figure, unit: str) -> tuple[int | None, str]:
    """The whole yen of an amount whose header or title gives the unit, or why there is none."""
    if figure.yen is not None:
        return figure.yen, ""
    size = YEN_PER_UNIT.get(unit or figure.unit)
    if size is None:
        return None, "not_money" if unit or figure.unit else "no_unit"
    yen = Decimal(figure.number) * size
    whole = yen.to_integral_value(ROUND_HALF_EVEN)
    if abs(yen - whole) > LEAST_OF_A_YEN:
        return None, "not_whole_yen"
    return int(whole), ""


def as_ratio(number: str) -> str:
    """A rate printed in percent as a ratio."""
    return show(round(float(number) / PER_CENT, 12))


def plain_digits(text: str) -> str:
    """The digits of a printed rate, without its sign of percent: 109.5％."""
    found = re.search(r"[-▲△]?[0-9][0-9,]*(?:\.[0-9]+)?", tidy(text))
    return found[0].replace(",", "").replace("▲", "-").replace("△", "-") if found else ""
