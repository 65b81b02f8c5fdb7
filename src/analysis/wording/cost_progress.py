"""Cost and progress of programs side by side."""

from typing import Any

import pandas as pd

from analysis.measures.cost_progress import (
    Personnel,
    find_costless,
    find_leading,
    find_notable,
)
from analysis.measures.keys import list_rows
from analysis.wording.costs import RECKONED, print_costs
from analysis.wording.distributions import LONGEST, MOST_SAID
from analysis.wording.formats import LISTS, format_percent_range, format_yen, list_some
from analysis.wording.labels import NO_FIGURE, labels, say
from analysis.wording.phrases import list_groups, quote_names, say_note
from analysis.wording.tables import label_table

MOST_TOLD = 3
QUADRANTS = labels("cost_progress.quadrants")
RIVALS = labels("cost_progress.rivals")


def describe_cost_progress(comparison: pd.DataFrame) -> str:
    """Say what the figure of cost against progress shows, or why there is none."""
    known = comparison[comparison["cost_yen"].notna()]
    if known.empty:
        return say("cost_progress.no_costs")
    if len(known) > MOST_SAID:
        return _describe_many(comparison)
    missing = "".join(
        say(f"cost_progress.not_shown_{note}", names=quote_names(names))
        for note, names in find_costless(comparison).items()
    )
    label, costs = print_costs(known)
    each = "".join(
        _say_program(program, cost) for program, cost in zip(list_rows(known), costs, strict=True)
    )
    each = say("cost_progress.figure", cost=label) + missing + each
    return each if len(each) <= LONGEST else _describe_many(comparison)


def _say_program(program: dict[str, Any], cost: str) -> str:
    """Say the cost of a program and how far it got."""
    name, low, high = (program[n] for n in ("program", "mean_capped_low", "mean_capped_high"))
    if pd.notna(high):
        mean = format_percent_range(low, high)
        return say("cost_progress.program", name=name, cost=cost, mean=mean)
    why = "only_repeats" if program["repeated"] else "no_kpis"
    return say(f"cost_progress.program_with_{why}", name=name, cost=cost)


def _describe_many(comparison: pd.DataFrame) -> str:
    """Say how many programs it is known of how far they got, and name the costliest laggards."""
    found = find_notable(comparison)
    priced = len(found.known) + len(found.unknown)
    if found.known.empty:
        names = quote_names(found.named["costliest"]["program"].head(MOST_TOLD))
        return say("cost_progress.no_progress_of_many", of=priced, names=names)
    far = int((found.known["mean_capped_high"] >= 1).sum())
    said = say("cost_progress.figure", cost=labels("columns")["cost"])
    said += say("cost_progress.many", of=priced, known=len(found.known), far=far)
    names = quote_names(found.named["lagging"]["program"].head(MOST_TOLD))
    return said + (say("cost_progress.costliest_below_half", names=names) if names else "")


def tabulate_plane(plane: pd.DataFrame) -> pd.DataFrame:
    """Where each program lies on the plane of cost and progress, from `place_on_plane`."""
    means = zip(plane["mean_capped_low"], plane["mean_capped_high"], strict=True)
    rivals = zip(plane["dominated_by"], plane["on_frontier"], strict=True)
    header, costs = print_costs(plane)
    full, in_full = {}, {}
    if plane["on_frontier_full"].notna().any():
        full = {"full_cost": [format_yen(yen) for yen in plane["full_cost_yen"]]}
        words = plane["on_frontier_full"].astype("str").map(RIVALS)
        in_full = {"on_frontier_full": words.fillna(NO_FIGURE)}
    return label_table(
        "plane",
        {
            "program": plane["program"],
            "cost": costs,
            **full,
            "mean_capped": [format_percent_range(*ends) for ends in means],
            "quadrant": plane["quadrant"].map(QUADRANTS).fillna(NO_FIGURE),
            "dominated_by": [
                list_some(list(named), unit=LISTS["programs"])
                if isinstance(named, tuple) and named
                else RIVALS[word]
                for named, word in rivals
            ],
            **in_full,
            "plane_note": [say_note(note) or NO_FIGURE for note in plane["plane_note"]],
        },
        headers={"cost": header},
    )


def describe_plane(plane: pd.DataFrame) -> str:
    """Say which programs no other dominates, which one does, and which cannot be placed."""
    found = find_leading(plane)
    missing = list_groups(found.missing)
    without = say("cost_progress.not_placed", names=missing) if missing else ""
    if found.placed < 2:
        return say("cost_progress.less_than_two") + without
    rival = say("cost_progress.rival_at_most" if found.is_tied else "cost_progress.rival")
    said = [say("cost_progress.placed", count=found.placed)]
    if found.is_by_scope:
        said.append(say("cost_progress.by_scope"))
    if found.leading:
        which = "one" if len(found.leading) == 1 and not found.is_tied else "some"
        names = quote_names(found.leading)
        said.append(say(f"cost_progress.{which}_leading", names=names, rival=rival))
    if found.dominated:
        which = "others" if found.leading else "some"
        said.append(say(f"cost_progress.{which}_dominated", count=found.dominated, rival=rival))
    if found.open:
        said.append(say("cost_progress.open", names=quote_names(found.open), rival=rival))
    said.append(_say_personnel(found.personnel, rival))
    if found.budgets != "none":
        said.append(say(f"cost_progress.{found.budgets}_budgets"))
    return "".join([*said, without, say("cost_progress.limits")])


def _say_personnel(personnel: Personnel, rival: str) -> str:
    """Say that the costs are without personnel, and who has no rival by those with it."""
    if not personnel.changes:
        return ""
    said = say("cost_progress.without_personnel")
    if personnel.changes == "partly_unknown":
        said += say("cost_progress.personnel_partly_unknown")
    elif personnel.changes == "no":
        said += say("cost_progress.same_with_personnel")
    elif personnel.changes == "yes" and personnel.leading:
        names = quote_names(personnel.leading)
        said += say("cost_progress.leading_with_personnel", names=names, rival=rival)
    elif personnel.changes == "yes":
        said += say("cost_progress.none_leading_with_personnel", rival=rival)
    return said + RECKONED * personnel.is_reckoned
