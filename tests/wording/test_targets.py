"""Targets in the words of the reports."""

import pytest
from made import JOB_FAIR, SLICES, rows
from slices import MORIOKA, TSUKUBA, report

import analysis
from analysis.wording.formats import (
    format_value,
)
from analysis.wording.labels import STATUSES
from analysis.wording.targets import format_target


@pytest.mark.parametrize("which", SLICES)
def test_the_text_of_the_plan_holds_every_kpi_that_has_a_target(which):
    kpis = report(*which).kpis
    text = analysis.describe_targets(kpis)
    for k in rows(kpis[kpis["target"].notna()]):
        after = text[text.index(f"{k['kpi']}：") :].split("。")[0]
        for name in ("target", "final_target", "actual"):
            assert format_value(k[name], k["unit"]) in after
        assert STATUSES[k["actual_status"]] in after


def test_kpis_without_any_target_have_no_plan_to_show():
    text = analysis.describe_targets(report(MORIOKA, 2021, "growth_field_hub").kpis)
    assert "3指標のどれにも目標の記載がない" in text


@pytest.mark.parametrize(
    ("cells", "written"),
    [
        ({"target": 93.0, "unit": "％"}, "93％"),
        ({"target": 93.0, "unit": "％", "target_bound": "above"}, "93％超"),
        ({"target": 300.0, "unit": "人", "target_bound": "at_least"}, "300人以上"),
        ({"target": 696.0, "unit": "人", "target_upper": 890.0}, "696～890人"),
        ({"target": 100.0, "unit": "％", "tolerance": 0.1}, "100％±10％"),
        ({"target": None, "unit": "歳", "target_bound": "better_than_baseline"}, "従前値より改善"),
        ({"target": None, "unit": "歳", "target_bound": "no_worse_than_baseline"}, "従前値を維持"),
        ({"target": None, "unit": "歳"}, "—"),
    ],
)
def test_a_target_is_written_as_it_was_set(cells, written):
    assert format_target(cells) == written


def test_the_plan_prints_baseline_and_both_targets_in_the_unit():
    [row] = rows(analysis.tabulate_targets(report(TSUKUBA, 2018, "job_fair").kpis))
    assert row == {
        "指標": JOB_FAIR,
        "種類": "成果",
        "方向": "増やす",
        "従前値": "170件",
        "年度の目標": "200件",
        "最終目標": "200件",
        "最終年度": "H30",
        "記載の場所": "④-4",
    }


def test_a_plan_without_a_direction_or_baseline_says_so():
    nights = rows(analysis.tabulate_targets(report(MORIOKA, 2022).kpis))[0]
    assert nights["方向"] == "記載なし"
    assert nights["種類"] == "社会全体の動き"
    assert (nights["従前値"], nights["年度の目標"]) == ("—", "4,200,000人泊")
    assert (nights["最終目標"], nights["最終年度"]) == ("—", "—")
