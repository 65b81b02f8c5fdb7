"""Trends in the words of the reports."""

import numpy as np
import pytest
from slices import DATA
from slices import yearly_kpi as kpi

import analysis


@pytest.fixture(scope="module")
def real():
    data = analysis.load(DATA)
    names = data.programs.drop_duplicates("government_code")[["government_code", "government"]]
    kpis = analysis.add_achievement(data.kpis).merge(names, on="government_code")
    return data, kpis, analysis.fit_trends(kpis)


def draw(kpis, narrow=False):
    return analysis.plot_trends(kpis, analysis.fit_trends(kpis), narrow=narrow)


def test_without_two_years_there_is_no_figure_and_the_sentence_says_so():
    table = kpi([5])
    assert draw(table) is None
    said = analysis.describe_trends(table, analysis.fit_trends(table))
    assert said == "実績が2年度以上ある指標がないため、年度による動きは示せません。"


def test_the_alternative_text_holds_every_value_with_its_status(real):
    _, kpis, trends = real
    each = (trends.iloc[[n]] for n in range(len(trends)))
    said = "".join(analysis.describe_trends(kpis, trend) for trend in each)
    assert (
        "御所市「自主防災組織率」：H23 62％、H24 66.6％、H25 69.5％。"
        "1年あたり ＋3.75ポイント（範囲 ＋2.9～＋4.6）、増加（目標の向き）。"
    ) in said
    assert "1年あたり ＋2.5g/人（範囲 ▲7～＋12）、増減が定まらない。" in said
    assert "減少（目標と逆の向き）" in said  # station users
    assert "H29 7,077人（速報値）" in said
    assert "H28 2,415人。3年度に満たないため、傾きは求めません。" in said
    assert "最終目標に届く確率は示しません。" in said


def test_a_falling_kpi_that_should_fall_moves_towards_its_target():
    table = kpi([5, 4, 2], direction="down")
    said = analysis.describe_trends(table, analysis.fit_trends(table))
    assert "減少（目標の向き）" in said


def test_missing_years_are_said_not_to_be_filled():
    table = kpi([1, np.nan, 3])
    said = analysis.describe_trends(table, analysis.fit_trends(table))
    assert "途中の1年度は値がなく、補っていません。" in said


def test_the_movements_are_counted_and_a_total_is_no_movement(real):
    # 3 years: groups rise, waste cannot tell, station users fall, Ibaraki's total is a total;
    # 7 of Tsukuba and 6 of Morioka have one year, 8 of Morioka none
    said = analysis.describe_movements(real[2])
    assert said.startswith("3年度以上の実績がある指標は13あります。")
    for part in (
        "目標へ向かっているもの3、",
        "どちらともいえないもの5、",
        "目標から遠ざかるもの1、",
        "累計3（",
    ):
        assert part in said
    assert "実績が1年度だけの14指標" in said
    assert "9指標には実績がありません。" in said
    none = analysis.describe_movements(analysis.fit_trends(kpi([1])))
    assert none.startswith("3年度以上の実績がある指標はありません。")


def test_the_table_of_trends_gives_each_kpi_a_figure_or_the_reason(real):
    _, _, trends = real
    shown = analysis.tabulate_trends(trends).set_index("指標")
    assert len(shown) == len(trends)
    jobs = shown.loc["雇用創出数（累計）"]
    assert jobs.tolist() == [
        "H27～H29（3年度分、うち速報1）",
        "2,748→7,077人",
        "＋2,164.5（＋1,914～＋2,415）",
        "13,000人",
        "—",
        "—",
        "確率：実績のある年度が少ない",
    ]
    assert shown.loc["事業を通して、移住した移住者数", "理由・注意"] == "傾き：実績がない"


@pytest.mark.parametrize(("target", "said"), [(0.0, "99％超"), (1000.0, "1％未満"), (73.0, "50％")])
def test_a_chance_is_never_said_to_be_nothing_or_certain(target, said):
    # mean 65.2 in 2013, slope 26 / 10: the line gives 65.2 + 3 * 2.6 = 73 in 2016
    table = kpi([60, 63, 64, 69, 70], final_target=target, final_year=2016)
    shown = analysis.tabulate_trends(analysis.fit_trends(table))
    assert shown["届く確率"].tolist() == [said]
