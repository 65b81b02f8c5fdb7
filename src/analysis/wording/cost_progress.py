"""Cost and progress of programs side by side."""

import pandas as pd

from analysis.measures.cost_progress import (
    Personnel,
    find_costless,
    find_leading,
    find_notable,
)
from analysis.wording.costs import RECKONED, print_costs
from analysis.wording.distributions import LONGEST, MOST_SAID
from analysis.wording.formats import format_percent_range, format_yen, list_some
from analysis.wording.labels import NO_FIGURE, labels
from analysis.wording.phrases import list_groups, quote_names, say_note
from analysis.wording.tables import label_table

MOST_TOLD = 3
QUADRANTS = labels("cost_progress.quadrants")
RIVALS = labels("cost_progress.rivals")
WITHOUT_COST = {
    "no_cost": "金額の記載がなく",
    "several_years": "数年度分の合計額しかなく",
}
PLANE_LIMITS = (
    "これは事業ごとに決めた目標への進み具合と費用を並べたもので、事業のよしあしの順ではありません。"
)


def describe_cost_progress(comparison: pd.DataFrame) -> str:
    """Say what the figure of cost against progress shows, or why there is none."""
    known = comparison[comparison["cost_yen"].notna()]
    if known.empty:
        return "費用の記載がある事業がないため、図はありません。"
    if len(known) > MOST_SAID:
        return _describe_many(comparison)
    missing = "".join(
        f"{quote_names(names)}は{WITHOUT_COST[note]}、図にない。"
        for note, names in find_costless(comparison).items()
    )
    label, costs = print_costs(known)
    each = f"横に{label}、縦に進み具合の平均（0～100％に収めた値）をとった図。{missing}" + "".join(
        f"{p['program']}：{cost}、"
        + (
            ("指標は再掲だけ。" if p["repeated"] else "指標なし。")
            if pd.isna(p["mean_capped_high"])
            else f"{format_percent_range(p['mean_capped_low'], p['mean_capped_high'])}。"
        )
        for p, cost in zip(known.to_dict("records"), costs, strict=True)
    )
    return each if len(each) <= LONGEST else _describe_many(comparison)


def _describe_many(comparison: pd.DataFrame) -> str:
    """Say how many programs it is known of how far they got, and name the costliest laggards."""
    found = find_notable(comparison)
    priced = len(found.known) + len(found.unknown)
    if found.known.empty:
        names = quote_names(found.named["costliest"]["program"].head(MOST_TOLD))
        return (
            f"費用の分布の図。費用の記載がある{priced:,}事業のうち、"
            f"進み具合が分かる事業はありません。費用が大きいのは順に{names}です。"
        )
    far = int((found.known["mean_capped_high"] >= 1).sum())
    said = (
        "横に費用、縦に進み具合の平均（0～100％に収めた値）をとった図。"
        f"費用の記載がある{priced:,}事業のうち、進み具合が分かるのは{len(found.known):,}事業で、"
        f"そのうち{far:,}事業が100％です。"
    )
    names = quote_names(found.named["lagging"]["program"].head(MOST_TOLD))
    return said + (f"50％に届かない事業で費用が大きいのは順に{names}です。" if names else "")


def tabulate_plane(plane: pd.DataFrame) -> pd.DataFrame:
    """Where each program lies on the plane of cost and progress, from `place_on_plane`."""
    means = zip(plane["mean_capped_low"], plane["mean_capped_high"], strict=True)
    rivals = zip(plane["dominated_by"], plane["on_frontier"], strict=True)
    header, costs = print_costs(plane)
    full, in_full = {}, {}
    if plane["on_frontier_full"].notna().any():
        full = {"full_cost": [format_yen(yen) for yen in plane["full_cost_yen"]]}
        words = plane["on_frontier_full"].astype("str").map(RIVALS)
        in_full = {"on_frontier_full": words.fillna(NO_FIGURE)}
    return label_table(
        "plane",
        {
            "program": plane["program"],
            "cost": costs,
            **full,
            "mean_capped": [format_percent_range(*ends) for ends in means],
            "quadrant": plane["quadrant"].map(QUADRANTS).fillna(NO_FIGURE),
            "dominated_by": [
                list_some(list(named), unit="事業")
                if isinstance(named, tuple) and named
                else RIVALS[word]
                for named, word in rivals
            ],
            **in_full,
            "plane_note": [say_note(note) or NO_FIGURE for note in plane["plane_note"]],
        },
        headers={"cost": header},
    )


def describe_plane(plane: pd.DataFrame) -> str:
    """Say which programs no other dominates, which one does, and which cannot be placed."""
    found = find_leading(plane)
    without = f"比べられない事業があります（{list_groups(found.missing)}）。" * bool(found.missing)
    if found.placed < 2:
        return f"費用と進み具合がともに分かる事業が2つ以上ないため、比べられません。{without}"
    rival = (
        "同じ費用でより進んだか、" if found.is_tied else ""
    ) + "より少ない費用で同じかそれ以上進んだ事業"
    said = [f"費用と進み具合がともに分かる{found.placed}事業を比べました。"]
    if found.is_by_scope:
        said.append("費用に人件費を含む事業と含まない事業は、別々に比べました。")
    if found.leading:
        comma = "" if len(found.leading) == 1 and not found.is_tied else "には、"
        said.append(f"{quote_names(found.leading)}{comma}{rival}はありません。")
    if found.dominated:
        others = "ほかの" if found.leading else ""
        said.append(f"{others}{found.dominated}事業には、{rival}があります。")
    if found.open:
        names = quote_names(found.open)
        said.append(f"{names}に、{rival}があるかは、率の分からない指標の値によります。")
    said.append(_say_personnel(found.personnel, rival))
    if found.budgets == "all":
        said.append("費用はすべて予算額です（決算額の記載がありません）。")
    elif found.budgets == "some":
        said.append("費用には、決算額の記載がなく予算額によるものを含みます。")
    return "".join([*said, without, PLANE_LIMITS])


def _say_personnel(personnel: Personnel, rival: str) -> str:
    """Say that the costs are without personnel, and who has no rival by those with it."""
    if not personnel.changes:
        return ""
    said = "人件費を除く額で比べています。"
    if personnel.changes == "partly_unknown":
        said += "人件費の記載がない事業があり、含めた額では比べられません。"
    elif personnel.changes == "no":
        said += "人件費を含めても、この結論は変わりません。"
    elif personnel.changes == "yes" and personnel.leading:
        said += f"人件費を含めると、{rival}がないのは{quote_names(personnel.leading)}です。"
    elif personnel.changes == "yes":
        said += f"人件費を含めると、{rival}がないといえる事業はありません。"
    return said + RECKONED * personnel.is_reckoned
