"""The codebook: columns by Japanese name, of one table or several, and computed ones."""

import pytest
from slices import DATA

import analysis
from analysis import DataError, codebook
from analysis.dataset.tables import TABLES
from analysis.measures.computed import COMPUTED
from analysis.wording.codebook import name_column, name_table
from analysis.wording.labels import labels


def test_a_table_may_be_named_alone_or_in_a_list():
    assert codebook("kpis").equals(codebook(["kpis"]))
    assert codebook("kpis")["column"].tolist() == list(TABLES["kpis"].columns)


def test_all_tables_of_a_folder_are_listed_by_default():
    assert codebook()["table"].unique().tolist() == list(TABLES)


def test_an_unknown_table_is_refused_with_the_one_that_was_meant():
    with pytest.raises(DataError, match=r"no table 'kpi'\..*Did you mean kpis\?"):
        codebook("kpi")


def test_every_column_of_every_table_has_a_name_in_japanese():
    for listed in (codebook(), codebook("computed")):
        assert listed[listed["label"].str.isascii()].empty
    assert [name for name in TABLES if name_table(name).isascii()] == []


def test_no_two_columns_of_a_table_have_one_japanese_name():
    listed = codebook()
    assert listed[listed.duplicated(["table", "label"], keep=False)].empty


def test_computed_columns_say_their_meaning_unit_and_function():
    listed = codebook("computed").set_index("column")
    assert list(listed) == ["table", "label", "meaning", "unit", "function"]
    rate = listed.loc["achievement_rate"]
    assert rate.tolist() == [
        "computed",
        "達成率",
        "actual / target",
        "ratio (0.74 is 74 %)",
        "add_achievement",
    ]
    assert listed.loc["reached", "function"] == "add_achievement"
    assert listed.loc["cost_yen", "unit"] == "yen"


def test_no_name_is_kept_of_a_column_or_table_that_is_not_there():
    assert labels("table_names").keys() == TABLES.keys()
    columns = {name: {*table.columns} for name, table in TABLES.items()} | {"computed": {*COMPUTED}}
    for name, known in columns.items():
        assert labels(f"data.{name}").keys() <= known
    assert labels("data").keys() <= set().union(*columns.values())


@pytest.mark.parametrize("name", ["kpis", "programs"])
def test_every_column_of_the_computed_results_stands_in_the_codebook(name):
    known = {column for table in TABLES.values() for column in table.columns} | set(COMPUTED)
    assert [c for c in analysis.measure(analysis.load(DATA)).results[name] if c not in known] == []


def test_a_column_is_named_as_its_table_names_it():
    assert name_column("kpis", "direction") == "指標の方向"
    assert name_column("links", "kind") == "つながりの種類"
    assert name_column("kpis", "progress_rate") == "進捗率"
    assert name_column("kpis", "remark") == "remark"
