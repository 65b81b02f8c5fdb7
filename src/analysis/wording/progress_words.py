"""Published words of progress, and whether they follow the order of the rates."""

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.progress_words import find_overlap, range_words
from analysis.wording.distributions import cut_sentences
from analysis.wording.formats import format_percent
from analysis.wording.labels import READINGS
from analysis.wording.phrases import quote_words


def describe_progress_words(audit: pd.DataFrame) -> str:
    """Say which rates stand behind each published word of progress, or that there are none."""
    ranges = range_words(audit)
    if ranges.empty:
        return "進捗の言葉と率がそろう指標がないため、図はありません。"
    said = [
        f"{READINGS[row['rate']]}では「{row['word']}」{row['judgements']}件は"
        f"{format_percent(row['low'])}～{format_percent(row['high'])}。"
        for row in list_rows(ranges)
    ]
    return cut_sentences("公表の進捗の言葉ごとに、達成率と進捗率を並べた図。", said)


def describe_overlap(audit: pd.DataFrame) -> str:
    """Say by which rates the published words of progress follow the order of the rates."""
    found = find_overlap(audit)
    if found.one_kpi is not None:
        return (
            f"進捗の{quote_words(found.one_kpi, 'progress')}は同じ1つの指標に付けられたもので、"
            "率の高い順に付いているかは、比べられません。"
        )
    words = "と".join(f"「{word}」" for word in dict.fromkeys(audit["progress"].dropna()))
    ordered, mixed = (
        "・".join(READINGS[name] for name in rates) for rates in (found.ordered, found.mixed)
    )
    said = f"{words}は、{mixed}の高い順には付いていません。" if mixed else ""
    if ordered:
        which = "" if mixed else f"{words}は、"
        said += f"{which}{ordered}では高い順に並びますが、それが基準であるとは限りません。"
    return said
