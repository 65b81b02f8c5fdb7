"""Where a KPI stands in the year."""

import pytest

from analysis.measures.states import find_state


def row(reached, note="", target=200.0, final_target=300.0):
    return {
        "reached": reached,
        "reached_note": note,
        "target": target,
        "final_target": final_target,
    }


@pytest.mark.parametrize(
    ("kpi", "state"),
    [
        (row("yes"), "reached"),
        (row("no"), "missed"),
        (row("unknown", "no_actual"), "unknown"),
        (row("unknown", "already_final"), "already_final"),
        (row("unknown", "not_due", target=float("nan")), "not_due"),
        (row("unknown", "not_due", target=0.0), "begins_later"),
        (row("unknown", "not_due", target=0.0, final_target=0.0), "not_due"),
    ],
)
def test_a_kpi_stands_in_one_state(kpi, state):
    assert find_state(kpi) == state
