"""The codebook: every column of the tables, and every column that is computed from them.

The columns of the tables are defined in `tables.py`; what the functions of `measures` add is
told here, once, in the order in which a notebook meets it.
"""

import difflib
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from analysis.dataset.tables import TABLES
from analysis.errors import DataError

COMPUTED = "computed"


class Computed(NamedTuple):
    """One computed column: its Japanese name, meaning, unit, and the function that adds it."""

    label: str
    meaning: str
    unit: str
    function: str


RATIO = "ratio (0.74 is 74 %)"
YEN = "yen"
WORDS = "words"
COUNT = "number"
RUN = "sosei run"  # what only results/*.csv have
AMOUNTS = {
    "initial_yen": "当初予算額",
    "supplementary_yen": "補正予算額",
    "carried_in_yen": "前年度からの繰越額",
    "carried_out_yen": "翌年度への繰越額",
    "reserve_yen": "予備費",
    "national_grant_yen": "国費充当額",
    "planned_yen": "計画額",
    "reported_yen": "性質の書かれていない額",
    "source_yen": "財源の額",
    "whole_plan_yen": "計画期間の総額",
}


def _list_readings() -> dict[str, Computed]:
    """The five readings of achievement, each with its note and its verdict."""
    readings = {
        "achievement_rate": ("達成率", "actual / target"),
        "progress_rate": ("進捗率", "(actual - baseline) / (target - baseline)"),
        "pace_rate": ("期待値比", "progress made over the progress due by now on a straight line"),
        "final_rate": ("最終目標比", "actual / final_target"),
        "cagr_rate": ("年平均成長率の比", "yearly growth over the yearly growth that is needed"),
    }
    listed = {}
    for name, (label, meaning) in readings.items():
        listed[name] = Computed(label, meaning, RATIO, "add_achievement")
        note = f"why {name} is missing, or what to mind"
        listed[f"{name}_note"] = Computed(f"{label}の注", note, WORDS, "add_achievement")
    verdicts = {
        f"{name}_verdict": Computed(
            f"{label}による結論", f"what {name} would have one conclude", WORDS, "add_verdicts"
        )
        for name, (label, _) in readings.items()
    }
    met = "whether the target was reached: yes, no, unknown"
    why = "why that is unknown, or not_due"
    listed["reached"] = Computed("目標への到達", met, WORDS, "add_achievement")
    listed["reached_note"] = Computed("到達の注", why, WORDS, "add_achievement")
    there = "whether the actual is at the final target, whatever year that is due in"
    listed["at_final"] = Computed("最終目標への到達", there, WORDS, "add_achievement")
    whose = "program_id/kpi_id of the KPI whose fact it repeats"
    listed["repeats"] = Computed("再掲元", whose, WORDS, "find_repeats")
    by = "add_verdicts"
    ends = {
        f"{end}_{what}": Computed(f"{word}{label}", f"the {end} of them: {said}", unit, by)
        for end, word in (("lowest", "最も低い"), ("highest", "最も高い"))
        for what, label, said, unit in (
            ("reading", "読み方", "which reading", WORDS),
            ("rate", "率", "its rate", RATIO),
        )
    }
    depends = {
        "depends_on_formula": Computed(
            "式への依存", "whether the conclusion depends on the formula", WORDS, by
        ),
        "readings": Computed("読み方の数", "how many readings say something", COUNT, by),
    }
    return listed | verdicts | depends | ends


