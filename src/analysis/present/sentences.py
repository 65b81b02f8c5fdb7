"""Figures as a reader prints and reads them, and the words for what is missing."""

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from analysis.measures.achievement import says_words

REASONS = {
    "no_actual": "実績がない",
    "no_target": "目標の記載がない",
    "no_baseline": "従前値の記載がない",
    "no_baseline_year": "従前値の年度の記載がない",
    "no_final_target": "最終目標の記載がない",
    "no_final_year": "最終年度の記載がない",
    "no_time_passed": "従前値の年度から時間がたっていない",
    "no_band": "幅の記載がない",
    "zero_target": "目標が0",
    "negative_value": "負の値を含む",
    "milestone": "実施の有無をみる指標",
    "keep_target": "維持をめざす指標",
    "target_equals_baseline": "目標と従前値が同じ",
    "met_at_baseline": "従前値の時点で目標を満たしていた",
    "reads_reversed": "下がるべき指標の単純な比（100％超は未達）",
    "direction_unknown": "指標の方向の記載がない",
    "assumed_baseline_year": "従前値を開始前年度の値と仮定",
    "no_cost": "金額の記載がない",
    "several_years": "数年度分の合計額しかなく、1年度の額が分からない",
    "nature_not_stated": "金額の性質が書かれていない",
    "budget_not_settled": "決算額がなく予算額による",
    "planned_amount": "計画額しかない",
    "societal_kpi": "事業の外の動きも数える指標",
    "activity_kpi": "自ら行う活動の数で、偶然の数ではない",
    "kind_unknown": "活動か成果か書かれていない",
    "money_kpi": "金額の指標",
    "not_a_count": "件数で数える指標ではない",
    "cumulative_actual": "累計の実績",
    "nothing_achieved": "実績が0以下",
    "no_gain": "従前値からの増加がない",
    "older_actual": "実績が前の年度の値",
    "actual_estimated": "実績は推計値",
    "aggregation_unknown": "単年度か累計かの記載がない",
    "rate_of_program": "事業全体の率で、どの数値から計算したかは資料から分からない",
    "figures_inferred": "目標・実績が推定のため、確かめたことにはならない",
    "zero_value": "0を含み増加率を求められない",
    "zero_actual": "実績が0",
    "sign_change": "正負が入れ替わる",
    "target_range": "目標が範囲で示されている",
    "target_in_words": "目標が数値でなく言葉で示されている",
    "not_due": "目標の期限がまだ来ていない",
    "not_finite": "計算できる大きさを超える",
    "increment_actual": "各年度の増加分で、水準ではない",
    "mixed_aggregation": "累計の値で、従前値が単年度の値なら比べられない",
    "not_falling": "減らす指標ではない",
    "beyond_mirror": "実績が目標の2倍を超える",
    "level_kpi": "足し合わせられない水準の指標",
    "missing_year": "途中の年度の値がない",
    "no_start_year": "開始年度の記載がない",
    "before_start": "開始年度より前の値",
    "too_few_years": "実績のある年度が少ない",
    "final_year_passed": "最終年度をすでに過ぎている",
    "no_scatter": "値が直線にそろい、誤差を見積もれない",
    "far_ahead": "最終年度が、実績のある期間より遠い先にある",
    "unit_changes": "年度によって単位が違う",
    "leaves_range": "直線が0～100％の外に出る",
    "no_weight": "配分の重みがない",
    "no_settled": "決算額の記載がない",
    "no_total": "予算現額の記載がない",
    "over_execution": "決算額が予算額を超える",
    "zero_total": "予算現額が0",
    "no_carried_out": "翌年度への繰越の記載がない",
    "shared_cost": "1つの費用を複数の指標で分け合う",
    "falling_kpi": "減らす指標",
    "not_money": "金額の指標ではない",
    "zero_cost": "費用が0以下",
    "order_changes": "費用の分け方で順序が変わる",
    "no_kpi": "指標がない",
    "only_repeats": "指標がほかの事業の再掲だけ",
    "not_printed": "印刷された桁数が分からない",
    "too_few_rows": "両方の評価がそろう件数が20に満たない",
    "one_grade": "評価が1種類しかない",
    "too_few_programs": "比べる事業が少ない",
    "straddles_median": "値の幅が中央値をまたぐ",
    "no_value": "値の記載がない",
    "input_not_positive": "投入が0以下",
    "too_few_kpis": "指標が少ない",
    "no_sample_size": "回答数の記載がない",
    "not_a_share": "0～100％の割合ではない",
    "baseline_range": "従前値が範囲で示されている",
    "already_final": "最終目標にはすでに達している",
    "printed_differs": "記載と数値が食い違う",
    "planned_actual": "実績の欄が計画値である",
    "about_target": "目標がおよその数で示されている",
    "part_year": "年度途中の実績",
    "series_break": "途中で数え方が変わり、それより前の年度を除いた",
    "of_final_target": "最終目標に対する率",
    "about_value": "およその数による率",
    "beyond_tenfold": "1,000％を超え、単位や桁を確かめる必要がある",
    "slack_remains": "一部の投入をさらに減らせる相手がいる",
    "with_personnel": "人件費を含む費用しか記載がない",
    "personnel_reckoned": "人件費は決算か予算かの記載がない",
    "other_nature": "費用に人件費を含むかどうかが、ほかの事業と違う",
    "nothing_known": "どの指標も率が分からない",
    "unlike_items": "予算額と決算額に、同じ項目の金額がない",
    "items_left_out": "相手のない項目を除いて計算",
    "not_events": "1件ずつ偶然に起きる出来事の数ではない",
    "no_denominator": "何の数で割ったかが分からない",
    "no_unit": "印刷された単位を読み取れない",
}
STATUSES = {
    "final": "公表値",
    "preliminary": "速報値",
    "estimated": "推計値",
    "pending": "集計中",
    "unpublished": "未公表",
    "not_in_source": "この資料に記載なし",
    "planned": "計画値",
    "not_set": "「-」と記載",
    "not_surveyed": "この年度は調査なし",
}
FLAGS = {"new": "新規", "expanded": "拡充"}
BASES = {
    "settled": "決算額",
    "total": "総予算額",
    "parts": "予算額（当初・補正・繰越の合計）",
    "initial": "当初予算額",
    "planned": "計画額",
    "reported": "記載された金額の合計",
}
PARTS = {
    "initial": "当初",
    "supplementary": "補正",
    "carried_in": "繰越",
    "carried_out": "繰越",
    "reserve": "予備費",
}
NATURES = {"direct": "人件費を除く", "personnel": "人件費", "full": "人件費を含む"}
DIRECTIONS = {
    "up": "増やす",
    "down": "減らす",
    "keep_above": "下回らない",
    "keep_below": "上回らない",
    "keep_within": "幅の中に保つ",
    "milestone": "実施する",
    "unknown": "記載なし",
}
KPI_KINDS = {
    "activity": "活動",
    "outcome": "成果",
    "societal": "社会全体の動き",
    "unknown": "不明",
}
NO_FIGURE = "—"
BEFORE_FINAL_YEAR = ("already_final", "not_due")
READINGS = {
    "achievement_rate": "達成率",
    "progress_rate": "進捗率",
    "pace_rate": "期待値比",
    "final_rate": "最終目標比",
    "cagr_rate": "成長率比",
}
VERDICTS_OF_COURSE = {"reached": "順調", "close": "やや遅れ", "short": "遅れ", "away": "後退"}
VERDICTS = {"reached": "到達", "close": "おおむね", "short": "不足", "away": "後退", "": NO_FIGURE}
PART_LABELS = {
    "direction": "方向",
    "baseline": "従前値",
    "target": "年度の目標",
    "actual": "実績",
    "final_target": "最終目標",
    "budget": "予算",
    "settled": "決算",
}
LARGE_UNITS = {"兆": 10**12, "億": 10**8, "万": 10**4, "": 1}
ERAS = ((2019, "令和"), (1989, "平成"), (1926, "昭和"))


