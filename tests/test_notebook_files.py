"""What is refused of a notebook file and of the values given for it, before anything runs."""

import codecs
import json
import os
import re
from functools import cache
from pathlib import Path

import pytest

from analysis import DataError, load
from analysis.batch.jobs import find_notebooks, list_jobs
from analysis.batch.parameters import read_parameter_file, read_parameters
from analysis.engine.notebook import read_notebook

ALL = 'government: str = "082201"\nfiscal_year: int = 2018\nthreshold: float = 0.8'


def refused(call, *arguments, **options):
    with pytest.raises(DataError) as error:
        call(*arguments, **options)
    return str(error.value)


@cache
def read_data():
    return load(Path(__file__).parents[1] / "data")


def jobs_of(*notebooks, **options):
    return list_jobs(read_data(), list(notebooks), "data", **options)


def declared_in(notebook):
    return read_parameters(read_notebook(notebook))


def alter(path, **metadata):
    content = json.loads(path.read_text(encoding="utf-8"))
    content["metadata"] |= metadata
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_byte_order_mark_is_read(write_notebook):
    path = write_notebook("own", parameters="threshold: float = 0.8")
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    assert [job.path for job in jobs_of(path)] == ["own/own"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a notebook: the file is empty. Take it back from version control"),
        (b'{"cells": [', "not a notebook: it is not JSON (Expecting value: line 1"),
        (b'{"cells": 1}', "not a notebook: it is JSON, but without a notebook's cells"),
        (b"[1]", "not a notebook: it is JSON, but without a notebook's cells"),
        (b"\x82\xa0", "not a notebook: its text is not UTF-8"),
        (
            b'{\n<<<<<<< HEAD\n "cells": [],\n=======\n "cells": [1],\n>>>>>>> theirs\n}\n',
            "line 2 marks a conflict of a merge. Settle it (git checkout --ours or --theirs",
        ),
        (
            b'{"metadata": {}, "nbformat": 3, "nbformat_minor": 0, "worksheets": []}',
            "a notebook of nbformat 3; sosei reads nbformat 4. Renew it: jupyter nbconvert --to ",
        ),
    ],
)
def test_what_is_no_notebook_is_named_as_what_it_is(project, content, said):
    path = project / "notebooks/own.ipynb"
    path.write_bytes(content)
    message = refused(read_notebook, path)
    assert message.startswith(f"{path}: ")
    assert said in message
    assert "\n" not in message


def test_a_notebook_of_another_language_is_refused(write_notebook):
    path = write_notebook("own")
    spec = {"name": "ir", "display_name": "R"}
    alter(path, kernelspec=spec | {"language": "R"}, language_info={"name": "R"})
    assert (
        refused(read_notebook, path)
        == f"{path}: a notebook of R; sosei runs notebooks of Python only"
    )
    alter(path, kernelspec=spec, language_info={})
    assert "a notebook for the kernel ir" in refused(read_notebook, path)


def test_what_a_notebook_asks_for_is_checked_and_all_that_is_wrong_is_named(write_notebook):
    path = write_notebook("own")
    alter(path, sosei={"cwd": "..", "files": ["extra.csv"], "show_code": True})
    wishes = read_notebook(path).wishes
    assert (wishes.cwd, wishes.files, wishes.show_code) == ("..", ("extra.csv",), True)
    assert (wishes.scripts, wishes.environment) == (False, ())
    alter(path, sosei={"cdw": "..", "files": "extra.csv", "scripts": "yes", "colour": 1})
    assert refused(read_notebook, path).splitlines() == [
        f"{path}: metadata `sosei`: cdw is not a setting; did you mean cwd?",
        f"{path}: metadata `sosei`: files is 'extra.csv'; write a list of paths, such as "
        '["extra.csv"]',
        f"{path}: metadata `sosei`: scripts is 'yes'; write true or false",
        f"{path}: metadata `sosei`: colour is not a setting; there are: cwd, environment, files, "
        "scripts, show_code",
    ]
    alter(path, sosei={"cwd": "nowhere"})
    assert "cwd" in refused(jobs_of, path)
    assert "there is no such folder to work in" in refused(jobs_of, path)


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ('x: int = "a"', "x: the default 'a' is not int"),
        ('x = b"a"', "x: bytes cannot be given to a notebook"),
        ("x: str | int = 1", "x: type str | int is not one of str, int"),
        ("x: dict[int, str] = {}", "x: type dict[int, str] is not one of"),
        ('x: "date" = "1.4.2020"', "x: the default '1.4.2020' is not date; write x: \"date\" = "),
        ("x = datetime.date(2020, 1, 1)", 'A date is text: x: "date" = "2020-01-31"'),
        ("x: Path = 'a'", "x: type Path is not one of"),
    ],
)
def test_a_declaration_that_cannot_be_kept_is_refused_by_name(write_notebook, declared, said):
    message = refused(declared_in, write_notebook("own", parameters=declared))
    assert "own.ipynb: cell `parameters`: x" in message
    assert said in message


