"""Published words of progress, and whether they follow the order of the rates."""

import pandas as pd

from analysis.measures.keys import RATED
from analysis.wording.ja.formats import format_percent
from analysis.wording.ja.phrases import quote_words
from analysis.wording.labels import READINGS


def describe_progress_words(audit: pd.DataFrame) -> str:
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
