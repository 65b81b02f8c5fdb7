"""Pieces put together: sentences and tables as they are, in their order."""

import pytest
from markup import HOSTILE, Page

from analysis import show, show_details, show_list, show_text
from analysis.wording.tables import label_table

TABLE = label_table("progress", {"kpi": ["来場者数"]})


@pytest.mark.parametrize("name", HOSTILE)
def test_a_fold_shows_any_summary_as_text(name):
    page = Page(show_details(name, show_text("a")))
    assert page.names == {"details", "summary", "p"}
    assert page.texts("summary") == [name]


def test_a_fold_holds_its_parts_in_their_order():
    piece = show_details("出典", show_text("一。"), show_list(["二"]))
    page = Page(piece)
    assert page.tags[0]["tag"] == "details"
    assert [t["tag"] for t in page.tags] == ["details", "summary", "p", "ul", "li"]
    assert page.tags[0]["text"] == "出典一。二"
    assert piece.text == "出典\n一。\n- 二"


def test_a_text_and_a_table_of_a_question_need_no_wrapping(report):
    page = Page(show("一。", TABLE))
    assert [page.tags[0]["tag"], page.tags[1]["tag"]] == ["p", "div"]
    assert page.texts("caption") == ["表　指標ごとの目標・実績・率 数値（CSV）"]
    assert (report / "tables" / "program_progress.csv").exists()
    fold = Page(show_details("出典", "一。", show_list(["二"])))
    assert fold.tags[0]["text"] == "出典一。二"


def test_a_fold_about_nothing_is_none(report):
    assert show_details("出典", "", TABLE.iloc[:0]).html == ""
    assert show("", TABLE.iloc[:0]).html == ""