@pytest.mark.parametrize(
    ("declared", "given", "value"),
    [
        ('x: str | None = "a"', "", None),
        ("x: str = None", "None", None),
        ("x: Optional[int] = 1", "5", 5),
        ("x: list[str] = []", '["011002"]', ["011002"]),
        ("x: list[int] | None = None", "[1, 2]", [1, 2]),
        ("x: dict = {}", '{"a": [1, null]}', {"a": [1, None]}),
        ('x: datetime.date = "2020-01-01"', "2019-04-01", "2019-04-01"),
        ("x = ['a']", '["b", 1]', ["b", 1]),
        ('x: str = "a"', "", ""),
    ],
)
def test_a_value_is_of_the_declared_type(write_notebook, declared, given, value):
    (parameter,) = declared_in(write_notebook("own", parameters=declared))
    assert parameter.read(given) == value


@pytest.mark.parametrize(
    ("declared", "given", "said"),
    [
        ('x: str = "a"', "None", "it may be None only where the notebook says `| None`"),
        ("x: int = 1", "None", "x is declared as int; 'None' is not one"),
        ("x: list[str] = []", "a,b", """'a,b' is not one (write JSON, such as ["a", "b"])"""),
        ("x: list[int] = []", '["a"]', "x is declared as list[int]"),
        ('x: "date" = "2020-01-01"', "2020-1-1", "'2020-1-1' is not one (write 2020-01-31)"),
    ],
)
def test_a_value_of_another_type_is_refused(write_notebook, declared, given, said):
    path = write_notebook("own", parameters=declared)
    assert said in refused(jobs_of, path, given={"x": [given]})


def test_a_parameter_that_a_later_cell_sets_to_a_literal_is_refused_with_the_cell(write_notebook):
    cells = (
        "%matplotlib inline\n!ls",
        "if threshold:\n    threshold = 1",
        "%%time\nthreshold = 0.5",
    )
    own = (
        "data = sorted(data)",
        "fiscal_year = fiscal_year - 1",
        "government, other = '032018', 1",
    )
    path = write_notebook("own", *cells, *own, parameters=f'{ALL}\ndata: str = "data"')
    assert refused(declared_in, path).splitlines() == [
        f"{path}: cell 4 sets the parameter threshold again (threshold = 0.5): its report would "
        "be filed under one value and show another. Take the line out, or use another name.",
        f"{path}: cell 7 sets the parameter government again (government, other = ('032018', 1)): "
        "its report would be filed under one value and show another. Take the line out, or use "
        "another name.",
    ]


def test_two_notebooks_of_one_name_are_refused_and_one_named_twice_runs_once(
    project, write_notebook
):
    path = write_notebook("own")
    (project / "other").mkdir()
    (project / "other/own.ipynb").write_bytes(path.read_bytes())
    message = refused(find_notebooks, ["own", "other/own.ipynb"])
    assert message.startswith("notebooks/own.ipynb and other/own.ipynb: two notebooks of one name")
    assert [p.as_posix() for p in find_notebooks(["own", str(path)])] == ["notebooks/own.ipynb"]


TITLES = [
    ("# **図**の [形式](x.md) `a_b` &amp; c\\*d <b>e</b>\n", "図の 形式 a_b & c*d e"),
    ("```\n# comment\n```\n## 二\n\n二行の\n題\n===\n# 次", "二行の 題"),
    ("# \n# \x1b[31m\x07題", "題"),
    ("# " + "長" * 99, "長" * 79 + "…"),
    ("## 二\n<h1>no</h1>", "own"),
]


@pytest.mark.parametrize(("source", "title"), TITLES)
def test_a_notebook_without_a_title_is_called_by_its_first_heading_else_by_its_file(
    write_notebook, source, title
):
    path = write_notebook("own", parameters="x: int = 1")
    content = json.loads(path.read_text(encoding="utf-8"))
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": [source]}
    content["cells"] += [cell, {**cell, "id": "b", "source": "no heading"}]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert jobs_of(path)[0].title == title
    alter(path, title="名前")
    assert jobs_of(path)[0].title == "名前"
    alter(path, title="")
    assert jobs_of(path)[0].title == title


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


