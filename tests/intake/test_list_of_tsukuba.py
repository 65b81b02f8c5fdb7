"""The list that つくば市 published for 平成30年度: read of its workbook as it was typed by hand."""

import html
import re

import pytest
from grids import squeeze
from intake.agreement import list_disagreements
from intake.scoring import read_rows
from running import run_sosei

from analysis import check
from analysis.intake.ingest import ingest

HAND = "tsukuba_2018_preliminary"
FIGURES = {
    "kpis": (
        *("unit", "direction", "baseline", "target", "actual", "actual_status", "actual_printed"),
        *("final_target", "final_year"),
    ),
    "budgets": ("kind", "item", "amount_yen"),
    "ratings": ("progress", "effectiveness", "efficiency", "grade"),
    "programs": ("project", "department", "start_year", "end_year", "scope"),
}
GUESSED = {  # whoever typed the list knew more of these KPIs than their names tell
    ("地域ビジネス等のアイデア提案件数", "kpi_kind", "unknown", "outcome"),
    ("地域・民間企業・ＮＰＯ等の新たな協働件数", "kpi_kind", "unknown", "outcome"),
    ("「つくば市に住みたい」ひとの割合", "aggregation", "level", "unknown"),
    ("東京圏からつくば市内への年間転入者数", "aggregation", "single_year", "unknown"),
}


@pytest.fixture(scope="module")
def example(root):
    return root / "docs/examples/tsukuba_h30.xlsx"


@pytest.fixture(scope="module")
def done(example, tmp_path_factory):
    folder = tmp_path_factory.mktemp("read") / "tsukuba"
    return ingest([example], folder, government="082201", publisher="つくば市")


def read_named(folder, table, source=""):
    """The rows of a table by the names of their program and KPI."""
    rows = {name: read_rows(folder / f"{name}.csv") for name in ("programs", "kpis", table)}
    of = {
        name: [row for row in found if not source or row["source_id"] == source]
        for name, found in rows.items()
    }
    programs = {row["program_id"]: row["program"] for row in of["programs"]}
    kpis = {(row["program_id"], row["kpi_id"]): row["kpi"] for row in of["kpis"]}
    return {
        (programs[row["program_id"]], kpis.get((row["program_id"], row.get("kpi_id")), "")): row
        for row in of[table]
    }


def test_nothing_is_left_to_ask(done):
    assert (done.counts["doubt"], done.counts["problem"], done.has_errors) == (0, 0, False)
    assert set(check(done.folder)["severity"]) <= {"note"}
    assert list_disagreements(done.folder) == []


@pytest.mark.parametrize("table", FIGURES)
def test_every_figure_is_the_one_that_was_typed(done, root, table):
    read, typed = read_named(done.folder, table), read_named(root / "data", table, HAND)
    columns = FIGURES[table]
    assert {key: [row.get(c, "") for c in columns] for key, row in read.items()} == {
        key: [row.get(c, "") for c in columns] for key, row in typed.items()
    }


def test_what_nobody_prints_differs_where_a_name_does_not_say_it(done, root):
    read, typed = read_named(done.folder, "kpis"), read_named(root / "data", "kpis", HAND)
    differing = {
        (kpi, column, row[column], typed[program, kpi][column])
        for (program, kpi), row in read.items()
        for column in ("direction", "aggregation", "kpi_kind")
        if row[column] != typed[program, kpi][column]
    }
    assert differing == GUESSED
    inferred = {(k, c) for (_, k), row in read.items() for c in row["inferred"].split()}
    assert {(kpi, column) for kpi, column, *_ in GUESSED} <= inferred


def test_the_source_is_told_as_the_list_calls_itself(done):
    [source] = read_rows(done.folder / "sources.csv")
    assert (source["publisher"], source["edition"], source["fiscal_year"]) == (
        "つくば市",
        "速報版",
        "2018",
    )


@pytest.mark.slow
@pytest.mark.process
def test_the_report_of_a_program_has_the_numbers_of_the_list(done, root, tmp_path):
    """Of 合同就職面接会: 148 of 200 件 is 74.0 %, from 170 it is (148 - 170) / (200 - 170)."""
    rows = read_rows(done.folder / "programs.csv")
    [fair] = [row["program_id"] for row in rows if row["program"] == "合同就職面接会"]
    where = ("--data", str(done.folder), "--output", str(tmp_path / "out"))
    run_sosei(root, *where, "--notebook", "program", "--program", fair)
    [page] = (tmp_path / "out").glob("2018/082201/*/program.html")
    text = html.unescape(re.sub("<[^>]+>", "", page.read_text(encoding="utf-8")))
    for said in (
        "目標200件に対して速報の実績が148件で、目標に届きませんでした",
        "事業前の従前値170件より悪くなっています",
        "200件148件速報値74.0％▲73.3％74.0％",
        "3,780,000",
        "1件あたり25,541円",
        "指標一覧!I9",
    ):
        assert said in squeeze(text)
    results = read_rows(tmp_path / "out/results/kpis.csv")
    [result] = [row for row in results if row["program_id"] == fair]
    assert float(result["achievement_rate"]) == pytest.approx(148 / 200)
    assert float(result["progress_rate"]) == pytest.approx(-22 / 30)
    assert float(result["unit_cost_yen"]) == pytest.approx(3_780_000 / 148)
