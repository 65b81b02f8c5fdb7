"""Random tables for the laws of achievement, and one KPI rated."""

import pandas as pd
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from analysis import add_achievement
from analysis.dataset.tables import AGGREGATIONS, BOUNDS

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


laws = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])


def rate(**cells):
    """The one row that `add_achievement` makes of one KPI typed as cells."""
    return add_achievement(pd.DataFrame([cells])).iloc[0]
