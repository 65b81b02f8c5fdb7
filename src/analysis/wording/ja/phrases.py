"""Parts of sentences and cells that several questions use."""

from collections.abc import Iterable

import pandas as pd

from analysis.measures.keys import PROGRAM, find_rows, list_keys, take
from analysis.wording.ja.formats import format_value
from analysis.wording.labels import BASES, BUDGET_KINDS, NO_FIGURE, REASONS


def find_names(table: pd.DataFrame, programs: pd.DataFrame) -> list[str]:
    """The name of each row's program."""
    key = ["government_code", "program_id"]
    names = dict(zip(list_keys(programs, key), programs["program"], strict=True))
    return [names[found] for found in list_keys(table, key)]


def quote_names(names: Iterable[str], most: int | None = None) -> str:
    """Put each name in brackets; of programs beyond `most` only their number.

    Examples
    --------
    >>> quote_names(["面接会", "セミナー", "移住"], most=2)
    '「面接会」「セミナー」ほか1事業'
    """
    listed = list(names)
    quoted = "".join(f"「{name}」" for name in listed[:most])
    left = len(listed) - (len(listed) if most is None else most)
    return f"{quoted}ほか{left}事業" if left > 0 else quoted


def count_reasons(notes: pd.Series) -> str:
    """Write how many KPIs each reason is about: 実績がない：2指標、目標が0：1指標."""
    counts = notes[notes != ""].astype("str").value_counts(sort=False)
    return "、".join(f"{REASONS[str(note)]}：{count}指標" for note, count in counts.items())


def print_texts(values: pd.Series) -> pd.Series:
    """Texts, with a dash where there is none."""
    return values.astype("object").where(values.notna(), NO_FIGURE).astype("str")


def print_values(kpis: pd.DataFrame, name: str) -> list[str]:
    """Figures of a column, each with the unit of its KPI."""
    return [format_value(v, u) for v, u in zip(kpis[name], kpis["unit"], strict=True)]


def list_missing(notes: pd.Series, names: pd.Series) -> str:
    """Which programs lack something, by reason: 金額の記載がない：「面接会」「拠点」."""
    groups = names[notes != ""].groupby(notes[notes != ""].astype("str"), sort=False)
    return "、".join(f"{REASONS[str(note)]}：{quote_names(group)}" for note, group in groups)


def say_note(reason: str) -> str:
    """Say what a note means; nothing where there is none."""
    return REASONS.get(reason, "")


def join_cells(*parts: Iterable[str]) -> list[str]:
    """What is not empty in each row, with "。" between."""
    rows = zip(*parts, strict=True)
    return ["。".join(part for part in row if part) or NO_FIGURE for row in rows]


ROUNDINGS = {"half_up": "四捨五入", "truncated": "切り捨て"}


FINDINGS = {"anomaly": "手元の金額では説明できない", "cannot_be_checked": "確かめられない"}


WITH = {"_with_personnel": "と人件費の合計", "_full": "（人件費を含む総額）"}


def name_programs(table: pd.DataFrame, programs: pd.DataFrame | None) -> dict[str, list[str]]:
    """The column with the name of each row's program, on a page of more than one program."""
    if programs is None or programs["program_id"].nunique() < 2:
        return {}
    rows = find_rows(table, programs, PROGRAM)
    return {"事業": take(programs["program"], rows, table.index).fillna(NO_FIGURE).tolist()}


def name_cost_column(name: str) -> str:
    """Name a column of `list_costs`, 決算額と人件費の合計, or an amount that has its own name."""
    kind, of_item, item = name.partition("/")
    if of_item and kind in BUDGET_KINDS:
        return f"{BUDGET_KINDS[kind]}の{item}"
    for ending, words in WITH.items():
        if name.endswith(ending):
            return BASES[name.removesuffix(ending)] + words
    return BASES.get(name, name)


def explain(audit: pd.DataFrame, ways: pd.Series) -> pd.Series:
    """The way of computing and rounding that gives a printed figure; else why there is none."""
    explained = ways + "、" + audit["rounding"].map(ROUNDINGS)
    return explained.fillna(audit["finding"].map(FINDINGS))


def describe_audit_of(audit: pd.DataFrame, what: str) -> str:
    """Count how many printed figures some way of computing explains."""
    if audit.empty:
        return ""
    found = audit["finding"]
    explained = int(found.isin(["explained", "explained_truncated"]).sum())
    if explained:
        said = [
            f"公表された{what}{len(audit)}件のうち{explained}件は、手元の金額から説明できます。"
        ]
    else:
        said = [f"公表された{what}は{len(audit)}件です。"]
    cut, odd = (int((found == word).sum()) for word in ("explained_truncated", "anomaly"))
    if cut:
        said.append(f"{cut}件は、四捨五入ではなく切り捨てとみれば合います。")
    if odd:
        said.append(f"{odd}件は手元の金額では説明できません。別の計算によるのかもしれません。")
    notes = audit.loc[found == "cannot_be_checked", "finding_note"].astype("str")
    if len(notes):
        counts = notes.map(REASONS).value_counts(sort=False)
        why = "、".join(f"{word}：{count}件" for word, count in counts.items())
        said.append(f"{len(notes)}件は確かめられません（{why}）。")
    return "".join(said)


def list_words(ratings: pd.DataFrame, name: str) -> list[str]:
    """List the published words of a column once each, with the judges where these differ.

    Examples
    --------
    >>> ratings = pd.DataFrame({"grade": ["A", "B", "B"], "rated_by": ["一次", "一次", "二次"]})
    >>> list_words(ratings, "grade"), list_words(ratings[1:], "grade")
    (['A（一次）', 'B（一次・二次）'], ['B'])
    """
    said = ratings.reindex(columns=[name, "rated_by"]).dropna(subset=[name]).drop_duplicates()
    words: dict[str, list[str]] = {}
    for word, judge in zip(said[name], said["rated_by"], strict=True):
        words.setdefault(str(word), []).extend([] if pd.isna(judge) else [judge])
    if len({tuple(sorted(judges)) for judges in words.values()}) < 2:
        return list(words)
    return [word + (f"（{'・'.join(j)}）" if j else "") for word, j in words.items()]


def quote_words(ratings: pd.DataFrame, name: str) -> str:
    """Quote the published words of a column: 「順調」「概ね順調」; nothing where there is none."""
    return "".join(f"「{word}」" for word in list_words(ratings, name))


def where_printed(table: pd.DataFrame, labels: dict[str, str]) -> dict[str, pd.Series]:
    """The columns in which anything is printed, under their labels."""
    there = {name: label for name, label in labels.items() if name in table}
    return {label: print_texts(table[n]) for n, label in there.items() if table[n].notna().any()}


def count_words(rows: pd.DataFrame, key: list[str]) -> int:
    """How many different things were judged: one that two judged is counted once."""
    return len(rows[[name for name in key if name in rows]].drop_duplicates())
