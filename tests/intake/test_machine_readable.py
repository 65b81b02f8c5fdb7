"""How far files follow the rule, each check with its outcome."""

from pathlib import Path

import pytest
from intake.looking import ROWS, look_at
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference

import analysis
from analysis.errors import DataError
from analysis.intake.machine_readable import (
    FINDERS,
    check_file,
    describe_outcomes,
    review_file,
)
from analysis.intake.ministry import BY_EYE, CHECKS, FULFILLED, UNFULFILLED
from analysis.intake.ministry_untold import REASONS, UNTOLD
from analysis.wording.labels import labels

HERE = Path(__file__).parent / "files"
HEAD = ("団体コード", "2018年度実績（件）", "2019年度実績（件）")
GOOD = (HEAD, ("082201", 148, 16), ("032018", 52, 7))
NAMED = (("市町村", *HEAD[1:]), ("つくば市", 148, 16), ("盛岡市", 52, 7))


def save(path, rows=GOOD, **cells):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for address, value in cells.items():
        book.active[address] = value
    return book, path


def states(path):
    return {outcome.check: outcome.state for outcome in review_file(path).outcomes}


@pytest.fixture
def good(tmp_path):
    book, path = save(tmp_path / "good.xlsx")
    book.save(path)
    return path


def test_a_table_after_the_rule_fulfils_all_fifteen(good):
    assert states(good) == dict.fromkeys(CHECKS, FULFILLED)
    assert review_file(good).fulfilled == 15


def test_whether_a_name_is_one_datum_is_to_be_judged_by_eye(tmp_path):
    book, path = save(tmp_path / "named.xlsx", NAMED)
    book.save(path)
    assert states(path) == {**dict.fromkeys(CHECKS, FULFILLED), "1-2": BY_EYE}


@pytest.mark.parametrize(
    ("header", "name", "outcome"),
    [
        ("事業名（担当課）", "就業支援事業（商工課）", UNFULFILLED),
        ("事業名", "就業支援事業（商工課）", UNFULFILLED),
        ("事業期間", "平成28年度～平成32年度", UNFULFILLED),
        ("交通手段", "バス・鉄道・徒歩", BY_EYE),
    ],
)
def test_a_text_of_several_data_is_never_called_one(tmp_path, header, name, outcome):
    book, path = save(tmp_path / "a.xlsx", ((header, *HEAD[1:]), (name, 1, 2), (name, 3, 4)))
    book.save(path)
    assert states(path)["1-2"] == outcome


@pytest.mark.parametrize("title", ["", "茨城県"])
@pytest.mark.parametrize("header", ["地域", "市町村", "自治体", "団体名", "市区町村"])
def test_a_column_of_regions_is_found_by_any_header_and_whatever_the_title(tmp_path, header, title):
    rows = [(title,), (), (header, "2018年度実績（件）"), ("つくば", 1), ("水戸", 2), ("日立", 3)]
    book, path = save(tmp_path / "a.xlsx", rows)
    book.save(path)
    found = check_file(path).query("check == '1-12'")
    assert found["place"].tolist() == ["Sheet!A4", "Sheet!A5", "Sheet!A6"]


def test_a_workbook_without_a_cell_fulfils_only_what_the_file_itself_tells(tmp_path):
    book, path = save(tmp_path / "empty.xlsx", ())
    book.save(path)
    reviewed = review_file(path)
    assert [o.check for o in reviewed.outcomes if o.state == FULFILLED] == ["1-1", "1-7", "1-8"]
    assert {o.reason for o in reviewed.outcomes if o.state == BY_EYE} == {"nothing"}


def test_as_csv_it_does_too(tmp_path):
    path = tmp_path / "good.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in GOOD), encoding="utf-8")
    assert states(path) == dict.fromkeys(CHECKS, FULFILLED)


def test_merged_cells_formulas_and_charts_of_a_workbook_are_found(tmp_path):
    book, path = save(tmp_path / "a.xlsx", B4="=SUM(B2:B3)", A4="計", C4=23)
    book.active.merge_cells("A6:C6")
    book.active["A6"] = "備考"
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=3))
    book.active.add_chart(chart, "E2")
    book.save(path)
    found = check_file(path).set_index("check")
    assert found.loc["1-4", ["place", "printed"]].tolist() == ["Sheet!A6", "備考"]
    assert found.loc["1-7", ["place", "printed"]].tolist() == ["Sheet!B4", "=SUM(B2:B3)"]
    assert found.loc["1-8", ["place", "printed"]].tolist() == ["Sheet!E2", "chart"]


