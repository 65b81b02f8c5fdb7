# ruff: noqa: E501  (a row of a table is a line)
"""The national review's public CSV: UTF-8 with BOM, all quoted, zipped one by one."""

import csv
from io import StringIO
from pathlib import Path

from .sheets import pack

HEADS = Path(__file__).with_name("review_columns.csv")
HUB = "地（知）の拠点大学による地方創生推進事業"
ARTS = "文化芸術創造拠点形成事業"
TELEWORK = "ふるさとテレワーク推進事業"
PROGRAMS = {
    HUB: ("003136", "文部科学省"),
    ARTS: ("003342", "文部科学省"),
    TELEWORK: ("001074", "総務省"),
}
AMOUNTS = (
    "当初予算（合計）",
    "補正予算（合計）",
    "前年度からの繰越し（合計）",
    "予備費等（合計）",
    "計（歳出予算現額合計）",
    "執行額（合計）",
    "執行率",
)
BUDGETS = {
    HUB: {
        2017: ("3614000000", "0", "0", "179000000", "3793000000", "3789000000", "0.9989"),
        2018: ("2130800000", "0", "0", "28310000", "2159110000", "2150840000", "0.9962"),
        2019: ("1039200000", "0", "0", "25610000", "1064810000", "1058400000", "0.994"),
    },
    ARTS: {
        2017: ("2960000000", "0", "0", "0", "2960000000", "2809000000", "0.949"),
        2018: ("3562000000", "0", "0", "0", "3562000000", "3388000000", "0.9512"),
        2019: ("2009000000", "0", "0", "0", "2009000000", "1934000000", "0.9627"),
        2020: ("1905000000", "0", "0", "0", "1905000000", "", ""),
    },
    TELEWORK: {
        2017: ("630000000", "0", "0", "0", "630000000", "342000000", "0.5429"),
        2019: ("0", "0", "38000000", "0", "38000000", "38000000", "1"),
    },
}
GOALS = [
    (HUB, "1-1-1", "短期アウトカム", "連携自治体内企業等への就職率を上げる", "事業実施大学における卒業生の連携自治体内企業等への就職率", "％", "上向き", "2019",
     {2017: ("42.3", "37.6", "88.9"), 2018: ("44.6", "37.8", "84.8"), 2019: ("47.6", "", "")}),
    (HUB, "1-2-1", "短期アウトカム", "連携企業等の雇用者数を増やす", "本事業における連携企業等の雇用創出者数", "人", "上向き", "2019",
     {2017: ("475", "672", "141.5"), 2018: ("764", "887", "116.1"), 2019: ("1068", "", "")}),
    (ARTS, "1-1-1", "短期アウトカム", "参加者の目標に届く事業を増やす", "採択事業のうち参加者数の目標値に対する実績値の割合が80％を超える事業の割合", "％", "上向き", "2020",
     {2017: ("80", "76", "95"), 2018: ("80", "78", "97.5"), 2019: ("80", "64", "80")}),
    (ARTS, "1-1-2", "アウトプット", "専門人材を配置する", "採択事業において構築された体制に配置された専門人材の数", "人", "上向き", "2023",
     {2017: ("35", "45", "128.6"), 2018: ("45", "57", "126.7"), 2019: ("55", "34", "61.8"), 2023: ("70", "", "")}),
    (TELEWORK, "1-1-1", "長期アウトカム", "雇用型テレワーカーの割合を倍にする", "テレワーク制度等に基づく雇用型テレワーカーの割合", "％", "上向き", "2020",
     {2017: ("15.4", "9.0", "58.4"), 2018: ("15.4", "10.8", "70.1"), 2019: ("15.4", "9.8", "63.6")}),
    (TELEWORK, "1-1-3", "アウトプット", "実証を行う", "実施するプロジェクト数", "件", "", "",
     {2017: ("22", "25", "113.6"), 2018: ("23", "24", "104.3"), 2019: ("2", "2", "100")}),
]  # fmt: skip


def list_columns(number: str) -> tuple[str, list[str]]:
    """The name of a file of the review and its columns in order."""
    with HEADS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["file"].startswith(number)]
    return rows[0]["file"], [row["column"] for row in rows]


