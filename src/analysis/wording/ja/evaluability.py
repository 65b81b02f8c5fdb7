"""What the documents at hand hold of what an evaluation needs."""

from typing import Any

import pandas as pd

from analysis.measures.evaluability import PARTS, share_evaluability
from analysis.measures.keys import list_rows
from analysis.wording.ja.formats import format_fiscal_year, short_fiscal_year
from analysis.wording.ja.headlines import say_concluded
from analysis.wording.ja.program import tell_apart
from analysis.wording.labels import NO_FIGURE, PART_LABELS, STATUSES, labels

WORDS = {"held": "あり", "partly": "一部", "not_held": NO_FIGURE}


GROUPS = {
    "government": "団体",
    "fiscal_year": "年度",
    "department": "担当",
    "project": "交付金事業・計画",
    "policy_group": "政策の区分",
}


SURROUNDINGS = {
    "instruments": "支援の条件（補助率・人数など）",
    "strategy_items": "計画の方針や課題",
    "grants": "交付金の移り変わり",
}


def describe_documents(
    shown_programs: pd.DataFrame, sources: pd.DataFrame, fiscal_year: int | None = None
) -> str:
    """Say whose programs, of which year, in how many documents, and up to which day these go."""
    governments = list(dict.fromkeys(shown_programs["government"]))
    years = shown_programs["fiscal_year"]
    ends = dict.fromkeys(format_fiscal_year(year) for year in (years.min(), years.max()))
    when = "～".join(ends) if fiscal_year is None else format_fiscal_year(fiscal_year)
    concluded = "" if fiscal_year is None else say_concluded(shown_programs)
    estimated = f"（{concluded}）" if concluded else ""
    return f"{'・'.join(governments)}・{when}{estimated}・{_documents(sources)}"


def _documents(sources: pd.DataFrame) -> str:
    days = sources["read_on"].dropna()
    until = f"{_format_day(days.max())}までに読み取った" if len(days) else "手元の"
    return f"{until}{len(sources)}資料"


def _format_day(day: str) -> str:
    year, month, date = (int(part) for part in day.split("-"))
    return f"{year}年{month}月{date}日"


