"""Evaluability findings in the words of the reports."""

from slices import DATA, compute

import analysis
from analysis.measures.evaluability import (
    rate_evaluability,
)


def rate(asked):
    data = analysis.load(DATA, *asked)
    return data, rate_evaluability(data.shown_programs, compute(data).kpis, data.budgets)


def test_programs_with_reports_of_their_own_are_left_out_of_what_only_the_portfolio_shows():
    data, _ = rate(())
    left = analysis.leave_out(data.ratings, data.measured_years)
    assert left["program_id"].tolist() == ["industry_strategy"]
    nothing = analysis.leave_out(data.ratings.iloc[:0], data.measured_years)
    assert list(nothing) == list(data.ratings)
