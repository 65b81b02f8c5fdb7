"""Tables and sentences about money: costs, execution, the plane, simulated orders, intervals.

They say what was spent for how much of the way to targets, which figures are missing and what
was assumed. What is said of costs ends with what they cannot show.
"""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.measures.costs import FALLING
from analysis.measures.order import NEARLY_ALWAYS
from analysis.present.narrative import count_reasons, quote_names
from analysis.present.sentences import (
    BASES,
    NO_FIGURE,
    REASONS,
    format_number,
    format_percent,
    format_percent_range,
    format_range,
    format_value,
    format_yen,
    list_rows,
    name_cost,
    name_costs,
    print_costs,
    short_fiscal_year,
)
from analysis.present.tables import BUDGET_KINDS

QUADRANTS = {
    "cheap_far": "費用は中央値以下、進みは中央値以上",
    "cheap_near": "費用は中央値以下、進みは中央値未満",
    "dear_far": "費用は中央値より多く、進みは中央値以上",
    "dear_near": "費用は中央値より多く、進みは中央値未満",
}
ON_FRONTIER = {"yes": "ない", "no": "ある", "unknown": "分からない"}
METHODS = {
    "wilson": "回答数による（ウィルソンの方法）",
    "poisson": "件数の偶然の増減（ポアソン分布）",
}
COST_LIMITS = (
    "この金額は、結果1つをもう1つ増やすのに要る費用ではありません。"
    "事業がなくても生じた結果を除いておらず、指標の値は事業の効果そのものではありません。"
    "単位や種類の違う指標どうしは比べられません。"
)
MOST_PAIRS_NAMED = 3
FEW_KPIS = 10
COSTS = ("cost_low_yen", "cost_high_yen", "cost_basis")
LEFT_OUT = re.compile(
    r"(^|、)(total|settled|initial|supplementary|carried_in|carried_out|reserve)/"
)
UNNAMED = {"plain": "内訳のない金額", "full": "人件費を含む総額", "personnel": "人件費"}
PLANE_LIMITS = (
    "これは事業ごとに決めた目標への進み具合と費用を並べたもので、事業のよしあしの順ではありません。"
)


def _names(table: pd.DataFrame) -> pd.Series:
    return table["program"] if "program" in table else table["program_id"]


def _list_missing(notes: pd.Series, names: pd.Series) -> str:
    """Which programs lack something, by reason: 金額の記載がない：「面接会」「拠点」."""
    groups = names[notes != ""].groupby(notes[notes != ""].astype("str"), sort=False)
    return "、".join(f"{REASONS[str(note)]}：{quote_names(group)}" for note, group in groups)


def _say(reason: str) -> str:
    return REASONS.get(reason, "")


def _join(*parts: Iterable[str]) -> list[str]:
    """What is not empty in each row, with "。" between."""
    rows = zip(*parts, strict=True)
    return ["。".join(part for part in row if part) or NO_FIGURE for row in rows]


def tabulate_costs(kpis: pd.DataFrame) -> pd.DataFrame:
    """What a unit of each KPI cost in yen, as a range from the equal share to the full cost.

    Without rows where the cost of none is known.
    """
    if kpis["cost_yen"].isna().all():
        return pd.DataFrame()

    def range_of(name: str) -> list[str]:
        ends = zip(kpis[f"{name}_low_yen"], kpis[f"{name}_high_yen"], strict=True)
        return [format_range(low, high).removesuffix("円") for low, high in ends]

    shared = kpis["cost_low_yen"].where(kpis["cost_basis"] != "reported", kpis["cost_high_yen"])
    costs = [
        format_range(low, high).removesuffix("円")
        for low, high in zip(shared, kpis["cost_high_yen"], strict=True)
    ]
    columns = {
        "指標": kpis["kpi"],
        "費用（円）": costs,
        "1単位あたり（円）": range_of("unit_cost"),
        _marginal_label(kpis): range_of("marginal_cost"),
    }
    if kpis["gain_per_yen"].notna().any():
        ends = zip(kpis["gain_per_yen_low"], kpis["gain_per_yen_high"], strict=True)
        columns["費用1円あたりの額（円）"] = [
            NO_FIGURE if pd.isna(low) else f"{format_number(low, 2)}～{format_number(high, 2)}"
            for low, high in ends
        ]
    in_money = kpis["unit_cost_note"] == "money_kpi"
    columns["根拠・注意"] = _join(
        name_costs(kpis).fillna(""),
        [_say(note) for note in kpis["unit_cost_note"]],
        [_say(note) for note in kpis["gain_per_yen_note"].where(in_money, "")],
    )
    return pd.DataFrame(columns)


