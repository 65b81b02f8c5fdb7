"""Rules of a page become tables: what touches is one, and is closed where rules are missing."""

from types import SimpleNamespace

import pytest

from analysis.intake import rules
from analysis.intake.rules import Box, Rule, Ruled, find_tables, split_rows

pytest.importorskip("pdfplumber")


def across(y, x0=0, x1=100):
    return Rule(x0, y, x1, y)


def down(x, top=0, bottom=40):
    return Rule(x, top, x, bottom)


def find(monkeypatch, drawn, words=()):
    """Find the tables of a page of which only rules and words are known."""
    from pdfplumber.page import Page

    page = SimpleNamespace(bbox=(0, 0, 200, 200), edges=[], chars=[])
    keys = ("x0", "x1", "top", "bottom")
    page.extract_words = lambda: [dict(zip(keys, word, strict=True)) for word in words]
    page.find_tables = lambda settings: Page.find_tables(page, settings)
    monkeypatch.setattr(rules, "_list_rules", lambda *_: list(drawn))
    return [(len(t.ys) - 1, len(t.xs) - 1, len(t.boxes)) for t in find_tables(page)]


def test_a_ruled_table_has_its_rows_and_columns(monkeypatch):
    drawn = [across(y) for y in (0, 20, 40)] + [down(x) for x in (0, 50, 100)]
    assert find(monkeypatch, drawn) == [(2, 2, 4)]


def test_open_sides_and_ends_are_closed(monkeypatch):
    assert find(monkeypatch, [across(0), across(20), across(40), down(50)]) == [(2, 2, 4)]
    assert find(monkeypatch, [across(20), down(0), down(50), down(100)]) == [(2, 2, 4)]


def test_two_tables_that_do_not_touch_are_two(monkeypatch):
    first = [across(y) for y in (0, 20, 40)] + [down(50)]
    second = [across(y) for y in (60, 80, 100)] + [down(50, 60, 100)]
    assert find(monkeypatch, first + second) == [(2, 2, 4), (2, 2, 4)]


def test_a_frame_is_no_table(monkeypatch):
    assert find(monkeypatch, [across(0), across(40), down(0), down(100)]) == []


def test_rules_between_rows_make_columns_by_the_gaps_between_words(monkeypatch):
    drawn = [across(y) for y in (0, 20, 40)]
    header = [(10, 30, 5, 15), (60, 80, 5, 15)]
    figures = [(0, 40, 25, 35), (82, 95, 25, 35)]  # right of the header it belongs to
    assert find(monkeypatch, drawn, header + figures) == [(2, 2, 4)]


def test_rules_between_columns_make_rows_by_the_gaps_between_lines(monkeypatch):
    drawn = [down(x) for x in (0, 50, 100)]
    words = [(5, 30, 2, 12), (55, 80, 2, 12), (5, 30, 22, 32), (55, 80, 22, 32)]
    assert find(monkeypatch, drawn, words) == [(2, 2, 4)]


def test_two_lines_under_titles_are_no_table(monkeypatch):
    assert find(monkeypatch, [across(0), across(40)], [(0, 40, 5, 15)]) == []


@pytest.mark.parametrize(("y", "is_strike"), [(5, True), (10, False), (0, False)])
def test_a_line_through_the_middle_of_letters_strikes_them(y, is_strike):
    char = {"x0": 0, "x1": 10, "top": 0, "bottom": 10, "height": 10}
    line = {"x0": 0, "x1": 20, "top": y, "bottom": y}
    page = SimpleNamespace(chars=[char, char | {"x0": 10, "x1": 20}], edges=[line])
    assert bool(rules.list_strikes(page)) is is_strike


def test_a_long_line_that_cuts_one_letter_strikes_nothing():
    char = {"x0": 0, "x1": 10, "top": 0, "bottom": 10, "height": 10}
    line = {"x0": 0, "x1": 100, "top": 5, "bottom": 5}
    assert rules.list_strikes(SimpleNamespace(chars=[char], edges=[line])) == []


def write(**columns):
    """A page with the lines of each column, each by the height it stands at."""
    lefts = {"first": 0, "second": 10, "third": 20}
    words = [
        {"x0": lefts[name] + 1, "x1": lefts[name] + 9, "top": y, "bottom": y + 10, "text": text}
        for name, lines in columns.items()
        for y, text in lines.items()
    ]
    return SimpleNamespace(extract_words=lambda: words)


BOXES = tuple(Box(row, column, 1, 1) for row in (0, 1) for column in range(3))
TWO_ROWS = Ruled((0, 10, 20, 30), (0, 20, 120), BOXES)
FIGURES = {22: "1,200", 42: "▲3"}


def test_rows_without_a_rule_between_them_are_split_where_all_stand_in_lines():
    page = write(first={5: "No.", 22: "1", 42: "2"}, second=FIGURES, third=FIGURES)
    table = split_rows(TWO_ROWS, page)
    assert table.ys == (0, 20, 37, 120)
    assert sorted(table.boxes) == [Box(r, c, 1, 1) for r in range(3) for c in range(3)]


def test_rows_by_names_are_split_where_there_are_more_than_a_name_has_lines():
    many = dict.fromkeys((22, 42, 62, 82), "5")
    page = write(first=dict.fromkeys(many, "名"), second=many, third=many)
    assert len(split_rows(TWO_ROWS, page).ys) == 6


@pytest.mark.parametrize(
    "columns",
    [
        {"first": {32: "1"}, "second": FIGURES, "third": FIGURES},
        {"first": {22: "観光地域", 42: "推進事業"}, "second": FIGURES, "third": FIGURES},
        {"first": {22: "1", 42: "2"}, "second": {22: "人口", 42: "割合"}, "third": FIGURES},
    ],
)
def test_several_lines_of_one_name_or_without_figures_stay_one_row(columns):
    assert split_rows(TWO_ROWS, write(**columns)) == TWO_ROWS
