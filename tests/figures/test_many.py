"""One by one as far as two screens hold them, else an overview and those worth naming."""

import pandas as pd
import pytest
from drawn import BOTH_WIDTHS, text_at, words

from analysis.figures.canvas import NARROW_INCHES, WIDE_INCHES, Canvas
from analysis.figures.many import (
    LONGEST_NAME,
    MOST_INCHES,
    MOST_ROWS,
    Many,
    fit,
    fit_groups,
    name_shortly,
)


def draw_rows(rows, high=1.0):
    page = Canvas(WIDE_INCHES, high * len(rows))
    for number, row in enumerate(rows):
        page.text(0, number * high + 0.1, str(row))
    return page


def overview(high=2.0):
    page = Canvas(WIDE_INCHES, high)
    page.text(0, 0.1, "すべて")
    return page


def fitted(count, high=1.0, narrow=False, of=None):
    rows = list(range(count))
    return fit(
        count,
        lambda: rows,
        lambda few: draw_rows(few, high),
        lambda: Many(of, rows[::-1], "低い順に{count}（{total}のうち）"),
        narrow,
    )


@BOTH_WIDTHS
def test_rows_that_fit_on_two_screens_are_drawn_one_by_one(narrow):
    most = int(MOST_INCHES[narrow])
    shown = words(fitted(most, narrow=narrow, of=overview()).finish())
    assert shown == [str(n) for n in range(most)]


@BOTH_WIDTHS
def test_of_more_the_worthiest_follow_the_overview_and_the_rule_as_far_as_they_fit(narrow):
    page = fitted(20, narrow=narrow, of=overview(10.0))
    figure = page.finish()
    shown = words(figure)
    assert page.height <= MOST_INCHES[narrow]
    assert "すべて" in shown
    named = [word for word in shown if word.isdigit()]
    assert named == ["19", "18", "17", "16", "15"][: len(named)] and named
    assert f"低い順に{len(named)}（20のうち）" in shown
    assert text_at(figure, "すべて")[1] < text_at(figure, "19")[1]


def test_more_rows_than_ever_fit_are_not_even_listed():
    def fail():
        raise AssertionError("listed")

    many = Many(overview(), [1], "{count}/{total}")
    page = fit(MOST_ROWS + 1, fail, draw_rows, lambda: many, narrow=False)
    assert "1/61" in words(page.finish())


def test_one_that_is_too_high_itself_is_drawn_all_the_same():
    assert "低い順に1（2のうち）" in words(fitted(2, high=20.0).finish())


def test_where_none_is_worth_naming_the_overview_stands_alone():
    page = fit(99, list, draw_rows, lambda: Many(overview(), [], ""), narrow=False)
    assert words(page.finish()) == ["すべて"]


def test_smaller_groups_are_one_row_where_all_do_not_fit():
    counts = pd.DataFrame({"programs": [*range(1, 101)]})
    page = fit_groups(counts, lambda shown: draw_rows(shown["programs"].tolist(), 0.5), False)
    shown = [int(word) for word in words(page.finish())]
    assert sum(shown) == sum(range(1, 101))
    assert shown[:-1] == [*range(81, 101)]
    few = fit_groups(counts.head(3), lambda shown: draw_rows(shown["groups"].tolist()), False)
    assert words(few.finish()) == ["1", "1", "1"]


def test_a_name_is_given_its_program_and_cut_where_it_is_long():
    table = pd.DataFrame(
        {"kpi": ["相談件数", "長" * 99, None], "program": ["面接会", None, "拠点"]}
    )
    short, long, absent = name_shortly(table)["kpi"]
    assert short == "相談件数（面接会）"
    assert len(long) == LONGEST_NAME and long.endswith("…")
    assert pd.isna(absent)


def test_what_is_put_on_a_page_stands_lower_by_as_much():
    page, other = Canvas(NARROW_INCHES, 4), Canvas(NARROW_INCHES, 2)
    other.text(0.5, 0.3, "字")
    other.line(0, 1, 1, 1, arrow=True)
    page.put(other, 1.5)
    figure = page.finish()
    assert text_at(figure, "字") == (0.5, pytest.approx(1.8))
