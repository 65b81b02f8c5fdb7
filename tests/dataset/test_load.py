"""A data folder, or the slice of it that one report is about."""

import copy
import json
import os
import shutil

import numpy as np
import pandas as pd
import pytest
from folders import (
    TSUKUBA,
    append_text,
    replace_text,
    source,
    write_editions,
)
from pandas.testing import assert_frame_equal
from slices import DATA

from analysis import DataError, load
from analysis.dataset.fingerprints import Fingerprints, hash_rows
from analysis.dataset.folder import keep_folder
from analysis.dataset.slices import Slices
from analysis.dataset.tables import PROGRAM_YEAR, TABLES, list_keys
from analysis.environment import READS_VARIABLE, ROOT_VARIABLE
from analysis.measures.keys import KPI_YEAR
from analysis.measures.reasons import list_reasons

PLANS = ["comprehensive_plan", "comprehensive_strategy"]


MORIOKA = ["growth_field_hub", "ai_iot_platform", "related_population", "six_city_festivals"]


def sizes(dataset):
    """The number of rows of each table that has any, but for reasons."""
    counts = {name: len(table) for name, table in dataset.tables.items() if len(table)}
    counts.pop("reasons", None)
    return counts


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
    append_text(folder / "programs.csv", "082201,seminar,つくば市,セミナー,list_2019,④-3,\n")
    append_text(
        folder / "kpis.csv",
        "082201,job_fair,consultations,2019,相談件数,outcome,up,unknown,件,170,200,200,9,final,list_2019,④-4,\n",
    )
    assert programs(load(folder, fiscal_year=2018)) == ["job_fair"]
    assert programs(load(folder, fiscal_year=2019)) == ["job_fair", "seminar"]


@pytest.mark.parametrize(
    "asked",
    [
        {"government": "つくば市", "fiscal_year": "平成30年度", "program": "合同就職面接会"},
        {"government": "つくば", "fiscal_year": "H30", "program": "job_fair"},
        {"government": "082201", "fiscal_year": [2018], "program": "job_fair"},
    ],
)
def test_a_slice_is_the_same_by_names_and_years_as_printed_as_by_codes(asked):
    fair = load(DATA, "082201", 2018, "job_fair")
    named = load(DATA, **asked)
    assert named.hashes == fair.hashes
    assert named.shown_years == fair.shown_years
    assert named.fiscal_year == 2018


def test_several_years_are_the_rows_of_each_once_in_the_order_of_the_files(whole):
    years = [load(DATA, fiscal_year=year) for year in (2018, 2017)]
    both = load(DATA, fiscal_year=[2018, 2017])
    assert both.fiscal_year is None
    assert_frame_equal(both.kpis, load(DATA, fiscal_year="H29～H30").kpis)
    hashes, *of_each = (hash_rows(dataset.tables) for dataset in (both, *years))
    for name, rows in hashes.items():
        assert sorted(rows) == sorted({*of_each[0][name], *of_each[1][name]}), name
    order = {key: row for row, key in enumerate(list_keys(whole.kpis, KPI_YEAR))}
    rows = [order[key] for key in list_keys(both.kpis, KPI_YEAR)]
    assert rows == sorted(rows)
    assert set(both.shown_years) == {*years[0].shown_years, *years[1].shown_years}


def test_of_several_years_one_without_anything_adds_nothing():
    assert load(DATA, "032018", range(2015, 2023)).hashes == load(DATA, "032018").hashes


def test_an_unknown_program_is_an_error_that_names_what_is_near():
    with pytest.raises(DataError) as error:
        load(DATA, program="jobfair")
    assert str(error.value) == (
        "program jobfair: not in the data. Did you mean job_fair (合同就職面接会)? "
        "There are 111 in all."
    )


def test_an_empty_slice_of_many_programs_lists_ten_of_them_and_all_years():
    with pytest.raises(DataError) as error:
        load(DATA, government="茨城県", fiscal_year=1999)
    lines = str(error.value).splitlines()
    assert lines[0] == (
        "the data hold nothing for government '080004', fiscal_year 1999; there is:"
    )
    assert len(lines) == 1 + 10 + 1
    assert lines[-1] == "  and 75 more programs; fiscal years of all: 2016, 2017, 2020"