def format_number(value: float, decimals: int | None = None) -> str:
    """Write a number as Japanese tables print it: 1,110 and ▲3,703; "—" where there is none.

    Rounded half up where `decimals` is given, else with the decimals it has.
    """
    if pd.isna(value):
        return NO_FIGURE
    number = Decimal(str(round(float(value), 10)))
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    else:
        number = number.normalize()
    text = f"{abs(number):,f}"
    return f"▲{text}" if number < 0 else text


def format_percent(ratio: float) -> str:
    """Write a ratio as a percentage with one decimal, rounded half up: 74.0％, ▲73.3％."""
    return NO_FIGURE if pd.isna(ratio) else f"{format_number(ratio * 100, 1)}％"


NEARLY_ON_TARGET = 1e-9  # nearer than this a ratio is 1 but for the arithmetic
MOST_DECIMALS = 6
BEYOND = 10  # a ratio above 1,000 ％, either way, is printed with a doubt mark


def format_rate(ratio: float, decimals: int = 1) -> str:
    """Write a ratio as a percentage, with a doubt mark beyond 1,000 ％: 74.0％, 2,998.0％？.

    What is not quite 100 ％ has the decimals that show it: 100.0％ is on target.

    Examples
    --------
    >>> format_rate(0.74), format_rate(29.98), format_rate(10.0), format_rate(-10.5)
    ('74.0％', '2,998.0％？', '1,000.0％', '▲1,050.0％？')
    >>> format_rate(0.9996), format_rate(1.0), format_rate(0.99994), format_rate(0.9994)
    ('99.96％', '100.0％', '99.99％', '99.9％')
    """
    if pd.isna(ratio):
        return NO_FIGURE
    if abs(ratio - 1) > NEARLY_ON_TARGET:
        while decimals < MOST_DECIMALS and (
            format_number(ratio * 100, decimals) == format_number(100, decimals)
        ):
            decimals += 1
    return f"{format_number(ratio * 100, decimals)}％{'？' if abs(ratio) > BEYOND else ''}"


