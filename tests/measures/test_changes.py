"""What differs between two editions, on typed rows."""

import pandas as pd
import pytest
from compared import WASTE, edition, tell
from folders import BUDGET, CONSULTATIONS, JOB_FAIR, NEXT, OBSERVATION, RATING, SOURCE

import analysis
from analysis.errors import DataError
from analysis.measures.changes import CHANGE_COLUMNS, count_changes, find_changes, list_touched

FINAL = {"actual_status": "final"}


@pytest.fixture
def compare(tmp_path):
    """Compare two editions, given the tables of each that are not the usual ones."""

    def find(old, new):
        return find_changes(edition(tmp_path / "old", **old), edition(tmp_path / "new", **new))

    return find


def of_part(changes, part):
    return changes[changes["part"] == part]


def test_an_edition_compared_with_itself_has_no_change_but_all_columns(compare):
    changes = compare({"budgets": [BUDGET]}, {"budgets": [BUDGET]})
    assert changes.columns.tolist() == list(CHANGE_COLUMNS)
    assert len(changes) == 0


def test_the_projects_own_data_do_not_differ_from_themselves():
    data = analysis.load("data")
    assert len(find_changes(data, data)) == 0


def test_a_revised_actual_is_told_with_unit_status_and_where_each_was_printed(compare):
    later = CONSULTATIONS | FINAL | {"actual": 152, "place": "p. 3"}
    changes = compare({}, {"kpis": [later]})
    [row] = of_part(changes, "actual").to_dict("records")
    assert (row["table"], row["column"], row["change"]) == ("kpis", "actual", "changed")
    assert (row["earlier"], row["later"]) == (148, 152)
    assert (row["unit_before"], row["unit_after"]) == ("件", "件")
    assert (row["status_before"], row["status_after"]) == ("preliminary", "final")
    assert (row["earlier_source_id"], row["earlier_place"]) == ("tsukuba_2018", "④-4")
    assert (row["later_source_id"], row["later_place"]) == ("tsukuba_2018", "p. 3")
    assert (row["government"], row["program"]) == ("つくば市", "合同就職面接会")
    assert (row["kpi"], row["fiscal_year"]) == ("マッチング相談件数", 2018)


def test_a_source_a_place_and_how_a_number_is_written_are_no_changes(compare):
    renamed = SOURCE | {"source_id": "other"}
    trace = {"source_id": "other", "place": "elsewhere"}
    later = CONSULTATIONS | trace | {"actual": "148.0", "baseline": "170.00"}
    new = {"sources": [renamed], "programs": [JOB_FAIR | trace], "kpis": [later]}
    assert len(compare({}, new)) == 0


def test_zero_is_a_figure_and_not_a_missing_one(compare):
    pending = CONSULTATIONS | {"actual": None, "actual_status": "pending"}
    changes = compare({"kpis": [pending]}, {"kpis": [CONSULTATIONS | {"actual": 0}]})
    told = ("change", "earlier", "later", "status_before", "status_after")
    assert tell(of_part(changes, "actual"), *told) == [
        ("filled", None, 0.0, "pending", "preliminary")
    ]


def test_a_figure_that_is_no_longer_printed_is_withdrawn(compare):
    later = CONSULTATIONS | {"actual": None, "actual_status": "unpublished"}
    told = of_part(compare({}, {"kpis": [later]}), "actual")
    assert tell(told, "change", "earlier", "later", "status_after") == [
        ("withdrawn", 148.0, None, "unpublished")
    ]


def test_a_change_of_the_status_alone_is_told_as_such_and_moves_no_conclusion(compare):
    changes = compare({}, {"kpis": [CONSULTATIONS | FINAL]})
    assert tell(
        changes, "part", "column", "change", "earlier", "later", "status_before", "status_after"
    ) == [("actual", "actual", "status", 148.0, 148.0, "preliminary", "final")]


def test_one_reason_for_no_figure_after_another_is_a_change_of_status(compare):
    pending = CONSULTATIONS | {"actual": None, "actual_status": "pending"}
    unpublished = pending | {"actual_status": "unpublished"}
    changes = compare({"kpis": [pending]}, {"kpis": [unpublished]})
    assert tell(changes, "change", "status_before", "status_after") == [
        ("status", "pending", "unpublished")
    ]


def test_a_target_without_a_status_is_as_final_as_one_that_says_so(compare):
    said = CONSULTATIONS | {"target_status": "final"}
    assert len(compare({}, {"kpis": [said]})) == 0


