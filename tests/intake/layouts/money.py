# ruff: noqa: E501  (a row of a table is a line)
"""Amounts: sources of money as rows, sums that are no rows, two units in one paper, empty slots."""

from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from .sheets import merge, pack, put, save, show

CENTRE = {
    "国支出金": (None, None, None, None, None),
    "道支出金": (69, 69, 69, 119, 69),
    "地方債": (None, None, None, None, None),
    "その他": (8471, 8410, 7544, 8436, 7776),
    "うち使用料": (1210, 1198, 1102, 1205, 1180),
    "一般財源": (7404, 6381, 4487, 6284, 6158),
    "事業費計": (15944, 14860, 12100, 14839, 14003),
    "決算額": (15795, 14860, 12069, 14104, None),
    "執行率": (0.991, "100.0%", 0.997, "95.0%", "－"),
}
SEWER = {
    "国支出金": (None, 137000, 78000, 10800, None),
    "道支出金": (None, 0, 0, 0, None),
    "地方債": (None, 208300, 192800, 77600, None),
    "その他": (None, None, None, 6000, None),
    "うち使用料": (None, None, None, "－", None),
    "一般財源": (None, 56955, 40524, 40597, None),
    "事業費計": (None, 402255, 311324, 134997, None),
    "決算額": (None, 323884, 247800, "133,120", None),
    "執行率": (None, "80.5%", "79.6%", 0.986, None),
}


def write_block(sheet: Worksheet, top: int, number: int, name: str, lines: dict) -> None:
    """One program: its sources, their sum, the settled account, the rate."""
    rows = [[None, None, label, *figures] for label, figures in lines.items()]
    put(sheet, f"A{top}", rows)
    put(sheet, f"A{top}", [[number, name]])
    merge(sheet, f"A{top}:A{top + 8} B{top}:B{top + 8}")
    show(sheet, "#,##0", f"D{top}:H{top + 7}")
    show(sheet, "0.0%", f"D{top + 8}:H{top + 8}")


TOTALS = [
    ["番号", "事業名", "平成30年度\n決算額", "令和元年度\n決算額", "計"],
    [1, "中小企業融資資金貸付金", "255,447", 138237, 393684],
    [2, "プロフェッショナル人材戦略拠点運営事業", 36.7, 41.2, 77.9],
    [3, "広域路線バスネットワーク事業", "▲1.5", 12, 10.5],
    [4],
    [5],
    ["計", None, 255482.2, 138290.2, 393772.4],
]  # fmt: skip


def money(folder: Path) -> None:
    """（単位：千円） in the title, 百万円 on the next sheet, うち lines, an empty slot with a number."""
    book = Workbook()
    sheet = book.active
    sheet.title = "事業費"
    put(sheet, "A1", [["令和２年度行政評価調書　事業別財源内訳（単位：千円）"]])
    put(
        sheet,
        "A3",
        [
            [
                "番号",
                "事業名",
                "区分",
                "平成28年度",
                "平成29年度",
                "平成30年度",
                "令和元年度",
                "令和２年度",
            ]
        ],
    )
    write_block(sheet, 4, 171, "農業振興センター事業", CENTRE)
    write_block(sheet, 13, 172, "下水道（雨水）整備事業", SEWER)
    write_block(sheet, 22, 173, "", dict.fromkeys(CENTRE, (None,) * 5))
    put(
        sheet,
        "A31",
        [
            [
                "注）令和２年度は当初予算額。執行率＝決算額／事業費計。平成27年度の決算額は15,120千円。"
            ]
        ],
    )
    other = book.create_sheet("総括")
    put(other, "A1", [["主要事業の決算額"]])
    put(other, "E2", [["（単位：百万円）"]])
    put(other, "A3", TOTALS)
    merge(other, "A9:B9")
    show(other, "#,##0.0", "C4:E9")
    save(book, folder / "11a_money.xlsx")


CITIES = [
    ["令和元年度　地方創生推進交付金　事業費一覧（単位：千円）"],
    [],
    ["実施主体", "事業名", "R元年度当初予算額", "R元年度補正額", "R元年度決算額", "うち国費", "計"],
    ["県", "いばらき創業10,000社プロジェクト事業", 28400, 0, 26912, 13456, 68768],
    ["", "県産品海外展開ステップアップ事業", 15200, 1800, 16540, 8270, 41810],
    ["", "DMO観光地域づくり推進事業", 42000, "▲3,500", 37910, 18955, 95365],
    ["", "県計", 85600, -1700, 81362, 40681, 205943],
    ["つくば市", "地域拠点活力共創マネジメント事業", 8640, 0, 8611, 4305, 21556],
    ["", "合同就職面接会", 3780, 0, 3612, 1806, 9198],
    ["御所市", "まちなか再生事業", 12500, "－", 11020, 5510, 29030],
    ["盛岡市", "", "", "", "", "", ""],
    ["", "市町計", 24920, 0, 23243, 11621, 59784],
    ["計", "", 110520, -1700, 104605, 52302, 265727],
    [],
    ["※　国費は交付決定額。平成30年度の計は98,300千円。"],
]
SPANS = {(12, 0): 2}


def write_cell(value: str | float, across: int) -> str:
    """One cell of a content.xml, with the covered ones after it."""
    span = f' table:number-columns-spanned="{across}"' if across > 1 else ""
    covered = "<table:covered-table-cell/>" * (across - 1)
    if value == "":
        return f"<table:table-cell{span}/>{covered}"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"{span}><text:p>{escape(value)}</text:p></table:table-cell>{covered}'
    shown = f"▲{-value:,}" if value < 0 else f"{value:,}"
    return f'<table:table-cell office:value-type="float" office:value="{value}"{span}><text:p>{shown}</text:p></table:table-cell>{covered}'


def cities(folder: Path) -> None:
    """An .ods whose last column is 計 and whose rows end in 県計, 市町計 and 計."""
    rows = ""
    for y, row in enumerate(CITIES):
        cells, skip = "", 0
        for x, value in enumerate(row):
            if skip:
                skip -= 1
                continue
            across = 7 if y == 0 else SPANS.get((y, x), 1)
            skip = across - 1 if len(row) > 1 else 0
            cells += write_cell(value, across)
        rows += f"<table:table-row>{cells or '<table:table-cell/>'}</table:table-row>"
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table")
    )
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="一覧">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    pack(
        folder / "11b_cities.ods",
        {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": listed},
    )
