"""Everything a report computes of a dataset, once: each table when it is first asked for."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.dataset.fields import name_field, name_group
from analysis.dataset.kinds import KINDS
from analysis.dataset.load import Dataset
from analysis.dataset.tables import TABLES
from analysis.errors import DataError
from analysis.measures.achievement import add_achievement
from analysis.measures.audit import audit_published
from analysis.measures.comparison import compare_programs
from analysis.measures.costs import add_costs
from analysis.measures.evaluability import PARTS, list_parts, rate_evaluability
from analysis.measures.execution import add_execution
from analysis.measures.keys import PROGRAM_YEAR, list_keys
from analysis.measures.ratings import add_ratings
from analysis.measures.readings import add_verdicts, assume_baseline_year
from analysis.measures.repeats import find_repeats
from analysis.measures.results import name_kpis, name_programs
from analysis.measures.rubrics import find_rubric
from analysis.measures.strategies import cover_items


def measure(dataset: Dataset) -> "Measured":
    """Measure a dataset, or a slice of it: its KPIs with all rates, and what follows from them.

    Examples
    --------
    >>> from analysis import load
    >>> measured = measure(load("data", "082201", 2018, "job_fair"))
    >>> measured.kpis[["achievement_rate", "unit_cost_yen"]].round(2).values.tolist()
    [[0.74, 25540.54]]
    >>> measured.comparison["reached"].tolist()
    [0]
    """
    if not isinstance(dataset, Dataset):
        raise DataError(f"measure expects what load returns, not {dataset!r}. Load the data first.")
    return Measured(dataset)


@dataclass(frozen=True, eq=False)
class Measured:
    """The tables that follow from a dataset; none is computed before it is asked for.

    Attributes
    ----------
    dataset
        The tables they were computed from.
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`, `add_verdicts`,
        `add_costs` and `add_ratings`, and `repeats` (`find_repeats`).
    assumed
        Those KPIs whose pace hangs on a year of the baseline that is assumed
        (`assume_baseline_year`), with the columns of `add_achievement` and `add_verdicts`.
    audit, rubric
        `audit_published` of each published judgement, and the rubric it was made by.
    comparison
        `compare_programs`, one row per program and fiscal year a source shows.
    execution
        `add_execution` of these.
    parts, evaluability
        What an evaluation needs, KPI by KPI (`list_parts`) and for each program and fiscal year
        (`rate_evaluability`).
    coverage
        `cover_items`: one row per direction, issue or vision of a plan.
    results
        What is published of every figure (`results/*.csv`): `kpis` and `programs`.
    """

    dataset: Dataset

    @cached_property
    def kpis(self) -> pd.DataFrame:
        """One row per KPI and fiscal year, with everything computed of it."""
        return add_ratings(self._own_kpis, self.dataset.ratings)

    @cached_property
    def _own_kpis(self) -> pd.DataFrame:
        """The KPIs without the published judgements beside them."""
        kpis = add_verdicts(add_achievement(self.dataset.kpis))
        kpis = add_costs(kpis, self.dataset.budgets)
        return kpis.assign(repeats=find_repeats(kpis))

    @cached_property
    def assumed(self) -> pd.DataFrame:
        """The KPIs whose year of the baseline is not printed, read as if it were assumed."""
        kpis = add_achievement(assume_baseline_year(self.dataset.kpis, self.dataset.programs))
        return add_verdicts(kpis[kpis["pace_rate_note"] == "assumed_baseline_year"])

    @cached_property
    def audit(self) -> pd.DataFrame:
        """Each published judgement against the published figures."""
        data = self.dataset
        return audit_published(self.kpis, data.ratings, data.rubrics, data.programs)

    @cached_property
    def rubric(self) -> dict[str, Any] | None:
        """The rubric of the published judgements, where there is one."""
        return find_rubric(self.dataset.ratings, self.dataset.rubrics)

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """The programs of the years sources show, side by side."""
        return self._compare(self.dataset.program_years)

    def _compare(self, years: pd.DataFrame) -> pd.DataFrame:
        return compare_programs(years, self.dataset.programs, self._own_kpis, self.dataset.budgets)

    @cached_property
    def execution(self) -> pd.DataFrame:
        """What became of the budgets of these programs."""
        return add_execution(self.comparison, self.dataset.budgets)

    @cached_property
    def parts(self) -> pd.DataFrame:
        """What the documents hold of each KPI."""
        return list_parts(self._own_kpis, self.dataset.shown_programs, self.dataset.budgets)

    @cached_property
    def evaluability(self) -> pd.DataFrame:
        """What the documents hold of each program and fiscal year."""
        return rate_evaluability(self.dataset.shown_programs, self._own_kpis, self.dataset.budgets)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """Which programs serve which part of a plan."""
        data = self.dataset
        plans = (data.strategies, data.strategy_items, data.links)
        return cover_items(*plans, data.programs, data.kpis, data.budgets)

    @cached_property
    def results(self) -> dict[str, pd.DataFrame]:
        """Every figure of the data, in `kpis`, a row per KPI and year, and `programs`.

        Both carry all keys, with names and sources beside them (`measures.results`); `programs`
        has the columns of `compare_programs`, the parts of `rate_evaluability` and `group`
        (`name_group`), which its folder is named by. A row of it whose `is_evaluated` is false
        is of a year of history or plans.
        """
        programs = self._compare(self.dataset.all_years)
        evaluated = set(list_keys(self.dataset.program_years, PROGRAM_YEAR))
        programs["is_evaluated"] = [key in evaluated for key in list_keys(programs, PROGRAM_YEAR)]
        programs["group"] = name_field(programs).map(name_group)
        parts = self.evaluability
        published = parts[[*PROGRAM_YEAR, "judged", "parts_held", "parts_partly"]].join(
            parts[list(PARTS)].add_prefix("has_")
        )
        counts = dict.fromkeys(("judged", "parts_held", "parts_partly"), "Int64")
        programs = programs.merge(published.astype(counts), on=PROGRAM_YEAR, how="left")
        data = self.dataset
        return {
            "kpis": name_kpis(self._own_kpis, data.programs, data.sources),
            "programs": name_programs(programs, data.shown_years, data.sources),
        }


def list_result_columns() -> dict[str, list[str]]:
    """The columns of each table of `Measured.results`, as they are of data without a row.

    Examples
    --------
    >>> list_result_columns()["programs"][:4]
    ['government_code', 'government', 'program_id', 'program']
    """
    empty = {
        name: pd.DataFrame(
            {column: pd.Series(dtype=KINDS[c.kind].dtype) for column, c in table.columns.items()}
        )
        for name, table in TABLES.items()
    }
    return {name: list(table) for name, table in measure(Dataset(**empty)).results.items()}
