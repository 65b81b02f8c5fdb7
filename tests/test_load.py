import json
import os
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import DataError, load
from analysis.dataset.folder import keep_folder
from analysis.dataset.tables import TABLES
from analysis.environment import READS_VARIABLE, ROOT_VARIABLE

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
TSUKUBA = [
    "support_robot_trial",
    "youth_life_plan",
    "lifestyle_seminar",
    "job_fair",
    "child_at_work",
    "migration_promotion",
    "local_hub_cocreation",
]
FUKUOKA = [
    "lodging_tax",
    "resident_tax",
    "digital_pr",
    "civil_protection",
    "disaster_groups",
]
PLANS = ["comprehensive_plan", "comprehensive_strategy"]
MORIOKA = ["growth_field_hub", "ai_iot_platform", "related_population", "six_city_festivals"]

PROGRAM = {"government_code": "082201", "program_id": "job_fair"}
KPI = {
    **PROGRAM,
    "kpi_id": "consultations",
    "fiscal_year": 2018,
    "kpi": "マッチング相談件数",
    "kpi_kind": "outcome",
    "direction": "up",
    "aggregation": "unknown",
    "unit": "件",
    "baseline": 170,
    "target": 200,
    "final_target": 200,
}


def source(source_id, edition="", fiscal_year=2018, published_on=""):
    return {
        "source_id": source_id,
        "publisher": "つくば市",
        "title": "指標一覧",
        "edition": edition,
        "fiscal_year": fiscal_year,
        "published_on": published_on,
        "place": "表題",
        "inferred": "",
    }


def shown_by(source_id):
    return {"source_id": source_id, "place": "④-4", "inferred": ""}


def write_editions(folder, *sources):
    """Write a program and one KPI as each source shows them; the actual counts the sources up."""
    names = [s["source_id"] for s in sources]
    program = PROGRAM | {"government": "つくば市", "program": "合同就職面接会"}
    tables = {
        "sources": sources,
        "programs": [program | shown_by(name) for name in names],
        "kpis": [
            KPI | {"actual": number, "actual_status": "final"} | shown_by(name)
            for number, name in enumerate(names, 1)
        ],
    }
    for table, rows in tables.items():
        pd.DataFrame(rows).to_csv(folder / f"{table}.csv", index=False)
    return folder


