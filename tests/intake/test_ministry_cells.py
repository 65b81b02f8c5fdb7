"""The checks of single cells: 1-3, 1-5, 1-10, 1-13, each fulfilled and not."""

import pytest
from intake.looking import ROWS, change, look_at, told

from analysis.intake.ministry_cells import (
    find_blanks,
    find_characters,
    find_marks,
    find_texts,
    holds_told,
    leaves_most_empty,
)

FINDERS = (find_texts, find_blanks, find_characters, find_marks)


@pytest.mark.parametrize("find", FINDERS)
def test_a_plain_table_has_nothing_to_mend(find):
    assert told(find(look_at())) == []


@pytest.mark.parametrize(
    ("text", "number", "why"),
    [
        ("148件", "148", "letters"),
        ("4,600", "4600", "letters"),
        ("▲5", "-5", "letters"),
        ("推 4,600", "4600", "letters"),
        ("１２", "12", "letters"),
        ("287 p", "287", "letters"),
        ("数百（約3割）", "", "words"),
    ],
)
def test_a_figure_with_anything_beside_its_digits_is_no_number(text, number, why):
    assert told(find_texts(look_at(change("D2", text)))) == [("D2", number, why)]


def test_digits_that_the_file_holds_as_text_are_no_number():
    assert told(find_texts(look_at(texts=("D2", "C3")))) == [
        ("C3", "30", "text"),
        ("D2", "148", "text"),
    ]


def test_a_number_that_is_shown_with_its_unit_is_a_number():
    looked = look_at(change("D2", "148件"))
    looked.stored.numbers.add(("指標", 1, 3))
    assert told(find_texts(looked)) == []


def test_codes_are_texts_though_of_digits():
    rows = [("コード", *ROWS[0]), *((f"0{n}", *row) for n, row in enumerate(ROWS[1:]))]
    assert told(find_texts(look_at(rows))) == []


def test_calls_are_counted_though_a_telephone_has_a_number():
    rows = change("D1", "電話相談実績値（件）", change("D2", "148件"))
    assert told(find_texts(look_at(rows))) == [("D2", "148", "letters")]


@pytest.mark.parametrize(
    ("text", "why"), [("-", "mark"), ("集計中", "words"), ("…", "mark"), ("該当なし", "words")]
)
def test_marks_and_words_in_a_column_of_figures_are_not_those_of_the_rule(text, why):
    assert told(find_marks(look_at(change("D2", text)))) == [("D2", "", why)]


def test_words_merged_over_columns_of_figures_stand_in_a_column_of_figures():
    rows = change("C3", "集計中", change("D3", ""))
    assert told(find_marks(look_at(rows, spans={"C3": (1, 2)}))) == [("C3", "", "words")]


@pytest.mark.parametrize("text", ["X", "***", "Ｘ"])
def test_the_marks_of_the_rule_are(text):
    assert told(find_marks(look_at(change("D2", text)))) == []


def test_an_empty_place_in_a_column_of_figures_says_nothing():
    assert told(find_marks(look_at(change("D2", "")))) == [("D2", "", "empty")]


def test_a_column_in_which_most_rows_have_nothing_is_for_few_of_them():
    rows = change("D2", "", change("D3", ""))
    assert told(find_marks(look_at(rows))) == []
    assert leaves_most_empty(look_at(rows))
    assert not leaves_most_empty(look_at(change("D2", "")))
    assert leaves_most_empty(look_at(change("C2", "", change("D2", ""))))
    unknown = [("甲", "乙"), ("う", "3"), ("え", "4")]
    assert not leaves_most_empty(look_at([unknown[0], *unknown[1:]]))
    assert leaves_most_empty(look_at([unknown[0], ("あ", "速報"), *unknown[1:]]))


@pytest.mark.parametrize(
    ("text", "plain", "why"),
    [
        ("実績値\n（件）", "実績値（件）", "break"),
        ("氏　名", "氏名", "blank"),
        ("　相談件数", "相談件数", "blank"),
        ("事 業 名", "事業名", "blank"),
        ("相談  件数", "相談件数", "blank"),
    ],
)
def test_blanks_and_breaks_that_arrange_a_name_are_found(text, plain, why):
    assert told(find_blanks(look_at(change("B2", text)))) == [("B2", plain, why)]


@pytest.mark.parametrize(
    "text",
    [
        "KPI 1",
        "New York",
        "１　現状維持",
        "Ａ　政策事業",
        "相談した。\nまた来た。",
        "長い文" * 20 + "\n次",
    ],
)
def test_blanks_between_words_and_the_lines_of_sentences_are_none(text):
    assert told(find_blanks(look_at(change("B2", text)))) == []


def test_breaks_of_sentences_and_lists_are_known_to_be_left_aside():
    assert holds_told(look_at(change("B2", "相談した。\nまた来た。")))
    assert holds_told(look_at(change("B2", "・高齢者\n・障害者")))
    assert not holds_told(look_at(change("B2", "相談した。また来た。")))


@pytest.mark.parametrize(
    ("text", "told_instead"),
    [
        ("①相談", "① → (1)"),
        ("㈱見本", "㈱ → 株式会社"),
        ("面積㎡", "㎡ → 平方メートル"),
        ("第Ⅳ期", "Ⅳ → IV"),
        ("髙橋", "髙 → 高"),
        ("• 相談", "•"),
    ],
)
def test_characters_of_some_machines_are_named_with_what_says_the_same(text, told_instead):
    assert told(find_characters(look_at(change("B2", text)))) == [("B2", told_instead, "")]


@pytest.mark.parametrize("text", ["30～40歳", "〃", "℃", "‰", "－", "ｶﾅ"])
def test_characters_of_every_machine_are_none(text):
    assert told(find_characters(look_at(change("B2", text)))) == []


def test_what_is_hidden_or_struck_is_not_looked_at():
    looked = look_at(change("B2", "①　相談"), hidden_cells=("B2",))
    assert told(find_characters(looked)) == told(find_blanks(looked)) == []
