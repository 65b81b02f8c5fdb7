"""Which edition has the latest word on a figure."""

import pandas as pd
import pytest
from folders import PROGRAM, append_text, shown_by, source, write_editions

from analysis import load


def rows(kpis):
    return kpis[["source_id", "actual"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param(
            source("first", "速報版", published_on="2020-01-31"),
            source("second", "確定版", published_on="2019-10-01"),
            id="a final edition follows a preliminary one whatever the day",
        ),
        pytest.param(
            source("first", "速報版"), source("second"), id="an unnamed edition follows a 速報版"
        ),
        pytest.param(
            source("first"), source("second", "確定版"), id="a 確定版 follows an unnamed edition"
        ),
        pytest.param(
            source("first", "確定版", published_on="2019-10-01"),
            source("second", "確定版", published_on="2019-11-01"),
            id="of two final editions the one of the later day",
        ),
        pytest.param(
            source("first", "確定版", fiscal_year=2018),
            source("second", "速報版", fiscal_year=2019),
            id="the publication of the later year",
        ),
    ],
)
def test_the_latest_edition_of_a_figure_is_loaded_and_the_other_is_a_revision(
    tmp_path, earlier, later
):
    data = load(write_editions(tmp_path, later, earlier))
    assert rows(data.kpis) == [["second", 1]]
    assert rows(data.revisions["kpis"]) == [["first", 2]]
    assert data.programs["source_id"].tolist() == ["second"]
    assert data.revisions["programs"]["source_id"].tolist() == ["first"]


def test_both_editions_stay_among_the_sources(tmp_path):
    data = load(write_editions(tmp_path, source("draft", "速報版"), source("settled", "確定版")))
    assert rows(data.kpis) == [["settled", 2]]
    assert data.sources["source_id"].tolist() == ["draft", "settled"]
    assert data.revisions["sources"].empty


def test_of_three_editions_two_are_revisions(tmp_path):
    folder = write_editions(
        tmp_path,
        source("corrected", "確定版", published_on="2020-02-01"),
        source("draft", "速報版"),
        source("settled", "確定版", published_on="2019-10-01"),
    )
    data = load(folder)
    assert data.kpis["source_id"].tolist() == ["corrected"]
    assert data.revisions["kpis"]["source_id"].tolist() == ["draft", "settled"]


def test_a_kpi_that_only_the_preliminary_edition_shows_stays(tmp_path):
    folder = write_editions(tmp_path, source("draft", "速報版"), source("settled", "確定版"))
    append_text(
        folder / "kpis.csv",
        "082201,job_fair,visitors,2018,参加者数,outcome,up,unknown,人,170,200,200,75,preliminary,draft,④-4,\n",
    )
    data = load(folder)
    assert data.kpis[["kpi_id", "source_id"]].to_numpy().tolist() == [
        ["consultations", "settled"],
        ["visitors", "draft"],
    ]


def test_the_same_kpi_in_two_years_is_no_revision(tmp_path):
    folder = write_editions(tmp_path, source("list_2018"))
    append_text(
        folder / "kpis.csv",
        "082201,job_fair,consultations,2017,相談件数,outcome,up,unknown,件,170,200,200,9,final,list_2018,④-4,\n",
    )
    data = load(folder)
    assert data.kpis["fiscal_year"].tolist() == [2018, 2017]
    assert data.revisions["kpis"].empty


def settled_in_two_editions(folder, supersedes):
    """速報 prints 物件費 100 and 人件費 50, 確定 prints 160 in one."""
    write_editions(
        folder,
        source("draft", "速報") | {"supersedes": ""},
        source("settled", "確定") | {"supersedes": supersedes},
    )
    amount = {**PROGRAM, "fiscal_year": 2018, "kind": "settled"}
    rows = [
        amount | {"item": "物件費", "amount_yen": 100, **shown_by("draft")},
        amount | {"item": "人件費", "amount_yen": 50, **shown_by("draft")},
        amount | {"item": "", "amount_yen": 160, **shown_by("settled")},
    ]
    pd.DataFrame(rows).to_csv(folder / "budgets.csv", index=False)
    return folder


