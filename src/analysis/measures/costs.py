"""What a result cost: one budget over its KPIs, and a unit cost only where one means something.

A KPI's level is not what the money caused, so nothing here is an effect. One budget often
stands behind several KPIs and no published rule shares it out; every figure therefore comes
as a range over the ways of sharing it, up to the full cost.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.dataset.values import YEN_PER_UNIT
from analysis.errors import DataError
from analysis.measures.achievement import is_part_year
from analysis.measures.breakdowns import keep_wholes
from analysis.measures.keys import Rows, find_rows, is_among, number_groups, take
from analysis.measures.needs import AMOUNTS, PROGRAM_YEAR, check_table
from analysis.measures.words import Reasons, first_code, first_word, words_of

KEYS = ["government_code", "program_id", "fiscal_year"]
ALLOCATIONS = ("full", "equal", "weights", "program")
PARTS_OF_TOTAL = {
    "initial": 1,
    "supplementary": 1,
    "carried_in": 1,
    "carried_out": -1,
    "reserve": 1,
}
BASES = ("settled", "total", "parts", "planned", "reported")
NUMBER_OF_BASIS = {basis: n for n, basis in enumerate(BASES)} | dict.fromkeys(
    PARTS_OF_TOTAL, BASES.index("parts")
)
SCOPES = ("plain", "full", "personnel")
PLAIN, FULL, PERSONNEL = range(len(SCOPES))
WHOLE_COST = ("settled", "total", "parts")
COUNT_UNITS = frozenset(
    [
        *("件", "回", "人", "名", "社", "者", "組", "台", "店", "戸", "棟", "室", "校", "品", "枚"),
        *("部", "冊", "隻", "頭", "本", "泊", "日", "時間", "団体", "世帯", "箇所", "か所", "カ所"),
        *("ヶ所", "区画", "事業所", "企業", "講座", "商品", "品目", "人泊", "人日", "人回", "事業"),
        *("延べ人", "施設", "拠点", "地区", "市街地", "プロジェクト"),
    ]
)
COUNTED_KINDS = ("activity", "outcome")
FALLING = ("down", "keep_below")
RISING = ("up", "keep_above", "keep_within", "milestone")


def find_cost_basis(budgets: pd.DataFrame) -> pd.DataFrame:
    """Find what each program cost in each fiscal year, on what basis, and what it holds.

    Parameters
    ----------
    budgets
        One row per amount, with `kind` and `amount_yen` (integer yen, negative where printed
        so), and where known `nature` (direct 事業費, personnel 人件費, full トータルコスト),
        `item` and `last_year`. Amounts of several years (`last_year` is filled), of a whole
        plan, of a source of money (財源) and the national share of it are no cost of a year
        and never added.

    Returns
    -------
    One row per `government_code`, `program_id` and `fiscal_year`, with `cost_yen` and
    `cost_basis`, the first of these that is published:

    settled
        決算額, the money spent.
    total
        予算現額 or 総予算額: a budget, flagged as such wherever it is shown.
    parts
        a budget as the sum initial + supplementary + carried in - carried out + reserve;
        only where an initial budget is published.
    planned
        an amount planned.
    reported
        the sum of amounts whose nature the source does not state; it need not be the whole
        cost, so no unit cost is made from it.

    The cost is the money without personnel, so that governments that print 人件費 stay
    comparable with those that do not; only where nothing but a full amount is printed it is
    that. `cost_natures` says what it holds: "direct", "full", or "" where that is not stated,
    and `cost_kinds` which kinds of amount: the basis, or of parts those that are printed
    ("initial", "initial supplementary").

    `personnel_yen` is the personnel (人件費) of the same basis, else that of kind `reported`
    printed beside the cost. `full_cost_yen` is the cost with personnel, and
    `full_cost_natures` what it holds: a printed full amount ("full"), else the cost and the
    personnel ("direct personnel", or "personnel" where the rest is of a stated item). It is
    missing where no personnel is printed, and where an amount without an item and a nature may
    hold it. `full_cost_note` is personnel_reckoned where the personnel in it is of kind
    `reported` beside a cost of another: spent or budgeted, that is not said.

    A basis of which one amount is still pending or unpublished is not complete and is passed
    over. A program without any has no row: an unknown cost is not zero.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    Source: docs/methods.md, cost.

    Examples
    --------
    >>> budgets = pd.DataFrame({"government_code": "072036", "program_id": "hall",
    ...     "fiscal_year": 2018, "kind": "settled", "item": ["事業費", "人件費", "総事業費"],
    ...     "nature": ["direct", "personnel", "full"], "amount_yen": [90, 10, 100]})
    >>> find_cost_basis(budgets)[["cost_yen", "cost_natures", "full_cost_yen"]].values.tolist()
    [[90, 'direct', 100]]
    """
    check_table(budgets, "budgets", AMOUNTS)
    amounts = keep_yearly(budgets)
    sums = _sum_bases(amounts)
    plain, full = sums.complete[:, :, PLAIN], sums.complete[:, :, FULL]
    either = np.stack([plain, full], axis=2).reshape(len(plain), 2 * len(BASES))  # plain first
    found = np.flatnonzero(either.any(axis=1))
    basis, only_full = np.divmod(either[found].argmax(axis=1), 2)
    scope = np.where(only_full, FULL, PLAIN)
    order = np.argsort(sums.row[found, basis, scope])
    found, basis, scope = found[order], basis[order], scope[order]
    is_full, is_direct = scope == FULL, sums.is_direct[found, basis]
    cost = sums.yen[found, basis, scope]
    return (
        amounts[KEYS]
        .iloc[sums.first[found]]
        .reset_index(drop=True)
        .assign(
            cost_yen=pd.array(cost, dtype="Int64"),
            cost_basis=pd.array([BASES[n] for n in basis], dtype="str"),
            cost_natures=pd.array(
                np.select([is_full, is_direct], ["full", "direct"], ""), dtype="str"
            ),
            cost_kinds=pd.array(_name_kinds(sums.parts[found, :, scope], basis), dtype="str"),
            **_add_personnel(sums, found, basis),
        )
    )


def _name_kinds(parts: Any, basis: Any) -> list[str]:
    """The kinds of amount in each cost: its basis, or the printed ones of PARTS_OF_TOTAL."""
    is_parts = basis == BASES.index("parts")
    return [
        " ".join(kind for kind, is_there in zip(PARTS_OF_TOTAL, row, strict=True) if is_there)
        if in_parts
        else BASES[n]
        for row, in_parts, n in zip(parts, is_parts, basis, strict=True)
    ]


def _add_personnel(sums: "_Sums", found: Rows, basis: Any) -> dict[str, Any]:
    """The personnel of each cost and the cost with it, as `find_cost_basis` describes them."""
    has_full, own = (sums.complete[found, basis, scope] for scope in (FULL, PERSONNEL))
    reported = BASES.index("reported")
    beside = ~own & sums.complete[found, reported, PERSONNEL]
    personnel = sums.yen[found, np.where(own, basis, reported), PERSONNEL]
    summed = ~has_full & (own | beside) & ~sums.may_hold_all[found, basis]
    whole = np.where(
        has_full, sums.yen[found, basis, FULL], sums.yen[found, basis, PLAIN] + personnel
    )
    is_direct = sums.is_direct[found, basis]
    words = np.select([has_full, is_direct], ["full", "direct personnel"], "personnel")
    natures = pd.array(words, dtype="str")
    natures[~has_full & ~summed] = None
    reckoned = [(summed & beside, "personnel_reckoned")]
    return {
        "personnel_yen": pd.arrays.IntegerArray(personnel, ~(own | beside)),
        "full_cost_yen": pd.arrays.IntegerArray(whole, ~has_full & ~summed),
        "full_cost_natures": natures,
        "full_cost_note": first_word(reckoned, pd.RangeIndex(len(found))),
    }


def keep_yearly(budgets: pd.DataFrame) -> pd.DataFrame:
    """Keep the amounts of one fiscal year, each once.

    One for several years (`last_year`) is no year's; of a whole and its parts one counts
    (`keep_wholes`).
    """
    yearly = budgets[budgets["last_year"].isna()] if "last_year" in budgets else budgets
    return keep_wholes(yearly)


def find_span_costs(budgets: pd.DataFrame) -> pd.DataFrame:
    """Find what is printed of a program for several years together, and for no year alone.

    Parameters
    ----------
    budgets
        As for `find_cost_basis`; amounts with `last_year` are looked at here.

    Returns
    -------
    The columns of `find_cost_basis` with `first_year` and `last_year`, one row per program and
    each `fiscal_year` in between that has no cost of its own: the shortest span. `cost_yen` is
    that of all its years, never the cost of one of them.

    Examples
    --------
    >>> budgets = pd.DataFrame({"government_code": "072036", "program_id": "hall",
    ...     "fiscal_year": [2019], "last_year": [2021], "kind": "settled", "amount_yen": [12]})
    >>> find_span_costs(budgets)[["fiscal_year", "last_year", "cost_yen"]].values.tolist()
    [[2019, 2021, 12], [2020, 2021, 12], [2021, 2021, 12]]
    """
    if "last_year" not in budgets or budgets["last_year"].isna().all():
        years = dict.fromkeys(["first_year", "last_year"], pd.array([], dtype="Int64"))
        return find_cost_basis(budgets.iloc[:0]).assign(**years)
    yearly = find_cost_basis(budgets)
    spans = [
        find_cost_basis(rows.drop(columns="last_year")).assign(last_year=last)
        for last, rows in budgets.groupby("last_year")
    ]
    found = list_years_of_spans(pd.concat(spans, ignore_index=True))
    found = found.assign(length=found["last_year"] - found["first_year"])
    found = found.sort_values("length", kind="stable").drop(columns="length").drop_duplicates(KEYS)
    found = found.sort_values(KEYS, kind="stable")
    return found[find_rows(found, yearly, KEYS) < 0].reset_index(drop=True)


def list_years_of_spans(spans: pd.DataFrame) -> pd.DataFrame:
    """Repeat each row for every fiscal year up to its `last_year`; `first_year` is its own."""
    first = spans["fiscal_year"].astype("int64").to_numpy()
    years = np.maximum(spans["last_year"].astype("int64").to_numpy() - first + 1, 1)
    repeated = spans.loc[spans.index.repeat(years)].reset_index(drop=True)
    nth = np.arange(len(repeated)) - np.repeat(np.cumsum(years) - years, years)
    return repeated.assign(
        fiscal_year=(repeated["fiscal_year"] + nth).astype(spans["fiscal_year"].dtype),
        first_year=np.repeat(first, years),
    )


def find_scope(budgets: pd.DataFrame) -> Any:
    """What each amount is of: PLAIN (direct, or not stated), FULL or PERSONNEL."""
    if "nature" not in budgets:
        return np.zeros(len(budgets), dtype=np.intp)
    scopes = {"full": FULL, "personnel": PERSONNEL}
    return np.array([scopes.get(word, PLAIN) for word in budgets["nature"].tolist()], dtype=np.intp)


class _Sums(NamedTuple):
    """Amounts added: a place for each program's year, basis and scope.

    `first` is the first row of each program's year, `row` that of each place. `is_direct` and
    `may_hold_all` are of the plain amounts of a basis: whether all are direct, and whether one
    has neither nature nor item, so that it may hold personnel. `parts` says which kinds of
    PARTS_OF_TOTAL are there, for each program's year and scope.
    """

    first: Rows
    yen: Any
    row: Any
    complete: Any
    is_direct: Any
    may_hold_all: Any
    parts: Any


def _sum_bases(amounts: pd.DataFrame) -> _Sums:
    group, first = number_groups(amounts, KEYS)
    number = np.array([NUMBER_OF_BASIS.get(kind, -1) for kind in amounts["kind"]], dtype=np.intp)
    scope = find_scope(amounts)
    of_scope = group * len(SCOPES) + scope
    is_part = number == BASES.index("parts")
    begun = np.isin(of_scope, of_scope[(amounts["kind"] == "initial").to_numpy()])
    used = np.flatnonzero((number >= 0) & (~is_part | begun))
    place = (group[used], number[used], scope[used])
    sign = [PARTS_OF_TOTAL.get(kind, 1) for kind in amounts["kind"].iloc[used]]
    yen = amounts["amount_yen"].astype("Int64").iloc[used]
    sums = np.zeros((len(first), len(BASES), len(SCOPES)), dtype="int64")
    np.add.at(sums, place, yen.to_numpy(dtype="int64", na_value=0) * sign)
    row = np.full(sums.shape, len(amounts))  # the first row of each place; none: behind all rows
    np.minimum.at(row, place, used)
    complete = row < len(amounts)
    np.logical_and.at(complete, place, yen.notna().to_numpy())
    loose = is_part & ~begun & (scope == PLAIN)  # parts of which nobody says if they are full
    complete[group[loose], BASES.index("parts"), FULL] = False
    nature, item = (
        amounts.get(name, pd.Series("", index=amounts.index)).fillna("").iloc[used]
        for name in ("nature", "item")
    )
    direct, nothing = (nature == "direct").to_numpy(), (yen == 0).fillna(False).to_numpy()
    is_direct, any_direct = np.full(sums.shape, True), np.full(sums.shape, False)
    np.logical_and.at(is_direct, place, direct | nothing)  # an item of 0 yen changes nothing
    np.logical_or.at(any_direct, place, direct)
    is_direct &= any_direct
    may_hold_all = np.full(sums.shape, False)
    np.logical_or.at(may_hold_all, place, ((nature == "") & (item == "")).to_numpy())
    parts = np.full((len(first), len(PARTS_OF_TOTAL), len(SCOPES)), False)
    part = pd.Index([*PARTS_OF_TOTAL]).get_indexer(amounts["kind"])
    parts[group[is_part], part[is_part], scope[is_part]] = True
    return _Sums(
        first, sums, row, complete, is_direct[:, :, PLAIN], may_hold_all[:, :, PLAIN], parts
    )


def list_costs(budgets: pd.DataFrame) -> pd.DataFrame:
    """List every amount that could be called a program's cost of a year, one column each.

    Returns
    -------
    One row per program and fiscal year with `settled` (without personnel),
    `settled_with_personnel` (the sum of the two), `settled_full` (as printed) and the same of
    `total`, `parts`, `initial`, `planned` and `reported`, in yen; missing where an amount of it
    is. A budget of which only the initial amount is printed is `initial`, else it is `parts`.
    """
    amounts = keep_yearly(budgets)
    sums = _sum_bases(amounts)
    known = np.where(sums.complete, sums.yen, np.nan)
    several = sums.parts.any(axis=2).sum(axis=1) > 1
    by_basis: dict[str, Any] = {}
    for n, basis in enumerate(BASES):
        if basis == "parts":
            by_basis["parts"] = np.where(several[:, np.newaxis], known[:, n], np.nan)
            by_basis["initial"] = np.where(several[:, np.newaxis], np.nan, known[:, n])
        else:
            by_basis[basis] = known[:, n]
    columns: dict[str, Any] = {}
    for basis, yen in by_basis.items():
        columns[basis] = yen[:, PLAIN]
        columns[f"{basis}_with_personnel"] = yen[:, PLAIN] + yen[:, PERSONNEL]
        columns[f"{basis}_full"] = yen[:, FULL]
    return amounts[KEYS].iloc[sums.first].reset_index(drop=True).assign(**columns)


def sum_costs(costs: pd.DataFrame) -> pd.DataFrame:
    """Add up costs of one fiscal year, one basis and one nature, and no others.

    Parameters
    ----------
    costs
        One row per program and fiscal year with `fiscal_year`, `cost_yen`, `cost_basis` and
        `cost_natures`, and where known `cost_kinds`; those without a cost are not counted.

    Returns
    -------
    One row per `fiscal_year`, `cost_basis` and `cost_natures` in order of appearance, with the
    number of `programs`, the sum of `cost_yen`, and with `cost_kinds` all kinds that are in it.
    More than one row are amounts of unlike kinds or years, which have no sum.

    Raises
    ------
    DataError
        When a column it needs is not there, with the function that adds it.

    Examples
    --------
    >>> costs = pd.DataFrame({"fiscal_year": 2018, "cost_yen": [5, 7, 9],
    ...     "cost_basis": ["settled", "settled", "total"], "cost_natures": ""})
    >>> sum_costs(costs)[["cost_basis", "programs", "cost_yen"]].values.tolist()
    [['settled', 2, 12], ['total', 1, 9]]
    """
    check_table(costs, "costs", "fiscal_year cost_yen cost_basis cost_natures")
    known = costs[costs["cost_yen"].notna()]
    groups = known.groupby(["fiscal_year", "cost_basis", "cost_natures"], sort=False)
    sums = groups.agg(programs=("cost_yen", "size"), cost_yen=("cost_yen", "sum"))
    if "cost_kinds" in known:
        sums = sums.assign(cost_kinds=groups["cost_kinds"].agg(_join_kinds).astype("str"))
    return sums.reset_index().astype({"programs": "int64"})


def _join_kinds(kinds: pd.Series) -> str:
    return " ".join(dict.fromkeys(" ".join(kinds).split()))


def add_costs(kpis: pd.DataFrame, budgets: pd.DataFrame, allocation: str = "full") -> pd.DataFrame:
    """Add what each KPI's result cost (単位当たりコスト), as a range over the shares of a budget.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `kpi_kind`, `unit`, `aggregation`, `direction`,
        `baseline` and `actual`. Hold all KPIs of a program: the equal share divides by their
        number. A column `weight` (above 0) gives the shares for "weights"; those of one
        program and year are scaled to add up to 1, and where one is missing none is used.
    budgets
        One row per amount in yen.
    allocation
        Which share of the program's cost the main columns take:

        full
            each KPI bears the whole cost, an upper bound.
        equal
            the cost divided by the number of KPIs.
        weights
            the share given by `weight`; without it missing, with the note no_weight.
        program
            no share for one KPI: a cost only where the program has a single KPI, else
            missing with the note shared_cost. The whole is compared by `compare_programs`.

    Returns
    -------
    The same rows in the same order with

    cost_yen, cost_low_yen, cost_high_yen
        the share asked for, and the lowest and highest of equal, weights (where given) and
        full, in yen. The range is the same whatever the allocation.
    cost_basis, cost_natures, cost_note
        what the cost is and holds (see `find_cost_basis`); the note is no_cost, several_years (an
        amount for several years is all there is, `find_span_costs`), no_weight, shared_cost,
        nature_not_stated, with_personnel (nothing but a full amount is printed), budget_not_settled
        or nothing.
    unit_cost_yen (and low, high)
        cost / actual: yen per unit of result. A note says why it is missing (no_cost,
        several_years, planned_amount, nature_not_stated, zero_cost (0 or below: a reserve or a
        total may be negative), no_actual, part_year, planned_actual, societal_kpi, kind_unknown,
        money_kpi, not_a_count, cumulative_actual, level_kpi (subscribers of all years are no result
        of one), falling_kpi (a cost per remaining case means nothing), nothing_achieved, no_weight,
        shared_cost) or what to mind (actual_estimated, older_actual, aggregation_unknown).
    marginal_cost_yen (and low, high)
        cost / (actual - baseline): yen per unit gained, or per unit reduced where the KPI
        should fall. Missing also with no_baseline, increment_actual (a year's increase has
        no increase since a baseline) or no_gain; direction_unknown where it fell and may
        have been meant to, and as what to mind where it rose.
    gain_per_yen (and low, high)
        for a KPI in money: yen of it per yen spent. Its note is as that of the unit cost,
        with not_money for all other KPIs, and direction_unknown to mind.
    unit_cost_with_personnel_low_yen (and high), marginal_cost_with_personnel_low_yen (and high),
    gain_per_yen_with_personnel_low (and high), full_cost_note
        the same ends by the cost with personnel; missing where that is not known, and where
        the cost holds personnel already. The note is that of `find_cost_basis`.

    Nothing is ever infinite: a cost per zero results is undefined.

    Raises
    ------
    DataError
        When `allocation` is another word, "weights" are asked for without a column `weight`,
        or a weight is not above 0.

    Source: 行政事業レビュー, 単位当たりコスト = 執行額 / 活動実績; docs/methods.md for the guards.

    Examples
    --------
    つくば市 H30: four KPIs share 8,640,000 yen; ④-9 counts 16 ideas.

    >>> from analysis import load
    >>> data = load("data", "082201", 2018, "local_hub_cocreation")
    >>> costs = add_costs(data.kpis, data.budgets).set_index("place")
    >>> costs.loc["④-9", ["unit_cost_low_yen", "unit_cost_high_yen"]].tolist()
    [135000.0, 540000.0]
    """
    check_table(kpis, "kpis", f"{PROGRAM_YEAR} unit kpi_kind actual")
    if allocation not in ALLOCATIONS:
        raise DataError(f"allocation {allocation!r} is not one of {', '.join(ALLOCATIONS)}")
    weight = _scale_weights(kpis, allocation)
    costs = find_cost_basis(budgets)
    rows = find_rows(kpis, costs, KEYS)
    spans = find_rows(kpis, find_span_costs(budgets), KEYS) >= 0
    full = take(costs["cost_yen"], rows, kpis.index).astype("float64")
    basis = take(costs["cost_basis"], rows, kpis.index)
    natures = take(costs["cost_natures"], rows, kpis.index)
    shares = _share_out(kpis, full, weight, allocation)
    not_shared = {"weights": "no_weight", "program": "shared_cost"}.get(allocation)
    no_share = [(full.notna() & shares[""].isna(), not_shared)] if not_shared else []
    added: dict[str, Any] = {
        "cost_basis": basis,
        "cost_natures": natures,
        "cost_note": first_word(
            [
                (spans, "several_years"),
                (basis.isna(), "no_cost"),
                *no_share,
                (basis == "reported", "nature_not_stated"),
                (natures == "full", "with_personnel"),
                (basis != "settled", "budget_not_settled"),
            ],
            kpis.index,
        ),
    }
    results, why = _count_results(kpis, full, basis, spans)
    for part, share in shares.items():
        added[f"cost_{part}yen"] = share
        added[f"unit_cost_{part}yen"] = share / results["unit_cost"]
        added[f"marginal_cost_{part}yen"] = share / results["marginal_cost"]
    gains = {part: results["gain_per_yen"] / share for part, share in shares.items()}
    added["gain_per_yen"] = gains[""]
    added["gain_per_yen_low"] = np.fmin(gains["low_"], gains["high_"])
    added["gain_per_yen_high"] = np.fmax(gains["low_"], gains["high_"])
    added |= _price_in_full(costs, rows, kpis.index, added)
    for name, mind in _remarks(kpis).items():
        note = first_code([*no_share, *mind], len(kpis))
        added[f"{name}_note"] = words_of(np.where(why[name] != 0, why[name], note), kpis.index)
    return kpis.assign(**added)


def _price_in_full(
    costs: pd.DataFrame, rows: Rows, index: pd.Index, added: dict[str, Any]
) -> dict[str, Any]:
    """The ends of each figure by the cost with personnel, from those by the cost without."""
    cost, full = (costs[name].astype("float64") for name in ("cost_yen", "full_cost_yen"))
    ratio = (full / cost).where((cost > 0) & (costs["cost_natures"] != "full"))
    times = take(ratio, rows, index)
    priced: dict[str, Any] = {"full_cost_note": take(costs["full_cost_note"], rows, index)}
    for end in ("low", "high"):
        for name in ("unit_cost", "marginal_cost"):
            priced[f"{name}_with_personnel_{end}_yen"] = added[f"{name}_{end}_yen"] * times
        priced[f"gain_per_yen_with_personnel_{end}"] = added[f"gain_per_yen_{end}"] / times
    return priced


def _share_out(
    kpis: pd.DataFrame, full: pd.Series, weight: pd.Series, allocation: str
) -> dict[str, pd.Series]:
    """Each KPI's share of its program's cost: the one asked for, the lowest, the highest."""
    group, _ = number_groups(kpis, KEYS)
    number = np.bincount(group)[group]
    ways = {
        "full": full,
        "equal": full / number,
        "weights": full * weight,
        "program": full.where(number == 1),
    }
    return {
        "": ways[allocation],
        "low_": np.fmin(ways["equal"], ways["weights"]),
        "high_": full,
    }


def _scale_weights(kpis: pd.DataFrame, allocation: str) -> pd.Series:
    """The shares of one program's KPIs, adding up to 1; missing where one has no weight."""
    if "weight" not in kpis:
        if allocation == "weights":
            raise DataError(
                "allocation 'weights' needs a column weight in kpis: each KPI's share of the "
                "program's cost, in any unit. Add it, or use 'equal' or 'full'."
            )
        return pd.Series(np.nan, index=kpis.index)
    weight = kpis["weight"].astype("float64")
    if not (weight.isna() | ((weight > 0) & np.isfinite(weight))).all():
        bad = kpis.loc[~(weight > 0) & weight.notna() | np.isinf(weight), "kpi_id"]
        raise DataError(
            f"weights must be numbers above 0; found another at kpi_id {', '.join(bad)}. "
            "Leave a weight empty where none is known."
        )
    programs = [kpis[key] for key in KEYS]
    complete = weight.notna().groupby(programs).transform("all")
    return (weight / weight.groupby(programs).transform("sum")).where(complete)


