"""Published judgements and what was decided for the time to come."""

import pandas as pd

from analysis.measures.judgements import count_policies
from analysis.wording.formats import LISTS
from analysis.wording.labels import NO_FIGURE, say
from analysis.wording.phrases import find_names, quote_names, quote_words
from analysis.wording.tables import label_table


def describe_judgements(ratings: pd.DataFrame, programs: pd.DataFrame) -> str:
    """Say that programs without a KPI were judged, and what that judgement cannot be held to."""
    names = quote_names(dict.fromkeys(find_names(ratings, programs)))
    return say("judgements.without_figures", names=names)


def tabulate_judgements(ratings: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """Who judged what, when, in which words, and for which reason in our own words."""
    shown = ["rated_by", "rated_on", "progress", "grade"]
    shown += ["policy"] * bool(ratings["policy"].notna().any())
    texts = ratings.astype("object").fillna(NO_FIGURE)
    names = {"program": find_names(ratings, programs)}
    columns = names | {name: texts[name] for name in (*shown, "reason", "place")}
    return label_table("judgements", columns)


def describe_policy(ratings: pd.DataFrame) -> str:
    """Say what is to follow (今後の方針), where that is all the judgement that is published."""
    policies = count_policies(ratings)
    if policies is None:
        return ""
    if not policies.countable:
        return say("judgements.policy", words=quote_words(ratings, "policy"))
    counted = LISTS["comma"].join(
        say("judgements.programs_of_policy", word=word, count=count)
        for word, count in policies.counts.items()
    )
    return say("judgements.policies", counted=counted)
