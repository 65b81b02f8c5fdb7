"""A folder of one's own to begin with holds all that a run needs."""

import pytest
from openpyxl import load_workbook

import analysis
from analysis.errors import DataError
from analysis.intake.study import begin_study


def test_it_holds_tables_notebooks_a_workbook_and_how_to_go_on(tmp_path, root):
    made = begin_study(tmp_path / "my study")
    assert all(path.exists() for path in made)
    study = tmp_path / "my study"
    own = {path.name for path in (root / "notebooks").glob("*.ipynb")}
    assert {path.name for path in (study / "notebooks").iterdir()} == own
    assert analysis.load(study / "data").kpis.equals(analysis.load(root / "data").kpis)
    assert (study / "data/rubrics/tsukuba.toml").is_file()
    assert (study / "docs/examples/tsukuba_h30.xlsx").is_file()  # which a notebook reads
    assert "sosei run" in (study / "README.md").read_text(encoding="utf-8")


def test_the_workbook_goes_on_from_the_example(tmp_path):
    begin_study(tmp_path)
    sheet = load_workbook(tmp_path / "082201_2019.xlsx")["指標"]
    assert sheet["B8"].value.startswith("合同就職")
    front = load_workbook(tmp_path / "082201_2019.xlsx")["はじめに"]
    said = {cell for row in front.iter_rows(values_only=True) for cell in row if cell}
    assert "sosei ingest 082201_2019.xlsx --into data" in said  # wherever the folder is moved to


def test_what_is_there_already_stays_as_it_is(tmp_path):
    (tmp_path / "data").mkdir()
    with pytest.raises(DataError, match=r"data: already there, so nothing was written"):
        begin_study(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    with pytest.raises(DataError, match="is a file"):
        (tmp_path / "x").touch()
        begin_study(tmp_path / "x")


def test_every_command_of_its_readme_is_one(root):
    from typer.main import get_command

    from analysis.cli import app

    text = (root / "src/analysis/study/README.md").read_text(encoding="utf-8")
    named = {line.split()[1] for line in text.splitlines() if line.startswith("    sosei ")}
    assert named == {"run", "ingest", "new", "check"}
    assert named <= set(get_command(app).commands)
