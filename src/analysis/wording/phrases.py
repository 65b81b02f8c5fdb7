"""Parts of sentences and cells that several questions use."""

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.measures.audit_findings import group_judges
from analysis.measures.explain import count_explained
from analysis.measures.keys import PROGRAM, find_rows, take
from analysis.measures.notes import count_notes, group_by_note
from analysis.wording.formats import LISTS, MOST_NAMED, SIGNS, format_number, format_value
from analysis.wording.labels import BASES, BUDGET_KINDS, NO_FIGURE, REASONS, fill, labels, say

ROUNDINGS = labels("roundings")
FINDINGS = labels("explained")


def find_names(
    rows: pd.DataFrame,
    table: pd.DataFrame,
    on: list[str] = PROGRAM,
    name: str = "program",
) -> pd.Series:
    """Find the name of what each row is about in a table of such names; missing where none is.

    Examples
    --------
    >>> programs = pd.DataFrame({"program_id": ["a", "b"], "program": ["面接会", "拠点"]})
    >>> find_names(pd.DataFrame({"program_id": ["b"]}), programs, ["program_id"]).tolist()
    ['拠点']
    """
    return take(table[name], find_rows(rows, table, on), rows.index).astype("str")


def name_programs(rows: pd.DataFrame, programs: pd.DataFrame | None) -> dict[str, pd.Series]:
    """The column with the name of each row's program, on a page of more than one program."""
    if programs is None or programs["program_id"].nunique() < 2:
        return {}
    return {"program": find_names(rows, programs).fillna(NO_FIGURE)}


def quote_names(names: Iterable[str], most: int = MOST_NAMED, unit: str = LISTS["programs"]) -> str:
    """Put each name in brackets; of those beyond `most` only their number.

    Examples
    --------
    >>> quote_names(["面接会", "セミナー", "移住"], most=2)
    '「面接会」「セミナー」ほか1事業'
    """
    listed = list(names)
    quoted = quote_all(listed[:most])
    left = len(listed) - most
    if left <= 0:
        return quoted
    return say("lists.more", listed=quoted, left=left, unit=fill(unit, count=left))


def quote_all(names: Iterable[str]) -> str:
    """Put each name in brackets: 「面接会」「拠点」."""
    return LISTS["quoted"].join(quote(name) for name in names)


def quote(name: str) -> str:
    """Put a name in the brackets of the language: 「面接会」."""
    return say("lists.quoted", name=name)


def count_reasons(notes: pd.Series) -> str:
    """Write how many KPIs each reason is about: 実績がない：2指標、目標が0：1指標."""
    return say_counts(count_notes(notes), LISTS["kpis"])


def say_counts(counts: Mapping[str, int], unit: str) -> str:
    """Write how often each reason is given: 金額の記載がない：2組、指標がない：1組."""
    return LISTS["comma"].join(
        say("lists.counted", what=REASONS[note], count=count, unit=fill(unit, count=count))
        for note, count in counts.items()
    )


def print_texts(values: pd.Series) -> pd.Series:
    """Texts, with a dash where there is none."""
    texts = [NO_FIGURE if pd.isna(value) else str(value) for value in values.tolist()]
    return pd.Series(texts, index=values.index, dtype="str")


def print_values(kpis: pd.DataFrame, name: str) -> list[str]:
    """Figures of a column, each with the unit of its KPI."""
    return [format_value(v, u) for v, u in zip(kpis[name], kpis["unit"], strict=True)]


def list_missing(notes: pd.Series, names: pd.Series) -> str:
    """Which programs lack something, by reason: 金額の記載がない：「面接会」「拠点」."""
    return list_groups(group_by_note(notes, names))


def list_groups(groups: Mapping[str, list[str]]) -> str:
    """Quote programs by reason: 金額の記載がない：「面接会」「拠点」."""
    return LISTS["comma"].join(
        say("lists.named", what=REASONS[note], named=quote_names(some))
        for note, some in groups.items()
    )


def print_yen(amounts: Iterable[float]) -> list[str]:
    """Amounts under a header that says that they are yen: 3,780,000."""
    return [format_number(yen, 0) for yen in amounts]


def print_range(low: float, high: float) -> str:
    """A range of yen under such a header, or one amount where both ends print the same."""
    if pd.isna(low) or pd.isna(high):
        return NO_FIGURE
    return SIGNS["to"].join(dict.fromkeys(print_yen([low, high])))


