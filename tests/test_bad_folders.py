"""What a folder may hold by mistake: each is named in a few lines, and nothing hangs or grows."""

import os
import resource
import subprocess
import sys
from itertools import chain

import pandas as pd
import pytest
from test_check import (
    BUDGET,
    CONSULTATIONS,
    JOB_FAIR,
    OBSERVATION,
    SOURCE,
    append,
    write,
    write_headers,
)

from analysis import DataError, check, load
from analysis.dataset import files
from analysis.dataset.problems import describe_problems, summarize_problems
from analysis.dataset.tables import TABLES
from analysis.measures.computed import COMPUTED

LARGEST = 9_007_199_254_740_991
ITEM = {"item_id": "vision", "strategy_id": "plan", "kind": "vision", "name": "将来像", "order": 1}


@pytest.fixture
def folder(tmp_path):
    """A sound folder: one program, one amount, one KPI."""
    write(tmp_path, "sources", SOURCE)
    write(tmp_path, "programs", JOB_FAIR)
    write(tmp_path, "budgets", BUDGET)
    write(tmp_path, "kpis", CONSULTATIONS)
    write_headers(tmp_path, "ratings", "observations", "instruments")
    return tmp_path


def found(folder):
    """File, row, column and what was found of each problem."""
    problems = check(folder)
    columns = ["file", "row", "column", "found"]
    shown = problems[columns].astype(object)
    return shown.where(shown.notna(), None).to_numpy().tolist()


def expected(folder):
    """What the one problem expected."""
    [problem] = check(folder).to_dict("records")
    return problem["expected"]


# Columns of one's own


def test_a_column_of_ones_own_is_never_taken_for_one_of_the_project_whatever_its_name(folder):
    names = {*chain.from_iterable(table.columns for table in TABLES.values()), *COMPUTED}
    names |= {"", "row", "index", "level_0", "end", "figure", "own_kpi", "=1+1"}
    as_it_was = load(folder).tables
    own = {}
    for table in as_it_was:
        path = folder / f"{table}.csv"
        if path.exists():
            own[table] = sorted(names - set(TABLES[table].columns))
            held = pd.read_csv(path, dtype="str", keep_default_na=False)
            more = pd.DataFrame("-1", index=held.index, columns=own[table])
            held.join(more).to_csv(path, index=False)
    problems = check(folder)
    assert problems["kind"].tolist() == ["unknown_column"] * len(own)
    assert problems["file"].tolist() == [f"{table}.csv" for table in own]
    loaded = load(folder, fiscal_year=2018).tables
    for name, before in as_it_was.items():
        columns = list(TABLES[name].columns)
        pd.testing.assert_frame_equal(loaded[name][columns], before)
        more = [f"own_{column}" for column in own.get(name, [])]
        assert list(loaded[name]) == [*columns, *more]


def test_of_many_columns_that_no_table_has_the_first_are_named_in_one_line(folder):
    extra = {f"c{n}": "" for n in range(300)}
    write(folder, "kpis", CONSULTATIONS | extra)
    named = "300 columns that are not part of this table ('c0', 'c1', 'c2', 'c3', 'c4', …)"
    assert found(folder) == [["kpis.csv", 1, "", f"{named}; nothing reads them"]]


def test_more_columns_than_any_table_needs_are_one_error(folder):
    append(folder, "observations", "")
    header = ",".join(f"c{n}" for n in range(40_000))
    (folder / "observations.csv").write_text(f"{header}\n", encoding="utf-8")
    assert found(folder) == [["observations.csv", 1, "", "40,000 columns"]]
    assert expected(folder) == "at most 500 columns"


# Figures


@pytest.mark.parametrize("digits", [17, 19, 30, 400, 5_000])
@pytest.mark.parametrize(
    ("table", "row", "column", "largest"),
    [
        ("budgets", BUDGET, "amount_yen", f"{LARGEST:,}"),
        ("kpis", CONSULTATIONS, "sample_size", f"{LARGEST:,}"),
        ("kpis", CONSULTATIONS, "actual", "15 digits"),
    ],
)
def test_a_figure_that_would_be_rounded_is_refused(folder, table, row, column, largest, digits):
    write(folder, table, row | {column: "9" * digits})
    [[file, line, name, said]] = found(folder)
    assert (file, line, name) == (f"{table}.csv", 2, column)
    assert said.startswith("'999")
    assert len(said) < 150
    assert largest in expected(folder) or "characters" in expected(folder)


