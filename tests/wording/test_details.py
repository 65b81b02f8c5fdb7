"""What checks found and expected, in words for readers: neither English nor names as in files."""

import csv
import re
from pathlib import Path

import pytest

from analysis.dataset.problems import MEANINGS
from analysis.dataset.tables import TABLES
from analysis.wording.details import name_any_column, name_columns_of, name_value, say_detail
from analysis.wording.labels import STATUSES, labels

SAMPLES = Path(__file__).with_name("details_of_checks.csv")  # each way in which checks write
CODES = {column for table in TABLES.values() for column in table.columns} | {*STATUSES}
FILES = re.compile(r"[\w/]+\.(?:csv|toml|md)")
TYPED = ("bad_cell", "unknown_column")  # of which what was found is what somebody typed


def read_samples():
    with SAMPLES.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if not row["file"].startswith("rubrics/")]


def list_codes(text):
    """The names of columns, and the codes of statuses, that stand in a text outside of files."""
    return CODES & {*re.findall("[A-Za-z_]+", FILES.sub("", text))}


def test_every_kind_of_problem_is_among_the_samples():
    kinds = {row["kind"] for row in read_samples()}
    assert {*MEANINGS} - kinds == {"bad_rubric"}


def test_nothing_that_checks_write_is_told_with_a_column_or_status_as_the_files_call_it():
    found = {}
    for row in read_samples():
        cell = row["file"].removesuffix(".csv"), row["column"]
        told = [name_columns_of(*cell)]
        told += [say_detail(row["expected"], *cell)]
        told += [say_detail(row["found"], *cell)] if row["kind"] not in TYPED else []
        for text in told:
            if codes := list_codes(text):
                found[text] = codes
    assert found == {}


def test_no_pattern_has_a_column_or_a_status_in_its_words():
    said = labels("problem_details")
    plain = {pattern: re.sub(r"\{\d:\w+\}", "", text) for pattern, text in said.items()}
    assert {p: list_codes(text) for p, text in plain.items() if list_codes(text)} == {}


@pytest.mark.parametrize(
    ("text", "table", "column", "told"),
    [
        (
            "'up' as in row 3 of this KPI, or another kpi_id; or the reason in break_note",
            "kpis",
            "direction",
            "指標（kpis.csv）の3行目では「増やす」",
        ),
        (
            "'148' although actual_status is pending",
            "kpis",
            "actual",
            "「148」（実績の状態は「集計中」）",
        ),
        (
            "government_code '082201' program_id 'fair'",
            "kpis",
            "program_id",
            "団体コード「082201」、事業の識別名「fair」",
        ),
        (
            "a row of kpis.csv with the same government_code and program_id; add it there or "
            "correct it here",
            "ratings",
            "kpi_id",
            "指標（kpis.csv）に、団体コード、事業の識別名が同じ行",
        ),
        ("one of up, down", "kpis", "direction", "次のどれか：増やす、減らす"),
        ("an empty cell and actual_status ''", "kpis", "actual", "空欄（実績の状態も空欄）"),
        ("2010, below start_year 2016", "programs", "end_year", "2010（開始年度の2016より小さい）"),
        (
            "the key of row 2 again (082201, fair, total)",
            "budgets",
            "program_id + kind",
            "金額（budgets.csv）の2行目と同じ（082201、fair、総予算額）",
        ),
        (
            "-3, the actual 5 less 8 (previous_year)",
            "kpis",
            "published_change",
            "-3（実績5から8を引いた値。前年度の実績）",
        ),
        ("one of sources, kpis", "kpiss", "", "次のどれか：資料（sources.csv）、指標（kpis.csv）"),
        ("one of name, level", "rubrics/town.toml", "colour", "次のどれか：name、level"),
        (
            "3 columns that are not part of this table (an empty cell, 'actual_note', 'own'); "
            "nothing reads them",
            "budgets",
            "",
            "表にない列3列（空欄、actual_note、own）",
        ),
        (
            "'80004' and 3 more such codes (rows 2, 3, …)",
            "kpis",
            "government_code",
            "「80004」など（ほかに3件。指標（kpis.csv）の2、3、…行目）",
        ),
    ],
)
def test_rows_columns_tables_and_words_are_called_as_readers_know_them(text, table, column, told):
    assert say_detail(text, table, column) == told


def test_a_column_is_named_by_any_table_that_has_it_and_one_of_none_by_itself():
    assert name_any_column("reasons", "first_year") == "始まった年度"
    assert name_any_column("kpis", "own_note") == "own_note"
    assert name_any_column("rubrics/town.toml", "kpis") == name_any_column("", "kpis")


def test_words_that_only_the_files_have_are_named_too():
    assert name_value("kpis", "target_bound", "range") == "幅のある値"
    assert name_value("links", "kind", "part_of") == "一部"
    assert name_value("kpis", "inferred", "direction own") == "指標の方向 own"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("about 83.75 as in the years around it", "前後の年度は83.75程度"),
        ("no more than ten times the target 4,000", "目標4,000の10倍以内"),
        ("5, the sum of its parts", "内訳の合計は5"),
        (
            "5, the sum of its parts, or 0 without what is carried out",
            "内訳の合計は5（翌年度への繰越を除くと0）",
        ),
        ("3,870,000 beside amount_printed '3,780,000'", "3,870,000（資料の記載「3,780,000」）"),
        ("estimated, as printed", "資料の記載どおりに「推計値」"),
        ("'件' as in row 3 of this KPI, or another kpi_id; or the reason in break_note", None),
    ],
)
def test_what_was_compared_is_said_with_its_figures(said, told):
    assert say_detail(said) == (told or "3行目では「件」")


def test_what_has_no_words_is_shown_as_it_is():
    assert say_detail("something {0} else") == "something {0} else"


@pytest.mark.parametrize(
    "said",
    [
        *("an empty file", "quotes in pairs", "3 cells", "bytes that are not UTF-8", "text"),
        "5 as in the header; put quotes around a cell that holds a comma",
        "text in UTF-8 (in a spreadsheet: save as 'CSV UTF-8')",
        "2016, below start_year 2018",
        "actual: value reached; leave its cells empty where nothing is printed",
        "whole yen up to 9,007,199,254,740,991; larger amounts would be rounded",
        "1,500 beside '平成29~31年度の3か年で10,000社'",
        "148 (list_1)",
        "148 as in row 3 (list_2); or to know that the later source revised it",
        "148 as in row 3 (list_2); or in sources.supersedes which of the two replaces the other",
        "-3, the actual 5 less 8 (baseline)",
        "government_code '082201' program_id 'job_fair' kpi_id 'consultations'",
        "a circle (plan → later → plan)",
        "235, more than that of '融資枠' it is part of",
        "an amount of 0 or more; only supplementary may take money away",
        "* for all rows, */source_id for those of one source, or the key of a row of kpis.csv",
        "a 6-digit code with its leading zero: a spreadsheet dropped it; read it in as text",
        "'80004' and 180 more such codes (rows 2, 3, …)",
        "a number, or in actual_status the reason why there is none: pending",
        "1,149 settled of a budget of 5",
        "3 rows of 2016, 2017 in list_1",
        "a day of 2018, the year of this figure",
    ],
)
def test_no_way_in_which_checks_write_is_left_in_english(said):
    told = say_detail(said)
    assert told != said
    assert not re.search("[a-z]{3,} [a-z]{2,}", told)
