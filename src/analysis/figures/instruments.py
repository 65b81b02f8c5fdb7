"""The terms of support: kinds, new and expanded programs, loan frames."""

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.bars import BAR, LINE, draw_bars, draw_part, make_page
from analysis.figures.canvas import (
    GREY,
    INK,
    NARROW_INCHES,
    WIDE_INCHES,
    Canvas,
    wrap_words,
)
from analysis.figures.given import draws
from analysis.figures.many import NAMED, Many, Rows, fit, fit_groups
from analysis.measures.instruments import add_neither, keep_large
from analysis.measures.keys import list_rows
from analysis.wording import format_frame, format_large_yen, name_department
from analysis.wording.labels import labels

WORDS = labels("figures.instruments")
FLAGS = labels("figures.flags")
FRAMES = labels("figures.frames")
KINDS = labels("instruments.kinds")
MOST_INSIDE = 10  # frames inside a large one, where there are many


class _Bar(NamedTuple):
    """A frame, or the rest of one, and where it lies in the frame around it; in yen."""

    words: list[str]
    depth: int
    start: float
    yen: float
    around_start: float
    around_yen: float
    is_rest: bool


@draws(counts=("count_instruments", "kind programs with_quantity"))
def plot_instruments(counts: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw the programs of each kind of support; dashed those without a printed quantity.

    `counts` is the table of `count_instruments`. None if there is no kind.
    """
    if counts.empty:
        return None
    rows = []
    for row in list_rows(counts):
        known, count = row["with_quantity"], row["programs"]
        label = WORDS["some_quantity" if known else "no_quantity"]
        parts = [("filled", known), ("dashed", count - known)]
        rows.append((KINDS[row["kind"]], label.format(count=count, known=known), parts))
    every = WORDS["every"].format(count=counts["all_programs"].iloc[0])
    return draw_bars(rows, [WORDS["filled"], WORDS["dashed"], every], narrow).finish()


@draws(flags=("count_flags", "department programs new expanded"))
def plot_flags(flags: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw the programs of each department: new, expanded, or without either mark.

    `flags` is the table of `count_flags`. Of more departments than two screens hold, those with the
    fewest programs are one row. None if no program has a mark.
    """
    if not flags[["new", "expanded"]].any(axis=None):
        return None

    def draw(counts: pd.DataFrame) -> Canvas:
        rows = []
        for row in list_rows(add_neither(counts)):
            counted = {name: f"{row[name]:,}" for name in ("programs", "new", "expanded")}
            label = FLAGS["label"].format(**counted)
            parts = [("filled", row["new"]), ("framed", row["expanded"]), ("pale", row["neither"])]
            name = name_department(row["department"])
            if row["groups"] > 1:
                name = FLAGS["others"].format(count=row["groups"])
            rows.append((name, label, parts))
        is_pooled = bool((counts["groups"] > 1).any())
        key = [FLAGS[name] for name in ("new", "expanded", "neither")]
        key += [FLAGS["shares"]] if is_pooled else []
        return draw_bars(rows, key, narrow, as_shares=is_pooled)

    return fit_groups(flags, draw, narrow).finish()


@draws(frames=("list_frames", "yen depth part_of"))
def plot_frames(frames: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw the loan frames to one scale, each below and within the one it is part of.

    `frames` is the table of `list_frames`. Dashed is what of a frame no frame inside it
    names. Of more frames than two screens hold, the largest are shown with what is in them. None
    if there is no frame.
    """
    if not frames["yen"].any():
        return None

    def draw(nests: Rows) -> Canvas:
        return _draw_frames(pd.concat(nests), narrow)

    def many() -> Many:
        return Many(None, keep_large(frames, NAMED, MOST_INSIDE), FRAMES["rule"])

    return fit(len(frames), lambda: [frames], draw, many, narrow).finish()


def _draw_frames(frames: pd.DataFrame, narrow: bool) -> Canvas:
    width, bars = NARROW_INCHES if narrow else WIDE_INCHES, _lay_out(frames)
    scale = width / max(bar.start + bar.yen for bar in bars)
    indents = [min(bar.depth * 0.16, width / 4) for bar in bars]
    texts = [wrap_words(bar.words, 9.5, width - i) for bar, i in zip(bars, indents, strict=True)]
    heights = [LINE * len(lines) + BAR + 0.17 for lines in texts]
    page, top = (
        make_page(width, sum(heights), [FRAMES[name] for name in ("length", "around", "rest")]),
        0.0,
    )
    for bar, lines, indent, height in zip(bars, texts, indents, heights, strict=True):
        y = page.lines(indent, top, lines, 9.5, GREY if bar.is_rest else INK) + 0.03 + BAR / 2
        draw_part(page, "pale", bar.around_start * scale, y, bar.around_yen * scale)
        draw_part(
            page, "dashed" if bar.is_rest else "filled", bar.start * scale, y, bar.yen * scale
        )
        top += height
    return page


def _lay_out(frames: pd.DataFrame) -> list[_Bar]:
    """Put frames side by side within the one they are part of, and its rest after them."""
    bars: list[_Bar] = []
    opened: list[dict[str, Any]] = []  # the frames around; each knows where its next part begins
    for row in list_rows(frames):
        while opened and opened[-1]["depth"] >= row["depth"]:
            bars += _rest(opened.pop())
        outer = opened[-1] if opened else {"start": 0, "next": 0, "yen": row["yen"]}
        row |= {"start": outer["next"], "next": outer["next"]}
        outer["next"] += row["yen"]
        place = (row["depth"], row["start"], row["yen"], outer["start"], outer["yen"])
        bars.append(_Bar([row["term"], format_frame(row)], *place, is_rest=False))
        opened.append(row)
    return [*bars, *(bar for row in reversed(opened) for bar in _rest(row))]


def _rest(row: dict[str, Any]) -> list[_Bar]:
    if pd.isna(row["rest_yen"]) or row["rest_yen"] == 0:
        return []
    amount = FRAMES["rest_amount"].format(amount=format_large_yen(row["rest_yen"]))
    words = [FRAMES["rest_name"].format(name=row["term"]), amount]
    place = (row["depth"] + 1, row["next"], row["rest_yen"], row["start"], row["yen"])
    return [_Bar(words, *place, is_rest=True)]
