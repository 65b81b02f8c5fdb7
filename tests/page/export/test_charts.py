"""Charts of Altair and plotly as pictures."""

import sys

from analysis.page.export import charts
from analysis.page.export.lively import show_lively


def test_a_chart_without_a_title_asks_for_one():
    chart = {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
    shown = show_lively({"application/vnd.vegalite.v5+json": chart}, {}, "".join)
    assert 'alt="図"' in shown.html
    assert "has no title to be read aloud" in shown.warnings[0]


def test_a_character_that_svg_cannot_hold_does_not_end_the_process():
    chart = {"title": "面\0会", "data": {"values": [{}]}, "mark": "bar"}
    shown = show_lively({"application/vnd.vegalite.v5+json": chart}, {}, "".join)
    assert 'alt="面\ufffd会"' in shown.html


def test_a_library_that_draws_is_named_where_it_is_missing(monkeypatch):
    charts._import_vl_convert.cache_clear()
    for name in ("vl_convert", "kaleido"):
        monkeypatch.setitem(sys.modules, name, None)
    altair = show_lively({"application/vnd.vegalite.v5+json": {"mark": "bar"}}, {}, "".join)
    plotly = show_lively({"application/vnd.plotly.v1+json": {"data": []}}, {}, "".join)
    for shown, package in ((altair, "vl-convert-python"), (plotly, "kaleido")):
        assert f"{package}が入っていないため、表示できません" in shown.html
        assert f"install {package}" in shown.warnings[0]
