"""The figure of trends: where marks stand, their shapes, the texts."""

from itertools import combinations

import drawn
import numpy as np
import pytest
from drawn import BOTH_WIDTHS
from matplotlib.colors import to_hex
from slices import DATA
from slices import yearly_kpi as kpi

import analysis
from analysis.figures.canvas import BLUE, INK, RED


@pytest.fixture(scope="module")
def real():
    data = analysis.load(DATA)
    names = data.programs.drop_duplicates("government_code")[["government_code", "government"]]
    kpis = analysis.add_achievement(data.kpis).merge(names, on="government_code")
    return data, kpis, analysis.fit_trends(kpis)


def draw(kpis, narrow=False):
    return analysis.plot_trends(kpis, analysis.fit_trends(kpis), narrow=narrow)


def texts(figure):
    return [text.get_text() for text in drawn.texts(figure)]


def marks(figure):
    return sorted(drawn.marks(figure), key=lambda mark: mark.get_xydata()[0][0])


def lines(figure, color):
    return [line for line in drawn.lines(figure) if to_hex(line.get_color()) == color]


def overlapping(figure):
    boxes = drawn.extents(figure)
    page = figure.bbox
    outside = [t for t, b in boxes if b.x0 < page.x0 - 1 or b.x1 > page.x1 + 1 or b.y0 < 0]
    pairs = [(a, b) for (a, x), (b, y) in combinations(boxes, 2) if x.overlaps(y)]
    return outside + pairs


@BOTH_WIDTHS
def test_each_kpi_with_two_years_has_a_panel_with_its_printed_values(real, narrow):
    _, kpis, trends = real
    own = kpis["government_code"].isin(["292087", "080004"])
    trends = trends[trends["government_code"].isin(["292087", "080004"])]
    figure = analysis.plot_trends(kpis[own], trends, narrow=narrow)
    assert len(marks(figure)) == 3 + 3 + 3 + 2 + 3
    for value in ("62", "66.6", "69.5", "581", "593", "586", "22,582", "5,163", "7,077"):
        assert value in texts(figure)
    assert "茨城県　雇用創出数（累計、人）" in texts(figure)
    assert "最終目標 93％（R2、増やす）" in texts(figure)
    assert figure.get_figwidth() == (3.6 if narrow else 7.6)
    assert overlapping(figure) == []


def test_preliminary_and_estimated_years_are_hollow_and_printed_ones_filled():
    table = kpi([62, 66.6, 69.5])
    table["actual_status"] = ["final", "estimated", "preliminary"]
    faces = [to_hex(mark.get_markerfacecolor()) for mark in marks(draw(table))]
    assert faces == [BLUE, "#ffffff", "#ffffff"]


def test_a_line_joins_only_years_that_follow_each_other():
    missing = draw(kpi([1, 2, np.nan, 4]))
    whole = draw(kpi([1, 2, 3, 4]))
    grey = "#c9cfd8"
    assert len(lines(missing, grey)) == 1
    assert len(lines(whole, grey)) == 3


def test_two_years_have_no_line_of_trend_and_three_have_one():
    assert lines(draw(kpi([1, 2])), BLUE) == []
    (line,) = lines(draw(kpi([62, 66.6, 69.5])), BLUE)
    first, middle, last = (mark.get_xydata()[0] for mark in marks(draw(kpi([62, 66.6, 69.5]))))
    ends = line.get_xydata()
    assert ends[:, 0].tolist() == [first[0], last[0]]
    assert ends[:, 1].mean() == pytest.approx(middle[1])  # through the median, 66.6 in 2012
    rise = (last[1] - first[1]) / (69.5 - 62)  # page inches a point of percent
    assert ends[1, 1] - ends[0, 1] == pytest.approx(2 * 3.75 * rise)


def test_targets_of_years_are_short_bars_and_the_final_target_is_a_dotted_line():
    table = kpi([62, 66.6, 69.5], target=[60.0, 93.0, np.nan])
    short, dotted = sorted(lines(draw(table), INK), key=lambda line: np.ptp(line.get_xdata()))
    assert np.ptp(short.get_xdata()) < 0.3
    assert dotted.is_dashed()
    higher = dotted.get_ydata()[0] < short.get_ydata()[0]  # 93 above 60; y grows downwards
    assert higher


def test_a_forecast_is_drawn_with_its_interval_only_from_five_years():
    five = draw(kpi([60, 63, 64, 69, 70]))
    assert len(lines(five, RED)) == 2
    assert any("届く確率" in text for text in texts(five))
    assert "赤い縦線＝見通しの95％区間" in "".join(texts(five))
    four = draw(kpi([60, 63, 64, 69]))
    assert lines(four, RED) == []
    assert "見通し" not in "".join(texts(four))


@BOTH_WIDTHS
def test_eleven_years_of_large_figures_keep_their_labels_apart(narrow):
    values = [10_000_000 + 300_000 * n + 200_000 * (-1) ** n for n in range(11)]
    figure = draw(kpi(values, kpi="市内の中小企業と大学と研究機関とが取り組む" * 3), narrow)
    assert overlapping(figure) == []
    assert "13,200,000" in texts(figure)  # the last year always has its figure
    assert len(marks(figure)) == 11


def test_a_value_that_never_changes_is_drawn():
    assert len(marks(draw(kpi([5, 5], final_target=np.nan)))) == 2
