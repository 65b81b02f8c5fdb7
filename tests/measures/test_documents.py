"""How much the documents at hand hold, of how many programs."""

import pandas as pd
from slices import DATA, GOSE, IBARAKI, TSUKUBA, compute

import analysis
from analysis.measures.documents import (
    count_described,
    count_evaluability,
    find_differing,
    find_last_reading,
    find_shown,
    share_by_each,
)


def rated(*asked):
    data = analysis.load(DATA, *asked)
    return data, analysis.rate_evaluability(data.shown_programs, compute(data).kpis, data.budgets)


def test_a_program_of_two_years_is_two_rows_and_one_program():
    found = count_evaluability(rated()[1])
    assert (found.rows, found.programs) == (113, 111)
    assert (found.with_kpi, found.judged) == (18, 12)
    assert (found.with_money, found.settled) == (16, 8)
    assert (found.nothing, found.everything) == (72, 0)


def test_a_document_without_any_figure_has_programs_without_kpi_or_money():
    found = count_evaluability(rated(IBARAKI, 2020)[1])
    assert (found.rows, found.with_kpi, found.judged, found.with_money) == (73, 0, 0, 0)


def test_terms_are_counted_by_program_and_those_with_a_quantity():
    assert count_described(rated(IBARAKI, 2020)[0].instruments) == (21, 73)
    assert count_described(rated(GOSE, 2012)[0].instruments) == (0, 0)


def test_governments_years_and_the_last_day_of_reading_are_found():
    data, _ = rated(TSUKUBA)
    shown = find_shown(data.shown_programs)
    assert shown.governments == ["つくば市"]
    assert (shown.first_year, shown.last_year) == (2018, 2021)
    days = pd.DataFrame({"read_on": ["2026-01-02", None, "2026-03-01"]})
    assert find_last_reading(days) == "2026-03-01"
    assert find_last_reading(days.iloc[1:2]) is None


def test_shares_are_of_all_and_of_each_thing_that_is_not_the_same_for_all():
    _, whole = rated(TSUKUBA, 2018)
    shares = share_by_each(whole)
    assert dict.fromkeys(shares["grouping"]) == dict.fromkeys(
        ["everything", "department", "project"]
    )
    assert shares.groupby("grouping")["programs"].sum().to_dict() == dict.fromkeys(
        ("everything", "department", "project"), len(whole)
    )
    assert shares["group"].isna().tolist()[0]


def test_programs_are_told_apart_by_what_differs():
    programs = pd.DataFrame({"government": ["町", "町"], "fiscal_year": [2018, 2019]})
    assert find_differing(programs) == ["fiscal_year"]
    assert find_differing(programs.iloc[:1]) == []
