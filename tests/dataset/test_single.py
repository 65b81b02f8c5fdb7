"""One figure with the words of status, bound and note at its ends."""

import pytest

from analysis import DataError
from analysis.dataset.single import agree_on_status, join_notes, read_single


@pytest.mark.parametrize(
    ("text", "number", "unit", "status", "bound"),
    [
        ("4701人", 4701, "人", "final", "exact"),
        ("推計4600人", 4600, "人", "estimated", "exact"),
        ("120件 速報値", 120, "件", "preliminary", "exact"),
        ("約120件", 120, "件", "final", "about"),
        ("30人以上", 30, "人", "final", "at_least"),
        ("100余人", 100, "人", "final", "about"),
        ("三社", 3, "社", "final", "exact"),
        ("ゼロ件", 0, "件", "final", "exact"),
    ],
)
def test_words_at_its_ends_are_read_off_a_figure(text, number, unit, status, bound):
    value = read_single(text)
    assert (value.number, value.unit, value.status, value.bound) == (number, unit, status, bound)
    assert value.printed == text


def test_digits_that_a_pdf_has_split_are_joined():
    assert read_single("10, 010人").number == 10_010
    assert read_single("73・5%").number == 73.5


def test_a_range_has_two_ends_in_one_unit_that_rise():
    value = read_single("100〜200万円")
    assert (value.number, value.upper, value.unit, value.bound) == (100, 200, "万円", "range")
    assert read_single("100人以上200人未満").note == "以上 未満"
    with pytest.raises(DataError, match="does not rise"):
        read_single("890〜696人")
    with pytest.raises(DataError, match="two units"):
        read_single("5人〜10%")


def test_what_is_counted_is_kept_as_a_note():
    assert read_single("延べ1,200人").note == "延べ"


def test_a_figure_has_one_bound_and_one_status():
    with pytest.raises(DataError, match="two bounds"):
        read_single("約30人以上")
    with pytest.raises(DataError, match="both preliminary and planned"):
        agree_on_status("preliminary", "planned")
    assert agree_on_status("final", "planned") == agree_on_status("planned", "final") == "planned"


def test_what_holds_no_figure_is_none():
    assert read_single("集計中") is None


def test_notes_stand_behind_one_another():
    assert (join_notes("", "延べ"), join_notes("延べ", "※")) == ("延べ", "延べ ※")
