# ruff: noqa: E501  (a row of a table is a line)
"""One row a program: names of KPIs and their units first, then blocks of years that bear no year."""

from itertools import product
from pathlib import Path

from openpyxl import Workbook

from .sheets import put, save

KINDS = {"⑤ 活動指標": "アイウ", "⑥ 対象指標": "カキク", "⑦ 成果指標": "サシス"}
MONEY = ("国庫支出金\n（千円）", "都道府県支出金\n（千円）", "地方債\n（千円）", "その他\n（千円）", "一般財源\n（千円）", "事業費計\n（A）（千円）", "正規職員\n従事人数", "延べ業務時間", "人件費計\n(B)（千円）", "トータルコスト\n(A)＋(B)（千円）")  # fmt: skip
BLOCKS = 6
FIRST = [
    "No.", "作成\n年", "作成\n月", "作成\n日", "事務事業ID", "事務事業名", "政策番号\n十の位", "政策番号\n一の位", "政策名",
    "施策番号\n十の位", "施策番号\n一の位", "施策名", "根拠法令", "部課名", "課長名", "電話", "実施\n計画", "事業期間（区分）",
    "事業期間（始期）", "事業期間（終期）", "予算科目\n（款）", "予算科目\n（項）", "事務事業の概要",
]  # fmt: skip
LAST = ["① 政策体系との整合性", "② 公共関与の妥当性", "(1) 改革改善の方向性", "(2) 期待成果\n（成果）", "(2) 期待成果\n（コスト）", "課長等意見\n今後の方向性"]  # fmt: skip
NOTICE = "調整用（このセルには必ず何か入力していること、非表示にしないこと）"
PROGRAMS = (
    (
        [1, 7, 9, 25, "0101", "合同就職面接会開催事業", "0", "1", "豊かな暮らしを実現する産業の振興", "0", "4", "雇用の場の確保", "－", "商工港湾部産業政策課", None, None, "○", "単年度繰返", "平成24", "－", "05", "01", "求人企業と学生などの面接会を開く。"],
        {"ア": ("面接会の開催回数", "回"), "カ": ("市内の高校・大学の卒業予定者数", "人"), "サ": ("面接会から就職した人数", "人"), "シ": ("参加者の就職率", "％")},
        [(0, 0, 0, 0, 540, 1, 180), (0, 0, 0, 0, 612, 1, 200), (0, 300, 0, 0, 330, 1, 200), (0, 300, 0, 0, 345, 1, 210), (0, 310, 0, 0, 340, 1, 210), (0, 310, 0, 0, 360, 1, 210)],
        {"ア": (2, 2, 1, 2, 2, 2), "カ": ("412", 405, 398, 391, 377, "370"), "サ": (14, 9, 11, 16, 12, "15"), "シ": (18.7, 12.5, 15.3, 20, 16.4, "20.0")},
    ),
    (
        [2, 7, 9, 26, "0102", "不法投棄防止対策事業", "0", "6", "自然豊かな環境の保全と創造", "2", "1", "廃棄物処理対策の推進", "廃棄物の処理及び清掃に関する法律", "市民生活部市民環境課", None, None, None, "単年度繰返", "昭和44", "－", "04", "02", "看板の設置と監視員の巡回。"],
        {"ア": ("啓発看板の設置基数", "基"), "イ": ("巡回の延べ日数", "日"), "カ": ("不法投棄の発見箇所数", "件"), "サ": ("処理して改善された箇所数", "件")},
        [(0, 0, 0, 0, 3102, 3, 280), (0, 0, 0, 0, 2951, 3, 280), (0, 0, 0, 12, 2790, 3, 290), (0, 0, 0, 0, 2822, 3, 280), (0, 0, 0, 0, 2840, 3, 280), (0, 0, 0, 0, 2835, 3, 280)],
        {"ア": ("11", 23, 10, 13, 10, "16"), "イ": (240, 238, 241, 240, 236, 240), "カ": ("3", "2", 1, 2, "4", "3"), "サ": (3, 2, 1, 2, 2, "3")},
    ),
    (
        [3, 7, 10, 1, "0203", "魚市場水揚増強対策事業", "0", "1", "豊かな暮らしを実現する産業の振興", "0", "1", "地域活力を担う水産業の振興", "－", "農林水産部水産課", None, None, "○", "期間限定", "平成27", "令和8", "06", "03", "漁船の誘致。"],
        {"ア": ("廻来船の誘致活動件数", "件"), "カ": ("魚市場の水揚量", "ｔ"), "キ": ("魚市場の水揚金額", "百万円"), "サ": ("水揚数量に占める廻来船の割合", "％")},
        [(0, 0, 0, 660, 0, 1, 30), (0, 0, 0, 1470, 0, 1, 30), (0, 0, 0, 3210, 0, 1, 30), (0, 0, 0, 2990, 0, 2, 60), (0, 0, 2400, 3390, 0, 2, 60), (0, 0, 70000, 3310, 0, 8, 60)],
        {"ア": (101, 117, 94, 104, 92, 120), "カ": (34210, 23960, 28200, 21550, 26540, "50,000"), "キ": (6090, 4270, 5580, 5640, 6710, "7,000"), "サ": (39.5, 20, 18, 23, 23, "25.0")},
    ),
)  # fmt: skip


def list_headers() -> list[str]:
    """The header: pairs of name and unit, then ten amounts and nine KPIs for each block."""
    numbered = [(kind, letter) for kind, letters in KINDS.items() for letter in letters]
    pairs = [f"{k}\n{letter}：{what}" for (k, letter), what in product(numbered, ("名称", "単位"))]
    block = [*MONEY, *(f"{kind.replace(' ', '')}\n{letter}" for kind, letter in numbered)]
    return [*FIRST, *pairs, *block * BLOCKS, *LAST]


def list_cells(first: list, names: dict, money: list, figures: dict) -> list:
    """One program: KPIs without a name leave their cells empty or at 0."""
    letters = "".join(KINDS.values())
    cells = [*first]
    for letter in letters:
        cells += names.get(letter, (None, None))
    for block, (*sources, staff, hours) in enumerate(money):
        total, pay = sum(sources), 4 * hours
        cells += [*sources, total, staff, hours, pay, total + pay]
        cells += [
            figures[x][block] if x in figures else 0 if x in "クス" else None for x in letters
        ]
    return [*cells, "結びついている", "妥当である", "１　現状維持", "維持", "維持", "１　現状維持"]


def wide(folder: Path) -> None:
    """A technical row above the header, a hundred columns and more, empty rows with a number below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "集計用"
    headers = list_headers()
    put(sheet, "B1", [[NOTICE] * len(headers)])
    put(sheet, "B2", [headers])
    put(sheet, "B3", [list_cells(*program) for program in PROGRAMS])
    put(sheet, "B6", [[number] for number in range(4, 9)])
    save(book, folder / "06a_wide.xlsx")
