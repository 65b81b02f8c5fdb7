"""Why what is not printed was concluded, for the rows at hand.

A reason is held once for a row, for all rows of a source, or for a whole table; the nearest
one counts. What has no reason is listed all the same.
"""

from typing import Any

import pandas as pd

from analysis.dataset.tables import ALL_ROWS, list_key_names
from analysis.measures.keys import find_cells, list_cells
from analysis.measures.needs import check_table

FIGURES = {"target", "actual"}  # by which a KPI is judged


def list_reasons(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """List what was concluded rather than read, with its reason.

    Parameters
    ----------
    tables
        `dataset.tables`: those with `inferred`, and `reasons`.

    Returns
    -------
    One row per table, column and reason, in the order of the tables: `table`, `column`, `rows`
    (in how many rows the column was concluded) and `reason`, missing where none is held.

    Raises
    ------
    DataError
        When `reasons` has not its columns.
    """
    reasons = tables.get("reasons", pd.DataFrame(columns=["table", "column", "key", "reason"]))
    check_table(reasons, "reasons", "table column key reason")
    names = ["table", "column", "key"]
    held = dict(zip(zip(*(reasons[c] for c in names), strict=True), reasons["reason"], strict=True))
    counts: dict[tuple[str, str, str | None], int] = {}
    for name, table in tables.items():
        rows = find_cells(table, "inferred")
        if not len(rows):
            continue
        sources, inferred = (list_cells(table, c, rows) for c in ("source_id", "inferred"))
        keys = list_key_names(name, table.iloc[rows])
        for key, source, columns in zip(keys, sources, inferred, strict=True):
            for column in columns.split():
                choices = (key, f"{ALL_ROWS}/{source}", ALL_ROWS)
                found = [held[name, column, k] for k in choices if (name, column, k) in held]
                at = (name, column, found[0] if found else None)
                counts[at] = counts.get(at, 0) + 1
    listed = pd.DataFrame(
        [(*at, rows) for at, rows in counts.items()], columns=["table", "column", "reason", "rows"]
    )
    return listed[["table", "column", "rows", "reason"]].astype({"rows": "int64"})


def list_inferred(tables: dict[str, pd.DataFrame]) -> dict[str, list[str]]:
    """List by table the columns that were concluded in some row, once each."""
    columns = {
        name: list(dict.fromkeys(c for cell in table["inferred"].dropna() for c in cell.split()))
        for name, table in tables.items()
        if "inferred" in table
    }
    return {name: found for name, found in columns.items() if found}


def has_concluded_figures(kpis: pd.DataFrame) -> pd.Series:
    """Whether the target or the actual of each KPI was concluded rather than read.

    Examples
    --------
    >>> has_concluded_figures(pd.DataFrame({"inferred": ["kpi actual", "final_target", None]}))
    0     True
    1    False
    2    False
    Name: inferred, dtype: bool
    """
    if "inferred" not in kpis:
        return pd.Series(False, index=kpis.index)
    return kpis["inferred"].map(is_figure_concluded).astype(bool)


def is_figure_concluded(inferred: Any) -> bool:
    """Whether a cell of `inferred` names the target or the actual; an empty one names nothing."""
    return isinstance(inferred, str) and not FIGURES.isdisjoint(inferred.split())


def split_inferred(table: pd.DataFrame) -> list[list[str]]:
    """Split for each row the names of what was concluded rather than read in it.

    Examples
    --------
    >>> split_inferred(pd.DataFrame({"inferred": ["kind fiscal_year", None]}))
    [['kind', 'fiscal_year'], []]
    """
    if "inferred" not in table:
        return [[] for _ in range(len(table))]
    return [[] if pd.isna(names) else names.split() for names in table["inferred"]]
