"""What the index lists, in which order, and what it says of all reports together."""

import pandas as pd
import pytest
from indexed import make_audit, make_programs

from analysis.batch.index_entries import GONE, WHOLE, list_reports

A, B = "012010", "022010"


@pytest.fixture
def programs():
    """Two governments with three programs each, in 2018."""
    made = make_programs(12, governments=2)
    assert made["government_code"].tolist() == [A, B] * 3
    return made.assign(fiscal_year=2018)


@pytest.fixture
def note(enter, tmp_path):
    """Note a report, made or failed, with a page or without."""

    def note(report, page=True, **parameters):
        own = {"notebook": f"notebooks/{report.rpartition('/')[2]}.ipynb"}
        said = parameters.pop("said", {})
        if page:
            path = tmp_path / f"{report}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return enter(tmp_path, report, **own, parameters=parameters, subject="", **said)

    return note


FAILED = {"status": "failed", "failure": {"cell": 1, "error": "E: 壊れた", "source": "1 / 0"}}


def test_governments_stand_together_the_latest_year_first_each_with_its_overviews_first(
    programs, note, tmp_path
):
    later = programs.assign(fiscal_year=2019)
    for year in (2018, 2019):
        for code, program in ((B, "p_00001"), (A, "p_00000")):
            note(f"{year}/{code}/a/program", government=code, fiscal_year=year, program=program)
            note(f"{year}/{code}/zz/program", government=code, fiscal_year=year, program=program)
            for name in ("portfolio", "government", "field", "own"):
                note(f"{year}/{code}/{name}", government=code, fiscal_year=year)
    note("comparison/comparison")
    listed = list_reports(pd.concat([programs, later], ignore_index=True), None, tmp_path)
    order = [(section.publisher, section.year) for section in listed.sections]
    assert order == [(WHOLE, None), (A, 2019), (A, 2018), (B, 2019), (B, 2018)]
    pages = [row["page"].removeprefix(f"2019/{A}/") for row in listed.sections[1].rows]
    overviews = ["government.html", "portfolio.html", "field.html", "own.html"]
    assert pages == [*overviews, "a/program.html", "zz/program.html"]


def test_together_each_program_is_counted_once_however_many_reports_are_about_it(
    programs, note, tmp_path
):
    audit = make_audit(programs)
    of_a = programs[programs["government_code"] == A]
    note(f"2018/{A}/government", government=A, fiscal_year=2018)
    note(f"2018/{A}/p/program", government=A, fiscal_year=2018, program="p_00000")
    listed = list_reports(programs, audit, tmp_path)
    for publisher in (WHOLE, A):
        headline = listed.headlines[publisher]
        assert (headline.programs, listed.programs[publisher]) == (3, 3)
        assert headline.kpis == of_a["kpis"].sum()
        assert headline.reached == of_a["reached"].sum()
        assert headline.odd == 1  # of the first, as `make_audit` has it
    assert B not in listed.headlines


def test_a_report_without_a_page_says_nothing_of_its_programs_and_counts_as_failed(
    programs, note, tmp_path
):
    note(f"2018/{A}/government", page=False, government=A, fiscal_year=2018, said=FAILED)
    note(f"2018/{B}/government", government=B, fiscal_year=2018, said=FAILED)
    note(f"2018/{B}/gone/program", page=False, government=B, fiscal_year=2018, program="p_00001")
    listed = list_reports(programs, None, tmp_path)
    assert listed.count == 2  # one that is neither there nor failed is no report any more
    assert (listed.failed[WHOLE], listed.failed[A], listed.failed[B]) == (2, 1, 1)
    assert set(listed.headlines) == {WHOLE, B}  # whose last good page is there
    [of_a] = listed.sections[0].rows
    assert (of_a["page"], of_a["reached"], of_a["counts"]) == ("", "—", {})


def test_a_report_about_a_group_has_the_figures_of_its_programs(programs, note, tmp_path):
    of_slice = (programs["government_code"] == A) & (programs["fiscal_year"] == 2018)
    grouped = programs.assign(group="")
    first = programs[of_slice & (programs["kpis"] > 0)].index[0]
    grouped.loc[first, "group"] = "g_x"
    note(f"2018/{A}/field/g_x/field", government=A, fiscal_year=2018, group="g_x")
    listed = list_reports(grouped, None, tmp_path)
    one, row = programs.loc[first], listed.sections[0].rows[0]
    assert listed.headlines[WHOLE].programs == 1
    assert row["reached"] == f"{one['reached']} / {one['kpis']}"


def test_governments_of_one_name_are_told_apart(programs, note, tmp_path):
    same = programs.assign(government="府中市")
    for code in (A, B):
        note(f"2018/{code}/government", government=code, fiscal_year=2018)
    places = [section.place for section in list_reports(same, None, tmp_path).sections]
    assert places == [f"府中市（北海道・{A}） 平成30年度", f"府中市（青森県・{B}） 平成30年度"]


@pytest.mark.parametrize("government", [["a"], {"a": 1}, 1.5, "-"])
def test_a_government_that_no_data_can_name_is_gone(programs, note, tmp_path, government):
    note("2018/x/government", government=government, fiscal_year=2018)
    [section] = list_reports(programs, None, tmp_path).sections
    assert section.publisher == GONE
