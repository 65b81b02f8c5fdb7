"""The figure of progress: where marks stand, their shapes, the texts."""

import pandas as pd
import pytest
from drawn import (
    BOTH_WIDTHS,
    LONG,
    arrows,
    boxes,
    is_hollow,
    joined,
    lines,
    look_of,
    marks,
    off_the_page,
    outlines,
    text_at,
    touching,
    uprights,
    words,
    x_of,
    y_of,
)
from made import MANY_RATES, at_rates, judged_kpis, judged_tsukuba
from matplotlib.colors import to_hex
from slices import TSUKUBA, report

import analysis
from analysis.figures.canvas import BLUE, GREY, INK, RED


@BOTH_WIDTHS
def test_a_kpi_at_its_target_lies_on_the_target_line_and_one_at_its_baseline_on_that(narrow):
    figure = analysis.plot_progress(at_rates(1, 0), narrow)
    [target] = set(uprights(figure, INK))
    [baseline] = set(uprights(figure, GREY))
    reached, missed = marks(figure)
    assert x_of(reached) == pytest.approx(target)
    assert x_of(missed) == pytest.approx(baseline)
    assert text_at(figure, "目標")[0] == pytest.approx(target)
    assert text_at(figure, "従前値")[0] == pytest.approx(baseline)


@BOTH_WIDTHS
def test_marks_stand_as_far_along_the_way_as_their_rate_says(narrow):
    rates = [2.5, 1.5, 0.931, 0.25, -0.5]
    figure = analysis.plot_progress(at_rates(*rates), narrow)
    baseline, target = uprights(figure, GREY)[0], uprights(figure, INK)[0]
    along = sorted((x_of(mark) - baseline) / (target - baseline) for mark in marks(figure))
    assert along == pytest.approx(sorted(rates))


@BOTH_WIDTHS
def test_going_backwards_lies_left_of_the_baseline_and_beyond_the_target_right_of_it(narrow):
    r = report(TSUKUBA, 2018)
    figure = analysis.plot_progress(r.kpis, narrow)
    baseline, target = uprights(figure, GREY)[0], uprights(figure, INK)[0]
    assert len(marks(figure)) == 7
    assert [x_of(m) < baseline for m in marks(figure)].count(True) == 1  # 148 of 200, from 170
    assert [x_of(m) >= target - 1e-9 for m in marks(figure)].count(True) == 5


def test_a_falling_kpi_that_fell_goes_forward():
    falls = {"direction": "down", "target": 50.0, "actual": 60.0}
    figure = analysis.plot_progress(judged_kpis(falls))
    baseline, target = uprights(figure, GREY)[0], uprights(figure, INK)[0]
    [mark] = marks(figure)
    assert (x_of(mark) - baseline) / (target - baseline) == pytest.approx(0.8)


def test_a_bar_runs_from_the_baseline_to_the_mark():
    figure = analysis.plot_progress(at_rates(0.4))
    [mark], baseline = marks(figure), uprights(figure, GREY)[0]
    [bar] = [line for line in lines(figure) if to_hex(line.get_color()) == RED]
    assert list(bar.get_xdata()) == pytest.approx([baseline, x_of(mark)])
    assert list(bar.get_ydata()) == [y_of(mark)] * 2


def test_an_estimate_is_hollow_and_dashed_and_others_are_filled_and_solid():
    kpis = judged_kpis(
        {"actual": 200.0, "actual_status": "estimated"},
        {"actual": 180.0},
        {"actual": 160.0, "actual_status": "estimated"},
        {"actual": 140.0, "actual_status": "preliminary"},
    )
    figure = analysis.plot_progress(kpis)
    assert [is_hollow(mark) for mark in marks(figure)] == [True, False, True, False]
    bars = [line for line in lines(figure) if to_hex(line.get_color()) in (BLUE, RED)]
    assert [bar.is_dashed() for bar in bars] == [True, False, True, False]
    assert "200件（推計）" in words(figure)
    assert "180件" in words(figure)


def test_reached_is_a_blue_disc_and_missed_a_red_diamond():
    figure = analysis.plot_progress(at_rates(2, 1, 0.99, -0.5))
    looks = [("o", BLUE), ("o", BLUE), ("D", RED), ("D", RED)]
    assert [look_of(mark) for mark in marks(figure)] == looks


@BOTH_WIDTHS
@pytest.mark.parametrize(
    ("rate", "label", "percent"), [(12.0, "1,300件", "1,200.0％"), (-9.0, "▲800件", "▲900.0％")]
)
def test_a_value_beyond_the_edge_is_cut_with_an_arrow_and_its_figure_printed(
    narrow, rate, label, percent
):
    figure = analysis.plot_progress(at_rates(rate, 0.5), narrow)
    [arrow] = arrows(figure)
    assert len(marks(figure)) == 1  # the other KPI
    assert 0 < arrow.tip[0] < figure.get_size_inches()[0]
    baseline, target = uprights(figure, GREY)[0], uprights(figure, INK)[0]
    assert arrow.start[0] == pytest.approx(baseline)
    assert arrow.tip[0] > target if rate > 0 else arrow.tip[0] < baseline
    assert label in words(figure)
    assert percent in joined(figure)


def test_a_value_at_the_edge_is_not_cut():
    figure = analysis.plot_progress(at_rates(2.6, -1.2))
    assert arrows(figure) == []
    assert len(marks(figure)) == 2


