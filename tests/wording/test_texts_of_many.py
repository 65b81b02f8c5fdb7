"""What is said of a figure of many programs: the whole, not each."""

import pandas as pd
from made import at_rates, some_kpis
from slices import yearly_kpi

import analysis


def test_many_targets_are_counted_by_what_they_are_of():
    kpis = some_kpis(*[{}] * 60, {"target": None}, {"target": None, "final_target": None})
    assert analysis.describe_targets(kpis) == (
        "目標のある指標の図。62指標のうち、年度の目標があるのは60、"
        "最終目標だけがあるのは1、目標の記載がないのは1です。"
    )


def test_many_readings_are_summed_up_by_their_middle_and_what_they_change():
    said = analysis.describe_readings(at_rates(*[0.5] * 40, *[1.5] * 21))
    assert said.startswith("読み方ごとの率の分布。達成率は61指標で中央値75.0％。")
    assert "進捗率は61指標で中央値50.0％。" in said
    assert "61指標のうち、結論が式によって変わるのは" in said


def test_many_unit_costs_are_told_by_unit():
    kpis = at_rates(*[1.0] * 62).assign(unit=["件"] * 40 + ["人"] * 22)
    kpis = kpis.assign(unit_cost_yen=[100.0] * 40 + [2_000.0] * 22)
    kpis = kpis.assign(unit_cost_low_yen=1.0, unit_cost_high_yen=1.0)
    assert analysis.describe_unit_costs(kpis) == (
        "結果1つあたりの費用を、単位ごとに並べた図。62指標のうち62指標で分かり、"
        "中央値は1件あたり100円（40指標）、1人あたり2,000円（22指標）です。"
    )


def many_programs(low, high):
    rows = {"program": [f"事業{n}" for n in range(70)], "cost_yen": range(1, 71)}
    return pd.DataFrame(rows).assign(mean_capped_low=low, mean_capped_high=high)


def test_of_many_programs_the_costliest_laggards_are_named():
    said = analysis.describe_cost_progress(many_programs(0.4, 0.4))
    assert said.endswith(
        "費用の記載がある70事業のうち、進み具合が分かるのは70事業で、そのうち0事業が100％です。"
        "50％に届かない事業で費用が大きいのは順に「事業69」「事業68」「事業67」です。"
    )


def test_where_it_is_known_of_none_how_far_it_got_the_costliest_are_named():
    said = analysis.describe_cost_progress(many_programs(0.0, 1.0))
    assert said == (
        "費用の分布の図。費用の記載がある70事業のうち、進み具合が分かる事業はありません。"
        "費用が大きいのは順に「事業69」「事業68」「事業67」です。"
    )


def test_many_trends_are_summed_up_by_their_ways():
    kpis = pd.concat([yearly_kpi([1, 2, 4], kpi_id=f"k{n}") for n in range(61)])
    said = analysis.describe_trends(kpis, analysis.fit_trends(kpis))
    assert said.startswith("61指標の年度ごとの動きの図。3年度以上の実績がある指標は61あります。")
    assert "目標へ向かっているもの61" in said


def test_many_observations_are_counted_by_what_they_are_of():
    rows = {"what": ["来場者"] * 40 + ["出店者"] * 30, "unit": "人", "value": 5.0}
    said = analysis.describe_observations(pd.DataFrame(rows).assign(fiscal_year=2018))
    assert said == (
        "指標のほかに公表された数値は70件です。多いのは順に来場者・人（40件）、出店者・人（30件）です。"
    )


def test_many_grades_are_counted_in_their_cells():
    audit = pd.DataFrame({"effectiveness": ["高"] * 90, "efficiency": "中", "grade": "B"})
    said = analysis.describe_grades(audit.assign(place="長い名の資料の長い名のシート"))
    assert said.endswith("件数の多い順に、有効性高・効率性中はB（90件）。")
