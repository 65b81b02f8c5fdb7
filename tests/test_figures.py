"""The figures, tested by what they are made of: where marks stand, their shapes, the texts."""

from functools import cache
from types import SimpleNamespace

import drawn
import pandas as pd
import pytest
from drawn import arrows, lines, off_the_page, outlines, texts, touching
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from slices import IBARAKI, MORIOKA, TSUKUBA, report

import analysis
from analysis.figures.canvas import BLUE, GREY, INK, RED
from analysis.figures.lettering import FONT
from analysis.measures.evaluability import PARTS

SLICES = [
    (TSUKUBA, 2018),
    (TSUKUBA, 2018, "support_robot_trial"),
    (MORIOKA, 2021),
    (MORIOKA, 2022),
]
BOTH_WIDTHS = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
LONG = (
    "市内の中小企業と大学と研究機関とがともに取り組む新しい技術の実証実験（試行を含む）に"
    "参加した延べ事業者数と商品化した件数"
)
assert len(LONG) == 60


def all_figures(r, narrow):
    figures = {
        "progress": analysis.plot_progress(r.kpis, narrow=narrow),
        "plan": analysis.plot_targets(r.kpis, narrow=narrow),
        "readings": analysis.plot_readings(r.kpis, narrow=narrow),
        "parts": analysis.plot_parts(r.parts, narrow=narrow),
        "costs": analysis.plot_costs(r.kpis, narrow=narrow),
        "observations": analysis.plot_observations(r.data.observations, narrow=narrow),
        "grades": analysis.plot_grades(r.audit, r.rubric, narrow=narrow),
        "words": analysis.plot_progress_words(r.audit, narrow=narrow),
        "cost_progress": analysis.plot_cost_progress(r.comparison, narrow=narrow),
    }
    return {name: figure for name, figure in figures.items() if figure is not None}


@cache
def figures_of(which, narrow):
    return all_figures(report(*which), narrow)


# What a figure is made of


def words(figure):
    return [text.get_text() for text in texts(figure)]


def joined(figure):
    return "".join(words(figure))


def text_at(figure, word):
    """Where the one text stands that reads so."""
    [found] = [text for text in texts(figure) if text.get_text() == word]
    return found.place


def marks(figure):
    """The marks from top to bottom, those of a row from left to right."""
    return sorted(drawn.marks(figure), key=lambda mark: (y_of(mark), x_of(mark)))


def x_of(mark):
    return float(mark.get_xdata()[0])


def y_of(mark):
    return float(mark.get_ydata()[0])


def is_hollow(mark):
    return to_hex(mark.get_markerfacecolor()) == "#ffffff"


def look_of(mark):
    return mark.get_marker(), to_hex(mark.get_markeredgecolor())


def uprights(figure, color):
    """The x of the upright lines of a colour."""
    return [
        float(line.get_xdata()[0])
        for line in lines(figure)
        if line.get_xdata()[0] == line.get_xdata()[1] and to_hex(line.get_color()) == color
    ]


def boxes(figure, color=None):
    return [
        b
        for b in drawn.boxes(figure)
        if color is None or to_hex(b.get_facecolor(), True) == color + "ff"
    ]


extents = cache(drawn.extents)


# Every figure of every report


@BOTH_WIDTHS
@pytest.mark.parametrize("which", SLICES)
def test_no_text_touches_another(which, narrow):
    for name, figure in figures_of(which, narrow).items():
        assert touching(figure) == [], name


@BOTH_WIDTHS
@pytest.mark.parametrize("which", SLICES)
def test_no_text_leaves_the_page(which, narrow):
    for name, figure in figures_of(which, narrow).items():
        assert off_the_page(figure) == [], name


@BOTH_WIDTHS
@pytest.mark.parametrize("which", SLICES)
def test_every_text_is_in_the_one_font(which, narrow):
    for name, figure in figures_of(which, narrow).items():
        assert {text.get_fontname() for text in texts(figure)} == {FONT}, name


