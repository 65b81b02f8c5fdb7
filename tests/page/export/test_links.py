"""Links that lead nowhere from a page: their text stays."""

from pathlib import Path

import pytest

from analysis.page.export.draft import Draft
from analysis.page.export.links import drop_lost_links, leads_nowhere


@pytest.mark.parametrize("address", ["https://example.org/a", "//example.org", "mailto:a@b", "#a"])
def test_an_address_elsewhere_or_in_the_page_is_kept(address):
    assert not leads_nowhere(address, Draft(Path()))


@pytest.mark.parametrize("address", ["data.csv", "../other.ipynb", "file:///etc/passwd"])
def test_a_link_to_a_file_leads_nowhere_and_the_run_is_told(address):
    draft = Draft(Path(), cell=2)
    assert leads_nowhere(address, draft)
    assert draft.list_warnings() == (
        f"cell 2: the link to {address} is left out: a page has no files beside it",
    )


def test_a_link_to_a_heading_that_is_not_there_becomes_its_text():
    draft = Draft(Path(), cell=1)
    pieces = ['<h2 id="結果">結果</h2>', '<a href="#結果">a</a> <a href="#lost">b</a>']
    for name in ("#結果", "#lost"):
        leads_nowhere(name, draft)
    assert drop_lost_links(pieces, draft)[1] == '<a href="#結果">a</a> b'
    assert "#lost is left out" in draft.list_warnings()[0]
