"""Grants that took the place of one another, as a picture: arrows, and no invented year."""

from itertools import combinations

import drawn
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from samples import FAMILY, LONG, grants_of
from slices import DATA

import analysis
from analysis.figures.grants import plot_grants
from analysis.measures.lineage import trace_grants

BOTH_WIDTHS = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
RADIUS = 4  # of a mark, in pixels


@pytest.fixture(scope="module")
def real():
    return trace_grants(analysis.load(DATA).grants)


def words(figure):
    return [text.get_text() for text in drawn.texts(figure)]


def marks(figure):
    """Where the marks stand, from top to bottom."""
    return sorted(
        (mark.get_xydata()[0].tolist() for mark in drawn.marks(figure)), key=lambda p: p[1]
    )


def overlapping(figure):
    """The texts that cover each other or a mark, or leave the page."""
    found, page = drawn.extents(figure), figure.bbox
    outside = [
        t for t, b in found if b.x0 < -1 or b.x1 > page.x1 + 1 or b.y0 < -1 or b.y1 > page.y1
    ]
    pairs = [
        (a, b)
        for (a, x), (b, y) in combinations(found, 2)
        if min(x.x1, y.x1) - max(x.x0, y.x0) > 1 and min(x.y1, y.y1) - max(x.y0, y.y0) > 1
    ]
    spots = [(x * figure.dpi, page.y1 - y * figure.dpi) for x, y in marks(figure)]
    crossed = [t for t, b in found for x, y in spots if b.padded(RADIUS).contains(x, y)]
    return outside + pairs + crossed


@BOTH_WIDTHS
def test_an_arrow_leads_to_the_next_grant_and_a_later_one_is_named(narrow):
    figure = plot_grants(grants_of(*FAMILY), narrow)
    spots = marks(figure)
    [arrow] = drawn.arrows(figure)
    assert len(spots) == 3
    assert spots[1][1] < arrow.start[1] < spots[2][1]
    assert [word for word in words(figure) if "後継は" in word] == ["後継は「丙」"]
    assert {"年度の記載なし", "まとめられた。", "H28から", "R4～R6"} <= set(words(figure))


@BOTH_WIDTHS
def test_names_and_notes_of_any_length_touch_nothing(narrow):
    long = [(f"{LONG}{n}", None, None, f"{LONG}{n + 1}", LONG) for n in range(3)]
    assert overlapping(plot_grants(grants_of(*long, (f"{LONG}3", *[None] * 4)), narrow)) == []


@BOTH_WIDTHS
def test_the_real_grants_are_one_chain_of_arrows_without_an_invented_year(real, narrow):
    figure = plot_grants(real, narrow)
    assert len(drawn.arrows(figure)) == 3
    years = [word for word in words(figure) if word[:2] in ("年度", "R6", "R7", "R8")]
    assert years == ["年度の記載なし", "R6まで", "R7のみ", "R8から"]
    assert figure.get_figwidth() == (3.6 if narrow else 7.6)
    assert overlapping(figure) == []
    FigureCanvasAgg(figure).draw()


@BOTH_WIDTHS
def test_without_grants_there_is_no_figure(narrow):
    assert plot_grants(grants_of(), narrow) is None
