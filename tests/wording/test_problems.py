"""What `check` found, in words for readers."""

import re

import pandas as pd
import pytest
from folders import BUDGET, CONSULTATIONS, JOB_FAIR, SOURCE, write, write_headers

from analysis import check
from analysis.dataset.problems import MEANINGS
from analysis.wording.ja.problems import (
    advise_on_problem,
    name_cell_of,
    name_problem,
    say_detail,
    summarize_problems,
    tabulate_problems,
)


def test_every_kind_of_problem_has_a_name_and_a_remedy_of_its_own():
    names = [name_problem(kind) for kind in MEANINGS]
    assert not [name for name in names if name in MEANINGS]
    assert len({*names}) == len(names)
    assert not [kind for kind in MEANINGS if not advise_on_problem(kind).endswith("。")]


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
        ("estimated, as printed", "資料の記載どおりの推計値"),
        ("'件' as in row 3 of this KPI, or another kpi_id; or the reason in break_note", None),
    ],
)
def test_what_was_compared_is_said_with_its_figures(said, told):
    assert say_detail(said) == (told or "この指標の3行目では「件」")


def test_what_has_no_words_is_shown_as_it_is():
    assert say_detail("something {0} else") == "something {0} else"


def test_a_cell_is_named_by_its_table_row_and_column_and_a_file_of_no_table_by_itself():
    assert name_cell_of("budgets.csv", 5, "amount_yen") == "金額（budgets.csv）5行目「金額（円）」"
    assert name_cell_of("notes.csv", pd.NA, "") == "notes.csv"


def test_the_table_for_readers_has_what_check_has_in_words(tmp_path):
    write(tmp_path, "sources", SOURCE)
    write(tmp_path, "programs", JOB_FAIR)
    write(tmp_path, "budgets", BUDGET | {"amount_printed": "3,870,000"})
    write(tmp_path, "kpis", CONSULTATIONS | {"actual": "約120"})
    write_headers(tmp_path, "ratings", "observations", "instruments")
    table = tabulate_problems(check(tmp_path)).set_index("種類の記号")
    assert table.loc["bad_cell", "重さ"] == "誤り"
    assert table.loc["bad_cell", "見つかったこと"] == "「約120」"
    assert table.loc["printed_differs", "資料の記載"] == "3,870,000"
    assert table.loc["printed_differs", "資料の中の場所"] == "④-4"
    words = table.drop(columns=["表", "列"]).loc[["bad_cell", "printed_differs"]]
    assert not [w for w in words.loc[:, ["対応", "照合"]].to_numpy().ravel() if plain(w)]


def plain(text):
    """Whether a text is English."""
    return not re.search("[ぁ-ん一-龥]", text)


def test_the_summary_counts_by_severity_and_says_whether_reports_can_be_made():
    found = pd.DataFrame({"severity": ["doubt", "error", "doubt"]})
    said = summarize_problems("data", found, {"kpis": 2})
    assert said == (
        "「data」の1つの表、2行を点検しました。誤り1件、確認2件が見つかりました。"
        "「誤り」を直すまで、報告は作れません。"
    )
    assert "12の表" in summarize_problems("data", found, dict.fromkeys(map(str, range(12)), 1))
    assert "報告を作れない誤りはありません" in summarize_problems(
        "data", found[found["severity"] == "doubt"], {"kpis": 2}
    )


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
