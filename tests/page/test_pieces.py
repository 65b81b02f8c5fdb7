"""Pieces of a report as HTML: whatever a publication prints comes out as text, never as markup."""

import pandas as pd
import pytest
from markup import HOSTILE, Page, classes

from analysis import (
    section_about,
    show_formulas,
    show_list,
    show_text,
    show_tiles,
    show_title,
)
from analysis.page.pieces import IN_JUPYTERLAB, show_absent
from analysis.page.tables import write_table

# Nothing that comes from data is markup


@pytest.mark.parametrize("name", HOSTILE)
def test_sentences_titles_and_lists_show_any_name_as_text(name):
    assert Page(show_text(name)).tags == [{"tag": "p", "text": name}]
    assert Page(show_list([name, "b"])).texts("li") == [name, "b"]
    assert Page(show_absent(name)).texts("p") == [name]
    page = Page(show_title(name, name))
    assert page.names == {"header", "p", "h1"}
    assert page.texts("p") == page.texts("h1") == [name]


@pytest.mark.parametrize("name", HOSTILE)
def test_tiles_show_any_name_as_text(name):
    tiles = pd.DataFrame({"label": [name], "value": [name], "note": [name]})
    page = Page(show_tiles(tiles))
    assert page.names == {"dl", "div", "dt", "dd", "b", "span"}
    assert page.texts("dt") == page.texts("b") == page.texts("span") == [name]


def test_a_title_is_the_only_h1_under_where_and_when():
    page = Page(show_title("つくば市・平成30年度", "合同就職面接会は目標に届いたか"))
    assert page.texts("h1") == ["合同就職面接会は目標に届いたか"]
    assert [classes(p) for p in page.all("p")] == [["where"]]


def test_sentences_become_one_paragraph_and_a_lead_is_marked():
    assert Page(show_text("一。", "二。")).tags == [{"tag": "p", "text": "一。二。"}]
    assert classes(Page(show_text("一。", lead=True)).all("p")[0]) == ["lead"]


@pytest.mark.parametrize("sentences", [[], [""], ["", ""]])
def test_no_sentence_makes_no_paragraph(sentences):
    piece = show_text(*sentences)
    assert (piece.html, piece.text) == ("", "")


def test_no_item_makes_no_list():
    assert show_list([]).html == ""


def test_an_amount_wider_than_a_tile_is_written_smaller_on_one_line():
    tiles = pd.DataFrame(
        {"label": ["決算額"] * 2, "value": ["135,200,200,000", "540,000"], "note": ["円"] * 2}
    )
    html = show_tiles(tiles).html
    assert '<b class="long">135,200,200,000</b>' in html
    assert "<b>540,000</b>" in html


def test_tiles_pair_each_label_with_its_value_and_what_it_is_measured_against():
    tiles = pd.DataFrame(
        {"label": ["目標に到達", "総予算額"], "value": ["5 / 7", "540,000"], "note": ["指標", "円"]}
    )
    page = Page(show_tiles(tiles))
    assert page.texts("dt") == ["目標に到達", "総予算額"]
    assert page.texts("b") == ["5 / 7", "540,000"]
    assert page.texts("span") == ["指標", "円"]
    assert show_tiles(tiles).text == "目標に到達: 5 / 7 指標\n総予算額: 540,000 円"


def test_an_absent_figure_leaves_its_reason_or_nothing():
    [reason] = Page(show_absent("目標の記載がないため図はありません")).all("p")
    assert classes(reason) == ["absent"]
    assert reason["text"] == "目標の記載がないため図はありません"
    assert show_absent("").html == ""


def test_a_piece_gives_a_notebook_its_html_and_the_same_in_words():
    piece = show_text("一。")
    data, about = piece._repr_mimebundle_()
    assert data == {"text/html": "<p>一。</p>", "text/plain": "一。"}
    assert about == {"text/html": {"sosei": True}}  # which lets a page take it as it is
    assert repr(piece) == "一。"


def test_a_table_sets_its_texts_to_the_left_in_jupyterlab_and_leaves_that_to_the_page_of_a_report(
    monkeypatch,
):
    monkeypatch.delenv("SOSEI_REPORT", raising=False)
    table = write_table(pd.DataFrame({"指標": ["a"]}), "表")
    assert table._repr_mimebundle_()[0]["text/html"] == IN_JUPYTERLAB + table.html
    monkeypatch.setenv("SOSEI_REPORT", "program")
    assert table._repr_mimebundle_()[0]["text/html"] == table.html


def test_a_letter_in_a_list_keeps_its_line_breaks():
    shown = show_list(["御中\n・『計画』：<目標>"])
    assert shown.html == "<ul><li>御中<br>・『計画』：&lt;目標&gt;</li></ul>"


def test_formulas_are_named_and_those_asked_for_alone():
    page = Page(show_formulas())
    assert page.texts("strong") == ["達成率", "進捗率", "期待値比", "最終目標比", "成長率比"]
    assert page.texts("p")[0] == "達成率 ＝ 実績 ÷ 目標"
    assert Page(show_formulas("final_rate")).texts("p") == ["最終目標比 ＝ 実績 ÷ 最終目標"]


def test_a_section_about_tables_without_a_row_says_so_to_the_page_and_in_jupyterlab():
    empty, full = pd.DataFrame({"a": []}), pd.DataFrame({"a": [1]})
    data, about = section_about(empty, empty)._repr_mimebundle_()
    assert about == {"text/html": {"sosei": True, "about_nothing": True}}
    assert "載りません" in data["text/plain"]
    for tables in ([full], [empty, full]):
        assert section_about(*tables)._repr_mimebundle_()[1] == {"text/html": {"sosei": True}}
