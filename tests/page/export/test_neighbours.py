"""How a page shows where it leads."""

import pytest

from analysis.page.export.neighbours import (
    Neighbours,
    link_names,
    link_terms,
    mark_japanese,
    show_above,
    show_beside,
)
from analysis.wording.labels import LANGUAGES, WORDING, labels

INDEX = ("すべての報告", "../../index.html")


def test_the_way_from_the_index_ends_with_the_page_itself():
    html = show_above(Neighbours("面接会<b>", (INDEX, ("つくば市", "../government.html"))))
    assert html.index("../../index.html") < html.index("../government.html")
    assert '<span aria-current="page">面接会&lt;b&gt;</span>' in html


def test_a_page_among_no_others_leads_nowhere():
    assert show_above(Neighbours()) == show_beside(Neighbours()) == ""


def test_places_are_quoted_and_what_is_not_named_is_counted():
    html = show_beside(Neighbours(below=(("事業", "a b/事業.html"),), more=1_234))
    assert 'href="a%20b/%E4%BA%8B%E6%A5%AD.html"' in html
    assert "ほか1,234件" in html
    assert "前後の年度" not in html


def test_row_headers_that_name_a_part_lead_to_it():
    places = Neighbours(below=(("面接会", "a/program.html"), ("A & B", "b/program.html")))
    shown = link_names(['<th scope="row">面接会</th><td>面接会</td>', "<p>面接会</p>"], places)
    assert shown == [
        '<th scope="row"><a href="a/program.html">面接会</a></th><td>面接会</td>',
        "<p>面接会</p>",
    ]
    assert link_names(['<th scope="row">A &amp; B</th>'], places) == [
        '<th scope="row"><a href="b/program.html">A &amp; B</a></th>'
    ]


def test_a_name_that_two_parts_bear_leads_to_neither():
    places = Neighbours(below=(("面接会", "a/program.html"), ("面接会", "b/program.html")))
    header = ['<th scope="row">面接会</th>']
    assert link_names(header, places) == header == link_names(header, Neighbours())


def test_the_first_use_of_a_term_in_prose_leads_to_its_explanation():
    places = Neighbours(reading=("報告の読み方", "../reading.html"))
    pieces = [
        "<h2>達成率</h2><td>達成率</td>",
        '<p>目標達成率、<a href="a.html">達成率</a>。<b title="達成率">達成率</b>は達成率</p>',
        "<p>達成率と執行率</p>",
        "<p>進捗率</p><script>進捗率</script>",
    ]
    linked = link_terms(pieces, places)
    assert linked[0] == pieces[0]
    assert linked[1] == (
        '<p>目標達成率、<a href="a.html">達成率</a>。<b title="達成率">'
        '<a class="term" href="../reading.html#達成率">達成率</a></b>は達成率</p>'
    )
    assert linked[2] == (
        '<p>達成率と<a class="term" href="../reading.html#執行率・不用額">執行率</a></p>'
    )
    assert linked[3] == pieces[3]
    assert link_terms(pieces, Neighbours()) == pieces


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_term_is_explained_under_its_heading(language):
    text = (WORDING / language / "reading.md").read_text(encoding="utf-8")
    headings = [line.removeprefix("### ") for line in text.splitlines() if line.startswith("### ")]
    told = labels("term_headings", language)
    assert set(told.values()) <= set(headings)
    assert told.keys() == labels("terms", language).keys()


def test_japanese_names_in_a_page_of_another_language_are_marked():
    pieces = ['<h1>Did 面接会 reach it?</h1><td title="件">148 件</td>', "<script>'件'</script>"]
    assert mark_japanese(pieces) == [
        '<h1>Did <span lang="ja">面接会</span> reach it?</h1>'
        '<td title="件">148 <span lang="ja">件</span></td>',
        "<script>'件'</script>",
    ]


def test_a_name_with_digits_and_signs_is_one_name():
    [shown] = mark_japanese(["<p>“資料１－３”, ④-4 and 「平成30年度」</p>"])
    assert '“<span lang="ja">資料１－３</span>”' in shown
    assert '<span lang="ja">平成30年度」</span>' in shown
