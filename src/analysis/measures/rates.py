"""Published rates against the published figures: which formula and which rounding give them.

What none explains is a figure to ask about, and never called wrong. The trap: a rate may
have been made from a figure before it was rounded; a count of whole things never was.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.dataset.vocabulary import MEASURED_UNITS
from analysis.measures.achievement import RATES
from analysis.measures.audit import JUDGED_FIGURES, join_kpis, name_programs
from analysis.measures.keys import KPI_YEAR, PROGRAM_YEAR, find_rows, take
from analysis.measures.needs import ALL_RATES, ONE_KPI_YEAR, check_table
from analysis.measures.notes import CODE_OF_NOTE, NOTE, words_of
from analysis.measures.percentages import plain_figures, read_percentages
from analysis.measures.readings import add_reversed_ratio
from analysis.measures.rounding import round_figures, whole_half_up

FORMULAS = (*RATES, "reversed_ratio", "mirrored_ratio")
FINAL_FIRST = sorted(range(len(FORMULAS)), key=lambda n: FORMULAS[n] != "final_rate")
NOT_PRINTED = ("no_baseline", "no_baseline_year", "no_final_target", "no_final_year")
AS_PRINTED = ("actual_printed", "target_printed", "final_target", "final_target_printed")
NEEDED_FOR_RATES = (
    *(*JUDGED_FIGURES, *AS_PRINTED, *RATES),
    *(*(f"{name}_note" for name in RATES), "reached_note"),
)
ROUNDINGS = ("half_up", "truncated_or_half_even", "truncated")
UNROUNDED = ("unrounded_actual", "unrounded_figures")
FINDING_BY_ROUNDING = {
    "half_up": "explained",
    **dict.fromkeys(ROUNDINGS[1:], "explained_truncated"),
    **dict.fromkeys(UNROUNDED, "explained_unrounded"),
}
DIVIDED = frozenset({"target", "actual"})
USED = {
    "final_rate": frozenset({"final_target", "actual"}),
    "progress_rate": DIVIDED | {"baseline"},
    **dict.fromkeys(("pace_rate", "cagr_rate"), frozenset({"final_target", "actual", "baseline"})),
}
RELATIVE = 1e-9  # of a figure, more than a computed percentage goes astray


def audit_rates(
    kpis: pd.DataFrame, ratings: pd.DataFrame, programs: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find the formula and the rounding that explain each published rate.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`; `inferred` names
        the columns that were concluded, where it is there.
    ratings
        One row per published judgement, with `published_rate` (a ratio) and
        `published_rate_printed` (the same in percent as printed: its decimals count).
    programs
        One row per program with its name, which is put beside each rate (`program`).

    Returns
    -------
    One row per published rate, in the order given, with the KPI's figures and

    explained_by
        the formula that gives the printed figure: one of the rates of `add_achievement`,
        else reversed_ratio (target / actual) or mirrored_ratio (2 - actual / target, see
        `add_reversed_ratio`); empty where none does.
    rounding
        the first of these by which any formula fits: half_up; truncated
        (truncated_or_half_even where the figure lies on a half and Python's rounding prints
        the same as cutting off; rounding to even explains no figure that neither of the
        others does); unrounded_actual, where the printed actual was itself rounded and a
        figure it may stand for gives the rate (21 ％ stands for 20.5 up to 21.5);
        unrounded_figures, where actual and target were.
    also
        the other formulas that fit by that rounding, with blanks between.
    computed
        the ratio that formula gives of the printed figures, not rounded; missing where none
        fits.
    finding
        explained, explained_truncated, explained_unrounded, anomaly (rates can be had, none
        gives the printed figure) or cannot_be_checked (none can be had).
    finding_note
        what to mind of the explaining formula, such as reads_reversed, or figures_inferred:
        the figures it divides were themselves concluded, often from the rate; why a rate cannot be
        checked (no_kpi, rate_of_program: of a whole program whose KPIs each have figures of
        their own, no_actual, ..., not_printed: its decimals are not known); for an anomaly
        what the documents do not print, so that not every formula could be tried.

    An anomaly is a figure to ask about, not an error: its formula may be another one.

    Raises
    ------
    DataError
        When a printed rate is another number than `published_rate`, or `kpis` has a KPI
        twice in one fiscal year.

    References
    ----------
    docs/methods.md, who prints which rate.
    """
    check_table(kpis, "kpis", f"{ONE_KPI_YEAR} kpi unit {ALL_RATES}")
    check_table(ratings, "ratings", f"{ONE_KPI_YEAR} published_rate published_rate_printed")
    published = name_programs(ratings[ratings["published_rate"].notna()], programs)
    rated = join_kpis(kpis, published, NEEDED_FOR_RATES)
    rates, notes = _list_formulas(rated)
    printed, decimals, differs = read_percentages(rated, "published_rate")
    rounding, fitting = _find_rounding(rated, rates, printed, decimals)
    late = rated["reached_note"] == "not_due"  # then the printed target is the final one
    found = [
        [n for n in (FINAL_FIRST if by_final else range(len(FORMULAS))) if fits[n]]
        for fits, by_final in zip(fitting, late, strict=True)
    ]
    by = np.array([fits[0] if fits else -1 for fits in found], dtype=np.intp)
    known = ~np.isnan(rates).all(axis=1) & ~np.isnan(decimals)
    finding = np.array([FINDING_BY_ROUNDING.get(word, "anomaly") for word in rounding], dtype="str")
    finding = np.where(known, finding, "cannot_be_checked")
    audited = rated[[*published.columns, *JUDGED_FIGURES]].assign(
        explained_by=_texts([FORMULAS[n] if n >= 0 else "" for n in by]),
        rounding=_texts(rounding),
        also=_texts([" ".join(FORMULAS[n] for n in fits[1:]) for fits in found]),
        computed=np.where(by < 0, np.nan, rates[np.arange(len(by)), by]),
        finding=_texts(finding),
    )
    of_program = rated["kpi_id"].isna() & (find_rows(rated, kpis, PROGRAM_YEAR) >= 0)
    note = _finding_note(rated, notes, by, finding, decimals, differs)
    note = np.where(_is_circular(rated, kpis, by), CODE_OF_NOTE["figures_inferred"], note)
    note = np.where(of_program, CODE_OF_NOTE["rate_of_program"], note)
    return audited.assign(finding_note=words_of(note))


