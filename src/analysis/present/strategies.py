"""Which part of a plan has programs: the figure, its sentences and its table."""

import math
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from analysis.present.canvas import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    NARROW_INCHES,
    PALE,
    WIDE_INCHES,
    Canvas,
    wrap,
    wrap_words,
)
from analysis.present.lettering import text_width
from analysis.present.sentences import MOST_ROWS, NO_FIGURE, list_rows, list_some, say_years

KINDS = {"direction": "方針", "issue": "課題", "vision": "将来像"}
COUNTED = {"with_kpi": "指標あり", "with_amount": "金額あり"}
NOBODY = "手元の事業の中には見当たらない"
NOT_ASSIGNED = "事業と対応づけていない"
GROUNDS = {
    "yes": "内容から推定",
    "partly": "資料の記載と、内容からの推定",
    "no": "資料の記載",
}
NAME_SIZE, NAME_STEP, SMALL_SIZE, SMALL_STEP = 9.5, 0.178, 7.5, 0.141
SQUARE, SQUARE_STEP = 0.12, 0.17
NAME_LEFT = 0.26  # right of the number of an item
SQUARES_LEFT, SQUARES_RIGHT = 3.1, 6.2  # in the wide figure
COUNTS_AT = {"with_kpi": 6.6, "with_amount": 7.25}
Item = dict[str, Any]


class _Row(NamedTuple):
    """An item with its texts on lines, its squares in lines of so many, and its height."""

    item: Item
    name: list[str]
    programs: list[str]
    left: float
    per_line: int
    height: float


def plot_coverage(coverage: pd.DataFrame, narrow: bool = False) -> Figure | None:
    """Draw for each item of a plan the programs that serve it, a square each.

    Parameters
    ----------
    coverage
        The table of `cover_items`.
    narrow
        The variant for a telephone.

    Returns
    -------
    The figure: filled squares are programs with a KPI, outlined ones those without, their
    names below; at the right how many have a KPI and money. An item without programs says so
    in words, and one nobody assigned programs to has a dashed outline. None without items, or
    with too many to draw.
    """
    if coverage.empty or len(coverage) > MOST_ROWS:
        return None
    width = NARROW_INCHES if narrow else WIDE_INCHES
    some_printed = not {"no", "partly"}.isdisjoint(coverage["is_inferred"])
    key = wrap_words(_key(coverage, some_printed), SMALL_SIZE, width)
    groups = [
        (
            wrap(f"「{plan}」の{KINDS[kind]}", 8.5, width if narrow else SQUARES_RIGHT),
            [_measure(item, some_printed, narrow) for item in items],
        )
        for plan, kind, items in _list_groups(coverage)
    ]
    inside = sum(0.16 * len(head) + 0.16 + sum(r.height for r in rows) for head, rows in groups)
    page = Canvas(width, inside + 0.15 * len(key) + 0.1)
    top = 0.0
    for head, rows in groups:
        page.lines(0, top + 0.05, head, 8.5, GREY)
        top += 0.16 * len(head) + 0.16
        if not narrow and any(pd.notna(row.item["programs"]) for row in rows):
            for name, x in COUNTS_AT.items():
                page.text(x, top - 0.19, COUNTED[name], 8, GREY, "center")
        page.line(0, top - 0.05, width, top - 0.05, LIGHT)
        for number, row in enumerate(rows):
            if number:
                page.line(0, top - 0.05, width, top - 0.05, PALE, 0.8)
            _draw_row(page, row, top, narrow)
            top += row.height
    page.lines(0, page.height - 0.15 * len(key), key, SMALL_SIZE, GREY)
    return page.finish()


def _list_groups(coverage: pd.DataFrame) -> list[tuple[str, str, list[Item]]]:
    """The items of each kind of each plan, in the order of the rows."""
    rows = groupby(list_rows(coverage), key=lambda r: (r["strategy_id"], r["strategy"], r["kind"]))
    return [(plan, kind, list(items)) for (_, plan, kind), items in rows]


