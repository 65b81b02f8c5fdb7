"""Observations in the words of the reports."""

import pytest
from made import SLICES, rows
from slices import TSUKUBA, report

import analysis
from analysis.wording.formats import (
    format_value,
    short_fiscal_year,
)


@pytest.mark.parametrize("which", SLICES)
def test_the_text_of_the_observations_holds_every_published_figure(which):
    table = report(*which).data.observations
    text = analysis.describe_observations(table)
    for o in rows(table[table["value"].notna()]):
        year = short_fiscal_year(o["fiscal_year"])
        assert f"{o['what']}（{year}）：{format_value(o['value'], o['unit'])}" in text


def test_observations_print_value_year_status_and_the_number_behind_a_share():
    table = analysis.tabulate_observations(report(TSUKUBA, 2018).data.observations)
    by_name = table.set_index("内容")
    assert by_name.loc["「参考になった」と答えた割合"].tolist() == [
        "H29",
        "46.3％",
        "公表値",
        "110",
        "④-2 効果発現要因",
    ]
    pending = by_name.loc["アンケート集計"]
    assert (pending["値"], pending["扱い"], pending["母数"]) == ("—", "集計中", "—")
    assert by_name.loc["アンケート回収率", "母数"] == "2,277"
