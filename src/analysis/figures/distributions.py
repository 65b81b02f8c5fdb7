"""How the rates of many KPIs lie, group by group."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.canvas import Canvas
from analysis.figures.lanes import Lane, Scale, draw_lanes, make_percent_scale
from analysis.measures.distributions import MOST_GROUPS, Spread, find_rates, spread_rates
from analysis.wording import name_group_of, say_reached_of
from analysis.wording.labels import READINGS, labels

WORDS = labels("figures.distribution")
MOST_LANES = 8  # above rows that are named one by one


def plot_distribution(
    kpis: pd.DataFrame, by: str | None = None, narrow: bool = False
) -> Figure | None:
    """Draw how the rates of KPIs lie in each group, with how many reached their target.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`.
    by
        The column of the groups, such as department, project, policy_group, kpi_kind, fiscal_year,
        government (`add_program_columns` adds those of the program), or cost_yen, by powers of
        ten. None: all in one lane.
    narrow
        The variant for a telephone.

    Returns
    -------
    The figure: a lane for each of the twelve largest groups and one for all others. A dot is a KPI
    by its rate (`find_rates`); in a lane of more than 80, the height of a hill is how many there
    are. Below it the middle half and the median; at the right how many of how many reached their
    target, and of how many that is not known. None if no KPI has a rate.
    """
    page = draw_distribution(kpis, by, narrow)
    return None if page is None else page.finish()


def draw_distribution(
    kpis: pd.DataFrame, by: str | None, narrow: bool, most: int = MOST_GROUPS
) -> Canvas | None:
    """Draw the page of `plot_distribution` with at most `most` groups."""
    spreads = spread_rates(kpis, by, most)
    scale = scale_rates(spreads)
    if scale is None:
        return None
    rate = READINGS[find_rates(kpis)[0]]
    lanes = [Lane(name_group_of(s.group, by), s, say_reached_of(s)) for s in spreads]
    headers = (WORDS["reached"], WORDS["unknown"])
    return draw_lanes(lanes, scale, headers, [WORDS["axis"].format(rate=rate)], narrow)


def scale_rates(spreads: list[Spread]) -> Scale | None:
    """The scale of all rates of some groups; None without any."""
    ends = [end for spread in spreads for end in spread.ends]
    return make_percent_scale(ends) if ends else None
