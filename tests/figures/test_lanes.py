"""Lanes of figures: dots or a hill, each where its figure lies, and the middle half below."""

import numpy as np
import pytest
from drawn import BOTH_WIDTHS, lines, off_the_page, text_at, touching, uprights, words
from matplotlib.colors import to_hex

from analysis.figures.canvas import BLUE, GREY, INK, LIGHT, RED
from analysis.figures.lanes import (
    MOST_DOTS,
    Lane,
    draw_lanes,
    make_log_scale,
    make_percent_scale,
)
from analysis.measures.distributions import Group, Spread


def spread(figures, states="yes"):
    figures = np.sort(np.array(figures, dtype="float64"))
    said = np.array([states] * len(figures) if isinstance(states, str) else states, dtype=object)
    return Spread(Group(None, 1, None), figures, said, len(figures), len(figures), 0)


def draw(*spreads, scale=None, narrow=False):
    found = [Lane(f"区分{n}", s, ("1/2", "3")) for n, s in enumerate(spreads)]
    ends = [end for s in spreads for end in s.ends]
    page = draw_lanes(found, scale or make_percent_scale(ends), ("到達", "不明"), ["鍵"], narrow)
    return page.finish()


def dots(axes):
    """Where the dots of a lane lie, as a share of its width, with their colours."""
    return [
        (float(x), to_hex(group.get_facecolor()[0]))
        for group in axes.collections
        for x, _ in group.get_offsets()
    ]


def test_a_dot_lies_where_its_figure_does_in_the_colour_of_its_state():
    figure = draw(spread([0.0, 1.0, 1.5], ["no", "yes", "unknown"]))
    [axes] = figure.axes
    assert sorted(dots(axes)) == [
        (0.0, RED),
        (pytest.approx(0.5), BLUE),
        (pytest.approx(0.75), "#ffffff"),
    ]


def test_the_same_figures_are_drawn_at_the_same_heights():
    first, again = (draw(spread([0.5, 0.5, 0.5])).axes[0].collections[0] for _ in range(2))
    assert (first.get_offsets() == again.get_offsets()).all()
    assert len({high for _, high in first.get_offsets().tolist()}) == 3  # side by side


def test_many_figures_are_a_hill_whose_parts_are_as_many_as_they():
    states = ["no"] * 40 + ["unknown"] * 10 + ["yes"] * 50
    [axes] = draw(spread(np.linspace(0.2, 1.8, MOST_DOTS + 20), states)).axes
    counts = {}
    for bar in axes.patches:
        color = to_hex(bar.get_facecolor())
        counts[color] = counts.get(color, 0) + bar.get_height()
    assert counts == {RED: 40, LIGHT: 10, BLUE: 50}
    assert not axes.collections


def test_what_lies_beyond_an_end_stands_at_it_and_the_end_says_so():
    figure = draw(spread([0.5, 9.0]))
    assert max(x for x, _ in dots(figure.axes[0])) == 1.0
    assert "200％以上" in words(figure)
    assert "200％" in words(draw(spread([0.5, 2.0])))
    assert "▲100％以下" in words(draw(spread([-3.0, 0.5])))


def test_below_a_lane_lie_the_middle_half_and_the_median():
    figure = draw(spread([0.0, 0.5, 1.0, 1.5, 2.0]))
    zero, whole = text_at(figure, "0％")[0], text_at(figure, "200％")[0]
    [half] = [line for line in lines(figure) if to_hex(line.get_color()) == GREY]
    shares = [(x - zero) / (whole - zero) for x in half.get_xdata()]
    assert shares == pytest.approx([0.25, 0.75], abs=0.02)
    assert len(uprights(figure, INK)) == 2  # the target, and the median


def test_of_three_figures_no_quarters_are_told():
    figure = draw(spread([0.1, 0.2, 0.3]))
    assert not [line for line in lines(figure) if to_hex(line.get_color()) == GREY]
    assert not any("中央値" in word for word in words(figure))


def test_powers_of_ten_are_equally_far_apart_and_0_stands_at_the_left_end():
    scale = make_log_scale([50.0, 5_000.0], lambda value: f"{value:.0f}")
    assert [word for _, word in scale.ticks] == ["10", "100", "1000", "10000"]
    assert scale.place([10, 100, 1_000, 10_000]) == pytest.approx([0, 1 / 3, 2 / 3, 1])
    with_0 = make_log_scale([0.0, 50.0], lambda value: f"{value:.0f}")
    assert with_0.ticks[0][1] == "10以下"
    assert with_0.place([0.0]).tolist() == [0.0]


@BOTH_WIDTHS
def test_nothing_touches_at_any_length_of_name(narrow):
    long = "市内の中小企業と大学と研究機関とがともに取り組む新しい技術の実証実験" * 3
    found = [Lane(long, spread([0.1, 0.9]), ("1,234/5,678", "9,999"))] * 3
    page = draw_lanes(found, make_percent_scale([0.1, 9]), ("到達", "不明"), ["鍵"], narrow)
    figure = page.finish()
    assert touching(figure) == []
    assert off_the_page(figure) == []
