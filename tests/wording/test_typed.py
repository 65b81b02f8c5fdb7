"""Words of the tables as people type them, and cells of the tables as people see them."""

import pytest

from analysis.dataset.tables import TABLES
from analysis.wording.typed import name_words, show_typed


@pytest.mark.parametrize(
    ("table", "column"),
    [(name, c) for name, table in TABLES.items() for c, d in table.columns.items() if d.words],
)
def test_every_word_that_is_a_code_has_a_name(table, column):
    words = name_words(table, column)
    assert [*words] == [*TABLES[table].columns[column].words]
    if table in ("programs", "budgets", "kpis", "observations", "instruments"):
        aside = {"scope", "published_change_from"}
        bounds = column.endswith("_bound")
        assert bounds or column in aside or all(not name.isascii() for name in words.values())


def test_words_of_one_column_differ():
    for table in ("programs", "budgets", "kpis", "observations", "instruments"):
        for column in TABLES[table].columns:
            words = [*name_words(table, column).values()]
            assert len({*words}) == len(words)


@pytest.mark.parametrize(
    ("table", "column", "row", "text"),
    [
        ("kpis", "actual", {"actual": "148"}, "148"),
        ("kpis", "actual", {"actual": "", "actual_status": "not_set"}, "「-」と記載"),
        ("kpis", "target", {"target": "", "target_printed": "充実"}, "充実"),
        ("observations", "value", {"value": "20275000", "printed": "20,275"}, "20275000"),
        ("kpis", "direction", {"direction": "down"}, "減らす"),
        (
            "budgets",
            "amount_yen",
            {"amount_yen": "8571000", "amount_printed": "8,571千円"},
            "8571000",
        ),
        ("budgets", "kind", {"kind": "settled"}, "決算額"),
        ("programs", "flag", {}, ""),
    ],
)
def test_a_cell_is_shown_as_it_would_be_typed(table, column, row, text):
    assert show_typed(table, column, row) == text
