"""Figures of one KPI against one another: its years, its baseline, its target, its limit."""

import datetime
import itertools
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.dataset.cells import read_distinct
from analysis.dataset.problems import Problem, list_problems, quote, show_number
from analysis.dataset.tables import PROGRAM, TABLES
from analysis.dataset.vocabulary import PERCENT_UNITS, RATIO

SERIES = [*PROGRAM, "kpi_id"]
TENFOLD = 7  # at least so many times its neighbours, or as small a part of them
THOUSANDFOLD = (900, 1100)  # 12,300 typed as 12.3: a slip however small the figures are
SMALL = 20  # below this, counts may well grow tenfold
YEARS_AROUND, HALF_OF_THEM = 4, 2  # years around a figure
FAR_ABOVE = 10
RATIO_UNITS = (*PERCENT_UNITS, RATIO)
SAME_ALWAYS = {
    "unit": "unit_changes",
    "direction": "direction_changes",
    "kpi": "name_changes",
}
FIGURES = list(TABLES["kpis"].figures)
FISCAL_YEAR_BEGINS = 4  # April
DAY = "%Y-%m-%d"


def find_odd_figures(tables: dict[str, pd.DataFrame]) -> list[Problem]:
    """List figures of KPIs, and of observations, that other figures contradict."""
    kpis = tables["kpis"]
    problems = _find_small_samples(tables["observations"], kpis)
    problems += _find_future(tables)
    problems += _find_too_early(tables)
    if kpis.empty:
        return problems
    again = kpis.duplicated(SERIES, keep=False)
    if again.any():
        problems += _find_changes(kpis[again]) + _find_tenfold(kpis[again])
    for find in (
        _find_far_above,
        _find_wrong_sides,
        _find_unchanged,
        _find_wrong_changes,
        _find_beyond_limit,
        _find_outside_year,
    ):
        problems += find(kpis)
    return problems


def _read_days(cells: pd.Series) -> pd.Series:
    return pd.to_datetime(cells, format=DAY, errors="coerce")


def _find_changes(kpis: pd.DataFrame) -> list[Problem]:
    """What should be the same in all rows of a KPI, and changes without a break_note."""
    ordered = kpis.sort_values("fiscal_year", kind="stable")
    ordered = ordered.assign(
        kpi=_plain(ordered["kpi"]), unit=_plain(ordered["unit"]), row=ordered.index
    )
    before = ordered.groupby(SERIES, sort=False)[[*SAME_ALWAYS, "row"]].shift()
    unsaid = before["row"].notna() & (ordered["break_note"] == "")
    problems = []
    for column, kind in SAME_ALWAYS.items():
        told = (before[column] != "") & (ordered[column] != "")
        rows = ordered.index[unsaid & told & (ordered[column] != before[column])]
        problems += list_problems(
            kind,
            "kpis",
            column,
            rows,
            map(quote, kpis.loc[rows, column]),
            (
                f"{quote(kpis.loc[int(n), column])} as in row {int(n)} of this KPI, or another "
                "kpi_id; or the reason in break_note"
                for n in before.loc[rows, "row"]
            ),
        )
    return problems + _find_other_baselines(ordered)


def _find_other_baselines(ordered: pd.DataFrame) -> list[Problem]:
    known = ordered[ordered["baseline"].notna()]
    before = known.groupby(SERIES, sort=False)[["baseline", "baseline_year", "row"]].shift()
    another_year = (known["baseline_year"] != before["baseline_year"]) & (
        known["baseline_year"].notna() & before["baseline_year"].notna()
    )
    unlike = before["row"].notna() & (known["baseline"] != before["baseline"])
    wrong = known[unlike & ~another_year & (known["break_note"] == "")]
    return list_problems(
        "baseline_changes",
        "kpis",
        "baseline",
        wrong.index,
        map(show_number, wrong["baseline"]),
        (
            f"{show_number(b)} as in row {int(n)} of this KPI, or another baseline_year; or the "
            "reason in break_note"
            for b, n in before.loc[wrong.index, ["baseline", "row"]].itertuples(index=False)
        ),
    )


