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
from analysis.wording.formats import format_rate, format_value, list_some
from analysis.wording.judgements import describe_policy
from analysis.wording.labels import NO_FIGURE, labels
from analysis.wording.phrases import print_texts, quote_words, where_printed
from analysis.wording.tables import label_table

FINDINGS = labels("audit.findings")
NO_ACTUAL = labels("audit.no_actual")
NAMES = labels("audit.words")
JUDGED = labels("audit.judged")
MOST_TOLD = 4
WITHOUT_ACTUAL = {
    "not_in_source": "この資料にありません",
    "pending": "集計中です",
    "unpublished": "未公表とされています",
    "not_set": "「-」とされています",
    "not_surveyed": "この年度は調査されていません",
    "not_one_number": "「{actual_printed}」と印刷されていて、1つの数値として読めません",
}
ODD = {
    "not_judged": (NO_FIGURE, "評価の記載なし"),
    "only_policy": (NO_FIGURE, "達成度の評価の記載なし"),
    "none_odd": ("0 件", "なし"),
    "not_compared": (NO_FIGURE, "比べられる数値や基準なし"),
}


def name_places(audit: pd.DataFrame) -> pd.Series:
    """Name the place of each judgement, with its judge where several judged."""
    places = audit["place"].astype("str")
    judges = audit.get("rated_by", pd.Series(index=audit.index, dtype="str"))
    if judges.nunique(dropna=False) < 2:
        return places
    return places.where(judges.isna(), places + "（" + judges.astype("str") + "）")


def name_judged(audit: pd.DataFrame) -> pd.Series:
    """Name what each judgement is about: a KPI, a program as a whole, or one without any KPI."""
    program = audit.get("program", pd.Series(index=audit.index, dtype="str"))
    whole = (f"{JUDGED['whole']}：" + program).fillna(f"（{JUDGED['whole']}）")
    without = program.fillna("") + f"（{JUDGED['no_kpi']}）"
    of_program = whole.where(audit["of_whole"] == "yes", without)
    return audit["kpi"].where(audit["kpi"].notna() & (audit["of_whole"] != "yes"), of_program)


def tabulate_audit(audit: pd.DataFrame) -> pd.DataFrame:
    """Each published judgement beside the figures it may rest on."""
    finding = audit["finding"].map(FINDINGS)
    why = audit["no_actual_note"].map(NO_ACTUAL)
    no_actual = audit["finding"] == "no_actual"
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
            "finding": finding.mask(no_actual, finding + "（" + why + "）"),
        },
    )


def describe_audit(audit: pd.DataFrame, rubric: dict[str, Any] | None = None) -> str:
    """Say how published judgements stand to figures and rubric, accusing nobody.

    `rubric` names the paper with the criteria, where that is known but not at hand.
    """
    if audit.empty:
        return "この資料に評価の公表はありません。"
    said = describe_odd(audit, rubric) + _say_open_words(audit)
    if not said:
        said = _say_agreement(audit)
    said += _say_like_grades(audit) + _say_policies(audit)
    if said:
        return said
    if (audit["grade_finding"] == "circular").any():
        return (
            "総合評価を比べられる基準は、この年度の資料から読み取ったものだけで、"
            "比べても確かめたことになりません。"
        )
    return "公表された評価を、公表された数値や基準と比べることはできません。"


def _say_agreement(audit: pd.DataFrame) -> str:
    """Say where the words of progress are those the figures would have one expect."""
    last = audit[audit["finding"] == "missed_and_last_word"]
    said = []
    if (audit["finding"] == "nothing_against_it").any():
        said.append("公表された進捗と食い違う数値は見つかりません。")
    if len(last):
        missed = list_some([f"「{name}」" for name in dict.fromkeys(last["kpi"])], "")
        word = quote_words(last, "progress")
        said.append(f"目標に届かなかった{missed}の進捗{word}は、手元で分かる最も低い言葉です。")
    return "".join([*said, "評価が数値から決まったという意味ではありません。"] if said else [])


def summarize_odd(audit: pd.DataFrame) -> tuple[str, str]:
    """Count the judgements that figures or rubric do not explain, and name them.

    A dash where nothing could be compared, with the reason.
    """
    word = weigh_odd(audit)
    if word != "odd":
        return ODD[word]
    odd = audit.assign(place=name_places(audit))[audit["against"] != ""]
    names = zip(odd["place"], odd["kpi"], strict=True)
    named = [place if pd.isna(kpi) else f"{place} {kpi}" for place, kpi in names]
    return f"{len(odd)} 件", list_some(named, "・")


def describe_odd(audit: pd.DataFrame, rubric: dict[str, Any] | None = None) -> str:
    """Say which judgements figures or rubric do not explain; nothing where there is none."""
    criteria = (rubric or {}).get("criteria_not_at_hand")
    lacking = f"（評価の基準を定めた{criteria}は手元にありません）" if criteria else ""
    odd = find_odd(audit)
    said = [_say_odd_word(row, lacking) for row in list_rows(odd.words.head(MOST_TOLD))]
    more = len(odd.words) - MOST_TOLD
    if more > 0:
        said.append(f"ほかに{more}件も、公表された数値だけでは説明できません（表を参照）。")
    return "".join([*said, _say_unlike(odd.grades, "違います"), _say_without_kpi(odd)])


