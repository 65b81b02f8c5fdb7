"""What the definition of the tables says."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import codebook
from analysis.dataset.kinds import KINDS
from analysis.dataset.tables import SOURCED, TABLES, _make_table


def test_codebook_lists_every_column_of_a_table_with_its_key_and_whether_it_may_be_empty():
    listed = codebook(["sources"])[["table", "column", "in_key", "may_be_empty"]]
    expected = pd.DataFrame(
        [
            ("sources", "source_id", True, False),
            ("sources", "publisher", False, False),
            ("sources", "title", False, False),
            ("sources", "edition", False, True),
            ("sources", "supersedes", False, True),
            ("sources", "fiscal_year", False, False),
            ("sources", "published_on", False, True),
            ("sources", "document_id", False, True),
            ("sources", "address", False, True),
            ("sources", "license", False, True),
            ("sources", "read_on", False, True),
            ("sources", "place", False, False),
            ("sources", "inferred", False, True),
        ],
        columns=["table", "column", "in_key", "may_be_empty"],
    )
    assert_frame_equal(listed, expected)


def test_codebook_lists_the_keys_in_full():
    keys = codebook().query("in_key").groupby("table", sort=False)["column"].apply(list)
    assert {table: sorted(columns) for table, columns in keys.items()} == {
        "sources": ["source_id"],
        "programs": ["government_code", "program_id", "source_id"],
        "budgets": [
            *("fiscal_year", "government_code", "item", "kind", "last_year", "program_id"),
            "source_id",
        ],
        "kpis": ["fiscal_year", "government_code", "kpi_id", "program_id", "source_id"],
        "ratings": [
            *("fiscal_year", "government_code", "kpi_id", "program_id", "rated_by", "source_id"),
        ],
        "rating_axes": [
            *("axis", "fiscal_year", "government_code", "kpi_id", "program_id", "rated_by"),
            "source_id",
        ],
        "observations": ["fiscal_year", "government_code", "program_id", "source_id", "what"],
        "instruments": ["government_code", "program_id", "source_id", "term", "what"],
        "strategies": ["strategy_id"],
        "strategy_items": ["item_id"],
        "links": ["from_id", "kind", "to_id"],
        "grants": ["grant_name"],
        "reasons": ["column", "key", "table"],
    }


def test_every_column_has_a_meaning_and_a_way_of_writing():
    book = codebook()
    assert book[(book["meaning"].str.strip() == "") | (book["written"].str.strip() == "")].empty


def test_every_key_is_made_of_columns_of_its_table():
    assert {name: set(t.key) - set(t.columns) for name, t in TABLES.items()} == {
        name: set() for name in TABLES
    }


def test_every_row_of_every_table_says_where_it_was_read_and_what_was_concluded():
    traced = codebook().query("column in ['source_id', 'place', 'inferred']")
    expected = pd.DataFrame(
        [
            (name, column, column == "inferred")
            for name in TABLES
            if name != "reasons"  # our own words about rows that were read
            for column in ("source_id", "place", "inferred")
        ],
        columns=["table", "column", "may_be_empty"],
    )
    assert_frame_equal(traced[["table", "column", "may_be_empty"]].reset_index(drop=True), expected)


@pytest.mark.parametrize("name", TABLES)
def test_what_a_column_says_of_another_is_a_column_of_its_table(name):
    columns = TABLES[name].columns
    others = [
        other
        for c in columns.values()
        for other in (c.status, c.printed, c.bound, c.not_below, c.unit)
        if other and other not in ("yen", "ratio")
    ]
    assert set(others) <= set(columns)
    assert {c.kind for c in columns.values()} <= set(KINDS)


@pytest.mark.parametrize("name", TABLES)
def test_references_name_columns_of_both_tables(name):
    for parent, on in TABLES[name].references.items():
        assert set(on) <= set(TABLES[name].columns) & set(TABLES[parent].columns)


def test_every_table_that_says_where_it_was_read_names_a_row_of_sources():
    traced = [name for name, table in TABLES.items() if "source_id" in table.columns]
    assert [*SOURCED, "sources"] == sorted(traced, key=lambda name: name == "sources")


def test_figures_and_published_words_are_compared_between_editions():
    assert {name: t.revised for name, t in TABLES.items() if t.revised} == {
        "budgets": ["amount_yen"],
        "kpis": ["baseline", "target", "actual", "actual_status", "final_target"],
        "ratings": [
            *("progress", "effectiveness", "efficiency", "grade", "policy", "published_rate"),
        ],
        "observations": ["value"],
    }


def test_a_figure_without_its_status_is_silent_only_where_the_definition_lets_it():
    explained = {c for t in TABLES.values() for c, d in t.columns.items() if d.explained}
    assert explained == {"amount_yen", "actual", "value", "quantity"}
    assert {n: t.figures for n, t in TABLES.items() if n == "kpis"} == {
        "kpis": {
            "baseline": "baseline_status",
            "target": "target_status",
            "actual": "actual_status",
            "final_target": "final_target_status",
        }
    }


def test_a_column_that_the_definition_does_not_know_how_to_describe_is_refused():
    said = {"row": "", "key": [], "slice": "none", "columns": {"name": {"lable": "x"}}}
    with pytest.raises(TypeError, match="lable"):
        _make_table(said, {}, {})
