"""What a result cost."""

from typing import Any

import pandas as pd

from analysis.measures.costs import (
    find_costs,
    has_falling_gain,
    note_personnel,
    spread_unit_costs,
)
from analysis.measures.keys import list_rows
from analysis.wording.distributions import LONGEST, MOST_SAID
from analysis.wording.formats import (
    LISTS,
    SIGNS,
    format_number,
    format_range,
    format_short_yen,
    format_value,
    format_yen,
    say_span,
    short_fiscal_year,
)
from analysis.wording.labels import BASES, NATURES, NO_FIGURE, PARTS_OF_TOTAL, labels, say
from analysis.wording.phrases import join_cells, print_range, say_counts, say_note
from analysis.wording.tables import label_table

MOST_UNITS = 5


def name_cost(basis: str, natures: str, kinds: str = "") -> str:
    """Name a cost by its basis and by whether it holds personnel, where that is stated.

    `kinds` are those of the amounts in it (`cost_kinds`): a budget is named by the ones there.

    Examples
    --------
    >>> name_cost("settled", ""), name_cost("total", "full")
    ('決算額', '総予算額・人件費を含む')
    >>> name_cost("parts", "", "initial"), name_cost("parts", "", "initial carried_in")
    ('当初予算額', '予算額（当初・繰越の合計）')
    """
    name = name_parts(kinds.split()) if basis == "parts" and kinds else BASES[basis]
    return LISTS["dot"].join(filter(None, [name, NATURES.get(natures, "")]))


def name_parts(kinds: list[str]) -> str:
    """Name a budget by the kinds of amount it is the sum of."""
    if kinds == ["initial"]:
        return BASES["initial"]
    words = dict.fromkeys(PARTS_OF_TOTAL[kind] for kind in kinds)
    return say("costs.sum_of_parts", parts=LISTS["dot"].join(words))


def name_costs(table: pd.DataFrame) -> pd.Series:
    """Name the cost of each row by `cost_basis`, `cost_natures` and, where given, `cost_kinds`.

    Missing where there is no cost.
    """
    columns = [
        table.get(name, pd.Series("", index=table.index)).tolist()
        for name in ("cost_basis", "cost_natures", "cost_kinds")
    ]
    names = [
        None if pd.isna(basis) else name_cost(basis, natures, kinds)
        for basis, natures, kinds in zip(*columns, strict=True)
    ]
    return pd.Series(names, index=table.index, dtype="str")


def print_costs(table: pd.DataFrame) -> tuple[str, list[str]]:
    """Print costs under a header that names what they are, or each with its own name.

    Costs of several bases or natures never stand in one column unmarked.
    """
    columns = ("span_yen", "span_basis", "span_first_year", "span_last_year")
    spans = list_rows(table, "cost_yen", *columns)
    names, yen = name_costs(table), [_print_cost(row) for row in spans]
    kinds, header = list(dict.fromkeys(names.dropna())), labels("columns")["cost"]
    if len(kinds) == 1:
        return say("lists.noted", what=header, note=kinds[0]), yen
    marked = [
        amount if pd.isna(name) else say("lists.noted", what=amount, note=name)
        for amount, name in zip(yen, names, strict=True)
    ]
    return header, marked


def _print_cost(row: dict[str, Any]) -> str:
    """The cost of a year, or what is printed for several years with the years it is for."""
    span = row.get("span_yen")
    if pd.notna(row["cost_yen"]) or span is None or pd.isna(span):
        return format_yen(row["cost_yen"])
    years = say_span(row["span_first_year"], row["span_last_year"])
    basis = BASES[row["span_basis"]]
    return say("costs.of_years", years=years, yen=format_yen(span), basis=basis)


def describe_unit_costs(kpis: pd.DataFrame) -> str:
    """Say what the figure of counted results shows; nothing where there is none."""
    columns = ["kpi", "unit", "actual", "unit_cost_low_yen", "unit_cost_high_yen"]
    priced = kpis.loc[kpis["unit_cost_yen"].notna(), columns]
    if len(priced) > MOST_SAID:
        return _count_unit_costs(kpis)
    said = "".join(
        say(
            "costs.of_results",
            kpi=k["kpi"],
            actual=format_value(k["actual"], k["unit"]),
            unit=k["unit"],
            cost=format_range(k["unit_cost_low_yen"], k["unit_cost_high_yen"]),
        )
        for k in list_rows(priced, *columns)
    )
    each = say("costs.figure_of_squares") + said if said else ""
    return each if len(each) <= LONGEST else _count_unit_costs(kpis)


def _count_unit_costs(kpis: pd.DataFrame) -> str:
    """Say of how many KPIs a unit cost is known, and where it lies for the most frequent units."""
    priced = int(kpis["unit_cost_yen"].notna().sum())
    units = [s for s in spread_unit_costs(kpis, MOST_UNITS) if s.group.groups == 1]
    medians = LISTS["comma"].join(
        say("costs.median", unit=s.group.name, yen=format_short_yen(s.at(0.5)), count=s.total)
        for s in units
    )
    return say(
        "costs.figure_of_units" if medians else "costs.figure_of_units_without_cost",
        of=len(kpis),
        count=priced,
        medians=medians,
    )


alternative_costs = describe_unit_costs

ONE_MORE = say("costs.not_of_one_more")
COST_LIMITS = say("costs.limits")
RECKONED = say("costs.reckoned")


