"""The figure of cost progress: where marks stand, their shapes, the texts."""

import pandas as pd
import pytest
from drawn import (
    BOTH_WIDTHS,
    LONG,
    is_hollow,
    look_of,
    marks,
    off_the_page,
    outlines,
    text_at,
    touching,
    words,
    x_of,
    y_of,
)
from slices import TSUKUBA, report

import analysis
from analysis.figures.canvas import BLUE, RED
from analysis.figures.cost_progress import _round_steps


def compared(*rows):
    """Programs with their cost, the low and the high mean of progress."""
    columns = ["program", "cost_yen", "mean_capped_low", "mean_capped_high"]
    table = pd.DataFrame(rows, columns=columns).assign(estimated=0)
    known = table["mean_capped_low"] == table["mean_capped_high"]
    without = table["mean_capped_high"].isna()
    return table.assign(
        unknown=(~known & ~without).astype(int),
        missed=(table["mean_capped_high"] < 1).astype(int),
    )


@BOTH_WIDTHS
def test_programs_stand_as_far_right_as_they_cost_and_as_high_as_they_got(narrow):
    figure = analysis.plot_cost_progress(
        compared(("a", 1_000_000, 1.0, 1.0), ("b", 2_000_000, 0.5, 0.5), ("c", 3_000_000, 0, 0)),
        narrow,
    )
    a, b, c = sorted(marks(figure), key=x_of)
    assert x_of(b) - x_of(a) == pytest.approx(x_of(c) - x_of(b))
    assert y_of(a) < y_of(b)
    assert y_of(c) - y_of(b) == pytest.approx(y_of(b) - y_of(a))
    assert y_of(a) == pytest.approx(text_at(figure, "100％")[1])
    assert y_of(b) == pytest.approx(text_at(figure, "50％")[1])
    assert [look_of(mark) for mark in (a, b, c)] == [("o", BLUE), ("D", RED), ("D", RED)]


def test_amounts_on_the_axis_stand_under_their_place():
    figure = analysis.plot_cost_progress(
        compared(("a", 1_000_000, 0.7, 0.7), ("b", 2_000_000, 0.3, 0.3))
    )
    a, b = sorted(marks(figure), key=x_of)
    assert text_at(figure, "100")[0] == pytest.approx(x_of(a))  # in 万円
    assert text_at(figure, "200")[0] == pytest.approx(x_of(b))


def test_unknown_progress_is_a_dashed_outline_of_its_range_and_no_mark_at_either_end():
    # a mark at 100 % would read as a target that was reached
    figure = analysis.plot_cost_progress(compared(("a", 1_000_000, 0.0, 1.0)))
    assert marks(figure) == []
    [outline] = outlines(figure)
    ends = [outline.get_y(), outline.get_y() + outline.get_height()]
    assert ends == pytest.approx([text_at(figure, "100％")[1], text_at(figure, "0％")[1]])


def test_programs_without_an_amount_are_counted_under_the_figure():
    table = compared(("a", 1_000_000, 1.0, 1.0), ("b", float("nan"), 1.0, 1.0))
    assert any(
        "金額の記載がない1事業は図にない" in w for w in words(analysis.plot_cost_progress(table))
    )


@BOTH_WIDTHS
def test_a_program_without_a_kpi_stands_below_without_a_height(narrow):
    figure = analysis.plot_cost_progress(report(TSUKUBA, 2018).comparison, narrow)
    assert len(marks(figure)) == 4
    assert len(outlines(figure)) == 3
    assert "指標がなく、縦の位置を決められない事業" in words(figure)
    floor = text_at(figure, "0％")[1]
    assert all(outline.get_y() > floor for outline in outlines(figure))


def test_an_estimate_among_the_kpis_of_a_program_makes_its_mark_hollow():
    table = compared(("a", 1_000_000, 1.0, 1.0), ("b", 2_000_000, 1.0, 1.0))
    figure = analysis.plot_cost_progress(table.assign(estimated=[1, 0]))
    assert [is_hollow(mark) for mark in sorted(marks(figure), key=x_of)] == [True, False]


def test_a_program_without_a_cost_is_left_out():
    figure = analysis.plot_cost_progress(compared(("a", 1_000_000, 1.0, 1.0), ("b", None, 1, 1)))
    assert "a" in words(figure)
    assert "b" not in words(figure)


@BOTH_WIDTHS
def test_a_program_that_cost_nothing_is_drawn(narrow):
    figure = analysis.plot_cost_progress(compared(("a", 0, 1.0, 1.0)), narrow)
    assert len(marks(figure)) == 1


