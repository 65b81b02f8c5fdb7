"""What the documents at hand hold of each program: figure, tables, sentences, inquiries.

Every sentence speaks of the documents at hand: what they do not hold may stand in others.
"""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.measures.evaluability import PARTS, share_evaluability
from analysis.measures.keys import list_keys
from analysis.present.canvas import (
    BLUE,
    GREY,
    LIGHT,
    NARROW_INCHES,
    PALE,
    WIDE_INCHES,
    Canvas,
    wrap,
)
from analysis.present.headlines import say_concluded
from analysis.present.narrative import quote_names
from analysis.present.sentences import (
    FLAGS,
    NO_FIGURE,
    format_fiscal_year,
    list_rows,
    short_fiscal_year,
)
from analysis.present.tables import tabulate_observations

LABELS = {
    "kpi": "指標",
    "baseline": "従前値",
    "target": "目標",
    "actual": "実績",
    "budget": "予算",
    "settled": "決算",
    "period": "期間",
    "unit_cost": "単価",
}
ASKED_FOR = {
    "kpi": "成果をはかる指標",
    "baseline": "指標の従前値",
    "target": "指標の目標値",
    "actual": "指標の実績値",
    "budget": "予算額",
    "settled": "決算額",
    "period": "事業の期間",
}
OF_KPIS = ("baseline", "target", "actual")
PENDING = "集計中とあった指標の実績値"
NATURE = "記載された金額が予算額か決算額か"
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


def plot_shares(shares: pd.DataFrame, by: list[str], narrow: bool = False) -> Figure | None:
    """Draw for groups of programs how many of them hold each of the eight parts.

    `shares` is the table of `share_evaluability` for `by`. A row is a group, a cell the programs
    that hold the part of all in the group; those that hold it in part stand outlined behind. A
    group of one program has marks instead of numbers. None without a program.
    """
    if shares.empty:
        return None
    width = NARROW_INCHES if narrow else WIDE_INCHES
    left = 0.0 if narrow else 2.55
    rows = list_rows(shares)
    names = [wrap(_title_group(row, by), 9, width - 0.1 if narrow else 2.4) for row in rows]
    heights = [
        len(lines) * 0.17 + (0.44 if narrow else 0.24 if row["programs"] > 1 else 0.16)
        for lines, row in zip(names, rows, strict=True)
    ]
    page = Canvas(width, 0.34 + sum(heights) + 0.34)
    step = (width - left) / len(PARTS)
    for number, part in enumerate(PARTS):
        size = 7.5 if narrow else 8.5
        page.text(left + step * (number + 0.5), 0.14, LABELS[part], size, GREY, "center")
    top = 0.32
    for row, lines, height in zip(rows, names, heights, strict=True):
        page.line(0, top, width, top, PALE, 0.8)
        y = top + height / 2
        if narrow:
            page.lines(0, top + 0.06, lines, 9)
            y = top + height - 0.19
        else:
            page.lines(2.4, y - len(lines) * 0.084, lines, 9, align="right")
        for number, part in enumerate(PARTS):
            _draw_share(page, left + step * (number + 0.5), y, step * 0.76, row, part)
        top += height
    several = (shares["programs"] > 1).any()
    page.caption_line(
        "数字＝記載のある事業／事業の数　●＝記載あり　枠だけの棒＝一部だけ　"
        "破線＝この資料に記載なし"
        if several and not narrow
        else "●＝記載あり　棒の枠・○＝一部だけ　破線＝この資料に記載なし"
    )
    return page.finish()


def _draw_share(
    page: Canvas, x: float, y: float, wide: float, row: dict[str, Any], part: str
) -> None:
    """One cell: how many of the programs of a row hold a part."""
    held, partly, of = row[f"{part}_held"], row[f"{part}_partly"], row["programs"]
    if held + partly == 0:
        page.outline(x - 0.11, y - 0.08, 0.22, 0.16)
    elif of == 1:
        page.mark(x, y, "yes", partly > 0, 7)
    else:
        page.text(x, y - 0.09, f"{held}/{of}", 8, align="center")
        left, top = x - wide / 2, y + 0.03
        page.box(left, top, wide, 0.07, color=LIGHT)
        shown = wide * (held + partly) / of
        page.box(left, top, shown, 0.07, fc="white", ec=BLUE, lw=0.9)
        if held:
            page.box(left, top, wide * held / of, 0.07, color=BLUE)


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


