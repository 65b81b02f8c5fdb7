"""By what programs are shown: few enough groups for one figure."""

import pandas as pd

from analysis.measures.needs import check_table

MOST_PROGRAMS_ONE_BY_ONE = 15
MOST_GROUPS = 40


def find_grouping(evaluability: pd.DataFrame) -> list[str]:
    """Choose the columns to show programs by, so that there are no more than 40 groups.

    Of several governments or years: by both, else by government, else by year. Of one: program by
    program if they are few, else by department where it is printed of every program, else by
    project, else all together, by the year.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(
        evaluability, "evaluability", "government_code government program department fiscal_year"
    )
    places = ["government_code", "government"]
    choices = [["department"]] if evaluability["department"].notna().all() else []
    choices += [["project"], ["fiscal_year"]]
    if len(evaluability) <= MOST_PROGRAMS_ONE_BY_ONE:
        choices = [["program"]]
    if len(evaluability[[*places, "fiscal_year"]].drop_duplicates()) > 1:
        choices = [[*places, "fiscal_year"], places, ["fiscal_year"]]
    few = [by for by in choices if len(evaluability[by].drop_duplicates()) <= MOST_GROUPS]
    return few[0] if few else ["fiscal_year"]
