# ruff: noqa: E501  (a row of a table is a line)
"""A second file of the layouts that have many shapes: a form of ○, an old page, hidden rows, pairs."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

from .sheets import merge, put, save, show

CIRCLED = {
    "A1": [["様式１"], ["平成26年度　事務事業評価シート【評価対象年度：25年度】"]],
    "A4": [
        ["事務事業名", None, None, None, "所管課", None, "事業開始年度", None],
        ["農業振興センター事業", None, None, None, "農務課", None, "平成５年度", None],
    ],
    "A7": [["作成者", "見本 一郎", None, None, "内線", 3215]],
    "A9": [["【指標】", None, None, "23年度", "24年度", "25年度", "26年度", "最終目標（28年度）"]],
    "A10": [
        ["研修の受講者数", "人", "目標", 40, 40, 45, 45, "50人"],
        [None, None, "実績", 38, "41人", 36, None, None],
        ["新規就農者数", "人", "目標", None, None, None, None, 30],
        [None, None, "実績", 5, 7, "－", None, None],
        ["成果向上の指標", None, "目標", "設定困難"],
        [None, None, "実績"],
    ],
    "A17": [
        ["【コスト】　　　　　（単位：千円）", None, None, "23年度（決算）", "24年度（決算）", "25年度（決算）", "26年度（当初予算）"],
    ],
    "A18": [
        ["事業費", None, None, 15795, 14860, 12069, 14839],
        ["　うち委託料", None, None, 2100, 2050, 1980, 2200],
        ["財源", "道支出金", None, 69, 69, 69, 119],
        [None, "その他", None, "8,471", "8,410", "7,544", "8,436"],
        [None, "一般財源", None, "7,255", "6,381", "4,456", "6,284"],
        ["人件費", None, None, "12,400", "12,150", "11,980", None],
        ["　従事職員数（人）", None, None, 1.6, 1.5, 1.5, None],
    ],
    "A26": [
        ["【評価】", None, "高い", "やや高い", "やや低い", "低い"],
        ["有効性", None, None, "○"],
        ["効率性", None, None, None, "○"],
        ["総合評価", None, "Ａ", "Ｂ", "Ｃ", "Ｄ"],
        [None, None, None, "○"],
        ["今後の方向性", None, "拡充", "継続", "縮小", "廃止"],
        [None, None, None, None, "○"],
    ],
    "A34": [["（備考）22年度の受講者数は33人。26年度中に内容を見直し、経費を500千円減らす。"]],
}  # fmt: skip


def circled_form(folder: Path) -> None:
    """A form whose labels stand above their values and whose choices are ○ under their headings."""
    book = Workbook()
    sheet = book.active
    sheet.title = "評価シート"
    for corner, rows in CIRCLED.items():
        put(sheet, corner, rows)
    merge(sheet, "A2:H2 A4:D4 A5:D5 E4:F4 E5:F5 G4:H4 G5:H5")
    merge(sheet, "A9:C9 A10:A11 B10:B11 A12:A13 B12:B13 A14:A15 B14:B15 D14:H14 H10:H11 H12:H13")
    merge(sheet, "A17:C17 A18:C18 A19:C19 A20:A22 B20:C20 B21:C21 B22:C22 A23:C23 A24:C24")
    show(sheet, "#,##0", "D18:G20")
    merge(sheet, "A26:B26 A27:B27 A28:B28 A29:B30 A31:B32")
    save(book, folder / "05b_circled_form.xlsx")


OLD_PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"><title>事務事業の実績</title></head>
<body bgcolor="#ffffff"><table width="800" border="0"><tr><td colspan="2"><h1>平成21年度　事務事業の実績</h1></td></tr>
<tr><td width="150" valign="top"><table border="0"><tr><td>トップ</td></tr><tr><td>1　くらし</td></tr><tr><td>2　産業</td></tr></table></td>
<td valign="top"><p align="right">（単位：千円）</p>
<table border="1">
<tr><th rowspan="2">分野</th><th rowspan="2">事業名</th><th colspan="2">予算現額</th><th colspan="2">決算額</th><th rowspan="2">成果指標</th><th rowspan="2">20年度<br>実績</th><th colspan="2">21年度</th></tr>
<tr><th>20年度</th><th>21年度</th><th>20年度</th><th>21年度</th><th>目標</th><th>実績</th></tr>
<tr><td rowspan="4">産業</td><td rowspan="2">商店街<br>活性化事業</td><td rowspan="2">8,500</td><td rowspan="2">8,300</td><td rowspan="2">8,411</td><td rowspan="2">7,988</td><td>空き店舗数（店）</td><td>21</td><td>15</td><td>18</td></tr>
<tr><td>イベントの開催回数（回）</td><td>10</td><td>12</td><td>12</td></tr>
<tr><td>企業誘致事業</td><td>22,000</td><td>25,000</td><td>20,750</td><td>集計中</td><td>立地件数（件）</td><td>4</td><td>6</td><td>5&nbsp;<font size="1">*</font></td></tr>
<tr><td colspan="1">小計</td><td>30,500</td><td>33,300</td><td>29,161</td><td>&nbsp;</td><td>&nbsp;</td><td>&nbsp;</td><td>&nbsp;</td><td>&nbsp;</td></tr>
<tr><td rowspan="3">くらし</td><td>消費生活相談事業</td><td>4,200</td><td>4,350</td><td>4,198</td><td>4,332</td><td>相談の解決率（％）</td><td>９１．２</td><td>９５</td><td>９３．４</td></tr>
<tr><td>防犯灯整備事業</td><td>3,000</td><td>3,000</td><td>2,941</td><td>2,987</td><td>刑法犯の認知件数（件）</td><td>967</td><td>900以下</td><td>1,012</td></tr>
<tr><td>小計</td><td>7,200</td><td>7,350</td><td>7,139</td><td>7,319</td><td>&nbsp;</td><td>&nbsp;</td><td>&nbsp;</td><td>&nbsp;</td></tr>
<tr><td colspan="2" align="center">合　　計</td><td>37,700</td><td>40,650</td><td>36,300</td><td>&nbsp;</td><td colspan="4">&nbsp;</td></tr>
</table><p>* 19年度は3件。</p></td></tr></table><hr>平成22年10月1日更新</body></html>
"""


