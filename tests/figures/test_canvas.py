"""Text measured before it is placed, and the shapes that stand for a state."""

import re

import drawn
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from analysis.figures.canvas import (
    BLUE,
    GREY,
    NOT_AT_LINE_START,
    RED,
    Canvas,
    color_of,
    text_width,
    wrap,
    wrap_words,
)
from analysis.figures.lettering import FONT

SIZE = 9.0
EM = SIZE / 72  # inches: a full-width character is one em wide
OPEN_TEXT = "関係人口市民企業あいうえおのとにアイウエカコABKPI0123456789「（"
CLOSING = "、。）」ーっょャ％"
KPI_NAMES = [
    "「つくば市に住みたい」ひとの割合",
    "合同就職面接会におけるマッチング相談件数",
    "地域・民間企業・ＮＰＯ等の新たな協働件数",
    "地域共創プラットフォーム（会議等）の開催回数",
    "TOLIC会員ものづくり企業への地元高等教育機関卒業生就職者数",
    "夏祭り（青森ねぶた祭、盛岡さんさ踊り、仙台七夕まつり、秋田竿燈まつり、山形花笠まつり、"
    "福島わらじまつり）入込数",
]

# Words with single blanks between them, as names are printed; in the second no two closing
# marks follow each other, so that no line needs to begin with one.
japanese = st.lists(
    st.text(OPEN_TEXT + CLOSING, min_size=1, max_size=20), min_size=1, max_size=3
).map(" ".join)
apart = st.lists(
    st.tuples(st.text(OPEN_TEXT, min_size=2, max_size=8), st.sampled_from(["", *CLOSING])),
    min_size=1,
    max_size=6,
).map(lambda pairs: "".join(text + mark for text, mark in pairs))
widths = st.floats(4 * EM, 40 * EM)


def squeezed(text):
    return re.sub(r"\s", "", text)


# Measuring


def test_a_full_width_character_is_about_one_em_wide():
    for text in ("関", "関係人口", "プラットフォーム"):
        assert text_width(text, SIZE) == pytest.approx(len(text) * EM, rel=0.05)


def test_nothing_has_no_width():
    assert text_width("", SIZE) == 0


@settings(max_examples=20)
@given(japanese, st.sampled_from("関係あアー）0A"))
def test_a_longer_text_is_wider(text, more):
    assert text_width(text + more, SIZE) > text_width(text, SIZE)


@settings(max_examples=20)
@given(japanese, st.floats(1, 40))
def test_width_grows_in_proportion_to_the_size(text, size):
    assert text_width(text, size) == pytest.approx(text_width(text, 1) * size)


@pytest.mark.parametrize("text", [*KPI_NAMES, "▲73.3％", "1,080,000～4,320,000円", "④-10 175.0％"])
@pytest.mark.parametrize("size", [7.5, 9.5, 11])
def test_a_drawn_text_is_no_wider_than_it_was_measured(text, size):
    page = Canvas(12, 1)
    page.text(0.1, 0.5, text, size)
    figure = page.finish()
    figure.set_dpi(200)
    [(_, extent)] = drawn.extents(figure)
    assert extent.width <= text_width(text, size) * 200 + 1


# Breaking lines


@settings(max_examples=20)
@given(japanese, widths)
def test_breaking_a_text_leaves_nothing_out(text, width):
    assert squeezed("".join(wrap(text, SIZE, width))) == squeezed(text)


@settings(max_examples=20)
@given(japanese, widths)
def test_no_line_has_blanks_around_it_or_nothing_in_it(text, width):
    for line in wrap(text, SIZE, width):
        assert line == line.strip() != ""


@settings(max_examples=20)
@given(japanese, widths)
def test_no_line_is_wider_than_asked_unless_it_cannot_be_broken(text, width):
    for line in wrap(text, SIZE, width):
        core = line.lstrip("[（［｛「『〈《〔({")  # which no line ends with
        one_character = all(mark in NOT_AT_LINE_START for mark in core[1:])
        assert text_width(line, SIZE) <= width or one_character


@settings(max_examples=20)
@given(apart, widths)
def test_no_line_begins_with_a_closing_mark(text, width):
    for line in wrap(text, SIZE, width)[1:]:
        assert line[0] not in NOT_AT_LINE_START


@pytest.mark.parametrize(
    "text",
    [
        "移住した人の数（県外から）。定住した人の数（市内で）。",
        "「参考になった」と答えた人の割合（高校生）、その人数",
        "スマートコミュニティショールームミュージアムニューショッピングセンター",
    ],
)
def test_no_line_begins_with_the_second_of_two_closing_marks(text):
    for ems in range(6, 24):
        for line in wrap(text, SIZE, ems * EM)[1:]:
            assert line[0] not in NOT_AT_LINE_START, (ems, line)


@settings(max_examples=20)
@given(japanese, widths)
def test_a_text_that_fits_stays_on_one_line(text, width):
    if text_width(text, SIZE) <= width:
        assert wrap(text, SIZE, width) == [text]


