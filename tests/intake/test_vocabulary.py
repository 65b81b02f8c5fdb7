"""The words of published headers: each means one thing, in words that the tables know."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from analysis.dataset.tables import TABLES
from analysis.intake import vocabulary
from analysis.intake.vocabulary import GUESSES, SIGNS, WORDS, compact, find_direction, is_note

SAID = tomllib.loads(Path(vocabulary.__file__).with_suffix(".toml").read_text(encoding="utf-8"))
OWN = {  # fields that are no column of a table: what is read otherwise, or seen and left out
    *("", "present", "amount", "axis", "number", "remark", "sum", "sources", "person", "period"),
}
COLUMNS = {column for table in TABLES.values() for column in table.columns}
WORDS_OF = {
    "kind": {*TABLES["budgets"].columns["kind"].words, "whole"},
    "nature": {*TABLES["budgets"].columns["nature"].words},
    "kpi_kind": {*TABLES["kpis"].columns["kpi_kind"].words},
    "status": {*TABLES["kpis"].columns["actual_status"].words},
}


def test_no_word_is_listed_twice():
    counts = Counter(compact(word) for entry in SAID["word"] for word in entry["words"])
    assert [word for word, count in counts.items() if count > 1] == []


def test_every_field_is_a_column_of_a_table_or_one_of_those_read_otherwise():
    assert {entry["field"] for entry in SAID["word"]} - COLUMNS - OWN == set()


@pytest.mark.parametrize("name", WORDS_OF)
def test_kinds_natures_and_statuses_are_words_of_the_tables(name):
    said = {entry[name] for entry in SAID["word"] if name in entry}
    assert said
    assert said <= WORDS_OF[name]


def test_what_is_guessed_is_a_word_of_the_tables():
    kpis = TABLES["kpis"].columns
    known = {w for name in ("direction", "aggregation", "kpi_kind") for w in kpis[name].words}
    assert GUESSES.keys() <= known


def test_signs_of_a_choice_are_chosen_or_not():
    assert not {*SIGNS["chosen"]} & {*SIGNS["not_chosen"]}


def test_headers_are_compared_without_blanks_breaks_widths_and_kinds_of_brackets():
    assert compact("最終\n目標値　【％】") == "最終目標値(%)"
    assert compact("ＫＰＩ〔 件 〕") == "KPI(件)"


def test_a_header_in_other_widths_is_found_in_the_vocabulary():
    assert WORDS[compact("Ｋ Ｐ Ｉ")]["field"] == "kpi"
    assert WORDS[compact("国・県支出金")]["kind"] == "source"


@pytest.mark.parametrize("text", ["※１ 令和元年度の値", " *速報値", "注）暦年", "＊ 推計"])
def test_a_text_that_begins_with_a_mark_of_notes_is_a_note(text):
    assert is_note(text)


def test_a_mark_behind_a_text_makes_no_note_of_it():
    assert not is_note("来場者数※")


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("↑", "up"),
        ("⇗", "up"),
        ("増 加", "up"),
        ("↓", "down"),
        ("減少", "down"),
        ("→", "keep_above"),
        ("現状維持", "keep_above"),
        ("順調", ""),
        ("増加数", ""),
    ],
)
def test_arrows_and_words_name_a_direction(text, direction):
    assert find_direction(text) == direction
