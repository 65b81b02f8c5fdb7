"""Programs that come back in other documents and years."""

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.lineage import Row, count_concluded, list_lanes
from analysis.wording.formats import LISTS, list_some, say_years, short_fiscal_year
from analysis.wording.labels import FLAGS, NO_FIGURE, labels, say
from analysis.wording.tables import label_table

GROUNDS = labels("lineage.grounds")


def tabulate_lineage(lines: pd.DataFrame) -> pd.DataFrame:
    """Each year of each program of a line of descent, from the table of `trace_programs`."""
    rows = list_rows(lines)
    return label_table(
        "lineage",
        {
            "program": [r["program"] for r in rows],
            "government": [r["government"] for r in rows],
            "line": [str(r["line"]) for r in rows],
            "fiscal_year": [short_fiscal_year(r["fiscal_year"]) for r in rows],
            "source": [r["source"] for r in rows],
            "flag_in_document": [FLAGS.get(r["flag"], NO_FIGURE) for r in rows],
            "period_in_document": [say_years(r["start_year"], r["end_year"]) for r in rows],
            "sameness": [
                NO_FIGURE if pd.isna(r["reason"]) else r["reason"] + GROUNDS[r["is_inferred"]]
                for r in rows
            ],
        },
    )


def describe_lineage(lines: pd.DataFrame) -> str:
    """Say which programs several documents, governments or fiscal years show."""
    if lines.empty:
        return say("lineage.nothing")
    lanes = list_lanes(lines)
    joint = say("lineage.and")
    listed = list_some([joint.join(_name_program(years) for years in lane) for lane in lanes])
    said = say("lineage.come_back", count=len(lanes), programs=listed)
    concluded = count_concluded(lines)
    return said + (say("lineage.concluded", count=concluded) if concluded else "")


def _name_program(years: list[Row]) -> str:
    return say(
        "lineage.program",
        government=years[-1]["government"],
        program=years[-1]["program"],
        years=LISTS["dot"].join(short_fiscal_year(row["fiscal_year"]) for row in years),
    )
