"""Several fiscal years of one KPI: a line through them, as far as they allow one.

A few yearly figures allow little: a slope from three observed years, a forecast with a chance
from five, and never more than "if it goes on as it went".
"""

from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from analysis.dataset.vocabulary import PERCENT_UNITS
from analysis.measures.keys import KPI, list_rows, number_groups
from analysis.measures.kpis import SIGN_OF_DIRECTION, is_part_year
from analysis.measures.needs import ONE_KPI_YEAR, check_table
from analysis.measures.notes import Reasons, first_code, first_word
from analysis.measures.percentages import PERCENT
from analysis.measures.years import check_one_row_per_year

YEARS_FOR_A_PANEL = 2


Rows = list[dict[str, Any]]


def list_panels(kpis: pd.DataFrame, trends: pd.DataFrame) -> list[tuple[dict[str, Any], Rows]]:
    """Each KPI with enough years, beside the rows of its years in their order.

    `year` of a row is that of its actual.
    """
    wanted = list_rows(trends[trends["observed"] >= YEARS_FOR_A_PANEL])
    if not wanted:
        return []
    of_kpi: dict[tuple[Any, ...], Rows] = {}
    rows = list_rows(kpis.assign(part=is_part_year(kpis)))
    for row in sorted(rows, key=lambda row: row["fiscal_year"]):
        year = row.get("actual_year", row["fiscal_year"])
        row["year"] = float(row["fiscal_year"] if pd.isna(year) else year)
        of_kpi.setdefault(tuple(row[name] for name in KPI), []).append(row)
    return [(trend, of_kpi[tuple(trend[name] for name in KPI)]) for trend in wanted]


def keep_observed(years: Rows) -> Rows:
    """The years with an actual."""
    return [row for row in years if pd.notna(row["actual"])]


YEARS_FOR_A_SLOPE, YEARS_FOR_A_FORECAST = 3, 5


CONFIDENCE = 0.95


# With so few years the interval is the range of all slopes between two years, and the chance
# that it holds the true slope is 1 - 2 / n!: it misses only if the errors of all years are in
# rising or all in falling order.
CONFIDENCE_OF_RANGE = {3: 1 - 2 / 6, 4: 1 - 2 / 24}


NO_SCATTER = 1e-9  # a residual this small beside the values is only rounding


SLOPES = ("slope_per_year", "slope_low", "slope_high", "slope_confidence")


FORECASTS = ("forecast", "forecast_low", "forecast_high")


