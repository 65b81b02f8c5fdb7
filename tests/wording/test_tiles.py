"""Headline figures as tiles."""

import pytest

from analysis.wording.tiles import make_tiles, name_tile


def test_tiles_are_a_table_of_label_value_and_note():
    table = make_tiles([(name_tile("cost"), "5", "円")])
    assert table.to_dict("records") == [{"label": "費用", "value": "5", "note": "円"}]


def test_a_tile_without_a_word_is_an_error():
    with pytest.raises(KeyError):
        name_tile("no such tile")
