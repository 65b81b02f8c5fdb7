"""Which notebooks run with which parameters, and what is refused before anything runs."""

import re

import pytest
from listing import ALL, alter, jobs_of, read_data, refused

from analysis import DataError
from analysis.batch.jobs import list_jobs
from analysis.batch.parameters import read_parameter_file
from analysis.batch.places import find_notebooks

PROGRAM = 'government: str = "082201"\nfiscal_year: int = 2018\nprogram: str = "job_fair"'

PORTFOLIO = "government: str = None\nfiscal_year: int = None"


def test_a_notebook_with_a_program_runs_once_for_each_program_and_year(write_notebook):
    jobs = jobs_of(write_notebook("one", parameters=PROGRAM))
    assert len(jobs) == 11 + 1 + 2 + 1 + 5 + 2 + 1
    assert [job.path for job in jobs][:2] == [
        "2018/082201/support_robot_trial/one",
        "2018/082201/youth_life_plan/one",
    ]
    assert jobs[0].parameters == {
        "government": "082201",
        "fiscal_year": 2018,
        "program": "support_robot_trial",
    }
    assert jobs[0].title == "つくば市 平成30年度 つくば市生活支援ロボット普及促進事業"


def test_a_notebook_without_a_program_runs_once_for_each_government_and_year(write_notebook):
    jobs = jobs_of(write_notebook("all"))
    assert [job.path for job in jobs] == [
        "2018/082201/all",
        *("2021/032018/all", "2022/032018/all"),
        "2013/292087/all",
        *("2016/080004/all", "2017/080004/all"),
        *("2024/400009/all", "2013/272086/all", "2019/012211/all"),
    ]


def test_a_notebook_without_any_of_them_runs_once_over_everything(write_notebook):
    jobs = jobs_of(write_notebook("nation", parameters='data: str = "data"'))
    assert [(job.path, job.parameters) for job in jobs] == [("nation/nation", {"data": "data"})]


def test_options_narrow_down_what_runs(write_notebook):
    notebook = write_notebook("one", parameters=PROGRAM)
    assert len(jobs_of(notebook, governments=["032018"])) == 4
    assert len(jobs_of(notebook, fiscal_years=[2021], governments=["032018"])) == 3
    assert len(jobs_of(notebook, programs=["job_fair", "child_at_work"])) == 2


def test_a_year_of_history_or_plans_runs_only_when_it_is_asked_for(write_notebook):
    # 福岡県's sheets evaluate R6 and print targets of R2 on and the budget of R8
    notebook = write_notebook("all")
    fukuoka = {"governments": ["400009"]}
    assert [job.path for job in jobs_of(notebook, **fukuoka)] == ["2024/400009/all"]
    asked = jobs_of(notebook, **fukuoka, fiscal_years=[2020, 2026])
    assert [job.path for job in asked] == ["2020/400009/all", "2026/400009/all"]


def test_a_report_about_more_than_what_is_asked_for_does_not_run(write_notebook):
    narrow, wide = write_notebook("one", parameters=PROGRAM), write_notebook("all")
    jobs = list_jobs(read_data(), [narrow, wide], "data", programs=["job_fair"])
    assert [job.name for job in jobs] == ["one"]


def test_codes_stay_text_and_years_numbers(write_notebook):
    parameters = jobs_of(write_notebook("all"), governments=["032018"])[0].parameters
    assert parameters == {"government": "032018", "fiscal_year": 2021}
    assert {type(value) for value in parameters.values()} == {str, int}


def test_names_the_data_do_not_hold_are_all_named_at_once(write_notebook):
    notebook = write_notebook("one", parameters=PROGRAM)
    with pytest.raises(DataError) as error:
        jobs_of(notebook, governments=["082210"], programs=["job_fare"])
    message = str(error.value)
    assert "--government 082210: not in the data. Did you mean 082201 (つくば市)" in message
    assert "--program job_fare: not in the data. Did you mean job_fair (合同就職面接会)" in message


