"""What to ask publishers for: what the documents at hand lack, by government and document."""

from typing import Any, NamedTuple

import pandas as pd

from analysis.measures.keys import list_rows

ASKED_FOR = ("kpi", "baseline", "target", "actual", "budget", "settled", "period")
OF_KPIS = ("baseline", "target", "actual")


class Asked(NamedTuple):
    """What one document lacks of some programs: codes of what to ask for.

    `named` are the programs that its title does not name already; `years` the fiscal years that
    are printed, for the publisher knows the document by its title.
    """

    title: str
    programs: list[str]
    named: list[str]
    years: list[int]
    lacks: list[str]


class Inquiry(NamedTuple):
    """What to ask one government for, and which of its departments."""

    government: str
    departments: list[str]
    asked: list[Asked]


def list_inquiries(evaluability: pd.DataFrame, sources: pd.DataFrame) -> list[Inquiry]:
    """List for each government what its documents lack, from the table of `rate_evaluability`.

    Programs of one document that lack the same, of whatever years, are asked for together. A
    program of which nothing is lacking is not asked about.
    """
    titles = dict(zip(sources["source_id"], sources["title"], strict=True))
    lacks = [tuple(list_lacking(row)) for row in list_rows(evaluability)]
    lacking = evaluability.assign(lacks=pd.Series(lacks, evaluability.index, dtype="object"))
    lacking = lacking[[bool(lack) for lack in lacks]]
    inquiries = []
    for government, rows in lacking.groupby("government", sort=False):
        asked = [
            _ask(same, titles[source], list(what))
            for (source, what), same in rows.groupby(["source_id", "lacks"], sort=False)
        ]
        departments = list(dict.fromkeys(rows["department"].dropna()))
        inquiries.append(Inquiry(str(government), departments, asked))
    return inquiries


def _ask(rows: pd.DataFrame, title: str, lacks: list[str]) -> Asked:
    programs = list(dict.fromkeys(rows["program"]))
    named = [name for name in programs if name not in title]
    printed = rows[~rows["year_concluded"]]["fiscal_year"].drop_duplicates()
    return Asked(title, programs, named, printed.tolist(), lacks)


def list_lacking(row: dict[str, Any]) -> list[str]:
    """List what to ask for of a program, from a row of `rate_evaluability`.

    Nothing of a KPI where there is none, and no actual of what was only planned; `pending` where
    an actual was still being counted, `nature` where it is not stated if an amount is a budget.
    """
    asked = [
        "pending" if part == "actual" and row["pending"] else part
        for part in ASKED_FOR
        if row[part] == "not_held"
        and not (part in OF_KPIS and row["kpi"] == "not_held")
        and not (part == "actual" and row["planned"])
    ]
    return asked + ["nature"] * (row["budget"] == "partly")
