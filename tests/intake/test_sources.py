"""A publication is one row of sources, told from every other."""

from pathlib import Path

import pandas as pd
import pytest
from intake.typed_facts import fact

from analysis.intake.context import Context
from analysis.intake.ids import Known
from analysis.intake.publication import Publication
from analysis.intake.sources import Earlier, describe_source, name_source


def publication(*facts, file="list.xlsx", **said):
    said = {"title": "つくば市 指標一覧【速報版】", "year": 2018} | said
    return Publication(file, [], [Context(**said)], list(facts))


def describe(*facts, given=("", ""), known=None, **said):
    return describe_source(publication(*facts, **said), given, known or Known())


def test_its_title_stands_without_the_edition():
    source = describe(edition="速報版")
    assert (source["title"], source["edition"]) == ("つくば市 指標一覧", "速報版")


def test_a_publisher_that_is_said_goes_before_one_that_is_printed():
    assert describe(publisher="つくば市")["publisher"] == "つくば市"
    assert describe(publisher="つくば市", given=("", "茨城県"))["publisher"] == "茨城県"


def test_in_a_folder_of_one_government_what_names_none_is_of_that():
    known = Known(names={"082201": "つくば市"})
    source = describe(known=known)
    assert (source["code"], source["publisher"]) == ("082201", "つくば市")
    assert source["inferred"] == "publisher"


def test_without_a_publisher_the_name_of_the_file_stands_for_it_and_is_inferred():
    source = describe()
    assert (source["publisher"], source["inferred"]) == ("list", "publisher")


@pytest.mark.parametrize(
    ("years", "expected"), [([2016, 2017], 2017), ([2017, 2016], 2017)], ids=str
)
def test_without_a_year_in_its_title_it_evaluates_the_last_year_with_an_actual(years, expected):
    facts = [fact("actual", "1", fiscal_year=year) for year in years]
    later = fact("target", "2", fiscal_year=2020)
    source = describe(*facts, later, year=None)
    assert source["fiscal_year"] == expected
    assert "fiscal_year" in source["inferred"]


def test_a_name_in_japanese_gives_an_id_of_small_letters():
    assert name_source("指標一覧.xlsx", 2018).isascii()
    assert name_source("指標一覧.xlsx", 2018) == name_source("指標一覧.pdf", 2018)


def settle(*rows, file="list.xlsx", year=2018, path="a/list.xlsx"):
    earlier = Earlier({"sources": pd.DataFrame(rows)})
    one = publication(fact("actual", "1"), file=file, year=year)
    source = describe_source(one, ("", "つくば市"), Known())
    earlier.settle(source, one, Path(path))
    return source, one, earlier.replaced


def row(source_id, place, year):
    return {"source_id": source_id, "place": place, "fiscal_year": year}


def test_the_same_file_of_the_same_year_replaces_what_was_read_of_it():
    _, _, replaced = settle(row("list_2018", "list.xlsx", "2018"))
    assert replaced == {"list_2018"}


def test_a_file_read_without_a_year_is_replaced_by_the_same_with_one():
    _, _, replaced = settle(row("list", "list.xlsx", ""))
    assert replaced == {"list"}


def test_a_file_of_the_same_name_and_another_year_is_told_by_its_folder():
    source, one, replaced = settle(row("list_2017", "list.xlsx", "2017"), path="b/list.xlsx")
    assert replaced == set()
    assert source["place"] == one.file == one.facts[0].file == "b/list.xlsx"


def test_two_files_of_one_stem_and_year_have_two_ids():
    source, _, replaced = settle(row("list_2018", "list.csv", "2018"))
    assert replaced == set()
    assert source["source_id"].startswith("list_2018_xlsx_")
