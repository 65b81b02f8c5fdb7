"""What every report ends with."""

import pytest
from markup import Page
from slices import DATA, GOSE, TSUKUBA

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


def test_the_pages_of_documents_are_linked_where_they_are_known(report):
    dataset = analysis.load(DATA, GOSE)
    page = Page(analysis.show_sources(dataset))
    linked = [link for link in page.all("a") if link["href"].startswith("http")]
    assert [(link["text"], link["href"]) for link in linked] == [
        ("第5次総合計画「13指標」進捗状況", "http://www.city.gose.nara.jp/0000000456.html")
    ]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "見つからない", '"><script>', None])
def test_what_is_no_address_is_not_linked(report, address):
    dataset = analysis.load(DATA, TSUKUBA, 2018)
    dataset.sources["address"] = address
    page = Page(analysis.show_sources(dataset))
    assert all("/" in link["href"] and "tables/" in link["href"] for link in page.all("a"))
    [title] = dataset.sources["title"]
    assert f"「{title}」の掲載先は、手元のデータに記録がありません。" in page.texts("p")
