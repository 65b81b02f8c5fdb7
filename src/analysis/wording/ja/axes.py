"""Levels on other axes than the common ones."""

import pandas as pd

from analysis.measures.keys import RATED, find_rows, number_groups
from analysis.wording.ja.phrases import where_printed
from analysis.wording.labels import NO_FIGURE


def tabulate_axes(
    rating_axes: pd.DataFrame, programs: pd.DataFrame, kpis: pd.DataFrame
) -> pd.DataFrame:
    """The published levels on axes of other names (必要性, 公平性), one judgement a row."""
    group, first = number_groups(rating_axes, RATED)
    rows = rating_axes.iloc[first].reset_index(drop=True)
    axes = list(dict.fromkeys(rating_axes["axis"]))
    levels = {axis: [NO_FIGURE] * len(rows) for axis in axes}
    for number, axis, level in zip(group, rating_axes["axis"], rating_axes["level"], strict=True):
        levels[axis][number] = level
    names = [
        _find_names(rows, table, on, name)
        for table, on, name in ((kpis, RATED[:3], "kpi"), (programs, RATED[:2], "program"))
    ]
    return pd.DataFrame(
        {
            "指標・事業": names[0].fillna(names[1]).fillna(NO_FIGURE),
            **where_printed(rows, {"rated_by": "評価した者"}),
            **levels,
            "記載の場所": rows["place"],
        }
    )


def _find_names(rows: pd.DataFrame, table: pd.DataFrame, on: list[str], name: str) -> pd.Series:
    found = find_rows(rows, table, on)
    names = table[name].tolist()
    cells = [names[at] if at >= 0 else None for at in found]
    return pd.Series(cells, index=rows.index, dtype="str")


def describe_axes(rating_axes: pd.DataFrame) -> str:
    """Say on which other axes levels are published, and that no rubric at hand looks at them."""
    if rating_axes.empty:
        return ""
    axes = "・".join(dict.fromkeys(rating_axes["axis"]))
    return f"{axes}の水準も公表されています。手元の基準は、これらの水準を見ません。"