def test_a_year_and_a_place_in_a_plan_of_many_digits_are_refused_too(folder):
    plan = {"strategy_id": "plan", "government_code": "082201", "strategy": "計画"}
    trace = {name: JOB_FAIR[name] for name in ("source_id", "place", "inferred")}
    write(folder, "strategies", plan | {"start_year": "9" * 19} | trace)
    write(folder, "strategy_items", ITEM | {"order": "9" * 19} | trace)
    assert [problem[2] for problem in found(folder)] == ["start_year", "order"]


def test_the_largest_whole_number_is_held_to_its_last_digit_beside_an_empty_cell(folder):
    write(
        folder,
        "kpis",
        CONSULTATIONS | {"sample_size": str(LARGEST)},
        CONSULTATIONS | {"kpi_id": "visitors", "sample_size": ""},
    )
    assert load(folder).kpis["sample_size"][0] == LARGEST
    write(
        folder,
        "kpis",
        CONSULTATIONS | {"sample_size": str(LARGEST + 2)},
        CONSULTATIONS | {"kpi_id": "visitors", "sample_size": ""},
    )
    assert found(folder) == [["kpis.csv", 2, "sample_size", f"'{LARGEST + 2}'"]]


@pytest.mark.parametrize(
    "number", ["0.6666666666666666", "0.30000000000000004", "000000000000000012"]
)
def test_a_figure_of_many_digits_that_is_held_as_written_is_no_problem(folder, number):
    write(folder, "kpis", CONSULTATIONS | {"baseline": number, "unit": "％"})
    assert found(folder) == []


# Long cells, odd characters


def test_a_name_of_400_characters_is_taken_and_one_of_40_000_is_refused_by_its_beginning(folder):
    write(folder, "kpis", CONSULTATIONS | {"kpi": "あ" * 400})
    assert found(folder) == []
    write(folder, "kpis", CONSULTATIONS | {"kpi": "い" * 40_000})
    assert found(folder) == [["kpis.csv", 2, "kpi", f"'{'い' * 40}…' (40,000 characters)"]]
    assert expected(folder).startswith("at most 1,000 characters")


def test_a_program_id_that_no_folder_could_be_named_by_is_refused(folder):
    write(folder, "observations", OBSERVATION | {"program_id": "a" * 300})
    assert [problem[2] for problem in found(folder)] == ["program_id"]
    assert expected(folder).startswith("at most 100 characters")


def test_a_cell_longer_than_any_is_refused_with_its_row(folder):
    append(folder, "observations", f"082201,job_fair,{'a' * 140_000}\n")
    said = "a cell of more than 131,072 characters"
    assert found(folder) == [["observations.csv", 2, "", said]]


def test_control_characters_are_refused_and_shown_as_what_they_are(folder):
    write(folder, "kpis", CONSULTATIONS | {"kpi": "相談\x1b[2J件数", "fiscal_year": "2018\u202e"})
    assert found(folder) == [
        ["kpis.csv", 2, "fiscal_year", r"'2018\u202e'"],
        ["kpis.csv", 2, "kpi", r"'相談\x1b[2J件数'"],
    ]
    assert describe_problems(check(folder)).isprintable() is False  # two lines
    assert "\x1b" not in describe_problems(check(folder))


def test_names_of_files_and_columns_are_shown_without_their_control_characters(folder):
    (folder / "k\x1bpis.csv").write_text("", encoding="utf-8")
    write(folder, "kpis", CONSULTATIONS | {"\x1b[31m": ""})
    assert [problem[:3] for problem in found(folder)] == [
        ["kpis.csv", 1, r"\x1b[31m"],
        [r"k\x1bpis.csv", None, ""],
    ]


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (b"PK\x03\x04\x14\0\x06\0", "a workbook (xlsx, ods) or another archive"),
        ("事業".encode("utf-16"), "bytes that are not UTF-8"),
        (b"what\n1\na\0b\n", "a NUL byte, which no text holds"),
    ],
)
def test_a_file_that_is_no_text_is_one_problem(folder, held, said):
    (folder / "observations.csv").write_bytes(held)
    assert [problem[3] for problem in found(folder)] == [said]
    assert "CSV UTF-8" in expected(folder)


