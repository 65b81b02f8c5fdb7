"""What a publication says around its tables: year, unit, status, publisher, marks."""

import pytest

from analysis.intake.context import find_era, read_context


def read(*texts, era=None, year=None, top=9):
    """What lines say that stand below one another, from the first row on."""
    return read_context(list(enumerate(texts)), era, year, top)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("平成30年度 重要業績評価指標（ＫＰＩ）の指標一覧", 2018),
        ("令和元年度 実績値", 2019),
        ("令和６年度事務事業評価シート（令和５年度実施分）", 2023),
        ("事務事業評価調書（2024年度実績）", 2024),
        ("第２期総合戦略（令和２年度～令和６年度）", None),
        ("令和７年３月策定", None),
        ("令和７年９月３０日現在", None),
        ("指標一覧", None),
    ],
)
def test_the_year_is_that_whose_results_are_told(title, year):
    assert read(title).year == year


def test_a_line_that_speaks_of_results_counts_before_one_that_does_not():
    assert read("令和7年度版", "令和6年度の実績").year == 2024
    assert read("令和6年度の実績", "令和7年度版").year == 2024


def test_a_note_says_no_year_of_the_publication():
    assert read("KPI一覧", "※ 令和３年度の実績は速報").year is None


def test_a_year_that_is_given_is_not_read():
    said = read("令和元年度 実績値", year=2021)
    assert (said.year, said.given) == (2021, True)


def test_years_below_the_table_count_only_where_none_stands_above():
    assert read("令和元年度 実績", "令和2年度 実績", top=1).year == 2019


@pytest.mark.parametrize(
    ("texts", "era"),
    [
        (["平成30年度", "令和元年度", "平成29年度"], "令和"),
        (["平成30年度", "元年度", "2年度"], "令和"),
        (["30年度実績", "元年度実績"], "令和"),
        (["平成30年度", "12年度"], "平成"),
        (["平成30年度", "5年度間"], "平成"),
        (["平成15年度", "9年度"], "平成"),
        (["平成12年度", "PR2事業"], "平成"),
        (["R5", "令和6年度"], "令和"),
        (["Ｈ30"], "平成"),
        (["2018年度"], None),
    ],
)
def test_early_years_without_an_era_are_of_reiwa_where_the_others_are_near_it(texts, era):
    assert find_era(texts) == era


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("（単位：千円）", "千円"),
        ("単位:百万円", "百万円"),
        ("事業費の状況（千円）", "千円"),
        ("（単位：人）", ""),
        ("千円未満は四捨五入した。", ""),
    ],
)
def test_the_unit_of_money_is_the_one_said(line, unit):
    assert read(line).unit_above(5) == unit


def test_of_several_units_the_nearest_above_a_row_holds():
    said = read("（単位：千円）", "甲", "（単位：百万円）")
    assert (said.unit_above(1), said.unit_above(2), said.unit_above(9)) == (
        "千円",
        "百万円",
        "百万円",
    )


def test_a_unit_said_only_below_holds_for_all_of_it():
    assert read("甲", "乙", "（単位：千円）").unit_above(1) == "千円"


def test_a_title_that_says_preliminary_is_of_all_actuals_and_a_legend_of_its_mark_only():
    assert read("平成30年度 指標一覧（速報版）").status == "preliminary"
    said = read("平成30年度 指標一覧", "速：速報値")
    assert (said.status, said.legend["速"]) == ("", "preliminary")


@pytest.mark.parametrize(
    ("line", "mark", "status"),
    [
        ("推：推計値", "推", "estimated"),
        ("※「#」は推計値", "#", None),
        ("p...速報値", "p", "preliminary"),
        ("r：改訂値", "r", ""),
        ("# = 推計", "#", "estimated"),
    ],
)
def test_a_legend_says_what_a_mark_means(line, mark, status):
    assert read("一覧", line).legend.get(mark) == status


def test_marks_of_tables_of_statistics_are_known_without_a_legend():
    assert read("一覧").legend == {"p": "preliminary", "r": ""}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("つくば市 指標一覧", "つくば市"),
        ("平成30年度　茨城県 総合計画", "茨城県"),
        ("開成町", "開成町"),
        ("本市の取組", ""),
        ("市町村別一覧", ""),
        ("市民の声", ""),
        ("指標一覧", ""),
    ],
)
def test_the_publisher_is_a_government_named_beside_the_tables(line, name):
    assert read(line).publisher == name


def test_the_title_is_the_first_line_that_is_longer_than_a_word_and_no_note():
    assert read("資料２", "※ 速報", "平成30年度 指標一覧").title == "平成30年度 指標一覧"


def test_brackets_are_second_figures_where_a_line_says_what_they_are():
    assert read("※（ ）は累計").brackets
    assert not read("（注）参照").brackets
