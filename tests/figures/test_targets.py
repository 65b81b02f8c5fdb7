"""The figure of targets: where marks stand, their shapes, the texts."""

import pytest
from drawn import (
    BOTH_WIDTHS,
    LONG,
    is_hollow,
    joined,
    look_of,
    marks,
    off_the_page,
    touching,
    uprights,
    words,
    x_of,
)
from made import MANY_RATES, judged_kpis, judged_tsukuba
from slices import IBARAKI, MORIOKA, report

import analysis
from analysis.figures.canvas import BLUE, GREY, RED


def ticks(figure):
    """The x of the upright ticks of a plan."""
    return sorted(uprights(figure, GREY))


@BOTH_WIDTHS
def test_a_plan_has_a_tick_for_baseline_target_and_final_target_on_one_scale(narrow):
    figure = analysis.plot_targets(judged_kpis({"actual": 250.0}), narrow)
    baseline, target, final = ticks(figure)
    assert target - baseline == pytest.approx(final - target)  # 100, 200, 300
    [mark] = marks(figure)
    assert x_of(mark) == pytest.approx((target + final) / 2)
    assert look_of(mark) == ("o", BLUE)
    for label in ("従前 100件", "H30目標 200件", "R2最終目標 300件", "実績 250件"):
        assert label in words(figure)


def test_an_actual_beyond_the_plan_widens_its_scale():
    figure = analysis.plot_targets(judged_kpis({"actual": 500.0}))
    baseline, target, _ = ticks(figure)
    [mark] = marks(figure)
    assert x_of(mark) - baseline == pytest.approx(4 * (target - baseline))
    assert x_of(mark) < figure.get_size_inches()[0]


def test_equal_values_of_a_plan_share_one_tick_and_one_label():
    figure = analysis.plot_targets(judged_kpis({"final_target": 200.0, "final_year": 2018}))
    assert len(ticks(figure)) == 2
    assert "H30目標＝H30最終目標 200件" in words(figure)


def test_an_estimated_actual_of_a_plan_is_hollow_and_says_so():
    figure = analysis.plot_targets(judged_kpis({"actual_status": "estimated"}))
    [mark] = marks(figure)
    assert is_hollow(mark)
    assert look_of(mark) == ("D", RED)
    assert "実績 150件（推計）" in words(figure)


def test_a_plan_without_an_actual_says_why_and_has_no_mark():
    figure = analysis.plot_targets(report(MORIOKA, 2021).kpis)
    assert marks(figure) == []
    assert words(figure).count("実績は集計中") == 4
    assert "H30" not in joined(figure)
    assert "R3目標 150人" in words(figure)


def test_planned_values_are_called_so():
    figure = analysis.plot_targets(report(MORIOKA, 2022).kpis)
    assert "R4目標（計画値） 4,200,000人泊" in words(figure)


def test_kpis_without_a_target_are_left_out_of_the_plan():
    figure = analysis.plot_targets(judged_kpis({}, {"target": None, "final_target": None}))
    assert "指標0" in words(figure)
    assert "指標1" not in words(figure)


def test_a_kpi_with_nothing_but_a_final_target_stands_in_the_plan():
    figure = analysis.plot_targets(report(IBARAKI, 2017, "startup_10000").kpis)
    assert {"創業", "R元最終目標 10,000社", "実績はこの資料に記載なし"} <= set(words(figure))


@BOTH_WIDTHS
@pytest.mark.parametrize("scale", [1, 10_000])
def test_names_and_figures_of_any_length_touch_nothing_in_the_plan(scale, narrow):
    kpis = judged_tsukuba(names=LONG, rates=MANY_RATES, scale=scale, actual_status="estimated")
    figure = analysis.plot_targets(kpis, narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []


@BOTH_WIDTHS
def test_values_close_to_each_other_have_labels_apart(narrow):
    figure = analysis.plot_targets(
        judged_kpis({"baseline": 1000.0, "target": 1001.0, "final_target": 1002.0, "actual": 0.0}),
        narrow,
    )
    assert touching(figure) == []
    assert len(ticks(figure)) == 3
