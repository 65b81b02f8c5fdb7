"""A filled-in workbook is read as it was typed; each slip is told with its sheet and cell.

Nothing of a workbook is taken over as long as one cell has to be put right.
"""

import datetime
import shutil
import subprocess

import pytest
from intake.filling import CODE, SETTLED, TOTALS, YEAR, Book, copy_last_year, make_book, read_book
from intake.scoring import read_rows

from analysis import DataError
from analysis.intake.facts import DOUBT, PROBLEM
from analysis.intake.ingest import ingest
from analysis.intake.messages import describe_ingested
from analysis.wording import advise_on_note, describe_note
from analysis.wording.labels import labels

END = "after_end: 2018"  # five programs of the last year were to end in it


@pytest.fixture(scope="module")
def filled(root, tmp_path_factory):
    """The folder of last year, and the workbook of this year, filled in."""
    place = tmp_path_factory.mktemp("filled")
    folder = copy_last_year(root / "data", place / "data")
    return folder, make_book(folder, place / "empty.xlsx").save(place / "filled.xlsx")


@pytest.fixture
def slip(filled, tmp_path):
    """Read the workbook with slips in it: what is asked, by cell."""

    def read(*changes):
        folder, path = filled
        book = Book(path)
        for change in changes:
            change(book)
        found = read_book(book.save(tmp_path / "slip.xlsx"), folder)
        asked = {}
        for fact in found.facts:
            if fact.outcome in (PROBLEM, DOUBT) and fact.note != END:
                asked.setdefault(f"{fact.outcome} {fact.place}", []).append(fact.note)
        return asked

    return read


def put(table, key, column, value, role="new"):
    """A change: type a value into a cell."""
    return lambda book: setattr(book.at(table, key, column, role), "value", value)


def test_a_year_that_was_filled_in_has_nothing_to_put_right(filled):
    folder, path = filled
    found = read_book(path, folder)
    assert found.problems == []
    assert {fact.note for fact in found.facts if fact.outcome == DOUBT} == {END}
    sizes = {table: len(rows) for table, rows in found.rows.items()}
    assert sizes == {"sources": 1, "programs": 7, "kpis": 7, "budgets": 9, "ratings": 1}


A_DATE = "it holds a year or a date; write the figure alone and the year in its own column."


def set_rounded(cell):
    """A number pasted with the format of another cell."""
    cell.value, cell.number_format = 176.4, "0"


