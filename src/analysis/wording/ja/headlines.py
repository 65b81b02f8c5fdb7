"""The first screen of a report: where and when, headline figures, first sentences."""

from typing import Any

import pandas as pd

from analysis.measures.comparison import has_only_repeats
from analysis.measures.cost_basis import find_cost_basis, find_span_costs, sum_costs
from analysis.measures.keys import PROGRAM, find_rows, list_rows
from analysis.measures.kpis import is_part_year
from analysis.measures.repeats import leave_out_repeats
from analysis.wording.ja.audit import NAMES, describe_odd, summarize_odd
from analysis.wording.ja.costs import name_cost, say_no_sum
from analysis.wording.ja.formats import (
    format_fiscal_year,
    format_number,
    format_rate,
    format_value,
    format_yen,
    say_day,
    say_span,
)
from analysis.wording.ja.judgements import describe_policy
from analysis.wording.ja.phrases import list_words, quote_names, quote_words
from analysis.wording.ja.progress import choose_scale
from analysis.wording.ja.targets import format_final_target, say_goal
from analysis.wording.labels import BEFORE_FINAL_YEAR, READINGS, REASONS, STATUSES

MOST_NAMED = 3


def describe_where(programs: pd.DataFrame, sources: pd.DataFrame, fiscal_year: int) -> str:
    """Say which government, fiscal year and edition a report is about, from `shown_programs`."""
    concluded = say_concluded(programs)
    year = f"{fiscal_year}、{concluded}" if concluded else str(fiscal_year)
    place = programs[["government", "government_code"]].drop_duplicates()
    names = [f"{r.government}（{r.government_code}）" for r in place.itertuples()]
    editions = list(dict.fromkeys(sources["edition"].dropna()))
    return "・".join([*names, f"{format_fiscal_year(fiscal_year)}（{year}）", *editions])


def say_concluded(shown_programs: pd.DataFrame) -> str:
    """Say whether the year of all, or of some, of the programs was concluded; else nothing."""
    concluded = shown_programs["year_concluded"]
    return "推定" if concluded.all() else "一部の事業は推定" if concluded.any() else ""


def describe_title(programs: pd.DataFrame, kpis: pd.DataFrame) -> str:
    """Ask what a report can answer: whether targets were reached, or only what is published."""
    several = len(programs) > 1
    name = programs["program"].iloc[0] if not several else _grant_name(programs)
    if (kpis["reached"] != "unknown").any():
        return f"{name}は目標に届いたか"
    if kpis["reached_note"].isin(BEFORE_FINAL_YEAR).any():
        return f"{name}は最終目標へ進んでいるか"
    return f"{name}について何が公表されたか"


def _grant_name(programs: pd.DataFrame) -> str:
    """The grants that pay for all of the programs; another name where one has no grant."""
    if programs["grant_name"].isna().any():
        return "公表された事業"
    return f"{'・'.join(dict.fromkeys(programs['grant_name']))}事業"


def summarize_program(
    kpis: pd.DataFrame, budgets: pd.DataFrame, ratings: pd.DataFrame, observations: pd.DataFrame
) -> pd.DataFrame:
    """Give the headline figures of one program: `label`, `value` and `note`, four rows."""
    published = int(observations["value"].notna().sum())
    other = ("ほかに公表された数値", f"{published} 件", "指標以外の数値")
    return _tiles(
        [
            _reached_tile(kpis),
            _rate_tile(kpis) if len(kpis) else other,
            _cost_tile(budgets),
            _judgement_tile(ratings),
        ]
    )


def _rate_tile(kpis: pd.DataFrame) -> tuple[str, str, str]:
    """The rates of results of a whole year; a falling KPI's plain ratio, read reversed, is none."""
    part = is_part_year(kpis)
    scale = choose_scale(kpis[~part])
    ratio = kpis["achievement_rate"].notna() & (scale != "progress_rate")
    is_reversed = kpis["achievement_rate_note"] == "reads_reversed"
    rated = ratio | kpis["progress_rate"].notna()
    counts = {"年度途中の値": part & rated, "減らす指標の単純な比": ratio & is_reversed & ~part}
    said = "、".join(f"{word}{rows.sum()}" for word, rows in counts.items() if rows.any())
    without = f"（{said}を除く）" if said else ""
    if scale is None:
        return ("進捗率", "—", f"求められる指標がない{without}")
    rates = kpis.loc[~part & ~counts["減らす指標の単純な比"], scale].dropna()
    whole = "0％＝従前値、100％＝目標" if scale == "progress_rate" else "実績÷目標"
    ends = dict.fromkeys(format_rate(rate) for rate in (rates.min(), rates.max()))
    return (READINGS[scale], "～".join(ends), whole + without)


