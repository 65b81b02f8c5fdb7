"""The page of what became of published files."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from grids import grid_of
from windows import assert_accessible_and_fits

from analysis.intake.context import Context
from analysis.intake.facts import DOUBT, LEFT_OUT, PROBLEM, Fact
from analysis.intake.grid import Cell, Grid
from analysis.intake.page import MOST_SPOTS, find_issues, make_page, write_page
from analysis.intake.publication import Publication, read_publication

ROWS = (
    ("令和2年度 実績一覧",),
    ("事業名", "指標", "目標値", "実績値", "決算額", "符牒"),
    ("就職面接会", "相談件数（件）", "200", "148", "3,780,000", "7"),
    ("移住相談", "相談者数（人）", "30・40・50", "16", "924,800", "8"),
)


@pytest.fixture(scope="module")
def publication():
    return read_publication("a.xlsx", [grid_of(ROWS)])


@pytest.fixture(scope="module")
def page(publication):
    return make_page([publication])


def cell_of(page, address):
    return re.search(rf'<td id="f1-s1-{address}".*?</td>', page)[0]


def made(*facts, grid=None):
    return make_page([Publication("a.xlsx", [grid or grid_of(ROWS)], [], list(facts))])


def test_a_read_cell_shows_what_it_became(page):
    cell = cell_of(page, "C3")
    assert 'class="read"' in cell
    assert "<bdi>200</bdi>" in cell
    assert "●</i> 目標 R2 = 200件" in cell
    assert 'title="就職面接会 ／ 相談件数"' in cell


def test_headers_are_tinted_without_a_mark_and_every_place_has_its_number_and_letter(page):
    assert 'class="label"><bdi>目標値</bdi></td>' in page
    assert '<th scope="col">F</th>' in page
    assert '<th scope="row">4</th>' in page


def test_a_problem_is_listed_and_its_cell_and_it_lead_to_each_other(page):
    cell = cell_of(page, "C4")
    assert 'class="problem"' in cell
    number = re.search(r'<a href="#(f1-i(\d+))"', cell)
    assert f"✕{number[2]}</a>" in cell
    item = re.search(rf'<li id="{number[1]}".*?</ul>', page, re.DOTALL)[0]
    assert '<a href="#f1-s1-C4">指標!C4</a> <q>30・40・50</q>' in item
    assert "移住相談 ／ 相談者数" in item


def test_the_counts_are_those_of_the_facts(publication, page):
    said = re.findall(r'<div class="(\w+)(?: none)?"><dt>.*?<b>([\d,]+)</b>', page)
    counted = Counter(fact.outcome for fact in publication.facts)
    assert dict(said) == {outcome: str(counted[outcome]) for outcome, _ in said}
    assert len(said) == 4


def test_what_holds_for_the_whole_file_is_said_or_said_to_be_missing(page):
    assert "<dt>実績の年度</dt><dd>令和2年度</dd>" in page
    assert "<dt>公表者</dt><dd>この資料からは読み取れません</dd>" in page


def test_nothing_of_a_file_is_markup():
    bad = "<script>alert(1)</script>\"'&\u202e\x1b[31m"
    grid = grid_of(((bad, "1"),), name=bad, before=(bad,), after=(bad,))
    place = grid.cells[0, 0].place
    fact = Fact(place, bad, "kpis", bad, bad, 2018, bad, bad, PROBLEM, bad, bad)
    page = make_page([Publication(bad, [grid], [], [fact, Fact("x", bad, outcome=DOUBT)])] * 2)
    assert "<script" not in page
    assert not {"\u202e", "\x1b"} & {*page}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&amp;" in page


def test_facts_about_which_the_same_is_asked_are_one_issue_and_problems_come_first():
    doubt = Fact("指標!C3", "200", outcome=DOUBT, note="no_year")
    first = Fact("指標!F3", "7", outcome=PROBLEM, note="unknown_header: 符牒")
    second = Fact("指標!F4", "8", outcome=PROBLEM, note="unknown_header: 符牒")
    issues = find_issues([doubt, first, second, first, Fact("指標!A3", "x", outcome=LEFT_OUT)])
    assert [(issue.number, issue.facts) for issue in issues] == [
        (1, (first, second)),
        (2, (doubt,)),
    ]


def test_of_many_places_of_one_issue_only_the_first_are_listed():
    places = [Fact(f"指標!Z{n}", "1", outcome=DOUBT, note="no_year") for n in range(MOST_SPOTS + 3)]
    page = made(*places)
    assert page.count("<q>") == MOST_SPOTS
    assert "<li>ほか3か所</li>" in page


def test_a_fact_without_a_cell_is_listed_without_a_link():
    page = made(Fact("page 2 row 3", "約1", outcome=PROBLEM, note="no_kpi"))
    assert "<li>2ページの3行目 <q>約1</q></li>" in page


def test_several_things_in_one_cell_are_lines_and_years_that_differ_only_are_one():
    facts = [
        Fact("指標!C3", "200", "kpis", "甲", "乙", year, "target", "200") for year in (2018, 2019)
    ]
    cell = cell_of(made(*facts, Fact("指標!C3", "200", "kpis", field="unit", value="件")), "C3")
    assert re.findall(r"</i> (.*?)</small>", cell) == ["目標 H30～R元", "単位 = 件"]


def test_what_a_cell_says_again_of_another_row_is_no_further_line():
    fact = Fact("指標!A3", "就職面接会", "programs", field="program", value="就職面接会")
    again = replace(fact, outcome=LEFT_OUT, note="printed_again")
    assert cell_of(made(fact, again), "A3").count("<small") == 1
    assert "ほかのセルと同じ内容" in cell_of(made(again), "A3")


def test_of_the_marks_of_a_legend_those_are_told_that_stand_at_a_figure():
    legend = {"推": "estimated", "p": "preliminary", "r": ""}
    fact = Fact("指標!C3", "推 200", outcome=LEFT_OUT)
    context = Context(legend=legend)
    page = make_page([Publication("a.xlsx", [grid_of(ROWS)], [context], [fact])])
    assert "<dd>「推」は推計値</dd>" in page


def test_of_a_problem_no_value_is_shown_as_if_it_were_taken_over():
    problem = Fact(
        "指標!C3", "16社", "kpis", "甲", "乙", 2018, "actual", "16", PROBLEM, "other_unit"
    )
    assert "実績 H30 行の単位と違う単位" in cell_of(made(problem), "C3")


def test_a_file_without_sheets_says_that_nothing_was_read():
    assert "読み取れませんでした。" in make_page([Publication("空.csv", [], [], [])])


def test_the_name_of_a_person_is_not_passed_on():
    page = made(Fact("指標!F3", "", outcome=LEFT_OUT, note="person"))
    assert "<bdi>（氏名は示しません）</bdi>" in cell_of(page, "F3")


def test_hidden_sheets_and_cells_struck_texts_and_comments_are_told():
    cell = Cell("9", "指標!A1", 0, 0, hidden=True, struck=True, comment="旧い値")
    page = made(grid=Grid("a.xlsx", "指標", {(0, 0): cell}, hidden=True))
    assert "このシートは非表示のため、取り込みません。" in page
    assert 'unseen-cell"><bdi><s>9</s></bdi><small class="comment">コメント: 旧い値' in page


def test_a_large_file_says_how_many_rows_are_not_drawn():
    rows = (*ROWS, *(("事業", "指標", "1", "2", "3円", "") for _ in range(1_001)))
    publication = read_publication("a.xlsx", [grid_of(rows)])
    page = make_page([publication])
    assert re.findall(r'<th scope="row">(\d+)</th>', page) == ["2", "3", "4"]
    assert f"ほかの{len(rows) - 3:,}行は示していません。" in page


def test_a_cell_that_two_parts_of_a_sheet_show_has_its_id_once():
    heads = [f"令和{n}年度" for n in range(1, 30)]
    grid = grid_of([heads, ["1"] * 29], name="年度")
    title = Cell("表題", "年度!A3", 2, 0, columns=29)
    page = made(grid=Grid("a.xlsx", "年度", {**grid.cells, (2, 0): title}))
    assert page.count("<bdi>表題</bdi>") == 2
    assert page.count('id="f1-s1-A3"') == 1


def test_the_page_asks_for_nothing_and_runs_nothing(page):
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|\ssrc=|url\(|@import|https?:", page)


@pytest.mark.process
def test_the_page_is_accessible_and_fits_wide_and_narrow(publication, browser, tmp_path):
    wide = grid_of([[f"令和{n}年度" for n in range(1, 30)], ["1"] * 29], name="年度")
    other = read_publication("b.xlsx", [wide, grid_of(ROWS, name="隠", hidden=True)])
    write_page([publication, other], tmp_path / "ingest.html")
    assert_accessible_and_fits(browser, tmp_path / "ingest.html")
