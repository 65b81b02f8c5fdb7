"""What is said of how the rates of many KPIs lie."""

import numpy as np
import pandas as pd
from made import at_rates

import analysis
from analysis.measures.distributions import Group
from analysis.wording.distributions import (
    LONGEST,
    cut_sentences,
    name_group_of,
    summarize_rates,
    with_program_names,
)


def group(name, groups=1):
    return Group(name, groups, [])


def test_groups_are_named_by_what_they_are_of():
    assert name_group_of(group("水産課"), "department") == "水産課"
    assert name_group_of(group(None), "department") == "記載なし"
    assert name_group_of(group(None, 37), "department") == "ほか37（担当）"
    assert name_group_of(group(2019), "fiscal_year") == "R元"
    assert name_group_of(group("outcome"), "kpi_kind") == "成果"
    assert name_group_of(group(10_000_000), "cost_yen") == "1,000万円以上1億円未満"
    assert name_group_of(group(None), None) == "すべて"


def test_a_share_is_said_of_those_known_and_the_unknown_beside_it():
    kpis = at_rates(0.5, 1.0, 1.5, 2.0)
    kpis.loc[3, ["reached", "progress_rate"]] = ["unknown", np.nan]
    assert summarize_rates(kpis) == (
        "4指標のうち3指標の進捗率の分布。中央値は100.0％、真ん中の半分は75.0％～125.0％。"
        "目標に届いたのは、判定できる3指標のうち2、判定できないのは1指標です。"
    )


def test_where_nothing_is_known_no_share_is_said():
    kpis = at_rates(0.5).assign(reached="unknown")
    assert "目標に届いたかを判定できる指標はなく、判定できないのは1指標です。" in summarize_rates(
        kpis
    )


def test_groups_are_compared_only_where_they_have_several_rates_and_differ():
    kpis = at_rates(*[0.5] * 4, *[1.0] * 4, 9.0).assign(department=["甲"] * 4 + ["乙"] * 4 + ["丙"])
    said = analysis.describe_distribution(kpis, "department")
    assert said.endswith(
        "担当ごとに中央値を比べると、指標の多い2のうち最も高いのは「乙」（100.0％）、"
        "最も低いのは「甲」（50.0％）です。"
    )
    same = kpis.assign(progress_rate=0.5)
    assert "比べると" not in analysis.describe_distribution(same, "department")


def test_without_a_rate_the_text_says_why_there_is_no_figure():
    kpis = at_rates(1.0).assign(progress_rate=np.nan, achievement_rate=np.nan)
    assert analysis.describe_distribution(kpis) == "率を求められる指標がないため、図はありません。"
    unknown = at_rates(1.0).assign(reached="unknown", department="課")
    assert analysis.describe_reached(unknown, "department").endswith("図はありません。")


def test_the_table_has_every_group_with_its_counts():
    kpis = at_rates(0.5, 1.0, 1.5).assign(department=["甲", "甲", None])
    table = analysis.tabulate_distribution(kpis, "department")
    assert table["区分"].tolist() == ["甲", "記載なし"]
    assert table["到達"].tolist() == ["1", "1"]
    assert table["到達を判定できる"].tolist() == ["2", "1"]
    assert table["中央値"].tolist() == ["75.0％", "150.0％"]


def test_reached_targets_are_said_and_tabulated_by_year():
    kpis = at_rates(0.5, 1.0, 1.0).assign(department="甲", fiscal_year=[2018, 2018, 2019])
    assert analysis.describe_reached(kpis, "department") == (
        "担当ごとに、目標に届いた指標の数を並べた図。"
        "H30は判定できる2指標のうち1（判定できない0）。R元は判定できる1指標のうち1（判定できない0）。"
    )
    table = analysis.tabulate_reached(kpis, "department")
    assert table[["年度", "到達"]].to_numpy().tolist() == [["H30", "1"], ["R元", "1"]]
    assert (
        analysis.caption_reached(kpis, "department")
        == "図　担当と年度ごとの、目標に届いた指標の数。"
    )


def test_sentences_are_cut_before_they_are_too_long_and_it_is_said():
    said = cut_sentences("図。", ["あ" * 99 + "。"] * 9)
    assert len(said) <= LONGEST
    assert said.endswith("。ほかは表にあります。")


def test_a_kpi_is_named_with_its_program_but_not_twice():
    kpis = pd.DataFrame({"kpi": ["件数", "面接会の件数"], "program": "面接会"})
    assert with_program_names(kpis)["kpi"].tolist() == ["件数（面接会）", "面接会の件数"]
    assert with_program_names(kpis[["kpi"]])["kpi"].tolist() == ["件数", "面接会の件数"]
