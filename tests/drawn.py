"""What a figure is made of, one by one: its texts, marks, lines, boxes and outlines.

A page draws what looks alike as one artist; here each shape is an artist of its own again, so
that a test can say where it stands and how it looks. Inches from the upper left corner.
"""

from itertools import combinations
from types import SimpleNamespace

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, PathPatch, Rectangle
from matplotlib.path import Path

from analysis.figures.lettering import Lettering

BOTH_WIDTHS = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
LONG = (
    "市内の中小企業と大学と研究機関とがともに取り組む新しい技術の実証実験（試行を含む）に"
    "参加した延べ事業者数と商品化した件数"
)
assert len(LONG) == 60


def _of_kind(figure, kind):
    return [artist for artist in figure.artists if isinstance(artist, kind)]


def texts(figure):
    """Each line of text; its `place` is where it was put."""
    [lettering] = _of_kind(figure, Lettering)
    found = []
    for line in lettering.lines:
        text = lettering.as_text(line)
        text.place = (line.x, line.y)
        found.append(text)
    return [text for text in found if text.get_text()]


def words(figure):
    """What each line of text says."""
    return [text.get_text() for text in texts(figure)]


def joined(figure):
    return "".join(words(figure))


def text_at(figure, word):
    """Where the one text stands that reads so."""
    [found] = [text for text in texts(figure) if text.get_text() == word]
    return found.place


def extents(figure):
    """Each text with the pixels matplotlib's own layout gives it."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    return [(text.get_text(), text.get_window_extent(renderer)) for text in texts(figure)]


def touching(figure):
    """The pairs of texts that cover more than a pixel of each other."""
    return [
        (a, b)
        for (a, first), (b, second) in combinations(extents(figure), 2)
        if min(first.x1, second.x1) - max(first.x0, second.x0) > 1
        and min(first.y1, second.y1) - max(first.y0, second.y0) > 1
    ]


def off_the_page(figure):
    """The texts of which more than a pixel lies outside the page."""
    page = figure.bbox
    return [
        text
        for text, e in extents(figure)
        if e.x0 < -1 or e.y0 < -1 or e.x1 > page.x1 + 1 or e.y1 > page.y1 + 1
    ]


def marks(figure):
    """The marks from top to bottom, those of a row from left to right."""
    found = []
    for group in _of_kind(figure, Line2D):
        for x, y in group.get_xydata():
            mark = Line2D([x], [y])
            mark.update_from(group)
            found.append(mark)
    return sorted(found, key=lambda mark: (y_of(mark), x_of(mark)))


def x_of(mark):
    return float(mark.get_xdata()[0])


def y_of(mark):
    return float(mark.get_ydata()[0])


def is_hollow(mark):
    return to_hex(mark.get_markerfacecolor()) == "#ffffff"


def look_of(mark):
    return mark.get_marker(), to_hex(mark.get_markeredgecolor())


def _shapes(figure, kind):
    """Each part of the grouped shapes of a kind, with the group it is drawn in."""
    for group in _of_kind(figure, PathPatch):
        path = group.get_path()
        curved = bool({Path.CURVE3, Path.CURVE4} & set(path.codes))
        first = [n for n, code in enumerate(path.codes) if code == Path.MOVETO]
        parts = [path.vertices[a:b] for a, b in zip(first, [*first[1:], None], strict=True)]
        if kind == ("outline" if curved else {2: "line", 5: "box"}[len(parts[0])]):
            yield from ((group, part) for part in parts)


def lines(figure):
    """The straight lines from top to bottom."""
    found = []
    for group, ends in _shapes(figure, "line"):
        line = Line2D(*ends.T, color=group.get_edgecolor(), lw=group.get_linewidth())
        line.set_linestyle(group.get_linestyle())
        found.append(line)
    return sorted(found, key=lambda line: line.get_xydata()[:, ::-1].min(axis=0).tolist())


def arrows(figure):
    """Where each arrow starts, and where its head ends."""
    found = []
    for arrow in _of_kind(figure, FancyArrowPatch):
        path = arrow.get_path()
        points = path.vertices[path.codes != Path.CLOSEPOLY]
        start = points[0]
        tip = max(points, key=lambda point: abs(point[0] - start[0]))
        found.append(SimpleNamespace(start=tuple(start), tip=tuple(tip)))
    return found


def uprights(figure, color):
    """The x of the upright lines of a colour."""
    return [
        float(line.get_xdata()[0])
        for line in lines(figure)
        if line.get_xdata()[0] == line.get_xdata()[1] and to_hex(line.get_color()) == color
    ]


def boxes(figure, color=None):
    """The boxes, or those of one colour."""
    found = [_rectangle(group, part) for group, part in _shapes(figure, "box")]
    if color is None:
        return found
    return [box for box in found if to_hex(box.get_facecolor(), True) == color + "ff"]


def outlines(figure):
    return [_rectangle(group, part) for group, part in _shapes(figure, "outline")]


def _rectangle(group, part):
    (left, top), (right, below) = part[:-1].min(axis=0), part[:-1].max(axis=0)
    box = Rectangle((left, top), right - left, below - top)
    box.update_from(group)
    box.set_linestyle(group.get_linestyle())
    return box


def mark_spots(figure):
    """Where the marks stand, from top to bottom."""
    return sorted((mark.get_xydata()[0].tolist() for mark in marks(figure)), key=lambda p: p[1])


def overlapping(figure):
    """The texts that cover each other or a mark, or leave the page."""
    found, page = extents(figure), figure.bbox
    outside = [
        t for t, b in found if b.x0 < -1 or b.x1 > page.x1 + 1 or b.y0 < -1 or b.y1 > page.y1
    ]
    pairs = [
        (a, b)
        for (a, x), (b, y) in combinations(found, 2)
        if min(x.x1, y.x1) - max(x.x0, y.x0) > 1 and min(x.y1, y.y1) - max(x.y0, y.y0) > 1
    ]
    spots = [(x * figure.dpi, page.y1 - y * figure.dpi) for x, y in mark_spots(figure)]
    crossed = [t for t, b in found for x, y in spots if b.padded(RADIUS).contains(x, y)]
    return outside + pairs + crossed


RADIUS = 4  # of a mark, in pixels