def _judgement_tile(ratings: pd.DataFrame) -> tuple[str, str, str]:
    """The grades with the words of progress; where neither is printed, what is to follow."""
    grades, policies = list_words(ratings, "grade"), list_words(ratings, "policy")
    progress, policy = quote_words(ratings, "progress"), quote_words(ratings, "policy")
    if policies and not grades and not progress:
        return ("今後の方針", "・".join(policies), "ほかの評価の記載なし")
    said = [f"進捗{progress}"] * bool(progress) + [f"今後の方針{policy}"] * bool(policy)
    none = "評価の記載なし" if ratings.empty else "進捗の記載なし"
    return ("公表の総合評価", "・".join(grades) or "—", "、".join(said) or none)


def summarize_government(
    comparison: pd.DataFrame, kpis: pd.DataFrame, budgets: pd.DataFrame, audit: pd.DataFrame
) -> pd.DataFrame:
    """Give the headline figures of a government's year: `label`, `value` and `note`, four rows."""
    without = comparison[(comparison["kpis"] == 0) & ~has_only_repeats(comparison)]
    return _tiles(
        [
            _reached_tile(kpis),
            (
                "指標のない事業",
                f"{len(without)} / {len(comparison)}",
                quote_names(without["program"], MOST_NAMED) or "なし",
            ),
            ("公表の数値と合わない評価", *summarize_odd(audit)),
            _cost_tile(budgets),
        ]
    )


def _tiles(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["label", "value", "note"])


def _reached_tile(kpis: pd.DataFrame) -> tuple[str, str, str]:
    if kpis.empty:
        return ("目標に到達", "—", "手元の資料に指標の記載なし")
    kpis = leave_out_repeats(kpis)
    unknown = kpis["reached"] == "unknown"
    early = kpis["reached_note"] == "already_final"
    not_due = early | (kpis["reached_note"] == "not_due")
    part = is_part_year(kpis)
    if unknown.all() and not_due.any():
        by_part = f"、うち年度途中の値{(early & part).sum()}" if (early & part).any() else ""
        return ("最終目標に到達ずみ", f"{early.sum()} / {len(kpis)}", f"指標（期限前{by_part}）")
    if unknown.all():
        every = "どの指標も判定できない" if len(kpis) > 1 else "判定できない"
        return ("目標に到達", "—", every)
    estimated = (kpis["actual_status"] == "estimated") & kpis["actual"].notna()
    counts = {
        "推計値": estimated & ~unknown,
        "速報値": (kpis["actual_status"] == "preliminary") & ~unknown,
        "年度途中の値": part & ~unknown,
        "期限前": not_due,
        "判定できないもの": unknown & ~not_due,
    }
    notes = [f"{word}{rows.sum()}" for word, rows in counts.items() if rows.any()]
    note = f"指標（うち{'、'.join(notes)}）" if notes else "指標"
    return ("目標に到達", f"{(kpis['reached'] == 'yes').sum()} / {len(kpis)}", note)


def _cost_tile(budgets: pd.DataFrame) -> tuple[str, str, str]:
    costs = find_cost_basis(budgets)
    spans = find_span_costs(budgets).drop_duplicates(PROGRAM)
    spans = spans[find_rows(spans, costs, PROGRAM) < 0]
    if costs.empty and len(spans):
        return _span_tile(spans)
    if costs.empty:
        other = budgets["amount_yen"].notna().any()
        return ("費用", "—", "総額の記載なし" if other else "金額の記載なし")
    sums = sum_costs(costs)
    if len(sums) > 1:
        return ("費用", "—", say_no_sum(sums))
    whole = sums.iloc[0]
    basis = whole["cost_basis"]
    label = name_cost(basis, whole["cost_natures"], whole["cost_kinds"])
    label += _mark_unsettled(budgets, whole["cost_kinds"])
    label += _mark_concluded(budgets, whole["cost_kinds"])
    notes = {
        "settled": "円",
        "reported": "円。性質の記載なし、全額とは限らない",
    }
    note = notes.get(basis, "円。決算額はこの資料に記載なし")
    beside = f"。ほかに数年度分の合計だけの{len(spans)}事業" if len(spans) else ""
    return (label, format_number(whole["cost_yen"]), f"{note}{_say_personnel(costs)}{beside}")


