"""What a dataset holds, at a glance: what a notebook shows where it stands alone in a cell.

Tables are named as they are asked for (`dataset.kpis`). Whatever someone has put into them, there
is an answer: what cannot be read as a year or a code is passed over.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.dataset.tables import TABLES

MOST_NAMED = 5
COLUMNS = ["rows", "fiscal years", "governments"]


def summarize_tables(tables: Mapping[str, Any]) -> pd.DataFrame:
    """Count the rows of each table that has any, with its fiscal years and its governments.

    Returns
    -------
    By table, as texts: `rows`, `fiscal years` (the first and the last) and `governments` (some by
    name, and how many more); empty where a table has none.

    Examples
    --------
    >>> kpis = pd.DataFrame({"government_code": ["082201"] * 2, "fiscal_year": [2017, 2018]})
    >>> summarize_tables({"kpis": kpis, "grants": kpis[:0]})
         rows fiscal years governments
    kpis    2    2017–2018      082201
    """
    names = _list_names(tables.get("programs"))
    rows = {
        name: [f"{len(table):,}", _tell_years(table), _tell_governments(table, names)]
        for name, table in tables.items()
        if isinstance(table, pd.DataFrame) and len(table)
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS, dtype="str")


def describe_dataset(dataset: Any) -> str:
    """Say in a line for each table what a dataset holds."""
    summary = summarize_tables(dataset.tables)
    wide = max(map(len, TABLES))
    lines = [
        f"{name:<{wide}} {rows:>9}  {years:<9}  {governments}".rstrip()
        for name, rows, years, governments in summary.itertuples(name=None)
    ]
    head = f"{'':<{wide}} {COLUMNS[0]:>9}  {COLUMNS[1]}  {COLUMNS[2]}"
    return "\n".join([_say_what_it_is(dataset), *([head] if lines else []), *lines])


def write_html(dataset: Any) -> str:
    """The same as a small table for a notebook."""
    with pd.option_context("display.max_colwidth", None):
        table = summarize_tables(dataset.tables).to_html(border=0)
    return f"<p>{_say_what_it_is(dataset)}</p>{table}"


def _say_what_it_is(dataset: Any) -> str:
    """Count what stands beside the tables, named as it is asked for."""
    beside = {name: _count(getattr(dataset, name, None)) for name in ("warnings", "rubrics")}
    counted = ", ".join(f"{count:,} {name}" for name, count in beside.items())
    return f"Dataset with {counted}; analysis.codebook() tells what the columns mean"


def _count(held: Any) -> int:
    return len(held) if hasattr(held, "__len__") else 0


def _find_column(table: Any, name: str) -> pd.Series:
    """A column of whatever is given, or an empty one; the first where several have its name."""
    if not isinstance(table, pd.DataFrame) or name not in table:
        return pd.Series(dtype="object")
    found = table[name]
    return found if isinstance(found, pd.Series) else found.iloc[:, 0]


def _list_names(programs: Any) -> dict[str, str]:
    codes = _find_column(programs, "government_code")
    names = _find_column(programs, "government")
    both = zip(codes, names, strict=False)
    return {str(code): name for code, name in both if isinstance(name, str)}


def _tell_years(table: pd.DataFrame) -> str:
    years = _find_column(table, "fiscal_year")
    if not pd.api.types.is_integer_dtype(years):
        years = pd.to_numeric(years.astype("str"), errors="coerce")
    years = years[years.between(1, 9999)]
    if years.empty:
        return ""
    return "–".join(dict.fromkeys(f"{int(year)}" for year in (years.min(), years.max())))


def _tell_governments(table: pd.DataFrame, names: dict[str, str]) -> str:
    codes = dict.fromkeys(map(str, _find_column(table, "government_code").dropna()))
    named = [names.get(code, code) for code in codes]
    more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return ", ".join(named[:MOST_NAMED]) + more