def describe_evaluability(evaluability: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Say of how many programs the documents hold what, from `rate_evaluability`."""
    count = len(evaluability)
    programs = len(evaluability.drop_duplicates(["government_code", "program_id"]))
    several = programs < count
    with_kpi, judged = (int((evaluability[c] > 0).sum()) for c in ("kpis", "judged"))
    money, settled = _count_money(evaluability)
    elsewhere = "ここにない項目も、ほかの資料には載っているかもしれません。"
    where, years = f"{_documents(sources)}に載る{programs}事業", f"年度ごとに数えて{count}件"
    if not with_kpi and not money:
        return (
            f"{where}{f'（{years}）' if several else ''}のどれにも、"
            "指標・目標・実績・事業費の記載はありません。"
            f"この資料だけから評価できる事業はありません。{elsewhere}"
        )
    unit = "件" if several else "事業"
    begin = f"{where}は、{years}です。このうち" if several else f"{where}のうち、"
    said = (
        f"{begin}指標があるのは{with_kpi}{unit}、目標に届いたかを判定できるのは{judged}{unit}、"
        "事業費（予算・決算・性質の書かれていない金額）の記載があるのは"
        f"{money}{unit}（うち決算額は{settled}{unit}）です。"
    )
    return said + _say_parts(evaluability, unit) + elsewhere


def _say_parts(evaluability: pd.DataFrame, unit: str) -> str:
    """Say how many programs have none of the eight parts, and how many have all."""
    count = len(evaluability)
    without = int((evaluability["parts_held"] + evaluability["parts_partly"] == 0).sum())
    whole = int((evaluability["parts_held"] == len(PARTS)).sum())
    none = f"{count}{unit}のうち{without}{unit}には、評価に必要な8項目のどれも載って"
    if whole:
        said = f"{none}いません。" if without else ""
        return f"{said}8項目がすべてそろうのは{whole}{unit}です。"
    if without == count:
        return f"{count}{unit}のどれにも、評価に必要な8項目は載っていません。"
    if without:
        return f"{none}おらず、ほかの{count - without}{unit}にも8項目のすべては載っていません。"
    return "8項目がすべてそろう事業はありません。"


def _count_money(evaluability: pd.DataFrame) -> tuple[int, int]:
    """How many programs have any amount, and how many a settled one."""
    held = evaluability[["budget", "settled"]] != "not_held"
    return int(held.any(axis=1).sum()), int(held["settled"].sum())


def summarize_evaluability(evaluability: pd.DataFrame, instruments: pd.DataFrame) -> pd.DataFrame:
    """Give the headline figures of a portfolio: `label`, `value` and `note`, four rows."""
    count = len(evaluability)
    money, settled = _count_money(evaluability)
    key = ["government_code", "program_id"]
    described = instruments.loc[instruments["quantity"].notna(), key].drop_duplicates()
    read = instruments[key].drop_duplicates()
    rows = [
        ("指標のある事業", (evaluability["kpis"] > 0).sum(), count, "目標か実績が載る"),
        ("到達を判定できる事業", (evaluability["judged"] > 0).sum(), count, "期限の来た目標と実績"),
        (
            "事業費の載る事業",
            money,
            count,
            f"うち決算額は{settled}" if settled else "決算額の記載なし",
        ),
        ("補助率や定員が数字で示された事業", len(described), len(read), "上限額・人数なども含む"),
    ]
    return pd.DataFrame(
        [
            (label, f"{value} / {of}", note) if of else (label, NO_FIGURE, "データに収めていない")
            for label, value, of, note in rows
        ],
        columns=["label", "value", "note"],
    )


def name_group(row: dict[str, Any], by: list[str]) -> str:
    """Name a group of programs by the columns that make it."""
    words = [
        short_fiscal_year(row[name])
        if name == "fiscal_year"
        else "記載なし"
        if pd.isna(row[name])
        else str(row[name])
        for name in by
        if name != "government_code"
    ]
    return " ".join(words)


def describe_shares(shares: pd.DataFrame, by: list[str]) -> str:
    """Say what the figure of shares shows: of each group, how many programs hold each part."""
    if shares.empty:
        return "この資料に事業の記載はありません。"
    said = []
    for row in list_rows(shares):
        one = row["programs"] == 1
        held, partly = (
            [f"{PART_LABELS[p]}{'' if one else n}" for p in PARTS if (n := row[f"{p}_{word}"])]
            for word in ("held", "partly")
        )
        parts = "、".join(held) or "どの項目も記載なし"
        also = f"（一部だけ：{'、'.join(partly)}）" if partly else ""
        of = "：" if one else f"は{row['programs']}事業のうち"
        said.append(f"{name_group(row, by)}{of}{parts}{also}。")
    return "評価に必要な8項目のそれぞれが記載されている事業。" + "".join(said)


def tabulate_shares(evaluability: pd.DataFrame) -> pd.DataFrame:
    """How many programs hold each part wholly, by each thing that tells them apart.

    Of how many stands beside. What is the same for all programs is left out, but for the whole.
    """
    whole = evaluability.assign(everything="すべて")
    told_apart = [n for n in GROUPS if len(evaluability[[n]].drop_duplicates()) > 1]
    tables = [(name, share_evaluability(whole, [name])) for name in ("everything", *told_apart)]
    return pd.concat((_tabulate_groups(*one) for one in tables), ignore_index=True)


def _tabulate_groups(name: str, shares: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "区分": [name_group(row, [name]) for row in list_rows(shares)],
            "分け方": GROUPS.get(name, "全体"),
            "事業（延べ年度）": shares["programs"].astype("str"),
            **{PART_LABELS[p]: shares[f"{p}_held"].astype("str") for p in PARTS},
            "到達を判定できる": shares["judged"].astype("str"),
        }
    )


def tabulate_evaluability(evaluability: pd.DataFrame) -> pd.DataFrame:
    """Each program with the parts the documents hold of it, and how many of the eight."""
    of = len(PARTS)
    return pd.DataFrame(
        {
            "事業": evaluability["program"],
            **tell_apart(evaluability),
            **{PART_LABELS[part]: evaluability[part].map(WORDS) for part in PARTS},
            "そろった項目": [f"{n} / {of}" for n in evaluability["parts_held"]],
            "記載の場所": evaluability["place"],
        }
    )


def describe_absent(tables: dict[str, pd.DataFrame]) -> str:
    """Say what of a program's conditions and surroundings was not taken into the data at all."""
    absent = [word for name, word in SURROUNDINGS.items() if tables[name].empty]
    if not absent:
        return ""
    return (
        f"{'・'.join(absent)}は、データに収めていないためこの報告では扱いません。"
        "資料に書かれていないという意味ではありません。"
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


def _list_absent(parts: pd.DataFrame, words: tuple[str, ...]) -> str:
    """Which parts are absent of how many, those of one number together: 決算（10件とも）."""
    by_count: dict[int, list[str]] = {}
    for part in PARTS:
        count = int(parts[part].isin(words).sum())
        by_count.setdefault(count, []).append(PART_LABELS[part])
    return "、".join(
        f"{'・'.join(labels)}（{count}件{'とも' if count == len(parts) > 1 else ''}）"
        for count, labels in sorted(by_count.items(), reverse=True)
        if count
    )


def tabulate_parts(parts: pd.DataFrame) -> pd.DataFrame:
    """Which parts of an evaluation the documents at hand hold; one KPI a row."""
    words, no_kpi = STATUSES | labels("part_states"), labels("figures.parts")["no_kpi"]
    without = [no_kpi.format(program=program) for program in parts["program"]]
    return pd.DataFrame(
        {
            labels("columns")["kpi_or_program"]: parts["name"].fillna(
                pd.Series(without, parts.index)
            ),
            **{PART_LABELS[part]: parts[part].map(words) for part in PARTS},
        }
    )
