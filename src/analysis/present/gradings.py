"""Tables and sentences on grades: one KPI under many rubrics, print against computation."""

import re
from typing import Any

import numpy as np
import pandas as pd

from analysis.present.judgements import name_judged
from analysis.present.sentences import (
    DIRECTIONS,
    NO_FIGURE,
    READINGS,
    REASONS,
    STATUSES,
    format_number,
    format_percent,
    format_rate,
    short_fiscal_year,
)

AXIS_NAMES = {"effectiveness": "有効性", "efficiency": "効率性"}
COLUMN_NAMES = {
    **AXIS_NAMES,
    "baseline": "従前値",
    "actual": "実績",
    "sample_size": "母数",
    "direction": "方向",
    "actual_status": "実績の扱い",
    "change_rate": "従前値からの変化",
    "course_years": "従前値から最終年度までの年数",
    "target": "目標",
    "final_target": "最終目標",
    "difference": "目標との差",
    "directed_difference": "目標より良い分の差",
    "yearly_growth": "年平均成長率",
    "growth_ratio": "必要な成長率に対する比",
    "limit_factor": "限界への近さによる係数",
    "growth_of_limit": "年平均成長率÷限界への近さによる係数",
    "mean_points": "点数の平均",
    "kpis": "指標の数",
    "unknown_kpis": "点数のない指標の数",
    "cagr_rate": "年平均成長率の比",
    **READINGS,
}
IN_PERCENT = (
    *(*READINGS, "cagr_rate", "change_rate"),
    *("yearly_growth", "growth_ratio", "growth_of_limit"),
)
WORDS_OF_CONDITIONS = {
    ("exceeded", "yes"): "目標を上回る",
    ("exceeded", "no"): "目標を上回らない",
    ("change", "better"): "従前値より良い",
    ("change", "same"): "従前値と同じ",
    ("change", "worse"): "従前値より悪い",
    ("reached", "yes"): "目標に到達",
    ("reached", "no"): "目標に未達",
    ("reached", "unknown"): "到達したか不明",
    ("final_reached", "yes"): "最終目標に到達",
    ("final_reached", "no"): "最終目標に未達",
}
ENDS = {"at_least": "以上", "above": "超", "at_most": "以下", "below": "未満"}
NOTES = {
    "gap": "定めなし",
    "unknown_cell": "定めなし",
    "missing_input": "数値なし",
    "reads_reversed": "減らす指標",
    "not_due": "目標の期限前",
}
FORMULAS = {
    **READINGS,
    "achievement_rate": "達成率（実績÷目標）",
    "cagr_rate": "年平均成長率の比",
    "reversed_ratio": "目標÷実績",
    "mirrored_ratio": "2－実績÷目標",
}
ROUNDINGS = {
    "half_up": "四捨五入",
    "truncated": "切り捨て",
    "truncated_or_half_even": "切り捨てか偶数への丸め",
    "unrounded_actual": "実績は丸める前の値",
    "unrounded_figures": "実績と目標は丸める前の値",
}
RATE_FINDINGS = {
    "explained": "式で説明できる",
    "explained_truncated": "切り捨てとみれば説明できる",
    "explained_unrounded": "丸める前の値によるとみれば説明できる",
    "anomaly": "手元の数値と式では説明できない",
    "cannot_be_checked": "確かめられない",
}
PLACES = {
    "best": "最上位とする基準",
    "between": "その間",
    "worst": "最下位とする基準",
}
KEYS = ["government_code", "program_id", "kpi_id", "fiscal_year"]


def tabulate_bands(rubric: dict[str, Any]) -> pd.DataFrame:
    """What a rubric for figures says: one grade and its conditions a row, best first."""
    meanings = {grade["grade"]: grade.get("meaning") for grade in rubric["grades"]}
    shown = name_grades(rubric)
    rows = [(rule["grade"], _conditions(rule["when"])) for rule in rubric["rules"]]
    rows += [
        (f"事業：{rule['grade']}", _conditions(rule["when"]))
        for rule in rubric.get("program_rules", [])
    ]
    rows += [
        (grade["grade"], "数値からは求めない")
        for grade in rubric["grades"]
        if not grade.get("from_figures", True)
    ]
    return pd.DataFrame(
        [
            (
                "不明" if grade == "unknown" else shown.get(grade, grade),
                text,
                meanings.get(grade) or NO_FIGURE,
            )
            for grade, text in rows
        ],
        columns=["評価", "条件", "意味"],
    )


CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")


def name_grades(rubric: dict[str, Any]) -> dict[str, str]:
    """Name the grades of a rubric as a reader reads them.

    Where they are codes (target_achieved) each is told by its meaning; points below 0 have ▲.

    Examples
    --------
    >>> codes = [{"grade": "limited_progress", "meaning": "前進はわずか（60％未満）"},
    ...          {"grade": "deterioration", "meaning": "後退（成長率が負）"}]
    >>> name_grades({"grades": codes}), name_grades({"grades": [{"grade": "-3"}]})
    ({'limited_progress': '前進はわずか', 'deterioration': '後退'}, {'-3': '▲3'})
    """
    grades = rubric["grades"]
    codes = any(CODE.fullmatch(grade["grade"]) for grade in grades)
    return {
        grade["grade"]: grade["meaning"].partition("（")[0]
        if codes and grade.get("meaning")
        else re.sub(r"^-(?=[0-9])", "▲", grade["grade"])
        for grade in grades
    }


def _conditions(when: dict[str, Any]) -> str:
    return "、".join(_condition(name, condition) for name, condition in when.items())


def _condition(name: str, condition: Any) -> str:
    label = COLUMN_NAMES.get(name, name)
    if isinstance(condition, dict) and "printed" in condition:
        return f"{label}の記載が{'ある' if condition['printed'] else 'ない'}"
    if isinstance(condition, str) or (isinstance(condition, dict) and "not" in condition):
        said = WORDS_OF_CONDITIONS.get((name, condition)) if isinstance(condition, str) else None
        return said or f"{label}が{write_words(name, condition)}"
    if not isinstance(condition, dict):
        return f"{label}が{_figure(name, condition)}"
    return f"{label}が" + "".join(f"{_figure(name, end)}{ENDS[w]}" for w, end in condition.items())


def write_words(name: str, condition: Any) -> str:
    """Write a word, or those a negated condition leaves out, as a reader reads them.

    Examples
    --------
    >>> write_words("direction", {"not": ["up", "down"]}), write_words("effectiveness", "高")
    ('「増やす」「減らす」以外', '高')
    """
    names = DIRECTIONS | STATUSES
    if isinstance(condition, str):
        return names.get(condition, condition)
    words = [condition["not"]] if isinstance(condition["not"], str) else condition["not"]
    said = [WORDS_OF_CONDITIONS.get((name, word), names.get(word, word)) for word in words]
    return "".join(f"「{word}」" for word in said) + "以外"


def _figure(name: str, value: float) -> str:
    return f"{format_number(value * 100)}％" if name in IN_PERCENT else format_number(value)


