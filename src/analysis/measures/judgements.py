"""Published judgements that say only what is to follow (今後の方針)."""

from typing import NamedTuple

import pandas as pd

from analysis.measures.keys import PROGRAM

JUDGED = ("progress", "effectiveness", "efficiency", "grade")


class Policies(NamedTuple):
    """The words for what is to follow, with how many programs each is of.

    `countable` is whether several words of several programs stand for one judgement each, so that
    they can be counted.
    """

    counts: dict[str, int]
    countable: bool


def count_policies(ratings: pd.DataFrame) -> Policies | None:
    """Count what is to follow, where that is all the judgement that is published; else None."""
    policies = ratings.reindex(columns=["policy"])["policy"]
    judged = ratings.reindex(columns=list(JUDGED)).notna().any(axis=None)
    if judged or policies.isna().all():
        return None
    told = ratings[policies.notna()]
    counts = told["policy"].value_counts(sort=False)
    things = told[[name for name in PROGRAM if name in told]].drop_duplicates()
    return Policies(
        {str(word): int(count) for word, count in counts.items()},
        len(counts) > 1 and len(told) <= len(things),
    )