def _texts(words: Any) -> Any:
    return pd.array(words, dtype="str")


def _list_formulas(rated: pd.DataFrame) -> tuple[Any, Any]:
    """The rates of all formulas, one column each in the order of FORMULAS, and their notes."""
    figures = rated[["direction", "target", "actual"]]
    turned = [add_reversed_ratio(figures, form) for form in ("ratio", "mirror")]
    rates = [rated[name] for name in RATES] + [table["reversed_ratio"] for table in turned]
    notes = [rated[f"{name}_note"] for name in RATES]
    notes += [table["reversed_ratio_note"] for table in turned]
    return (
        np.column_stack([_numbers(rate) for rate in rates]),
        np.column_stack([note.astype(NOTE).cat.codes for note in notes]),
    )


def _numbers(column: pd.Series) -> Any:
    return column.to_numpy(dtype="float64", na_value=np.nan)


def _find_rounding(rated: pd.DataFrame, rates: Any, printed: Any, decimals: Any) -> tuple[Any, Any]:
    """The first rounding by which any formula fits, and which formulas fit by it."""
    up, cut, even = (
        _prints(rates, printed, decimals, to_whole)
        for to_whole in (whole_half_up, np.floor, np.rint)
    )
    fits = [up, np.where((cut & even).any(axis=1)[:, np.newaxis], cut, False), cut]
    rounding = np.full(len(rates), "", dtype=object)
    fitting = np.zeros_like(up)
    for word, by_word in zip(ROUNDINGS, fits, strict=True):
        first = (rounding == "") & by_word.any(axis=1)
        rounding[first], fitting[first] = word, by_word[first]
    open_rows = np.flatnonzero((rounding == "") & ~np.isnan(decimals))
    if len(open_rows):
        rows = (rated.iloc[open_rows], rates[open_rows], printed[open_rows], decimals[open_rows])
        for word, by_word in zip(UNROUNDED, _fit_unrounded(*rows), strict=True):
            first = (rounding[open_rows] == "") & by_word.any(axis=1)
            rounding[open_rows[first]], fitting[open_rows[first]] = word, by_word[first]
    return rounding, fitting


