"""The rules (lines) of a page of a PDF -> the tables they draw, as cells with their places.

Japanese papers often leave out the rules at the sides of a table, or draw only those between the
rows. What touches belongs to one table, which is closed at its ends; where only rows (or only
columns) are ruled, the gaps that no word of the table crosses part its columns (or rows).
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

TOUCHING = 3.0  # points by which rules may miss one another
SHORTEST_RULE = 3.0
FEWEST_RULES = 3  # of equal ends that are no table by others that cross them
FIGURE = re.compile(r"[0-9０-９,，.．%％▲△+−－-]+")
FEWEST_NAMED_ROWS = 4  # that a cell of names is split into
FEWEST_BESIDE = (
    2  # cells of figures whose lines stand beside those of the first, where rows lack rules
)
NARROWEST_GAP = 4.0  # points between the words of two columns
STRIKE_MARGIN = 0.25  # of the height of a letter, above and below a line that strikes it
LEAST_STRUCK = 0.8  # of the length of such a line
MOST_RULES = 5_000  # of one page; a map or a drawing has more


class Rule(NamedTuple):
    """A line, upright if it is higher than wide."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_upright(self) -> bool:
        """Whether it parts columns."""
        return self.bottom - self.top > self.x1 - self.x0


class Box(NamedTuple):
    """A cell by its place among the rows and columns of its table, and how many it spans."""

    row: int
    column: int
    rows: int
    columns: int


class Ruled(NamedTuple):
    """A table: where its columns and rows begin and end, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]

    @property
    def top(self) -> float:
        """Where it begins."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.ys[-1]


def find_tables(page: Any) -> list[Ruled]:
    """Find the tables of a page from the top; one cell alone is a frame and no table."""
    strikes = set(list_strikes(page))
    rules = _list_rules(page, strikes)
    tables = []
    for group in _group(rules):
        closed = _close(group, page)
        if len({rule.is_upright for rule in closed}) == 2:
            tables += [table for table in _find_cells(page, closed) if len(table.boxes) > 1]
    return sorted(tables, key=lambda table: (table.top, table.xs[0]))


def split_rows(table: Ruled, page: Any) -> Ruled:
    """Split the ruled rows that hold several: the first cell has a line for each of them.

    At least two cells of figures have their lines beside those. Where only figures stand in
    lines, under one name, they are several figures of one row, which stays.
    """
    words = page.extract_words()
    cuts = {row: _find_cuts(table, row, words) for row in range(len(table.ys) - 1)}
    if not any(cuts.values()):
        return table
    first = {0: 0}  # of each row, its number when those above it are split
    for row, found in cuts.items():
        first[row + 1] = first[row] + 1 + len(found)
    boxes = [
        Box(first[box.row] + part, box.column, 1, box.columns)
        if box.rows == 1
        else Box(
            first[box.row], box.column, first[box.row + box.rows] - first[box.row], box.columns
        )
        for box in table.boxes
        for part in range(len(cuts[box.row]) + 1 if box.rows == 1 else 1)
    ]
    ys = sorted([*table.ys, *(y for found in cuts.values() for y in found)])
    return Ruled(table.xs, tuple(ys), tuple(boxes))


def _find_cuts(table: Ruled, row: int, words: list[dict[str, Any]]) -> list[float]:
    """Find where a ruled row is to be split.

    A name of two lines beside two figures may be one row; so the first cell holds numbers, or
    more lines than a name is wrapped to.
    """
    boxes = [box for box in table.boxes if box.row <= row < box.row + box.rows]
    if any(box.rows > 1 for box in boxes):
        return []
    boxes.sort(key=lambda box: box.column)
    (first, has_numbers), *others = [_find_lines(table, box, words) for box in boxes]
    beside = sum(
        are_figures
        and len(other) == len(first)
        and all(abs(y - of_first) <= TOUCHING for y, of_first in zip(other, first, strict=True))
        for other, are_figures in others
    )
    is_several = len(first) >= (2 if has_numbers else FEWEST_NAMED_ROWS)
    if not is_several or beside < FEWEST_BESIDE:
        return []
    return [(above + below) / 2 for above, below in pairwise(first)]


