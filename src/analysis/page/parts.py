"""Pieces of a report put together: one below the other, or in a fold."""

from html import escape

import pandas as pd

from analysis.page.pieces import Shown, show_text
from analysis.page.tables import show_table
from analysis.wording.labels import translate


def show(*parts: Shown | str | pd.DataFrame) -> Shown:
    """Show parts one below the other, as the one result of a cell.

    A text is shown as a paragraph (`show_text`), a table of a question as one (`show_table`).
    """
    pieces = [_show_part(part) for part in parts]
    return Shown(
        "\n".join(piece.html for piece in pieces if piece.html),
        "\n\n".join(piece.text for piece in pieces if piece.text),
        tuple(figure for piece in pieces for figure in piece.figures),
        is_about_nothing=any(piece.is_about_nothing for piece in pieces),
    )


def show_details(summary: str, *parts: Shown | str | pd.DataFrame) -> Shown:
    """Show parts in a fold, printed only where it is open; no part with anything, no fold.

    Texts and tables are shown as in `show`.
    """
    summary, pieces = translate(summary), [_show_part(part) for part in parts]
    if not any(piece.html for piece in pieces):
        return Shown("", "")
    inside = "".join(piece.html for piece in pieces)
    return Shown(
        f"<details><summary>{escape(summary)}</summary>{inside}</details>",
        "\n".join([summary, *(piece.text for piece in pieces)]),
        tuple(figure for piece in pieces for figure in piece.figures),
    )


def _show_part(part: Shown | str | pd.DataFrame) -> Shown:
    if isinstance(part, Shown):
        return part
    return show_text(part) if isinstance(part, str) else show_table(part)
