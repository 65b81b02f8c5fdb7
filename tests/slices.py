"""What several tests look at: a slice of the real data computed as its notebook does; a series."""

from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd

import analysis

DATA = Path(__file__).parents[1] / "data"
TSUKUBA, MORIOKA, GOSE, IBARAKI = "082201", "032018", "292087", "080004"


def compute(data):
    """The tables of a dataset as a notebook computes them."""
    kpis = analysis.add_verdicts(analysis.add_achievement(data.kpis))
    kpis = analysis.add_ratings(analysis.add_costs(kpis, data.budgets), data.ratings)
    return SimpleNamespace(
        data=data,
        kpis=kpis,
        audit=analysis.audit_published(kpis, data.ratings, data.rubrics, data.programs),
        rubric=analysis.find_rubric(data.ratings, data.rubrics),
        parts=analysis.list_parts(data.kpis, data.programs, data.budgets),
        comparison=analysis.compare_programs(data.program_years, data.programs, kpis, data.budgets),
    )


@cache
def report(government, fiscal_year, program=None):
    """The tables of one report."""
    return compute(analysis.load(DATA, government, fiscal_year, program))


def yearly_kpi(actuals, first=2011, final_target=93.0, final_year=2020, **columns):
    """One KPI with an actual for each year from `first` on."""
    years = list(range(first, first + len(actuals)))
    return pd.DataFrame(
        {
            "government_code": GOSE,
            "program_id": "plan",
            "kpi_id": "groups",
            "fiscal_year": pd.array(years, dtype="Int64"),
            "kpi": "自主防災組織率",
            "unit": "％",
            "direction": "up",
            "aggregation": "level",
            "target": np.nan,
            "actual": np.array(actuals, dtype="float64"),
            "actual_status": "final",
            "final_target": final_target,
            "final_year": final_year,
        }
        | columns
    ).astype({"final_year": "Int64"})
