"""The workbook as it is written: one sheet a table, words to choose from, colours that answer."""

import pytest
from intake.filling import CODE, YEAR, Book, copy_last_year
from openpyxl import load_workbook

from analysis import DataError
from analysis.intake.new import new_government, new_year
from analysis.wording.labels import labels


@pytest.fixture(scope="module")
def path(root, tmp_path_factory):
    place = tmp_path_factory.mktemp("book")
    folder = copy_last_year(root / "data", place / "data")
    return new_year(folder, CODE, YEAR, path=place / "empty.xlsx")


@pytest.fixture(scope="module")
def book(path):
    return Book(path)


def test_there_is_a_sheet_a_table_after_one_that_explains(book):
    names = ["はじめに", "資料", "事業", "指標", "金額", "評価", "その他の数値", "選択肢"]
    assert book.book.sheetnames == names
    assert book.book["選択肢"].sheet_state == "hidden"
    assert book.book["はじめに"]["A1"].value == "つくば市　令和元年度の実績の記入様式"


def test_the_first_sheet_counts_what_is_to_be_filled_in(book):
    rows = [[c.value for c in row[:3]] for row in book.book["はじめに"].iter_rows(12, 22)]
    assert ["指標", 14, 7] in rows
    assert ["金額", 14, 0] in rows


def choices(book, table, column, role):
    """The words that a cell offers."""
    sheet, at = book.sheet(table), book.column(table, column, role)
    cell = sheet.cell(book.header(table)[0] + 1, at).coordinate
    rules = [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]
    [rule] = rules
    name, _, cells = rule.formula1.partition("!")
    found = book.book[name.strip("'")][cells.replace("$", "")]
    return [row[0].value for row in found if row[0].value]


def test_every_word_is_chosen_from_a_list_in_japanese(book):
    assert choices(book, "kpis", "actual_status", "may") == [*labels("statuses").values()]
    assert choices(book, "kpis", "direction", "kept") == [*labels("directions").values()]
    assert choices(book, "kpis", "listed", "kept") == ["あり", "なし"]
    assert choices(book, "budgets", "kind", "name") == [*labels("budget_kinds").values()]
    assert choices(book, "ratings", "effectiveness", "new") == ["高", "中", "低"]
    assert choices(book, "ratings", "progress", "new") == ["順調", "概ね順調"]
    assert "S" in choices(book, "ratings", "grade", "new")
    assert "合同就職面接会" in choices(book, "kpis", "program", "name")
    assert choices(book, "kpis", "source", "may") == ["1", "2", "3"]


def test_codes_and_names_are_texts_and_figures_are_numbers(book):
    assert book.at("kpis", "job_fair/matching_consultations", "row", "row").number_format == "@"
    assert book.at("sources", "1", "source_id", "kept").number_format == "@"
    before = book.at("budgets", "job_fair/total", "amount_yen", "before")
    assert (before.value, before.number_format) == (3_780_000, "#,##0")
    new = book.at("budgets", "job_fair/total", "amount_yen")
    assert (new.value, new.number_format) == (None, "General")


def test_what_is_needed_is_marked_and_what_may_be_a_slip(book):
    rules = book.sheet("kpis").conditional_formatting
    formulas = {str(one.sqref): [rule.formula[0] for rule in one.rules] for one in rules}
    assert any("LEN($I7)=0" in rule for rule in formulas["I7:I21"])  # actuals, until there is one
    assert any("$I7/$G7>=10" in rule for rule in formulas["I7:I21"])  # ten times last year's
    assert not any(cells.startswith("G7") for cells in formulas)  # last year's own


def test_every_header_has_a_note(book):
    for sheet in book.book.worksheets[1:-1]:
        table = next(t for t, name in labels("table_names").items() if name == sheet.title)
        head, names = book.header(table)
        assert all(sheet.cell(head, at).comment for at in names.values())


def test_a_workbook_that_is_there_is_never_written_over(path, root):
    before = path.read_bytes()
    with pytest.raises(DataError, match="there already"):
        new_year(root / "data", CODE, YEAR, path=path)
    with pytest.raises(DataError, match="no such folder"):
        new_year(root / "data", CODE, YEAR, path=path.parent / "nowhere/a.xlsx")
    assert path.read_bytes() == before


def test_a_first_year_has_the_words_to_choose_from_and_no_grey_columns(tmp_path):
    path = new_government(tmp_path / "data", "143669", "開成町", 2021, tmp_path / "first.xlsx")
    book = Book(path, 2021, None)
    assert choices(book, "kpis", "direction", "kept") == [*labels("directions").values()]
    assert "茨城県" in choices(book, "ratings", "scheme", "kept")
    headers = [cell.value for cell in load_workbook(path)["指標"][6]]
    assert "実績" in headers
    assert "行の識別名" not in headers
