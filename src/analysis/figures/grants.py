"""Grants that took the place of one another."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.canvas import BLUE, GREY, NARROW_INCHES, WIDE_INCHES, Canvas, wrap
from analysis.figures.given import draws
from analysis.figures.many import Many, Rows, fit
from analysis.measures.keys import list_rows
from analysis.wording import say_years
from analysis.wording.labels import labels

WORDS = labels("figures.grants")

NAME_SIZE, NAME_STEP, SMALL_SIZE, SMALL_STEP = 9.5, 0.178, 8, 0.15


MOST_GRANTS = 20  # where there are too many


GRANT_LEFT = 0.32  # right of the arrows


@draws(grants=("trace_grants", "grant_name first_year last_year successor order"))
def plot_grants(grants: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw each grant with its years as far as printed, an arrow to the one that took its place.

    `grants` is the table of `trace_grants`. Where that one does not stand next below, its name
    is written instead. Of more grants than two screens hold, the first are shown. None without
    grants.
    """
    if grants.empty:
        return None

    def draw(rows: Rows) -> Canvas:
        return _draw_each(grants.head(len(rows)), narrow)

    def many() -> Many:
        return Many(None, list_rows(grants.head(MOST_GRANTS)), WORDS["rule"])

    return fit(len(grants), lambda: list_rows(grants), draw, many, narrow).finish()


def _draw_each(grants: pd.DataFrame, narrow: bool) -> Canvas:
    width = NARROW_INCHES if narrow else WIDE_INCHES
    texts = _write_grants(grants, width - GRANT_LEFT)
    heights = [0.18 + NAME_STEP * len(name) + SMALL_STEP * len(notes) for name, notes, _ in texts]
    page = Canvas(width, sum(heights) + 0.22)
    top = 0.03
    for (name, notes, leads), height in zip(texts, heights, strict=True):
        y = top + NAME_STEP / 2
        page.mark(0.1, y, "yes", False, 7)
        below = page.lines(GRANT_LEFT, top, name, NAME_SIZE)
        page.lines(GRANT_LEFT, below, notes, SMALL_SIZE, GREY)
        if leads:
            page.line(0.1, y + 0.08, 0.1, y + height - 0.08, BLUE, 1.1, arrow=True)
        top += height
    page.caption_line(WORDS["key"])
    return page


def _write_grants(grants: pd.DataFrame, room: float) -> list[tuple[list[str], list[str], bool]]:
    """The name and the notes of each grant on lines, and whether an arrow leads to the next."""
    rows, written = list_rows(grants), []
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        leads = after is not None and row["successor"] == after["grant_name"]
        notes = [say_years(row["first_year"], row["last_year"])]
        notes += [] if pd.isna(row["note"]) else [row["note"]]
        if pd.notna(row["successor"]) and not leads:
            notes.append(WORDS["successor"].format(name=row["successor"]))
        lines = [line for note in notes for line in wrap(note, SMALL_SIZE, room)]
        written.append((wrap(row["grant_name"], NAME_SIZE, room), lines, leads))
    return written
