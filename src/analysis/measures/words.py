"""The word that says why a figure is missing: the first condition that holds in each row."""

from typing import Any

import numpy as np
import pandas as pd

Reasons = list[tuple[Any, str]]


def first_word(reasons: Reasons, index: pd.Index) -> pd.Series:
    """Return in each row the word of the first condition that is true there, else "".

    Examples
    --------
    >>> target = pd.Series([0.0, float("nan"), 2.0])
    >>> reasons = [(target.isna(), "no_target"), (target == 0, "zero_target")]
    >>> first_word(reasons, target.index).tolist()
    ['zero_target', 'no_target', '']
    """
    if not reasons:
        return pd.Series("", index=index, dtype="str")
    conditions, words = zip(*reasons, strict=True)
    masks = [np.asarray(condition, dtype=bool) for condition in conditions]
    return pd.Series(np.select(masks, words, default=""), index=index, dtype="str")
