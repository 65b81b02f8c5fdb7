"""What the reports of two editions say first, where it differs."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.measures.chain import Measured
from analysis.measures.changes import CHANGE_COLUMNS
from analysis.measures.keys import PROGRAM_YEAR
from analysis.measures.repeats import find_repeats
from analysis.measures.rubrics import find_rubric
from analysis.wording.findings import describe_findings

GOVERNMENT_YEAR = ["government_code", "fiscal_year"]
MOVED = {"part": "conclusion", "table": "programs", "column": "sentence", "change": "moved"}
Key = tuple[Any, ...]


def list_moved_sentences(old: Measured, new: Measured, programs: list[Key]) -> pd.DataFrame:
    """List the first sentences of reports (`describe_findings`) that differ between two editions.

    Parameters
    ----------
    old, new
        `measure` of both editions.
    programs
        The programs and years to look at, as `list_touched` lists them.

    Returns
    -------
    Rows with columns of `find_changes`: of each of these programs and years, and of each
    government and year of theirs with several programs, where both editions have KPIs and the
    sentences differ, with both texts in `earlier` and `later`.
    """
    governments = dict.fromkeys((code, year) for code, _, year in programs)
    several = [key for key in governments if max(_count(m, key) for m in (old, new)) > 1]
    rows = [
        *_list_moved(old, new, several, GOVERNMENT_YEAR),
        *_list_moved(old, new, programs, PROGRAM_YEAR),
    ]
    return pd.DataFrame(rows, columns=list(CHANGE_COLUMNS)).astype({"fiscal_year": "Int64"})


def _count(measured: Measured, key: Key) -> int:
    """How many programs of a government have a KPI in a year."""
    kpis = measured.dataset.kpis
    of_year = (kpis["government_code"] == key[0]) & (kpis["fiscal_year"] == key[1])
    return int(kpis.loc[of_year.fillna(False), "program_id"].nunique())


def _list_moved(
    old: Measured, new: Measured, keys: Iterable[Key], on: list[str]
) -> Iterable[dict[str, Any]]:
    ends = [_Reports(measured, on) for measured in (old, new)]
    for key in keys:
        earlier, later = (end.describe(key) for end in ends)
        if earlier is None or later is None or earlier == later:
            continue
        names = ends[1].name(key)
        yield dict(zip(on, key, strict=True)) | names | MOVED | {"earlier": earlier, "later": later}


class _Reports:
    """The first sentences of every report of one kind over one edition."""

    def __init__(self, measured: Measured, on: list[str]) -> None:
        data = measured.dataset
        tables = {
            "kpis": measured.kpis,
            "audit": measured.audit,
            "ratings": data.ratings,
            "observations": data.observations,
        }
        self._rubrics, self._programs, self._on = data.rubrics, data.programs, on
        self._tables = tables
        self._rows = {
            name: table.groupby(on, sort=False).indices if len(table) else {}
            for name, table in tables.items()
        }

    def _take(self, name: str, key: Key) -> pd.DataFrame:
        return self._tables[name].iloc[self._rows[name].get(key, [])]

    def describe(self, key: Key) -> str | None:
        """The first sentences of one report; None where it has no KPI."""
        kpis = self._take("kpis", key)
        if kpis.empty:
            return None
        kpis = kpis.assign(repeats=find_repeats(kpis))
        rubric = find_rubric(self._take("ratings", key), self._rubrics)
        audit, observations = self._take("audit", key), self._take("observations", key)
        return describe_findings(kpis, audit, observations, rubric)

    def name(self, key: Key) -> dict[str, str]:
        """The names of what a report is about."""
        of = dict(zip(self._on, key, strict=True))
        rows = self._programs[self._programs["government_code"] == of["government_code"]]
        if "program_id" not in of:
            return {"government": rows["government"].iloc[-1]}
        row = rows[rows["program_id"] == of["program_id"]].iloc[-1]
        return {"government": row["government"], "program": row["program"]}
