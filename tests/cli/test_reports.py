"""What the commands about reports say, and their exit codes."""

import pytest


@pytest.mark.usefixtures("whole_project")
def test_list_shows_what_can_be_run(run, write_notebook):
    write_notebook("mine", parameters='data: str = "data"\nfiscal_year: int = 2018')
    lines = run("list").output.splitlines()
    assert lines[0] == "notebook mine\tnotebooks/mine.ipynb\tdata, fiscal_year"
    assert "2018\t082201\tつくば市\tjob_fair\t合同就職面接会" in lines
    assert "2020\t080004\t茨城県\tesports\tいばらきｅスポーツ産業創造プロジェクト事業" in lines
    assert len(lines) == 1 + 113  # years told of beside the evaluated one are no years of their own


def test_the_list_goes_on_where_a_notebook_is_none_and_tells_all_of_them(run, write_notebook):
    for name in ("bare", "empty"):
        write_notebook(name, parameters=None)
    write_notebook("good")
    listed = run("list")
    assert listed.exit_code == 1
    assert "notebook good\tnotebooks/good.ipynb" in listed.output
    assert all(f"{name}.ipynb: no cells tagged" in listed.output for name in ("bare", "empty"))


@pytest.mark.process
def test_a_parameter_that_is_not_name_equals_value_is_refused(run, write_notebook):
    write_notebook("mine")
    result = run("run", "-p", "threshold")
    assert result.exit_code == 2
    assert "NAME=VALUE" in result.output
