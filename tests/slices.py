"""What several tests look at: a slice of the real data computed as its notebook does; a series."""

import shutil
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

import analysis

DATA = Path(__file__).parents[1] / "data"
TSUKUBA, MORIOKA, GOSE, IBARAKI = "082201", "032018", "292087", "080004"
OF_SOME = ("programs", "budgets", "kpis", "ratings")
LEFT_OUT = ("instruments", "links", "observations", "reasons", "strategies", "strategy_items")


class Report(analysis.Measured):
    """What one report computes, and the data it is of."""

    @property
    def data(self):
        """The tables it was computed from."""
        return self.dataset


def copy_few(folder):
    """A copy of what two governments print of programs."""
    shutil.copytree(DATA, folder)
    keep_some(folder, TSUKUBA, GOSE)


def keep_some(folder, *governments):
    """Keep of a copy of all data what some governments print of programs: it is read sooner."""
    for name in OF_SOME:
        (folder / f"{name}.csv").write_text(_rows_of(name, governments), encoding="utf-8")
    for name in LEFT_OUT:
        path = folder / f"{name}.csv"
        path.write_text(path.read_text("utf-8").partition("\n")[0] + "\n", encoding="utf-8")


@cache
def _rows_of(name, governments):
    table = pd.read_csv(DATA / f"{name}.csv", dtype="str", keep_default_na=False)
    return table[table["government_code"].isin(governments)].to_csv(index=False)


def compute(data):
    """Compute of a dataset what its report does."""
    return Report(data)


@cache
def report(government, fiscal_year, program=None):
    """Compute what one report does."""
    return Report(analysis.load(DATA, government, fiscal_year, program))


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
