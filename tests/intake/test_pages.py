"""Tables of web pages: what is one, where its cells stand, and what is written around it."""

import pytest

from analysis.intake.pages import read_page

MENU = "<table><tr><td><a href='/'>ホーム</a></td><td><a href='/a'>市政</a></td></tr></table>"


def read(body, encoding="utf-8", head='<meta charset="utf-8">'):
    page = f"<!doctype html><html><head>{head}<title>指標 | X市</title></head><body>{body}</body>"
    return read_page(page.encode(encoding), "a.html")


def texts(grid):
    return {(cell.row, cell.column): cell.text for cell in grid.cells.values()}


def cell(content, attributes=""):
    (grid,) = read(f"<table><tr><td {attributes}>{content}</td><td>x</td></tr></table>")
    return grid.cells[0, 0]


def test_spans_put_cells_where_a_browser_does():
    (grid,) = read(
        "<table><thead><tr><th rowspan=2>指標<th colspan=2>平成30年度<tr><th>目標<th>実績"
        "<tbody><tr><td rowspan=0>面積<td>1<td>2<tr><td>3<td>4</table>"
    )
    assert texts(grid) == {
        **{(0, 0): "指標", (0, 1): "平成30年度", (1, 1): "目標", (1, 2): "実績"},
        **{(2, 0): "面積", (2, 1): "1", (2, 2): "2", (3, 1): "3", (3, 2): "4"},
    }
    spans = [(c.rows, c.columns) for c in grid.cells.values()]
    assert spans[:3] == [(2, 1), (1, 2), (1, 1)]
    assert grid.cells[2, 0].rows == 2
    assert grid.cells[3, 1].place == "table 1 row 4"


def test_a_foot_that_is_written_first_stands_last():
    (grid,) = read("<table><tfoot><tr><td>計<td>9</tfoot><tbody><tr><td>a<td>1</table>")
    assert texts(grid) == {(0, 0): "a", (0, 1): "1", (1, 0): "計", (1, 1): "9"}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("面積<br>（m<sup>2</sup>）", "面積\n（m2）"),
        ("\n  地域の\n  再生 ", "地域の 再生"),
        ("<p>①事業</p><p>目標 150人</p>", "①事業\n目標 150人"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<ruby>進捗<rp>(</rp><rt>しんちょく</rt><rp>)</rp></ruby>率", "進捗率"),
        ("1,200&nbsp;人<!-- note --><script>x</script>", "1,200 人"),
        ("<img src=x alt=◎>", "◎"),
        ('8<span style="display: none">9</span>', "8"),
    ],
)
def test_a_cell_is_read_as_a_browser_shows_it(content, text):
    assert cell(content).text == text


@pytest.mark.parametrize("attributes", ["hidden", 'style="display:none"'])
def test_what_is_not_shown_is_hidden(attributes):
    assert cell("9", attributes).hidden
    assert not cell("9").hidden
    (grid,) = read(f"<div {attributes}><table><tr><td>1<td>2</table></div>")
    assert grid.hidden
    (grid,) = read(f"<table><tr><td>1<tr {attributes}><td>2</table>")
    assert [c.hidden for c in grid.cells.values()] == [False, True]


def test_struck_text_is_no_part_of_the_text():
    whole, part = cell("<del>1,100</del>"), cell("<s>1,100</s> 1,150")
    assert (whole.text, whole.struck, whole.comment) == ("1,100", True, "")
    assert (part.text, part.struck, part.comment) == ("1,150", False, "~~1,100~~")
    assert cell("5", 'style="text-decoration: line-through"').struck


def test_menus_and_tables_that_only_arrange_are_left_aside_but_counted():
    inner = "<table><tr><td>1<td>2</table>"
    grids = read(f"{MENU}<table><tr><td>{MENU}<td>{inner}</table><nav>{inner}</nav>")
    assert [(grid.name, len(grid.cells)) for grid in grids] == [("4", 2)]


def test_a_table_of_links_with_figures_is_no_menu():
    (grid,) = read("<table><tr><td><a href=x>令和元年度</a><td><a href=y>R2</a></table>")
    assert len(grid.cells) == 2
    (grid,) = read("<table><tr><td><a href=x>評価表1</a></table>")
    assert len(grid.cells) == 1


def test_headings_and_lines_stand_around_the_table_in_reading_order():
    first, last = read(
        "<ul><li><a href=/>ホーム</a></ul><h1>総合戦略</h1><h2>目標1</h2><p>単位：<b>千円</b></p>"
        "<table><caption>表1</caption><tr><td>1</table><p>いずれも計画値</p>"
        "<h2>目標2</h2><table><tr><td>2</table>※注<footer>令和元年10月1日</footer>"
    )
    assert first.before == ("指標 | X市", "総合戦略", "目標1", "単位：千円", "表1")
    assert first.after == ("いずれも計画値",)
    assert last.before == ("指標 | X市", "総合戦略", "目標2")
    assert last.after == ("※注", "令和元年10月1日")


def test_lines_between_two_tables_without_a_heading_stand_with_both():
    first, last = read("<table><tr><td>1</table>（単位：千円）<table><tr><td>2</table>")
    assert first.after == ("（単位：千円）",)
    assert last.before == ("指標 | X市", "（単位：千円）")


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("cp932", '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">'),
        ("euc_jis_2004", '<meta charset="euc-jp">'),
        ("iso2022_jp_2004", '<meta charset="iso-2022-jp">'),
        ("cp932", '<meta charset="iso-8859-1">'),
        ("cp932", '<meta charset="utf-8">'),
        ("cp932", ""),
        ("utf-8-sig", ""),
    ],
)
def test_a_page_is_read_in_its_encoding_whatever_it_says(encoding, head):
    (grid,) = read("<table><tr><td>高い①<td>2</table>", encoding, head)
    assert grid.cells[0, 0].text == "高い①"


def test_a_page_without_tables_is_its_lines():
    (grid,) = read("<h1>評価</h1><p>準備中</p>")
    assert (grid.cells, grid.before) == ({}, ("指標 | X市", "評価", "準備中"))
