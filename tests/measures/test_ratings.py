"""Published judgements beside the KPIs they are of."""

import pandas as pd
import pytest
from made import typed

from analysis import add_ratings


def test_each_kpi_keeps_its_row_and_takes_only_the_judgement_of_itself():
    kpis = typed(
        "government_code program_id kpi_id fiscal_year",
        ("082201", "hub", "ideas", 2018),
        ("082201", "hub", "income", 2018),
        ("082201", "hub", "ideas", 2019),
    ).set_axis([30, 10, 20])
    ratings = typed(
        "government_code program_id kpi_id fiscal_year progress grade",
        ("082201", "hub", "income", 2018, "概ね順調", "B"),
        ("082201", "hub", None, 2018, "順調", "S"),
        ("082201", "hub", "ideas", 2019, "順調", "A"),
        ("032018", "hub", "ideas", 2018, "順調", "S"),
    )
    expected = kpis.assign(progress=[None, "概ね順調", "順調"], grade=[None, "B", "A"])
    pd.testing.assert_frame_equal(
        add_ratings(kpis, ratings)[list(expected)], expected.astype(ratings.dtypes[-2:])
    )


def test_the_latest_of_two_judgements_of_a_kpi_is_taken_and_no_row_is_doubled():
    key = ("082201", "hub", "ideas", 2018)
    kpis = typed("government_code program_id kpi_id fiscal_year", key)
    ratings = typed(
        "government_code program_id kpi_id fiscal_year progress grade",
        (*key, "概ね順調", "B"),
        (*key, "順調", "A"),
    )
    rated = add_ratings(kpis, ratings)
    assert rated[["progress", "grade"]].to_numpy().tolist() == [["順調", "A"]]


@pytest.mark.parametrize(
    ("first", "second", "progress", "grade"),
    [
        (("順調", "A"), ("概ね順調", "A"), None, "A"),
        (("順調", "A"), ("順調", "B"), "順調", None),
        (("順調", None), (None, "B"), "順調", "B"),
        ((None, None), (None, None), None, None),
    ],
)
def test_there_is_one_word_only_where_the_judges_do_not_differ(first, second, progress, grade):
    key = ("082201", "hub", "ideas", 2018)
    kpis = typed("government_code program_id kpi_id fiscal_year", key)
    ratings = typed(
        "government_code program_id kpi_id fiscal_year progress grade rated_by",
        (*key, *first, "一次評価"),
        (*key, *second, "外部評価"),
    )
    found = add_ratings(kpis, ratings).iloc[0]
    assert [None if pd.isna(cell) else cell for cell in found[["progress", "grade"]]] == [
        progress,
        grade,
    ]


def test_judges_who_are_only_partly_named_are_told_apart_by_the_name_that_is_there():
    key = ("082201", "hub", "ideas", 2018)
    ratings = typed(
        "government_code program_id kpi_id fiscal_year progress grade rated_by",
        (*key, "順調", None, None),
        (*key, "概ね順調", None, "外部評価"),
    )
    kpis = typed("government_code program_id kpi_id fiscal_year", key)
    [judges] = add_ratings(kpis, ratings)["progress_judges"]
    assert judges == {"順調": [], "概ね順調": ["外部評価"]}
