"""Lines of text on a page, put together from glyphs that are made once and kept.

matplotlib shapes a text anew each time it is measured and drawn, and most of the time of a
report went there. The font sets each character on its own, without kerning, so that a line is
the glyphs of its characters side by side: pixels in a PNG, outlines that are used again in an
SVG. A line with a character that combines with others is left to matplotlib; so are all lines in
formats other than these two. In the place of a character that no font has stands 〓, as printers
do, and in that of a control character a blank.
"""

import unicodedata
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.font_manager import get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox
from numpy.typing import NDArray

from analysis.glyphs import FONT, is_missing
from analysis.typefaces import FALLBACK, find_font, warn_of_missing

POINTS_PER_INCH = 72
HINTING = 1.03  # a drawn line is up to this much wider than its outlines
EM = 100  # points at which outlines are taken
HALO_POINTS = 0.8
BLANKS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")  # for control characters
MINUS = "\u2212"
GETA = "〓"
BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}  # share of a line that stands before its x
COMMANDS = {
    int(Path.MOVETO): "M",
    int(Path.LINETO): "L",
    int(Path.CURVE3): "Q",
    int(Path.CURVE4): "C",
    int(Path.CLOSEPOLY): "z",
}
Pixels = NDArray[np.uint8]


class Line(NamedTuple):
    """One line of text, centred on the height y; inches from the upper left corner."""

    x: float
    y: float
    text: str
    size: float
    color: str
    align: str
    halo: bool


