"""Which rows belong to which slice."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.dataset.shown_years import list_shown_years
from analysis.dataset.slices import Slices, list_members

EMPTY = pd.DataFrame(columns=["government_code", "program_id", "fiscal_year", "source_id"])


PLAN = {"strategy_id": "plan", "government_code": "082201", "source_id": "list_2019"}


ISSUE = {"item_id": "issue_1", "strategy_id": "plan", "source_id": "list_2019"}


SERVES = {"from_id": "082201/fair/list_2018", "to_id": "issue_1", "source_id": "list_2018"}


GRANT = {"grant_name": "地方創生推進交付金", "source_id": "list_2018"}


def dated(*rows):
    """Rows of a table: program, fiscal year, source; all of one government."""
    table = pd.DataFrame(rows, columns=["program_id", "fiscal_year", "source_id"])
    return table.assign(government_code="082201").astype({"fiscal_year": "Int64"})


def tables(programs, kpis=(), observations=(), sources=(), instruments=()):
    shown = pd.DataFrame(programs, columns=["program_id", "source_id"])
    return {
        "sources": pd.DataFrame(
            [*sources, ("list_2018", 2018), ("list_2019", 2019)],
            columns=["source_id", "fiscal_year"],
        ).astype({"fiscal_year": "Int64"}),
        "programs": shown.assign(government_code="082201"),
        "budgets": EMPTY.astype({"fiscal_year": "Int64"}),
        "kpis": dated(*kpis),
        "ratings": EMPTY.astype({"fiscal_year": "Int64"}),
        "rating_axes": EMPTY.astype({"fiscal_year": "Int64"}),
        "observations": dated(*observations),
        "instruments": pd.DataFrame(instruments, columns=["program_id", "source_id"]).assign(
            government_code="082201"
        ),
        "strategies": pd.DataFrame([PLAN]),
        "strategy_items": pd.DataFrame([ISSUE]),
        "links": pd.DataFrame([SERVES]),
        "grants": pd.DataFrame([GRANT]),
        "reasons": pd.DataFrame({"table": ["kpis"], "key": ["*"]}),
    }


def years(members):
    """The fiscal years by row, None where a row belongs to no year."""
    found = members.astype({"fiscal_year": object}).where(members.notna(), None)
    return list(zip(found["row"].tolist(), found["fiscal_year"].tolist(), strict=True))


TWO_EDITIONS = [("fair", "list_2018"), ("fair", "list_2019")]


def test_a_row_of_a_program_belongs_to_the_years_for_which_its_own_source_shows_it():
    given = tables(TWO_EDITIONS, [("fair", 2018, "list_2018"), ("fair", 2019, "list_2019")])
    assert years(list_members(given)["programs"]) == [(0, 2018), (1, 2019)]


def test_every_row_of_a_program_belongs_to_a_year_only_another_source_has():
    given = tables(
        TWO_EDITIONS,
        [("fair", 2018, "list_2018"), ("fair", 2019, "list_2019"), ("fair", 2020, "list_2020")],
    )
    found = [(0, 2018), (0, 2020), (1, 2019), (1, 2020)]
    assert sorted(years(list_members(given)["programs"])) == found


def test_a_source_without_a_figure_of_the_program_shows_it_for_the_year_it_is_about():
    given = tables([*TWO_EDITIONS, ("idle", "list_2019")], [("fair", 2018, "list_2018")])
    assert years(list_members(given)["programs"]) == [(0, 2018), (1, 2019), (2, 2019)]


def test_the_terms_of_a_program_belong_to_the_years_for_which_their_source_shows_it():
    given = tables(TWO_EDITIONS, [("fair", 2018, "list_2018")], instruments=TWO_EDITIONS)
    assert years(list_members(given)["instruments"]) == [(0, 2018), (1, 2019)]


def test_a_plan_and_its_items_belong_to_the_year_of_their_source_and_to_no_program():
    members = list_members(tables(TWO_EDITIONS))
    for name in ("strategies", "strategy_items"):
        assert years(members[name]) == [(0, 2019)]
        assert members[name]["government_code"].tolist() == ["082201"]
        assert members[name]["program_id"].isna().all()


def test_a_link_belongs_to_all_that_its_two_ends_belong_to():
    members = list_members(tables(TWO_EDITIONS, [("fair", 2018, "list_2018")]))["links"]
    assert sorted(years(members)) == [(0, 2018), (0, 2019)]
    assert members["program_id"].dropna().tolist() == ["fair"]


@pytest.mark.parametrize(
    ("last_year", "belongs_to"), [(2019, [2017, 2019]), (2018, [2017]), (None, [2017])]
)
def test_an_amount_for_several_years_belongs_to_those_its_source_shows(last_year, belongs_to):
    given = tables([("fair", "list_2019")], [("fair", 2019, "list_2019")])
    amounts = dated(("fair", 2017, "list_2019")).assign(last_year=last_year)
    given["budgets"] = amounts.astype({"last_year": "Int64"})
    assert [year for _, year in years(list_members(given)["budgets"])] == belongs_to


def test_grants_belong_to_no_slice():
    assert list_members(tables(TWO_EDITIONS))["grants"].empty


@pytest.mark.parametrize(
    ("observed", "belongs_to"),
    [
        pytest.param((2019, "list_2019"), [2019], id="its own year"),
        pytest.param((2017, "other"), [None], id="a source that does not show the program"),
        pytest.param((2018, "list_2019"), [2019], id="an earlier year, quoted by the same source"),
        pytest.param((2020, "list_2019"), [2019], id="a later year: the last its source shows"),
    ],
)
def test_an_observation_belongs_to_its_own_year_and_to_those_that_quote_it(observed, belongs_to):
    given = tables(TWO_EDITIONS[1:], [("fair", 2019, "list_2019")], [("fair", *observed)])
    found = years(list_members(given)["observations"])
    assert found == [(0, year) for year in belongs_to]


def test_an_observation_of_a_year_the_program_has_is_also_in_the_year_that_quotes_it():
    given = tables(
        TWO_EDITIONS,
        [("fair", 2018, "list_2018"), ("fair", 2019, "list_2019")],
        [("fair", 2018, "list_2019")],
    )
    assert sorted(years(list_members(given)["observations"])) == [(0, 2018), (0, 2019)]


def test_program_years_are_listed_once_for_each_source():
    given = tables(TWO_EDITIONS, [("fair", 2018, "list_2018")] * 2 + [("fair", 2018, "list_2019")])
    listed = list_shown_years(given)[["program_id", "fiscal_year", "source_id"]]
    assert listed.to_numpy().tolist() == [["fair", 2018, "list_2018"], ["fair", 2018, "list_2019"]]


@pytest.fixture(scope="module")
def fair():
    given = tables(
        [*TWO_EDITIONS, ("seminar", "list_2019")],
        [("fair", 2018, "list_2018"), ("seminar", 2019, "list_2019"), ("fair", 2019, "list_2019")],
        [("fair", 2017, "list_2018"), ("fair", 2016, "other")],
        sources=[("unused", 2018), ("other", 2016)],
    )
    return SimpleNamespace(slices=Slices(given), tables=given)


def found(slices, **asked):
    rows = slices.find_rows(**asked)
    return {name: rows[name].tolist() for name in ("sources", "programs", "kpis", "observations")}


def test_a_slice_of_a_program_holds_all_its_rows_whatever_their_year(fair):
    assert found(fair.slices, program="fair") == {
        "sources": [1, 2, 3],
        "programs": [0, 1],
        "kpis": [0, 2],
        "observations": [0, 1],
    }


def test_a_slice_of_a_year_holds_what_belongs_to_it_and_the_sources_cited(fair):
    expected = {"sources": [2], "programs": [0], "kpis": [0], "observations": [0]}
    assert found(fair.slices, fiscal_year=2018) == expected
    assert found(fair.slices, fiscal_year=2018, government="082201", program="fair") == expected


def test_a_year_that_shows_programs_holds_no_history_of_others():
    # the sheet of the fair of 2019 tells of 2018, the year another sheet shows the hub for
    programs = [("fair", "list_2019"), ("hub", "list_2018")]
    history = [("fair", 2018, "list_2019"), ("fair", 2017, "list_2019")]
    own = [("fair", 2019, "list_2019"), ("hub", 2018, "list_2018")]
    slices = Slices(tables(programs, [*history, *own]))
    of_2018 = found(slices, government="082201", fiscal_year=2018)
    assert (of_2018["programs"], of_2018["kpis"]) == ([1], [3])
    asked = found(slices, government="082201", fiscal_year=2018, program="fair")
    assert (asked["programs"], asked["kpis"]) == ([0], [0])
    # in 2017 nothing is shown: the history is there for whoever asks for it
    assert found(slices, government="082201", fiscal_year=2017)["kpis"] == [1]


def test_without_any_argument_every_row_is_found_a_source_nobody_cites_too(fair):
    rows = fair.slices.find_rows()
    assert {name: len(found) for name, found in rows.items()} == {
        name: len(table) for name, table in fair.tables.items()
    }


def test_a_slice_that_holds_nothing_has_no_row_in_any_table(fair):
    rows = fair.slices.find_rows(program="fairs")
    assert {name: found.tolist() for name, found in rows.items()} == {
        name: [] for name in fair.tables
    }
