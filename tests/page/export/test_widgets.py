"""Widgets as what they stand at when the notebook has ended."""

import pytest

from analysis.page.export.widgets import show_widget


def show(kind, show_outputs="".join, **state):
    return show_widget({"w": {"model_name": f"{kind}Model", "state": state}}, "w", show_outputs)


@pytest.mark.parametrize(
    ("kind", "state", "html"),
    [
        ("IntSlider", {"value": 3, "description": "年数"}, "<p>年数：3</p>"),
        ("FloatRangeSlider", {"value": [0.1, 0.30000000000000004]}, "<p>0.1～0.3</p>"),
        ("Checkbox", {"value": True, "description": "<b>"}, "<p>&lt;b&gt;：はい</p>"),
        ("Dropdown", {"index": 1, "_options_labels": ["甲", "乙"]}, "<p>乙</p>"),
        ("DatePicker", {"value": {"year": 2018, "month": 3, "date": 1}}, "<p>2018年4月1日</p>"),
        ("Button", {"description": ""}, "<button disabled>ボタン</button>"),
    ],
)
def test_a_widget_is_shown_as_its_value(kind, state, html):
    assert show(kind, **state).html == html


def test_outputs_that_were_caught_are_shown_as_any_others():
    shown = show("Output", lambda outputs: f"<i>{len(outputs)}</i>", outputs=[{}, {}])
    assert shown.html == "<i>2</i>"


def test_a_widget_without_a_still_form_is_named_and_one_that_is_lost_is_none():
    shown = show("Controller", value=None)
    assert shown.html == '<p class="absent">部品（Controller）は表示できません。</p>'
    assert "Controller has no static form" in shown.warnings[0]
    assert show_widget({}, "w", "".join) is None
