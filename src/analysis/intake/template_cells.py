"""One typed cell -> the columns of its row, or why it cannot be one.

Figures are typed as they are printed, and read as printed ones are.
"""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from analysis.dataset.kinds import KINDS
from analysis.dataset.printed_words import STATUS_OF_WORD
from analysis.dataset.tables import TABLES, WITHOUT_VALUE, Column
from analysis.dataset.units import PARTS_OF_ONE, RATIO_UNIT, is_same_unit
from analysis.dataset.values import YEN_PER_UNIT, tidy
from analysis.dataset.years import read_day
from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.errors import DataError
from analysis.intake.columns import HAS_FIGURE
from analysis.intake.facts import DOUBT, PROBLEM, READ
from analysis.intake.labels import take_years
from analysis.intake.values import (
    Figure,
    as_ratio,
    as_yen,
    is_bare,
    is_dash,
    plain_digits,
    read_figure,
    show,
)
from analysis.intake.vocabulary import compact, find_direction
from analysis.wording.labels import labels
from analysis.wording.typed import STATUS, name_words

MIDNIGHT = re.compile(" 0{1,2}:00(?::00)?$")  # which a spreadsheet shows beside a day
BARE_NUMBER = re.compile(r"[0-9]{1,3}|[0-9]+\.[0-9]+")
FULL_WIDTH = re.compile("[０-９]")
JOINT = labels("signs", LANGUAGE_OF_DOCUMENTS)["joint"]
BRACKETS = "「」"
STATUSES = labels("statuses", LANGUAGE_OF_DOCUMENTS)
ABSENT = {compact(word): code for code, word in STATUSES.items() if code in WITHOUT_VALUE}
RATIO, YEN = "ratio", "yen"
YEN_ALONE = next(unit for unit, size in YEN_PER_UNIT.items() if size == 1)
FIGURES = ("number", "yen", "count")


@dataclass(frozen=True)
class Typed:
    """What a cell became: columns of its row, and whether it is a doubt or a problem, and why."""

    cells: dict[str, str] = field(default_factory=dict)
    outcome: str = READ
    note: str = ""

    @property
    def is_problem(self) -> bool:
        """Whether it could not be read."""
        return self.outcome == PROBLEM


def read_typed(table: str, column: str, text: str, unit: str = "") -> Typed:
    """Read a typed cell that is not empty.

    Parameters
    ----------
    table, column
        What it is of.
    text
        What was typed.
    unit
        The unit of the row; of money that of the sheet.
    """
    defined = TABLES[table].columns[column]
    if defined.words:
        return _read_word(table, column, text)
    if defined.kind == "year":
        return _read_year(column, text)
    if defined.kind in ("date", "as_of"):
        return _read_day(column, text, defined)
    if defined.kind in FIGURES:
        return _read_figure(table, column, text, unit)
    plain = _on_a_line(text) if defined.kind == "text" else text.strip()
    if not re.fullmatch(KINDS[defined.kind].pattern, plain):
        return Typed(outcome=PROBLEM, note=f"not_written_so: {plain}")
    return Typed({column: plain})


def _read_word(table: str, column: str, text: str) -> Typed:
    """A word of a list, in the language of the workbook or as the tables write it."""
    words = name_words(table, column, LANGUAGE_OF_DOCUMENTS)
    known = {compact(word): code for code, word in words.items()} | {code: code for code in words}
    found = known.get(compact(text))
    if found is None and column.endswith(STATUS):
        found = STATUS_OF_WORD.get(compact(text))  # as papers print it
    if found is None:
        return Typed(outcome=PROBLEM, note=f"no_such_word: {JOINT.join(words.values())}")
    return Typed({column: found})


def _read_year(column: str, text: str) -> Typed:
    plain = tidy(text)
    if re.fullmatch(KINDS["year"].pattern, plain):
        return _with_width(text, Typed({column: plain}))
    _, years = take_years(compact(text))
    if not years or years[0] != years[1] or BARE_NUMBER.fullmatch(plain):
        return Typed(outcome=PROBLEM, note="unreadable_year")
    if plain.startswith(str(years[0])):  # a western year with the word behind it
        return Typed({column: str(years[0])})
    return Typed({column: str(years[0])}, DOUBT, f"year_of_era: {years[0]}")


def _read_day(column: str, text: str, defined: Column) -> Typed:
    """A day, by the western year or an era: 2019-07-19, 2019/7/19, 令和元年7月19日."""
    plain = compact(text)
    if defined.kind == "as_of" and re.fullmatch("[0-9]{4}", plain):
        return Typed({column: plain})
    try:
        return Typed({column: read_day(MIDNIGHT.sub("", text.strip())).isoformat()})
    except DataError:
        return Typed(outcome=PROBLEM, note="unreadable_day")


