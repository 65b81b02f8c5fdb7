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
from analysis.wording.labels import KPI_KINDS, NO_FIGURE, READINGS, labels
from analysis.wording.tables import label_table

COLUMNS = labels("columns") | labels("groupings")
REST = "ほかは表にあります。"
LONGEST = 600  # letters of an alternative text; what is longer says the whole instead of each
MOST_SAID = 60  # rows; of more, a sentence on each would be too long


def name_group_of(group: Group, by: str | None) -> str:
    """Name a group: 農林水産部水産課, H30, 1,000万円以上1億円未満, ほか37の担当."""
    if by is None:
        return "すべて"
    if group.groups > 1:
        return f"ほか{group.groups}（{COLUMNS.get(by, by)}）"
    if group.name is None or pd.isna(group.name):
        return "記載なし"
    if by == "cost_yen":
        return f"{format_large_yen(group.name)}以上{format_large_yen(group.name * 10)}未満"
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
    names = [k if pd.isna(k) or pd.isna(p) or p in k else f"{k}（{p}）" for k, p in both]
    return kpis.assign(**{column: names})


def say_reached_of(spread: Spread) -> tuple[str, str]:
    """How many of how many reached their target, and of how many that is not known: 5/7, 2."""
    reached = f"{spread.reached:,}/{spread.judged:,}" if spread.judged else NO_FIGURE
    return reached, f"{spread.total - spread.judged:,}"


def describe_distribution(kpis: pd.DataFrame, by: str | None = None) -> str:
    """Say how the rates of KPIs lie, and in which groups the median is highest and lowest."""
    [whole] = spread_rates(kpis, None)
    if not len(whole.figures):
        return "率を求められる指標がないため、図はありません。"
    said = f"{summarize_rates(kpis)}"
    spreads = [s for s in spread_rates(kpis, by) if s.group.groups == 1 and len(s.figures) >= 4]
    if by is None or len(spreads) < 2:
        return said
    ordered = sorted(spreads, key=lambda spread: spread.at(0.5))
    if format_rate(ordered[0].at(0.5)) == format_rate(ordered[-1].at(0.5)):
        return said
    low, high = (
        f"「{name_group_of(s.group, by)}」（{format_rate(s.at(0.5))}）"
        for s in (ordered[0], ordered[-1])
    )
    return (
        f"{said}{COLUMNS.get(by, by)}ごとに中央値を比べると、"
        f"指標の多い{len(spreads)}のうち最も高いのは{high}、最も低いのは{low}です。"
    )


def summarize_rates(kpis: pd.DataFrame) -> str:
    """Say of how many KPIs a rate is known, where the middle lies, and how many reached."""
    [whole] = spread_rates(kpis, None)
    if not whole.ends:
        return f"{whole.total:,}指標のうち、1年度を通した率が分かるものはありません。"
    rate = READINGS[find_rates(kpis)[0]]
    unknown = whole.total - whole.judged
    judged = (
        f"目標に届いたのは、判定できる{whole.judged:,}指標のうち{whole.reached:,}"
        if whole.judged
        else "目標に届いたかを判定できる指標はなく"
    )
    return (
        f"{whole.total:,}指標のうち{len(whole.figures):,}指標の{rate}の分布。"
        f"中央値は{format_rate(whole.at(0.5))}、真ん中の半分は"
        f"{format_rate(whole.at(0.25))}～{format_rate(whole.at(0.75))}。"
        f"{judged}、判定できないのは{unknown:,}指標です。"
    )


def caption_distribution(kpis: pd.DataFrame, by: str | None = None) -> str:
    """Caption the figure of rates by groups."""
    rate = READINGS[find_rates(kpis)[0]]
    return f"図　{'' if by is None else COLUMNS.get(by, by) + 'ごとの'}{rate}の分布。"


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
        return "目標に届いたかを判定できる指標がないため、図はありません。"
    said = [
        f"{name_group_of(Group(year, 1, None), across)}は判定できる{known:,}指標のうち{yes:,}"
        f"（判定できない{every - known:,}）。"
        for year, (yes, known, every) in zip(years, sums, strict=True)
    ]
    return cut_sentences(f"{COLUMNS.get(by, by)}ごとに、目標に届いた指標の数を並べた図。", said)


def caption_reached(kpis: pd.DataFrame, by: str, across: str = "fiscal_year") -> str:
    """Caption the figure of reached targets by groups."""
    return f"図　{COLUMNS.get(by, by)}と{COLUMNS.get(across, across)}ごとの、目標に届いた指標の数。"


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
