"""Cost and progress of programs side by side."""

import pandas as pd

from analysis.measures.comparison import has_only_span
from analysis.measures.cost_progress import is_full
from analysis.wording.ja.costs import RECKONED, print_costs
from analysis.wording.ja.formats import format_percent_range, format_yen
from analysis.wording.ja.phrases import list_missing, quote_names, say_note
from analysis.wording.labels import NO_FIGURE


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


QUADRANTS = {
    "cheap_far": "費用は中央値以下、進みは中央値以上",
    "cheap_near": "費用は中央値以下、進みは中央値未満",
    "dear_far": "費用は中央値より多く、進みは中央値以上",
    "dear_near": "費用は中央値より多く、進みは中央値未満",
}


ON_FRONTIER = {"yes": "ない", "no": "ある", "unknown": "分からない"}


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
                "、".join(named) if isinstance(named, tuple) and named else ON_FRONTIER[word]
                for named, word in zip(plane["dominated_by"], plane["on_frontier"], strict=True)
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
    dominated = int((known["dominated_by"].map(len) > 0).sum())
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