def append(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def whole():
    return load(DATA)


@pytest.fixture
def copied(tmp_path):
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def sizes(dataset):
    """The number of rows of each table that has any; reasons belong to every slice."""
    counts = {name: len(table) for name, table in dataset.tables.items() if len(table)}
    assert counts.pop("reasons", 0) == len(dataset.reasons)
    return counts


def rows(kpis):
    return kpis[["source_id", "actual"]].to_numpy().tolist()


def programs(dataset):
    return dataset.programs["program_id"].tolist()


def test_the_whole_folder_keeps_every_row_in_the_order_of_the_files(whole):
    assert sizes(whole) == {
        "sources": 13,
        "programs": 111,  # one program stands in two sources
        "budgets": 144,
        "kpis": 88,
        "ratings": 33,
        "observations": 82,
        "instruments": 181,
        "strategies": 6,
        "strategy_items": 15,
        "links": 25,
        "grants": 4,
    }
    assert programs(whole)[: len(TSUKUBA + MORIOKA + PLANS)] == TSUKUBA + MORIOKA + PLANS


def test_every_table_has_all_defined_columns_in_their_order(whole):
    assert {name: list(table) for name, table in whole.tables.items()} == {
        name: list(table.columns) for name, table in TABLES.items()
    }


def test_a_slice_by_government_holds_its_rows_and_sources_only(whole):
    morioka = load(DATA, government="032018")
    assert sizes(morioka) == {
        "sources": 1,
        "programs": 4,
        "budgets": 3,
        "kpis": 14,
        "observations": 2,
    }
    assert programs(morioka) == MORIOKA
    assert morioka.sources["source_id"].tolist() == ["morioka_2021"]
    expected = whole.kpis[whole.kpis["government_code"] == "032018"].reset_index(drop=True)
    assert_frame_equal(morioka.kpis, expected)


def test_a_slice_by_program_holds_its_rows_only():
    fair = load(DATA, program="job_fair")
    assert sizes(fair) == {
        "sources": 1,
        "programs": 1,
        "budgets": 1,
        "kpis": 1,
        "ratings": 1,
        "observations": 4,
    }
    assert fair.budgets["amount_yen"].tolist() == [3_780_000]
    assert fair.kpis[["baseline", "target", "actual"]].iloc[0].tolist() == [170, 200, 148]
    assert fair.observations["value"].tolist() == [53, 7, 75, 72]


def test_a_slice_by_year_holds_the_programs_with_a_figure_or_judgement_of_that_year():
    assert programs(load(DATA, fiscal_year=2018)) == [*TSUKUBA, "agri_centre"]
    assert programs(load(DATA, government="082201", fiscal_year=2018)) == TSUKUBA


def test_a_program_planned_for_2022_is_not_in_the_slice_of_2021_printed_in_the_same_source():
    of_2021 = load(DATA, government="032018", fiscal_year=2021)
    assert programs(of_2021) == ["growth_field_hub", "ai_iot_platform", "related_population"]
    assert sizes(of_2021) == {
        "sources": 1,
        "programs": 3,
        "budgets": 3,
        "kpis": 10,
    }


def test_the_slice_of_2022_holds_the_planned_program_alone():
    of_2022 = load(DATA, government="032018", fiscal_year=2022)
    assert programs(of_2022) == ["six_city_festivals"]
    assert sizes(of_2022) == {
        "sources": 1,
        "programs": 1,
        "kpis": 4,
        "observations": 2,
    }


def test_government_year_and_program_together_are_one_program_in_one_year():
    hub = load(DATA, government="082201", fiscal_year=2018, program="local_hub_cocreation")
    assert hub.kpis["kpi_id"].tolist() == [
        "business_income",
        "collaborations",
        "ideas_proposed",
        "platform_meetings",
    ]
    assert hub.ratings["grade"].tolist() == ["B", "B", "S", "S"]
    assert hub.budgets["amount_yen"].tolist() == [8_640_000]


def test_observations_of_an_earlier_year_that_a_judgement_quotes_stay_in_the_slice():
    plan = load(DATA, fiscal_year=2018, program="youth_life_plan").observations
    expected = pd.DataFrame(
        {
            "fiscal_year": pd.Series([2017, 2017, 2017, 2017, 2017, 2018], dtype="Int64"),
            "value": [2277, 110, 4.8, 46.3, 76.3, None],
        }
    )
    assert_frame_equal(plan[["fiscal_year", "value"]], expected)


def test_the_rows_of_a_slice_are_numbered_from_zero():
    of_2022 = load(DATA, government="032018", fiscal_year=2022)
    assert of_2022.kpis.index.tolist() == [0, 1, 2, 3]
    assert of_2022.programs.index.tolist() == [0]
    assert of_2022.sources.index.tolist() == [0]


def test_a_program_without_any_figure_belongs_to_the_year_of_its_source(tmp_path):
    folder = write_editions(tmp_path, source("list_2018"), source("list_2019", fiscal_year=2019))
    append(folder / "programs.csv", "082201,seminar,つくば市,セミナー,list_2019,④-3,\n")
    append(
        folder / "kpis.csv",
        "082201,job_fair,consultations,2019,相談件数,outcome,up,unknown,件,170,200,200,9,final,list_2019,④-4,\n",
    )
    assert programs(load(folder, fiscal_year=2018)) == ["job_fair"]
    assert programs(load(folder, fiscal_year=2019)) == ["job_fair", "seminar"]


def test_an_empty_slice_is_an_error_that_lists_what_there_is():
    with pytest.raises(DataError) as error:
        load(DATA, program="jobfair")
    lines = str(error.value).splitlines()
    assert lines[0] == "the data hold nothing for program 'jobfair'; there is:"
    listed = [line.split()[:3] for line in lines[1:]]
    assert listed[: 7 + 4 + 2] == [
        *[["082201", "つくば市", program] for program in TSUKUBA],
        *[["032018", "盛岡市", program] for program in MORIOKA],
        ["292087", "御所市", "comprehensive_plan"],
        ["080004", "茨城県", "comprehensive_strategy"],
    ]
    assert len({(code, program) for code, _, program in listed}) == len(listed) == 111


def test_an_empty_slice_of_a_government_lists_what_that_government_has():
    with pytest.raises(DataError) as error:
        load(DATA, government="032018", fiscal_year=2018)
    lines = str(error.value).splitlines()
    assert "government '032018'" in lines[0]
    assert "fiscal_year 2018" in lines[0]
    assert [line.split()[:3] for line in lines[1:]] == [
        ["032018", "盛岡市", program] for program in MORIOKA
    ]


def test_a_government_that_is_not_there_is_an_error_that_lists_those_that_are():
    with pytest.raises(DataError, match="nothing for government '011002'") as error:
        load(DATA, government="011002")
    assert "082201 つくば市" in str(error.value)
    assert "032018 盛岡市" in str(error.value)


def test_a_government_code_given_as_a_number_is_an_error_that_says_to_quote_it():
    with pytest.raises(DataError, match="82201 is not text: write the code in quotes"):
        load(DATA, government=82201)


def test_a_relative_folder_is_found_from_a_folder_below(copied, monkeypatch):
    replace(copied / "kpis.csv", ",170,", ",171,")
    deep = copied.parent / "notebooks" / "drafts"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert load("data", program="job_fair").kpis["baseline"].tolist() == [171]


def test_a_relative_folder_of_the_working_folder_goes_before_one_above(tmp_path, monkeypatch):
    near = tmp_path / "here" / "data"
    for folder, name in ((tmp_path / "data", "above"), (near, "near")):
        folder.mkdir(parents=True)
        write_editions(folder, source(name))
    monkeypatch.chdir(near.parent)
    assert load("data").sources["source_id"].tolist() == ["near"]


def test_a_folder_that_is_nowhere_is_an_error(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match="no_such_data: there is no such folder here or above"):
        load("no_such_data")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param(
            source("first", "速報版", published_on="2020-01-31"),
            source("second", "確定版", published_on="2019-10-01"),
            id="a final edition follows a preliminary one whatever the day",
        ),
        pytest.param(
            source("first", "速報版"), source("second"), id="an unnamed edition follows a 速報版"
        ),
        pytest.param(
            source("first"), source("second", "確定版"), id="a 確定版 follows an unnamed edition"
        ),
        pytest.param(
            source("first", "確定版", published_on="2019-10-01"),
            source("second", "確定版", published_on="2019-11-01"),
            id="of two final editions the one of the later day",
        ),
        pytest.param(
            source("first", "確定版", fiscal_year=2018),
            source("second", "速報版", fiscal_year=2019),
            id="the publication of the later year",
        ),
    ],
)
def test_the_latest_edition_of_a_figure_is_loaded_and_the_other_is_a_revision(
    tmp_path, earlier, later
):
    data = load(write_editions(tmp_path, later, earlier))
    assert rows(data.kpis) == [["second", 1]]
    assert rows(data.revisions["kpis"]) == [["first", 2]]
    assert data.programs["source_id"].tolist() == ["second"]
    assert data.revisions["programs"]["source_id"].tolist() == ["first"]


