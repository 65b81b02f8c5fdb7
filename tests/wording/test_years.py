"""Years in the words of the reports."""

import pandas as pd
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


def test_governments_and_years_are_counted_as_published(real):
    data, kpis, _ = real
    years = analysis.compare_years(kpis, data.programs, data.ratings, data.program_years)
    shown = analysis.tabulate_years(years).set_index(["団体", "年度"])
    columns = "指標 従前値 目標 実績 到達 未達 不明 期限前の目標 公表の率 総合評価"
    assert list(shown) == columns.split()
    assert {
        " ".join(key): " ".join(row) for key, row in zip(shown.index, shown.to_numpy(), strict=True)
    } == {
        "つくば市 H30": "7 7 7 7 5 2 0 0 0 10",
        "盛岡市 R3": "10 0 4 6 0 0 10 0 0 0",
        "盛岡市 R4": "4 0 4 0 0 0 4 0 0 0",
        "御所市 H25": "3 3 3 3 0 0 3 3 3 0",
        "茨城県 H28": "2 0 2 2 2 0 0 0 2 0",
        "茨城県 H29": "2 0 2 1 1 0 1 0 1 0",
        "福岡県 R6": "9 0 9 9 7 1 1 1 0 0",
        "名寄市 R元": "1 0 1 1 1 0 0 0 1 0",
        "つくば市 R3": "0 0 0 0 0 0 0 0 0 0",  # a judgement of a strategy without any KPI
    }
    assert years[["estimated", "preliminary"]].sum().tolist() == [1, 6 + 1]


def test_the_comparison_says_what_is_missing_and_that_it_is_no_ranking(real):
    data, kpis, trends = real
    years = analysis.compare_years(kpis, data.programs, data.ratings, data.program_years)
    said = analysis.describe_years(years)
    assert said.startswith("6団体の延べ9年度について、評価の対象の年度にある38指標を並べます。")
    assert (
        "手元の資料に従前値の記載がないのは盛岡市・茨城県・福岡県・名寄市、達成率など率の" in said
    )
    assert said.count("手元の資料に") == 1
    assert "御所市の3指標、福岡県の1指標は、期限がまだ来ていない最終目標しかないため" in said
    assert said.endswith("到達した割合は団体の順位になりません。")
    tiles = analysis.summarize_years(years, trends)
    assert tiles["value"].tolist() == ["9", "16 / 38", "14 / 37", "7 / 10"]
    assert all("年度" in note for note in tiles["note"])  # each says what it counts
    assert analysis.describe_scope(years, data.shown_programs, data.sources) == (
        "7団体の11資料、平成25年度～令和6年度。うち貝塚市は指標の記載がないため、"
        "指標の比較は6団体。出典の表には、事業の載らない2資料も挙げる。"
    )
    few = data.sources["source_id"].isin(data.shown_programs["source_id"])
    named = data.shown_programs[data.shown_programs["government"] != "貝塚市"]
    said = analysis.describe_scope(years, named, data.sources[few])
    assert (
        said == "6団体の10資料、平成25年度～令和6年度。出典の表には、事業の載らない1資料も挙げる。"
    )


def test_kpis_of_one_name_and_unit_in_two_governments_are_named_as_comparable(real):
    said = analysis.describe_comparability(real[1])
    assert said.startswith("同じ名と単位の指標を2つ以上の団体が公表している例はありません。")
    two = pd.concat([kpi([1]), kpi([2], government_code="080004"), kpi([2], unit="世帯")])
    said = analysis.describe_comparability(two)
    assert said.startswith(
        "2つ以上の団体が同じ名と単位で公表している指標は「自主防災組織率」です。"
    )
    assert "単位は2種類" in said
    assert "前後の年度も含む延べ3指標" in said


def test_units_that_differ_only_in_width_are_one():
    wide = kpi([1], unit="％")
    narrow = kpi([2], unit="%", government_code="080004")
    said = analysis.describe_comparability(pd.concat([wide, narrow]))
    assert "単位は1種類" in said
    assert said.startswith("2つ以上の団体が同じ名と単位で")


def test_totals_are_shown_beside_the_years_they_are_made_of_and_taken_apart():
    data = analysis.load(DATA, government="080004")
    totals = analysis.add_cumulative(analysis.add_achievement(data.kpis), data.programs)
    table = analysis.tabulate_totals(totals)
    assert table.iloc[1].tolist() == [
        "雇用創出数",
        "H28",
        "2,415人",
        "5,163人",
        "4,000人",
        "129.1％",
    ]
    assert table.iloc[-1].tolist()[1:] == ["H29", "1,914人", "7,077人", "6,000人", "118.0％"]


def test_a_kpi_of_one_year_without_a_start_has_no_totals():
    data = analysis.load(DATA, government="292087")
    totals = analysis.add_cumulative(analysis.add_achievement(data.kpis), data.programs)
    assert analysis.tabulate_totals(totals).empty
