"""What a row of KPIs is, asked before anything is divided: a share, of part of a year, not due.

`Columns` holds a table's columns as arrays, an absent one missing everywhere, so that the
readings of `achievement` are written as formulas.
"""

import re
import unicodedata
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.tables import AGGREGATIONS, BOUNDS, DIRECTIONS, WITHOUT_VALUE
from analysis.dataset.vocabulary import ONLY_MARKS, PER_SOMETHING, SHARE_NAMES, SHARE_UNITS
from analysis.errors import DataError
from analysis.measures.keys import find_cells, list_cells

SIGN_OF_DIRECTION = {"up": 1, "down": -1, "keep_above": 1, "keep_below": -1}
HIGHER_IS_BETTER = ("up", "keep_above")
LOWER_IS_BETTER = ("down", "keep_below")
KEEP = ("keep_above", "keep_below", "keep_within")
AGAINST_BASELINE = ("better_than_baseline", "no_worse_than_baseline")
ONE_SIDED = ("at_least", "above", "at_most", "below")
OF_ONE_YEAR = ("single_year", "increment")
PROVISIONAL = ("estimated", "preliminary")
TARGET = re.compile(r"\btarget\b")
NUMBERS = (
    *("baseline", "target", "actual", "final_target", "target_upper", "tolerance"),
    *("baseline_upper", "final_target_upper"),
    *("baseline_year", "fiscal_year", "actual_year", "final_year"),
)
CHOICES = {
    "direction": DIRECTIONS,
    "aggregation": AGGREGATIONS,
    "target_bound": BOUNDS,
    "final_target_bound": BOUNDS,
    "baseline_bound": BOUNDS,
}


def is_share(kpis: pd.DataFrame) -> Any:
    """Whether a KPI is a share, a rate or a mean, by its unit or name: it may fall within a year.

    Examples
    --------
    >>> is_share(pd.DataFrame({"unit": ["％", "日", "人/日", "人"],
    ...                        "kpi": ["満足度", "平均滞在日数", "利用者", "利用者"]})).tolist()
    [True, True, True, False]
    """
    rows = np.arange(len(kpis))
    cells = zip(*(list_cells(kpis, name, rows) for name in ("unit", "kpi")), strict=True)
    return np.array([_is_share(unit, name) for unit, name in cells], dtype=bool)


def _is_share(unit: Any, name: Any) -> bool:
    plain = "" if pd.isna(unit) else unicodedata.normalize("NFKC", str(unit)).strip()
    if re.fullmatch(SHARE_UNITS, plain) or re.search(PER_SOMETHING, plain):
        return True
    return pd.notna(name) and re.search(SHARE_NAMES, str(name)) is not None


def is_part_year(kpis: pd.DataFrame) -> Any:
    """Whether the actual is that of a day within the year (`as_of`), so that more may come.

    True where `as_of` lies before the last day of the fiscal year, 31 March (of a KPI of
    calendar years, 31 December), or is the year alone: within it, on a day that is not printed.
    """
    part, rows = np.zeros(len(kpis), dtype=bool), find_cells(kpis, "as_of")
    columns = (
        list_cells(kpis, name, rows) for name in ("as_of", "fiscal_year", "is_calendar_year")
    )
    part[rows] = [_is_within_year(*cells) for cells in zip(*columns, strict=True)]
    return part


def _is_within_year(day: Any, year: Any, of_calendar: Any) -> bool:
    """Whether a day lies before the last one of its fiscal year, or calendar year."""
    if pd.isna(year):
        return False
    by_calendar = pd.notna(of_calendar) and of_calendar == "yes"
    return str(day) < (f"{int(year)}-12-31" if by_calendar else f"{int(year) + 1}-03-31")


def is_not_due(kpis: pd.DataFrame) -> Any:
    """Whether nothing is due in the year: the only target is that of a later year (期限前).

    True where no target is printed for the year, in figures or words (or only one copied from
    the final target, see `has_copied_target`), and `final_year` lies after `fiscal_year`; and
    where the year's target is 0 before another final target of a later year, unless the KPI
    should fall or starts from a baseline other than 0 (net migration up to 0 is due).
    """
    return Columns(kpis).not_due


def has_copied_target(kpis: pd.DataFrame) -> Any:
    """Whether a KPI's target was concluded from the final one of a later year.

    True where `target` stands in `inferred`, equals `final_target`, and `final_year` lies after
    `fiscal_year`: no target is printed for the year itself. A target printed for it is due in
    it, whatever its size.
    """
    later = read_figures(kpis, "final_year") > read_figures(kpis, "fiscal_year")
    copied = later & (read_figures(kpis, "target") == read_figures(kpis, "final_target"))
    rows = np.flatnonzero(copied)
    copied[rows] = [
        isinstance(names, str) and TARGET.search(names) is not None
        for names in list_cells(kpis, "inferred", rows)
    ]
    return copied


