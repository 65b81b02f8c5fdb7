"""How far each KPI went from its baseline towards its target."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.canvas import (
    GREY,
    INK,
    KEY_TO_MARKS,
    MOST_TO_THE_LEFT,
    MOST_TO_THE_RIGHT,
    NARROW_INCHES,
    PALE,
    WIDE_INCHES,
    Canvas,
    LineStyle,
    color_of,
    wrap,
)
from analysis.figures.distributions import MOST_LANES, draw_distribution
from analysis.figures.given import draws
from analysis.figures.lettering import text_width
from analysis.figures.many import NAMED, Many, fit, name_shortly
from analysis.measures.distributions import choose_rows, find_by, find_rates
from analysis.measures.scale import choose_scale, list_progress
from analysis.wording import (
    format_rate,
    name_result,
    name_way,
    print_text,
    say_rate_beside_words,
    say_why_no_bar,
)
from analysis.wording.labels import READINGS, labels

WORDS = labels("figures.progress")


Rows = list[dict[str, Any]]


TOP, BOTTOM = 0.42, 0.32


LONGEST_AIM = 2.4  # inches


@draws(kpis=("add_achievement", "progress_rate achievement_rate reached"))
def plot_progress(kpis: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw how far each KPI went from its baseline (0) towards its target (1).

    Parameters
    ----------
    kpis
        One row per KPI with the columns of `add_achievement`; those of `add_ratings` are
        shown beside it where they are there.
    narrow
        The variant for a telephone.

    Returns
    -------
    The figure: a bar from the baseline to the actual, so that going backwards is seen at
    once; values beyond the edge are cut with an arrow and their figure printed. A KPI
    without a progress_rate gets a dashed outline and the reason. Where no KPI has one, the bar
    goes from 0 to actual / target instead (`choose_scale`). None if no KPI has either. Of more
    KPIs than two screens hold, it shows how the rates of all lie (`plot_distribution`) and the
    bars of those with the lowest.
    """
    if choose_scale(kpis) is None:
        return None

    def draw(rows: Rows) -> Canvas:
        judged = any(row.get("progress_judges") for row in rows)
        page = _draw_narrow(rows, judged) if narrow else _draw_wide(rows, judged)
        page.caption_line(KEY_TO_MARKS)
        return page

    def many() -> Many:
        scale, rates = find_rates(kpis)
        if rates.isna().all():  # of parts of a year alone
            scale = choose_scale(kpis) or scale
            rates = kpis[scale].where(kpis[f"{scale}_note"] != "reads_reversed")
        lowest = name_shortly(choose_rows(kpis, rates, NAMED))
        rule = WORDS["rule"].format(rate=READINGS[scale])
        rows = list_progress(lowest, scale)[::-1]
        overview = draw_distribution(kpis, find_by(kpis), narrow, MOST_LANES)
        return Many(overview, rows, rule)

    return fit(len(kpis), lambda: list_progress(kpis), draw, many, narrow).finish()


def _draw_wide(rows: Rows, judged: bool) -> Canvas:
    """Names to the left of the bars, rates and judgements to the right."""
    right = WIDE_INCHES - (2.35 if judged else 0.95)
    rate = READINGS[rows[0]["scale"]]
    columns = {rate: right + 0.8} | (
        {WORDS["progress"]: right + 1.33, WORDS["grade"]: WIDE_INCHES - 0.3} if judged else {}
    )
    names = [wrap(print_text(row["kpi"]), 9.5, 2.4) for row in rows]
    words = [_wrap_judges(row, "progress", 0.72) for row in rows]
    grades = [_wrap_judges(row, "grade", 0.56) for row in rows]
    heights = [
        max(0.6, 0.32 + 0.178 * len(name), 0.3 + 0.17 * max(len(word), len(grade)) * judged)
        for name, word, grade in zip(names, words, grades, strict=True)
    ]
    page = Canvas(WIDE_INCHES, TOP + sum(heights) + BOTTOM)
    x = _draw_axis(page, rows, 2.75, right)
    for title, at in columns.items():
        page.text(at, 0.17, title, 8, GREY, "right" if title == rate else "center")
    top = TOP
    for row, name, word, grade, height in zip(rows, names, words, grades, heights, strict=True):
        middle = top + height / 2 + 0.05
        end = page.lines(2.5, middle - 0.13 - 0.089 * len(name), name, 9.5, align="right")
        page.lines(2.5, end, [_aim(row)], 8, GREY, align="right")
        page.text(columns[rate], middle, format_rate(row["shown"]), 9.5, INK, "right")
        if judged:
            for title, said in ((WORDS["progress"], word), (WORDS["grade"], grade)):
                page.lines(columns[title], middle - 0.084 * len(said), said, 9, INK, "center")
        _draw_bar(page, x, middle, row, (2.6, right + 0.2))
        top += height
    return page


