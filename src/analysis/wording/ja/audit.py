"""Published judgements against the figures at hand."""

from typing import Any

import pandas as pd

from analysis.measures.audit import SPEAKS_AGAINST
from analysis.measures.keys import RATED, list_rows
from analysis.wording.ja.formats import format_rate, format_value, list_some
from analysis.wording.ja.judgements import describe_policy
from analysis.wording.ja.phrases import count_words, print_texts, quote_words, where_printed
from analysis.wording.labels import NO_FIGURE

FINDINGS = {
    "only_policy": "今後の方針だけが示されている",
    "no_kpi": "指標がないまま評価されている",
    "no_actual": "公表された数値では説明できない",
    "worse_than_baseline": "公表された数値では説明できない（従前値より悪い）",
    "missed_but_best_word": "公表された数値では説明できない（目標に届いていない）",
    "missed_but_good_word": "目標に届いていないが、この言葉がどこまでの未達を指すかは分からない",
    "missed_and_last_word": "目標に届かず、公表の言葉も手元で分かるなかで最も低い",
    "reached_but_lower_word": "年度の目標に到達したが、最上位の言葉でない理由は数値から分からない",
    "program_as_a_whole": "事業全体への評価で、指標ごとの数値とは直接比べられない",
    "no_word": "進捗の言葉がない",
    "unknown_rank": "進捗の言葉がどのくらい良いことを指すのか分からない",
    "nothing_to_compare": "目標も従前値も数値の記載がなく、比べられない",
    "nothing_against_it": "公表された数値と食い違わない",
}


WITHOUT_ACTUAL = {
    "not_in_source": "この資料にありません",
    "pending": "集計中です",
    "unpublished": "未公表とされています",
    "not_set": "「-」とされています",
    "not_surveyed": "この年度は調査されていません",
}


STATES_WITHOUT_ACTUAL = {
    "not_in_source": "実績はこの資料にない",
    "pending": "実績は集計中",
    "unpublished": "実績は未公表とされている",
    "not_set": "実績は「-」とされている",
    "not_surveyed": "この年度は実績の調査がない",
    "not_one_number": "実績を1つの数値として読めない",
}


NAMES = {"progress": "進捗", "grade": "総合評価"}


MOST_TOLD = 4


COMPARED = ("like_rubric", "unlike_rubric", "unlike_not_final")


NOT_COMPARED = (
    *("only_policy", "program_as_a_whole", "no_kpi", "no_actual", "no_word", "unknown_rank"),
    "nothing_to_compare",
)


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
    whole = ("事業全体：" + program).fillna("（事業全体）")
    without = (program + "（指標なし）").fillna("（指標なし）")
    of_program = whole.where(audit["of_whole"] == "yes", without)
    return audit["kpi"].where(audit["kpi"].notna() & (audit["of_whole"] != "yes"), of_program)


