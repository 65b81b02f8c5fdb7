"""The publications with settled accounts against a second transcription, figure by figure."""

import pandas as pd
import pytest
from second_transcription_of_costs import FIGURES, MONEY, OBSERVED, POLICIES, RATES
from slices import DATA

from analysis import (
    add_achievement,
    add_costs,
    add_execution,
    audit_execution,
    audit_rates,
    audit_unit_costs,
    compare_programs,
    find_cost_basis,
    load,
    place_on_plane,
    simulate_order,
    sum_costs,
)

SOURCES = ("fukuoka_r7", "kaizuka_h25", "nayoro_r2")
KIND = {"決算": "settled", "当初": "initial", "予算": ("initial", "total")}


@pytest.fixture(scope="module")
def data():
    return load(DATA)


def of_sources(table):
    return table[table["source_id"].isin(SOURCES)]


def find_amount(budgets, program, year, label):
    """The amount that a second hand called so: an item and the kind of its column."""
    rows = budgets[(budgets["program_id"] == program) & (budgets["fiscal_year"] == year)]
    item, _, kind = label.rpartition(" ")
    if kind in KIND:
        kinds = [KIND[kind]] if isinstance(KIND[kind], str) else KIND[kind]
        rows = rows[rows["kind"].isin(kinds) & (rows["nature"].fillna("") != "full")]
        rows = rows[rows["item"].fillna("") == item]
    else:
        rows = rows[rows["item"] == label]
    return rows["amount_yen"].tolist()


def test_every_amount_of_the_second_transcription_stands_in_the_data(data):
    budgets = of_sources(data.budgets)
    for program, years in MONEY.items():
        for year, amounts in years.items():
            for label, thousand in amounts.items():
                found = find_amount(budgets, program, year, label)
                assert found == [thousand * 1000], (program, year, label)


def test_every_target_and_actual_of_the_second_transcription_stands_in_the_data(data):
    kpis = of_sources(data.kpis).set_index(["program_id", "kpi_id", "fiscal_year"])
    for (program, kpi, final), years in FIGURES.items():
        for year, *figures in years:
            row = kpis.loc[(program, kpi, year)]
            held = row[["target", "actual"]].tolist()
            assert held == pytest.approx(
                [float("nan") if f == "-" else float(f) for f in figures], nan_ok=True
            ), (program, kpi, year)
            if final != "-":
                assert row["final_target"] == float(final), (program, kpi, year)


def test_observations_policies_and_rates_are_those_of_the_second_transcription(data):
    observed = of_sources(data.observations).set_index(["program_id", "what", "fiscal_year"])
    for key, value in OBSERVED.items():
        assert observed.loc[key, "value"] == value, key
    ratings = of_sources(data.ratings)
    policies = ratings.dropna(subset=["policy"]).set_index("program_id")["policy"]
    assert policies[list(POLICIES)].to_dict() == POLICIES
    rates = ratings.dropna(subset=["published_rate"])
    printed = rates.set_index("fiscal_year")["published_rate_printed"]
    assert printed.to_dict() == RATES


def test_the_printed_sums_of_kaizuka_are_those_of_their_parts(data):
    budgets = data.budgets[data.budgets["source_id"] == "kaizuka_h25"]
    settled = budgets[budgets["kind"] == "settled"]
    keys = ["program_id", "fiscal_year"]
    full = settled[settled["nature"] == "full"].set_index(keys)["amount_yen"]
    parts = settled[settled["nature"].fillna("") != "full"].groupby(keys)["amount_yen"].sum()
    assert full.sort_index().tolist() == parts.sort_index().tolist()


def test_kaizukas_execution_compares_like_with_like():
    # 直接事業費: 17,790 of 22,170 and 247,800 of 311,324 thousand yen; 人件費 is left out
    data = load(DATA, government="272086", fiscal_year=2013)
    executed = add_execution(data.program_years, data.budgets).set_index("program_id")
    rates = executed["execution_rate"].round(3)
    assert rates.to_dict() == {"participation": 0.802, "flood": 0.796}


def test_kaizukas_cost_per_head_is_full_cost_over_its_89800_people():
    # 52,151 and 285,088 thousand yen over 89,800 print 0.58 and 3.17 thousand yen a head
    data = load(DATA, government="272086", fiscal_year=2013)
    audit = audit_unit_costs(data.kpis, data.budgets, data.observations).set_index("printed")
    assert audit.loc[["0.58", "3.17"], "explained_by"].tolist() == ["settled_with_personnel"] * 2
    assert set(audit.loc[["0.58", "3.17"], "results"]) == {89_800.0}


