"""One header -> what its cells are: the field, the year, the unit, whose it is."""

import pytest

from analysis.intake.labels import Label, is_unit, join_labels, read_label, take_years


@pytest.mark.parametrize(
    ("text", "field", "year", "unit"),
    [
        ("従前値", "baseline", None, ""),
        ("策定時の値（H26）", "baseline", 2014, ""),
        ("H22の\n目標値", "target", 2010, ""),
        ("平成30年度 目標値", "target", 2018, ""),
        ("令和5年度目標値（％）", "target", 2023, "%"),
        ("令和元年度実績", "actual", 2019, ""),
        ("2024年度実績値", "actual", 2024, ""),
        ("最終目標値", "final_target", None, ""),
        ("H30 達成率（％）", "published_rate", 2018, "%"),
        ("進捗状況", "progress", None, ""),
        ("② 事業名", "program", None, ""),
        ("KPI（重要業績評価指標）", "kpi", None, ""),
        ("目標年月", "final_year", None, ""),
        ("担当課", "department", None, ""),
        ("記入責任者", "person", None, ""),
    ],
)
def test_a_header_names_a_column_a_year_and_a_unit(text, field, year, unit):
    label = read_label(text)
    assert (label.field, label.year, label.unit) == (field, year, unit)
    assert label.is_whole


@pytest.mark.parametrize(
    ("text", "kind", "nature", "unit"),
    [
        ("決算額(千円)", "settled", "", "千円"),
        ("予算現額", "total", "", ""),
        ("当初予算額", "initial", "", ""),
        ("人件費", "", "personnel", ""),
        ("総事業費", "", "full", ""),
        ("事業費 単位：千円", "", "direct", "千円"),
        ("国庫支出金", "source", "", ""),
        ("うち国費", "national_grant", "", ""),
        ("事業費計", "whole", "", ""),
    ],
)
def test_a_header_of_money_names_its_kind_its_nature_and_its_unit(text, kind, nature, unit):
    label = read_label(text)
    assert (label.field, label.kind, label.nature, label.unit) == ("amount", kind, nature, unit)


def test_a_line_of_what_is_part_of_a_sum_is_a_part():
    assert read_label("うち人件費").part
    assert read_label("うち委託料").part
    assert not read_label("人件費").part


def test_a_judgement_names_who_judged():
    assert read_label("二次評価").rated_by == "二次評価"
    assert read_label("外部有識者の評価").rated_by == "外部有識者の評価"
    assert read_label("総合評価").rated_by == ""


def test_an_activity_and_an_outcome_are_kinds_of_kpis():
    assert read_label("活動指標名").kpi_kind == "activity"
    assert read_label("成果指標").kpi_kind == "outcome"


def test_the_number_behind_a_header_tells_several_apart():
    assert (read_label("指標２").field, read_label("指標２").index) == ("kpi", 2)
    assert len({read_label(f"指標{sign}").index for sign in ("", "①", "②", "ア")}) == 4


def test_a_header_of_two_figures_is_a_pair_in_their_order():
    assert read_label("実績値／目標値").pair == ("actual", "target")


def test_what_stands_beside_a_name_is_said_in_brackets():
    assert read_label("事業名【担当部】").beside == "department"
    assert read_label("指標名（単位）").beside == "unit"


@pytest.mark.parametrize(
    "text", ["", "就職面接会", "148", "3,780,000", "集計中", "Ａ 100％以上、Ｂ＋ 80～99％"]
)
def test_names_figures_and_legends_are_no_headers(text):
    label = read_label(text)
    assert not (label.is_whole and label.says_anything)


def test_a_sentence_is_no_header_whatever_words_it_has():
    said = read_label(
        "実績値は、年度末に各課が行った調査の集計によるもので、目標値とは対象が異なる場合がある。"
    )
    assert not said.says_anything


def test_a_header_that_holds_more_than_known_words_is_not_whole():
    label = read_label("参加者の実績値")
    assert (label.field, label.is_whole) == ("actual", False)


@pytest.mark.parametrize(
    ("text", "rest", "years"),
    [
        ("H28〜R2", "", (2016, 2020)),
        ("平成28年度~平成30年度", "", (2016, 2018)),
        ("令和元年度(2019)実績", "実績", (2019, 2019)),
        ("H31.3", "", (2018, 2018)),
        ("H31.4", "", (2019, 2019)),
        ("平成30年12月31日現在", "現在", (2018, 2018)),
        ("2018", "", (2018, 2018)),
        ("実績", "実績", None),
        ("12,018", "12,018", None),
    ],
)
def test_years_are_taken_out_of_a_text(text, rest, years):
    assert take_years(text) == (rest, years)


def test_a_year_without_an_era_is_of_the_era_of_the_publication():
    assert read_label("5年度実績", "令和").year == 2023
    assert read_label("25年度実績", "令和").year == 2013  # no year of 令和 yet
    assert read_label("20年度実績", "平成").year == 2008


def test_a_header_of_several_years_has_no_one_year():
    label = read_label("H28～R2 目標")
    assert (label.years, label.year) == ((2016, 2020), None)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("千円", True),
        ("%", True),
        ("ha/年", True),
        ("千人", True),
        ("回・人", True),
        ("累計", False),
        ("", False),
        ("速報", False),
    ],
)
def test_units_are_told_from_other_words_in_brackets(text, known):
    assert is_unit(text) == known


def test_the_lower_header_counts_and_the_upper_adds_what_it_leaves_open():
    joined = join_labels(read_label("平成30年度（千円）"), read_label("決算額"))
    assert (joined.field, joined.kind, joined.year, joined.unit) == (
        "amount",
        "settled",
        2018,
        "千円",
    )
    assert join_labels(read_label("目標値"), read_label("実績値")).field == "actual"


def test_what_is_planned_for_a_year_to_come_is_a_target():
    assert join_labels(read_label("26年度（予定）", "平成"), read_label("実績")).field == "target"


def test_money_below_actual_is_settled_and_below_target_planned():
    money = read_label("事業費")
    assert join_labels(read_label("実績"), money).kind == "settled"
    assert join_labels(read_label("計画"), money).kind == "planned"


def test_years_below_a_word_for_years_are_the_years_of_what_stands_above():
    assert join_labels(read_label("実績"), read_label("年度")).field == "actual_year"
    assert join_labels(read_label("基準値"), read_label("年度")).field == "baseline_year"


def test_a_label_of_nothing_says_nothing():
    assert not Label().says_anything