def old_page(folder: Path) -> None:
    """A page in Shift_JIS laid out by a table around the table, subtotals, years without an era."""
    (folder / "07b_old_page.html").write_bytes(OLD_PAGE.encode("cp932"))


FUNDS = [
    ["01", "創業支援事業", "産業振興課", "12,500", "11,890", "創業者数", "人", 50, 41],
    ["02", "創業支援補助金（旧）", "産業振興課", "8,000", "7,420", "補助件数", "件", 20, 17],
    ["03", "空き家活用事業", "建築住宅課", "6,300", "6,120", "成約件数", "件", 15, 18],
    ["04", "婚活イベント事業", "子育て支援課", "2,400", "2,280", "参加者数", "人", 120, 96],
    ["05", "移住体験事業", "企画課", "4,800", "4,655", "利用組数", "組", 60, "52r"],
    ["06", "特産品開発事業", "農政課", "9,100", "8,730", "販売額", "万円", "3,000", "2,870"],
    ["07", "まちなか賑わい創出事業", "産業振興課", "15,200", "14,960", "歩行者通行量", "人", "6,000", "5,410"],
    ["08", "子育て応援事業", "子育て支援課", "7,700", "7,512", "一時預かりの利用者数", "人", 800, 846],
    ["09", None, None, None, None, None, None, None, None],
    ["10", None, None, None, None, None, None, None, None],
]  # fmt: skip


def hidden_rows(folder: Path) -> None:
    """A hidden row, a row struck out, a hidden header row, slots that bear a number only."""
    book = Workbook()
    sheet = book.active
    sheet.title = "一覧"
    put(sheet, "A1", [["令和４年度　地方創生関連事業　実績一覧（金額：千円）"]])
    put(
        sheet,
        "A3",
        [["SEQ", "JIGYO_NM", "KA_NM", "YOSAN", "KESSAN", "KPI_NM", "TANI", "MOKUHYO", "JISSEKI"]],
    )
    put(
        sheet,
        "A4",
        [
            [
                "番号",
                "事業名",
                "担当課",
                "予算現額",
                "決算額",
                "指標名",
                "単位",
                "目標値",
                "実績値",
            ],
            *FUNDS,
        ],
    )
    put(sheet, "A15", [["合計", None, None, "55,600", "53,867"]])
    merge(sheet, "A15:C15")
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[6].hidden = True
    for cell in sheet[8]:
        cell.font = Font(strike=True)
    put(
        sheet, "A16", [["※取消線の事業は年度途中で廃止し、合計に含まない。r：令和５年９月に改定。"]]
    )
    show(sheet, "#,##0", "H5:I14")
    save(book, folder / "12b_hidden_rows.xlsx")


PAIRS = [
    ["①", "合同就職面接会", "参加者数（名）", "98／120", "－／120", "72／120", "60.0", "150"],
    ["②", "〃", "マッチング相談件数（件）", "170／160", "182／180", "191／200", "95.5", "200"],
    ["③", "移住促進プロモーション事業", "年間転入者数（人）", "4,194／4,100", "4,388／4,300", "推4,521／4,500", "100.5", "4,630"],
    ["④", "〃", "移住相談の満足度（％）", "－", "８８．０／９０．０", "91.5／90.0", "101.7", "92.0"],
    ["⑤", "子連れ出勤モデル事業", "導入した事業所数（か所）", "－", "－", "2／3", "66.7", "5"],
    ["⑥", "地域公共交通事業", "路線バスの利用者数（万人）", "21.0／21.5", "20.4／21.5", "集計中／21.5", "－", "22.0"],
]  # fmt: skip


def slashed_pairs(folder: Path) -> None:
    """Actual and target in one cell, in the order that the header gives, year by year."""
    book = Workbook()
    sheet = book.active
    sheet.title = "KPI"
    put(sheet, "A1", [["平成29年度　指標の実績（上段に年度、各欄は実績値／目標値）"]])
    put(sheet, "A3", [
        ["No", "事業名", "指標（単位）", "実績値／目標値", None, None, "達成率\n（H29、％）", "最終目標値\n（H31）"],
        [None, None, None, "H27", "H28", "H29"],
        *PAIRS,
    ])  # fmt: skip
    merge(sheet, "A3:A4 B3:B4 C3:C4 D3:F3 G3:G4 H3:H4")
    save(book, folder / "13b_slashed_pairs.xlsx")
