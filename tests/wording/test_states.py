"""States in the words of the reports."""

import pandas as pd
import pytest

from analysis import add_achievement
from analysis.wording.states import describe_state


def a_kpi(**cells):
    """One KPI that rises from 100 to a target of 200, with its readings."""
    row = {
        "direction": "up",
        "baseline": 100.0,
        "target": 200.0,
        "actual": 150.0,
        "actual_status": "final",
        "final_target": 200.0,
        "fiscal_year": 2018,
        "final_year": 2018,
    }
    table = pd.DataFrame([row | cells])
    return add_achievement(table.astype({"fiscal_year": "Int64", "final_year": "Int64"}))


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({"actual": 200.0}, "● 到達"),
        ({"actual": 210.0, "actual_status": "preliminary"}, "● 到達"),
        ({"actual": 150.0}, "◆ 未達"),
        ({"actual": 150.0, "actual_year": 2016}, "◆ 未達（H28の値）"),
        ({"actual": 150.0, "actual_year": 2018}, "◆ 未達"),
        ({"actual": 150.0, "final_year": 2020}, "◆ 未達（最終年度はR2）"),  # its only target
        ({"actual": 150.0, "final_year": 2020, "final_target": 300.0}, "◆ 未達"),
        ({"actual": 200.0, "inferred": "target"}, "● 到達（推定）"),
        ({"actual": 150.0, "inferred": "actual"}, "◆ 未達（推定）"),
        ({"actual": 150.0, "inferred": "final_target"}, "◆ 未達"),
        ({"actual": 100.0}, "◆ 未達"),
        ({"actual": 99.0}, "◆ 未達（従前値より悪い）"),
        ({"actual": 200.0, "actual_status": "estimated"}, "○ 推計で到達"),
        ({"actual": 150.0, "actual_status": "estimated"}, "◇ 推計で未達"),
        ({"actual": 99.0, "actual_status": "estimated"}, "◇ 推計で未達（従前値より悪い）"),
        ({"actual": 200.0, "final_year": 2020}, "● 到達（最終年度はR2）"),
        (
            {"actual": 200.0, "final_year": 2020, "actual_status": "estimated"},
            "○ 推計で到達（最終年度はR2）",
        ),
        ({"actual": 200.0, "final_year": None}, "● 到達"),
        ({"direction": "down", "target": 50.0, "actual": 50.0}, "● 到達"),
        ({"direction": "down", "target": 50.0, "actual": 101.0}, "◆ 未達（従前値より悪い）"),
        ({"direction": "keep_above", "actual": 199.0, "baseline": None}, "◆ 未達"),
    ],
)
def test_each_state_has_its_mark_and_its_words(cells, state):
    assert describe_state(a_kpi(**cells)).tolist() == [state]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"actual": None, "actual_status": "pending"}, "実績は集計中"),
        ({"actual": None, "actual_status": "unpublished"}, "実績は未公表"),
        ({"actual": None, "actual_status": "not_in_source"}, "実績はこの資料に記載なし"),
        ({"actual": None, "actual_status": "not_set"}, "実績は「-」と記載"),
        ({"target": None, "final_target": None}, "目標の記載がない"),
        ({"direction": "unknown"}, "指標の方向の記載がない"),
        ({"direction": "keep_within"}, "幅の記載がない"),
    ],
)
def test_an_unknown_state_gives_its_reason(cells, reason):
    assert describe_state(a_kpi(**cells)).tolist() == [f"？ 判定できない（{reason}）"]


def test_states_stand_in_the_order_and_under_the_index_of_the_kpis():
    unknown = a_kpi(target=None, final_target=None)
    both = pd.concat([a_kpi(actual=200.0), unknown]).set_axis(["later", "first"])
    assert describe_state(both).to_dict() == {
        "later": "● 到達",
        "first": "？ 判定できない（目標の記載がない）",
    }


def test_no_kpis_have_no_states():
    assert describe_state(a_kpi().iloc[:0]).tolist() == []
