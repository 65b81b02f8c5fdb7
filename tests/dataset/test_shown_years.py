"""In which fiscal years a source shows a program."""

import shutil

import pandas as pd
import pytest
from folders import PROGRAM, TSUKUBA, append_text, shown_by, source, write_editions
from pandas.testing import assert_frame_equal
from slices import DATA

from analysis import load
from analysis.dataset.tables import PROGRAM_YEAR, SHOWING, TRACED, list_keys

FUKUOKA = [
    "lodging_tax",
    "resident_tax",
    "digital_pr",
    "civil_protection",
    "disaster_groups",
]


def test_measured_years_are_the_evaluated_years_with_a_kpi_or_an_amount(whole):
    expected = pd.DataFrame(
        [("082201", program, 2018) for program in TSUKUBA]
        + [
            ("032018", "growth_field_hub", 2021),
            ("032018", "ai_iot_platform", 2021),
            ("032018", "related_population", 2021),
            ("032018", "six_city_festivals", 2022),
            ("292087", "comprehensive_plan", 2013),
        ]
        + [("080004", "comprehensive_strategy", year) for year in (2016, 2017)]
        + [("080004", "startup_10000", 2017)]
        + [("400009", program, 2024) for program in FUKUOKA]
        + [("272086", program, 2013) for program in ("participation", "flood")]
        + [("012211", "agri_centre", 2019)],
        columns=["government_code", "program_id", "fiscal_year"],
    )
    assert_frame_equal(whole.measured_years, expected.astype({"fiscal_year": "Int64"}))


def test_program_years_hold_what_a_source_shows_without_any_figure_too(whole):
    years = whole.program_years
    assert years.groupby(["government_code", "fiscal_year"]).size().to_dict() == {
        ("032018", 2021): 3,
        ("032018", 2022): 1,
        ("080004", 2016): 1,
        ("080004", 2017): 1 + 12,
        ("080004", 2020): 73,
        ("082201", 2018): 7,
        ("082201", 2021): 1 + 5,
        ("292087", 2013): 1,
        ("400009", 2024): 5,
        ("272086", 2013): 2,
        ("012211", 2019): 1,
    }
    hub = years[years["program_id"] == "professional_talent_hub"]
    assert hub["fiscal_year"].tolist() == [2017, 2020]
    of_2017 = load(DATA, government="080004", fiscal_year=2017).program_years
    assert of_2017["fiscal_year"].tolist() == [2017] * 13


def test_a_program_is_shown_for_each_year_as_the_source_of_that_year_has_it(whole):
    shown = whole.shown_programs
    assert_frame_equal(shown[list(whole.program_years)], whole.program_years)
    hub = shown[shown["program_id"] == "professional_talent_hub"]
    columns = ["fiscal_year", "source_id", "flag", "year_concluded"]
    assert hub[columns].astype("object").fillna("").to_numpy().tolist() == [
        [2017, "ibaraki_grant_2017", "", True],
        [2020, "ibaraki_sme_2020", "expanded", False],
    ]


def test_a_year_is_concluded_where_no_row_and_no_source_prints_it(whole):
    shown = whole.shown_programs
    concluded = shown[shown["year_concluded"]][["government_code", "fiscal_year"]]
    assert concluded.value_counts().to_dict() == {
        ("080004", 2017): 12,
        ("082201", 2021): 6,
        ("032018", 2021): 3,
    }


@pytest.mark.parametrize("beside", [2015, 2017, 2019])
def test_history_and_plans_beside_the_evaluated_year_are_data_and_no_program_years(
    tmp_path, beside
):
    folder = write_editions(tmp_path, source("list_2018"))
    append_text(
        folder / "kpis.csv",
        f"082201,job_fair,consultations,{beside},相談件数,outcome,up,unknown,件,170,200,200,9,final,list_2018,④-4,\n",
    )
    data = load(folder)
    assert data.program_years["fiscal_year"].tolist() == [2018]
    assert data.measured_years["fiscal_year"].tolist() == [2018]
    assert sorted(data.kpis["fiscal_year"]) == sorted([2018, beside])
    assert data.dated_years["fiscal_year"].tolist() == sorted([2018, beside])
    of_beside = load(folder, fiscal_year=beside)
    assert of_beside.kpis["fiscal_year"].tolist() == [beside]
    assert of_beside.program_years["fiscal_year"].tolist() == [beside]


