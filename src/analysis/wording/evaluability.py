"""What the documents at hand hold of what an evaluation needs."""

from typing import Any

import pandas as pd

from analysis.measures.documents import (
    Evaluability,
    count_described,
    count_evaluability,
    find_last_reading,
    find_shown,
    group_absent,
    share_by_each,
)
from analysis.measures.evaluability import PARTS
from analysis.measures.keys import list_rows
from analysis.wording.distributions import LONGEST, cut_sentences
from analysis.wording.formats import format_fiscal_year, list_some, short_fiscal_year
from analysis.wording.headlines import say_concluded
from analysis.wording.labels import NO_FIGURE, PART_LABELS, STATUSES, labels
from analysis.wording.program import tell_apart
from analysis.wording.tables import label_table
from analysis.wording.tiles import Tile, make_tiles, name_tile

HELD = labels("held")
GROUPINGS = labels("columns") | labels("groupings")


def describe_documents(
    shown_programs: pd.DataFrame, sources: pd.DataFrame, fiscal_year: int | None = None
) -> str:
    """Say whose programs, of which year, in how many documents, and up to which day these go."""
    found = find_shown(shown_programs)
    ends = dict.fromkeys(format_fiscal_year(year) for year in (found.first_year, found.last_year))
    when = "～".join(ends) if fiscal_year is None else format_fiscal_year(fiscal_year)
    concluded = "" if fiscal_year is None else say_concluded(shown_programs)
    estimated = f"（{concluded}）" if concluded else ""
    return f"{list_some(found.governments, '・', '団体')}・{when}{estimated}・{_documents(sources)}"


def _documents(sources: pd.DataFrame) -> str:
    day = find_last_reading(sources)
    until = f"{_format_day(day)}までに読み取った" if day else "手元の"
    return f"{until}{len(sources)}資料"


def _format_day(day: str) -> str:
    year, month, date = (int(part) for part in day.split("-"))
    return f"{year}年{month}月{date}日"