def _mark_unsettled(budgets: pd.DataFrame, kinds: str) -> str:
    """（推計） where the amounts are estimates (決算見込), as in the table of amounts."""
    used = budgets[budgets["kind"].isin(kinds.split()) & budgets["amount_yen"].notna()]
    estimated = used.reindex(columns=["amount_status"])["amount_status"] == "estimated"
    return "（推計）" if estimated.all() else "（一部推計）" if estimated.any() else ""


def _mark_concluded(budgets: pd.DataFrame, kinds: str) -> str:
    """（推定） where the kind of the amounts was concluded, as in the table of amounts."""
    if "inferred" not in budgets:
        return ""
    names = budgets.loc[budgets["kind"].isin(kinds.split()), "inferred"].fillna("")
    concluded = ["kind" in cell.split() for cell in names]
    return "（推定）" if all(concluded) else "（一部推定）" if any(concluded) else ""


def _span_tile(spans: pd.DataFrame) -> tuple[str, str, str]:
    """What is printed for several years together: no cost of the year."""
    if len(spans) > 1:
        return ("費用", "—", f"数年度分の合計だけの記載（{len(spans)}事業）")
    span = spans.iloc[0]
    label = name_cost(span["cost_basis"], span["cost_natures"], span["cost_kinds"])
    years = say_span(span["first_year"], span["last_year"])
    note = f"円。{years}の合計で、この年度の費用は分からない"
    return (f"{label}（数年度分）", format_number(span["cost_yen"]), note)


def _say_personnel(costs: pd.DataFrame) -> str:
    """Say what personnel stands beside the costs, and of how many programs where not of all."""
    known = costs["full_cost_yen"].notna() & costs["personnel_yen"].notna()
    beside = costs[known & (costs["cost_natures"] != "full")]
    if beside.empty:
        return ""
    yen = beside["personnel_yen"].sum()
    of = f"（{len(beside)}事業）" if len(beside) < len(costs) else ""
    return f"。ほかに人件費{format_yen(yen)}{of}"


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
    known = kpis[kpis["reached"] != "unknown"]
    judged = audit.loc[audit["finding"] == "worse_than_baseline", "kpi"]
    sentences = [_reached_sentence(kpis, known, judged=len(judged) > 0)] if len(known) else []
    if len(kpis) > 1:
        sentences.append(_part_year_sentence(known[is_part_year(known)]))
    not_due = kpis["reached_note"] == "not_due"
    away = (kpis["progress_rate"] < 0) & ((kpis["reached"] != "unknown") | not_due)
    worse = kpis[away & ~kpis["kpi"].isin(judged)]
    if len(worse) and len(kpis) > 1:
        sentences.append(f"{quote_names(worse['kpi'])}は従前値より悪くなりました。")
    sentences += [_inferred_sentence(known), _final_sentence(kpis), _unknown_sentence(kpis)]
    sentences += [describe_odd(audit, rubric), describe_policy(audit)]
    return "".join(sentences)


def _reached_sentence(kpis: pd.DataFrame, known: pd.DataFrame, judged: bool) -> str:
    if len(kpis) == 1:
        is_part = bool(is_part_year(known).all())
        return _one_sentence(list_rows(known)[0], judged, is_part)
    reached, estimated = int((known["reached"] == "yes").sum()), known["actual_status"]
    estimates = int((estimated == "estimated").sum())
    by_estimate = f"（うち実績が推計値の指標は{estimates}）" if estimates else ""
    of = f"{len(kpis)}指標"
    if len(known) < len(kpis):
        of += f"のうち判定できるのは{len(known)}指標"
        if reached == len(known):
            every = "で、どれも" if reached > 1 else "で、"
            return f"{of}{by_estimate}{every}目標に到達しました。"
        if reached == 0:
            return f"{of}{by_estimate}で、目標に到達したものはありません。"
        return f"{of}{by_estimate}で、{reached}指標が目標に到達しました。"
    if reached == len(kpis):
        return f"{of}{by_estimate}とも、年度の目標に到達しました。"
    if reached == 0:
        return f"{of}{by_estimate}のうち、目標に到達したものはありません。"
    return f"{of}{by_estimate}のうち、目標に到達したのは{reached}指標でした。"