def test_a_row_of_a_parameter_file_is_a_report_and_every_problem_has_its_row(
    project, write_notebook
):
    path, wide = write_notebook("own", parameters=ALL), write_notebook("wide")
    table = project / "rows.csv"
    table.write_text(
        "government,threshold\n082201,0.8\n082201,0.9\n\n012211,0.5\n", encoding="utf-8"
    )
    rows = read_parameter_file(table)
    jobs = jobs_of(path, wide, rows=rows)
    assert [(job.path, job.parameters.get("threshold")) for job in jobs] == [
        ("2018/082201/threshold=0.8/own", 0.8),
        ("2018/082201/threshold=0.9/own", 0.9),
        ("2019/012211/own", 0.5),
        ("2018/082201/wide", None),
        ("2019/012211/wide", None),
    ]
    assert all(type(job.parameters["government"]) is str for job in jobs)
    table.write_text(
        "government,fiscal_year,treshold,threshold,data\n82201,2018,1,1,d\n082201,1999,1,high,d\n",
        encoding="utf-8",
    )
    message = refused(jobs_of, path, rows=read_parameter_file(table)).splitlines()
    assert [line.partition(". There are")[0] for line in message] == [
        f"{table} row 2: parameter treshold: no notebook declares it; did you mean threshold?",
        f"{table} row 2: parameter data: sosei fills it for each report; narrow the run with "
        "--data instead",
        f"{table} row 2, government 82201: not in the data (its zero was dropped: 082201)",
        f"{table} row 3, fiscal_year 1999: not in the data",
        f"{table} row 3: parameter threshold is declared as float; 'high' is not one",
    ]


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


def test_a_parameter_file_of_toml_keeps_types_and_refuses_codes_that_are_numbers(
    project, write_notebook
):
    path = write_notebook("own", parameters=f'{ALL}\ncodes: list[str] = []\nday: "date" = None')
    table = project / "rows.toml"
    table.write_text(
        '[[report]]\ngovernment = "082201"\ncodes = ["011002"]\nday = 2020-01-31\n'
        '[[report]]\ngovernment = "082201"\nthreshold = 1\n',
        encoding="utf-8",
    )
    first, second = jobs_of(path, rows=read_parameter_file(table))
    assert first.parameters["codes"] == ["011002"]
    assert first.parameters["day"] == "2020-01-31"
    assert second.parameters["threshold"] == 1.0
    table.write_text("[[report]]\ngovernment = 82201\nfiscal_year = 'R1'\n", encoding="utf-8")
    assert sorted(refused(read_parameter_file, table).splitlines()) == [
        f"{table} report 1, fiscal_year: 'R1' is not a year, such as 2018",
        f"{table} report 1, government: 82201 is not text, in quotes",
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rows.csv", "", "no rows; a report is one row of CSV, or a table [[report]]"),
        ("rows.csv", "a,a\n1,2\n", "row 1: a stands there 2 times"),
        ("rows.csv", "a b\n1\n", "row 1: 'a b' is not the name of a parameter"),
        ("rows.csv", "a,b\n1\n", "row 2: 1 cells under 2 names"),
        ("rows.toml", "[[report]]\ngovernment = 011002\n", '(a code is text: "011002")'),
        ("rows.toml", "threshold = 1\n", "each report is a table [[report]], and nothing else"),
        ("rows.yaml", "", "a parameter file ends in .csv or .toml"),
    ],
)
def test_a_parameter_file_that_cannot_be_read_is_refused(project, name, content, said):
    path = project / name
    path.write_text(content, encoding="utf-8")
    assert said in refused(read_parameter_file, path)


def test_the_projects_own_notebooks_set_nothing_again(root):
    for path in (root / "notebooks").glob("[!e]*.ipynb"):
        assert declared_in(path)


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: path.symlink_to("no")])
def test_what_is_no_file_is_told_beside_the_others(project, write_notebook, make):
    make(project / "notebooks/odd.ipynb")
    write_notebook("bare", parameters=None)
    with pytest.raises(DataError) as error:
        list_jobs(load("data"), sorted(project.glob("notebooks/*")), "data")
    bare, odd = str(error.value).splitlines()
    assert "odd.ipynb: not a notebook: it is a" in odd
    assert "bare.ipynb: no cells tagged" in bare


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(project):
    os.mkfifo(project / "notebooks/pipe.ipynb")
    with pytest.raises(DataError, match=r"pipe\.ipynb: not a notebook: it is a pipe"):
        read_notebook(project / "notebooks/pipe.ipynb")
