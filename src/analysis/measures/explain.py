"""Which of several ways to compute a figure gives the one that was printed.

The same question is asked of published rates of execution and of published unit costs: the
ways are columns of candidates, and the first that prints as the figure explains it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.notes import count_notes
from analysis.measures.rounding import find_printing


def explain_figures(
    candidates: pd.DataFrame, printed: Any, decimals: Any, scale: Any = 1.0
) -> pd.DataFrame:
    """Find the first candidate, and the rounding, that gives each printed figure.

    Parameters
    ----------
    candidates
        One row per printed figure and one column per way of computing it, named by the way;
        missing where it cannot be had.
    printed, decimals
        The printed figures as numbers, missing where they cannot be read, and how many
        decimals each has.
    scale
        By what a candidate is multiplied to be in the unit printed (100 for percentages).

    Returns
    -------
    One row per printed figure with `explained_by` (the name of a column, or empty), `rounding`
    (half_up, else truncated: the first by which any fits), `also` (the others that fit by it,
    with blanks between), `computed` (the explaining candidate, not rounded) and `finding`:
    explained, explained_truncated, anomaly (there are candidates, none fits) or
    cannot_be_checked (there is no candidate, or the figure cannot be read).

    Examples
    --------
    >>> rates = pd.DataFrame({"settled/total": [0.997, 0.5], "settled/initial": [1.2, None]})
    >>> found = explain_figures(rates, [100.0, 80.0], [0, 1], 100)
    >>> found[["explained_by", "finding"]].values.tolist()
    [['settled/total', 'explained'], ['', 'anomaly']]
    """
    names = list(candidates)
    figures = candidates.to_numpy(dtype="float64", na_value=np.nan)
    printed, decimals = np.asarray(printed, "float64"), np.asarray(decimals, "float64")
    in_print = figures * np.broadcast_to(scale, len(candidates))[:, np.newaxis]
    up, cut = find_printing(in_print, printed, decimals)
    by_up, by_cut = up.any(axis=1), cut.any(axis=1)
    fits = np.where(by_up[:, np.newaxis], up, cut)
    by = fits.argmax(axis=1)
    explained = fits.any(axis=1)
    known = ~np.isnan(figures).all(axis=1) & ~np.isnan(printed)
    others = [
        " ".join(name for n, name in enumerate(names) if row[n] and n != first)
        for row, first in zip(fits, by, strict=True)
    ]
    words: dict[str, Any] = {
        "explained_by": np.where(explained, np.array([*names], dtype=object)[by], ""),
        "rounding": np.select([by_up, by_cut], ["half_up", "truncated"], ""),
        "also": others,
        "finding": np.select(
            [~known, ~explained, ~by_up],
            ["cannot_be_checked", "anomaly", "explained_truncated"],
            "explained",
        ),
    }
    table = pd.DataFrame(
        {
            name: pd.array([str(word) for word in column], dtype="str")
            for name, column in words.items()
        },
        index=candidates.index,
    )
    computed = np.where(explained, figures[np.arange(len(by)), by], np.nan)
    return table.assign(computed=computed)


@dataclass(frozen=True)
class Explained:
    """How many printed figures some way of computing gives.

    `truncated` are among the `explained`: only cut off they print so. `odd` are those that
    none gives, `unchecked` those for which none can be tried, `why_unchecked` by reason.
    """

    figures: int
    explained: int
    truncated: int
    odd: int
    unchecked: int
    why_unchecked: dict[str, int]


def count_explained(audit: pd.DataFrame) -> Explained:
    """Count what the audit of printed figures (`finding`, `finding_note`) found.

    Examples
    --------
    >>> audit = pd.DataFrame({"finding": ["explained", "explained_truncated", "anomaly"],
    ...                       "finding_note": ""})
    >>> count_explained(audit)
    Explained(figures=3, explained=2, truncated=1, odd=1, unchecked=0, why_unchecked={})
    """
    if audit.empty:
        return Explained(0, 0, 0, 0, 0, {})
    finding = audit["finding"].astype("str")
    unchecked = finding == "cannot_be_checked"
    return Explained(
        figures=len(audit),
        explained=int(finding.str.startswith("explained").sum()),
        truncated=int((finding == "explained_truncated").sum()),
        odd=int((finding == "anomaly").sum()),
        unchecked=int(unchecked.sum()),
        why_unchecked=count_notes(audit.loc[unchecked, "finding_note"]),
    )