def _marginal_label(kpis: pd.DataFrame) -> str:
    """Name the column of marginal costs so that a KPI that should fall reads rightly, too."""
    falling = kpis["direction"].isin(FALLING) & kpis["marginal_cost_yen"].notna()
    return "増加（減らす指標は減少）1単位あたり（円）" if falling.any() else "増加1単位あたり（円）"


def describe_costs(kpis: pd.DataFrame) -> str:
    """Say what a unit of result cost, and why where that cannot be said."""
    if kpis.empty:
        return "指標が公表されていないため、結果1つあたりの費用は求められません。"
    columns = ["kpi", "unit", "unit_cost_low_yen", "unit_cost_high_yen"]
    priced = kpis.loc[kpis["unit_cost_yen"].notna(), [*columns, *COSTS]]
    said = [
        f"「{k['kpi']}」は1{k['unit']}あたり"
        f"{format_range(k['unit_cost_low_yen'], k['unit_cost_high_yen'])}です。"
        for k in list_rows(priced, *columns)
    ]
    if (priced["cost_low_yen"] != priced["cost_high_yen"]).any():
        said.append(
            "幅は、1つの予算を指標の数で等分した場合から、全額をその指標に充てた場合までです。"
            if "weight" not in kpis
            else "幅は、1つの予算を等分した場合、重みで分けた場合、全額を充てた場合を含みます。"
        )
    missing = kpis["unit_cost_note"][kpis["unit_cost_yen"].isna()]
    if len(missing):
        why = count_reasons(missing)
        none = len(missing) == len(kpis)
        which = "求められる指標はありません" if none else "求めない指標があります"
        said.append(f"結果1つあたりの費用を{which}（{why}）。")
    if (priced["cost_basis"] != "settled").any():
        said.append("決算額の記載がないため、予算額で計算しています。")
    if "cost_natures" in kpis and (kpis["cost_natures"] == "full").any():
        said.append("人件費を含む費用しか記載がないため、人件費を除く費用とは比べられません。")
    return "".join([*said, COST_LIMITS if kpis["cost_yen"].notna().any() else ""])


def tabulate_execution(executed: pd.DataFrame) -> pd.DataFrame:
    """What was budgeted, spent, carried over and left, from the table of `add_execution`.

    Without rows where neither a budget nor a settled amount is known.
    """
    if executed[["total_yen", "settled_yen"]].isna().all(axis=None):
        return pd.DataFrame()

    def yen(name: str) -> list[str]:
        return [format_yen(value).removesuffix("円") for value in executed[f"{name}_yen"]]

    columns = {
        "事業": _names(executed),
        "年度": executed["fiscal_year"].map(short_fiscal_year),
        "予算額（円）": yen("total"),
        "決算額（円）": yen("settled"),
        "執行率": executed["execution_rate"].map(format_percent),
        "翌年度への繰越（円）": yen("carried_out"),
        "不用額（円）": yen("unused"),
    }
    if executed["national_grant_yen"].notna().any():
        columns["うち国費（円）"] = yen("national_grant")
    rate, rest = executed["execution_note"], executed["unused_note"]
    columns["根拠・注意"] = _join(
        executed["total_basis"].map(BASES).fillna(""),
        [_say(note) for note in rate.where(rate != "items_left_out", "")],
        [f"{names}を除く" if names else "" for names in _name_left_out(executed)],
        [
            "" if note in (why, "items_left_out") else _say(note)
            for note, why in zip(rest, rate, strict=True)
        ],
    )
    return pd.DataFrame(columns)


