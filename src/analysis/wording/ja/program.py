"""What a program is, and what it does."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.wording.ja.amounts import PERSONNEL_BESIDE, name_kind
from analysis.wording.ja.formats import format_yen, say_period, say_span, short_fiscal_year
from analysis.wording.labels import FLAGS, NATURES, NO_FIGURE


def tell_apart(programs: pd.DataFrame) -> dict[str, pd.Series]:
    """The government and the year of each program, each where there are several."""
    columns = {
        "団体": programs["government"],
        "年度": programs["fiscal_year"].map(short_fiscal_year),
    }
    return {label: cells for label, cells in columns.items() if len(set(cells)) > 1}


def tabulate_contents(shown_programs: pd.DataFrame) -> pd.DataFrame:
    """What each program does, in our own words, with who is in charge and how it is marked."""
    told = {"department": "担当", "policy_group": "政策の区分", "flag": "印"}
    marked = shown_programs.assign(flag=shown_programs["flag"].map(FLAGS))
    columns = {name: label for name, label in told.items() if marked[name].notna().any()}
    texts = marked[[*columns, "description"]].astype("object")
    return pd.DataFrame(
        {
            "事業": shown_programs["program"],
            **tell_apart(shown_programs),
            **{columns[name]: texts[name].fillna(NO_FIGURE) for name in columns},
            "内容": texts["description"].fillna(NO_FIGURE),
        }
    )


def tabulate_program(programs: pd.DataFrame, budgets: pd.DataFrame) -> pd.DataFrame:
    """What a program is: name, project, department, period, money; one item a row."""
    rows = []
    for program in programs.to_dict("records"):
        ends = [program["start_year"], program["end_year"]]
        period = None if all(pd.isna(year) for year in ends) else say_period(*ends)
        rows += [
            ("事業名", program["program"]),
            ("交付金事業", program["project"]),
            ("交付金", program["grant_name"]),
            ("実施の範囲", program["scope"]),
            ("連携先", program["joint_with"]),
            ("担当", program["department"]),
            ("期間", period),
            ("内容", program["description"]),
            ("注", program["note"]),
        ]
    amounts = budgets[budgets["kind"] != "source"]  # the same money, seen from its other end
    rows += [
        (name_kind(b), f"{format_yen(b['amount_yen'])}{_marks_of_amount(b)}")
        for b in list_rows(amounts, *MARKED, "kind", "amount_yen")
    ]
    return pd.DataFrame(
        [(name, value) for name, value in rows if pd.notna(value)], columns=["項目", "記載"]
    )


MARKED = ("item", "nature", "fiscal_year", "last_year", "inferred")


def _marks_of_amount(amount: dict[str, Any]) -> str:
    """Its item, whether it holds personnel, and the years it is for where they are several."""
    item, nature = amount["item"], amount.get("nature")
    word = NATURES.get(str(nature), "")
    last = amount.get("last_year", float("nan"))
    years = say_span(amount["fiscal_year"], last) + "の合計" if pd.notna(last) else ""
    marks = ["" if pd.isna(item) else str(item), "" if word == item else word, years]
    if name_kind(amount) == PERSONNEL_BESIDE:  # its kind says already that it is personnel
        marks = [mark for mark in marks if mark != word]
    said = "・".join(filter(None, marks))
    return f"（{said}）" if said else ""