@BOTH_WIDTHS
@pytest.mark.parametrize("share", [0.0, 0.95])
def test_names_of_programs_that_got_equally_far_touch_nothing(share, narrow):
    names = ["合同就職面接会", "移住促進プロモーション事業", "つくばライフスタイルセミナー"]
    costs = [3_780_000, 10_857_000, 5_540_000]
    rows = [(n, c, share, share) for n, c in zip(names, costs, strict=True)]
    figure = analysis.plot_cost_progress(compared(*rows), narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []


@BOTH_WIDTHS
@pytest.mark.parametrize("share", [0.45, 0.93])
def test_names_of_cheap_programs_touch_no_percentage_of_the_axis(share, narrow):
    rows = ("移住促進プロモーション事業", 300_000, share, share), ("催し", 20_000_000, 1.0, 1.0)
    figure = analysis.plot_cost_progress(compared(*rows), narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []


@BOTH_WIDTHS
@pytest.mark.parametrize("share", [0.5, float("nan")], ids=["with a KPI", "without"])
def test_long_names_of_programs_stay_on_the_page(share, narrow):
    figure = analysis.plot_cost_progress(
        compared(*((LONG, cost, share, share) for cost in (1_000_000, 5_000_000, 9_000_000))),
        narrow,
    )
    assert touching(figure) == []
    assert off_the_page(figure) == []


@BOTH_WIDTHS
def test_the_longest_printed_name_stays_on_the_page_at_any_cost(narrow):
    name, nothing = "東北六市連携による伝統的夏祭りを活用した交流人口拡大プロジェクト", float("nan")
    rows = ((name, cost * 1_000_000, nothing, nothing) for cost in range(1, 10))
    figure = analysis.plot_cost_progress(compared(*rows), narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []


@BOTH_WIDTHS
@pytest.mark.parametrize("yen", [9_000, 12_345_000_000])
def test_amounts_of_any_size_touch_nothing_on_the_axis(yen, narrow):
    figure = analysis.plot_cost_progress(compared(("a", yen, 0.5, 0.5)), narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []


@BOTH_WIDTHS
def test_programs_whose_names_do_not_fit_are_numbered_and_named_below(narrow):
    rows = [(f"{LONG}{n}", 10_000_000 * (n % 3), n % 2, n % 2) for n in range(16)]
    figure = analysis.plot_cost_progress(compared(*rows), narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []
    shown = words(figure)
    assert {"1", "2", "3"} <= set(shown)
    floor = text_at(figure, "0％")[1]
    named = [w for w in shown if w.startswith("16　")]
    assert len(named) == 1
    assert text_at(figure, named[0])[1] > floor


@BOTH_WIDTHS
def test_names_of_a_city_whose_programs_got_equally_far_touch_nothing(narrow):
    names = (
        "開成館管理事業",
        "展示物更新事業",
        "公会堂管理運営事業",
        "市民文化センター施設整備事業",
    )
    names += (
        "美術館企画展事業",
        "歴史資料館運営事業",
        "国際交流推進事業",
        "活動サポートセンター事業",
    )
    costs = (0, 2.2, 23, 250, 40, 12, 9, 30)
    got = (0.4, 1.0, 1.0, 0.93, 1.0, 0.88, 0.5, 1.0)
    rows = ((n, c * 1_000_000, s, s) for n, c, s in zip(names, costs, got, strict=True))
    figure = analysis.plot_cost_progress(compared(*rows), narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []


def test_costs_of_several_kinds_are_named_beside_their_programs():
    table = compared(("a", 1_000_000, 1.0, 1.0), ("b", 2_000_000, 0.5, 0.5))
    shown = words(analysis.plot_cost_progress(table.assign(cost_basis=["settled", "total"])))
    assert {"a（決算額）", "b（総予算額）", "費用（万円）"} <= set(shown)
    shown = words(analysis.plot_cost_progress(table.assign(cost_basis="settled")))
    assert {"a", "b", "費用（決算額、万円）"} <= set(shown)


def test_a_program_with_a_cost_below_nothing_is_left_out():
    figure = analysis.plot_cost_progress(compared(("a", 1_000_000, 1, 1), ("b", -5_000, 1, 1)))
    assert "b" not in words(figure)


@pytest.mark.parametrize("yen", [1, 10_000, 50_000_000_000_000, 10**18])
def test_the_steps_of_the_axis_are_round_and_few_whatever_it_costs(yen):
    steps = _round_steps(yen)
    assert steps[0] == 0
    assert len(steps) <= 6
    assert steps[-1] <= yen