def _name_left_out(executed: pd.DataFrame) -> list[str]:
    """What stands on one side only, with its sum: 決算額の人件費（34,361,000円）."""
    return [
        f"{LEFT_OUT.sub(_side, names)}（{format_yen(yen)}）" if names else ""
        for names, yen in zip(
            (_name_scopes(cell) for cell in executed["execution_left_out"]),
            executed["execution_left_out_yen"],
            strict=True,
        )
    ]


def _side(found: re.Match[str]) -> str:
    return f"{found[1]}{BUDGET_KINDS[found[2]]}の"


def _name_scopes(names: str) -> str:
    return re.sub(r"(?<=/)(plain|full|personnel)(?=、|$)", lambda found: UNNAMED[found[1]], names)


def describe_execution(executed: pd.DataFrame) -> str:
    """Say how much of the budgets was spent, and for which programs that cannot be said."""
    if executed.empty:
        return "金額のある事業がないため、執行率は求められません。"
    names, rate = _names(executed), executed["execution_rate"]
    known, over = rate.notna(), executed["execution_note"] == "over_execution"
    said = []
    if known.any():
        ends = format_percent_range(rate.min(), rate.max())
        said.append(f"予算額と決算額がそろう{known.sum()}事業の執行率は{ends}です。")
        said.append(
            "予算の一部は翌年度に繰り越されることがあり、執行率が低くても使い残しとは限りません。"
        )
    if over.any():
        said.append(f"{quote_names(names[over])}は、決算額が予算額を超えています。")
    left_out = zip(names, _name_left_out(executed), strict=True)
    said += [
        f"「{name}」は、予算額と決算額の両方にある項目だけで計算し、{items}を除きました。"
        for name, items in left_out
        if items
    ]
    if not known.any():
        counts = executed["execution_note"].astype("str").value_counts(sort=False)
        why = "、".join(f"{REASONS[note]}：{count}事業" for note, count in counts.items())
        said.append(f"執行率を求められる事業はありません（{why}）。")
    elif not known.all():
        why = _list_missing(executed["execution_note"][~known], names[~known])
        said.append(f"執行率を求められない事業があります（{why}）。")
    return "".join(said)


def tabulate_plane(plane: pd.DataFrame) -> pd.DataFrame:
    """Where each program lies on the plane of cost and progress, from `place_on_plane`."""
    means = zip(plane["mean_capped_low"], plane["mean_capped_high"], strict=True)
    label, costs = print_costs(plane)
    return pd.DataFrame(
        {
            "事業": plane["program"],
            label: costs,
            "進捗率の平均（0～100％に収める）": [format_percent_range(*ends) for ends in means],
            "中央値と比べた位置": plane["quadrant"].map(QUADRANTS).fillna(NO_FIGURE),
            "費用が同じか少なく、同じかそれ以上進んだ事業": [
                named or ON_FRONTIER[word]
                for named, word in zip(
                    plane["dominated_by"].fillna(""), plane["on_frontier"], strict=True
                )
            ],
            "注意": [_say(note) or NO_FIGURE for note in plane["plane_note"]],
        }
    )


def describe_plane(plane: pd.DataFrame) -> str:
    """Say which programs no other dominates, which one does, and which cannot be placed."""
    placed = plane["dominated_by"].notna()
    absent = _list_missing(plane["plane_note"][~placed], plane["program"][~placed])
    without = f"比べられない事業があります（{absent}）。" if absent else ""
    if placed.sum() < 2:
        return f"費用と進み具合がともに分かる事業が2つ以上ないため、比べられません。{without}"
    known = plane[placed]
    word, tied = known["on_frontier"], known["cost_yen"].duplicated().any()
    rival = (
        "同じ費用でより進んだか、" if tied else ""
    ) + "より少ない費用で同じかそれ以上進んだ事業"
    said = [f"費用と進み具合がともに分かる{len(known)}事業を比べました。"]
    said += _say_scopes(known)
    best = known["program"][word == "yes"]
    if len(best) == 1 and not tied:
        said.append(f"{quote_names(best)}{rival}はありません。")
    elif len(best):
        said.append(f"{quote_names(best)}には、{rival}はありません。")
    dominated = int((known["dominated_by"] != "").sum())
    if dominated:
        others = "ほかの" if len(best) else ""
        said.append(f"{others}{dominated}事業には、{rival}があります。")
    if (word == "unknown").any():
        names = quote_names(known["program"][word == "unknown"])
        said.append(f"{names}に、{rival}があるかは、判定できない指標の値によります。")
    if (known["cost_basis"] != "settled").any():
        said.append("費用には、決算額の記載がなく予算額によるものを含みます。")
    return "".join([*said, without, PLANE_LIMITS])


