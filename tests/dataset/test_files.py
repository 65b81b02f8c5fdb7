"""One file of a folder: what is no table, and how a table is read as text."""

import csv
import os
import resource
import subprocess
import sys

import pytest
from folders import (
    CONSULTATIONS,
    JOB_FAIR,
    OBSERVATION,
    assert_problems,
    expected,
    found_cells,
    write,
)

from analysis import DataError, check, load
from analysis.dataset import files


def append(full, name, text):
    path = full / f"{name}.csv"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_ragged_row_is_reported_with_its_number_of_cells(full):
    append(full, "observations", "082201,job_fair,出展企業,2018,1,053,tsukuba_2018,④-4,,社\n")
    assert_problems(
        full,
        ("observations.csv", 3, "", "10 cells", "9 as in the header; put quotes", "error"),
    )


def test_a_ragged_row_does_not_hide_problems_of_the_other_rows(full):
    write(full, "observations", OBSERVATION | {"value": "約75"})
    append(full, "observations", "082201,job_fair\n")
    assert_problems(
        full,
        ("observations.csv", 2, "value", "'約75'", "a plain number", "error"),
        ("observations.csv", 3, "", "2 cells", "9 as in the header", "error"),
    )


def test_a_file_that_is_not_utf_8_is_one_problem_with_the_row_of_the_first_wrong_bytes(full):
    path = full / "programs.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932"))
    assert_problems(
        full,
        ("programs.csv", 2, "", "bytes that are not UTF-8", "save as 'CSV UTF-8'", "error"),
    )


def test_utf_8_as_spreadsheets_save_it_with_a_byte_order_mark_is_no_problem(full):
    path = full / "programs.csv"
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(text.encode("utf-8-sig"))
    assert_problems(full)


def test_an_empty_file_is_one_problem_and_nothing_is_blamed_on_the_files_that_refer_to_it(
    full,
):
    (full / "kpis.csv").write_text("", encoding="utf-8")
    assert_problems(
        full,
        ("kpis.csv", None, "", "an empty file", "a first line with column names", "error"),
    )


@pytest.mark.parametrize("name", ["sources", "programs"])
def test_a_missing_required_file_is_one_problem(full, name):
    (full / f"{name}.csv").unlink()
    assert_problems(
        full,
        (f"{name}.csv", None, "", "no such file", "this file in the data folder", "error"),
    )


def test_a_column_name_that_stands_twice_is_reported(full):
    text = "government_code,program_id,program_id\n082201,job_fair,job_fair\n"
    (full / "observations.csv").write_text(text, encoding="utf-8")
    assert_problems(
        full,
        (
            "observations.csv",
            1,
            "",
            "'program_id' more than once",
            "each column name once",
            "error",
        ),
    )


def test_a_quote_that_is_never_closed_is_reported(full):
    append(full, "observations", '082201,job_fair,"出展企業,2018,53,tsukuba_2018,④-4,\n')
    assert_problems(full, ("observations.csv", 3, "", "broken CSV", "quotes in pairs", "error"))


def test_a_newline_inside_a_quoted_cell_does_not_shift_the_row_number(full):
    two_lines = JOB_FAIR | {"note": "面接会を開く。\n相談も受ける。"}
    seminar = JOB_FAIR | {"program_id": "seminar", "start_year": "平成28"}
    write(full, "programs", two_lines, seminar)
    assert len((full / "programs.csv").read_text(encoding="utf-8").splitlines()) == 4
    assert_problems(
        full, ("programs.csv", 3, "start_year", "'平成28'", "the western year", "error")
    )


def test_an_empty_line_keeps_its_row_number_and_is_no_problem(full):
    append(full, "observations", "\n082201,job_fair,出展企業,2018,約53,tsukuba_2018,④-4,,社\n")
    assert_problems(full, ("observations.csv", 4, "value", "'約53'", "a plain number", "error"))


def test_more_columns_than_any_table_needs_are_one_error(folder):
    append(folder, "observations", "")
    header = ",".join(f"c{n}" for n in range(40_000))
    (folder / "observations.csv").write_text(f"{header}\n", encoding="utf-8")
    assert found_cells(folder) == [["observations.csv", 1, "", "40,000 columns"]]
    assert expected(folder) == "at most 500 columns"


def test_a_cell_longer_than_any_is_refused_with_its_row(folder):
    append(folder, "observations", f"082201,job_fair,{'a' * 140_000}\n")
    said = "a cell of more than 131,072 characters"
    for limit in (131_072, 1_000_000):  # as another library may set it for all
        before = csv.field_size_limit(limit)
        assert found_cells(folder) == [["observations.csv", 2, "", said]]
        assert csv.field_size_limit(before) == limit


def test_names_of_files_and_columns_are_shown_without_their_control_characters(folder):
    (folder / "k\x1bpis.csv").write_text("", encoding="utf-8")
    write(folder, "kpis", CONSULTATIONS | {"\x1b[31m": ""})
    assert [problem[:3] for problem in found_cells(folder)] == [
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
    assert [problem[3] for problem in found_cells(folder)] == [said]
    assert "CSV UTF-8" in expected(folder)


def test_a_table_of_more_bytes_or_rows_than_a_nation_needs_is_not_read(folder, monkeypatch):
    os.truncate(folder / "observations.csv", 300_000_000)
    assert found_cells(folder) == [["observations.csv", None, "", "300 MB"]]
    assert expected(folder) == "a file of at most 200 MB"
    monkeypatch.setattr(files, "MOST_ROWS", 1_000)
    (folder / "observations.csv").write_bytes(b"what\n" + b"\n" * 1_000)
    assert found_cells(folder) == [["observations.csv", None, "", "more than 1,000 rows"]]


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
    assert found_cells(folder) == []
    assert len(load(folder).budgets) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="to root every file may be read")
def test_a_table_that_may_not_be_read_is_an_error_without_its_path(folder):
    (folder / "budgets.csv").chmod(0)
    assert found_cells(folder) == [
        ["budgets.csv", None, "", "no way to read it (Permission denied)"]
    ]


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
