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
from analysis.wording.formats import format_fiscal_year, format_rate, format_value, say_day
from analysis.wording.judgements import describe_policy
from analysis.wording.labels import REASONS, STATUSES, labels
from analysis.wording.phrases import quote_names, quote_words
from analysis.wording.targets import format_final_target, say_goal

MOST_VALUES = 4
MOST_YEARS = 4  # of more the first and the last
COUNTED = labels("counted")


def describe_findings(
    kpis: pd.DataFrame,
    audit: pd.DataFrame,
    observations: pd.DataFrame,
    rubric: dict[str, Any] | None = None,
) -> str:
    """Say in a few sentences what happened, what is odd and what is missing."""
    if kpis.empty:
        without = "手元の資料に指標（KPI）が載っておらず、目標に届いたかは判断できません。"
        return without + _graded_without(audit) + _others(observations)
    kpis = leave_out_repeats(kpis)
    worse, found = list_worse(kpis, audit), count_reached_targets(kpis)
    if found.kpis == 1:
        first = _one_sentence(kpis, bool(worse)) if found.known else ""
    else:
        first = _reached_sentence(found) + _part_year_sentence(kpis)
        first += f"{quote_names(worse, unit='指標')}は従前値より悪くなりました。" if worse else ""
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
    reached = found.reached
    by_estimate = f"（うち実績が推計値の指標は{found.estimated}）" if found.estimated else ""
    of = f"{found.kpis:,}指標"
    if found.known < found.kpis:
        of += f"のうち判定できるのは{found.known:,}指標"
        if reached == found.known:
            every = "で、どれも" if reached > 1 else "で、"
            return f"{of}{by_estimate}{every}目標に到達しました。"
        if reached == 0:
            return f"{of}{by_estimate}で、目標に到達したものはありません。"
        return f"{of}{by_estimate}で、{reached:,}指標が目標に到達しました。"
    if reached == found.kpis:
        return f"{of}{by_estimate}とも、年度の目標に到達しました。"
    if reached == 0:
        return f"{of}{by_estimate}のうち、目標に到達したものはありません。"
    return f"{of}{by_estimate}のうち、目標に到達したのは{reached:,}指標でした。"


def _part_year_sentence(kpis: pd.DataFrame) -> str:
    """Of how many KPIs the target was reached within the year already, and by what day."""
    count, days = list_reached_early(kpis)
    return f"{count:,}指標は、{_say_days(days)}の値ですでに到達しています。" if count else ""


def _say_days(days: Iterable[str]) -> str:
    return "・".join(dict.fromkeys(say_day(day) for day in days))


def _say_years(years: Iterable[int]) -> str:
    named = [format_fiscal_year(year) for year in years]
    return "・".join(named) if len(named) <= MOST_YEARS else f"{named[0]}～{named[-1]}"


def _concluded_sentence(concluded: int, known: int) -> str:
    """Of how many KPIs the target or the actual was concluded rather than read."""
    if not concluded:
        return ""
    whose = "この目標と実績は" if known == 1 else f"{concluded:,}指標の目標か実績は"
    return f"{whose}、資料から推定した値です。"


SAID_OF_ONE = (
    *("kpi", "unit", "baseline", "actual", "actual_status", "as_of"),
    *("reached", "progress_rate"),
)


def _one_sentence(kpis: pd.DataFrame, is_worse: bool) -> str:
    """Say of the only KPI whether it reached its target; it can be judged."""
    [k] = list_rows(kpis, *SAID_OF_ONE, *TARGET_COLUMNS)
    estimated = k["actual_status"] == "estimated"
    kind = {"estimated": "推計の", "preliminary": "速報の"}.get(k["actual_status"], "")
    verdict = "目標に到達しました" if k["reached"] == "yes" else "目標に届きませんでした"
    if estimated:
        verdict = "目標に届く" if k["reached"] == "yes" else "目標に届かない"
        verdict += "見込みです（推計値であり、確定していません）"
    actual = f"{kind}実績が{format_value(k['actual'], k['unit'])}"
    if is_part_year(kpis).all():
        verdict = f"{say_day(k['as_of'])}で{verdict}"
    text = f"「{k['kpi']}」は、{say_goal(k)}に対して{actual}で、{verdict}。"
    if is_worse:
        text += f"事業前の従前値{format_value(k['baseline'], k['unit'])}より悪くなっています。"
    elif k["reached"] == "no" and k["progress_rate"] >= 0:
        text += f"従前値からの進捗率は{format_rate(k['progress_rate'])}です。"
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
        begin = f"{found.early:,}指標は{due}の最終目標だけがあり、この年度の目標はありません。"
    if found.kpis == 1:
        return begin + _say_one_final(found, alone=kpis == 1)
    years, when = _say_years(found.years), _say_time_left(found)
    if found.reached == 0:
        end = f"{years}の最終目標に達した指標は、まだありません。{when}"
    elif found.reached == found.kpis:
        end = f"{years}の最終目標には、{found.kpis:,}指標ともすでに達しています。"
    else:
        end = (
            f"{years}の最終目標がある{found.kpis:,}指標のうち、"
            f"{found.reached:,}指標はすでに達しています。{when}"
        )
    if found.by_part_year:
        days = _say_days(found.days)
        end += f"達した指標のうち{found.by_part_year:,}指標は、{days}の値によります。"
    return begin + end + _course_sentence(found)


