"""Tables for readers: columns known by code, headed by words."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from analysis.wording.labels import labels


def label_table(
    name: str,
    columns: Mapping[str, Any],
    states: Collection[str] = (),
    headers: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Make the table of a question, each column headed by its word in `columns` of the language.

    Parameters
    ----------
    name
        What the table is known by: of its file, and of its caption in `tables` of the language.
    columns
        The cells of each column, as texts, by the column's code.
    states
        Codes of the columns whose cells begin with the mark of a state (● ◆ ○ ◇ ？): only these
        are shown as states, whatever the text of another cell begins with.
    headers
        Headers that the language does not know beforehand (the name of a rate, of an axis, of a
        cost), by the column's code.

    Returns
    -------
    The table, with `name` and the headers of `states` in its `attrs`.

    Examples
    --------
    >>> table = label_table("progress", {"kpi": ["来場者数"]}, states=["kpi"])
    >>> table.columns.tolist(), table.attrs
    (['指標'], {'name': 'progress', 'states': ['指標']})
    """
    words = labels("columns") | dict(headers or {})
    table = pd.DataFrame({words[code]: cells for code, cells in columns.items()})
    table.attrs |= {"name": name, "states": [words[code] for code in states]}
    return table
