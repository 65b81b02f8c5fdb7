"""Published levels and grades, with the reasons given."""

import pandas as pd

from analysis.measures.audit_findings import LEVELS, group_levels
from analysis.wording.audit import add_notes, name_judged, name_places
from analysis.wording.distributions import LONGEST
from analysis.wording.formats import LISTS
from analysis.wording.labels import REASONS, labels, say
from analysis.wording.phrases import print_texts, where_printed
from analysis.wording.tables import label_table

FINDINGS = labels("grades.findings")
NOTES = labels("grades.notes")
WORDS = labels("grades.words")
MOST_CELLS = 12


def describe_grades(audit: pd.DataFrame) -> str:
    """Say where the published judgements lie in the grade matrix, or that there are none."""
    judged = audit.dropna(subset=LEVELS)
    cells = group_levels(judged.assign(place=name_places(judged)))
    if not cells:
        return say("grades.no_levels")
    named = say("grades.figure", cells=_say_cells(cells))
    if len(named) <= LONGEST:
        return named
    most = sorted(cells, key=lambda cell: -len(cell[1]))[:MOST_CELLS]
    return say("grades.figure_of_most", cells=_say_cells(most, counted=True))


def _say_cells(cells: list[tuple[tuple[str, ...], pd.DataFrame]], counted: bool = False) -> str:
    """Say which grade stands at which levels, and where, or only how often."""
    return "".join(
        say(
            "grades.cell_counted" if counted else "grades.cell",
            effectiveness=effectiveness,
            efficiency=efficiency,
            grade=grade or WORDS["not_stated"],
            places=LISTS["dot"].join(rows["place"]),
            count=len(rows),
        )
        for (effectiveness, efficiency, grade), rows in cells
    )


def tabulate_grades(audit: pd.DataFrame) -> pd.DataFrame:
    """The levels and the grade of each published judgement, its rubric's, and its reason.

    A judgement without any of these has no row.
    """
    printed = audit.reindex(columns=[*LEVELS, "grade", "reason"])
    audit = audit[printed.notna().any(axis=1)]
    note = audit["rubric_note"].astype("str").map(REASONS | NOTES)
    told = audit["grade_finding"].map(FINDINGS)
    why = note.where(audit["grade_finding"] == "not_graded")
    by_rubric = [
        say("audit.or").join(possible) or WORDS.get(grade, grade)
        for possible, grade in zip(audit["rubric_possible"], audit["rubric_grade"], strict=True)
    ]
    return label_table(
        "grades",
        {
            "place_of_judgement": audit["place"],
            "kpi": name_judged(audit),
            **where_printed(audit, "rated_by"),
            **{name: print_texts(audit[name]) for name in (*LEVELS, "grade")},
            "rubric_grade": by_rubric,
            "grade_finding": add_notes(told, why),
            "reason_summary": print_texts(audit["reason"]),
        },
    )
