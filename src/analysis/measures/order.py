"""How often one program comes before another, over everything about the order that is not known.

Everything random starts from a given seed and from sorted rows, so that the same data give
the same shares in whatever order they come.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.dataset.fields import name_field
from analysis.errors import DataError
from analysis.measures.comparison import has_only_repeats, has_only_span, is_nothing_known
from analysis.measures.cost_basis import WHOLE_COST
from analysis.measures.cost_progress import is_full
from analysis.measures.keys import PROGRAM, PROGRAM_YEAR
from analysis.measures.kpis import is_not_due, is_part_year
from analysis.measures.needs import ONE_KPI_YEAR, ONE_PROGRAM_YEAR, check_table
from analysis.measures.notes import NOTE, Reasons, first_word
from analysis.measures.repeats import leave_out_repeats
from analysis.measures.uncertainty import SEED

DRAWS = 10_000
MOST_PAIRED_WITH_ALL = 12  # programs
RELATIVE_ERROR = 0.05
NEARLY_ALWAYS = 0.95
SHARES = (
    *("share_low", "share_high"),
    *("share_by_ratio_low", "share_by_ratio_high"),
    *("share_by_progress_low", "share_by_progress_high"),
)
ORDERS = pd.CategoricalDtype(["first", "second", "by_formula", "by_unknown", "open"])


def simulate_order(
    programs: pd.DataFrame,
    kpis: pd.DataFrame,
    draws: int = DRAWS,
    error: float = RELATIVE_ERROR,
    seed: int = SEED,
) -> pd.DataFrame:
    """How often one program comes before another in progress per yen, over what is not known.

    Each draw scores every program by its progress per yen: the mean of the capped rates of
    its KPIs, weighted with the share of the cost each is given, over the program's cost (the
    inverse of yen per full target; a program without any progress comes last). What is drawn:

    shares
        the shares of the cost among a program's KPIs, every division equally likely
        (Dirichlet with all parameters 1), independently for each program.
    actuals
        estimated actuals, off by up to `error` of themselves either way (uniform).
    formula
        achievement_rate or progress_rate, each in half the draws and the same for all
        programs; a KPI that has only one of them keeps it, and the plain ratio of a KPI that
        should fall is never used, nor is the rate of one whose target is not due yet (it
        has none). Rates are held between 0 and 1.

    Parameters
    ----------
    programs
        The table of `compare_programs`, of one fiscal year.
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`; those that
        repeat another one's fact (`find_repeats`) are left out.
    draws, error, seed
        The number of draws, the relative error of an estimated actual (assumed, not
        published: 0.05 is 5 %), where the random numbers start.

    Returns
    -------
    One row per pair of programs in the order of `programs`, with the keys and names of both
    (`first_program`, `second_program`, ...), `share_low` and `share_high`, and `order_note`. Of
    more than twelve programs only those are paired that are neighbours by progress per yen in
    one `field` (`name_field`; missing where all are paired): they decide the order.
    A share is that of the draws in which the first comes before the second, a tie as half.
    KPIs without any usable rate make it a range: in `share_low` they count 0 for the first
    and 1 for the second, in `share_high` the other way round. Missing where the cost or the
    KPIs of one of the two are (no_cost, several_years, planned_amount, nature_not_stated,
    zero_cost, no_kpi, only_repeats: they repeat those of other programs, not_due,
    nothing_known: no KPI has a rate) or where only one of the costs holds personnel
    (other_nature). `share_by_ratio_low` (and `_high`) and `share_by_progress_low`
    (and `_high`) are the shares of the draws with achievement_rate and with progress_rate.

    `order` says what follows: first or second (that one comes first in 95 % of the draws or
    more, whatever the unknown KPIs are), by_formula (it is not so, and the formulas differ in
    what they say), by_unknown (unknown KPIs can turn it round), open (the shares of the cost
    or an estimate decide); `order_by_ratio` and `order_by_progress` the same of one formula:
    first, second or open. `depends_on_formula` is yes or no. All are missing with the shares.

    `order_full` is what follows by the cost with personnel (`full_cost_yen`), and
    `changes_with_personnel` yes or no; both are missing where it is not known of both programs.

    `draws`, `error`, `seed`, `estimated` (the number of estimated actuals among the two),
    `unknown` (that of KPIs without a rate) and `both_rates` (that of KPIs with either of the
    two) name the assumptions of each row.

    This is an order of reported progress towards targets the programs set themselves, not of
    what they brought about.

    Raises
    ------
    DataError
        When there are several fiscal years, a program twice, or `draws` or `error` is not
        sensible.

    Examples
    --------
    つくば市 H30: the job fair (3,780,000 yen) fell below its baseline, but reached 74 % of its
    target; the hub (8,640,000 yen) reached every target. 0 or 0.74 / 3.78 against 1 / 8.64.

    >>> from analysis import add_achievement, compare_programs, load
    >>> data = load("data", "082201", 2018)
    >>> kpis = add_achievement(data.kpis)
    >>> table = compare_programs(data.program_years, data.programs, kpis, data.budgets)
    >>> both = table[table["program_id"].isin(["job_fair", "local_hub_cocreation"])]
    >>> simulate_order(both, kpis)[["share_low", "share_high"]].round(1).values.tolist()
    [[0.5, 0.5]]
    """
    check_table(programs, "programs", f"{ONE_PROGRAM_YEAR} program cost_yen cost_basis")
    check_table(kpis, "kpis", f"{ONE_KPI_YEAR} achievement_rate progress_rate")
    _check_request(programs, draws, error)
    index = pd.MultiIndex.from_frame(programs[PROGRAM_YEAR])
    kpis = leave_out_repeats(kpis)
    rows = kpis.assign(at=index.get_indexer(pd.MultiIndex.from_frame(kpis[PROGRAM_YEAR])))
    rows = rows[rows["at"] >= 0].sort_values([*PROGRAM_YEAR, "kpi_id"], kind="stable")
    settings = (draws, error, seed)
    if len(programs) <= MOST_PAIRED_WITH_ALL:
        pairs = np.array(list(combinations(range(len(programs)), 2)), dtype=int).reshape(-1, 2).T
        return _simulate(programs, rows, pairs, *settings).assign(field=None)
    check_table(programs, "programs", "mean_capped_low mean_capped_high")
    at, nothing = rows["at"].to_numpy(), np.empty((2, 0), dtype=int)
    tables = [_simulate(programs[:0], rows[:0], nothing, *settings).assign(field="")]
    for field, chain, is_known in _chain_programs(programs):
        place = np.full(len(programs), -1)
        place[chain] = range(len(chain))
        some = rows[np.isin(at, chain)]
        neighbours = np.array([range(len(chain) - 1), range(1, len(chain))])
        found = _simulate(
            programs.iloc[chain],
            some.assign(at=place[some["at"]]),
            neighbours,
            *(draws if is_known else 1, error, seed),
        )
        tables.append(found.assign(field=field))
    return pd.concat(tables, ignore_index=True)


def _chain_programs(programs: pd.DataFrame) -> Iterator[tuple[str, Any, bool]]:
    """Chain the programs of each field by progress per yen; in pieces that share their ends.

    Those with and without personnel in their cost are apart, for they are not compared. Also
    told is whether of any two in a piece that progress is known.
    """
    ends = [programs[f"mean_capped_{end}"].astype("float64") for end in ("low", "high")]
    cost = programs["cost_yen"].astype("float64")
    score = (ends[0] + ends[1]) / 2 / cost.where(cost > 0).where(~is_nothing_known(programs))
    places = pd.Series(np.argsort(-score.to_numpy(), kind="stable"))  # what has none comes last
    told_apart = [programs["government_code"], name_field(programs), is_full(programs)]
    by = [column.iloc[places].to_numpy() for column in told_apart]
    for (_, field, _), chain in places.groupby(by, sort=False):
        for start in range(0, len(chain) - 1, MOST_PAIRED_WITH_ALL - 1):
            piece = chain.to_numpy()[start : start + MOST_PAIRED_WITH_ALL]
            yield field, piece, int(score.notna().to_numpy()[piece].sum()) > 1


def _simulate(
    programs: pd.DataFrame, rows: pd.DataFrame, pairs: Any, draws: int, error: float, seed: int
) -> pd.DataFrame:
    """The table of `simulate_order` for some pairs; `at` of a row of `rows` is its program."""
    one, two = pairs
    cost = programs["cost_yen"].astype("float64").to_numpy()
    drawn = _draw_scores(rows, cost, draws, error, seed)
    why, full = _why_absent(programs, rows, drawn.unknown), is_full(programs).to_numpy()
    unlike = np.where(full[one] != full[two], "other_nature", "")
    notes = np.select([why[one] != "", why[two] != ""], [why[one], why[two]], unlike)
    shares = _share_pairs(drawn, one, two, notes == "")
    estimated = np.bincount(rows["at"], rows["actual_status"] == "estimated", len(programs))
    names = programs[[*PROGRAM, "program"]]
    first = names.iloc[one].add_prefix("first_").reset_index(drop=True)
    second = names.iloc[two].add_prefix("second_").reset_index(drop=True)
    return first.join(second).assign(
        **dict(zip(SHARES, shares.T, strict=True)),
        **_conclude(shares),
        **_conclude_in_full(programs, drawn, one, two, shares),
        order_note=pd.Series(notes, dtype="str").astype(NOTE),
        estimated=(estimated[one] + estimated[two]).astype(int),
        unknown=drawn.unknown[one] + drawn.unknown[two],
        both_rates=drawn.both_rates[one] + drawn.both_rates[two],
        draws=draws,
        error=error,
        seed=seed,
    )


def _why_absent(programs: pd.DataFrame, rows: pd.DataFrame, unknown: Any) -> Any:
    """Why a program cannot be put in order, or an empty text."""
    kpis = np.bincount(rows["at"], minlength=len(programs))
    not_due = np.bincount(rows["at"], _is_early(rows), minlength=len(programs))
    basis, cost = programs["cost_basis"], programs["cost_yen"].astype("float64")
    reasons: Reasons = [
        (has_only_span(programs), "several_years"),
        (cost.isna(), "no_cost"),
        (basis == "planned", "planned_amount"),
        (~basis.isin(WHOLE_COST), "nature_not_stated"),
        (cost <= 0, "zero_cost"),
        (has_only_repeats(programs), "only_repeats"),
        (kpis == 0, "no_kpi"),
        (kpis == not_due, "not_due"),
        (kpis == unknown, "nothing_known"),
    ]
    return first_word(reasons, programs.index).astype("str").to_numpy()


def _is_early(rows: pd.DataFrame) -> Any:
    """Whether nothing is due of a KPI yet, or its actual is of part of the year.

    What nobody expected yet is no rate of 0 %, nor a target of 0 that was met.
    """
    early = is_not_due(rows) | is_part_year(rows) | (rows["reached_note"] == "not_due")
    return early.to_numpy(dtype=bool)


def _check_request(programs: pd.DataFrame, draws: int, error: float) -> None:
    years = programs["fiscal_year"].unique()
    if len(years) > 1:
        found = ", ".join(str(year) for year in years)
        raise DataError(
            f"programs of one fiscal year can be put in order; found {found}. Choose one year."
        )
    if programs.duplicated(PROGRAM_YEAR).any():
        twice = programs.loc[programs.duplicated(PROGRAM_YEAR), "program_id"].iloc[0]
        raise DataError(f"program_id {twice} stands twice in programs; keep one row of each")
    if draws < 1 or not 0 <= error < 1:
        raise DataError(
            f"draws {draws} and error {error}: expected at least 1 draw and an error from 0 to "
            "below 1, such as 0.05 for 5 %"
        )


class _Drawn(NamedTuple):
    """Progress per yen, one row a draw and one column a program.

    `low` takes unknown KPIs as 0, `high` as 1; `unknown` is how many a program has,
    `both_rates` how many have either rate, and `by_progress` which draws use progress_rate.
    """

    low: Any
    high: Any
    by_progress: Any
    unknown: Any
    both_rates: Any


def _draw_scores(rows: pd.DataFrame, cost: Any, draws: int, error: float, seed: int) -> _Drawn:
    random = np.random.default_rng(seed)
    portions = random.standard_exponential((draws, len(rows)))  # scaled: a Dirichlet draw
    off = random.uniform(-error, error, (draws, len(rows)))
    by_progress = random.random((draws, 1)) < 0.5
    actual = rows["actual"].to_numpy("float64", na_value=np.nan)
    change = off * np.where(rows["actual_status"] == "estimated", actual, 0)
    ratio, progress = _shift(rows, change)
    has_both = ~np.isnan(ratio).all(axis=0) & ~np.isnan(progress).all(axis=0)
    rate = np.where(by_progress, progress, ratio)
    rate = np.where(np.isnan(rate), np.where(by_progress, ratio, progress), rate)
    member = rows["at"].to_numpy()[:, None] == np.arange(len(cost))
    worth = np.where(cost > 0, cost, np.nan) * (portions @ member)
    worth = np.where(worth > 0, worth, np.nan)
    unknown = np.isnan(rate).all(axis=0).astype(int) @ member
    scores = [
        (portions * np.where(np.isnan(rate), end, rate.clip(0, 1))) @ member / worth
        for end in (0, 1)
    ]
    both = has_both.astype(int) @ member
    return _Drawn(scores[0], scores[1], by_progress[:, 0], unknown, both)


def _shift(rows: pd.DataFrame, change: Any) -> tuple[Any, Any]:
    """Both rates as they would be if each actual were off by `change`."""
    names = ["achievement_rate", "progress_rate", "target", "baseline"]
    ratio, progress, target, baseline = (rows[name].to_numpy("float64") for name in names)
    if "final_target" in rows:  # by which progress measures where it is the only target
        target = np.where(np.isnan(target), rows["final_target"].to_numpy("float64"), target)
    early = _is_early(rows)
    usable = rows["achievement_rate_note"].astype("str").to_numpy() != "reads_reversed"
    usable, progress = usable & ~early, np.where(early, np.nan, progress)
    with np.errstate(divide="ignore", invalid="ignore"):
        of_target, of_way = 1 / target, 1 / (target - baseline)
    shifted = np.where(usable, ratio, np.nan) + change * np.where(
        np.isfinite(of_target), of_target, 0
    )
    return shifted, progress + change * np.where(np.isfinite(of_way), of_way, 0)


def _share_pairs(drawn: _Drawn, one: Any, two: Any, compared: Any) -> Any:
    """The SHARES of each pair; missing for those that are not compared."""
    shares = np.full((len(one), len(SHARES)), np.nan)
    for n in np.flatnonzero(compared):
        shares[n] = _share(drawn, one[n], two[n])
    return shares


def _conclude_in_full(
    programs: pd.DataFrame, drawn: _Drawn, one: Any, two: Any, shares: Any
) -> dict[str, Any]:
    """The order of each pair by the cost with personnel, and whether it is another one."""
    missing = pd.Series(pd.NA, index=programs.index, dtype="Int64")
    cost, full = (
        column.to_numpy("float64", na_value=np.nan)
        for column in (programs["cost_yen"], programs.get("full_cost_yen", missing))
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        times = np.where(full > 0, cost / full, np.nan)
    known = ~np.isnan(shares[:, 0]) & ~np.isnan(times[one]) & ~np.isnan(times[two])
    in_full = drawn._replace(low=drawn.low * times, high=drawn.high * times)
    by_full = _conclude(_share_pairs(in_full, one, two, known))["order"]
    differ = np.asarray(by_full) != np.asarray(_conclude(shares)["order"])
    changes = pd.Series(np.where(differ, "yes", "no"), dtype="str").where(known)
    return {"order_full": by_full, "changes_with_personnel": changes}


def _share(drawn: _Drawn, a: int, b: int) -> list[float]:
    """In what share of all draws, and of those with each formula, a comes before b; see SHARES."""
    low, high = (
        _is_before(mine[:, a], theirs[:, b])
        for mine, theirs in ((drawn.low, drawn.high), (drawn.high, drawn.low))
    )
    which = (np.full(len(low), True), ~drawn.by_progress, drawn.by_progress)
    return [
        float(before[of].mean()) if of.any() else np.nan for of in which for before in (low, high)
    ]


def _is_before(mine: Any, theirs: Any) -> Any:
    """1 where mine is more, 0.5 where both are the same but for the computer's last digits."""
    same = np.abs(mine - theirs) <= 1e-9 * np.abs(theirs)
    return np.where(same, 0.5, mine > theirs)


def _conclude(shares: Any) -> dict[str, Any]:
    """What the shares of each pair say of its order, over all draws and by each formula."""
    whole, by_ratio, by_progress = (
        np.select(
            [shares[:, n] >= NEARLY_ALWAYS, shares[:, n + 1] <= 1 - NEARLY_ALWAYS],
            ["first", "second"],
            "open",
        )
        for n in (0, 2, 4)
    )
    apart = np.abs(shares[:, 2:4].sum(axis=1) - shares[:, 4:6].sum(axis=1)) / 2
    differ = (by_ratio != by_progress) & (apart > 1 - NEARLY_ALWAYS)  # not by the draws alone
    unsure = (shares[:, 0] < 0.5) & (shares[:, 1] > 0.5)
    known = ~np.isnan(shares[:, 0])
    found = np.select(
        [whole != "open", differ, unsure], [whole, "by_formula", "by_unknown"], "open"
    )
    said = {"order": found, "order_by_ratio": by_ratio, "order_by_progress": by_progress}
    added: dict[str, Any] = {
        name: pd.Categorical(pd.Series(words).where(known), dtype=ORDERS)
        for name, words in said.items()
    }
    depends = np.where(found == "by_formula", "yes", "no")
    return added | {"depends_on_formula": pd.Series(depends, dtype="str").where(known)}
