"""The sentences beside the figures: on the real slices, on tables with nothing in them."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from made import SLICES
from slices import TSUKUBA, compute, report

import analysis

NOT_FOR_READERS = ("nan", "NaN", "None", "<NA>", "NaT", "inf")


def all_sentences(r):
    return {
        "progress": analysis.describe_progress(r.kpis),
        "plan": analysis.describe_targets(r.kpis),
        "readings": analysis.describe_readings(r.kpis),
        "dependence": analysis.describe_dependence(r.kpis),
        "costs": analysis.describe_costs(r.kpis),
        "squares": analysis.describe_unit_costs(r.kpis),
        "parts": analysis.describe_parts(r.parts),
        "grades": analysis.describe_grades(r.audit),
        "rubric": analysis.describe_rubric(r.rubric),
        "words": analysis.describe_progress_words(r.audit),
        "overlap": analysis.describe_overlap(r.audit),
        "observations": analysis.describe_observations(r.data.observations),
        "cost_progress": analysis.describe_cost_progress(r.comparison),
        "three_readings": analysis.describe_three_readings(r.comparison),
        "inferred": "".join(analysis.describe_inferred(r.data.tables)),
    }


def empty(r):
    """The same tables without a row."""
    data = SimpleNamespace(
        observations=r.data.observations.iloc[:0],
        tables={name: table.iloc[:0] for name, table in r.data.tables.items()},
    )
    return SimpleNamespace(
        data=data,
        kpis=r.kpis.iloc[:0],
        audit=r.audit.iloc[:0],
        rubric=None,
        parts=r.parts.iloc[:0],
        comparison=r.comparison.iloc[:0],
    )


@pytest.mark.parametrize("which", SLICES)
def test_no_sentence_shows_how_a_computer_writes_a_missing_value(which):
    for name, text in all_sentences(report(*which)).items():
        for word in NOT_FOR_READERS:
            assert word not in text, name


@pytest.mark.parametrize("which", SLICES)
def test_no_sentence_accuses_or_claims_an_effect(which):
    for name, text in all_sentences(report(*which)).items():
        for word in ("誤り", "不正", "効果があ", "間違"):
            assert word not in text, name


def test_tables_without_a_row_say_why_there_is_nothing():
    said = all_sentences(empty(report(TSUKUBA, 2018)))
    for name, text in said.items():
        for word in NOT_FOR_READERS:
            assert word not in text, name
    assert "指標（KPI）が載っていない" in said["progress"]
    assert "指標がない" in said["plan"]
    assert "示せません" in said["dependence"]
    assert "求められません" in said["costs"]
    assert "図はありません" in said["grades"]
    assert "図はありません" in said["words"]
    assert "図はありません" in said["cost_progress"]
    assert "手元にありません" in said["rubric"]
    assert "この資料にはありません" in said["observations"]
    assert said["three_readings"] == "指標のある事業がありません。"
    assert said["readings"] == said["squares"] == said["overlap"] == said["inferred"] == ""


def test_no_parts_are_not_said_to_be_complete():
    assert "すべて記載" not in all_sentences(empty(report(TSUKUBA, 2018)))["parts"]


def without(table, column):
    """The table with one optional column left empty, as a publication may leave it."""
    return table.assign(**{column: table[column].mask(table[column].notna())})


@pytest.mark.parametrize(
    "column",
    ["unit", "baseline", "target", "final_target", "final_year"],
)
def test_a_column_of_kpis_left_empty_leaves_no_hole_in_a_sentence(column):
    data = report(TSUKUBA, 2018).data
    said = all_sentences(compute(replace(data, kpis=without(data.kpis, column))))
    for name, text in said.items():
        for word in NOT_FOR_READERS:
            assert word not in text, name


@pytest.mark.parametrize("column", ["progress", "effectiveness", "efficiency", "grade", "scheme"])
def test_a_column_of_ratings_left_empty_leaves_no_hole_in_a_sentence(column):
    r = report(TSUKUBA, 2018)
    audit = analysis.audit_published(r.kpis, without(r.data.ratings, column), r.data.rubrics)
    for text in (
        analysis.describe_grades(audit),
        analysis.describe_progress_words(audit),
        analysis.describe_overlap(audit),
    ):
        for word in NOT_FOR_READERS:
            assert word not in text