def _plain(names: pd.Series) -> pd.Series:
    """Names and units without what only their widths and blanks tell apart: ％ and %."""
    return read_distinct(names, lambda n: n.str.normalize("NFKC").str.split().str.join(""))


def _find_tenfold(kpis: pd.DataFrame) -> list[Problem]:
    """Actuals and targets far from most of the up to four years around them in their series."""
    return [*_find_far_from_years(kpis, "actual"), *_find_far_from_years(kpis, "target")]


def _find_far_from_years(kpis: pd.DataFrame, column: str) -> list[Problem]:
    known = kpis[kpis[column].notna()].sort_values("fiscal_year", kind="stable")
    known = known.drop_duplicates([*SERIES, "fiscal_year"], keep="last")
    known = known.assign(
        breaks=(known["break_note"] != "").groupby([known[c] for c in SERIES]).cumsum()
    )
    grouped = known.groupby([*SERIES, "breaks"], sort=False)[column]
    around = pd.DataFrame({shift: grouped.shift(shift) for shift in (2, 1, -1, -2)})
    share = around.rdiv(known[column], axis=0).where(around != 0)
    times = share.where(share >= 1, 1 / share.where(share > 0))
    size = around.abs().clip(lower=known[column].abs(), axis=0)
    thousandfold = times.ge(THOUSANDFOLD[0]) & times.le(THOUSANDFOLD[1])
    far = (times.ge(TENFOLD) & size.ge(SMALL)) | thousandfold
    starts_small = around[1].isna() & (share[-1] < 1)
    grows = starts_small | (around[-1].isna() & (share[1] > 1))
    natural = grows & (known["aggregation"] == "cumulative")
    natural |= starts_small & (column == "target")  # of what has just begun
    odd = (_is_odd(far, around) & ~natural) | _is_odd(thousandfold, around)
    wrong = known[odd]
    middle = around.where(far).median(axis=1)
    return list_problems(
        "tenfold",
        "kpis",
        column,
        wrong.index,
        map(show_number, wrong[column]),
        (f"about {show_number(n)} as in the years around it" for n in middle[wrong.index]),
    )


def _is_odd(far: pd.DataFrame, around: pd.DataFrame) -> pd.Series:
    """Whether a figure is far from the year before it, and from most of the years around it.

    Where the unit changes in the middle of a series two years of four are far from it; of two
    years alone the later is asked about.
    """
    others, years = far.sum(axis=1), around.notna().sum(axis=1)
    most = (others > years / 2) | ((others == HALF_OF_THEM) & (years == YEARS_AROUND))
    first = around[1].isna() & (years > 1)
    return most & (far[1] | first)


def _find_far_above(kpis: pd.DataFrame) -> list[Problem]:
    target = kpis["target"].fillna(kpis["final_target"])
    wrong = kpis[(target > 0) & (kpis["actual"] > FAR_ABOVE * target)]
    return list_problems(
        "far_above_target",
        "kpis",
        "actual",
        wrong.index,
        map(show_number, wrong["actual"]),
        (f"no more than ten times the target {show_number(n)}" for n in target[wrong.index]),
    )


def _find_wrong_sides(kpis: pd.DataFrame) -> list[Problem]:
    problems: list[Problem] = []
    up, down = (kpis["direction"].eq(way).to_numpy() for way in ("up", "down"))
    for target in ("target", "final_target"):
        ahead = kpis[target].to_numpy() - kpis["baseline"].to_numpy()
        is_wrong = (up & (ahead < 0)) | (down & (ahead > 0))
        if not is_wrong.any():
            continue
        wrong = kpis[is_wrong]
        problems += list_problems(
            "target_beside_baseline",
            "kpis",
            target,
            wrong.index,
            map(show_number, wrong[target]),
            (
                f"{'more' if way == 'up' else 'less'} than the baseline {show_number(b)} of what "
                f"should go {way}"
                for b, way in zip(wrong["baseline"], wrong["direction"], strict=True)
            ),
        )
    return problems


def _find_unchanged(kpis: pd.DataFrame) -> list[Problem]:
    wrong = kpis[kpis["target_before"] == kpis["target"]]
    return list_problems(
        "target_unchanged",
        "kpis",
        "target_before",
        wrong.index,
        (f"{show_number(n)}, the target itself" for n in wrong["target"]),
        "the target before it was revised, or nothing",
    )


