"""Which page leads to which: only to what is there, or is about to be."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from entered import PROGRAM

from analysis.batch.neighbours import MOST_BELOW, Reports
from analysis.engine.job import Job

TOWN = {"government": "082201", "fiscal_year": 2018}


def job(name, folder, title, subject="", **parameters):
    return Job(Path(f"notebooks/{name}.ipynb"), parameters, folder, title, subject)


def program(year, name, number=1):
    parameters = {**TOWN, "fiscal_year": year, "program": f"p{number}"}
    folder = f"{year}/082201/p{number}"
    return job("program", folder, f"つくば市 {year} {name}", name, **parameters)


GOVERNMENT = job("government", "2018/082201", "つくば市 平成30年度", **TOWN)
FAIR = program(2018, "面接会")
EARLIER = [program(year, "面接会") for year in (2013, 2015)]
LATER = program(2020, "面接会")
COMPARISON = job("comparison", "comparison", "団体と年度の比較", "団体と年度の比較")
ALL = [GOVERNMENT, FAIR, *EARLIER, LATER, COMPARISON]


def entry(of, status="ok"):
    return {
        "report": of.path,
        "notebook": str(of.notebook),
        "title": of.title,
        "subject": of.subject,
        "parameters": of.parameters,
        "status": status,
    }


def test_a_program_leads_to_its_government_and_to_the_years_beside_it():
    found = Reports(ALL, []).find(FAIR)
    assert found.title == "面接会"
    assert found.above == (
        ("すべての報告", "../../../index.html"),
        ("つくば市 平成30年度", "../government.html"),
    )
    assert found.years == (
        ("平成27年度", "../../../2015/082201/p1/program.html"),
        ("令和2年度", "../../../2020/082201/p1/program.html"),
    )
    assert found.beside == (("団体と年度の比較", "../../../comparison/comparison.html"),)
    assert found.below == ()


def test_a_government_leads_to_its_programs_of_the_year():
    found = Reports(ALL, []).find(GOVERNMENT)
    assert found.title == "つくば市 平成30年度"
    assert [name for name, _ in found.above] == ["すべての報告"]
    assert found.below == (("面接会", "p1/program.html"),)


def test_of_many_programs_some_are_named_and_the_others_counted():
    many = [program(2018, f"事業{n:03}", n) for n in range(MOST_BELOW + 5)]
    found = Reports([GOVERNMENT, *many], []).find(GOVERNMENT)
    assert (len(found.below), found.more) == (MOST_BELOW, 5)


@pytest.mark.parametrize(
    ("entries", "jobs", "is_there"),
    [
        ([], [FAIR], False),
        ([entry(GOVERNMENT)], [FAIR], True),
        ([], [FAIR, GOVERNMENT], True),
        ([entry(GOVERNMENT, "failed")], [FAIR, GOVERNMENT], False),
    ],
    ids=["unknown", "made", "planned", "failed"],
)
def test_a_page_leads_to_what_was_made_or_will_be(entries, jobs, is_there):
    names = [name for name, _ in Reports(jobs, entries).find(FAIR).above]
    assert (GOVERNMENT.title in names) == is_there


def test_where_a_page_leads_is_known_by_a_digest():
    alone, among = Reports([FAIR], []).find(FAIR), Reports(ALL, []).find(FAIR)
    assert alone.digest != among.digest == Reports(ALL[::-1], []).find(FAIR).digest


def test_a_report_with_other_values_is_not_the_one_of_the_year_beside_it():
    other = replace(LATER, values={"threshold": "0.8"})
    assert Reports([FAIR, other], []).find(FAIR).years == ()


@pytest.mark.parametrize("odd", ["2018", None, [2018], {"a": 1}, 2018.5])
def test_a_year_of_other_hands_that_is_none_breaks_nothing(odd):
    entries = [entry(FAIR) | {"report": "odd/program", "parameters": {**TOWN, "fiscal_year": odd}}]
    assert Reports(ALL, entries).find(FAIR) == Reports(ALL, []).find(FAIR)


@pytest.mark.slow
@pytest.mark.process
def test_no_page_leads_to_a_report_that_could_not_be_made(sosei, project, write_notebook):
    write_notebook("government", "1 / 0")
    write_notebook("program", "1", parameters=PROGRAM)
    ran = sosei("run", "--government", "082201", "--fiscal-year", "2018")
    assert ran.returncode == 1
    for page in (project / "outputs/2018").rglob("program.html"):
        links = re.findall('href="([^"]+)"', page.read_text(encoding="utf-8"))
        assert links == ["../../../index.html", "../../../reading.html"], page
    write_notebook("government", "1")
    assert sosei("run", "--government", "082201", "--fiscal-year", "2018").returncode == 0
    for page in (project / "outputs/2018").rglob("program.html"):
        assert 'href="../government.html"' in page.read_text(encoding="utf-8"), page