def test_a_larger_target_of_a_kpi_that_should_fall_is_eased(compare):
    later = WASTE | {"target": 590, "final_target": 570}
    changes = compare({"kpis": [WASTE]}, {"kpis": [later]})
    assert tell(of_part(changes, "target"), "column", "earlier", "later", "way") == [
        ("target", 580.0, 590.0, "eased"),
        ("final_target", 580.0, 570.0, "tightened"),
    ]


def test_a_target_of_a_kpi_without_a_direction_went_neither_way(compare):
    unknown = CONSULTATIONS | {"direction": "unknown"}
    changes = compare({"kpis": [unknown]}, {"kpis": [unknown | {"target": 150}]})
    assert tell(of_part(changes, "target"), "column", "way") == [("target", "unknown")]


def test_targets_in_two_units_are_not_compared(compare):
    changes = compare({}, {"kpis": [CONSULTATIONS | {"target": 2, "unit": "百件"}]})
    assert tell(of_part(changes, "target"), "way", "unit_before", "unit_after") == [
        ("unknown", "件", "百件")
    ]
    assert tell(of_part(changes, "definition"), "column", "earlier", "later") == [
        ("unit", "件", "百件")
    ]


def test_a_target_in_words_that_became_a_number_is_told_with_its_words(compare):
    words = CONSULTATIONS | {"target": None, "target_printed": "充実", "final_target": None}
    number = words | {"target": 200, "target_printed": None}
    changes = compare({"kpis": [words]}, {"kpis": [number]})
    assert tell(of_part(changes, "target"), "change", "earlier", "later") == [
        ("changed", "充実", 200.0)
    ]


def test_a_renamed_kpi_and_program_are_changes_of_what_they_define(compare):
    new = {
        "programs": [JOB_FAIR | {"program": "就職面接会"}],
        "kpis": [CONSULTATIONS | {"kpi": "相談件数", "aggregation": "single_year"}],
    }
    changes = compare({}, new)
    assert tell(changes, "part", "table", "column", "earlier", "later") == [
        ("definition", "programs", "program", "合同就職面接会", "就職面接会"),
        ("definition", "kpis", "kpi", "マッチング相談件数", "相談件数"),
        ("definition", "kpis", "aggregation", "unknown", "single_year"),
    ]
    assert set(changes["program"]) == {"就職面接会"}


def test_a_vanished_kpi_is_one_row_without_its_years_and_judgements(compare):
    earlier = [CONSULTATIONS, WASTE, WASTE | {"fiscal_year": 2017}]
    rating = RATING | {"kpi_id": "waste"}
    old = {"kpis": earlier, "ratings": [rating]}
    changes = compare(old, {"ratings": [RATING]})
    assert tell(of_part(changes, "presence"), "table", "column", "change", "earlier", "later") == [
        ("kpis", "kpi", "gone", "ごみの量", None),
        ("ratings", "grade", "new", None, "B"),
    ]
    assert changes["earlier_place"].tolist()[0] == "④-9"
    assert changes["later_place"].isna().tolist()[0]


def test_a_year_of_a_kpi_that_vanished_is_told_with_its_actual(compare):
    earlier = [CONSULTATIONS, WASTE, WASTE | {"fiscal_year": 2017, "actual": 600}]
    changes = compare(
        {"kpis": [*earlier, CONSULTATIONS | {"fiscal_year": 2017}]},
        {"kpis": [CONSULTATIONS, WASTE, CONSULTATIONS | {"fiscal_year": 2017}]},
    )
    assert tell(changes, "part", "column", "change", "kpi", "fiscal_year", "earlier") == [
        ("presence", "actual", "gone", "ごみの量", 2017, 600.0)
    ]


def test_a_new_program_is_told_with_its_kpis_and_without_its_amounts(compare):
    other = {"program_id": "move"}
    new = {
        "programs": [JOB_FAIR, JOB_FAIR | other | {"program": "移住促進"}],
        "kpis": [CONSULTATIONS, CONSULTATIONS | other],
        "budgets": [BUDGET, BUDGET | other],
    }
    changes = compare({"budgets": [BUDGET]}, new)
    assert tell(changes, "table", "column", "change", "later") == [
        ("programs", "program", "new", "移住促進"),
        ("kpis", "kpi", "new", "マッチング相談件数"),
    ]


