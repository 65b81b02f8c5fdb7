"""Grants that took the place of one another, in words: the years that are printed, no others."""

import pandas as pd
import pytest
from samples import FAMILY, grants_of

from analysis.wording.formats import say_years
from analysis.wording.grants import describe_grants, tabulate_grants


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (pd.NA, pd.NA, "年度の記載なし"),
        (pd.NA, 2024, "R6まで"),
        (2026, pd.NA, "R8から"),
        (2025, 2025, "R7のみ"),
        (2016, 2019, "H28～R元"),
    ],
)
def test_only_the_years_that_are_printed_are_said(first, last, said):
    assert say_years(first, last) == said


def test_the_sentences_say_which_grant_followed_which_and_the_printed_years():
    assert describe_grants(grants_of(*FAMILY)) == (
        "「甲」の後継は「丙」、「乙」の後継は「丙」です。"
        "資料に書かれた年度：「甲」年度の記載なし、「乙」H28から、「丙」R4～R6。"
    )
    alone = describe_grants(grants_of(FAMILY[2]))
    assert alone.startswith("交付金どうしの後継の関係は見当たりません。")


def test_the_table_of_grants_has_their_years_and_what_followed():
    expected = pd.DataFrame(
        {
            "交付金": ["甲", "乙", "丙"],
            "年度": ["年度の記載なし", "H28から", "R4～R6"],
            "後継": ["丙", "丙", "—"],
            "備考": ["まとめられた。", "—", "—"],
        },
        dtype="str",
    )
    pd.testing.assert_frame_equal(tabulate_grants(grants_of(*FAMILY)), expected)


def test_without_grants_the_sentence_says_why_and_the_table_has_no_row():
    assert describe_grants(grants_of()) == "手元の資料に、交付金の移り変わりは見当たりません。"
    assert tabulate_grants(grants_of()).empty