def test_a_misspelt_parameter_of_a_notebook_is_refused_with_the_right_name(write_notebook):
    notebook = write_notebook("all", parameters='goverment: str = "082201"\nfiscal_year = 2018')
    with pytest.raises(DataError, match=r"goverment is not a name .* did you mean government"):
        jobs_of(notebook)


def test_a_misspelt_parameter_on_the_command_line_is_refused(write_notebook):
    notebook = write_notebook("all", parameters='government = "x"\nthreshold: float = 0.8')
    with pytest.raises(
        DataError, match="treshold: no notebook declares it; did you mean threshold"
    ):
        jobs_of(notebook, given={"treshold": ["0.9"]})


def test_what_sosei_fills_cannot_be_set_by_hand(write_notebook):
    notebook = write_notebook("one", parameters=PROGRAM)
    with pytest.raises(DataError, match=r"fiscal_year: sosei fills it .* --fiscal-year"):
        jobs_of(notebook, given={"fiscal_year": ["2018"]})


def test_a_parameter_of_the_notebooks_own_gets_its_declared_type(write_notebook):
    notebook = write_notebook("own", parameters='threshold: float = 0.8\nlabel: str = ""')
    (job,) = jobs_of(notebook, given={"threshold": ["0.9"], "label": ["0123"]})
    assert job.parameters == {"threshold": 0.9, "label": "0123"}


def test_a_value_of_the_wrong_type_is_refused(write_notebook):
    notebook = write_notebook("own", parameters="threshold: float = 0.8")
    with pytest.raises(DataError, match="threshold is declared as float; 'high' is not one"):
        jobs_of(notebook, given={"threshold": ["high"]})


def test_a_code_declared_as_a_number_would_lose_its_zero_and_is_refused(write_notebook):
    notebook = write_notebook(
        "one", parameters="program: int = 1\n" + PROGRAM.split("\nprogram")[0]
    )
    with pytest.raises(DataError, match="program is declared as int; 'support_robot_trial'"):
        jobs_of(notebook)


def test_problems_of_several_notebooks_come_at_once(write_notebook):
    bare = write_notebook("bare", parameters=None)
    wrong = write_notebook("wrong", parameters="program: str = ''")
    with pytest.raises(DataError) as error:
        list_jobs(read_data(), [bare, wrong], "data")
    assert "bare.ipynb: no cells tagged" in str(error.value)
    assert "wrong.ipynb: cell `parameters`: `program` also needs" in str(error.value)


def test_a_researchers_explorations_are_not_run_as_reports(write_notebook):
    write_notebook("explore_mine")
    write_notebook("all")
    assert [path.stem for path in find_notebooks([])] == ["all"]


def test_an_unknown_notebook_is_named_with_those_there_are(write_notebook):
    write_notebook("all")
    with pytest.raises(
        DataError, match=r"al: no such notebook\. Did you mean all\? There are: all"
    ):
        find_notebooks(["al"])


def test_outside_a_project_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match="Run sosei in the project's folder"):
        find_notebooks([])


def test_a_notebook_whose_government_may_be_none_runs_for_all_that_is_held_and_over_everything(
    write_notebook,
):
    jobs = jobs_of(write_notebook("portfolio", parameters=PORTFOLIO))
    assert [job.path for job in jobs] == [
        "2018/082201/portfolio",
        *("2021/032018/portfolio", "2022/032018/portfolio"),
        "2013/292087/portfolio",
        *(f"{year}/080004/portfolio" for year in (2016, 2017, 2020)),
        "2021/082201/portfolio",
        *("2024/400009/portfolio", "2013/272086/portfolio", "2019/012211/portfolio"),
        "portfolio/portfolio",
    ]
    assert jobs[0].parameters == {"government": "082201", "fiscal_year": 2018}
    assert jobs[-1].parameters == {}