def test_both_editions_stay_among_the_sources(tmp_path):
    data = load(write_editions(tmp_path, source("draft", "速報版"), source("settled", "確定版")))
    assert rows(data.kpis) == [["settled", 2]]
    assert data.sources["source_id"].tolist() == ["draft", "settled"]
    assert data.revisions["sources"].empty


def test_of_three_editions_two_are_revisions(tmp_path):
    folder = write_editions(
        tmp_path,
        source("corrected", "確定版", published_on="2020-02-01"),
        source("draft", "速報版"),
        source("settled", "確定版", published_on="2019-10-01"),
    )
    data = load(folder)
    assert data.kpis["source_id"].tolist() == ["corrected"]
    assert data.revisions["kpis"]["source_id"].tolist() == ["draft", "settled"]


def test_a_kpi_that_only_the_preliminary_edition_shows_stays(tmp_path):
    folder = write_editions(tmp_path, source("draft", "速報版"), source("settled", "確定版"))
    append(
        folder / "kpis.csv",
        "082201,job_fair,visitors,2018,参加者数,outcome,up,unknown,人,170,200,200,75,preliminary,draft,④-4,\n",
    )
    data = load(folder)
    assert data.kpis[["kpi_id", "source_id"]].to_numpy().tolist() == [
        ["consultations", "settled"],
        ["visitors", "draft"],
    ]


