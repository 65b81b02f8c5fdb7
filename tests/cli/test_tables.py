"""What the commands about tables say, and their exit codes."""

import pandas as pd
import pytest

WHOLE = pytest.mark.usefixtures("whole_project")


def damage(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@WHOLE
def test_the_real_data_have_no_problem(run):
    result = run("check")
    assert result.exit_code == 0
    assert result.output == "data: 0 errors, 0 doubts, 0 notes\n"


@WHOLE
def test_problems_are_counted_by_kind_and_then_listed_one_a_line_whole_and_unfolded(run, project):
    data = project / "data"
    damage(data / "kpis.csv", ",148,", ",約148,")
    damage(data / "budgets.csv", "082201,job_fair", "082201,job_fare")
    damage(data / "ratings.csv", "082201,support", "082211,support")
    damage(data / "programs.csv", ",note,", ",notes,")
    result = run("check", "data")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[:5] == [
        "     1 × error unknown_program: budgets.csv, column program_id from row 5: no such row of "
        "programs",
        "     1 × error bad_cell: kpis.csv, column actual from row 3: a cell is not written as its "
        "column asks",
        "     1 × error bad_cell: ratings.csv, column government_code from row 2: a cell is not "
        "written as its column asks",
        "     1 × doubt unknown_column: programs.csv, column notes from row 1: columns that "
        "the table does not have; nothing reads them",
        "",
    ]
    assert lines[-1] == "data: 3 errors, 1 doubt, 0 notes"
    lines = lines[5:]
    assert [line.partition("; expected ")[0] for line in lines[:-1]] == [
        "programs.csv row 1, column notes (doubt): found a column that is not part of this "
        "table; nothing reads it",
        "budgets.csv row 5, column program_id: found government_code '082201' "
        "program_id 'job_fare'",
        "kpis.csv row 3, column actual: found '約148'",
        "ratings.csv row 2, column government_code: found '082211'",
    ]
    assert "add it there or correct it here" in lines[1]
    assert "a plain number such as 1110 or -4.3" in lines[2]
    assert "a code whose check digit is right" in lines[3]


@WHOLE
def test_a_packed_folder_is_written_beside_and_checked_as_any_other(run, project):
    result = run("pack", "data")
    assert result.exit_code == 0
    place = project.resolve() / "data_packed"
    assert f"use it as --data {place}" in result.output
    assert (place / "kpis.parquet").is_file()
    assert run("check", str(place)).output == f"{place}: 0 errors, 0 doubts, 0 notes\n"
    assert run("list", "--data", str(place)).output == run("list").output


def test_nothing_is_packed_into_what_is_read_nor_with_errors(run, project):
    assert run("pack", "data", "--to", "data/packed").exit_code == 1
    damage(project / "data" / "kpis.csv", ",148,", ",約148,")
    result = run("pack", "data", "--to", "packed")
    assert result.exit_code == 1
    assert "found '約148'" in result.output
    assert not (project / "packed").exists()


@WHOLE
def test_of_many_problems_the_first_of_each_kind_are_listed_unless_all_are_asked_for(run, project):
    path = project / "data" / "instruments.csv"
    table = pd.read_csv(path, dtype="str", keep_default_na=False).assign(kind="subsidi")
    table.to_csv(path, index=False)
    few = run("check").output.splitlines()
    assert few[0].startswith("   181 × error bad_cell: instruments.csv, column kind")
    assert sum("found 'subsidi'" in line for line in few) == 5
    assert few[-2:] == ["176 more: --all lists every one", "data: 181 errors, 0 doubts, 0 notes"]
    every = run("check", "--all").output.splitlines()
    assert sum("found 'subsidi'" in line for line in every) == 181


@WHOLE
def test_a_dropped_zero_is_one_problem_however_many_codes_lost_it(run, project):
    path = project / "data" / "instruments.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    spoiled = [lines[0], *(line.replace("080004,", "80004,") for line in lines[1:])]
    path.write_text("\n".join(spoiled) + "\n", encoding="utf-8")
    first, _, problem, last = run("check").output.splitlines()
    assert first.startswith("   181 × error lost_zero: instruments.csv, column government_code")
    assert "found '80004' and 180 more such codes (rows 2, 3, 4, 5, 6, …)" in problem
    assert last == "data: 1 error, 0 doubts, 0 notes"


@WHOLE
def test_doubts_do_not_stop_anything_and_are_counted_in_one_line_of_a_run(
    run, project, write_notebook
):
    write_notebook("mine")
    damage(project / "data" / "budgets.csv", ",3780000,", ",3870000,")
    result = run("check")
    assert result.exit_code == 0
    assert "found 3,870,000 beside amount_printed '3,780,000'" in result.output
    planned = run("plan")
    assert planned.output.splitlines()[0] == (
        "data: 0 errors, 1 doubt, 0 notes; sosei check data lists them"
    )
    assert "3,870,000" not in planned.output


@WHOLE
def test_the_problems_are_written_as_a_file_and_as_a_page_if_asked_for(run, project):
    damage(project / "data" / "budgets.csv", ",3780000,", ",3870000,")
    result = run("check", "--csv", "found.csv", "--html", "found.html")
    assert result.exit_code == 0
    found = pd.read_csv(project / "found.csv", dtype="str")
    assert found[["種類の記号", "資料の記載", "表の値"]].to_numpy().tolist() == [
        ["printed_differs", "3,780,000", "3870000"]
    ]
    page = (project / "found.html").read_text(encoding="utf-8")
    assert "表の値が資料の記載と違う" in page
    assert "printed '3,780,000' in 平成30年度" in result.output


def test_a_published_file_is_checked_against_the_rule_and_is_no_error(run, project, published):
    result = run("check", "list.csv", "--csv", "found.csv", "--html", "found.html")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert len(lines) == 16
    assert " 1-3 not fulfilled" in result.output
    assert lines[-1].startswith("list.csv: ")
    assert "74.0％" in (project / "found.csv").read_text(encoding="utf-8")
    assert "「list.csv」は、15のチェック項目のうち" in (project / "found.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("checked", ["data", "list.csv"])
def test_the_folder_of_what_check_writes_is_made(run, project, published, checked):
    result = run("check", checked, "--csv", "one/found.csv", "--html", "two/deep/found.html")
    assert result.exit_code == 0
    assert (project / "one" / "found.csv").is_file()
    assert (project / "two" / "deep" / "found.html").is_file()


def test_a_published_file_that_cannot_be_read_is_an_error(run, project):
    (project / "list.xlsx").write_bytes(b"no workbook")
    result = run("check", "list.xlsx")
    assert result.exit_code == 1
    assert "no .xlsx file" in result.output
    assert run("check", "absent.xlsx").output == "absent.xlsx does not exist.\n"


def test_a_folder_that_is_not_there_is_a_message_not_a_traceback(run):
    result = run("check", "date")
    assert result.exit_code == 1
    assert "date: there is no such folder here or above" in result.output
    assert not isinstance(result.exception, ValueError)


LIST = "\n".join(
    [
        "つくば市 平成30年度 実績一覧",
        "",
        "事業名,指標,目標値,実績値,達成率",
        "就職面接会,相談件数（件）,200,148,74.0％",
    ]
)


@pytest.fixture
def published(project):
    """A published list in the working folder."""
    path = project / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_list_is_ingested_into_a_folder_by_its_name_and_says_what_is_next(
    run, project, published
):
    result = run("ingest", "list.csv")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].startswith("list.csv: ")
    assert ", 0 doubts, " in lines[0]
    assert ", 0 problems (fiscal year 2018)" in lines[0]
    assert lines[-1] == "next: sosei run --data data/list"
    assert run("check", "data/list").exit_code == 0


def test_a_doubt_is_listed_and_no_error(run, project, published):
    published.write_text(LIST.replace("74.0％", "0.74"), encoding="utf-8")
    result = run("ingest", "list.csv", "--into", "mine")
    assert result.exit_code == 0
    assert "  doubt: record 4 column E: '0.74': percent_or_ratio" in result.output


def test_a_figure_that_cannot_be_read_makes_the_exit_code_1_and_the_rest_is_written(
    run, project, published
):
    published.write_text(LIST.replace("148", "1・4・8"), encoding="utf-8")
    result = run("ingest", "list.csv", "--into", "mine")
    assert result.exit_code == 1
    assert "  problem: record 4 column D: '1・4・8': " in result.output
    assert (project / "mine/kpis.csv").is_file()


def test_a_correction_that_fits_no_longer_is_a_message_and_the_tables_stay(run, project, published):
    run("ingest", "list.csv", "--into", "mine")
    before = (project / "mine/kpis.csv").read_bytes()
    head = "file,cell,printed,corrected,reason,reported_on"
    line = "list.csv,record 4 column D,148,184,誤記,2026-05-01"
    (project / "mine/corrections.csv").write_text(f"{head}\n{line}\n", encoding="utf-8")
    published.write_text(LIST.replace("148", "184"), encoding="utf-8")
    result = run("ingest", "list.csv", "--into", "mine")
    assert result.exit_code == 1
    assert "record 4 column D of list.csv says '184', no longer '148'" in result.output
    assert (project / "mine/kpis.csv").read_bytes() == before


def test_what_is_no_published_file_is_a_message_and_leaves_no_folder(run, project):
    (project / "letter.docx").write_bytes(b"PK")
    for name in ("letter.docx", "absent.csv"):
        result = run("ingest", name, "--into", "mine")
        assert result.exit_code == 1
        assert name in result.output
        assert not isinstance(result.exception, ValueError)
        assert not (project / "mine").exists()


def test_the_code_the_name_and_the_year_of_a_list_can_be_given(run, project, published):
    published.write_text(LIST.replace("つくば市 平成30年度 ", ""), encoding="utf-8")
    options = ("--government", "143669", "--publisher", "開成町", "--fiscal-year", "2021")
    result = run("ingest", "list.csv", "--into", "mine", *options)
    assert result.exit_code == 0
    assert "(fiscal year 2021)" in result.output
    [kpi] = pd.read_csv(project / "mine/kpis.csv", dtype="str").to_dict("records")
    assert (kpi["government_code"], kpi["fiscal_year"]) == ("143669", "2021")
    [source] = pd.read_csv(project / "mine/sources.csv", dtype="str").to_dict("records")
    assert source["publisher"] == "開成町"


def test_a_code_whose_check_digit_is_wrong_is_an_error(run, project, published):
    assert run("ingest", "list.csv", "--into", "mine", "--government", "082202").exit_code == 1


def test_two_folders_are_compared_with_exit_code_0_whether_they_differ_or_not(run, project):
    (project / "later").mkdir()
    for path in (project / "data").glob("*.csv"):
        (project / "later" / path.name).write_bytes(path.read_bytes())
    same = run("diff", "data", "later")
    assert (same.exit_code, same.output) == (0, "data -> later: nothing differs\n")
    damage(project / "later/kpis.csv", ",200,,,,148,", ",145,,,,148,")
    result = run("diff", "data", "later", "--html", "diff.html")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "data -> later: differences 1, verdicts that move 1"
    assert "2018 目標: 200件 -> 145件; 緩和（届きやすい向き）" in result.output
    assert lines[-1] == "diff.html is the page, diff.csv holds every change"
    assert (project / "diff.csv").is_file()


@pytest.mark.slow
def test_a_preliminary_edition_and_its_final_one_are_compared_within_one_folder(run, project):
    preliminary, final = "tsukuba_2018_preliminary", "tsukuba_2018_final"
    for name in ("sources", "programs", "kpis"):
        path = project / "data" / f"{name}.csv"
        table = pd.read_csv(path, dtype="str", keep_default_na=False)
        later = table[table["source_id"] == preliminary].assign(source_id=final)
        if name == "sources":
            table, later = table.assign(supersedes=""), later.assign(supersedes=preliminary)
        if name == "kpis":
            later = later.assign(actual_status="final", actual_printed="")
        pd.concat([table, later]).to_csv(path, index=False)
    result = run("diff", preliminary, final, "--data", "data")
    assert result.exit_code == 0
    assert "     7 × actuals and baselines: 7 status" in result.output.splitlines()
    assert "実績: 148件（速報値） -> 148件（公表値）" in result.output
    back = run("diff", final, preliminary, "--data", "data")
    assert "実績: 148件（公表値） -> 148件（速報値）" in back.output


def test_names_that_are_not_there_are_told_at_once_without_a_traceback(run):
    result = run("diff", "tsukuba_2018_preliminry", "morioka_2012", "--data", "data")
    assert result.exit_code == 1
    assert "Did you mean tsukuba_2018_preliminary?" in result.output
    assert "Did you mean morioka_2021?" in result.output
    assert not isinstance(result.exception, ValueError)
    folders = run("diff", "date", "data2")
    assert folders.exit_code == 1
    assert "date: there is no such folder" in folders.output
    assert "data2: there is no such folder" in folders.output


@WHOLE
@pytest.mark.parametrize(
    ("asked", "locale"), [([], "ja_JP.UTF-8"), (["--language", "ja"], "C")], ids=["locale", "asked"]
)
def test_what_is_found_is_told_in_japanese_where_it_is_asked_for(run, project, asked, locale):
    damage(project / "data" / "budgets.csv", ",3780000,", ",3870000,")
    lines = run("check", *asked, locale=locale).output.splitlines()
    kind, _, problem, last = lines
    assert kind.startswith("確認 1件　金額（budgets.csv）")
    assert "「金額（円）」から：表の値が資料の記載と違う。" in kind
    assert problem.startswith("【確認】金額（budgets.csv）")
    assert "（資料の記載「3,780,000」）" in problem
    assert last.endswith("確認1件が見つかりました。報告を作れない誤りはありません。")
    english = run("check", "--language", "en", locale="ja_JP.UTF-8").output
    assert english.splitlines()[-1] == "data: 0 errors, 1 doubt, 0 notes"
