"""Published percentages as they are printed: their decimals say how they were rounded."""

import re
import unicodedata
from typing import Any

import numpy as np
import pandas as pd

PERCENT = 100
NEARLY = 1e-6  # a ratio of a printed percentage divided by 100 is off by less


def read_percentages(table: pd.DataFrame, ratio: str) -> tuple[Any, Any, Any]:
    """Read the printed percentages of a table as numbers, and how many decimals each has.

    Parameters
    ----------
    table
        With `ratio` and `<ratio>_printed`, the same in percent as printed.
    ratio
        The column of the ratio, such as published_rate.

    Returns
    -------
    The percentages and the numbers of their decimals, missing where the text is no plain number
    or another number than the ratio (`sosei check` doubts that), and where the latter is so.

    Examples
    --------
    >>> rates = pd.DataFrame({"published_rate": [0.53], "published_rate_printed": ["53.0％"]})
    >>> [column.tolist() for column in read_percentages(rates, "published_rate")]
    [[53.0], [1.0], [False]]
    """
    texts = table.get(f"{ratio}_printed", pd.Series(index=table.index, dtype="str")).tolist()
    read = [_read(text) for text in texts]
    printed, decimals = np.array(read, dtype="float64").reshape(-1, 2).T
    ratios = table[ratio].to_numpy(dtype="float64", na_value=np.nan)
    differs = np.abs(printed - ratios * PERCENT) > NEARLY
    return np.where(differs, np.nan, printed), np.where(differs, np.nan, decimals), differs


def _read(text: Any) -> tuple[float, float]:
    plain = re.sub(r"[%\s]", "", "" if pd.isna(text) else plain_figures(text))
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
        return np.nan, np.nan
    return float(plain), len(plain.partition(".")[2])


def plain_figures(text: Any) -> str:
    """Write a printed text with half-width figures, a plain minus sign and without commas."""
    plain = unicodedata.normalize("NFKC", str(text)).replace(",", "").strip()
    return re.sub(r"[△▲−‐](?=\s*[0-9])", "-", plain)
