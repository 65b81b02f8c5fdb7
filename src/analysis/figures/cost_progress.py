"""Cost against progress: a mark for each program, and its name where it fits."""

from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.canvas import (
    GREY,
    LIGHT,
    NARROW_INCHES,
    PALE,
    WIDE_INCHES,
    Canvas,
    color_of,
    wrap,
)
from analysis.figures.cost_progress_many import draw_many
from analysis.figures.given import draws
from analysis.figures.lettering import text_width
from analysis.figures.many import MOST_INCHES
from analysis.measures.keys import list_rows
from analysis.wording import format_number, name_costs
from analysis.wording.labels import labels

WORDS = labels("figures.cost_progress")
SIGNS = labels("signs")

LEFT, TOP, BOTTOM = 0.55, 0.85, 3.6  # inches of the plane's own frame


SIZE, LINE = 8.5, 0.165


FEW_NAMES, MOST_NUMBERED = 12, 20  # more are numbered; more than that are dots


Box = tuple[float, float, float, float]  # left, right, top, bottom


class _Label(NamedTuple):
    """A text of one or more lines, its centre, its top, and the program it names."""

    lines: list[str]
    centre: float
    top: float
    row: dict[str, Any]


class _Plane(NamedTuple):
    """Where an amount and a share lie, in inches."""

    right: float
    most: float

    def x(self, yen: float) -> float:
        return LEFT + float(yen) / self.most * (self.right - LEFT)

    def y(self, share: float) -> float:
        return BOTTOM - float(share) * (BOTTOM - TOP)