def describe_evaluability(evaluability: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Say of how many programs the documents hold what, from `rate_evaluability`."""
    found = count_evaluability(evaluability)
    several = found.programs < found.rows
    elsewhere = "ここにない項目も、ほかの資料には載っているかもしれません。"
    where = f"{_documents(sources)}に載る{found.programs:,}事業"
    years = f"年度ごとに数えて{found.rows:,}件"
    if not found.with_kpi and not found.with_money:
        return (
            f"{where}{f'（{years}）' if several else ''}のどれにも、"
            "指標・目標・実績・事業費の記載はありません。"
            f"この資料だけから評価できる事業はありません。{elsewhere}"
        )
    unit = "件" if several else "事業"
    begin = f"{where}は、{years}です。このうち" if several else f"{where}のうち、"
    said = (
        f"{begin}指標があるのは{found.with_kpi:,}{unit}、"
        f"目標に届いたかを判定できるのは{found.judged:,}{unit}、"
        "事業費（予算・決算・性質の書かれていない金額）の記載があるのは"
        f"{found.with_money:,}{unit}（うち決算額は{found.settled:,}{unit}）です。"
    )
    return said + _say_parts(found, unit) + elsewhere


def _say_parts(found: Evaluability, unit: str) -> str:
    """Say how many programs have none of the eight parts, and how many have all."""
    count, without, whole = found.rows, found.nothing, found.everything
    none = f"{count:,}{unit}のうち{without:,}{unit}には、評価に必要な8項目のどれも載って"
    if whole:
        said = f"{none}いません。" if without else ""
        return f"{said}8項目がすべてそろうのは{whole:,}{unit}です。"
    if without == count:
        return f"{count:,}{unit}のどれにも、評価に必要な8項目は載っていません。"
    if without:
        return f"{none}おらず、ほかの{count - without:,}{unit}にも8項目のすべては載っていません。"
    return "8項目がすべてそろう事業はありません。"


def summarize_evaluability(evaluability: pd.DataFrame, instruments: pd.DataFrame) -> pd.DataFrame:
    """Give the headline figures of a portfolio: `label`, `value` and `note`, four rows."""
    found, (described, read) = count_evaluability(evaluability), count_described(instruments)
    settled = f"うち決算額は{found.settled:,}" if found.settled else "決算額の記載なし"
    return make_tiles(
        [
            _share_tile("with_kpi", found.with_kpi, found.rows, "目標か実績が載る"),
            _share_tile("judged", found.judged, found.rows, "期限の来た目標と実績"),
            _share_tile("with_money", found.with_money, found.rows, settled),
            _share_tile("described", described, read, "上限額・人数なども含む"),
        ]
    )


def _share_tile(name: str, count: int, of: int, note: str) -> Tile:
    if not of:
        return name_tile(name), NO_FIGURE, "データに収めていない"
    return name_tile(name), f"{count:,} / {of:,}", note


def name_group(row: dict[str, Any], by: list[str]) -> str:
    """Name a group of programs by the columns that make it."""
    return " ".join(_name_of_group(row[name], name) for name in by if name != "government_code")


def _name_of_group(value: Any, by: str) -> str:
    if by == "fiscal_year":
        return short_fiscal_year(value)
    return "記載なし" if pd.isna(value) else str(value)


def describe_shares(shares: pd.DataFrame, by: list[str]) -> str:
    """Say what the figure of shares shows: of each group, how many programs hold each part."""
    if shares.empty:
        return "この資料に事業の記載はありません。"
    largest = shares.sort_values("programs", ascending=False, kind="stable")
    each = [_say_share(row, by) for row in list_rows(shares)]
    start = "評価に必要な8項目のそれぞれが記載されている事業。"
    if len(start) + sum(map(len, each)) <= LONGEST:
        return start + "".join(each)
    return cut_sentences(start, (_say_share(row, by) for row in list_rows(largest)))


def _say_share(row: dict[str, Any], by: list[str]) -> str:
    one = row["programs"] == 1
    held, partly = (
        [f"{PART_LABELS[p]}{'' if one else n}" for p in PARTS if (n := row[f"{p}_{word}"])]
        for word in ("held", "partly")
    )
    parts = "、".join(held) or "どの項目も記載なし"
    also = f"（一部だけ：{'、'.join(partly)}）" if partly else ""
    of = "：" if one else f"は{row['programs']:,}事業のうち"
    return f"{name_group(row, by)}{of}{parts}{also}。"


def name_shares(row: dict[str, Any], by: list[str]) -> str:
    """Name a group of programs, with how many they are where they are several."""
    count = f"（{row['programs']}事業）" if row["programs"] > 1 else ""
    return name_group(row, by) + count


def tabulate_shares(evaluability: pd.DataFrame) -> pd.DataFrame:
    """How many programs hold each part wholly, by each thing that tells them apart.

    Of how many stands beside. What is the same for all programs is left out, but for the whole.
    """
    shares = share_by_each(evaluability)
    return label_table(
        "shares",
        {
            "group": [
                "すべて"
                if row["grouping"] == "everything"
                else _name_of_group(row["group"], row["grouping"])
                for row in list_rows(shares, "group", "grouping")
            ],
            "grouping": shares["grouping"].map(GROUPINGS),
            "program_years": shares["programs"].astype("str"),
            **{part: shares[f"{part}_held"].astype("str") for part in PARTS},
            "judged": shares["judged"].astype("str"),
        },
        headers=PART_LABELS,
    )


def tabulate_evaluability(evaluability: pd.DataFrame) -> pd.DataFrame:
    """Each program with the parts the documents hold of it, and how many of the eight."""
    return label_table(
        "evaluability",
        {
            "program": evaluability["program"],
            **tell_apart(evaluability),
            **{part: evaluability[part].map(HELD) for part in PARTS},
            "parts_held": [f"{n} / {len(PARTS)}" for n in evaluability["parts_held"]],
            "place": evaluability["place"],
        },
        headers=PART_LABELS,
    )


def describe_parts(parts: pd.DataFrame) -> str:
    """Say what the documents at hand do not hold."""
    if parts.empty:
        return ""
    said = [
        f"{what}、{items}です。"
        for what, words in ABSENT.items()
        if (items := _list_absent(parts, words))
    ]
    if (parts["budget"] == "nature_not_stated").any():
        said.append("金額はありますが、予算か決算かなどの性質が書かれていません。")
    if said:
        said.append("ほかの資料に記載があるかもしれません。")
    if items := _list_absent(parts, ("not_reckoned",)):
        said.append(f"指標の性質から出さないのは、{items}です。")
    if not said:
        return "評価に必要な項目はすべて記載されています。"
    kpis = int(parts["name"].notna().sum())
    whom = [f"{kpis}指標"] * (kpis > 0) + [f"指標のない{len(parts) - kpis}事業"] * (
        kpis < len(parts)
    )
    return f"{'と'.join(whom)}について、{''.join(said)}"


ABSENT = {
    "この資料に載っていないのは": ("not_in_source", "not_set"),
    "集計中なのは": ("pending",),
    "未公表とされているのは": ("unpublished",),
    "この年度に調査がないのは": ("not_surveyed",),
    "初めか終わりの年度だけが載っているのは": ("one_end",),
}


def _list_absent(parts: pd.DataFrame, states: tuple[str, ...]) -> str:
    """Which parts are absent of how many, those of one number together: 決算（10件とも）."""
    rows = len(parts)
    return "、".join(
        f"{'・'.join(PART_LABELS[part] for part in absent)}"
        f"（{count}件{'とも' if count == rows > 1 else ''}）"
        for count, absent in group_absent(parts, states)
    )


def tabulate_parts(parts: pd.DataFrame) -> pd.DataFrame:
    """Which parts of an evaluation the documents at hand hold; one KPI a row."""
    words, no_kpi = STATUSES | labels("part_states"), labels("figures.parts")["no_kpi"]
    names = zip(parts["name"], parts["program"], strict=True)
    return label_table(
        "parts",
        {
            "kpi_or_program": [
                no_kpi.format(program=program) if pd.isna(name) else name for name, program in names
            ],
            **{part: parts[part].map(words) for part in PARTS},
        },
        headers=PART_LABELS,
    )
