"""The first sentences and headline figures of every report."""

import pytest
from made import (
    findings,
    tiles_of_government,
    tiles_of_program,
    where,
)
from slices import MORIOKA, TSUKUBA, report

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


def title(r):
    return analysis.describe_title(r.data.programs, r.kpis)


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
