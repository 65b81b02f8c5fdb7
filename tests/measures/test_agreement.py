"""How far published grades agree with those their rubric gives, judge by judge."""

import numpy as np
import pandas as pd
import pytest
from rated import judged
from slices import DATA, TSUKUBA, report

from analysis import count_agreement, load, measure_agreement
from analysis.measures.agreement import cross_agreement


@pytest.fixture(scope="module")
def rubrics():
    return load(DATA).rubrics


def test_agreement_counts_only_judgements_with_both_grades(rubrics):
    audit = judged(("A", "A"), ("A", "B"), ("C", "C"), (None, "A"), ("B", "unknown"), ("-", "A"))
    measured = measure_agreement(audit, rubrics).iloc[0]
    assert measured[["judgements", "both", "agreeing"]].tolist() == [6, 3, 2]
    assert measured["agreement"] == pytest.approx(2 / 3)
    assert np.isnan(measured["kappa"])
    assert measured["kappa_note"] == "too_few_rows"
    counts = count_agreement(audit, rubrics)
    cells = counts.set_index(["published", "computed"])["judgements"]
    assert cells[cells > 0].to_dict() == {("A", "A"): 1, ("A", "B"): 1, ("C", "C"): 1}
    assert list(counts["published"].unique()) == ["A", "B", "C"]


def test_kappa_from_twenty_rows_is_weighted_by_the_distance_in_the_rubrics_order(rubrics):
    # 8 A-A, 2 A-B, 1 B-A, 4 B-B, 1 B-C, 4 C-C. Steps apart: 4 in all. By chance, rows 10 6 4 and
    # columns 9 6 5: (10*6 + 2*10*5 + 6*9 + 6*5 + 2*4*9 + 4*6)/20 = 340/20 = 17. 1 - 4/17.
    pairs = {"AA": 8, "AB": 2, "BA": 1, "BB": 4, "BC": 1, "CC": 4}
    audit = judged(*[tuple(pair) for pair, number in pairs.items() for _ in range(number)])
    measured = measure_agreement(audit, rubrics).iloc[0]
    assert measured["kappa"] == pytest.approx(1 - 4 / 17)
    assert measured["kappa_note"] == ""
    short = measure_agreement(audit.iloc[1:], rubrics).iloc[0]
    assert short["kappa_note"] == "too_few_rows"


def test_where_only_one_grade_occurs_kappa_has_no_meaning(rubrics):
    measured = measure_agreement(judged(*[("A", "A")] * 20), rubrics).iloc[0]
    assert np.isnan(measured["kappa"])
    assert measured["kappa_note"] == "one_grade"


def test_the_grades_of_each_judge_are_counted_by_themselves(rubrics):
    # the department agrees twice of twice, the experts once of two
    inside = judged(("A", "A"), ("B", "B")).assign(rated_by="一次評価")
    outside = judged(("A", "A"), ("A", "B")).assign(rated_by="外部評価")
    audit = pd.concat([inside, outside], ignore_index=True)
    measured = measure_agreement(audit, rubrics)
    assert measured[["rated_by", "judgements", "agreeing"]].to_numpy().tolist() == [
        ["一次評価", 2, 2],
        ["外部評価", 2, 1],
    ]
    counts = count_agreement(audit, rubrics)
    assert counts.groupby("rated_by")["judgements"].sum().to_dict() == {
        "一次評価": 2,
        "外部評価": 2,
    }


def test_agreement_with_a_sheet_of_the_year_judged_is_counted_as_circular():
    r = report(TSUKUBA, 2018)
    measured = measure_agreement(r.audit, r.data.rubrics)
    assert measured[["both", "agreeing", "circular"]].to_numpy().tolist() == [[10, 10, 10]]


def test_without_a_known_rubric_nothing_is_measured_or_counted():
    audit = judged(("A", "A"), scheme="nowhere")
    assert measure_agreement(audit, {}).empty
    assert cross_agreement(count_agreement(audit, {})) == []


def test_published_grades_are_crossed_with_computed_ones_judge_by_judge(rubrics):
    audit = pd.concat([judged(("A", who)).assign(rated_by=f"{who}氏") for who in "AB"])
    crossed = cross_agreement(count_agreement(audit, rubrics))
    assert [judge for judge, _ in crossed] == ["A氏", "B氏"]
    assert [table.loc["A"].tolist() for _, table in crossed] == [[1, 0, 0], [0, 1, 0]]
    [(nobody, _)] = cross_agreement(count_agreement(judged(("A", "B")), rubrics))
    assert nobody is None
