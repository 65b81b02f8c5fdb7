"""A first profile of a file reads it as it was guessed, and asks what guessing left open."""

import re
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from analysis import DataError
from analysis.intake.draft import draft_profile, find_repeat, write_draft
from analysis.intake.ingest import ingest

TSUKUBA = Path("docs/examples/tsukuba_h30.xlsx")
HEADER = ["番号", "事業名", "指標", "単位", *["実績値", "事業費（千円）"] * 3]
ROWS = [
    [1, "面接会", "件数", "件", 5, 100, 6, 110, 7, 120],
    [2, "移住相談", "人数", "人", 1, 10, 2, 20, 3, 30],
]


@pytest.fixture
def wide(tmp_path):
    book = Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    book.active.title = "集計"
    book.save(tmp_path / "wide.xlsx")
    return tmp_path / "wide.xlsx"


def figures(folder):
    table = pd.read_csv(folder / "ingest.csv", dtype="str", keep_default_na=False)
    return table.drop(columns="note")


def test_read_by_its_draft_a_file_gives_what_was_guessed(tmp_path):
    ingest([TSUKUBA], tmp_path / "guessed")
    write_draft(TSUKUBA, tmp_path / "drafted")
    done = ingest([TSUKUBA], tmp_path / "drafted")
    assert [one.profile for one in done.publications] == ["tsukuba_h30"]
    assert figures(tmp_path / "drafted").equals(figures(tmp_path / "guessed"))
    kpis = [pd.read_csv(tmp_path / name / "kpis.csv") for name in ("guessed", "drafted")]
    assert kpis[0].equals(kpis[1])


def test_every_guess_has_its_comment():
    lines = draft_profile(TSUKUBA).splitlines()
    guesses = [line for line in lines if re.match("[a-z_]+ = ", line) and "files" not in line]
    assert guesses
    assert all("  # " in line for line in guesses)


def test_columns_that_come_again_are_asked_for_their_years(wide):
    draft = draft_profile(wide)
    assert [line for line in draft.splitlines() if "fiscal_year = 0" in line] == [
        f'#   {{ columns = "{span}", fiscal_year = 0, field = "actual", kind = "settled" }},'
        for span in ("E:F", "G:H", "I:J")
    ]


def complete(draft):
    """What a person makes of the draft: the lines that are right, a year for each block."""
    head, begin, table = draft.partition("# [[tables]]")
    lines = [line.removeprefix("# ") for line in (begin + table).splitlines()]
    years = iter((2021, 2022, 2023))
    lines = [re.sub("fiscal_year = 0", lambda _: f"fiscal_year = {next(years)}", n) for n in lines]
    kept = [line.strip() for line in lines if line.startswith('"') or "->" not in line]
    text = head.replace("# fiscal_year = 2018", "fiscal_year = 2023") + "\n".join(kept)
    return text.replace('{ kpi = "" }', '{ kpi = "指標" }').replace("#   {", "{")


def test_a_draft_that_a_person_completed_reads_every_figure(wide, tmp_path):
    profile = tmp_path / "data" / "profiles" / "wide.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text(complete(draft_profile(wide)), encoding="utf-8")
    done = ingest([wide], tmp_path / "data", "082201", "つくば市")
    assert done.counts["problem"] == done.counts["doubt"] == 0
    kpis = pd.read_csv(tmp_path / "data" / "kpis.csv").set_index(["kpi", "fiscal_year"])["actual"]
    assert kpis["件数"].to_dict() == {2021: 5, 2022: 6, 2023: 7}
    money = pd.read_csv(tmp_path / "data" / "budgets.csv")
    assert money["amount_yen"].tolist() == [100_000, 110_000, 120_000, 10_000, 20_000, 30_000]


def test_a_draft_is_never_written_over_a_profile(tmp_path):
    write_draft(TSUKUBA, tmp_path)
    with pytest.raises(DataError, match="has a profile already"):
        write_draft(TSUKUBA, tmp_path)
    with pytest.raises(DataError, match="is read by the profile ofunato"):
        write_draft(Path("ofunato_r7.xlsx"), tmp_path)


def test_the_longest_run_of_columns_is_found():
    assert find_repeat(["a", "b", "c"]) is None
    assert find_repeat(["x", "a", "b", "a", "b"], first=4).spans == ["F:G", "H:I"]
