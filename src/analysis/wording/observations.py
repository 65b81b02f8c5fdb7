"""What else was published: figures that are no KPIs."""

from typing import Any

import pandas as pd

from analysis.measures.distributions import spread_observations
from analysis.measures.keys import list_rows
from analysis.wording.distributions import LONGEST, MOST_SAID
from analysis.wording.formats import format_number, format_value, short_fiscal_year
from analysis.wording.labels import NO_FIGURE, STATUSES
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
        return "指標のほかに公表された数値は、この資料にはありません。"
    known = observations[observations["value"].notna()]
    if len(known) <= MOST_SAID:
        said = "、".join(
            f"{o['what']}（{short_fiscal_year(o['fiscal_year'])}）："
            f"{format_value(o['value'], o['unit'])}"
            for o in list_rows(known, "what", "fiscal_year", "value", "unit")
        )
        if len(said) <= LONGEST - MARGIN:
            return f"指標のほかに公表された数値：{said}。"
    kinds = [s for s in spread_observations(known, MOST_KINDS) if s.group.groups == 1]
    if not kinds:
        return f"指標のほかに公表された数値は{len(known):,}件で、0を超えるものはありません。"
    most = "、".join(f"{'・'.join(filter(None, s.group.name))}（{s.total:,}件）" for s in kinds)
    return f"指標のほかに公表された数値は{len(known):,}件です。多いのは順に{most}です。"


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
