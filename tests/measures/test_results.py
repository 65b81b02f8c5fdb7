"""Computed figures with the names of what they are about and the publications they come from."""

import pandas as pd
from slices import MORIOKA, TSUKUBA, report

from analysis.measures.results import FIRST, name_kpis, name_programs

SOURCES = pd.DataFrame({"source_id": ["a", "b"], "title": ["一覧", "一覧（確定）"]})
YEARS = pd.DataFrame(
    {
        "government_code": ["082201"] * 2,
        "program_id": ["job_fair"] * 2,
        "fiscal_year": [2018, 2019],
        "government": ["つくば市"] * 2,
    }
)


def test_kpis_bear_the_names_of_program_and_publication_behind_the_keys():
    data = report(TSUKUBA, 2018).data
    named = name_kpis(data.kpis, data.programs, data.sources)
    assert tuple(named)[: len(FIRST)] == FIRST
    row = named.set_index("program_id").loc["job_fair"]
    assert (row["program"], row["government"]) == ("合同就職面接会", "つくば市")
    assert row["source"] == data.sources["title"].iloc[0]
    assert len(named) == len(data.kpis)


def test_a_program_names_each_publication_that_shows_it_in_the_year():
    shown = [
        ("082201", "job_fair", 2018, "a"),
        ("082201", "job_fair", 2018, "b"),
        ("082201", "another", 2019, "a"),
    ]
    named = name_programs(YEARS, shown, SOURCES)
    assert named["source_id"].tolist()[0] == "a b"
    assert named["source"].tolist()[0] == "一覧; 一覧（確定）"
    assert named[["source_id", "source"]].iloc[1].isna().all()


def test_every_evaluated_year_of_the_real_data_has_its_publication():
    results = report(MORIOKA, 2021).results["programs"]
    assert results.loc[results["is_evaluated"], "source"].notna().all()
