"""The first screen of a report: where and when, the headline figures, the first sentences.

A sentence never says more than the documents at hand: where figures do not explain a
published grade, the grade is not wrong.
"""

from typing import Any

import pandas as pd

from analysis.measures.achievement import SIGN_OF_DIRECTION
from analysis.measures.costs import PARTS_OF_TOTAL, find_cost_basis, sum_costs
from analysis.present.money import say_no_sum
from analysis.present.narrative import quote_names
from analysis.present.sentences import (
    REASONS,
    STATUSES,
    format_fiscal_year,
    format_number,
    format_percent,
    format_target,
    format_value,
    list_rows,
    name_cost,
)

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
    grades = list(dict.fromkeys(ratings["grade"].dropna()))
    progress = list(dict.fromkeys(ratings["progress"].dropna()))
    rates = kpis["progress_rate"].dropna()
    rate = ("進捗率", "—", "求められる指標がない")
    if len(rates):
        low, high = format_percent(rates.min()), format_percent(rates.max())
        rate = ("進捗率", low if low == high else f"{low}～{high}", "0％＝従前値、100％＝目標")
    other = ("ほかに公表された数値", f"{published} 件", "指標以外の数値")
    return _tiles(
        [
            _reached_tile(kpis),
            rate if len(kpis) else other,
            _cost_tile(budgets),
            (
                "公表の総合評価",
                "・".join(grades) or "—",
                _progress_note(ratings, progress),
            ),
        ]
    )


def _progress_note(ratings: pd.DataFrame, progress: list[str]) -> str:
    if progress:
        return f"進捗「{'」「'.join(progress)}」"
    return "評価の公表なし" if ratings.empty else "進捗の記載なし"


def summarize_government(
    comparison: pd.DataFrame, kpis: pd.DataFrame, budgets: pd.DataFrame, audit: pd.DataFrame
) -> pd.DataFrame:
    """Give the headline figures of a government's year: `label`, `value` and `note`, four rows."""
    without = comparison[comparison["kpis"] == 0]
    odd = audit[(audit["explained"] == "no") & (audit["finding"] != "no_kpi")]
    return _tiles(
        [
            _reached_tile(kpis),
            (
                "指標のない事業",
                f"{len(without)} / {len(comparison)}",
                quote_names(without["program"], MOST_NAMED) or "なし",
            ),
            (
                "数値だけでは説明できない評価",
                f"{len(odd)} 件" if len(audit) else "—",
                _odd_places(odd) if len(audit) else "評価の公表なし",
            ),
            _cost_tile(budgets),
        ]
    )


def _tiles(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["label", "value", "note"])


def _odd_places(odd: pd.DataFrame) -> str:
    return "・".join(f"{p} {k}" for p, k in zip(odd["place"], odd["kpi"], strict=True)) or "なし"


def _reached_tile(kpis: pd.DataFrame) -> tuple[str, str, str]:
    if kpis.empty:
        return ("目標に到達", "—", "指標の公表なし")
    if (kpis["reached"] == "unknown").all():
        return ("目標に到達", "—", f"{len(kpis)}指標のどれも判定できない")
    yes = kpis["reached"] == "yes"
    estimated = int(((kpis["actual_status"] == "estimated") & kpis["actual"].notna()).sum())
    unknown = int((kpis["reached"] == "unknown").sum())
    notes = [f"うち推計値{estimated}"] * (estimated > 0) + [f"判定できないもの{unknown}"] * (
        unknown > 0
    )
    note = f"指標（{'、'.join(notes)}）" if notes else "指標"
    return ("目標に到達", f"{yes.sum()} / {len(kpis)}", note)


def _cost_tile(budgets: pd.DataFrame) -> tuple[str, str, str]:
    costs = find_cost_basis(budgets)
    if costs.empty:
        other = budgets["amount_yen"].notna().any()
        return ("費用", "—", "総額の記載なし" if other else "金額の記載なし")
    sums = sum_costs(costs)
    if len(sums) > 1:
        return ("費用", "—", say_no_sum(sums))
    basis, natures = costs["cost_basis"].iloc[0], costs["cost_natures"].iloc[0]
    label = name_cost(basis, natures)
    if basis == "parts" and set(budgets["kind"]) & set(PARTS_OF_TOTAL) == {"initial"}:
        label = label.replace(name_cost("parts", ""), "当初予算額")
    notes = {
        "settled": "円",
        "reported": "円。性質の記載なし、全額とは限らない",
    }
    note = notes.get(basis, "円。決算額はこの資料に記載なし")
    return (label, format_number(sums["cost_yen"].iloc[0]), note)


