"""Figures shown in a report, and saved beside it as PNG, and as SVG where that is wanted."""

import io
import os
from base64 import b64encode
from collections.abc import Callable
from html import escape
from inspect import signature
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.environment import REPORT_VARIABLE, SVG_VARIABLE
from analysis.errors import DataError
from analysis.page.files import link_to, new_files
from analysis.page.parts import show, show_details
from analysis.page.pieces import Shown, show_absent, show_taken
from analysis.page.png import write_png
from analysis.page.tables import show_table
from analysis.typefaces import drawing
from analysis.wording.figures import find_words
from analysis.wording.labels import labels

DPI, DPI_OF_TALL, TALL_INCHES = 200, 130, 8  # a tall one would be half of its page
NOT_IN_XML = bytes(code for code in range(0x20) if code not in b"\t\n\r")
PREFIX = "plot_"


def show_figure(
    plot: Callable[..., Figure | None] | Figure | None,
    *tables: Any,
    name: str = "",
    alt: str = "",
    caption: str = "",
    table: bool = True,
) -> Shown:
    """Draw a figure, save it as figures/<name>.png of this report, and show it.

    It is also saved as .svg in JupyterLab, and in a run with `--svg`.

    `show_figure(sosei.plot_costs, kpis)` draws it for wide and for narrow screens, says what it
    shows in the words of the same question, and sets the table of the same question below it, in a
    fold, for it says the same. Sentences that are for everybody stand above it.
    A character that no font has is drawn as a box, of which the summary of the run warns.

    Parameters
    ----------
    plot
        A function that draws a figure from tables, or a figure of your own. A function that
        takes `narrow` also draws the variant for a telephone, which only the page holds.
    tables
        What the function is called with.
    name
        Name of the files, without an ending: else that of the function, without `plot_`.
    alt
        Alternative text, made from the data the figure shows. A figure of your own needs one.
        Where there is nothing to draw (None), it is shown in the figure's place and says why.
    caption
        The line under the figure.
    table
        Whether the table with the same figures follows it, where there is one.

    Raises
    ------
    DataError
        When the name is missing or not fit for a file, a figure of this report has it already,
        or a figure of your own has no alternative text.
    """
    drawn, narrow = _draw_both(plot, tables)
    name = name or getattr(plot, "__name__", "").removeprefix(PREFIX)
    words = find_words(plot, tables)
    alt, caption = alt or words.alternative, caption or words.caption
    if drawn and not (name and alt):
        raise DataError(
            "show_figure: this figure has no name or no alternative text. Write, for example, "
            "show_figure(figure, name='visitors', alt='Visitors doubled from 2016 to 2019.')."
        )
    twin = show_table(words.table) if table and words.table is not None else Shown("", "")
    figure = show_absent("" if words.sentences else alt)
    if drawn:
        figure = _save(drawn, narrow, name, alt, caption, *twin.links)
    if drawn and words.table is not None:
        number = labels("page")["table_number"].format(number="")
        called = number.rstrip() + labels("page")["space"]
        twin = show_details(labels("tables")[words.table.attrs["name"]].removeprefix(called), twin)
    return show(words.sentences, figure, twin)


def _draw_both(
    plot: Callable[..., Figure | None] | Figure | None, tables: tuple[Any, ...]
) -> tuple[Figure | None, Figure | None]:
    if plot is None or isinstance(plot, Figure):
        return plot, None
    wide = plot(*tables)
    if wide is None or "narrow" not in signature(plot).parameters:
        return wide, None
    return wide, plot(*tables, narrow=True)


def _save(
    drawn: Figure, narrow: Figure | None, name: str, alt: str, caption: str, *to_data: str
) -> Shown:
    kinds = {"png": _draw_png, "svg": _draw_svg} if _wants_svg() else {"png": _draw_png}
    files = new_files("figures", name, *kinds)
    png, *others = _draw(drawn, name, *kinds.values())
    for file, content in zip(files, (png, *others), strict=True):
        file.write_bytes(content)
    links = [
        link_to(file, labels("page")[f"take_{kind}"])
        for kind, file in zip(kinds, files, strict=True)
    ]
    source = ""
    if narrow is not None:
        [small] = _draw(narrow, name, _draw_png)
        source = f'<source media="(max-width: 640px)" srcset="{_uri(small)}">'
    return Shown(
        f'<figure class="own"><picture>{source}'
        f'<img src="{_uri(png)}" alt="{escape(alt)}"></picture>'
        f"<figcaption>{escape(caption)}{show_taken(*links, *to_data)}</figcaption></figure>",
        f"{caption}\n{alt}",
        (drawn,) if narrow is None else (drawn, narrow),
    )


def _wants_svg() -> bool:
    is_in_jupyterlab = not os.environ.get(REPORT_VARIABLE)
    return is_in_jupyterlab or bool(os.environ.get(SVG_VARIABLE))


def _uri(png: bytes) -> str:
    return "data:image/png;base64," + b64encode(png).decode()


def _draw(figure: Figure, name: str, *kinds: Callable[[Figure, str], bytes]) -> list[bytes]:
    """Draw a figure in several kinds, which are the same bytes each time."""
    canvas, dpi = figure.canvas, figure.dpi
    try:
        with drawing(f"figure {name}"):
            return [kind(figure, name) for kind in kinds]
    finally:
        figure.set_dpi(dpi)
        figure.set_canvas(canvas)


def _draw_svg(figure: Figure, name: str) -> bytes:
    """Draw as SVG without a date or a random name in it."""
    file, salt = io.BytesIO(), mpl.rcParams["svg.hashsalt"]
    mpl.rcParams["svg.hashsalt"] = name
    try:
        figure.savefig(file, format="svg", metadata={"Date": None})
    finally:
        mpl.rcParams["svg.hashsalt"] = salt
    return file.getvalue().translate(None, NOT_IN_XML)  # control characters stand in comments


def _draw_png(figure: Figure, _: str) -> bytes:
    canvas: Any = FigureCanvasAgg(figure)  # whose methods have no types
    figure.set_dpi(DPI if figure.get_figheight() < TALL_INCHES else DPI_OF_TALL)
    canvas.draw()
    return write_png(np.asarray(canvas.buffer_rgba()))
