"""A fiscal year against the one before, in sentences and as a table."""

import pandas as pd

from analysis.measures.keys import KPI
from analysis.measures.year_on_year import EARLIER, find_year_on_year
from analysis.wording.costs import name_parts
from analysis.wording.formats import (
    LISTS,
    format_fiscal_year,
    format_number,
    format_value,
    format_yen,
    list_some,
    short_fiscal_year,
)
from analysis.wording.labels import BUDGET_KINDS, NO_FIGURE, PARTS_OF_TOTAL, labels, say
from analysis.wording.phrases import (
    find_names,
    print_texts,
    print_values,
    print_yen,
    quote_names,
    where_printed,
)
from analysis.wording.states import describe_state, describe_status
from analysis.wording.tables import label_table

WAYS = labels("ways_year_on_year")
UNSAID = ("total", "no_direction", "other_unit", "same_figure")  # neither better nor worse


def describe_year_on_year(changed: pd.DataFrame) -> str:
    """Say which way the KPIs went since the year before, and whose target turned."""
    if changed.empty:
        return ""
    found = find_year_on_year(changed)
    before = format_fiscal_year(found.years[0])
    if len(found.years) > 1:
        before = list_some([format_fiscal_year(y) for y in found.years], unit=LISTS["years"])
    counted = [
        say(f"year_on_year.counted_{way}", count=found.ways[way])
        for way in ("better", "worse", "same")
        if way in found.ways
    ]
    said = [
        say(
            "year_on_year.in_both_years_by_way" if counted else "year_on_year.in_both_years",
            before=before,
            count=len(changed),
            ways=LISTS["comma"].join(counted),
        )
    ]
    said += [
        say(
            f"year_on_year.target_{turn}",
            kpis=quote_names(found.turns[turn], unit=LISTS["kpis"]),
        )
        for turn in ("gained", "lost")
        if turn in found.turns
    ]
    said += [
        say(f"year_on_year.neither_{way}", count=found.ways[way])
        for way in UNSAID
        if way in found.ways
    ]
    return "".join(said)


def tabulate_year_on_year(changed: pd.DataFrame) -> pd.DataFrame:
    """Each KPI in both years: actual with its status, the change and its way, where it stands."""
    if changed.empty:
        return label_table("year_on_year", {})
    names = [name for name in changed if name.endswith(EARLIER)]
    before = changed[names].set_axis([name.removesuffix(EARLIER) for name in names], axis=1)
    signs = [
        NO_FIGURE if pd.isna(change) else _plus(change, format_value(change, unit))
        for change, unit in zip(changed["change"], changed["unit"], strict=True)
    ]
    return label_table(
        "year_on_year",
        {
            "kpi": changed["kpi"],
            "way_since": changed["way"].map(WAYS),
            "year_before": before["fiscal_year"].map(short_fiscal_year),
            "actual_before": _print_actuals(before),
            "actual": _print_actuals(changed),
            "change_since": signs,
            "state_before": describe_state(before),
            "conclusion": describe_state(changed),
        },
        states=["state_before", "conclusion"],
    )


def describe_budgets_year_on_year(changed: pd.DataFrame) -> str:
    """Say how budgets and settled amounts changed, summed over the programs that have both."""
    said = []
    for (kind, kinds), rows in changed.groupby(["kind", "kinds"], sort=False):
        before, now = int(rows[f"yen{EARLIER}"].sum()), int(rows["yen"].sum())
        years = [format_fiscal_year(y) for y in sorted(set(rows[f"fiscal_year{EARLIER}"]))]
        said.append(
            say(
                "year_on_year.budgets",
                kind=_name_kind(kind, kinds),
                count=len(rows),
                year=list_some(years, unit=LISTS["years"]),
                before=format_yen(before),
                now=format_yen(now),
                change=_plus(now - before, format_yen(now - before)),
            )
        )
    return "".join(said)


def tabulate_budgets_year_on_year(changed: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """Each program's budget and settled amount in both years, in yen, with the difference."""
    if changed.empty:
        return label_table("budgets_year_on_year", {})
    return label_table(
        "budgets_year_on_year",
        {
            "program": print_texts(find_names(changed, programs)),
            "kind": [*map(_name_kind, changed["kind"], changed["kinds"])],
            "year_before": changed[f"fiscal_year{EARLIER}"].map(short_fiscal_year),
            "yen_before": print_yen(changed[f"yen{EARLIER}"]),
            "yen_now": print_yen(changed["yen"]),
            "change_yen": [_plus(yen, format_number(yen, 0)) for yen in changed["change_yen"]],
        },
    )


def describe_grades_year_on_year(changed: pd.DataFrame) -> str:
    """Count the published grades that are the same as the year before; nothing without any."""
    if changed.empty:
        return ""
    same = int(changed["is_same"].sum())
    return say("year_on_year.grades", count=len(changed), same=same, other=len(changed) - same)


def tabulate_grades_year_on_year(
    changed: pd.DataFrame, programs: pd.DataFrame, kpis: pd.DataFrame
) -> pd.DataFrame:
    """Each published grade beside that of the year before."""
    if changed.empty:
        return label_table("grades_year_on_year", {})
    told = changed.assign(rated_by=changed["rated_by"].replace("", None))
    return label_table(
        "grades_year_on_year",
        {
            "program": print_texts(find_names(changed, programs)),
            "kpi": print_texts(find_names(changed, kpis, KPI, "kpi")),
            **where_printed(told, "rated_by"),
            "year_before": changed[f"fiscal_year{EARLIER}"].map(short_fiscal_year),
            "grade_before": changed[f"grade{EARLIER}"],
            "grade": changed["grade"],
        },
    )


def _name_kind(kind: str, kinds: str) -> str:
    if kind != "parts":
        return BUDGET_KINDS[kind]
    return name_parts([part for part in PARTS_OF_TOTAL if part in kinds.split()])


def _print_actuals(kpis: pd.DataFrame) -> list[str]:
    """Actuals with their units, marked where they are not final."""
    values, statuses = print_values(kpis, "actual"), describe_status(kpis)
    final = labels("statuses")["final"]
    return [
        value if status in ("", final) else say("lists.noted", what=value, note=status)
        for value, status in zip(values, statuses, strict=True)
    ]


def _plus(change: float, said: str) -> str:
    return say("year_on_year.plus", change=said) if change > 0 else said
