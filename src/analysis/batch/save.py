"""The only writers in a notebook: figures and tables go into the report's own folder.

A report under `sosei run` has its folder in the environment; in JupyterLab the folder is
outputs/explore of the project.
"""

import io
import os
import warnings
from pathlib import Path

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure
from PIL import Image

from analysis.errors import DataError
from analysis.present.html import Shown, show_absent, show_figure, show_table

REPORT_VARIABLE = "SOSEI_REPORT"
DPI = 200
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def save_figure(
    figure: Figure | None,
    name: str,
    alt: str,
    caption: str = "",
    narrow: Figure | None = None,
) -> Shown:
    """Save a figure as figures/*.png and *.svg of this report, and show it.

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
        When the font has no glyph for a character of the figure.
    """
    if figure is None:
        return show_absent(alt)
    folder, prefix = _report_folder("figures")
    png = _draw(figure, "png", name)
    (folder / f"{prefix}{name}.png").write_bytes(png)
    (folder / f"{prefix}{name}.svg").write_bytes(_draw(figure, "svg", name))
    small = None if narrow is None else _draw(narrow, "png", name)
    return show_figure(png, small, alt, caption)


def save_table(table: pd.DataFrame, name: str, caption: str) -> Shown:
    """Save a table as tables/*.csv of this report, and show it with its caption."""
    folder, prefix = _report_folder("tables")
    write_csv(table, folder / f"{prefix}{name}.csv")
    return show_table(table, caption)


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a CSV that a spreadsheet opens as it is: UTF-8 with its mark, no cell a formula.

    A text that begins with = + - @ gets an apostrophe before it; numbers stay numbers.
    """
    texts = table.select_dtypes(["object", "str"])
    safe = {column: texts[column].map(_harmless) for column in texts}
    table.assign(**safe).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value


def _report_folder(kind: str) -> tuple[Path, str]:
    """The folder for a kind of file, and what a file name begins with.

    Reports of several notebooks may share a folder, so every name begins with its notebook.
    """
    report = os.environ.get(REPORT_VARIABLE)
    folder = Path(report).parent if report else _project() / "outputs" / "explore"
    (folder / kind).mkdir(parents=True, exist_ok=True)
    return folder / kind, f"{Path(report).name}_" if report else ""


def _project() -> Path:
    here = Path.cwd()
    return next((f for f in (here, *here.parents) if (f / "notebooks").is_dir()), here)


def _draw(figure: Figure, kind: str, name: str) -> bytes:
    """Draw to bytes that are the same each time: no date, no random name in them."""
    file = io.BytesIO()
    metadata = {"Date": None} if kind == "svg" else {"Software": None}
    with warnings.catch_warnings(record=True) as caught, mpl.rc_context({"svg.hashsalt": name}):
        warnings.simplefilter("always")
        figure.savefig(file, format=kind, dpi=DPI, metadata=metadata)
    missing = sorted({str(w.message) for w in caught if "missing from font" in str(w.message)})
    if missing:
        raise DataError(
            f"figure {name}: the font cannot write a character: {'; '.join(missing)}. "
            "Write the name with a character of JIS X 0213, and keep the original in a note."
        )
    return file.getvalue() if kind == "svg" else _with_fewer_colors(file)


def _with_fewer_colors(png: io.BytesIO) -> bytes:
    """Make a picture of lines and text a third of its size: it needs few colours."""
    smaller = io.BytesIO()
    picture = Image.open(png).convert("RGB").quantize(128, Image.Quantize.FASTOCTREE)
    palette = picture.getpalette() or []
    picture.putpalette([255 if value == 254 else value for value in palette])  # white is white
    picture.save(smaller, "PNG")
    return smaller.getvalue()
