"""Pieces of a report as HTML: whatever a publication prints comes out as text, never as markup."""

from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import (
    show_details,
    show_list,
    show_section,
    show_table,
    show_text,
    show_tiles,
    show_title,
)
from analysis.page.show import show_absent, show_figure

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a&b", "'\"", "&lt;"]
VOID = {"img", "source"}


class Page(HTMLParser):
    """The tags of a piece with their attributes, and the text inside each."""

    def __init__(self, piece):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(piece.html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append({"tag": tag, "text": "", **dict(attrs)})
        if tag not in VOID:
            self.open.append(len(self.tags) - 1)

    def handle_endtag(self, tag):
        assert self.tags[self.open.pop()]["tag"] == tag

    def handle_data(self, data):
        for number in self.open:
            self.tags[number]["text"] += data

    def all(self, tag):
        return [found for found in self.tags if found["tag"] == tag]

    def texts(self, tag):
        return [found["text"] for found in self.all(tag)]

    @property
    def names(self):
        return {found["tag"] for found in self.tags}


def classes(tag):
    return tag.get("class", "").split()


# Nothing that comes from data is markup


@pytest.mark.parametrize("name", HOSTILE)
def test_a_table_shows_any_name_as_text(name):
    page = Page(show_table(pd.DataFrame({"指標": [name], "実績": ["148件"]}), "表"))
    assert page.names <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert page.texts("th") == ["指標", "実績", name]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_table_shows_any_header_and_caption_as_text(name):
    page = Page(show_table(pd.DataFrame({name: ["a"], "実績": ["148件"]}), name))
    assert page.names <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert page.texts("th")[0] == name
    assert page.texts("caption") == [name]
    assert page.all("div")[0]["aria-label"] == name
    assert "onerror" not in page.all("div")[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_state_shows_any_reason_as_text(name):
    table = pd.DataFrame({"指標": ["a"], "結論": [f"？ 判定できない（{name}）"]})
    page = Page(show_table(table, "表"))
    assert page.names <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "span"}
    assert page.texts("td") == [f"？ 判定できない（{name}）"]


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


@pytest.mark.parametrize("name", HOSTILE)
def test_a_figure_shows_any_alternative_text_and_caption_as_text(name):
    page = Page(show_figure(b"wide", b"narrow", name, name))
    assert page.names == {"figure", "picture", "source", "img", "figcaption"}
    [image] = page.all("img")
    assert image["alt"] == name
    assert set(image) == {"tag", "text", "src", "alt"}
    assert page.texts("figcaption") == [name]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_fold_shows_any_summary_as_text(name):
    page = Page(show_details(name, show_text("a")))
    assert page.names == {"details", "summary", "p"}
    assert page.texts("summary") == [name]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_comes_back_out_of_a_cell_as_it_went_in(text):
    page = Page(show_table(pd.DataFrame({"指標": [text], "値": [text]}), "表"))
    assert page.texts("th")[2] == text
    assert page.texts("td") == [text]


# Tables


PROGRESS = pd.DataFrame(
    {
        "指標": ["相談件数", "転入者数", "満足度", "催しの数"],
        "実績": ["148件", "4,600人", "—", "2回"],
        "率": ["▲73.3％", "93.1％", "—", "100.0％"],
        "費用": ["3,780,000", "—", "2,160,000～8,640,000", "540,000円"],
        "扱い": ["速報値", "推計値", "集計中", "速報値"],
        "結論": ["◆ 未達（従前値より悪い）", "◇ 推計で未達", "？ 判定できない（集計中）", "● 到達"],
    }
)


def body_of(page):
    width = len(PROGRESS.columns)
    cells = [t for t in page.tags if t["tag"] in ("th", "td")][width:]
    return [dict(zip(PROGRESS, cells[n : n + width], strict=True)) for n in range(0, 24, width)]


def test_a_table_names_its_columns_and_its_rows_for_a_screen_reader():
    page = Page(show_table(PROGRESS, "表"))
    heads = page.all("th")
    assert [h["scope"] for h in heads] == ["col"] * 6 + ["row"] * 4
    assert [h["text"] for h in heads] == [*PROGRESS, *PROGRESS["指標"]]


def test_a_table_has_one_caption_and_scrolls_in_a_box_that_the_keyboard_reaches():
    page = Page(show_table(PROGRESS, "表　指標"))
    assert page.texts("caption") == ["表　指標"]
    [box] = page.all("div")
    assert classes(box) == ["scroll"]
    assert (box["role"], box["tabindex"], box["aria-label"]) == ("region", "0", "表　指標")


def test_every_cell_of_a_table_is_shown_in_its_row():
    page = Page(show_table(PROGRESS, "表"))
    shown = [{name: cell["text"] for name, cell in row.items()} for row in body_of(page)]
    assert shown == PROGRESS.to_dict("records")


def test_figures_stand_at_the_right_and_words_at_the_left():
    page = Page(show_table(PROGRESS, "表"))
    for row in body_of(page):
        at_right = {name for name, cell in row.items() if "figure" in classes(cell)}
        assert at_right == {"実績", "率", "費用"}
    assert [h["text"] for h in page.all("th") if "figure" in classes(h)] == ["実績", "率", "費用"]


def test_a_column_of_dashes_alone_is_not_one_of_figures():
    page = Page(show_table(pd.DataFrame({"指標": ["a"], "率": ["—"]}), "表"))
    assert not [t for t in page.tags if "figure" in classes(t)]


def test_one_cell_of_words_makes_a_column_one_of_words():
    table = pd.DataFrame({"指標": ["a", "b"], "値": ["148件", "集計中"]})
    assert not [t for t in Page(show_table(table, "表")).tags if "figure" in classes(t)]


def test_years_and_places_are_words():
    table = pd.DataFrame({"指標": ["a"], "年度": ["H30"], "場所": ["④-4"]})
    assert not [t for t in Page(show_table(table, "表")).tags if "figure" in classes(t)]


def test_names_of_rows_that_begin_with_a_number_are_words():
    table = pd.DataFrame({"指標": ["3歳児健診受診率", "65歳以上の就業者"], "値": ["9人", "8人"]})
    page = Page(show_table(table, "表"))
    assert [t["text"] for t in page.tags if "figure" in classes(t)] == ["値", "9人", "8人"]


@pytest.mark.parametrize(
    ("state", "word", "kind"),
    [
        ("● 到達", "● 到達", "reached"),
        ("● 到達（最終年度はR2）", "● 到達", "reached"),
        ("◆ 未達（従前値より悪い）", "◆ 未達", "missed"),
        ("○ 推計で到達", "○ 推計で到達", "estimated"),
        ("◇ 推計で未達", "◇ 推計で未達", "estimated"),
        ("？ 判定できない（実績は集計中）", "？ 判定できない", "unknown"),
    ],
)
def test_a_state_is_a_chip_and_its_remark_stands_beside_it(state, word, kind):
    page = Page(show_table(pd.DataFrame({"指標": ["a"], "結論": [state]}), "表"))
    [chip] = page.all("span")
    assert classes(chip) == ["chip", kind]
    assert chip["text"] == word
    assert page.texts("td") == [state]


def test_a_mark_that_is_part_of_a_name_is_no_chip():
    table = pd.DataFrame({"指標": ["●印の商品"], "値": ["？"]})
    assert not Page(show_table(table, "表")).all("span")


@pytest.mark.parametrize("columns", [["指標", "実績"], []])
def test_a_table_without_rows_shows_nothing(columns):
    piece = show_table(pd.DataFrame(columns=columns), "表")
    assert (piece.html, piece.text) == ("", "")


def test_a_table_in_plain_text_has_its_caption_and_its_cells():
    lines = show_table(PROGRESS, "表　指標").text.splitlines()
    assert lines[0] == "表　指標"
    assert "相談件数" in lines[2]
    assert "▲73.3％" in lines[2]


# The other pieces


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


def test_tiles_pair_each_label_with_its_value_and_what_it_is_measured_against():
    tiles = pd.DataFrame(
        {"label": ["目標に到達", "総予算額"], "value": ["5 / 7", "540,000"], "note": ["指標", "円"]}
    )
    page = Page(show_tiles(tiles))
    assert page.texts("dt") == ["目標に到達", "総予算額"]
    assert page.texts("b") == ["5 / 7", "540,000"]
    assert page.texts("span") == ["指標", "円"]
    assert show_tiles(tiles).text == "目標に到達: 5 / 7 指標\n総予算額: 540,000 円"


def test_a_fold_holds_its_parts_in_their_order():
    piece = show_details("出典", show_text("一。"), show_list(["二"]))
    page = Page(piece)
    assert page.tags[0]["tag"] == "details"
    assert [t["tag"] for t in page.tags] == ["details", "summary", "p", "ul", "li"]
    assert page.tags[0]["text"] == "出典一。二"
    assert piece.text == "出典\n一。\n- 二"


def test_a_figure_has_a_narrow_variant_an_alternative_text_and_a_caption():
    page = Page(show_figure(b"wide", b"narrow", "従前値170件", "図1"))
    [source], [image] = page.all("source"), page.all("img")
    assert [t["tag"] for t in page.tags[:4]] == ["figure", "picture", "source", "img"]
    assert source["media"] == "(max-width: 640px)"
    assert source["srcset"] == "data:image/png;base64,bmFycm93"  # "narrow" in base64
    assert image["src"] == "data:image/png;base64,d2lkZQ=="  # "wide"
    assert image["alt"] == "従前値170件"
    assert page.texts("figcaption") == ["図1"]


def test_a_figure_without_a_narrow_variant_has_no_source():
    page = Page(show_figure(b"wide", None, "従前値170件", "図1"))
    assert not page.all("source")
    assert len(page.all("picture")) == 1


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


def test_a_section_has_its_heading_escaped_and_vanishes_with_what_it_is_about():
    about = pd.DataFrame({"a": [1]})
    section = show_section("<融資>の枠", about, show_text("一。"), show_text("二。"))
    assert section.html == "<h2>&lt;融資&gt;の枠</h2>\n<p>一。</p>\n<p>二。</p>"
    assert section.text == "<融資>の枠\n\n一。\n\n二。"
    assert show_section("融資の枠", about.iloc[:0], show_text("一。")).html == ""


def test_a_letter_in_a_list_keeps_its_line_breaks():
    shown = show_list(["御中\n・『計画』：<目標>"])
    assert shown.html == "<ul><li>御中<br>・『計画』：&lt;目標&gt;</li></ul>"
