# ruff: noqa: E501  (a row of a table is a line)
"""Lines instead of columns: 目標 / 実績 / 達成率 below one another, or a line a year."""

from pathlib import Path

from openpyxl import Workbook

from .sheets import merge, put, save, show


def three_lines(folder: Path) -> None:
    """Three lines a KPI under merged names; rates as text beside rates in a percent format."""
    book = Workbook()
    sheet = book.active
    sheet.title = "指標"
    put(sheet, "A1", [["令和６年度実績　事務事業評価　成果指標一覧"]])
    put(sheet, "J2", [["（R7は評価時点の見込み）"]])
    put(sheet, "A3", [
        ["事業名", "指標", "単位", "区分", "R3", "R4", "R5", "R6", "R7\n（見込）", "最終目標\n（R8）"],
        ["特別広報事業（戦略的広報展開事業）", "（1）インターネットテレビチャンネル登録者", "人", "目標", "－", 8000, 9000, 10000, "23,356", "24,784"],
        [None, None, None, "実績", 7548, 9773, 16478, 21928, "22,099", None],
        [None, None, None, "達成率", "－", "122.2%", 1.831, "219.3%", 0.946],
        [None, "（2）インターネット広告HPページビュー（年間）", "回", "目標", 90000, 90000, 90000, 90000, 95000, "170,000"],
        [None, None, None, "実績", 430515, 213255, 212851, 225115, 72092],
        [None, None, None, "達成率", 4.784, "237.0%", 2.365, 2.501, "75.9%"],
        [None, "（3）県公式LINE友だち数", "人", "目標", 10000, 80000, 85000, 90000, 135107, "138,592"],
        [None, None, None, "実績", 99000, 124651, 128226, 131622, 132717],
        [None, None, None, "達成率", "99.0%", 1.558, 1.509, "146.2%", 0.982],
        ["国民保護体制推進事業", "国民保護訓練（図上・実動）の実施", "回", "目標", 1, 1, 2, 1, 1, "－"],
        [None, None, None, "実績", "0※", 1, 2, 1, 1],
        [None, None, None, "達成率", 0, "100.0%", 1, "100.0%", 1],
        [None, "市町村における複数の避難実施要領のパターン作成（累計）", "市町村", "目標", "－", "－", "－", 43, 43, 47],
        [None, None, None, "実績", "－", 36, 40, 43, "調査中"],
        [None, None, None, "達成率", "－", "－", "－", 1, "－"],
    ])  # fmt: skip
    merge(sheet, "A4:A12 A13:A18 J4:J6 J7:J9 J10:J12 J13:J15 J16:J18")
    for top in range(4, 19, 3):
        merge(sheet, f"B{top}:B{top + 2} C{top}:C{top + 2}")
        show(sheet, "#,##0", f"E{top}:J{top + 1}")
        show(sheet, "0.0%", f"E{top + 2}:I{top + 2}")
    put(sheet, "A19", [["※新型コロナウイルス感染症の感染拡大により中止（R2の実績も0回）"]])
    save(book, folder / "03a_three_lines.xlsx")


def plan_and_costs(folder: Path) -> None:
    """A line a year: plan, actual and rate at the left, 事業費, 人件費, 総事業費 at the right."""
    book = Workbook()
    sheet = book.active
    sheet.title = "計画と費用"
    put(sheet, "A1", [["平成25年度　施策評価　活動指標と事業費"]])
    put(sheet, "I2", [["（単位：千円）"]])
    put(sheet, "A3", [
        ["事業名", "年度", "指標", None, None, None, "事業費等", None, None],
        [None, None, "指標名", "計画値", "実績値", "達成度", "事業費", "人件費", "総事業費"],
        ["市民参加による市政の推進", "平成24年度\n（決算）", "協働事業の実施件数（件）", 12, 11, "92.4%", 19880, 35810, 55690],
        [None, "平成25年度\n（決算）", None, 12, 13, 1.083, 17790, 34361, 52151],
        [None, "平成26年度\n（当初予算）", None, 14, None, None, 21509, None, 21509],
        ["災害に強い社会基盤の整備", "平成24年度\n（決算）", "雨水整備率（％）", 45.0, 44.6, "99.0%", 325855, 40159, 366014],
        [None, "平成25年度\n（決算）", None, 45.5, 45.6, 1.002, 248810, 36278, 285088],
        [None, "平成26年度\n（当初予算）", None, 46.0, None, None, 134997, None, 134997],
        ["地域産業の育成", "平成24年度\n（決算）", "相談件数（件）", "300", "312", "104.0%", "8,120", "12,400", "20,520"],
        [None, "平成25年度\n（決算）", None, "300", "265", "88.3%", "7,950", "12,150", "20,100"],
        [None, "平成26年度\n（当初予算）", None, "320", None, None, "8,300", None, "8,300"],
    ])  # fmt: skip
    merge(sheet, "A3:A4 B3:B4 C3:F3 G3:I3 A5:A7 A8:A10 A11:A13 C5:C7 C8:C10 C11:C13")
    show(sheet, "#,##0", "G5:I10")
    show(sheet, "0.0", "D8:E10")
    show(sheet, "0.0%", "F5:F13")
    put(
        sheet,
        "A15",
        [
            [
                "（注）実績値は端数処理後、達成度は処理前の値による。人件費は平成23年度に算出方法を変更。"
            ]
        ],
    )
    save(book, folder / "03b_plan_and_costs.xlsx")
