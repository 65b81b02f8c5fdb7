"""Revisions in the words of the reports."""

import numpy as np
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


REVISIONS = pd.DataFrame(
    {
        "table": ["kpis", "kpis", "ratings", "budgets"],
        "program": "面接会",
        "kpi": ["相談件数", "相談件数", "相談件数", None],
        "government_code": "082201",
        "program_id": "job_fair",
        "kpi_id": ["talks", "talks", "talks", None],
        "fiscal_year": 2018,
        "item": [None, None, None, "total"],
        "column": ["actual", "actual_status", "published_rate", "amount_yen"],
        "earlier": [148.0, "pending", 0.74, np.nan],
        "later": [201.0, "final", 1.005, 3_780_000],
        "change": ["changed", "changed", "changed", "filled"],
        "reached_before": ["no", "no", None, None],
        "reached_after": ["yes", "yes", None, None],
        "grade_before": [*[{"B": ["市"]}] * 3, None],
        "grade_after": [*[{"B": ["市"]}] * 3, None],
    }
)


def test_revisions_are_shown_with_both_figures_and_what_follows():
    assert analysis.tabulate_revisions(REVISIONS).to_numpy().tolist() == [
        ["相談件数", "H30", "実績", "148", "201", "変更", "未達 → 到達", "B"],
        ["相談件数", "H30", "実績の扱い", "集計中", "公表値", "変更", "未達 → 到達", "B"],
        ["相談件数", "H30", "公表の率", "74.0％", "100.5％", "変更", "—", "B"],
        ["面接会", "H30", "金額（円）", "—", "3,780,000", "後から記載", "—", "—"],
    ]


def test_revisions_are_counted_by_kpi_and_none_is_not_called_certainty():
    said = analysis.describe_revisions(REVISIONS)
    assert said == (
        "後の版で違っている数値は4件です（変更3件、後から記載1件）。1指標で到達の判定が変わります。"
    )
    assert "後から直されていないという意味ではありません" in analysis.describe_revisions(
        REVISIONS.iloc[:0]
    )
    assert analysis.tabulate_revisions(REVISIONS.iloc[:0]).empty


def test_the_raised_target_of_ibaraki_is_shown_as_harder_and_no_reason_is_given(real):
    changed = analysis.list_changed_targets(real[1])
    assert analysis.tabulate_changed_targets(changed).to_numpy().tolist() == [
        [
            "雇用創出数（累計）",
            "H28：10,000人（R元まで）",
            "H29：13,000人（R元まで）",
            "＋3,000",
            "届きにくい向き",
            "先送りではない",
        ],
        [
            "県事業での養成者数（累計）",
            "R8の目標（変更前）：2,800名",
            "R8の目標：2,900名",
            "＋100",
            "届きにくい向き",
            "先送りではない",
        ],
    ]
    assert analysis.describe_changed_targets(changed) == (
        "最終目標の変更は1件で、10,000人から13,000人への引き上げです。"
        "「県事業での養成者数（累計）」の令和8年度の目標は2,800名から2,900名に引き上げられました"
        "（同じ資料の記載）。変えた理由は、この表からは分かりません。"
    )


def test_of_several_changed_targets_only_the_ways_that_occur_are_counted():
    easier = kpi([1, 2], final_target=[100, 80])
    later = kpi([1, 2], kpi_id="later", final_year=pd.array([2017, 2019], dtype="Int64"))
    changed = analysis.list_changed_targets(pd.concat([easier, later]))
    said = analysis.describe_changed_targets(changed)
    assert said.startswith(
        "最終目標の変更は2件です（届きやすい向きに変わったもの1件、期限が先送りされたもの1件）。"
    )
    alone = analysis.describe_changed_targets(changed[1:])
    assert alone.startswith("最終目標の変更は1件で、平成29年度から令和元年度への期限の先送りです。")
    assert analysis.describe_changed_targets(changed[:0]).endswith("見つかりません。")


def test_a_target_put_off_is_shown_with_its_value_unchanged():
    table = kpi([1, 2], final_year=pd.array([2017, 2019], dtype="Int64"))
    shown = analysis.tabulate_changed_targets(analysis.list_changed_targets(table))
    assert shown[["変化", "向き", "期限"]].to_numpy().tolist() == [["0", "値は同じ", "先送り"]]
