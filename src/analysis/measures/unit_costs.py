"""Unit costs beside one another, and published ones against what the amounts give.

Yen per idea and yen per visitor have no order, nor have money spent and money budgeted.
"""

import re
import unicodedata
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.values import YEN_PER_UNIT
from analysis.dataset.vocabulary import BUDGET_SIDES, SIDE
from analysis.measures.cost_basis import list_costs
from analysis.measures.explain import explain_figures
from analysis.measures.keys import PROGRAM_YEAR, find_cells, find_rows, list_keys, list_rows
from analysis.measures.needs import ONE_PROGRAM_YEAR, check_table
from analysis.measures.notes import first_word
from analysis.measures.percentages import plain_figures

PRINTED = re.compile(rf"(-?[0-9]+(?:\.[0-9]+)?)({'|'.join(YEN_PER_UNIT)})?.*")


PER_UNIT = re.compile(rf"({'|'.join(YEN_PER_UNIT)})/(.+)")


BUDGETS = ("total", "parts", "initial", "planned")


FOUND_FIRST = ("explained", "explained_truncated", "anomaly", "cannot_be_checked")


def audit_unit_costs(
    kpis: pd.DataFrame, budgets: pd.DataFrame, observations: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find the cost and the rounding that explain each published unit cost (単位当たりコスト).

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year with `actual`, and where published
        `published_unit_cost_yen` and `published_unit_cost_printed` (as printed, with its unit:
        its decimals count).
    budgets
        One row per amount in yen.
    observations
        Other published figures; those in 円/人, 千円/件 and the like are costs per head or per
        case (受益者一人あたりコスト), tried over every figure of the program's year in 人, 件, ...;
        those in 円 and the like are amounts (一般財源1), tried beside the costs. Those of a year
        without any amount among the budgets are left out.

    Returns
    -------
    One row per published unit cost, the KPIs' first, with the keys, `name` (the KPI, or what was
    observed), `per` (the figure the cost is divided by: its name) and `results` (that figure),
    `published_yen`, `printed`, and the columns of `explain_figures`: `explained_by` is a column
    of `list_costs`, such as settled, settled_with_personnel or total_full, or the observed
    amount by name. Where several fit, one of the same side is taken: for a figure called
    （予算） a budget or an amount called so, else one that is not; and costs before observed
    amounts. `finding_note` says why one cannot be checked: printed_differs (the printed text is
    another amount than `published_unit_cost_yen`: `sosei check` doubts that), not_printed,
    no_unit (of money, in the printed text), no_actual (nothing to divide by), nothing_achieved,
    no_cost, no_denominator (an observed cost per head that no figure at hand gives: by what it
    was divided is not said, so it is no anomaly).

    An anomaly is a figure to ask about, not an error: its cost may be another one.

    References
    ----------
    行政事業レビュー, 単位当たりコスト = 執行額 / 活動実績.

    Examples
    --------
    >>> key = {"government_code": "x_town", "program_id": "fair", "fiscal_year": 2018}
    >>> kpis = pd.DataFrame([{**key, "kpi": "来場者", "unit": "人", "actual": 7.0,
    ...     "published_unit_cost_yen": 14_300.0, "published_unit_cost_printed": "14.3千円"}])
    >>> budgets = pd.DataFrame([{**key, "kind": "settled", "amount_yen": 100_000}])
    >>> audit_unit_costs(kpis, budgets)[["explained_by", "rounding"]].values.tolist()
    [['settled', 'half_up']]
    """
    check_table(kpis, "kpis", f"{ONE_PROGRAM_YEAR} kpi actual")
    costs = list_costs(budgets)
    if observations is not None:
        observations = observations[find_rows(observations, costs, PROGRAM_YEAR) >= 0]
    published = _list_published(kpis, observations)
    rows = find_rows(published, costs, PROGRAM_YEAR)
    names = [name for name in costs if name not in PROGRAM_YEAR]
    amounts = costs[names].reset_index(drop=True).reindex(rows).set_axis(published.index)
    found = _explain(published, amounts.join(_list_observed(published, observations)))
    unchecked = found["finding"] == "cannot_be_checked"
    reasons = {
        "printed_differs": published["differs"],
        "not_printed": published["number"].isna(),
        "no_unit": published["yen_per_unit"].isna(),
        "no_actual": published["results"].isna(),
        "nothing_achieved": published["results"] <= 0,
        "no_cost": unchecked,
    }
    note = first_word([(unchecked & why, word) for word, why in reasons.items()], published.index)
    odd = (found["finding"] == "anomaly") & published["is_observed"]
    found["finding"] = found["finding"].mask(odd, "cannot_be_checked")
    audit = published.join(found).assign(finding_note=note.mask(odd, "no_denominator"))
    audit.loc[odd | audit["results"].isna(), "per"] = None
    audit.loc[odd, "results"] = np.nan
    best = audit["finding"].map(FOUND_FIRST.index).sort_values(kind="stable").index
    kept = audit.loc[best].drop_duplicates("number_of").sort_values("number_of")
    dropped = ["number_of", "number", "decimals", "yen_per_unit", "is_observed", "differs"]
    return kept.drop(columns=dropped).reset_index(drop=True)


def _explain(published: pd.DataFrame, amounts: pd.DataFrame) -> pd.DataFrame:
    """Explain each published unit cost by the amounts over its results, its own side first."""
    per_result = amounts.div(published["results"].where(published["results"] > 0), axis=0)
    of_budget = _is_of_budget(published["name"]).to_numpy()
    is_budget = _is_of_budget(amounts.columns.to_series()).to_numpy()
    found = [
        explain_figures(
            per_result.loc[own, amounts.columns[np.argsort(is_budget != side, kind="stable")]],
            published.loc[own, "number"],
            published.loc[own, "decimals"],
            1 / published.loc[own, "yen_per_unit"].to_numpy("float64"),
        )
        for side, own in ((False, ~of_budget), (True, of_budget))
    ]
    return pd.concat(found).sort_index()


def _is_of_budget(names: pd.Series) -> pd.Series:
    """Whether a figure is of a budget: by the end of its name, or as a cost of `list_costs`."""
    side = names.astype("str").str.extract(SIDE, expand=False)
    kind = names.astype("str").str.removesuffix("_with_personnel").str.removesuffix("_full")
    return side.isin(BUDGET_SIDES) | kind.isin(BUDGETS)


def _list_observed(published: pd.DataFrame, observations: pd.DataFrame | None) -> pd.DataFrame:
    """The observed amounts in yen of each row's program and year, one column each, by name."""
    if observations is None:
        return pd.DataFrame(index=published.index)
    sizes = [YEN_PER_UNIT.get(_plain(unit), np.nan) for unit in observations["unit"]]
    yen = observations["value"].astype("float64") * np.array(sizes, dtype="float64")
    seen = observations.assign(yen=yen)[yen.notna()]
    keys = list_keys(published, PROGRAM_YEAR)
    columns = {}
    for what, rows in seen.groupby("what", sort=False):
        of_key = dict(zip(list_keys(rows, PROGRAM_YEAR), rows["yen"], strict=True))
        columns[what] = pd.Series([of_key.get(key, np.nan) for key in keys], published.index)
    return pd.DataFrame(columns, index=published.index, dtype="float64")


