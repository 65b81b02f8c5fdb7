"""What became of a published file, in words."""

import pytest

from analysis.dataset import printed_words
from analysis.wording import intake
from analysis.wording.intake import (
    advise_on_note,
    describe_note,
    name_field,
    name_issue,
    say_fact,
    say_fiscal_years,
    say_value,
    summarize_outcomes,
)


def test_a_code_without_words_is_shown_as_it_is():
    assert describe_note("what nobody knows: 1") == "what nobody knows: 1"
    assert describe_note("") == ""
    assert advise_on_note("what nobody knows: 1") == ""


def test_a_code_takes_its_detail_whatever_is_in_it():
    assert describe_note("unknown_header: {a}: b") == "意味の分からない見出し「{a}: b」"
    assert describe_note("remark: 備考{0}") == "説明（備考{0}）"
    assert describe_note("remark") == "説明"


def test_a_doubt_of_a_corrected_cell_says_both_and_asks_the_doubt_alone():
    note = "no_year; corrected: 148 → 184 (誤記)"
    said = "どの年度の数値か、記載なし。訂正して読んだ：148 → 184 (誤記)"
    assert describe_note(note) == said
    assert name_issue(note) == name_issue("no_year")
    assert advise_on_note(note) == advise_on_note("no_year") != ""


@pytest.mark.parametrize(
    "refusal",
    [
        *(reason for _, reason in printed_words.REFUSALS),
        *(printed_words.WITHOUT_FIGURE, printed_words.TOO_LONG, printed_words.REFUSED_BEFORE),
        *(printed_words.REFUSED_UNIT, printed_words.REFUSED_MARK),
    ],
)
def test_every_reason_why_a_cell_is_refused_has_words(refusal):
    assert describe_note(f"unreadable: {refusal}.").startswith("数値として読めない記載（")


def test_a_reason_that_quotes_the_cell_is_told_in_general():
    refusal = printed_words.OTHERWISE.format(rest="'皿'")
    assert describe_note(f"unreadable: {refusal}") == "数値として読めない記載"


def test_every_remedy_is_for_a_note_that_has_words():
    assert set(intake.REMEDIES) <= set(intake.NOTES)


@pytest.mark.parametrize(
    ("table", "field", "name"),
    [
        ("programs", "program", "事業名"),
        ("budgets", "amount_yen:source:国庫支出金", "財源（国庫支出金）"),
        ("budgets", "amount_status:settled", "決算額の状態"),
        ("rating_axes", "必要性", "必要性"),
        ("kpis", "nobody_knows", "nobody_knows"),
        ("", "", ""),
    ],
)
def test_a_field_is_named_as_its_table_names_it(table, field, name):
    assert name_field(table, field) == name


@pytest.mark.parametrize(
    ("field", "value", "unit", "said"),
    [
        ("baseline", "-3.5", "％", "▲3.5％"),
        ("target_upper", "1200", "人", "1,200人"),
        ("published_execution_rate", "0.985", "", "98.5％"),
        ("start_year", "2016", "", "平成28年度"),
        ("start_year", "1915", "", "1915年度"),
        ("direction", "up", "", "増やす"),
        ("target_bound", "at_least", "", "以上"),
        ("target", "約百", "人", "約百"),
        ("target", "nan?", "", "nan?"),
        ("grade", "B", "", "B"),
    ],
)
def test_a_value_is_said_as_readers_print_it(field, value, unit, said):
    assert say_value(field, value, unit) == said


def test_what_is_told_with_each_year_and_is_of_none_is_said_without():
    assert say_fact("kpis", "baseline", [2018], "170", "170", "件") == "従前値 = 170件"
    assert say_fact("kpis", "unit", [2016, 2017], "件", "件") == "単位"


def test_a_value_that_the_cell_shows_but_for_its_blanks_is_not_said_again():
    assert say_fact("programs", "program", [], "就職面接会", "就職\n面接会") == "事業名"


def test_years_are_said_as_spans_where_they_follow_one_another():
    assert say_fiscal_years([]) == ""
    assert say_fiscal_years([2018, 2018, 2019]) == "H30～R元"


@pytest.mark.parametrize(
    ("counts", "end"),
    [
        ({}, "「a.csv」からは、数値も名前も読み取れませんでした。"),
        ({"read": 2}, "2件を読み取りました。読み取れなかったもの、確認したいものはありません。"),
        ({"read": 1, "problem": 1}, "読み取れなかったものが1件あります。"),
        ({"read": 1, "doubt": 1_000}, "読み取った内容を確認したいものが1,000件あります。"),
        ({"problem": 1, "doubt": 2}, "読み取れなかったものが1件、確認したいものが2件あります。"),
    ],
)
def test_how_much_was_read_is_said_without_counting_nothing(counts, end):
    said = summarize_outcomes("a.csv", counts)
    assert said.endswith(end)
    assert "、0件" not in said
