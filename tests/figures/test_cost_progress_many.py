"""Cost against progress of many programs."""

import pandas as pd
import pytest
from drawn import BOTH_WIDTHS, marks, off_the_page, text_at, touching, uprights, words, x_of, y_of

import analysis
from analysis.figures.canvas import GREY, WIDE_INCHES
from analysis.figures.cost_progress_many import MOST_DOTS, draw_many


def programs(count, unknown=0):
    rows = [(f"事業{n}", 10_000 * (n + 1), (n % 11) / 10) for n in range(count)]
    table = pd.DataFrame(rows, columns=["program", "cost_yen", "mean_capped_low"])
    table = table.assign(mean_capped_high=table["mean_capped_low"], missed=1, estimated=0)
    table.loc[: unknown - 1, "mean_capped_high"] = 1.0
    table.loc[: unknown - 1, "mean_capped_low"] = 0.0
    return table.assign(missed=(table["mean_capped_high"] < 1).astype(int))


@BOTH_WIDTHS
@pytest.mark.parametrize("count", [40, MOST_DOTS + 100])
def test_many_programs_fit_on_two_screens_and_few_are_named(count, narrow):
    figure = draw_many(programs(count), narrow).finish()
    assert figure.get_size_inches()[1] <= (16 if narrow else 14)
    assert off_the_page(figure) == []
    named = [word for word in words(figure) if "事業" in word and "　" in word and "％" in word]
    assert 0 < len(named) <= 12


def test_a_named_program_is_marked_where_it_lies_by_powers_of_ten():
    figure = draw_many(programs(100), narrow=False).finish()
    foot, top = text_at(figure, "0％")[1], text_at(figure, "100％")[1]
    ticks = {word: text_at(figure, word)[0] for word in ("1万円", "100万円")}
    [dearest] = [word for word in words(figure) if "（100万円、0％）" in word]
    assert dearest.startswith("7")  # 事業99, after six that none beats
    mark = max(marks(figure), key=lambda mark: (round(y_of(mark), 3), x_of(mark)))
    assert x_of(mark) == pytest.approx(WIDE_INCHES - 0.2)  # where the last power of ten is
    assert y_of(mark) == pytest.approx(foot)
    assert top < foot and ticks["1万円"] < ticks["100万円"]


def test_up_to_hundreds_each_program_is_a_dot_and_more_are_shades_of_their_number():
    [axes] = draw_many(programs(100), narrow=False).finish().axes
    assert sum(len(group.get_offsets()) for group in axes.collections) == 100
    [axes] = draw_many(programs(MOST_DOTS + 50), narrow=False).finish().axes
    assert axes.collections[0].get_array().sum() == MOST_DOTS + 50


def test_programs_of_which_it_is_not_known_how_far_they_got_are_strokes_below_and_counted():
    figure = draw_many(programs(50, unknown=9), narrow=False).finish()
    assert len(set(uprights(figure, GREY))) == 9
    assert any("9事業の費用（縦の位置を決められない）" in word for word in words(figure))


def test_where_it_is_known_of_none_the_costs_lie_in_lanes():
    table = programs(50, unknown=50).assign(department=["甲課", "乙課"] * 25)
    figure = draw_many(table, narrow=False).finish()
    assert len(figure.axes) == 2
    assert {"甲課", "乙課", "費用の大きい順"} <= set(words(figure))
    assert touching(figure) == []


def test_the_figure_of_a_question_passes_from_names_to_many():
    assert analysis.plot_cost_progress(programs(15).assign(unknown=0)) is not None
    shown = words(analysis.plot_cost_progress(programs(30).assign(unknown=0)))
    assert any(word.startswith("費用（円、1目盛りで10倍）") for word in shown)
