"""Write docs/examples/tsukuba_h30.xlsx: the list of KPIs that Tsukuba published for Heisei 30.

The names, figures and marks are those of the published list (資料２－１), as data/ has them; the
columns and their headers are laid out as there. What the list tells in sentences is left out.

    .venv/bin/python docs/make_example.py
"""

from datetime import datetime
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs/examples/tsukuba_h30.xlsx"
SOURCE = "tsukuba_2018_preliminary"
TITLE = (
    "平成30年度　地方創生推進交付金事業に付随する重要業績評価指標（ＫＰＩ）の指標一覧　【速報版】"
)
UPPER = [
    *("交付金事業名", "番号", "個別事業名\n【担当部】", "総予算額\n（円）", "事業期間", "指標"),
    *("方向性", "従前値", "平成30年度", None, "単位", "最終\n目標値", "進捗\n状況", "評価"),
]
LOWER = {9: "目標値", 10: "実績値", 14: "有効性", 15: "効率性", 16: "総合"}
WIDTHS = (24, 7, 24, 12, 14, 26, 7, 8, 8, 10, 6, 8, 8, 7, 7, 6)
ARROWS = {"up": "↑", "down": "↓"}
WIDE = str.maketrans("ABCDS", "ＡＢＣＤＳ")
HEISEI = 1988
NUMBERS = ("④-1", "④-2", "④-3", "④-4", "④-5", "④-6", "④-7", "④-8", "④-9", "④-10")


def read(name: str) -> pd.DataFrame:
    """Read what data/ has of the list, as text."""
    table = pd.read_csv(ROOT / f"data/{name}.csv", dtype="str", keep_default_na=False)
    return table[table["source_id"] == SOURCE]


def list_rows() -> list[list[str | int | float]]:
    """List the cells of each row, from left to right."""
    programs = read("programs").set_index("program_id")
    kpis = read("kpis").set_index("place")
    ratings = read("ratings").set_index("place")
    budgets = read("budgets").set_index("program_id")
    rows: list[list[str | int | float]] = []
    before = ""
    for number in NUMBERS:
        rating = ratings.loc[number]
        of = rating["program_id"]
        program = programs.loc[of]
        first = [
            f"{program['project']}\n【{program['scope']}事業】",
            number,
            f"{program['program']}\n【{program['department']}】",
            int(budgets.loc[of, "amount_yen"]),
            _period(program),
        ]
        if of == before:
            first = ["〃", number, "〃", "〃", "〃"]
        before = of
        kpi = kpis.loc[number] if number in kpis.index else None
        middle: list[str | int | float] = ["-"] * 7 if kpi is None else _kpi(kpi)
        if number == "④-1":
            middle[4] = "推 -"
        words = [rating["progress"] or "-", rating["effectiveness"], rating["efficiency"]]
        rows.append([*first, *middle, *words, rating["grade"].translate(WIDE)])
    return rows


def _period(program: pd.Series) -> str:
    first, last = (int(program[name]) - HEISEI for name in ("start_year", "end_year"))
    return f"平成{first}年度～\n平成{last}年度"


def _kpi(kpi: pd.Series) -> list[str | int | float]:
    def figure(name: str) -> str | int | float:
        number = float(kpi[name])
        return int(number) if number.is_integer() else number

    actual = kpi["actual_printed"] or figure("actual")
    return [
        *(kpi["kpi"], ARROWS[kpi["direction"]], figure("baseline"), figure("target"), actual),
        *(kpi["unit"], figure("final_target")),
    ]


def make_workbook() -> Workbook:
    """Make the workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "指標一覧"
    sheet["A1"], sheet["A2"] = "資料２－１", TITLE
    sheet["P3"] = "（推：推計値）"
    sheet["A2"].font = Font(size=14, bold=True)
    sheet.merge_cells("A2:P2")
    for column, text in enumerate(UPPER, 1):
        sheet.cell(4, column, text)
    for column, text in LOWER.items():
        sheet.cell(5, column, text)
    sheet.merge_cells("I4:J4")
    sheet.merge_cells("N4:P4")
    for letter in "ABCDEFGHKLM":
        sheet.merge_cells(f"{letter}4:{letter}5")
    for number, row in enumerate(list_rows(), 6):
        for column, what in enumerate(row, 1):
            cell = sheet.cell(number, column, what)
            if isinstance(what, int | float):
                cell.number_format = "#,##0"
    line = Side(style="thin", color="999999")
    for cells in sheet.iter_rows(min_row=4, max_row=5 + len(NUMBERS)):
        for cell in cells:
            cell.border = Border(line, line, line, line)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            if cell.row < 6:
                cell.fill = PatternFill("solid", fgColor="E8EEF7")
    for column, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    last = 7 + len(NUMBERS)
    sheet.cell(last, 1, "※「総合」の評価基準は、資料１－３を参照。")
    sheet.cell(last + 1, 1, "注）本資料は速報版であり、実績値は今後変更となる場合がある。")
    book.properties.created = book.properties.modified = datetime(2026, 11, 26)
    return book


if __name__ == "__main__":
    EXAMPLE.parent.mkdir(exist_ok=True)
    make_workbook().save(EXAMPLE)