def _list_costs() -> dict[str, Computed]:
    """What a KPI's result cost, each with its low and high over the shares of a budget."""
    costs = {
        "cost_yen": ("費用", "the share of the program's cost", YEN),
        "unit_cost_yen": ("単位当たりコスト", "cost / actual", "yen per unit"),
        "marginal_cost_yen": ("増加1単位の費用", "cost / (actual - baseline)", "yen per unit"),
    }
    listed = {
        "cost_basis": Computed(
            "費用の根拠", "settled, total, initial, parts, planned or reported", WORDS, "add_costs"
        ),
        "cost_natures": Computed(
            "費用に含むもの", "direct or full; empty: not stated", WORDS, "add_costs"
        ),
        "cost_note": Computed("費用の注", "why there is no cost", WORDS, "add_costs"),
        "full_cost_yen": Computed(
            "人件費を含む費用", "the cost with personnel", YEN, "find_cost_basis"
        ),
        "full_cost_natures": Computed(
            "人件費を含む費用の内容", "full, or what was added up", WORDS, "find_cost_basis"
        ),
        "full_cost_note": Computed(
            "人件費を含む費用の注", "what to mind of its personnel", WORDS, "find_cost_basis"
        ),
        "personnel_yen": Computed(
            "人件費", "personnel of the cost's basis, else reported", YEN, "find_cost_basis"
        ),
        "cost_kinds": Computed(
            "費用に含む金額の種類", "the kinds of amount in the cost", WORDS, "find_cost_basis"
        ),
    }
    for name, (label, meaning, unit) in costs.items():
        listed[name] = Computed(label, meaning, unit, "add_costs")
        for end, word in (("low", "下限"), ("high", "上限")):
            said = f"its {end} end over the ways of sharing a budget"
            column = name.replace("_yen", f"_{end}_yen")
            listed[column] = Computed(f"{label}（{word}）", said, unit, "add_costs")
    return listed | _list_gains(costs)


def _list_gains(costs: dict[str, tuple[str, str, str]]) -> dict[str, Computed]:
    """The yen gained per yen, all figures by the cost with personnel, and the notes."""
    listed = {}
    gain = ("費用1円あたりの成果額", "yen gained per yen spent, of a KPI in money", "yen per yen")
    listed["gain_per_yen"] = Computed(*gain, "add_costs")
    for end, word in (("low", "下限"), ("high", "上限")):
        listed[f"gain_per_yen_{end}"] = Computed(
            f"{gain[0]}（{word}）", f"its {end} end", gain[2], "add_costs"
        )
    listed |= _list_costs_in_full({name: costs[name] for name in list(costs)[1:]}, gain)
    for name, label in (
        ("unit_cost", "単位当たりコスト"),
        ("marginal_cost", "増加1単位の費用"),
        ("gain_per_yen", gain[0]),
    ):
        said = f"why {name} is missing"
        listed[f"{name}_note"] = Computed(f"{label}の注", said, WORDS, "add_costs")
    return listed


def _list_costs_in_full(
    costs: dict[str, tuple[str, str, str]], gain: tuple[str, str, str]
) -> dict[str, Computed]:
    """The same figures by the cost with personnel."""
    listed = {}
    for end, word in (("low", "下限"), ("high", "上限")):
        for name, (label, _, unit) in (costs | {"gain_per_yen": gain}).items():
            stem = name.removesuffix("_yen") if name in costs else name
            column = f"{stem}_with_personnel_{end}" + "_yen" * (name in costs)
            said = f"its {end} end by the cost with personnel"
            listed[column] = Computed(f"人件費を含む{label}（{word}）", said, unit, "add_costs")
    return listed


