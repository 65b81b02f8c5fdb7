"""Grants that took the place of one another."""

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.wording.formats import LISTS, say_years
from analysis.wording.labels import say
from analysis.wording.phrases import print_texts
from analysis.wording.tables import label_table


def tabulate_grants(grants: pd.DataFrame) -> pd.DataFrame:
    """Each grant with its years and its successor, from the table of `trace_grants`."""
    return label_table(
        "grants",
        {
            "grant": grants["grant_name"],
            "fiscal_year": [
                say_years(first, last)
                for first, last in zip(grants["first_year"], grants["last_year"], strict=True)
            ],
            "successor": print_texts(grants["successor"]),
            "note_of_grant": print_texts(grants["note"]),
        },
    )


def describe_grants(grants: pd.DataFrame) -> str:
    """Say which grant took the place of which, with the years that are printed."""
    if grants.empty:
        return say("grants.nothing")
    rows = list_rows(grants)
    follows = LISTS["comma"].join(
        say("grants.successor", grant=row["grant_name"], successor=row["successor"])
        for row in rows
        if pd.notna(row["successor"])
    )
    years = LISTS["comma"].join(
        say(
            "grants.years_of_grant",
            grant=row["grant_name"],
            years=say_years(row["first_year"], row["last_year"]),
        )
        for row in rows
    )
    said = say("grants.followed", successors=follows) if follows else say("grants.none_followed")
    return said + say("grants.years", years=years)
