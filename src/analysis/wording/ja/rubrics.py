"""Rules of grades: what one says, and what several would give for the same KPI."""

import re
from typing import Any

import pandas as pd

from analysis.wording.ja.formats import format_number, short_fiscal_year
from analysis.wording.labels import DIRECTIONS, NO_FIGURE, READINGS, STATUSES


def describe_rubric(rubric: dict[str, Any] | None) -> str:
    """Say how far the rubric behind published grades is known."""
    if rubric is None:
        return "この資料の評価に当てはまる基準は、手元にありません。"
    note = "".join(rubric.get("note", "").split())
    if "level_words" not in rubric:
        inferred = rubric["inferred"] or "記載なし。"
        return f"{rubric['name']}の基準：{note}資料から推定した点：{inferred}"
    rules = rubric["rules"]
    unknown = sum(rule["grade"] == "unknown" for rule in rules)
    return f"{note}{len(rules)}通りの組み合わせのうち{unknown}通りは、総合評価が分かりません。"


def tabulate_rubric(rubric: dict[str, Any] | None) -> pd.DataFrame:
    """What a rubric says: one combination of published levels a row, or one band of figures."""
    if rubric is not None and "level_words" not in rubric:
        return tabulate_bands(rubric)
    rules = [] if rubric is None else rubric["rules"]
    return pd.DataFrame(
        [
            {
                **{
                    AXIS_NAMES.get(name, name): write_words(name, c)
                    for name, c in rule["when"].items()
                },
                "総合評価": rule["grade"].replace("unknown", "不明"),
                "根拠": rule.get("source", "どのシートにも現れない"),
            }
            for rule in rules
        ]
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
