"""What the index says of the programs that reports are about: counted, without a word."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.cost_basis import sum_costs
from analysis.measures.keys import PROGRAM_YEAR, list_keys, list_rows, number_groups

YEARS = 100_000  # more than there are: so one number tells of a group and of a year
COUNTS = ("kpis", "reached", "missed", "unknown", "concluded")


@dataclass(frozen=True)
class Headline:
    """The headline figures of some programs, each counted once in every fiscal year.

    Of `kpis`, `reached` reached their targets, `missed` did not, and of `unknown` nobody can
    tell; `concluded` are judged by a target or actual that was concluded, not read; `odd` are
    published judgements that figures or rubric speak against; of `programs`, `judged` have
    anything by which they can be judged; `costs` are the rows of `sum_costs`, of which more than
    one cannot be added.
    """

    kpis: int = 0
    reached: int = 0
    missed: int = 0
    unknown: int = 0
    concluded: int = 0
    odd: int = 0
    programs: int = 0
    judged: int = 0
    costs: tuple[dict[str, Any], ...] = ()


def count_headlines(
    programs: pd.DataFrame, audit: pd.DataFrame | None, by: list[str]
) -> dict[tuple[Any, ...], Headline]:
    """Count the headline figures of programs, for each key of some columns.

    Parameters
    ----------
    programs
        Rows of the computed `programs` (`Measured.results`). An empty count is 0.
    audit
        `audit_published` of the same data; without it no judgement is counted.
    by
        The columns of a key; without any all programs have the key ().
    """
    if not len(programs):
        return {}
    numbers, first = number_groups(programs, by) if by else (np.zeros(len(programs), int), [0])
    keys = list_keys(programs.iloc[first], by) if by else [()]
    odd = _count_odd(audit)
    columns = {name: programs[name].fillna(0) for name in COUNTS}
    columns["odd"] = pd.Series([odd[key] for key in list_keys(programs, PROGRAM_YEAR)])
    columns["programs"] = pd.Series(1, index=programs.index)
    columns["judged"] = (programs["judged"] > 0).fillna(False)
    counts = {
        name: np.bincount(numbers, column.to_numpy("float64")).astype(int).tolist()
        for name, column in columns.items()
    }
    costs = _sum_by_group(programs, numbers, len(keys))
    counted = (dict(zip(counts, row, strict=True)) for row in zip(*counts.values(), strict=True))
    return {
        key: Headline(**row, costs=tuple(sums))
        for key, row, sums in zip(keys, counted, costs, strict=True)
    }


def _count_odd(audit: pd.DataFrame | None) -> Counter[tuple[Any, ...]]:
    """The judgements of each program and year that anything speaks against."""
    if audit is None:
        return Counter()
    return Counter(list_keys(audit[audit["against"] != ""], PROGRAM_YEAR))


def _sum_by_group(
    programs: pd.DataFrame, numbers: Iterable[int], groups: int
) -> list[list[dict[str, Any]]]:
    """The rows of `sum_costs` for each group, all in one go: of 10,000 it would take minutes."""
    years = np.asarray(numbers) * YEARS + programs["fiscal_year"].to_numpy("int64")
    costs: list[list[dict[str, Any]]] = [[] for _ in range(groups)]
    for row in list_rows(sum_costs(programs.assign(fiscal_year=years))):
        number, year = divmod(row["fiscal_year"], YEARS)
        costs[number].append(row | {"fiscal_year": year})
    return costs