def test_empty_cells_that_are_merged_are_merged_cells(tmp_path):
    book, path = save(tmp_path / "a.xlsx")
    book.active.merge_cells("A6:B7")
    book.save(path)
    (found,) = check_file(path).query("check == '1-4'").to_dict("records")
    assert (found["place"], found["printed"], found["why"]) == ("Sheet!A6", "", "2 x 2")


def test_of_an_old_workbook_what_is_not_seen_is_not_called_fulfilled():
    found = check_file(HERE / "excel_97.xls").set_index("check")
    assert found.loc["1-1", "outcome"] == FULFILLED
    assert found.loc["1-7", ["outcome", "why"]].tolist() == [BY_EYE, "formulas"]
    assert found.loc["1-8", ["outcome", "why"]].tolist() == [BY_EYE, "objects"]


@pytest.mark.parametrize("name", ["open_sides.pdf", "open_sides.html"])
def test_a_paper_or_page_is_no_format_of_the_rule_and_its_pictures_are_not_seen(name):
    found = states(HERE / name)
    assert (found["1-1"], found["1-8"]) == (UNFULFILLED, BY_EYE)


def test_where_no_table_is_found_nothing_is_said_of_its_columns(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("甲,乙\n丙,丁\n", encoding="utf-8")
    found = states(path)
    of_tables = {"1-2", "1-3", "1-5", "1-6", "1-9", "1-10", "1-11", "1-12"}
    of_tables |= {"1-13", "2-1", "2-2"}
    assert {check for check, state in found.items() if state == BY_EYE} == of_tables


def test_figures_on_a_sheet_without_a_table_leave_its_columns_open(tmp_path):
    book, path = save(tmp_path / "a.xlsx")
    book.create_sheet("表紙").append(["見本の表紙"])
    book.save(path)
    assert states(path) == dict.fromkeys(CHECKS, FULFILLED)
    book.create_sheet("数").append([1, 2, 3])
    book.save(path)
    found = check_file(path).set_index("check")
    assert found.loc["1-9", ["outcome", "why"]].tolist() == [BY_EYE, "sheet_without_table"]


def test_records_are_open_and_not_among_the_formats_of_the_rule(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"件数": 148}, {"件数": 52}]', encoding="utf-8")
    assert states(path)["1-1"] == BY_EYE


def test_a_file_that_cannot_be_read_is_a_message(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    with pytest.raises(DataError, match=r"no \.xlsx file"):
        check_file(tmp_path / "a.xlsx")
    with pytest.raises(DataError, match="does not exist"):
        check_file(tmp_path / "b.xlsx")


def test_a_row_is_a_finding_or_a_check_without_any(good):
    table = analysis.check_file(good)
    assert [*table] == [
        *("check", "name", "outcome", "sheet", "place", "printed", "instead", "why")
    ]
    assert table["check"].tolist() == [*CHECKS]
    assert set(table["place"]) == {""}


def test_what_stands_in_a_file_is_escaped(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("事業名,実績（件）\n一\u202e　二,1\n三,2\n", encoding="utf-8")
    (found,) = check_file(path).query("check == '1-5'")["printed"]
    assert found == "一\\u202e　二"


def test_each_check_is_described_in_a_line_with_its_first_places_and_all_are_counted():
    reviewed = review_file("docs/examples/tsukuba_h30.xlsx")
    lines = describe_outcomes(reviewed, most=2).splitlines()
    assert len(lines) == 16
    assert lines[3].startswith(" 1-4 not fulfilled: no cells are merged: 14 at ")
    assert lines[3].endswith("指標一覧!A2, 指標一覧!A4, …")
    assert lines[6] == " 1-7 fulfilled: formulas are replaced by their values"
    assert lines[-1] == f"tsukuba_h30.xlsx: {reviewed.fulfilled} of 15 fulfilled"


def test_every_check_is_made_and_every_reason_has_its_words():
    assert [*FINDERS] == [*CHECKS]
    assert [*UNTOLD] == [*CHECKS]
    assert [*REASONS] == [*labels("ministry.reasons")]


def test_a_looked_at_file_is_not_changed():
    looked = look_at()
    before = {place: cell.text for place, cell in looked.grids[0].cells.items()}
    for find in FINDERS.values():
        list(find(looked))
    assert {place: cell.text for place, cell in looked.grids[0].cells.items()} == before
    assert len(before) == sum(map(len, ROWS))
