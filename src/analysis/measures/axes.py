"""Published levels on other axes than the common ones (必要性, 公平性)."""

import pandas as pd

from analysis.measures.keys import RATED, number_groups


def spread_axes(rating_axes: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, list[str | None]]]:
    """Put the levels of one judgement side by side.

    Parameters
    ----------
    rating_axes
        `dataset.rating_axes`: one row per judgement and axis, with `axis` and `level`.

    Returns
    -------
    The first row of each judgement, in order of appearance, and by axis the level each of them
    has there; missing where none is published.

    Examples
    --------
    >>> key = {"government_code": "x_town", "program_id": "fair", "kpi_id": None}
    >>> axes = pd.DataFrame([key | {"fiscal_year": 2018, "rated_by": None} | cells for cells in (
    ...     {"axis": "必要性", "level": "高"}, {"axis": "公平性", "level": "中"})])
    >>> spread_axes(axes)[1]
    {'必要性': ['高'], '公平性': ['中']}
    """
    group, first = number_groups(rating_axes, RATED)
    judged = rating_axes.iloc[first].reset_index(drop=True)
    levels: dict[str, list[str | None]] = {
        axis: [None] * len(judged) for axis in dict.fromkeys(rating_axes["axis"])
    }
    for number, axis, level in zip(group, rating_axes["axis"], rating_axes["level"], strict=True):
        levels[axis][number] = level
    return judged, levels
