"""The page of how far a file follows the rule."""

import re

import pandas as pd
import pytest
from intake.looking import ROWS, change, look_at
from windows import assert_accessible_and_fits

from analysis.intake import machine_readable
from analysis.intake.drawing import MOST_CELLS
from analysis.intake.machine_readable import review_file
from analysis.intake.ministry import CHECKS
from analysis.intake.page import MOST_SPOTS
from analysis.intake.review_page import make_review_page, write_review, write_review_page

LIST = "docs/examples/tsukuba_h30.xlsx"


def review(*arguments, **said):
    return machine_readable.review(look_at(*arguments, **said))


@pytest.fixture(scope="module")
def page(root):
    return make_review_page(review_file(root / LIST))


def section(page, check):
    return re.search(rf'aria-labelledby="f1-i{check}">.*?</section>', page, re.DOTALL)[0]


def test_the_title_says_how_many_of_the_fifteen_are_fulfilled(page, root):
    number = review_file(root / LIST).fulfilled
    assert f"<h1>「tsukuba_h30.xlsx」は、15のチェック項目のうち{number}項目を満たして" in page


def test_the_fifteen_stand_in_a_table_with_a_caption_and_their_outcomes(page):
    table = re.search(r'<table class="checks">.*?</table>', page, re.DOTALL)[0]
    assert "<caption>15のチェック項目の結果</caption>" in table
    assert re.findall(r'<td class="short">([\d-]+)</td>', table) == [*CHECKS]
    assert len(re.findall(r'<th scope="row">', table)) == 15
    assert re.findall(r"<th(?! scope)\b[^>]*>", table) == []


def test_an_unfulfilled_check_has_its_cells_an_example_of_the_file_and_a_reason(page):
    text = section(page, "1-3")
    assert '<a href="#f1-s1-J11">指標一覧!J11</a> <q>推 4,600</q>' in text
    assert "「推 4,600」→ 数値の4600" in text
    assert "計算に入りません" in text
    assert 'aria-labelledby="f1-i1-7"' not in page


def test_a_name_with_its_office_and_a_span_of_years_are_two_data(page):
    text = section(page, "1-2")
    assert "指標一覧!C6</a>" in text
    assert "「平成28年度～↵平成32年度」→ 「平成28年度」と「平成32年度」を別々のセルへ" in text
    assert "見出し「個別事業名↵【担当部】」→ 「個別事業名」と「担当部」の列に分ける" in text


def test_a_drawn_cell_has_the_numbers_of_its_checks_and_each_link_leads_somewhere(page):
    cell = re.search(r'<td id="f1-s1-J11".*?</td>', page)[0]
    assert '<a href="#f1-i1-3"' in cell
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert {*re.findall(r'href="#([^"]+)"', page)} <= ids


def test_what_can_be_read_all_the_same_is_said(page):
    assert re.search(r"評価用の表に移せる数値・記号・名称を、\d+個のセルから読み取れました", page)


def test_an_empty_place_is_named_and_is_no_link():
    text = section(make_review_page(review(change("D2", ""))), "1-13")
    assert "<li>指標!D2 <span>空欄</span></li>" in text


def test_of_many_places_some_are_listed_and_a_large_file_is_not_drawn():
    rows = [ROWS[0], *(("事業", f"指標{n}", "1件", "2") for n in range(MOST_CELLS // 3))]
    page = make_review_page(review(rows))
    text = section(page, "1-3")
    assert text.count("<li>") == MOST_SPOTS + 1
    assert f"ほか{MOST_CELLS // 3 - MOST_SPOTS:,}か所" in text
    assert "ファイルが大きいため" in page
    assert '<td id="' not in page


def test_names_of_people_are_masked():
    rows = [("担当者", "見本　花子", "", ""), ("", "", "", ""), *ROWS]
    page = make_review_page(review(rows))
    assert "1-5" in re.findall(r'id="f1-i([\d-]+)"', page)
    assert "花子" not in page


def test_a_file_that_fulfils_all_has_nothing_to_improve(tmp_path):
    path = tmp_path / "good.csv"
    path.write_text("団体コード,2018年度実績（件）\n082201,1\n032018,2\n", encoding="utf-8")
    page = make_review_page(review_file(path))
    assert "15項目すべてを満たしています。" in page
    assert "直すと使いやすくなるところ" not in page


def test_nothing_of_a_file_is_markup_or_controls_the_order_of_letters():
    bad = "<script>alert(1)</script>　\"'&\u202e\x1b[31m"
    page = make_review_page(review(change("B2", bad), file=f"{bad}.xlsx", name=bad))
    assert "<script" not in page
    assert not {"\u202e", "\x1b"} & {*page}


def test_the_file_has_a_row_for_each_place_and_no_formula(tmp_path):
    write_review(review(change("B2", "=相談　件数")), tmp_path / "found.csv")
    found = pd.read_csv(tmp_path / "found.csv", dtype="str").fillna("")
    row = found[found["番号"] == "1-5"].iloc[0]
    told = ["直せるところがある", "指標!B2", "'=相談　件数", "「=相談　件数」→「=相談件数」"]
    assert row[["結果", "場所", "今の記載", "直した例"]].tolist() == told
    assert {*found["番号"]} == {*CHECKS}


@pytest.mark.process
def test_the_page_is_accessible_and_fits_wide_and_narrow(root, browser, tmp_path):
    write_review_page(review_file(root / LIST), tmp_path / "review.html")
    assert_accessible_and_fits(browser, tmp_path / "review.html")
