"""What the documents at hand hold of KPIs and programs."""

from collections import Counter
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.bars import draw_bars
from analysis.figures.canvas import (
    BLUE,
    GREY,
    LIGHT,
    NARROW_INCHES,
    PALE,
    RED,
    WIDE_INCHES,
    Canvas,
    measure_rows,
    wrap,
)
from analysis.figures.given import draws
from analysis.figures.lettering import text_width
from analysis.figures.many import NAMED, Many, Rows, fit, fit_groups, name_shortly
from analysis.measures.distributions import choose_rows
from analysis.measures.evaluability import ABSENT, PARTS, count_held
from analysis.measures.keys import list_rows
from analysis.wording import name_shares
from analysis.wording.labels import PART_LABELS, labels

SHORT_PARTS = labels("short_part_labels")
WORDS = labels("figures.shares")
PARTS_WORDS = labels("figures.parts")
FILLED = 0.76  # of the width of a column, by a bar of shares
LOOKS = {
    "filled": "held",
    "framed": "partly",
    "pale": "no_unit_cost",
    "dashed": "not_held",
}


@draws(parts=("list_parts", "name budget settled period unit_cost"))
def plot_parts(parts: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw which parts of an evaluation the documents at hand hold for each KPI.

    `parts` is the table of `list_parts`. A filled disc is a printed figure, a hollow one an
    estimate or a plan, a word stands for other states, a dashed outline for nothing. Of more rows
    than two screens hold, it shows how many hold each part, and those that hold fewest.
    """
    if parts.empty:
        return None

    def many() -> Many:
        chosen = name_shortly(choose_rows(parts, count_held(parts), NAMED), "name")
        return Many(_draw_all(parts, narrow), list_rows(chosen), PARTS_WORDS["rule"])

    page = fit(
        len(parts),
        lambda: list_rows(parts),
        lambda rows: _draw_each(rows, narrow),
        many,
        narrow,
    )
    return page.finish()


def _draw_all(parts: pd.DataFrame, narrow: bool) -> Canvas:
    """Draw of how many rows each part is held, held in part, or not: a bar each."""
    bars, states = [], set()
    for part in PARTS:
        counts = Counter(_look_of(word) for word in parts[part].tolist())
        said = PARTS_WORDS["count"].format(held=f"{counts['filled']:,}", total=f"{len(parts):,}")
        bars.append((PART_LABELS[part], said, [(look, counts[look]) for look in LOOKS]))
        states |= set(counts)
    return draw_bars(bars, [PARTS_WORDS[LOOKS[look]] for look in LOOKS if look in states], narrow)


def _look_of(word: str) -> str:
    """How a bar shows the word of a part."""
    if word == "not_reckoned":
        return "pale"
    if word in ABSENT:
        return "dashed"
    return "framed" if word in (*HOLLOW, "nature_not_stated") else "filled"


def _draw_each(parts: Rows, narrow: bool) -> Canvas:
    words = PARTS_WORDS
    width = NARROW_INCHES if narrow else WIDE_INCHES
    wide = width - 0.1 if narrow else 2.6
    names = [
        wrap(words["no_kpi"].format(program=p) if pd.isna(k) else k, 9.5, wide)
        for p, k in ((row["program"], row["name"]) for row in parts)
    ]
    left = 0.0 if narrow else 2.8
    step = (width - left) / len(PARTS)
    tops, heights = measure_rows(names, 0.36, 0.62 if narrow else 0.42, stacked=narrow)
    has_not_reckoned = any(row["unit_cost"] == "not_reckoned" for row in parts)
    page = Canvas(width, tops[-1] + heights[-1] + (0.46 if has_not_reckoned else 0.3))
    for number, part in enumerate(PARTS):
        size = 7.5 if narrow else 8
        page.text(left + step * (number + 0.5), 0.15, SHORT_PARTS[part], size, GREY, "center")
    for top, height, lines, row in zip(tops, heights, names, parts, strict=True):
        page.line(0, top, width, top, PALE, 0.8)
        y = top + height / 2
        if narrow:
            page.lines(0, top + 0.06, lines, 9.5)
            y = top + height - 0.18
        else:
            page.lines(2.6, y - len(lines) * 0.089, lines, 9.5, align="right")
        for number, part in enumerate(PARTS):
            _draw_part(page, left + step * (number + 0.5), y, row[part])
    if has_not_reckoned:
        page.text(0, page.height - 0.25, words["not_reckoned"], 8, GREY)
    page.caption_line(words["legend"])
    return page


HOLLOW = ("estimated", "planned", "preliminary", "one_end")


def _draw_part(page: Canvas, x: float, y: float, word: str) -> None:
    said = labels("figures.parts.words")
    if word in said:
        page.text(x, y, said[word], 7.5, GREY if word == "not_reckoned" else RED, "center")
    elif word in ("not_in_source", "not_set"):
        page.outline(x - 0.11, y - 0.08, 0.22, 0.16)
    else:
        page.mark(x, y, "yes", word in HOLLOW, 7)


@draws(shares=("share_evaluability", "programs"))
def plot_shares(shares: pd.DataFrame, by: list[str], narrow: bool = False) -> Figure | None:
    """Draw for groups of programs how many of them hold each of the eight parts.

    `shares` is the table of `share_evaluability` for `by`. A row is a group, a cell the programs
    that hold the part of all in the group; those that hold it in part stand outlined behind. A
    group of one program has marks instead of numbers. Of more groups than two screens hold, those
    with the fewest programs are one row. None without a program.
    """
    if shares.empty:
        return None
    page = fit_groups(shares, lambda counts: _draw_shares(counts, by, narrow), narrow)
    return page.finish()


def _draw_shares(shares: pd.DataFrame, by: list[str], narrow: bool) -> Canvas:
    width = NARROW_INCHES if narrow else WIDE_INCHES
    left = 0.0 if narrow else 2.55
    rows = list_rows(shares)
    said = [
        name_shares(row, by)
        if row["groups"] == 1
        else WORDS["others"].format(groups=f"{row['groups']:,}", programs=f"{row['programs']:,}")
        for row in rows
    ]
    names = [wrap(name, 9, width - 0.1 if narrow else 2.4) for name in said]
    heights = [
        len(lines) * 0.17 + (0.44 if narrow else 0.24 if row["programs"] > 1 else 0.16)
        for lines, row in zip(names, rows, strict=True)
    ]
    page = Canvas(width, 0.34 + sum(heights) + 0.34)
    step = (width - left) / len(PARTS)
    for number, part in enumerate(PARTS):
        size = 7.5 if narrow else 8.5
        page.text(left + step * (number + 0.5), 0.14, SHORT_PARTS[part], size, GREY, "center")
    top = 0.32
    for row, lines, height in zip(rows, names, heights, strict=True):
        page.line(0, top, width, top, PALE, 0.8)
        y = top + height / 2
        if narrow:
            page.lines(0, top + 0.06, lines, 9)
            y = top + height - 0.19
        else:
            page.lines(2.4, y - len(lines) * 0.084, lines, 9, align="right")
        for number, part in enumerate(PARTS):
            _draw_share(page, left + step * (number + 0.5), y, step * FILLED, row, part)
        top += height
    several = (shares["programs"] > 1).any()
    page.caption_line(WORDS["several" if several and not narrow else "one_by_one"])
    return page


def _draw_share(
    page: Canvas, x: float, y: float, wide: float, row: dict[str, Any], part: str
) -> None:
    """One cell: how many of the programs of a row hold a part."""
    held, partly, of = row[f"{part}_held"], row[f"{part}_partly"], row["programs"]
    if held + partly == 0:
        page.outline(x - 0.11, y - 0.08, 0.22, 0.16)
    elif of == 1:
        page.mark(x, y, "yes", partly > 0, 7)
    else:
        said = f"{held}/{of}"
        if text_width(said, 8) > wide / FILLED - 0.03:  # of how many stands beside the name
            said = f"{held:,}"
        page.text(x, y - 0.09, said, 8, align="center")
        left, top = x - wide / 2, y + 0.03
        page.box(left, top, wide, 0.07, color=LIGHT)
        shown = wide * (held + partly) / of
        page.box(left, top, shown, 0.07, fc="white", ec=BLUE, lw=0.9)
        if held:
            page.box(left, top, wide * held / of, 0.07, color=BLUE)
