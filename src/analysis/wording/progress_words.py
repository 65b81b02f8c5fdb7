"""Published words of progress, and whether they follow the order of the rates."""

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.progress_words import find_overlap, range_words
from analysis.wording.distributions import cut_sentences
from analysis.wording.formats import LISTS, format_percent
from analysis.wording.labels import READINGS, say
from analysis.wording.phrases import quote_words


def describe_progress_words(audit: pd.DataFrame) -> str:
    """Say which rates stand behind each published word of progress, or that there are none."""
    ranges = range_words(audit)
    if ranges.empty:
        return say("progress_words.nothing")
    said = [
        say(
            "progress_words.range",
            rate=READINGS[row["rate"]],
            word=row["word"],
            count=row["judgements"],
            low=format_percent(row["low"]),
            high=format_percent(row["high"]),
        )
        for row in list_rows(ranges)
    ]
    return cut_sentences(say("progress_words.figure"), said)


def describe_overlap(audit: pd.DataFrame) -> str:
    """Say by which rates the published words of progress follow the order of the rates."""
    found = find_overlap(audit)
    if found.one_kpi is not None:
        return say("progress_words.one_kpi", words=quote_words(found.one_kpi, "progress"))
    distinct = dict.fromkeys(audit["progress"].dropna())
    words = say("progress_words.next_word").join(
        say("progress_words.word", word=word) for word in distinct
    )
    ordered, mixed = (
        LISTS["dot"].join(READINGS[name] for name in rates)
        for rates in (found.ordered, found.mixed)
    )
    said = say("progress_words.not_ordered", words=words, rates=mixed) if mixed else ""
    if not ordered:
        return said
    return said + say(
        "progress_words.but_ordered" if mixed else "progress_words.ordered",
        words=words,
        rates=ordered,
    )