def _say_without_kpi(odd: Odd) -> str:
    """Say who was judged without any KPI."""
    if not odd.programs:
        return ""
    first = list_rows(odd.without_kpi)[0] | {"rated_by": None}
    who = f"{odd.programs}事業" if odd.programs > 1 else _name(first)
    return f"{who}は指標がないまま評価されています。"


def _say_odd_word(row: dict[str, Any], lacking: str) -> str:
    judge = "" if pd.isna(row.get("rated_by")) else f"（{row['rated_by']}）"
    words = [(name, row[column]) for column, name in NAMES.items() if pd.notna(row[column])]
    word = f"公表の{words[0][0]}{judge}は「{words[0][1]}」ですが、" if words else ""
    return (
        f"「{row['kpi']}」の{word}実績{_say_against(row)}。"
        f"公表された数値だけでは説明できません{lacking}。"
    )


def _say_against(row: dict[str, Any]) -> str:
    """What the figures say: 148件は従前値170件を下回っています."""
    actual, unit = format_value(row["actual"], row["unit"]), row["unit"]
    if row["finding"] == "worse_than_baseline":
        side = "下回って" if row["actual"] < row["baseline"] else "上回って"
        return f"{actual}は従前値{format_value(row['baseline'], unit)}を{side}います"
    if row["finding"] == "missed_but_best_word":
        only_final = pd.isna(row["target"])
        aim = format_value(row["final_target"] if only_final else row["target"], unit)
        return f"{actual}は{'最終目標' if only_final else '目標'}{aim}に届いていません"
    return f"は{WITHOUT_ACTUAL[row['no_actual_note']].format(**row)}"


def _say_unlike(unlike: pd.DataFrame, end: str) -> str:
    """Name the grades that are not those of their rubric, with both."""
    if unlike.empty:
        return ""
    named = [
        f"「{_name(row)}」は公表「{row['grade']}」・基準では{_say_rubric_grade(row)}"
        for row in list_rows(unlike)
    ]
    rubrics = "・".join(list_rubrics(unlike))
    which = f"公表の総合評価{len(unlike)}件" if len(unlike) > 1 else "公表の総合評価"
    return f"{which}は、基準（{rubrics}）にあてはめた評価と{end}（{list_some(named)}）。"


def _say_rubric_grade(row: dict[str, Any]) -> str:
    if not row["rubric_possible"]:
        return f"「{row['rubric_grade']}」"
    grades = "」か「".join(row["rubric_possible"])
    return f"従前値によって「{grades}」"


def _name(row: dict[str, Any]) -> str:
    judge = "" if pd.isna(row.get("rated_by")) else f"（{row['rated_by']}）"
    program = row["place"] if pd.isna(row.get("program")) else row["program"]
    return f"{program if pd.isna(row['kpi']) else row['kpi']}{judge}"


def _say_open_words(audit: pd.DataFrame) -> str:
    """Say what the figures leave open about words of progress."""
    said = []
    for word in list_open_words(audit):
        words = quote_words(word.rows.drop(columns="rated_by", errors="ignore"), "progress")
        said.append(OPEN_WORDS[word.finding].format(count=word.kpis, words=words))
    missed = count_missed_unranked(audit)
    if missed:
        said.append(f"その指標のうち{missed}指標は、目標に届いていません。")
    return "".join(said)


OPEN_WORDS = {
    "missed_but_good_word": (
        "目標に届いていない{count}指標の進捗は{words}とされています。"
        "どこまでの未達をこの言葉とするのかは、資料から分かりません。"
    ),
    "reached_but_lower_word": (
        "年度の目標に到達した{count}指標の進捗が{words}にとどまる理由は、"
        "公表された数値からは分かりません。"
    ),
    "nothing_to_compare": (
        "{count}指標は目標も従前値も数値の記載がなく、進捗の{words}を数値と比べられません。"
    ),
    "unknown_rank": (
        "公表の進捗{words}は、どのくらい良いことを指すのか分からず、数値と比べられません。"
    ),
}


def _say_like_grades(audit: pd.DataFrame) -> str:
    """Say how many grades are those of their rubric, of those that can be compared."""
    grades = compare_grades(audit)
    said = ""
    if grades.like:
        rubrics, like = "・".join(grades.rubrics), grades.like
        which = f"比べられる{grades.compared}件のうち{like}件が、" if like < grades.compared else ""
        which = f"比べられる{like}件とも、" if like == grades.compared > 1 else which
        said = f"総合評価は、{which}基準（{rubrics}）にあてはめた評価と同じです。"
    return said + _say_unlike(grades.not_final, "違いますが、実績が確定前の値です")


def _say_policies(audit: pd.DataFrame) -> str:
    only = audit[audit["finding"] == "only_policy"]
    if only.empty:
        return ""
    if len(only) == len(audit):
        return describe_policy(only) + "どこまで達成したかの評価は公表されていません。"
    return f"{len(only)}件は今後の方針{quote_words(only, 'policy')}だけが公表されています。"
