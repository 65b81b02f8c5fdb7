"""KPIs and amounts of money, typed and random, for what results cost."""

import pandas as pd
from hypothesis import strategies as st
from made import typed

from analysis import add_costs, find_cost_basis


def priced(*ranges, **cells):
    """KPIs in 件 with these lowest and highest unit costs; None for one without."""
    ends = [ends or (None, None) for ends in ranges]
    table = pd.DataFrame(ends, columns=["unit_cost_low_yen", "unit_cost_high_yen"], dtype="float64")
    notes = ["" if ends else "no_actual" for ends in ranges]
    return table.assign(**({"unit": "件", "kpi_kind": "outcome", "unit_cost_note": notes} | cells))


ends = st.tuples(st.integers(1, 6), st.integers(0, 3)).map(lambda e: (e[0], e[0] + e[1]))


kpi_rows = st.fixed_dictionaries(
    {
        "government_code": st.just("082201"),
        "program_id": st.sampled_from(["hub", "job_fair"]),
        "fiscal_year": st.sampled_from([2017, 2018]),
        "unit": st.sampled_from(["件", "人", "％", "千円"]),
        "kpi_kind": st.sampled_from(["activity", "outcome", "societal", "unknown"]),
        "direction": st.sampled_from(["up", "down", "unknown"]),
        "aggregation": st.sampled_from(["single_year", "cumulative", "unknown"]),
        "baseline": st.none() | st.integers(0, 9),
        "actual": st.none() | st.integers(0, 9),
        "actual_status": st.sampled_from(["final", "estimated"]),
    }
)


amount_rows = st.fixed_dictionaries(
    {
        "government_code": st.just("082201"),
        "program_id": st.sampled_from(["hub", "job_fair", "seminar"]),
        "fiscal_year": st.sampled_from([2017, 2018]),
        "kind": st.sampled_from(["settled", "total", "initial", "supplementary", "reported"]),
        "amount_yen": st.integers(1, 10**9),
    }
)


def as_kpis(drawn):
    table = pd.DataFrame(drawn).astype({"baseline": "float64", "actual": "float64"})
    names = [f"kpi_{n}" for n in range(len(table))]
    return table.assign(kpi_id=names).set_axis(names)


kpi_tables = st.lists(kpi_rows, min_size=1, max_size=6).map(as_kpis)


budget_tables = st.lists(amount_rows, min_size=1, max_size=6).map(
    lambda drawn: pd.DataFrame(drawn).astype({"amount_yen": "Int64"})
)


def budgets_of(*amounts, program_id="hub", fiscal_year=2018):
    """One program's amounts, each typed as (kind, yen)."""
    rows = [("082201", program_id, fiscal_year, kind, yen) for kind, yen in amounts]
    table = typed("government_code program_id fiscal_year kind amount_yen", *rows)
    return table.astype({"amount_yen": "Int64"})


def cost(kpi=None, amounts=(("settled", 600_000),)):
    """The one row that `add_costs` makes of one KPI (30 件 after 10) with some cells changed."""
    cells = {
        **{"government_code": "082201", "program_id": "hub", "kpi_id": "ideas"},
        **{"fiscal_year": 2018, "unit": "件", "kpi_kind": "outcome", "direction": "up"},
        **{"aggregation": "single_year", "baseline": 10.0, "actual": 30.0},
        **{"actual_status": "final"},
    }
    return add_costs(pd.DataFrame([cells | (kpi or {})]), budgets_of(*amounts)).iloc[0]


NATURES = ["cost_yen", "cost_basis", "cost_natures", "full_cost_yen", "full_cost_natures"]


def natures_of(*amounts, **columns):
    """What is found for one program's amounts, each typed as (kind, item, nature, yen)."""
    header = "kind item nature amount_yen"
    table = typed(header, *amounts).astype({"amount_yen": "Int64"})
    keys = {"government_code": "072036", "program_id": "hall", "fiscal_year": 2018}
    found = find_cost_basis(table.assign(**keys, **columns))[NATURES]
    return found.astype(object).where(found.notna(), None).to_numpy().tolist()
