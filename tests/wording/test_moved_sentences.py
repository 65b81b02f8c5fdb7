"""What the reports of two editions say first, where it differs."""

import pytest
from compared import WASTE, edition, tell
from folders import CONSULTATIONS, JOB_FAIR

from analysis.measures.chain import measure
from analysis.wording.moved_sentences import list_moved_sentences

MOVE = {"program_id": "move"}
PROGRAMS = [JOB_FAIR, JOB_FAIR | MOVE | {"program": "移住促進"}]
KEYS = [("082201", "job_fair", 2018), ("082201", "move", 2018)]


@pytest.fixture
def moved(tmp_path):
    """The sentences that move between KPIs of two programs."""

    def find(old, new):
        ends = [
            measure(edition(tmp_path / name, programs=PROGRAMS, kpis=kpis))
            for name, kpis in (("old", old), ("new", new))
        ]
        return list_moved_sentences(*ends, KEYS)

    return find


def test_a_program_whose_sentences_stay_is_not_listed_and_the_government_is(moved):
    waste = WASTE | MOVE
    listed = moved([CONSULTATIONS, waste], [CONSULTATIONS | {"actual": 210}, waste])
    assert tell(listed, "program", "fiscal_year", "column") == [
        (None, 2018, "sentence"),
        ("合同就職面接会", 2018, "sentence"),
    ]
    assert listed["earlier"].tolist() == [
        "2指標のうち、目標に到達したものはありません。"
        "「マッチング相談件数」は従前値より悪くなりました。",
        "「マッチング相談件数」は、目標200件に対して速報の実績が148件で、目標に届きませんでした。"
        "事業前の従前値170件より悪くなっています。",
    ]
    assert listed["later"].tolist() == [
        "2指標のうち、目標に到達したのは1指標でした。",
        "「マッチング相談件数」は、目標200件に対して速報の実績が210件で、目標に到達しました。",
    ]


def test_a_program_without_a_kpi_in_one_edition_has_no_sentence_to_compare(moved):
    listed = moved([CONSULTATIONS, WASTE | MOVE], [CONSULTATIONS])
    assert listed["program"].isna().tolist() == [True]
    assert listed["government"].tolist() == ["つくば市"]


def test_the_same_kpis_say_the_same(moved):
    both = [CONSULTATIONS, WASTE | MOVE]
    assert len(moved(both, both)) == 0