def test_an_edition_that_supersedes_replaces_all_amounts_whatever_their_items(tmp_path):
    data = load(settled_in_two_editions(tmp_path, "draft"))
    assert data.budgets["amount_yen"].tolist() == [160]
    assert data.revisions["budgets"]["amount_yen"].tolist() == [100, 50]


def test_amounts_of_one_kind_from_two_sources_are_never_added(tmp_path):
    data = load(settled_in_two_editions(tmp_path, ""))
    assert data.budgets["amount_yen"].tolist() == [160]
    assert data.revisions["budgets"]["amount_yen"].tolist() == [100, 50]


def test_an_edition_that_supersedes_drops_a_kpi_it_no_longer_prints(tmp_path):
    folder = settled_in_two_editions(tmp_path, "draft")
    append_text(
        folder / "kpis.csv",
        "082201,job_fair,visitors,2018,参加者数,outcome,up,unknown,人,170,200,200,75,preliminary,draft,④-4,\n",
    )
    data = load(folder)
    assert data.kpis[["kpi_id", "source_id"]].to_numpy().tolist() == [["consultations", "settled"]]
    assert sorted(data.revisions["kpis"]["kpi_id"]) == ["consultations", "visitors"]


def test_an_edition_replaces_only_the_years_and_programs_it_shows(tmp_path):
    folder = settled_in_two_editions(tmp_path, "draft")
    append_text(folder / "budgets.csv", "082201,job_fair,2017,settled,,90,draft,④-4,\n")
    append_text(folder / "programs.csv", "082201,seminar,つくば市,セミナー,draft,④-3,\n")
    append_text(folder / "budgets.csv", "082201,seminar,2018,settled,,70,draft,④-3,\n")
    assert sorted(load(folder).budgets["amount_yen"]) == [70, 90, 160]


def test_what_supersedes_an_edition_also_replaces_those_before_it(tmp_path):
    folder = write_editions(
        tmp_path,
        source("third") | {"supersedes": "second"},
        source("second", published_on="2020-03-01") | {"supersedes": "first"},
        source("first", published_on="2020-04-01") | {"supersedes": ""},
    )
    append_text(
        folder / "kpis.csv",
        "082201,job_fair,visitors,2018,参加者数,outcome,up,unknown,人,170,200,200,75,preliminary,first,④-4,\n",
    )
    data = load(folder)
    assert rows(data.kpis) == [["third", 1]]
    assert data.revisions["kpis"]["source_id"].tolist() == ["second", "first", "first"]


def test_an_edition_that_supersedes_comes_after_what_it_replaces_whatever_edition_and_day(tmp_path):
    folder = write_editions(
        tmp_path,
        source("first", "確定版", published_on="2020-02-01") | {"supersedes": ""},
        source("second", "速報版", published_on="2019-02-01") | {"supersedes": "first"},
    )
    data = load(folder)
    assert rows(data.kpis) == [["second", 2]]
    assert data.programs["source_id"].tolist() == ["second"]


def test_an_observation_superseded_in_one_year_only_is_the_latest_word_in_the_other(tmp_path):
    """Only the slice tells which editions compete: 2018 quotes the survey in the first alone."""
    folder = write_editions(tmp_path, source("first"), source("second", fiscal_year=2019))
    kpis = (folder / "kpis.csv").read_text(encoding="utf-8").replace(",2018,", ",2019,")
    first, second = kpis.splitlines()[1:]
    header = kpis.splitlines()[0]
    written = [header, first.replace(",2019,", ",2018,"), second]
    (folder / "kpis.csv").write_text("\n".join(written) + "\n", encoding="utf-8")
    (folder / "observations.csv").write_text(
        "government_code,program_id,what,fiscal_year,value,unit,source_id,place,inferred\n"
        "082201,job_fair,visitors,2017,75,人,first,④-4,\n"
        "082201,job_fair,visitors,2017,76,人,second,④-4,\n",
        encoding="utf-8",
    )
    assert load(folder, fiscal_year=2018).observations["value"].tolist() == [75]
    assert load(folder, fiscal_year=2019).observations["value"].tolist() == [76]
    whole = load(folder, program="job_fair")
    assert whole.observations["value"].tolist() == [76]
    assert whole.revisions["observations"]["value"].tolist() == [75]
