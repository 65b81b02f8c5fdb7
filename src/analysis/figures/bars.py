"""Bars of counts, whose parts are told apart by their look: filled, framed, pale or dashed."""

from collections.abc import Sequence

from analysis.figures.canvas import (
    BLUE,
    GREY,
    NARROW_INCHES,
    PALE,
    WIDE_INCHES,
    Canvas,
    wrap,
    wrap_words,
)
from analysis.figures.lettering import text_width

BAR, LINE, FOOT_LINE = 0.15, 0.178, 0.15  # inches: a bar, a line of 9.5 points, one of 8


INSET = 0.012  # inches by which an outline stays inside the length it stands for


Bar = tuple[str, str, list[tuple[str, int]]]  # name, label, and the parts of a bar by look


def make_page(width: float, height: float, key: list[str]) -> Canvas:
    """A page `height` inches high, and below it the key to what is drawn."""
    lines = wrap_words(key, 8, width)
    page = Canvas(width, height + 0.12 + FOOT_LINE * len(lines))
    page.lines(0, height + 0.09, lines, 8, GREY)
    return page


def draw_part(page: Canvas, look: str, x: float, y: float, length: float) -> None:
    """Draw a part of a bar: filled, framed, pale, or dashed for what is not printed."""
    if look in ("dashed", "framed"):
        box = (x + INSET, y - BAR / 2 + INSET, max(length - 2 * INSET, 0.01), BAR - 2 * INSET)
        page.outline(*box) if look == "dashed" else page.box(*box, fc="white", ec=BLUE, lw=1.2)
    else:
        color = BLUE if look == "filled" else PALE
        page.box(x, y - BAR / 2, max(length, 0.012), BAR, color=color)


def draw_bars(rows: Sequence[Bar], key: list[str], narrow: bool, as_shares: bool = False) -> Canvas:
    """Draw bars on one scale, each labelled at its end or, where it is narrow, above it.

    `as_shares` makes all of one length, where one would dwarf the others.
    """
    width = NARROW_INCHES if narrow else WIDE_INCHES
    labels = max(text_width(label, 9) for _, label, _ in rows) + 0.1
    names = [wrap(name, 9.5, width - labels if narrow else 2.4) for name, _, _ in rows]
    longest = max(text_width(line, 9.5) for lines in names for line in lines)
    left = 0.0 if narrow else longest + 0.12
    lengths = [sum(count for _, count in parts) for _, _, parts in rows]
    scales = [
        (width - left - (0 if narrow else labels)) / (length if as_shares else max(lengths))
        for length in lengths
    ]
    heights = [LINE * len(lines) + (BAR + 0.15 if narrow else 0.13) for lines in names]
    page, top = make_page(width, sum(heights), key), 0.0
    for (_, label, parts), lines, height, scale in zip(rows, names, heights, scales, strict=True):
        y, end = top + height / 2, left
        if narrow:
            page.text(width, top + LINE / 2, label, 9, GREY, "right")
            y = page.lines(0, top, lines, 9.5) + 0.03 + BAR / 2
        else:
            page.lines(left - 0.12, y - LINE * len(lines) / 2, lines, 9.5, align="right")
        for look, count in parts:
            if count:
                draw_part(page, look, end, y, count * scale)
            end += count * scale
        if not narrow:
            page.text(end + 0.08, y, label, 9)
        top += height
    return page