def fit_trends(kpis: pd.DataFrame) -> pd.DataFrame:
    """Fit a straight line to the years of each KPI, as far as they allow one.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, over all years at hand, with `direction`,
        `aggregation`, `actual`, `actual_status`, `final_target` and `final_year`; an actual
        of an earlier year counts for its `actual_year`. Years before the last with a
        `break_note` and actuals of part of a year (`is_part_year`) are not observed.

    Returns
    -------
    One row per KPI (`government_code`, `program_id`, `kpi_id`) in order of first appearance,
    with the `kpi`, `unit`, `direction`, `aggregation`, `final_target` and `final_year` last
    printed, and

    years, observed, missing_years
        fiscal years with a row; years with an actual; years without one between the first
        and the last observed. Missing years are never interpolated.
    first_year, last_year, first_actual, last_actual
        the ends of what was observed, the actuals in the KPI's unit.
    estimated, preliminary
        how many of the observed actuals have that status.
    break_year
        the fiscal year from which on the KPI is counted in another way; missing if none.
    slope_per_year, slope_low, slope_high, slope_confidence, slope_note
        Theil-Sen slope (the median of the slopes between two years) in units a year, with an
        interval and the chance that such an interval holds the true slope: from three
        observed years. With three or four years it is the range of all slopes (2/3, 11/12).
    forecast, forecast_low, forecast_high, forecast_note
        value in final_year on the least-squares line, with a 95 % prediction interval (t,
        n - 2): from five observed years. It assumes that the line goes on, and that years
        scatter around it independently, normally and evenly; bounds such as 100 % are not
        known to it.
    chance, chance_note
        probability, under the same assumptions, that the final target is reached in
        final_year. Only for a KPI with a direction.

    Notes that say why something is missing: no_actual, too_few_years, no_final_year,
    final_year_passed, milestone, cumulative_actual (totals do not scatter independently),
    increment_actual (one year's increase is not a level), no_scatter (all years on one line:
    no error to judge by); for the chance also no_final_target, direction_unknown,
    keep_target. What to mind: far_ahead (the final year lies further ahead than the
    observed years reach back), series_break (there are years before a break, which do not
    count), actual_estimated, aggregation_unknown.

    Raises
    ------
    DataError
        When a KPI has two rows in one fiscal year.

    References
    ----------
    Theil-Sen: Sen (1968), doi 10.1080/01621459.1968.10480934, as in
    scipy.stats.theilslopes.

    Examples
    --------
    >>> kpis = pd.DataFrame({"government_code": "292087", "program_id": "p", "kpi_id": "groups",
    ...     "fiscal_year": [2011, 2012, 2013], "kpi": "自主防災組織率", "direction": "up",
    ...     "aggregation": "level", "actual": [62.0, 66.6, 69.5], "actual_status": "final",
    ...     "final_target": 93.0, "final_year": 2020})
    >>> trend = fit_trends(kpis)
    >>> trend[["slope_per_year", "slope_low", "slope_high"]].round(2).values.tolist()
    [[3.75, 2.9, 4.6]]
    >>> trend["chance_note"].tolist()
    ['too_few_years']
    """
    check_table(kpis, "kpis", f"{ONE_KPI_YEAR} actual actual_status")
    check_one_row_per_year(kpis)
    numbers = ("fiscal_year", "actual_year", "actual", "final_target", "final_year")
    figures = {name: _figures(kpis, name) for name in numbers}
    earlier = figures["actual_year"]
    figures["year"] = np.where(np.isnan(earlier), figures["fiscal_year"], earlier)
    group, first = number_groups(kpis, KPI)
    broken = _find_breaks(kpis, figures["fiscal_year"], group)
    before = figures["fiscal_year"] < broken[group]
    apart = before | is_part_year(kpis)
    figures["actual"] = np.where(apart, np.nan, figures["actual"])
    table = np.lexsort((figures["fiscal_year"], group))
    observed = table[~np.isnan(figures["actual"][table])]
    observed = observed[np.lexsort((figures["year"][observed], group[observed]))]
    of_a_year = np.column_stack([group, figures["year"]])[observed]
    observed = observed[_ends_a_run(of_a_year)]  # of two actuals of one year the later print counts
    trends = _describe(kpis, figures, group, table, observed)
    trends[KPI] = kpis[KPI].iloc[first].set_axis(trends.index)
    trends["break_year"] = pd.array(np.where(np.isinf(broken), np.nan, broken), dtype="Int64")
    trends["_cut"] = np.bincount(group[before], minlength=len(trends)) > 0
    fitted = _fit_all(figures, group, observed, _figures(trends, "final_year"))
    return _with_notes(pd.concat([trends, fitted], axis=1))


def _find_breaks(kpis: pd.DataFrame, years: Any, group: Any) -> Any:
    """By KPI the last fiscal year from which on it is counted in another way; else -inf."""
    last = np.full(group.max(initial=-1) + 1, -np.inf)
    if "break_note" in kpis:
        marked = kpis["break_note"].notna().to_numpy()
        np.maximum.at(last, group[marked], years[marked])
    return last


def _figures(table: pd.DataFrame, name: str) -> Any:
    if name not in table:
        return np.full(len(table), np.nan)
    return table[name].to_numpy(dtype="float64", na_value=np.nan)


