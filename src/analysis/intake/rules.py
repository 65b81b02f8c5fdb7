"""The rules (lines) of a page of a PDF -> the tables they draw, as cells with their places.

Japanese papers often leave out the rules at the sides of a table, or draw only those between the
rows. What touches belongs to one table, which is closed at its ends; where only rows (or only
columns) are ruled, the gaps that no word of the table crosses part its columns (or rows).
"""

from bisect import bisect
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

TOUCHING = 3.0  # points by which rules may miss one another
SHORTEST_RULE = 3.0
FEWEST_RULES = 3  # of equal ends that are no table by others that cross them
NARROWEST_GAP = 4.0  # points between the words of two columns
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
    rules = _list_rules(page)
    tables = []
    for group in _group(rules):
        closed = _close(group, page)
        if len({rule.is_upright for rule in closed}) == 2:
            tables += [table for table in _find_cells(page, closed) if len(table.boxes) > 1]
    return sorted(tables, key=lambda table: (table.top, table.xs[0]))


def _list_rules(page: Any) -> list[Rule]:
    from pdfplumber.table import merge_edges
    from pdfplumber.utils.geometry import filter_edges

    edges = merge_edges(filter_edges(page.edges, min_length=1), *[TOUCHING] * 4)
    rules = [Rule(e["x0"], e["top"], e["x1"], e["bottom"]) for e in edges]
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
