# ruff: noqa: E501  (a row of a table is a line)
"""Hidden, struck and white cells, comments; and several figures in one cell."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from .sheets import merge, put, save, show

STRUCK = InlineFont(strike=True)
NOW = [
    [1, "K-0101", 82201, "DMO観光地域づくり推進事業", "観光入込客数", "万人", 5610, None, 6000, None, 6110, None, "Ａ"],
    [2, "K-0102", 82201, None, "延べ宿泊者数", "万人泊", 540, None, 620, None, 590, None, "Ｂ"],
    [3, "K-0103", 82201, None, "外国人延べ宿泊者数", "千人泊", 220, None, 300, None, 251, None, "Ｂ"],
    [4, "K-0201", 82202, "水郷筑波・サイクリングによるまちづくりプロジェクト", "自転車道の利用者数", "千人", 39, None, 60, None, None, None, "Ａ"],
    [5, "K-0202", 82202, None, "レンタサイクルの貸出台数", "台", "1,980", None, "2,800", None, "2,741", None, "Ｂ"],
    [6, "K-0301", 82203, "第2のふるさと・いばらきプロジェクト", "ふるさと県民登録者数", "人", 0, None, "1,500", None, "1,210", None, "Ｂ"],
    [7, "K-0302", 82203, None, "移住相談件数", "件", 320, None, 400, None, 438, None, "Ａ"],
    [8, "K-0401", 82204, "プロフェッショナル人材戦略拠点運営事業", "成約件数", "件", 12, None, 40, None, 44, None, "Ａ"],
    [9, "K-0402", 82204, None, "相談件数", "件", 210, None, 500, None, 512, None, "Ａ"],
    [10, "K-0403", 82204, None, "セミナーの開催回数", "回", 2, None, 6, None, 5, None, "Ｂ"],
]  # fmt: skip


def hidden(folder: Path) -> None:
    """Hidden columns of ids, a hidden sheet of old figures; struck, white and commented cells."""
    book = Workbook()
    sheet = book.active
    sheet.title = "KPI（確定版）"
    put(sheet, "A1", [["平成30年度　KPI実績（確定版）"]])
    put(sheet, "A3", [
        ["No.", "管理ID", "コード", "事業名", "指標", "単位", "基準値", "（旧）", "H30目標値", "（訂正前）", "H30実績値", "検算", "評価"],
        *NOW,
    ])  # fmt: skip
    merge(sheet, "D4:D6 D7:D8 D9:D10 D11:D13")
    sheet.column_dimensions["B"].hidden = sheet.column_dimensions["C"].hidden = True
    sheet["J5"], sheet["J8"] = 640, "2,600"
    sheet["J5"].font = sheet["J8"].font = Font(strike=True)
    sheet["K7"] = CellRichText(TextBlock(STRUCK, "58"), " 61")
    sheet["L4"], sheet["L5"], sheet["L6"] = 1.018, 0.952, 0.837
    for name in ("L4", "L5", "L6"):
        sheet[name].font = Font(color="FFFFFFFF")
    sheet["K10"].comment = Comment("正しくは448件（7月10日訂正）", "企画課")
    show(sheet, "#,##0", "G4:K13")
    put(sheet, "A15", [["※取消線は訂正前の値。"]])
    old = book.create_sheet("H29速報（旧）")
    put(old, "A1", [["平成29年度　KPI実績（速報版）"]])
    put(old, "A3", [["No.", "事業名", "指標", "単位", "H29目標値", "H29実績値"]])
    put(old, "A4", [[row[0], row[3], row[4], row[5], 11 * row[0], 10 * row[0]] for row in NOW])
    old.sheet_state = "hidden"
    save(book, folder / "12a_hidden.xlsx")


SINGLE = [
    ["工業団地等への立地件数", "件", "4\n(21)", "5\n(26)", "30（平成27年度）"],
    ["農業生産関連事業の販売額", "百万円", "3,437百万円（平成20年度）", "4,120百万円（平成24年度）", "4,500百万円（平成27年度）"],
    ["観光消費額", "億円", "2,050億円（平成21年）", "2,114億円（平成24年）", "2,400億円（平成27年）"],
    ["社会増減", "人", "▲3,703（平成20年度）", "▲2,530（平成24年度）", "▲2,000（平成27年度）"],
    ["経常収支の増減", "百万円", "△12.5（平成20年度）", -4.3, "0（平成27年度）"],
    ["森林の間伐面積", "ha", "10,568ha（平成20年度）", "約11,000ha（平成24年度）", "15,000ha以上（平成27年度）"],
    ["講座の開催回数・参加者数", "回・人", "180・3,600", "190・4,210", "200・4,000"],
]  # fmt: skip
TRIPLES = [
    ["創業支援事業", "①創業相談件数\n②創業者数\n③セミナー参加者数", "①300件\n②50人\n③200人", "①相談 320件\n②創業 41人\n③参加 180人", "①106.7％\n②82.0％\n③90.0％", "12,500"],
    ["移住促進事業", "①移住相談の件数\n②移住した世帯数\n③お試し住宅の利用組数", "①400件\n②40世帯\n③60組", "①相談件数 438件\n②移住世帯数 31世帯\n③利用 集計中", "①109.5％\n②77.5％\n③－", "10,857"],
    ["商店街活性化事業", "・空き店舗数\n・歩行者通行量\n・イベント回数", "15店以下\n6,000人\n12回", "18店\n5,410人\n12回", "－\n90.2％\n100.0％", "8,300"],
    ["地域公共交通事業", "①路線バスの利用者数\n②デマンド交通の登録者数", "①210千人\n②1,500人", "①198千人\n②1,622人（推計）", "①94.3％\n②108.1％", "36,400"],
    ["結婚支援事業", "①成婚組数\n②会員数\n③交流会参加者数", "①30組\n②900人\n③450人", "①22組\n②874人\n③481人", "①73.3％\n②97.1％\n③106.9％", "4,348"],
    ["森林ボランティア支援事業", "①活動団体数\n②延べ活動人数", "①25団体\n②1,000人", "①27団体\n②663人", "①108.0％\n②66.3％", "1,450"],
]  # fmt: skip


def several(folder: Path) -> None:
    """Value, unit and year in one cell; KPIs numbered in a cell, named a little differently."""
    book = Workbook()
    sheet = book.active
    sheet.title = "数値目標"
    put(sheet, "A1", [["平成24年度　総合計画の数値目標（※（　）は累計）"]])
    put(sheet, "A3", [["指標", "単位", "基準値", "現況値", "目標値"], *SINGLE])
    show(sheet, '#,##0.0;"▲"#,##0.0', "D8")
    other = book.create_sheet("事業別")
    put(other, "A1", [["平成24年度　事業の実績（決算額の単位：千円）"]])
    put(other, "A3", [["事業名", "指標", "目標", "実績", "達成度", "決算額"], *TRIPLES])
    save(book, folder / "13a_several.xlsx")
