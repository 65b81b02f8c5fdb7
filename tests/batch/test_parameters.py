"""What a notebook declares, and the values that are given for it."""

import re

import pytest
from listing import ALL, jobs_of, refused

from analysis import DataError
from analysis.batch.parameters import read_parameter_file, read_parameters
from analysis.batch.places import find_notebooks
from analysis.engine.notebook import read_notebook


def declared_in(notebook):
    return read_parameters(read_notebook(notebook))


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
    assert [re.sub(r"\. (There are|Did you).*", "", line) for line in message] == [
        f"{table} row 2: parameter treshold: no notebook declares it; did you mean threshold?",
        f"{table} row 2: parameter data: sosei fills it for each report; narrow the run with "
        "--data instead",
        f"{table} row 2, government 82201: not in the data (its zero was dropped: 082201)",
        f"{table} row 3, fiscal_year 1999: not in the data",
        f"{table} row 3: parameter threshold is declared as float; 'high' is not one",
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
    table.write_text("[[report]]\ngovernment = 82201\nfiscal_year = 1.5\n", encoding="utf-8")
    assert sorted(refused(read_parameter_file, table).splitlines()) == [
        f"{table} report 1, fiscal_year: 1.5 is not a year, such as 2018",
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


def test_a_notebook_without_its_parameters_cell_is_refused(write_notebook):
    notebook = write_notebook("bare", "1 + 1", parameters=None)
    with pytest.raises(DataError, match="no cells tagged `parameters`, expected one"):
        jobs_of(notebook)


def test_computed_parameters_are_refused_because_they_would_keep_their_default(write_notebook):
    notebook = write_notebook("all", parameters="fiscal_year = 2018\nfirst = fiscal_year - 1")
    with pytest.raises(DataError, match="first is computed; only literals may stand here"):
        jobs_of(notebook)


def test_anything_but_assignments_in_the_parameters_cell_is_refused(write_notebook):
    notebook = write_notebook("all", parameters="import os\nfiscal_year = 2018")
    with pytest.raises(DataError, match="'import os' is not `name = literal`"):
        read_parameters(read_notebook(notebook))


def test_the_projects_own_notebooks_declare_what_sosei_fills(root):
    names = {
        path.stem: [p.name for p in read_parameters(read_notebook(path))]
        for path in find_notebooks([], root / "notebooks")
    }
    own = {
        "comparison": ["data"],
        "government": ["data", "government", "fiscal_year"],
        "portfolio": ["data", "government", "fiscal_year"],
        "program": ["data", "government", "fiscal_year", "program"],
    }
    assert names | own == names
