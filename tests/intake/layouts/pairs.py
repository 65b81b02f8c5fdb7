"""Two tables in one sheet: side by side, below one another, begun again at the right."""

from pathlib import Path

from openpyxl import Workbook

from .sheets import merge, put, save, show

HEAD = ["指標", "単位", "目標値", "実績値", "達成率"]
LEFT = [
    ["国内観光客数", "千人", 1200, 1254, "104.5%"],
    ["外国人観光客数", "千人", 80, 41, "51.3%"],
    ["宿泊者数", "千人", "300", "287 p", "95.7%"],
    ["観光案内所の利用者数", "人", "15,000", "16,240", "108.3%"],
]  # fmt: skip
RIGHT = [
    ["物産展の開催回数", "回", 6, 6, "100.0%"],
    ["商談成立件数", "件", 45, 38, "84.4%"],
    ["海外輸出額", "百万円", "120", "132", "110.0%"],
    ["ふるさと納税の件数", "件", "20,000", "調査中", "－"],
]


def two_tables(folder: Path) -> None:
    """A table that goes on at the right half, amounts and officials' views below it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "観光物産"
    put(sheet, "A1", [["令和元年度　事業評価調書"]])
    put(
        sheet,
        "A2",
        [["事業名", "観光・物産振興事業", None, None, None, None, "担当課", "観光物産課"]],
    )
    put(
        sheet,
        "A3",
        [["事業期間", "平成27年度～令和２年度", None, None, None, None, "会計", "一般会計"]],
    )
    merge(sheet, "B2:E2 H2:K2 B3:E3 H3:K3")
    put(sheet, "A5", [["１　指標の状況（令和元年度）"]])
    put(sheet, "A6", [HEAD, *LEFT])
    put(sheet, "G6", [HEAD, *RIGHT])
    put(sheet, "A12", [["２　事業費の推移（千円）"]])
    put(sheet, "G12", [["３　評価"]])
    put(sheet, "A13", [
        ["区分", "H29", "H30", "R1"],
        ["予算現額", 24500, 26100, 27800],
        ["決算額", 23912, 25740, "26,033"],
        ["執行率", 0.976, 0.986, "93.6%"],
    ])  # fmt: skip
    put(sheet, "G13", [
        ["項目", "評価", None, "理由"],
        ["有効性", "高", None, "観光客は前年度の1,198千人を上回った。"],
        ["効率性", "中", None, "委託の範囲を見直した。"],
        ["総合評価", "Ａ", None, None],
        ["今後の方向性", "拡充", None, "予算を1,000千円増やす。"],
    ])  # fmt: skip
    for row in range(13, 18):
        merge(sheet, f"H{row}:I{row} J{row}:K{row}")
    show(sheet, "#,##0", "C7:D10 I7:J10 B14:D15")
    show(sheet, "0.0%", "B16:D16")
    save(book, folder / "14a_two_tables.xlsx")


STACKED = {
    "B1": [["平成29年度　事業評価（抜粋）"]],
    "B3": [["事業名：合同就職面接会"]],
    "B4": [
            ["指標", "単位", "H27", "H28", "H29", "目標(H30)"],
            ["マッチング相談件数", "件", 170, 182, 191, 200],
            ["参加者数", "名", 98, "－", 72, 120],
        ],
    "I4": [
            ["年度", "予算現額(千円)", "決算額(千円)"],
            ["H27", 3200, 3105],
            ["H28", 3500, 3480],
            ["H29", 3780, "3,612"],
        ],
    "B9": [["事業名：移住促進プロモーション事業"]],
    "B10": [
            ["指標", "単位", "H27", "H28", "H29", "目標(H30)"],
            ["年間転入者数", "人", "4,194", "4,388", "推 4,521", "4,630"],
            ["移住イベントの開催回数", "回", None, 1, 2, 2],
        ],
    "I10": [
            ["年度", "予算現額(千円)", "決算額(千円)"],
            ["H27", "8,000", "7,912"],
            ["H28", "9,500", "9,377"],
            ["H29", "10,857", "10,455"],
        ],
    "B15": [["※　予算現額は補正後の額。"]],
}  # fmt: skip


def stacked(folder: Path) -> None:
    """Two programs below one another, each with tables of its own and its name beside them."""
    book = Workbook()
    sheet = book.active
    sheet.title = "調書"
    for corner, rows in STACKED.items():
        put(sheet, corner, rows)
    show(sheet, "#,##0", "D5:G6 J5:K7")
    save(book, folder / "14b_stacked.xlsx")