def _prints(rates: Any, printed: Any, decimals: Any, to_whole: Any) -> Any:
    rounded = round_figures(rates * 100, decimals[:, np.newaxis], to_whole)
    near = RELATIVE * np.maximum(np.abs(printed), 1)
    return np.abs(rounded - printed[:, np.newaxis]) < near[:, np.newaxis]


class Span(NamedTuple):
    """All numbers from low to high, with or without each end."""

    low: Any
    high: Any
    has_low: Any
    has_high: Any


def find_span(figures: Any, decimals: Any) -> Span:
    """Return what may have been rounded half up to each figure; only itself without decimals.

    53.0 stands for 52.95 up to but not 53.05; below zero a half goes away from zero, so -53.0
    for more than -53.05 up to -52.95.

    Examples
    --------
    >>> span = find_span(np.array([53.0, -53.0, 0.0]), np.array([1.0, 0.0, np.nan]))
    >>> span.low.tolist(), span.high.tolist()
    ([52.95, -53.5, 0.0], [53.05, -52.5, 0.0])
    >>> span.has_low.tolist(), span.has_high.tolist()
    ([True, False, True], [False, True, True])
    """
    exact = np.isnan(decimals)
    half = np.where(exact, 0.0, 0.5 * 10.0 ** -np.nan_to_num(decimals))
    return Span(figures - half, figures + half, exact | (figures > 0), exact | (figures < 0))


def _fit_unrounded(rated: pd.DataFrame, rates: Any, printed: Any, decimals: Any) -> Iterator[Any]:
    """Which formulas give the rate of an actual before it was rounded; of actual and target."""
    wanted = find_span(printed, decimals)
    actual, target, final = (
        find_span(_numbers(rated[name]), _list_decimals(rated, name))
        for name in ("actual", "target", "final_target")
    )
    kept = Span(*(np.full(len(rated), cell) for cell in (np.nan, np.nan, True, True)))
    for loose in (False, True):
        aims = {
            name: span if loose else find_span(_numbers(rated[name]), np.full(len(rated), np.nan))
            for name, span in (("target", target), ("final_target", final))
        }
        made = _list_spans(_numbers(rated["baseline"]), actual, **aims)
        spans = [made.get(name, kept) for name in FORMULAS]
        meets = np.column_stack([_meet(span, wanted) for span in spans])
        yield meets & ~np.isnan(rates)


def _list_spans(baseline: Any, actual: Span, target: Span, final_target: Span) -> dict[str, Span]:
    """In percent what each formula can give of figures that lie within spans.

    Each formula rises or falls all the way in either figure, so that its ends lie in corners.
    A formula whose divisor may be 0 has none. pace_rate and cagr_rate are not tried.
    """
    divided = _divide(actual, target)
    from_baseline = [_shift(span, baseline) for span in (actual, target)]
    return {
        "achievement_rate": divided,
        "progress_rate": _divide(*from_baseline),
        "final_rate": _divide(actual, final_target),
        "reversed_ratio": _divide(target, actual),
        "mirrored_ratio": Span(
            200 - divided.high, 200 - divided.low, divided.has_high, divided.has_low
        ),
    }


def _shift(span: Span, by: Any) -> Span:
    return Span(span.low - by, span.high - by, span.has_low, span.has_high)


def _divide(one: Span, other: Span) -> Span:
    """One hundred times the quotients of two spans; missing where the second holds 0."""
    corners = [(x, y) for x in (0, 1) for y in (0, 1)]
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.array([100 * one[x] / other[y] for x, y in corners])
    values[:, ~(other.low * other.high > 0)] = np.nan
    there = np.array([one[x + 2] & other[y + 2] for x, y in corners])
    low, high = values.min(axis=0), values.max(axis=0)
    return Span(
        *(low, high),
        *((there & _is_near(values, end)).any(axis=0) for end in (low, high)),
    )


