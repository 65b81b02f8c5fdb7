"""The codebook: every column of the tables, and every column that is computed from them."""

import difflib
from collections.abc import Iterable

import pandas as pd

from analysis.dataset.tables import TABLES
from analysis.errors import DataError
from analysis.measures.computed import COMPUTED
from analysis.wording.labels import LANGUAGE, labels

OF_FUNCTIONS = "computed"  # stands for a table: the columns that functions add


def name_table(table: str, language: str = LANGUAGE) -> str:
    """Name a table of the data for readers.

    Examples
    --------
    >>> name_table("instruments")
    '支援の条件'
    """
    return labels("table_names", language)[table]


def name_column(table: str, column: str, language: str = LANGUAGE) -> str:
    """Name a column for readers, as its table names it; a column nobody defined by itself.

    Examples
    --------
    >>> name_column("instruments", "per"), name_column("kpis", "progress_rate")
    ('何あたりか', '進捗率')
    """
    is_defined = table in TABLES and column in TABLES[table].columns
    where = table if is_defined else OF_FUNCTIONS
    return {**labels("data", language), **labels(f"data.{where}", language)}.get(column, column)


def codebook(names: str | Iterable[str] = tuple(TABLES)) -> pd.DataFrame:
    """Every column of some tables with its key, meaning and way of writing.

    Parameters
    ----------
    names
        The name of a table or several; `computed` for the columns that functions add. All
        tables of a data folder by default.

    Returns
    -------
    One row per column: `table`, `column`, `label` (its name for readers), `in_key`,
    `may_be_empty`, `meaning`, `written` (how a cell is written). Of computed columns `table`,
    `column`, `label`, `meaning`, `unit` and `function` (which adds it).

    Raises
    ------
    DataError
        When there is no table of that name.

    Examples
    --------
    >>> codebook("kpis").set_index("column").loc["target", ["label", "written"]].tolist()
    ['目標', 'a plain number such as 1110 or -4.3; put other text in the column *_printed']
    >>> codebook("computed").set_index("column").loc["achievement_rate", "meaning"]
    'actual / target'
    """
    single = isinstance(names, str) or not isinstance(names, Iterable)
    wanted = [str(names)] if single else list(names)
    known = [*TABLES, OF_FUNCTIONS]
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise DataError(f"no table {name!r}. There are {', '.join(known)}.{meant}")
    listed = [_list_computed() if name == OF_FUNCTIONS else _list_columns(name) for name in wanted]
    if not listed:
        return _list_columns("sources").iloc[:0]
    return pd.concat(listed, ignore_index=True)


def _list_columns(name: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "table": name,
                "column": column,
                "label": name_column(name, column),
                "in_key": column in TABLES[name].key,
                "may_be_empty": not definition.filled,
                "meaning": definition.meaning,
                "written": definition.expected.removesuffix(", or nothing"),
            }
            for column, definition in TABLES[name].columns.items()
        ]
    )


def _list_computed() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "table": OF_FUNCTIONS,
                "column": name,
                "label": name_column(OF_FUNCTIONS, name),
                **column._asdict(),
            }
            for name, column in COMPUTED.items()
        ]
    )


def describe_columns(table: str, columns: list[str]) -> pd.DataFrame:
    """Stand-in."""

    def meaning(c):
        if c in COMPUTED:
            return COMPUTED[c].meaning, COMPUTED[c].unit
        for d in TABLES.values():
            if c in d.columns:
                return d.columns[c].meaning, ""
        return c, ""

    return pd.DataFrame(
        [
            {
                "table": table,
                "column": c,
                "label_ja": name_column(table if table in TABLES else OF_FUNCTIONS, c, "ja"),
                "label_en": name_column(table, c, "en"),
                "meaning_ja": meaning(c)[0],
                "meaning_en": meaning(c)[0],
                "unit": meaning(c)[1],
            }
            for c in columns
        ]
    )
