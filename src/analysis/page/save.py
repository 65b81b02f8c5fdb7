"""The only writers in a notebook: figures and tables go into the report's own folder.

A report under `sosei run` has its folder in the environment; in JupyterLab the folder is
outputs/explore of the project.
"""

import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from analysis.environment import REPORT_VARIABLE
from analysis.errors import DataError
from analysis.page.show import Shown, show_absent, show_figure, show_table
from analysis.page.spreadsheet import write_csv
from analysis.typefaces import drawing

DPI = 200
MOST_COLORS = 128
WHITE = np.uint32(0xFFFFFFFF)
NOT_IN_XML = bytes(code for code in range(0x20) if code not in b"\t\n\r")
UNFIT_FOR_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]|^[ .]|[ .]$')
LONGEST_NAME = 150  # bytes, of the 255 that a file's name may have


def save_figure(
    figure: Figure | None,
    name: str,
    alt: str,
    caption: str = "",
    narrow: Figure | None = None,
) -> Shown:
    """Save a figure as figures/*.png and *.svg of this report, and show it.

    A character that no font has is drawn as a box, of which the summary of the run warns.

    Parameters
    ----------
    figure
        The figure, or None where there is nothing to draw: then `alt` is shown in its place
        and must say why.
    name
        Name of the files, without an ending.
    alt
        Alternative text, made from the data the figure shows.
    caption
        The line under the figure.
    narrow
        The variant shown on a telephone; only the page holds it, not the folder.

    Raises
    ------
    DataError
        When the name is not fit for a file, or a figure of this report has it already.
    """
    if figure is None:
        return show_absent(alt)
    file_of_png, file_of_svg = _new_files("figures", name, "png", "svg")
    png, svg = _draw(figure, name, _draw_png, _draw_svg)
    file_of_png.write_bytes(png)
    file_of_svg.write_bytes(svg)
    small = None if narrow is None else _draw(narrow, name, _draw_png)[0]
    drawn = (figure,) if narrow is None else (figure, narrow)
    return show_figure(png, small, alt, caption, *drawn)


def save_table(table: pd.DataFrame, name: str, caption: str) -> Shown:
    """Save a table as tables/*.csv of this report, and show it with its caption.

    Raises
    ------
    DataError
        When the name is not fit for a file, or a table of this report has it already.
    """
    [file] = _new_files("tables", name, "csv")
    write_csv(table, file)
    return show_table(table, caption)


def _new_files(kind: str, name: str, *endings: str) -> list[Path]:
    """The files of one name; their folder is made.

    Reports of several notebooks may share a folder, so every name begins with its notebook. In
    JupyterLab a cell that is run again writes its files again; in a report a file that is there
    is another cell's.
    """
    what = f"save_{kind.removesuffix('s')}: the name {name!r}"
    if not name or UNFIT_FOR_A_NAME.search(name) or len(name.encode()) > LONGEST_NAME:
        raise DataError(
            f"{what} is not fit for a file. Write letters, digits, - and _, such as 'progress', "
            f"and at most {LONGEST_NAME} bytes."
        )
    report = os.environ.get(REPORT_VARIABLE)
    folder = (Path(report).parent if report else _project() / "outputs" / "explore") / kind
    prefix = f"{Path(report).name}_" if report else ""
    files = [folder / f"{prefix}{name}.{ending}" for ending in endings]
    if report and files[0].exists():
        raise DataError(
            f"{what} is used a second time in this notebook; the first would be lost. "
            "Write a name of its own for each, such as f'{name}_{number}' in a loop."
        )
    folder.mkdir(parents=True, exist_ok=True)
    return files


def _project() -> Path:
    here = Path.cwd()
    return next((f for f in (here, *here.parents) if (f / "notebooks").is_dir()), here)


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
    """Draw as PNG of 128 colours: a picture of lines and text needs few, and is a third as large.

    Only what is not white is counted for the colours, so that white stays white.
    """
    canvas: Any = FigureCanvasAgg(figure)  # whose methods have no types
    figure.set_dpi(DPI)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    whole = pixels.view(np.uint32).ravel()
    colored = np.flatnonzero(whole != WHITE)
    numbers = np.zeros(whole.size, dtype=np.uint8)
    palette = [255, 255, 255]
    if colored.size:
        size, found = (colored.size, 1), whole[colored].tobytes()
        few = Image.frombytes("RGB", size, found, "raw", "RGBX")
        few = few.quantize(MOST_COLORS - 1, Image.Quantize.FASTOCTREE)
        numbers[colored] = np.asarray(few)[0] + 1
        palette += few.getpalette() or []
    picture = Image.frombytes("P", pixels.shape[1::-1], numbers.tobytes())
    picture.putpalette(palette)
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=4)
    return file.getvalue()
