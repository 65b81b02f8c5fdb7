"""Which part of a plan has programs."""

import math
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.bars import draw_bars
from analysis.figures.canvas import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    NARROW_INCHES,
    PALE,
    WIDE_INCHES,
    Canvas,
    wrap,
    wrap_words,
)
from analysis.figures.given import draws
from analysis.figures.lettering import text_width
from analysis.figures.many import Many, Rows, fit
from analysis.measures.strategies import Item, list_groups
from analysis.wording import join_names
from analysis.wording.labels import labels

WORDS = labels("figures.coverage")
KINDS = labels("strategies.kinds")
COUNTED = {name: labels("columns")[name] for name in ("with_kpi", "with_amount")}
NAME_SIZE, NAME_STEP, SMALL_SIZE, SMALL_STEP = 9.5, 0.178, 7.5, 0.141


SQUARE, SQUARE_STEP = 0.12, 0.17


NAME_LEFT = 0.26  # right of the number of an item


MOST_NAMES, FEW_NAMES, MOST_SQUARES, MOST_PLANS = 10, 3, 120, 6


MOST_ITEMS = 5  # named where there are too many


SQUARES_LEFT, SQUARES_RIGHT = 3.1, 6.2  # in the wide figure


COUNTS_AT = {"with_kpi": 6.6, "with_amount": 7.25}


class _Row(NamedTuple):
    """An item with its texts on lines, its squares in lines of so many, and its height.

    Of many programs a square stands for ten, or a hundred.
    """

    item: Item
    name: list[str]
    programs: list[str]
    left: float
    per_line: int
    per_square: int
    height: float

    def squares(self, name: str = "programs") -> int:
        """How many squares stand for the programs, or for those with something."""
        count = self.item[name]
        return 0 if pd.isna(count) else math.ceil(count / self.per_square)


