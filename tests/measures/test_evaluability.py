"""Which parts of an evaluation the documents hold of each KPI and each program."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import typed
from pandas.testing import assert_frame_equal
from slices import DATA, compute

import analysis
from analysis.measures.evaluability import (
    PARTS,
    count_held,
    list_parts,
    rate_evaluability,
    share_evaluability,
)

FAIR = {"government_code": "082201", "program_id": "fair", "fiscal_year": 2018}
SHOWN = FAIR | {
    "government": "つくば市",
    "program": "面接会",
    "project": None,
    "department": "経済部",
    "start_year": 2016,
    "end_year": 2018,
}
KPI = FAIR | {
    "baseline": 170.0,
    "target": 200.0,
    "final_target": None,
    "target_bound": None,
    "actual": 148.0,
    "unit_cost_yen": 25_540.0,
    "unit_cost_note": "",
    "reached": "no",
    "actual_status": "final",
    "target_status": None,
}
NOTHING = {
    "baseline": None,
    "target": None,
    "actual": None,
    "unit_cost_yen": None,
    "unit_cost_note": "no_actual",
}
AMOUNT = FAIR | {"kind": "total", "amount_yen": 3_780_000}


def rate(kpis=(), budgets=(), shown=(SHOWN,)):
    return rate_evaluability(
        pd.DataFrame(shown),
        pd.DataFrame(kpis, columns=list(KPI)),
        pd.DataFrame(budgets, columns=list(AMOUNT)),
    )


def words(rated):
    """The parts of the one program by word."""
    row = rated.iloc[0]
    found = {word: [p for p in PARTS if row[p] == word] for word in ("held", "partly", "not_held")}
    assert row["parts_held"] == len(found["held"])
    assert row["parts_partly"] == len(found["partly"])
    return found


def test_a_program_with_all_but_its_settled_account_holds_seven_of_eight_parts():
    found = words(rate([KPI], [AMOUNT]))
    assert found["not_held"] == ["settled"]
    assert found["partly"] == []


def test_a_program_without_kpi_and_amount_holds_its_period_alone():
    rated = rate()
    assert words(rated)["held"] == ["period"]
    assert rated.loc[0, ["kpis", "judged"]].tolist() == [0, 0]


def test_a_part_that_some_kpis_have_is_partly_held():
    rated = rate([KPI, KPI | NOTHING | {"reached": "unknown"}])
    assert words(rated)["partly"] == ["baseline", "target", "actual", "unit_cost"]
    assert rated.loc[0, ["kpis", "judged"]].tolist() == [2, 1]


@pytest.mark.parametrize(
    "target",
    [{"final_target": 5000.0}, {"target_bound": "better_than_baseline"}],
    ids=["a final target", "a target in words"],
)
def test_a_target_of_another_kind_is_a_target(target):
    assert rate([KPI | NOTHING | target]).loc[0, "target"] == "held"


@pytest.mark.parametrize(
    ("kind", "budget", "settled"),
    [
        ("total", "held", "not_held"),
        ("initial", "held", "not_held"),
        ("planned", "held", "not_held"),
        ("reported", "partly", "not_held"),
        ("settled", "not_held", "held"),
        ("national_grant", "not_held", "not_held"),
    ],
)
def test_an_amount_is_a_budget_or_a_settled_account_by_its_kind(kind, budget, settled):
    rated = rate(budgets=[AMOUNT | {"kind": kind}])
    assert rated.loc[0, ["budget", "settled"]].tolist() == [budget, settled]


def test_an_amount_without_a_figure_or_of_another_year_is_not_held():
    pending = AMOUNT | {"amount_yen": None}
    earlier = AMOUNT | {"fiscal_year": 2017}
    assert rate(budgets=[pending, earlier]).loc[0, "budget"] == "not_held"


def test_a_period_of_which_one_end_is_printed_is_partly_held():
    assert rate(shown=[SHOWN | {"end_year": None}]).loc[0, "period"] == "partly"
    assert (
        rate(shown=[SHOWN | {"start_year": None, "end_year": None}]).loc[0, "period"] == "not_held"
    )


def test_actuals_still_counted_and_planned_targets_are_counted():
    rated = rate([KPI | NOTHING | {"actual_status": "pending"}, KPI | {"target_status": "planned"}])
    assert rated.loc[0, ["pending", "planned"]].tolist() == [1, 1]


@pytest.fixture(scope="module")
def tsukuba():
    """The data of つくば市 in 2018 and their computed KPIs."""
    data = analysis.load(DATA, government="082201", fiscal_year=2018)
    return data, compute(data).kpis


@given(order=st.permutations(range(7)))
def test_the_order_of_rows_changes_nothing(tsukuba, order):
    data, kpis = tsukuba
    expected = rate_evaluability(data.shown_programs, kpis, data.budgets)
    shuffled = rate_evaluability(
        data.shown_programs, kpis.iloc[list(order)], data.budgets.iloc[list(order)]
    )
    assert_frame_equal(shuffled, expected)


@pytest.fixture(scope="module")
def whole():
    data = analysis.load(DATA)
    return rate_evaluability(data.shown_programs, compute(data).kpis, data.budgets)


def test_the_inputs_are_not_changed():
    shown, kpis = pd.DataFrame([SHOWN]), pd.DataFrame([KPI])
    budgets = pd.DataFrame([AMOUNT])
    before = [table.copy() for table in (shown, kpis, budgets)]
    rate_evaluability(shown, kpis, budgets)
    for table, copy in zip((shown, kpis, budgets), before, strict=True):
        assert_frame_equal(table, copy)


def test_few_program_years_of_the_documents_held_have_a_settled_account_or_can_be_judged(whole):
    assert len(whole) == 113
    assert (whole["kpis"] > 0).sum() == 4 + 4 + 1 + 3 + 5 + 1
    settled = whole[whole["settled"] == "held"]
    assert settled.groupby("government")["program_id"].count().to_dict() == {
        **{"名寄市": 1, "福岡県": 5, "貝塚市": 2},
    }
    judged = whole[whole["judged"] > 0]
    assert judged.groupby("government")["program_id"].count().to_dict() == {
        **{"つくば市": 4, "名寄市": 1, "福岡県": 5, "茨城県": 2},
    }


def test_shares_have_their_denominators_and_parts_sum_to_the_whole(whole):
    by = ["government_code", "government", "fiscal_year"]
    shares = share_evaluability(whole, by)
    assert shares["programs"].sum() == len(whole)
    for part in PARTS:
        assert shares[f"{part}_held"].sum() == (whole[part] == "held").sum()
    tsukuba = shares[shares["government"] == "つくば市"]
    columns = ["fiscal_year", "programs", "kpi_held", "budget_held", "unit_cost_partly", "judged"]
    assert tsukuba[columns].to_numpy().tolist() == [[2018, 7, 4, 7, 1, 4], [2021, 6, 0, 0, 0, 0]]


def test_the_years_of_a_government_stand_together_and_in_order(whole):
    shares = share_evaluability(whole, ["government_code", "government", "fiscal_year"])
    assert shares[["government", "fiscal_year"]].to_numpy().tolist() == [
        *[["つくば市", year] for year in (2018, 2021)],
        *[["盛岡市", year] for year in (2021, 2022)],
        ["御所市", 2013],
        *[["茨城県", year] for year in (2016, 2017, 2020)],
        *[["福岡県", 2024], ["貝塚市", 2013], ["名寄市", 2019]],
    ]


def test_what_is_not_printed_is_a_group_of_its_own(whole):
    projects = share_evaluability(whole, ["project"])
    assert projects["programs"].sum() == len(whole)
    assert projects["project"].isna().sum() == 1


def test_a_final_target_in_words_is_a_target_and_a_dash_is_none():
    words = KPI | {"target": None, "final_target_printed": "増加"}
    shown = pd.DataFrame([SHOWN])
    rated = rate_evaluability(shown, pd.DataFrame([words]), pd.DataFrame(columns=list(AMOUNT)))
    assert rated["target"].tolist() == ["held"]
    dash = pd.DataFrame([words | {"final_target_printed": "－"}])
    rated = rate_evaluability(shown, dash, pd.DataFrame(columns=list(AMOUNT)))
    assert rated["target"].tolist() == ["not_held"]


# --- list_parts ---

TOWN = "082201"
NO, YES = "not_in_source", "final"


def amounts(*rows):
    table = typed("government_code program_id fiscal_year kind amount_yen amount_status", *rows)
    return table.astype({"amount_yen": "Int64", "amount_status": "str"})


PROGRAMS = typed(
    "government_code program_id program start_year end_year",
    (TOWN, "fair", "面接会", 2016, 2018),
    (TOWN, "hub", "拠点", 2016, None),
    (TOWN, "robot", "ロボット", None, None),
    (TOWN, "booklet", "冊子", None, 2018),
)
VALUE_COLUMNS = (
    "government_code program_id kpi_id fiscal_year kpi baseline baseline_status target "
    "target_status actual actual_status final_target unit_cost_yen unit_cost_note"
)


def parts_of(kpi=None, budgets=()):
    """The words for one KPI with every value printed, with some cells changed."""
    cells = {
        **{"government_code": TOWN, "program_id": "hub", "kpi_id": "ideas", "fiscal_year": 2018},
        **{"kpi": "提案", "baseline": 0.0, "baseline_status": None},
        **{"target": 8.0, "target_status": None, "actual": 16.0, "actual_status": "final"},
        **{"final_target": 16.0, "unit_cost_yen": 540_000.0, "unit_cost_note": ""},
    }
    kpis = pd.DataFrame([cells | (kpi or {})])
    programs = PROGRAMS[PROGRAMS["program_id"] == "hub"]
    rows = [(TOWN, "hub", 2018, *budget) for budget in budgets]
    return list_parts(kpis, programs, amounts(*rows)).iloc[0]


def test_each_kpi_has_a_row_of_words_and_a_program_without_one_has_its_own():
    kpis = typed(
        VALUE_COLUMNS,
        (TOWN, "hub", "ideas", 2018, "提案", *(0, None, 8, None, 16, "final", 16), 540_000, ""),
        (
            *(TOWN, "hub", "guests", 2018, "宿泊", None, NO, 30, "planned", None, "pending", None),
            *(None, "no_actual"),
        ),
        (
            *(TOWN, "fair", "talks", 2018, "満足", 170, "preliminary", 200, None, 148, "estimated"),
            *(200, None, "not_a_count"),
        ),
    ).astype({"baseline": "float64", "actual": "float64", "final_target": "float64"})
    budgets = amounts(
        (TOWN, "hub", 2018, "total", 8_640_000, None),
        (TOWN, "fair", 2018, "initial", 3_780_000, None),
        (TOWN, "fair", 2018, "settled", 3_500_000, None),
        (TOWN, "robot", 2018, "reported", 500_000, None),
        (TOWN, "booklet", 2018, "national_grant", 1, None),
    )
    unclear = "nature_not_stated"
    expected = typed(
        "program_id program kpi_id name " + " ".join(PARTS),
        (
            *("fair", "面接会", "talks", "満足"),
            *(YES, "preliminary", YES, "estimated", YES, YES, YES, "not_reckoned"),
        ),
        ("hub", "拠点", "ideas", "提案", YES, YES, YES, YES, YES, NO, "one_end", YES),
        ("hub", "拠点", "guests", "宿泊", YES, NO, "planned", "pending", YES, NO, "one_end", NO),
        ("robot", "ロボット", None, None, NO, NO, NO, NO, unclear, unclear, NO, NO),
        ("booklet", "冊子", None, None, NO, NO, NO, NO, NO, NO, "one_end", NO),
    )
    expected.insert(0, "government_code", TOWN)
    assert_frame_equal(list_parts(kpis, PROGRAMS, budgets), expected)


@pytest.mark.parametrize(
    "status",
    ["preliminary", "estimated", "planned", "pending", "unpublished", "not_in_source", "not_set"],
)
@pytest.mark.parametrize("part", ["baseline", "target", "actual"])
def test_the_status_of_a_value_is_its_word(part, status):
    has_value = status in ("preliminary", "estimated", "planned")
    cells = {part: 5.0 if has_value else None, f"{part}_status": status, "final_target": None}
    assert parts_of(cells)[part] == status


def test_a_value_without_a_status_is_final_where_printed_and_else_not_in_the_source():
    assert parts_of()["baseline"] == "final"
    assert parts_of({"baseline": None})["baseline"] == "not_in_source"
    assert parts_of({"target": None, "final_target": None})["target"] == "not_in_source"


def test_a_final_target_is_a_target_with_its_own_status():
    cells = {"target": None, "target_status": "not_set"}
    assert parts_of(cells)["target"] == "final"
    assert parts_of(cells | {"final_target_status": "planned"})["target"] == "planned"
    assert parts_of(cells | {"final_target": None})["target"] == "not_set"


def test_a_target_in_words_is_a_part_of_the_plan():
    nothing = {"target": float("nan"), "final_target": float("nan")}
    assert parts_of(nothing | {"target_printed": "充実"})["target"] == "final"
    assert parts_of(nothing | {"final_target_bound": "better_than_baseline"})["target"] == "final"
    assert parts_of(nothing | {"target_printed": "－"})["target"] == "not_in_source"


@pytest.mark.parametrize(
    ("note", "word"),
    [
        ("no_cost", NO),
        ("no_actual", NO),
        ("not_a_count", "not_reckoned"),
        ("level_kpi", "not_reckoned"),
    ],
)
def test_a_unit_cost_that_means_nothing_is_not_said_to_be_missing_from_the_source(note, word):
    assert parts_of({"unit_cost_yen": None, "unit_cost_note": note})["unit_cost"] == word


@pytest.mark.parametrize(
    ("budgets", "budget", "settled"),
    [
        ([], NO, NO),
        ([("total", 1, None)], YES, NO),
        ([("initial", 1, None)], YES, NO),
        ([("settled", 1, None)], NO, YES),
        ([("total", 1, None), ("settled", 1, None)], YES, YES),
        ([("reported", 1, None)], "nature_not_stated", "nature_not_stated"),
        ([("national_grant", 1, None), ("unused", 1, None)], NO, NO),
        ([("total", 1, None), ("reported", 1, None)], YES, "nature_not_stated"),
        ([("total", pd.NA, "pending"), ("initial", 1, None)], YES, NO),
        ([("reported", pd.NA, None)], NO, NO),
    ],
)
def test_the_words_for_the_amounts_say_which_kinds_are_printed(budgets, budget, settled):
    assert parts_of(budgets=budgets)[["budget", "settled"]].tolist() == [budget, settled]


@pytest.mark.parametrize(
    ("part", "amount"),
    [
        ("settled", ("settled", pd.NA, "pending")),
        ("settled", ("settled", 1, "preliminary")),
        ("budget", ("total", pd.NA, "unpublished")),
        ("budget", ("planned", 1, "planned")),
    ],
)
def test_the_status_of_an_amount_is_its_word(part, amount):
    assert parts_of(budgets=[amount])[part] == amount[2]


def test_an_amount_of_one_year_is_not_held_of_another():
    words = parts_of({"fiscal_year": 2019}, [("total", 1, None), ("settled", 1, None)])
    assert words[["budget", "settled"]].tolist() == [NO, NO]


def test_of_a_program_without_a_kpi_and_without_a_year_an_amount_of_any_year_counts():
    none, budgets = typed(VALUE_COLUMNS), amounts((TOWN, "hub", 2018, "total", 1, None))
    hub = PROGRAMS[PROGRAMS["program_id"] == "hub"]
    assert list_parts(none, hub, budgets)["budget"].tolist() == ["final"]
    assert list_parts(none, hub.assign(fiscal_year=2019), budgets)["budget"].tolist() == [NO]


def test_an_amount_for_several_years_is_no_budget_of_the_year():
    budgets = amounts((TOWN, "hub", 2018, "total", 50_000, None))
    programs = PROGRAMS[PROGRAMS["program_id"] == "hub"]
    for last_year, word in ((None, "final"), (2022, "not_in_source")):
        held = budgets.assign(last_year=pd.array([last_year], dtype="Int64"))
        assert list_parts(typed(VALUE_COLUMNS), programs, held)["budget"].tolist() == [word]


def test_without_any_kpi_every_program_still_has_its_row():
    listed = list_parts(typed(VALUE_COLUMNS), PROGRAMS, amounts())
    assert listed["program_id"].tolist() == ["fair", "hub", "robot", "booklet"]
    assert listed["name"].isna().all()
    assert set(listed[["kpi", "baseline", "target", "actual"]].to_numpy().ravel()) == {NO}


def test_a_program_named_by_two_sources_does_not_double_its_kpis():
    renamed = pd.concat([PROGRAMS, PROGRAMS.iloc[[1]].assign(program="新拠点")])
    row = (TOWN, "hub", "ideas", 2018, "提案", 0, None, 8, None, 16, "final", 16, None, "no_cost")
    listed = list_parts(typed(VALUE_COLUMNS, row), renamed, amounts())
    assert listed["kpi_id"].dropna().tolist() == ["ideas"]
    assert listed["program"].tolist() == ["面接会", "ロボット", "冊子", "新拠点"]


HELD = {"final", "preliminary", "estimated", "planned"}


def rate_by_hand(part, words):
    """What the words of a program's KPIs come to, written out."""
    half = {"budget": "nature_not_stated", "period": "one_end"}.get(part)
    if all(word in HELD for word in words):
        return "held"
    return "partly" if any(word in HELD or word == half for word in words) else "not_held"