def _find_wrong_changes(kpis: pd.DataFrame) -> list[Problem]:
    """A published increase against the actual less the baseline, last year's actual or target."""
    is_told = kpis["published_change"].notna() & kpis["actual"].notna()
    if not is_told.any():
        return []
    told = kpis[is_told]
    last = kpis[kpis["actual"].notna()].assign(fiscal_year=kpis["fiscal_year"] + 1)
    by = [*SERIES, "fiscal_year"]
    last = last.rename(columns={"actual": "from"})[[*by, "from", "source_id"]]
    own = told[[*by, "source_id"]].merge(last, on=[*by, "source_id"], how="left")["from"]
    any_source = last.drop_duplicates(by, keep="last").drop(columns="source_id")
    other = told[by].merge(any_source, on=by, how="left")["from"]
    previous = pd.Series(own.fillna(other).to_numpy(), index=told.index)
    origin = told["published_change_from"].map(str)
    start = told["baseline"].where(origin == "baseline")
    start = start.fillna(told["target"].where(origin == "target"))
    start = start.fillna(previous.where(origin == "previous_year"))
    change = told["actual"] - start
    decimals = told["published_change"].map(lambda n: len(f"{n:.10g}".partition(".")[2]))
    slack = 10.0 ** -decimals.astype("float64") * (1 + 1e-9)
    slack = slack.where(decimals > 0, 1.0).where((change % 1 != 0) | (decimals > 0), 1e-9)
    off = (change - told["published_change"]).abs() > slack
    fallen = (told["direction"] == "down") & ((change + told["published_change"]).abs() <= slack)
    wrong = told[off & ~fallen]
    return list_problems(
        "change_differs",
        "kpis",
        "published_change",
        wrong.index,
        map(show_number, wrong["published_change"]),
        (
            f"{show_number(c)}, the actual {show_number(a)} less {show_number(s)} ({o})"
            for c, a, s, o in zip(
                change[wrong.index],
                wrong["actual"],
                start[wrong.index],
                wrong["published_change_from"],
                strict=True,
            )
        ),
    )


def _find_beyond_limit(kpis: pd.DataFrame) -> list[Problem]:
    """Figures beyond the natural limit, which is a floor where figures that fall lie above it."""
    is_limited = kpis["natural_limit"].notna()
    if not is_limited.any():
        return []
    limited = kpis[is_limited]
    figures = limited[FIGURES]
    above = figures.gt(limited["natural_limit"], axis=0)
    below = figures.lt(limited["natural_limit"], axis=0)
    is_floor = (limited["direction"] == "down") & ~limited["unit"].isin(RATIO_UNITS)
    is_floor &= above.any(axis=1)
    beyond = below.where(is_floor, above, axis=0)
    problems = []
    for column in FIGURES:
        wrong = limited[beyond[column]]
        problems += list_problems(
            "above_limit",
            "kpis",
            column,
            wrong.index,
            map(show_number, wrong[column]),
            (f"no figure beyond natural_limit {show_number(n)}" for n in wrong["natural_limit"]),
        )
    return problems


def _find_outside_year(kpis: pd.DataFrame) -> list[Problem]:
    """A day of a part-year figure that lies in another fiscal year (or calendar year)."""
    if not any(kpis["as_of"].tolist()):
        return []
    told = kpis[kpis["as_of"] != ""]
    days = _read_days(told["as_of"])
    year = told["actual_year"].fillna(told["fiscal_year"])
    of_day = days.dt.year - (days.dt.month < FISCAL_YEAR_BEGINS)
    of_day = of_day.where(told["is_calendar_year"] != "yes", days.dt.year)
    of_day = of_day.fillna(pd.to_numeric(told["as_of"], errors="coerce"))  # the year alone
    wrong = told[of_day.notna() & year.notna() & (of_day != year)]
    return list_problems(
        "outside_year",
        "kpis",
        "as_of",
        wrong.index,
        wrong["as_of"],
        (f"a day of {int(n)}, the year of this figure" for n in year[wrong.index]),
    )


