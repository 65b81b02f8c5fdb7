"""What governments publish of what a judgement needs, and what of it could be compared."""

import pandas as pd

from analysis.measures.published import find_comparable, find_published, find_scope


def counted(*rows):
    columns = ["government", "fiscal_year", "kpis", "baseline", "target", "actual"]
    return pd.DataFrame(rows, columns=[*columns, "rates", "grades", "not_due"]).assign(
        government_code=lambda table: table["government"]
    )


YEARS = counted(
    ("町", 2017, 2, 0, 2, 2, 0, 0, 1),
    ("町", 2018, 1, 1, 0, 1, 0, 0, 1),
    ("村", 2018, 0, 0, 0, 0, 0, 3, 0),
)


def test_a_part_is_lacking_where_no_year_has_it_and_kpis_are_not_said_to_be():
    found = find_published(YEARS)
    assert (found.governments, found.years, found.kpis) == (2, 3, 3)
    assert found.lacking == {
        "baseline": ["村"],
        "target": ["村"],
        "actual": ["村"],
        "rates": ["町", "村"],
        "grades": ["町"],
    }
    assert found.not_due == {"町": 2}


def test_documents_without_a_program_and_governments_without_a_kpi_are_told_apart():
    shown = pd.DataFrame({"government": ["町", "村", "町"], "source_id": ["a", "b", "a"]})
    scope = find_scope(YEARS, shown, pd.DataFrame({"source_id": ["a", "b", "c"]}))
    assert (scope.governments, scope.without_kpi) == (["町", "村"], ["村"])
    assert (scope.first_year, scope.last_year) == (2017, 2018)
    assert (scope.documents, scope.other_documents) == (2, 1)


def test_where_nobody_publishes_a_kpi_the_years_are_those_of_the_programs():
    shown = pd.DataFrame({"government": ["町"] * 2, "source_id": "a", "fiscal_year": [2016, 2018]})
    scope = find_scope(YEARS.iloc[:0], shown, pd.DataFrame({"source_id": ["a"]}))
    assert (scope.first_year, scope.last_year) == (2016, 2018)
    assert scope.without_kpi == ["町"]


def test_a_kpi_is_shared_by_name_and_unit_whatever_the_width_of_the_unit():
    kpis = pd.DataFrame(
        {
            "government_code": ["a", "b", "a", "b", "a"],
            "kpi": ["満足度", "満足度", "来場者", "来場者", "満足度"],
            "unit": ["％", "%", "人", "社", "％"],
            "aggregation": ["level", "level", "single_year", "cumulative", "level"],
        }
    )
    found = find_comparable(kpis)
    assert (found.shared, found.units, found.kpis) == (["満足度"], 3, 5)
    assert found.ways == {"level": 3, "single_year": 1, "cumulative": 1}
