"""The commands that write workbooks to fill in: what they say, and their exit codes."""

from openpyxl import load_workbook


def test_a_workbook_is_written_and_the_next_command_named(run, project):
    result = run("new", "year", "--government", "082201", "--fiscal-year", "2019")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "082201_2019.xlsx: fill it in and save it, then",
        "  sosei ingest 082201_2019.xlsx --into data",
    ]
    assert load_workbook(project / "082201_2019.xlsx")["指標"]["B8"].value.startswith("合同就職")


def test_an_empty_workbook_read_back_asks_for_each_cell_and_adds_nothing(run, project):
    run("new", "year", "--government", "082201", "--fiscal-year", "2019")
    before = (project / "data/kpis.csv").read_bytes()
    result = run("ingest", "082201_2019.xlsx", "--into", "data")
    assert result.exit_code == 1
    assert "nothing was added; 15 cells have to be put right first" in result.output
    assert (project / "data/kpis.csv").read_bytes() == before


def test_a_government_and_a_year_are_given_by_name_and_as_printed(run, project):
    result = run("new", "year", "--government", "つくば市", "--fiscal-year", "R元")
    assert result.output.startswith("082201_2019.xlsx: fill it in")
    result = run("new", "year", "--government", "つくば市", "--fiscal-year", "H30～R2")
    assert result.exit_code == 2
    assert "is not one year" in result.output


def test_a_folder_of_the_same_name_above_is_not_gone_on_from(run, project, monkeypatch):
    below = project / "notebooks"
    monkeypatch.chdir(below)
    result = run("new", "year", "--government", "082201", "--fiscal-year", "2019")
    assert result.exit_code == 1
    assert "there is no such folder" in result.output
    assert list(below.iterdir()) == []


def test_what_is_wrong_is_a_message(run, project):
    result = run("new", "year", "--government", "082202", "--fiscal-year", "2019")
    assert result.exit_code == 1
    assert "government '082202' is no code" in result.output
    given = ("--government", "143669", "--name", "開成町", "--fiscal-year", "2021")
    assert run("new", "government", *given, "--output", "a.xlsx").exit_code == 0
    again = run("new", "government", *given, "--output", "a.xlsx")
    assert again.exit_code == 1
    assert "a.xlsx is there already" in again.output


def test_a_check_of_a_workbook_to_fill_in_says_what_reads_it(run, project):
    run("new", "year", "--government", "082201", "--fiscal-year", "2019")
    said = run("check", "082201_2019.xlsx").output.splitlines()[-1]
    assert said.startswith("082201_2019.xlsx is a workbook to fill in: sosei ingest")
