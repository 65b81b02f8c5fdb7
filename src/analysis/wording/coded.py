"""The words of the results (reads_reversed, up, settled) as readers know them, by column."""

from collections.abc import Mapping

import pandas as pd

from analysis.dataset.tables import TABLES
from analysis.wording.formats import LISTS
from analysis.wording.labels import LANGUAGE, labels
from analysis.wording.typed import name_words

SECTIONS = {  # of computed columns, by name or by how it ends
    "cost_basis": "bases",
    "span_basis": "bases",
    "cost_natures": "natures",
    "full_cost_natures": "natures",
    "cost_kinds": "budget_kinds",
    "lowest_reading": "readings",
    "highest_reading": "readings",
    "pace_rate_verdict": "verdicts_of_course",
    "cagr_rate_verdict": "verdicts_of_course",
    "depends_on_formula": "dependence",
    "reached": "reached",
    "at_final": "reached",
    "any_reached": "reached",
    "all_reached": "reached",
    "_note": "reasons",
    "_verdict": "verdicts",
    "has_": "held",
}


def name_codes(table: str, column: str, language: str = LANGUAGE) -> dict[str, str]:
    """Name the words that a column of the results holds, by code; of any other there are none.

    Examples
    --------
    >>> name_codes("kpis", "direction")["up"], name_codes("kpis", "cost_basis")["settled"]
    ('増やす', '決算額')
    >>> name_codes("kpis", "kpi")
    {}
    """
    if table in TABLES and column in TABLES[table].columns:
        return name_words(table, column, language)
    ending = next((e for e in ("_note", "_verdict") if column.endswith(e)), None)
    part = "has_" if column.startswith("has_") else ending
    section = SECTIONS.get(column) or SECTIONS.get(part or "")
    return labels(section, language) if section else {}


def list_codes(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """List each word that occurs in tables of the results, with its names.

    Returns
    -------
    One row per table, column and word: `table`, `column`, `word`, `word_ja`, `word_en`.
    """
    rows = []
    for table, held in tables.items():
        for column in held.select_dtypes(exclude="number"):
            names = {code: name_codes(table, column, code) for code in ("ja", "en")}
            if names["ja"]:
                cells = held[column].dropna().unique()
                used = dict.fromkeys(word for cell in cells for word in str(cell).split())
                rows += [
                    (table, column, word, names["ja"][word], names["en"][word])
                    for word in sorted(used)
                    if word in names["ja"]
                ]
    return pd.DataFrame(rows, columns=["table", "column", "word", "word_ja", "word_en"])


def spell_out_codes(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Write the words of a table of the results in the language of the process."""
    spelt = {}
    for column in table.select_dtypes(exclude="number"):
        if names := name_codes(name, column):
            cells = table[column].dropna().unique()
            whole = {
                cell: LISTS["dot"].join(names.get(word, word) for word in str(cell).split())
                for cell in cells
            }
            spelt[column] = table[column].map(whole).astype("str")
    return table.assign(**spelt)