def test_narrowed_down_it_does_not_run_over_everything(write_notebook):
    notebook = write_notebook("portfolio", parameters=PORTFOLIO)
    jobs = jobs_of(notebook, governments=["080004"], fiscal_years=[2020])
    assert [job.path for job in jobs] == ["2020/080004/portfolio"]


def test_a_program_without_kpi_and_amount_gets_no_report_and_a_message_says_where_it_stands(
    write_notebook,
):
    with pytest.raises(DataError, match="year: esports in 2020/080004/portfolio"):
        jobs_of(write_notebook("one", parameters=PROGRAM), programs=["esports"])


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ("government: str = None\nfiscal_year: int = 2018", "together may be None"),
        (PORTFOLIO + "\nprogram: str = None", "together may be None"),
        ("government = None\nfiscal_year: int = None", "needs a type"),
    ],
)
def test_a_notebook_that_may_lack_one_of_them_only_is_refused(write_notebook, parameters, problem):
    with pytest.raises(DataError, match=problem):
        jobs_of(write_notebook("own", parameters=parameters))


def test_two_notebooks_of_one_name_are_refused_and_one_named_twice_runs_once(
    project, write_notebook
):
    path = write_notebook("own")
    (project / "other").mkdir()
    (project / "other/own.ipynb").write_bytes(path.read_bytes())
    message = refused(find_notebooks, ["own", "other/own.ipynb"])
    assert message.startswith("notebooks/own.ipynb and other/own.ipynb: two notebooks of one name")
    assert [p.as_posix() for p in find_notebooks(["own", str(path)])] == ["notebooks/own.ipynb"]


def test_several_values_make_folders_that_no_file_system_takes_for_one_another(write_notebook):
    path = write_notebook("own", parameters='x: str = ""\nn: int = 1')
    texts = ["a", "A", "東京", "a/b", "a b", "..", "", "長" * 90]
    jobs = jobs_of(path, given={"x": texts, "n": ["1", "2"]})
    folders = [job.folder for job in jobs]
    assert len({folder.casefold() for folder in folders}) == 16
    assert folders[0] == "own/x=a,n=1"
    assert folders[4] == "own/x=東京,n=1"
    for folder in folders:
        assert re.fullmatch(r"own/x=[\w.-]*,n=[12]", folder), folder
        assert len(folder.encode()) < 200
    assert jobs[1].title == "own（x=a、n=2）"
    assert [job.folder for job in jobs_of(path, given={"x": ["a"]})] == ["own"]
    assert [job.folder for job in jobs_of(path, given={"n": ["1", "01"]})] == ["own"]


def test_a_row_that_makes_no_report_is_named(project, write_notebook):
    table = project / "rows.csv"
    path = write_notebook("own", parameters=f'{ALL}\nprogram: str = "job_fair"')
    table.write_text("program,threshold\njob_fair,0.8\nesports,0.9\n", encoding="utf-8")
    message = refused(jobs_of, path, rows=read_parameter_file(table))
    assert message == f"{table} row 3: nothing of this has a KPI or an amount: no report"
    message = refused(
        jobs_of, write_notebook("wide", parameters=ALL), rows=read_parameter_file(table)
    )
    assert message.splitlines() == [
        f"{table} row {row}: no notebook declares all of program" for row in (2, 3)
    ]


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: path.symlink_to("no")])
def test_what_is_no_file_is_told_beside_the_others(project, write_notebook, make):
    make(project / "notebooks/odd.ipynb")
    write_notebook("bare", parameters=None)
    with pytest.raises(DataError) as error:
        list_jobs(read_data(), sorted(project.glob("notebooks/*")), "data")
    bare, odd = str(error.value).splitlines()
    assert "odd.ipynb: not a notebook: it is a" in odd
    assert "bare.ipynb: no cells tagged" in bare


def test_a_working_folder_that_is_not_there_is_refused(write_notebook):
    path = alter(write_notebook("own"), sosei={"cwd": "nowhere"})
    message = refused(jobs_of, path)
    assert "cwd" in message
    assert "there is no such folder to work in" in message
