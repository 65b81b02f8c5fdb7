"""The figure of readings: where marks stand, their shapes, the texts."""

import pytest
from drawn import (
    BOTH_WIDTHS,
    LONG,
    arrows,
    is_hollow,
    look_of,
    marks,
    off_the_page,
    outlines,
    text_at,
    touching,
    uprights,
    words,
    x_of,
)
from made import at_rates, judged_kpis
from slices import TSUKUBA, report

import analysis
from analysis.figures.canvas import BLUE, GREY, INK, RED


@BOTH_WIDTHS
def test_readings_stand_about_the_line_of_100_percent(narrow):
    # 150 of 200 is 75 %, half the way, half of what is due by now (a third of the way would
    # be 166.7, so 50 of 66.7: 75 %), half of 300, and 50 % growth where 300 in three years
    # needs the cube root of 3, 44.2 % a year: 113.1 %
    figure = analysis.plot_readings(judged_kpis({}), narrow)
    zero, whole = text_at(figure, "0")[0], text_at(figure, "100％")[0]
    along = [(x_of(mark) - zero) / (whole - zero) for mark in marks(figure)]
    assert along == pytest.approx([0.75, 0.5, 0.75, 0.5, 1.1306], abs=1e-4)
    missed, not_due, on_track = ("D", RED), ("s", GREY), ("o", BLUE)
    assert [look_of(mark) for mark in marks(figure)] == [missed] * 3 + [not_due, on_track]
    assert uprights(figure, INK) == pytest.approx([whole])


def test_readings_of_100_percent_and_more_are_discs():
    figure = analysis.plot_readings(judged_kpis({"actual": 200.0}))
    looks = [look_of(mark) for mark in marks(figure)]
    # 100 %, 100 %, 100 of 66.7, 200 of 300 which are not due before 2020, 100 % of 44.2 %
    reached = ("o", BLUE)
    assert looks == [reached, reached, reached, ("s", GREY), reached]
    assert words(figure).count("期限前") == 1


def test_a_plain_ratio_of_a_falling_kpi_is_not_judged_by_100_percent():
    # 90 accidents where 80 were aimed at: 112.5 %, though the target was missed
    figure = analysis.plot_readings(
        judged_kpis({"direction": "down", "target": 80.0, "actual": 90.0, "final_target": 50.0})
    )
    achievement, progress, pace, final, growth = (look_of(mark) for mark in marks(figure))
    assert achievement == final == ("s", GREY)
    assert progress == pace == growth == ("D", RED)  # half the way; 10 of 16.7 due by now
    assert "（到達）" in words(figure)  # how the plain ratio would be read


def test_a_reading_that_cannot_be_had_has_a_dashed_outline_with_its_reason():
    figure = analysis.plot_readings(report(TSUKUBA, 2018).kpis)
    assert len(outlines(figure)) == 14  # neither pace nor growth
    assert words(figure).count("従前値の年度の記載がない") == 14
    assert len(marks(figure)) + len(arrows(figure)) == 21


def test_estimated_readings_are_hollow():
    figure = analysis.plot_readings(judged_kpis({"actual_status": "estimated"}, {}))
    final_not_due = [False, False, False, True, False]
    assert [is_hollow(mark) for mark in marks(figure)] == [True] * 5 + final_not_due


@BOTH_WIDTHS
def test_readings_beyond_the_edge_are_cut_with_an_arrow_and_printed(narrow):
    figure = analysis.plot_readings(at_rates(12), narrow)
    assert len(arrows(figure)) == 5  # 650, 1,200, 1,800, 433.3 and (12 / 0.4422) 2,713.4 %
    assert marks(figure) == []
    for printed in ("650.0％", "1,200.0％？", "1,800.0％？", "433.3％", "2,713.4％？"):
        assert printed in words(figure)


@BOTH_WIDTHS
def test_reasons_touch_nothing_in_the_readings_and_stay_on_the_page(narrow):
    cells = [
        {"baseline_year": None},
        {"baseline_year": 2018},
        {"direction": "keep_above"},
        {"direction": "down"},
        {"final_target": None},
        {"target": 0.0},
    ]
    kpis = judged_kpis(*({"kpi": LONG, "actual": -800.0} | cell for cell in [{}, *cells]))
    figure = analysis.plot_readings(kpis, narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []
