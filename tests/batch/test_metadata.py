"""What tells of the results is valid by the libraries' own readers."""

import json

import pytest
from frictionless import Package, system
from rocrate.rocrate import ROCrate
from slices import DATA

import analysis
from analysis.batch.results import TABLES, write_results


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("results")
    write_results(analysis.measure(analysis.load(DATA)), place)
    return place


def test_the_package_and_every_cell_of_its_tables_are_valid(folder):
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["rowNumber", "fieldName", "note"]) == []
    assert report.valid
    assert [task.name for task in report.tasks] == [*TABLES, "codebook", "words"]
    assert all(task.stats["rows"] > 0 for task in report.tasks)


def test_a_changed_cell_is_found(folder, tmp_path):
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    kpis = tmp_path / "kpis.csv"
    kpis.write_text(kpis.read_text("utf-8-sig").replace(",2018,", ",heisei,", 1), "utf-8-sig")
    with system.use_context(trusted=True):
        assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_columns_have_types_and_meanings_for_readers(folder):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = {f["name"]: f for f in package["resources"][0]["schema"]["fields"]}
    assert fields["government_code"]["type"] == "string"
    assert fields["fiscal_year"]["type"] == "integer"
    assert fields["progress_rate"]["type"] == "number"
    assert fields["progress_rate"]["title"] == "進捗率"
    assert {s["title"] for s in package["sources"]} == set(analysis.load(DATA).sources["title"])


def test_the_crate_holds_every_file_and_names_the_publications(folder):
    crate = ROCrate(str(folder))
    held = {entity.id for entity in crate.data_entities}
    assert held == {f.name for f in folder.iterdir()} - {"ro-crate-metadata.json"}
    titles = {source["name"] for source in crate.root_dataset["isBasedOn"]}
    assert titles == set(analysis.load(DATA).sources["title"])
    assert crate.root_dataset["creator"]["softwareVersion"] == "0.1.0"
    assert crate.root_dataset["datePublished"] == "2026-01-30"
    assert crate.root_dataset["license"]["name"]
