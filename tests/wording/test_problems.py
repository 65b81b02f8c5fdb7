"""What `check` found, in words for readers."""

import re

import pandas as pd
from folders import BUDGET, CONSULTATIONS, JOB_FAIR, SOURCE, write, write_headers

from analysis import check
from analysis.dataset.problems import MEANINGS
from analysis.dataset.tables import TABLES
from analysis.wording.codebook import name_column
from analysis.wording.problems import (
    advise_on_problem,
    name_cell_of,
    name_problem,
    show_value,
    summarize_problems,
    tabulate_problems,
)


def test_every_kind_of_problem_has_a_name_and_a_remedy_of_its_own():
    names = [name_problem(kind) for kind in MEANINGS]
    assert not [name for name in names if name in MEANINGS]
    assert len({*names}) == len(names)
    assert not [kind for kind in MEANINGS if not advise_on_problem(kind).endswith("。")]


def test_a_cell_is_named_by_its_table_row_and_column_and_a_file_of_no_table_by_itself():
    assert name_cell_of("budgets.csv", 5, "amount_yen") == "金額（budgets.csv）5行目「金額（円）」"
    assert name_cell_of("notes.csv", pd.NA, "") == "notes.csv"
    assert name_cell_of("kpis.csv", 2, "kpi_id + fiscal_year").endswith("「指標の識別名＋年度」")
    assert name_cell_of("rubrics/town.toml", pd.NA, "level") == "rubrics/town.toml「level」"


def test_what_a_cell_holds_is_shown_in_the_words_of_its_column():
    assert show_value("pending", "kpis", "actual_status") == "集計中"
    assert show_value("down", "kpis", "direction") == "減らす"
    assert show_value("pending", "kpis", "unit") == "pending"


def test_no_remedy_calls_a_column_as_the_files_do():
    names = {column for table in TABLES.values() for column in table.columns}
    told = {kind: advise_on_problem(kind) for kind in MEANINGS}
    said = {kind: names & {*re.findall("[A-Za-z_]+", text)} for kind, text in told.items()}
    assert {kind: found for kind, found in said.items() if found} == {}
    assert name_column("kpis", "break_note") in told["unit_changes"]
    assert name_column("sources", "supersedes") in told["editions_differ"]
    assert name_column("kpis", "inferred") in told["unknown_inferred"]


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
    changed = tabulate_problems(
        pd.DataFrame([{"found": "'keep_above'", "understood": "down", "printed": "up"}]).assign(
            **dict.fromkeys(("subject", "source", "source_file", "place"), ""),
            **{"severity": "doubt", "kind": "direction_changes", "file": "kpis.csv", "row": 3},
            **{
                "column": "direction",
                "expected": "'up' as in row 2 of this KPI, or another kpi_id;"
                " or the reason in break_note",
                "rows": 1,
            },
        )
    )
    told = changed.loc[0, ["見つかったこと", "照合", "資料の記載", "表の値"]].tolist()
    assert told == ["「下回らない」", "指標（kpis.csv）の2行目では「増やす」", "増やす", "減らす"]
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
