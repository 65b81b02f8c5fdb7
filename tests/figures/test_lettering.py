"""Lines of text from kept glyphs: they cover what matplotlib's own text covers."""

import io
import re
import warnings

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.figures.canvas import Canvas
from analysis.figures.lettering import Lettering, text_width

LINES = [
    "合同就職面接会における相談件数",
    "▲73.3％（推計）",
    "1,080,000～4,320,000円",
    "TOLIC会員 g/人",
]


def page_of(text, **style):
    page = Canvas(6, 1)
    page.text(3, 0.5, text, **style)
    return page.finish()


def page_by_matplotlib(text, **style):
    """The same page, with the line drawn by matplotlib itself."""
    figure = page_of(text, **style)
    [lettering] = figure.artists
    drawn = lettering.as_text(lettering.lines[0])
    lettering.remove()
    figure.texts.append(drawn)
    return figure


def pixels_of(figure):
    figure.set_dpi(200)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return 255 - np.asarray(canvas.buffer_rgba())[..., :3].min(axis=2)


def sides(ink):
    rows, columns = np.nonzero(ink > 64)
    return np.array([columns.min(), columns.max(), rows.min(), rows.max()])


def svg_of(figure):
    file = io.StringIO()
    figure.savefig(file, format="svg")
    return file.getvalue()


# In pixels


@pytest.mark.parametrize("text", LINES)
@pytest.mark.parametrize("align", ["left", "center", "right"])
@pytest.mark.parametrize("size", [7.5, 9.5, 15])
def test_a_line_covers_what_matplotlib_covers(text, align, size):
    ours = pixels_of(page_of(text, align=align, size=size))
    theirs = pixels_of(page_by_matplotlib(text, align=align, size=size))
    assert np.abs(sides(ours) - sides(theirs)).max() <= 1
    assert ours.mean() == pytest.approx(theirs.mean(), rel=0.003)


def test_a_line_has_its_colour():
    canvas = FigureCanvasAgg(page_of("■", size=40, color="#b23c0b"))
    canvas.draw()
    assert (0xB2, 0x3C, 0x0B) in set(map(tuple, np.asarray(canvas.buffer_rgba())[50, :, :3]))


def test_a_halo_hides_the_line_it_stands_on_and_no_more():
    def line_under(**style):
        page = Canvas(6, 1)
        page.line(0, 0.5, 6, 0.5, "#000000", 3)
        page.text(3, 0.5, "　", align="center", **style)
        return pixels_of(page.finish())[100] > 128

    assert line_under().all()
    hidden = np.flatnonzero(~line_under(halo=True)) / 200
    half = text_width("　", 9) / 2 / 1.03 + 0.8 / 72  # a blank, and its rim
    assert hidden.min() == pytest.approx(3 - half, abs=0.01)
    assert hidden.max() == pytest.approx(3 + half, abs=0.01)


def test_a_mark_that_joins_its_letter_is_left_to_matplotlib():
    apart = "か\u3099"  # が in two characters
    ours, theirs = pixels_of(page_of(apart)), pixels_of(page_by_matplotlib(apart))
    np.testing.assert_array_equal(ours, theirs)
    assert text_width(apart, 9) == pytest.approx(text_width("が", 9))


def test_a_kanji_of_the_second_font_is_drawn_as_matplotlib_draws_it():
    ours, theirs = pixels_of(page_of("𠮷野家")), pixels_of(page_by_matplotlib("𠮷野家"))
    assert np.abs(sides(ours) - sides(theirs)).max() <= 1
    assert ours.mean() == pytest.approx(theirs.mean(), rel=0.01)
    assert text_width("𠮷野家", 9) == pytest.approx(text_width("野野家", 9))


def test_a_minus_sign_is_as_thick_as_the_strokes_of_its_figures():
    def height(sign):
        _, _, top, bottom = sides(pixels_of(page_of(sign, size=9.5)))
        return bottom - top + 1

    assert height("\u2212") > height("\u2013")  # the font's own minus is as thin as its dash


@pytest.mark.parametrize("text", ["🦊の町", "🦊か\u3099"])
def test_a_character_that_no_font_has_is_a_geta_mark_and_is_warned_of_each_time(text):
    for _ in range(2):
        with pytest.warns(UserWarning, match="Glyph 129418 .* missing from font"):
            drawn = pixels_of(page_of(text))
        np.testing.assert_array_equal(drawn, pixels_of(page_of(text.replace("🦊", "〓"))))
    assert text_width(text, 9) == text_width(text.replace("🦊", "〓"), 9)


def test_a_control_character_is_a_blank():
    for text in ("転入\t者\n数\x1b\0", "転入\t者\n数\x1b\0か\u3099"):
        blank = re.sub(r"[\x00-\x1f]", " ", text)
        np.testing.assert_array_equal(pixels_of(page_of(text)), pixels_of(page_of(blank)))
        assert text_width(text, 9) == text_width(blank, 9)
    assert "\x1b" not in svg_of(page_of("か\u3099\x1b"))


def test_what_chooses_the_variant_of_a_kanji_is_not_seen():
    chosen = "葛\U000e0100城市"
    ours, theirs = pixels_of(page_of(chosen)), pixels_of(page_by_matplotlib(chosen))
    np.testing.assert_array_equal(ours, theirs)
    assert text_width(chosen, 9) == pytest.approx(text_width("葛城市", 9))


# In outlines


def test_an_outline_stands_in_an_svg_once_and_is_used_again():
    svg = svg_of(page_of("人口と人数と人"))
    names = re.findall(r'<path id="(IPAexGothic-[0-9a-f]+)"', svg)
    assert names == [f"IPAexGothic-{ord(character):x}" for character in "人口と数"]
    assert svg.count('href="#IPAexGothic-4eba"') == 3
    assert "<!-- 人口と人数と人 -->" in svg
    assert "<text" not in svg


def test_glyphs_of_an_svg_stand_an_em_apart_on_the_base_line_of_matplotlib():
    svg = svg_of(page_of("人口", size=10))
    assert re.findall(r'<use xlink:href="#[^"]*" x="(\d+)"', svg) == ["0", "6400"]
    place = re.compile(r'transform="translate\(([\d.]+) ([\d.]+)\)[^"]* ?scale\(([\d.]+)')
    x, y, scale = map(float, place.search(svg).groups())
    assert (x, 6400 * scale) == pytest.approx((3 * 72, 10))
    theirs = place.search(svg_of(page_by_matplotlib("人口", size=10)))
    assert y == pytest.approx(float(theirs.group(2)), abs=0.1)


def test_right_and_centred_lines_of_an_svg_begin_before_their_place():
    starts = {
        align: float(
            re.search(r"translate\(([\d.]+)", svg_of(page_of("人口", size=10, align=align))).group(
                1
            )
        )
        for align in ("left", "center", "right")
    }
    assert starts == pytest.approx({"left": 216, "center": 206, "right": 196})


def test_signs_of_markup_in_a_text_do_not_end_it():
    svg = svg_of(page_of("A<B & C--D"))
    assert svg.count("<use") == 8
    assert "<B" not in svg


# In other ways


def test_other_formats_have_matplotlib_draw_the_text():
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page_of("人口").savefig(file, format="pdf")
    assert b"IPAexGothic" in file.getvalue()


def test_a_page_saved_without_its_margins_keeps_all_of_its_text():
    assert page_of("人口").get_tightbbox().bounds == pytest.approx((0, 0, 6, 1))


def test_lettering_without_a_line_draws_nothing():
    figure = Figure(figsize=(1, 1))
    figure.add_artist(Lettering())
    assert pixels_of(figure).max() == 0
