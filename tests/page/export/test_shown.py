"""Sentences and pictures in the place of what needs more than a page has."""

from analysis.page.export.shown import show_frame, show_picture, show_reason


def test_a_reason_is_text_and_the_run_is_told_in_english():
    shown = show_reason("図<を>描けません", "not drawn")
    assert shown.html == '<p class="absent">図&lt;を&gt;描けません</p>'
    assert shown.warnings == ("not drawn",)


def test_a_picture_without_a_title_asks_for_one():
    assert show_picture("<svg/>", "推移", "a chart").warnings == ()
    (asked,) = show_picture("<svg/>", "", "a chart").warnings
    assert asked.startswith("a chart has no title to be read aloud")


def test_only_an_address_on_the_net_is_a_link():
    assert '<a href="https://a.test/">' in show_frame("地図", "https://a.test/").html
    assert "<a " not in show_frame("地図", "javascript:alert(1)").html
