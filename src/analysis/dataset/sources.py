"""What several sources say of the same program, year and figure, and what one does not say.

Two sources that evaluate one fiscal year cannot both be right; a later source that prints
another figure of an earlier year has revised it.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.editions import list_replaced, rank_edition
from analysis.dataset.problems import Problem, list_problems, quote, show_number
from analysis.dataset.tables import ALL_ROWS, OF_YEAR, PROGRAM, TABLES, TRACED, list_keys

NEXT_EDITION_SHARE = (
    0.5  # a source that lists so many of an earlier one's programs is its next edition
)


def compare_sources(tables: dict[str, pd.DataFrame]) -> list[Problem]:
    """List where sources contradict one another, and what the rows of one source leave out."""
    sources = tables["sources"].drop_duplicates("source_id")
    return [
        *_find_other_amounts(tables["budgets"], sources),
        *_find_other_figures(tables["kpis"], sources),
        *_find_other_years(tables, sources),
        *_find_programs_not_shown(tables),
        *_find_unlisted(tables, sources),
        *_find_unused_reasons(tables),
    ]


def _find_other_amounts(budgets: pd.DataFrame, sources: pd.DataFrame) -> list[Problem]:
    """Compare the sum of a kind in one program and year between sources; of money by its item."""
    by = [*PROGRAM, "fiscal_year", "last_year", "kind", "nature"]
    several = budgets[budgets["amount_yen"].notna() & budgets.duplicated(by, keep=False)]
    if several.empty:
        return []
    known = several.reset_index(names="row")
    item = known["item"].where(known["kind"] == "source", "")
    by.append("of")
    sums = known.assign(of=item).groupby([*by, "source_id"], sort=False, dropna=False)
    figures = sums.agg(row=("row", "first"), figure=("amount_yen", "sum")).reset_index()
    return _compare(figures, by, "budgets", "amount_yen", sources)


def _find_other_figures(kpis: pd.DataFrame, sources: pd.DataFrame) -> list[Problem]:
    by = [*PROGRAM, "kpi_id", "fiscal_year"]
    several = kpis[kpis.duplicated(by, keep=False)]
    problems = []
    for column in TABLES["kpis"].figures if len(several) else ():
        known = several[several[column].notna()].reset_index(names="row")
        figures = known[[*by, "source_id", "row"]].assign(figure=known[column])
        problems += _compare(figures, by, "kpis", column, sources)
    return problems


def _compare(
    figures: pd.DataFrame, by: list[str], table: str, column: str, sources: pd.DataFrame
) -> list[Problem]:
    """Compare each figure with the one before it in the order of the sources' years."""
    several = figures[figures.duplicated(by, keep=False)]
    if several.empty:
        return []
    of_source = sources[["source_id", "fiscal_year", "published_on", "edition", "supersedes"]]
    of_source = of_source.rename(columns={"fiscal_year": "evaluated"})
    told = several.merge(of_source, on="source_id").sort_values(["evaluated", "row"], kind="stable")
    before = told.groupby(by, sort=False, dropna=False).shift()
    pairs = told[before["figure"].notna() & (told["figure"] != before["figure"])]
    before = before.loc[pairs.index]
    kind = pd.Series("sources_contradict", index=pairs.index)
    kind[_is_ordered(pairs, before)] = "editions_differ"
    kind[pairs["evaluated"] != before["evaluated"]] = "history_differs"
    replaced = list_replaced(sources)
    unsaid = _mask(
        (one, other) not in replaced and (other, one) not in replaced
        for one, other in zip(pairs["source_id"], before["source_id"], strict=True)
    )
    pairs, before, kind = pairs[unsaid], before[unsaid], kind[unsaid]
    problems = []
    for name, expected in LATER_WORD_EXPECTED.items():
        of_kind = kind == name
        wrong = pairs[of_kind]
        problems += list_problems(
            name,
            table,
            column,
            wrong["row"],
            (
                f"{show_number(f)} ({s})"
                for f, s in zip(wrong["figure"], wrong["source_id"], strict=True)
            ),
            (
                f"{show_number(f)} as in row {int(row)} ({source}); {expected}"
                for f, row, source in before.loc[
                    wrong.index, ["figure", "row", "source_id"]
                ].itertuples(index=False)
            ),
        )
    return problems


LATER_WORD_EXPECTED = {
    "sources_contradict": "or in sources.supersedes which of the two replaces the other",
    "editions_differ": "or in sources.supersedes that the later edition replaces the earlier",
    "history_differs": "or to know that the later source revised it",
}