def _part_year_sentence(early: pd.DataFrame) -> str:
    """Of how many KPIs the target was reached within the year already, and by what day."""
    if early.empty:
        return ""
    return f"{len(early)}指標は、{_say_days(early)}の値ですでに到達しています。"


def _say_days(kpis: pd.DataFrame) -> str:
    return "・".join(dict.fromkeys(say_day(day) for day in sorted(kpis["as_of"])))


def _inferred_sentence(known: pd.DataFrame) -> str:
    """Of how many KPIs the target or the actual was concluded rather than read."""
    if "inferred" not in known:
        return ""
    names = known["inferred"].fillna("").str.split()
    concluded = int(sum(bool({"target", "actual"} & set(cell)) for cell in names))
    if not concluded:
        return ""
    whose = "この目標と実績は" if len(known) == 1 else f"{concluded}指標の目標か実績は"
    return f"{whose}、資料から推定した値です。"


def _one_sentence(k: dict[str, Any], judged: bool, is_part: bool) -> str:
    estimated = k["actual_status"] == "estimated"
    kind = {"estimated": "推計の", "preliminary": "速報の"}.get(k["actual_status"], "")
    verdict = "目標に到達しました" if k["reached"] == "yes" else "目標に届きませんでした"
    if estimated:
        verdict = "目標に届く" if k["reached"] == "yes" else "目標に届かない"
        verdict += "見込みです（推計値であり、確定していません）"
    actual = f"{kind}実績が{format_value(k['actual'], k['unit'])}"
    if is_part:
        verdict = f"{say_day(k['as_of'])}で{verdict}"
    text = f"「{k['kpi']}」は、{say_goal(k)}に対して{actual}で、{verdict}。"
    if k["progress_rate"] < 0 and not judged:
        text += f"事業前の従前値{format_value(k['baseline'], k['unit'])}より悪くなっています。"
    elif k["reached"] == "no" and k["progress_rate"] >= 0:
        text += f"従前値からの進捗率は{format_rate(k['progress_rate'])}です。"
    return text


def _final_sentence(kpis: pd.DataFrame) -> str:
    """How many KPIs are at the final target of a later year already, and how long that is off.

    No share of a target that is not due yet is quoted.
    """
    known = kpis["at_final"] != "unknown"
    later = kpis[(kpis["final_year"] > kpis["fiscal_year"]) & known]
    if later.empty:
        return _say_missed_finals(kpis)
    reached = later[later["at_final"] == "yes"]
    there, whole, by_part = len(reached), len(later), reached[is_part_year(reached)]
    years = "・".join(format_fiscal_year(year) for year in sorted(set(later["final_year"])))
    early = later[later["reached_note"].isin(BEFORE_FINAL_YEAR) & (later["target"] != 0)]
    begin = ""
    if len(early):
        due = "・".join(format_fiscal_year(year) for year in sorted(set(early["final_year"])))
        begin = f"{len(early)}指標は{due}の最終目標だけがあり、この年度の目標はありません。"
    when = _say_time_left(later)
    if whole == 1:
        name = f"「{later['kpi'].iloc[0]}」は、" if len(kpis) > 1 else ""
        goal = f"{name}{years}の最終目標{format_final_target(list_rows(later)[0])}に"
        day = f"{_say_days(by_part)}で" if len(by_part) else ""
        return f"{begin}{goal}" + (
            f"{day}すでに達しています。" if there else f"まだ達していません。{when}"
        )
    if there == 0:
        end = f"{years}の最終目標に達した指標は、まだありません。{when}"
    elif there == whole:
        end = f"{years}の最終目標には、{whole}指標ともすでに達しています。"
    else:
        end = f"{years}の最終目標がある{whole}指標のうち、{there}指標はすでに達しています。{when}"
    if len(by_part):
        end += f"達した指標のうち{len(by_part)}指標は、{_say_days(by_part)}の値によります。"
    return begin + end + _course_sentence(early) + _say_missed_finals(kpis)


def _say_missed_finals(kpis: pd.DataFrame) -> str:
    """Name what reached the year's own target and not the final one of the same year."""
    due = (kpis["final_year"] == kpis["fiscal_year"]) & (kpis["reached"] == "yes")
    return "".join(
        f"「{kpi['kpi']}」は、同じ年度の最終目標{format_final_target(kpi)}には達していません。"
        for kpi in list_rows(kpis[due & (kpis["at_final"] == "no")])
    )