def _draw_narrow(rows: Rows, judged: bool) -> Canvas:
    """Names and rates above the bars."""
    width = NARROW_INCHES
    names = [wrap(print_text(row["kpi"]), 9.5, width - 0.1) for row in rows]
    verdicts = [wrap(say_rate_beside_words(row, judged), 8, width) for row in rows]
    beside = [
        len(verdict) == 1 and text_width(_aim(row) + verdict[0], 8) <= width - 0.2
        for row, verdict in zip(rows, verdicts, strict=True)
    ]
    heights = [
        0.742 + 0.178 * len(name) + (0 if fits else 0.16 * len(verdict))
        for name, verdict, fits in zip(names, verdicts, beside, strict=True)
    ]
    page = Canvas(width, TOP + sum(heights) + BOTTOM)
    x = _draw_axis(page, rows, 0.2, width - 0.2)
    top = TOP
    for row, name, verdict, fits, height in zip(
        rows, names, verdicts, beside, heights, strict=True
    ):
        end = page.lines(0, top, name, 9.5)
        page.lines(0, end, [_aim(row)], 8, GREY)
        page.lines(width, end if fits else end + 0.16, verdict, 8, INK, "right")
        _draw_bar(page, x, top + height - 0.24, row, (0, width))
        top += height
    return page


def _draw_axis(page: Canvas, rows: Rows, left: float, right: float) -> Callable[[float], float]:
    """Name the baseline and the target, and return where a rate lies on the page."""
    shown = [_shown(row["shown"]) for row in rows if pd.notna(row["shown"])]
    low, high = min(-0.12, min(shown) - 0.12), max(1.25, max(shown) + 0.1)

    def x(rate: float) -> float:
        return left + float((rate - low) / (high - low)) * (right - left)

    start = WORDS["baseline"] if rows[0]["scale"] == "progress_rate" else "0"
    page.text(x(0), 0.17, start, 8, GREY, "center")
    page.text(x(1), 0.17, WORDS["target"], 8, INK, "center")
    return x


def _shown(rate: float) -> float:
    return min(max(rate, MOST_TO_THE_LEFT), MOST_TO_THE_RIGHT)


def _wrap_judges(row: dict[str, Any], name: str, width: float) -> list[str]:
    """Wrap a published word; of several each begins a line, with its judges below."""
    judges = row.get(f"{name}_judges", {})
    said = [part for word in judges for part in (word, *judges[word])]
    if len(judges) < 2:
        said = [print_text(next(iter(judges), None))]
    return [line for part in said for line in wrap(part, 9, width)]


def _aim(row: dict[str, Any]) -> str:
    aim = name_way(row)
    return aim if text_width(aim, 8) <= LONGEST_AIM else name_way(row, in_short=True)


def _draw_bar(
    page: Canvas,
    x: Callable[[float], float],
    y: float,
    row: dict[str, Any],
    room: tuple[float, float],
) -> None:
    rate, estimated = row["shown"], row["actual_status"] == "estimated"
    if pd.isna(rate):
        _draw_without_rate(page, x, y, row, room)
        return
    page.line(x(0), y - 0.27, x(0), y + 0.15, GREY, 0.8)
    page.line(x(1), y - 0.27, x(1), y + 0.15, INK, 1.1)
    color = color_of(row["reached"])
    end = _shown(rate)
    page.box(x(0), y - 0.05, x(1) - x(0), 0.1, color=PALE)
    style: LineStyle = (0, (2.2, 1.2)) if estimated else "solid"
    page.line(x(0), y, x(end), y, color, 2.2, style, arrow=end != rate)
    if end == rate:
        page.mark(x(end), y, row["reached"], estimated)
    label = name_result(row)
    half = text_width(label, 8.5) / 2
    centre = min(max(x(end), room[0] + half), room[1] - half)
    page.text(centre, y - 0.17, label, 8.5, color, "center", halo=True)


def _draw_without_rate(
    page: Canvas,
    x: Callable[[float], float],
    y: float,
    row: dict[str, Any],
    room: tuple[float, float],
) -> None:
    """An outline as wide as what it says: where the KPI stands, and why it has no bar."""
    text = say_why_no_bar(row)
    width = max(x(1) - x(0), text_width(text, 8) + 0.16)
    lines = [text] if width <= room[1] - room[0] else wrap(text, 8, room[1] - room[0] - 0.16)
    width = min(width, room[1] - room[0])
    left = max(room[0], min(x(0), room[1] - width))
    height = 0.05 + 0.15 * len(lines)
    page.outline(left, y - height / 2, width, height)
    page.lines(left + 0.08, y - 0.075 * len(lines), lines, 8, color_of(row["reached"]))
