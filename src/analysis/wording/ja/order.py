"""How often one program comes before another."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.order import NEARLY_ALWAYS
from analysis.wording.ja.formats import format_number, format_percent_range
from analysis.wording.labels import NO_FIGURE, REASONS

MOST_PAIRS_NAMED = 3


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
