"""How long the readings of ten million KPI rows take, beside the bare arithmetic in numpy.

The rows are generated, not published: real tables hold some hundred. Both run in turn in one
process; printed are medians, their ratio, and the most memory each held beside the table.
"""

import statistics
import time
import tracemalloc

import numpy as np
import pandas as pd

from analysis import add_achievement
from analysis.dataset.tables import AGGREGATIONS, DIRECTIONS

ROWS, ROUNDS = 10_000_000, 3


def generate(rows: int) -> pd.DataFrame:
    """Make KPI rows of every direction, one in twenty without an actual."""
    random = np.random.default_rng(20181122)
    baseline = random.uniform(1, 1_000, rows)
    target = baseline * random.uniform(0.5, 2, rows)
    actual = baseline + (target - baseline) * random.normal(0.8, 0.5, rows)
    actual[random.random(rows) < 0.05] = np.nan

    def words(of: tuple[str, ...]) -> pd.Categorical:
        return pd.Categorical.from_codes(random.integers(0, len(of), rows, dtype="int8"), of)

    return pd.DataFrame(
        {
            "direction": words(DIRECTIONS),
            "aggregation": words(AGGREGATIONS),
            "baseline": baseline,
            "target": target,
            "actual": actual,
            "final_target": target * 1.2,
            "baseline_year": np.full(rows, 2015.0),
            "fiscal_year": np.full(rows, 2018.0),
            "final_year": np.full(rows, 2020.0),
        }
    )


def bare(k: pd.DataFrame) -> list[np.ndarray]:
    """The same five rates without a guard, a reason or a verdict."""
    b, t, a, f = (k[name].to_numpy() for name in ("baseline", "target", "actual", "final_target"))
    passed = (k["fiscal_year"] - k["baseline_year"]).to_numpy()
    planned = (k["final_year"] - k["baseline_year"]).to_numpy()
    with np.errstate(all="ignore"):
        return [
            a / t,
            (a - b) / (t - b),
            (a - b) / ((f - b) * passed / planned),
            a / f,
            ((a / b) ** (1 / passed) - 1) / np.abs((f / b) ** (1 / planned) - 1),
        ]


def main() -> None:
    """Time both in turn and print one row each."""
    kpis = generate(ROWS)
    held = kpis.memory_usage(deep=True).sum()
    steps = {"bare numpy arithmetic": bare, "add_achievement": add_achievement}
    seconds: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(ROUNDS):
        for name, step in steps.items():
            began = time.perf_counter()
            step(kpis)
            seconds[name].append(time.perf_counter() - began)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    most = {}
    for name, step in steps.items():
        tracemalloc.start()
        step(kpis)
        most[name] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    base = medians["bare numpy arithmetic"]
    print(f"{ROWS:,} generated rows, {held / 1e6:,.0f} MB of columns")
    print(f"{'':24} {'median s':>9} {'ratio':>6} {'memory / columns':>17}")
    for name, median in medians.items():
        print(f"{name:24} {median:9.2f} {median / base:6.1f} {most[name] / held:17.2f}")


if __name__ == "__main__":
    main()
