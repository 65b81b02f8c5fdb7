"""Published judgements and what was decided for the time to come."""

import pandas as pd

from analysis.measures.audit_findings import count_judged
from analysis.measures.keys import PROGRAM
from analysis.wording.ja.phrases import find_names, quote_names, quote_words
from analysis.wording.labels import NO_FIGURE


def describe_judgements(ratings: pd.DataFrame, programs: pd.DataFrame) -> str:
    """Say that programs without a KPI were judged, and what that judgement cannot be held to."""
    names = quote_names(dict.fromkeys(find_names(ratings, programs)))
    return (
        f"{names}には、指標も事業費もないまま公表された評価があります。"
        "手元の資料の数値からは、この評価を確かめることも、否定することもできません。"
    )


def tabulate_judgements(ratings: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """Who judged what, when, in which words, and for which reason in our own words."""
    texts = ratings.astype("object").fillna(NO_FIGURE)
    return pd.DataFrame(
        {
            "事業": find_names(ratings, programs),
            "評価した者": texts["rated_by"],
            "評価の日": texts["rated_on"],
            "進捗": texts["progress"],
            "総合評価": texts["grade"],
            **({"今後の方針": texts["policy"]} if ratings["policy"].notna().any() else {}),
            "示された理由": texts["reason"],
            "記載の場所": texts["place"],
        }
    )


def describe_policy(ratings: pd.DataFrame) -> str:
    """Say what is to follow (今後の方針), where that is all the judgement that is published."""
    words = ratings.reindex(columns=["progress", "effectiveness", "efficiency", "grade"])
    policy = quote_words(ratings, "policy")
    if not policy or words.notna().any(axis=None):
        return ""
    told = ratings[ratings["policy"].notna()]
    counts = told["policy"].value_counts(sort=False)
    if len(counts) < 2 or len(told) > count_judged(told, PROGRAM):
        return f"公表の評価：今後の方針{policy}。"
    said = "、".join(f"{count}事業が「{word}」" for word, count in counts.items())
    return f"今後の方針は、{said}です。"