def tabulate_audit(audit: pd.DataFrame) -> pd.DataFrame:
    """Each published judgement beside the figures it may rest on."""
    finding = audit["finding"].map(FINDINGS)
    why = audit["no_actual_note"].map(STATES_WITHOUT_ACTUAL)
    no_actual = audit["finding"] == "no_actual"
    return pd.DataFrame(
        {
            "場所": audit["place"],
            "指標": name_judged(audit),
            **where_printed(audit, {"rated_by": "評価した者"}),
            "公表の進捗": print_texts(audit["progress"]),
            "総合評価": print_texts(audit["grade"]),
            **where_printed(audit, {"policy": "今後の方針"}),
            "達成率": audit["achievement_rate"].map(format_rate),
            "進捗率": audit["progress_rate"].map(format_rate),
            "数値との関係": finding.mask(no_actual, finding + "（" + why + "）"),
        }
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
    circular = audit["grade_finding"] == "circular"
    if circular.any():
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
    if audit.empty:
        return NO_FIGURE, "評価の記載なし"
    odd = audit.assign(place=name_places(audit))[audit["against"] != ""]
    if len(odd):
        names = zip(odd["place"], odd["kpi"].fillna(""), strict=True)
        return f"{len(odd)} 件", list_some([f"{place} {kpi}".strip() for place, kpi in names], "・")
    if (audit["finding"] == "only_policy").all():
        return NO_FIGURE, "達成度の評価の記載なし"
    compared = ~audit["finding"].isin(NOT_COMPARED) | audit["grade_finding"].isin(COMPARED)
    return ("0 件", "なし") if compared.any() else (NO_FIGURE, "比べられる数値や基準なし")


def describe_odd(audit: pd.DataFrame, rubric: dict[str, Any] | None = None) -> str:
    """Say which judgements figures or rubric do not explain; nothing where there is none."""
    criteria = (rubric or {}).get("criteria_not_at_hand")
    lacking = f"（評価の基準を定めた{criteria}は手元にありません）" if criteria else ""
    odd = audit[audit["finding"].isin([*SPEAKS_AGAINST, "no_actual"])]
    said = [_say_odd_word(row, lacking) for row in list_rows(odd.head(MOST_TOLD))]
    if len(odd) > MOST_TOLD:
        said.append(
            f"ほかに{len(odd) - MOST_TOLD}件も、公表された数値だけでは説明できません（表を参照）。"
        )
    said.append(_say_unlike(audit[audit["grade_finding"] == "unlike_rubric"], "違います"))
    without = audit[audit["finding"] == "no_kpi"]
    if len(without):
        programs = count_words(without, RATED[:2])
        row = list_rows(without)[0]
        who = f"{programs}事業" if programs > 1 else _name(row | {"rated_by": None})
        said.append(f"{who}は指標がないまま評価されています。")
    return "".join(said)


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
    printed = f"「{row['actual_printed']}」と印刷されていて、1つの数値として読めません"
    return f"は{WITHOUT_ACTUAL.get(row['no_actual_note'], printed)}"


def _say_unlike(unlike: pd.DataFrame, end: str) -> str:
    """Name the grades that are not those of their rubric, with both."""
    if unlike.empty:
        return ""
    named = [
        f"「{_name(row)}」は公表「{row['grade']}」・基準では{_say_rubric_grade(row)}"
        for row in list_rows(unlike)
    ]
    rubrics = "・".join(unlike["rubric_name"].dropna().unique())
    which = f"公表の総合評価{len(unlike)}件" if len(unlike) > 1 else "公表の総合評価"
    return f"{which}は、基準（{rubrics}）にあてはめた評価と{end}（{list_some(named)}）。"


def _say_rubric_grade(row: dict[str, Any]) -> str:
    if not row.get("rubric_possible"):
        return f"「{row['rubric_grade']}」"
    grades = "」か「".join(row["rubric_possible"].split("・"))
    return f"従前値によって「{grades}」"


def _name(row: dict[str, Any]) -> str:
    judge = "" if pd.isna(row.get("rated_by")) else f"（{row['rated_by']}）"
    program = row["place"] if pd.isna(row.get("program")) else row["program"]
    return f"{program if pd.isna(row['kpi']) else row['kpi']}{judge}"


def _say_open_words(audit: pd.DataFrame) -> str:
    """Say what the figures leave open about words of progress."""
    said = []
    for finding, sentence in OPEN_WORDS.items():
        rows = audit[audit["finding"] == finding]
        if len(rows):
            words = quote_words(rows.drop(columns="rated_by", errors="ignore"), "progress")
            said.append(sentence.format(count=count_words(rows, RATED[:4]), words=words))
    unranked = audit[audit["finding"] == "unknown_rank"]
    missed = count_words(unranked[unranked["reached"] == "no"], RATED[:4])
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
    of_rubric = audit[audit["grade_finding"].isin(COMPARED)]
    like = int((of_rubric["grade_finding"] == "like_rubric").sum())
    said = ""
    if like:
        rubrics = "・".join(of_rubric["rubric_name"].dropna().unique())
        which = f"比べられる{len(of_rubric)}件のうち{like}件が、" if like < len(of_rubric) else ""
        which = f"比べられる{like}件とも、" if like == len(of_rubric) > 1 else which
        said = f"総合評価は、{which}基準（{rubrics}）にあてはめた評価と同じです。"
    not_final = audit[audit["grade_finding"] == "unlike_not_final"]
    return said + _say_unlike(not_final, "違いますが、実績が確定前の値です")


def _say_policies(audit: pd.DataFrame) -> str:
    only = audit[audit["finding"] == "only_policy"]
    if only.empty:
        return ""
    if len(only) == len(audit):
        return describe_policy(only) + "どこまで達成したかの評価は公表されていません。"
    return f"{len(only)}件は今後の方針{quote_words(only, 'policy')}だけが公表されています。"
