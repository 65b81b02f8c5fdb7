"""How far a file follows the ministry's rule, in words."""

import pandas as pd
import pytest

from analysis.wording.ministry import (
    note_finding,
    say_example,
    say_what_was_read,
    summarize_review,
    tabulate_review,
)


@pytest.mark.parametrize(
    ("check", "why", "printed", "instead", "said"),
    [
        ("1-2", "", "36（1）", "36 | 1", "「36（1）」→ 「36」と「1」を別々のセルへ"),
        ("1-3", "text", "148", "148", "文字の「148」→ 数値の148"),
        ("1-4", "2 x 1", "番号", "", "「番号」の結合を解除し、2行1列のどのセルにも「番号」"),
        ("1-6", "empty_name", "", "就職面接会", "空欄 →「就職面接会」"),
        ("1-11", "cell", "平成30年度", "2018", "「平成30年度」→「平成30年度（2018）」"),
        ("1-13", "mark", "-", "", "「-」→「***」"),
        ("2-1", "empty_row", "", "", ""),
    ],
)
def test_an_example_is_made_of_the_cell_itself(check, why, printed, instead, said):
    assert say_example(check, why, printed, instead) == said


def test_braces_of_a_cell_are_letters():
    assert say_example("1-3", "letters", "{x}1", "1") == "「{x}1」→ 数値の1"


def test_a_place_without_a_cell_says_what_is_there():
    assert note_finding("1-8", "chart") == "グラフ"
    assert note_finding("1-1", "paper", ".pdf") == ".pdfの形式"
    assert note_finding("1-5", "blank") == ""


def test_the_summary_leaves_out_what_there_is_none_of():
    said = summarize_review({"fulfilled": 14, "by_eye": 1})
    assert said == "満たしている項目は14です。1項目は、機械では判断できませんでした。"


def test_what_was_read_names_what_is_asked():
    assert say_what_was_read(142, 0, 0).endswith("142個のセルから読み取れました。")
    assert say_what_was_read(1, 2, 3).endswith(
        "意味を確かめたいものが2個、読み取れなかったものが3個あります。"
    )


def test_the_table_for_readers_has_a_reason_where_nothing_could_be_told():
    findings = pd.DataFrame(
        [
            ("1-8", "", "by_eye", "", "", "", "", "objects"),
            ("1-13", "", "not_fulfilled", "一", "一!A1", "-", "", "mark"),
        ],
        columns=["check", "name", "outcome", "sheet", "place", "printed", "instead", "why"],
    )
    table = tabulate_review(findings)
    assert table["結果"].tolist() == ["機械では判断できない", "直せるところがある"]
    assert table.loc[0, "補足"].startswith("この形式では")
    assert table["直した例"].tolist() == ["", "「-」→「***」"]
