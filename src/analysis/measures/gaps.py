"""What the documents at hand hold of each KPI, and what they do not."""

import pandas as pd

from analysis.measures.costs import KEYS

VALUES = ("baseline", "target", "actual", "final_target")
PARTS = ("direction", *VALUES, "budget", "settled")
BUDGET_KINDS = ("initial", "total", "planned")


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
    `settled`. The word is a status (final, preliminary, estimated, pending, planned, ...) or
    not_in_source where these documents hold nothing; another document may.
    """
    names = programs[["government_code", "program_id", "program"]].drop_duplicates()
    rows = names.merge(kpis, on=["government_code", "program_id"], how="left")
    absent = rows["kpi_id"].isna()
    words = {"direction": rows["direction"].where(rows["direction"] != "unknown")}
    words["direction"] = words["direction"].notna().map({True: "final", False: "not_in_source"})
    for part in VALUES:
        status = rows.get(f"{part}_status", pd.Series(index=rows.index, dtype="str"))
        printed = rows[part].notna()
        words[part] = status.fillna(printed.map({True: "final", False: "not_in_source"}))
        words[part] = words[part].mask(absent, "not_in_source")
    for part, kinds in (("budget", [*BUDGET_KINDS, "reported"]), ("settled", ["settled"])):
        known = budgets[budgets["kind"].isin(kinds) & budgets["amount_yen"].notna()]
        paid = pd.MultiIndex.from_frame(known[KEYS[:2]])
        there = pd.MultiIndex.from_frame(rows[KEYS[:2]]).isin(paid)
        words[part] = pd.Series(there, index=rows.index).map(
            {True: "final", False: "not_in_source"}
        )
    reported = budgets[budgets["kind"] == "reported"]
    unclear = pd.MultiIndex.from_frame(rows[KEYS[:2]]).isin(
        pd.MultiIndex.from_frame(reported[KEYS[:2]])
    )
    words["budget"] = words["budget"].mask(unclear, "nature_not_stated")
    return rows[["government_code", "program_id", "program", "kpi_id", "kpi"]].assign(**words)
