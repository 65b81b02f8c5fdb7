"""The terms of support as a picture: bars that stand for counts and amounts, and nothing else."""

from itertools import combinations

import drawn
import pytest
from drawn import BOTH_WIDTHS
from matplotlib.colors import to_hex
from samples import COUNTS, FLAGS, NEST, frames
from slices import DATA, IBARAKI

import analysis
from analysis.figures import instruments as drawing
from analysis.figures.canvas import BLUE, PALE
from analysis.figures.lettering import FONT

LONG = "市内の中小企業と大学と研究機関とがともに取り組む新しい技術の実証実験（試行を含む）への支援"


@pytest.fixture(scope="module")
def real():
    """The tables of the document of 2020."""
    data = analysis.load(DATA, IBARAKI, 2020)
    return {
        "instruments": analysis.count_instruments(data.instruments),
        "flags": analysis.count_flags(data.programs),
        "frames": analysis.list_frames(data.instruments),
    }


def plot_all(instruments, flags, frames, narrow):
    return [
        drawing.plot_instruments(instruments, narrow),
        drawing.plot_flags(flags, narrow),
        drawing.plot_frames(frames, narrow),
    ]


def words(figure):
    return [text.get_text() for text in drawn.texts(figure)]


def widths(shapes):
    return [shape.get_width() for shape in shapes]


def boxes(figure, color):
    return [box for box in drawn.boxes(figure) if to_hex(box.get_facecolor()) == color]


def problems(figure):
    """Texts that cover each other or a bar, and what leaves the page."""
    texts, page = drawn.extents(figure), figure.bbox
    found = [(a, b) for (a, x), (b, y) in combinations(texts, 2) if x.overlaps(y)]
    for box in [*drawn.boxes(figure), *drawn.outlines(figure)]:
        x, y = box.get_xy()
        assert -0.01 <= x <= x + box.get_width() <= figure.get_figwidth() + 0.01
        left, right = x * figure.dpi, (x + box.get_width()) * figure.dpi
        middle = page.y1 - (y + box.get_height() / 2) * figure.dpi
        found += [t for t, e in texts if e.y0 < middle < e.y1 and e.x0 < right and e.x1 > left]
    return found + [t for t, e in texts if e.x0 < -1 or e.x1 > page.x1 + 1 or e.y0 < -1]


@BOTH_WIDTHS
def test_nothing_overlaps_on_the_real_data_and_every_text_is_in_the_one_font(real, narrow):
    for figure in plot_all(real["instruments"], real["flags"], real["frames"], narrow):
        assert problems(figure) == []
        assert {text.get_fontname() for text in drawn.texts(figure)} == {FONT}
        assert figure.get_figwidth() == (3.6 if narrow else 7.6)
        assert not any(sign in "".join(words(figure)) for sign in ("nan", "None", "<NA>"))


@BOTH_WIDTHS
def test_nothing_overlaps_at_any_length_of_name(narrow):
    flags = FLAGS.assign(department=[LONG, LONG + LONG])
    nest = NEST.assign(term=[LONG, LONG + "二", LONG + "三"], is_new="yes")
    for figure in plot_all(COUNTS, flags, nest, narrow):
        assert problems(figure) == []
    assert LONG in "".join(words(drawing.plot_flags(flags, narrow)))


@BOTH_WIDTHS
def test_there_is_no_figure_where_there_is_nothing_to_draw(narrow):
    unmarked = FLAGS.assign(new=0, expanded=0)
    assert plot_all(COUNTS.iloc[:0], FLAGS.iloc[:0], NEST.iloc[:0], narrow) == [None] * 3
    assert drawing.plot_flags(unmarked, narrow) is None


@BOTH_WIDTHS
def test_the_filled_part_of_a_bar_is_what_has_a_quantity_and_the_rest_is_dashed(narrow):
    figure = drawing.plot_instruments(COUNTS, narrow)
    [filled] = widths(boxes(figure, BLUE))
    rest, none = widths(drawn.outlines(figure))
    assert rest == pytest.approx(filled / 4 * 8, abs=0.03)  # 4 and 8 of 12 programs
    assert none == pytest.approx(filled / 4 * 3, abs=0.03)
    assert "12事業（うち数量の記載 4）" in words(figure)
    assert "3事業（数量の記載なし）" in words(figure)


@BOTH_WIDTHS
def test_a_department_is_split_into_new_expanded_and_neither(narrow):
    figure = drawing.plot_flags(FLAGS, narrow)
    [new], [expanded] = widths(boxes(figure, BLUE)), widths(boxes(figure, "#ffffff"))
    assert expanded == pytest.approx(new / 2, abs=0.03)
    assert widths(boxes(figure, PALE)) == pytest.approx([new / 2 * 5, new / 2 * 4])
    assert "8事業（新規 2、拡充 1）" in words(figure)
    assert "担当の記載なし" in words(figure)


@BOTH_WIDTHS
def test_a_frame_lies_within_its_own_and_what_none_inside_names_is_dashed(narrow):
    figure = drawing.plot_frames(NEST, narrow)
    page = figure.get_figwidth()
    assert widths(boxes(figure, BLUE)) == pytest.approx([page, page * 0.6, page * 0.15])
    assert [box.get_x() for box in boxes(figure, BLUE)] == [0, 0, 0]
    inner, outer = drawn.outlines(figure)
    assert inner.get_x() == pytest.approx(page * 0.15, abs=0.03)
    assert inner.get_width() == pytest.approx(page * 0.45, abs=0.03)
    assert outer.get_x() == pytest.approx(page * 0.6, abs=0.03)
    assert "新規 60億円（全体の60.0％）" in words(figure)


@BOTH_WIDTHS
def test_frames_inside_stand_side_by_side_and_wholes_begin_anew(narrow):
    rows = [("全体", 50, 0, None, 0), ("甲", 30, 1, "全体", None), ("乙", 20, 1, "全体", None)]
    figure = drawing.plot_frames(frames(*rows, ("別", 100, 0, None, None)), narrow)
    starts = [box.get_x() / figure.get_figwidth() for box in boxes(figure, BLUE)]
    assert starts == pytest.approx([0, 0, 0.3, 0])
    assert drawn.outlines(figure) == []


@BOTH_WIDTHS
def test_frames_that_hold_more_than_their_own_amount_stay_on_the_page(narrow):
    rows = [("全体", 50, 0, None, 0), ("甲", 80, 1, "全体", None), ("乙", 70, 1, "全体", None)]
    assert problems(drawing.plot_frames(frames(*rows), narrow)) == []