def _title_group(row: dict[str, Any], by: list[str]) -> str:
    count = f"（{row['programs']}事業）" if row["programs"] > 1 else ""
    return name_group(row, by) + count


def describe_shares(shares: pd.DataFrame, by: list[str]) -> str:
    """Say what the figure of shares shows: of each group, how many programs hold each part."""
    if shares.empty:
        return "この資料に事業の記載はありません。"
    said = []
    for row in list_rows(shares):
        one = row["programs"] == 1
        held, partly = (
            [f"{LABELS[p]}{'' if one else n}" for p in PARTS if (n := row[f"{p}_{word}"])]
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
            **{LABELS[p]: shares[f"{p}_held"].astype("str") for p in PARTS},
            "到達を判定できる": shares["judged"].astype("str"),
        }
    )


def tabulate_evaluability(evaluability: pd.DataFrame) -> pd.DataFrame:
    """Each program with the parts the documents hold of it, and how many of the eight."""
    of = len(PARTS)
    return pd.DataFrame(
        {
            "事業": evaluability["program"],
            **_tell_apart(evaluability),
            **{LABELS[part]: evaluability[part].map(WORDS) for part in PARTS},
            "そろった項目": [f"{n} / {of}" for n in evaluability["parts_held"]],
            "記載の場所": evaluability["place"],
        }
    )


def _tell_apart(programs: pd.DataFrame) -> dict[str, pd.Series]:
    """The government and the year of each program, each where there are several."""
    columns = {
        "団体": programs["government"],
        "年度": programs["fiscal_year"].map(short_fiscal_year),
    }
    return {label: cells for label, cells in columns.items() if len(set(cells)) > 1}


