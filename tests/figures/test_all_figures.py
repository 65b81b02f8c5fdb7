"""What holds of every figure of every report."""

from functools import cache
from types import SimpleNamespace

import pytest
from drawn import BOTH_WIDTHS, off_the_page, texts, touching, words
from matplotlib.backends.backend_agg import FigureCanvasAgg
from slices import MORIOKA, TSUKUBA, report

import analysis
from analysis.figures.lettering import FONT

SLICES = [
    (TSUKUBA, 2018),
    (TSUKUBA, 2018, "support_robot_trial"),
    (MORIOKA, 2021),
    (MORIOKA, 2022),
]


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