# The first sentences


def describe_findings(
    kpis: pd.DataFrame,
    audit: pd.DataFrame,
    observations: pd.DataFrame,
    rubric: dict[str, Any] | None = None,
) -> str:
    """Say in a few sentences what happened, what is odd and what is missing."""
    if kpis.empty:
        without = "この事業には指標（KPI）が公表されておらず、目標に届いたかは判断できません。"
        return without + _graded_without(audit) + _others(observations)
    known = kpis[kpis["reached"] != "unknown"]
    judged = audit.loc[audit["finding"] == "worse_than_baseline", "kpi"]
    sentences = [_reached_sentence(kpis, known, judged=len(judged) > 0)] if len(known) else []
    not_due = kpis["reached_note"] == "not_due"
    away = (kpis["progress_rate"] < 0) & ((kpis["reached"] != "unknown") | not_due)
    worse = kpis[away & ~kpis["kpi"].isin(judged)]
    if len(worse) and len(kpis) > 1:
        sentences.append(f"{quote_names(worse['kpi'])}は従前値より悪くなりました。")
    sentences.append(_final_sentence(known))
    sentences += [_unknown_sentence(kpis)] if len(known) < len(kpis) else []
    clear = audit[audit["explained"] == "no"]
    sentences += [describe_audit(clear, rubric)] if len(clear) else []
    return "".join(sentences)


def _reached_sentence(kpis: pd.DataFrame, known: pd.DataFrame, judged: bool) -> str:
    if len(kpis) > 1:
        reached = int((known["reached"] == "yes").sum())
        estimated = known["actual_status"] == "estimated"
        by_estimate = f"（うち実績が推計値の指標は{estimated.sum()}）" if estimated.any() else ""
        of = (
            f"{len(kpis)}指標のうち、判定できる{len(known)}指標"
            if len(known) < len(kpis)
            else f"{len(kpis)}指標"
        )
        if reached == len(kpis):
            return f"{of}{by_estimate}のすべてが年度の目標に到達しました。"
        return f"{of}{by_estimate}のうち、目標に到達したのは{reached}指標でした。"
    k = known.iloc[0]
    estimated = k["actual_status"] == "estimated"
    verdict = "目標に到達しました" if k["reached"] == "yes" else "目標に届きませんでした"
    if estimated:
        verdict = "目標に届く" if k["reached"] == "yes" else "目標に届かない"
        verdict += "見込みです（推計値であり、確定していません）"
    target = format_target(k)
    actual = f"{'推計の' if estimated else ''}実績が{format_value(k['actual'], k['unit'])}"
    text = f"「{k['kpi']}」は、目標{target}に対して{actual}で、{verdict}。"
    if k["progress_rate"] < 0 and not judged:
        text += f"事業前の従前値{format_value(k['baseline'], k['unit'])}より悪くなっています。"
    elif k["reached"] == "no" and k["progress_rate"] >= 0:
        text += f"従前値からの進捗率は{format_percent(k['progress_rate'])}です。"
    return text


def _final_sentence(known: pd.DataFrame) -> str:
    """What is still to go to the final targets, where the program goes on after this year."""
    sign = known["direction"].map(SIGN_OF_DIRECTION)
    later = known[
        (known["final_year"] > known["fiscal_year"]) & known["final_target"].notna() & sign.notna()
    ]
    if later.empty:
        return ""
    years = "・".join(format_fiscal_year(year) for year in sorted(set(later["final_year"])))
    ahead = (later["actual"] - later["final_target"]) * sign[later.index]
    there = int((ahead >= 0).sum())
    text = f"{years}の最終目標にすでに達しているのは、{len(later)}指標のうち{there}指標です。"
    short = later[(ahead < 0) & (later["final_rate_note"] == "")]
    if len(short):
        far = short.loc[short["final_rate"].idxmin()]
        lowest = f"比が最も低い「{far['kpi']}」の" if len(short) > 1 else ""
        text += f"{lowest}実績は、最終目標の{format_percent(far['final_rate'])}です。"
    return text


