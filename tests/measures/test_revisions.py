"""What was changed afterwards, counted."""

import pandas as pd

from analysis.measures.revisions import count_final_changes, count_revisions

KPI = {"government_code": "a", "program_id": "p", "kpi_id": "k", "fiscal_year": 2018}


def test_a_kpi_whose_verdict_turned_counts_once_however_many_of_its_figures_changed():
    turned = KPI | {"change": "changed", "reached_before": "no", "reached_after": "yes"}
    same = turned | {"kpi_id": "other", "change": "filled", "reached_before": "yes"}
    without = turned | {"kpi_id": None, "reached_before": None, "reached_after": None}
    found = count_revisions(pd.DataFrame([turned, turned, same, without]))
    assert (found.cells, found.verdicts) == (4, 1)
    assert found.changes == {"changed": 3, "filled": 1}


def test_final_changes_are_counted_by_their_way_and_a_change_within_a_source_is_none():
    final = {"within": "no", "change": 10.0, "lowered": "no", "postponed": "no"}
    changed = pd.DataFrame(
        [
            final,
            final | {"change": -5.0, "lowered": "yes"},
            final | {"lowered": "unknown"},
            final | {"change": 0.0, "postponed": "yes"},
            final | {"within": "yes"},
        ]
    )
    found = count_final_changes(changed)
    assert found.changes == 4
    assert (found.easier, found.harder, found.unknown, found.postponed) == (1, 1, 1, 1)
