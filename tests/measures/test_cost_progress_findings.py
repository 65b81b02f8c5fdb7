"""Who leads on the plane, who is dominated, and what personnel changes."""

import pandas as pd
import pytest

from analysis.measures.cost_progress import find_costless, find_leading, place_on_plane


def placed(*rows, **columns):
    """A plane of programs, each typed as (name, cost, progress)."""
    table = pd.DataFrame(rows, columns=["program", "cost_yen", "mean_capped_low"])
    table = table.assign(mean_capped_high=table["mean_capped_low"], cost_basis="settled", kpis=1)
    return place_on_plane(table.assign(**columns), by=[])


def test_those_without_a_rival_lead_and_the_others_are_counted():
    found = find_leading(placed(("甲", 1, 0.2), ("乙", 2, 0.5), ("丙", 2, 0.4), ("丁", 3, None)))
    assert (found.placed, found.leading, found.dominated) == (3, ("甲", "乙"), 1)
    assert found.is_tied
    assert found.missing == {"no_kpi": ["丁"]}
    assert (found.budgets, found.is_by_scope, found.personnel.changes) == ("none", False, "")


def test_a_program_whose_rival_depends_on_unknown_kpis_is_open():
    plane = placed(("甲", 1, 0.2), ("乙", 2, 0.5), mean_capped_high=[0.9, 0.5])
    assert find_leading(plane).open == ("乙",)


@pytest.mark.parametrize(
    ("full", "changes"),
    [
        ([2, 3], "no"),
        ([9, 3], "yes"),
        (pd.array([2, pd.NA], dtype="Int64"), "partly_unknown"),
        (pd.array([pd.NA, pd.NA], dtype="Int64"), "unknown"),
    ],
)
def test_the_cost_with_personnel_changes_who_leads_or_is_not_known(full, changes):
    plane = placed(("甲", 1, 0.5), ("乙", 2, 0.5), cost_natures="direct", full_cost_yen=full)
    found = find_leading(plane).personnel
    assert found.changes == changes
    assert found.leading == {"no": ("甲",), "yes": ("乙",)}.get(changes, ())


def test_costs_with_and_without_personnel_are_two_scopes():
    names = (("甲", 1, 0.2), ("乙", 2, 0.5), ("丙", 3, 0.9), ("丁", 4, 0.1))
    assert find_leading(placed(*names, cost_natures=["full", "", "", "full"])).is_by_scope
    assert not find_leading(placed(*names, cost_natures="full")).is_by_scope


def test_programs_without_a_cost_are_listed_by_whether_a_span_is_printed():
    comparison = pd.DataFrame(
        {
            "program": ["甲", "乙", "丙"],
            "cost_yen": pd.array([1, None, None], dtype="Int64"),
            "span_yen": pd.array([None, 12, None], dtype="Int64"),
        }
    )
    assert find_costless(comparison) == {"no_cost": ["丙"], "several_years": ["乙"]}
