"""How many KPIs reached their target."""

import pandas as pd
from hypothesis import given
from laws import laws, tables
from made import typed

from analysis import (
    add_achievement,
    count_reached,
)


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
