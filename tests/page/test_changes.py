"""The page of what differs between two editions, and the CSV beside it."""

import csv
import re

import pytest
from compared import WASTE, edition
from folders import CONSULTATIONS
from markup import HOSTILE, Page

from analysis.errors import DataError
from analysis.page.changes import (
    MOST_ROWS,
    compare_editions,
    make_page,
    write_changes,
    write_page,
)
from analysis.page.pieces import Shown

NAMES = ("old", "new")
META = re.compile(r"<!DOCTYPE html>|<meta [^>]*>")


@pytest.fixture
def compared(tmp_path):
    """Two editions compared, given the KPIs of each; `name` is what the first KPI is called."""

    def find(old, new, name=None, most=None):
        ends = [
            edition(tmp_path / end, kpis=kpis) for end, kpis in zip(NAMES, (old, new), strict=True)
        ]
        if name is not None:
            for data in ends:
                data.kpis["kpi"] = name
        return compare_editions(*ends, NAMES, most)

    return find


def read_page(page):
    return Page(Shown(META.sub("", page), ""))


def test_the_page_answers_in_its_title_names_both_editions_and_links_to_the_csv(compared, tmp_path):
    path = tmp_path / "diff page.html"
    later = [CONSULTATIONS | {"actual": 210}, WASTE | {"target": 590}]
    beside = write_page(compared([CONSULTATIONS, WASTE], later), path)
    page = read_page(path.read_text(encoding="utf-8"))
    assert beside == tmp_path / "diff page.csv"
    assert page.texts("h1") == ["目標に届いたかの結論が、2指標で変わります"]
    assert page.all("html")[0]["lang"] == "ja"
    assert page.texts("h2") == [
        *("結論が変わる指標", "実績・従前値の違い", "目標の変更", "報告の文の違い", "比べた資料"),
    ]
    assert {link["href"] for link in page.all("a")} == {"diff%20page.csv"}
    assert "つくば市「指標一覧」" in page.texts("header")[0]


def test_the_page_asks_for_nothing_and_every_table_has_a_caption_and_scopes(compared):
    text = make_page(compared([CONSULTATIONS], [CONSULTATIONS | {"actual": 210}]), "all.csv")
    page = read_page(text)
    assert not page.names & {"script", "img", "link", "iframe"}
    assert "http:" not in text
    assert "https:" not in text
    assert len(page.all("caption")) == len(page.all("table")) > 2
    assert {head.get("scope") for head in page.all("th")} == {"col", "row"}


def test_without_a_difference_there_are_only_the_answer_and_the_sources(compared):
    page = read_page(make_page(compared([WASTE], [WASTE]), "all.csv"))
    assert page.texts("h1") == ["2つの版に違いはありません"]
    assert page.texts("h2") == ["比べた資料"]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_is_shown_as_text(compared, name):
    later = CONSULTATIONS | {"actual": 210}
    page = read_page(make_page(compared([CONSULTATIONS], [later], name), "all.csv"))
    assert not page.names & {"script", "img"}
    assert f"{name}（合同就職面接会）" in page.texts("th")


def test_control_characters_reach_neither_the_page_nor_the_csv(compared, tmp_path):
    later = CONSULTATIONS | {"actual": 210}
    found = compared([CONSULTATIONS], [later], "a\x1b[31mb\u202ec")
    page = make_page(found, "all.csv")
    assert "a\ufffd[31mb\ufffdc" in page
    assert not {"\x1b", "\u202e"} & set(page)
    write_changes(found, tmp_path / "all.csv")
    assert b"\x1b" not in (tmp_path / "all.csv").read_bytes()


def test_the_csv_opens_in_a_spreadsheet_and_holds_no_formula(compared, tmp_path):
    path = tmp_path / "all.csv"
    write_changes(compared([WASTE], [WASTE | {"actual": 500}], "=1+1"), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["指標"] for row in rows if row["kpi_id"]} == {"'=1+1"}
    [actual] = [row for row in rows if row["column"] == "actual"]
    assert (actual["earlier"], actual["later"]) == ("586.0", "500.0")


def test_of_many_rows_the_page_shows_the_first_and_counts_the_rest(compared, tmp_path):
    many = [WASTE | {"kpi_id": f"k{n}", "kpi": f"指標{n}"} for n in range(MOST_ROWS + 20)]
    found = compared(many, [kpi | {"actual": 585} for kpi in many])
    path = tmp_path / "page.html"
    write_page(found, path)
    page = read_page(path.read_text(encoding="utf-8"))
    assert "ほか20件は、CSVにあります。" in page.texts("a")
    assert page.texts("th").count("指標99（合同就職面接会）") == 1
    assert page.texts("th").count("指標100（合同就職面接会）") == 0
    written = (tmp_path / "page.csv").read_text(encoding="utf-8-sig")
    assert written.count(",actual,changed,") == MOST_ROWS + 20


def test_sentences_beyond_the_bound_are_counted_as_not_compared(compared):
    both = [CONSULTATIONS, CONSULTATIONS | {"fiscal_year": 2017}]
    found = compared(both, [kpi | {"actual": 210} for kpi in both], most=1)
    assert found.unworded == 1
    assert (found.changes["column"] == "sentence").sum() == 1
    page = make_page(found, "all.csv")
    assert "調べていない事業と年度が、ほかに1件あります。" in page


def test_a_page_is_not_written_over_by_its_own_csv(compared, tmp_path):
    with pytest.raises(DataError, match=r"end it in \.html"):
        write_page(compared([WASTE], [WASTE]), tmp_path / "page.csv")
    assert not (tmp_path / "page.csv").exists()