def test_an_empty_slice_of_a_government_lists_what_that_government_has():
    with pytest.raises(DataError) as error:
        load(DATA, government="032018", fiscal_year=2018)
    lines = str(error.value).splitlines()
    assert "government '032018'" in lines[0]
    assert "fiscal_year 2018" in lines[0]
    assert [line.split()[:3] for line in lines[1:]] == [
        ["032018", "盛岡市", program] for program in MORIOKA
    ]


def test_a_government_that_is_not_there_is_an_error_that_names_what_is_near():
    with pytest.raises(DataError, match="government 032019: not in the data") as error:
        load(DATA, government="032019")
    assert "032018 (盛岡市)" in str(error.value)


def test_a_government_code_given_as_a_number_is_an_error_that_says_to_quote_it():
    with pytest.raises(DataError, match="82201 is not text: write the code in quotes"):
        load(DATA, government=82201)


def test_reasons_belong_to_the_slices_of_their_source_or_program_those_of_a_table_to_all(tmp_path):
    folder = write_editions(tmp_path, source("list_2018"))
    keys = ["*", "*/list_2018", "*/list_2019", "082201/job_fair/list_2018", "082201/bus/list_2018"]
    reasons = pd.DataFrame({"table": "programs", "column": "note", "key": keys, "reason": "why"})
    reasons.loc[5] = ["sources", "title", "list_2018", "why"]
    slices = Slices(load(folder).tables | {"reasons": reasons})
    assert slices.find_rows(program="job_fair")["reasons"].tolist() == [0, 1, 3, 5]
    assert slices.find_rows(program="none")["reasons"].tolist() == []


def test_a_slice_holds_every_reason_for_what_was_concluded_in_it(whole):
    fewer = 0
    for code, program, year in list_keys(whole.program_years, PROGRAM_YEAR)[::4]:
        data = load(DATA, code, year, program)
        fewer += len(data.reasons) < len(whole.reasons)
        everything = data.tables | {"reasons": whole.reasons}
        assert_frame_equal(list_reasons(data.tables), list_reasons(everything))
    assert fewer


def test_hashes_are_the_same_for_the_same_rows_however_the_file_is_written(two, copied):
    for path in copied.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    hashes = load(copied).hashes
    assert hashes == two.hashes
    assert {len(digits) for digits in hashes.values()} == {12}
    assert len(set(hashes.values())) == sum(len(table) > 0 for table in two.tables.values())


def test_the_hash_of_a_table_changes_with_one_cell_and_the_others_do_not(two, copied):
    replace_text(copied / "kpis.csv", ",148,", ",149,")
    changed = {n for n, digits in load(copied).hashes.items() if digits != two.hashes[n]}
    assert changed == {"kpis"}


def test_an_empty_figure_and_a_zero_have_different_hashes(two, copied):
    replace_text(copied / "kpis.csv", ",unknown,170,", ",unknown,,")
    missing = load(copied).hashes["kpis"]
    replace_text(copied / "kpis.csv", ",unknown,,,,200,", ",unknown,0,,,200,")
    assert len({missing, load(copied).hashes["kpis"], two.hashes["kpis"]}) == 3


def test_load_raises_all_problems_at_once_one_a_line_and_no_warnings(copied):
    replace_text(copied / "kpis.csv", ",148,", ",約148,")
    replace_text(copied / "programs.csv", "ション部,,2016,2020,", "ション部,,2016,2010,")
    replace_text(copied / "sources.csv", "速報版,2018", "速報版,H30")
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
    replace_text(copied / "kpis.csv", ",148,", ",約148,")
    with pytest.raises(DataError, match="'約148'"):
        load(copied, government="032018")