def _measure(item: Item, some_printed: bool, narrow: bool) -> _Row:
    """Put what is written of an item on lines, and see how high it gets."""
    sign = "※" if some_printed and item["is_inferred"] in ("yes", "partly") else ""
    left, right = (NAME_LEFT, NARROW_INCHES) if narrow else (SQUARES_LEFT, SQUARES_RIGHT)
    name_right = right if narrow else SQUARES_LEFT - 0.2
    name = wrap(item["name"] + sign, NAME_SIZE, name_right - NAME_LEFT)
    listed = item["program_names"]
    programs = [] if pd.isna(listed) else wrap(listed, SMALL_SIZE, right - left)
    room = right - left - (text_width(_say_counts(item), 8) + 0.15 if narrow else 0)
    per_line = max(1, int((room + SQUARE_STEP - SQUARE) / SQUARE_STEP))
    lines = 1 if pd.isna(item["programs"]) else max(1, math.ceil(item["programs"] / per_line))
    names = NAME_STEP * len(name)
    below = SQUARE_STEP * lines + 0.02 + SMALL_STEP * len(programs)
    height = 0.18 + (names + below if narrow else max(names, below))
    return _Row(item, name, programs, left, per_line, height)


def _draw_row(page: Canvas, row: _Row, top: float, narrow: bool) -> None:
    item = row.item
    page.lines(0, top, [str(item["order"])], NAME_SIZE, GREY)
    below = page.lines(NAME_LEFT, top, row.name, NAME_SIZE)
    top = below + 0.02 if narrow else top
    middle = top + NAME_STEP / 2
    if pd.isna(item["programs"]):
        page.outline(row.left, middle - 0.07, 0.2, 0.14)
        page.text(row.left + 0.28, middle, NOT_ASSIGNED, 8.5, GREY)
        return
    if not item["programs"]:
        page.text(row.left, middle, NOBODY, 8.5, GREY)
        return
    for number in range(item["programs"]):
        down, across = divmod(number, row.per_line)
        at = (row.left + across * SQUARE_STEP, middle - SQUARE / 2 + down * SQUARE_STEP)
        filled = number < item["with_kpi"]
        page.box(*at, SQUARE, SQUARE, fill=filled, fc=BLUE, ec=BLUE, lw=0.9)
    top += SQUARE_STEP * math.ceil(item["programs"] / row.per_line) + 0.02
    page.lines(row.left, top, row.programs, SMALL_SIZE, GREY)
    if narrow:
        page.text(page.width, middle, _say_counts(item), 8, GREY, "right")
        return
    for name, x in COUNTS_AT.items():
        page.text(x, middle, str(item[name]), 9, INK if item[name] else GREY, "center")


def _say_counts(item: Item) -> str:
    return "　".join(f"{word}{item[name]}" for name, word in COUNTED.items())


def _key(coverage: pd.DataFrame, some_printed: bool) -> list[str]:
    key = ["■ 指標の記載がある事業", "□ 指標の記載がない事業"]
    key.append("指標あり・金額あり＝記載がある事業の数")
    if not {"yes", "partly"}.isdisjoint(coverage["is_inferred"]):
        what = "※＝対応の一部または全部を" if some_printed else "対応は資料に記載がなく、"
        key.append(f"{what}内容から推定")
    return key


def tabulate_coverage(coverage: pd.DataFrame) -> pd.DataFrame:
    """Each item of a plan with its programs, from the table of `cover_items`."""
    rows = list_rows(coverage)
    counts = {"programs": "対応する事業"} | COUNTED
    return pd.DataFrame(
        {
            "方針・課題": [r["name"] for r in rows],
            "計画": [r["strategy"] for r in rows],
            "区分": [f"{KINDS[r['kind']]}{r['order']}" for r in rows],
            **{word: [_said(r[name]) for r in rows] for name, word in counts.items()},
            "事業名": [_said(r["program_names"]) for r in rows],
            "対応の根拠": [GROUNDS.get(r["is_inferred"], NO_FIGURE) for r in rows],
        },
        dtype="str",
    )