def tabulate_costs(kpis: pd.DataFrame) -> pd.DataFrame:
    """What a unit of each KPI cost in yen, as a range from the equal share to the full cost.

    Without rows where the cost of none is known.
    """
    if kpis["cost_yen"].isna().all():
        return label_table("costs", {})
    shared = kpis["cost_low_yen"].where(kpis["cost_basis"] != "reported", kpis["cost_high_yen"])
    costs = zip(shared, kpis["cost_high_yen"], strict=True)
    marginal = "marginal_cost_either_way" if has_falling_gain(kpis) else "marginal_cost"
    gains = _with_personnel(kpis, "gain_per_yen", "gain_per_yen")
    in_money = kpis["unit_cost_note"] == "money_kpi"
    notes = join_cells(
        name_costs(kpis).fillna(""),
        [say_note(note) for note in kpis["unit_cost_note"]],
        [say_note(note) for note in kpis["gain_per_yen_note"].where(in_money, "")],
        [say_note(note) for note in note_personnel(kpis)],
    )
    return label_table(
        "costs",
        {
            "kpi": kpis["kpi"],
            "cost_yen": [print_range(*ends) for ends in costs],
            **_with_personnel(kpis, "unit_cost", "unit_cost"),
            **_with_personnel(kpis, "marginal_cost", marginal),
            **(gains if kpis["gain_per_yen"].notna().any() else {}),
            "basis_and_notes": notes,
        },
    )


def _with_personnel(kpis: pd.DataFrame, name: str, code: str) -> dict[str, list[str]]:
    """The column of a figure's range, and where it is known beside it that with personnel."""
    of_gain = name == "gain_per_yen"
    unit, write = ("", _print_gain) if of_gain else ("_yen", print_range)
    columns = {}
    for more in ("", "_with_personnel"):
        ends = kpis.reindex(columns=[f"{name}{more}_low{unit}", f"{name}{more}_high{unit}"])
        if not more or ends.iloc[:, 0].notna().any():
            columns[f"{code}{more}"] = [write(*pair) for pair in ends.to_numpy().tolist()]
    return columns


def _print_gain(low: float, high: float) -> str:
    ends = SIGNS["to"].join(format_number(end, 2) for end in (low, high))
    return NO_FIGURE if pd.isna(low) else ends


def describe_costs(kpis: pd.DataFrame) -> str:
    """Say what a unit of result cost, and why where that cannot be said."""
    if kpis.empty:
        return say("costs.no_kpis")
    costs = find_costs(kpis)
    said = [_say_unit_cost(k) for k in list_rows(costs.priced, "kpi", "unit", *UNIT_COSTS)]
    said += [_say_gain(k) for k in list_rows(costs.gaining, "kpi", *GAINS)]
    if (more := len(said) - MOST_TOLD) > 0:
        said = [*said[:MOST_TOLD], say("costs.more_in_table", count=more)]
    if costs.is_reckoned:
        said.append(RECKONED)
    if costs.is_range:
        said.append(say("costs.weighted_range" if costs.is_weighted else "costs.range"))
    if len(costs.priced) < len(kpis):
        why = say_counts(costs.missing, LISTS["kpis"])
        said.append(
            say("costs.some_missing" if len(costs.priced) else "costs.all_missing", why=why)
        )
    if costs.is_budget:
        said.append(say("costs.budgets"))
    if costs.holds_personnel:
        said.append(say("costs.hold_personnel"))
    said += [ONE_MORE] * costs.is_per_result + [COST_LIMITS] * costs.is_known
    return "".join(said)


MOST_TOLD = 5


UNIT_COSTS = (
    *("unit_cost_low_yen", "unit_cost_high_yen"),
    *("unit_cost_with_personnel_low_yen", "unit_cost_with_personnel_high_yen"),
)


GAINS = (
    *("gain_per_yen_low", "gain_per_yen_high"),
    *("gain_per_yen_with_personnel_low", "gain_per_yen_with_personnel_high"),
)


def _say_unit_cost(k: dict[str, Any]) -> str:
    """Say what one unit cost, and what it cost with personnel where that is known."""
    low, high, *full = (k.get(name, float("nan")) for name in UNIT_COSTS)
    unit = k["unit"]
    text = say("costs.per_unit", kpi=k["kpi"], unit=unit, cost=format_range(low, high))
    if pd.isna(full[0]):
        return text
    return text + say("costs.per_unit_with_personnel", unit=unit, cost=format_range(*full))


def _say_gain(k: dict[str, Any]) -> str:
    """Say the gain per yen, and what it is with personnel."""
    ends = [format_number(k[name], 2) for name in GAINS]
    plain, full = (SIGNS["to"].join(dict.fromkeys(pair)) for pair in (ends[:2], ends[2:]))
    return say("costs.gain_per_yen", kpi=k["kpi"], plain=plain, full=full)


def say_no_sum(sums: pd.DataFrame) -> str:
    """Say why the rows of `sum_costs` have no sum, and how many programs have which amount."""
    is_of_years = sums[["cost_basis", "cost_natures"]].drop_duplicates().shape[0] == 1
    names = sums["fiscal_year"].map(short_fiscal_year) if is_of_years else name_costs(sums)
    counts = sums["programs"].groupby(names, sort=False).sum()
    counted = LISTS["comma"].join(
        say("costs.programs", name=name, count=count) for name, count in counts.items()
    )
    return say("costs.no_sum_of_years" if is_of_years else "costs.no_sum_of_kinds", counts=counted)
