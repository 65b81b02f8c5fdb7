"""The workbook of the results, opened by two libraries."""

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from analysis.batch.workbook import write_workbook

KPIS = pd.DataFrame(
    {
        "government_code": ["082201", "292087"],
        "program": ["合同就職面接会", "=1+1"],
        "fiscal_year": pd.array([2018, 2013], "Int64"),
        "progress_rate": [-0.7333333, float("nan")],
        "cost_yen": pd.array([3_780_000, None], "Int64"),
    }
)
LABELS = ["団体コード", "事業", "年度", "進捗率", "費用"]
UNITS = ["", "", "", "ratio (0.74 is 74 %)", "yen"]
BOOK = pd.DataFrame(
    {
        "table": "kpis",
        "column": list(KPIS),
        "label_ja": LABELS,
        "label_en": list(KPIS),
        "meaning_ja": [f"{label}の意味" for label in LABELS],
        "meaning_en": list(KPIS),
        "unit_ja": UNITS,
        "unit_en": UNITS,
    }
)
SOURCES = pd.DataFrame(
    {
        "source_id": ["a_2018"],
        "publisher": ["甲市"],
        "title": ["一覧"],
        "published_on": [None],
        "address": ["http://example.jp/"],
        "license": [None],
    }
)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "results.xlsx"
    write_workbook({"kpis": KPIS}, {"codebook": BOOK}, SOURCES, path)
    return path


def test_openpyxl_reads_codes_as_text_figures_as_numbers_and_no_formula(path):
    sheet = openpyxl.load_workbook(path)["指標"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        LABELS,
        ["082201", "合同就職面接会", 2018, -0.7333333, 3_780_000],
        ["292087", "=1+1", 2013, None, None],
    ]
    assert [cell.data_type for cell in sheet[3]][:3] == ["s", "s", "n"]
    formats = [cell.number_format for cell in sheet[2]]
    assert formats == ["@", "@", "0", "0.0%", "#,##0"]


def test_calamine_reads_the_same(path):
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["指標", "列の説明", "資料"]
    rows = book.get_sheet_by_name("指標").to_python()
    assert rows[1] == ["082201", "合同就職面接会", 2018.0, -0.7333333, 3_780_000.0]
    assert rows[2][1] == "=1+1"


def test_a_header_says_its_code_and_meaning_and_stays_in_sight_with_a_filter(path):
    sheet = openpyxl.load_workbook(path)["指標"]
    assert sheet["D1"].comment.text == "progress_rate\n進捗率の意味"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E3"


def test_a_control_character_makes_no_workbook_that_cannot_be_opened(tmp_path):
    table = KPIS.assign(program=["a\x00b", "c\x1fd"])
    write_workbook({"kpis": table}, {"codebook": BOOK}, SOURCES, tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["指標"]
    assert [sheet["B2"].value, sheet["B3"].value] == ["a\ufffdb", "c\ufffdd"]
