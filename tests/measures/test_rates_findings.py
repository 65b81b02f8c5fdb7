"""What the audit of published rates comes to, as counts."""

from rated import published
from slices import DATA

from analysis import add_achievement, audit_rates, load
from analysis.measures.rates_findings import find_rates


def test_rates_are_counted_by_their_formula_and_those_cut_off_apart():
    found = find_rates(audit_rates(*published("ibaraki")[:2]))
    assert (found.rates, found.explained, found.truncated) == (5, 5, 2)
    assert found.by_formula == {"achievement_rate": 5}
    assert (found.odd, found.unchecked, found.unrounded) == (0, 0, {})


def test_plain_ratios_of_kpis_that_should_fall_are_counted():
    assert find_rates(audit_rates(*published("gose")[:2])).reversed == 3


def test_rates_that_cannot_be_checked_are_counted_by_reason():
    found = find_rates(audit_rates(*published("servicenow")[:2]))
    assert (found.rates, found.explained, found.unchecked) == (5, 2, 3)
    assert found.why_unchecked == {"no_actual": 3}


def test_rates_of_figures_that_were_concluded_are_counted_as_circular():
    data = load(DATA)
    found = find_rates(audit_rates(add_achievement(data.kpis), data.ratings))
    assert found.circular == 3
