"""Pieces of a report as HTML. Every text that comes from data is escaped here."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from analysis.environment import ABOUT_NOTHING, REPORT_VARIABLE, WHOLE
from analysis.wording.labels import labels, translate

LONG_AMOUNT = re.compile("[▲−]?[0-9,.]{12,}")
IN_JUPYTERLAB = (  # which sets every cell to the right
    "<style>.jp-RenderedHTMLCommon table.own :is(th, td):not(.figure) {text-align: left}</style>"
)

if TYPE_CHECKING:  # slow to import, for an index
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Shown:
    """A piece of HTML that a notebook shows, with the same in plain text.

    `figures` are those of matplotlib in it: shown here, they are not shown once more at the end
    of the cell. `links` lead to the files that hold its data (HTML). `is_about_nothing` says that
    the section it stands in is.
    """

    html: str
    text: str
    figures: "tuple[Figure, ...]" = ()
    links: tuple[str, ...] = ()
    is_about_nothing: bool = False

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, dict[str, bool]]]:
        _take_from_pyplot(self.figures)
        said = {WHOLE: True} | ({ABOUT_NOTHING: True} if self.is_about_nothing else {})
        is_in_report = os.environ.get(REPORT_VARIABLE) or 'class="own"' not in self.html
        html = self.html if is_in_report else IN_JUPYTERLAB + self.html
        return {"text/html": html, "text/plain": self.text}, {"text/html": said}

    def __repr__(self) -> str:
        return self.text


def _take_from_pyplot(figures: "tuple[Figure, ...]") -> None:
    """Close figures that pyplot would show once more at the end of a notebook's cell."""
    if figures:
        from matplotlib import pyplot

        if pyplot.get_backend().endswith("inline"):
            for figure in figures:
                pyplot.close(figure)


def show_title(where: str, title: str) -> Shown:
    """Show where and when, and the question of the report as its only h1."""
    title = translate(title)
    return Shown(
        f'<header><p class="where">{escape(where)}</p><h1>{escape(title)}</h1></header>',
        f"{where}\n{title}",
    )


def show_text(*sentences: str, lead: bool = False) -> Shown:
    """Show sentences as one paragraph; a lead is set larger. No sentence, no paragraph."""
    text = "".join(sentences)
    name = ' class="lead"' if lead else ""
    return Shown(f"<p{name}>{escape(text)}</p>" if text else "", text)


def show_list(items: Iterable[str]) -> Shown:
    """Show texts as a list, their line breaks kept; no text, no list."""
    texts = list(items)
    if not texts:
        return Shown("", "")
    return Shown(
        "<ul>" + "".join(f"<li>{_break(text)}</li>" for text in texts) + "</ul>",
        "\n".join(f"- {text}" for text in texts),
    )


def _break(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def show_formulas(*readings: str) -> Shown:
    """Show how rates are computed, each with its name: all, or those that are named."""
    words, formulas = labels("readings"), labels("formulas")
    chosen = readings or tuple(formulas)
    lines = [f"<p><strong>{words[r]}</strong> {escape(formulas[r])}</p>" for r in chosen]
    return Shown(
        f"<blockquote>{''.join(lines)}</blockquote>",
        "\n".join(f"{words[reading]} {formulas[reading]}" for reading in chosen),
    )


def section_about(*tables: pd.DataFrame) -> Shown:
    """Say what the section of a notebook is about: without a row, the page leaves it out.

    The section is that of the last heading in Markdown above the cell. The page ends with the
    titles of those that it leaves out.
    """
    if not all(table.empty for table in tables):
        return Shown("", "")
    return Shown("", labels("page")["left_out"], is_about_nothing=True)


def show_tiles(tiles: pd.DataFrame) -> Shown:
    """Show headline figures: one row each, with `label`, `value` and `note`.

    An amount of a nation is wider than a tile, and is written smaller: digits on two lines are read
    as another amount.
    """
    cells = "".join(
        f"<div><dt>{escape(t.label)}</dt><dd><b{_size(t.value)}>{escape(t.value)}</b>"
        f"<span>{escape(t.note)}</span></dd></div>"
        for t in tiles.itertuples()
    )
    text = "\n".join(f"{t.label}: {t.value} {t.note}" for t in tiles.itertuples())
    return Shown(f'<dl class="tiles">{cells}</dl>', text)


def _size(value: str) -> str:
    return ' class="long"' if LONG_AMOUNT.fullmatch(value) else ""


def show_taken(*links: str) -> str:
    """The links by which a figure or a table is taken away, behind its caption; HTML."""
    there = " ".join(filter(None, links))
    return f' <span class="take">{there}</span>' if there else ""


def show_absent(reason: str) -> Shown:
    """Show that there is no figure here, and why; nothing where it was said already."""
    return Shown(f'<p class="absent">{escape(reason)}</p>' if reason else "", reason)
