"""What a report computes from a slice of the real data, as its notebook does."""

from functools import cache
from pathlib import Path
from types import SimpleNamespace

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
        audit=analysis.audit_published(kpis, data.ratings, data.rubrics),
        rubric=analysis.find_rubric(data.ratings, data.rubrics),
        parts=analysis.list_parts(data.kpis, data.programs, data.budgets),
        comparison=analysis.compare_programs(data.program_years, data.programs, kpis, data.budgets),
    )


@cache
def report(government, fiscal_year, program=None):
    """The tables of one report."""
    return compute(analysis.load(DATA, government, fiscal_year, program))
