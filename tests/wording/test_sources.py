"""Sources in the words of the reports."""

import pandas as pd
from made import rows
from slices import MORIOKA, TSUKUBA, report

import analysis
from analysis.wording.codebook import name_table


def test_sources_print_title_publisher_edition_number_and_year():
    [row] = rows(analysis.tabulate_sources(report(TSUKUBA, 2018).data.sources))
    assert "重要業績評価指標（ＫＰＩ）の指標一覧" in row.pop("資料")
    assert row == {
        "公表者": "つくば市",
        "版": "速報版",
        "資料番号": "資料２－１",
        "年度": "平成30年度",
    }
    [row] = rows(analysis.tabulate_sources(report(MORIOKA, 2021).data.sources))
    assert (row["版"], row["資料番号"], row["年度"]) == ("—", "—", "令和3年度（推定）")


def test_hashes_print_one_row_a_table_and_change_with_the_data():
    whole, part = report(TSUKUBA, 2018).data.hashes, report(TSUKUBA, 2018, "job_fair").data.hashes
    table = analysis.tabulate_hashes(whole)
    assert table["表"].tolist() == [name_table(name) for name in whole]
    assert table["SHA-256"].str.fullmatch("[0-9a-f]{12}").all()
    assert whole["kpis"] != part["kpis"]


def test_versions_name_what_computed_and_drew():
    table = analysis.tabulate_versions()
    assert table["名前"].tolist() == ["Python", "sosei", "pandas", "numpy", "matplotlib"]
    assert dict(table.to_numpy().tolist())["pandas"] == pd.__version__
