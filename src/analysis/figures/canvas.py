"""A figure laid out in inches, with text that is measured before it is placed."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import BoxStyle, FancyArrowPatch, PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from analysis.figures.lettering import POINTS_PER_INCH, Lettering, Line, text_width
from analysis.wording.labels import labels


def measure_rows(
    names: list[list[str]], first: float, least: float, stacked: bool
) -> tuple[list[float], list[float]]:
    """Lay rows below each other, each as high as its name needs."""
    extra = 0.178
    heights = [
        max(least, least + (len(lines) - 1) * extra)
        if stacked
        else max(least, len(lines) * extra + 0.32)
        for lines in names
    ]
    tops = [first + sum(heights[:number]) for number in range(len(heights))]
    return tops, heights


INK, GREY, LIGHT, PALE = "#1f2a37", "#5b6573", "#c9cfd8", "#e9ecf1"


BLUE, RED = "#0b5cad", "#b23c0b"


MOST_TO_THE_LEFT, MOST_TO_THE_RIGHT = -1.2, 2.6  # rates beyond are cut, with an arrow


KEY_TO_MARKS = labels("figures")["marks"]


WIDE_INCHES, NARROW_INCHES = 7.6, 3.6
KEY_SIZE, SMALLEST_SIZE = 8, 7.5  # points: the key of a figure is read, too


LineStyle = str | tuple[float, tuple[float, float]]


Points = list[tuple[float, float]]


Draw = Callable[[Axes], None]


LINE_HEIGHT = 1.35


ROUND = BoxStyle.Round(pad=0, rounding_size=0.04)


CODES = {
    "line": [Path.MOVETO, Path.LINETO],
    "box": [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY],
}


ELLIPSIS = "…"


NOT_AT_LINE_START = (
    "、。，．・：；？！）］｝」』】〉》〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ%％)]}"
)


JOINING = r"\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"  # ゛ ゜ and what chooses a variant


CLOSING = f"[{re.escape(NOT_AT_LINE_START)}{JOINING}]*"


KANJI = r"々〇\u3400-\u4dbf一-鿿\uf900-\ufaff\U00020000-\U0003ffff"


OPENING = "[（［｛「『〈《〔(\\[{]*"  # a line does not end with one


CHARACTER = re.compile(f"{OPENING}.{CLOSING}", re.DOTALL)


PHRASE = re.compile(
    rf"{OPENING}"
    r"(?:[A-Za-zＡ-Ｚａ-ｚ0-9０-９.,，]+"  # a word or number in Latin letters
    r"|[ァ-ヺー・]+"  # a word in katakana
    rf"|[{KANJI}]+[ぁ-ん]*"  # a word in kanji with its ending
    rf"|.){CLOSING}",
    re.DOTALL,
)


def wrap(text: str, size: float, width: float) -> list[str]:
    """Break a text into the fewest lines no wider than `width` inches, of about equal length.

    Lines break between words where they can; nothing is left out, and no line begins with a
    closing mark.
    """
    phrases = [text_width(phrase, size) for phrase in PHRASE.findall(text)]
    longest = max((phrase for phrase in phrases if phrase <= width), default=0)
    lines = _fill(text, size, width)
    while len(lines) > 1 and width * 0.96 >= longest > 0:
        narrower = _fill(text, size, width * 0.96)
        if len(narrower) > len(lines):
            break
        lines, width = narrower, width * 0.96
    return lines


def wrap_short(text: str, size: float, width: float, most: int = 2) -> list[str]:
    """Break a text as `wrap` does, and what does not stand on `most` lines ends in an ellipsis."""
    lines = wrap(text, size, width)
    if len(lines) <= most:
        return lines
    lines = _fill(text, size, width)[:most]
    while text_width(lines[-1] + ELLIPSIS, size) > width:
        lines[-1] = lines[-1][:-1]
    return [*lines[:-1], lines[-1] + ELLIPSIS]


def _fill(text: str, size: float, width: float) -> list[str]:
    lines = [""]
    for phrase in PHRASE.findall(text):
        whole = text_width(phrase, size) <= width
        for part in [phrase] if whole else CHARACTER.findall(phrase):
            if not lines[-1] or text_width(lines[-1] + part, size) <= width:
                lines[-1] += part
            else:
                lines.append(part)
    return [line.strip() for line in lines if line.strip()] or [""]


def wrap_words(words: list[str], size: float, width: float) -> list[str]:
    """Put words on lines no wider than `width` inches; one that is wider is broken."""
    lines = [""]
    for word in [part for whole in words for part in wrap(whole, size, width)]:
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class Canvas:
    """A page in inches, y growing downwards; height is known once the rows are.

    What looks alike is drawn as one: a figure of hundreds of squares has a few artists.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._lettering = Lettering()
        self._lines: dict[tuple[Any, ...], list[Points]] = {}
        self._arrows: list[tuple[Points, dict[str, Any]]] = []
        self._boxes: dict[tuple[Any, ...], list[Points]] = {}
        self._outlines: list[tuple[float, float, float, float]] = []
        self._marks: dict[tuple[Any, ...], Points] = {}
        self._plots: list[tuple[tuple[float, float, float, float], Draw]] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 9,
        color: str = INK,
        align: str = "left",
        halo: bool = False,
    ) -> None:
        """Write one line centred on the height y, on a white ground if it may cross a line."""
        self._lettering.lines.append(Line(x, y, text, size, color, align, halo))

    def lines(
        self,
        x: float,
        y: float,
        lines: list[str],
        size: float = 9,
        color: str = INK,
        align: str = "left",
    ) -> float:
        """Write lines from the top y on; return the y below the last."""
        step = size * LINE_HEIGHT / POINTS_PER_INCH
        for number, line in enumerate(lines):
            self.text(x, y + step * (number + 0.5), line, size, color, align)
        return y + step * len(lines)

    def line(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        color: str = LIGHT,
        width: float = 1.0,
        style: LineStyle = "solid",
        arrow: bool = False,
    ) -> None:
        """Draw a straight line, with a head at its end if it is an arrow."""
        look: dict[str, Any] = {"color": color, "lw": width, "ls": style}
        if arrow:
            look |= {"arrowstyle": "-|>", "mutation_scale": 10, "shrinkA": 0, "shrinkB": 0}
            self._arrows.append(([(x0, y0), (x1, y1)], look))
        else:
            look["snap"] = x0 == x1 or y0 == y1  # onto whole pixels, but no line that leans
            self._lines.setdefault(tuple(look.items()), []).append([(x0, y0), (x1, y1)])

    def box(self, x: float, y: float, width: float, height: float, **style: Any) -> None:
        """Draw a rectangle from its upper left corner."""
        right, below = x + width, y + height
        corners = [(x, y), (right, y), (right, below), (x, below), (x, y)]
        self._boxes.setdefault(tuple(style.items()), []).append(corners)

    def outline(self, x: float, y: float, width: float, height: float) -> None:
        """Draw the dashed outline that stands for something unknown."""
        self._outlines.append((x, y, width, height))

    def mark(
        self, x: float, y: float, reached: str, estimated: bool, size: float = 8, edge: float = 1.6
    ) -> None:
        """Draw where a KPI stands: a disc if reached, a diamond if missed, hollow if estimated."""
        if reached == "unknown":
            color, shape = GREY, "s"
        else:
            color, shape = (BLUE, "o") if reached == "yes" else (RED, "D")
        look = {
            "marker": shape,
            "ms": size if shape == "o" else size * 0.86,
            "mfc": "white" if estimated or reached == "unknown" else color,
            "mec": color,
            "mew": edge,
        }
        self._marks.setdefault(tuple(look.items()), []).append((x, y))

    def caption_line(self, text: str) -> None:
        """Write the key and the source at the foot of the page."""
        size = KEY_SIZE if text_width(text, KEY_SIZE) <= self.width else SMALLEST_SIZE
        self.text(0, self.height - 0.09, text, size, GREY)

    def plot(self, x: float, y: float, width: float, height: float, draw: Draw) -> None:
        """Let seaborn draw into a rectangle: `draw` gets axes without a frame or a label."""
        self._plots.append(((x, y, width, height), draw))

    def put(self, other: "Canvas", top: float) -> None:
        """Put all that is drawn on another page on this one, its top edge at `top`."""
        lines = other._lettering.lines
        self._lettering.lines += [line._replace(y=line.y + top) for line in lines]
        for mine, theirs in ((self._lines, other._lines), (self._boxes, other._boxes)):
            for look, shapes in theirs.items():
                mine.setdefault(look, []).extend(_lower(points, top) for points in shapes)
        for look, points in other._marks.items():
            self._marks.setdefault(look, []).extend(_lower(points, top))
        self._arrows += [(_lower(points, top), look) for points, look in other._arrows]
        self._outlines += [(x, y + top, wide, high) for x, y, wide, high in other._outlines]
        self._plots += [((x, y + top, w, h), draw) for (x, y, w, h), draw in other._plots]

    def finish(self) -> Figure:
        """Return the page as a figure."""
        figure = Figure(figsize=(self.width, self.height))
        inches = Affine2D().scale(1, -1).translate(0, self.height) + figure.dpi_scale_trans
        arrows = [FancyArrowPatch(*ends, **look, zorder=3) for ends, look in self._arrows]
        for artist in [*self._shapes(), *arrows, *self._all_marks(), self._lettering]:
            artist.set_transform(inches)
            figure.add_artist(artist)
        for (x, y, width, height), draw in self._plots:
            bottom = self.height - y - height
            shares = (x / self.width, bottom / self.height)
            axes = figure.add_axes((*shares, width / self.width, height / self.height), zorder=2.5)
            draw(axes)
            axes.set_axis_off()
        return figure

    def _shapes(self) -> Iterator[PathPatch]:
        """Boxes behind lines behind outlines."""
        for style, boxes in self._boxes.items():
            look = {"lw": 0} | dict(style)
            yield PathPatch(_join(boxes, "box"), **look, snap=True, zorder=1)
        for style, lines in self._lines.items():
            yield PathPatch(_join(lines, "line"), **dict(style), fill=False, zorder=2)
        if self._outlines:
            whole = Path.make_compound_path(*(ROUND(*box, 1) for box in self._outlines))
            yield PathPatch(whole, fc="white", ec=GREY, lw=0.9, ls=(0, (3, 2)), zorder=4)

    def _all_marks(self) -> Iterator[Line2D]:
        for style, points in self._marks.items():
            yield Line2D(*zip(*points, strict=True), ls="none", **dict(style), zorder=7)


def _lower(points: Points, by: float) -> Points:
    return [(x, y + by) for x, y in points]


def _join(shapes: list[Points], kind: str) -> Path:
    path = Path(np.array(shapes).reshape(-1, 2), CODES[kind] * len(shapes))
    path.should_simplify = False
    return path


def color_of(reached: str) -> str:
    """Return the colour that repeats a verdict."""
    return {"yes": BLUE, "no": RED}.get(reached, GREY)
