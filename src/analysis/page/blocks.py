"""What every report ends with: what it cannot say, and where its figures come from."""

import re
from html import escape

import pandas as pd

from analysis.dataset.load import Dataset
from analysis.measures.reasons import list_reasons
from analysis.page.parts import show, show_details
from analysis.page.pieces import Shown, show_list
from analysis.page.tables import write_table
from analysis.wording import (
    describe_limits,
    describe_reasons,
    tabulate_hashes,
    tabulate_reasons,
    tabulate_sources,
    tabulate_versions,
)
from analysis.wording.labels import labels, say
from analysis.wording.phrases import quote_all

ADDRESS = re.compile(r"https?://[^\s\"<>]+")


def show_limits(*topics: str) -> Shown:
    """Show what figures of these topics cannot say, as a list.

    Topics are `effect` (a KPI is not an effect), `targets` (rates hang on targets), `sources`
    (other documents may hold more), `comparison` (governments side by side) and `documents`
    (what documents hold of programs).
    """
    return show_list(sentence for topic in topics for sentence in describe_limits(topic))


def show_sources(dataset: Dataset) -> Shown:
    """Show the documents and where they are, what was concluded and why, hashes and versions."""
    words, reasons = labels("blocks"), list_reasons(dataset.tables)
    return show(
        tabulate_sources(dataset.sources),
        _link_sources(dataset.sources),
        describe_reasons(reasons),
        show_details(words["reasons"], _write(tabulate_reasons(reasons))),
        show_details(
            words["made_with"], _write(tabulate_hashes(dataset.hashes)), _write(tabulate_versions())
        ),
    )


def _link_sources(sources: pd.DataFrame) -> Shown:
    """Links to the pages on which documents were found; those without an address are named."""
    found = sources.reindex(columns=["title", "address"]).drop_duplicates()
    links, without = [], []
    for title, address in found.itertuples(index=False, name=None):
        if isinstance(address, str) and ADDRESS.fullmatch(address):
            links.append((title, address))
        else:
            without.append(title)
    lost = say("sources.without_address", titles=quote_all(without)) if without else ""
    return show(_list_links(links), lost)


def _list_links(links: list[tuple[str, str]]) -> Shown:
    if not links:
        return Shown("", "")
    said = labels("blocks")["addresses"]
    items = "".join(f'<li><a href="{escape(a)}">{escape(title)}</a></li>' for title, a in links)
    text = "\n".join([said, *(f"{title} {address}" for title, address in links)])
    return Shown(f'<p>{escape(said)}</p><ul class="sources">{items}</ul>', text)


def _write(table: pd.DataFrame) -> Shown:
    """A table that says how a report was made: shown, and not one of its results to be saved."""
    return write_table(table, labels("tables")[table.attrs["name"]])
