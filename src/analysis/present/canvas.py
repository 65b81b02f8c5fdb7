"""A figure laid out in inches, with text that is measured before it is placed."""

import re
from functools import lru_cache
from typing import Any

import matplotlib_fontja  # noqa: F401  (registers the Japanese font)
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.patches import FancyBboxPatch, Rectangle

INK, GREY, LIGHT, PALE = "#1f2a37", "#5b6573", "#c9cfd8", "#e9ecf1"
BLUE, RED = "#0b5cad", "#b23c0b"
FONT = "IPAexGothic"
MOST_TO_THE_LEFT, MOST_TO_THE_RIGHT = -1.2, 2.6  # rates beyond are cut, with an arrow
KEY_TO_MARKS = "● 到達　◆ 未達　白抜き・破線＝推計値"
WIDE_INCHES, NARROW_INCHES = 7.6, 3.6
LineStyle = str | tuple[float, tuple[float, float]]
POINTS_PER_INCH = 72
LINE_HEIGHT = 1.35
HINTING = 1.03  # a drawn line is up to this much wider than its outlines


def text_width(text: str, size: float) -> float:
    """Measure a line of text in inches at a font size in points."""
    return _width_of_em(text) * size / POINTS_PER_INCH


@lru_cache(maxsize=4096)
def _width_of_em(text: str) -> float:
    font = get_font(findfont(FONT))
    font.set_size(100, POINTS_PER_INCH)
    font.set_text(text)
    width: float = font.get_width_height()[0] / 64 / 100 * HINTING
    return width


NOT_AT_LINE_START = (
    "、。，．・：；？！）］｝」』】〉》〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ%％)]}"
)


CLOSING = f"[{re.escape(NOT_AT_LINE_START)}]*"
CHARACTER = re.compile(f".{CLOSING}", re.DOTALL)
PHRASE = re.compile(
    r"(?:[A-Za-zＡ-Ｚａ-ｚ0-9０-９.,，]+"  # a word or number in Latin letters
    r"|[ァ-ヺー・]+"  # a word in katakana
    r"|[々〇一-鿿]+[ぁ-ん]*"  # a word in kanji with its ending
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
    """A page in inches, y growing downwards; height is known once the rows are."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width, height))
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.axes.set_axis_off()

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
        self.axes.text(
            x,
            y,
            text,
            fontsize=size,
            color=color,
            ha=align,
            va="center_baseline",
            fontfamily=FONT,
            parse_math=False,
            zorder=6,
            bbox={"fc": "white", "ec": "none", "pad": 0.8} if halo else None,
        )

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
        if arrow:
            self.axes.annotate(
                "",
                (x1, y1),
                (x0, y0),
                arrowprops={
                    "arrowstyle": "-|>",
                    "color": color,
                    "lw": width,
                    "ls": style,
                    "shrinkA": 0,
                    "shrinkB": 0,
                },
            )
        else:
            self.axes.plot(
                [x0, x1], [y0, y1], color=color, lw=width, ls=style, solid_capstyle="butt"
            )

    def box(self, x: float, y: float, width: float, height: float, **style: Any) -> None:
        """Draw a rectangle from its upper left corner."""
        self.axes.add_patch(Rectangle((x, y), width, height, **({"lw": 0} | style)))

    def outline(self, x: float, y: float, width: float, height: float) -> None:
        """Draw the dashed outline that stands for something unknown."""
        self.axes.add_patch(
            FancyBboxPatch(
                (x, y),
                width,
                height,
                boxstyle="round,pad=0,rounding_size=0.04",
                fc="white",
                ec=GREY,
                lw=0.9,
                ls=(0, (3, 2)),
                zorder=4,
            )
        )

    def mark(self, x: float, y: float, reached: str, estimated: bool, size: float = 8) -> None:
        """Draw where a KPI stands: a disc if reached, a diamond if missed, hollow if estimated."""
        if reached == "unknown":
            color, shape = GREY, "s"
        else:
            color, shape = (BLUE, "o") if reached == "yes" else (RED, "D")
        self.axes.plot(
            [x],
            [y],
            marker=shape,
            ms=size if shape == "o" else size * 0.86,
            mfc="white" if estimated or reached == "unknown" else color,
            mec=color,
            mew=1.6,
            ls="none",
            zorder=7,
        )

    def caption_line(self, text: str) -> None:
        """Write the key and the source at the foot of the page."""
        self.text(0, self.height - 0.09, text, 7.5, GREY)


def color_of(reached: str) -> str:
    """Return the colour that repeats a verdict."""
    return {"yes": BLUE, "no": RED}.get(reached, GREY)