OTHER_GRADES = "one of S, A, B, D; if it is new, add it to data/rubrics"
NOT_PENDING = "although actual_status is pending | an empty cell, or another actual_status"
KPI = "job_fair/matching_consultations"
SLIPS = {
    "an era for a year": (
        put("kpis", KPI, "final_year", "令和2", "kept"),
        {"doubt 指標!L8": ["year_of_era: 2020"]},
    ),
    "a number for a year": (
        put("programs", "youth_life_plan", "end_year", 2, "kept"),
        {"problem 事業!G8": ["unreadable_year"]},
    ),
    "thousand yen for yen": (
        put("budgets", "job_fair/settled", "amount_yen", 3_691),
        {"doubt 金額!F14": ["thousandfold: 3,691 settled of a budget of 3,969,000 | both in yen"]},
    ),
    "full-width digits": (
        put("kpis", KPI, "actual", "１７６"),
        {"doubt 指標!I8": ["full_width: 176"]},
    ),
    "ten times the figure": (
        put("kpis", KPI, "actual", 1_760),
        {"doubt 指標!I8": ["tenfold: 1,760 | about 148 as in the years around it"]},
    ),
    "another unit": (
        put("kpis", KPI, "actual", "176人"),
        {"problem 指標!I8": ["other_unit_typed: 件"]},
    ),
    "a date, as a spreadsheet makes of 3/1": (
        put("kpis", KPI, "actual", datetime.date(2020, 3, 1)),
        {"problem 指標!I8": [f"unreadable: {A_DATE}"]},
    ),
    "no figure": (
        put("kpis", KPI, "actual", None),
        {"problem 指標!I8": ["empty_figure"]},
    ),
    "a figure beside the word that there is none": (
        put("kpis", KPI, "actual_status", "集計中", "may"),
        {"problem 指標!I8": [f"value_despite_status: '176' {NOT_PENDING}"]},
    ),
    "a word that cannot be chosen": (
        put("kpis", KPI, "direction", "ふやす", "kept"),
        {"problem 指標!M8": [f"no_such_word: {'、'.join(labels('directions').values())}"]},
    ),
    "a grade that no rubric has": (
        put("ratings", KPI, "grade", "Z"),
        {"doubt 評価!K10": [f"unknown_word: 'Z' | {OTHER_GRADES}"]},
    ),
    "a number that shows less than it is": (
        lambda book: set_rounded(book.at("kpis", KPI, "actual")),
        {"doubt 指標!I8": ["shown_rounded: 176.4"]},
    ),
    "a formula without a result": (
        put("kpis", KPI, "break_note", "=A1", "may"),
        {"problem 指標!Q8": ["formula_alone"]},
    ),
    "a title that is empty": (
        put("sources", "1", "title", None),
        {"problem 資料!B7": ["empty_needed"]},
    ),
    "a source that is not described": (
        put("kpis", KPI, "source", 2, "may"),
        {"problem 指標!R8": ["no_such_source: 2"]},
    ),
    "last year's figure written over": (
        put("kpis", KPI, "actual", 150, "before"),
        {"problem 指標!G8": ["before_differs: 148"]},
    ),
    "the name of another row": (
        put("kpis", KPI, "kpi", "新たな地域ビジネスによる事業収入", "name"),
        {"problem 指標!B8": ["name_of_other_row: 合同就職面接会におけるマッチング相談件数"]},
    ),
    "a new name": (
        put("programs", "job_fair", "program", "合同企業説明会", "name"),
        {"doubt 事業!A10": ["name_differs: 合同就職面接会"]},
    ),
    "an unknown name of a row": (
        put("kpis", KPI, "row", "job_fair/consultations", "row"),
        {
            "problem 指標!S8": ["unknown_line: job_fair/consultations"],
            "doubt 指標!A6": [f"line_gone: {KPI}"],
        },
    ),
    "a day that no calendar has": (
        put("sources", "1", "published_on", "令和2年2月30日", "may"),
        {"problem 資料!D7": ["unreadable_day"]},
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_with_its_sheet_and_cell(name, slip):
    change, asked = SLIPS[name]
    if name == "an unknown name of a row":  # the rating of that KPI is then of none
        change = [change, *(put("ratings", KPI, c, None) for c in ("progress", "grade"))]
        change += [put("ratings", KPI, c, None) for c in ("effectiveness", "efficiency")]
    assert slip(*(change if isinstance(change, list) else [change])) == asked


def test_every_slip_has_words_for_readers():
    notes = [note for _, asked in SLIPS.values() for told in asked.values() for note in told]
    assert len(notes) > 15
    for note in notes:
        assert describe_note(note) != note
        assert advise_on_note(note)


def test_a_whole_table_in_thousand_yen_is_asked_about_cell_by_cell_and_as_a_whole(slip):
    thousands = [
        put("budgets", f"{key}/total", "amount_yen", round(yen / 1_000))
        for key, yen in TOTALS.items()
    ]
    thousands += [put("budgets", f"{key}/settled", "amount_yen", None) for key in SETTLED]
    said = "9,072 after 8,571,000 in the year before, and most amounts so | both in yen"
    asked = slip(*thousands)
    assert asked["doubt 金額!F7"] == ["far_from_before: 8,571,000", f"thousandfold: {said}"]
    far = [notes[0].partition(":")[0] for notes in asked.values()]
    assert far == ["far_from_before"] * len(TOTALS)


def test_figures_that_slid_down_a_row_are_told_at_both_ends(slip):
    def slide(book):
        sheet, at = book.sheet("kpis"), book.column("kpis", "actual")
        first = book.row("kpis", "lifestyle_seminar/wish_to_live")
        typed = [sheet.cell(row, at).value for row in range(first, first + 7)]
        for row, value in enumerate([None, *typed], first):
            sheet.cell(row, at).value = value

    asked = slip(slide)
    assert asked["problem 指標!I7"] == ["empty_figure"]
    assert asked["problem 指標!I14"] == ["of_no_row"]


def test_a_row_that_slid_to_the_right_is_told_in_each_cell_that_does_not_fit(slip):
    def slide(book):
        row = book.row("kpis", KPI)
        book.sheet("kpis").move_range(f"G{row}:P{row}", cols=1)

    asked = slip(slide)
    assert asked["problem 指標!G8"] == ["before_differs: 148"]
    assert asked["problem 指標!L8"] == ["unreadable_year"]


@pytest.mark.parametrize(
    ("column", "role", "outcome", "name"),
    [
        ("actual", "new", "problem", "実績 （令和元年度）"),
        ("unit", "kept", "problem", "単位"),
        ("actual", "before", "doubt", "実績 （平成30年度）"),
        ("row", "row", "problem", "行の識別名"),
    ],
)
def test_a_deleted_column_is_named(slip, column, role, outcome, name):
    asked = slip(lambda book: book.sheet("kpis").delete_cols(book.column("kpis", column, role)))
    assert f"no_column: {name}" in asked[f"{outcome} 指標!A6"]


def test_a_renamed_sheet_is_read_and_a_deleted_one_is_missed(slip):
    asked = slip(lambda book: setattr(book.sheet("kpis"), "title", "Sheet3"))
    assert asked == {"doubt Sheet3!A1": ["sheet_renamed: 指標"]}
    asked = slip(lambda book: book.book.remove(book.sheet("ratings")))
    assert asked == {"problem はじめに!A1": ["no_sheet: 評価"]}


def test_a_sheet_that_is_there_twice_or_hidden_is_a_problem(slip):
    asked = slip(lambda book: book.book.copy_worksheet(book.sheet("kpis")))
    assert asked == {"problem 指標 Copy!A1": ["several_sheets: 指標"]}
    asked = slip(lambda book: setattr(book.sheet("ratings"), "sheet_state", "hidden"))
    assert asked == {"problem 評価!A1": ["sheet_hidden: 評価"]}


def test_a_single_sheet_is_no_workbook_and_says_what_is_missing(slip):
    def leave_one(book):
        for sheet in book.book.worksheets[:]:
            if sheet.title != "指標":
                book.book.remove(sheet)

    asked = slip(leave_one)
    assert "no_sheet: 資料" in asked["problem 指標!A1"]


def test_a_row_that_has_lost_its_name_is_told_once(slip):
    asked = slip(put("kpis", KPI, "row", None, "row"))
    assert asked == {"problem 指標!S8": [f"no_row_name: {KPI}"]}


def test_a_status_says_why_there_is_no_figure(slip):
    changes = (put("kpis", KPI, "actual", None), put("kpis", KPI, "actual_status", "未公表", "may"))
    assert slip(*changes) == {}


def test_a_merged_cell_is_told_and_so_is_the_one_it_covers(slip):
    def merge(book):
        row, at = book.row("kpis", KPI), book.column("kpis", "actual")
        spot = {"start_row": row, "end_row": row + 1, "start_column": at, "end_column": at}
        book.sheet("kpis").merge_cells(**spot)

    assert slip(merge) == {"problem 指標!I8": ["merged"], "problem 指標!I9": ["empty_figure"]}


@pytest.mark.parametrize("has_name", [True, False])
def test_a_row_that_stands_twice_names_the_other(slip, has_name):
    def double(book):
        sheet, row = book.sheet("kpis"), book.row("kpis", KPI)
        new = book.row("kpis", None)
        for at in range(1, sheet.max_column + (1 if has_name else 0)):
            sheet.cell(new, at).value = sheet.cell(row, at).value

    cell = "S14" if has_name else "A14"
    assert slip(double) == {f"problem 指標!{cell}": ["row_again: 指標!A8"]}


def test_what_is_not_of_this_year_may_hold_no_figure(slip):
    asked = slip(put("programs", "job_fair", "listed", "なし", "kept"))
    cells = ("指標!H8", "金額!F13", "金額!F14", "評価!E10")  # the first of each row
    assert asked == {f"problem {cell}": ["figure_of_unlisted: 事業!B10"] for cell in cells}


def test_a_row_of_last_year_that_is_gone_is_a_doubt(slip):
    key = "local_hub_cocreation/ideas_proposed"
    asked = slip(lambda book: book.sheet("kpis").delete_rows(book.row("kpis", key)))
    assert asked == {"doubt 指標!A6": [f"line_gone: {key}"]}


def test_the_order_of_rows_says_nothing(filled, tmp_path):
    folder, path = filled
    book = Book(path)
    sheet, (head, names) = book.sheet("kpis"), book.header("kpis")
    numbers = range(head + 1, head + 8)
    rows = [[sheet.cell(row, at).value for at in names.values()] for row in numbers]
    for number, values in enumerate(reversed(rows), head + 1):
        for at, value in zip(names.values(), values, strict=True):
            sheet.cell(number, at).value = value
    sorted_ = read_book(book.save(tmp_path / "sorted.xlsx"), folder)
    plain = read_book(path, folder)
    assert sorted_.rows["kpis"] == plain.rows["kpis"][::-1]


def test_new_programs_and_kpis_are_named_and_every_sheet_may_speak_of_them(filled, tmp_path):
    folder, path = filled
    book = Book(path)
    book.add("programs", program__name="空き店舗の活用", place="⑤-11", flag__may="新規")
    words = {"direction__kept": "増やす", "aggregation__kept": "累計の値", "kpi_kind__kept": "成果"}
    named = {"program__name": "空き店舗の活用", "kpi__name": "開いた店の数"}
    book.add("kpis", **named, unit__kept="店", target=5, actual="3（うち市外2）", **words)
    amount = {"kind__name": "当初予算", "amount_yen": "1,200千円"}
    book.add("budgets", program__name="空き店舗の活用", **amount)
    book.add("ratings", **named, grade="B")
    found = read_book(book.save(tmp_path / "new.xlsx"), folder)
    assert found.problems == []
    program = found.rows["programs"][-1]
    kpi, amount, rating = (found.rows[name][-1] for name in ("kpis", "budgets", "ratings"))
    assert (program["program"], program["flag"]) == ("空き店舗の活用", "new")
    assert kpi["program_id"] == amount["program_id"] == program["program_id"]
    assert (kpi["actual"], kpi["actual_printed"]) == ("3", "3（うち市外2）")
    assert (amount["kind"], amount["amount_yen"]) == ("initial", "1200000")
    assert amount["amount_printed"] == "1,200千円"
    assert rating["kpi_id"] == kpi["kpi_id"]
    assert {row["place"] for row in (program, kpi, amount, rating)} == {"⑤-11"}


def test_amounts_are_in_the_unit_that_is_chosen(filled, tmp_path):
    folder, path = filled
    book = Book(path)
    book.sheet("budgets")["B4"].value = "千円"
    for key, yen in TOTALS.items():
        book.at("budgets", f"{key}/total", "amount_yen").value = yen / 1_000
    for key in SETTLED:
        book.at("budgets", f"{key}/settled", "amount_yen").value = None
    rows = read_book(book.save(tmp_path / "thousand.xlsx"), folder).rows["budgets"]
    assert {row["program_id"]: int(row["amount_yen"]) for row in rows} == TOTALS
    assert rows[0]["amount_printed"] == "9072千円"


def test_a_unit_of_money_that_is_none_is_a_problem(slip):
    asked = slip(lambda book: setattr(book.sheet("budgets")["B4"], "value", "ドル"))
    assert asked == {"problem 金額!B4": ["no_money_unit: 円、千円、万円、百万円"]}


def test_rows_of_other_years_stay_byte_for_byte_and_the_year_comes_behind(filled, tmp_path):
    folder, path = filled
    into = shutil.copytree(folder, tmp_path / "data")
    before = {file.name: file.read_bytes() for file in folder.glob("*.csv")}
    done = ingest(path, into=into)
    assert not done.has_errors
    for name, text in before.items():
        assert (into / name).read_bytes().startswith(text)
    years = {row["fiscal_year"] for row in read_rows(into / "kpis.csv")[-7:]}
    assert years == {str(YEAR)}
    [source] = [row for row in read_rows(into / "sources.csv") if row["fiscal_year"] == str(YEAR)]
    assert (source["source_id"], source["title"]) == ("tsukuba_2019", "令和元年度 指標一覧")
    said = describe_ingested(done)
    assert "added to" in said and "kpis 7, budgets 9, ratings 1" in said


def test_the_same_workbook_again_replaces_its_own_rows(filled, tmp_path):
    folder, path = filled
    into = shutil.copytree(folder, tmp_path / "data")
    ingest(path, into=into)
    first = {file.name: file.read_bytes() for file in into.glob("*.csv")}
    ingest(path, into=into)
    assert {file.name: file.read_bytes() for file in into.glob("*.csv")} == first
    book = Book(path)
    book.at("kpis", KPI, "actual").value = 177
    book.at("budgets", "job_fair/settled", "amount_yen").value = None
    ingest(book.save(tmp_path / "filled.xlsx"), into=into)
    [row] = [row for row in read_rows(into / "kpis.csv") if row["actual"] == "177"]
    assert (row["kpi_id"], row["fiscal_year"]) == ("matching_consultations", str(YEAR))
    settled = [row for row in read_rows(into / "budgets.csv") if row["kind"] == "settled"]
    assert {row["program_id"] for row in settled} == {"child_at_work"}


def test_what_was_changed_by_hand_since_is_not_written_over(filled, tmp_path):
    folder, path = filled
    into = shutil.copytree(folder, tmp_path / "data")
    ingest(path, into=into)
    kpis = into / "kpis.csv"
    changed = kpis.read_text(encoding="utf-8").replace(",176,preliminary", ",178,preliminary")
    kpis.write_text(changed, encoding="utf-8")
    done = ingest(path, into=into)
    assert [(fact.place, fact.note) for fact in done.filled[0].problems] == [
        ("指標!I8", "changed_by_hand: kpis.csv actual 178")
    ]
    assert kpis.read_text(encoding="utf-8") == changed
    book = Book(path)
    book.at("kpis", KPI, "actual").value = 178
    assert not ingest(book.save(tmp_path / "filled.xlsx"), into=into).has_errors


def test_all_that_is_asked_is_asked_at_once(slip):
    asked = slip(
        put("programs", "job_fair", "place", None),
        put("programs", "youth_life_plan", "end_year", 2, "kept"),
        put("kpis", KPI, "actual", 1_760),
        put("ratings", KPI, "grade", "Z"),
    )
    assert asked == {
        "problem 事業!C10": ["empty_needed"],
        "problem 事業!G8": ["unreadable_year"],
        "doubt 指標!I8": ["tenfold: 1,760 | about 148 as in the years around it"],
        "doubt 評価!K10": [f"unknown_word: 'Z' | {OTHER_GRADES}"],
    }


def test_a_source_of_another_year_is_not_written_over(slip):
    name = "tsukuba_2018_preliminary"
    asked = slip(put("sources", "1", "source_id", name, "kept"))
    assert asked == {"problem 資料!K7": ["source_taken"]}


def test_nothing_is_added_while_a_cell_is_to_be_put_right(filled, tmp_path):
    folder, path = filled
    into = shutil.copytree(folder, tmp_path / "data")
    before = {file.name: file.read_bytes() for file in into.glob("*.csv")}
    book = Book(path)
    book.at("kpis", KPI, "actual").value = "多数"
    done = ingest(book.save(tmp_path / "slip.xlsx"), into=into)
    assert done.has_errors
    assert {file.name: file.read_bytes() for file in into.glob("*.csv")} == before
    said = describe_ingested(done)
    assert "nothing was added; 1 cell has to be put right first" in said
    assert "problem: 指標!I8 '多数': 数値として読めない記載" in said
    assert "指標!I8" in (into / "ingest.html").read_text(encoding="utf-8")


def test_two_workbooks_of_one_year_or_one_of_another_than_was_said_are_refused(filled, tmp_path):
    folder, path = filled
    into = shutil.copytree(folder, tmp_path / "data")
    before = {file.name: file.read_bytes() for file in into.glob("*.csv")}
    twin = shutil.copy(path, tmp_path / "twin.xlsx")
    with pytest.raises(DataError, match="Read only one"):
        ingest([path, twin], into=into)
    with pytest.raises(DataError, match="and not of 080004 in 2019"):
        ingest(path, into=into, government="080004")
    with pytest.raises(DataError, match="and not of 082201 in 2021"):
        ingest(path, into=into, fiscal_year=2021)
    assert {file.name: file.read_bytes() for file in into.glob("*.csv")} == before


def test_a_workbook_of_another_folder_says_which_one_it_wants(filled, tmp_path):
    with pytest.raises(DataError, match="with --into"):
        ingest(filled[1], into=tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere").exists()


def save_by_another_program(path, ending, place):
    """Save a workbook as LibreOffice does."""
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice here")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{place}/profile"]
    command += ["--convert-to", ending, "--outdir", str(place / "saved"), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return place / "saved" / f"{path.stem}.{ending}"


@pytest.mark.process
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_workbook_saved_by_another_program_is_read_the_same(filled, tmp_path, ending):
    folder, path = filled
    saved = read_book(save_by_another_program(path, ending, tmp_path), folder)
    assert saved.problems == []
    assert saved.rows == read_book(path, folder).rows


@pytest.mark.process
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_the_result_of_a_formula_is_read_and_a_doubt(filled, tmp_path, ending):
    folder, path = filled
    book = Book(path)
    book.at("kpis", KPI, "actual").value = "=100+76"
    typed = book.save(tmp_path / "formula.xlsx")
    found = read_book(save_by_another_program(typed, ending, tmp_path), folder)
    doubts = [(f.place, f.note) for f in found.facts if f.outcome == DOUBT and f.note != END]
    assert doubts == [("指標!I8", "formula: 176")]
    [row] = [row for row in found.rows["kpis"] if row["kpi_id"] == "matching_consultations"]
    assert row["actual"] == "176"


def test_the_year_is_that_of_its_government(filled):
    folder, path = filled
    about = read_book(path, folder).about
    assert (about.code, about.year, about.before) == (CODE, YEAR, 2018)
