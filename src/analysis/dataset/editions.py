"""Which source has the latest word on a figure, and which editions another replaces."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.dataset.shown_years import list_dated_years, list_shown_years
from analysis.dataset.tables import TABLES, TRACED_YEAR, list_keys
from analysis.dataset.vocabulary import EDITIONS

Numbers = NDArray[np.intp]


def rank_edition(edition: pd.Series) -> pd.Series:
    """Rank what editions are called: a preliminary one below others, a final one above them."""
    return sum((edition.str.contains(word).astype(int) * rank for word, rank in EDITIONS.items()))


def rank_sources(sources: pd.DataFrame) -> Numbers:
    """Order publications from the earliest to the latest word on a figure."""
    order = sources.assign(
        edition=rank_edition(sources["edition"].fillna("")),
        published_on=sources["published_on"].fillna(""),
    ).sort_values(["fiscal_year", "edition", "published_on"], kind="stable")
    before = _list_superseded(sources)
    placed: dict[str, int] = {}

    def place(source: str) -> None:
        for earlier in before[source]:
            if earlier not in placed:
                place(earlier)
        placed.setdefault(source, len(placed))

    for source in order["source_id"]:
        place(source)
    return np.array([placed[source] for source in sources["source_id"]], dtype=np.intp)


def _list_superseded(sources: pd.DataFrame) -> dict[str, list[str]]:
    """List for each source the sources it says it replaces."""
    names = sources["supersedes"].fillna("").tolist()
    return {s: n.split() for s, n in zip(sources["source_id"].tolist(), names, strict=True)}


def list_replaced(sources: pd.DataFrame) -> set[tuple[str, str]]:
    """List the pairs of a source and one it replaces, by way of others too."""
    before = _list_superseded(sources)
    pairs = set()
    for source, names in before.items():
        stack, passed = list(names), set()
        while stack:
            earlier = stack.pop()
            if earlier not in passed:
                passed.add(earlier)
                stack += before.get(earlier, [])
        pairs |= {(source, earlier) for earlier in passed}
    return pairs


def find_replaced(tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """By table, which rows stand in an edition that another replaces in their program and year.

    Tables without such rows may be left out.
    """
    later: dict[str, set[str]] = {}
    for source, earlier in list_replaced(tables["sources"]):
        later.setdefault(earlier, set()).add(source)
    if not later:
        return {}
    years = pd.concat([list_shown_years(tables), list_dated_years(tables)])
    shown = set(list_keys(years, TRACED_YEAR))
    return {
        name: np.array(
            [
                any((*key, source) in shown for source in later.get(own, ()))
                for *key, own in list_keys(tables[name], TRACED_YEAR)
            ],
            dtype=bool,
        )
        for name, table in TABLES.items()
        if set(TRACED_YEAR) <= set(table.columns)
    }


def number_figures(name: str, table: pd.DataFrame) -> Numbers:
    """Number the figures of a table: rows that print the same figure have the same number."""
    figures = table.groupby(list(TABLES[name].figure), sort=False, dropna=False)
    return figures.ngroup().to_numpy(dtype=np.intp)  # type: ignore[no-any-return]
