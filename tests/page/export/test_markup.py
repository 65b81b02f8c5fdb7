"""HTML that others wrote: closed, its tables as the page's, its styles in a box."""

from pathlib import Path

import pytest

from analysis.page.export.draft import Draft
from analysis.page.export.markup import mend


def mended(html, **options):
    return mend(html, Draft(Path()), **options)


def test_what_is_open_is_closed_and_tags_of_a_whole_page_are_gone():
    assert mended("<body><b>太字", in_prose=True) == "<b>太字</b>"


def test_columns_of_figures_are_set_right_and_heads_say_what_they_head():
    shown = mended(
        "<table><thead><tr><th></th><th>実績</th></tr></thead>"
        "<tbody><tr><th>相談</th><td>1,200</td></tr><tr><th>催し</th><td>NaN</td></tr></tbody></table>"
    )
    assert '<th class="figure" scope="col">実績</th>' in shown
    assert '<th class="short" scope="row">相談</th><td class="short figure">1,200</td>' in shown
    assert '<td class="short figure">NaN</td>' in shown


@pytest.mark.parametrize("text", ["相談件数の推移", "2019年4月"])
def test_words_stay_at_the_left(text):
    shown = mended(f"<table><tr><td>{text}</td></tr></table>")
    assert "figure" not in shown
    assert ('class="short"' in shown) == (text == "2019年4月")


def test_mending_again_changes_no_class():
    once = mended("<table><tr><td>12</td></tr></table>")
    assert '<td class="short figure">12</td>' in mended(once)


def test_styles_reach_only_the_box_of_their_output():
    shown = mended("<style>p { color: red }</style><p>a</p>")
    assert "@scope (#output-1) {p { color: red }}" in shown
    assert shown.startswith('<div class="output" id="output-1"')


def test_a_frame_is_named_in_its_place_and_to_the_run():
    draft = Draft(Path(), cell=1)
    shown = mend("<iframe src='https://a.test/map'></iframe>", draft, in_prose=True)
    assert 'ここは枠の中の別のページ（<a href="https://a.test/map">' in shown
    assert "would have asked https://a.test/map" in draft.list_warnings()[0]
