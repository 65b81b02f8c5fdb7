"""A filled-in workbook is read as it was typed, and what slid in it is told (slips beside).

Nothing of a workbook is taken over as long as one cell has to be put right.
"""

import shutil
import subprocess

import pytest
from intake.filling import CODE, END, SETTLED, TOTALS, YEAR, Book, make_book, put, read_book
from intake.scoring import read_rows

from analysis import DataError, load
from analysis.intake.facts import DOUBT
from analysis.intake.ingest import ingest
from analysis.intake.messages import describe_ingested

KPI = "job_fair/matching_consultations"
OTHER_GRADES = "one of S, A, B, D; if it is new, add it to data/rubrics"


@pytest.mark.slow
def test_a_year_that_was_filled_in_has_nothing_to_put_right(filled):
    folder, path = filled
    found = read_book(path, folder)
    assert found.problems == []
    assert {fact.note for fact in found.facts if fact.outcome == DOUBT} == {END}
    sizes = {table: len(rows) for table, rows in found.rows.items()}
    assert sizes == {"sources": 1, "programs": 7, "kpis": 7, "budgets": 9, "ratings": 1}


@pytest.mark.slow
def test_a_whole_table_in_thousand_yen_is_asked_about_cell_by_cell_and_as_a_whole(slip):
    thousands = [
        put("budgets", f"{key}/total", "amount_yen", round(yen / 1_000))
        for key, yen in TOTALS.items()
    ]
    thousands += [put("budgets", f"{key}/settled", "amount_yen", None) for key in SETTLED]
    said = "9,072 after 8,571,000 in the year before, and most amounts so | both in yen"
    asked = slip(*thousands)
    assert asked["doubt 金額!F7"] == ["far_from_before", f"thousandfold: {said}"]
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


def test_what_is_asked_stands_in_the_order_of_the_cells_also_of_empty_ones(slip):
    asked = slip(
        put("ratings", KPI, "grade", "Z"),
        put("kpis", "local_hub_cocreation/collaborations", "actual", "多数"),
        put("kpis", KPI, "actual", None),
        put("programs", "job_fair", "place", None),
    )
    cells = [place.split()[1] for place in asked]
    assert cells == ["事業!C10", "指標!I8", "指標!I11", "評価!K10"]


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


@pytest.mark.slow
def test_what_is_not_of_this_year_may_hold_no_figure(slip):
    asked = slip(put("programs", "job_fair", "listed", "なし", "kept"))
    cells = ("指標!H8", "金額!F13", "金額!F14", "評価!E10")  # the first of each row
    assert asked == {f"problem {cell}": ["figure_of_unlisted: 事業!B10"] for cell in cells}


def test_a_row_of_last_year_that_is_gone_is_a_doubt(slip):
    key = "local_hub_cocreation/ideas_proposed"
    asked = slip(lambda book: book.sheet("kpis").delete_rows(book.row("kpis", key)))
    assert asked == {"doubt 指標!A6": [f"line_gone: {key}"]}


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow  # the same as the one above, with other figures
def test_other_figures_are_replaced_too_when_the_workbook_is_read_again(filled, tmp_path):
    folder, path = filled
    into = shutil.copytree(folder, tmp_path / "data")
    book = Book(path)
    book.at("observations", "job_fair/参加者", "value").value = "80名"
    for value in ("80名", "81名", "81名"):
        book.at("observations", "job_fair/参加者", "value").value = value
        assert not ingest(book.save(tmp_path / "filled.xlsx"), into=into).has_errors
    rows = [row for row in read_rows(into / "observations.csv") if row["fiscal_year"] == str(YEAR)]
    assert [(row["value"], row["printed"]) for row in rows] == [("81", "81名")]
    book.at("observations", "job_fair/参加者", "value").value = None
    ingest(book.save(tmp_path / "filled.xlsx"), into=into)
    years = {row["fiscal_year"] for row in read_rows(into / "observations.csv")}
    assert str(YEAR) not in years


@pytest.mark.slow
def test_a_final_edition_takes_the_place_of_the_preliminary_one(filled, tmp_path):
    folder, path = filled
    into = shutil.copytree(folder, tmp_path / "data")
    ingest(path, into=into)
    book = make_book(into, tmp_path / "again.xlsx")
    assert book.at("sources", "1", "source_id", "kept").value == "tsukuba_2019_2"
    book.at("sources", "1", "edition", "may").value = "確定版"
    book.at("sources", "1", "supersedes", "may").value = "tsukuba_2019"
    book.at("kpis", KPI, "actual").value = 181
    assert not ingest(book.save(tmp_path / "again.xlsx"), into=into).has_errors
    dataset = load(into, CODE, YEAR, "job_fair")
    assert dataset.kpis["actual"].tolist() == [181]
    assert dataset.revisions["kpis"]["actual"].tolist() == [176]


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


def test_a_correction_of_what_people_typed_is_refused(filled, tmp_path):
    folder, path = filled
    into = shutil.copytree(folder, tmp_path / "data")
    head = "file,cell,printed,corrected,reason,reported_on"
    line = f"{path.name},指標!I8,176,155,誤記,2026-01-01"
    (into / "corrections.csv").write_text(f"{head}\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match="Correct the cell there"):
        ingest(path, into=into)


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