def test_every_cost_per_head_of_kaizuka_is_explained():
    # 貝塚市 H25: 82,338 and 40,524 over 89,800; H24: 89,423 over 90,267
    data = load(DATA, government="272086", fiscal_year=2013)
    audit = audit_unit_costs(data.kpis, data.budgets, data.observations)
    assert audit["finding"].tolist() == ["explained"] * 6
    by = audit.set_index("printed")["explained_by"]
    assert by[["0.92", "0.45"]].tolist() == ["一般財源1", "一般財源1（予算）"]
    assert by[["0.25", "3.47"]].tolist() == ["initial"] * 2
    data = load(DATA, government="272086")
    audit = audit_unit_costs(data.kpis, data.budgets, data.observations)
    year = audit[audit["fiscal_year"] == 2012].set_index("printed")
    assert year.loc["0.99", ["explained_by", "results"]].tolist() == ["一般財源1", 90_267.0]


def test_kaizukas_two_programs_have_costs_of_one_nature():
    # 直接事業費 and 間接事業費, in thousand yen: 17,790 + 0; 247,800 + 1,010
    data = load(DATA, government="272086", fiscal_year=2013)
    [row] = sum_costs(find_cost_basis(data.budgets)).to_dict("records")
    assert (row["cost_natures"], row["programs"]) == ("direct", 2)
    assert row["cost_yen"] == (17_790 + 247_800 + 1_010) * 1000


def test_fukuokas_personnel_turns_the_frontier_and_three_orders_round():
    # 国民保護 1,193 + 14,831; 自主防災 2,107 + 3,807; 宿泊税 1,382 + 38,484 thousand yen
    data = load(DATA, government="400009", fiscal_year=2024)
    kpis = add_achievement(data.kpis)
    table = compare_programs(data.program_years, data.programs, kpis, data.budgets)
    full = table.set_index("program_id")["full_cost_yen"] // 1000
    assert full.to_dict() == {
        **{"lodging_tax": 39_866, "resident_tax": 260_864, "digital_pr": 64_223},
        **{"civil_protection": 16_024, "disaster_groups": 5_914},
    }
    assert set(table["full_cost_note"]) == {"personnel_reckoned"}
    placed = place_on_plane(table).set_index("program_id")
    assert placed.index[placed["on_frontier"] == "yes"].tolist() == ["civil_protection"]
    assert placed.index[placed["on_frontier_full"] == "yes"].tolist() == ["disaster_groups"]
    order = simulate_order(table, kpis, draws=2_000)
    assert order["changes_with_personnel"].value_counts().to_dict() == {"no": 7, "yes": 3}


def test_nayoros_printed_rates_of_execution_and_achievement_are_explained():
    data = load(DATA, government="012211")
    executed = audit_execution(data.budgets)
    assert set(executed["finding"]) == {"explained"}
    assert executed["published_execution_rate_printed"].tolist() == ["99", "100", "100", "95"]
    rates = audit_rates(add_achievement(data.kpis), data.ratings)
    assert rates["explained_by"].tolist() == ["achievement_rate"] * 3


def test_fukuokas_unit_costs_rest_on_settled_accounts_without_staff():
    # 42,345 thousand yen for three KPIs; 225,115 page views cost 62.7 to 188.1 yen each
    data = load(DATA, government="400009", fiscal_year=2024)
    kpis = add_costs(add_achievement(data.kpis), data.budgets).set_index("kpi_id")
    views = kpis.loc["pageviews"]
    assert (views["cost_basis"], views["cost_yen"]) == ("settled", 42_345_000)
    assert [round(views[f"unit_cost_{end}_yen"], 1) for end in ("low", "high")] == [62.7, 188.1]
    assert pd.isna(kpis.loc["extra_revenue", "unit_cost_yen"])
    assert kpis.loc[["channel", "line"], "unit_cost_note"].tolist() == ["level_kpi"] * 2
    assert round(kpis.loc["extra_revenue", "gain_per_yen_high"], 1) == 103.5
    # with staff: 64,223 thousand yen; 19,317 + 241,547 = 260,864 for 10億円, once for two KPIs
    full = [round(views[f"unit_cost_with_personnel_{end}_yen"], 1) for end in ("low", "high")]
    assert full == [95.1, 285.3]
    gains = kpis.loc["extra_revenue", ["gain_per_yen_with_personnel_low"]].astype("float64")
    assert gains.round(1).tolist() == [3.8]
