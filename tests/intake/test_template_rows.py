"""Typed rows become rows of the tables: what was kept is taken over whole, the rest as typed."""

import pytest
from intake.filling import (
    ABOUT,
    BEFORE,
    CODE,
    YEAR,
    Book,
    copy_last_year,
    make_book,
    read_book,
)

from analysis.intake.facts import LEFT_OUT
from analysis.intake.new import new_year
from analysis.intake.template import NEW, plan_sheets, read_last_year
from analysis.intake.template_rows import find_status


@pytest.fixture(scope="module")
def filled(root, tmp_path_factory):
    place = tmp_path_factory.mktemp("rows")
    folder = copy_last_year(root / "data", place / "data")
    return folder, make_book(folder, place / "empty.xlsx").save(place / "filled.xlsx")


@pytest.fixture(scope="module")
def found(filled):
    folder, path = filled
    return read_book(path, folder)


def test_what_was_kept_is_taken_over_with_all_that_was_concluded_of_it(found):
    [kpi] = [row for row in found.rows["kpis"] if row["kpi_id"] == "business_income"]
    assert kpi == {
        "government_code": "082201",
        "program_id": "local_hub_cocreation",
        "kpi_id": "business_income",
        "fiscal_year": "2019",
        "kpi": "新たな地域ビジネスによる事業収入",
        "unit": "千円",
        "kpi_kind": "outcome",
        "direction": "up",
        "aggregation": "unknown",
        "baseline": "0",
        "target": "3000",
        "actual": "2450",
        "actual_status": "preliminary",
        "final_target": "5000",
        "final_year": "2020",
        "source_id": "tsukuba_2019",
        "place": "⑤-7～⑤-10",
        "inferred": "final_year kpi_kind program_id",
    }


def test_what_was_changed_is_concluded_no_more(filled, tmp_path):
    folder, path = filled
    book = Book(path)
    key = "local_hub_cocreation/business_income"
    book.at("kpis", key, "final_year", "kept").value = 2021
    book.at("kpis", key, "place", "may").value = "⑤-7"
    rows = read_book(book.save(tmp_path / "changed.xlsx"), folder).rows["kpis"]
    [kpi] = [row for row in rows if row["kpi_id"] == "business_income"]
    assert (kpi["final_year"], kpi["place"]) == ("2021", "⑤-7")
    assert kpi["inferred"] == "kpi_kind program_id"


def test_a_cell_that_was_emptied_says_nothing_any_more(filled, tmp_path):
    folder, path = filled
    book = Book(path)
    book.at("kpis", "job_fair/matching_consultations", "baseline", "kept").value = None
    rows = read_book(book.save(tmp_path / "emptied.xlsx"), folder).rows["kpis"]
    [kpi] = [row for row in rows if row["kpi_id"] == "matching_consultations"]
    assert "baseline" not in kpi


def test_the_edition_says_what_results_are_unless_the_cell_does(found):
    statuses = {row["kpi_id"]: row["actual_status"] for row in found.rows["kpis"]}
    assert statuses["tokyo_in_migrants"] == "estimated"
    assert statuses["platform_meetings"] == "pending"
    assert statuses["wish_to_live"] == "preliminary"
    assert find_status({"edition": "確定版"}) == "final"
    assert find_status({}) == ""


def test_a_text_that_only_a_person_could_read_is_read_as_last_year(root, tmp_path):
    folder = copy_last_year(root / "data", tmp_path / "data")
    observations = folder / "observations.csv"
    text = observations.read_text(encoding="utf-8").replace("７社", "10／10")
    observations.write_text(text, encoding="utf-8")
    book = make_book(folder, tmp_path / "empty.xlsx")
    key = "job_fair/マッチング件数が0件だった企業"
    book.at("observations", key, "value").value = "10／10"
    [row] = read_book(book.save(tmp_path / "same.xlsx"), folder).rows["observations"]
    assert (row["value"], row["printed"]) == ("7", "10／10")
    book.at("observations", key, "value").value = "9／10"
    other = read_book(book.save(tmp_path / "other.xlsx"), folder)
    assert [fact.place for fact in other.problems] == ["その他の数値!E14"]


def test_rows_in_which_nothing_was_typed_are_left_out_and_said_to_be(found):
    left = [fact.place for fact in found.facts if fact.note == "nothing_typed"]
    assert len(left) == 5 + 9 + 12  # accounts, judgements, other figures
    assert all(fact.outcome == LEFT_OUT for fact in found.facts if fact.note == "nothing_typed")


def test_each_figure_knows_its_cell(found):
    number = next(n for n, row in enumerate(found.rows["kpis"]) if row["kpi_id"] == "wish_to_live")
    assert found.cells["kpis", number]["actual"] == "指標!I7"
    [told] = [fact for fact in found.facts if fact.place == "指標!I7" and fact.field == "actual"]
    assert (told.value, told.fiscal_year) == ("91", 2019)
    assert told.kpi == "「つくば市に住みたい」ひとの割合"


def test_two_sources_are_told_apart_by_their_numbers(filled, tmp_path):
    folder, path = filled
    book = Book(path)
    book.at("sources", "2", "title").value = "令和元年度　決算書"
    book.at("budgets", "job_fair/settled", "source", "may").value = 2
    nowhere = read_book(book.save(tmp_path / "two.xlsx"), folder)
    assert [(fact.place, fact.note) for fact in nowhere.problems] == [("金額!H14", "empty_needed")]
    book.at("budgets", "job_fair/settled", "place", "may").value = "12ページ"
    found = read_book(book.save(tmp_path / "two.xlsx"), folder)
    assert found.problems == []
    assert [row["source_id"] for row in found.rows["sources"]] == ["tsukuba_2019", "tsukuba_2019_2"]
    of = {(r["program_id"], r["kind"]): r["source_id"] for r in found.rows["budgets"]}
    assert of["job_fair", "settled"] == "tsukuba_2019_2"
    assert of["job_fair", "total"] == "tsukuba_2019"


def test_a_whole_year_of_tsukuba_takes_75_typed_cells_for_39_rows(root, tmp_path):
    folder = copy_last_year(root / "data", tmp_path / "data")
    path = new_year(folder, CODE, YEAR, path=tmp_path / "empty.xlsx")
    book = Book(path)
    typed = {("sources", "1", "title", "new"): "一覧", ("sources", "1", "edition", "may"): "速報版"}
    typed["sources", "1", "published_on", "may"] = "2020-03-31"
    for sheet in plan_sheets(read_last_year(folder, CODE, BEFORE), ABOUT)[1:5]:
        for line in sheet.lines:
            for one in (field for field in sheet.fields if field.role == NEW):
                before = line.texts.get(sheet.find(one.column, "before"), "")
                instead = {"place": "⑤-1", "amount_yen": 500_000}.get(one.column, "")
                if before or instead:
                    typed[sheet.table, line.key, one.column, NEW] = before or instead
    for where, what in typed.items():
        book.at(*where).value = what
    found = read_book(book.save(tmp_path / "whole.xlsx"), folder)
    assert found.problems == []
    rows = [row for rows in found.rows.values() for row in rows]
    assert (len(typed), len(rows)) == (75, 39)
    assert sum(bool(cell) for row in rows for cell in row.values()) > 400
