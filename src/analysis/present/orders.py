"""Programs compared and how sure that is: the plane, simulated orders, intervals, mean progress.

A place beside others is no mark of quality; what was assumed and what is unknown is said.
"""

from typing import Any

import pandas as pd

from analysis.measures.frontier import is_full
from analysis.measures.order import NEARLY_ALWAYS
from analysis.present.money import RECKONED, join_cells, list_missing, say_note
from analysis.present.narrative import quote_names
from analysis.present.sentences import (
    NO_FIGURE,
    REASONS,
    format_number,
    format_percent_range,
    format_value,
    format_yen,
    list_rows,
    print_costs,
)

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
MOST_PAIRS_NAMED = 3
FEW_KPIS = 10
PLANE_LIMITS = (
    "これは事業ごとに決めた目標への進み具合と費用を並べたもので、事業のよしあしの順ではありません。"
)


def tabulate_plane(plane: pd.DataFrame) -> pd.DataFrame:
    """Where each program lies on the plane of cost and progress, from `place_on_plane`."""
    means = zip(plane["mean_capped_low"], plane["mean_capped_high"], strict=True)
    label, costs = print_costs(plane)
    full, in_full = {}, {}
    if plane["on_frontier_full"].notna().any():
        full = {"人件費を含む費用": [format_yen(yen) for yen in plane["full_cost_yen"]]}
        rivals = plane["on_frontier_full"].astype("str").map(ON_FRONTIER).fillna(NO_FIGURE)
        in_full = {"同（人件費を含む費用で）": rivals}
    return pd.DataFrame(
        {
            "事業": plane["program"],
            label: costs,
            **full,
            "進み具合の平均（0～100％に収める）": [format_percent_range(*ends) for ends in means],
            "中央値と比べた位置": plane["quadrant"].map(QUADRANTS).fillna(NO_FIGURE),
            "費用が同じか少なく、同じかそれ以上進んだ事業": [
                named or ON_FRONTIER[word]
                for named, word in zip(
                    plane["dominated_by"].fillna(""), plane["on_frontier"], strict=True
                )
            ],
            **in_full,
            "注意": [say_note(note) or NO_FIGURE for note in plane["plane_note"]],
        }
    )


def describe_plane(plane: pd.DataFrame) -> str:
    """Say which programs no other dominates, which one does, and which cannot be placed."""
    placed = plane["dominated_by"].notna()
    absent = list_missing(plane["plane_note"][~placed], plane["program"][~placed])
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
        said.append(f"{names}に、{rival}があるかは、率の分からない指標の値によります。")
    said.append(_say_personnel_on_plane(known, rival))
    budgeted = known["cost_basis"] != "settled"
    if budgeted.all():
        said.append("費用はすべて予算額です（決算額の記載がありません）。")
    elif budgeted.any():
        said.append("費用には、決算額の記載がなく予算額によるものを含みます。")
    return "".join([*said, without, PLANE_LIMITS])


