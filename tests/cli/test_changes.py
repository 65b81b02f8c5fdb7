"""What `sosei diff` says of two editions."""

import pytest
from compared import WASTE, edition
from folders import CONSULTATIONS

from analysis.cli.changes import MOST_LINES, describe_comparison, write_files
from analysis.page.changes import compare_editions


@pytest.fixture
def compared(tmp_path):
    """Two editions compared, given the KPIs of each."""

    def find(old, new):
        ends = edition(tmp_path / "old", kpis=old), edition(tmp_path / "new", kpis=new)
        return compare_editions(*ends, ("old", "new"))

    return find


def test_nothing_that_differs_is_one_line(compared):
    assert describe_comparison(compared([WASTE], [WASTE])) == "old -> new: nothing differs"


def test_counts_come_first_and_then_each_part_with_one_change_a_line(compared):
    later = [CONSULTATIONS | {"actual": 210, "actual_status": "final", "place": "p. 3"}]
    lines = describe_comparison(compared([CONSULTATIONS], later)).splitlines()
    assert lines[0] == "old -> new: differences 1, verdicts that move 1"
    assert lines[1].startswith("     7 × conclusions: 1 reached, 1 achievement_rate, ")
    assert lines[2] == "     1 × actuals and baselines: 1 changed"
    assert lines[-2:] == [
        "actuals and baselines:",
        "  マッチング相談件数（合同就職面接会） 2018 実績: 148件（速報値） -> 210件; 訂正・変更 "
        "[tsukuba_2018 ④-4 -> tsukuba_2018 p. 3]",
    ]


def test_of_many_changes_the_first_are_listed_unless_all_are_asked_for(compared):
    many = [WASTE | {"kpi_id": f"k{n}"} for n in range(MOST_LINES + 5)]
    found = compared(many, [kpi | {"actual": 585} for kpi in many])
    few, every = (describe_comparison(found, show_all=way) for way in (False, True))
    assert few.count("実績: 586 g -> 585 g;") == MOST_LINES
    assert "  5 more: --all lists every one, --csv FILE writes them" in few
    assert every.count("実績: 586 g -> 585 g;") == MOST_LINES + 5
    assert "more: --all" not in every


def test_a_name_cannot_end_a_line_or_speak_to_the_terminal(compared):
    found = compared([WASTE], [WASTE | {"actual": 585}])
    found.changes["kpi"] = "a\nb\x1b[2J"
    said = describe_comparison(found)
    assert "  a b\ufffd[2J（合同就職面接会） 2018 実績" in said
    assert "\x1b" not in said


def test_only_the_files_that_are_asked_for_are_written(compared, tmp_path):
    found = compared([WASTE], [WASTE | {"actual": 585}])
    assert list(write_files(found, None, None)) == []
    page, table = tmp_path / "page.html", tmp_path / "table.csv"
    assert list(write_files(found, table, page)) == [
        f"{table} holds every change",
        f"{page} is the page, {tmp_path / 'page.csv'} holds every change",
    ]
    assert all(path.is_file() for path in (page, table, tmp_path / "page.csv"))
