"""The sentences beside the figures of a report; they double as the alternative texts.

Each says what a figure shows, made from the same table, or why there is no figure.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.intake.codebook import name_column
from analysis.intake.tables import TABLES
from analysis.measures.achievement import is_in_words
from analysis.measures.comparison import has_only_span
from analysis.present.judgements import RATED, name_places, quote_words
from analysis.present.progress import choose_scale
from analysis.present.sentences import (
    PART_LABELS,
    READINGS,
    REASONS,
    STATUSES,
    TARGET_COLUMNS,
    describe_state,
    format_final_target,
    format_percent,
    format_percent_range,
    format_range,
    format_rate,
    format_target,
    format_value,
    list_rows,
    print_costs,
    say_goal,
    short_fiscal_year,
)


def quote_names(names: Iterable[str], most: int | None = None) -> str:
    """Put each name in brackets; of programs beyond `most` only their number.

    Examples
    --------
    >>> quote_names(["面接会", "セミナー", "移住"], most=2)
    '「面接会」「セミナー」ほか1事業'
    """
    listed = list(names)
    quoted = "".join(f"「{name}」" for name in listed[:most])
    left = len(listed) - (len(listed) if most is None else most)
    return f"{quoted}ほか{left}事業" if left > 0 else quoted


def describe_progress(kpis: pd.DataFrame) -> str:
    """Say what the progress figure shows, or why there is none."""
    if kpis.empty:
        return "手元の資料に指標（KPI）が載っていないため、目標に届いたかは判断できません。"
    scale = choose_scale(kpis)
    if scale is None:
        why = count_reasons(kpis["progress_rate_note"])
        return f"従前値からの進捗率を求められる指標がないため、図はありません（{why}）。"
    columns = ("kpi", "baseline", "actual", scale, *TARGET_COLUMNS)
    rows = zip(list_rows(kpis, *columns), describe_state(kpis), strict=True)
    start = "従前値を0、目標を1とした進み具合の図。"
    if scale == "achievement_rate":
        start = "従前値の記載がないため、0から目標までを1とした図。"
    return start + "".join(
        f"{k['kpi']}："
        + (f"従前値{format_value(k['baseline'], k['unit'])}、" if scale == "progress_rate" else "")
        + f"{say_goal(k)}、実績{format_value(k['actual'], k['unit'])}、"
        f"{READINGS[scale]}{format_rate(k[scale])}、{state[2:]}。"
        for k, state in rows
    )


def explain_progress(kpis: pd.DataFrame) -> str:
    """Say how to read the progress figure and by which formula; nothing where there is none."""
    scale = choose_scale(kpis)
    if scale == "achievement_rate":
        return (
            "従前値の記載がないため、0から目標までを実績がどこまで満たしたかを見ます。"
            "100％は目標ちょうどです。達成率 ＝ 実績 ÷ 目標"
        )
    if scale == "progress_rate":
        return (
            "事業を始める前の値（従前値）から目標までの道のりを、どこまで進んだかを見ます。"
            "0％は従前値と同じ、100％は目標ちょうど、▲は従前値より目標から遠ざかったことを表します。"
            "進捗率 ＝（実績 − 従前値）÷（目標 − 従前値）"
        )
    return ""


def caption_progress(kpis: pd.DataFrame) -> str:
    """Caption the progress figure: from what its bars begin."""
    start = "0" if choose_scale(kpis) == "achievement_rate" else "従前値"
    return f"図　{start}から目標までの進み具合。○と◇は推計値、□は期限前か不明。"


def count_reasons(notes: pd.Series) -> str:
    """Write how many KPIs each reason is about: 実績がない：2指標、目標が0：1指標."""
    counts = notes[notes != ""].astype("str").value_counts(sort=False)
    return "、".join(f"{REASONS[str(note)]}：{count}指標" for note, count in counts.items())


def describe_plan(kpis: pd.DataFrame) -> str:
    """Say what the figure of planned values shows, or why there is none."""
    if kpis.empty:
        return "指標がないため、目指した水準は分かりません。"
    columns = ["kpi", "baseline", "actual", "actual_status", *TARGET_COLUMNS]
    has_target = kpis[["target", "final_target"]].notna().any(axis=1)
    planned = kpis.reindex(columns=columns)[has_target]
    in_words = ~has_target & (is_in_words(kpis, "target") | is_in_words(kpis, "final_target"))
    worded = "".join(
        f"{k['kpi']}の{say_goal(k)}は数値でなく言葉で示されています。"
        for k in list_rows(kpis[in_words], "kpi", *TARGET_COLUMNS)
    )
    if planned.empty and worded:
        return f"目標の数値がないため、計画を示す図はありません。{worded}"
    if planned.empty:
        return f"{len(kpis)}指標のどれにも目標の記載がないため、計画を示す図はありません。"
    return (
        "従前値・年度の目標・最終目標・実績を指標ごとの目盛りに並べた図。"
        + "".join(
            f"{k['kpi']}：従前値{format_value(k['baseline'], k['unit'])}、"
            f"年度の目標{format_target(k)}、"
            f"最終目標{format_final_target(k)}、"
            f"実績{format_value(k['actual'], k['unit'])}（{STATUSES[k['actual_status']]}）。"
            for k in list_rows(planned, *columns)
        )
        + worded
    )


def describe_parts(parts: pd.DataFrame) -> str:
    """Say what the documents at hand do not hold."""
    if parts.empty:
        return ""
    said = [
        f"{what}、{items}です。"
        for what, words in ABSENT.items()
        if (items := _list_absent(parts, words))
    ]
    if (parts["budget"] == "nature_not_stated").any():
        said.append("金額はありますが、予算か決算かなどの性質が書かれていません。")
    if not said:
        return "評価に必要な項目はすべて記載されています。"
    kpis = int(parts["kpi"].notna().sum()) if "kpi" in parts else len(parts)
    whom = [f"{kpis}指標"] * (kpis > 0) + [f"指標のない{len(parts) - kpis}事業"] * (
        kpis < len(parts)
    )
    return f"{'と'.join(whom)}について、{''.join(said)}ほかの資料に記載があるかもしれません。"


ABSENT = {
    "この資料に載っていないのは": ("not_in_source", "not_set"),
    "集計中なのは": ("pending",),
    "未公表とされているのは": ("unpublished",),
    "この年度に調査がないのは": ("not_surveyed",),
    "資料に書かれておらず推定したのは": ("concluded",),
}


def _list_absent(parts: pd.DataFrame, words: tuple[str, ...]) -> str:
    """Which parts are absent of how many, those of one number together: 決算（10件とも）."""
    by_count: dict[int, list[str]] = {}
    for name, label in PART_LABELS.items():
        count = int(parts[name].isin(words).sum()) if name in parts else 0
        by_count.setdefault(count, []).append(label)
    return "、".join(
        f"{'・'.join(labels)}（{count}件{'とも' if count == len(parts) > 1 else ''}）"
        for count, labels in sorted(by_count.items(), reverse=True)
        if count
    )


def describe_squares(kpis: pd.DataFrame) -> str:
    """Say what the figure of counted results shows; nothing where there is none."""
    columns = ["kpi", "unit", "actual", "unit_cost_low_yen", "unit_cost_high_yen"]
    priced = kpis.loc[kpis["unit_cost_yen"].notna(), columns]
    said = "".join(
        f"{k['kpi']}：{format_value(k['actual'], k['unit'])}、1{k['unit']}あたり"
        f"{format_range(k['unit_cost_low_yen'], k['unit_cost_high_yen'])}。"
        for k in list_rows(priced, *columns)
    )
    return f"実績を四角の数で表した図。{said}" if said else ""


def describe_grades(audit: pd.DataFrame) -> str:
    """Say where the published judgements lie in the grade matrix, or that there are none."""
    judged = audit.dropna(subset=["effectiveness", "efficiency"]).fillna({"grade": "記載なし"})
    if judged.empty:
        return "有効性と効率性の水準が手元の資料にないため、図はありません。"
    judged = judged.assign(place=name_places(judged))
    cells = judged.groupby(["effectiveness", "efficiency", "grade"], sort=False)["place"].agg(
        "・".join
    )
    return "有効性と効率性の組み合わせに総合評価を置いた図。" + "".join(
        f"有効性{e}・効率性{f}は{g}（{places}）。" for (e, f, g), places in cells.items()
    )


def describe_rubric(rubric: dict[str, Any] | None) -> str:
    """Say how far the rubric behind published grades is known."""
    if rubric is None:
        return "この資料の評価に当てはまる基準は、手元にありません。"
    note = "".join(rubric.get("note", "").split())
    if "level_words" not in rubric:
        inferred = rubric["inferred"] or "記載なし。"
        return f"{rubric['name']}の基準：{note}資料から推定した点：{inferred}"
    rules = rubric["rules"]
    unknown = sum(rule["grade"] == "unknown" for rule in rules)
    return f"{note}{len(rules)}通りの組み合わせのうち{unknown}通りは、総合評価が分かりません。"


def describe_words(audit: pd.DataFrame) -> str:
    """Say which rates stand behind each published word of progress, or that there are none."""
    both = audit.dropna(subset=["progress", "progress_rate"])
    if both.empty:
        return "進捗の言葉と率がそろう指標がないため、図はありません。"
    said = ["公表の進捗の言葉ごとに、達成率と進捗率を並べた図。"]
    for name in RATES_OF_WORDS:
        ranges = both.groupby("progress", sort=False)[name].agg(["min", "max", "size"])
        said += [
            f"{READINGS[name]}では「{word}」{int(row['size'])}件は"
            f"{format_percent(row['min'])}～{format_percent(row['max'])}。"
            for word, row in ranges.iterrows()
        ]
    return "".join(said)


RATES_OF_WORDS = ("achievement_rate", "progress_rate")


def describe_overlap(audit: pd.DataFrame) -> str:
    """Say by which rates the published words of progress follow the order of the rates.

    That words follow a rate is said only where their rank is known (`progress_rank`). Words that
    several judges gave one and the same KPI have one rate, and no order.
    """
    judged = audit.dropna(subset=["progress"])
    judged = judged[judged[list(RATES_OF_WORDS)].notna().any(axis=1)]
    one_kpi = set(RATED) <= set(judged) and len(judged[RATED[:4]].drop_duplicates()) == 1
    if one_kpi and len(set(judged["progress"])) > 1:
        return (
            f"進捗の{quote_words(judged, 'progress')}は同じ1つの指標に付けられたもので、"
            "率の高い順に付いているかは、比べられません。"
        )
    ordered: list[str] = []
    mixed: list[str] = []
    for name in RATES_OF_WORDS:
        both = audit.dropna(subset=["progress", name])
        if len(set(both["progress"])) < 2:
            continue
        ranges = both.groupby("progress")[name].agg(["min", "max"]).sort_values("max")
        ranks = (
            both.groupby("progress")["progress_rank"].first() if "progress_rank" in both else None
        )
        if (ranges["max"].shift() > ranges["min"]).any():
            mixed.append(READINGS[name])
        elif ranks is not None and ranks.notna().all():
            falling = ranks[ranges.index].is_monotonic_decreasing
            (ordered if falling else mixed).append(READINGS[name])
    words = "と".join(f"「{word}」" for word in dict.fromkeys(audit["progress"].dropna()))
    said = f"{words}は、{'・'.join(mixed)}の高い順には付いていません。" if mixed else ""
    if ordered:
        which = "" if mixed else f"{words}は、"
        said += (
            f"{which}{'・'.join(ordered)}では高い順に並びますが、それが基準であるとは限りません。"
        )
    return said


def describe_observations(observations: pd.DataFrame) -> str:
    """Say what else was published about a program."""
    if observations["value"].isna().all():
        return "指標のほかに公表された数値は、この資料にはありません。"
    known = observations[observations["value"].notna()]
    said = "、".join(
        f"{o['what']}（{short_fiscal_year(o['fiscal_year'])}）："
        f"{format_value(o['value'], o['unit'])}"
        for o in list_rows(known, "what", "fiscal_year", "value", "unit")
    )
    return f"指標のほかに公表された数値：{said}。"


def describe_cost_progress(comparison: pd.DataFrame) -> str:
    """Say what the figure of cost against progress shows, or why there is none."""
    known = comparison[comparison["cost_yen"].notna()]
    if known.empty:
        return "費用の記載がある事業がないため、図はありません。"
    absent = comparison[comparison["cost_yen"].isna()]
    span = has_only_span(absent)
    without = {"金額の記載がなく": absent[~span], "数年度分の合計額しかなく": absent[span]}
    missing = "".join(
        f"{quote_names(rows['program'])}は{why}、図にない。"
        for why, rows in without.items()
        if len(rows)
    )
    label, costs = print_costs(known)
    return f"横に{label}、縦に進み具合の平均（0～100％に収めた値）をとった図。{missing}" + "".join(
        f"{p['program']}：{cost}、"
        + (
            ("指標は再掲だけ。" if p["repeated"] else "指標なし。")
            if pd.isna(p["mean_capped_high"])
            else f"{format_percent_range(p['mean_capped_low'], p['mean_capped_high'])}。"
        )
        for p, cost in zip(known.to_dict("records"), costs, strict=True)
    )


def describe_three_readings(comparison: pd.DataFrame) -> str:
    """Say how many programs reached any, all and what share of their KPIs, unknown ones kept."""
    with_kpi = comparison[comparison["kpis"] > 0]
    if with_kpi.empty:
        return "指標のある事業がありません。"
    any_kpi = int((with_kpi["reached"] > 0).sum())
    all_kpis = int((with_kpi["reached"] == with_kpi["kpis"]).sum())
    reached, kpis = int(with_kpi["reached"].sum()), int(with_kpi["kpis"].sum())
    unknown = int(with_kpi["unknown"].sum())
    if unknown == kpis:
        return f"指標のある{len(with_kpi)}事業の{kpis}指標は、どれも到達したかを判定できません。"
    rest = f"判定できない{unknown}指標も分母に含みます。" if unknown else ""
    share = (
        f"{kpis}指標のうち{reached}指標（{format_percent(reached / kpis)}）が目標に到達しました。"
    )
    if kpis == 1:
        return ""  # the lead has said it
    if len(with_kpi) == 1:
        return share + rest
    every = f"その{any_kpi}事業はすべての指標で到達しました。" if any_kpi else ""
    if all_kpis < any_kpi:
        every = f"すべての指標で到達した事業は{all_kpis}です。"
    return (
        f"指標のある{len(with_kpi)}事業のうち、1つでも目標に到達した事業は{any_kpi}で、"
        f"{every}{share}{rest}"
    )


NATIONAL_LINE = (
    "全国については、2024年12月の資料（wic-net.com の17918）に、"
    "1つでも指標の目標に届いた事業は1,788事業の76％、"
    "目標に届いた指標は6,174指標（1事業4指標まで）の47％とあります。"
    "年度も集め方も違うため、この団体の値と並べて優劣をみることはできません。"
)


def describe_inferred(tables: dict[str, pd.DataFrame]) -> list[str]:
    """List what was concluded from the documents rather than read in them, table by table."""
    items = []
    for name, table in tables.items():
        if "inferred" in table:
            columns = dict.fromkeys(c for cell in table["inferred"].dropna() for c in cell.split())
            labels = "、".join(name_column(name, column) for column in columns)
            items += [f"{TABLES[name].label}：{labels}"] if columns else []
    return items