def test_the_budget_of_next_year_is_no_evaluated_year_and_there_for_who_asks(tmp_path):
    folder = write_editions(tmp_path, source("list_2018"))
    amounts = {"kind": "initial", "item": "", **shown_by("list_2018"), **PROGRAM}
    rows = [amounts | {"fiscal_year": 2018 + n, "amount_yen": 100 + n} for n in (0, 1)]
    pd.DataFrame(rows).to_csv(folder / "budgets.csv", index=False)
    assert load(folder).program_years["fiscal_year"].tolist() == [2018]
    assert load(folder).budgets["amount_yen"].tolist() == [100, 101]
    assert load(folder, fiscal_year=2019).budgets["amount_yen"].tolist() == [101]


def test_a_program_that_a_source_only_plans_is_shown_for_the_first_planned_year(whole):
    """盛岡市's list of 令和3年度 shows a program that begins in 令和4年度."""
    years = whole.program_years
    festivals = years[years["program_id"] == "six_city_festivals"]
    assert festivals["fiscal_year"].tolist() == [2022]
    others = years[(years["government_code"] == "032018") & (years["fiscal_year"] == 2021)]
    assert len(others) == 3


def test_a_program_with_history_alone_is_shown_for_the_last_year_told_of(tmp_path):
    folder = write_editions(tmp_path, source("list_2018", fiscal_year=2020))
    append_text(
        folder / "kpis.csv",
        "082201,job_fair,consultations,2016,相談件数,outcome,up,unknown,件,170,200,200,9,final,list_2018,④-4,\n",
    )
    assert load(folder).program_years["fiscal_year"].tolist() == [2018]


def test_a_kpi_from_a_source_that_does_not_describe_its_program_keeps_its_program(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    with (data / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("tsukuba_2019,つくば市,一覧,,2019,,,,,,表題,\n")
    lines = (data / "kpis.csv").read_text(encoding="utf-8").splitlines()
    (row,) = [line for line in lines if "matching_consultations" in line]
    later = row.replace(",2018,合同", ",2019,合同").replace(
        "tsukuba_2018_preliminary", "tsukuba_2019"
    )
    (data / "kpis.csv").write_text("\n".join([*lines, later]) + "\n", encoding="utf-8")
    dataset = load(data, government="082201", fiscal_year=2019)
    assert dataset.programs["program_id"].tolist() == ["job_fair"]
    assert dataset.kpis["fiscal_year"].tolist() == [2019]
    assert dataset.program_years["fiscal_year"].tolist() == [2019]
    of_both = load(data, program="job_fair").program_years["fiscal_year"].tolist()
    assert of_both == [2018, 2019]


def test_every_slice_of_the_data_shows_each_program_in_the_years_that_the_rule_gives(whole):
    """The rule in plain words, over all rows of all editions, for every slice there is."""
    year_of = dict(zip(whole.sources["source_id"], whole.sources["fiscal_year"], strict=True))
    told = [pd.concat([whole.tables[t], whole.revisions[t]]) for t in SHOWING]
    rows = [row for table in told for row in list_keys(table, [*TRACED, "fiscal_year"])]
    programs = pd.concat([whole.programs, whole.revisions["programs"]])
    shown = set()
    for key in {row[:3] for row in rows} | set(list_keys(programs, TRACED)):
        evaluated = year_of[key[2]]
        years = {row[3] for row in rows if row[:3] == key} or {evaluated}
        later = [year for year in years if year >= evaluated]
        shown.add((*key[:2], min(later) if later else max(years)))
    dated = {(*row[:2], row[3]) for row in rows}

    pair = PROGRAM_YEAR[:2]
    known = set(list_keys(programs, pair))
    shown = {key for key in shown if key[:2] in known}
    assert set(list_keys(whole.program_years, PROGRAM_YEAR)) == shown
    for code in {key[0] for key in shown}:
        data = load(DATA, government=code)
        mine = {key for key in shown if key[0] == code}
        assert set(list_keys(data.program_years, PROGRAM_YEAR)) == mine
    for code, program, year in sorted(shown | dated):
        one = load(DATA, government=code, program=program, fiscal_year=int(year))
        assert list_keys(one.program_years, PROGRAM_YEAR) == [(code, program, year)]
    for code, year in {(key[0], key[2]) for key in shown | dated}:
        data = load(DATA, government=code, fiscal_year=int(year))
        in_year = {key for key in shown if (key[0], key[2]) == (code, year)}
        in_year = in_year or {key for key in dated if (key[0], key[2]) == (code, year)}
        assert set(list_keys(data.program_years, PROGRAM_YEAR)) == in_year