def _find_lines(table: Ruled, box: Box, words: list[dict[str, Any]]) -> tuple[list[float], bool]:
    """Find the heights at which the lines of a cell stand, and whether they are figures."""
    top, bottom = table.ys[box.row], table.ys[box.row + box.rows]
    left, right = table.xs[box.column], table.xs[box.column + box.columns]
    inside = [
        ((word["top"] + word["bottom"]) / 2, word["text"])
        for word in words
        if left <= (word["x0"] + word["x1"]) / 2 < right
        and top <= (word["top"] + word["bottom"]) / 2 < bottom
    ]
    middles = sorted(y for y, _ in inside)
    lines = [y for above, y in pairwise([-TOUCHING, *middles]) if y - above > TOUCHING]
    return lines, all(FIGURE.fullmatch(text) for _, text in inside)


def list_strikes(page: Any) -> list[Rule]:
    """List the lines that run through the middle of letters for all of their length."""
    chars = sorted(page.chars, key=lambda char: char["top"])
    tops = [char["top"] for char in chars]
    highest = max((char["height"] for char in chars), default=0)
    strikes = []
    for rule in map(_find_rule, page.edges):
        if rule.is_upright or rule.x1 == rule.x0:
            continue
        near = chars[bisect(tops, rule.top - highest) : bisect(tops, rule.top)]
        crossed = [char for char in near if is_struck(char, rule)]
        covered = sum(min(c["x1"], rule.x1) - max(c["x0"], rule.x0) for c in crossed)
        if covered > LEAST_STRUCK * (rule.x1 - rule.x0):
            strikes.append(rule)
    return strikes


def is_struck(char: dict[str, Any], rule: Rule) -> bool:
    """Whether a line runs through the middle of a letter, neither under nor over it."""
    margin = (char["bottom"] - char["top"]) * STRIKE_MARGIN
    is_level = char["top"] + margin < rule.top < char["bottom"] - margin
    return bool(is_level and rule.x0 - 1 < (char["x0"] + char["x1"]) / 2 < rule.x1 + 1)


def _find_rule(edge: dict[str, Any]) -> Rule:
    return Rule(edge["x0"], edge["top"], edge["x1"], edge["bottom"])


def _list_rules(page: Any, strikes: set[Rule]) -> list[Rule]:
    from pdfplumber.table import merge_edges
    from pdfplumber.utils.geometry import filter_edges

    edges = [edge for edge in page.edges if _find_rule(edge) not in strikes]
    edges = merge_edges(filter_edges(edges, min_length=1), *[TOUCHING] * 4)
    rules = [_find_rule(edge) for edge in edges]
    long = [r for r in rules if max(r.x1 - r.x0, r.bottom - r.top) >= SHORTEST_RULE]
    return long if len(long) <= MOST_RULES else []


def _group(rules: list[Rule]) -> Iterator[list[Rule]]:
    """Group the rules that touch, and those of equal ends that touch no others."""
    alone: dict[tuple[bool, int, int], list[Rule]] = {}
    for group in _join_touching(rules):
        if len({rule.is_upright for rule in group}) == 2:
            yield group
            continue
        first = group[0]
        ends = (first.top, first.bottom) if first.is_upright else (first.x0, first.x1)
        near = [round(end / (2 * TOUCHING)) for end in ends]
        alone.setdefault((first.is_upright, near[0], near[1]), []).extend(group)
    yield from (group for group in alone.values() if len(group) >= FEWEST_RULES)


def _join_touching(rules: list[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        touched = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if not any(group is other for other in touched)]
        groups.append([rule, *(other for group in touched for other in group)])
    return groups


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.x0 - TOUCHING <= other.x1
        and other.x0 - TOUCHING <= one.x1
        and one.top - TOUCHING <= other.bottom
        and other.top - TOUCHING <= one.bottom
    )