def _read_figure(table: str, column: str, text: str, unit: str) -> Typed:
    defined = TABLES[table].columns[column]
    plain = compact(text)
    status = ABSENT.get(plain) or ABSENT.get(plain.strip(BRACKETS))
    if status and defined.status:
        return Typed({defined.status: status})
    figure = read_figure(text, {}, None)
    if figure.problem:
        return _read_words(column, text, figure, defined)
    if not figure.number:
        if not defined.status:
            return Typed(outcome=PROBLEM, note="no_figure")
        is_bare_word = is_dash(text) or compact(text) in STATUS_OF_WORD
        told = {} if is_bare_word or not defined.printed else {defined.printed: _on_a_line(text)}
        return Typed({defined.status: figure.status} | told)
    if defined.kind == YEN:
        return _with_width(text, _read_yen(column, text, figure, unit, defined))
    if defined.unit == RATIO:
        return _with_width(text, _read_rate(column, text, defined))
    if defined.kind == "count" and not re.fullmatch(KINDS["count"].pattern, figure.number):
        return Typed(outcome=PROBLEM, note="no_whole_number")
    number = _count_in(figure, compact(unit))
    if not number:
        return Typed(outcome=PROBLEM, note=f"other_unit_typed: {unit}")
    cells = {column: number}
    columns = TABLES[table].columns
    if figure.upper and f"{column}_upper" not in columns:
        return Typed(outcome=PROBLEM, note="range_of_result")
    aside = {
        defined.status: figure.status,
        defined.bound: figure.bound,
        f"{column}_upper": figure.upper,
        defined.printed: "" if is_bare(text) else _on_a_line(text),
    }
    cells |= {name: what for name, what in aside.items() if name in columns and what}
    if figure.bound and not defined.bound:
        return Typed(cells, DOUBT, f"bound_of_result: {number}")
    return _with_width(text, Typed(cells))


def _count_in(figure: Figure, unit: str) -> str:
    """The number in the unit of the row, where it is typed in another: 1,800,000円 is 1800 千円."""
    own = compact(figure.unit)
    if not own or not unit or is_same_unit(own, unit) or own + YEN_ALONE == unit:
        return figure.number
    exact = None
    if figure.yen is not None and unit in YEN_PER_UNIT:
        exact = Decimal(figure.yen) / YEN_PER_UNIT[unit]
    elif unit == RATIO_UNIT and own in PARTS_OF_ONE:
        exact = Decimal(figure.number) / PARTS_OF_ONE[own]
    return "" if exact is None else show(float(exact))


def _read_words(column: str, text: str, figure: Figure, defined: Column) -> Typed:
    """A target in words keeps its words; of any other figure they are a problem."""
    if "target" not in column or HAS_FIGURE.search(text):
        return Typed(outcome=PROBLEM, note=figure.problem)
    cells = {defined.printed: _on_a_line(text)}
    if direction := find_direction(text):
        kept = direction.startswith("keep")
        cells[defined.bound] = "no_worse_than_baseline" if kept else "better_than_baseline"
    return Typed(cells)


def _read_yen(column: str, text: str, figure: Figure, unit: str, defined: Column) -> Typed:
    """An amount in the unit of its sheet, or in one typed beside it, in whole yen."""
    own = figure.unit + ("" if figure.yen is not None else YEN_ALONE) if figure.unit else unit
    yen, problem = as_yen(figure, own if own in YEN_PER_UNIT else figure.unit)
    if yen is None or figure.upper:
        return Typed(outcome=PROBLEM, note=problem or "range_of_result")
    shown = _on_a_line(text)
    printed = shown if figure.unit or unit == YEN_ALONE else f"{shown}{unit}"
    cells = {column: str(yen), defined.status: figure.status}
    if printed != str(yen):
        cells[defined.printed] = printed
    told = {name: what for name, what in cells.items() if what}
    return Typed(told, DOUBT, f"bound_of_result: {yen}") if figure.bound else Typed(told)


def _read_rate(column: str, text: str, defined: Column) -> Typed:
    """A rate in percent, as a ratio."""
    digits = plain_digits(text)
    return Typed({column: as_ratio(digits), defined.printed: digits})


def _on_a_line(text: str) -> str:
    return " ".join(text.split())


def _with_width(text: str, typed: Typed) -> Typed:
    """A figure in full-width digits is read, and said to be."""
    if typed.is_problem or not FULL_WIDTH.search(text) or not is_bare(text):
        return typed
    return replace(typed, outcome=DOUBT, note=f"full_width: {tidy(text)}")
