"""Tables as a reader reads them: Japanese headers, figures as they are printed."""

import platform
from functools import cache
from importlib import metadata
from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.achievement import has_copied_target
from analysis.measures.repeats import find_repeats
from analysis.present.gradings import AXIS_NAMES, tabulate_bands, write_words
from analysis.present.sentences import (
    BEYOND,
    DIRECTIONS,
    KPI_KINDS,
    NATURES,
    NO_FIGURE,
    PART_LABELS,
    READINGS,
    STATUSES,
    TARGET_COLUMNS,
    describe_state,
    describe_status,
    format_final_target,
    format_fiscal_year,
    format_goal,
    format_number,
    format_percent_range,
    format_rate,
    format_target,
    format_value,
    format_yen,
    list_rows,
    print_costs,
    say_period,
    say_span,
    short_fiscal_year,
)

RATES_TO_TARGETS = ("achievement_rate", "progress_rate", "final_rate")
PART_STATES = {
    "final": "あり",
    "concluded": "推定",
    "not_in_source": "記載なし",
    "nature_not_stated": "金額の性質が不明",
}


def _text(values: pd.Series) -> pd.Series:
    return values.astype("object").where(values.notna(), NO_FIGURE).astype("str")


def _values(kpis: pd.DataFrame, name: str) -> list[str]:
    return [format_value(v, u) for v, u in zip(kpis[name], kpis["unit"], strict=True)]


def _targets_of_the_year(kpis: pd.DataFrame) -> list[str]:
    """The targets, but none where it was only concluded from that of a later year."""
    rows = list_rows(kpis, *TARGET_COLUMNS, "target_before")
    targets = [format_target(kpi) + _before(kpi) for kpi in rows]
    return [NO_FIGURE if no else t for t, no in zip(targets, has_copied_target(kpis), strict=True)]


def _before(kpi: dict[str, Any]) -> str:
    """The target before it was revised, where the source prints both."""
    before = kpi.get("target_before")
    if before is None or pd.isna(before):
        return ""
    return f"（当初{format_value(before, kpi['unit'])}）"


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


BUDGET_KINDS = {
    "initial": "当初予算",
    "supplementary": "補正予算",
    "carried_in": "前年度からの繰越",
    "carried_out": "翌年度への繰越",
    "reserve": "予備費",
    "total": "総予算額",
    "settled": "決算額",
    "national_grant": "国費",
    "unused": "不用額",
    "planned": "計画額",
    "reported": "金額（性質の記載なし）",
    "source": "財源",
    "whole_plan": "計画全体の額",
}
PERSONNEL_BESIDE = "人件費（決算か予算かの記載なし）"
MARKED = ("item", "nature", "fiscal_year", "last_year", "inferred")


def name_kind(amount: dict[str, Any]) -> str:
    """Name the kind of an amount: one that was concluded is marked, personnel is called so.

    Examples
    --------
    >>> name_kind({"kind": "initial", "inferred": "kind"})
    '当初予算（推定）'
    >>> name_kind({"kind": "reported", "nature": "personnel"})
    '人件費（決算か予算かの記載なし）'
    """
    if amount["kind"] == "reported" and amount.get("nature") == "personnel":
        return PERSONNEL_BESIDE
    inferred = amount.get("inferred")
    is_concluded = pd.notna(inferred) and "kind" in str(inferred).split()
    return BUDGET_KINDS[amount["kind"]] + "（推定）" * is_concluded


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


def tabulate_plan(kpis: pd.DataFrame) -> pd.DataFrame:
    """What each KPI aims at: kind, direction, baseline, targets."""
    return pd.DataFrame(
        {
            "指標": kpis["kpi"],
            "種類": kpis["kpi_kind"].map(KPI_KINDS),
            "方向": kpis["direction"].map(DIRECTIONS),
            "従前値": _values(kpis, "baseline"),
            "年度の目標": _targets_of_the_year(kpis),
            "最終目標": [format_final_target(kpi) for kpi in list_rows(kpis, *TARGET_COLUMNS)],
            "最終年度": [short_fiscal_year(year) for year in kpis["final_year"]],
            "記載の場所": kpis["place"],
        }
    )


def tabulate_progress(kpis: pd.DataFrame) -> pd.DataFrame:
    """How far each KPI got: target, actual with its status, the plain rates, where it stands.

    A KPI that repeats another one's fact (`find_repeats`) says so, also where that one is of a
    program that is not among the rows.
    """
    said = kpis.reindex(columns=["same_as"])["same_as"].notna()
    elsewhere = np.where(said, "（ほかの事業の指標の再掲）", "")
    again = np.where(find_repeats(kpis) != "", "（再掲。数には含めない）", elsewhere)
    return pd.DataFrame(
        {
            "指標": kpis["kpi"],
            "目標": [format_goal(kpi) for kpi in list_rows(kpis, *TARGET_COLUMNS)],
            "実績": _values(kpis, "actual"),
            "実績の扱い": describe_status(kpis),
            **{READINGS[n]: kpis[n].map(format_rate) for n in RATES_TO_TARGETS},
            "結論": describe_state(kpis) + again,
        }
    )


