"""Figures against the printed texts they were typed from.

Whoever types 12100 from 12,100千円, or 600 from 6件, makes the commonest slip there is; the text
stands beside the figure to be compared. A text that cannot be read says nothing against it.
"""

import re
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.dataset.printed import read_values
from analysis.dataset.problems import Problem, list_problems, quote, show_number
from analysis.dataset.single import Value
from analysis.dataset.tables import TABLES, Column
from analysis.dataset.values import NUMBER, PER_CENT, read_kanji_number, tidy
from analysis.dataset.vocabulary import RATIO, YEN


class Pair(NamedTuple):
    """A figure, its printed text, and the columns that say more of it."""

    value: str
    printed: str
    status: str = ""
    bound: str = ""
    upper: str = ""
    unit: str = ""  # the column of the unit
    fixed_unit: str = ""  # or the unit of the whole column


FIXED_UNITS = {"yen": YEN, "ratio": RATIO}


def _pair(name: str, column: Column, columns: dict[str, Column]) -> Pair:
    upper = next((other for other, c in columns.items() if c.not_below == name), "")
    fixed = FIXED_UNITS.get(column.unit, "")
    unit = "" if fixed else column.unit
    return Pair(name, column.printed, column.status, column.bound, upper, unit, fixed)


PAIRS = {
    name: [_pair(c, column, table.columns) for c, column in table.columns.items() if column.printed]
    for name, table in TABLES.items()
}
TENTHS = 10
SIZE_OF_SCALE = {
    "兆": 10**12,
    "千億": 10**11,
    "百億": 10**10,
    "十億": 10**9,
    "億": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
}
SCALE = re.compile(rf"({'|'.join(SIZE_OF_SCALE)})")
HEADED = (1, 10**3, 10**4, 10**6, 10**8)  # what a whole table of amounts may be counted in
TARGETS = ("target", "final_target", "baseline")
SIGN_SHOWS_THE_WAY = "carried_out"  # often printed with ▲ and held without
SAME_BOUND = {"at_least": ("up", "keep_above"), "at_most": ("down", "keep_below")}
KANJI_NUMBER = re.compile("[一二三四五六七八九十百千]+")


def compare_printed(tables: dict[str, pd.DataFrame]) -> list[Problem]:
    """List figures, statuses and bounds that are not what the text beside them says."""
    problems = []
    for name, pairs in PAIRS.items():
        for pair in pairs:
            printed = [text.strip() != "" for text in tables[name][pair.printed].tolist()]
            if any(printed):
                problems += _compare(name, pair, _drop_concluded(tables[name][printed], pair.value))
    return problems


def _drop_concluded(rows: pd.DataFrame, figure: str) -> pd.DataFrame:
    """The rows whose figure was read, not concluded: one that was corrected differs from its text.

    `inferred` names it, and `reasons` says why.
    """
    inferred = rows["inferred"].fillna("").tolist()
    concluded = {names for names in set(inferred) if figure in names.split()}
    read = [names not in concluded for names in inferred]
    return rows[np.array(read, dtype=bool)]


def _compare(name: str, pair: Pair, rows: pd.DataFrame) -> list[Problem]:
    read = read_values(rows[pair.printed])
    readable = read["problem"].fillna("") == ""
    units = rows[pair.unit] if pair.unit else pd.Series(pair.fixed_unit, index=rows.index)
    equal = _is_equal(rows, pair, read, units)
    has_figure = read["number"].notna()
    value = rows[pair.value]
    differs = readable & has_figure & ~equal
    unsaid = differs & value.isna() & (pair.value in TARGETS) & _says_none(rows, pair)
    wrong = rows[differs & ~unsaid & _not_a_part(read, value, units, equal)]
    problems = list_problems(
        "printed_differs",
        name,
        pair.value,
        wrong.index,
        (
            f"{'an empty cell' if pd.isna(v) else show_number(v)} beside {pair.printed} {quote(p)}"
            for v, p in zip(wrong[pair.value], wrong[pair.printed], strict=True)
        ),
        (
            _say_printed(number, unit, of_value)
            for number, unit, of_value in zip(
                read.loc[wrong.index, "number"],
                read.loc[wrong.index, "unit"],
                units[wrong.index],
                strict=True,
            )
        ),
    )
    problems += _list_unread(name, pair, rows[~readable & value.notna()], units)
    if pair.status:
        problems += _compare_statuses(name, pair, rows[readable], read)
    if pair.bound:
        problems += _compare_bounds(name, pair, rows[readable & has_figure], read)
    return problems


def _says_none(rows: pd.DataFrame, pair: Pair) -> Any:
    """Whether a status or a bound in words says why a target has no number."""
    said = pd.Series(False, index=rows.index)
    for column in filter(None, (pair.status, pair.bound)):
        said |= rows[column] != ""
    return said


def _say_printed(number: float, unit: str, of_value: str) -> str:
    said = f"{show_number(number)}{unit}"
    if of_value == "割合" and unit in ("", "%"):
        return f"{show_number(number / PER_CENT)} for {show_number(number)}%"
    base = number * _scale(unit) / _scale(of_value)
    same = base == number
    return f"{said}, as printed" if same else f"{show_number(base)}, for {said} is printed"


