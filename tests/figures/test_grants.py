"""Grants that took the place of one another, as a picture: arrows, and no invented year."""

import drawn
import pytest
from drawn import BOTH_WIDTHS, mark_spots, overlapping
from matplotlib.backends.backend_agg import FigureCanvasAgg
from samples import FAMILY, LONG, grants_of
from slices import DATA

import analysis
from analysis.figures.grants import plot_grants
from analysis.measures.lineage import trace_grants


@pytest.fixture(scope="module")
def real():
    return trace_grants(analysis.load(DATA).grants)


def words(figure):
    return [text.get_text() for text in drawn.texts(figure)]


@BOTH_WIDTHS
def test_an_arrow_leads_to_the_next_grant_and_a_later_one_is_named(narrow):
    figure = plot_grants(grants_of(*FAMILY), narrow)
    spots = mark_spots(figure)
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
