"""What a program is, and what it does."""

from typing import Any

import pandas as pd

from analysis.measures.documents import find_differing
from analysis.measures.keys import list_rows
from analysis.wording.amounts import PERSONNEL_BESIDE, name_kind
from analysis.wording.formats import LISTS, format_yen, say_period, say_span, short_fiscal_year
from analysis.wording.labels import FLAGS, NATURES, NO_FIGURE, labels, say
from analysis.wording.tables import label_table

ABOUT = (
    *("program_names", "project", "grant", "scope", "joint_with", "department"),
    *("period", "description", "note"),
)
MARKED = ("item", "nature", "fiscal_year", "last_year", "inferred")


def tell_apart(programs: pd.DataFrame) -> dict[str, pd.Series]:
    """The government and the year of each program, each where there are several."""
    columns = {
        "government": programs["government"],
        "fiscal_year": programs["fiscal_year"].map(short_fiscal_year),
    }
    return {name: columns[name] for name in find_differing(programs)}


def tabulate_contents(shown_programs: pd.DataFrame) -> pd.DataFrame:
    """What each program does, in our own words, with who is in charge and how it is marked."""
    marked = shown_programs.assign(flag=shown_programs["flag"].map(FLAGS))
    told = [n for n in ("department", "policy_group", "flag") if marked[n].notna().any()]
    texts = marked[[*told, "description"]].astype("object").fillna(NO_FIGURE)
    return label_table(
        "contents",
        {
            "program": shown_programs["program"],
            **tell_apart(shown_programs),
            **{name: texts[name] for name in texts},
        },
    )


def tabulate_program(programs: pd.DataFrame, budgets: pd.DataFrame) -> pd.DataFrame:
    """What a program is: name, project, department, period, money; one item a row."""
    words = labels("columns")
    rows = []
    for program in programs.to_dict("records"):
        ends = [program["start_year"], program["end_year"]]
        period = None if all(pd.isna(year) for year in ends) else say_period(*ends)
        named = {"program_names": program["program"], "grant": program["grant_name"]}
        said = program | named | {"period": period}
        rows += [(words[name], said[name]) for name in ABOUT if pd.notna(said[name])]
    amounts = budgets[budgets["kind"] != "source"]  # the same money, seen from its other end
    rows += [
        (name_kind(b), _say_amount(b)) for b in list_rows(amounts, *MARKED, "kind", "amount_yen")
    ]
    items, printed = zip(*rows, strict=True) if rows else ((), ())
    return label_table("program", {"item": items, "printed": printed})


def _say_amount(amount: dict[str, Any]) -> str:
    """An amount with its item, whether it holds personnel, and its years where it is of several."""
    item, nature = amount["item"], amount.get("nature")
    word = NATURES.get(str(nature), "")
    last = amount.get("last_year", float("nan"))
    marks = ["" if pd.isna(item) else str(item), "" if word == item else word]
    if pd.notna(last):
        marks.append(say("program.total_of_years", years=say_span(amount["fiscal_year"], last)))
    if name_kind(amount) == PERSONNEL_BESIDE:  # its kind says already that it is personnel
        marks = [mark for mark in marks if mark != word]
    yen, note = format_yen(amount["amount_yen"]), LISTS["dot"].join(filter(None, marks))
    return say("lists.noted", what=yen, note=note) if note else yen
