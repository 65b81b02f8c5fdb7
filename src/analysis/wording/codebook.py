"""The codebook: every column of the tables, and every column that is computed from them."""

import difflib
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from analysis.dataset.tables import TABLES
from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.errors import DataError
from analysis.measures.computed import ADDED, COMPUTED, UNITS
from analysis.wording.labels import LANGUAGE, LANGUAGES, labels
from analysis.wording.typed import name_words

OF_FUNCTIONS = "computed"  # stands for a table: the columns that functions add
OF_RESULTS = "results"  # stands for the tables of all figures that a run writes beside its reports
OF_DEFINITIONS = "en"  # the language in which columns are defined
OF_PROGRAMS = ("compare_programs", "sosei run")  # which add columns of names that others have
VERSION = "sosei_version"  # behind each row in the files of results
TYPES = {  # by kind; all others are text
    **dict.fromkeys(("number", "count"), "number"),
    **dict.fromkeys(("date", "as_of"), "date"),
    **{"year": "year", "calendar_year": "calendar year", "yen": "yen"},
}


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
    return _name(table if is_defined else OF_FUNCTIONS, column, language)


def _name(where: str, column: str, language: str) -> str:
    return {**labels("data", language), **labels(f"data.{where}", language)}.get(column, column)


def codebook(names: str | Iterable[str] = tuple(TABLES), language: str = LANGUAGE) -> pd.DataFrame:
    """Every column of some tables with its key, meaning and way of writing.

    `show_table(codebook("kpis"), "...")` shows it whole in a notebook; as it is, pandas cuts its
    cells at 50 characters.

    Parameters
    ----------
    names
        The name of a table or several; `computed` for the columns that functions add, `results`
        for those of results/kpis.csv and results/programs.csv. All tables of a data folder by
        default.
    language
        The language of labels, meanings and ways of writing: ja or en; that of the process by
        default. Of `results` both are given.

    Returns
    -------
    One row per column: `table`, `column`, `label` (its name for readers), `in_key`,
    `may_be_empty`, `meaning`, `unit` (of a figure; else what a cell is) and `written` (how a cell
    is written; words to be typed as they are stand before their names in brackets). Of computed
    columns `table`, `column`, `label`, `meaning`, `unit` and `function` (which adds it); of
    results the columns of `describe_columns`.

    Raises
    ------
    DataError
        When there is no table of that name, or no such language.

    Examples
    --------
    >>> codebook("kpis").set_index("column").loc["target", ["label", "meaning"]].tolist()
    ['目標', 'この年度の目標の値。']
    >>> codebook("programs").set_index("column").loc["flag", "written"]
    'new（新規）、expanded（拡充）のどれか'
    >>> codebook("computed", "en").set_index("column").loc["achievement_rate", "meaning"]
    'actual / target'
    """
    if language not in LANGUAGES:
        raise DataError(f"no language {language!r}. There are {', '.join(LANGUAGES)}.")
    single = isinstance(names, str) or not isinstance(names, Iterable)
    wanted = [str(names)] if single else list(names)
    known = [*TABLES, OF_FUNCTIONS, OF_RESULTS]
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise DataError(f"no table {name!r}. There are {', '.join(known)}.{meant}")
    listed = [_list_columns(name, language) for name in wanted]
    if not listed:
        return _list_columns("sources", language).iloc[:0]
    return pd.concat(listed, ignore_index=True)


def describe_columns(table: str, columns: Iterable[str]) -> pd.DataFrame:
    """Describe the columns of a table of results in every language, in the order given.

    Parameters
    ----------
    table
        kpis or programs: each column is looked for in the table of that name, then among the
        computed ones, then in the table of programs.
    columns
        Their names.

    Returns
    -------
    One row per column: `table`, `column`, `label_ja`, `label_en`, `meaning_ja`, `meaning_en`,
    `unit_ja`, `unit_en` (the unit of a figure, else what a cell is: words, text, date, year).
    All but the first two are None where nobody has defined the column.

    Examples
    --------
    >>> listed = describe_columns("programs", ["reached", "remark"])
    >>> listed[["label_ja", "meaning_en", "unit_ja"]].values.tolist()
    [['到達した指標', 'KPIs that reached their target', '数'], [None, None, None]]
    """
    rows = [{"table": table, "column": column, **_describe(table, column)} for column in columns]
    return pd.DataFrame(rows, dtype="object")