def _ends_a_run(keys: Any) -> Any:
    """Whether each row is the last of those that follow each other with one key."""
    if not len(keys):
        return np.array([], dtype=bool)
    keys = keys.reshape(len(keys), -1)
    return np.append((keys[1:] != keys[:-1]).any(axis=1), True)


def _describe(
    kpis: pd.DataFrame, figures: dict[str, Any], group: Any, table: Any, observed: Any
) -> pd.DataFrame:
    """The facts of each KPI, in order of first appearance; the last row printed counts.

    `group` numbers the KPIs; `table` and `observed` are rows in order of KPI and year.
    """
    groups = np.arange(group.max(initial=-1) + 1)
    last = table[_ends_a_run(group[table])]
    names = {
        name: kpis[name].iloc[last].array if name in kpis else np.nan
        for name in ("kpi", "unit", "direction", "aggregation")
    }
    aims = table[
        ~np.isnan(figures["final_target"][table]) | ~np.isnan(figures["final_year"][table])
    ]
    aims = aims[_ends_a_run(group[aims])]
    starts = np.searchsorted(group[observed], groups)
    ends = np.searchsorted(group[observed], groups, side="right") - 1
    number = ends - starts + 1
    firsts, lasts = (observed[rows[number > 0]] for rows in (starts, ends))

    def of_each(name: str, rows: Any) -> Any:
        values = np.full(len(groups), np.nan)
        values[group[rows]] = figures[name][rows]
        return values

    def count(rows: Any) -> Any:
        return np.bincount(group[rows], minlength=len(groups))

    status = kpis["actual_status"].to_numpy()[observed]
    first_year, last_year = of_each("year", firsts), of_each("year", lasts)
    years = {"first_year": first_year, "last_year": last_year}
    years["final_year"] = of_each("final_year", aims)
    return pd.DataFrame(
        {
            **names,
            "final_target": of_each("final_target", aims),
            "years": count(table[~np.isnan(figures["fiscal_year"][table])]),
            "observed": number,
            "missing_years": np.where(number > 0, last_year - first_year + 1 - number, 0),
            "first_actual": of_each("actual", firsts),
            "last_actual": of_each("actual", lasts),
            "estimated": count(observed[status == "estimated"]),
            "preliminary": count(observed[status == "preliminary"]),
            "_units": _count_units(kpis, group, len(groups)),
            **{name: pd.array(year, dtype="Int64") for name, year in years.items()},
        },
        index=groups,
    ).astype({"missing_years": "int64"})


def _count_units(kpis: pd.DataFrame, group: Any, groups: int) -> Any:
    """How many units each KPI is printed in."""
    if "unit" not in kpis:
        return np.zeros(groups)
    pairs = {(n, u) for n, u in zip(group, kpis["unit"].tolist(), strict=True) if pd.notna(u)}
    return np.bincount([n for n, _ in pairs], minlength=groups) if pairs else np.zeros(groups)


def _fit_all(figures: dict[str, Any], group: Any, observed: Any, due: Any) -> pd.DataFrame:
    """The lines of the KPIs with enough years; a rank statistic has no vectorized form."""
    columns = [*SLOPES, *FORECASTS, "_error", "_scatters"]
    fitted = np.full((len(due), len(columns)), np.nan)
    starts = np.searchsorted(group[observed], np.arange(len(due) + 1))
    for n in np.flatnonzero(np.diff(starts) >= YEARS_FOR_A_SLOPE):
        rows = observed[starts[n] : starts[n + 1]]
        fitted[n] = _fit(figures["year"][rows], figures["actual"][rows], due[n])
    return pd.DataFrame(fitted, columns=columns)


