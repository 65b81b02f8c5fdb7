"""Published percentages as they are printed: their decimals say how they were rounded."""

import re
import unicodedata
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import DataError

PERCENT = 100
NEARLY = 1e-6  # a ratio of a printed percentage divided by 100 is off by less


def read_percentages(table: pd.DataFrame, name: str, ratio: str) -> tuple[Any, Any]:
    """Read the printed percentages of a table as numbers, and how many decimals each has.

    Parameters
    ----------
    table
        With `ratio` and `<ratio>_printed`, the same in percent as printed.
    name
        What the table is called in a message.
    ratio
        The column of the ratio, such as published_rate.

    Returns
    -------
    The percentages and the numbers of their decimals, missing where the text is no plain number.

    Raises
    ------
    DataError
        When a printed percentage is another number than its ratio.

    Examples
    --------
    >>> rates = pd.DataFrame({"published_rate": [0.53], "published_rate_printed": ["53.0％"]})
    >>> [column.tolist() for column in read_percentages(rates, "ratings", "published_rate")]
    [[53.0], [1.0]]
    """
    texts = table.get(f"{ratio}_printed", pd.Series(index=table.index, dtype="str")).tolist()
    read = [_read(text) for text in texts]
    printed, decimals = np.array(read, dtype="float64").reshape(-1, 2).T
    ratios = table[ratio].to_numpy(dtype="float64", na_value=np.nan)
    other = np.flatnonzero(np.abs(printed - ratios * PERCENT) > NEARLY)
    if len(other):
        raise DataError(
            f"{name}: {len(other)} printed rate(s) differ from {ratio}, the first "
            f"{texts[other[0]]!r} and {ratios[other[0]]}; expected the printed percentage "
            "divided by 100"
        )
    return printed, decimals


def _read(text: Any) -> tuple[float, float]:
    plain = re.sub(r"[%\s]", "", "" if pd.isna(text) else plain_figures(text))
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
        return np.nan, np.nan
    return float(plain), len(plain.partition(".")[2])


def plain_figures(text: Any) -> str:
    """Write a printed text with half-width figures, a plain minus sign and without commas."""
    plain = unicodedata.normalize("NFKC", str(text)).replace(",", "").strip()
    return re.sub(r"[△▲−‐](?=\s*[0-9])", "-", plain)
