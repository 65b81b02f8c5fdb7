"""What became of a budget, and whether published rates of execution follow from it."""

import pandas as pd

from analysis.measures.cost_basis import PARTS_OF_TOTAL
from analysis.measures.counterparts import LeftOut
from analysis.measures.execution import find_execution, find_rounded_to_whole, name_rows
from analysis.wording.costs import name_parts
from analysis.wording.formats import (
    LISTS,
    SIGNS,
    format_number,
    format_percent,
    format_percent_range,
    format_yen,
    short_fiscal_year,
)
from analysis.wording.labels import BUDGET_KINDS, NO_FIGURE, REASONS, labels, say
from analysis.wording.phrases import (
    describe_audit_of,
    explain,
    join_cells,
    list_groups,
    name_programs,
    print_percentages,
    print_yen,
    quote_names,
    say_counts,
    say_note,
)
from analysis.wording.tables import label_table

BASES = {"total": labels("bases")["total"]}
SCOPES = labels("execution.scopes")
DIVISIONS = labels("execution.divisions")
AMOUNTS = ("carried_out_yen", "unused_yen")


def tabulate_execution(executed: pd.DataFrame) -> pd.DataFrame:
    """What was budgeted, spent, carried over and left, from the table of `add_execution`.

    Without rows where neither a budget nor a settled amount is known.
    """
    if executed[["total_yen", "settled_yen"]].isna().all(axis=None):
        return label_table("execution", {})
    grants = executed["national_grant_yen"]
    rate, rest = executed["execution_note"], executed["unused_note"]
    notes = join_cells(
        _name_budgets(executed),
        [say_note(note) for note in rate.where(rate != "items_left_out", "")],
        [say("execution.left_out", items=x) if x else "" for x in _name_left_out(executed)],
        [
            "" if note in (why, "items_left_out") else say_note(note)
            for note, why in zip(rest, rate, strict=True)
        ],
    )
    return label_table(
        "execution",
        {
            "program": name_rows(executed),
            "fiscal_year": executed["fiscal_year"].map(short_fiscal_year),
            "total_yen": print_yen(executed["total_yen"]),
            "settled_yen": print_yen(executed["settled_yen"]),
            "execution_rate": executed["execution_rate"].map(format_percent),
            **{name: print_yen(executed[name]) for name in AMOUNTS},
            **({"national_grant_yen": print_yen(grants)} if grants.notna().any() else {}),
            "basis_and_notes": notes,
        },
    )


def _name_budgets(executed: pd.DataFrame) -> list[str]:
    """Name each budget; a sum of parts by those that are printed."""
    rows = executed[[f"{kind}_yen" for kind in PARTS_OF_TOTAL]].notna().to_numpy()
    return [
        name_parts([kind for kind, is_there in zip(PARTS_OF_TOTAL, row, strict=True) if is_there])
        if basis == "parts"
        else BASES.get(basis, "")
        for basis, row in zip(executed["total_basis"], rows, strict=True)
    ]


def _name_left_out(executed: pd.DataFrame) -> list[str]:
    """What stands on one side only, with its sum: 決算額の人件費（34,361,000円）."""
    amounts = zip(executed["execution_left_out"], executed["execution_left_out_yen"], strict=True)
    return [
        say(
            "lists.noted",
            what=LISTS["comma"].join(map(_name_amount, left_out)),
            note=format_yen(yen),
        )
        if left_out
        else ""
        for left_out, yen in amounts
    ]


def _name_amount(amount: LeftOut) -> str:
    item = amount.item or SCOPES[amount.scope]
    return say("amounts.of_item", kind=BUDGET_KINDS[amount.kind], item=item)


def describe_execution(executed: pd.DataFrame) -> str:
    """Say how much of the budgets was spent, and for which programs that cannot be said."""
    if executed.empty:
        return say("execution.no_amounts")
    found = find_execution(executed)
    said = []
    if found.rated:
        rates = format_percent_range(found.low, found.high)
        said.append(say("execution.rates", count=found.rated, rates=rates))
        said.append(say("execution.may_be_carried_over"))
    if found.overspent:
        said.append(say("execution.overspent", names=quote_names(found.overspent)))
    left_out = zip(name_rows(executed), _name_left_out(executed), strict=True)
    said += [
        say("execution.left_out_of_rate", name=name, items=items)
        for name, items in left_out
        if items
    ]
    if not found.rated:
        counts = {note: len(names) for note, names in found.missing.items()}
        why = say_counts(counts, LISTS["programs"])
        said.append(say("execution.no_rates", why=why))
    elif found.missing:
        said.append(say("execution.without_rate", names=list_groups(found.missing)))
    return "".join(said)


def tabulate_execution_audit(
    audit: pd.DataFrame, programs: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Each published rate of execution beside the division and the rounding that explain it.

    `programs` is the table of the dataset: with more than one, each row names its own.
    """
    if audit.empty:
        return label_table("execution_audit", {})
    item = audit.get("item", pd.Series(index=audit.index, dtype="str"))
    return label_table(
        "execution_audit",
        {
            **name_programs(audit, programs),
            "fiscal_year": [short_fiscal_year(year) for year in audit["fiscal_year"]],
            "item": item.fillna(NO_FIGURE),
            "published_execution_rate": print_percentages(
                audit["published_execution_rate_printed"]
            ),
            "computed_rate": [
                NO_FIGURE
                if pd.isna(rate)
                else SIGNS["percent"].format(number=format_number(rate * 100, 3))
                for rate in audit["computed"]
            ],
            "explained_by_division": explain(audit, audit["explained_by"].map(DIVISIONS)),
            "reason_of_note": audit["finding_note"].astype("str").map(REASONS).fillna(NO_FIGURE),
        },
    )


def describe_execution_audit(audit: pd.DataFrame) -> str:
    """Say how many published rates of execution the amounts explain; nothing without any."""
    whole = find_rounded_to_whole(audit)
    text = describe_audit_of(audit, say("execution.figures"))
    if whole.rates:
        ends = dict.fromkeys(format_percent(rate) for rate in (whole.low, whole.high))
        text += say("execution.whole", count=whole.rates, rates=SIGNS["to"].join(ends))
    return text