def test_the_same_kpi_in_two_years_is_no_revision(tmp_path):
    folder = write_editions(tmp_path, source("list_2018"))
    append(
        folder / "kpis.csv",
        "082201,job_fair,consultations,2017,相談件数,outcome,up,unknown,件,170,200,200,9,final,list_2018,④-4,\n",
    )
    data = load(folder)
    assert data.kpis["fiscal_year"].tolist() == [2018, 2017]
    assert data.revisions["kpis"].empty


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
    append(
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
    append(
        folder / "kpis.csv",
        "082201,job_fair,consultations,2016,相談件数,outcome,up,unknown,件,170,200,200,9,final,list_2018,④-4,\n",
    )
    assert load(folder).program_years["fiscal_year"].tolist() == [2018]


def settled_in_two_editions(folder, supersedes):
    """速報 prints 物件費 100 and 人件費 50, 確定 prints 160 in one."""
    write_editions(
        folder,
        source("draft", "速報") | {"supersedes": ""},
        source("settled", "確定") | {"supersedes": supersedes},
    )
    amount = {**PROGRAM, "fiscal_year": 2018, "kind": "settled"}
    rows = [
        amount | {"item": "物件費", "amount_yen": 100, **shown_by("draft")},
        amount | {"item": "人件費", "amount_yen": 50, **shown_by("draft")},
        amount | {"item": "", "amount_yen": 160, **shown_by("settled")},
    ]
    pd.DataFrame(rows).to_csv(folder / "budgets.csv", index=False)
    return folder


def test_an_edition_that_supersedes_replaces_all_amounts_whatever_their_items(tmp_path):
    data = load(settled_in_two_editions(tmp_path, "draft"))
    assert data.budgets["amount_yen"].tolist() == [160]
    assert data.revisions["budgets"]["amount_yen"].tolist() == [100, 50]


def test_amounts_of_one_kind_from_two_sources_are_never_added(tmp_path):
    data = load(settled_in_two_editions(tmp_path, ""))
    assert data.budgets["amount_yen"].tolist() == [160]
    assert data.revisions["budgets"]["amount_yen"].tolist() == [100, 50]


def test_an_edition_that_supersedes_drops_a_kpi_it_no_longer_prints(tmp_path):
    folder = settled_in_two_editions(tmp_path, "draft")
    append(
        folder / "kpis.csv",
        "082201,job_fair,visitors,2018,参加者数,outcome,up,unknown,人,170,200,200,75,preliminary,draft,④-4,\n",
    )
    data = load(folder)
    assert data.kpis[["kpi_id", "source_id"]].to_numpy().tolist() == [["consultations", "settled"]]
    assert sorted(data.revisions["kpis"]["kpi_id"]) == ["consultations", "visitors"]


def test_an_edition_replaces_only_the_years_and_programs_it_shows(tmp_path):
    folder = settled_in_two_editions(tmp_path, "draft")
    append(folder / "budgets.csv", "082201,job_fair,2017,settled,,90,draft,④-4,\n")
    append(folder / "programs.csv", "082201,seminar,つくば市,セミナー,draft,④-3,\n")
    append(folder / "budgets.csv", "082201,seminar,2018,settled,,70,draft,④-3,\n")
    assert sorted(load(folder).budgets["amount_yen"]) == [70, 90, 160]


def test_what_supersedes_an_edition_also_replaces_those_before_it(tmp_path):
    folder = write_editions(
        tmp_path,
        source("third") | {"supersedes": "second"},
        source("second", published_on="2020-03-01") | {"supersedes": "first"},
        source("first", published_on="2020-04-01") | {"supersedes": ""},
    )
    append(
        folder / "kpis.csv",
        "082201,job_fair,visitors,2018,参加者数,outcome,up,unknown,人,170,200,200,75,preliminary,first,④-4,\n",
    )
    data = load(folder)
    assert rows(data.kpis) == [["third", 1]]
    assert data.revisions["kpis"]["source_id"].tolist() == ["second", "first", "first"]


def test_an_edition_that_supersedes_comes_after_what_it_replaces_whatever_edition_and_day(tmp_path):
    folder = write_editions(
        tmp_path,
        source("first", "確定版", published_on="2020-02-01") | {"supersedes": ""},
        source("second", "速報版", published_on="2019-02-01") | {"supersedes": "first"},
    )
    data = load(folder)
    assert rows(data.kpis) == [["second", 2]]
    assert data.programs["source_id"].tolist() == ["second"]


def test_reasons_belong_to_every_slice(tmp_path):
    folder = write_editions(tmp_path, source("list_2018"))
    reason = {"table": "kpis", "column": "kpi_kind", "key": "*", "reason": "数えるものから"}
    pd.DataFrame([reason]).to_csv(folder / "reasons.csv", index=False)
    assert load(folder, fiscal_year=2018, program="job_fair").reasons.to_dict("records") == [reason]


def test_hashes_are_the_same_for_the_same_rows_however_the_file_is_written(whole, copied):
    for path in copied.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    hashes = load(copied).hashes
    assert hashes == whole.hashes
    assert {len(digits) for digits in hashes.values()} == {12}
    assert len(set(hashes.values())) == sum(len(table) > 0 for table in whole.tables.values())


def test_the_hash_of_a_table_changes_with_one_cell_and_the_others_do_not(whole, copied):
    replace(copied / "kpis.csv", ",148,", ",149,")
    changed = {n for n, digits in load(copied).hashes.items() if digits != whole.hashes[n]}
    assert changed == {"kpis"}


def test_an_empty_figure_and_a_zero_have_different_hashes(whole, copied):
    replace(copied / "kpis.csv", ",unknown,170,", ",unknown,,")
    missing = load(copied).hashes["kpis"]
    replace(copied / "kpis.csv", ",unknown,,,,200,", ",unknown,0,,,200,")
    assert len({missing, load(copied).hashes["kpis"], whole.hashes["kpis"]}) == 3


def test_load_raises_all_problems_at_once_one_a_line_and_no_warnings(copied):
    replace(copied / "kpis.csv", ",148,", ",約148,")
    replace(copied / "programs.csv", "ション部,,2016,2020,", "ション部,,2016,2010,")
    replace(copied / "sources.csv", "速報版,2018", "速報版,H30")
    (copied / "kpi.csv").write_text("kpi_id\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        load(copied)
    lines = str(error.value).splitlines()
    assert lines[0] == f"{copied}: 3 problem(s) in the data"
    assert [line.split(";")[0] for line in lines[1:]] == [
        "sources.csv row 2, column fiscal_year: found 'H30'",
        "programs.csv row 2, column end_year: found 2010, below start_year 2016",
        "kpis.csv row 3, column actual: found '約148'",
    ]


def test_a_problem_outside_the_slice_stops_loading_too(copied):
    replace(copied / "kpis.csv", ",148,", ",約148,")
    with pytest.raises(DataError, match="'約148'"):
        load(copied, government="032018")


def test_a_folder_without_rubrics_has_those_of_the_package(copied):
    shutil.rmtree(copied / "rubrics")
    assert load(copied).rubrics["tsukuba"]["inputs"] == ["effectiveness", "efficiency"]


def test_rubrics_of_the_folder_override_and_join_those_of_the_package(whole, copied):
    ours = copied / "rubrics"
    text = (ours / "tsukuba.toml").read_text(encoding="utf-8")
    revised = text.replace(f'name = "{whole.rubrics["tsukuba"]["name"]}"', 'name = "改訂"')
    for name in ("tsukuba", "morioka"):
        (ours / f"{name}.toml").write_text(revised, encoding="utf-8")
    changed = whole.rubrics["tsukuba"] | {"name": "改訂"}
    assert load(copied).rubrics == whole.rubrics | {"tsukuba": changed, "morioka": changed}


@pytest.mark.parametrize("asked", [{"government": ""}, {"program": ""}, {"fiscal_year": 0}])
def test_an_empty_name_is_a_slice_without_anything_not_everything(asked):
    with pytest.raises(DataError, match="the data hold nothing for"):
        load(ROOT / "data", **asked)


def test_an_empty_slice_says_which_years_there_are():
    with pytest.raises(DataError, match="032018 盛岡市 six_city_festivals 2022"):
        load(ROOT / "data", fiscal_year=1999)


def test_a_kpi_from_a_source_that_does_not_describe_its_program_keeps_its_program(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
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


def test_warnings_do_not_stop_loading_and_stay_in_the_dataset(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "ratings.csv").rename(data / "rating.csv")
    dataset = load(data)
    assert dataset.ratings.empty
    assert dataset.warnings["file"].tolist() == ["ratings.csv", "rating.csv"]


def test_a_changed_file_is_read_again(copied):
    assert load(copied, program="job_fair").kpis["actual"].tolist() == [148]
    replace(copied / "kpis.csv", ",148,", ",149,")
    assert load(copied, program="job_fair").kpis["actual"].tolist() == [149]
    (copied / "ratings.csv").unlink()
    assert load(copied).ratings.empty
    replace(copied / "rubrics" / "tsukuba.toml", 'level = "program"', 'level = "plan"')
    with pytest.raises(DataError, match=r"rubrics/tsukuba\.toml"):
        load(copied)


def test_a_file_that_has_not_changed_is_not_read_again(copied, monkeypatch):
    before = load(copied)
    monkeypatch.setattr(Path, "read_text", None)
    monkeypatch.setattr(Path, "read_bytes", None)
    assert_frame_equal(load(copied).kpis, before.kpis)


def test_a_folder_with_errors_is_an_error_each_time_until_it_is_mended(copied):
    replace(copied / "kpis.csv", ",148,", ",約148,")
    for _ in range(2):
        with pytest.raises(DataError, match="'約148'"):
            load(copied)
    replace(copied / "kpis.csv", ",約148,", ",148,")
    assert len(load(copied).kpis) == 88


@pytest.mark.parametrize("asked", [{}, {"government": "082201"}, {"program": "job_fair"}], ids=str)
def test_whatever_is_done_to_a_dataset_the_next_one_is_as_the_files_are(asked):
    expected = load(DATA, **asked)
    spoiled = load(DATA, **asked)
    for table in spoiled.tables.values():
        for column in table:
            values = table[column].array
            values[:] = values[:1].take([0] * len(values)) if column == "place" else None
        table.columns.name = "spoiled"
        del table[table.columns[-2]]
    spoiled.programs.index.name = "spoiled"
    spoiled.rubrics["tsukuba"]["grades"].clear()
    spoiled.rubrics.pop("tama")
    spoiled.warnings.loc[0, "file"] = "spoiled"
    again = load(DATA, **asked)
    for name, table in expected.tables.items():
        assert_frame_equal(again.tables[name], table)
        assert again.tables[name].columns.name is None
    assert again.programs.index.name is None
    assert again.rubrics == expected.rubrics
    assert len(again.rubrics["tsukuba"]["grades"]) > 0
    assert again.warnings.empty


def test_an_observation_superseded_in_one_year_only_is_the_latest_word_in_the_other(tmp_path):
    """Only the slice tells which editions compete: 2018 quotes the survey in the first alone."""
    folder = write_editions(tmp_path, source("first"), source("second", fiscal_year=2019))
    kpis = (folder / "kpis.csv").read_text(encoding="utf-8").replace(",2018,", ",2019,")
    first, second = kpis.splitlines()[1:]
    header = kpis.splitlines()[0]
    written = [header, first.replace(",2019,", ",2018,"), second]
    (folder / "kpis.csv").write_text("\n".join(written) + "\n", encoding="utf-8")
    (folder / "observations.csv").write_text(
        "government_code,program_id,what,fiscal_year,value,unit,source_id,place,inferred\n"
        "082201,job_fair,visitors,2017,75,人,first,④-4,\n"
        "082201,job_fair,visitors,2017,76,人,second,④-4,\n",
        encoding="utf-8",
    )
    assert load(folder, fiscal_year=2018).observations["value"].tolist() == [75]
    assert load(folder, fiscal_year=2019).observations["value"].tolist() == [76]
    whole = load(folder, program="job_fair")
    assert whole.observations["value"].tolist() == [76]
    assert whole.revisions["observations"]["value"].tolist() == [75]


def test_reads_are_told_as_asked_with_what_was_read_where_a_run_listens(tmp_path, monkeypatch):
    monkeypatch.setenv(READS_VARIABLE, str(tmp_path / "reads.jsonl"))
    monkeypatch.setenv(ROOT_VARIABLE, str(DATA.parent))
    load(DATA)
    load(str(DATA), government="082201", fiscal_year=np.int64(2018), program="job_fair")
    for folder in (DATA, tmp_path / "none"):
        with pytest.raises(DataError):
            load(folder, program="合同")
    lines = (tmp_path / "reads.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    digest = {"digest": ["data", keep_folder(DATA).digest]}
    one = {"government": "082201", "fiscal_year": 2018, "program": "job_fair"}
    assert told == [
        *({"slice": {"data": "data"}}, digest),
        *({"slice": {"data": "data"} | one}, digest),
        *({"slice": {"data": "data", "program": "合同"}}, digest),
        {"slice": {"data": os.path.relpath(tmp_path / "none", DATA.parent), "program": "合同"}},
    ]