def _say_scopes(known: pd.DataFrame) -> list[str]:
    """Say that costs with and without personnel were kept apart, where there are both."""
    full = known.get("cost_natures", pd.Series("", index=known.index)) == "full"
    if full.all() or not full.any():
        return []
    return ["費用に人件費を含む事業と含まない事業は、別々に比べました。"]


def tabulate_order(order: pd.DataFrame) -> pd.DataFrame:
    """In what share of the draws one program came before another, from `simulate_order`.

    Pairs that cannot be compared have no row; `describe_order` names them.
    """
    compared = order[order["order_note"] == ""]
    rows = list_rows(compared)
    return pd.DataFrame(
        {
            "事業": compared["first_program"],
            "比べる事業": compared["second_program"],
            "先になった割合": [_share_of_draws(row) for row in rows],
            "順序": [ORDERS[row["order"]] for row in rows],
            "推計の実績": [f"{n}件" for n in compared["estimated"]],
            "率の分からない指標": [f"{n}件" for n in compared["unknown"]],
        }
    )


ORDERS = {
    "first": "先",
    "second": "後",
    "by_formula": "式による",
    "by_unknown": "率の分からない指標による",
    "open": "決まらない",
}


def _share_of_draws(pair: dict[str, Any]) -> str:
    """The share of all draws, or of those with each formula where the order hangs on it."""
    if pair["order"] != "by_formula":
        return format_percent_range(pair["share_low"], pair["share_high"])
    ends = {name: [pair[f"share_by_{name}_{end}"] for end in ("low", "high")] for name in FORMULAS}
    return "、".join(
        f"{word} {format_percent_range(*ends[name])}" for name, word in FORMULAS.items()
    )


FORMULAS = {"ratio": "達成率", "progress": "進捗率"}


def _say_order(pair: dict[str, Any]) -> str:
    """Say why the order of one pair is not certain."""
    first, second = f"「{pair['first_program']}」", f"「{pair['second_program']}」"
    if pair["order"] == "by_formula":
        leads = {
            "first": f"なら{first}が先",
            "second": f"なら{second}が先",
            "open": "では決まりません",
        }
        by = (f"{word}{leads[pair[f'order_by_{name}']]}" for name, word in FORMULAS.items())
        return f"{first}と{second}の順序は式によります（{'、'.join(by)}）。"
    if pair["order"] == "by_unknown":
        return f"{first}と{second}は、率の分からない指標しだいで、どちらも先になりえます。"
    share = format_percent_range(pair["share_low"], pair["share_high"])
    return f"{first}が{second}より先になった割合は{share}で、順序は決まりません。"


def describe_order(order: pd.DataFrame) -> str:
    """Say how often the order of progress per yen holds (`describe_assumptions`: in what draws)."""
    compared = order[order["order_note"] == ""]
    if compared.empty:
        notes = order["order_note"].astype("str").value_counts(sort=False)
        why = "、".join(f"{REASONS[str(note)]}：{count}組" for note, count in notes.items())
        return "順序を比べられる事業の組がありません" + (f"（{why}）。" if why else "。")
    holds = compared["order"].isin(["first", "second"])
    said = [
        f"費用1円あたりの進み具合の順序を{len(compared)}組で比べました。"
        f"試行の{format_number(NEARLY_ALWAYS * 100)}％以上で同じ順序になったのは"
        f"{holds.sum()}組です。"
    ]
    open_pairs = compared[~holds]
    said += [_say_order(pair) for pair in open_pairs.head(MOST_PAIRS_NAMED).to_dict("records")]
    if len(open_pairs) > MOST_PAIRS_NAMED:
        said.append(f"ほか{len(open_pairs) - MOST_PAIRS_NAMED}組も順序が決まりません。")
    return "".join(said)