def _list_published(kpis: pd.DataFrame, observations: pd.DataFrame | None) -> pd.DataFrame:
    """Published unit costs with every figure each may be divided by; `number_of` tells them."""
    rows = _list_of_kpis(kpis)
    if observations is not None:
        rows += _list_of_observations(kpis, observations, len(rows))
    columns = [*PROGRAM_YEAR, "name", "per", "results", "published_yen", "printed"]
    columns += ["number", "decimals", "yen_per_unit", "number_of", "is_observed", "differs"]
    figures = ["results", "published_yen", "number", "decimals", "yen_per_unit"]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(figures, "float64"))
    return table.astype({"is_observed": "bool", "differs": "bool"})


def _list_of_kpis(kpis: pd.DataFrame) -> list[dict[str, Any]]:
    if "published_unit_cost_yen" not in kpis:
        return []
    told = ("published_unit_cost_yen", "published_unit_cost_printed")
    published = find_cells(kpis, told[0])
    all_rows, rows = list_rows(kpis, *PROGRAM_YEAR, "kpi", "actual", *told), []
    for n, kpi in enumerate(all_rows[row] for row in published):
        printed, yen = kpi.get("published_unit_cost_printed"), kpi["published_unit_cost_yen"]
        number, decimals, size = _read_printed(printed, yen)
        differs = abs(number * size - yen) > 1e-6 * max(abs(yen), 1)
        row = {key: kpi[key] for key in PROGRAM_YEAR} | {"name": kpi["kpi"], "per": kpi["kpi"]}
        row |= {"results": kpi["actual"], "published_yen": yen, "printed": printed}
        row |= {"is_observed": False, "differs": differs}
        rows.append(row | _figures(np.nan if differs else number, decimals, size, n))
    return rows