def write(folder: Path, name: str, number: str, rows: list[dict[str, str]]) -> None:
    """Write one zip of one CSV, what a row does not say left empty."""
    inner, columns = list_columns(number)
    if number == "3-1":
        columns = [*columns[:-2], *map(str, range(2007, 2061))]
    held = StringIO()
    table = csv.DictWriter(held, columns, restval="", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writeheader()
    table.writerows(rows)
    pack(folder / name, {inner: held.getvalue().encode("utf-8-sig")})


def start(program: str, order: str = "府省庁の建制順") -> dict[str, str]:
    """What each row of the review begins with."""
    number, ministry = PROGRAMS[program]
    ministries = "所管府省庁" if order == "建制順" else "政策所管府省庁"
    return {
        "シート種別": "レビューシート",
        "事業年度": "2024",
        "予算事業ID": number,
        "事業名": program,
        order: "20",
        ministries: ministry,
        "府省庁": ministry,
    }


def budgets(folder: Path) -> None:
    """2-1: amounts in yen, a row a year, sums over the accounts; next year's request beside them."""
    rows = []
    for program, known in BUDGETS.items():
        for year, amounts in known.items():
            rows.append(
                {
                    **start(program),
                    "予算年度": str(year),
                    **dict(zip(AMOUNTS, amounts, strict=True)),
                }
            )
            rows.append(
                {
                    **start(program),
                    "予算年度": str(year),
                    "会計区分": "一般会計",
                    "会計": "一般会計",
                }
            )
    rows[-1]["備考"] = "平成30年度からの繰越し38百万円による。"
    write(folder, "15a_review_2-1.zip", "2-1", rows)


def goals(folder: Path) -> None:
    """3-1: four lines an indicator, a goal in words, activities without any figure."""
    rows = []
    for program, number, kind, goal, kpi, unit, way, last, known in GOALS:
        row = {**start(program), "アクティビティ・アウトプット・アウトカムの番号": number, "種別（アクティビティ・アウトプット・アウトカム）": kind,
               "成果目標の種類": "定量", "アクティビティ／活動目標／成果目標": goal, "活動指標／成果指標": kpi, "単位": unit, "改善の上向き／下向き": way}  # fmt: skip
        what = "目標年度／目標値／実績値／達成率"
        rows.append({**row, what: "目標年度", **({last: "○"} if last else {})})
        for position, label in enumerate(("目標値", "実績値", "達成率")):
            rows.append(
                {**row, what: label, **{str(year): known[year][position] for year in known}}
            )
    words = {"アクティビティ・アウトプット・アウトカムの番号": "1-1-0", "種別（アクティビティ・アウトプット・アウトカム）": "アクティビティ", "アクティビティ／活動目標／成果目標": "テレワーク環境の整備を補助する（平成29年度は25件）"}  # fmt: skip
    rows.append({**start(TELEWORK), **words})
    write(folder, "15b_review_3-1.zip", "3-1", rows)


def overview(folder: Path) -> None:
    """1-2: first and last year of programs, everything else in words."""
    spans = {HUB: ("2015", "2019"), ARTS: ("2015", ""), TELEWORK: ("2014", "2019")}
    rows = [
        {**start(program), "事業の目的": "地方創生の推進。", "事業の概要": "補助率は2分の1以下（平成30年度まで）。", "事業区分": "既存", "事業開始年度": first,
         "事業終了（予定）年度": last, "終了予定なし": "" if last else "終了予定なし", "実施方法ー補助": "○", "旧事業番号": PROGRAMS[program][0][2:]}
        for program, (first, last) in spans.items()
    ]  # fmt: skip
    write(folder, "15c_review_1-2.zip", "1-2", rows)


def organisations(folder: Path) -> None:
    """1-1: who is in charge; the official responsible must not be taken over."""
    places = {
        HUB: ("総合教育政策局", "地域学習推進課"),
        ARTS: ("文化庁", "地域文化創生本部"),
        TELEWORK: ("情報流通行政局", "地域通信振興課"),
    }
    rows = [
        {**start(program, "建制順"), "局・庁": bureau, "課": section, "作成責任者": "見本 一郎"}
        for program, (bureau, section) in places.items()
    ]
    write(folder, "15d_review_1-1.zip", "1-1", rows)
