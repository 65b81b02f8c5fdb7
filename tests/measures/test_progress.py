"""How many KPIs reached their target."""

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import (
    add_achievement,
    count_reached,
)
from analysis.dataset.tables import AGGREGATIONS, BOUNDS

laws = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])


def typed(header, *rows):
    return pd.DataFrame(rows, columns=header.split())


MIRROR = {"up": "down", "down": "up", "keep_above": "keep_below", "keep_below": "keep_above"}

VALUES = ["baseline", "target", "target_upper", "actual", "final_target"]

YEARS = ["baseline_year", "actual_year", "final_year"]

value = st.none() | st.integers(-12, 12)

rows = st.fixed_dictionaries(
    {
        "government_code": st.just("082201"),
        "program_id": st.sampled_from(["hub", "job_fair"]),
        "fiscal_year": st.sampled_from([2017, 2018]),
        "direction": st.sampled_from([*MIRROR, "keep_within", "milestone", "unknown"]),
        "aggregation": st.sampled_from(AGGREGATIONS),
        "baseline": value,
        "target": value,
        "target_upper": value,
        "tolerance": st.sampled_from([None, 0.5]),
        "target_bound": st.sampled_from([None, *BOUNDS]),
        "actual": value,
        "final_target": value,
        "baseline_year": st.none() | st.integers(2014, 2018),
        "actual_year": st.none() | st.integers(2014, 2018),
        "final_year": st.none() | st.integers(2018, 2022),
    }
)


def as_table(drawn):
    types = dict.fromkeys([*VALUES, "tolerance"], "float64") | dict.fromkeys(YEARS, "Int64")
    table = pd.DataFrame(drawn).astype(types | {"target_bound": "str"})
    return table.set_axis([f"row {n}" for n in range(len(table))])


tables = st.lists(rows, min_size=1, max_size=8).map(as_table)


@laws
@given(tables)
def test_the_counted_parts_add_up_to_the_kpis(kpis):
    counted = count_reached(add_achievement(kpis))
    parts = counted["reached"] + counted["missed"] + counted["unknown"]
    assert parts.tolist() == counted["kpis"].tolist()
    assert counted["kpis"].sum() == len(kpis)


def test_kpis_are_counted_per_program_and_year_with_the_unknown_ones():
    kpis = typed(
        "government_code program_id fiscal_year reached",
        ("082201", "hub", 2018, "yes"),
        ("082201", "job_fair", 2018, "no"),
        ("082201", "hub", 2018, "unknown"),
        ("082201", "hub", 2018, "yes"),
        ("082201", "hub", 2019, "no"),
    )
    expected = typed(
        "government_code program_id fiscal_year kpis reached missed unknown",
        ("082201", "hub", 2018, 3, 2, 0, 1),
        ("082201", "job_fair", 2018, 1, 0, 1, 0),
        ("082201", "hub", 2019, 1, 0, 1, 0),
    )
    pd.testing.assert_frame_equal(count_reached(kpis), expected)
