"""How many figures lie: a lane for each group, its figures as dots, or as a hill of many.

The figures of a lane are drawn by seaborn, on axes that lie on the page; all letters are the page's
own. It is imported when something is drawn with it, for it brings in the whole of scipy.stats, and
most figures need neither.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.canvas import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    NARROW_INCHES,
    PALE,
    RED,
    WIDE_INCHES,
    Canvas,
    wrap_short,
    wrap_words,
)
from analysis.figures.lettering import text_width
from analysis.measures.distributions import Spread
from analysis.wording import format_rate
from analysis.wording.labels import labels

WORDS = labels("figures.lanes")
COLORS = {"yes": BLUE, "no": RED, "unknown": LIGHT, "other": LIGHT}  # other: no state is asked
MARKERS = {"yes": "o", "no": "D", "unknown": "s", "other": "o"}
SIZES = {"yes": 26, "no": 21, "unknown": 15, "other": 20}
MOST_DOTS = 80  # of a lane; more are a hill
BINS, LEAST_FOR_QUARTERS = 44, 4
TURN = 0.6180339887  # of the circle: dots of nearly the same figure lie far apart
LANE, HILL, FOOT = 0.56, 0.36, 0.1  # inches
NAMES_RIGHT, LEFT, RIGHT = 2.2, 2.35, 5.75  # of the wide figure


class Lane(NamedTuple):
    """A group with its name, its figures, and what is said of it at the right."""

    name: str
    spread: Spread
    said: tuple[str, ...]


class Scale(NamedTuple):
    """From where to where figures are shown, ticks with their words, and a line of note.

    Figures beyond an end stand at it. Where `is_log`, each is drawn by its power of ten.
    """

    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    line: float | None = None
    is_log: bool = False

    def place(self, values: Sequence[float]) -> Any:
        """Where figures lie between the two ends, as a share of the way."""
        ends = np.array([self.low, self.high, *values], dtype="float64")
        if self.is_log:
            ends = np.log10(ends.clip(self.low))
        shares = (ends[2:] - ends[0]) / (ends[1] - ends[0])
        return shares.clip(0, 1)


def draw_lanes(
    lanes: Sequence[Lane],
    scale: Scale,
    headers: tuple[str, ...],
    key: list[str],
    narrow: bool,
    states: str = "",
) -> Canvas:
    """Draw lanes below each other on one scale, with the ticks above and the key below.

    `states` ends the names of the words for the states, where these are no targets reached.
    """
    width = NARROW_INCHES if narrow else WIDE_INCHES
    room = width if narrow else NAMES_RIGHT
    names = [wrap_short(lane.name, 9, room) for lane in lanes]
    above = [0.155 * len(name) + 0.16 if narrow else 0.0 for name in names]
    heights = [high + LANE for high in above]
    columns, right = _columns(headers, lanes)
    left, right = (0.08, width - 0.08) if narrow else (LEFT, right)
    feet = wrap_words([*key, *_key(lanes, states)], 8, width)
    page = Canvas(width, 0.36 + sum(heights) + 0.1 + 0.15 * len(feet))
    name_ticks(page, scale, left, right)
    if not narrow:
        for header, at in zip(headers, columns, strict=True):
            page.text(at, 0.17, header, 8, GREY, "right")
    top = 0.36
    for lane, name, high in zip(lanes, names, above, strict=True):
        page.line(0, top, width, top, PALE, 0.8)
        if narrow:
            below = page.lines(0, top + 0.03, name, 9)
            said = [f"{h} {s}" for h, s in zip(headers, lane.said, strict=True)]
            page.lines(0, below, ["　".join(said)], 8, GREY)
        else:
            middle = top + LANE / 2
            page.lines(NAMES_RIGHT, middle - 0.084 * len(name), name, 9, align="right")
            for text, at in zip(lane.said, columns, strict=True):
                page.text(at, middle, text, 9, INK, "right")
        draw_spread(page, lane.spread, scale, (left, top + high + 0.04, right - left, HILL))
        top += high + LANE
    page.line(0, top, width, top, PALE, 0.8)
    page.lines(0, page.height - 0.15 * len(feet), feet, 8, GREY)
    return page


def _columns(headers: tuple[str, ...], lanes: Sequence[Lane]) -> tuple[list[float], float]:
    """The right edges of the columns of a wide figure, and that of the room left of them."""
    texts = zip(*(lane.said for lane in lanes), strict=True)
    widths = [
        max(text_width(header, 8), *(text_width(text, 9) for text in said)) + 0.14
        for header, said in zip(headers, texts, strict=True)
    ]
    edges = [WIDE_INCHES - sum(widths[n + 1 :]) for n in range(len(widths))]
    return edges, min(RIGHT, WIDE_INCHES - sum(widths) - 0.24)


def name_ticks(page: Canvas, scale: Scale, left: float, right: float, high: float = 0.17) -> None:
    """Name the ticks, that of the line and the ends first, as far as there is room."""
    taken: list[tuple[float, float]] = []
    first = (scale.line, scale.high, scale.low)
    ticks = _list_ticks(scale, left, right)
    for at, value, word in sorted(ticks, key=lambda tick: tick[1] not in first):
        half = text_width(word, 8) / 2
        centre = min(max(at, half), page.width - half)
        if word and all(abs(centre - other) > half + wide + 0.05 for other, wide in taken):
            page.text(centre, high, word, 8, INK if value == scale.line else GREY, "center")
            taken.append((centre, half))


def _list_ticks(scale: Scale, left: float, right: float) -> list[tuple[float, float, str]]:
    """Where each tick stands, its value and its word."""
    places = scale.place([value for value, _ in scale.ticks])
    return [
        (left + float(share) * (right - left), value, word)
        for share, (value, word) in zip(places, scale.ticks, strict=True)
    ]


def draw_spread(
    page: Canvas, spread: Spread, scale: Scale, box: tuple[float, float, float, float]
) -> None:
    """Draw the figures of a group in a box, and below it where its middle half and median lie."""
    left, top, width, height = box
    for at, value, _ in _list_ticks(scale, left, left + width):
        look = (INK, 1.0) if value == scale.line else (PALE, 0.8)
        page.line(at, top, at, top + height + FOOT, *look)
    shares = scale.place(spread.figures)
    if len(shares):
        draw = _draw_hill if len(shares) > MOST_DOTS else _draw_dots
        table = pd.DataFrame({"at": shares, "reached": spread.states})
        page.plot(left, top, width, height, lambda axes: draw(axes, table))
    foot = top + height + FOOT / 2
    if len(shares) >= LEAST_FOR_QUARTERS:
        first, middle, third = (
            left + share * width for share in scale.place([spread.at(q) for q in (0.25, 0.5, 0.75)])
        )
        page.line(first, foot, third, foot, GREY, 2.4)
        page.line(middle, foot - 0.05, middle, foot + 0.05, INK, 2)


def _draw_hill(axes: Axes, table: pd.DataFrame) -> None:
    import seaborn as sns

    sns.histplot(
        table,
        x="at",
        hue="reached",
        hue_order=[word for word in reversed(COLORS) if (table["reached"] == word).any()],
        palette=COLORS,
        multiple="stack",
        bins=BINS,
        binrange=(0, 1),
        alpha=1,
        linewidth=0,
        legend=False,
        ax=axes,
    )
    axes.set_xlim(0, 1)


def _draw_dots(axes: Axes, table: pd.DataFrame) -> None:
    """Dots side by side, each where its figure lies; how high one lies says nothing."""
    import seaborn as sns

    high = (np.arange(len(table)) * TURN) % 1 * 0.7 + 0.15
    for word in COLORS:
        mine = (table["reached"] == word).to_numpy()
        if mine.any():
            sns.scatterplot(
                x=table["at"][mine],
                y=high[mine],
                marker=MARKERS[word],
                s=SIZES[word],
                facecolor="white" if word == "unknown" else COLORS[word],
                edgecolor="white" if word in ("yes", "no") else GREY,
                linewidth=0.9 if word == "unknown" else 0.5,
                clip_on=False,
                ax=axes,
            )
    axes.set(xlim=(0, 1), ylim=(0, 1))


def _key(lanes: Sequence[Lane], of: str) -> list[str]:
    sizes = [len(lane.spread.figures) for lane in lanes]
    states = {word for lane in lanes for word in np.unique(lane.spread.states.astype(str))}
    is_judged = bool(states & {"yes", "no"})
    said = {
        f"dots{of}": is_judged and min(sizes, default=0) <= MOST_DOTS,
        "hills": max(sizes, default=0) > MOST_DOTS,
        f"colors{of}": is_judged and max(sizes, default=0) > MOST_DOTS,
        "quarters": max(sizes, default=0) >= LEAST_FOR_QUARTERS,
    }
    return [WORDS[name] for name, holds in said.items() if holds]


def make_percent_scale(values: Sequence[float], least: float = 0.0, most: float = 2.0) -> Scale:
    """A scale of rates with the target at 1, which ends at 200 % and begins at 0 or below."""
    low = -1.0 if min(values, default=0.0) < least else least
    shares = np.arange(low, most + 0.25, 0.5)
    ticks = [(float(share), format_rate(float(share), 0)) for share in shares]
    signs = {0: WORDS["or_less"] if min(values, default=low) < low else "{}"}
    signs[len(ticks) - 1] = WORDS["or_more"] if max(values, default=0.0) > most else "{}"
    named = [(value, signs.get(n, "{}").format(word)) for n, (value, word) in enumerate(ticks)]
    return Scale(low, most, named, line=1.0)


def make_log_scale(figures: Sequence[float], name: Callable[[float], str]) -> Scale:
    """A scale of powers of ten from the least figure above 0 (not below 1) to the largest."""
    above = [figure for figure in figures if figure > 0] or [1.0]
    low = max(0, math.floor(math.log10(min(above))))
    high = max(math.ceil(math.log10(max(above))), low + 1)
    ticks = [(10.0**n, name(10.0**n)) for n in range(low, high + 1)]
    if min(figures) < ticks[0][0]:
        ticks[0] = (ticks[0][0], WORDS["or_less"].format(ticks[0][1]))
    return Scale(10.0**low, 10.0**high, ticks, is_log=True)
