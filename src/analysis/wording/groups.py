"""Programs summed up by field, by government or by year."""

from typing import Any

import pandas as pd

from analysis.wording.formats import (
    LISTS,
    format_number,
    format_percent,
    format_percent_range,
    format_short_yen,
    short_fiscal_year,
)
from analysis.wording.labels import fill, labels, say
from analysis.wording.tables import label_table
from analysis.wording.tiles import Tile, make_tiles, name_tile

HEADERS = labels("groups")
LEAST_JUDGED = 10  # KPIs of a group whose share is told


def tabulate_groups(groups: pd.DataFrame, by: str = "field") -> pd.DataFrame:
    """How far the programs of each group got and what they spent, from `sum_groups`.

    `by` is what it was given; it names the table, and the first column. What was spent is left out
    where it is known of no program at all.
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
            **(_print_execution(groups) if groups["rated"].any() else {}),
        },
        headers={"group": HEADERS[by]},
    )


def _print_execution(groups: pd.DataFrame) -> dict[str, Any]:
    """The columns of what was spent, where that is known of any program."""
    return {
        "execution_rate": groups["execution_rate"].map(format_percent),
        "rate_median": groups["rate_median"].map(format_percent),
        "rate_quarters": [
            format_percent_range(low, high)
            for low, high in zip(groups["rate_low"], groups["rate_high"], strict=True)
        ],
        "rated": groups["rated"].map(_count),
        "total_sum": groups["total_yen"].map(format_short_yen, na_action=None),
        "settled_sum": groups["settled_yen"].map(format_short_yen, na_action=None),
    }


def describe_groups(groups: pd.DataFrame, by: str = "field") -> str:
    """Say what all groups come to, and between which shares they lie, from `sum_groups`."""
    if groups.empty:
        return ""
    sums = groups[["programs", "kpis", "reached", "missed", "unknown"]].sum().astype("int64")
    reached, judged = sums["reached"], sums["reached"] + sums["missed"]
    counted = say(f"groups.of_{by}", count=len(groups))
    said = [say("groups.counted", groups=counted, programs=sums["programs"])]
    if judged:
        share = format_percent(reached / judged)
        said.append(
            say("groups.reached", kpis=sums["kpis"], judged=judged, reached=reached, share=share)
        )
    told = groups[groups["reached"] + groups["missed"] >= LEAST_JUDGED]
    if len(told) > 1:
        ends = format_percent_range(told["share_reached"].min(), told["share_reached"].max())
        counted = say(f"groups.of_{by}", count=len(told))
        said.append(say("groups.between", least=LEAST_JUDGED, groups=counted, shares=ends))
    rated = groups[groups["rated"] > 0]
    if len(rated):
        rate = format_percent(rated["settled_yen"].sum() / rated["total_yen"].sum())
        said.append(say("groups.executed", programs=int(rated["rated"].sum()), rate=rate))
    return "".join(said)


def summarize_groups(groups: pd.DataFrame) -> pd.DataFrame:
    """Give the headline figures of all groups: `label`, `value` and `note`, four rows."""
    sums = (
        groups[["programs", "with_kpi", "kpis", "reached", "missed", "rated"]].sum().astype("int64")
    )
    judged, rated = sums["reached"] + sums["missed"], groups[groups["rated"] > 0]
    share = format_percent(sums["reached"] / judged if judged else float("nan"))
    total = rated["total_yen"].sum()
    rate = rated["settled_yen"].sum() / total if total else float("nan")
    of_programs = fill(LISTS["programs"], count=sums["programs"])
    return make_tiles(
        [
            _tile("with_kpi", sums["with_kpi"], sums["programs"], of_programs),
            _tile("judged_kpis", judged, sums["kpis"], say("groups.due")),
            _tile("reached", sums["reached"], judged, say("groups.share", share=share)),
            (
                name_tile("execution"),
                format_percent(rate),
                say("groups.sum", programs=sums["rated"]),
            ),
        ]
    )


def _tile(name: str, count: float, of: float, note: str) -> Tile:
    return name_tile(name), f"{_count(count)} / {_count(of)}", note


def _count(number: float) -> str:
    return format_number(number, 0)