@draws(coverage=("cover_items", "programs"))
def plot_coverage(coverage: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw for each item of a plan the programs that serve it, a square each.

    Parameters
    ----------
    coverage
        The table of `cover_items`.
    narrow
        The variant for a telephone.

    Returns
    -------
    The figure: filled squares are programs with a KPI, outlined ones those without, their
    names below; at the right how many have a KPI and money. An item without programs says so
    in words, and one nobody assigned programs to has a dashed outline. Of more items than two
    screens hold, those with the most programs are shown, below how many items of which plan have
    any. None without items.
    """
    if coverage.empty:
        return None

    def draw(items: Rows) -> Canvas:
        return _draw_each(pd.concat(items).sort_index(), narrow)  # in the order of the plans

    def many() -> Many:
        most = coverage["programs"].astype("float64").fillna(-1)
        largest = coverage.loc[most.sort_values(ascending=False, kind="stable").index]
        names = [names[:FEW_NAMES] for names in largest["program_names"].head(MOST_ITEMS)]
        named = largest.head(MOST_ITEMS).assign(program_names=names)
        rows = [named.iloc[[n]] for n in range(len(named))]
        return Many(_draw_counts(coverage, narrow), rows, WORDS["rule"])

    return fit(len(coverage), lambda: [coverage], draw, many, narrow).finish()


def _draw_counts(coverage: pd.DataFrame, narrow: bool) -> Canvas:
    """Draw of how many items of each plan and kind any program is known that serves them."""
    bars = []
    for plan, kind, items in list_groups(coverage)[:MOST_PLANS]:
        served = sum(pd.notna(item["programs"]) and item["programs"] > 0 for item in items)
        parts = [("filled", served), ("dashed", len(items) - served)]
        said = WORDS["items"].format(count=len(items), served=served)
        bars.append((WORDS["heading"].format(plan=plan, kind=KINDS[kind]), said, parts))
    return draw_bars(bars, [WORDS["served"], WORDS["not_served"]], narrow)


def _draw_each(coverage: pd.DataFrame, narrow: bool) -> Canvas:
    width = NARROW_INCHES if narrow else WIDE_INCHES
    some_printed = not {"no", "partly"}.isdisjoint(coverage["is_inferred"])
    key = wrap_words(_key(coverage, some_printed), SMALL_SIZE, width)
    groups = [
        (
            wrap(
                WORDS["heading"].format(plan=plan, kind=KINDS[kind]),
                8.5,
                width if narrow else SQUARES_RIGHT,
            ),
            [_measure(item, some_printed, narrow) for item in items],
        )
        for plan, kind, items in list_groups(coverage)
    ]
    inside = sum(0.16 * len(head) + 0.16 + sum(r.height for r in rows) for head, rows in groups)
    page = Canvas(width, inside + 0.15 * len(key) + 0.1)
    top = 0.0
    for head, rows in groups:
        page.lines(0, top + 0.05, head, 8.5, GREY)
        top += 0.16 * len(head) + 0.16
        if not narrow and any(pd.notna(row.item["programs"]) for row in rows):
            for name, x in COUNTS_AT.items():
                page.text(x, top - 0.19, COUNTED[name], 8, GREY, "center")
        page.line(0, top - 0.05, width, top - 0.05, LIGHT)
        for number, row in enumerate(rows):
            if number:
                page.line(0, top - 0.05, width, top - 0.05, PALE, 0.8)
            _draw_row(page, row, top, narrow)
            top += row.height
    page.lines(0, page.height - 0.15 * len(key), key, SMALL_SIZE, GREY)
    return page


def _measure(item: Item, some_printed: bool, narrow: bool) -> _Row:
    """Put what is written of an item on lines, and see how high it gets."""
    sign = "※" if some_printed and item["is_inferred"] in ("yes", "partly") else ""
    left, right = (NAME_LEFT, NARROW_INCHES) if narrow else (SQUARES_LEFT, SQUARES_RIGHT)
    name_right = right if narrow else SQUARES_LEFT - 0.2
    name = wrap(item["name"] + sign, NAME_SIZE, name_right - NAME_LEFT)
    names = item["program_names"][:MOST_NAMES]
    count = 0 if pd.isna(item["programs"]) else item["programs"]
    per_square = 10 ** max(0, math.ceil(math.log10(max(count, 1) / MOST_SQUARES)))
    listed = join_names(names)
    if listed and count > len(names):
        listed += WORDS["more"].format(count=f"{count - len(names):,}")
    if per_square > 1:
        listed = WORDS["per_square"].format(count=per_square, names=listed)
    programs = wrap(listed, SMALL_SIZE, right - left) if listed else []
    room = right - left - (text_width(_say_counts(item), 8) + 0.15 if narrow else 0)
    per_line = max(1, int((room + SQUARE_STEP - SQUARE) / SQUARE_STEP))
    lines = max(1, math.ceil(math.ceil(count / per_square) / per_line))
    names = NAME_STEP * len(name)
    below = SQUARE_STEP * lines + 0.02 + SMALL_STEP * len(programs)
    height = 0.18 + (names + below if narrow else max(names, below))
    return _Row(item, name, programs, left, per_line, per_square, height)


def _draw_row(page: Canvas, row: _Row, top: float, narrow: bool) -> None:
    item = row.item
    page.lines(0, top, [str(item["order"])], NAME_SIZE, GREY)
    below = page.lines(NAME_LEFT, top, row.name, NAME_SIZE)
    top = below + 0.02 if narrow else top
    middle = top + NAME_STEP / 2
    if pd.isna(item["programs"]):
        page.outline(row.left, middle - 0.07, 0.2, 0.14)
        page.text(row.left + 0.28, middle, WORDS["not_assigned"], 8.5, GREY)
        return
    if not item["programs"]:
        page.text(row.left, middle, WORDS["nobody"], 8.5, GREY)
        return
    for number in range(row.squares()):
        down, across = divmod(number, row.per_line)
        at = (row.left + across * SQUARE_STEP, middle - SQUARE / 2 + down * SQUARE_STEP)
        filled = number < row.squares("with_kpi")
        page.box(*at, SQUARE, SQUARE, fill=filled, fc=BLUE, ec=BLUE, lw=0.9)
    top += SQUARE_STEP * math.ceil(row.squares() / row.per_line) + 0.02
    page.lines(row.left, top, row.programs, SMALL_SIZE, GREY)
    if narrow:
        page.text(page.width, middle, _say_counts(item), 8, GREY, "right")
        return
    for name, x in COUNTS_AT.items():
        page.text(x, middle, str(item[name]), 9, INK if item[name] else GREY, "center")


def _say_counts(item: Item) -> str:
    return "　".join(f"{word}{item[name]}" for name, word in COUNTED.items())


def _key(coverage: pd.DataFrame, some_printed: bool) -> list[str]:
    key = [WORDS[name] for name in ("filled", "outlined", "counts")]
    if not {"yes", "partly"}.isdisjoint(coverage["is_inferred"]):
        key.append(WORDS["some_concluded" if some_printed else "all_concluded"])
    return key