def test_every_kind_of_figure_is_drawn_without_a_warning():
    figures = figures_of((TSUKUBA, 2018), False)
    assert len(figures) == 9
    for figure in figures.values():
        FigureCanvasAgg(figure).draw()


@BOTH_WIDTHS
@pytest.mark.parametrize("which", SLICES)
def test_no_text_shows_how_a_computer_writes_a_missing_value(which, narrow):
    for name, figure in figures_of(which, narrow).items():
        for word in words(figure):
            assert not any(sign in word for sign in ("nan", "None", "<NA>", "inf")), name


@BOTH_WIDTHS
@pytest.mark.parametrize("which", SLICES)
def test_a_figure_is_as_wide_as_its_screen_and_has_no_title_of_its_own(which, narrow):
    for name, figure in figures_of(which, narrow).items():
        assert figure.get_size_inches()[0] == (3.6 if narrow else 7.6), name
        assert figure.get_suptitle() == "" and figure.axes == figure.legends == [], name


@BOTH_WIDTHS
@pytest.mark.parametrize("which", SLICES)
def test_there_is_a_figure_exactly_where_there_is_something_to_draw(which, narrow):
    r = report(*which)
    levels = r.audit[["effectiveness", "efficiency"]].notna().all(axis=1)
    both = r.audit[["progress", "progress_rate"]].notna().all(axis=1)
    something = {
        "progress": r.kpis["progress_rate"].notna().any(),
        "plan": r.kpis["target"].notna().any(),
        "readings": r.kpis[["achievement_rate", "progress_rate", "final_rate"]]
        .notna()
        .any(axis=None),
        "parts": len(r.parts) > 0,
        "costs": r.kpis["unit_cost_yen"].notna().any(),
        "observations": r.data.observations["value"].notna().any(),
        "grades": r.rubric is not None and levels.any(),
        "words": both.any(),
        "cost_progress": r.comparison["cost_yen"].notna().any(),
    }
    assert set(figures_of(which, narrow)) == {name for name, there in something.items() if there}


@BOTH_WIDTHS
def test_tables_without_a_row_have_no_figure(narrow):
    r = report(TSUKUBA, 2018)
    nothing = SimpleNamespace(
        data=SimpleNamespace(observations=r.data.observations.iloc[:0]),
        kpis=r.kpis.iloc[:0],
        parts=r.parts.iloc[:0],
        audit=r.audit.iloc[:0],
        rubric=r.rubric,
        comparison=r.comparison.iloc[:0],
    )
    assert all_figures(nothing, narrow) == {}


# Figures of made-up KPIs


def some_kpis(*rows):
    """KPIs that go from 100 to 200 this year and to 300 in 2020, unless said otherwise."""
    usual = {
        "government_code": TSUKUBA,
        "program_id": "p",
        "fiscal_year": 2018,
        "unit": "件",
        "kpi_kind": "outcome",
        "direction": "up",
        "aggregation": "single_year",
        "baseline": 100.0,
        "target": 200.0,
        "target_status": None,
        "actual": 150.0,
        "actual_status": "final",
        "final_target": 300.0,
        "final_year": 2020,
        "baseline_year": 2017,
    }
    table = pd.DataFrame(
        [usual | {"kpi_id": f"k{n}", "kpi": f"指標{n}"} | row for n, row in enumerate(rows)]
    )
    years = dict.fromkeys(["fiscal_year", "final_year", "baseline_year"], "Int64")
    return analysis.add_verdicts(analysis.add_achievement(table.astype(years)))


def at_rates(*rates, **columns):
    """One KPI a rate: 0 leaves it at its baseline, 1 brings it to its target."""
    return some_kpis(*({"actual": 100 + 100 * rate} | columns for rate in rates))


