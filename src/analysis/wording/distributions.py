"""How the rates of many KPIs lie, group by group."""

from collections.abc import Iterable

import pandas as pd

from analysis.measures.distributions import (
    Group,
    Spread,
    cross_reached,
    find_rates,
    spread_rates,
)
from analysis.wording.formats import (
    format_large_yen,
    format_number,
    format_rate,
    short_fiscal_year,
)
from analysis.wording.labels import KPI_KINDS, NO_FIGURE, READINGS, labels, say
from analysis.wording.tables import label_table

COLUMNS = labels("columns") | labels("groupings")
REST = say("distributions.rest")
LONGEST = int(labels("lengths")["alternative_text"])
MOST_SAID = 60  # rows; of more, a sentence on each would be too long


def name_group_of(group: Group, by: str | None) -> str:
    """Name a group: 農林水産部水産課, H30, 1,000万円以上1億円未満, ほか37の担当."""
    if by is None:
        return say("distributions.all")
    if group.groups > 1:
        return say("distributions.others", groups=group.groups, by=COLUMNS.get(by, by))
    if group.name is None or pd.isna(group.name):
        return say("distributions.not_stated")
    if by == "cost_yen":
        low, high = map(format_large_yen, (group.name, group.name * 10))
        return say("distributions.from_to", low=low, high=high)
    if by == "fiscal_year":
        return short_fiscal_year(group.name)
    return KPI_KINDS[group.name] if by == "kpi_kind" else str(group.name)


def cut_sentences(start: str, sentences: Iterable[str]) -> str:
    """Say as many sentences as an alternative text may be long, and that there are more.

    Examples
    --------
    >>> cut_sentences("図。", ["一。", "二。"])
    '図。一。二。'
    """
    said = start
    for sentence in sentences:
        if len(said) + len(sentence) > LONGEST - len(REST):
            return said + REST
        said += sentence
    return said


def with_program_names(kpis: pd.DataFrame, column: str = "kpi") -> pd.DataFrame:
    """Name KPIs among those of many programs: that of each in brackets, where it is known."""
    if "program" not in kpis:
        return kpis
    both = zip(kpis[column], kpis["program"], strict=True)
    names = [
        k if pd.isna(k) or pd.isna(p) or p in k else say("lists.noted", what=k, note=p)
        for k, p in both
    ]
    return kpis.assign(**{column: names})


def say_reached_of(spread: Spread) -> tuple[str, str]:
    """How many of how many reached their target, and of how many that is not known: 5/7, 2."""
    reached = f"{spread.reached:,}/{spread.judged:,}" if spread.judged else NO_FIGURE
    return reached, f"{spread.total - spread.judged:,}"


def describe_distribution(kpis: pd.DataFrame, by: str | None = None) -> str:
    """Say how the rates of KPIs lie, and in which groups the median is highest and lowest."""
    [whole] = spread_rates(kpis, None)
    if not len(whole.figures):
        return say("distributions.no_figure")
    said = summarize_rates(kpis)
    spreads = [s for s in spread_rates(kpis, by) if s.group.groups == 1 and len(s.figures) >= 4]
    if by is None or len(spreads) < 2:
        return said
    ordered = sorted(spreads, key=lambda spread: spread.at(0.5))
    if format_rate(ordered[0].at(0.5)) == format_rate(ordered[-1].at(0.5)):
        return said
    low, high = (
        say(
            "distributions.median_of",
            group=name_group_of(s.group, by),
            median=format_rate(s.at(0.5)),
        )
        for s in (ordered[0], ordered[-1])
    )
    return said + say(
        "distributions.compared", by=COLUMNS.get(by, by), groups=len(spreads), high=high, low=low
    )


def summarize_rates(kpis: pd.DataFrame) -> str:
    """Say of how many KPIs a rate is known, where the middle lies, and how many reached."""
    [whole] = spread_rates(kpis, None)
    if not whole.ends:
        return say("distributions.no_rate", kpis=whole.total)
    rates = say(
        "distributions.rates",
        kpis=whole.total,
        rated=len(whole.figures),
        rate=READINGS[find_rates(kpis)[0]],
        median=format_rate(whole.at(0.5)),
        low=format_rate(whole.at(0.25)),
        high=format_rate(whole.at(0.75)),
    )
    return rates + say(
        "distributions.reached" if whole.judged else "distributions.none_judged",
        judged=whole.judged,
        reached=whole.reached,
        unknown=whole.total - whole.judged,
    )


def caption_distribution(kpis: pd.DataFrame, by: str | None = None) -> str:
    """Caption the figure of rates by groups."""
    rate = READINGS[find_rates(kpis)[0]]
    if by is None:
        return say("distributions.caption", rate=rate)
    return say("distributions.caption_by", rate=rate, by=COLUMNS.get(by, by))


def tabulate_distribution(kpis: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Of each group how many KPIs reached their target, and where the rates lie."""
    spreads = spread_rates(kpis, by)
    quarters = {"lowest_quarter": 0.25, "median": 0.5, "highest_quarter": 0.75}
    return label_table(
        "distribution",
        {
            "group": [name_group_of(s.group, by) for s in spreads],
            "kpis": [format_number(s.total) for s in spreads],
            "reached": [format_number(s.reached) for s in spreads],
            "judged": [format_number(s.judged) for s in spreads],
            "not_judged": [format_number(s.total - s.judged) for s in spreads],
            "with_rate": [format_number(len(s.figures)) for s in spreads],
            **{name: [format_rate(s.at(q)) for s in spreads] for name, q in quarters.items()},
        },
    )


def describe_reached(kpis: pd.DataFrame, by: str, across: str = "fiscal_year") -> str:
    """Say of how many KPIs how many reached their target in each year, or that it is unknown."""
    years, crossed = cross_reached(kpis, by, across)
    sums = [
        [sum(cells[n][part] for _, cells in crossed) for part in range(3)]
        for n in range(len(years))
    ]
    if not any(known for _, known, _ in sums):
        return say("distributions.no_figure_of_reached")
    said = [
        say(
            "distributions.reached_in",
            group=name_group_of(Group(year, 1, None), across),
            judged=known,
            reached=yes,
            unknown=every - known,
        )
        for year, (yes, known, every) in zip(years, sums, strict=True)
    ]
    return cut_sentences(say("distributions.figure_of_reached", by=COLUMNS.get(by, by)), said)


def caption_reached(kpis: pd.DataFrame, by: str, across: str = "fiscal_year") -> str:
    """Caption the figure of reached targets by groups."""
    one, other = (COLUMNS.get(name, name) for name in (by, across))
    return say("distributions.caption_of_reached", by=one, across=other)


def tabulate_reached(kpis: pd.DataFrame, by: str, across: str = "fiscal_year") -> pd.DataFrame:
    """Of each group and year how many of how many KPIs reached their target."""
    years, crossed = cross_reached(kpis, by, across)
    rows = [
        (name_group_of(group, by), name_group_of(Group(year, 1, None), across), *cell)
        for group, cells in crossed
        for year, cell in zip(years, cells, strict=True)
        if cell[2]
    ]
    return label_table(
        "reached",
        {
            "group": [row[0] for row in rows],
            across: [row[1] for row in rows],
            "kpis": [format_number(row[4]) for row in rows],
            "reached": [format_number(row[2]) for row in rows],
            "judged": [format_number(row[3]) for row in rows],
            "not_judged": [format_number(row[4] - row[3]) for row in rows],
        },
        headers={across: COLUMNS.get(across, across)},
    )
