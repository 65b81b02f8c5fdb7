"""Lines of descent as a picture: what stands where, and no invented year."""

import drawn
import pandas as pd
import pytest
from drawn import BOTH_WIDTHS, mark_spots, overlapping
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from samples import LONG, SAME, TYPES, lines_of, some_lines
from slices import DATA

import analysis
from analysis.figures.canvas import BLUE, LIGHT
from analysis.figures.lineage import plot_lineage
from analysis.measures.lineage import trace_programs


@pytest.fixture(scope="module")
def real():
    d = analysis.load(DATA)
    return trace_programs(d.shown_programs, d.links, d.sources)


def words(figure):
    return [text.get_text() for text in drawn.texts(figure)]


def lines_in(figure, color):
    return [line for line in drawn.lines(figure) if to_hex(line.get_color()) == color]


def at_years(figure):
    """The x of each year that is written at the top."""
    return {t.get_text(): t.place[0] for t in drawn.texts(figure) if t.place[1] == 0.12}


@BOTH_WIDTHS
def test_a_mark_stands_at_each_year_for_which_a_document_shows_the_program(narrow):
    figure = plot_lineage(some_lines(), narrow)
    at = at_years(figure)
    assert list(at) == ["H28", "H29", "H30", "R元", "R2"]
    found = mark_spots(figure)
    assert [x for x, _ in found[:2]] == pytest.approx([at["H29"], at["H30"]])
    assert sorted(x for x, _ in found[2:]) == pytest.approx([at["H29"], at["R元"]])
    assert found[2][1] == found[3][1] > found[1][1] > found[0][1]


@BOTH_WIDTHS
def test_the_printed_period_is_a_line_and_a_period_that_is_not_printed_has_none(narrow):
    figure = plot_lineage(some_lines(), narrow)
    at = at_years(figure)
    [period] = [line for line in lines_in(figure, LIGHT) if line.get_linewidth() == 3]
    assert list(period.get_xdata()) == pytest.approx([at["H28"], at["R2"]])
    without = some_lines().assign(start_year=pd.NA, end_year=pd.NA).astype(TYPES)
    bare = plot_lineage(without, narrow)
    assert [line for line in lines_in(bare, LIGHT) if line.get_linewidth() == 3] == []
    assert "期間" not in "".join(words(bare))


def test_an_end_that_is_printed_alone_gives_no_line_of_a_length_nobody_printed():
    figure = plot_lineage(lines_of((1, "a", 2017, {"end_year": 2019}), (1, "a", 2018, {})))
    assert [line for line in lines_in(figure, LIGHT) if line.get_linewidth() == 3] == []
    assert at_years(figure)["R元"] > at_years(figure)["H30"]


def test_what_is_the_same_is_joined_from_mark_to_mark():
    [line] = lines_in(plot_lineage(some_lines()), BLUE)
    ends = sorted(line.get_xydata().tolist(), key=lambda point: point[1])
    assert ends == [pytest.approx(spot) for spot in mark_spots(plot_lineage(some_lines()))[:2]]


def test_on_a_narrow_screen_the_line_goes_beside_the_names():
    figure = plot_lineage(some_lines(), narrow=True)
    joined = lines_in(figure, BLUE)
    assert len(joined) == 3
    assert max(x for line in joined for x in line.get_xdata()) < min(at_years(figure).values())


@pytest.mark.parametrize(
    ("grounds", "dashed", "said"),
    [
        ("yes", True, "青い破線＝同じ事業かその一部と推定"),
        ("no", False, "青い線＝資料が同じとする事業"),
    ],
)
def test_the_line_is_dashed_where_the_sameness_is_a_conclusion(grounds, dashed, said):
    lines = some_lines().assign(is_inferred=[grounds, grounds, None, None]).astype(TYPES)
    figure = plot_lineage(lines)
    assert [line.is_dashed() for line in lines_in(figure, BLUE)] == [dashed]
    assert said in "".join(words(figure))


def test_the_years_of_a_program_that_two_documents_show_are_joined_by_their_link_alone():
    linked = lines_of((1, "a", 2017, SAME), (1, "a", 2020, SAME))
    [line] = lines_in(plot_lineage(linked), BLUE)
    assert line.get_xydata().tolist() == [
        pytest.approx(spot) for spot in mark_spots(plot_lineage(linked))
    ]
    alone = lines_of((1, "a", 2017, {}), (1, "a", 2020, {}))
    assert lines_in(plot_lineage(alone), BLUE) == []


@BOTH_WIDTHS
def test_names_of_any_length_and_years_of_any_span_touch_nothing(narrow):
    lines = some_lines().assign(program=LONG, government=LONG[:20])
    assert overlapping(plot_lineage(lines, narrow)) == []
    lines.loc[0, "fiscal_year"] = 1975
    assert overlapping(plot_lineage(lines, narrow)) == []


@BOTH_WIDTHS
def test_a_line_within_one_year_is_drawn(narrow):
    figure = plot_lineage(lines_of((1, "a", 2017, SAME), (1, "b", 2017, SAME)), narrow)
    assert list(at_years(figure)) == ["H29"]
    assert overlapping(figure) == []


@BOTH_WIDTHS
def test_the_real_lines_are_drawn_with_every_name_and_nothing_overlaps(real, narrow):
    figure = plot_lineage(real, narrow)
    text = "".join(words(figure))
    assert all(name in text for name in real["program"])
    assert len(mark_spots(figure)) == 2 + 2 + 1 + 1  # strategy, hub, project and its part
    assert at_years(figure).keys() >= {"H29", "R元", "R2"}
    assert "R2は拡充" in text
    assert not any(sign in text for sign in ("nan", "None", "<NA>"))
    assert figure.get_figwidth() == (3.6 if narrow else 7.6)
    assert overlapping(figure) == []
    FigureCanvasAgg(figure).draw()


@BOTH_WIDTHS
def test_without_lines_there_is_no_figure(narrow):
    assert plot_lineage(some_lines().iloc[:0], narrow) is None


def test_of_more_programs_than_two_screens_hold_those_of_the_most_years_are_shown():
    rows = [(n, f"p{n}", year, {}) for n in range(61) for year in (2017, 2018)]
    figure = plot_lineage(lines_of(*rows, (60, "p60", 2019, {})))
    shown = words(figure)
    assert "2年度" in shown and "60" in shown  # lines shown for two years
    assert "3年度" in shown and "1" in shown
    assert any(word.startswith("現れる年度の多い順に8つ") for word in shown)
    assert figure.get_size_inches()[1] <= 14
