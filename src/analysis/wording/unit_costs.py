"""Published unit costs beside those that the amounts give."""

from typing import Any

import pandas as pd

from analysis.wording.formats import SIGNS, format_number, short_fiscal_year
from analysis.wording.labels import NO_FIGURE, REASONS, say
from analysis.wording.phrases import describe_audit_of, explain, name_cost_column, name_programs
from analysis.wording.tables import label_table


def tabulate_unit_costs_audit(
    audit: pd.DataFrame, programs: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Each published unit cost beside the cost and the rounding that explain it.

    `programs` is the table of the dataset: with more than one, each row names its own.
    """
    if audit.empty:
        return label_table("unit_costs_audit", {})
    per = audit["per"].fillna("") + " " + audit["results"].map(format_number)
    ways = audit["explained_by"].map(name_cost_column)
    return label_table(
        "unit_costs_audit",
        {
            **name_programs(audit, programs),
            "fiscal_year": [short_fiscal_year(year) for year in audit["fiscal_year"]],
            "published_unit_cost": audit["name"],
            "printed": [
                _say_in_yen(text, yen)
                for text, yen in zip(audit["printed"], audit["published_yen"], strict=True)
            ],
            "per": per.where(audit["results"].notna(), NO_FIGURE),
            "computed_yen": [
                NO_FIGURE if pd.isna(yen) else format_number(yen, 1) for yen in audit["computed"]
            ],
            "explained_by_cost": explain(audit, ways.where(audit["explained_by"] != "")),
            "reason_of_note": audit["finding_note"].astype("str").map(REASONS).fillna(NO_FIGURE),
        },
    )


def _say_in_yen(printed: Any, yen: float) -> str:
    """A published amount as printed, with what it means in yen where it is not printed in yen."""
    amount = SIGNS["yen"].format(amount=format_number(yen))
    text = NO_FIGURE if pd.isna(printed) else str(printed)
    return text if text == amount else say("unit_costs.in_yen", printed=text, amount=amount)


def describe_unit_costs_audit(audit: pd.DataFrame) -> str:
    """Say how many published unit costs the amounts explain; nothing without any."""
    return describe_audit_of(audit, say("unit_costs.figures"))
