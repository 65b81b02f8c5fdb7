"""Cost progress in the words of the reports."""

import pytest
from slices import MORIOKA, TSUKUBA, report

import analysis
from analysis.wording.ja.formats import (
    format_yen,
)

SLICES = [
    (TSUKUBA, 2018),
    (TSUKUBA, 2018, "support_robot_trial"),
    (TSUKUBA, 2018, "job_fair"),
    (MORIOKA, 2021),
    (MORIOKA, 2021, "growth_field_hub"),
    (MORIOKA, 2022, "six_city_festivals"),
]


def rows(table):
    return table.to_dict("records")


@pytest.mark.parametrize("which", SLICES)
def test_the_text_of_cost_against_progress_holds_every_program_with_a_cost(which):
    table = report(*which).comparison
    text = analysis.describe_cost_progress(table)
    for p in rows(table[table["cost_yen"].notna()]):
        assert f"{p['program']}：{format_yen(p['cost_yen'])}" in text


def test_a_program_without_a_kpi_has_no_share_of_progress():
    text = analysis.describe_cost_progress(report(TSUKUBA, 2018).comparison)
    assert "子連れ出勤モデル事業：4,348,000円、指標なし。" in text
    assert "合同就職面接会：3,780,000円、0.0％。" in text
    assert "移住促進プロモーション事業：10,857,000円、93.1％。" in text


def test_unknown_progress_is_not_given_as_all_of_it():
    # none of the three actuals has a target, so the mean lies anywhere between 0 and 100 %
    text = analysis.describe_cost_progress(report(MORIOKA, 2021, "growth_field_hub").comparison)
    assert "29,005,000円、100.0％。" not in text