def tabulate_gradings(gradings: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """The grades of `list_grades`: one KPI a row, the rubrics by the place they give it.

    `rubrics` gives their names. A KPI that no rubric can grade has no row.
    """
    names = gradings["rubric"].map({name: rubric["name"] for name, rubric in rubrics.items()})
    words = {name: name_grades(rubric) for name, rubric in rubrics.items()}
    cells = zip(gradings["rubric"], gradings["grade"], strict=True)
    grades = [words.get(name, {}).get(grade, grade) for name, grade in cells]
    told = gradings.assign(name=names, grade=pd.Series(grades, gradings.index, dtype="str"))
    rows = []
    for _, kpi in told.groupby(KEYS, sort=False, dropna=False):
        if (kpi["standing"] != "unknown").any():
            first = kpi.iloc[0]
            final = "（実績は確定前）" if (kpi["note"] == "not_final").any() else ""
            year = short_fiscal_year(first["fiscal_year"])
            rows.append({"指標": first["kpi"] + final, "年度": year} | _by_place(kpi))
    return pd.DataFrame(rows, columns=["指標", "年度", *PLACES.values(), "評価できない基準"])


def _by_place(kpi: pd.DataFrame) -> dict[str, str]:
    """The rubrics that put one KPI first, last and between, and why others give no grade."""
    graded = kpi["name"] + " " + kpi["grade"]
    places = {
        label: "、".join(graded[kpi["standing"] == place]) or NO_FIGURE
        for place, label in PLACES.items()
    }
    unknown = kpi[kpi["standing"] == "unknown"]
    reasons = unknown["name"].groupby(unknown["note"].map(NOTES), sort=False).agg("、".join)
    why = "。".join(f"{reason}：{names}" for reason, names in reasons.items())
    return places | {"評価できない基準": why or NO_FIGURE}


def tabulate_rubrics(gradings: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """The rubrics that grade a KPI in the table of `list_grades`: source, years, what is inferred.

    One that gives no grade here has no row.
    """
    giving = set(gradings.loc[gradings["standing"] != "unknown", "rubric"])
    shown = [rubric for name, rubric in rubrics.items() if name in giving]
    return pd.DataFrame(
        [
            {
                "基準": rubric["name"],
                "出典": rubric["source"],
                "年度": _validity(rubric),
                "推定したこと": rubric["inferred"] or NO_FIGURE,
                "注": "".join(rubric["note"].split()) or NO_FIGURE,
            }
            for rubric in shown
        ],
        columns=["基準", "出典", "年度", "推定したこと", "注"],
    )


def _validity(rubric: dict[str, Any]) -> str:
    ends = [short_fiscal_year(rubric.get(key, float("nan"))) for key in ("valid_from", "valid_to")]
    if set(ends) == {NO_FIGURE}:
        return "不明"
    return ends[0] if ends[0] == ends[1] else "～".join(ends)


def describe_gradings(gradings: pd.DataFrame) -> str:
    """Say for how many KPIs the place in the scale hangs on the rubric, and what that means."""
    graded = gradings[gradings["standing"] != "unknown"]
    if gradings.empty:
        return "別の基準に当てはめられる指標はありません。"
    if graded.empty:
        return "ほかの団体の基準で評価できる指標はありません。"
    kpis = gradings.groupby(KEYS, dropna=False).ngroups
    by_kpi = graded.groupby(KEYS, dropna=False)
    left = kpis - by_kpi.ngroups
    rest = f"ほかの{left}指標は、どの基準でも評価できません。" if left else ""
    return (
        f"手元にある{gradings['rubric'].nunique()}通りの基準のうち"
        f"{_say_how_many(graded['rubric'].value_counts(), by_kpi.ngroups)}{rest}"
        f"{_say_places(by_kpi['standing'].nunique(), by_kpi['rubric'].nunique())}"
        "基準はほかの団体などのもので、この団体の評価が正しいかどうかを示すものではありません。"
    )


def _say_how_many(graded: pd.Series, kpis: int) -> str:
    """Say how many rubrics grade at least one of some KPIs, and how many all of them."""
    rubrics, whole = len(graded), int((graded == kpis).sum())
    of = f"{kpis}指標すべて" if kpis > 1 else "1指標"
    if whole == rubrics:
        return f"{rubrics}通り{'だけ' if rubrics == 1 else ''}が、{of}を評価できます。"
    every = f"{of}を評価できるのは{whole}通りです。" if whole else ""
    every = every or f"{of}を評価できる基準はありません。"
    return f"{rubrics}通りが、少なくとも1指標を評価できます。{every}"


def _say_places(places: pd.Series, rubrics: pd.Series) -> str:
    """Say for how many KPIs the place changes; nothing where no KPI has two rubrics."""
    place, changing = "位置（最上位・最下位・その間）", int((places > 1).sum())
    if (rubrics < 2).all():
        return ""
    if changing and len(places) > 1:
        return f"うち{changing}指標は、どの基準を使うかによって{place}が変わります。"
    if changing:
        return f"どの基準を使うかによって{place}が変わります。"
    which = "どの指標も、" if len(places) > 1 else ""
    return f"{which}どの基準でも{place}は同じです。"


def tabulate_rates_audit(audit: pd.DataFrame) -> pd.DataFrame:
    """Each published rate beside the formula and the rounding that explain it."""
    others = [
        "・".join(FORMULAS[name] for name in also.split()) or NO_FIGURE for also in audit["also"]
    ]
    formula = audit["explained_by"].map(FORMULAS) + "、" + audit["rounding"].map(ROUNDINGS)
    whole = np.where(audit["finding_note"] == "rate_of_program", "yes", "no")
    judges = audit.get("rated_by", pd.Series(index=audit.index, dtype="str"))
    return pd.DataFrame(
        {
            "指標": name_judged(audit.assign(of_whole=whole)),
            **({"評価した者": judges.fillna(NO_FIGURE)} if judges.notna().any() else {}),
            "年度": [short_fiscal_year(year) for year in audit["fiscal_year"]],
            "公表の率": _printed(audit["published_rate_printed"]),
            "計算した率": [format_rate(ratio, 3) for ratio in audit["computed"]],
            "説明する式と丸め方": formula.fillna(audit["finding"].map(RATE_FINDINGS)),
            "ほかに合う式": others,
            "注意・理由": audit["finding_note"].map(REASONS).fillna(NO_FIGURE).astype("str"),
            "場所": audit["place"],
        }
    )


def _printed(texts: pd.Series) -> list[str]:
    return [NO_FIGURE if pd.isna(t) else f"{str(t).rstrip('%％')}％" for t in texts]


EXPLAINED = ("explained", "explained_truncated", "explained_unrounded")


def describe_rates_audit(audit: pd.DataFrame) -> str:
    """Say how many published rates a formula explains, and what stands against the others."""
    if audit.empty:
        return "率の公表はありません。"
    explained = audit[audit["finding"].isin(EXPLAINED)]
    odd = int((audit["finding"] == "anomaly").sum())
    said = [
        _say_explained(explained, len(audit)),
        *_say_roundings(audit),
        f"{odd}件は手元の数値と式では説明できません。別の式によるのかもしれません。" * (odd > 0),
        *_say_unchecked(audit),
    ]
    return "".join(said)


def _say_explained(explained: pd.DataFrame, count: int) -> str:
    """Say how many rates a formula explains, by which, and which of that shows nothing."""
    number = len(explained)
    formulas = _counts(explained["explained_by"].map(FORMULAS))
    by = f"（{formulas}）" if formulas else ""
    begin = f"公表された率{count}件のうち{number}件は、"
    if number == count:
        begin = f"公表された率（{count}件）は、{'いずれも' if count > 1 else ''}"
    circular = int((explained["finding_note"] == "figures_inferred").sum())
    nothing = "目標・実績が推定のため、確かめたことにはなりません。"
    if circular and circular == number:
        return f"{begin}手元の数値から式で説明できますが{by}、{nothing}"
    some = f"うち{circular}件は、{nothing}" if circular else ""
    return f"{begin}手元の数値から式で説明できます{by}。{some}"


def _say_roundings(audit: pd.DataFrame) -> list[str]:
    """Say which rates only fit cut off or before rounding, and which read the other way round."""
    said = []
    cut = int((audit["finding"] == "explained_truncated").sum())
    if cut:
        which = f"{cut}件は、" if len(audit) > 1 else ""
        said.append(f"{which}四捨五入ではなく切り捨てとみれば合います。")
    said += [
        f"このうち{count}件は、{figures}の端数を丸める前の値によるとみれば合います。"
        for rounding, figures in (("unrounded_actual", "実績"), ("unrounded_figures", "実績と目標"))
        if (count := int((audit["rounding"] == rounding).sum()))
    ]
    reads_reversed = audit["finding"].isin(EXPLAINED) & (audit["finding_note"] == "reads_reversed")
    if reads_reversed.any():
        said.append(
            f"{reads_reversed.sum()}件は減らす指標の単純な比で、"
            "100％を超える間は、目標に届いていません。"
        )
    return said


def _say_unchecked(audit: pd.DataFrame) -> list[str]:
    """Say which rates cannot be checked, and why."""
    said = []
    of_program = audit["finding_note"] == "rate_of_program"
    if of_program.any():
        said.append(
            f"{of_program.sum()}件は事業全体の率で、どの数値から計算したかは資料から分かりません。"
        )
    unchecked = audit[(audit["finding"] == "cannot_be_checked") & ~of_program]
    if len(unchecked):
        why = _counts(unchecked["finding_note"].map(REASONS))
        said.append(f"{len(unchecked)}件は確かめられません（{why}）。")
    return said


def _counts(words: pd.Series) -> str:
    counts = words.dropna().astype("str").value_counts()
    return "、".join(f"{word}：{count}件" for word, count in counts.items() if count)


def tabulate_agreement(counts: pd.DataFrame, scheme: str | None = None) -> pd.DataFrame:
    """Published grades (rows) against computed ones (columns), from `count_agreement`.

    `scheme` names the rubric where the table holds several; without it, the first is shown.
    Judges stand below each other.
    """
    if counts.empty:
        return pd.DataFrame(columns=["公表の評価"])
    of_one = counts[counts["scheme"] == (scheme or counts["scheme"].iloc[0])]
    scale = list(dict.fromkeys(of_one["published"]))
    parts = []
    for judge, of_judge in of_one.groupby(of_one["rated_by"].fillna(""), sort=False):
        wide = of_judge.pivot_table(
            index="published", columns="computed", values="judgements", aggfunc="sum"
        )
        wide = wide.reindex(index=scale, columns=scale)
        columns = {f"計算では{grade}": wide[grade].astype("str").to_numpy() for grade in scale}
        who = {"評価した者": judge or NO_FIGURE} if of_one["rated_by"].notna().any() else {}
        parts.append(pd.DataFrame({"公表の評価": scale, **who, **columns}))
    return pd.concat(parts, ignore_index=True)


def describe_agreement(agreement: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> str:
    """Say how far published grades agree with their rubric, and how little that may show."""
    if agreement["both"].sum() == 0:
        return "公表の総合評価のうち、基準から求めた評価と並べられるものはありません。"
    return "".join(
        _agreement(row, rubrics[row["scheme"]]["name"])
        for row in agreement.to_dict("records")
        if row["both"]
    )


def _agreement(row: dict[str, Any], name: str) -> str:
    judge = "" if pd.isna(row.get("rated_by")) else f"（{row['rated_by']}）"
    which = f"{name}{judge}：公表の総合評価{row['judgements']}件"
    which += f"のうち、基準から評価を求められる{row['both']}件" * (row["both"] < row["judgements"])
    every = row["agreeing"] == row["both"]
    all_of_it = f"{row['both']}件とも" if row["both"] > 1 else ""
    share = f"{row['agreeing']}件（{format_percent(row['agreement'])}）が"
    agree = f"{which}は、{all_of_it if every else share}基準から求めた評価と一致します"
    if row["agreeing"] == 0:
        agree = f"{which}は、{all_of_it}基準から求めた評価と違います"
    if every and row["circular"] == row["both"]:
        return (
            f"{agree}が、{'いずれも' if row['both'] > 1 else ''}同じ年度の資料から読み取った"
            "対応なので、確かめたことにはなりません。"
        )
    said = f"{agree}。{_say_kappa(row)}"
    if row["circular"]:
        said += (
            f"うち{row['circular']}件は、同じ年度の資料から読み取った対応による評価なので、"
            "一致しても基準を確かめたことにはなりません。"
        )
    return said


def _say_kappa(row: dict[str, Any]) -> str:
    if row["kappa_note"]:
        return f"偶然の一致を除いた度合いは求めません（{REASONS[row['kappa_note']]}）。"
    return f"偶然の一致を除いた一致の度合い（重みつきκ）は{format_number(row['kappa'], 2)}です。"