def format_yen(value: float) -> str:
    """Write an amount in yen, rounded half up to whole yen: 3,780,000円."""
    return NO_FIGURE if pd.isna(value) else f"{format_number(value, 0)}円"


def format_digits(value: float) -> str:
    """Write a computed figure with four digits that count, rounded half up: 112.3, 3.75.

    Examples
    --------
    >>> format_digits(112.25), format_digits(-0.012345), format_digits(3.75)
    ('112.3', '▲0.01235', '3.75')
    """
    if pd.isna(value):
        return NO_FIGURE
    digits = 3 - math.floor(math.log10(abs(value))) if value else 0
    text = format_number(value, max(1, digits))
    return text.rstrip("0").rstrip(".")


def format_large_yen(yen: float) -> str:
    """Write an amount of at least 0 in 億 and 万: 2,554億4,700万円, 3億円, 1万5,000円."""
    if pd.isna(yen):
        return NO_FIGURE
    rest, said = int(Decimal(str(yen)).quantize(Decimal(1), ROUND_HALF_UP)), ""
    for unit, size in LARGE_UNITS.items():
        count, rest = divmod(rest, size)
        said += f"{count:,}{unit}" if count else ""
    return f"{said or 0}円"


def name_cost(basis: str, natures: str, kinds: str = "") -> str:
    """Name a cost by its basis and by whether it holds personnel, where that is stated.

    `kinds` are those of the amounts in it (`cost_kinds`): a budget is named by the ones there.

    Examples
    --------
    >>> name_cost("settled", ""), name_cost("total", "full")
    ('決算額', '総予算額・人件費を含む')
    >>> name_cost("parts", "", "initial"), name_cost("parts", "", "initial carried_in")
    ('当初予算額', '予算額（当初・繰越の合計）')
    """
    name = name_parts(kinds.split()) if basis == "parts" and kinds else BASES[basis]
    return "・".join(filter(None, [name, NATURES.get(natures, "")]))


def name_parts(kinds: list[str]) -> str:
    """Name a budget by the kinds of amount it is the sum of."""
    if kinds == ["initial"]:
        return BASES["initial"]
    words = dict.fromkeys(PARTS[kind] for kind in kinds)
    return f"予算額（{'・'.join(words)}の合計）"


def name_costs(table: pd.DataFrame) -> pd.Series:
    """Name the cost of each row by `cost_basis`, `cost_natures` and, where given, `cost_kinds`.

    Missing where there is no cost.
    """
    columns = [
        table.get(name, pd.Series("", index=table.index)).tolist()
        for name in ("cost_basis", "cost_natures", "cost_kinds")
    ]
    names = [
        None if pd.isna(basis) else name_cost(basis, natures, kinds)
        for basis, natures, kinds in zip(*columns, strict=True)
    ]
    return pd.Series(names, index=table.index, dtype="str")


