"""Whether published words of progress follow the order of a rate.

The trap: where two words overlap, the rate is not what they go by; where they do not overlap,
it still need not be.
"""

from dataclasses import dataclass

import pandas as pd

from analysis.measures.distributions import Spread, split_groups, spread_values
from analysis.measures.keys import KPI_YEAR, RATED

MOST_WORDS = 6
RATES_OF_WORDS = ("achievement_rate", "progress_rate")


@dataclass(frozen=True)
class Overlap:
    """By which rates words follow the order of the rates, and by which they do not.

    `one_kpi` are the judgements where several judges gave one and the same KPI different words:
    it has one rate, and no order.
    """

    ordered: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()
    one_kpi: pd.DataFrame | None = None


def range_words(audit: pd.DataFrame) -> pd.DataFrame:
    """List between which rates each published word of progress was given.

    Returns
    -------
    One row per rate of RATES_OF_WORDS and word, in order of appearance: `rate`, `word`, the
    number of `judgements`, and `low` and `high`. Only judgements with a progress_rate count.

    Examples
    --------
    >>> audit = pd.DataFrame({"progress": ["順調", "順調"], "achievement_rate": [1.0, 0.9],
    ...                       "progress_rate": [1.0, 0.5]})
    >>> range_words(audit).values.tolist()[1]
    ['progress_rate', '順調', 2, 0.5, 1.0]
    """
    both = audit.dropna(subset=["progress", "progress_rate"])
    rows = [
        (name, word, len(rates), rates.min(), rates.max())
        for name in RATES_OF_WORDS
        for word, rates in both.groupby("progress", sort=False)[name]
    ]
    return pd.DataFrame(rows, columns=["rate", "word", "judgements", "low", "high"])


def spread_words(audit: pd.DataFrame, rate: str) -> list[Spread]:
    """Spread out the rates for which each word of progress was given, common words first."""
    both = audit.dropna(subset=["progress", "progress_rate"])
    return spread_values(both[rate], both["reached"], split_groups(both, "progress", MOST_WORDS))


def find_overlap(audit: pd.DataFrame) -> Overlap:
    """Find by which rates the published words of progress follow the order of the rates.

    That words follow a rate is found only where their rank is known (`progress_rank`).
    """
    judged = audit.dropna(subset=["progress"])
    judged = judged[judged[list(RATES_OF_WORDS)].notna().any(axis=1)]
    is_one = set(RATED) <= set(judged) and len(judged[KPI_YEAR].drop_duplicates()) == 1
    if is_one and len(set(judged["progress"])) > 1:
        return Overlap(one_kpi=judged)
    follows = {
        name: _follows(audit.dropna(subset=["progress", name]), name) for name in RATES_OF_WORDS
    }
    return Overlap(
        ordered=tuple(name for name, word in follows.items() if word == "yes"),
        mixed=tuple(name for name, word in follows.items() if word == "no"),
    )


def _follows(both: pd.DataFrame, name: str) -> str:
    """Whether words follow one rate: yes, no, or unknown where nothing can be told."""
    if len(set(both["progress"])) < 2:
        return "unknown"
    by_word = both.groupby("progress")
    ranges = by_word[name].agg(["min", "max"]).sort_values("max")
    if (ranges["max"].shift() > ranges["min"]).any():
        return "no"
    if "progress_rank" not in both:
        return "unknown"
    ranks = by_word["progress_rank"].first()
    if ranks.isna().any():
        return "unknown"
    return "yes" if ranks[ranges.index].is_monotonic_decreasing else "no"
