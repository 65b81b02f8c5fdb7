"""A data folder, or the slice of it that one report is about."""

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
from analysis.dataset.folder import keep_folder
from analysis.dataset.slices import Slices
from analysis.dataset.tables import PROGRAM_YEAR, TABLES, list_keys
from analysis.environment import READS_VARIABLE, ROOT_VARIABLE
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
    with pytest.raises(DataError, match="the data hold nothing for"):
        load(DATA, **asked)


def test_an_empty_slice_says_which_years_there_are():
    with pytest.raises(DataError, match="032018 盛岡市 six_city_festivals 2022"):
        load(DATA, fiscal_year=1999)


def test_warnings_do_not_stop_loading_and_stay_in_the_dataset(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    (data / "ratings.csv").rename(data / "rating.csv")
    dataset = load(data)
    assert dataset.ratings.empty
    assert dataset.warnings["file"].tolist() == ["ratings.csv", "rating.csv"]


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
