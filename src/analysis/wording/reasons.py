"""What was concluded rather than read, and why."""

import pandas as pd

from analysis.measures.reasons import list_inferred
from analysis.wording.codebook import name_column, name_table
from analysis.wording.formats import LISTS
from analysis.wording.labels import say
from analysis.wording.tables import label_table


def describe_inferred(tables: dict[str, pd.DataFrame]) -> list[str]:
    """List what was concluded from the documents rather than read in them, table by table."""
    return [
        say(
            "lists.named",
            what=name_table(name),
            named=LISTS["comma"].join(name_column(name, column) for column in columns),
        )
        for name, columns in list_inferred(tables).items()
    ]


def tabulate_reasons(listed: pd.DataFrame) -> pd.DataFrame:
    """Show what was concluded rather than read, from `list_reasons`: where, how often, and why."""
    return label_table(
        "reasons",
        {
            "table": [name_table(name) for name in listed["table"]],
            "item": [
                name_column(name, column)
                for name, column in zip(listed["table"], listed["column"], strict=True)
            ],
            "how_often": [say("inferred.rows", count=rows) for rows in listed["rows"]],
            "reason_inferred": listed["reason"].fillna(say("inferred.no_reason")),
        },
    )


def describe_reasons(listed: pd.DataFrame) -> str:
    """Say how many rows `tabulate_reasons` shows, and whether their reasons are held."""
    if listed.empty:
        return say("inferred.nothing")
    count, without = len(listed), int(listed["reason"].isna().sum())
    said = say("inferred.items", count=count)
    if without == count:
        return said + say("inferred.without_reasons")
    return said + say("inferred.some_without_reasons", count=without) if without else said