def describe_assumptions(order: pd.DataFrame) -> str:
    """Say what `simulate_order` drew and assumed; nothing where no pair is compared."""
    compared = order[order["order_note"] == ""]
    if compared.empty:
        return ""
    row = compared.iloc[0]
    return (
        f"仮定：{format_number(row['draws'])}回の試行（乱数の種は{row['seed']}）。"
        "費用の指標への割り振りは、どの分け方も同じ確からしさで選びました。"
        f"推計の実績は前後{format_number(row['error'] * 100)}％の範囲で一様にずらしました"
        "（この大きさは仮定で、公表された誤差ではありません）。"
        "式は達成率と進捗率を半分ずつ使い、率は0～100％に収めました。"
        "率の分からない指標は、0％の場合と100％の場合の両方を幅で示しました。"
    )


def tabulate_intervals(kpis: pd.DataFrame) -> pd.DataFrame:
    """By how much each actual could differ by chance, from `add_intervals`, or why not said."""
    rows = list_rows(kpis, "actual", "unit", "actual_low", "actual_high")
    level = format_number(kpis["interval_level"].iloc[0] * 100) if rows else "95"
    return pd.DataFrame(
        {
            "指標": kpis["kpi"],
            "実績": [format_value(row["actual"], row["unit"]) for row in rows],
            f"偶然による幅（{level}％）": [
                NO_FIGURE
                if pd.isna(row["actual_low"])
                else f"{format_number(row['actual_low'], 1)}～"
                f"{format_number(row['actual_high'], 1)}{row['unit']}"
                for row in rows
            ],
            "求め方・求めない理由": _join(
                kpis["interval_method"].map(METHODS).fillna(""),
                [_say(note) for note in kpis["interval_note"]],
            ),
        }
    )


def describe_mean_progress(means: pd.DataFrame) -> str:
    """Say how far the mean progress depends on which KPIs there are; one sentence a group."""
    said = []
    for row in means.to_dict("records"):
        if row["unknown"] == row["kpis"]:
            said.append(f"{row['kpis']}指標のどれも率が分からず、進捗率の平均は求められません。")
            continue
        ends = format_percent_range(row["mean_capped_low"], row["mean_capped_high"])
        notes = ["0～100％に収める"]
        if row["counted_whole"]:
            notes.append(f"うち{row['counted_whole']}指標は率がないが、到達のため100％と数える")
        if row["unknown"]:
            notes.append(f"うち{row['unknown']}指標は不明で0％と100％の幅で数える")
        said.append(
            f"{row['kpis']}指標の進捗率の平均（{'、'.join(notes)}）は{ends}です。{_say_interval(row)}"
        )
    return "".join(said) or "指標がないため、進捗率の平均は求められません。"


def _say_interval(row: dict[str, Any]) -> str:
    """Say between what ends the mean may lie by the choice of KPIs; few say so, and are too few."""
    if row["interval_note"] == "too_few_kpis":
        return "指標が少ないため、指標の選び方による幅は求めません。"
    low, high = (format_number(row[f"interval_{end}"] * 100, 0) for end in ("low", "high"))
    ends = f"{low}～{high}％に変わりえます" if low != high else f"{low}％のままです"
    if row["kpis"] > FEW_KPIS:
        return f"平均は、指標の選び方で{ends}。"
    return (
        f"指標が{row['kpis']}つと少ないため、平均は指標の選び方で{ends}"
        "（実際の幅はこれより広い可能性があります）。"
    )


def say_no_sum(sums: pd.DataFrame) -> str:
    """Say why the rows of `sum_costs` have no sum, and how many programs have which amount."""
    if sums[["cost_basis", "cost_natures"]].drop_duplicates().shape[0] == 1:
        why = "年度が違うため合計しない"
        names = sums["fiscal_year"].map(short_fiscal_year)
    else:
        why = "金額の種類が違うため合計しない"
        kinds = zip(sums["cost_basis"], sums["cost_natures"], strict=True)
        names = pd.Series([name_cost(*kind) for kind in kinds], index=sums.index)
    counts = sums["programs"].groupby(names, sort=False).sum()
    return f"{why}（{'、'.join(f'{name}：{count}事業' for name, count in counts.items())}）"