def _is_near(values: Any, others: Any) -> Any:
    return np.abs(values - others) <= RELATIVE * np.maximum(np.abs(others), 1)


def _meet(span: Span, wanted: Span) -> Any:
    """Whether two spans have a number in common; an end that only one of them has is none."""
    low, high = np.maximum(span.low, wanted.low), np.minimum(span.high, wanted.high)
    touch = _is_near(low, high)
    for one in (span, wanted):
        touch &= one.has_low | ~_is_near(low, one.low)
        touch &= one.has_high | ~_is_near(low, one.high)
    return np.where(_is_near(low, high), touch, low < high)


def _list_decimals(rated: pd.DataFrame, name: str) -> Any:
    """The decimals of figures that can have been rounded; missing for counts of whole things."""
    figures, units = rated[name].tolist(), rated["unit"].tolist()
    texts = rated[f"{name}_printed"].tolist() if f"{name}_printed" in rated else figures
    cells = zip(figures, units, texts, strict=True)
    return np.array([_count_decimals(*cell) for cell in cells], dtype="float64")


def _count_decimals(figure: float, unit: Any, printed: Any) -> float:
    """How many decimals a figure is printed with, else has; missing for a whole count.

    Examples
    --------
    >>> cells = [(21.0, "％", "21.0"), (21.5, "％", None), (21.0, "人", None), (8.0, None, None)]
    >>> [_count_decimals(*cell) for cell in cells]
    [1, 1, nan, nan]
    """
    if pd.isna(figure) or pd.isna(unit):
        return np.nan
    text = np.format_float_positional(figure, trim="-")
    found = re.findall(r"-?[0-9]+(?:\.[0-9]+)?", "" if pd.isna(printed) else plain_figures(printed))
    own = [number for number in found if float(number) == figure]
    decimals = len((own or [text])[0].partition(".")[2])
    return decimals if decimals or _is_measured(unit) else np.nan


def _is_circular(rated: pd.DataFrame, kpis: pd.DataFrame, by: Any) -> Any:
    """Whether the explaining formula divides figures that were concluded rather than read."""
    if "inferred" not in kpis:
        return np.zeros(len(rated), dtype=bool)
    concluded = take(kpis["inferred"], find_rows(rated, kpis, KPI_YEAR), rated.index).fillna("")
    return np.array(
        [
            n >= 0 and not USED.get(FORMULAS[n], DIVIDED).isdisjoint(names.split())
            for n, names in zip(by, concluded, strict=True)
        ],
        dtype=bool,
    )


def _is_measured(unit: str) -> bool:
    """Whether a unit is of what is measured, so that a whole number of it may be rounded.

    Whatever else is counted: 店舗 and フォロワー, like 人, come whole.
    """
    base = unicodedata.normalize("NFKC", unit).split("/")[0].strip()  # 人/年 counts persons, too
    return MEASURED_UNITS.fullmatch(base) is not None


def _finding_note(
    rated: pd.DataFrame, notes: Any, by: Any, finding: Any, decimals: Any, differs: Any
) -> Any:
    """The codes of what to mind, or of why a rate cannot be checked."""
    note = np.where(by < 0, CODE_OF_NOTE[""], notes[np.arange(len(by)), by])
    for name in ("final_rate", "pace_rate", "progress_rate"):
        why = notes[:, FORMULAS.index(name)]
        not_printed = np.isin(why, [CODE_OF_NOTE[word] for word in NOT_PRINTED])
        note = np.where((finding == "anomaly") & not_printed, why, note)
    unchecked = finding == "cannot_be_checked"
    note = np.where(unchecked, notes[:, FORMULAS.index("achievement_rate")], note)
    note = np.where(unchecked & np.isnan(decimals), CODE_OF_NOTE["not_printed"], note)
    note = np.where(differs, CODE_OF_NOTE["printed_differs"], note)
    return np.where(unchecked & rated["kpi"].isna(), CODE_OF_NOTE["no_kpi"], note)
