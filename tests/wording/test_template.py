"""The words of the workbook for people who type: every header, every note, whose it is."""

import pytest

from analysis.intake.template import LAYOUTS
from analysis.wording import template
from analysis.wording.labels import labels


@pytest.mark.parametrize("before", [2018, None])
def test_every_column_of_a_sheet_has_a_header_of_its_own_and_a_note(before):
    for table, layout in LAYOUTS.items():
        names = [
            template.name_header(table, one.column, one.role, 2019, before)
            for one in layout.columns
            if before or one.role != "before"
        ]
        assert len({*names}) == len(names)
        assert all(template.note_header(one.column, one.role) for one in layout.columns)


def test_every_sheet_has_a_guide():
    assert {*labels("template.guides")} == {*LAYOUTS}


def test_whose_a_workbook_is_is_read_as_it_was_said():
    for said in (
        ("082201", "つくば市", 2019, 2018),
        ("x_kaisei_town", "開成町", 2021, None),
        ("1000012010001", "内閣官房　室", 2020, 2019),
    ):
        found = template.read_about(template.say_about(*said))
        assert (found.code, found.year, found.before) == (said[0], *said[2:])
        assert found.government.split() == said[1].split()
    assert template.read_about("つくば市　令和元年度") is None


def test_the_first_sheet_takes_half_a_page():
    title, lines = template.say_front("つくば市", 2019, 2018)
    assert title == "つくば市　令和元年度の実績の記入様式"
    assert len(lines) == 7
    assert sum(map(len, lines)) < 600


def test_a_first_year_is_told_nothing_of_a_year_before():
    _, lines = template.say_front("開成町", 2021, None)
    guides = [template.guide_sheet(table, None) for table in LAYOUTS]
    assert "前年度" not in "".join([*lines, *guides])
    assert template.guide_sheet("kpis", 2020).startswith("前年度の指標が並んでいます")
