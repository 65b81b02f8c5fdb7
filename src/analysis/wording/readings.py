"""Whether what one concludes depends on the formula."""

from typing import Any

import pandas as pd

from analysis.measures.readings import (
    Dependence,
    count_dependence,
    group_notes,
    has_doubtful_rates,
    is_against_comparison,
    list_readings,
    spread_reading,
)
from analysis.measures.repeats import leave_out_repeats
from analysis.wording.distributions import LONGEST, MOST_SAID
from analysis.wording.formats import LISTS, format_rate
from analysis.wording.labels import (
    NO_FIGURE,
    READINGS,
    REASONS,
    VERDICTS,
    VERDICTS_OF_COURSE,
    labels,
    say,
)
from analysis.wording.phrases import count_reasons, quote_names
from analysis.wording.tables import label_table

DEPENDENCE = labels("dependence")
MOST_TOLD = 3


def name_verdict(kpi: dict[str, Any], name: str) -> str:
    """Name the verdict of one reading in a word."""
    if pd.isna(kpi[name]):
        return NO_FIGURE
    if kpi[f"{name}_verdict"] == "":
        return labels("counted")["not_due"]
    words = VERDICTS_OF_COURSE if name in ("pace_rate", "cagr_rate") else VERDICTS
    return words[kpi[f"{name}_verdict"]]


def say_verdict(kpi: dict[str, Any], name: str) -> str:
    """Name the verdict of one reading, in brackets where it only seems to be one."""
    word = name_verdict(kpi, name)
    said = pd.notna(kpi[name]) and kpi[f"{name}_verdict"] != ""
    seems = said and kpi[f"{name}_note"] == "reads_reversed"
    return say("readings.seems", verdict=word) if seems else word


def describe_readings(kpis: pd.DataFrame) -> str:
    """Say which readings and verdicts each KPI has; nothing where there is none."""
    if len(kpis) > MOST_SAID:
        return _count_readings(kpis)
    rated = [k for k in list_readings(kpis) if any(pd.notna(k[name]) for name in READINGS)]
    if not rated:
        return ""
    each = say("readings.figure")
    for k in rated:
        rates = LISTS["comma"].join(_say_reading(k, name) for name in READINGS)
        each += say("readings.kpi", kpi=name_with_dependence(k), rates=rates)
    return each if len(each) <= LONGEST else _count_readings(kpis)


def _count_readings(kpis: pd.DataFrame) -> str:
    """Say by each reading how many KPIs have which rate, and of how many it changes the verdict."""
    spreads = {name: spread_reading(kpis, name) for name in READINGS}
    said = "".join(
        say(
            "readings.median",
            reading=READINGS[name],
            count=len(s.figures),
            median=format_rate(s.at(0.5)),
        )
        for name, s in spreads.items()
        if len(s.figures)
    )
    if not said:
        return ""
    said, found = say("readings.distribution") + said, count_dependence(kpis)
    if not found.compared:
        return said
    return said + say("readings.compared", compared=found.compared, split=len(found.split))


def name_with_dependence(kpi: dict[str, Any]) -> str:
    """Name a KPI with whether its conclusion depends on the formula."""
    return say("lists.noted", what=kpi["kpi"], note=DEPENDENCE[kpi["depends_on_formula"]])


def _say_reading(kpi: dict[str, Any], name: str) -> str:
    reading = READINGS[name]
    if pd.isna(kpi[name]):
        return say("readings.no_rate", reading=reading, why=REASONS.get(kpi[f"{name}_note"], ""))
    rate, verdict = format_rate(kpi[name]), name_verdict(kpi, name)
    return say("readings.rate", reading=reading, rate=rate, verdict=verdict)


