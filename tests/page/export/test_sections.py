"""Sections about nothing are left out of a page, and named at its end."""

from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.page.export.page import export_page
from analysis.page.export.sections import find_empty_sections


def shown(text, **about):
    data = {"text/html": text, "text/plain": text}
    metadata = {"text/html": {"sosei": True, **about}}
    return new_code_cell("", outputs=[new_output("display_data", data, metadata=metadata)])


NOTHING = shown("", about_nothing=True)
CELLS = [
    new_markdown_cell("# 報告"),
    new_markdown_cell("## 公表された率\n\n率の名が同じでも。"),
    NOTHING,
    shown("<p>率の公表はありません。</p>"),
    new_markdown_cell("### 丸め方"),
    shown("<p>切り捨て。</p>"),
    new_markdown_cell("本文のみ。"),
    new_markdown_cell("## 次の節"),
    shown("<p>残る。</p>"),
]


def test_a_section_goes_to_the_next_heading_of_its_level_and_prose_is_none():
    assert find_empty_sections(CELLS) == dict.fromkeys(range(1, 7), "公表された率")


def test_a_deeper_section_goes_alone():
    cells = [*CELLS[:2], CELLS[3], CELLS[4], NOTHING, *CELLS[5:]]
    assert find_empty_sections(cells) == dict.fromkeys(range(3, 7), "丸め方")


def test_what_stands_above_every_heading_stays():
    assert find_empty_sections([NOTHING, *CELLS[3:]]) == {}


def test_a_page_is_made_without_it_and_ends_with_its_title():
    html = export_page(new_notebook(cells=CELLS), "報告", Path()).html
    assert "率の公表はありません" not in html
    assert "切り捨て" not in html
    assert "残る。" in html
    [last] = [line for line in html.splitlines() if "次の節は省きました" in line]
    assert "「公表された率」" in last


def test_a_page_without_empty_sections_says_nothing_of_them():
    html = export_page(new_notebook(cells=CELLS[:2] + CELLS[3:]), "報告", Path()).html
    assert "省きました" not in html