def test_a_further_fiscal_year_is_counted_and_no_change(compare):
    trace = {"fiscal_year": 2019, "source_id": "tsukuba_2019"}
    new = {
        "sources": [SOURCE, NEXT],
        "programs": [JOB_FAIR, JOB_FAIR | {"source_id": "tsukuba_2019"}],
        "kpis": [CONSULTATIONS, WASTE, CONSULTATIONS | trace, WASTE | trace],
    }
    changes = compare({"kpis": [CONSULTATIONS, WASTE]}, new)
    assert tell(changes, "part", "table", "change", "fiscal_year", "earlier", "later") == [
        ("years", "kpis", "new_year", 2019, None, 2)
    ]
    assert changes["government"].tolist() == ["つくば市"]
    assert count_changes(changes).differs == 0


def test_amounts_that_vanish_from_a_year_whose_kpis_stay_are_no_year_that_went(compare):
    assert tell(compare({"budgets": [BUDGET]}, {}), "part", "table", "change", "earlier") == [
        ("presence", "budgets", "gone", 3_780_000)
    ]


def test_the_results_of_a_year_that_was_only_planned_are_a_further_year(compare):
    planned = BUDGET | {"fiscal_year": 2019, "kind": "planned"}
    old = {"budgets": [planned]}
    new = {"budgets": [planned], "kpis": [CONSULTATIONS, CONSULTATIONS | {"fiscal_year": 2019}]}
    assert tell(compare(old, new), "part", "table", "change", "fiscal_year", "later") == [
        ("years", "kpis", "new_year", 2019, 1)
    ]


def test_amounts_judgements_and_other_figures_are_parts_of_their_own(compare):
    settled = BUDGET | {"kind": "settled", "amount_yen": 3_500_000}
    old = {"budgets": [BUDGET, settled], "ratings": [RATING], "observations": [OBSERVATION]}
    new = {
        "budgets": [BUDGET | {"amount_yen": 3_700_000}],
        "ratings": [RATING | {"grade": "A"}],
        "observations": [OBSERVATION | {"value": 80}],
    }
    assert tell(
        compare(old, new), "part", "column", "change", "item", "earlier", "later", "unit_before"
    ) == [
        ("presence", "amount_yen", "gone", "settled", 3_500_000, None, "yen"),
        ("amount", "amount_yen", "changed", "total", 3_780_000, 3_700_000, "yen"),
        ("rating", "grade", "changed", None, "B", "A", None),
        ("other", "value", "changed", "参加者", 75.0, 80.0, "人"),
    ]


def test_the_order_of_rows_does_not_matter(compare):
    rows = [CONSULTATIONS, WASTE]
    assert len(compare({"kpis": rows}, {"kpis": rows[::-1]})) == 0


def test_what_is_no_dataset_is_refused(tmp_path):
    data = edition(tmp_path / "data")
    with pytest.raises(DataError, match="new is 'DataFrame'; give what load returns"):
        find_changes(data, data.kpis)


def test_counts_tell_verdicts_by_what_moved_them_and_leave_years_out(compare):
    low = WASTE | {"target": 590}
    changes = compare(
        {"kpis": [CONSULTATIONS, WASTE]},
        {"kpis": [CONSULTATIONS | {"actual": 210}, low, low | {"fiscal_year": 2019}]},
    )
    found = count_changes(changes)
    assert (found.kpis, found.verdicts, found.now_reached, found.by_target) == (2, 2, 2, 1)
    assert (found.no_longer, found.other_verdicts) == (0, 0)
    assert found.ways == {"eased": 1}
    assert found.differs == found.count("actual") + found.count("target") == 2
    assert found.count("years", change="new_year") == 1


def test_programs_with_a_verdict_that_moved_are_listed_first(compare):
    other = CONSULTATIONS | {"program_id": "move"}
    programs = [JOB_FAIR, JOB_FAIR | {"program_id": "move"}]
    old = {"programs": programs, "kpis": [CONSULTATIONS, other]}
    later = [CONSULTATIONS | {"actual": 150}, other | {"actual": 200}]
    new = {"programs": programs, "kpis": later}
    changes = compare(old, new)
    kpis = pd.DataFrame([CONSULTATIONS, other])
    assert list_touched(changes, kpis, kpis) == [
        ("082201", "move", 2018),
        ("082201", "job_fair", 2018),
    ]