def _fit(years: Any, values: Any, final_year: float) -> list[float]:
    from scipy import stats  # takes a second to import, and most reports hold one year

    slope, _, low, high = stats.theilslopes(values, years, alpha=CONFIDENCE)
    n = len(years)
    confidence = CONFIDENCE_OF_RANGE.get(n, CONFIDENCE)
    line = stats.linregress(years, values)
    residuals = values - line.intercept - line.slope * years
    scatter = float(np.sqrt((residuals**2).sum() / (n - 2)))
    spread = ((years - years.mean()) ** 2).sum()
    error = scatter * np.sqrt(1 + 1 / n + (final_year - years.mean()) ** 2 / spread)
    forecast = line.intercept + line.slope * final_year
    reach = special.stdtrit(n - 2, (1 + CONFIDENCE) / 2) * error
    scatters = scatter > NO_SCATTER * max(1.0, float(np.abs(values).max()))
    return [
        *(slope, low, high, confidence),
        *(forecast, forecast - reach, forecast + reach),
        *(error, float(scatters)),
    ]


def _with_notes(trends: pd.DataFrame) -> pd.DataFrame:
    """Keep what the years allow, and say why the rest is missing."""
    few = [
        (trends["_units"] > 1, "unit_changes"),
        (trends["observed"] == 0, "no_actual"),
        (trends["observed"] < YEARS_FOR_A_SLOPE, "too_few_years"),
    ]
    cut = (trends["_cut"], "series_break")
    estimated = (trends["estimated"] > 0, "actual_estimated")
    no_forecast = _why_no_forecast(trends)
    sign = trends["direction"].map(SIGN_OF_DIRECTION).astype("float64")
    no_chance = [
        *no_forecast,
        (trends["final_target"].isna(), "no_final_target"),
        (trends["direction"] == "keep_within", "keep_target"),
        (sign.isna(), "direction_unknown"),
    ]
    remarks = [
        (_is_far_ahead(trends), "far_ahead"),
        cut,
        estimated,
        (trends["aggregation"] == "unknown", "aggregation_unknown"),
    ]
    distance = sign * (trends["forecast"] - trends["final_target"])
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = special.stdtr(trends["observed"] - 2, distance / trends["_error"])
    trends["chance"] = np.asarray(chance, dtype="float64")
    for names, reasons, mind in (
        (SLOPES, few, [cut, estimated]),
        (FORECASTS, no_forecast, remarks),
        (("chance",), no_chance, remarks),
    ):
        missing = first_code(reasons) != 0
        for name in names:
            trends[name] = np.where(missing, np.nan, trends[name])
        note = f"{names[0].removesuffix('_per_year')}_note"
        trends[note] = first_word([*reasons, *mind], trends.index)
    return trends[[*FACTS, *SLOPES, "slope_note", *FORECASTS, "forecast_note", *CHANCE]]


FACTS = (
    *(*KPI, "kpi", "unit", "direction", "aggregation", "final_target", "final_year"),
    *("years", "observed", "missing_years", "first_year", "last_year"),
    *("first_actual", "last_actual", "estimated", "preliminary", "break_year"),
)


CHANCE = ("chance", "chance_note")


def _why_no_forecast(trends: pd.DataFrame) -> Reasons:
    passed = (trends["final_year"] <= trends["last_year"]).fillna(False)
    return [
        (trends["_units"] > 1, "unit_changes"),
        (trends["observed"] == 0, "no_actual"),
        (trends["observed"] < YEARS_FOR_A_FORECAST, "too_few_years"),
        (trends["direction"] == "milestone", "milestone"),
        (trends["aggregation"] == "cumulative", "cumulative_actual"),
        (trends["aggregation"] == "increment", "increment_actual"),
        (trends["final_year"].isna(), "no_final_year"),
        (passed, "final_year_passed"),
        (trends["_scatters"] == 0, "no_scatter"),
        (
            trends["unit"].isin(PERCENT_UNITS) & ~trends["forecast"].between(0, PERCENT),
            "leaves_range",
        ),
    ]


def _is_far_ahead(trends: pd.DataFrame) -> pd.Series:
    ahead = trends["final_year"] - trends["last_year"]
    return (ahead > trends["last_year"] - trends["first_year"]).fillna(False)
