"""Levels on other axes than the common ones."""

import pandas as pd

from analysis.measures.axes import spread_axes
from analysis.measures.keys import KPI
from analysis.wording.formats import LISTS
from analysis.wording.labels import NO_FIGURE, say
from analysis.wording.phrases import find_names, where_printed
from analysis.wording.tables import label_table


def tabulate_axes(
    rating_axes: pd.DataFrame, programs: pd.DataFrame, kpis: pd.DataFrame
) -> pd.DataFrame:
    """The published levels on axes of other names (必要性, 公平性), one judgement a row."""
    judged, levels = spread_axes(rating_axes)
    names = find_names(judged, kpis, KPI, "kpi").fillna(find_names(judged, programs))
    return label_table(
        "axes",
        {
            "kpi_or_program": names.fillna(NO_FIGURE),
            **where_printed(judged, "rated_by"),
            **{axis: [level or NO_FIGURE for level in said] for axis, said in levels.items()},
            "place": judged["place"],
        },
        headers={axis: axis for axis in levels},
    )


def describe_axes(rating_axes: pd.DataFrame) -> str:
    """Say on which other axes levels are published, and that no rubric at hand looks at them."""
    if rating_axes.empty:
        return ""
    return say("axes.published", axes=LISTS["dot"].join(dict.fromkeys(rating_axes["axis"])))