class _Defined(NamedTuple):
    """A column as it is defined: in which section of the words, its meaning and its unit."""

    where: str
    meaning: str
    unit: str


def _describe(table: str, column: str) -> dict[str, str | None]:
    found = _find(table, column)
    languages = sorted(LANGUAGES, key=lambda language: language != LANGUAGE_OF_DOCUMENTS)
    said = {name: _say(found, column, name) if found else {} for name in languages}
    return {
        f"{what}_{language}": words.get(what)
        for what in ("label", "meaning", "unit")
        for language, words in said.items()
    }


def _find(table: str, column: str) -> _Defined | None:
    of_programs = [f for f in OF_PROGRAMS if table == "programs" and (f, column) in ADDED]
    if of_programs:
        return _find_added(of_programs[0], column)
    if column in TABLES[table].columns:
        return _find_in_table(table, column)
    if column in COMPUTED:
        return _find_added(COMPUTED[column].function, column)
    return _find_in_table("programs", column) if column in TABLES["programs"].columns else None


def _find_in_table(table: str, column: str) -> _Defined:
    defined = TABLES[table].columns[column]
    by_kind = "words" if defined.words else TYPES.get(defined.kind, "text")
    unit = defined.unit or by_kind
    return _Defined(table, defined.meaning, UNITS.get(unit, unit))


def _find_added(function: str, column: str) -> _Defined:
    """A computed column; one of a name that was there already has words of its own."""
    added = ADDED[function, column]
    where = OF_FUNCTIONS if COMPUTED.get(column) == added else function
    return _Defined(where, added.meaning, added.unit)


def _say(found: _Defined, column: str, language: str) -> dict[str, str]:
    """The label, the meaning and the unit of a column in a language."""
    label, unit = _name(found.where, column, language), found.unit
    if language == OF_DEFINITIONS:
        return {"label": label, "meaning": found.meaning, "unit": unit}
    words = {**labels("meanings", language), **labels(f"meanings.{found.where}", language)}
    meaning = words.get(column) or labels("template.notes", language)[column]
    unit = labels("column_units", language)[unit]
    return {"label": label, "meaning": meaning, "unit": unit}


def _say_written(table: str, column: str, language: str) -> str:
    """How a cell of a column is written, the words to be typed with their names."""
    defined = TABLES[table].columns[column]
    if language == OF_DEFINITIONS:
        return defined.expected.removesuffix(", or nothing")
    if not defined.words:
        return labels("written", language)[defined.kind]
    said = labels("words_written", language)
    words = [
        code if code == name else said["word"].format(code=code, name=name)
        for code, name in name_words(table, column, language).items()
    ]
    return said["one_of" if len(words) > 1 else "one"].format(words=said["between"].join(words))


def _list_columns(name: str, language: str) -> pd.DataFrame:
    if name == OF_FUNCTIONS:
        return _list_computed(language)
    if name == OF_RESULTS:
        from analysis.measures.chain import list_result_columns  # few ask for it

        tables = list_result_columns().items()
        described = [describe_columns(table, [*columns, VERSION]) for table, columns in tables]
        return pd.concat(described, ignore_index=True)
    rows = []
    for column, defined in TABLES[name].columns.items():
        said = _say(_find_in_table(name, column), column, language)
        rows.append(
            {
                "table": name,
                "column": column,
                "label": said["label"],
                "in_key": column in TABLES[name].key,
                "may_be_empty": not defined.filled,
                "meaning": said["meaning"],
                "unit": said["unit"],
                "written": _say_written(name, column, language),
            }
        )
    return pd.DataFrame(rows)


def _list_computed(language: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "table": OF_FUNCTIONS,
                "column": column,
                **_say(_find_added(function, column), column, language),
                "function": function,
            }
            for function, column in ADDED
        ]
    )
