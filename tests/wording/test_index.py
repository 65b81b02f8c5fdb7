"""What reports are called, and their headline figures in words."""

import pytest

from analysis.measures.index import Headline
from analysis.wording import (
    describe_headline,
    describe_together,
    list_eras,
    name_prefecture,
    name_row,
    name_slice,
    tell_apart,
)

CONCLUDED = "うち推定による1"


def headline(kpis=2, reached=1, unknown=0, concluded=0, odd=0, programs=3, costs=()):
    missed = kpis - reached - unknown if kpis else 0
    counts = (kpis, reached, missed, unknown, concluded, odd, programs)
    return Headline(*counts, judged=2, costs=costs)


def test_a_government_and_a_year_are_named_as_far_as_there_are_any():
    assert name_slice("つくば市", 2018) == "つくば市 平成30年度"
    assert name_slice("", 2018) == "平成30年度"
    assert name_slice("", None) == ""


@pytest.mark.parametrize(
    ("title", "subject", "values", "notebook", "shown"),
    [
        ("", "就職面接会", {}, "program", "就職面接会"),
        ("", "", {}, "government", "団体全体"),
        ("", "", {"x": "a"}, "portfolio", "どの事業を評価できるか（x=a）"),
        ("", "就職面接会", {}, "own", "就職面接会（own）"),
        ("", "", {}, "own", "own"),
        ("", "own", {"x": "a"}, "own", "own（x=a）"),
        ("", "図の形式", {}, "own", "図の形式（own）"),
        ("つくば市 平成30年度", "", {}, "own", "つくば市 平成30年度（own）"),
        ("つくば市 平成30年度", "", {}, "government", "つくば市 平成30年度"),
    ],
)
def test_a_row_names_its_subject_and_a_notebook_that_is_not_the_projects_own(
    title, subject, values, notebook, shown
):
    assert name_row(title, subject, values, notebook) == shown


@pytest.mark.parametrize(
    ("found", "notebook", "words"),
    [
        (headline(), "program", ("1 / 2", [], "記載なし")),
        (headline(unknown=1), "program", ("1 / 2", ["うち判定できない1"], "記載なし")),
        (
            headline(concluded=1),
            "program",
            ("1 / 2", [CONCLUDED], "記載なし"),
        ),
        (headline(reached=0, unknown=2), "government", ("判定できない", [], "記載なし")),
        (headline(kpis=0, reached=0), "program", ("指標なし", [], "記載なし")),
        (headline(), "portfolio", ("判定できる事業", ["2 / 3"], "—")),
        (headline(), "own", ("—", [], "—")),
        (None, "program", ("—", [], "—")),
    ],
)
def test_headline_figures_say_what_is_known(found, notebook, words):
    said = describe_headline(found, notebook)
    assert (said["reached"], said["beside"], said["cost"]) == words


def test_amounts_of_unlike_kinds_or_years_are_not_summed_and_the_reason_stands_there():
    settled = {"cost_yen": 1, "programs": 1, "cost_basis": "settled", "cost_natures": ""}
    costs = (settled | {"fiscal_year": 2018}, settled | {"fiscal_year": 2019})
    said = describe_headline(headline(costs=costs), "program")["cost"]
    assert said == "年度が違うため合計しない（H30：1事業、R元：1事業）"
    assert describe_headline(headline(costs=costs[:1]), "program")["cost"] == "1円（決算額）"
    costs = (costs[0], costs[1] | {"cost_basis": "total"})
    said = describe_headline(headline(costs=costs), "program")["cost"]
    assert said == "金額の種類が違うため合計しない（決算額：1事業、総予算額：1事業）"


@pytest.mark.parametrize(
    ("found", "marks", "counts"),
    [
        (headline(reached=2), [("reached", "● すべて到達")], {}),
        (headline(), [("missed", "◆ 未達1")], {"missed": 1}),
        (headline(reached=0, unknown=2), [], {"unknown": 2}),
        (headline(reached=1, unknown=1), [], {"unknown": 1}),
        (headline(kpis=0, reached=0), [], {}),
        (
            headline(reached=2, odd=1),
            [("reached", "● すべて到達"), ("odd", "≠ 数値と合わない評価1")],
            {"odd": 1},
        ),
    ],
)
def test_a_row_is_marked_by_what_was_missed_and_what_figures_speak_against(found, marks, counts):
    said = describe_headline(found, "program")
    assert (said["marks"], said["counts"]) == (marks, counts)
    portfolio = describe_headline(found, "portfolio")
    assert (portfolio["marks"], portfolio["counts"]) == ([], {})


@pytest.mark.parametrize(
    ("found", "programs", "failed", "words"),
    [
        (
            headline(kpis=1_009, reached=5, unknown=2, odd=1, programs=1_004),
            1_003,
            1,
            "1,003事業（年度ごとに数えると1,004件）についての報告です。"
            "指標も年度ごとに数えると、目標に到達したかを判定できる1,007指標のうち、"
            "到達したのは5指標でした。"
            "ほかの2指標は判定できません。公表の数値と合わない評価は1件です。"
            "作れなかった報告が1件あります。",
        ),
        (
            headline(kpis=3, reached=2, unknown=1, programs=1),
            1,
            0,
            "1事業についての報告です。目標に到達したかを判定できる2指標は、すべて到達しました。"
            "ほかの1指標は判定できません。",
        ),
        (
            headline(kpis=1, reached=0, programs=1),
            1,
            0,
            "1事業についての報告です。目標に到達したかを判定できる1指標は、到達していません。",
        ),
        (
            headline(kpis=0, reached=0, programs=1),
            1,
            0,
            "1事業についての報告です。目標に到達したかを判定できる指標はありません。",
        ),
        (headline(kpis=0, reached=0, programs=0), 0, 2, "作れなかった報告が2件あります。"),
        (headline(kpis=0, reached=0, programs=0), 0, 0, ""),
    ],
)
def test_what_all_reports_say_together_has_one_denominator_and_no_empty_count(
    found, programs, failed, words
):
    assert describe_together(found, programs, failed) == words


def test_a_code_of_six_digits_tells_the_prefecture_and_so_tells_governments_apart():
    codes = ("011002", "132063", "472018", "480002", "8000012100004", "x_town")
    places = [name_prefecture(code) for code in codes]
    assert places == ["北海道", "東京都", "沖縄県", *["そのほか"] * 3]
    assert tell_apart("府中市", "342084") == "府中市（広島県・342084）"


def test_a_search_knows_each_era_by_name_letter_and_first_year():
    assert ("平成", "h", 1989) in list_eras()
    assert ("令和", "r", 2019) in list_eras()