def _say_personnel_on_plane(known: pd.DataFrame, rival: str) -> str:
    """Say that the costs are without personnel, and who has no rival by those with it."""
    plain = known[~is_full(known)]
    in_full = plain["on_frontier_full"]
    stated = plain.get("cost_natures", pd.Series("", index=plain.index)) == "direct"
    if plain.empty or not (in_full.notna().any() or stated.all()):
        return ""
    said = "人件費を除く額で比べています。"
    if in_full.isna().any():
        some = plain.get("full_cost_yen", in_full).notna().any()
        return said + "人件費の記載がない事業があり、含めた額では比べられません。" * bool(some)
    if (plain["changes_with_personnel"] == "no").all():
        said += "人件費を含めても、この結論は変わりません。"
    elif (in_full == "yes").any():
        names = quote_names(plain["program"][in_full == "yes"])
        said += f"人件費を含めると、{rival}がないのは{names}です。"
    else:
        said += f"人件費を含めると、{rival}がないといえる事業はありません。"
    reckoned = plain.get("full_cost_note", pd.Series("", index=plain.index))
    return said + RECKONED * bool((reckoned == "personnel_reckoned").any())


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
    in_full = {}
    if compared["order_full"].notna().any():
        words = compared["order_full"].astype("str").map(ORDERS)
        in_full = {"人件費を含めた順序": words.fillna(NO_FIGURE)}
    return pd.DataFrame(
        {
            "事業": compared["first_program"],
            "比べる事業": compared["second_program"],
            "先になった割合": [_share_of_draws(row) for row in rows],
            "順序": [ORDERS[row["order"]] for row in rows],
            **in_full,
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
    return "".join([*said, _say_personnel_in_order(compared)])


IN_FULL = {
    "first": "「{first_program}」が「{second_program}」より先",
    "second": "「{second_program}」が「{first_program}」より先",
    "by_formula": "「{first_program}」と「{second_program}」は式による",
    "by_unknown": "「{first_program}」と「{second_program}」は率の分からない指標による",
    "open": "「{first_program}」と「{second_program}」は決まらない",
}


def _say_personnel_in_order(compared: pd.DataFrame) -> str:
    """Say which orders are others by the cost with personnel, where that is known."""
    known = compared[compared["order_full"].notna()]
    if known.empty:
        return ""
    changed = known[known["changes_with_personnel"] == "yes"]
    of = f"人件費も分かる{len(known)}組" if len(known) < len(compared) else f"{len(known)}組"
    if changed.empty:
        return f"費用に人件費を含めても、{of}の順序は変わりません。"
    named = changed.head(MOST_PAIRS_NAMED).to_dict("records")
    pairs = "、".join(IN_FULL[pair["order_full"]].format(**pair) for pair in named)
    more = len(changed) - MOST_PAIRS_NAMED
    pairs += f"、ほか{more}組" if more > 0 else ""
    return (
        "これは人件費を除く額による順序です。"
        f"人件費を含めると、{of}のうち{len(changed)}組で変わります（{pairs}）。"
    )


def describe_assumptions(order: pd.DataFrame) -> str:
    """Say what `simulate_order` drew and assumed; nothing where no pair is compared.

    Estimated actuals, two formulas and unknown KPIs are named only where they occur.
    """
    compared = order[order["order_note"] == ""]
    if compared.empty:
        return ""
    row = compared.iloc[0]
    said = [
        f"仮定：{format_number(row['draws'])}回の試行（乱数の種は{row['seed']}）。"
        "費用の指標への割り振りは、どの分け方も同じ確からしさで選びました。"
    ]
    if (compared["estimated"] > 0).any():
        said.append(
            f"推計の実績は前後{format_number(row['error'] * 100)}％の範囲で一様にずらしました"
            "（この大きさは仮定で、公表された誤差ではありません）。"
        )
    if (compared["both_rates"] > 0).any():
        said.append("式は達成率と進捗率を半分ずつ使いました。")
    said.append("率は0～100％に収めました。")
    if (compared["unknown"] > 0).any():
        said.append("率の分からない指標は、0％の場合と100％の場合の両方を幅で示しました。")
    return "".join(said)


def tabulate_intervals(kpis: pd.DataFrame) -> pd.DataFrame:
    """By how much each actual could differ by chance, from `add_intervals`, or why not said."""
    rows = list_rows(kpis, "actual", "unit", "actual_low", "actual_high", "interval_method")
    level = format_number(kpis["interval_level"].iloc[0] * 100) if rows else "95"
    return pd.DataFrame(
        {
            "指標": kpis["kpi"],
            "実績": [format_value(row["actual"], row["unit"]) for row in rows],
            f"偶然による幅（{level}％）": [
                NO_FIGURE if pd.isna(row["actual_low"]) else _print_interval(row) for row in rows
            ],
            "求め方・求めない理由": join_cells(
                kpis["interval_method"].map(METHODS).fillna(""),
                [say_note(note) for note in kpis["interval_note"]],
            ),
        }
    )


def _print_interval(row: dict[str, Any]) -> str:
    """Both ends; of a count without decimals, which nobody counts."""
    decimals = 0 if row["interval_method"] == "poisson" else 1
    low, high = (format_number(row[f"actual_{end}"], decimals) for end in ("low", "high"))
    return f"{low}～{high}{row['unit']}"


def describe_mean_progress(means: pd.DataFrame) -> str:
    """Say how far the mean progress depends on which KPIs there are; one sentence a group.

    Nothing is said of a single KPI: it has a rate, and no mean.
    """
    if means.empty:
        return "指標がないため、進み具合の平均は求められません。"
    said = []
    for row in means[means["kpis"] > 1].to_dict("records"):
        if row["not_due"] == row["kpis"]:
            said.append(f"{row['kpis']}指標とも最終年度前のため、平均は求めません。")
            continue
        if row["unknown"] == row["kpis"]:
            said.append(f"{row['kpis']}指標のどれも率が分からず、進み具合の平均は求められません。")
            continue
        ends = format_percent_range(row["mean_capped_low"], row["mean_capped_high"])
        notes = ["0～100％に収める"]
        if row["counted_whole"]:
            notes.append(f"うち{row['counted_whole']}指標は率がないが、到達のため100％と数える")
        if row["unknown"]:
            notes.append(f"うち{row['unknown']}指標は率が分からず0％と100％の幅で数える")
        said.append(
            f"{row['kpis']}指標の進み具合の平均（{'、'.join(notes)}）は{ends}です。{_say_interval(row)}"
        )
    return "".join(said)


def _say_interval(row: dict[str, Any]) -> str:
    """Say between what ends the mean may lie by the choice of KPIs; few say so, and are too few."""
    if row["interval_note"] == "too_few_kpis":
        return "指標が少ないため、指標の選び方による幅は求めません。"
    low, high = (format_number(row[f"interval_{end}"] * 100, 0) for end in ("low", "high"))
    level = format_number(row["level"] * 100)
    few = row["kpis"] <= FEW_KPIS
    wider = "（指標が少ないため、実際の幅はこれより広い可能性があります）" if few else ""
    if low == high:
        return f"{row['kpis']}指標を選び直しても、{level}％の場合で{low}％のままです{wider}。"
    return f"{row['kpis']}指標を選び直すと、{level}％の場合で{low}～{high}％の間になります{wider}。"