def print_costs(table: pd.DataFrame) -> tuple[str, list[str]]:
    """Print costs under a header that names what they are, or each with its own name.

    Costs of several bases or natures never stand in one column unmarked.
    """
    columns = ("span_yen", "span_basis", "span_first_year", "span_last_year")
    spans = list_rows(table, "cost_yen", *columns)
    names, yen = name_costs(table), [_print_cost(row) for row in spans]
    kinds = list(dict.fromkeys(names.dropna()))
    if len(kinds) == 1:
        return f"費用（{kinds[0]}）", yen
    marked = [
        amount if pd.isna(name) else f"{amount}（{name}）"
        for amount, name in zip(yen, names, strict=True)
    ]
    return "費用", marked


def _print_cost(row: dict[str, Any]) -> str:
    """The cost of a year, or what is printed for several years with the years it is for."""
    span = row.get("span_yen")
    if pd.notna(row["cost_yen"]) or span is None or pd.isna(span):
        return format_yen(row["cost_yen"])
    years = say_span(row["span_first_year"], row["span_last_year"])
    return f"{years}の合計 {format_yen(span)}（{BASES[row['span_basis']]}）"


def say_span(first: float, last: float) -> str:
    """Say the years of one amount: 令和元～3年度, 平成30～令和2年度.

    Examples
    --------
    >>> say_span(2019, 2021), say_span(2018, 2020)
    ('令和元～3年度', '平成30～令和2年度')
    """
    one, other = format_fiscal_year(first).removesuffix("年度"), format_fiscal_year(last)
    return f"{one}～{other[2:] if one[:2] == other[:2] else other}"


def format_value(value: float, unit: str | float | None) -> str:
    """Write a value with its unit: 1,110千円, 580 g/人; "—" where there is none."""
    if pd.isna(value):
        return NO_FIGURE
    unit = "" if pd.isna(unit) else str(unit)
    return f"{format_number(value)}{' ' * unit[:1].isascii() * unit[:1].isalpha()}{unit}"


BOUND_WORDS = {
    "at_least": "以上",
    "above": "超",
    "at_most": "以下",
    "below": "未満",
    "about": "程度",
}
TARGETS_IN_WORDS = {
    "better_than_baseline": "従前値より改善",
    "no_worse_than_baseline": "従前値を維持",
}


TARGET_COLUMNS = (
    *("target", "target_bound", "target_upper", "tolerance", "unit"),
    *("final_target", "final_target_bound", "final_target_upper", "final_year"),
    *("target_printed", "target_status", "final_target_printed", "final_target_status"),
)


def format_target(kpi: dict[str, Any]) -> str:
    """Write a KPI's target as it was set: 93％超, 696～890人, 100％±10％, 従前値より改善.

    Words that nothing can be compared with stand in brackets: 「充実」.
    """
    if pd.notna(kpi["target"]) and pd.notna(kpi.get("tolerance")):
        band = format_number(kpi["tolerance"] * 100)
        return f"{format_value(kpi['target'], kpi.get('unit'))}±{band}％"
    return _format_bound(kpi, "target")


def format_final_target(kpi: dict[str, Any]) -> str:
    """Write a KPI's final target as it was set, as `format_target` does."""
    return _format_bound(kpi, "final_target")


def format_goal(kpi: dict[str, Any]) -> str:
    """Write what a KPI aims at: the year's target, else the final one, called so with its year.

    Examples
    --------
    >>> kpi = {"target": float("nan"), "final_target": 93.0, "final_year": 2020, "unit": "％"}
    >>> format_goal(kpi)
    '最終目標93％（R2）'
    """
    target, final = format_target(kpi), format_final_target(kpi)
    in_words = target.startswith("「") and pd.notna(kpi["final_target"])
    if final == NO_FIGURE or not (in_words or target == NO_FIGURE):
        return target
    year = kpi.get("final_year", float("nan"))
    said = f"最終目標{final}" + ("" if pd.isna(year) else f"（{short_fiscal_year(year)}）")
    return f"{target}・{said}" if in_words else said


