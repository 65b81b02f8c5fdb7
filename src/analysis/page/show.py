"""Pieces of a report as HTML. Every text that comes from data is escaped here."""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from analysis.environment import WHOLE

if TYPE_CHECKING:  # slow to import, for an index
    from matplotlib.figure import Figure

MARK_CLASSES = {"●": "reached", "◆": "missed", "○": "estimated", "◇": "estimated", "？": "unknown"}
FIGURE_CELL = re.compile(r"^(▲?[\d,.]+.{0,8}|—|[\d,.]+～[\d,.]+円?)$")
DIGIT = re.compile(r"\d")
MOST_ON_ONE_LINE = 6


@dataclass(frozen=True)
class Shown:
    """A piece of HTML that a notebook shows, with the same in plain text.

    `figures` are those of matplotlib in it: shown here, they are not shown once more at the end
    of the cell.
    """

    html: str
    text: str
    figures: "tuple[Figure, ...]" = ()

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, dict[str, bool]]]:
        _take_from_pyplot(self.figures)
        return {"text/html": self.html, "text/plain": self.text}, {"text/html": {WHOLE: True}}

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


def show(*pieces: Shown) -> Shown:
    """Show pieces one below the other, as the one result of a cell."""
    return Shown(
        "\n".join(piece.html for piece in pieces if piece.html),
        "\n\n".join(piece.text for piece in pieces if piece.text),
        _list_figures(pieces),
    )


def _list_figures(pieces: Iterable[Shown]) -> "tuple[Figure, ...]":
    return tuple(figure for piece in pieces for figure in piece.figures)


def show_section(title: str, about: pd.DataFrame, *pieces: Shown) -> Shown:
    """Show a heading and what stands under it; nothing where the table it is about is empty."""
    if about.empty:
        return Shown("", "")
    return show(Shown(f"<h2>{escape(title)}</h2>", title), *pieces)


def show_tiles(tiles: pd.DataFrame) -> Shown:
    """Show headline figures: one row each, with `label`, `value` and `note`."""
    cells = "".join(
        f"<div><dt>{escape(t.label)}</dt><dd><b>{escape(t.value)}</b>"
        f"<span>{escape(t.note)}</span></dd></div>"
        for t in tiles.itertuples()
    )
    text = "\n".join(f"{t.label}: {t.value} {t.note}" for t in tiles.itertuples())
    return Shown(f'<dl class="tiles">{cells}</dl>', text)


def show_table(table: pd.DataFrame, caption: str) -> Shown:
    """Show a table of texts with a caption; the first column names the rows.

    Figures are set to the right, states (● ◆ ◇ ？) as chips. The table scrolls inside its
    own box where the page is too narrow for it. A table without rows is not shown.
    """
    if table.empty:
        return Shown("", "")
    right = {column for column in table.columns[1:] if _holds_figures(table[column])}
    rows = list(zip(*(table[column].tolist() for column in table), strict=True))
    head = "".join(
        f'<th scope="col"{_classes(str(c), c in right)}>{escape(str(c))}</th>' for c in table
    )
    body = "".join(
        "<tr>"
        + "".join(_cell(str(value), column in right, n == 0) for n, (column, value) in cells)
        + "</tr>"
        for cells in (list(enumerate(zip(table, row, strict=True))) for row in rows)
    )
    return Shown(
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>",
        "\n".join([caption, *("\t".join(map(str, row)) for row in (table.columns, *rows))]),
    )


def _classes(text: str, is_figure: bool) -> str:
    names = ["figure"] * is_figure + ["short"] * (len(text) <= MOST_ON_ONE_LINE)
    return f' class="{" ".join(names)}"' if names else ""


def _holds_figures(cells: pd.Series) -> bool:
    texts = [str(cell) for cell in cells.tolist()]
    return all(map(FIGURE_CELL.match, texts)) and any(map(DIGIT.search, texts))


def _cell(text: str, is_figure: bool, is_head: bool) -> str:
    shown = escape(text)
    if text[:1] in MARK_CLASSES and text[1:2] == " ":
        word, bracket, rest = shown.partition("（")
        shown = f'<span class="chip {MARK_CLASSES[text[0]]}">{word}</span>{bracket}{rest}'
    name = _classes(text, is_figure)
    return f'<th scope="row"{name}>{shown}</th>' if is_head else f"<td{name}>{shown}</td>"


def show_details(summary: str, *parts: Shown) -> Shown:
    """Show parts in a fold that opens on a click and in print; no part with anything, no fold."""
    if not any(part.html for part in parts):
        return Shown("", "")
    return Shown(
        f"<details><summary>{escape(summary)}</summary>{''.join(p.html for p in parts)}</details>",
        "\n".join([summary, *(part.text for part in parts)]),
        _list_figures(parts),
    )


def show_figure(
    wide: bytes, narrow: bytes | None, alt: str, caption: str, *figures: "Figure"
) -> Shown:
    """Show a PNG, with a second one for narrow screens, its alternative text and its caption.

    `figures` are those of matplotlib that the PNGs were drawn from.
    """

    def uri(png: bytes) -> str:
        return "data:image/png;base64," + b64encode(png).decode()

    source = f'<source media="(max-width: 640px)" srcset="{uri(narrow)}">' if narrow else ""
    return Shown(
        f'<figure><picture>{source}<img src="{uri(wide)}" alt="{escape(alt)}"></picture>'
        f"<figcaption>{escape(caption)}</figcaption></figure>",
        f"{caption}\n{alt}",
        figures,
    )


def show_absent(reason: str) -> Shown:
    """Show that there is no figure here, and why; nothing where it was said already."""
    return Shown(f'<p class="absent">{escape(reason)}</p>' if reason else "", reason)
