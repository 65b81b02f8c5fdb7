"""Axes in the words of the reports."""

import pandas as pd
from made import rows
from slices import TSUKUBA, report

import analysis


def test_axes_of_other_names_have_a_column_each_and_a_row_for_each_judge():
    key = [TSUKUBA, "job_fair", None, 2018]
    columns = [
        "government_code",
        "program_id",
        "kpi_id",
        "fiscal_year",
        "rated_by",
        "axis",
        "level",
    ]
    axes = pd.DataFrame(
        [
            [*key, "一次評価", "必要性", "高い"],
            [*key, "一次評価", "公平性", "普通"],
            [*key, "外部評価", "必要性", "普通"],
        ],
        columns=columns,
    ).assign(place="1頁")
    data = report(TSUKUBA, 2018, "job_fair").data
    table = analysis.tabulate_axes(axes, data.programs, data.kpis)
    assert rows(table) == [
        {
            "指標・事業": "合同就職面接会",
            "評価した者": "一次評価",
            "必要性": "高い",
            "公平性": "普通",
            "記載の場所": "1頁",
        },
        {
            "指標・事業": "合同就職面接会",
            "評価した者": "外部評価",
            "必要性": "普通",
            "公平性": "—",
            "記載の場所": "1頁",
        },
    ]
    assert analysis.describe_axes(axes).startswith("必要性・公平性の水準も公表されています。")
    assert analysis.describe_axes(axes.iloc[:0]) == ""
    assert analysis.tabulate_axes(axes.iloc[:0], data.programs, data.kpis).empty
