"""How far published grades agree with those their rubric gives."""

from typing import Any

import pandas as pd

from analysis.measures.agreement import cross_agreement
from analysis.wording.formats import format_number, format_percent
from analysis.wording.labels import NO_FIGURE, REASONS, labels, say
from analysis.wording.tables import label_table

COMPUTED = labels("columns")["computed_grade"]


def tabulate_agreement(counts: pd.DataFrame, scheme: str | None = None) -> pd.DataFrame:
    """Published grades (rows) against computed ones (columns), from `count_agreement`.

    `scheme` names the rubric where the table holds several; without it, the first is shown.
    Judges stand below each other.
    """
    crossed = cross_agreement(counts, scheme)
    scale = list(crossed[0][1].columns) if crossed else []
    cells: dict[str, list[str]] = {"published_grade": scale * len(crossed)}
    if any(judge for judge, _ in crossed):
        cells["rated_by"] = [judge or NO_FIGURE for judge, table in crossed for _ in table.index]
    for grade in scale:
        cells[f"computed_{grade}"] = [str(n) for _, table in crossed for n in table[grade]]
    headers = {f"computed_{grade}": COMPUTED.format(grade=grade) for grade in scale}
    return label_table("agreement", cells, headers=headers)


def describe_agreement(agreement: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> str:
    """Say how far published grades agree with their rubric, and how little that may show."""
    if agreement["both"].sum() == 0:
        return say("agreement.nothing_to_compare")
    return "".join(
        _agreement(row, rubrics[row["scheme"]]["name"])
        for row in agreement.to_dict("records")
        if row["both"]
    )


def _agreement(row: dict[str, Any], name: str) -> str:
    judge, both = row.get("rated_by"), row["both"]
    word = _weigh(row)
    said = say(
        f"agreement_of_{'many' if both > 1 else 'one'}.{word}",
        grades=say(
            "agreement.grades_of_rubric" if both < row["judgements"] else "agreement.grades",
            rubric=name if pd.isna(judge) else say("lists.noted", what=name, note=judge),
            judgements=row["judgements"],
            both=both,
        ),
        both=both,
        agreeing=row["agreeing"],
        share=format_percent(row["agreement"]),
    )
    if word == "circular":
        return said
    said += _say_kappa(row)
    if row["circular"]:
        said += say("agreement.some_circular", count=row["circular"])
    return said


def _weigh(row: dict[str, Any]) -> str:
    """Say in a word how many of the grades that both give agree, and whether they had to."""
    if row["agreeing"] == 0:
        return "none_agree"
    if row["agreeing"] < row["both"]:
        return "some_agree"
    return "circular" if row["circular"] == row["both"] else "all_agree"


def _say_kappa(row: dict[str, Any]) -> str:
    if row["kappa_note"]:
        return say("agreement.no_kappa", why=REASONS[row["kappa_note"]])
    return say("agreement.kappa", kappa=format_number(row["kappa"], 2))