def test_the_parts_of_kpis_and_those_of_programs_never_disagree_in_all_of_the_data():
    data = analysis.load(DATA)
    compared = 0
    for government, year in (
        data.program_years[["government_code", "fiscal_year"]].drop_duplicates().to_numpy()
    ):
        measured = compute(analysis.load(DATA, government, int(year)))
        by_program = dict(list(measured.parts.groupby(["government_code", "program_id"])))
        for row in measured.evaluability.to_dict("records"):
            parts = by_program[row["government_code"], row["program_id"]]
            assert {p: rate_by_hand(p, parts[p].tolist()) for p in PARTS} == {
                p: row[p] for p in PARTS
            }
            assert (parts["kpi"] == "final").sum() == row["kpis"]
            compared += 1
    assert compared == 113


def test_programs_with_reports_of_their_own_are_left_out_of_what_only_the_portfolio_shows():
    data = analysis.load(DATA)
    left = analysis.leave_out(data.ratings, data.measured_years)
    assert left["program_id"].tolist() == ["industry_strategy"]
    nothing = analysis.leave_out(data.ratings.iloc[:0], data.measured_years)
    assert list(nothing) == list(data.ratings)


def test_parts_are_held_where_the_documents_hold_anything_of_them():
    words = dict.fromkeys(PARTS, "not_in_source") | {"kpi": "final", "actual": "estimated"}
    parts = pd.DataFrame([words, words | {"unit_cost": "not_reckoned", "actual": "pending"}])
    assert count_held(parts).tolist() == [2, 1]
