"""What `sosei ingest` says of what it did."""

from pathlib import Path

import pandas as pd
from intake.typed_facts import fact

from analysis.dataset.problems import PROBLEM_COLUMNS
from analysis.intake.context import Context
from analysis.intake.ingest import Ingested
from analysis.intake.messages import describe_ingested
from analysis.intake.publication import Publication


def describe(*facts, problems=(), year=2018, **said):
    publication = Publication("a.xlsx", [], [Context(year=year)], list(facts))
    found = pd.DataFrame(problems, columns=PROBLEM_COLUMNS)  # as `check` gives them
    done = Ingested(Path("data/a"), [publication], list(facts), problems=found)
    return describe_ingested(done, **said).splitlines()


def test_each_file_is_a_line_of_counts_by_outcome():
    found = describe(
        fact("actual", "1"),
        fact("target", "2"),
        fact("baseline", "3", outcome="doubt", note="no_year"),
        fact("", "x", outcome="left_out", note="outside"),
    )
    assert found[0] == "a.xlsx: 2 read, 1 doubt, 1 left out, 0 problems (fiscal year 2018)"


def test_problems_are_listed_before_doubts_with_place_text_and_reason():
    found = describe(
        fact("actual", "3", place="指標!D4", outcome="doubt", note="no_year"),
        fact(
            "actual", "", place="指標!D3", printed="30・40", outcome="problem", note="two_figures"
        ),
    )
    assert found[1:3] == [
        "  problem: 指標!D3: '30・40': two_figures",
        "  doubt: 指標!D4: '3': no_year",
    ]


def test_of_many_the_first_are_listed_unless_all_are_asked_for():
    many = [fact("actual", str(n), outcome="doubt", note="no_year") for n in range(25)]
    few = describe(*many)
    assert sum(line.startswith("  doubt:") for line in few) == 20
    assert "  5 more: --all lists every one, ingest.csv has them" in few
    assert sum(line.startswith("  doubt:") for line in describe(*many, show_all=True)) == 25


def test_a_long_text_is_one_short_line():
    [line] = [
        x
        for x in describe(fact("actual", "", printed="甲\n" * 60, outcome="problem", note="x"))
        if "problem:" in x
    ]
    assert line == f"  problem: 指標!D3: '{'甲 ' * 20}…': x"


def test_a_file_without_a_year_says_what_to_give():
    doubt = fact("actual", "1", outcome="doubt", note="no_year")
    said = "  no fiscal year is printed: --fiscal-year says which one it is"
    assert describe(doubt, year=None)[1] == said
    assert said not in describe(doubt, year=2018)


def test_it_ends_with_what_stands_where_and_what_to_do_next():
    assert describe(fact("actual", "1"))[-2:] == [
        "data/a/ingest.html shows each cell and what it became",
        "next: sosei run --data data/a",
    ]


def test_what_check_finds_is_counted():
    problem = {"severity": "error", "kind": "bad_cell", "file": "kpis.csv", "row": 1}
    found = describe(fact("actual", "1"), problems=[problem])
    assert "sosei check data/a says: 1 error, 0 doubts, 0 notes" in found
    assert found[-1] == "next: sosei check data/a"


def test_notes_of_check_are_no_news():
    problem = {"severity": "note", "kind": "no_table", "file": "observations.csv", "row": 1}
    assert len(describe(fact("actual", "1"), problems=[problem])) == 3