def say_goal(kpi: dict[str, Any]) -> str:
    """Name what a KPI aims at in words: 目標200件, 最終目標93％（R2）."""
    goal = format_goal(kpi)
    return goal if goal.startswith("最終目標") else f"目標{goal}"


def _format_bound(kpi: dict[str, Any], name: str) -> str:
    value, bound = kpi[name], kpi.get(f"{name}_bound")
    upper: Any = kpi.get(f"{name}_upper")
    unit: Any = kpi.get("unit")
    if pd.isna(value):
        printed = kpi.get(f"{name}_printed")
        words = f"「{printed}」" if says_words(printed, kpi.get(f"{name}_status")) else NO_FIGURE
        return TARGETS_IN_WORDS.get(str(bound), words)
    if pd.notna(upper):
        return f"{format_number(value)}～{format_value(upper, unit)}"
    return format_value(value, unit) + BOUND_WORDS.get(str(bound), "")


def format_range(low: float, high: float) -> str:
    """Write a range of yen, or one amount where both ends are the same."""
    if pd.isna(low) or pd.isna(high):
        return NO_FIGURE
    if format_yen(low) == format_yen(high):
        return format_yen(high)
    return f"{format_number(low, 0)}～{format_yen(high)}"


def format_percent_range(low: float, high: float) -> str:
    """Write a range of ratios as percentages, or one where both ends are the same."""
    if pd.isna(low) or low == high:
        return format_percent(low)
    return f"{format_percent(low)}～{format_percent(high)}"


def format_fiscal_year(year: float) -> str:
    """Write a fiscal year with its era: 平成30年度 for 2018, 令和元年度 for 2019."""
    if pd.isna(year):
        return NO_FIGURE
    first, era = next((first, era) for first, era in ERAS if year >= first)
    number = int(year) - first + 1
    return f"{era}{'元' if number == 1 else number}年度"


def short_fiscal_year(year: float) -> str:
    """Write a fiscal year as tables abbreviate it: H30, R元."""
    if pd.isna(year):
        return NO_FIGURE
    return (
        format_fiscal_year(year)
        .removesuffix("年度")
        .replace("平成", "H")
        .replace("令和", "R")
        .replace("昭和", "S")
    )


def say_period(first: float, last: float) -> str:
    """Say from when to when in full: 平成17年度から, 平成28年度～令和2年度."""
    one, other = format_fiscal_year(first), format_fiscal_year(last)
    if pd.isna(first) or pd.isna(last):
        return f"{other}まで" if pd.isna(first) else f"{one}から"
    return f"{one}～{other}"


def say_years(first: float, last: float) -> str:
    """Say from when to when, with only the years that are printed.

    Examples
    --------
    >>> say_years(2016, 2020), say_years(float("nan"), 2024), say_years(2026, float("nan"))
    ('H28～R2', 'R6まで', 'R8から')
    """
    one, other = short_fiscal_year(first), short_fiscal_year(last)
    if pd.isna(first):
        return "年度の記載なし" if pd.isna(last) else f"{other}まで"
    if pd.isna(last):
        return f"{one}から"
    return f"{one}のみ" if first == last else f"{one}～{other}"


MOST_ROWS = 60  # of a figure; what has more is in its table alone
MOST_NAMED = 12


def list_some(items: list[str], joint: str = "、") -> str:
    """Join texts; beyond twelve of them only say how many more there are.

    Examples
    --------
    >>> list_some(["1つ", "2つ"]), list_some(["件"] * 14)[-4:]
    ('1つ、2つ', 'ほか2件')
    """
    more = len(items) - MOST_NAMED
    said = joint.join(items[:MOST_NAMED])
    return f"{said}ほか{more}件" if more > 0 else said


def list_rows(table: pd.DataFrame, *columns: str) -> list[dict[str, Any]]:
    """List the rows of a table as dicts of some columns, or all; one it does not have is absent.

    `to_dict("records")` of the sixty columns of a table of KPIs takes longer than to write or
    draw what they say.
    """
    if not columns:
        return [dict(zip(table, row, strict=True)) for row in table.to_numpy(dtype=object).tolist()]
    names = [name for name in columns if name in table]
    cells = zip(*(table[name].tolist() for name in names), strict=True)
    return [dict(zip(names, row, strict=True)) for row in cells]