# Many problems, large files


def test_zeros_that_a_spreadsheet_dropped_are_one_message_for_a_column(folder):
    rows = [CONSULTATIONS | {"kpi_id": f"k{n}", "government_code": "82201"} for n in range(429)]
    write(folder, "kpis", *rows)
    said = "'82201' and 428 more such codes (rows 2, 3, 4, 5, 6, …)"
    assert found(folder) == [["kpis.csv", 2, "government_code", said]]
    assert expected(folder).startswith("082201, a 6-digit")
    assert summarize_problems(check(folder))["rows"].tolist() == [429]


def test_rows_pasted_many_times_are_counted_and_the_first_are_named(folder):
    write(folder, "budgets", *[BUDGET] * 1_501)
    problems = check(folder)
    assert len(problems) == 1_000 + 1
    assert problems["found"].iloc[-1] == "500 more like those above"
    assert summarize_problems(problems)[["kind", "rows", "first_row"]].to_numpy().tolist() == [
        ["key_again", 1_500, 3]
    ]


def test_a_table_of_more_bytes_or_rows_than_a_nation_needs_is_not_read(folder, monkeypatch):
    os.truncate(folder / "observations.csv", 300_000_000)
    assert found(folder) == [["observations.csv", None, "", "300 MB"]]
    assert expected(folder) == "a file of at most 200 MB"
    monkeypatch.setattr(files, "MOST_ROWS", 1_000)
    (folder / "observations.csv").write_bytes(b"what\n" + b"\n" * 1_000)
    assert found(folder) == [["observations.csv", None, "", "more than 1,000 rows"]]


def test_a_file_of_newlines_alone_takes_little_memory(folder):
    (folder / "observations.csv").write_bytes(b"\n" * 20_000_000)

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))

    script = "import sys, analysis; print(analysis.check(sys.argv[1])['found'].tolist())"
    command = [sys.executable, "-c", script, str(folder)]
    threads = {"OPENBLAS_NUM_THREADS": "1"}
    ended = subprocess.run(
        command, env=os.environ | threads, preexec_fn=limit, capture_output=True, text=True
    )
    assert ended.stdout == "['an empty file']\n", ended.stderr


# What is no file


def as_folder(path):
    path.mkdir()


def as_pipe(path):
    os.mkfifo(path)


def as_dangling_link(path):
    path.symlink_to("nowhere.csv")


def as_link_to_a_device(path):
    path.symlink_to("/dev/zero")


def as_link_to_itself(path):
    path.symlink_to(path.name)


NO_FILES = {
    as_folder: "a folder",
    as_pipe: "a pipe or a device",
    as_dangling_link: "a link that leads nowhere",
    as_link_to_a_device: "a pipe or a device",
    as_link_to_itself: "no way to read it",
}


@pytest.mark.parametrize("make", NO_FILES)
def test_what_is_no_file_is_an_error_for_every_table_and_rubric_and_hides_no_other(folder, make):
    write(folder, "kpis", CONSULTATIONS | {"actual": "約120"})
    (folder / "budgets.csv").unlink()
    (folder / "rubrics").mkdir()
    names = ["budgets.csv", "grants.csv", "rubrics/mine.toml"]
    for name in names:
        make(folder / name)
    problems = check(folder).set_index("file")
    assert set(problems.index) == {"kpis.csv", *names}
    assert problems.loc[names, "kind"].tolist() == ["unreadable"] * 3
    assert all(said.startswith(NO_FILES[make]) for said in problems.loc[names, "found"])
    with pytest.raises(DataError, match="約120"):
        load(folder)


def test_a_link_to_a_table_elsewhere_is_that_table(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "amounts.csv"
    (folder / "budgets.csv").rename(elsewhere)
    (folder / "budgets.csv").symlink_to(elsewhere)
    assert found(folder) == []
    assert len(load(folder).budgets) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="to root every file may be read")