def _list_of_programs() -> dict[str, Computed]:
    """What is counted and averaged of a program's KPIs, and where it lies on the plane."""
    by = "compare_programs"
    return {
        "span_yen": Computed(
            "数年度分の金額", "of several years together, where that is all", YEN, by
        ),
        "span_basis": Computed("数年度分の金額の根拠", "as cost_basis", WORDS, by),
        "span_first_year": Computed("数年度分の最初の年度", "its first fiscal year", "year", by),
        "span_last_year": Computed("数年度分の最後の年度", "its last fiscal year", "year", by),
        "kpis": Computed("指標の数", "KPIs of the program", COUNT, by),
        "missed": Computed("未達の指標", "KPIs that did not reach their target", COUNT, by),
        "unknown": Computed("不明の指標", "KPIs of which that is unknown", COUNT, by),
        "estimated": Computed("推計の指標", "KPIs whose actual is estimated", COUNT, by),
        "repeated": Computed(
            "再掲の指標", "KPIs that repeat another one's fact, not counted in kpis", COUNT, by
        ),
        "mean_capped_low": Computed(
            "平均進捗率（下限）", "mean progress held to 0 to 1, unknown ones as 0", RATIO, by
        ),
        "mean_capped_high": Computed(
            "平均進捗率（上限）", "the same, unknown ones as 1", RATIO, by
        ),
        "by_progress": Computed("進捗率による指標", "KPIs held by progress_rate", COUNT, by),
        "by_ratio": Computed("単純な比による指標", "KPIs held by a plain ratio", COUNT, by),
        "by_reached": Computed("到達だけの指標", "KPIs that reached without a rate", COUNT, by),
        "bounded": Computed("幅だけの指標", "KPIs of which nothing is known", COUNT, by),
        "mean_raw": Computed("平均進捗率（そのまま）", "mean of the rates as they are", RATIO, by),
        "any_reached": Computed("1つでも到達", "whether any KPI reached its target", WORDS, by),
        "all_reached": Computed("すべて到達", "whether all KPIs did", WORDS, by),
        "share_reached_low": Computed(
            "到達した割合（下限）", "share that reached, unknown ones not", RATIO, by
        ),
        "share_reached_high": Computed(
            "到達した割合（上限）", "share that reached, unknown ones too", RATIO, by
        ),
        "quadrant": Computed("位置", "cheap or dear, far or near", WORDS, "place_on_plane"),
        "dominated_by": Computed(
            "まさる事業",
            "a program that cost no more and got no less far",
            WORDS,
            "place_on_plane",
        ),
        "on_frontier": Computed(
            "まさる事業なし", "whether no program dominates it", WORDS, "place_on_plane"
        ),
        "on_frontier_full": Computed(
            "まさる事業なし（人件費を含む）", "the same with personnel", WORDS, "place_on_plane"
        ),
        "changes_with_personnel": Computed(
            "人件費による違い", "whether the two differ", WORDS, "place_on_plane"
        ),
        "plane_note": Computed("位置の注", "why it has no place", WORDS, "place_on_plane"),
    }


def _list_amounts_and_intervals() -> dict[str, Computed]:
    by, of_chance, of_trend = "add_execution", "add_intervals", "fit_trends"
    return {
        name: Computed(label, f"the sum of kind {name.removesuffix('_yen')}", YEN, by)
        for name, label in AMOUNTS.items()
    } | {
        "execution_left_out": Computed(
            "執行率に含めないもの", "what has no counterpart on the other side", WORDS, by
        ),
        "execution_left_out_yen": Computed("執行率に含めない額", "its sum", YEN, by),
        "total_yen": Computed("予算現額", "the total as printed, else the sum of parts", YEN, by),
        "settled_yen": Computed("決算額", "the settled account", YEN, by),
        "unused_yen": Computed("不用額", "as printed, else what is left", YEN, by),
        "total_basis": Computed("予算現額の根拠", "total or parts", WORDS, by),
        "execution_rate": Computed("執行率", "settled / total", RATIO, by),
        "execution_note": Computed("執行率の注", "why it is missing, or what to mind", WORDS, by),
        "unused_note": Computed("不用額の注", "why it is missing, or what to mind", WORDS, by),
        "actual_low": Computed("実績の下限", "what chance alone allows", "unit", of_chance),
        "actual_high": Computed("実績の上限", "what chance alone allows", "unit", of_chance),
        "interval_method": Computed("幅の求め方", "wilson or poisson", WORDS, of_chance),
        "interval_level": Computed("幅の水準", "how often such intervals hold", RATIO, of_chance),
        "interval_note": Computed("幅の注", "why there is none", WORDS, of_chance),
        "slope_per_year": Computed("1年あたりの変化", "median slope", "unit a year", of_trend),
        "slope_low": Computed("変化の下限", "low end of the slope", "unit a year", of_trend),
        "slope_high": Computed("変化の上限", "high end of the slope", "unit a year", of_trend),
        "forecast": Computed("最終年度の見込み", "the line in the final year", "unit", of_trend),
        "chance": Computed("届く見込み", "chance to reach the final target", RATIO, of_trend),
    }