def has_words(kpis: pd.DataFrame, name: str) -> Any:
    """Whether a target (or `final_target`) is printed in words alone: 充実, 増加.

    True where there is no number and no bound that could be compared, and the printed text is no
    mark of absence (`says_words`).
    """
    found, rows = np.zeros(len(kpis), dtype=bool), find_cells(kpis, f"{name}_printed")
    rows = rows[np.isnan(read_figures(kpis, name)[rows])]
    printed, status, bound = (
        list_cells(kpis, f"{name}_{what}", rows) for what in ("printed", "status", "bound")
    )
    found[rows] = [
        says_words(text, word) and by not in AGAINST_BASELINE
        for text, word, by in zip(printed, status, bound, strict=True)
    ]
    return found


def says_words(printed: Any, status: Any) -> bool:
    """Whether a printed cell without a number says something, not only that nothing is there.

    Examples
    --------
    >>> says_words("充実", None), says_words("－", None), says_words("調査中", "pending")
    (True, False, False)
    """
    if pd.isna(printed) or (pd.notna(status) and status in WITHOUT_VALUE):
        return False
    return ONLY_MARKS.fullmatch(str(printed)) is None


def is_in_words(kpis: pd.DataFrame, name: str) -> Any:
    """Whether a target has no number and is given in words, comparable (延伸) or not (充実)."""
    found, rows = has_words(kpis, name), find_cells(kpis, f"{name}_bound")
    words = list_cells(kpis, f"{name}_bound", rows)
    against = np.array([word in AGAINST_BASELINE for word in words], dtype=bool)
    found[rows[against]] = True
    return found & np.isnan(read_figures(kpis, name))


def read_figures(kpis: pd.DataFrame, name: str) -> Any:
    """Read a column as numbers; missing everywhere if there is no such column."""
    if name not in kpis:
        return np.full(len(kpis), np.nan)
    return kpis[name].to_numpy(dtype="float64", na_value=np.nan)