def _figures(number: float, decimals: float, size: float, n: int) -> dict[str, Any]:
    return {"number": number, "decimals": decimals, "yen_per_unit": size, "number_of": n}


def _list_of_observations(
    kpis: pd.DataFrame, observations: pd.DataFrame, start: int
) -> list[dict[str, Any]]:
    """Observed costs per head or case, once for each figure of that unit in the program's year."""
    all_seen = list_rows(observations, *PROGRAM_YEAR, "what", "value", "unit", "printed")
    all_kpis = list_rows(kpis, *PROGRAM_YEAR, "kpi", "actual", "unit")
    counted = [(k, k["kpi"], k["actual"]) for k in all_kpis]
    counted += [(o, o["what"], o["value"]) for o in all_seen]
    rows = []
    for n, seen in enumerate(all_seen, start):
        unit = PER_UNIT.fullmatch(_plain(seen["unit"]))
        if unit is None or pd.isna(seen["value"]):
            continue
        of_value = YEN_PER_UNIT[unit[1]]
        printed = seen.get("printed")
        printed = f"{seen['value']:.12g}" if pd.isna(printed) else printed
        number, decimals, size = _read_printed(printed, seen["value"] * of_value)
        key = {name: seen[name] for name in PROGRAM_YEAR}
        row = key | {"name": seen["what"], "published_yen": seen["value"] * of_value}
        row |= {"printed": printed, "is_observed": True, "differs": False}
        row |= _figures(number, decimals, size, n)
        over = [
            row | {"per": name, "results": figure}
            for of, name, figure in counted
            if _plain(of["unit"]) == unit[2] and all(of[k] == key[k] for k in PROGRAM_YEAR)
        ]
        rows += over or [row | {"per": None, "results": np.nan}]
    return rows


def _plain(text: Any) -> str:
    return "" if pd.isna(text) else unicodedata.normalize("NFKC", str(text)).strip()


def _read_printed(text: Any, yen: float) -> tuple[float, float, float]:
    """The printed number, its decimals, and how many yen its unit is; missing where unknown."""
    plain = re.sub(r"\s", "", "" if pd.isna(text) else plain_figures(text))
    found = PRINTED.fullmatch(plain)
    if found is None:
        return np.nan, np.nan, np.nan
    number = float(found[1])
    sizes = [YEN_PER_UNIT[found[2]]] if found[2] else [*YEN_PER_UNIT.values()]
    fitting = [s for s in sizes if found[2] or abs(number * s - yen) <= 1e-6 * max(abs(yen), 1)]
    size = float(fitting[0]) if fitting else np.nan
    return number, float(len(found[1].partition(".")[2])), size
