"""One by one as far as two screens hold them; else how all of them lie, and those worth naming."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from analysis.figures.canvas import ELLIPSIS, Canvas, wrap
from analysis.measures.distributions import pool_groups
from analysis.wording import with_program_names

MOST_ROWS = 60  # more never fit, and are not even measured
MOST_INCHES = {False: 14.0, True: 16.0}  # two screens, wide and narrow
LONGEST_NAME = 48  # letters of a name beside many others; the table has it whole
NAMED = 8
FEWER_GROUPS = (30, 20, 15, 10, 6)
HEAD_STEP = 0.178

Rows = list[Any]


class Many(NamedTuple):
    """What stands in the place of too many rows.

    `overview` shows how all lie (None: nothing does), `rows` are those to name, the worthiest
    first, and `rule` says by what they were chosen, with the places {count} and {total}.
    """

    overview: Canvas | None
    rows: Rows
    rule: str


def fit(
    total: int,
    rows: Callable[[], Rows],
    draw: Callable[[Rows], Canvas],
    many: Callable[[], Many],
    narrow: bool,
) -> Canvas:
    """Draw `total` rows one by one if that fits on two screens, else what stands in their place.

    Nothing is listed that is not drawn: `rows` is called for few rows alone, `many` for others.
    """
    if total <= MOST_ROWS:
        page = draw(rows())
        if page.height <= MOST_INCHES[narrow]:
            return page
    overview, worth, rule = many()
    above = overview.height + 0.24 if overview else 0.0
    for count in range(len(worth), 0, -1):
        named = draw(worth[:count])
        head = wrap(rule.format(count=f"{count:,}", total=f"{total:,}"), 9.5, named.width)
        height = above + HEAD_STEP * len(head) + 0.14 + named.height
        if height <= MOST_INCHES[narrow] or count == 1:
            page = Canvas(named.width, height)
            page.lines(0, above, head, 9.5)
            page.put(named, height - named.height)
            if overview:
                page.put(overview, 0)
            return page
    assert overview is not None, "many rows, of which nothing is drawn"
    return overview


def fit_groups(
    counts: pd.DataFrame, draw: Callable[[pd.DataFrame], Canvas], narrow: bool
) -> Canvas:
    """Draw a row for each group if that fits on two screens, else the smaller ones as one row.

    `counts` has `programs`; `draw` gets it with `groups`, of how many groups a row is.
    """
    for most in (MOST_ROWS, *FEWER_GROUPS):
        page = draw(pool_groups(counts, most))
        if page.height <= MOST_INCHES[narrow]:
            break
    return page


def shorten(text: str) -> str:
    """Cut what is longer than a name beside many others may be: the table has the whole."""
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + ELLIPSIS


def name_shortly(table: pd.DataFrame, column: str = "kpi") -> pd.DataFrame:
    """Name what is chosen of many programs by itself and its program, cut where that is long."""
    named = with_program_names(table, column)
    names = [name if pd.isna(name) else shorten(name) for name in named[column]]
    return named.assign(**{column: names})