def _say_one_final(found: FinalTargets, alone: bool) -> str:
    name = "" if alone else f"「{found.first['kpi']}」は、"
    goal = f"{name}{_say_years(found.years)}の最終目標{format_final_target(found.first)}に"
    if not found.reached:
        return f"{goal}まだ達していません。{_say_time_left(found)}"
    day = f"{_say_days(found.days)}で" if found.by_part_year else ""
    return f"{goal}{day}すでに達しています。"


def _say_missed_final(kpi: Row) -> str:
    goal = format_final_target(kpi)
    return f"「{kpi['kpi']}」は、同じ年度の最終目標{goal}には達していません。"


def _say_time_left(found: FinalTargets) -> str:
    """How far the final years were off in the years evaluated, for readers of a later day."""
    ends = [str(years) for years in found.years_left]
    left = "・".join(ends) if len(ends) <= MOST_YEARS else f"{ends[0]}～{ends[-1]}"
    return f"{_say_years(found.fiscal_years)}の時点で、最終年度まで{left}年あります。"


def _course_sentence(found: FinalTargets) -> str:
    """Whether what is not due yet is on the straight line to its final target."""
    parts = {name: getattr(found, name) for name in ("on_course", "off_course", "moved_away")}
    said = "、".join(f"{COUNTED[name]}{count}" for name, count in parts.items() if count)
    return f"従前値から最終目標まで一直線に進むとみた値に対しては、{said}です。" if said else ""


def _unknown_sentence(unknown: Unknown) -> str:
    return _unjudged_sentence(unknown) if unknown.measured else _unmeasured_sentence(unknown)


def _unmeasured_sentence(unknown: Unknown) -> str:
    """Of KPIs without an actual: what they aim at, and why there is none."""
    state = f"{STATUSES[unknown.reason]}です"
    if unknown.reason == "not_in_source":
        state = "この資料に記載がありません"
    count = len(unknown.rows)
    if unknown.aim == "planned":
        return f"{count:,}指標は計画値だけで、実績は{state}。"
    if unknown.aim == "target":
        return (
            f"{count:,}指標は目標だけがあり（{_values(unknown.rows, 'target')}）、実績は{state}。"
        )
    if unknown.aim == "final_target":
        finals = _values(unknown.rows, "final_target")
        return f"{count:,}指標は最終目標だけがあり（{finals}）、実績は{state}。"
    return f"{count:,}指標の実績は{state}。"


def _unjudged_sentence(unknown: Unknown) -> str:
    """Of KPIs with an actual: why it cannot be said whether they reached their target."""
    rows, note = unknown.rows, unknown.reason
    if note == "already_final":
        undated = sum(pd.isna(row["final_year"]) for row in rows)
        said = f"{undated:,}指標は、年度の書かれていない最終目標に達しています。"
        return said if undated else ""
    if note == "not_due":
        later = sum(row["target"] == 0 and row["final_target"] != 0 for row in rows)
        return f"{later:,}指標は、この年度の目標が0で、まだ期限前です。" if later else ""
    actuals = f"{len(rows):,}指標の実績が載っていますが（{_values(rows, 'actual')}）、"
    if note == "part_year":
        return f"{actuals}年度の途中の値なので、目標に届いたかはまだ判断できません。"
    if note == "no_final_year":
        return f"{actuals}最終目標の年度が書かれていないため、目標に届いたかは判断できません。"
    return f"{actuals}{REASONS[note]}ため、目標に届いたかは判断できません。"


def _values(rows: list[Row], name: str) -> str:
    """The values of up to four KPIs in words; of more, only the first three."""
    said = [f"{k['kpi']} {format_value(k[name], k['unit'])}" for k in rows[:MOST_VALUES]]
    return "、".join(said if len(rows) <= MOST_VALUES else [*said[: MOST_VALUES - 1], "ほか"])


def _graded_without(audit: pd.DataFrame) -> str:
    for name, label in NAMES.items():
        if given := quote_words(audit, name):
            return (
                f"それでも{label}は{given}とされていますが、"
                "指標がないため、数値からは確かめられません。"
            )
    return describe_policy(audit)


def _others(observations: pd.DataFrame) -> str:
    count, fiscal_years = count_others(observations)
    if not count:
        return ""
    first, last = (format_fiscal_year(fiscal_years[end]) for end in (0, -1))
    when = first if len(fiscal_years) == 1 else f"{first}から{last}まで"
    return f"指標のほかに、{when}の{count}件の数値が載っています。"