def _is_equal(rows: pd.DataFrame, pair: Pair, read: pd.DataFrame, units: pd.Series) -> pd.Series:
    """Whether each figure is the number read, both in the unit without 千, 万 or 億."""
    number, printed_unit = read["number"], read["unit"].fillna("")
    value = rows[pair.value]
    if pair.fixed_unit == "割合":  # the text is in percent, with the sign or without
        return _near(number / PER_CENT, value)
    here, there = _scale_all(units), _scale_all(printed_unit)
    equal = _near(number * there, value * here)
    bare = (printed_unit == "") | (units == "")
    equal |= bare & _near(number, value)
    is_ratio = units == "割合"
    of_ratio = {"": 1, "%": PER_CENT, "割": TENTHS}
    for unit, parts in of_ratio.items() if is_ratio.any() else ():
        equal |= is_ratio & (printed_unit == unit) & _near(number / parts, value)
    in_yen = (printed_unit == "") & units.isin([u for u in units.unique() if u.startswith("円")])
    for size in HEADED if in_yen.any() else ():
        equal |= in_yen & _near(number * size, value)
    if pair.value == "amount_yen":
        equal |= (rows["kind"] == SIGN_SHOWS_THE_WAY) & _near((number * there).abs(), value.abs())
    if pair.upper and rows[pair.upper].notna().any():
        upper = rows[pair.upper]
        bases = _near(read["upper"] * there, upper * here) | _near(read["upper"], upper)
        equal &= upper.isna() | read["upper"].isna() | bases
    return equal


def _near(one: Any, other: Any) -> Any:
    return (one - other).abs() <= 1e-9 * other.abs().clip(lower=1e-3)


def _scale_all(units: pd.Series) -> pd.Series:
    scales = {unit: _scale(unit) for unit in units.unique()}
    return units.map(scales).astype("float64")


def _scale(unit: str) -> int:
    found = SCALE.match(unit)
    return SIZE_OF_SCALE[found[1]] if found else 1


def _not_a_part(
    read: pd.DataFrame, value: pd.Series, units: pd.Series, equal: pd.Series
) -> pd.Series:
    """Whether no other figure of a compound cell (3社 (7社)) is the figure held."""
    unlike = ~equal
    for row, parts in read["parts"][unlike].items():
        unlike[row] = not any(_is_part(part, value[row], units[row]) for part in parts or ())
    return unlike


def _is_part(part: Value, value: float, unit: str) -> bool:
    if part.number is None:
        return False
    same = np.isclose(part.number, value, rtol=1e-9, atol=0)
    based = np.isclose(part.number * _scale(part.unit), value * _scale(unit), rtol=1e-9, atol=0)
    return bool(based or (same and not part.unit))


def _list_unread(name: str, pair: Pair, rows: pd.DataFrame, units: pd.Series) -> list[Problem]:
    """List texts that hold numbers, none of which is the figure held."""
    unread = [
        row
        for row, text, value in rows[[pair.printed, pair.value]].itertuples(name=None)
        if not _holds(tidy(text), value, units[row])
    ]
    return list_problems(
        "printed_unread",
        name,
        pair.value,
        unread,
        (
            f"{show_number(rows.loc[n, pair.value])} beside {quote(rows.loc[n, pair.printed])}"
            for n in unread
        ),
        "a printed text in which this figure can be read; look whether it is right",
    )


def _holds(text: str, value: float, unit: str) -> bool:
    """Whether a text without one reading holds a number that is the figure, or no number at all."""
    numbers = [float(n.replace(",", "")) for n in re.findall(NUMBER, text)]
    numbers += [n for k in KANJI_NUMBER.findall(text) if (n := read_kanji_number(k)) is not None]
    numbers += [
        float(above) / float(below) for above, below in re.findall(r"([0-9]+)/([1-9][0-9]*)", text)
    ]
    sizes = {size / _scale(unit) for size in (1, *SIZE_OF_SCALE.values())} | {1.0, 1 / PER_CENT}
    return not numbers or any(
        np.isclose(number * size, abs(value), rtol=1e-5, atol=0)
        for number in numbers
        for size in sizes
    )


def _compare_statuses(
    name: str, pair: Pair, rows: pd.DataFrame, read: pd.DataFrame
) -> list[Problem]:
    """Compare statuses; a cell without any mark says nothing of the edition it stands in."""
    held = rows[pair.status]
    printed = read.loc[rows.index, "status"]
    silent = (held == "") & (rows[pair.value].isna() | printed.eq("planned"))
    wrong = rows[
        ~printed.isin(["final", "", "not_in_source"])
        & (printed != held)
        & ~(silent & (pair.value in TARGETS))
    ]
    return list_problems(
        "status_differs",
        name,
        pair.status,
        wrong.index,
        (
            f"{quote(s)} beside {pair.printed} {quote(p)}"
            for s, p in zip(wrong[pair.status], wrong[pair.printed], strict=True)
        ),
        (f"{status}, as printed" for status in printed[wrong.index]),
    )


def _compare_bounds(name: str, pair: Pair, rows: pd.DataFrame, read: pd.DataFrame) -> list[Problem]:
    """Compare bounds; 以上 of what should rise is what a plain target means."""
    held = rows[pair.bound].where(rows[pair.bound] != "", "exact")
    printed = read.loc[rows.index, "bound"]
    plain = pd.Series(False, index=rows.index)
    for bound, directions in SAME_BOUND.items():
        plain |= (printed == bound) & rows["direction"].isin(directions)
    ranged = (printed == "range") & rows[pair.upper].notna()
    sound = (held == "exact") & (plain | ranged)
    words = held.isin(["better_than_baseline", "no_worse_than_baseline"])
    wrong = rows[
        (printed != held) & (printed != "exact") & ~sound & ~words & rows[pair.value].notna()
    ]
    return list_problems(
        "bound_differs",
        name,
        pair.bound,
        wrong.index,
        (
            f"{quote(b)} beside {pair.printed} {quote(p)}"
            for b, p in zip(wrong[pair.bound], wrong[pair.printed], strict=True)
        ),
        (f"{bound}, as printed" for bound in printed[wrong.index]),
    )
