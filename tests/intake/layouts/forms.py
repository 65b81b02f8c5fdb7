# ruff: noqa: E501  (a row of a table is a line)
"""Forms: the Cabinet Office's 様式２, and one program a sheet with labels scattered over it."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from .sheets import merge, put, save, show

ABOUT = "地方創生に"
PROGRAMS = [
    ("1", "生活支援ロボット普及促進事業", "9,720,000", [
        ("ロボットを導入した事業所数", 8, "件", "H28.3", 6),
        ("実証試験に参加した企業数", 10, "社", "H28.3", "12"),
    ], ABOUT + "効果があった", "総合戦略のKPI達成に有効であった", "導入後の支援を望む。", "事業の改善", "市内の介護事業所への周知を続ける。"),
    ("2", "若者定着支援事業", "4,320,000", [
        ("合同就職面接会の参加者数", "100", "人", "H28.3", "72人"),
        ("「つくば市に住みたい」ひとの割合", 89, "％", "H28.3", "－"),
        ("インターンシップ受入企業数", "20社以上", "社", "H28.3", "集計中"),
    ], ABOUT + "相当程度効果があった", "総合戦略のKPI達成に有効であった", "H28年度は120人を見込むとのこと。", "事業の継続", "－"),
    ("3", "地域拠点活力共創マネジメント事業", "8,640,000", [
        ("新たな地域ビジネスによる事業収入", "1,000", "千円", "H28.3", "1,110"),
        ("新たな協働件数", 2, "件", "H28.3", 2),
        ("アイデア提案件数", 8, "件", "H28.3", 16),
        ("地域会議の開催回数", 8, "回", "平成28年3月", 14),
        ("勉強会の延べ参加者数", "約300", "人", "平成28年3月", "348"),
    ], ABOUT + "非常に効果的であった", "総合戦略のKPI達成に有効とはいえなかった", "費用に見合う成果か検証されたい。", "追加等更に発展させる", "収入が目標を上回った。"),
]  # fmt: skip


def write_program(sheet: Worksheet, top: int, program: tuple) -> None:
    """Five lines a program, of which those without an indicator stay empty but for their number."""
    number, name, spent, indicators, effect, outside, remark, policy, why = program
    put(sheet, f"A{top}", [[number, name, spent]])
    for line in range(5):
        kpi, target, unit, month, actual = (
            indicators[line : line + 1][0] if line < len(indicators) else [None] * 5
        )
        put(
            sheet,
            f"D{top + line}",
            [[f"指標{'①②③④⑤'[line]}", kpi, target, unit, month, actual, unit]],
        )
    put(sheet, f"K{top}", [[effect, outside, remark, policy, why]])
    for column in "ABCKLMNO":
        merge(sheet, f"{column}{top}:{column}{top + 4}")


def cabinet_form(folder: Path) -> None:
    """様式２: headers ① to ⑦ in three rows, five lines a program, amounts in yen."""
    book = Workbook()
    sheet = book.active
    sheet.title = "様式２"
    put(sheet, "A1", [["様式２"], ["平成27年度　地方創生先行型交付金（基礎交付）事業実施状況報告"]])
    put(sheet, "O3", [["つくば市"]])
    put(sheet, "A4", [
        ["①", "②", "③", "④", None, None, None, None, "⑤", None, None, "⑥", None, "⑦"],
        ["No", "交付対象事業の名称", "実績額\n（単位：円）", "本事業における重要業績評価指標（KPI）", None, None, None, None, "本事業終了後における実績値", None, None, "外部有識者の評価", None, "実績値を踏まえた事業の今後について"],
        [None, None, None, None, "指標", "指標値", "単位", "目標年月", "実績値", "単位", "事業効果", "事業の評価", "外部有識者からの意見", "今後の方針", "今後の方針の理由"],
    ])  # fmt: skip
    merge(sheet, "A2:O2 D4:H4 I4:K4 L4:M4 N4:O4 A5:A6 B5:B6 C5:C6 D5:H5 I5:K5 L5:M5 N5:O5")
    for position, program in enumerate(PROGRAMS):
        write_program(sheet, 7 + 5 * position, program)
    put(
        sheet,
        "A22",
        [["※「事業効果」は４区分から選択する。指標が５つに満たない場合は空欄とする。"]],
    )
    save(book, folder / "04a_form2.xlsx")


def write_head(sheet: Worksheet, code: str, name: str, department: str) -> None:
    """Title, names and signatures: what stands above the figures."""
    put(sheet, "B1", [["平成26年度　事務事業評価シート（平成25年度実施分）"]])
    put(sheet, "J1", [["整理番号", code]])
    put(sheet, "B3", [["事務事業名", None, name]])
    put(sheet, "H3", [["担当部署", None, department]])
    put(sheet, "B4", [["記入責任者", None, "課長　見本 一郎"]])
    put(sheet, "H4", [["記入者／内線", None, "見本 花子／2140"]])
    merge(sheet, "B1:H1 B3:C3 D3:G3 H3:I3 J3:L3 B4:C4 D4:G4 H4:I4 J4:L4")


def write_money(sheet: Worksheet, rows: list[list]) -> None:
    """Where the money comes from with its sum, hours, staff, and both together."""
    put(sheet, "B14", [["２　事業費（千円）"]])
    labels = ["国庫支出金", "府支出金", "市債", "その他", "一般財源", "事業費計（Ａ）", "従事時間（時間）", "人件費（Ｂ）", "トータルコスト（Ａ＋Ｂ）"]  # fmt: skip
    put(sheet, "B15", [["区分", None, "24年度（決算）", "25年度（決算）", "26年度（当初予算）"]])
    put(sheet, "B16", [[label] for label in labels])
    put(sheet, "D16", rows)
    put(sheet, "B16", [["財源内訳"]])
    put(sheet, "C16", [[label] for label in labels[:5]])
    put(sheet, "B17", [[""]] * 4)
    merge(sheet, "B15:C15 B16:B20")
    for row in range(21, 25):
        merge(sheet, f"B{row}:C{row}")
    show(sheet, "#,##0", "D16:F24")


def write_judgements(
    sheet: Worksheet, levels: list[str], first: str, second: str, ways: list[str]
) -> None:
    """Boxes that are ticked: three axes, a first and a second judgement, what is to come."""
    put(sheet, "B26", [["３　評価"]])
    put(
        sheet,
        "B27",
        [
            ["一次評価\n（担当課）", "有効性", levels[0]],
            [None, "効率性", levels[1]],
            [None, "総合評価", first],
        ],
    )
    put(sheet, "H27", [["二次評価\n（行政改革推進本部）", None, second]])
    put(sheet, "B31", [["４　今後の方向性", None, *ways]])
    merge(sheet, "B27:B29 D27:G27 D28:G28 D29:G29 H27:I29 J27:L29 B31:C31")


def write_indicators(sheet: Worksheet, span: str, rows: list[list]) -> None:
    """How long the program runs, as ticked boxes; its indicators under years without an era."""
    years = ["24年度\n（実績）", "25年度\n（実績）", "26年度\n（予定）", "目標\n（27年度）"]
    put(sheet, "B6", [["事業期間", None, span]])
    put(sheet, "B8", [["１　指標", None, "単位", "区分", *years], *rows])
    merge(sheet, "B6:C6 D6:L6")


def write_participation(sheet: Worksheet) -> None:
    """A program with indicators, its choices ticked by ■."""
    write_head(sheet, "1101", "市民参加による市政の推進", "都市政策部　交流推進課")
    write_indicators(sheet, "■単年度繰返（平成14年度～）　□期間限定（　年度～　年度）", [
        ["活動\n指標", "協働事業の実施件数", "件", "実績", 11, 13, 14, None],
        ["成果\n指標", "市民活動団体の登録数", "団体", "実績", 86, "91", 95, "100"],
        [None, "市民参加に満足している市民の割合", "％", "実績", 21.4, "－", 25.0, "30.0"],
    ])  # fmt: skip
    merge(sheet, "B10:B11")
    show(sheet, "0.0", "F11:H11")
    write_money(sheet, [[27, 26, 0], [1405, 1118, 0], [0, 0, 0], [4910, 1505, 1320], [13538, 15141, 20189], [19880, 17790, 21509], [8600, 8250, None], [35810, 34361, None], [55690, 52151, None]])  # fmt: skip
    write_judgements(sheet, ["□高い　■やや高い　□やや低い　□低い", "□高い　□やや高い　■やや低い　□低い"], "□Ａ　■Ｂ　□Ｃ　□Ｄ", "□Ａ　□Ｂ　■Ｃ　□Ｄ", ["□拡大", "■継続", "□縮小", "□廃止"])  # fmt: skip


def write_drainage(sheet: Worksheet) -> None:
    """A program without any indicator, ○ before what was chosen."""
    write_head(sheet, "1102", "災害に強い社会基盤の整備", "上下水道部　下水道推進課")
    write_indicators(sheet, "□単年度繰返（　年度～）　■期間限定（平成22年度～平成28年度）", [
        ["活動\n指標", "設定なし（施設整備のため）"],
        ["成果\n指標", None],
    ])  # fmt: skip
    merge(sheet, "C9:I9")
    write_money(sheet, [[129291, 81850, 10800], [0, 0, 0], [147300, 120900, 77600], [0, 0, 6000], [47293, 45050, 40597], [323884, 247800, 134997], [9200, 8700, None], [40159, 36278, None], [364043, 284078, None]])  # fmt: skip
    write_judgements(sheet, ["　高い　・　○やや高い　・　やや低い　・　低い", "　高い　・　やや高い　・　やや低い　・　○低い"], "Ａ　・　○Ｂ　・　Ｃ　・　Ｄ", "Ａ　・　○Ｂ　・　Ｃ　・　Ｄ", ["拡大", "継続", "○縮小", "廃止"])  # fmt: skip


def program_sheets(folder: Path) -> None:
    """Two sheets of one workbook, the second of a program without any indicator."""
    book = Workbook()
    book.active.title = "1101"
    write_participation(book.active)
    write_drainage(book.create_sheet("1102"))
    save(book, folder / "05a_program_sheets.xlsx")