@pytest.mark.parametrize("name", KPI_NAMES)
@pytest.mark.parametrize("inches", [1.6, 2.4, 3.5])
def test_lines_are_of_about_equal_length(name, inches):
    lines = wrap(name, SIZE, inches)
    if len(lines) > 1:
        widest = max(text_width(line, SIZE) for line in lines)
        assert text_width(lines[-1], SIZE) > widest / 3


def test_lines_break_between_words_where_they_can():
    name = "TOLIC会員ものづくり企業への地元高等教育機関卒業生就職者数"
    assert "TOLIC" in wrap(name, SIZE, 8 * EM)[0]
    lines = wrap("地域共創プラットフォームの開催回数", SIZE, 9 * EM)
    assert any("プラットフォーム" in line for line in lines)


def test_no_text_is_one_empty_line():
    assert wrap("", SIZE, 1.0) == [""]


def test_words_stay_whole_and_in_order():
    words = [f"④-{number}" for number in range(1, 11)]
    lines = wrap_words(words, SIZE, 10 * EM)
    assert " ".join(lines).split(" ") == words
    assert len(lines) > 1
    assert all(text_width(line, SIZE) <= 10 * EM for line in lines)


def test_a_word_wider_than_a_line_is_broken_and_nothing_of_it_is_lost():
    lines = wrap_words(["④-1", "成長分野拠点形成支援事業・実績欄", "④-2"], 9, 1.0)
    assert "".join(lines).replace(" ", "") == "④-1成長分野拠点形成支援事業・実績欄④-2"
    assert all(text_width(line, 9) <= 1.0 for line in lines)


# The page


def test_a_page_is_measured_in_inches_from_its_upper_left_corner():
    page = Canvas(7.6, 2.0)
    page.mark(0, 0, "yes", False)
    figure = page.finish()
    assert tuple(figure.get_size_inches()) == (7.6, 2.0)
    to_pixels = figure.artists[0].get_transform().transform
    assert to_pixels((0, 0)) == pytest.approx((0, 2.0 * figure.dpi))
    assert to_pixels((7.6, 2.0)) == pytest.approx((7.6 * figure.dpi, 0))


def test_lines_of_text_stand_below_each_other_and_end_where_is_said():
    page = Canvas(7.6, 2.0)
    below = page.lines(0.5, 0.2, ["一", "二", "三"], size=9.5)
    texts = drawn.texts(page.finish())
    heights = [text.place[1] for text in texts]
    assert [text.get_text() for text in texts] == ["一", "二", "三"]
    assert heights == sorted(heights)
    assert heights[0] > 0.2
    assert heights[-1] < below == pytest.approx(0.2 + 3 * 9.5 * 1.35 / 72)


def test_every_text_is_in_the_one_font_and_no_dollar_begins_a_formula():
    page = Canvas(7.6, 1.0)
    page.text(0, 0.5, "費用 $5 と $6")
    [text] = drawn.texts(page.finish())
    assert text.get_fontname() == FONT
    assert text.get_parse_math() is False


@pytest.mark.parametrize(
    ("reached", "estimated", "shape", "color", "filled"),
    [
        ("yes", False, "o", BLUE, True),
        ("no", False, "D", RED, True),
        ("yes", True, "o", BLUE, False),
        ("no", True, "D", RED, False),
        ("unknown", False, "s", GREY, False),
        ("unknown", True, "s", GREY, False),
    ],
)
def test_each_state_has_a_shape_of_its_own_and_an_estimate_is_hollow(
    reached, estimated, shape, color, filled
):
    page = Canvas(1, 1)
    page.mark(0.3, 0.4, reached, estimated)
    [mark] = drawn.marks(page.finish())
    assert (mark.get_xdata()[0], mark.get_ydata()[0]) == (0.3, 0.4)
    assert mark.get_marker() == shape
    assert to_hex(mark.get_markeredgecolor()) == color
    assert to_hex(mark.get_markerfacecolor()) == (color if filled else "#ffffff")
    assert color_of(reached) == color


def test_what_is_unknown_has_a_dashed_outline_without_a_fill():
    page = Canvas(1, 1)
    page.outline(0.2, 0.3, 0.4, 0.1)
    [outline] = drawn.outlines(page.finish())
    assert outline.get_linestyle() not in ("-", "solid")
    assert to_hex(outline.get_facecolor()) == "#ffffff"
    assert outline.get_xy() == pytest.approx((0.2, 0.3))
    assert (outline.get_width(), outline.get_height()) == pytest.approx((0.4, 0.1))


def test_a_box_stands_where_it_is_put():
    page = Canvas(1, 1)
    page.box(0.1, 0.2, 0.3, 0.4, color=BLUE)
    [box] = drawn.boxes(page.finish())
    assert box.get_xy() == (0.1, 0.2)
    assert (box.get_width(), box.get_height()) == pytest.approx((0.3, 0.4))


def test_an_arrow_points_from_its_start_to_its_end():
    page = Canvas(1, 1)
    page.line(0.1, 0.5, 0.9, 0.5, BLUE, arrow=True)
    [arrow] = drawn.arrows(page.finish())
    assert arrow.start == pytest.approx((0.1, 0.5))
    assert arrow.tip == pytest.approx((0.9, 0.5), abs=0.03)  # less the width of its edge
