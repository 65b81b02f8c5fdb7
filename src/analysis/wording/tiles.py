"""Headline figures as tiles: what is counted, the figure, and a note below it."""

import pandas as pd

from analysis.wording.labels import labels

Tile = tuple[str, str, str]


def name_tile(name: str) -> str:
    """Name a headline figure by its code."""
    return labels("tiles")[name]


def make_tiles(tiles: list[Tile]) -> pd.DataFrame:
    """Put tiles into a table of `label`, `value` and `note`, as `show_tiles` takes it."""
    return pd.DataFrame(tiles, columns=["label", "value", "note"])