def judged_tsukuba(names=None, rates=None, scale=1, **columns):
    """The seven KPIs of つくば市 with other names, progress or sizes, judged as published."""
    r = report(TSUKUBA, 2018)
    kpis = r.data.kpis.assign(**columns)
    if names is not None:
        kpis = kpis.assign(kpi=names)
    if rates is not None:
        kpis = kpis.assign(actual=kpis["baseline"] + (kpis["target"] - kpis["baseline"]) * rates)
    sizes = ["baseline", "target", "actual", "final_target"]
    kpis = kpis.assign(**{name: kpis[name] * scale for name in sizes})
    return analysis.add_ratings(
        analysis.add_verdicts(analysis.add_achievement(kpis)), r.data.ratings
    )


MANY_RATES = [12.0, -9.0, 0.5, 1.0, 2.0, -1.2, 2.6]


# plot_progress


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
    figure = analysis.plot_progress(some_kpis(falls))
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
    kpis = some_kpis(
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
    figure = analysis.plot_progress(some_kpis({}, *reasons.values()), narrow)
    assert len(outlines(figure)) == 6
    assert all(outline.get_linestyle() not in ("-", "solid") for outline in outlines(figure))
    said = " ".join(words(figure))
    assert all(said.count(reason) == 1 for reason in reasons)
    assert len(marks(figure)) == 1
    assert touching(figure) == off_the_page(figure) == []


@BOTH_WIDTHS
def test_without_any_baseline_the_bars_go_from_0_to_the_target_and_what_is_not_due_says_so(narrow):
    no_baseline = {"baseline": None}
    kpis = some_kpis(
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
    judged = kpis.assign(progress=["順調", None], grade=["S", None])
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
    kpis = judged_tsukuba().assign(progress=progress, grade=grade)
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


# plot_plan


def ticks(figure):
    """The x of the upright ticks of a plan."""
    return sorted(uprights(figure, GREY))


@BOTH_WIDTHS
def test_a_plan_has_a_tick_for_baseline_target_and_final_target_on_one_scale(narrow):
    figure = analysis.plot_targets(some_kpis({"actual": 250.0}), narrow)
    baseline, target, final = ticks(figure)
    assert target - baseline == pytest.approx(final - target)  # 100, 200, 300
    [mark] = marks(figure)
    assert x_of(mark) == pytest.approx((target + final) / 2)
    assert look_of(mark) == ("o", BLUE)
    for label in ("従前 100件", "H30目標 200件", "R2最終目標 300件", "実績 250件"):
        assert label in words(figure)


def test_an_actual_beyond_the_plan_widens_its_scale():
    figure = analysis.plot_targets(some_kpis({"actual": 500.0}))
    baseline, target, _ = ticks(figure)
    [mark] = marks(figure)
    assert x_of(mark) - baseline == pytest.approx(4 * (target - baseline))
    assert x_of(mark) < figure.get_size_inches()[0]


def test_equal_values_of_a_plan_share_one_tick_and_one_label():
    figure = analysis.plot_targets(some_kpis({"final_target": 200.0, "final_year": 2018}))
    assert len(ticks(figure)) == 2
    assert "H30目標＝H30最終目標 200件" in words(figure)


def test_an_estimated_actual_of_a_plan_is_hollow_and_says_so():
    figure = analysis.plot_targets(some_kpis({"actual_status": "estimated"}))
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
    figure = analysis.plot_targets(some_kpis({}, {"target": None, "final_target": None}))
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
        some_kpis({"baseline": 1000.0, "target": 1001.0, "final_target": 1002.0, "actual": 0.0}),
        narrow,
    )
    assert touching(figure) == []
    assert len(ticks(figure)) == 3


# plot_readings


@BOTH_WIDTHS
def test_readings_stand_about_the_line_of_100_percent(narrow):
    # 150 of 200 is 75 %, half the way, half of what is due by now (a third of the way would
    # be 166.7, so 50 of 66.7: 75 %), half of 300, and 50 % growth where 300 in three years
    # needs the cube root of 3, 44.2 % a year: 113.1 %
    figure = analysis.plot_readings(some_kpis({}), narrow)
    zero, whole = text_at(figure, "0")[0], text_at(figure, "100％")[0]
    along = [(x_of(mark) - zero) / (whole - zero) for mark in marks(figure)]
    assert along == pytest.approx([0.75, 0.5, 0.75, 0.5, 1.1306], abs=1e-4)
    missed, not_due, on_track = ("D", RED), ("s", GREY), ("o", BLUE)
    assert [look_of(mark) for mark in marks(figure)] == [missed] * 3 + [not_due, on_track]
    assert uprights(figure, INK) == pytest.approx([whole])


def test_readings_of_100_percent_and_more_are_discs():
    figure = analysis.plot_readings(some_kpis({"actual": 200.0}))
    looks = [look_of(mark) for mark in marks(figure)]
    # 100 %, 100 %, 100 of 66.7, 200 of 300 which are not due before 2020, 100 % of 44.2 %
    reached = ("o", BLUE)
    assert looks == [reached, reached, reached, ("s", GREY), reached]
    assert words(figure).count("期限前") == 1


def test_a_plain_ratio_of_a_falling_kpi_is_not_judged_by_100_percent():
    # 90 accidents where 80 were aimed at: 112.5 %, though the target was missed
    figure = analysis.plot_readings(
        some_kpis({"direction": "down", "target": 80.0, "actual": 90.0, "final_target": 50.0})
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
    figure = analysis.plot_readings(some_kpis({"actual_status": "estimated"}, {}))
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
    kpis = some_kpis(*({"kpi": LONG, "actual": -800.0} | cell for cell in [{}, *cells]))
    figure = analysis.plot_readings(kpis, narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []


# plot_parts


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
        "final",
        "estimated",
        "planned",
        "preliminary",
        "final",
        "not_set",
        "one_end",
        "final",
    )
    row = {"program": "事業", "name": "相談件数"} | dict(zip(PARTS, states, strict=True))
    figure = analysis.plot_parts(pd.DataFrame([row]), narrow)
    hollow = [False, True, True, True, False, True, False]
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


@BOTH_WIDTHS
def test_a_unit_cost_that_means_nothing_is_no_dashed_outline_and_the_key_says_why(narrow):
    figure = analysis.plot_parts(report(TSUKUBA, 2018).parts, narrow)
    assert words(figure).count("対象外") == 3
    assert "対象外＝指標の性質から、単価を出さない" in words(figure)
    assert "対象外" not in joined(analysis.plot_parts(report(MORIOKA, 2021).parts, narrow))


# plot_costs


def squares(figure):
    """How many squares are filled and how many are outlined."""
    return len(boxes(figure, BLUE)), len(boxes(figure)) - len(boxes(figure, BLUE))


@cache
def squares_of_job_fair(narrow):
    kpis = report(TSUKUBA, 2018).kpis
    return analysis.plot_costs(kpis[kpis["program_id"] == "job_fair"], narrow)


@BOTH_WIDTHS
def test_each_result_is_a_square_and_each_missing_one_an_outline(narrow):
    figure = squares_of_job_fair(narrow)
    assert squares(figure) == (148, 52)
    assert "1件あたり 25,541円" in words(figure)
    assert "■1つ＝1単位" in joined(figure)


@BOTH_WIDTHS
def test_squares_stay_on_the_page_and_lie_apart(narrow):
    figure = squares_of_job_fair(narrow)
    width, height = figure.get_size_inches()
    corners = [box.get_xy() for box in boxes(figure)]
    assert len(set(corners)) == 200
    assert all(0 <= x <= width - 0.13 and 0 <= y <= height - 0.13 for x, y in corners)


def priced(*rows):
    budgets = pd.DataFrame(
        {
            "government_code": [TSUKUBA],
            "program_id": "p",
            "fiscal_year": 2018,
            "kind": "settled",
            "amount_yen": 3_000_000,
        }
    ).astype({"fiscal_year": "Int64", "amount_yen": "Int64"})
    return analysis.add_costs(some_kpis(*rows), budgets)


@pytest.mark.parametrize(
    ("actual", "target", "filled", "outlined", "each"),
    [
        (40.0, 30.0, 40, 0, "1"),
        (150.0, 401.0, 15, 26, "10"),  # 401 / 10, rounded up, less 15
        (4600.0, 4630.0, 46, 1, "100"),
        (3.0, None, 3, 0, "1"),
    ],
)
def test_one_square_stands_for_several_where_there_are_many(actual, target, filled, outlined, each):
    figure = analysis.plot_costs(priced({"actual": actual, "target": target}))
    assert squares(figure) == (filled, outlined)
    assert f"■1つ＝{each}単位" in joined(figure)


def test_a_met_target_lacks_no_square_where_one_stands_for_many():
    # 福岡県 R6: 225,115 page views of 90,000, a square for each thousand
    figure = analysis.plot_costs(priced({"actual": 225_115.0, "target": 90_000.0}))
    assert squares(figure) == (226, 0)


def test_only_kpis_with_a_price_have_squares():
    figure = analysis.plot_costs(priced({}, {"unit": "％"}, {"kpi_kind": "societal"}))
    assert "指標0" in words(figure)
    assert "指標1" not in words(figure)
    assert "指標2" not in words(figure)


@BOTH_WIDTHS
def test_squares_of_every_size_at_once_leave_the_key_on_the_page(narrow):
    sizes = [41.0, 410.0, 4_100.0, 41_000.0, 410_000.0]  # 41 squares each
    rows = ({"kpi": LONG, "actual": size, "target": size} for size in sizes)
    figure = analysis.plot_costs(priced(*rows), narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []


# plot_observations


def observed(*rows):
    columns = ["what", "value", "unit", "value_status"]
    return pd.DataFrame(rows, columns=columns).assign(fiscal_year=2018)


def bars(figure):
    return [(box.get_x(), box.get_width()) for box in boxes(figure)]


@BOTH_WIDTHS
def test_bars_of_one_unit_are_as_long_as_their_values(narrow):
    figure = analysis.plot_observations(
        observed(("a", 75.0, "人", None), ("b", 25.0, "人", None), ("c", 7.0, "社", None)), narrow
    )
    [(start, long), (_, short), (_, other)] = bars(figure)
    assert short == pytest.approx(long / 3, rel=0.02)
    assert other > short  # the longest of its own unit
    assert {x for x, _ in bars(figure)} == {start}
    for label in ("75人", "25人", "7社"):
        assert label in words(figure)


def test_a_planned_figure_is_an_outline_and_says_so():
    figure = analysis.plot_observations(
        observed(("催し", 2.0, "回", "planned"), ("参加者", 9.0, "人", "final"))
    )
    assert len(boxes(figure, BLUE)) == 1
    assert len(boxes(figure)) == 2
    assert "2回（計画）" in words(figure)


def test_what_has_no_value_has_no_bar():
    figure = analysis.plot_observations(
        observed(("a", 9.0, "人", None), ("b", None, "人", "pending"))
    )
    assert len(boxes(figure)) == 1
    assert analysis.plot_observations(observed(("b", None, "人", "pending"))) is None


@BOTH_WIDTHS
def test_zeros_and_figures_without_a_unit_are_drawn(narrow):
    figure = analysis.plot_observations(
        observed(("a", 0.0, "件", None), ("b", 5.0, None, None)), narrow
    )
    assert "0件" in words(figure)
    assert "5" in words(figure)
    assert off_the_page(figure) == touching(figure) == []


@BOTH_WIDTHS
def test_a_negative_figure_touches_nothing_and_stays_on_the_page(narrow):
    figure = analysis.plot_observations(
        observed((f"社会増減{LONG}", -80.0, "人", None), ("転入", 100.0, "人", None)), narrow
    )
    assert touching(figure) == []
    assert off_the_page(figure) == []


# plot_grades


def cell_of(figure, place):
    """The box, filled or outlined, that a place stands in."""
    [(x, y)] = [t.place for t in texts(figure) if place in t.get_text().split()]
    [cell] = [
        patch
        for patch in [*boxes(figure), *outlines(figure)]
        if patch.get_x() <= x <= patch.get_x() + patch.get_width()
        and patch.get_y() <= y <= patch.get_y() + patch.get_height()
    ]
    return cell


def test_judgements_with_the_same_levels_and_grade_stand_in_one_cell():
    figure = analysis.plot_grades(report(TSUKUBA, 2018).audit, report(TSUKUBA, 2018).rubric)
    corner = {name: cell_of(figure, name).get_xy() for name in ("④-1", "④-2", "④-4", "④-9", "④-10")}
    assert corner["④-9"] == corner["④-10"]
    assert corner["④-1"] == corner["④-4"]
    assert len({corner["④-1"], corner["④-2"], corner["④-9"]}) == 3


@BOTH_WIDTHS
def test_cells_lie_under_their_efficiency_and_beside_their_effectiveness(narrow):
    r = report(TSUKUBA, 2018)
    figure = analysis.plot_grades(r.audit, r.rubric, narrow)
    levels = [t for t in texts(figure) if t.get_text() in ("高", "中", "低")]
    across = {t.get_text(): t.place[0] for t in levels if t.get_ha() == "center"}
    down = {t.get_text(): t.place[1] for t in levels if t.get_ha() == "right"}
    for place, effectiveness, efficiency in (
        ("④-9", "高", "高"),
        ("④-4", "中", "中"),
        ("④-2", "中", "低"),
    ):
        cell = cell_of(figure, place)
        assert cell.get_x() < across[efficiency] < cell.get_x() + cell.get_width()
        assert cell.get_y() < down[effectiveness] < cell.get_y() + cell.get_height()


def test_cells_no_sheet_shows_are_dashed_with_a_question_mark():
    r = report(TSUKUBA, 2018)
    figure = analysis.plot_grades(r.audit, r.rubric)
    assert len(outlines(figure)) == words(figure).count("？") == 5
    assert len(boxes(figure)) == 4
    assert all(words(figure).count(grade) == 1 for grade in "SABD")


def test_without_a_rubric_or_a_level_there_is_no_matrix():
    r = report(TSUKUBA, 2018)
    assert analysis.plot_grades(r.audit, None) is None
    assert analysis.plot_grades(r.audit.assign(efficiency=None), r.rubric) is None


@BOTH_WIDTHS
@pytest.mark.parametrize("effectiveness", ["高", "低"])
def test_a_judgement_in_a_cell_no_sheet_shows_is_not_lost(effectiveness, narrow):
    r = report(TSUKUBA, 2018)
    audit = r.audit.iloc[:1].assign(effectiveness=effectiveness, efficiency="低")
    assert "④-1" in joined(analysis.plot_grades(audit, r.rubric, narrow))


@BOTH_WIDTHS
def test_a_long_place_stays_on_the_page_and_touches_nothing(narrow):
    r = report(TSUKUBA, 2018)
    places = [f"成長分野拠点形成支援事業・実績欄{n}" for n in range(len(r.audit))]
    figure = analysis.plot_grades(r.audit.assign(place=places), r.rubric, narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []


# plot_words


def judged(*rows):
    columns = ["place", "progress", "achievement_rate", "progress_rate", "reached"]
    return pd.DataFrame(rows, columns=columns).assign(actual_status="final")


@BOTH_WIDTHS
def test_two_judges_who_differ_stand_by_name_beside_the_bar_and_in_the_bands(narrow):
    r = report(TSUKUBA, 2018, "job_fair")
    ratings = pd.concat(
        [
            r.data.ratings.assign(rated_by="一次評価"),
            r.data.ratings.assign(rated_by="外部評価", progress="順調"),
        ]
    )
    kpis = analysis.add_ratings(r.kpis.drop(columns=["progress", "grade"]), ratings)
    beside = joined(analysis.plot_progress(kpis, narrow))
    for word in ("概ね順調", "順調", "一次評", "外部評"):
        assert word in beside
    audit = analysis.audit_published(r.kpis, ratings, r.data.rubrics)
    bands = joined(analysis.plot_progress_words(audit, narrow))
    assert "④-4（一次評価）" in bands
    assert "④-4（外部評価）" in bands


@BOTH_WIDTHS
def test_each_judgement_stands_once_in_the_band_of_each_rate(narrow):
    figure = analysis.plot_progress_words(report(TSUKUBA, 2018).audit, narrow)
    assert len(marks(figure)) == 14
    assert words(figure).count("順調") == words(figure).count("概ね順調") == 2
    for label in ("④-4 74.0％", "④-4 ▲73.3％", "④-3 104.5％", "④-3 233.3％"):
        assert words(figure).count(label) == 1
    assert text_at(figure, "達成率")[1] < text_at(figure, "進捗率")[1]


@BOTH_WIDTHS
def test_marks_of_a_band_stand_where_their_rate_is(narrow):
    figure = analysis.plot_progress_words(judged(("④-1", "順調", 0.5, 2.0, "yes")), narrow)
    zeros = [t.place[0] for t in texts(figure) if t.get_text() == "0％"]
    wholes = [t.place[0] for t in texts(figure) if t.get_text() == "100％"]
    along = [
        (x_of(mark) - zero) / (whole - zero)
        for mark, zero, whole in zip(marks(figure), zeros, wholes, strict=True)
    ]
    assert along == pytest.approx([0.5, 2.0])


def test_marks_of_words_repeat_verdict_and_estimate():
    audit = judged(("④-1", "順調", 1.0, 1.5, "yes"), ("④-2", "順調", 0.9, 0.5, "no"))
    audit["actual_status"] = ["final", "estimated"]
    figure = analysis.plot_progress_words(audit)
    by_look = sorted((look_of(mark), is_hollow(mark)) for mark in marks(figure))
    assert by_look == [(("D", RED), True)] * 2 + [(("o", BLUE), False)] * 2


@BOTH_WIDTHS
def test_a_judgement_without_achievement_rate_is_not_drawn_nowhere(narrow):
    # accidents are to fall from 10 to none: nothing can be divided by that target
    audit = judged(("④-1", "順調", None, 0.5, "no"), ("④-2", "順調", 0.9, 0.9, "no"))
    figure = analysis.plot_progress_words(audit, narrow)
    for text in texts(figure):
        assert all(at == at for at in text.place), text.get_text()
    assert all(x_of(mark) == x_of(mark) for mark in marks(figure))


@BOTH_WIDTHS
def test_many_judgements_at_one_rate_have_labels_apart(narrow):
    rows = [(f"④-{n}", "順調", 1.0, 1.0 + n / 100, "yes") for n in range(12)]
    rows += [("④-99", "概ね順調", -9.0, 12.0, "no")]
    figure = analysis.plot_progress_words(judged(*rows), narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []
    assert "④-99 ▲900.0％" in words(figure)
    assert "④-99 1,200.0％" in words(figure)


@BOTH_WIDTHS
@pytest.mark.parametrize("word", ["やや遅れている", "地方創生に非常に効果的であった"])
def test_long_words_of_progress_touch_no_label(word, narrow):
    figure = analysis.plot_progress_words(judged(("④-1", word, 0.0, -1.2, "no")), narrow)
    assert touching(figure) == []


@BOTH_WIDTHS
def test_long_places_of_judgements_touch_nothing_and_stay_on_the_page(narrow):
    place = "関係人口の増加を機軸とした移住・定住・交流人口対策事業・実績欄①"
    figure = analysis.plot_progress_words(judged((place, "順調", 1.0, 1.0, "yes")), narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []


# plot_cost_progress


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
    rows = [(f"{LONG}{n}", 10_000_000 * (n % 3), n % 2, n % 2) for n in range(30)]
    figure = analysis.plot_cost_progress(compared(*rows), narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []
    shown = words(figure)
    assert {"1", "2", "3"} <= set(shown)
    floor = text_at(figure, "0％")[1]
    named = [w for w in shown if w.startswith("30　")]
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
