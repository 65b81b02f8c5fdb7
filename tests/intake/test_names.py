"""Names as printed: marks and units taken off, and prints of one name told to be one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.names import make_id, same_name, strip_marks, take_beside, take_unit


@pytest.mark.parametrize(
    ("printed", "name", "unit"),
    [
        ("面積（ha）※", "面積", "ha"),
        ("来場者数（千人）", "来場者数", "千人"),
        ("満足度【％】", "満足度", "％"),
        ("相談件数（単位：件）", "相談件数", "件"),
        ("創業件数（累計）", "創業件数（累計）", ""),
        (
            "地域共創プラットフォーム（会議等）の開催回数",
            "地域共創プラットフォーム（会議等）の開催回数",
            "",
        ),
        ("面積※１（ha）", "面積", "ha"),
        ("協働件数", "協働件数", ""),
    ],
)
def test_a_unit_behind_a_name_is_taken_off_and_other_brackets_stay(printed, name, unit):
    assert take_unit(printed) == (name, unit)


def test_marks_of_notes_behind_a_name_are_taken_off():
    assert strip_marks("来場者数※１") == "来場者数"
    assert strip_marks("来場者数 *2") == "来場者数"
    assert strip_marks("来場者数 注1") == "来場者数"
    assert strip_marks("指標2") == "指標2"


def test_the_office_in_brackets_is_taken_from_a_program():
    assert take_beside("若者支援事業【保健福祉部】") == ("若者支援事業", "保健福祉部")
    assert take_beside("若者支援事業") == ("若者支援事業", "")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("地域・民間企業　ＮＰＯ等の 協働", "地域･民間企業NPO等の協働"),
        ("「住みたい」割合", "住みたい割合"),
        ("来場者数※", "来場者数"),
        ("ｅスポーツ事業", "Ｅスポーツ事業"),
        ("ふるさと－納税", "ふるさと納税"),
        ("6市（青森市）", "６市(青森市)"),
    ],
)
def test_prints_of_one_name_have_one_id(left, right):
    assert same_name(left) == same_name(right)
    assert make_id("k", left) == make_id("k", right)


@pytest.mark.parametrize(
    ("left", "right"), [("指標1", "指標2"), ("創業件数", "創業件数（累計）"), ("男性", "女性")]
)
def test_other_names_have_other_ids(left, right):
    assert make_id("k", left) != make_id("k", right)


def test_an_id_is_the_one_it_has_always_been():
    """Ids stand in folders that people keep: another digest would begin each of them anew."""
    assert make_id("p", "合同就職面接会") == "p_3c0f0e4fb6"


@given(st.text(min_size=1))
def test_whatever_a_name_is_its_id_is_a_slug(name):
    assert make_id("p", name).isascii()
    assert make_id("p", name).replace("_", "").isalnum()
