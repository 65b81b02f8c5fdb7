"""Which parts of an evaluation the documents hold of each program."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from slices import DATA, compute

import analysis
from analysis.measures.evaluability import (
    PARTS,
    find_grouping,
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
    "reached": "no",
    "actual_status": "final",
    "target_status": None,
}
NOTHING = {"baseline": None, "target": None, "actual": None, "unit_cost_yen": None}
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


@given(st.permutations(range(7)))
def test_the_order_of_rows_changes_nothing(order):
    data = analysis.load(DATA, government="082201", fiscal_year=2018)
    kpis = compute(data).kpis
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


def test_few_programs_are_shown_one_by_one_many_by_department_several_years_by_year(whole):
    assert find_grouping(whole) == ["government_code", "government", "fiscal_year"]
    of_2020 = whole[whole["fiscal_year"] == 2020]
    assert find_grouping(of_2020) == ["department"]
    assert find_grouping(of_2020.assign(department=None)) == ["project"]
    assert find_grouping(of_2020.head(15)) == ["program"]


def test_there_are_never_more_groups_than_a_figure_can_show(whole):
    towns = pd.concat(
        [whole.head(7).assign(government_code=str(n), government=f"{n}市") for n in range(50)]
    )
    assert find_grouping(towns) == ["fiscal_year"]
    assert find_grouping(towns.head(7 * 40)) == ["government_code", "government", "fiscal_year"]
    years = pd.concat([whole.head(7).assign(fiscal_year=year) for year in range(1980, 2025)])
    assert find_grouping(years) == ["government_code", "government"]
    offices = pd.concat([whole.head(1).assign(department=f"{n}課") for n in range(50)])
    assert find_grouping(offices) == ["project"]


def test_a_final_target_in_words_is_a_target_and_a_dash_is_none():
    words = KPI | {"target": None, "final_target_printed": "増加"}
    shown = pd.DataFrame([SHOWN])
    rated = rate_evaluability(shown, pd.DataFrame([words]), pd.DataFrame(columns=list(AMOUNT)))
    assert rated["target"].tolist() == ["held"]
    dash = pd.DataFrame([words | {"final_target_printed": "－"}])
    rated = rate_evaluability(shown, dash, pd.DataFrame(columns=list(AMOUNT)))
    assert rated["target"].tolist() == ["not_held"]