def print_percentages(printed: pd.Series) -> list[str]:
    """Published percentages as printed, with their sign whether that is printed or not."""
    return [
        NO_FIGURE if pd.isna(text) else SIGNS["percent"].format(number=str(text).rstrip("%％"))
        for text in printed
    ]


def say_note(reason: str) -> str:
    """Say what a note means; nothing where there is none."""
    return REASONS.get(reason, "")


def join_cells(*parts: Iterable[str]) -> list[str]:
    """What is not empty in each row, with "。" between."""
    rows = zip(*parts, strict=True)
    return [LISTS["stop"].join(part for part in row if part) or NO_FIGURE for row in rows]


def _name_cost_columns() -> dict[str, str]:
    """The name of each column of `list_costs`."""
    return BASES | {
        f"{basis}_{end}": say(f"cost_columns.{end}", basis=word)
        for basis, word in BASES.items()
        for end in ("with_personnel", "full")
    }


COST_COLUMNS = _name_cost_columns()


def name_cost_column(name: str) -> str:
    """Name a column of `list_costs`, 決算額と人件費の合計, or an amount that has its own name."""
    if name in COST_COLUMNS:
        return COST_COLUMNS[name]
    kind, of_item, item = name.partition("/")  # as `share_funding` names one amount
    if of_item and kind in BUDGET_KINDS:
        return say("amounts.of_item", kind=BUDGET_KINDS[kind], item=item)
    return name


def explain(audit: pd.DataFrame, ways: pd.Series) -> pd.Series:
    """The way of computing and rounding that gives a printed figure; else why there is none."""
    explained = ways + LISTS["comma"] + audit["rounding"].map(ROUNDINGS)
    return explained.fillna(audit["finding"].map(FINDINGS))


def describe_audit_of(audit: pd.DataFrame, what: str) -> str:
    """Count how many printed figures some way of computing explains."""
    found = count_explained(audit)
    if not found.figures:
        return ""
    said = [
        say(
            "audits.explained" if found.explained else "audits.figures",
            what=what,
            of=found.figures,
            count=found.explained,
        )
    ]
    if found.truncated:
        said.append(say("audits.truncated", count=found.truncated))
    if found.odd:
        said.append(say("audits.odd", count=found.odd))
    if found.unchecked:
        why = say_counts(found.why_unchecked, LISTS["items"])
        said.append(say("audits.unchecked", count=found.unchecked, why=why))
    return "".join(said)


def list_words(ratings: pd.DataFrame, name: str) -> list[str]:
    """List the published words of a column once each, with the judges where these differ.

    Examples
    --------
    >>> ratings = pd.DataFrame({"grade": ["A", "B", "B"], "rated_by": ["一次", "一次", "二次"]})
    >>> list_words(ratings, "grade"), list_words(ratings[1:], "grade")
    (['A（一次）', 'B（一次・二次）'], ['B'])
    """
    words = group_judges(ratings, name)
    if len({tuple(sorted(judges)) for judges in words.values()}) < 2:
        return list(words)
    return [_say_word(word, judged_by) for word, judged_by in words.items()]


def _say_word(word: str, judges: list[str]) -> str:
    """A published word, with those who judge so where any are told."""
    by = LISTS["dot"].join(judges)
    return say("lists.noted", what=word, note=by) if by else word


def say_judges(judges: Mapping[str, list[str]]) -> str | None:
    """Say a published word; where judges differ, each word with its judges; None without one.

    Examples
    --------
    >>> say_judges({"A": ["一次", "二次"]}), say_judges({"A": ["一次"], "B": ["二次"]})
    ('A', 'A（一次）・B（二次）')
    """
    if len(judges) < 2:
        return next(iter(judges), None)
    return LISTS["dot"].join(_say_word(word, judged_by) for word, judged_by in judges.items())


def quote_words(ratings: pd.DataFrame, name: str) -> str:
    """Quote the published words of a column: 「順調」「概ね順調」; nothing where there is none."""
    return quote_all(list_words(ratings, name))


def where_printed(table: pd.DataFrame, *names: str) -> dict[str, pd.Series]:
    """The columns in which anything is printed."""
    return {n: print_texts(table[n]) for n in names if n in table and table[n].notna().any()}