def tabulate_parts(parts: pd.DataFrame) -> pd.DataFrame:
    """Which parts of an evaluation the documents at hand hold; one KPI a row."""
    words = STATUSES | PART_STATES
    labels = {name: label for name, label in PART_LABELS.items() if name in parts}
    return pd.DataFrame(
        {
            "指標": parts["kpi"].fillna(parts["program"] + "（指標なし）"),
            **{label: parts[name].map(words) for name, label in labels.items()},
        }
    )


def tabulate_observations(observations: pd.DataFrame) -> pd.DataFrame:
    """The other published figures of a program."""
    return pd.DataFrame(
        {
            "内容": observations["what"],
            "年度": [short_fiscal_year(year) for year in observations["fiscal_year"]],
            "値": [
                format_value(v, u)
                for v, u in zip(observations["value"], observations["unit"], strict=True)
            ],
            "扱い": _text(observations["value_status"].map(STATUSES)),
            "母数": [format_number(n) for n in observations["sample_size"]],
            "記載の場所": observations["place"],
        }
    )


def tabulate_programs(comparison: pd.DataFrame) -> pd.DataFrame:
    """The programs of a government side by side, from the table of `compare_programs`."""
    means = zip(comparison["mean_capped_low"], comparison["mean_capped_high"], strict=True)
    label, costs = print_costs(comparison)
    repeated = comparison["repeated"]
    again = np.where(repeated > 0, "（ほかに再掲" + repeated.astype("str") + "）", "")
    full = {}
    if "full_cost_yen" in comparison and comparison["full_cost_yen"].notna().any():
        full = {"人件費を含む費用": [format_yen(cost) for cost in comparison["full_cost_yen"]]}
    return pd.DataFrame(
        {
            "事業": comparison["program"],
            label: costs,
            **full,
            **{
                label: comparison[name].astype("str") + (again if name == "kpis" else "")
                for name, label in (
                    ("kpis", "指標"),
                    ("reached", "到達"),
                    ("missed", "未達"),
                    ("unknown", "不明"),
                )
            },
            "進み具合の平均（0～100％に収める）": [
                format_percent_range(low, high) for low, high in means
            ],
            "同（上限なし）": comparison["mean_raw"].map(format_rate),
            "平均のもと": [say_basis(row) for row in list_rows(comparison, *BASIS_OF_MEAN)],
        }
    )


BASIS_OF_MEAN = {
    "by_progress": "進捗率",
    "by_ratio": "目標に対する比",
    "by_reached": "率のない到達（100％とする）",
    "bounded": "率が不明（0～100％の幅とする）",
}


def say_basis(row: dict[str, Any]) -> str:
    """Say on how many KPIs a mean rests and by which rate of each: 進捗率2、不明1."""
    said = [f"{label}{row[name]}" for name, label in BASIS_OF_MEAN.items() if row[name]]
    return "、".join(said) or NO_FIGURE


def tabulate_sources(sources: pd.DataFrame) -> pd.DataFrame:
    """The publications the figures were read from."""
    return pd.DataFrame(
        {
            "資料": sources["title"],
            "公表者": sources["publisher"],
            "版": _text(sources["edition"]),
            "資料番号": _text(sources["document_id"]),
            "年度": [
                format_fiscal_year(year) + ("（推定）" if "fiscal_year" in names.split() else "")
                for year, names in zip(
                    sources["fiscal_year"], sources["inferred"].fillna(""), strict=True
                )
            ],
        }
    )


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


def tabulate_hashes(hashes: dict[str, str]) -> pd.DataFrame:
    """The hash of each table's rows: two reports with the same hashes read the same data."""
    return pd.DataFrame({"表": list(hashes), "SHA-256": list(hashes.values())})


def tabulate_versions() -> pd.DataFrame:
    """The versions of Python and of the packages that compute and draw."""
    names = ["sosei", "pandas", "numpy", "matplotlib"]
    versions = [("Python", platform.python_version())]
    versions += [(name, _find_version(name)) for name in names]
    return pd.DataFrame(versions, columns=["名前", "版"])


@cache
def _find_version(name: str) -> str:
    return metadata.version(name)


def describe_doubts(kpis: pd.DataFrame) -> str:
    """Say what the mark ？ behind a rate means; nothing where no reading of a KPI has one."""
    rates = kpis.reindex(columns=list(READINGS)).astype("float64").abs()
    if not (rates > BEYOND).any(axis=None):
        return ""
    return (
        "率の「？」は、1,000％を超える率に付けています。目標や従前値がごく小さいか、"
        "単位を読み違えている可能性があります。"
    )
