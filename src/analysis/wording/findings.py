"""The first sentences of a report: what happened, what is odd, what is missing."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.measures.findings import (
    FinalTargets,
    Row,
    Unknown,
    count_concluded,
    count_others,
    find_final_targets,
    group_unknown,
    list_missed_finals,
    list_reached_early,
    list_worse,
)
from analysis.measures.headlines import Reached, count_reached_targets
from analysis.measures.keys import list_rows
from analysis.measures.kpis import is_part_year
from analysis.measures.repeats import leave_out_repeats
from analysis.measures.targets import TARGET_COLUMNS
from analysis.wording.audit import NAMES, describe_odd
from analysis.wording.formats import (
    LISTS,
    SIGNS,
    format_fiscal_year,
    format_rate,
    format_value,
    say_day,
)
from analysis.wording.headlines import list_counts
from analysis.wording.judgements import describe_policy
from analysis.wording.labels import REASONS, STATUSES, say
from analysis.wording.phrases import quote_names, quote_words
from analysis.wording.targets import format_final_target, say_goal

MOST_VALUES = 4
MOST_YEARS = 4  # of more the first and the last


def describe_findings(
    kpis: pd.DataFrame,
    audit: pd.DataFrame,
    observations: pd.DataFrame,
    rubric: dict[str, Any] | None = None,
) -> str:
    """Say in a few sentences what happened, what is odd and what is missing."""
    if kpis.empty:
        return say("findings.no_kpi") + _graded_without(audit) + _others(observations)
    kpis = leave_out_repeats(kpis)
    worse, found = list_worse(kpis, audit), count_reached_targets(kpis)
    if found.kpis == 1:
        first = _one_sentence(kpis, bool(worse)) if found.known else ""
    else:
        first = _reached_sentence(found) + _part_year_sentence(kpis)
        named = quote_names(worse, unit=LISTS["kpis"])
        first += say("findings.worse", kpis=named) if worse else ""
    return "".join(
        [
            first,
            _concluded_sentence(count_concluded(kpis), found.known),
            _final_sentence(find_final_targets(kpis), found.kpis),
            *(_say_missed_final(kpi) for kpi in list_missed_finals(kpis)),
            *(_unknown_sentence(unknown) for unknown in group_unknown(kpis)),
            describe_odd(audit, rubric),
            describe_policy(audit),
        ]
    )


def _reached_sentence(found: Reached) -> str:
    """Of how many of several KPIs the target was reached; nothing where none can be judged."""
    if not found.known:
        return ""
    places = {
        "of": found.kpis,
        "judged": found.known,
        "count": found.reached,
        "by_estimate": say("findings.by_estimate", count=found.estimated) * bool(found.estimated),
    }
    extent = {0: "none", found.known: "all"}.get(found.reached, "some")
    if found.known == found.kpis:
        return say(f"findings.{extent}_reached", **places)
    if found.reached == found.known == 1:
        extent = "only"
    return say(f"findings.{extent}_of_judged", **places)


def _part_year_sentence(kpis: pd.DataFrame) -> str:
    """Of how many KPIs the target was reached within the year already, and by what day."""
    count, days = list_reached_early(kpis)
    return say("findings.within_the_year", count=count, days=_say_days(days)) if count else ""


def _say_days(days: Iterable[str]) -> str:
    return LISTS["dot"].join(dict.fromkeys(say_day(day) for day in days))


def _say_years(years: Iterable[int]) -> str:
    return _list_years([format_fiscal_year(year) for year in years])


def _list_years(named: list[str]) -> str:
    few = len(named) <= MOST_YEARS
    return LISTS["dot"].join(named) if few else f"{named[0]}{SIGNS['to']}{named[-1]}"


def _concluded_sentence(concluded: int, known: int) -> str:
    """Of how many KPIs the target or the actual was concluded rather than read."""
    if not concluded:
        return ""
    one = known == 1
    return say("findings.inferred_of_one" if one else "findings.inferred", count=concluded)


SAID_OF_ONE = (
    *("kpi", "unit", "baseline", "actual", "actual_status", "as_of"),
    *("reached", "progress_rate"),
)


def _one_sentence(kpis: pd.DataFrame, is_worse: bool) -> str:
    """Say of the only KPI whether it reached its target; it can be judged."""
    [k] = list_rows(kpis, *SAID_OF_ONE, *TARGET_COLUMNS)
    reached, status = k["reached"] == "yes", k["actual_status"]
    if status == "estimated":
        verdict = "expected" if reached else "not_expected"
    else:
        verdict = "reached" if reached else "missed"
    kind = status if status in ("estimated", "preliminary") else "published"
    early = is_part_year(kpis).all()
    text = say(
        f"findings_of_one.target_{verdict}",
        kpi=k["kpi"],
        goal=say_goal(k),
        actual=say(f"findings_of_one.actual_{kind}", value=format_value(k["actual"], k["unit"])),
        on_day=say("findings_of_one.on_day", day=say_day(k["as_of"])) if early else "",
    )
    if is_worse:
        baseline = format_value(k["baseline"], k["unit"])
        return text + say("findings_of_one.worse", baseline=baseline)
    if not reached and k["progress_rate"] >= 0:
        rate = format_rate(k["progress_rate"])
        return text + say("findings_of_one.progress_rate", rate=rate)
    return text


def _final_sentence(found: FinalTargets | None, kpis: int) -> str:
    """How many KPIs are at the final target of a later year already, and how long that is off.

    No share of a target that is not due yet is quoted.
    """
    if found is None:
        return ""
    begin = ""
    if found.early:
        due = _say_years(found.early_years)
        begin = say("findings_of_final_targets.only_final", count=found.early, years=due)
    if found.kpis == 1:
        return begin + _say_one_final(found, alone=kpis == 1)
    extent = {0: "none", found.kpis: "all"}.get(found.reached, "some")
    end = say(
        f"findings_of_final_targets.{extent}_reached",
        years=_say_years(found.years),
        of=found.kpis,
        count=found.reached,
    )
    if found.reached < found.kpis:
        end += _say_time_left(found)
    if found.by_part_year:
        days, count = _say_days(found.days), found.by_part_year
        end += say("findings_of_final_targets.within_the_year", count=count, days=days)
    return begin + end + _course_sentence(found)


def _say_one_final(found: FinalTargets, alone: bool) -> str:
    kpi, days = found.first["kpi"], _say_days(found.days)
    goal = say(
        "findings_of_final_targets.reached_alone"
        if found.reached
        else "findings_of_final_targets.ahead_alone",
        of_kpi="" if alone else say("findings_of_final_targets.of_kpi", kpi=kpi),
        years=_say_years(found.years),
        goal=format_final_target(found.first),
        on_day=say("findings_of_one.on_day", day=days) if found.by_part_year else "",
    )
    return goal if found.reached else goal + _say_time_left(found)


def _say_missed_final(kpi: Row) -> str:
    goal = format_final_target(kpi)
    return say("findings_of_final_targets.missed", kpi=kpi["kpi"], goal=goal)


def _say_time_left(found: FinalTargets) -> str:
    """How far the final years were off in the years evaluated, for readers of a later day."""
    years, ends = _say_years(found.fiscal_years), found.years_left
    left = ends[0] if len(ends) == 1 else _list_years([str(end) for end in ends])
    return say("findings_of_final_targets.time_left", years=years, left=left)


def _course_sentence(found: FinalTargets) -> str:
    """Whether what is not due yet is on the straight line to its final target."""
    parts = {name: getattr(found, name) for name in ("on_course", "off_course", "moved_away")}
    said = list_counts(parts)
    return say("findings_of_final_targets.course", counts=said) if said else ""


def _unknown_sentence(unknown: Unknown) -> str:
    return _unjudged_sentence(unknown) if unknown.measured else _unmeasured_sentence(unknown)


def _unmeasured_sentence(unknown: Unknown) -> str:
    """Of KPIs without an actual: what they aim at, and why there is none."""
    name = "final_target" if unknown.aim == "final_target" else "target"
    state = say("findings_of_unknown.state", status=STATUSES[unknown.reason])
    if unknown.reason == "not_in_source":
        state = say("findings_of_unknown.state_not_in_source")
    return say(
        f"findings_of_unknown.{unknown.aim}_without_actual",
        count=len(unknown.rows),
        values=_values(unknown.rows, name),
        state=state,
    )


def _unjudged_sentence(unknown: Unknown) -> str:
    """Of KPIs with an actual: why it cannot be said whether they reached their target."""
    rows, note = unknown.rows, unknown.reason
    if note == "already_final":
        undated = sum(pd.isna(row["final_year"]) for row in rows)
        return say("findings_of_unknown.undated_final", count=undated) if undated else ""
    if note == "not_due":
        later = sum(row["target"] == 0 and row["final_target"] != 0 for row in rows)
        return say("findings_of_unknown.begins_later", count=later) if later else ""
    places = {"count": len(rows), "values": _values(rows, "actual")}
    if note == "part_year":
        return say("findings_of_unknown.unjudged_part_year", **places)
    if note == "no_final_year":
        return say("findings_of_unknown.unjudged_no_final_year", **places)
    return say("findings_of_unknown.unjudged", reason=REASONS[note], **places)


def _values(rows: list[Row], name: str) -> str:
    """The values of up to four KPIs in words; of more, only the first three."""
    said = [f"{k['kpi']} {format_value(k[name], k['unit'])}" for k in rows[:MOST_VALUES]]
    if len(rows) > MOST_VALUES:
        said = [*said[: MOST_VALUES - 1], say("findings_of_unknown.and_others")]
    return LISTS["comma"].join(said)


def _graded_without(audit: pd.DataFrame) -> str:
    for name, word in NAMES.items():
        if given := quote_words(audit, name):
            return say("findings.graded_without_kpi", word=word, given=given)
    return describe_policy(audit)


def _others(observations: pd.DataFrame) -> str:
    count, fiscal_years = count_others(observations)
    if not count:
        return ""
    first, last = (format_fiscal_year(fiscal_years[end]) for end in (0, -1))
    if len(fiscal_years) == 1:
        return say("findings.others", year=first, count=count)
    return say("findings.others_of_years", first=first, last=last, count=count)