def _unknown_sentence(kpis: pd.DataFrame) -> str:
    unknown = kpis[kpis["reached"] == "unknown"]
    said = []
    for status, rows in unknown[unknown["actual"].isna()].groupby("actual_status", sort=False):
        planned = (rows["target_status"] == "planned").all()
        state = f"{STATUSES[str(status)]}です"
        if status == "not_in_source":
            state = "この資料に記載がありません"
        if rows["target"].notna().all():
            targets = _values(rows, "target")
            held = "計画値" if planned else "目標"
            said.append(f"{len(rows)}指標は{held}だけがあり（{targets}）、実績は{state}。")
        elif rows["target"].isna().all() and rows["final_target"].notna().all():
            finals = _values(rows, "final_target")
            said.append(f"{len(rows)}指標は最終目標だけがあり（{finals}）、実績は{state}。")
        else:
            said.append(f"{len(rows)}指標の実績は{state}。")
    for note, rows in unknown[unknown["actual"].notna()].groupby("reached_note", sort=False):
        said.append(
            f"{len(rows)}指標の実績が公表されていますが（{_values(rows, 'actual')}）、"
            f"{REASONS[str(note)]}ため、目標に届いたかは判断できません。"
        )
    return "".join(said)


def _values(kpis: pd.DataFrame, name: str) -> str:
    """The values of up to four KPIs in words; of more, only the first three."""
    said = [
        f"{k['kpi']} {format_value(k[name], k['unit'])}"
        for k in list_rows(kpis.head(4), "kpi", "unit", name)
    ]
    return "、".join(said if len(kpis) <= 4 else [*said[:3], "ほか"])


def _graded_without(audit: pd.DataFrame) -> str:
    grades = list(dict.fromkeys(audit["grade"].dropna()))
    if not grades:
        return ""
    given = "」「".join(grades)
    return f"それでも総合評価は「{given}」とされています。公表された数値だけでは説明できません。"


def _others(observations: pd.DataFrame) -> str:
    count = int(observations["value"].notna().sum())
    return f"指標のほかに{count}件の数値が公表されています。" if count else ""


def describe_audit(audit: pd.DataFrame, rubric: dict[str, Any] | None = None) -> str:
    """Say which published judgements the published figures do not explain, accusing nobody.

    `rubric` names the paper with the criteria, where that is known but not at hand.
    """
    criteria = (rubric or {}).get("criteria_not_at_hand")
    if audit.empty:
        return "この資料に評価の公表はありません。"
    lacking = f"（基準の{criteria}は未入手）" if criteria else ""
    said = []
    odd = audit[(audit["explained"] == "no") & (audit["finding"] != "no_kpi")]
    columns = ("kpi", "unit", "baseline", "target", "finding", "progress", "grade")
    for row in list_rows(odd, *columns):
        why = {
            "worse_than_baseline": f"従前値{format_value(row['baseline'], row['unit'])}より悪く",
            "missed_but_best_word": f"目標{format_value(row['target'], row['unit'])}に届いておらず",
            "no_actual": "公表されておらず",
        }[row["finding"]]
        words = {"進捗": row["progress"], "総合評価": row["grade"]}
        word = next((f"公表の{n}は「{w}」ですが、" for n, w in words.items() if pd.notna(w)), "")
        said.append(
            f"{word}「{row['kpi']}」の実績は{why}、公表された数値だけでは説明できません{lacking}。"
        )
    without = audit[audit["finding"] == "no_kpi"]
    if len(without):
        who = without["place"].iloc[0] if len(without) == 1 else f"{len(without)}事業"
        said.append(f"{who}は指標がないまま評価されています。")
    far = audit[audit["finding"] == "reached_but_lower_word"]
    if len(far):
        given = "」「".join(dict.fromkeys(far["progress"]))
        said.append(
            f"年度の目標に到達した{len(far)}指標の進捗が「{given}」にとどまる理由は、"
            "公表された数値からは分かりません。"
        )
    unranked = audit[(audit["finding"] == "not_judged") & audit["progress"].notna()]
    if len(unranked):
        given = "」「".join(dict.fromkeys(unranked["progress"]))
        said.append(f"公表の進捗「{given}」は順序の分からない語で、数値と比べられません。")
    if said:
        return "".join(said)
    if (audit["finding"] == "nothing_against_it").any():
        return (
            "公表された評価と食い違う数値は見つかりません。"
            "評価が数値から決まったという意味ではありません。"
        )
    return "公表された評価を、公表された数値と比べることはできません。"
