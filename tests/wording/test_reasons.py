"""Reasons in the words of the reports."""

import pandas as pd
import pytest
from made import SLICES
from slices import TSUKUBA, report

import analysis


def test_inferred_columns_are_listed_by_table_in_the_words_of_the_report():
    items = analysis.describe_inferred(report(TSUKUBA, 2018, "job_fair").data.tables)
    assert items == [
        "資料：公表者",
        "事業：交付金事業、開始年度、終了年度、実施の範囲",
        "指標：指標の種類、最終目標の年度",
        "評価：有効性、効率性",
    ]


def test_an_inferred_column_is_listed_once_however_many_rows_have_it():
    table = pd.DataFrame({"inferred": ["unit kpi_kind", None, "kpi_kind", "final_year kpi_kind"]})
    [item] = analysis.describe_inferred({"kpis": table})
    assert item.count("指標の種類") == 1


@pytest.mark.parametrize("which", SLICES)
def test_no_inferred_column_is_listed_by_its_name_in_the_code(which):
    for item in analysis.describe_inferred(report(*which).data.tables):
        assert "_" not in item
        assert item.isascii() is False