def _find_small_samples(observations: pd.DataFrame, kpis: pd.DataFrame) -> list[Problem]:
    larger = observations["value"] > observations["sample_size"]
    nobody = (kpis["sample_size"] == 0) & kpis["actual"].notna()
    if not larger.any() and not nobody.any():
        return []
    wrong = observations[larger & ~observations["unit"].isin(RATIO_UNITS)]
    problems = list_problems(
        "small_sample",
        "observations",
        "sample_size",
        wrong.index,
        (
            f"{show_number(n)}, less than the figure {show_number(v)}"
            for n, v in zip(wrong["sample_size"], wrong["value"], strict=True)
        ),
        "the number this figure is a part of",
    )
    return problems + list_problems(
        "small_sample",
        "kpis",
        "sample_size",
        kpis.index[nobody],
        itertools.repeat("0"),
        "the number of answers behind this share",
    )


RESULTS = {
    "kpis": ("actual", "actual_status"),
    "observations": ("value", "value_status"),
    "budgets": ("amount_yen", "amount_status"),
    "ratings": ("fiscal_year", ""),
}


def _find_future(tables: dict[str, pd.DataFrame]) -> list[Problem]:
    """Results of a fiscal year that had not begun on the day their source was read."""
    sources = tables["sources"]
    read = _read_days(sources["read_on"])
    read = read.fillna(pd.Timestamp(datetime.date.today()))
    current = read.dt.year - (read.dt.month < FISCAL_YEAR_BEGINS)
    year_of = dict(zip(sources["source_id"], current, strict=True))
    problems = list(_list_future("sources", sources[sources["fiscal_year"] > current], current))
    earliest = current.min()
    for name, (value, status) in RESULTS.items():
        late = tables[name]["fiscal_year"] > earliest
        if not late.any():
            continue
        table = tables[name][late]
        known = table[value].notna()
        if status:
            known &= ~table[status].isin(["planned", "estimated"])
        if name == "budgets":
            known &= table["kind"] == "settled"
        limit = table["source_id"].map(year_of).astype("float64")
        problems += _list_future(name, table[known & (table["fiscal_year"] > limit)], limit)
    return problems


def _list_future(name: str, wrong: pd.DataFrame, limit: Any) -> Iterator[Problem]:
    yield from list_problems(
        "future_year",
        name,
        "fiscal_year",
        wrong.index,
        (f"{n:.0f}" for n in wrong["fiscal_year"]),
        (f"{n:.0f} or earlier, for it is a result" for n in limit[wrong.index]),
    )


def _find_too_early(tables: dict[str, pd.DataFrame]) -> list[Problem]:
    """Final actuals of a year, or a day, that had not ended when their source was published.

    Where that day is not known, the day the source was read says the same, only later.
    """
    sources, kpis = tables["sources"], tables["kpis"]
    is_final = kpis["actual"].notna() & (kpis["actual_status"] == "final")
    if not is_final.any():
        return []
    kpis = kpis[is_final]
    days = {column: _read_days(sources[column]) for column in ("published_on", "read_on")}
    known_on = pd.DataFrame(days).assign(today=pd.Timestamp(datetime.date.today())).min(axis=1)
    known_on_of = dict(zip(sources["source_id"], known_on, strict=True))
    day = pd.to_datetime(kpis["source_id"].map(known_on_of))
    year = kpis["actual_year"].fillna(kpis["fiscal_year"])
    is_calendar = kpis["is_calendar_year"] == "yes"
    month = is_calendar.map({True: 1, False: FISCAL_YEAR_BEGINS})
    over = pd.to_datetime({"year": year + 1, "month": month, "day": 1}, errors="coerce")
    of_day = _read_days(kpis["as_of"])
    over = over.where(kpis["as_of"] == "", of_day)  # as_of of a year alone says: in part
    wrong = kpis[day < over]
    return list_problems(
        "final_too_early",
        "kpis",
        "actual_status",
        wrong.index,
        (f"'final' in a source of {d:{DAY}}" for d in day[wrong.index]),
        (
            f"preliminary, estimated or planned, or as_of: the figure is known from {d:{DAY}} on"
            for d in over[wrong.index]
        ),
    )
