"""Published words of progress beside the rates they were given for."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.canvas import (
    BLUE,
    GREY,
    INK,
    MOST_TO_THE_LEFT,
    MOST_TO_THE_RIGHT,
    NARROW_INCHES,
    PALE,
    WIDE_INCHES,
    Canvas,
    color_of,
    wrap,
)
from analysis.figures.given import draws
from analysis.figures.lanes import Lane, draw_lanes, make_percent_scale
from analysis.figures.lettering import text_width
from analysis.figures.many import MOST_INCHES, MOST_ROWS
from analysis.measures.keys import list_rows
from analysis.measures.progress_words import RATES_OF_WORDS, spread_words
from analysis.wording import format_number, format_percent, name_group_of, name_places
from analysis.wording.labels import READINGS, labels

SIGNS = labels("signs")
WORDS = labels("figures.progress_words")


@draws(audit=("audit_published", "progress progress_rate achievement_rate"))
def plot_progress_words(audit: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw the published words of progress against achievement_rate and progress_rate.

    `audit` is the table of `audit_published`. One band per rate, in it one row per word; if
    the words followed that rate, its rows would not overlap. Of more judgements than two screens
    hold, it shows how the rates lie. None if no judgement has both.
    """
    both = audit.dropna(subset=["progress", "progress_rate"])
    if both.empty:
        return None
    if len(both) <= MOST_ROWS:
        page = _draw_each(both.assign(place=name_places(both)), narrow)
        if page.height <= MOST_INCHES[narrow]:
            return page.finish()
    return _draw_all(both, narrow).finish()


def _draw_all(both: pd.DataFrame, narrow: bool) -> Canvas:
    """Draw how the rates lie for which each word was given: a lane for each word and rate."""
    lanes = []
    for name in RATES_OF_WORDS:
        for spread in spread_words(both, name):
            word = name_group_of(spread.group, "progress")
            title = SIGNS["noted"].format(what=word, note=READINGS[name])
            said = (format_number(len(spread.figures)), format_percent(spread.at(0.5)))
            lanes += [Lane(title, spread, said)] if spread.ends else []
    scale = make_percent_scale([end for lane in lanes for end in lane.spread.ends])
    return draw_lanes(lanes, scale, (WORDS["count"], WORDS["median"]), [WORDS["axis"]], narrow)


def _draw_each(both: pd.DataFrame, narrow: bool) -> Canvas:
    width = NARROW_INCHES if narrow else WIDE_INCHES
    words = list(dict.fromkeys(both.sort_values("progress_rate", ascending=False)["progress"]))
    titles = [wrap(word, 9, width * 0.3) for word in words]
    widest = max(text_width(line, 9) for lines in titles for line in lines)
    left, right = max(0.95, widest + 0.25), width - 0.3
    shown = both[list(RATES_OF_WORDS)].clip(MOST_TO_THE_LEFT, MOST_TO_THE_RIGHT)
    low, high = min(0.0, shown.min().min()) - 0.1, max(1.2, shown.max().max()) + 0.15

    def x(value: float) -> float:
        return left + float((value - low) / (high - low)) * (right - left)

    bands = {
        name: [_place(both[both["progress"] == word], name, x, left - 0.1, width) for word in words]
        for name in RATES_OF_WORDS
        if both[name].notna().any()
    }
    step, heights = _measure_bands(bands, titles)
    page = Canvas(width, 0.1 + sum(0.5 + sum(rows) for rows in heights.values()) + 0.2)
    top = 0.1
    for name, rows in bands.items():
        page.text(0.05, top + 0.1, READINGS[name], 9.5, BLUE)
        page.text(x(0), top + 0.1, SIGNS["percent"].format(number=0), 8, GREY, "center")
        page.text(x(1), top + 0.1, SIGNS["percent"].format(number=100), 8, INK, "center")
        top += 0.26
        for lines, spots, height in zip(titles, rows, heights[name], strict=True):
            page.lines(0.05, top + height / 2 - 0.085 * len(lines), lines, 9)
            _draw_word(page, spots, name, x, top, height, step)
            top += height
        page.line(0, top, width, top, PALE, 0.8)
        top += 0.24
    page.caption_line(WORDS["key"])
    return page


Spot = tuple[dict[str, Any], float, list[str], int]
Bands = dict[str, list[list[Spot]]]  # of each rate the spots of each word


def _measure_bands(bands: Bands, titles: list[list[str]]) -> tuple[float, dict[str, list[float]]]:
    """How far labels above one another are apart, and how high each word of each band is."""
    labels_of_spots = [spot[2] for words in bands.values() for spots in words for spot in spots]
    step = 0.34 + 0.15 * (max(map(len, labels_of_spots)) - 1)
    return step, {
        name: [
            0.08 + max(0.17 * len(lines), step * (1 + max((n for *_, n in spots), default=0)))
            for lines, spots in zip(titles, words, strict=True)
        ]
        for name, words in bands.items()
    }


def _draw_word(
    page: Canvas,
    spots: list[Spot],
    name: str,
    x: Callable[[float], float],
    top: float,
    height: float,
    step: float,
) -> None:
    page.line(0, top, page.width, top, PALE, 0.8)
    page.line(x(0), top, x(0), top + height, GREY, 0.8)
    page.line(x(1), top, x(1), top + height, INK, 1)
    for row, at, label, level in spots:
        y = top + step * (level + 1) - 0.05
        for number, line in enumerate(reversed(label)):
            color = color_of(row["reached"])
            page.text(at, y - 0.17 - 0.15 * number, line, 8, color, "center", halo=True)
        shown = min(max(row[name], MOST_TO_THE_LEFT), MOST_TO_THE_RIGHT)
        page.mark(x(shown), y, row["reached"], row["actual_status"] == "estimated")


def _place(
    rows: pd.DataFrame, name: str, x: Callable[[float], float], left: float, width: float
) -> list[Spot]:
    """Put each label above its mark, on a lower line where it would touch another."""
    free_from: list[float] = []
    placed: list[Spot] = []
    for row in list_rows(rows.dropna(subset=name).sort_values(name)):
        label = wrap(f"{row['place']} {format_percent(row[name])}", 8, width - left)
        half = max(text_width(line, 8) for line in label) / 2
        shown = min(max(row[name], MOST_TO_THE_LEFT), MOST_TO_THE_RIGHT)
        at = min(max(x(shown), left + half), width - half)
        level = next((n for n, end in enumerate(free_from) if at - half > end), len(free_from))
        free_from[level : level + 1] = [at + half + 0.06]
        placed.append((row, at, label, level))
    return placed