def _close(group: list[Rule], page: Any) -> list[Rule]:
    """Add the rules that are missing at the ends, or those of one direction by the gaps."""
    left, right = min(r.x0 for r in group), max(r.x1 for r in group)
    top, bottom = min(r.top for r in group), max(r.bottom for r in group)
    upright = [rule.x0 for rule in group if rule.is_upright]
    level = [rule.top for rule in group if not rule.is_upright]
    if not upright:
        lines = sorted(level)
        words = ((w["x0"], w["x1"], bisect(lines, w["bottom"])) for w in _list_words(page, group))
        upright = _find_gaps(words)
        group = [*group, *(Rule(x, top, x, bottom) for x in upright)]
    elif not level:
        level = _find_gaps((w["top"], w["bottom"], 0) for w in _list_words(page, group))
        group = [*group, *(Rule(left, y, right, y) for y in level)]
    sides = [x for x in (left, right) if all(abs(x - other) > TOUCHING for other in upright)]
    ends = [y for y in (top, bottom) if all(abs(y - other) > TOUCHING for other in level)]
    return [
        *group,
        *(Rule(x, top, x, bottom) for x in sides),
        *(Rule(left, y, right, y) for y in ends),
    ]


def _list_words(page: Any, group: list[Rule]) -> list[dict[str, Any]]:
    left, right = min(r.x0 for r in group), max(r.x1 for r in group)
    top, bottom = min(r.top for r in group), max(r.bottom for r in group)
    words: list[dict[str, Any]] = page.extract_words()
    return [
        word
        for word in words
        if left <= (word["x0"] + word["x1"]) / 2 <= right
        and top <= (word["top"] + word["bottom"]) / 2 <= bottom
    ]


def _find_gaps(words: Iterable[tuple[float, float, int]]) -> list[float]:
    """Find the middles of the gaps between words, each given by its ends and its line.

    A centred header stands beside the figures of its column: what shares no line is one column.
    """
    bands: list[tuple[float, float, set[int]]] = []
    for first, last, line in sorted(words):
        start, end, lines = bands[-1] if bands else (first, first, set[int]())
        if bands and first - end < NARROWEST_GAP:
            bands[-1] = (start, max(end, last), lines | {line})
        else:
            bands.append((first, last, {line}))
    joined: list[tuple[float, float, set[int]]] = []
    for band in bands:
        if joined and joined[-1][2].isdisjoint(band[2]):
            joined[-1] = (joined[-1][0], band[1], joined[-1][2] | band[2])
        else:
            joined.append(band)
    return [(one[1] + other[0]) / 2 for one, other in pairwise(joined)]


def _find_cells(page: Any, rules: list[Rule]) -> Iterator[Ruled]:
    lines: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for rule in rules:
        x1, bottom = (rule.x0, rule.bottom) if rule.is_upright else (rule.x1, rule.top)
        lines[rule.is_upright].append(
            {"object_type": "line", "x0": rule.x0, "x1": x1, "top": rule.top, "bottom": bottom}
            | {"width": x1 - rule.x0, "height": bottom - rule.top}
        )
    settings = {
        "vertical_strategy": "explicit",
        "horizontal_strategy": "explicit",
        "explicit_vertical_lines": lines[True],
        "explicit_horizontal_lines": lines[False],
        "intersection_tolerance": TOUCHING,
    }
    if min(map(len, lines.values())) < 2:
        return
    for table in page.find_tables(settings):
        xs = sorted({x for cell in table.cells for x in (cell[0], cell[2])})
        ys = sorted({y for cell in table.cells for y in (cell[1], cell[3])})
        places = [
            (ys.index(t), xs.index(x0), ys.index(b), xs.index(x1)) for x0, t, x1, b in table.cells
        ]
        boxes = (Box(r, c, r2 - r, c2 - c) for r, c, r2, c2 in places)
        yield Ruled(tuple(xs), tuple(ys), tuple(boxes))
