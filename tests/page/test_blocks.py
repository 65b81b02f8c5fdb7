"""What every report ends with."""

import pytest
from markup import Page
from slices import DATA, TSUKUBA

import analysis


def test_limits_are_a_list_in_the_order_of_the_topics():
    page = Page(analysis.show_limits("effect", "sources"))
    assert len(page.all("li")) == 2
    assert "効果そのものではありません" in page.texts("li")[0]


def test_a_topic_that_is_none_is_refused():
    with pytest.raises(KeyError):
        analysis.show_limits("weather")


def test_sources_conclusions_hashes_and_versions_are_one_call(report):
    dataset = analysis.load(DATA, TSUKUBA, 2018, "job_fair")
    page = Page(analysis.show_sources(dataset))
    documents, reasons, hashes, versions = page.all("table")
    assert all(title in documents["text"] for title in dataset.sources["title"])
    assert len(page.all("details")) == 2
    assert dataset.hashes["kpis"][:12] in hashes["text"]
    assert "pandas" in versions["text"]
    assert reasons["text"]


def test_only_the_documents_are_saved_as_a_table(report):
    analysis.show_sources(analysis.load(DATA, TSUKUBA, 2018, "job_fair"))
    assert [path.name for path in (report / "tables").iterdir()] == ["program_sources.csv"]
