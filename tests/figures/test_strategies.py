"""Which part of a plan has programs, as a picture: a square is a program."""

from itertools import combinations

import drawn
import pandas as pd
import pytest
from drawn import BOTH_WIDTHS
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from samples import LONG, coverage_of, some_coverage
from slices import DATA, IBARAKI, TSUKUBA

import analysis
from analysis.figures.canvas import BLUE, RED
from analysis.figures.strategies import plot_coverage
from analysis.measures.strategies import cover_items


@pytest.fixture(scope="module")
def real():
    def cover(**asked):
        d = analysis.load(DATA, **asked)
        return cover_items(d.strategies, d.strategy_items, d.links, d.programs, d.kpis, d.budgets)

    return {
        "all": cover(),
        "ibaraki": cover(government=IBARAKI, fiscal_year=2017),
        "tsukuba": cover(government=TSUKUBA, fiscal_year=2021),
    }


def words(figure):
    return [text.get_text() for text in drawn.texts(figure)]


def squares(figure):
    """The squares from top to bottom and from left to right."""
    return sorted(drawn.boxes(figure), key=lambda box: (round(box.get_y(), 3), box.get_x()))


def overlapping(figure):
    """The texts that cover each other, a square or leave the page."""
    found, page = drawn.extents(figure), figure.bbox
    outside = [
        t for t, b in found if b.x0 < -1 or b.x1 > page.x1 + 1 or b.y0 < -1 or b.y1 > page.y1
    ]
    pairs = [
        (a, b)
        for (a, x), (b, y) in combinations(found, 2)
        if min(x.x1, y.x1) - max(x.x0, y.x0) > 1 and min(x.y1, y.y1) - max(x.y0, y.y0) > 1
    ]
    sides = [(box.get_bbox().get_points() * figure.dpi).tolist() for box in squares(figure)]
    crossed = [
        text
        for text, b in found
        for (left, top), (right, below) in sides
        if min(b.x1, right) - max(b.x0, left) > 1
        and min(page.y1 - b.y0, below) - max(page.y1 - b.y1, top) > 3
    ]
    return outside + pairs + crossed


@BOTH_WIDTHS
def test_a_square_is_a_program_and_filled_where_it_has_a_kpi(narrow):
    found = squares(plot_coverage(some_coverage(), narrow))
    assert [box.get_fill() for box in found] == [True, False, False]
    assert {to_hex(box.get_edgecolor()) for box in found} == {BLUE}
    assert len({box.get_y() for box in found}) == 1


@BOTH_WIDTHS
def test_an_item_without_a_program_says_that_none_was_found_at_hand_and_blames_nobody(narrow):
    figure = plot_coverage(some_coverage(), narrow)
    assert words(figure).count("手元の事業の中には見当たらない") == 1
    assert not [t for t in drawn.texts(figure) if to_hex(t.get_color()) == RED]


@BOTH_WIDTHS
def test_an_item_nobody_assigned_programs_to_has_a_dashed_outline_and_no_warning(narrow):
    figure = plot_coverage(coverage_of(("vision", None, None, None, None)), narrow)
    assert len(drawn.outlines(figure)) == 1
    assert "事業と対応づけていない" in words(figure)
    assert squares(figure) == []
    assert "見当たらない" not in "".join(words(figure))


def test_how_many_have_a_kpi_and_money_stands_at_the_right_under_its_word():
    places = {t.get_text(): t.place[0] for t in drawn.texts(plot_coverage(some_coverage()))}
    counts = [t for t in drawn.texts(plot_coverage(some_coverage())) if t.place[0] > 6.3]
    said = [(t.get_text(), t.place[0]) for t in counts]
    assert said[2:] == [("1", places["指標あり"]), ("2", places["金額あり"])]


def test_how_many_have_a_kpi_and_money_stands_beside_the_squares_on_a_narrow_screen():
    assert "指標あり1　金額あり2" in words(plot_coverage(some_coverage(), narrow=True))


@pytest.mark.parametrize(
    ("grounds", "said", "signs"),
    [
        (("yes", "yes"), "対応は資料に記載がなく、内容から推定", 0),
        (("yes", "no"), "※＝対応の一部または全部を内容から推定", 1),
        (("partly", "partly"), "※＝対応の一部または全部を内容から推定", 2),
        (("no", "no"), None, 0),
    ],
)
def test_the_foot_says_which_correspondence_is_a_conclusion(grounds, said, signs):
    coverage = coverage_of(*(("issue", 1, 0, 0, word) for word in grounds))
    text = "".join(words(plot_coverage(coverage)))
    assert ("推定" in text) == (said is not None)
    assert said is None or said in text
    assert text.count("※") == signs + (1 if signs else 0)


@BOTH_WIDTHS
def test_more_squares_than_have_room_go_on_below_and_touch_no_text(narrow):
    figure = plot_coverage(
        coverage_of(("issue", 60, 20, 0, "yes"), ("issue", 1, 0, 0, "yes")), narrow
    )
    assert len(squares(figure)) == 61
    assert len({round(box.get_y(), 3) for box in squares(figure)}) > 2
    assert max(box.get_x() + box.get_width() for box in squares(figure)) < figure.get_figwidth()
    assert overlapping(figure) == []


@BOTH_WIDTHS
def test_names_of_any_length_touch_nothing(narrow):
    coverage = pd.concat(
        [some_coverage(), some_coverage().assign(strategy_id="b", strategy=LONG, name=LONG)]
    )
    names = [(LONG * 2,) if some else () for some in coverage["program_names"]]
    assert overlapping(plot_coverage(coverage.assign(program_names=names), narrow)) == []


@BOTH_WIDTHS
def test_the_real_figure_has_every_name_and_nothing_overlaps(real, narrow):
    coverage = real["all"]
    figure = plot_coverage(coverage, narrow)
    text = "".join(words(figure))
    assert all(name in text for name in coverage["name"])
    assert all(name in text for names in coverage["program_names"] for name in names)
    assert not any(sign in text for sign in ("nan", "None", "<NA>"))
    assert figure.get_figwidth() == (3.6 if narrow else 7.6)
    assert overlapping(figure) == []


def test_the_real_figures_have_a_square_for_each_link_and_are_drawn_without_a_warning(real):
    ibaraki, tsukuba = plot_coverage(real["ibaraki"]), plot_coverage(real["tsukuba"])
    assert len(squares(ibaraki)) == 1 + 4 + 4 + 2 + 2
    assert sum(box.get_fill() for box in squares(ibaraki)) == 1
    assert len(squares(tsukuba)) == 6
    assert words(tsukuba).count("手元の事業の中には見当たらない") == 1
    FigureCanvasAgg(tsukuba).draw()


@BOTH_WIDTHS
def test_without_items_there_is_no_figure(narrow):
    assert plot_coverage(some_coverage().iloc[:0], narrow) is None
