"""All files of a folder: tables under other names, rubrics, what is no file."""

import pytest
from folders import assert_problems, found_cells

from analysis import load


def test_a_misspelt_file_name_is_a_doubt_that_does_not_stop_loading(full):
    (full / "observations.csv").rename(full / "observation.csv")
    names = "one of sources, programs, budgets, kpis, ratings, rating_axes, observations"
    assert_problems(
        full,
        ("observations.csv", None, "", "no such file", "no other figure is known", "note"),
        ("observation.csv", None, "", "a file of this name", names, "doubt"),
    )
    assert load(full).observations.empty


def test_a_rubric_that_is_not_toml_is_reported(full):
    (full / "rubrics").mkdir()
    (full / "rubrics" / "tsukuba.toml").write_text("name = \n", encoding="utf-8")
    assert_problems(
        full,
        ("rubrics/tsukuba.toml", None, "", "Invalid value", "a TOML file in UTF-8", "error"),
    )


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
    [[file, _, _, shown]] = found_cells(folder)
    assert file == "rubrics/mine.toml"
    assert said in shown


@pytest.mark.parametrize("number", ["nan", "inf", "1" + "0" * 4_000])
def test_a_condition_of_a_rubric_that_nothing_or_everything_meets_is_refused(folder, root, number):
    rubric = (root / "data" / "rubrics" / "ibaraki.toml").read_text(encoding="utf-8")
    before, _, after = rubric.partition("at_least = ")
    (folder / "rubrics").mkdir()
    changed = f"{before}at_least = {number}{after.lstrip('0123456789.')}"
    (folder / "rubrics" / "mine.toml").write_text(changed, encoding="utf-8-sig")
    [[file, _, column, shown]] = found_cells(folder)
    assert file == "rubrics/mine.toml"
    assert column.endswith("at_least")
    assert len(shown) < 100


def test_a_file_in_the_place_of_the_rubrics_is_named(folder):
    (folder / "rubrics").write_text("", encoding="utf-8")
    assert found_cells(folder) == [["rubrics", None, "", "no folder"]]


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