def _said(value: object) -> str:
    return NO_FIGURE if pd.isna(value) else str(value)


def describe_coverage(coverage: pd.DataFrame) -> str:
    """Say which items of each plan have programs, KPIs and money, and which have none.

    `coverage` is the table of `cover_items`.
    """
    if coverage.empty:
        return "手元の資料に、計画の方針や課題は見当たりません。"
    return list_some([_describe_group(*group) for group in _list_groups(coverage)], "")


def _describe_group(plan: str, kind: str, items: list[Item]) -> str:
    """One to three sentences on the items of one kind."""
    word, what = KINDS[kind], f"「{plan}」の{len(items)}つの{KINDS[kind]}"
    if all(pd.isna(item["programs"]) for item in items):
        return f"{what}は、事業と対応づけていません。"
    without = [f"{word}{r['order']}「{r['name']}」" for r in items if not r["programs"]]
    if len(without) == len(items):
        return f"{what}のどれにも、対応する事業は手元の資料からは見当たりません。"
    counts = _list_counts(items, "programs")
    if without:
        served = f"のうち{len(items) - len(without)}つに対応する事業があり（{counts}）、"
        served += f"{'、'.join(without)}に対応する事業は手元の資料からは見当たりません。"
    else:
        served = f"のすべてに対応する事業があります（{counts}）。"
    return what + served + _describe_figures(items) + _describe_grounds(items, word)


def _list_counts(items: list[Item], name: str) -> str:
    """The items with any of what is counted: 方針1に1事業、方針4に2事業."""
    found = [r for r in items if r[name]]
    return "、".join(f"{KINDS[r['kind']]}{r['order']}に{r[name]}事業" for r in found)


def _describe_figures(items: list[Item]) -> str:
    """Where programs have KPIs and money."""
    kpis, money = (_list_counts(items, name) for name in COUNTED)
    if not kpis and not money:
        return "このうち指標や金額の記載がある事業は、手元の資料からは見当たりません。"
    with_kpi = f"{kpis}で" if kpis else "見当たらず"
    with_money = f"{money}です" if money else "手元の資料からは見当たりません"
    return f"このうち指標の記載がある事業は{with_kpi}、金額の記載がある事業は{with_money}。"


def _describe_grounds(items: list[Item], word: str) -> str:
    """Whether the documents print which program serves which item."""
    found = {item["is_inferred"] for item in items} & set(GROUNDS)
    if found <= {"no"}:
        return ""
    some = "" if found == {"yes"} else "の一部"
    return f"どの事業がどの{word}に対応するか{some}は資料に記載がなく、事業の内容から推定しました。"


def describe_plans(strategies: pd.DataFrame, links: pd.DataFrame) -> str:
    """Say which plan came after which, from the links 'succeeds'; nothing where none is linked."""
    rows = {row["strategy_id"]: row for row in list_rows(strategies)}
    succeeds = links[links["kind"] == "succeeds"]
    after = dict(zip(succeeds["to_id"], succeeds["from_id"], strict=True))
    lines = []
    for first in [name for name in rows if name in after and name not in after.values()]:
        line = [first]
        while (following := after.get(line[-1])) in rows and following not in line:
            line.append(following)
        said = "、".join(_name_plan(rows[name]) for name in line)
        lines.append(f"計画は次の順に続いています：{said}。")
    return list_some(lines, "")


def _name_plan(plan: dict[str, Any]) -> str:
    """A plan with its years, or the year in which it was drawn up."""
    if pd.notna(plan["decided_year"]):
        return f"「{plan['strategy']}」（{plan['decided_year']}年に策定）"
    return f"「{plan['strategy']}」（{say_years(plan['start_year'], plan['end_year'])}）"
