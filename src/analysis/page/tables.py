"""Tables shown in a report, and saved beside it as CSV."""

import re
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.page.files import link_to, new_files
from analysis.page.numbers import FIGURE_CELL, add_numbers
from analysis.page.pieces import Shown, show_taken
from analysis.page.spreadsheet import write_csv
from analysis.wording.labels import labels

MOST_ROWS, ROWS_OF_MANY = 100, 30  # in a page
MISSED = "◆"
MARK_CLASSES = {"●": "reached", "◆": "missed", "○": "estimated", "◇": "estimated", "？": "unknown"}
DIGIT = re.compile(r"\d")
MOST_ON_ONE_LINE = 6


def show_table(
    table: pd.DataFrame, caption: str = "", name: str = "", parquet: bool = False
) -> Shown:
    """Show a table with its caption, and save it as tables/<name>.csv of this report.

    The file has what is shown and, beside each figure in words, the number (`add_numbers`); of a
    number that is no text it has all digits, the page at most seven. With
    `parquet` the same is saved as tables/<name>.parquet, too.

    A table that a `tabulate_*` function made knows its name, and its caption by that. One of
    your own gets a caption here, and is saved only where it gets a name, too. The first column
    names the rows. Figures are set to the right; states (● ◆ ○ ◇ ？) are chips where the table
    says that a column holds states (`label_table`). The table scrolls inside its own box where
    the page is too narrow for it. One without rows is neither shown nor saved. Of more than 100
    rows the page shows 30, those with ◆ first, and names the file that holds all.

    Raises
    ------
    DataError
        When there is no caption, or the name is not fit for a file, or a table of this report
        has it already.
    """
    name = name or table.attrs.get("name", "")
    if not caption and name not in labels("tables"):
        raise DataError(
            "show_table: this table has no caption. Write, for example, "
            "show_table(table, 'Visitors by month', name='visitors')."
        )
    caption = caption or labels("tables")[name]
    if not name or table.empty:
        return write_table(table, caption)
    file, *others = new_files("tables", name, "csv", *(["parquet"] if parquet else []))
    whole = add_numbers(table)
    write_csv(whole, file)
    for other in others:
        whole.to_parquet(other, index=False)
    if len(table) > MOST_ROWS:
        return _show_some(table, caption, file)
    links = [link_to(file, labels("page")["take_figures"])]
    links += [link_to(other, labels("page")["take_parquet"]) for other in others]
    return write_table(table, caption, *links)


def _show_some(table: pd.DataFrame, caption: str, file: Path) -> Shown:
    """Show the rows that say missed first, and where all are."""
    words, states = labels("page"), [table[name] for name in table.attrs.get("states", ())]
    missed = np.any([[str(cell)[:1] == MISSED for cell in state] for state in states], axis=0)
    first = np.argsort(~np.broadcast_to(missed, len(table)), kind="stable")[:ROWS_OF_MANY]
    rule = words["missed_first" if np.any(missed) else "in_order"]
    some = table.iloc[np.sort(first)]
    some.attrs = table.attrs
    shown = write_table(
        some, caption + words["some_rows"].format(all=len(table), shown=len(some), rule=rule)
    )
    said = words["all_rows"].format(all=len(table))
    return Shown(
        f'{shown.html}<p class="beside">{escape(said)}{link_to(file)}</p>',
        f"{shown.text}\n{said}{file}",
        links=(link_to(file, words["take_figures"]),),
    )


def write_table(table: pd.DataFrame, caption: str, *links: str) -> Shown:
    """Write a table as HTML, with the links to its files; nothing where it has no rows."""
    if table.empty:
        return Shown("", "")
    columns = {column: table[column].tolist() for column in table}
    right = {column for column in table.columns[1:] if _holds_figures(columns[column])}
    states = table.attrs.get("states", ())
    rows = list(zip(*columns.values(), strict=True))
    head = "".join(
        f'<th scope="col"{_classes(str(c), c in right)}>{escape(str(c))}</th>' for c in table
    )
    body = "".join(
        "<tr>"
        + "".join(
            _cell(_print(value), column in right, n == 0, column in states)
            for n, (column, value) in cells
        )
        + "</tr>"
        for cells in (list(enumerate(zip(table, row, strict=True))) for row in rows)
    )
    return Shown(
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="own"><caption>{escape(caption)}{show_taken(*links)}</caption>'
        f"<thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>",
        "\n".join([caption, *("\t".join(map(str, row)) for row in (table.columns, *rows))]),
        links=links,
    )


def _print(value: Any) -> str:
    """A cell as text; a number of the computer's own, as pandas prints it, in at most 7 digits."""
    return f"{value:.7g}" if isinstance(value, float) else str(value)


def _classes(text: str, is_figure: bool) -> str:
    names = ["figure"] * is_figure + ["short"] * (len(text) <= MOST_ON_ONE_LINE)
    return f' class="{" ".join(names)}"' if names else ""


def _holds_figures(cells: list[Any]) -> bool:
    texts = [str(cell) for cell in cells]
    return all(map(FIGURE_CELL.match, texts)) and any(map(DIGIT.search, texts))


def _cell(text: str, is_figure: bool, is_head: bool, is_state: bool) -> str:
    shown = escape(text)
    if is_state and text[:1] in MARK_CLASSES:
        word, bracket, rest = shown.partition(labels("signs")["note_begins"])
        shown = f'<span class="chip {MARK_CLASSES[text[0]]}">{word}</span>{bracket}{rest}'
    name = _classes(text, is_figure)
    return f'<th scope="row"{name}>{shown}</th>' if is_head else f"<td{name}>{shown}</td>"
