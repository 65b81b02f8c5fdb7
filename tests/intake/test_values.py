"""One cell under a known header: figures, marks, dashes, money and rates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.values import (
    as_ratio,
    as_yen,
    is_bare,
    is_dash,
    is_repeated,
    plain_digits,
    read_figure,
    show,
)

LEGEND = {"p": "preliminary", "推": "estimated", "#": "estimated", "r": ""}


def read(text, **said):
    return read_figure(text, LEGEND, "令和", **said)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("1,234", "1234", ""),
        ("１２．５％", "12.5", "%"),
        ("▲12", "-12", ""),
        ("△4.3", "-4.3", ""),
        ("300件", "300", "件"),
        ("0", "0", ""),
        ("18.0", "18", ""),
        ("3,437百万円", "3437", "百万円"),
    ],
)
def test_a_printed_figure_is_a_number_and_its_unit(text, number, unit):
    figure = read(text)
    assert (figure.number, figure.unit, figure.status, figure.problem) == (number, unit, "", "")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("18 p", "preliminary"),
        ("推 4,600", "estimated"),
        ("4,600#", "estimated"),
        ("4,600 r", ""),
        ("4,600（速報値）", "preliminary"),
    ],
)
def test_a_mark_beside_a_figure_is_its_status(text, status):
    figure = read(text)
    assert figure.number in ("18", "4600")
    assert figure.status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("集計中", "pending"),
        ("調査中", "pending"),
        ("未公表", "unpublished"),
        ("-", "not_set"),
        ("－", "not_set"),
        ("調査なし", "not_surveyed"),
        ("推 -", "not_set"),
    ],
)
def test_words_in_place_of_a_figure_say_why_there_is_none(text, status):
    figure = read(text)
    assert (figure.number, figure.status, figure.problem) == ("", status, "")


@pytest.mark.parametrize(
    ("text", "number", "bound", "upper"),
    [
        ("15店以下", "15", "at_most", ""),
        ("90％以上", "90", "at_least", ""),
        ("100超", "100", "above", ""),
        ("約50", "50", "about", ""),
        ("30～50", "30", "range", "50"),
    ],
)
def test_a_figure_in_words_keeps_how_it_is_meant(text, number, bound, upper):
    figure = read(text)
    assert (figure.number, figure.bound, figure.upper) == (number, bound, upper)


def test_a_figure_may_name_its_own_year():
    assert (read("86.1（H25年度）").number, read("86.1（H25年度）").year) == ("86.1", 2013)
    assert read("3,437百万円（平成20年度）").yen == 3_437_000_000


@pytest.mark.parametrize("text", ["200・4,000", "30・40・50", "増加傾向", "1.2.3", "12/15"])
def test_what_may_be_several_figures_or_none_is_a_problem_and_no_number(text):
    figure = read(text)
    assert figure.problem
    assert figure.number == ""


def test_a_second_figure_in_brackets_is_left_only_where_the_paper_explains_it():
    assert read("4\n(21)").problem == "two_figures"
    assert read("4\n(21)", first=True).number == "4"


def test_a_figure_is_bare_when_the_table_can_hold_it_as_it_is_printed():
    assert all(map(is_bare, ["0", "1,234", "-12", "12.50", "１２３"]))
    assert not any(map(is_bare, ["012", "12%", "約12", "12,34", "", "▲12"]))


def test_dashes_of_any_kind_are_dashes():
    assert all(map(is_dash, ["-", "－", "―", "ー", "－－", " - "]))
    assert not any(map(is_dash, ["", "-1", "なし"]))


def test_a_sign_of_repetition_stands_for_what_is_above():
    assert all(map(is_repeated, ["〃", "同上", "″", " 〃 "]))
    assert not is_repeated("同じ")


@pytest.mark.parametrize(
    ("text", "unit", "yen"),
    [
        ("3,780", "千円", (3_780_000, "")),
        ("1.5", "百万円", (1_500_000, "")),
        ("924,800円", "千円", (924_800, "")),
        ("12", "円", (12, "")),
        ("0.0001", "千円", (None, "not_whole_yen")),
        ("0.199999999997", "百万円", (200_000, "")),  # 97499.4 - 97499.2 by a computer
        ("6745.95986567", "百万円", (None, "not_whole_yen")),
        ("12", "", (None, "no_unit")),
        ("12", "人", (None, "not_money")),
        ("12人", "", (None, "not_money")),
    ],
)
def test_an_amount_is_whole_yen_in_its_own_unit_or_that_of_the_paper(text, unit, yen):
    assert as_yen(read(text), unit) == yen


@pytest.mark.parametrize(
    ("number", "ratio"), [("74", "0.74"), ("109.5", "1.095"), ("0.1", "0.001"), ("-3", "-0.03")]
)
def test_a_rate_in_percent_is_a_ratio(number, ratio):
    assert as_ratio(number) == ratio


def test_the_digits_of_a_rate_are_kept_with_their_zeros():
    assert [plain_digits(t) for t in ("109.50％", "120.0", "▲3.5%", "1,020.0%", "-")] == [
        "109.50",
        "120.0",
        "-3.5",
        "1020.0",
        "",
    ]


def test_whole_numbers_are_written_without_a_point():
    assert [show(n) for n in (None, 3.0, 0.1 + 0.2, -0.5)] == ["", "3", "0.3", "-0.5"]


@given(st.integers(-(10**12), 10**12))
def test_a_number_printed_with_commas_is_the_same_number(number):
    assert read(f"{number:,}").number == str(number)