class Columns:
    """The columns of a table of KPIs as arrays, and what several readings ask of them.

    Raises
    ------
    DataError
        When cells are no numbers, or no words of their column, naming the first of each.
    """

    def __init__(self, kpis: pd.DataFrame) -> None:
        self._kpis, self.index = kpis, kpis.index
        self._codes = {name: _find_codes(kpis, name) for name in CHOICES}
        _check_cells(kpis, self._codes)
        figures = {name: read_figures(kpis, name) for name in NUMBERS}
        self.baseline, self.target = figures["baseline"], figures["target"]
        self.actual, self.final = figures["actual"], figures["final_target"]
        self.upper, self.final_upper = figures["target_upper"], figures["final_target_upper"]
        self.tolerance = figures["tolerance"]
        self.baseline_year, self.final_year = figures["baseline_year"], figures["final_year"]
        self.fiscal_year, earlier = figures["fiscal_year"], figures["actual_year"]
        self.year = np.where(np.isnan(earlier), self.fiscal_year, earlier)
        self.no_actual, self.no_target = np.isnan(self.actual), np.isnan(self.target)
        self.no_baseline, self.no_final = np.isnan(self.baseline), np.isnan(self.final)
        self.is_range, self.final_range = ~np.isnan(self.upper), ~np.isnan(self.final_upper)
        self.baseline_range = ~np.isnan(figures["baseline_upper"])
        self.bound, self.final_bound = (
            self._codes["target_bound"],
            self._codes["final_target_bound"],
        )

    def says(self, name: str, *words: str) -> Any:
        """Whether each cell of a column is one of some words."""
        return is_one_of(self._codes[name], CHOICES[name], *words)

    @cached_property
    def falls(self) -> Any:
        """Whether less is better."""
        return self.says("direction", *LOWER_IS_BETTER)

    @cached_property
    def rises(self) -> Any:
        """Whether more is better; a milestone is reached from below."""
        return self.says("direction", *HIGHER_IS_BETTER, "milestone")

    @cached_property
    def within(self) -> Any:
        """Whether the actual should lie in a band around the target."""
        return self.says("direction", "keep_within")

    @cached_property
    def no_direction(self) -> Any:
        """Whether it is not said what is better."""
        return ~self.says("direction", *(word for word in DIRECTIONS if word != "unknown"))

    @cached_property
    def sign(self) -> Any:
        """1 where more is better, -1 where less is, 0 where that is not said."""
        upwards = self.says("direction", *HIGHER_IS_BETTER)
        return np.select([upwards, self.falls], [1.0, -1.0], 0.0)

    @cached_property
    def grows(self) -> Any:
        """Whether more can only be added within a year: counts, but no shares and levels."""
        counted = self.says("aggregation", "single_year", "increment", "cumulative")
        return self.rises & counted & ~is_share(self._kpis)

    @cached_property
    def mixed(self) -> Any:
        """Whether a figure of several years may stand beside a baseline of one."""
        summed = self.says("aggregation", "increment", "cumulative")
        return summed & ~self.no_baseline & (self.baseline != 0)

    @cached_property
    def about(self) -> Any:
        """Whether the baseline or the target is approximate (約)."""
        return self.says("baseline_bound", "about") | self.says("target_bound", "about")

    @cached_property
    def planned(self) -> Any:
        """Whether the actual is only planned."""
        planned, rows = (
            np.zeros(len(self._kpis), dtype=bool),
            find_cells(self._kpis, "actual_status"),
        )
        words = list_cells(self._kpis, "actual_status", rows)
        planned[rows] = [word == "planned" for word in words]
        return planned

    @cached_property
    def part(self) -> Any:
        """Whether the actual is of part of the year."""
        return is_part_year(self._kpis)

    @cached_property
    def year_assumed(self) -> Any:
        """Whether the year of the baseline was assumed (`assume_baseline_year`)."""
        if "baseline_year_assumed" not in self._kpis:
            return np.zeros(len(self._kpis), dtype=bool)
        return self._kpis["baseline_year_assumed"].to_numpy(dtype=bool)

    @cached_property
    def in_words(self) -> Any:
        """Whether the target only says better than the baseline, or no worse."""
        return self.no_target & self.says("target_bound", *AGAINST_BASELINE)

    @cached_property
    def final_in_words(self) -> Any:
        """Whether the final target only says better than the baseline, or no worse."""
        return self.no_final & self.says("final_target_bound", *AGAINST_BASELINE)

    @cached_property
    def worded(self) -> Any:
        """Whether the target is in words that nothing can be compared with."""
        return has_words(self._kpis, "target")

    @cached_property
    def final_worded(self) -> Any:
        """Whether the final target is in words that nothing can be compared with."""
        return has_words(self._kpis, "final_target")

    @cached_property
    def is_due(self) -> Any:
        """Whether the final year has come; not where none is printed."""
        return self.fiscal_year >= self.final_year

    @cached_property
    def only_final(self) -> Any:
        """Whether the only target is the final one."""
        unprinted = self.no_target & ~self.in_words & ~(self.worded & ~self.is_due)
        has_final = ~self.no_final | self.final_in_words
        return has_copied_target(self._kpis) | (unprinted & has_final)

    @cached_property
    def not_due(self) -> Any:
        """Whether nothing is due in the year (`is_not_due`)."""
        later = self.final_year > self.fiscal_year
        begins = (self.target == 0) & ~self.no_final & (self.final != 0) & later
        begins &= ~self.falls & (self.no_baseline | (self.baseline == 0))
        return (self.only_final & later) | begins


def is_one_of(codes: Any, choices: tuple[str, ...], *words: str) -> Any:
    """Whether each code, a place in a list of choices, is that of one of some words."""
    return np.array([*(word in words for word in choices), False])[codes]  # -1 is the last


def _find_codes(kpis: pd.DataFrame, name: str) -> Any:
    """The place of each word in the list of its column; -1 where it is missing or no such word."""
    if name not in kpis:
        return np.full(len(kpis), -1)
    place = {word: number for number, word in enumerate(CHOICES[name])}
    column = kpis[name]
    if isinstance(column.dtype, pd.CategoricalDtype):  # which may have an order of its own
        of_category = [place.get(word, -1) for word in column.cat.categories]
        return np.array([*of_category, -1])[column.cat.codes]
    return np.array([place.get(word, -1) for word in column.tolist()], dtype=int)


def _check_cells(kpis: pd.DataFrame, codes: dict[str, Any]) -> None:
    """Refuse cells that are no numbers, or no words of their column, naming the first of each."""
    problems = []
    for name in [name for name in NUMBERS if name in kpis]:
        if not pd.api.types.is_numeric_dtype(kpis[name]):
            bad = kpis[name].notna() & pd.to_numeric(kpis[name], errors="coerce").isna()
            problems += [
                f"column {name}: {found!r} is not a number" for found in kpis[name][bad][:1]
            ]
    for name in [name for name in CHOICES if name in kpis]:
        strange = (codes[name] < 0) & ~pd.isna(kpis[name].array)
        for found in dict.fromkeys(kpis[name][strange]) if strange.any() else ():
            problems.append(f"column {name}: {found!r} is not one of {', '.join(CHOICES[name])}")
    if problems:
        raise DataError("kpis: " + "; ".join(problems))
