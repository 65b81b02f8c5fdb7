"""What the documents at hand hold of each KPI, and what they do not."""

import pandas as pd

from analysis.measures.costs import KEYS

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
    `settled`. The word is a status (final, preliminary, estimated, pending, planned, ...),
    nature_not_stated for an amount of which nothing more is said, or not_in_source where
    these documents hold nothing; another document may.
    """
    names = programs.drop_duplicates(PROGRAM, keep="last")[[*PROGRAM, "program"]]
    rows = names.merge(kpis, on=PROGRAM, how="left")
    absent = rows["kpi_id"].isna()
    known = rows["direction"].notna() & (rows["direction"] != "unknown")
    words = {"direction": known.map({True: "final", False: "not_in_source"})}
    for part in VALUES:
        status = rows.get(f"{part}_status", pd.Series(index=rows.index, dtype="str"))
        printed = rows[part].notna().map({True: "final", False: "not_in_source"})
        words[part] = status.fillna(printed).mask(absent, "not_in_source")
    words["budget"] = _amount_words(rows, budgets, [*BUDGET_KINDS, "reported"])
    words["settled"] = _amount_words(rows, budgets, ["settled"])
    return rows[[*PROGRAM, "program", "kpi_id", "kpi"]].assign(**words)


def _amount_words(rows: pd.DataFrame, budgets: pd.DataFrame, kinds: list[str]) -> pd.Series:
    """The word of the first kind of amount that is printed for the program and year."""
    amounts = budgets[budgets["kind"].isin(kinds)]
    printed = amounts["amount_yen"].notna()
    word = amounts.get("amount_status", pd.Series(index=amounts.index, dtype="str"))
    word = word.fillna(printed.map({True: "final", False: "not_in_source"}))
    word = word.mask((amounts["kind"] == "planned") & printed, "planned")
    word = word.mask((amounts["kind"] == "reported") & printed, "nature_not_stated")
    rank = amounts["kind"].map({kind: n for n, kind in enumerate(kinds)}) + ~printed * len(kinds)
    first = amounts.assign(word=word, rank=rank).sort_values("rank", kind="stable")
    of_year = first.drop_duplicates(KEYS).set_index(KEYS)["word"]
    of_program = first.drop_duplicates(PROGRAM).set_index(PROGRAM)["word"]
    by_year = of_year.reindex(pd.MultiIndex.from_frame(rows[KEYS])).to_numpy()
    by_program = of_program.reindex(pd.MultiIndex.from_frame(rows[PROGRAM])).to_numpy()
    found = pd.Series(by_year, index=rows.index, dtype="str")
    without_kpi = pd.Series(by_program, index=rows.index, dtype="str").where(rows["kpi_id"].isna())
    return found.fillna(without_kpi).fillna("not_in_source")
