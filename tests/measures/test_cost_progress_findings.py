"""Who leads on the plane, who is dominated, and what personnel changes."""

import pandas as pd
import pytest

from analysis.measures.cost_progress import (
    find_costless,
    find_leading,
    find_notable,
    place_on_plane,
    spread_costs,
)


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


def many(*rows):
    columns = ["program", "cost_yen", "mean_capped_low", "mean_capped_high"]
    return pd.DataFrame(rows, columns=columns)


def names(rows):
    return rows["program"].tolist()


def test_of_many_programs_those_nobody_beats_and_the_costliest_laggards_are_named():
    found = find_notable(
        many(
            ("free", 0, 1.0, 1.0),
            ("cheap", 10, 0.4, 0.4),
            ("beaten", 20, 0.3, 0.3),
            ("far", 30, 0.9, 0.9),
            ("as far", 40, 0.9, 0.9),
            ("dear", 90, 0.1, 0.1),
            ("range", 50, 0.2, 0.8),
            ("no kpi", 60, None, None),
            ("no cost", None, 1.0, 1.0),
        )
    )
    assert names(found.named["leading"]) == ["cheap", "far"]
    assert names(found.named["lagging"]) == ["dear", "beaten"]
    assert found.named["costliest"].empty
    assert names(found.unknown) == ["no kpi", "range"]
    assert "no cost" not in names(found.known)


def test_where_it_is_known_of_none_how_far_it_got_the_costliest_are_named():
    found = find_notable(many(("a", 10, 0.0, 1.0), ("b", 20, None, None)))
    assert found.known.empty
    assert names(found.named["costliest"]) == ["b", "a"]


def test_costs_lie_in_their_groups_and_what_cost_nothing_in_none():
    programs = many(("a", 10, 0, 1), ("b", 0, 0, 1)).assign(department=["x", "y"])
    [spread] = spread_costs(programs, "department", 5)
    assert (spread.group.name, spread.figures.tolist()) == ("x", [10.0])
