"""The first sentences and headline figures of every report."""

import pytest
from made import NO_OBSERVATIONS, some_budgets, some_kpis
from slices import DATA, MORIOKA, TSUKUBA, report

import analysis

SLICES = [
    (TSUKUBA, 2018),
    (TSUKUBA, 2018, "support_robot_trial"),
    (TSUKUBA, 2018, "lifestyle_seminar"),
    (TSUKUBA, 2018, "job_fair"),
    (TSUKUBA, 2018, "migration_promotion"),
    (TSUKUBA, 2018, "local_hub_cocreation"),
    (MORIOKA, 2021),
    (MORIOKA, 2021, "growth_field_hub"),
    (MORIOKA, 2021, "related_population"),
    (MORIOKA, 2022, "six_city_festivals"),
]


def findings(r):
    return analysis.describe_findings(r.kpis, r.audit, r.data.observations, r.rubric)


def where(r):
    year = r.data.program_years["fiscal_year"].iloc[0]
    return analysis.describe_where(r.data.shown_programs, r.data.sources, year)


def title(r):
    return analysis.describe_title(r.data.programs, r.kpis)


def tiles_of_program(r):
    table = analysis.summarize_program(r.kpis, r.data.budgets, r.data.ratings, r.data.observations)
    return {t.label: (t.value, t.note) for t in table.itertuples()}


def tiles_of_government(r):
    table = analysis.summarize_government(r.comparison, r.kpis, r.data.budgets, r.audit)
    return {t.label: (t.value, t.note) for t in table.itertuples()}


def everything_said(r):
    tiles = [*tiles_of_program(r).items(), *tiles_of_government(r).items()]
    texts = [where(r), title(r), findings(r), analysis.describe_audit(r.audit, r.rubric)]
    return texts + [f"{label} {value} {note}" for label, (value, note) in tiles]


@pytest.mark.parametrize("which", SLICES)
def test_no_sentence_shows_how_a_computer_writes_a_missing_value(which):
    for text in everything_said(report(*which)):
        for word in ("nan", "NaN", "None", "<NA>", "NaT"):
            assert word not in text


@pytest.mark.parametrize("which", SLICES)
def test_no_sentence_accuses_or_claims_an_effect(which):
    for text in everything_said(report(*which)):
        for word in ("誤り", "不正", "効果があ", "間違"):
            assert word not in text


@pytest.mark.parametrize("which", SLICES)
def test_every_report_begins_with_a_whole_sentence(which):
    text = findings(report(*which))
    assert len(text) > 20
    assert text.endswith("。")
    assert "。。" not in text


def tiles(*rows):
    judgements = analysis.load(DATA, "082201", 2018, "job_fair").ratings.iloc[:0]
    table = analysis.summarize_program(
        some_kpis(*rows), some_budgets(), judgements, NO_OBSERVATIONS
    )
    return {t.label: (t.value, t.note) for t in table.itertuples()}