@draws(comparison=("compare_programs", "cost_yen"))
def plot_cost_progress(comparison: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw what each program cost against how far its KPIs got, capped at 100 %.

    Parameters
    ----------
    comparison
        One row per program with the columns of `compare_programs`.
    narrow
        The variant for a telephone.

    Returns
    -------
    The figure. The height is the mean of progress over the program's KPIs, each between 0
    and 100 %, as a range where some are unknown; a program without any KPI stands in the
    strip below. Costs of several kinds are named beside their programs. More programs than two
    screens hold are drawn by `draw_many`. None if no program has a cost of 0 or more.
    """
    known = comparison[(comparison["cost_yen"].astype("Float64") >= 0).fillna(False)]
    known = known.sort_values("cost_yen")
    if known.empty:
        return None
    if len(known) > MOST_NUMBERED:
        return draw_many(known, narrow).finish()
    page = _draw_each(comparison, known, narrow)
    if page.height > MOST_INCHES[narrow]:
        page = draw_many(known, narrow)
    return page.finish()


def _draw_each(comparison: pd.DataFrame, known: pd.DataFrame, narrow: bool) -> Canvas:
    """Draw each program with its name or its number."""
    width = NARROW_INCHES if narrow else WIDE_INCHES
    known, kind = _label_programs(known)
    plane = _Plane(width - 0.2, float(known["cost_yen"].max()) * 1.12 or 1.0)
    judged = list_rows(known[known["mean_capped_high"].notna()])
    without = list_rows(known[known["mean_capped_high"].isna()])
    labels = _place_names(judged, plane, width)
    listed = [] if labels is not None else _number(judged, width)
    if labels is None:
        labels = _place_numbers(judged, plane, width)
    strips = [wrap(row["label"], SIZE, width * 0.42) for row in without]
    rows = sum(len(lines) for lines in listed)
    in_strips = sum(0.18 + 0.16 * len(lines) for lines in strips)
    page = Canvas(width, BOTTOM + 0.75 + LINE * rows + 0.1 * bool(rows) + in_strips + 0.5)
    _draw_axes(page, plane, kind)
    for row in judged:
        _draw_mark(page, row, plane)
    for label in labels:
        _draw_label(page, label, plane)
    below = _draw_list(page, listed, BOTTOM + 0.52)
    _draw_strips(page, without, strips, plane, below)
    _draw_key(page, len(comparison) - len(known))
    return page


def _label_programs(known: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Add what stands beside each mark, the kind of its cost too where there are several.

    Returns the rows with `label`, and the name of the one kind for the axis.
    """
    names = name_costs(known) if "cost_basis" in known else pd.Series("", index=known.index)
    if len(set(names)) > 1:
        both = zip(known["program"], names, strict=True)
        return known.assign(label=[SIGNS["noted"].format(what=p, note=n) for p, n in both]), ""
    return known.assign(label=known["program"]), str(names.iloc[0])


def _draw_axes(page: Canvas, plane: _Plane, kind: str) -> None:
    for share in (0, 0.5, 1):
        height = plane.y(share)
        page.line(LEFT, height, plane.right, height, LIGHT if share else GREY, 0.8)
        percent = SIGNS["percent"].format(number=format_number(share * 100))
        page.text(LEFT - 0.08, height, percent, 8, GREY, "right")
    page.text(0, 0.12, WORDS["up"], 8, GREY)
    for yen in _round_steps(plane.most):
        page.line(plane.x(yen), BOTTOM, plane.x(yen), BOTTOM + 0.05, GREY, 0.8)
        page.text(plane.x(yen), BOTTOM + 0.16, format_number(yen / 10_000), 8, GREY, "center")
    across = WORDS["across_kind"].format(kind=kind) if kind else WORDS["across"]
    page.text(plane.right, BOTTOM + 0.36, across, 8, GREY, "right")


def _draw_key(page: Canvas, absent: int) -> None:
    missing = WORDS["absent"].format(count=absent) if absent else ""
    page.text(0, page.height - 0.26, WORDS["marks"], 8, GREY)
    page.caption_line(f"{WORDS['outline']}{missing}")


def _verdict(row: dict[str, Any]) -> str:
    return "unknown" if row["unknown"] else "yes" if row["missed"] == 0 else "no"


def _draw_mark(page: Canvas, row: dict[str, Any], plane: _Plane) -> None:
    at = plane.x(row["cost_yen"])
    low, high = plane.y(row["mean_capped_low"]), plane.y(row["mean_capped_high"])
    if low != high:
        page.outline(at - 0.06, high, 0.12, low - high)
    else:
        page.mark(at, high, _verdict(row), bool(row["estimated"]))


def _list_taken(judged: list[dict[str, Any]], plane: _Plane) -> list[Box]:
    """The places of the percentages on the axis and of all marks."""
    axis = [(0.0, LEFT - 0.02, plane.y(s) - 0.1, plane.y(s) + 0.1) for s in (0, 0.5, 1)]
    marks = [
        (
            plane.x(row["cost_yen"]) - 0.08,
            plane.x(row["cost_yen"]) + 0.08,
            plane.y(row["mean_capped_high"]) - 0.08,
            plane.y(row["mean_capped_low"]) + 0.08,
        )
        for row in judged
    ]
    return axis + marks


def _place_names(judged: list[dict[str, Any]], plane: _Plane, width: float) -> list[_Label] | None:
    """Put every name near its mark where it touches nothing; None if one does not fit."""
    if len(judged) > FEW_NAMES:
        return None
    taken, labels = _list_taken(judged, plane), []
    for row in judged:
        label = _place(row, wrap(row["label"], SIZE, width * 0.55), plane, width, taken)
        if label is None:
            return None
        labels.append(label)
    return labels


def _place_numbers(judged: list[dict[str, Any]], plane: _Plane, width: float) -> list[_Label]:
    """Put the number of each program near its mark; none where there is no room for it."""
    taken = _list_taken(judged, plane)
    placed = (_place(row, [str(n)], plane, width, taken) for n, row in enumerate(judged, 1))
    return [label for label in placed if label is not None]


def _place(
    row: dict[str, Any], lines: list[str], plane: _Plane, width: float, taken: list[Box]
) -> _Label | None:
    """Find the nearest free place for a label, and take it."""
    half, tall = max(text_width(line, SIZE) for line in lines) / 2, LINE * len(lines)
    at, high = plane.x(row["cost_yen"]), plane.y(row["mean_capped_high"])
    for centre, top in _list_places(at, high, half, tall, width):
        box = (centre - half - 0.03, centre + half + 0.03, top, top + tall)
        if not any(_touch(box, other) for other in taken):
            taken.append(box)
            return _Label(lines, centre, top, row)
    return None


def _list_places(
    at: float, high: float, half: float, tall: float, width: float
) -> Iterator[tuple[float, float]]:
    """The places of a label from the nearest to its mark on, all within the plane."""
    lowest = BOTTOM - tall - 0.02
    downs = [0.06 * step for step in range(-60, 61)]
    sides = [0.0, *(side * (half + 0.14 + 0.3 * far) for far in range(4) for side in (1, -1))]
    found = {
        (min(max(at + side, half), width - half), high - tall / 2 + down)
        for side in sides
        for down in downs
    }
    inside = [(centre, top) for centre, top in found if 0.24 < top < lowest]

    def distance(place: tuple[float, float]) -> tuple[float, ...]:
        centre, top = place
        across, down = centre - at, top + tall / 2 - high
        return (abs(across) * 0.6 + abs(down), top, centre)

    return iter(sorted(inside, key=distance))


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _draw_label(page: Canvas, label: _Label, plane: _Plane) -> None:
    """Write a name or a number, with a line to its mark where that is far."""
    at, high = plane.x(label.row["cost_yen"]), plane.y(label.row["mean_capped_high"])
    half, tall = max(text_width(line, SIZE) for line in label.lines) / 2, LINE * len(label.lines)
    across, down = abs(label.centre - at) - half, abs(label.top + tall / 2 - high) - tall / 2
    if max(across, down) > 0.25:
        near = label.top + tall if label.top + tall < high else max(label.top, high)
        near = min(near, label.top + tall)
        page.line(
            at, high, min(max(at, label.centre - half), label.centre + half), near, LIGHT, 0.8
        )
    color = color_of(_verdict(label.row))
    for number, line in enumerate(label.lines):
        height = label.top + LINE * (number + 0.5)
        page.text(label.centre, height, line, SIZE, color, "center", halo=True)


def _number(judged: list[dict[str, Any]], width: float) -> list[list[str]]:
    """The lines of the list of names under the figure."""
    names = [f"{n}　{row['label']}" for n, row in enumerate(judged, 1)]
    return [wrap(name, SIZE, width) for name in names]


def _draw_list(page: Canvas, listed: list[list[str]], at: float) -> float:
    """Write the numbered names; return where they end."""
    for lines in listed:
        for line in lines:
            page.text(0, at + LINE / 2, line, SIZE)
            at += LINE
    return at + 0.1 * bool(listed)


def _draw_strips(
    page: Canvas,
    without: list[dict[str, Any]],
    strips: list[list[str]],
    plane: _Plane,
    at_height: float,
) -> None:
    """Draw the programs without a KPI under the plane, each at its cost."""
    page.line(0, at_height, page.width, at_height, PALE, 0.8)
    if without:
        page.text(0, at_height + 0.14, WORDS["without"], 8, GREY)
    at_height += 0.26
    for row, lines in zip(without, strips, strict=True):
        height = 0.18 + 0.16 * len(lines)
        middle, at = at_height + height / 2, plane.x(row["cost_yen"])
        page.outline(at - 0.08, middle - 0.06, 0.16, 0.12)
        beside = max(text_width(line, SIZE) for line in lines)
        on_the_right = at + 0.14 + beside <= page.width
        page.lines(
            at + 0.14 if on_the_right else at - 0.14,
            middle - 0.08 * len(lines),
            lines,
            SIZE,
            align="left" if on_the_right else "right",
        )
        at_height += height


def _round_steps(most: float) -> list[float]:
    """Four or so round amounts up to `most`."""
    step = next(
        base * 10**power
        for power in count(4)
        for base in (1, 2, 2.5, 5)
        if most / (base * 10**power) <= 5
    )
    return [step * n for n in range(int(most // step) + 1)]
