"""The preliminary list of a year is in the folder; then the final one is published."""

import pytest
from grids import write_csv
from intake.scoring import read_rows

from analysis import check, load
from analysis.intake.ingest import ingest

HEAD = ("事業名", "指標", "単位", "目標値", "実績値")
TITLE = "つくば市 平成30年度 実績一覧"
EARLY, LATE = "【速報版】", "【確定版】"
NAMES = {EARLY: "early", LATE: "late"}


def write(folder, edition, actual="148", title=TITLE, name=""):
    path = folder / f"{name or NAMES[edition]}.csv"
    return write_csv(path, (title + edition,), (), HEAD, ("甲", "相談件数", "件", "200", actual))


def told(folder):
    rows = {row["source_id"]: row for row in read_rows(folder / "sources.csv")}
    return {name: (row.get("supersedes", ""), row["inferred"]) for name, row in rows.items()}


EXPECTED = {"early_2018": ("", ""), "late_2018": ("early_2018", "supersedes")}


@pytest.mark.parametrize("order", [(EARLY, LATE), (LATE, EARLY)], ids=["early", "late"])
@pytest.mark.parametrize("at_once", [True, False])
def test_the_final_list_supersedes_the_preliminary_one_in_whatever_order(tmp_path, order, at_once):
    files = [write(tmp_path, edition, "148" if edition == EARLY else "151") for edition in order]
    for batch in [files] if at_once else [[file] for file in files]:
        ingest(batch, tmp_path / "city")
    assert told(tmp_path / "city") == EXPECTED
    dataset = load(tmp_path / "city", fiscal_year=2018)
    assert dataset.kpis["actual"].tolist() == [151]
    assert dataset.revisions["kpis"]["actual"].tolist() == [148]
    assert not {"error", "doubt"} & {*check(tmp_path / "city")["severity"]}
    reasons = [r for r in read_rows(tmp_path / "city" / "reasons.csv") if r["table"] == "sources"]
    assert [(r["column"], r["key"]) for r in reasons] == [("supersedes", "*/late_2018")]


@pytest.mark.parametrize("again", [EARLY, LATE])
def test_reading_either_again_leaves_every_file_as_it_was(tmp_path, again):
    ingest([write(tmp_path, EARLY), write(tmp_path, LATE, "151")], tmp_path / "city")
    before = {p.name: p.read_bytes() for p in (tmp_path / "city").glob("*.csv")}
    ingest([tmp_path / f"{NAMES[again]}.csv"], tmp_path / "city")
    assert {p.name: p.read_bytes() for p in (tmp_path / "city").glob("*.csv")} == before


@pytest.mark.parametrize(
    "title",
    ["つくば市 平成29年度 実績一覧", "土浦市 平成30年度 実績一覧", "つくば市 平成30年度 指標"],
)
def test_lists_of_another_year_publisher_or_title_are_not_editions_of_one(tmp_path, title):
    ingest([write(tmp_path, EARLY, title=title), write(tmp_path, LATE)], tmp_path / "city")
    assert {supersedes for supersedes, _ in told(tmp_path / "city").values()} == {""}


def test_a_word_of_the_edition_without_brackets_is_one_too(tmp_path):
    files = [write(tmp_path, word, name=f"n{n}") for n, word in enumerate(("（確報）", "　速報値"))]
    ingest(files, tmp_path / "city")
    assert told(tmp_path / "city") == {"n0_2018": ("n1_2018", "supersedes"), "n1_2018": ("", "")}


def test_lists_of_no_known_year_are_not_editions_of_one(tmp_path):
    files = [write(tmp_path, edition, title="つくば市の指標一覧") for edition in NAMES]
    ingest(files, tmp_path / "city")
    assert {supersedes for supersedes, _ in told(tmp_path / "city").values()} == {""}


def test_a_list_that_names_no_edition_neither_replaces_nor_is_replaced(tmp_path):
    files = [write(tmp_path, EARLY), write(tmp_path, "", name="plain")]
    ingest(files, tmp_path / "city")
    assert {supersedes for supersedes, _ in told(tmp_path / "city").values()} == {""}


def test_what_a_person_wrote_stays(tmp_path):
    ingest([write(tmp_path, EARLY), write(tmp_path, "", name="plain")], tmp_path / "city")
    path = tmp_path / "city" / "sources.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    rows = [f"{row},{'early_2018' if row.startswith('plain') else ''}" for row in rows]
    path.write_text("\n".join([f"{head},supersedes", *rows]) + "\n", encoding="utf-8")
    ingest([tmp_path / "plain.csv"], tmp_path / "city")
    ingest([write(tmp_path, LATE)], tmp_path / "city")
    assert told(tmp_path / "city") == EXPECTED | {"plain_2018": ("early_2018", "")}


def test_an_edition_that_is_retitled_is_no_longer_superseded(tmp_path):
    ingest([write(tmp_path, EARLY), write(tmp_path, LATE)], tmp_path / "city")
    ingest([write(tmp_path, EARLY, title="つくば市 平成30年度 別の一覧")], tmp_path / "city")
    assert told(tmp_path / "city")["late_2018"] == ("", "")
    assert "sources" not in {r["table"] for r in read_rows(tmp_path / "city" / "reasons.csv")}