def tabulate_others(observations: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """The figures about programs that are no KPI, each with the name of its program."""
    names = pd.Series(_find_names(observations, programs), index=observations.index, dtype="str")
    return pd.concat([names.rename("事業"), tabulate_observations(observations)], axis=1)


def tabulate_contents(shown_programs: pd.DataFrame) -> pd.DataFrame:
    """What each program does, in our own words, with who is in charge and how it is marked."""
    told = {"department": "担当", "policy_group": "政策の区分", "flag": "印"}
    marked = shown_programs.assign(flag=shown_programs["flag"].map(FLAGS))
    columns = {name: label for name, label in told.items() if marked[name].notna().any()}
    texts = marked[[*columns, "description"]].astype("object")
    return pd.DataFrame(
        {
            "事業": shown_programs["program"],
            **_tell_apart(shown_programs),
            **{columns[name]: texts[name].fillna(NO_FIGURE) for name in columns},
            "内容": texts["description"].fillna(NO_FIGURE),
        }
    )


def describe_judgements(ratings: pd.DataFrame, programs: pd.DataFrame) -> str:
    """Say that programs without a KPI were judged, and what that judgement cannot be held to."""
    names = quote_names(dict.fromkeys(_find_names(ratings, programs)))
    return (
        f"{names}には、指標も事業費もないまま公表された評価があります。"
        "手元の資料の数値からは、この評価を確かめることも、否定することもできません。"
    )


def tabulate_judgements(ratings: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """Who judged what, when, in which words, and for which reason in our own words."""
    texts = ratings.astype("object").fillna(NO_FIGURE)
    return pd.DataFrame(
        {
            "事業": _find_names(ratings, programs),
            "評価した者": texts["rated_by"],
            "評価の日": texts["rated_on"],
            "進捗": texts["progress"],
            "総合評価": texts["grade"],
            **({"今後の方針": texts["policy"]} if ratings["policy"].notna().any() else {}),
            "示された理由": texts["reason"],
            "記載の場所": texts["place"],
        }
    )


def _find_names(table: pd.DataFrame, programs: pd.DataFrame) -> list[str]:
    key = ["government_code", "program_id"]
    names = dict(zip(list_keys(programs, key), programs["program"], strict=True))
    return [names[found] for found in list_keys(table, key)]


def draft_inquiries(evaluability: pd.DataFrame, sources: pd.DataFrame) -> list[str]:
    """Write one letter to each government, in words that could be sent, on what was not found.

    Below what the letter is for stands a line for the programs of one document that lack the
    same, of whatever years. A year that was concluded is left out, for the publisher knows the
    document by its title. Lines are parted by line breaks.
    """
    titles = dict(zip(sources["source_id"], sources["title"], strict=True))
    lacks = ["・".join(_list_lacking(row)) for row in list_rows(evaluability)]
    lacking = evaluability.assign(lacks=lacks)
    lacking = lacking[lacking["lacks"] != ""]
    letters = []
    for government, rows in lacking.groupby("government", sort=False):
        lines = [
            f"・{_name_asked(same, titles[source])}：{what}"
            for (source, what), same in rows.groupby(["source_id", "lacks"], sort=False)
        ]
        letters.append("\n".join([_address(str(government), rows), PURPOSE, *lines, ANSWER]))
    return letters


PURPOSE = (
    "公表資料から事業の評価に必要な情報を調べています。次の項目を手元の資料から"
    "見つけられませんでした。公表された資料があればその場所を、"
    "まだであれば公表の予定をお知らせください。"
)
ANSWER = "回答先：（ご自身の連絡先を書き入れてください）"
MOST_DEPARTMENTS = 3
MOST_PROGRAMS = 3


def _address(government: str, rows: pd.DataFrame) -> str:
    """To whom a letter goes: the departments where they are printed and few."""
    departments = list(dict.fromkeys(rows["department"].dropna()))
    if not departments:
        return f"{government}　御中"
    if len(departments) > MOST_DEPARTMENTS:
        return f"{government}　{departments[0]}ほか{len(departments) - 1}部署　御中"
    return f"{government}　{'・'.join(departments)}　御中"


def _name_asked(rows: pd.DataFrame, title: str) -> str:
    """Name a document and its programs, but for a name that its title says already."""
    programs = list(dict.fromkeys(rows["program"]))
    named = [name for name in programs if name not in title]
    years = _say_years(rows)
    document = f"『{title}』" + (f"（{years}）" if years else "")
    if not named:
        return document
    more = f"など{len(programs)}事業" if len(programs) > MOST_PROGRAMS else ""
    return f"{document}の{quote_names(named[:MOST_PROGRAMS])}{more}"


def _say_years(rows: pd.DataFrame) -> str:
    read = rows[~rows["year_concluded"]]["fiscal_year"].drop_duplicates()
    return "・".join(format_fiscal_year(year) for year in read)


def _list_lacking(row: dict[str, Any]) -> list[str]:
    """What to ask for: nothing of a KPI where there is none, no actual of what was only planned."""
    asked = [
        words
        for part, words in ASKED_FOR.items()
        if row[part] == "not_held"
        and not (part in OF_KPIS and row["kpi"] == "not_held")
        and not (part == "actual" and row["planned"])
    ]
    if row["pending"]:
        asked = [PENDING if words == ASKED_FOR["actual"] else words for words in asked]
    return asked + ([NATURE] if row["budget"] == "partly" else [])


def describe_absent(tables: dict[str, pd.DataFrame]) -> str:
    """Say what of a program's conditions and surroundings was not taken into the data at all."""
    absent = [word for name, word in SURROUNDINGS.items() if tables[name].empty]
    if not absent:
        return ""
    return (
        f"{'・'.join(absent)}は、データに収めていないためこの報告では扱いません。"
        "資料に書かれていないという意味ではありません。"
    )