def _is_ordered(pairs: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """Whether editions (速報, 確定) or days of publication tell which of two is the later word."""
    rank, other = (rank_edition(table["edition"]) for table in (pairs, before))
    days = (pairs["published_on"] != "") & (before["published_on"] != "")
    return (rank != other) | (days & (pairs["published_on"] != before["published_on"]))


def _find_other_years(tables: dict[str, pd.DataFrame], sources: pd.DataFrame) -> list[Problem]:
    """Results of other years than the source's, where it has none of its own: one a source.

    History beside the evaluated year is as it should be; a row typed with last year's number
    leaves the evaluated year without one.
    """
    problems = []
    year_of = sources.set_index("source_id")["fiscal_year"]
    for name, value, by in (
        ("kpis", "actual", [*TRACED, "kpi_id"]),
        ("budgets", "amount_yen", TRACED),
        ("ratings", "fiscal_year", [*TRACED, "kpi_id"]),
    ):
        table = tables[name]
        evaluated = table["source_id"].map(year_of)
        other = evaluated.notna() & table["fiscal_year"].notna()
        other &= table["fiscal_year"] != evaluated
        if not other.any():
            continue
        rows = table[table["source_id"].isin(year_of.index) & table["fiscal_year"].notna()]
        evaluated = evaluated[rows.index]
        own = (rows["fiscal_year"] == evaluated).groupby([rows[c] for c in by]).transform("any")
        result = rows[value].notna()
        if name == "budgets":  # next year's budget alone is a plan
            result &= (rows["kind"] == "settled") | (rows["fiscal_year"] < evaluated)
        strange = rows[~own & result & evaluated.notna()].assign(evaluated=evaluated)
        for source, found in strange.groupby("source_id", sort=False):
            years = sorted({int(year) for year in found["fiscal_year"]})
            problems += list_problems(
                "year_of_source",
                name,
                "fiscal_year",
                found.index[:1],
                [f"{len(found)} rows of {', '.join(map(str, years))} in {source}"],
                f"a row of {found['evaluated'].iloc[0]:.0f}, the year this source evaluates, too",
            )
    return problems


def _find_programs_not_shown(tables: dict[str, pd.DataFrame]) -> list[Problem]:
    """Figures of a program from a source without a row of programs: one a source and table."""
    programs = tables["programs"]
    shown, named = (set(list_keys(programs, columns)) for columns in (TRACED, PROGRAM))
    known = set(tables["sources"]["source_id"])
    problems = []
    for name in OF_YEAR:
        if shown.issuperset(list_keys(tables[name], TRACED)):
            continue
        first = tables[name].drop_duplicates(TRACED)
        lost = _mask(
            key[:2] in named and key[2] in known and key not in shown
            for key in list_keys(first, TRACED)
        )
        for source, found in first[lost].groupby("source_id", sort=False):
            problems += list_problems(
                "program_not_shown",
                name,
                "source_id",
                found.index[:1],
                [f"{len(found)} programs with figures from {source}"],
                f"their rows of programs.csv with source_id {source}, too",
            )
    return problems


def _mask(answers: Iterable[bool]) -> Any:
    return np.array(list(answers), dtype=bool)


def _find_unlisted(tables: dict[str, pd.DataFrame], sources: pd.DataFrame) -> list[Problem]:
    """Programs that the next source of their publisher leaves out before their last year."""
    if not sources["publisher"].duplicated().any():  # each has one source, and no next one
        return []
    listed = pd.concat([tables[name][TRACED] for name in ("programs", *OF_YEAR)]).drop_duplicates()
    of_source = sources[["source_id", "publisher", "fiscal_year"]]
    listed = listed.merge(of_source, on="source_id")
    counts = listed.groupby("source_id").size()
    pairs = listed.merge(listed, on=[*PROGRAM, "publisher"], suffixes=("", "_next"))
    pairs = pairs[pairs["fiscal_year_next"] > pairs["fiscal_year"]]
    shared = pairs.groupby(["source_id", "source_id_next", "fiscal_year_next"], sort=False).size()
    shared = shared.reset_index(name="shared").sort_values("fiscal_year_next", kind="stable")
    enough = NEXT_EDITION_SHARE * shared["source_id"].map(counts).astype(
        "float64"
    )  # also where there is no row
    following = shared[shared["shared"] >= enough]
    next_of = following.drop_duplicates("source_id").set_index("source_id")["source_id_next"]
    there = set(listed[TRACED].itertuples(index=False, name=None))
    year_of = sources.set_index("source_id")["fiscal_year"]
    programs = tables["programs"]
    earlier = programs[programs["source_id"].isin(next_of.index)]
    lost = _mask(
        (code, program, next_of[source]) not in there and not end < year_of[next_of[source]]
        for code, program, source, end in earlier[[*TRACED, "end_year"]].itertuples(index=False)
    )
    wrong = earlier[lost]
    return list_problems(
        "no_longer_listed",
        "programs",
        "program_id",
        wrong.index,
        (
            f"{quote(name)}, which {next_of[s]} does not list"
            for name, s in zip(wrong["program_id"], wrong["source_id"], strict=True)
        ),
        "its row of that source, or to know that it has ended",
    )


def _find_unused_reasons(tables: dict[str, pd.DataFrame]) -> list[Problem]:
    """Reasons for a column that no row they are about calls inferred."""
    reasons = tables["reasons"]
    if reasons.empty:
        return []
    concluded = {
        (name, column, source)
        for name, table in tables.items()
        if "inferred" in table
        for source, names in set(list_keys(table, ["source_id", "inferred"]))
        for column in names.split()
    }
    anywhere = {(name, column) for name, column, _ in concluded}
    of_one = f"{ALL_ROWS}/"
    unused = _mask(
        not tables.get(table, reasons.iloc[:0]).empty
        and (
            (table, column, key.removeprefix(of_one)) not in concluded
            if key.startswith(of_one)
            else (table, column) not in anywhere
        )
        for table, column, key in list_keys(reasons, ["table", "column", "key"])
    )
    wrong = reasons[unused]
    return list_problems(
        "reason_unused",
        "reasons",
        "column",
        wrong.index,
        (f"a reason for {c} of {t}" for t, c in zip(wrong["table"], wrong["column"], strict=True)),
        "inferred naming this column in the rows it is about",
    )