def describe_status(kpis: pd.DataFrame) -> pd.Series:
    """Say what each actual is (速報値, ...), of what day or year, and if a series breaks there."""
    rows = list_rows(
        kpis,
        *("actual_status", "actual_year", "fiscal_year", "as_of"),
        *("is_calendar_year", "break_note"),
    )
    return pd.Series([_status(row) for row in rows], index=kpis.index, dtype="str")


def _status(kpi: dict[str, Any]) -> str:
    broken = kpi.get("break_note")
    return (
        STATUSES.get(kpi["actual_status"], "")
        + _older_year(kpi)
        + _as_of(kpi)
        + "（暦年）" * (kpi.get("is_calendar_year") == "yes")
        + ("" if broken is None or pd.isna(broken) else f"（前年度までと比べられない：{broken}）")
    )


def _older_year(kpi: dict[str, Any]) -> str:
    year = kpi.get("actual_year", float("nan"))
    is_older = pd.notna(year) and year < kpi["fiscal_year"]
    return f"（{short_fiscal_year(year)}の値）" if is_older else ""


def describe_state(kpis: pd.DataFrame) -> pd.Series:
    """Say in a mark and a few words where each KPI stands.

    ● reached, ◆ missed, ○ and ◇ the same by an estimate, □ not due yet, ？ unknown with the
    reason. `kpis` has the columns of `add_achievement`.
    """
    rows = list_rows(
        kpis,
        *("reached", "reached_note", "progress_rate", "actual_status", "actual_year", "as_of"),
        *("fiscal_year", "final_year", "target", "final_target"),
    )
    return pd.Series([_state(row) for row in rows], index=kpis.index, dtype="str")


STATE_MARKS = {("yes", False): "●", ("yes", True): "○", ("no", False): "◆", ("no", True): "◇"}


def mark_state(kpi: dict[str, Any]) -> str:
    """Choose the one mark for where a KPI stands, in figures and tables alike."""
    if kpi["reached_note"] in BEFORE_FINAL_YEAR:
        return "□"
    return STATE_MARKS.get((kpi["reached"], kpi["actual_status"] == "estimated"), "？")


def _state(kpi: dict[str, Any]) -> str:
    return f"{mark_state(kpi)} {_say_state(kpi)}"


def _say_state(kpi: dict[str, Any]) -> str:
    final_year, note = kpi["final_year"], kpi["reached_note"]
    later = pd.notna(final_year) and final_year > kpi["fiscal_year"]
    final = f"（最終年度は{short_fiscal_year(final_year)}）" if later else ""
    if note == "already_final":
        return f"最終目標にはすでに達している{_as_of(kpi)}{final}"
    if note == "not_due":
        begins = kpi["target"] == 0 and kpi["final_target"] != 0
        worse = "（従前値より悪い）" if kpi["progress_rate"] < 0 else ""
        return f"この年度の目標は0で、期限前{final}" if begins else f"期限前{worse}{final}"
    if kpi["reached"] not in ("yes", "no"):
        why = REASONS.get(note, "")
        why = f"実績は{_status(kpi)}" if note == "no_actual" else why
        return f"判定できない（{why}{_as_of(kpi) if note == 'part_year' else ''}）"
    estimated = "推計で" if kpi["actual_status"] == "estimated" else ""
    if kpi["reached"] == "yes":
        return f"{estimated}到達{_as_of(kpi)}{final}{_older_year(kpi)}"
    worse = "（従前値より悪い）" if kpi["progress_rate"] < 0 else ""
    only_final = final if kpi["final_target"] == kpi["target"] else ""
    return f"{estimated}未達{worse}{only_final}{_older_year(kpi)}"


def _as_of(kpi: dict[str, Any]) -> str:
    """The day of an actual of part of the year: （9月30日現在）."""
    day = kpi.get("as_of")
    return "" if day is None or pd.isna(day) else f"（{say_day(day)}）"


def say_day(day: str) -> str:
    """Say of what day an actual is, as it is written in `as_of`.

    Examples
    --------
    >>> say_day("2025-09-30"), say_day("2025")
    ('9月30日現在', '年度の途中')
    """
    _, *month_and_date = str(day).split("-")
    if not month_and_date:
        return "年度の途中"
    month, date = map(int, month_and_date)
    return f"{month}月{date}日現在"