def test_a_folder_without_rubrics_has_those_of_the_package(copied):
    shutil.rmtree(copied / "rubrics")
    assert load(copied).rubrics["tsukuba"]["inputs"] == ["effectiveness", "efficiency"]


def test_rubrics_of_the_folder_override_and_join_those_of_the_package(two, copied):
    ours = copied / "rubrics"
    text = (ours / "tsukuba.toml").read_text(encoding="utf-8")
    revised = text.replace(f'name = "{two.rubrics["tsukuba"]["name"]}"', 'name = "改訂"')
    for name in ("tsukuba", "morioka"):
        (ours / f"{name}.toml").write_text(revised, encoding="utf-8")
    changed = two.rubrics["tsukuba"] | {"name": "改訂"}
    assert load(copied).rubrics == two.rubrics | {"tsukuba": changed, "morioka": changed}


@pytest.mark.parametrize("asked", [{"government": ""}, {"program": ""}, {"fiscal_year": 0}])
def test_an_empty_name_is_a_slice_without_anything_not_everything(asked):
    with pytest.raises(DataError, match=r"'': not in the data|the data hold nothing"):
        load(DATA, **asked)


def test_an_empty_slice_says_which_years_there_are():
    with pytest.raises(DataError, match="032018 盛岡市 six_city_festivals 2022"):
        load(DATA, government="盛岡市", fiscal_year=1999)


def test_warnings_do_not_stop_loading_and_stay_in_the_dataset(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    (data / "ratings.csv").rename(data / "rating.csv")
    dataset = load(data)
    assert dataset.ratings.empty
    assert dataset.warnings["file"].tolist() == ["ratings.csv", "rating.csv"]


def test_reads_are_told_as_the_data_name_them_where_a_run_listens(tmp_path, monkeypatch):
    monkeypatch.setenv(READS_VARIABLE, str(tmp_path / "reads.jsonl"))
    monkeypatch.setenv(ROOT_VARIABLE, str(DATA.parent))
    load(DATA)
    load(str(DATA), government="つくば市", fiscal_year=np.int64(2018), program="合同就職面接会")
    load(DATA, fiscal_year="H29～H30")
    for folder in (DATA, tmp_path / "none"):
        with pytest.raises(DataError):
            load(folder, program="合同")
    lines = (tmp_path / "reads.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    digest = {"digest": ["data", keep_folder(DATA).digest]}
    one = {"government": "082201", "fiscal_year": 2018, "program": "job_fair"}
    assert told == [
        *(digest, {"slice": {"data": "data"}}),
        *(digest, {"slice": {"data": "data"} | one}),
        *(digest, *({"slice": {"data": "data", "fiscal_year": year}} for year in (2017, 2018))),
        *(digest, {"slice": {"data": "data"}}),  # what is not there may come anywhere
        {"slice": {"data": os.path.relpath(tmp_path / "none", DATA.parent)}},
    ]


def test_the_slices_that_are_told_hold_the_rows_that_were_loaded(tmp_path, monkeypatch):
    """So a report of several years is due when one of its rows changes, and not otherwise."""
    monkeypatch.setenv(READS_VARIABLE, str(tmp_path / "reads.jsonl"))
    loaded = load(DATA, government="茨城県", fiscal_year=["H28", 2017])
    lines = (tmp_path / "reads.jsonl").read_text(encoding="utf-8").splitlines()
    slices = [told["slice"] for told in map(json.loads, lines) if "slice" in told]
    for one in slices:
        one.pop("data")
    read = Fingerprints(DATA).read(slices)
    for name, table in loaded.tables.items():
        both = pd.concat([table, loaded.revisions[name]])
        assert sorted(hash_rows({name: both})[name]) == sorted(read[name]), name


def test_what_a_dataset_has_not_is_told_with_what_looks_like_it():
    data = load(DATA, "082201", 2018)
    with pytest.raises(AttributeError, match=r"a dataset has no kpi; did you mean kpis\?"):
        _ = data.kpi
    assert not hasattr(data, "_repr_latex_")
    assert copy.copy(data).kpis is data.kpis