def _remarks(kpis: pd.DataFrame) -> dict[str, Reasons]:
    """What to mind in a figure that can be had."""
    mind: Reasons = [
        (_is(kpis, "actual_status", "estimated"), "actual_estimated"),
        (_figures(kpis, "actual_year") < _figures(kpis, "fiscal_year"), "older_actual"),
        (_is(kpis, "aggregation", "unknown"), "aggregation_unknown"),
    ]
    of_gain: Reasons = [(~_is(kpis, "direction", *FALLING, *RISING), "direction_unknown"), *mind]
    return {"unit_cost": mind, "marginal_cost": of_gain, "gain_per_yen": of_gain}


def _is(kpis: pd.DataFrame, name: str, *words: str) -> Any:
    """Whether each cell of a column is one of some words; nowhere if there is no such column."""
    return is_among(kpis[name], words) if name in kpis else np.zeros(len(kpis), dtype=bool)


def _figures(kpis: pd.DataFrame, name: str) -> Any:
    """A column as numbers; missing everywhere if there is none."""
    if name not in kpis:
        return np.full(len(kpis), np.nan)
    return kpis[name].to_numpy(dtype="float64", na_value=np.nan)


def _count_results(
    kpis: pd.DataFrame, full: pd.Series, basis: pd.Series, spans: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What each cost is divided by (or, for money, the yen earned), and why there is nothing.

    The reasons are codes (see `first_code`).
    """
    actual, baseline = _figures(kpis, "actual"), _figures(kpis, "baseline")
    falls, unknown = _is(kpis, "direction", *FALLING), ~_is(kpis, "direction", *FALLING, *RISING)
    gain = (actual - baseline) * np.where(falls, -1, 1)
    yen = np.array([YEN_PER_UNIT.get(unit, np.nan) for unit in kpis["unit"].tolist()])
    is_money = ~np.isnan(yen)
    cumulative = (_is(kpis, "aggregation", "cumulative"), "cumulative_actual")
    known: Reasons = [
        (spans, "several_years"),
        (basis.isna(), "no_cost"),
        (is_among(basis, ["planned"]), "planned_amount"),
        (~is_among(basis, WHOLE_COST), "nature_not_stated"),
        (full <= 0, "zero_cost"),
        (np.isnan(actual), "no_actual"),
        (is_part_year(kpis).to_numpy(), "part_year"),
        (_is(kpis, "actual_status", "planned"), "planned_actual"),
        (is_among(kpis["kpi_kind"], ["societal"]), "societal_kpi"),
        (~is_among(kpis["kpi_kind"], COUNTED_KINDS), "kind_unknown"),
    ]
    counted: Reasons = [
        (is_money, "money_kpi"),
        (~is_among(kpis["unit"], COUNT_UNITS), "not_a_count"),
        cumulative,
    ]
    level = (_is(kpis, "aggregation", "level"), "level_kpi")  # what was there before, too
    achieved: Reasons = [level, (falls, "falling_kpi"), (actual <= 0, "nothing_achieved")]
    gained: Reasons = [
        (np.isnan(baseline), "no_baseline"),
        (_is(kpis, "aggregation", "increment") & (baseline != 0), "increment_actual"),
        (unknown & (gain < 0), "direction_unknown"),
        (gain <= 0, "no_gain"),
    ]
    earned: Reasons = [
        (~is_money, "not_money"),
        cumulative,
        level,
        (falls, "falling_kpi"),
    ]
    why = {
        "unit_cost": first_code([*known, *counted, *achieved], len(kpis)),
        "marginal_cost": first_code([*known, *counted, *gained], len(kpis)),
        "gain_per_yen": first_code([*known, *earned], len(kpis)),
    }
    results = {"unit_cost": actual, "marginal_cost": gain, "gain_per_yen": actual * yen}
    return {name: np.where(code == 0, results[name], np.nan) for name, code in why.items()}, why
