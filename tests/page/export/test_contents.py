"""Numbers, anchors and the table of contents of a page, and what it bears on paper."""

import re

import pytest

from analysis.page.export.contents import (
    add_contents,
    list_contents,
    number_parts,
    write_print_style,
)

FIGURE = '<figure class="own"><picture><img src="data:,"></picture><figcaption>{}</figcaption>'
TABLE = '<table class="own"><caption>{}</caption><tr><td>1</td></tr></table>'


def test_figures_and_tables_are_numbered_in_their_order_each_with_an_anchor():
    pieces = number_parts(
        [
            FIGURE.format("図　進み具合") + TABLE.format("表　率"),
            "<p>図　本文</p>",
            FIGURE.format("来場者") + FIGURE.format("図　費用"),
        ]
    )
    page = "".join(pieces)
    captions = re.findall(r"<(?:figcaption|caption)>(.*?)</", page.replace("</a>", ""))
    assert [re.sub("<[^>]*>", "", text) for text in captions] == [
        "図1　進み具合",
        "表1　率",
        "図2　来場者",
        "図3　費用",
    ]
    assert re.findall(r'id="(.*?)"', page) == re.findall(r'href="#(.*?)"', page)
    assert re.findall(r'id="(.*?)"', page) == ["図1", "表1", "図2", "図3"]
    assert pieces[1] == "<p>図　本文</p>"


def test_a_figure_of_other_hands_has_no_number():
    assert number_parts(["<figure><figcaption>図</figcaption></figure>"]) == [
        "<figure><figcaption>図</figcaption></figure>"
    ]


def test_the_headings_stand_in_a_fold_above_the_first_one():
    pieces = ["<header></header>", *(f'<h2 id="{n}"><em>第{n}節</em> &lt;</h2>' for n in "123")]
    shown = add_contents(pieces)
    assert [shown[0], *shown[2:]] == pieces
    assert re.findall('<a href="#(.)">(.*?)</a>', shown[1]) == [
        ("1", "第1節 &lt;"),
        ("2", "第2節 &lt;"),
        ("3", "第3節 &lt;"),
    ]
    assert "<summary>目次</summary>" in shown[1]


def test_a_title_in_the_same_piece_stays_above_the_contents():
    headings = "".join(f'<h2 id="{n}">{n}</h2>' for n in "123")
    shown = add_contents([f"<h1>題</h1>{headings}"])
    assert [shown[0], shown[2]] == ["<h1>題</h1>", headings]


@pytest.mark.parametrize("pieces", [[], ["<p></p>"], ['<h2 id="a">a</h2>', '<h2 id="b">b</h2>']])
def test_few_headings_need_no_contents(pieces):
    assert add_contents(pieces) == pieces
    assert list_contents(pieces) == ""


def test_a_title_on_paper_ends_neither_its_text_nor_the_style():
    style = write_print_style('つくば市 "x"; } </style>\n<b>\\')
    assert "</style" not in style
    [title] = re.findall(r'@bottom-left \{ content: "(.*?)";', style)
    assert re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), title) == (
        'つくば市 "x"; } </style> <b>\\'
    )
