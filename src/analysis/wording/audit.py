"""Published judgements against the figures at hand."""

from typing import Any

import pandas as pd

from analysis.measures.audit_findings import (
    Odd,
    compare_grades,
    count_missed_unranked,
    find_odd,
    list_open_words,
    list_rubrics,
    weigh_odd,
)
from analysis.measures.keys import list_rows
from analysis.wording.formats import LISTS, format_rate, format_value, list_some
from analysis.wording.judgements import describe_policy
from analysis.wording.labels import NO_FIGURE, labels, say
from analysis.wording.phrases import print_texts, quote_names, quote_words, where_printed
from analysis.wording.tables import label_table

FINDINGS = labels("audit.findings")
NO_ACTUAL = labels("audit.no_actual")
NAMES = labels("audit.words")
NOT_ODD = labels("audit.not_odd")
MOST_TOLD = 4


def name_places(audit: pd.DataFrame) -> pd.Series:
    """Name the place of each judgement, with its judge where several judged."""
    places = audit["place"].astype("str")
    judges = audit.get("rated_by", pd.Series(index=audit.index, dtype="str"))
    if judges.nunique(dropna=False) < 2:
        return places
    return add_notes(places, judges)


def add_notes(cells: pd.Series, notes: pd.Series) -> pd.Series:
    """Put a note behind each cell that has one: ④-4（外部評価）."""
    noted = [
        cell if pd.isna(note) else say("lists.noted", what=cell, note=note)
        for cell, note in zip(cells, notes, strict=True)
    ]
    return pd.Series(noted, index=cells.index, dtype="str")


def name_judged(audit: pd.DataFrame) -> pd.Series:
    """Name what each judgement is about: a KPI, a program as a whole, or one without any KPI."""
    program = audit.get("program", pd.Series(index=audit.index, dtype="str"))
    judged = zip(audit["kpi"], program, audit["of_whole"] == "yes", strict=True)
    return pd.Series([_name_judged(*one) for one in judged], index=audit.index, dtype="str")


def _name_judged(kpi: Any, program: Any, is_whole: bool) -> str:
    if is_whole and pd.isna(program):
        return say("audit.whole_unnamed")
    if is_whole:
        return say("audit.whole", program=program)
    if pd.notna(kpi):
        return str(kpi)
    if pd.isna(program):
        return say("audit.without_kpi_unnamed")
    return say("audit.without_kpi", program=program)


def tabulate_audit(audit: pd.DataFrame) -> pd.DataFrame:
    """Each published judgement beside the figures it may rest on."""
    why = audit["no_actual_note"].map(NO_ACTUAL).where(audit["finding"] == "no_actual")
    return label_table(
        "audit",
        {
            "place_of_judgement": audit["place"],
            "kpi": name_judged(audit),
            **where_printed(audit, "rated_by"),
            "published_progress": print_texts(audit["progress"]),
            "grade": print_texts(audit["grade"]),
            **where_printed(audit, "policy"),
            "achievement_rate": audit["achievement_rate"].map(format_rate),
            "progress_rate": audit["progress_rate"].map(format_rate),
            "finding": add_notes(audit["finding"].map(FINDINGS), why),
        },
    )


def describe_audit(audit: pd.DataFrame, rubric: dict[str, Any] | None = None) -> str:
    """Say how published judgements stand to figures and rubric, accusing nobody.

    `rubric` names the paper with the criteria, where that is known but not at hand.
    """
    if audit.empty:
        return say("audit.no_judgement")
    said = describe_odd(audit, rubric) + _say_open_words(audit)
    if not said:
        said = _say_agreement(audit)
    said += _say_like_grades(audit) + _say_policies(audit)
    if said:
        return said
    is_circular = (audit["grade_finding"] == "circular").any()
    return say("audit.circular" if is_circular else "audit.nothing_compared")


def _say_agreement(audit: pd.DataFrame) -> str:
    """Say where the words of progress are those the figures would have one expect."""
    last = audit[audit["finding"] == "missed_and_last_word"]
    said = ""
    if (audit["finding"] == "nothing_against_it").any():
        said = say("audit.nothing_against_it")
    if len(last):
        missed = quote_names(dict.fromkeys(last["kpi"]), unit=LISTS["items"])
        words = quote_words(last, "progress")
        said += say("audit.missed_and_last_word", missed=missed, words=words)
    return said and said + say("audit.not_from_figures")


def summarize_odd(audit: pd.DataFrame) -> tuple[str, str]:
    """Count the judgements that figures or rubric do not explain, and name them.

    A dash where nothing could be compared, with the reason.
    """
    word = weigh_odd(audit)
    if word != "odd":
        count = say("audit.count", count=0) if word == "none_odd" else NO_FIGURE
        return count, NOT_ODD[word]
    odd = audit.assign(place=name_places(audit))[audit["against"] != ""]
    names = zip(odd["place"], odd["kpi"], strict=True)
    named = [place if pd.isna(kpi) else f"{place} {kpi}" for place, kpi in names]
    return say("audit.count", count=len(odd)), list_some(named, LISTS["dot"])


