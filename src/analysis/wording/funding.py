"""Where the money came from."""

import pandas as pd

from analysis.measures.funding import list_rests
from analysis.measures.keys import list_rows
from analysis.wording.formats import format_percent, format_yen, short_fiscal_year
from analysis.wording.labels import NO_FIGURE, labels, say
from analysis.wording.phrases import name_cost_column, name_programs, print_yen
from analysis.wording.tables import label_table

WORDS = labels("funding")


def tabulate_funding(funding: pd.DataFrame, programs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Where the money came from, from `share_funding`.

    `programs` is the table of the dataset: with more than one, each row names its own.
    """
    wholes = zip(funding["share_of"], funding["whole_yen"], strict=True)
    return label_table(
        "funding",
        {
            **name_programs(funding, programs),
            "fiscal_year": [short_fiscal_year(year) for year in funding["fiscal_year"]],
            "source_of_money": funding["item"].fillna(NO_FIGURE),
            "amount_yen": print_yen(funding["amount_yen"]),
            "share": [format_percent(share) for share in funding["share"]],
            "share_of": [
                WORDS["sources"]
                if of == "sources"
                else say("lists.noted", what=name_cost_column(of), note=format_yen(yen))
                for of, yen in wholes
            ],
            "equals": [name_cost_column(name) or WORDS["none"] for name in funding["equals"]],
            "rest_yen": print_yen(funding["rest_yen"]),
        },
    )


def describe_funding(funding: pd.DataFrame) -> str:
    """Say whether sources of money are published, and whether they add up to a cost."""
    if funding.empty:
        return ""
    said = say("funding.not_added")
    if (funding["equals"] != "").all():
        return said + say("funding.all_agree")
    said += say("funding.some_do_not_agree")
    return said + "".join(
        say(
            "funding.rest",
            cost=name_cost_column(rest["share_of"]),
            yen=format_yen(rest["whole_yen"]),
            rest=format_yen(rest["rest_yen"]),
        )
        for rest in list_rows(list_rests(funding))
    )
