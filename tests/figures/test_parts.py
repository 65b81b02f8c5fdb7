"""The figure of parts: where marks stand, their shapes, the texts."""

import pandas as pd
import pytest
from drawn import (
    BOTH_WIDTHS,
    LONG,
    is_hollow,
    joined,
    marks,
    off_the_page,
    outlines,
    text_at,
    touching,
    words,
    x_of,
)
from slices import MORIOKA, TSUKUBA, report

import analysis
from analysis.measures.evaluability import PARTS


@BOTH_WIDTHS
def test_each_part_has_a_mark_a_word_or_a_dashed_outline(narrow):
    r = report(MORIOKA, 2021)
    figure = analysis.plot_parts(r.parts, narrow)
    cells = r.parts[list(PARTS)].to_numpy().ravel().tolist()
    assert len(cells) == 80
    assert len(outlines(figure)) == cells.count("not_in_source")
    assert len(marks(figure)) == cells.count("final")
    assert words(figure).count("集計中") == cells.count("pending") == 4
    assert words(figure).count("性質不明") == cells.count("nature_not_stated") == 6


@BOTH_WIDTHS
def test_estimates_plans_and_preliminary_figures_are_hollow_parts(narrow):
    states = (
        *("final", "estimated", "planned", "preliminary"),
        *("final", "not_set", "one_end", "not_reckoned"),
    )
    row = {"program": "事業", "name": "来場者数"} | dict(zip(PARTS, states, strict=True))
    figure = analysis.plot_parts(pd.DataFrame([row]), narrow)
    hollow = [False, True, True, True, False, True]
    assert [is_hollow(mark) for mark in marks(figure)] == hollow
    assert len(outlines(figure)) == 1
    columns = [text_at(figure, label)[0] for label in ("指標", "従前値", "目標", "実績")]
    assert [x_of(mark) for mark in marks(figure)][:4] == pytest.approx(columns)


def test_a_program_without_kpis_has_a_row_that_says_so():
    text = joined(analysis.plot_parts(report(TSUKUBA, 2018).parts))
    assert text.count("（指標なし）") == 3
    assert "子連れ出勤モデル事業（指標なし）" in text


@BOTH_WIDTHS
def test_names_of_any_length_touch_nothing_in_the_parts(narrow):
    parts = report(MORIOKA, 2021).parts.assign(name=LONG)
    figure = analysis.plot_parts(parts, narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []
