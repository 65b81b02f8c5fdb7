"""What publishers are asked for: codes of what each document lacks of which programs."""

import pandas as pd
import pytest

from analysis.measures.inquiries import list_inquiries, list_lacking

PARTS = ("kpi", "baseline", "target", "actual", "budget", "settled", "period")
SOURCES = pd.DataFrame({"source_id": ["s", "t"], "title": ["面接会の評価", "一覧"]})


def rated(**cells):
    whole = dict.fromkeys(PARTS, "held") | {"pending": 0, "planned": 0}
    named = {
        "government": "町",
        "department": "経済部",
        "program": "面接会",
        "source_id": "s",
        "fiscal_year": 2018,
        "year_concluded": False,
    }
    return named | whole | cells


@pytest.mark.parametrize(
    ("cells", "lacks"),
    [
        ({}, []),
        ({"actual": "not_held", "settled": "not_held"}, ["actual", "settled"]),
        ({"actual": "not_held", "pending": 1}, ["pending"]),
        ({"actual": "not_held", "planned": 1}, []),
        ({"budget": "partly"}, ["nature"]),
        ({"period": "partly"}, []),
        (dict.fromkeys(("kpi", "baseline", "target", "actual"), "not_held"), ["kpi"]),
    ],
)
def test_what_is_asked_for(cells, lacks):
    assert list_lacking(rated(**cells)) == lacks


def test_programs_of_one_document_that_lack_the_same_are_asked_for_together():
    lacking = {"settled": "not_held"}
    table = pd.DataFrame(
        [
            rated(**lacking),
            rated(**lacking, program="拠点", fiscal_year=2019),
            rated(),
            rated(**lacking, source_id="t", department=None),
            rated(government="村", program="祭り", budget="partly", year_concluded=True),
        ]
    )
    town, village = list_inquiries(table, SOURCES)
    assert (town.government, town.departments) == ("町", ["経済部"])
    first, second = town.asked
    assert (first.title, first.programs, first.years) == (
        "面接会の評価",
        ["面接会", "拠点"],
        [2018, 2019],
    )
    assert first.named == ["拠点"]  # the title says 面接会 already
    assert (second.title, second.named, second.lacks) == ("一覧", ["面接会"], ["settled"])
    [asked] = village.asked
    assert (asked.years, asked.lacks) == ([], ["nature"])


def test_where_nothing_is_lacking_no_government_is_asked():
    assert list_inquiries(pd.DataFrame([rated()]), SOURCES) == []
