"""Why something was concluded: the reasons held beside the data, as a report shows them."""

import pandas as pd
import pytest
from folders import CONSULTATIONS, JOB_FAIR, SOURCE, write
from slices import DATA, report

import analysis
from analysis.measures.reasons import (
    has_concluded_figures,
    is_figure_concluded,
    list_inferred,
    list_reasons,
)

KEY = "082201/job_fair/consultations/2018/tsukuba_2018"


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, "sources", SOURCE | {"inferred": ""})
    write(tmp_path, "programs", JOB_FAIR)
    second = CONSULTATIONS | {"kpi_id": "hires", "inferred": "kpi_kind"}
    write(tmp_path, "kpis", CONSULTATIONS | {"inferred": "kpi_kind unit"}, second)
    return tmp_path


@pytest.mark.parametrize(
    ("inferred", "concluded"),
    [("kpi actual", True), ("target", True), ("final_target", False), (None, False)],
)
def test_a_kpi_is_judged_by_what_was_concluded_where_its_target_or_its_actual_was(
    inferred, concluded
):
    assert is_figure_concluded(inferred) == concluded
    kpis = pd.DataFrame({"kpi": ["来場者"], "inferred": [inferred]})
    assert has_concluded_figures(kpis).tolist() == [concluded]
    assert not has_concluded_figures(kpis[["kpi"]]).any()


def reasons(*rows):
    columns = ["table", "column", "key", "reason"]
    return pd.DataFrame([("kpis", *row) for row in rows], columns=columns)


def listed_of(data):
    return analysis.list_reasons(data.tables)


def listed(folder, *rows):
    tables = analysis.load(folder).tables | {"reasons": reasons(*rows)}
    found = list_reasons(tables)
    return found.astype(object).where(found.notna(), None).to_numpy().tolist()


def test_the_nearest_reason_counts_that_of_the_row_of_its_source_or_of_the_table(folder):
    whole = ("kpi_kind", "*", "すべて")
    of_source = ("kpi_kind", "*/tsukuba_2018", "資料")
    of_row = ("kpi_kind", KEY, "行")
    unit = ["kpis", "unit", 1, None]
    assert listed(folder, whole) == [["kpis", "kpi_kind", 2, "すべて"], unit]
    assert listed(folder, whole, of_source) == [["kpis", "kpi_kind", 2, "資料"], unit]
    assert listed(folder, whole, of_row) == [
        ["kpis", "kpi_kind", 1, "行"],
        unit,
        ["kpis", "kpi_kind", 1, "すべて"],
    ]


def test_a_report_on_a_folder_without_reasons_says_that_none_is_held(folder):
    data = analysis.load(folder)
    assert analysis.tabulate_reasons(listed_of(data)).to_numpy().tolist() == [
        ["指標", "指標の種類", "2件", "理由の記載はありません"],
        ["指標", "単位", "1件", "理由の記載はありません"],
    ]
    assert analysis.describe_reasons(listed_of(data)) == (
        "次の2項目は、資料に書かれたとおりではなく、推定または訂正によるものです。"
        "推定の理由は、このデータには記されていません。"
    )


def test_a_report_on_a_folder_shows_its_reasons_and_how_many_are_missing(folder):
    reasons(("kpi_kind", "*", "数えるものから")).to_csv(folder / "reasons.csv", index=False)
    data = analysis.load(folder)
    assert analysis.tabulate_reasons(listed_of(data)).to_numpy().tolist() == [
        ["指標", "指標の種類", "2件", "数えるものから"],
        ["指標", "単位", "1件", "理由の記載はありません"],
    ]
    assert analysis.describe_reasons(listed_of(data)).endswith(
        "うち1項目には、理由の記載がありません。"
    )


def test_where_nothing_was_concluded_the_report_says_so(folder):
    write(folder, "kpis", CONSULTATIONS)
    data = analysis.load(folder)
    assert analysis.tabulate_reasons(listed_of(data)).empty
    assert "推定した項目はありません" in analysis.describe_reasons(listed_of(data))


def test_every_conclusion_of_the_projects_own_data_has_its_reason():
    found = list_reasons(analysis.load(DATA).tables)
    assert found[found["reason"].isna()].to_numpy().tolist() == []


def test_every_report_of_a_year_has_the_reasons_of_its_own_editions():
    # the row of 茨城県's strategy in the report of 平成28年度 is that of the earlier document
    years = analysis.load(DATA).program_years[["government_code", "fiscal_year"]]
    for government, year in years.drop_duplicates().itertuples(index=False):
        found = list_reasons(analysis.load(DATA, government, year).tables)
        assert found[found["reason"].isna()].to_numpy().tolist() == []


def test_the_rows_that_are_shown_are_those_that_are_counted():
    data = analysis.load(DATA, "080004", 2017)
    assert len(analysis.tabulate_reasons(listed_of(data))) == 23
    assert analysis.describe_reasons(listed_of(data)).startswith("次の23項目は")


def test_a_report_shows_the_reasons_of_its_own_rows_only():
    shown = analysis.tabulate_reasons(listed_of(report("082201", 2018, "job_fair").data))
    assert shown[["表", "項目"]].to_numpy().tolist() == [
        ["資料", "公表者"],
        ["事業", "交付金事業"],
        ["事業", "開始年度"],
        ["事業", "終了年度"],
        ["事業", "実施の範囲"],
        ["指標", "指標の種類"],
        ["指標", "最終目標の年度"],
        ["評価", "有効性"],
        ["評価", "効率性"],
    ]


def test_columns_concluded_in_some_row_are_listed_once_by_table_and_tables_without_any_are_not():
    kpis = pd.DataFrame({"inferred": ["unit kpi_kind", None, "kpi_kind"]})
    tables = {"kpis": kpis, "programs": kpis.iloc[1:2], "ratings": pd.DataFrame({"grade": ["A"]})}
    assert list_inferred(tables) == {"kpis": ["unit", "kpi_kind"]}
