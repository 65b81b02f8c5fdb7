"""The page and the file of what `check` found."""

import re

import pandas as pd
import pytest
from windows import assert_accessible_and_fits

from analysis.dataset.places import PLACES
from analysis.dataset.problems import list_problems, make_problem, table_problems
from analysis.intake.problem_page import (
    MOST_ROWS,
    make_problem_page,
    write_problem_page,
    write_problems,
)

ROWS = {"kpis": 3, "budgets": 1}


def table(*problems, **places):
    found = table_problems(problems)
    return found.assign(**dict.fromkeys(PLACES, "") | places)


@pytest.fixture(scope="module")
def page():
    return make_problem_page(
        table(
            make_problem("no_glyph", "kpis.csv", "'㏊' (U+33CA)", "x", row=4, column="unit"),
            make_problem("tenfold", "kpis.csv", "5", "about 50 as in the years", row=3),
            make_problem("bad_cell", "kpis.csv", "'約120'", "a plain number such as 1", row=2),
            source_file="list.xlsx",
            place="指標一覧!J9",
            printed="約120",
            understood="120",
        ),
        ROWS,
        "my-data",
    )


def test_errors_come_first_then_doubts_then_notes_each_kind_with_its_remedy(page):
    headings = re.findall(r'<h2 id="(error|doubt|note)"', page)
    assert headings == ["error", "doubt", "note"]
    kinds = re.findall(r'<h3 id="(\w+)"', page)
    assert kinds == ["bad_cell", "tenfold", "no_glyph"]
    assert "「照合」にある書き方に直してください。" in page


def test_a_problem_shows_its_cell_its_place_the_text_and_the_value(page):
    row = re.search(r'<tr><th scope="row">指標（kpis.csv）2行目.*?</tr>', page, re.DOTALL)[0]
    assert "<td>list.xlsx 指標一覧!J9</td><td><q>約120</q></td><td>120</td>" in row


def test_tables_have_a_caption_and_headers_with_a_scope(page):
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert len(tables) == 3
    for found in tables:
        assert "<caption" in found
        assert re.findall(r"<th(?! scope)\b[^>]*>", found) == []


def test_of_many_the_page_shows_some_and_says_how_many_more_there_are():
    many = list_problems("tenfold", "kpis", "actual", range(2, 152), ["5"] * 150, "about 50")
    page = make_problem_page(table(*many), ROWS, "my-data")
    assert page.count('<tr><th scope="row">') == MOST_ROWS
    assert "ほかに50件あります" in page


def test_a_page_about_nothing_says_what_was_checked():
    page = make_problem_page(table(), ROWS, "my-data")
    assert "「my-data」の2つの表、4行を点検しました。確かめるところは見つかりませんでした。" in page
    assert "<dt>指標（kpis.csv）</dt><dd>3行</dd>" in page
    assert "<h3" not in page


def test_nothing_of_the_data_is_markup_or_controls_the_order_of_letters():
    bad = "<script>alert(1)</script>\"'&\u202e\x1b[31m"
    said = dict.fromkeys(PLACES, bad)
    page = make_problem_page(
        table(make_problem("tenfold", "kpis.csv", bad, bad, row=2), **said), ROWS, bad
    )
    assert "<script" not in page
    assert not {"\u202e", "\x1b"} & {*page}


def test_the_file_has_every_problem_and_no_formula(tmp_path):
    many = list_problems("tenfold", "kpis", "actual", range(2, 152), ["5"] * 150, "about 50")
    write_problems(table(*many, printed="=1+1"), tmp_path / "found.csv")
    raw = (tmp_path / "found.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    found = pd.read_csv(tmp_path / "found.csv", dtype="str")
    assert len(found) == 150
    assert set(found["資料の記載"]) == {"'=1+1"}


@pytest.mark.process
def test_the_page_is_accessible_and_fits_wide_and_narrow(browser, tmp_path):
    many = list_problems("tenfold", "kpis", "actual", range(2, 152), ["5"] * 150, "about 50")
    write_problem_page(table(*many, place="指標!J9"), ROWS, "my-data", tmp_path / "found.html")
    assert_accessible_and_fits(browser, tmp_path / "found.html")
