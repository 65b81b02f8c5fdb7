"""How often one program comes before another."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.order import NEARLY_ALWAYS
from analysis.measures.order_findings import Order, find_assumptions, find_order, keep_compared
from analysis.wording.formats import format_number, format_percent_range
from analysis.wording.labels import NO_FIGURE, labels
from analysis.wording.phrases import say_counts
from analysis.wording.tables import label_table

MOST_PAIRS_NAMED = 3
IN_FIELDS = "（事業が多いので、同じ区分の中で順序の隣り合う事業だけ）"
ORDERS = labels("order.orders")
FORMULAS = labels("order.formulas")
LEADS = {
    "first": "なら「{first_program}」が先",
    "second": "なら「{second_program}」が先",
    "open": "では決まりません",
}
IN_FULL = {
    "first": "「{first_program}」が「{second_program}」より先",
    "second": "「{second_program}」が「{first_program}」より先",
    "by_formula": "「{first_program}」と「{second_program}」は式による",
    "by_unknown": "「{first_program}」と「{second_program}」は率の分からない指標による",
    "open": "「{first_program}」と「{second_program}」は決まらない",
}


def tabulate_order(order: pd.DataFrame) -> pd.DataFrame:
    """In what share of the draws one program came before another, from `simulate_order`.

    Pairs that cannot be compared have no row; `describe_order` names them.
    """
    compared = keep_compared(order)
    rows = list_rows(compared)
    in_full = {}
    if compared["order_full"].notna().any():
        words = compared["order_full"].astype("str").map(ORDERS)
        in_full = {"order_full": words.fillna(NO_FIGURE)}
    return label_table(
        "order",
        {
            "program": compared["first_program"],
            "second_program": compared["second_program"],
            "share_of_draws": [_share_of_draws(row) for row in rows],
            "order": [ORDERS[row["order"]] for row in rows],
            **in_full,
            "estimated": [f"{n}件" for n in compared["estimated"]],
            "kpis_without_rate": [f"{n}件" for n in compared["unknown"]],
        },
    )


def _share_of_draws(pair: dict[str, Any]) -> str:
    """The share of all draws, or of those with each formula where the order hangs on it."""
    if pair["order"] != "by_formula":
        return format_percent_range(pair["share_low"], pair["share_high"])
    ends = {name: [pair[f"share_by_{name}_{end}"] for end in ("low", "high")] for name in FORMULAS}
    return "、".join(
        f"{word} {format_percent_range(*ends[name])}" for name, word in FORMULAS.items()
    )


def describe_order(order: pd.DataFrame) -> str:
    """Say how often the order of progress per yen holds (`describe_assumptions`: in what draws)."""
    found = find_order(order)
    if not found.compared:
        why = f"（{say_counts(found.missing, '組')}）" if found.missing else ""
        return f"順序を比べられる事業の組がありません{why}。"
    said = [
        f"費用1円あたりの進み具合の順序を{found.compared:,}組で比べました"
        f"{IN_FIELDS * found.in_fields}。"
        f"試行の{format_number(NEARLY_ALWAYS * 100)}％以上で同じ順序になったのは"
        f"{found.holding:,}組です。"
    ]
    said += [_say_open(pair) for pair in list_rows(found.open.head(MOST_PAIRS_NAMED))]
    more = len(found.open) - MOST_PAIRS_NAMED
    if more > 0:
        said.append(f"ほか{more}組も順序が決まりません。")
    return "".join([*said, _say_personnel(found)])


def _say_open(pair: dict[str, Any]) -> str:
    """Say why the order of one pair is not certain."""
    first, second = f"「{pair['first_program']}」", f"「{pair['second_program']}」"
    if pair["order"] == "by_formula":
        leads = {name: LEADS[pair[f"order_by_{name}"]].format(**pair) for name in FORMULAS}
        by = "、".join(f"{word}{leads[name]}" for name, word in FORMULAS.items())
        return f"{first}と{second}の順序は式によります（{by}）。"
    if pair["order"] == "by_unknown":
        return f"{first}と{second}は、率の分からない指標しだいで、どちらも先になりえます。"
    share = format_percent_range(pair["share_low"], pair["share_high"])
    return f"{first}が{second}より先になった割合は{share}で、順序は決まりません。"


def _say_personnel(found: Order) -> str:
    """Say which orders are others by the cost with personnel, where that is known."""
    if not found.in_full:
        return ""
    of = f"{found.in_full}組"
    if found.in_full < found.compared:
        of = f"人件費も分かる{of}"
    if found.changed.empty:
        return f"費用に人件費を含めても、{of}の順序は変わりません。"
    named = list_rows(found.changed.head(MOST_PAIRS_NAMED))
    pairs = "、".join(IN_FULL[pair["order_full"]].format(**pair) for pair in named)
    more = len(found.changed) - MOST_PAIRS_NAMED
    pairs += f"、ほか{more}組" if more > 0 else ""
    return (
        "これは人件費を除く額による順序です。"
        f"人件費を含めると、{of}のうち{len(found.changed)}組で変わります（{pairs}）。"
    )


def describe_assumptions(order: pd.DataFrame) -> str:
    """Say what `simulate_order` drew and assumed; nothing where no pair is compared.

    Estimated actuals, two formulas and unknown KPIs are named only where they occur.
    """
    found = find_assumptions(order)
    if found is None:
        return ""
    said = [
        f"仮定：{format_number(found.draws)}回の試行（乱数の種は{found.seed}）。"
        "費用の指標への割り振りは、どの分け方も同じ確からしさで選びました。"
    ]
    if found.has_estimates:
        said.append(
            f"推計の実績は前後{format_number(found.error * 100)}％の範囲で一様にずらしました"
            "（この大きさは仮定で、公表された誤差ではありません）。"
        )
    if found.has_both_rates:
        said.append("式は達成率と進捗率を半分ずつ使いました。")
    said.append("率は0～100％に収めました。")
    if found.has_unknown:
        said.append("率の分からない指標は、0％の場合と100％の場合の両方を幅で示しました。")
    return "".join(said)