@BOTH_WIDTHS
def test_kpis_without_a_rate_have_a_dashed_outline_and_their_reason(narrow):
    reasons = {
        "実績は集計中": {"actual": None, "actual_status": "pending"},
        "実績は未公表": {"actual": None, "actual_status": "unpublished"},
        "目標の記載がない": {"target": None, "final_target": None},
        "目標と従前値が同じ": {"target": 100.0},
        "維持をめざす指標": {"direction": "keep_above"},
        "従前値の時点で目標を満たしていた": {"direction": "down"},
    }
    figure = analysis.plot_progress(judged_kpis({}, *reasons.values()), narrow)
    assert len(outlines(figure)) == 6
    assert all(outline.get_linestyle() not in ("-", "solid") for outline in outlines(figure))
    said = " ".join(words(figure))
    assert all(said.count(reason) == 1 for reason in reasons)
    assert len(marks(figure)) == 1
    assert touching(figure) == off_the_page(figure) == []


@BOTH_WIDTHS
def test_without_any_baseline_the_bars_go_from_0_to_the_target_and_what_is_not_due_says_so(narrow):
    no_baseline = {"baseline": None}
    kpis = judged_kpis(
        no_baseline | {"target": 200.0, "actual": 148.0},
        no_baseline | {"target": None, "actual": 29.0, "final_target": 45.0, "final_year": 2030},
        no_baseline | {"direction": "down", "target": 580.0, "actual": 586.0},
    )
    figure = analysis.plot_progress(kpis, narrow)
    text = joined(figure)
    assert "74.0％" in text
    assert "達成率" in text
    assert "従前" not in text
    assert "□ 29" in text
    assert "◆ 586" in text
    assert len(outlines(figure)) == 2
    assert touching(figure) == off_the_page(figure) == []


@BOTH_WIDTHS
def test_published_judgements_stand_beside_the_rates_where_there_are_any(narrow):
    kpis = at_rates(1.5, 0.931)
    assert "公表" not in joined(analysis.plot_progress(kpis, narrow))
    judged = kpis.assign(progress_judges=[{"順調": []}, {}], grade_judges=[{"S": []}, {}])
    text = joined(analysis.plot_progress(judged, narrow))
    assert "順調" in text
    assert "S" in text
    assert "150.0％" in text
    assert "93.1％" in text
    assert "nan" not in text


@BOTH_WIDTHS
def test_every_kpi_has_its_name_its_figures_and_its_judgement(narrow):
    r = report(TSUKUBA, 2018)
    text = joined(analysis.plot_progress(r.kpis, narrow))
    for name in r.kpis["kpi"]:
        assert name in text
    for figure in (
        "従前 170件 → 目標200件",
        "148件",
        "▲73.3％",
        "4,600人（推計）",
        "概ね順調",
        "S",
    ):
        assert figure in text


@BOTH_WIDTHS
def test_names_of_any_length_touch_nothing_in_progress(narrow):
    names = ["短い", LONG, "催し", LONG, LONG, "中くらいの長さの名前をもつ指標", LONG]
    kpis = judged_tsukuba(names=names, rates=MANY_RATES)
    figure = analysis.plot_progress(kpis, narrow)
    assert len(arrows(figure)) == 2
    assert touching(figure) == []
    assert off_the_page(figure) == []


@BOTH_WIDTHS
@pytest.mark.parametrize("rate", [-9.0, 12.0])
def test_estimates_anywhere_touch_no_long_name(rate, narrow):
    kpis = judged_tsukuba(names=LONG, rates=rate, actual_status="estimated")
    figure = analysis.plot_progress(kpis, narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []


@BOTH_WIDTHS
@pytest.mark.parametrize(
    ("progress", "grade"),
    [("概ね順調", "地方創生に非常に効果的であった"), ("当初の計画より遅れている", "B")],
)
def test_long_published_judgements_touch_nothing_in_progress(progress, grade, narrow):
    kpis = judged_tsukuba()
    judges = {"progress_judges": {progress: []}, "grade_judges": {grade: []}}
    kpis = kpis.assign(**{name: [words] * len(kpis) for name, words in judges.items()})
    figure = analysis.plot_progress(kpis, narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []


@BOTH_WIDTHS
def test_figures_in_the_millions_touch_nothing_in_progress(narrow):
    # as many nights as 盛岡市 plans for six cities: 4,200,000人泊
    kpis = judged_tsukuba(
        baseline=3_900_000.0, target=4_200_000.0, rates=[0.5, -0.5, 1, 1.2, 2, 0, 0.9], unit="人泊"
    )
    figure = analysis.plot_progress(kpis, narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []


def bars(figure):
    return [(box.get_x(), box.get_width()) for box in boxes(figure)]


def judged(*rows):
    columns = ["place", "progress", "achievement_rate", "progress_rate", "reached"]
    return pd.DataFrame(rows, columns=columns).assign(actual_status="final")


@BOTH_WIDTHS
def test_two_judges_stand_below_their_words_and_one_word_of_both_stands_once(narrow):
    words = {"順調": ["一次評価"], "概ね順調": ["外部評価"]}
    kpis = at_rates(0.5, 0.2).assign(
        progress_judges=[words, {"順調": ["一次評価", "外部評価"]}],
        grade_judges=[{"B": []}, {"B": []}],
    )
    said = joined(analysis.plot_progress(kpis, narrow))
    assert "順調一次評価概ね順調外部評価" in said or narrow
    assert said.count("一次評価") == 1