def describe_odd(audit: pd.DataFrame, rubric: dict[str, Any] | None = None) -> str:
    """Say which judgements figures or rubric do not explain; nothing where there is none."""
    criteria = (rubric or {}).get("criteria_not_at_hand")
    lacking = say("audit.criteria_lacking", criteria=criteria) if criteria else ""
    odd = find_odd(audit)
    said = [_say_odd_word(row, lacking) for row in list_rows(odd.words.head(MOST_TOLD))]
    more = len(odd.words) - MOST_TOLD
    if more > 0:
        said.append(say("audit.more_odd", count=more))
    return "".join([*said, _say_unlike(odd.grades, is_final=True), _say_without_kpi(odd)])


def _say_without_kpi(odd: Odd) -> str:
    """Say who was judged without any KPI."""
    if not odd.programs:
        return ""
    if odd.programs > 1:
        return say("audit.programs_without_kpi", count=odd.programs)
    first = list_rows(odd.without_kpi)[0] | {"rated_by": None}
    return say("audit.judged_without_kpi", name=_name(first))


def _say_odd_word(row: dict[str, Any], lacking: str) -> str:
    words = [(name, row[column]) for column, name in NAMES.items() if pd.notna(row[column])]
    told = {"kpi": row["kpi"], "against": _say_against(row), "lacking": lacking}
    if not words:
        return say("audit.odd_figure", **told)
    what, word = words[0]
    return say("audit.odd_word", what=_add_judge(what, row), word=word, **told)


def _say_against(row: dict[str, Any]) -> str:
    """What the figures say: 実績148件は従前値170件を下回っています."""
    if row["finding"] not in ("worse_than_baseline", "missed_but_best_word"):
        note, printed = row["no_actual_note"], row.get("actual_printed")
        return say(f"audit_without_actual.{note}", printed=printed)
    if row["finding"] == "worse_than_baseline":
        against = "baseline"
        side = "below_baseline" if row["actual"] < row["baseline"] else "above_baseline"
    else:
        against = "final_target" if pd.isna(row["target"]) else "target"
        side = f"missed_{against}"
    actual, end = (format_value(row[name], row["unit"]) for name in ("actual", against))
    return say(f"audit_against.{side}", actual=actual, end=end)


def _say_unlike(unlike: pd.DataFrame, is_final: bool) -> str:
    """Name the grades that are not those of their rubric, with both."""
    if unlike.empty:
        return ""
    return say(
        "audit.unlike" if is_final else "audit.unlike_not_final",
        grades=say("audit.grades" if len(unlike) > 1 else "audit.one_grade", count=len(unlike)),
        rubrics=LISTS["dot"].join(list_rubrics(unlike)),
        named=list_some([_say_both_grades(row) for row in list_rows(unlike)]),
    )


def _say_both_grades(row: dict[str, Any]) -> str:
    possible = row["rubric_possible"]
    return say(
        "audit.both_grades_open" if possible else "audit.both_grades",
        name=_name(row),
        grade=row["grade"],
        of_rubric=say("audit.or_quoted").join(possible or [row["rubric_grade"]]),
    )


def _name(row: dict[str, Any]) -> str:
    program = row["place"] if pd.isna(row.get("program")) else row["program"]
    return _add_judge(program if pd.isna(row["kpi"]) else row["kpi"], row)


def _add_judge(text: str, row: dict[str, Any]) -> str:
    judge = row.get("rated_by")
    return text if pd.isna(judge) else say("lists.noted", what=text, note=judge)


def _say_open_words(audit: pd.DataFrame) -> str:
    """Say what the figures leave open about words of progress."""
    said = []
    for word in list_open_words(audit):
        words = quote_words(word.rows.drop(columns="rated_by", errors="ignore"), "progress")
        said.append(say(f"audit_open_words.{word.finding}", count=word.kpis, words=words))
    missed = count_missed_unranked(audit)
    if missed:
        said.append(say("audit.missed_unranked", count=missed))
    return "".join(said)


def _say_like_grades(audit: pd.DataFrame) -> str:
    """Say how many grades are those of their rubric, of those that can be compared."""
    grades = compare_grades(audit)
    said = ""
    if grades.like:
        which = "all" if grades.compared > 1 else "one"
        said = say(
            f"audit_like_grades.{which if grades.like == grades.compared else 'some'}",
            compared=grades.compared,
            like=grades.like,
            rubrics=LISTS["dot"].join(grades.rubrics),
        )
    return said + _say_unlike(grades.not_final, is_final=False)


def _say_policies(audit: pd.DataFrame) -> str:
    only = audit[audit["finding"] == "only_policy"]
    if only.empty:
        return ""
    if len(only) == len(audit):
        return describe_policy(only) + say("audit.only_policies")
    return say("audit.some_policies", count=len(only), words=quote_words(only, "policy"))
