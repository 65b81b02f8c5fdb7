"""What else was published: figures that are no KPIs."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.canvas import (
    BLUE,
    NARROW_INCHES,
    RED,
    WIDE_INCHES,
    Canvas,
    measure_rows,
    wrap,
)
from analysis.figures.given import draws
from analysis.figures.lanes import Lane, draw_lanes, make_log_scale
from analysis.figures.lettering import text_width
from analysis.figures.many import NAMED, Many, Rows, fit
from analysis.measures.distributions import Spread, spread_observations
from analysis.measures.keys import list_rows
from analysis.wording import (
    format_digits,
    format_large_number,
    format_number,
    format_value,
    short_fiscal_year,
)
from analysis.wording.labels import labels

WORDS = labels("figures.observations")
SIGNS = labels("signs")


@draws(observations=("", "what value unit fiscal_year"))
def plot_observations(observations: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw the other published figures of a program, as bars with a scale for each unit.

    `observations` has `what`, `value`, `unit`, `fiscal_year`. Of more figures than two screens
    hold, it shows how those lie that are of the same thing. None if none has a value.
    """
    known = observations[observations["value"].notna()]
    if known.empty:
        return None

    def many() -> Many:
        if not (known["value"] > 0).any():
            return Many(None, list_rows(known.head(NAMED)), WORDS["rule"])
        return Many(_draw_all(known, narrow), [], "")

    def draw(rows: Rows) -> Canvas:
        return _draw_each(rows, narrow)

    return fit(len(known), lambda: list_rows(known), draw, many, narrow).finish()


def _draw_all(known: pd.DataFrame, narrow: bool) -> Canvas:
    """Draw how the figures above 0 of each thing lie, in a lane for the most frequent ones."""
    spreads = spread_observations(known)
    lanes = [
        Lane(
            _name(spread),
            spread,
            (format_number(spread.total), format_digits(spread.at(0.5))),
        )
        for spread in spreads
    ]
    scale = make_log_scale([end for s in spreads for end in s.ends], format_large_number)
    headers = (WORDS["count"], WORDS["median"])
    return draw_lanes(lanes, scale, headers, [WORDS["axis"]], narrow)


def _name(spread: Spread) -> str:
    group = spread.group
    if group.groups > 1:
        return WORDS["others"].format(count=group.groups)
    what, unit = group.name
    return SIGNS["noted"].format(what=what, note=unit) if unit else str(what)


def _draw_each(known: Rows, narrow: bool) -> Canvas:
    width = NARROW_INCHES if narrow else WIDE_INCHES
    units = ["" if pd.isna(row["unit"]) else row["unit"] for row in known]
    most: dict[str, float] = {}
    for unit, row in zip(units, known, strict=True):
        most[unit] = max(most.get(unit, 0.0), abs(row["value"]))
    left = 0.0 if narrow else 3.2
    names = [
        wrap(
            WORDS["name"].format(what=row["what"], year=short_fiscal_year(row["fiscal_year"])),
            9,
            width - 0.1 if narrow else 3.0,
        )
        for row in known
    ]
    tops, heights = measure_rows(names, 0.05, 0.5 if narrow else 0.34, stacked=narrow)
    page = Canvas(width, tops[-1] + heights[-1] + 0.3)
    for top, height, lines, unit, row in zip(tops, heights, names, units, known, strict=True):
        label = format_value(row["value"], row["unit"])
        if row["value_status"] == "planned":
            label = WORDS["planned"].format(value=label)
        room = page.width - left - text_width(label, 9) - 0.15
        y = top + height / 2
        if narrow:
            page.lines(0, top + 0.04, lines, 9)
            y = top + height - 0.14
        else:
            page.lines(3.0, y - len(lines) * 0.084, lines, 9, align="right")
        bar = room * abs(row["value"]) / most[unit] if most[unit] > 0 else 0.0
        color = BLUE if row["value"] >= 0 else RED
        planned = row["value_status"] == "planned"
        style = {"fill": False, "ec": color, "lw": 1} if planned else {"color": color}
        page.box(left, y - 0.07, max(bar, 0.01), 0.14, **style)
        page.text(left + bar + 0.08, y, label, 9)
    page.caption_line(WORDS["key"])
    return page
