"""What stands in the workbook: last year's rows, and as little to type as there is to know."""

import pytest
from intake.filling import BEFORE, CODE, YEAR, copy_last_year

from analysis import DataError
from analysis.intake.template import (
    NEW,
    About,
    LastYear,
    count_cells,
    name_line,
    plan_sheets,
    read_last_year,
)

ABOUT = About(CODE, "つくば市", YEAR, BEFORE)


@pytest.fixture(scope="module")
def last(root, tmp_path_factory):
    folder = copy_last_year(root / "data", tmp_path_factory.mktemp("last") / "data")
    return read_last_year(folder, CODE, BEFORE)


@pytest.fixture(scope="module")
def sheets(last):
    return {sheet.table: sheet for sheet in plan_sheets(last, ABOUT)}


def texts(sheet, number, *roles):
    """What a line shows, by column."""
    line = sheet.lines[number]
    return {one.column: text for one, text in line.texts.items() if one.role in roles}


def test_a_further_year_of_tsukuba_asks_for_its_new_figures_and_one_source(sheets):
    counts = {table: count_cells(sheet) for table, sheet in sheets.items()}
    assert counts == {
        "sources": (1, 1),
        "programs": (7, 7),  # where in the source each stands
        "kpis": (14, 7),  # targets and actuals
        "budgets": (14, 0),  # last year's seven totals, and an account beside each
        "ratings": (40, 0),  # four words of ten judgements
        "observations": (12, 0),
    }
    assert sum(all_of for all_of, _ in counts.values()) == 88


def test_last_years_words_are_kept_and_its_figures_stand_beside(sheets):
    kpi = texts(sheets["kpis"], 2, "name", "kept")
    assert kpi["kpi"] == "東京圏からつくば市内への年間転入者数"
    assert (kpi["unit"], kpi["baseline"], kpi["direction"]) == ("人", "4194", "増やす")
    assert texts(sheets["kpis"], 2, "before") == {"target": "4630", "actual": "推 4,600"}
    assert not any(one.role == NEW for line in sheets["kpis"].lines for one in line.texts)


def test_figures_of_other_years_are_not_gone_on_with(last, sheets):
    assert {row["fiscal_year"] for row in last.tables["observations"]} == {"2018"}
    assert {row["fiscal_year"] for row in last.tables["budgets"]} == {"2018"}


def test_beside_a_budget_without_an_account_there_is_room_for_one(sheets):
    kinds = [line.key.split("/")[1] for line in sheets["budgets"].lines]
    assert kinds == ["total", "settled"] * 7


def test_the_source_of_the_year_has_a_name_that_the_folder_does_not_have(last, sheets):
    names = [texts(sheets["sources"], n, "kept")["source_id"] for n in range(3)]
    assert names == ["tsukuba_2019", "tsukuba_2019_2", "tsukuba_2019_3"]
    taken = LastYear(last.tables, last.rubrics, frozenset({"tsukuba_2019"}))
    again = {sheet.table: sheet for sheet in plan_sheets(taken, ABOUT)}
    assert texts(again["sources"], 0, "kept")["source_id"] == "tsukuba_2019_2"


def test_columns_that_no_row_of_last_year_uses_are_left_out(sheets):
    columns = {one.column for one in sheets["ratings"].fields}
    assert {"effectiveness", "efficiency", "grade", "progress"} < columns
    assert not columns & {"policy", "rated_by", "published_rate"}
    assert "instruments" not in sheets  # none of its programs has any


def test_a_first_year_is_empty_and_has_room(last):
    about = About("143669", "開成町", 2021)
    first = {
        sheet.table: sheet for sheet in plan_sheets(last.__class__(rubrics=last.rubrics), about)
    }
    assert not first["kpis"].lines
    assert first["kpis"].empty >= 50
    assert all(one.role not in ("before", "row") for one in first["kpis"].fields)
    assert texts(first["sources"], 0, "kept")["source_id"] == "143669_2021"


def test_a_row_is_called_by_its_key():
    amount = {"program_id": "fair", "fiscal_year": "2018", "kind": "settled", "item": "人件費"}
    assert name_line("budgets", amount) == "fair/settled/人件費"
    assert name_line("budgets", amount | {"item": ""}) == "fair/settled"


def test_a_year_that_is_not_there_is_refused(root):
    with pytest.raises(DataError, match="2015"):
        read_last_year(root / "data", CODE, 2015)
