"""Words of the tables as people type them, and cells of the tables as people see them."""

import re

from analysis.dataset.tables import TABLES
from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.wording.labels import LANGUAGE, labels

SECTIONS = {
    "direction": "directions",
    "aggregation": "aggregations",
    "kpi_kind": "kpi_kinds",
    "nature": "natures",
    "flag": "flags",
    "budgets.kind": "budget_kinds",
    "instruments.kind": "instruments.kinds",
    "listed": "template.listed",
    "is_calendar_year": "template.listed",
    "is_new": "template.listed",
    "published_change_from": "changes_from",
    "strategy_items.kind": "strategies.kinds",
    "links.kind": "link_kinds",
    "reasons.table": "table_names",
}
STATUS, BOUND = "_status", "_bound"
OF_BOUNDS = ("bounds", "targets_in_words", "bounds_typed")
BARE = re.compile(r"[-▲△]?[0-9０-９,，]+(?:[.．][0-9０-９]+)?")


def name_words(table: str, column: str, language: str = LANGUAGE) -> dict[str, str]:
    """Name the words that a column may hold, by code; of any other column there are none.

    Examples
    --------
    >>> name_words("programs", "flag"), name_words("kpis", "kpi")
    ({'new': '新規', 'expanded': '拡充'}, {})
    """
    sections: tuple[str, ...] = ()
    if column.endswith(STATUS):
        sections = ("statuses",)
    elif column.endswith(BOUND):
        sections = OF_BOUNDS
    elif section := SECTIONS.get(f"{table}.{column}") or SECTIONS.get(column):
        sections = (section,)
    named = {code: word for name in sections for code, word in labels(name, language).items()}
    defined = TABLES[table].columns.get(column)
    return {word: named.get(word, word) for word in defined.words} if defined else dict(named)


def show_typed(table: str, column: str, row: dict[str, str]) -> str:
    """Show a cell as it would be typed: a figure as printed, a word as the workbook has it.

    Of a figure that is not there its status says why; money is in yen.

    Examples
    --------
    >>> show_typed("kpis", "actual", {"actual": "4600", "actual_printed": "推 4,600"})
    '推 4,600'
    >>> show_typed("kpis", "actual", {"actual": "", "actual_status": "pending"})
    '集計中'
    """
    defined = TABLES[table].columns[column]
    text = row.get(column, "")
    if defined.words:
        return name_words(table, column, LANGUAGE_OF_DOCUMENTS).get(text, text)
    printed = row.get(defined.printed, "") if defined.unit not in ("yen", "ratio") else ""
    printed = "" if BARE.fullmatch(printed) else printed  # it may be in another unit, 千円 of 円
    status = row.get(defined.status, "") if defined.status else ""
    return printed or text or labels("statuses", LANGUAGE_OF_DOCUMENTS).get(status, "")
