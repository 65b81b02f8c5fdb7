"""Programs summed up by field, by government or by year."""

import pandas as pd

from analysis.wording.formats import (
    format_number,
    format_percent,
    format_percent_range,
    format_short_yen,
    short_fiscal_year,
)
from analysis.wording.labels import labels
from analysis.wording.tables import label_table
from analysis.wording.tiles import Tile, make_tiles, name_tile

HEADERS = labels("groups")
LEAST_JUDGED = 10  # KPIs of a group whose share is told


def tabulate_groups(groups: pd.DataFrame, by: str = "field") -> pd.DataFrame:
    """How far the programs of each group got and what they spent, from `sum_groups`.

    `by` is what it was given; it names the table, and the first column.
    """
    if groups.empty:
        return label_table(f"groups_{by}", {})
    named = groups["group"].map(short_fiscal_year if by == "fiscal_year" else str)
    judged = groups["reached"] + groups["missed"]
    return label_table(
        f"groups_{by}",
        {
            "group": named.where(named != "", HEADERS["without"]),
            "programs": groups["programs"].map(_count),
            "kpis": groups["kpis"].map(_count),
            "reached_of_judged": [
                f"{_count(reached)} / {_count(of)}"
                for reached, of in zip(groups["reached"], judged, strict=True)
            ],
            "share_reached": groups["share_reached"].map(format_percent),
            "unknown": groups["unknown"].map(_count),
            "execution_rate": groups["execution_rate"].map(format_percent),
            "rate_median": groups["rate_median"].map(format_percent),
            "rate_quarters": [
                format_percent_range(low, high)
                for low, high in zip(groups["rate_low"], groups["rate_high"], strict=True)
            ],
            "rated": groups["rated"].map(_count),
            "total_sum": groups["total_yen"].map(format_short_yen, na_action=None),
            "settled_sum": groups["settled_yen"].map(format_short_yen, na_action=None),
        },
        headers={"group": HEADERS[by]},
    )


def describe_groups(groups: pd.DataFrame, by: str = "field") -> str:
    """Say what all groups come to, and between which shares they lie, from `sum_groups`."""
    if groups.empty:
        return ""
    sums = groups[["programs", "kpis", "reached", "missed", "unknown"]].sum()
    judged = sums["reached"] + sums["missed"]
    said = [f"{_count(len(groups))}{HEADERS[by]}、{_count(sums['programs'])}事業です。"]
    if judged:
        said.append(
            f"{_count(sums['kpis'])}指標のうち判定できるのは{_count(judged)}指標で、"
            f"目標に到達したのは{_count(sums['reached'])}指標"
            f"（{format_percent(sums['reached'] / judged)}）です。"
        )
    told = groups[groups["reached"] + groups["missed"] >= LEAST_JUDGED]
    if len(told) > 1:
        ends = format_percent_range(told["share_reached"].min(), told["share_reached"].max())
        said.append(
            f"判定できる指標が{LEAST_JUDGED}以上ある{_count(len(told))}{HEADERS[by]}では{ends}です。"
            "目標の立て方が違うので、順位にはなりません。"
        )
    rated = groups[groups["rated"] > 0]
    if len(rated):
        rate = rated["settled_yen"].sum() / rated["total_yen"].sum()
        said.append(
            f"予算額と決算額がそろう{_count(rated['rated'].sum())}事業を合わせた執行率は"
            f"{format_percent(rate)}です。"
        )
    return "".join(said)


def summarize_groups(groups: pd.DataFrame) -> pd.DataFrame:
    """Give the headline figures of all groups: `label`, `value` and `note`, four rows."""
    sums = groups[["programs", "with_kpi", "kpis", "reached", "missed", "rated"]].sum()
    judged, rated = sums["reached"] + sums["missed"], groups[groups["rated"] > 0]
    share = sums["reached"] / judged if judged else float("nan")
    total = rated["total_yen"].sum()
    rate = rated["settled_yen"].sum() / total if total else float("nan")
    return make_tiles(
        [
            _tile("with_kpi", sums["with_kpi"], sums["programs"], "事業"),
            _tile("judged_kpis", judged, sums["kpis"], "期限の来た目標と実績"),
            _tile("reached", sums["reached"], judged, f"判定できる指標の{format_percent(share)}"),
            (name_tile("execution"), format_percent(rate), f"{_count(sums['rated'])}事業の合計"),
        ]
    )


def _tile(name: str, count: float, of: float, note: str) -> Tile:
    return name_tile(name), f"{_count(count)} / {_count(of)}", note


def _count(number: float) -> str:
    return format_number(number, 0)
