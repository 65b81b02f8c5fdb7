"""What someone asks for, by a name or a year as printed: how the data name it, or what is near."""

import numpy as np
import pandas as pd
import pytest

from analysis import DataError
from analysis.dataset.asked import Names, read_years, tell_unknown

PROGRAMS = [
    ("082201", "つくば市", "job_fair", "合同就職面接会"),
    ("082201", "つくば市", "job_fair", "合同就職面接会（改）"),  # as a later source has it
    ("082201", "つくば市", "seminar", "セミナー"),
    ("082201", "つくば市", "ai", "ＡＩ・IoT プラットフォーム"),
    ("080004", "茨城県", "job_fair", "就職面接会"),
    ("080004", "茨城県", "evening_seminar", "セミナー"),
    ("132063", "府中市", "sports", "スポーツ"),
    ("342084", "府中市", "furniture", "家具"),
    ("242012", "津市", "harbour", "港"),
]


@pytest.fixture
def names():
    columns = ["government_code", "government", "program_id", "program"]
    return Names(pd.DataFrame(PROGRAMS, columns=columns))


def refused(call, *arguments):
    with pytest.raises(DataError) as error:
        call(*arguments)
    return str(error.value)


# Years


@pytest.mark.parametrize(
    ("asked", "years"),
    [
        (2018, [2018]),
        (np.int64(2018), [2018]),
        (2018.0, [2018]),  # a cell of a column with gaps
        ("2018", [2018]),
        ("H30", [2018]),
        ("平成30", [2018]),
        ("平成30年度", [2018]),
        ("R元", [2019]),
        ("H28～H30", [2016, 2017, 2018]),
        ([2017, "H30", 2017], [2017, 2018]),
        (range(2017, 2019), [2017, 2018]),
        (pd.Series([2018, 2017], dtype="Int64"), [2018, 2017]),
    ],
)
def test_years_are_read_as_numbers_and_as_they_are_printed_one_or_several(asked, years):
    read = read_years(asked)
    assert read == years
    assert {type(year) for year in read} == {int}


@pytest.mark.parametrize(
    "asked", ["30", "2018～", "x", "", 2018.5, float("nan"), None, [2018, None]]
)
def test_what_is_no_year_is_refused_with_what_to_write(asked):
    assert "is no fiscal year; write 平成30年度, H30, R元, 2018" in refused(read_years, asked)


def test_an_empty_list_of_years_is_not_all_of_them():
    assert "leave fiscal_year out" in refused(read_years, [])


# Governments


@pytest.mark.parametrize("asked", ["082201", "０８２２０１", "つくば市", "つくば", " つくば 市"])
def test_a_government_is_found_by_its_code_and_its_name_with_or_without_its_kind(names, asked):
    assert names.find_government(asked) == "082201"


def test_a_name_that_is_its_kind_alone_is_no_government_and_a_short_one_is(names):
    assert names.find_government("津") == "242012"
    assert "市: not in the data" in refused(names.find_government, "市")


@pytest.mark.parametrize("asked", ["府中市", "府中"])
def test_several_governments_of_one_name_are_told_by_their_codes(names, asked):
    assert refused(names.find_government, asked) == (
        f"{asked}: 2 governments are called so; write 132063 or 342084"
    )
    assert names.find_government("342084") == "342084"


def test_an_unknown_government_is_told_with_what_is_near_and_how_many_there_are(names):
    assert refused(names.find_government, "つくばみらい市") == (
        "つくばみらい市: not in the data. Did you mean 082201 (つくば市)? There are 5 in all."
    )


def test_a_code_whose_zero_was_dropped_is_told(names):
    assert "82201: not in the data (its zero was dropped: 082201)" in refused(
        names.find_government, "82201"
    )


@pytest.mark.parametrize("asked", [82201, ["082201"], None])
def test_a_code_that_is_no_text_is_to_be_quoted(names, asked):
    assert "is not text: write the code in quotes" in refused(names.find_government, asked)
    assert "is not text: write the id in quotes" in refused(names.find_program, asked)


# Programs


@pytest.mark.parametrize("asked", ["job_fair", "スポーツ", "ai", "AI・IoTプラットフォーム"])
def test_a_program_is_found_by_its_id_and_by_its_name_however_wide_its_letters_are(names, asked):
    expected = {"スポーツ": "sports", "AI・IoTプラットフォーム": "ai"}
    assert names.find_program(asked) == expected.get(asked, asked)


def test_a_name_of_several_programs_asks_for_the_government(names):
    assert refused(names.find_program, "セミナー") == (
        "セミナー: it may be 082201/seminar or 080004/evening_seminar; "
        "give the government and the id"
    )
    assert names.find_program("セミナー", ["080004"]) == "evening_seminar"


def test_a_name_whose_id_is_that_of_another_program_too_asks_for_the_government(names):
    assert "it may be 082201/job_fair or 080004/job_fair" in refused(
        names.find_program, "合同就職面接会"
    )
    assert names.find_program("合同就職面接会", ["082201"]) == "job_fair"
    assert names.find_program("就職面接会", ["080004"]) == "job_fair"


def test_an_unknown_program_is_told_with_those_near_it_by_id_or_name(names):
    said = refused(names.find_program, "jobfair")
    assert said.startswith("jobfair: not in the data. Did you mean job_fair (")
    assert said.endswith("There are 7 in all.")
    assert "furniture (家具)" in refused(names.find_program, "家具事業")
    assert "job_fair (就職面接会)" in refused(names.find_program, "面接会", ["080004"])


# What is near


def test_of_many_at_most_five_are_named():
    known = {f"p_{number}": f"事業{number}" for number in range(40)}
    assert tell_unknown("事業", known).count("p_") == 5
    said = tell_unknown("x", known)
    assert said.count("p_") == 5
    assert "There are 40 in all, such as p_0 (事業0), " in said


def test_of_few_all_are_named_and_of_none_that_there_is_none():
    assert tell_unknown("x", {"2018": ""}) == "x: not in the data. There are 1 in all: 2018."
    assert tell_unknown("", {}) == "'': not in the data. There are 0 in all: none."