def describe_dependence(kpis: pd.DataFrame) -> str:
    """Say for how many KPIs, and which, the verdict depends on the formula.

    That all formulas agree is said only of KPIs with two readings at least.
    """
    kpis = leave_out_repeats(kpis)
    found = count_dependence(kpis)
    if found.judged + found.silent == found.kpis:
        why = count_reasons(kpis["achievement_rate_note"])
        return say("readings.nothing_and_why" if why else "readings.nothing", why=why)
    if found.kpis == 1:
        return _dependence_of_one(list_readings(kpis)[0])
    said = []
    if found.split:
        names = quote_names(found.split, unit=LISTS["kpis"])
        said.append(say("readings.depends", count=len(found.split), kpis=names))
    if found.same:
        said.append(_say_same(found))
    if found.degree:
        ends = _ends_of(found.degree)
        said.append(say("readings.degree", count=len(found.degree), kpis=ends))
    if found.single:
        said.append(say("readings.single", count=found.single))
    if found.judged:
        said.append(say("readings.judged", count=found.judged))
    if found.silent:
        said.append(say("readings.silent", count=found.silent))
    return "".join(said)


def _say_same(found: Dependence) -> str:
    asked = say("readings.asked_on_course" if found.on_course else "readings.asked_reached")
    is_all = found.same == found.kpis > 1
    return say("readings.all_same" if is_all else "readings.same", count=found.same, asked=asked)


def _dependence_of_one(row: dict[str, Any]) -> str:
    word = str(row["depends_on_formula"])
    if word == "single":
        name, rate = READINGS[row["lowest_reading"]], format_rate(row["lowest_rate"])
        return say("readings.only_reading", reading=name, rate=rate)
    low, high = _end(row, "lowest"), _end(row, "highest")
    ends = low if low == high else say("readings.ends", lowest=low, highest=high)
    if word == "yes":
        if is_against_comparison(row):
            reached = labels("reached")[row["reached"]]
            ends = say("readings.ends_and_comparison", ends=ends, reached=reached)
        return say("readings.conclusion_depends", ends=ends)
    if word == "degree":
        return say("readings.degree_depends", ends=ends)
    return say("readings.conclusion_same", ends=ends)


def _ends_of(rows: list[dict[str, Any]]) -> str:
    said = say("readings.next_kpi").join(
        say(
            "readings.ends_of_kpi",
            kpi=row["kpi"],
            highest=_end(row, "highest"),
            lowest=_end(row, "lowest"),
        )
        for row in rows[:MOST_TOLD]
    )
    return say("readings.and_others", kpis=said) if len(rows) > MOST_TOLD else said


def _end(row: dict[str, Any], end: str) -> str:
    rate = format_rate(row[f"{end}_rate"])
    return say("readings.end", reading=READINGS[row[f"{end}_reading"]], rate=rate)


def describe_assumed(kpis: pd.DataFrame) -> str:
    """Say the same of KPIs whose baseline year is assumed; nothing where there are none."""
    if kpis.empty:
        return ""
    return say("readings.assumed", found=describe_dependence(kpis))


def tabulate_readings(kpis: pd.DataFrame) -> pd.DataFrame:
    """Every reading of each KPI with its verdict, and why one cannot be had or what to mind."""
    rows = list_readings(kpis)
    return label_table(
        "readings",
        {
            "kpi": kpis["kpi"],
            **{name: [_cell(row, name) for row in rows] for name in READINGS},
            "conclusion": kpis["depends_on_formula"].astype("str").map(DEPENDENCE),
            "reading_notes": [_notes(row) for row in rows],
        },
        headers=READINGS,
    )


def _cell(kpi: dict[str, Any], name: str) -> str:
    rate = format_rate(kpi[name])
    return rate if pd.isna(kpi[name]) else f"{rate} {say_verdict(kpi, name)}"


def _notes(kpi: dict[str, Any]) -> str:
    """Each reason or remark once, with the readings it is about."""
    return say("readings.next_note").join(
        say(
            "lists.named",
            what=LISTS["dot"].join(READINGS[name] for name in names),
            named=REASONS[note],
        )
        for note, names in group_notes(kpi).items()
    )


def describe_doubts(kpis: pd.DataFrame) -> str:
    """Say what the mark ？ behind a rate means; nothing where no reading of a KPI has one."""
    return say("readings.doubtful") if has_doubtful_rates(kpis) else ""
