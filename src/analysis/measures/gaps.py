"""What the documents at hand hold of each KPI, and what they do not."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.achievement import is_in_words
from analysis.measures.cost_basis import KEYS, keep_yearly
from analysis.measures.keys import Rows, find_rows, list_keys, take
from analysis.measures.needs import AMOUNTS, KPI_YEAR, ONE_PROGRAM, check_table

PROGRAM = KEYS[:2]
VALUES = ("baseline", "target", "actual", "final_target")
PARTS = ("direction", *VALUES, "budget", "settled")
BUDGET_KINDS = ("total", "initial", "planned")


def list_parts(kpis: pd.DataFrame, programs: pd.DataFrame, budgets: pd.DataFrame) -> pd.DataFrame:
    """List for each KPI which parts of an evaluation the documents at hand hold.

    Parameters
    ----------
    kpis, programs, budgets
        The tables of a dataset, or of a slice of it.

    Returns
    -------
    One row per KPI and fiscal year, and one for each program without any KPI (its `kpi` is
    missing), with `government_code`, `program_id`, `program`, `kpi_id`, `kpi` and a word for
    each part: `direction`, `baseline`, `target`, `actual`, `final_target`, `budget`,
    `settled`. A target in words is one. The word is a status (final, preliminary, estimated,
    pending, planned, ...), concluded for a direction that was not read, nature_not_stated for an
    amount of which nothing more is said, so that it may be budget or account (one for several years
    is none of the year's), or not_in_source where these documents hold nothing; another document
    may.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(kpis, "kpis", f"{KPI_YEAR} kpi direction baseline target actual final_target")
    check_table(programs, "programs", f"{ONE_PROGRAM} program")
    check_table(budgets, "budgets", AMOUNTS)
    of_program, of_kpi = _pair_rows(programs, kpis)
    index = pd.RangeIndex(len(of_program))
    absent = of_kpi < 0

    def cells(name: str) -> pd.Series:
        column = kpis[name] if name in kpis else pd.Series(index=kpis.index, dtype="str")
        return take(column, of_kpi, index)

    rows = pd.DataFrame(
        {
            **{c: take(programs[c], of_program, index) for c in (*PROGRAM, "program")},
            **{c: cells(c) for c in ("kpi_id", "kpi")},
        }
    )
    known = cells("direction").notna() & (cells("direction") != "unknown")
    concluded = cells("inferred").fillna("").str.contains(r"\bdirection\b").to_numpy(dtype=bool)
    direction = np.where(concluded, "concluded", "final")
    words: dict[str, Any] = {"direction": np.where(known, direction, "not_in_source")}
    for part in VALUES:
        there = cells(part).notna().to_numpy()
        if part.endswith("target"):
            there = there | take(is_in_words(kpis, part), of_kpi, index).fillna(False).to_numpy()
        word = np.where(there, "final", "not_in_source")
        if f"{part}_status" in kpis:
            status = cells(f"{part}_status")
            word = np.where(status.notna(), status, word)
        words[part] = np.where(absent, "not_in_source", word)
    keys = [
        (*key[:2], None if none else year)
        for *key, year, none in zip(
            *(rows[c].tolist() for c in PROGRAM), cells("fiscal_year").tolist(), absent, strict=True
        )
    ]
    words["budget"] = _amount_words(keys, budgets, [*BUDGET_KINDS, "reported"])
    words["settled"] = _amount_words(keys, budgets, ["settled", "reported"])
    return rows.assign(**{part: pd.array(word, dtype="str") for part, word in words.items()})


def _pair_rows(programs: pd.DataFrame, kpis: pd.DataFrame) -> tuple[Rows, Rows]:
    """The last row of each program with each of its KPIs; -1 for a program without any."""
    last = np.unique(find_rows(programs, programs, PROGRAM))
    of_program = find_rows(kpis, programs, PROGRAM)
    with_program = np.flatnonzero(of_program >= 0)
    without = np.setdiff1d(last, of_program)
    pairs = np.append(of_program[with_program], without)
    of_kpi = np.append(with_program, np.full(len(without), -1))
    order = np.argsort(pairs, kind="stable")
    return pairs[order], of_kpi[order]


def _amount_words(
    keys: list[tuple[Any, ...]], budgets: pd.DataFrame, kinds: list[str]
) -> list[str]:
    """The word of the first kind of amount that is printed for the program and year.

    A key without a year is that of a program without a KPI: an amount of any year counts.
    """
    yearly = keep_yearly(budgets)
    amounts = yearly[yearly["kind"].isin(kinds) & ~is_personnel(yearly)]
    printed = amounts["amount_yen"].notna().tolist()
    statuses = amounts.get("amount_status", pd.Series(index=amounts.index, dtype="str"))
    said = [
        (kinds.index(kind) + len(kinds) * (not there), key, _word(kind, there, status))
        for kind, there, status, key in zip(
            amounts["kind"], printed, statuses, list_keys(amounts, KEYS), strict=True
        )
    ]
    words: dict[tuple[Any, ...], str] = {}
    for _, key, word in sorted(said, key=lambda one: one[0]):
        words.setdefault(key, word)
        words.setdefault((*key[:2], None), word)
    return [words.get(key, "not_in_source") for key in keys]


def is_personnel(budgets: pd.DataFrame) -> pd.Series:
    """Whether an amount is cost of staff (人件費) alone: no budget or account of the program."""
    if "nature" not in budgets:
        return pd.Series(False, index=budgets.index)
    return (budgets["nature"] == "personnel").fillna(False)


def _word(kind: str, printed: bool, status: Any) -> str:
    if printed and kind in ("planned", "reported"):
        return "planned" if kind == "planned" else "nature_not_stated"
    if pd.notna(status):
        return str(status)
    return "final" if printed else "not_in_source"
