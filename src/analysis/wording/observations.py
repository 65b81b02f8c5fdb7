"""What else was published: figures that are no KPIs."""

from typing import Any

import pandas as pd

from analysis.measures.distributions import spread_observations
from analysis.measures.keys import list_rows
from analysis.wording.distributions import LONGEST, MOST_SAID
from analysis.wording.formats import LISTS, format_number, format_value, short_fiscal_year
from analysis.wording.labels import NO_FIGURE, STATUSES, say
from analysis.wording.phrases import find_names, print_texts, print_values
from analysis.wording.tables import label_table

MOST_KINDS, MARGIN = 5, 20


def tabulate_others(observations: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """The figures about programs that are no KPI, each with the name of its program."""
    names = find_names(observations, programs).fillna(NO_FIGURE)
    return label_table("others", {"program": names, **_list_columns(observations)})


def describe_observations(observations: pd.DataFrame) -> str:
    """Say what else was published about a program."""
    if observations["value"].isna().all():
        return say("observations.nothing")
    known = observations[observations["value"].notna()]
    if len(known) <= MOST_SAID:
        said = LISTS["comma"].join(
            say(
                "observations.value",
                what=o["what"],
                year=short_fiscal_year(o["fiscal_year"]),
                value=format_value(o["value"], o["unit"]),
            )
            for o in list_rows(known, "what", "fiscal_year", "value", "unit")
        )
        if len(said) <= LONGEST - MARGIN:
            return say("observations.all", values=said)
    kinds = [s for s in spread_observations(known, MOST_KINDS) if s.group.groups == 1]
    if not kinds:
        return say("observations.none_above_zero", count=len(known))
    most = LISTS["comma"].join(
        say(
            "observations.kind",
            kind=LISTS["dot"].join(filter(None, s.group.name)),
            count=s.total,
        )
        for s in kinds
    )
    return say("observations.most", count=len(known), kinds=most)


def tabulate_observations(observations: pd.DataFrame) -> pd.DataFrame:
    """The other published figures of a program."""
    return label_table("observations", _list_columns(observations))


def _list_columns(observations: pd.DataFrame) -> dict[str, Any]:
    return {
        "what": observations["what"],
        "fiscal_year": [short_fiscal_year(year) for year in observations["fiscal_year"]],
        "value": print_values(observations, "value"),
        "amount_status": print_texts(observations["value_status"].map(STATUSES)),
        "sample_size": [format_number(n) for n in observations["sample_size"]],
        "place": observations["place"],
    }