def test_a_table_that_may_not_be_read_is_an_error_without_its_path(folder):
    (folder / "budgets.csv").chmod(0)
    assert found(folder) == [["budgets.csv", None, "", "no way to read it (Permission denied)"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = " + "[" * 3_000, "brackets within brackets"),
        ("x = " + "9" * 5_000, "Exceeds the limit"),
        ("name = 'あ'".encode("cp932"), "codec can't decode"),
        ("name = \n", "Invalid value"),
    ],
)
def test_a_rubric_that_cannot_be_read_is_one_problem(folder, text, said):
    (folder / "rubrics").mkdir()
    text = text if isinstance(text, bytes) else text.encode()
    (folder / "rubrics" / "mine.toml").write_bytes(text)
    [[file, _, _, shown]] = found(folder)
    assert file == "rubrics/mine.toml"
    assert said in shown


@pytest.mark.parametrize("number", ["nan", "inf", "1" + "0" * 4_000])
def test_a_condition_of_a_rubric_that_nothing_or_everything_meets_is_refused(folder, root, number):
    rubric = (root / "data" / "rubrics" / "ibaraki.toml").read_text(encoding="utf-8")
    before, _, after = rubric.partition("at_least = ")
    (folder / "rubrics").mkdir()
    changed = f"{before}at_least = {number}{after.lstrip('0123456789.')}"
    (folder / "rubrics" / "mine.toml").write_text(changed, encoding="utf-8-sig")
    [[file, _, column, shown]] = found(folder)
    assert file == "rubrics/mine.toml"
    assert column.endswith("at_least")
    assert len(shown) < 100


def test_a_file_in_the_place_of_the_rubrics_is_named(folder):
    (folder / "rubrics").write_text("", encoding="utf-8")
    assert found(folder) == [["rubrics", None, "", "no folder"]]


def test_no_message_holds_a_path_of_the_machine(folder, monkeypatch):
    write(folder, "kpis", CONSULTATIONS | {"actual": "約120"})
    data, below = folder / "data", folder / "notebooks"
    data.mkdir()
    below.mkdir()
    for path in folder.glob("*.csv"):
        path.rename(data / path.name)
    monkeypatch.chdir(below)
    for name in ("data", "nowhere"):
        with pytest.raises(DataError) as error:
            load(name)
        assert str(folder) not in str(error.value)


def test_wrong_places_are_told_together_and_before_anything_is_read(project, sosei):
    (project / "reports").write_text("", encoding="utf-8")
    (project / "data" / "kpis.csv").write_text("", encoding="utf-8")
    wrong = ["--data", "date", "--output", "reports", "--notebook", "programme"]
    for command in ("plan", "run"):
        ended = sosei(command, *wrong)
        assert ended.returncode == 1
        assert ended.stdout == ""
        assert [line.split(".")[0] for line in ended.stderr.splitlines()] == [
            "date: there is no such folder here or above",
            "programme: no such notebook",
            "reports: reports cannot be written there: it is no folder",
        ]
    ended = sosei("plan", "--output", "reports/below", "--notebook", "programme")
    assert "an empty file" not in ended.stderr
    assert "reports/below: reports cannot be written there: reports is no folder" in ended.stderr


def test_a_table_under_another_name_or_with_other_separators_is_told_as_what_it_is(project, sosei):
    data = project / "data"
    (data / "kpis.csv").rename(data / "KPIs.csv")
    ratings = (data / "ratings.csv").read_text(encoding="utf-8")
    ended = sosei("check")
    assert ended.returncode == 0  # no error for each KPI that another table names
    assert "KPIs.csv (doubt): found a file of this name; expected kpis.csv, in just" in ended.stdout
    assert "kpis.csv (note): found no such file" in ended.stdout
    (data / "ratings.csv").write_text(ratings.replace(",", ";"), encoding="utf-8")
    said = sosei("check").stdout
    assert "ratings.csv row 1: found semicolons between the columns; expected commas" in said
    assert "missing_column" not in said


def test_a_source_table_that_cannot_be_read_raises_no_doubts_about_others(project, sosei):
    sources = (project / "data/sources.csv").read_text(encoding="utf-8")
    (project / "data/sources.csv").write_bytes(sources.encode("cp932", "replace"))
    ended = sosei("check")
    assert ended.stdout.splitlines()[-1] == "data: 1 error, 0 doubts, 0 notes"