def _say_time_left(later: pd.DataFrame) -> str:
    """How far the final years were off in the years evaluated, for readers of a later day."""
    left = sorted(set(later["final_year"] - later["fiscal_year"]))
    now = "・".join(format_fiscal_year(year) for year in sorted(set(later["fiscal_year"])))
    return f"{now}の時点で、最終年度まで{'・'.join(str(n) for n in left)}年あります。"


def _course_sentence(early: pd.DataFrame) -> str:
    """Whether what is not due yet is on the straight line to its final target."""
    rate = early["pace_rate"].dropna()
    if rate.empty or len(early) == 1:
        return ""
    on_line, back = int((rate >= 1).sum()), int((rate < 0).sum())
    parts = {"達している": on_line, "届いていない": len(rate) - on_line - back, "後退した": back}
    said = "、".join(f"{word}もの{count}" for word, count in parts.items() if count)
    return f"従前値から最終目標まで一直線に進むとみた値に対しては、{said}です。"


def _unknown_sentence(kpis: pd.DataFrame) -> str:
    said = [
        _unmeasured_sentence(rows, str(status))
        for status, rows in kpis[(kpis["reached"] == "unknown") & kpis["actual"].isna()].groupby(
            "actual_status", sort=False
        )
    ]
    measured = kpis[(kpis["reached"] == "unknown") & kpis["actual"].notna()]
    for note, rows in measured.groupby("reached_note", sort=False, observed=True):
        said.append(_unjudged_sentence(rows, str(note)))
    return "".join(said)


def _unmeasured_sentence(rows: pd.DataFrame, status: str) -> str:
    """Of KPIs without an actual: what they aim at, and why there is none."""
    state = f"{STATUSES[status]}です"
    if status == "not_in_source":
        state = "この資料に記載がありません"
    if rows["target"].notna().all():
        if (rows["target_status"] == "planned").all():
            return f"{len(rows)}指標は計画値だけで、実績は{state}。"
        return f"{len(rows)}指標は目標だけがあり（{_values(rows, 'target')}）、実績は{state}。"
    if rows["target"].isna().all() and rows["final_target"].notna().all():
        finals = _values(rows, "final_target")
        return f"{len(rows)}指標は最終目標だけがあり（{finals}）、実績は{state}。"
    return f"{len(rows)}指標の実績は{state}。"


def _unjudged_sentence(rows: pd.DataFrame, note: str) -> str:
    """Of KPIs with an actual: why it cannot be said whether they reached their target."""
    actuals = f"{len(rows)}指標の実績が載っていますが（{_values(rows, 'actual')}）、"
    if note == "already_final":
        known = rows["final_year"].notna()
        return (
            ""
            if known.all()
            else f"{(~known).sum()}指標は、年度の書かれていない最終目標に達しています。"
        )
    if note == "not_due":
        begins = rows[(rows["target"] == 0) & (rows["final_target"] != 0)]
        return f"{len(begins)}指標は、この年度の目標が0で、まだ期限前です。" if len(begins) else ""
    if note == "part_year":
        return f"{actuals}年度の途中の値なので、目標に届いたかはまだ判断できません。"
    if note == "no_final_year":
        return f"{actuals}最終目標の年度が書かれていないため、目標に届いたかは判断できません。"
    return f"{actuals}{REASONS[note]}ため、目標に届いたかは判断できません。"


def _values(kpis: pd.DataFrame, name: str) -> str:
    """The values of up to four KPIs in words; of more, only the first three."""
    said = [
        f"{k['kpi']} {format_value(k[name], k['unit'])}"
        for k in list_rows(kpis.head(4), "kpi", "unit", name)
    ]
    return "、".join(said if len(kpis) <= 4 else [*said[:3], "ほか"])


def _graded_without(audit: pd.DataFrame) -> str:
    for name, label in NAMES.items():
        if given := quote_words(audit, name):
            return (
                f"それでも{label}は{given}とされていますが、"
                "指標がないため、数値からは確かめられません。"
            )
    return describe_policy(audit)


def _others(observations: pd.DataFrame) -> str:
    known = observations[observations["value"].notna()]
    if known.empty:
        return ""
    years = [format_fiscal_year(year) for year in sorted(set(known["fiscal_year"]))]
    when = years[0] if len(years) == 1 else f"{years[0]}から{years[-1]}まで"
    return f"指標のほかに、{when}の{len(known)}件の数値が載っています。"