class Lettering(Artist):
    """All lines of text of a page, as one artist of its figure."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.set_zorder(6)

    def draw(self, renderer: RendererBase) -> None:
        """Draw each line in the way that is quickest in this format."""
        writer = getattr(renderer, "writer", None)  # of an SVG
        defined: set[str] = set()
        dpi = self._page().dpi
        for line in self.lines:
            text = _as_drawn(line.text)
            if text != line.text:
                for character in filter(is_missing, line.text.translate(BLANKS)):
                    warn_of_missing(ord(character))
                line = line._replace(text=text)
            if not _is_simple(line.text):
                self.as_text(line).draw(renderer)
            elif isinstance(renderer, RendererAgg):
                _draw_pixels(renderer, line, dpi)
            elif writer is not None:
                _write_outlines(writer, line, defined)
            else:
                self.as_text(line).draw(renderer)

    def as_text(self, line: Line) -> Text:
        """Make a line an artist of its own, which matplotlib measures and draws."""
        figure = self._page()
        text = Text(
            line.x,
            figure.get_size_inches()[1] - line.y,
            _as_drawn(line.text),
            size=line.size,
            color=line.color,
            ha=line.align,
            va="center_baseline",
            family=FONT,
            parse_math=False,
            bbox={"fc": "white", "ec": "none", "pad": HALO_POINTS} if line.halo else None,
        )
        text.set_figure(figure)
        text.set_transform(figure.dpi_scale_trans)
        return text

    def get_window_extent(self, renderer: RendererBase | None = None) -> Bbox:
        """Return the whole page, so that no way of saving it cuts text off."""
        page: Bbox = self._page().bbox
        return page

    def _page(self) -> Any:
        return self.get_figure(root=True)


def text_width(text: str, size: float) -> float:
    """Measure a line of text in inches at a font size in points."""
    return _width_of_em(text) * size / POINTS_PER_INCH


@lru_cache(maxsize=4096)
def _width_of_em(text: str) -> float:
    text = _as_drawn(text)
    if _is_simple(text):
        return sum(map(_advance_of_em, text)) / EM * HINTING
    font = get_font(FALLBACK)
    font.set_size(EM, POINTS_PER_INCH)
    font.set_text(text)
    width: float = font.get_width_height()[0] / 64 / EM * HINTING
    return width


@lru_cache(maxsize=16384)
def _advance_of_em(character: str) -> float:
    font = _font(character)
    font.set_size(EM, POINTS_PER_INCH)
    return font.load_char(ord(character)).horiAdvance / 64


@lru_cache(maxsize=4096)
def _as_drawn(text: str) -> str:
    """A text in characters that there are glyphs for."""
    return "".join(GETA if is_missing(c) else c for c in text.translate(BLANKS))


def _is_simple(text: str) -> bool:
    """Whether a line is the glyphs of its characters side by side."""
    return all(map(_stands_alone, text))


@lru_cache(maxsize=16384)
def _stands_alone(character: str) -> bool:
    return find_font(character) is not None and not unicodedata.combining(character)


def _font(character: str = GETA) -> FT2Font:
    """The font that draws a character; of those that several have, the Japanese one.

    Its minus sign is so thin that it is lost where a screen shows a figure smaller.
    """
    return get_font(FALLBACK[-1] if character == MINUS else find_font(character) or FALLBACK[0])


@lru_cache(maxsize=1)
def _reach() -> tuple[float, float]:
    """How far the font reaches above and below its base line, in em."""
    font = _font()
    table, em = font.get_sfnt_table("OS/2"), font.units_per_EM
    assert table is not None  # every TrueType font has it
    return table["sTypoAscender"] / em, -table["sTypoDescender"] / em


def _base_line(line: Line, dots_per_inch: float) -> float:
    """The height on which a line stands: its y is the middle of what is above."""
    em = line.size * dots_per_inch / POINTS_PER_INCH
    return line.y * dots_per_inch + _reach()[0] * em / 2


def _halo(line: Line, start: float, width: float, dots_per_inch: float) -> tuple[float, ...]:
    """The white ground of a line: left, top, width and height."""
    point = dots_per_inch / POINTS_PER_INCH
    ascent, descent = (share * line.size * point for share in _reach())
    top = _base_line(line, dots_per_inch) - ascent
    around = HALO_POINTS * point
    return start - around, top - around, width + 2 * around, ascent + descent + 2 * around


# In pixels


class _Ink(NamedTuple):
    """What a text covers, how far that lies right of its start and reaches above its line."""

    pixels: Pixels
    left: int
    above: int
    advance: int


def _draw_pixels(renderer: Any, line: Line, dpi: float) -> None:
    ink = _set_line(line.text, line.size, dpi)
    start = round(line.x * dpi - ink.advance * BEFORE[line.align])
    top = round(_base_line(line, dpi)) - ink.above
    gc = renderer.new_gc()
    if line.halo:
        left, high, width, height = _halo(line, start, ink.advance, dpi)
        place = Affine2D.from_values(width, 0, 0, -height, left, renderer.height - high)
        gc.set_linewidth(0)
        renderer.draw_path(gc, Path.unit_rectangle(), place, (1.0, 1.0, 1.0, 1.0))
    picture = np.empty((*ink.pixels.shape, 4), dtype=np.uint8)
    picture[..., :3] = _bytes_of(line.color)
    picture[..., 3] = ink.pixels[::-1]  # the renderer counts rows from below
    foot = int(renderer.height) - top - len(picture)
    renderer.draw_image(gc, start + ink.left, foot, picture)
    gc.restore()


@lru_cache(maxsize=64)
def _bytes_of(color: str) -> Pixels:
    return np.array([round(part * 255) for part in to_rgb(color)], dtype=np.uint8)


@lru_cache(maxsize=1024)
def _set_line(text: str, size: float, dpi: float) -> _Ink:
    """Put the glyphs of a line side by side."""
    glyphs = [_cut_glyph(character, size, dpi) for character in text]
    pens = [0, *accumulate(glyph.advance for glyph in glyphs)]
    left = min((p + g.left for p, g in zip(pens, glyphs, strict=False)), default=0)
    right = max(p + g.left + g.pixels.shape[1] for p, g in zip(pens, glyphs, strict=False))
    above = max(glyph.above for glyph in glyphs)
    below = max(len(glyph.pixels) - glyph.above for glyph in glyphs)
    pixels = np.zeros((above + below, right - left), dtype=np.uint8)
    for pen, glyph in zip(pens, glyphs, strict=False):
        height, width = glyph.pixels.shape
        top, start = above - glyph.above, pen + glyph.left - left
        part = pixels[top : top + height, start : start + width]
        np.maximum(part, glyph.pixels, out=part)
    return _Ink(pixels, left, above, pens[-1])


@lru_cache(maxsize=16384)
def _cut_glyph(character: str, size: float, dpi: float) -> _Ink:
    font = _font(character)
    font.set_size(size, dpi)
    font.set_text(character, 0.0, flags=LoadFlags.DEFAULT)
    font.draw_glyphs_to_bitmap(antialiased=True)
    above = (font.get_width_height()[1] - font.get_descent()) // 64 + 1
    left = font.get_bitmap_offset()[0] // 64
    pixels = np.array(font.get_image())
    advance = font.load_char(ord(character), flags=LoadFlags.DEFAULT).horiAdvance
    return _Ink(pixels, left, above, round(advance / 64))


# In outlines


def _write_outlines(writer: Any, line: Line, defined: set[str]) -> None:
    """Write a line into an SVG; a glyph's outline stands in it once and is used again."""
    outlines = [_trace_glyph(character) for character in line.text]
    pens = [0, *accumulate(outline.advance for outline in outlines)]
    scale = line.size / EM / 64
    start = line.x * POINTS_PER_INCH - pens[-1] * scale * BEFORE[line.align]
    new = {o.name: o.data for o in outlines if o.data and o.name not in defined}
    if new:
        writer.start("defs")
        for name, data in new.items():
            writer.element("path", id=name, d=data)
        writer.end("defs")
        defined |= set(new)
    if line.halo:
        box = _halo(line, start, pens[-1] * scale, POINTS_PER_INCH)
        sides = dict(zip(("x", "y", "width", "height"), map(_short, box), strict=True))
        writer.element("rect", style="fill: #ffffff", attrib=sides)
    writer.comment(line.text)
    base_line = _short(_base_line(line, POINTS_PER_INCH))
    place = f"translate({_short(start)} {base_line}) scale({scale:.6g} -{scale:.6g})"
    writer.start("g", style=f"fill: {line.color}", transform=place)
    for pen, outline in zip(pens, outlines, strict=False):
        if outline.data:
            writer.element("use", attrib={"xlink:href": f"#{outline.name}", "x": str(pen)})
    writer.end("g")


class _Outline(NamedTuple):
    """The path of a character in an SVG and how far its pen moves, in 64ths of a point at EM."""

    name: str
    data: str
    advance: int


@lru_cache(maxsize=16384)
def _trace_glyph(character: str) -> _Outline:
    font = _font(character)
    font.set_size(EM, POINTS_PER_INCH)
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    vertices, codes = font.get_path()
    points = np.rint(vertices * 64).astype(int).tolist()
    before, words = None, []
    for (x, y), code in zip(points, codes.tolist(), strict=True):
        letter = "" if code == before != Path.MOVETO else COMMANDS[code]
        words.append("z" if code == Path.CLOSEPOLY else f"{letter}{x} {y}")
        before = code
    advance = round(glyph.linearHoriAdvance / 1024)
    return _Outline(f"{FONT}-{ord(character):x}", " ".join(words), advance)


def _short(number: float) -> str:
    return f"{number:.6g}"
