"""How far published grades agree with those their rubric gives, in words."""

import pandas as pd
import pytest
from rated import judged
from slices import DATA, TSUKUBA, report

from analysis import count_agreement, load, measure_agreement
from analysis.wording import agreement as agreement_words


@pytest.fixture(scope="module")
def rubrics():
    return load(DATA).rubrics


def test_agreement_with_a_sheet_of_the_year_judged_is_called_circular():
    r = report(TSUKUBA, 2018)
    measured = measure_agreement(r.audit, r.data.rubrics)
    text = agreement_words.describe_agreement(measured, r.data.rubrics)
    assert text.endswith(
        "公表の総合評価10件は、10件とも基準から求めた評価と一致しますが、"
        "いずれも同じ年度の資料から読み取った対応なので、確かめたことにはなりません。"
    )


def test_without_a_known_rubric_there_is_nothing_to_agree_with():
    audit = judged(("A", "A"), scheme="nowhere")
    measured = measure_agreement(audit, {})
    assert agreement_words.tabulate_agreement(count_agreement(audit, {})).empty
    assert "ありません" in agreement_words.describe_agreement(measured, {})


def test_the_table_of_agreement_has_published_grades_in_rows_and_computed_in_columns(rubrics):
    table = agreement_words.tabulate_agreement(count_agreement(judged(("A", "B")), rubrics))
    assert table.columns.tolist() == ["公表の評価", "計算ではA", "計算ではB", "計算ではC"]
    assert table.to_numpy().tolist() == [
        ["A", "0", "1", "0"],
        ["B", "0", "0", "0"],
        ["C", "0", "0", "0"],
    ]


def test_the_agreement_of_each_judge_is_told_by_name(rubrics):
    audit = pd.concat([judged(("A", who)).assign(rated_by=f"{who}氏") for who in "AB"])
    text = agreement_words.describe_agreement(measure_agreement(audit, rubrics), rubrics)
    assert "（A氏）：公表の総合評価1件は、基準から求めた評価と一致します。" in text
    assert "（B氏）：公表の総合評価1件は、基準から求めた評価と違います。" in text
    table = agreement_words.tabulate_agreement(count_agreement(audit, rubrics))
    assert table["評価した者"].tolist() == ["A氏"] * 3 + ["B氏"] * 3
    assert table["計算ではB"].tolist() == ["0", "0", "0", "1", "0", "0"]
