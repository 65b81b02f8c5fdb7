"""The figure of evaluability: where marks stand, their shapes, the texts."""

import drawn
import pytest
from drawn import BOTH_WIDTHS, words
from made import rate
from matplotlib.colors import to_hex
from slices import GOSE, IBARAKI, TSUKUBA

import analysis as present
from analysis.figures.canvas import BLUE
from analysis.figures.grouping import find_grouping
from analysis.measures.evaluability import (
    PARTS,
    share_evaluability,
)

SLICES = [(TSUKUBA, 2018), (TSUKUBA, 2021), (GOSE, 2012), (IBARAKI, 2017), (IBARAKI, 2020), ()]


EACH = pytest.mark.parametrize("asked", SLICES, ids=str)


LONG = "市内の中小企業と大学と研究機関とがともに取り組む新しい技術の実証実験（試行を含む）への支援"


def share(asked):
    _, rated = rate(asked)
    by = find_grouping(rated)
    return share_evaluability(rated, by), by


@EACH
@BOTH_WIDTHS
def test_nothing_touches_and_nothing_leaves_the_page(asked, narrow):
    figure = present.plot_shares(*share(asked), narrow)
    assert drawn.touching(figure) == []
    assert drawn.off_the_page(figure) == []


@BOTH_WIDTHS
def test_names_of_any_length_touch_nothing(narrow):
    shares, by = share((TSUKUBA, 2018))
    figure = present.plot_shares(shares.assign(program=LONG), by, narrow)
    assert drawn.touching(figure) == []
    assert drawn.off_the_page(figure) == []


def test_a_cell_shows_how_many_of_how_many_and_a_bar_as_long_as_the_share():
    figure = present.plot_shares(*share(()))
    assert {"4/7", "7/7", "2/13", "つくば市 H30（7事業）", "茨城県 R2（73事業）"} <= set(
        words(figure)
    )
    bars = [b for b in drawn.boxes(figure) if to_hex(b.get_facecolor()) == BLUE]
    whole = max(bar.get_width() for bar in bars)
    assert min(bar.get_width() for bar in bars) == pytest.approx(whole / 73)


def test_what_no_document_holds_is_a_dashed_outline():
    shares, by = share((IBARAKI, 2020))
    period = shares[["period_held", "period_partly"]].any(axis=1).sum()
    assert len(drawn.outlines(present.plot_shares(shares, by))) == 5 * len(PARTS) - period


def test_without_a_program_there_is_no_figure_and_a_sentence_says_so():
    shares, by = share((TSUKUBA, 2018))
    assert present.plot_shares(shares.iloc[:0], by) is None
    assert present.describe_shares(shares.iloc[:0], by) == "この資料に事業の記載はありません。"
