"""Rounding as Japanese public tables do it, so that a computed figure can meet a printed one.

The trap: a figure that ends in 5 in print is seldom exactly that in the computer, and
Python's and numpy's own round() send half of such figures down. Here a figure within a few
units of its last binary digit of a half counts as the half.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import DataError

NEAR = 16  # units of the last binary digit, more than a ratio times 100 can go astray


def round_half_up(values: pd.Series, decimals: int | pd.Series = 0) -> pd.Series:
    """Round to the nearest printed figure, a half away from zero (四捨五入).

    Parameters
    ----------
    values
        Figures in the unit they are printed in.
    decimals
        How many decimals are printed, 0 or more: one number, or one for each row (missing
        gives a missing figure).

    Returns
    -------
    The rounded figures; a missing one stays missing. A negative half goes away from zero as
    Japanese tables print it: -0.25 becomes -0.3.

    Raises
    ------
    DataError
        When a number of decimals is below 0 or not whole.

    References
    ----------
    docs/methods.md, Rounding.

    Examples
    --------
    >>> round_half_up(pd.Series([256.25, 120.75, -0.25, float("nan")]), 1).tolist()
    [256.3, 120.8, -0.3, nan]
    """
    return _round(values, decimals, whole_half_up)


def truncate(values: pd.Series, decimals: int | pd.Series = 0) -> pd.Series:
    """Cut off what is not printed (切り捨て), towards zero; else as `round_half_up`.

    Examples
    --------
    >>> truncate(pd.Series([129.075, 117.95, -0.29]), 1).tolist()
    [129.0, 117.9, -0.2]
    """
    return _round(values, decimals, np.floor)


def round_half_even(values: pd.Series, decimals: int | pd.Series = 0) -> pd.Series:
    """Round a half to the even figure, as Python does; only to recognise a figure so printed.

    Nothing here prints with it. Else as `round_half_up`.

    Examples
    --------
    >>> round_half_even(pd.Series([256.25, 120.75]), 1).tolist()
    [256.2, 120.8]
    """
    return _round(values, decimals, np.rint)


def whole_half_up(size: Any) -> Any:
    """The whole number nearest to a size, a half upwards."""
    return np.floor(size + 0.5)


def _round(values: pd.Series, decimals: int | pd.Series, to_whole: Any) -> pd.Series:
    given = pd.Series(decimals, index=values.index, dtype="float64")
    bad = given[(given < 0) | (given % 1 > 0)]
    if len(bad):
        raise DataError(
            f"decimals {bad.iloc[0]:g} is not a number of printed decimals; expected 0, 1, 2 ..."
        )
    figures = values.to_numpy(dtype="float64", na_value=np.nan)
    rounded = round_figures(figures, given.to_numpy(), to_whole)
    return pd.Series(rounded, index=values.index, name=values.name)


def round_figures(figures: Any, decimals: Any, to_whole: Any) -> Any:
    """Round an array of figures, each to its number of decimals, by `to_whole` (of the size)."""
    scale = 10.0**decimals
    with np.errstate(invalid="ignore", over="ignore"):
        size = np.abs(figures) * scale
        half = np.rint(2 * size) / 2
        size = np.where(np.abs(size - half) <= NEAR * np.spacing(size), half, size)
        return np.copysign(to_whole(size) / scale, figures) + 0.0


def find_printing(figures: Any, printed: Any, decimals: Any) -> tuple[Any, Any]:
    """Find which computed figures print as each printed one, rounded half up and cut off.

    Parameters
    ----------
    figures
        One row per printed figure and one column per way of computing it, in the unit printed;
        missing where a way cannot be had.
    printed, decimals
        The printed figures as numbers, and how many decimals each has.

    Returns
    -------
    Two arrays of true and false of the shape of `figures`: by `whole_half_up`, by cutting off.

    Examples
    --------
    >>> up, cut = find_printing(np.array([[99.72, 80.24]]), np.array([100.0]), np.array([0]))
    >>> up.tolist(), cut.tolist()
    ([[True, False]], [[False, False]])
    """
    near = 1e-9 * np.maximum(np.abs(printed), 1)[:, np.newaxis]
    up, cut = (
        np.abs(round_figures(figures, decimals[:, np.newaxis], way) - printed[:, np.newaxis]) < near
        for way in (whole_half_up, np.floor)
    )
    return up, cut
