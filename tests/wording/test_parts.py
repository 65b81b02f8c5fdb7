"""Parts in the words of the reports."""

import pandas as pd
import pytest
from made import rows
from slices import MORIOKA, TSUKUBA, report

import analysis
from analysis.measures.evaluability import PARTS


def test_missing_parts_are_counted_and_other_documents_left_open():
    text = analysis.describe_parts(report(TSUKUBA, 2018).parts)
    assert text.startswith("7指標と指標のない3事業について、")
    assert "決算（10件とも）、指標・従前値・目標・実績・単価（3件）です。" in text
    assert "予算" not in text
    assert "指標の性質から出さないのは、単価（3件）です。" in text
    assert "ほかの資料に記載があるかもしれません" in text


def test_pending_actuals_and_amounts_of_unknown_nature_are_named():
    text = analysis.describe_parts(report(MORIOKA, 2021).parts)
    assert "集計中なのは、実績（4件）です。" in text
    assert "目標（6件）" in text
    assert "性質が書かれていません" in text


def complete_parts(**words):
    return pd.DataFrame([dict.fromkeys(PARTS, "final") | {"name": "来場者数"} | words])


def test_where_nothing_is_missing_no_other_document_is_hoped_for():
    text = analysis.describe_parts(complete_parts())
    assert "すべて記載" in text
    assert "ほかの資料に記載があるかもしれません" not in text


@pytest.mark.parametrize("status", ["pending", "unpublished", "not_in_source", "not_set"])
def test_an_absent_actual_is_never_called_complete(status):
    assert "すべて記載" not in analysis.describe_parts(complete_parts(actual=status))


def test_parts_print_what_the_source_holds_of_each_kpi():
    table = analysis.tabulate_parts(report(TSUKUBA, 2018).parts)
    columns = ["指標・事業", "指標", "従前値", "目標", "実績", "予算", "決算", "期間", "単価"]
    assert list(table) == columns
    robot, _, lives, *_ = table.to_numpy().tolist()
    assert robot == [
        "つくば市生活支援ロボット普及促進事業（指標なし）",
        *["記載なし"] * 4,
        *("あり", "記載なし", "あり", "記載なし"),
    ]
    assert lives == [
        "「つくば市に住みたい」ひとの割合",
        *["あり"] * 3,
        *("速報値", "あり", "記載なし", "あり", "対象外"),
    ]


def test_parts_tell_pending_actuals_and_amounts_of_unknown_nature_from_absent_ones():
    first, *_, last = rows(analysis.tabulate_parts(report(MORIOKA, 2021).parts))
    assert (first["実績"], first["予算"]) == ("あり", "金額の性質が不明")
    assert (last["実績"], last["予算"]) == ("集計中", "記載なし")
