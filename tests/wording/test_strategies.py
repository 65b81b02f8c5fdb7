"""Which part of a plan has programs, in words: what is served, by what, on what grounds."""

import pandas as pd
import pytest
from samples import coverage_of, some_coverage
from slices import DATA, IBARAKI, TSUKUBA

import analysis
from analysis.measures.strategies import cover_items
from analysis.wording.strategies import describe_coverage, join_names, tabulate_coverage


@pytest.fixture(scope="module")
def real():
    def cover(**asked):
        d = analysis.load(DATA, **asked)
        return cover_items(d.strategies, d.strategy_items, d.links, d.programs, d.kpis, d.budgets)

    return {
        "all": cover(),
        "ibaraki": cover(government=IBARAKI, fiscal_year=2017),
        "tsukuba": cover(government=TSUKUBA, fiscal_year=2021),
    }


def test_the_sentences_say_which_items_have_programs_kpis_and_money_and_which_have_none():
    assert describe_coverage(some_coverage()) == (
        "「計画」の2つの方針のうち1つに対応する事業があり（方針1に3事業）、"
        "方針2「項目2」に対応する事業は手元の資料からは見当たりません。"
        "このうち指標の記載がある事業は方針1に1事業で、金額の記載がある事業は方針1に2事業です。"
        "どの事業がどの方針に対応するかは資料に記載がなく、事業の内容から推定しました。"
        "「計画」の1つの将来像は、事業と対応づけていません。"
    )


def test_money_without_a_kpi_is_said():
    said = describe_coverage(coverage_of(("issue", 1, 0, 1, "no")))
    assert said.endswith(
        "指標の記載がある事業は見当たらず、金額の記載がある事業は課題1に1事業です。"
    )


def test_items_none_of_which_has_a_program_at_hand_are_said_at_once():
    said = describe_coverage(coverage_of(("issue", 0, 0, 0, None), ("issue", 0, 0, 0, None)))
    assert said == "「計画」の2つの課題のどれにも、対応する事業は手元の資料からは見当たりません。"


@pytest.mark.parametrize(
    ("grounds", "said"),
    [(("yes", "no"), "対応するかの一部は資料に"), (("partly", "no"), "対応するかの一部は資料に")],
)
def test_a_part_that_is_a_conclusion_is_said_to_be_a_part(grounds, said):
    assert said in describe_coverage(coverage_of(*(("issue", 1, 0, 0, word) for word in grounds)))


def test_what_the_document_prints_is_not_said_to_be_a_conclusion():
    assert "推定" not in describe_coverage(coverage_of(("issue", 1, 0, 0, "no")))


def test_the_real_sentences_say_what_has_a_kpi_and_what_has_nothing(real):
    ibaraki, tsukuba = describe_coverage(real["ibaraki"]), describe_coverage(real["tsukuba"])
    assert "5つの方針のすべてに対応する事業があります" in ibaraki
    assert "指標の記載がある事業は方針4に1事業で、金額の記載がある事業は手元の資料から" in ibaraki
    assert "課題1「経営の改善・安定化」に対応する事業は手元の資料からは見当たりません" in tsukuba
    assert "課題4に2事業" in tsukuba
    assert "指標や金額の記載がある事業は、手元の資料からは見当たりません" in tsukuba
    assert "4つの将来像は、事業と対応づけていません" in tsukuba


def test_the_table_has_a_row_an_item_with_a_dash_where_nobody_assigned_any():
    expected = pd.DataFrame(
        {
            "方針・課題": ["項目1", "項目2", "項目1"],
            "計画": ["計画"] * 3,
            "区分": ["方針1", "方針2", "将来像1"],
            "対応する事業": ["3", "0", "—"],
            "指標あり": ["1", "0", "—"],
            "金額あり": ["2", "0", "—"],
            "事業名": ["事業1・事業2・事業3", "—", "—"],
            "対応の根拠": ["内容から推定", "—", "—"],
        },
        dtype="str",
    )
    pd.testing.assert_frame_equal(tabulate_coverage(some_coverage()), expected)


def test_plans_are_named_in_the_order_in_which_they_succeed_one_another():
    data = analysis.load(DATA, TSUKUBA, 2021)
    said = analysis.describe_plans(data.strategies.iloc[::-1], data.links)
    assert said == (
        "計画は次の順に続いています：「つくば市産業戦略ビジョン」（2003年に策定）、"
        "「第1次産業振興マスタープラン」（2008年に策定）、"
        "「第2次産業振興マスタープラン」（2013年に策定）、"
        "「つくば市産業戦略」（R2～R6）、「第2次つくば市産業戦略」（R7から）。"
    )


def test_plans_that_no_link_joins_are_not_put_in_an_order():
    data = analysis.load(DATA, TSUKUBA, 2021)
    assert analysis.describe_plans(data.strategies, data.links.iloc[:0]) == ""


def test_without_items_the_sentence_says_why_and_the_table_has_no_row():
    nothing = some_coverage().iloc[:0]
    assert describe_coverage(nothing) == "手元の資料に、計画の方針や課題は見当たりません。"
    assert tabulate_coverage(nothing).empty


def test_a_name_with_the_joining_mark_in_it_stands_in_brackets():
    assert join_names(["広域バス", "還流・定着支援"]) == "広域バス・「還流・定着支援」"
    assert join_names([]) == ""
