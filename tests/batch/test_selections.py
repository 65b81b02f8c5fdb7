"""What is asked for by names and years as printed, on the command line and in a parameter file."""

import pytest
from listing import jobs_of, read_data, refused

from analysis.batch.parameters import read_parameter_file
from analysis.dataset.fields import list_groups

PROGRAM = 'government: str = "082201"\nfiscal_year: int = 2018\nprogram: str = "job_fair"'


@pytest.fixture
def one(write_notebook):
    return write_notebook("one", parameters=PROGRAM)


def paths(*notebooks, **options):
    return [job.path for job in jobs_of(*notebooks, **options)]


def test_names_and_years_as_printed_choose_what_their_codes_choose(one):
    by_code = paths(one, governments=["082201"], fiscal_years=[2018], programs=["job_fair"])
    assert by_code == ["2018/082201/job_fair/one"]
    for year in ("2018", "H30", "平成30"):
        named = {"governments": ["つくば市"], "programs": ["合同就職面接会"]}
        assert paths(one, fiscal_years=[year], **named) == by_code


def test_a_span_of_years_chooses_those_that_are_there(write_notebook):
    whole = write_notebook("all")
    asked = paths(whole, governments=["盛岡"], fiscal_years=["R2～R4"])
    assert asked == ["2021/032018/all", "2022/032018/all"]


def test_a_job_has_the_code_the_year_and_the_id_whatever_was_asked_for(one):
    (job,) = jobs_of(one, governments=["つくば"], fiscal_years=["H30"], programs=["合同就職面接会"])
    assert job.parameters == {
        "government": "082201",
        "fiscal_year": 2018,
        "program": "job_fair",
    }


def test_a_group_is_chosen_by_the_name_of_its_field(write_notebook):
    notebook = write_notebook("field", parameters=PROGRAM.replace("program", "group"))
    groups = list_groups(read_data().programs)
    group, field = groups[["group", "field"]].iloc[0]
    assert paths(notebook, groups=[field]) == paths(notebook, groups=[group]) != []
    said = refused(jobs_of, notebook, groups=["つくば市若者定着事業"])
    assert "--group つくば市若者定着事業: not in the data. Did you mean g_" in said


def test_what_the_data_know_nothing_of_is_told_with_what_is_near(one):
    said = refused(
        jobs_of, one, governments=["つくし市"], fiscal_years=["H3", "x"], programs=["jobfair"]
    )
    lines = said.splitlines()
    assert "--government つくし市: not in the data. Did you mean 082201 (つくば市)" in lines[0]
    assert lines[1].startswith("--fiscal-year 1991: not in the data. ")
    assert lines[2].startswith("--fiscal-year 'x' is no fiscal year; write 平成30年度, H30")
    assert "--program jobfair: not in the data. Did you mean job_fair (合同就職面接会)" in lines[3]
    assert max(line.count(", ") for line in lines) < 8


def test_a_parameter_file_may_have_names_and_years_as_printed(one, tmp_path):
    table = tmp_path / "rows.csv"
    table.write_text(
        "government,fiscal_year,program\nつくば市,H30,合同就職面接会\n盛岡市,2022,\n", "utf-8"
    )
    rows = read_parameter_file(table)
    expected = ["2018/082201/job_fair/one", "2022/032018/six_city_festivals/one"]
    assert paths(one, rows=rows) == expected
    table.write_text("government,fiscal_year\nつくし市,R元\n", "utf-8")
    said = refused(jobs_of, one, rows=read_parameter_file(table))
    assert f"{table} row 2, government つくし市: not in the data" in said