def _list_parts() -> dict[str, Computed]:
    """What an evaluation needs, and whether the documents at hand hold it."""
    parts = {
        "has_kpi": "指標",
        "has_baseline": "従前値",
        "has_target": "目標",
        "has_actual": "実績",
        "has_budget": "予算",
        "has_settled": "決算",
        "has_period": "期間",
        "has_unit_cost": "単位当たりコスト",
    }
    by = "rate_evaluability"
    return {
        name: Computed(f"{label}の有無", "held, partly, or why not", WORDS, by)
        for name, label in parts.items()
    } | {
        "judged": Computed("判定できる指標", "KPIs of which reached is known", COUNT, by),
        "parts_held": Computed("そろう項目", "how many of the parts are held", COUNT, by),
        "parts_partly": Computed("一部ある項目", "how many are partly held", COUNT, by),
        "is_evaluated": Computed(
            "評価の年度か", "whether a source evaluates the year; else history or plans", WORDS, RUN
        ),
    }


COLUMNS = (
    _list_readings()
    | _list_costs()
    | _list_of_programs()
    | _list_amounts_and_intervals()
    | _list_parts()
)


def codebook(names: str | Iterable[str] = tuple(TABLES)) -> pd.DataFrame:
    """Every column of some tables with its key, meaning and way of writing.

    Parameters
    ----------
    names
        The name of a table or several; `computed` for the columns that functions add. All
        tables of a data folder by default.

    Returns
    -------
    One row per column: `table`, `column`, `label` (its name in Japanese), `in_key`,
    `may_be_empty`, `meaning`, `written` (how a cell is written). Of computed columns `table`,
    `column`, `label`, `meaning`, `unit` and `function` (which adds it).

    Raises
    ------
    DataError
        When there is no table of that name.

    Examples
    --------
    >>> codebook("kpis").set_index("column").loc["target", ["label", "written"]].tolist()
    ['目標', 'a plain number such as 1110 or -4.3; put other text in the column *_printed']
    >>> codebook("computed").set_index("column").loc["achievement_rate", "meaning"]
    'actual / target'
    """
    single = isinstance(names, str) or not isinstance(names, Iterable)
    wanted = [str(names)] if single else list(names)
    known = [*TABLES, COMPUTED]
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise DataError(f"no table {name!r}. There are {', '.join(known)}.{meant}")
    listed = [_list_computed() if name == COMPUTED else _list_columns(name) for name in wanted]
    if not listed:
        return _list_columns("sources").iloc[:0]
    return pd.concat(listed, ignore_index=True)


def _list_columns(name: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "table": name,
                "column": column,
                "label": definition.label,
                "in_key": column in TABLES[name].key,
                "may_be_empty": not definition.filled,
                "meaning": definition.meaning,
                "written": definition.expected.removesuffix(", or nothing"),
            }
            for column, definition in TABLES[name].columns.items()
        ]
    )


def _list_computed() -> pd.DataFrame:
    listed = pd.DataFrame(list(COLUMNS.values()))
    return listed.assign(table=COMPUTED, column=list(COLUMNS))[
        ["table", "column", "label", "meaning", "unit", "function"]
    ]


def name_column(table: str, column: str) -> str:
    """Name a column in Japanese, as its table does; a column nobody defined by itself.

    Examples
    --------
    >>> name_column("instruments", "per"), name_column("kpis", "progress_rate")
    ('何あたりか', '進捗率')
    """
    columns = TABLES[table].columns
    if column in columns:
        return columns[column].label
    return COLUMNS[column].label if column in COLUMNS else column
