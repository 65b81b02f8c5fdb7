"""How a cell of each kind is written."""

import re

import pytest

from analysis.dataset.kinds import DIGITS_HELD, KINDS, LARGEST

RIGHT = {
    "text": "合同就職面接会",
    "prose": "行が\n分かれる説明",
    "code": "082201",
    "slug": "job_fair",
    "reference": "082201/job_fair/tsukuba_2018",
    "year": "2018",
    "calendar_year": "2008",
    "number": "-4.3",
    "kpi": "job_fair/consultations",
    "names": "draft settled",
    "count": "110",
    "yen": "-10010000",
    "as_of": "2025-09-30",
    "date": "2019-03-31",
}
WRONG = {
    "text": "鐘\a",
    "prose": "\x00",
    "code": "82201",
    "slug": "Job fair",
    "reference": "job_fair/tsukuba_2018",
    "year": "30",
    "calendar_year": "平成20",
    "number": "約120",
    "kpi": "consultations",
    "names": "draft, settled",
    "count": "-1",
    "yen": "10,010",
    "as_of": "2025-13-01",
    "date": "2019/3/31",
}


def test_there_is_an_example_of_every_kind():
    assert RIGHT.keys() == WRONG.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_is_of_its_kind_as_a_whole(kind):
    pattern = KINDS[kind].pattern
    assert re.fullmatch(pattern, RIGHT[kind])
    assert not re.fullmatch(pattern, WRONG[kind])
    assert not re.fullmatch(pattern, f"{RIGHT[kind]}\x00")


@pytest.mark.parametrize("kind", ["slug", "number", "kpi", "yen", "date"])
def test_what_a_message_gives_as_an_example_is_written_so(kind):
    examples = re.findall(r"such as ([^ ;,]+)", KINDS[kind].expected)
    assert examples
    assert [e for e in examples if not re.fullmatch(KINDS[kind].pattern, e)] == []


def test_a_float_holds_every_whole_number_and_every_digit_up_to_the_largest():
    assert float(LARGEST) == LARGEST
    assert float(LARGEST + 2) != LARGEST + 2
    assert int(float("9" * DIGITS_HELD)) == int("9" * DIGITS_HELD)
