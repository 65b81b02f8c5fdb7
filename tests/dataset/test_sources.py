"""What several sources say of the same figure."""

import pytest
from folders import (
    CONSULTATIONS,
    JOB_FAIR,
    NEXT,
    SOURCE,
    amount,
    found,
    of_year,
    said,
    write,
)

from analysis import check, load

OF_NEXT = {"source_id": "tsukuba_2019"}


def two_sources(folder, second, rows):
    write(folder, "sources", SOURCE, second)
    write(folder, "programs", JOB_FAIR, JOB_FAIR | {"source_id": second["source_id"]})
    for table, pair in rows.items():
        write(folder, table, *pair)


SAME_YEAR = SOURCE | {"source_id": "other_2018"}


OF_SAME_YEAR = {"source_id": "other_2018"}


def test_two_sources_of_one_year_with_different_amounts_are_refused_until_one_is_the_later(folder):
    rows = [amount("settled", 3_691_000), amount("settled", 3_619_000, **OF_SAME_YEAR)]
    two_sources(folder, SAME_YEAR, {"budgets": rows})
    assert found(folder) == [["sources_contradict", 3, "amount_yen"]]
    assert check(folder)["severity"].tolist() == ["error"]
    later = SAME_YEAR | {"supersedes": "tsukuba_2018"}
    two_sources(folder, later, {})
    assert found(folder) == []
    assert load(folder).budgets["amount_yen"].tolist() == [3_619_000]


def test_items_of_one_kind_are_compared_by_their_sum(folder):
    two = [amount("settled", 100, item="物件費"), amount("settled", 50, item="人件費")]
    two_sources(folder, SAME_YEAR, {"budgets": [*two, amount("settled", 150, **OF_SAME_YEAR)]})
    assert found(folder) == []
    two_sources(folder, SAME_YEAR, {"budgets": [*two, amount("settled", 160, **OF_SAME_YEAR)]})
    assert found(folder) == [["sources_contradict", 4, "amount_yen"]]


def test_a_direct_and_a_full_cost_of_two_sources_do_not_contradict(folder):
    rows = [
        amount("settled", 100, nature="direct"),
        amount("settled", 150, nature="full", **OF_SAME_YEAR),
    ]
    two_sources(folder, SAME_YEAR, {"budgets": rows})
    assert found(folder) == []


@pytest.mark.parametrize("column", ["actual", "target"])
def test_two_sources_of_one_year_with_different_figures_of_a_kpi_are_refused(folder, column):
    two_sources(
        folder, SAME_YEAR, {"kpis": [CONSULTATIONS, CONSULTATIONS | {column: 190} | OF_SAME_YEAR]}
    )
    assert found(folder) == [["sources_contradict", 3, column]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"edition": "速報版"}, {"edition": "確定版"}),
        ({"published_on": "2019-05-01"}, {"published_on": "2019-10-01"}),
    ],
)
def test_editions_or_days_that_tell_which_is_later_leave_a_doubt(folder, first, second):
    two_sources(
        folder,
        SAME_YEAR | second,
        {"kpis": [CONSULTATIONS, CONSULTATIONS | {"actual": 150} | OF_SAME_YEAR]},
    )
    write(folder, "sources", SOURCE | first, SAME_YEAR | second)
    assert found(folder) == [["editions_differ", 3, "actual"]]
    assert check(folder)["severity"].tolist() == ["doubt"]


def test_a_later_source_that_revises_an_earlier_year_is_a_note(folder):
    rows = [CONSULTATIONS, CONSULTATIONS | {"actual": 149} | OF_NEXT, of_year(2019) | OF_NEXT]
    two_sources(folder, NEXT, {"kpis": rows})
    assert found(folder) == [["history_differs", 3, "actual"]]
    assert check(folder)["severity"].tolist() == ["note"]
    assert said(folder)[1].startswith("148 as in row 2 (tsukuba_2018)")


def test_next_years_row_typed_with_last_years_number_is_noted_once_a_source(folder):
    rows = [CONSULTATIONS, CONSULTATIONS | OF_NEXT, CONSULTATIONS | {"kpi_id": "hires"} | OF_NEXT]
    two_sources(folder, NEXT, {"kpis": rows})
    assert found(folder) == [["year_of_source", 3, "fiscal_year"]]
    assert said(folder) == (
        "2 rows of 2018 in tsukuba_2019",
        "a row of 2019, the year this source evaluates, too",
    )


def test_history_and_a_plan_beside_the_evaluated_year_are_no_problem(folder):
    plan = of_year(2020, actual="", actual_status="not_in_source")
    rows = [row | OF_NEXT for row in (CONSULTATIONS, of_year(2019), plan)]
    two_sources(folder, NEXT, {"kpis": rows})
    assert found(folder) == []


def test_forgotten_program_rows_of_a_new_source_are_noted(folder):
    write(folder, "sources", SOURCE, NEXT)
    write(folder, "kpis", CONSULTATIONS, of_year(2019) | OF_NEXT)
    assert found(folder) == [["program_not_shown", 3, "source_id"]]
    assert said(folder)[0] == "1 programs with figures from tsukuba_2019"


def test_a_program_that_the_next_source_of_the_publisher_leaves_out_is_noted(folder):
    open_end = {"end_year": 2020}
    names = ("job_fair", "seminar", "tour")
    rows = [JOB_FAIR | open_end | {"program_id": name} for name in names]
    next_rows = [row | OF_NEXT for row in rows]
    write(folder, "sources", SOURCE, NEXT)
    write(folder, "programs", *rows, *next_rows)
    assert found(folder) == []
    write(folder, "programs", *rows, *next_rows[:2])
    assert found(folder) == [["no_longer_listed", 4, "program_id"]]
    ended = [*rows[:2], rows[2] | {"end_year": 2018}]
    write(folder, "programs", *ended, *next_rows[:2])
    assert found(folder) == []


def test_another_document_of_the_publisher_need_not_list_the_programs(folder):
    others = [JOB_FAIR | OF_NEXT | {"program_id": f"measure_{n}"} for n in range(3)]
    write(folder, "sources", SOURCE, NEXT)
    rows = [JOB_FAIR | {"program_id": name, "end_year": 2020} for name in ("job_fair", "tour")]
    write(folder, "programs", *rows, *others)
    assert found(folder) == []
