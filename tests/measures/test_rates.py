"""Which formula and which rounding give a published rate."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import typed
from rated import KEY, KPI_COLUMNS, audit_rate, from_10_to_20, published
from slices import DATA

from analysis import add_achievement, audit_rates, load, round_half_up, truncate
from analysis.measures.rounding import round_half_even


@pytest.fixture(scope="module")
def tsukuba():
    return load(DATA, government="082201", fiscal_year=2018)


@pytest.mark.parametrize(("name", "rates"), [("gose", 9), ("ibaraki", 5), ("servicenow", 5)])
def test_each_printed_rate_is_explained_by_the_formula_and_rounding_known_for_it(name, rates):
    kpis, ratings, known = published(name)
    known = known[known["published_rate_printed"] != ""]
    audited = audit_rates(kpis, ratings)
    assert len(audited) == rates
    assert audited["explained_by"].tolist() == known["formula"].tolist()
    assert audited["rounding"].tolist() == known["rounding"].tolist()
    assert audited["finding_note"].tolist() == known["finding_note"].tolist()


def test_every_row_that_is_not_reproduced_says_why():
    for name in ("gose", "ibaraki", "nagano", "servicenow"):
        known = published(name)[2]
        assert ((known["formula"] == "") == (known["not_reproduced"] != "")).all()


def test_the_findings_of_ibaraki_name_the_two_rates_that_were_cut_off():
    # 2,748/2,000 twice; 2,415/2,000 = 120.75; 5,163/4,000 = 129.075; 7,077/6,000 = 117.95
    audited = audit_rates(*published("ibaraki")[:2])
    expected = typed(
        "published_rate_printed computed finding",
        ("137.4", 1.374, "explained"),
        ("120.8", 1.2075, "explained"),
        ("137.4", 1.374, "explained"),
        ("129.0", 1.29075, "explained_truncated"),
        ("117.9", 1.1795, "explained_truncated"),
    )
    found = audited[list(expected)].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, expected)


def test_months_in_which_a_target_was_kept_cannot_be_checked_in_a_yearly_table():
    audited = audit_rates(*published("servicenow")[:2])
    assert audited["finding"].tolist() == ["explained"] * 2 + ["cannot_be_checked"] * 3


@pytest.mark.parametrize(
    ("case", "explained_by", "rounding", "also", "finding"),
    [
        # 150 of 200 from 100: 75 % of the target, half of the way
        (("75", 150, 200, None, "up", 100), "achievement_rate", "half_up", "", "explained"),
        (("50.0", 150, 200, None, "up", 100), "progress_rate", "half_up", "", "explained"),
        (("100", 200, 200, None, "up", 100), "achievement_rate", "half_up", "progress_rate", None),
        (("60", 150, 200, None, "up", 100), "", "", "", "anomaly"),
        # 50 where 40 was the most: 125 % plainly, 80 % turned round, 75 % mirrored
        (("80", 50, 40, None, "down"), "reversed_ratio", "half_up", "", "explained"),
        (("75", 50, 40, None, "down"), "mirrored_ratio", "half_up", "", "explained"),
        # 205/80 = 256.25 %, a half; 999/1000 is 99 in whole percents when cut off
        (("256.2", 205, 80), "achievement_rate", "truncated_or_half_even", "", None),
        (("99", 999, 1000), "achievement_rate", "truncated", "", "explained_truncated"),
        (("▲12.5", -25, 200, -0.125), "", "", "", "cannot_be_checked"),
    ],
)
def test_a_rate_is_explained_by_the_first_formula_and_rounding_that_print_it(
    case, explained_by, rounding, also, finding
):
    row = audit_rate(*case)
    assert tuple(row[["explained_by", "rounding", "also"]]) == (explained_by, rounding, also)
    assert finding in (row["finding"], None)


@given(st.integers(0, 10**6), st.integers(0, 2))
def test_rounding_to_even_explains_nothing_that_the_two_others_do_not(thousandths, decimals):
    figure = pd.Series([thousandths / 1000])
    even = round_half_even(figure, decimals)[0]
    assert even in (round_half_up(figure, decimals)[0], truncate(figure, decimals)[0])


def test_decimals_that_are_not_known_are_not_guessed():
    row = audit_rate(None, 150, 200, 0.75)
    assert (row["finding"], row["finding_note"]) == ("cannot_be_checked", "not_printed")
    assert row["explained_by"] == ""


def test_the_same_number_with_other_decimals_is_another_print():
    # 101.4 % prints as 101 but not as 101.0
    assert audit_rate("101", 1014, 1000)["finding"] == "explained"
    assert audit_rate("101.0", 1014, 1000)["finding"] == "anomaly"


def test_an_anomaly_names_what_was_not_printed_so_that_a_formula_could_not_be_tried():
    assert audit_rate("60", 150, 200)["finding_note"] == "no_baseline"


def test_a_rate_of_no_published_kpi_cannot_be_checked():
    kpis, ratings, _ = published("gose")
    audited = audit_rates(kpis, ratings.assign(kpi_id="another"))
    assert set(audited["finding"]) == {"cannot_be_checked"}
    assert set(audited["finding_note"]) == {"no_kpi"}


def test_a_printed_rate_that_is_another_number_than_the_ratio_is_not_checked_and_says_so():
    row = audit_rate("75.0", 150, 200, 7.5)
    assert (row["finding"], row["finding_note"]) == ("cannot_be_checked", "printed_differs")


def test_no_printed_rate_gives_no_row(tsukuba):
    assert audit_rates(add_achievement(tsukuba.kpis), tsukuba.ratings).empty


@settings(max_examples=20)
@given(st.integers(1, 9999), st.integers(1, 9999), st.integers(0, 2))
def test_a_rate_printed_half_up_is_always_explained(actual, target, decimals):
    percent = round_half_up(pd.Series([actual / target * 100]), decimals)[0]
    row = audit_rate(f"{percent:.{decimals}f}", actual, target)
    assert (row["explained_by"], row["rounding"]) == ("achievement_rate", "half_up")


def audit_unit(printed, actual, target, unit, baseline=np.nan, **columns):
    """What explains one printed rate of figures in a unit: finding, rounding, formula."""
    cells = ("up", baseline, target, actual, "final", np.nan)
    kpis = typed(KPI_COLUMNS, (*KEY, "提案", unit, *cells)).assign(**columns)
    ratings = typed(
        "government_code program_id kpi_id fiscal_year published_rate published_rate_printed",
        (*KEY, float(printed.replace("▲", "-")) / 100, printed),
    )
    row = audit_rates(add_achievement(kpis), ratings).iloc[0]
    return row["finding"], row["rounding"], row["explained_by"]


BY_ACTUAL = ("explained_unrounded", "unrounded_actual", "achievement_rate")
BY_BOTH = ("explained_unrounded", "unrounded_figures", "achievement_rate")
BY_NOTHING = ("anomaly", "", "")


@pytest.mark.parametrize(
    ("case", "found"),
    [
        # 21 ％ stands for 20.5 up to 21.5; of 40 that is 51.25 up to, and without, 53.75
        (("53.0", 21, 40, "％"), BY_ACTUAL),
        (("51.3", 21, 40, "％"), BY_ACTUAL),  # 51.25 up to 51.35
        (("51.2", 21, 40, "％"), BY_BOTH),  # without 51.25; 20.5 of 40.04 is some of it
        (("53.7", 21, 40, "％"), BY_ACTUAL),  # 53.65 up to 53.75
        (("53.8", 21, 40, "％"), BY_BOTH),  # from 53.75 on; 21.4 of 39.8 is some of it
        (("55.0", 21, 40, "％"), BY_NOTHING),  # at most 21.5 of 39.5, which is 54.43
        (("53.0", 21, 40, "人"), BY_NOTHING),
        (("53.0", 21, 40, "人/年"), BY_NOTHING),
        (("53.0", 21, 40, None), BY_NOTHING),
        (("52.5", 21, 40, "％"), ("explained", "half_up", "achievement_rate")),
        (("57", 22, 38, "％"), ("explained_truncated", "truncated", "achievement_rate")),
    ],
)
def test_a_rate_may_have_been_made_from_a_figure_before_it_was_rounded(case, found):
    assert audit_unit(*case) == found


def test_the_decimals_that_are_printed_say_what_a_figure_stands_for():
    # 21.0 stands for 20.95 up to 21.05, of 40.0 from 39.95: at most 52.69
    assert (
        audit_unit("53.0", 21, 40, "％", actual_printed="21.0", target_printed="40.0") == BY_NOTHING
    )
    assert audit_unit("52.6", 21, 40, "％", actual_printed="21.0 ％") == BY_ACTUAL
    assert audit_unit("52.9", 21.0, 40, "％", actual_printed="速報 21") == BY_ACTUAL
    assert audit_unit("52.3", 2.1, 4.0, "人", actual_printed="2.1") == BY_ACTUAL  # a mean


@pytest.mark.parametrize(
    "unit",
    ["店", "店舗", "園", "隊", "事業者", "軒", "便", "事例", "PV", "フォロワー", "人（延べ）"],
)
def test_whole_things_of_any_name_were_never_rounded(unit):
    assert audit_unit("53.0", 21, 40, unit) == BY_NOTHING


@pytest.mark.parametrize("unit", ["%", "千円", "百万円", "ha", "㎡", "t-CO2", "℃", "万人", "g/人"])
def test_what_is_measured_may_have_been_rounded(unit):
    assert audit_unit("53.0", 21, 40, unit) == BY_ACTUAL


@pytest.mark.parametrize(
    ("printed", "explained"),
    [
        # -21 stands for more than -21.5 up to -20.5; over the way from 0 to 40 more than
        # -53.75 up to -51.25. A printed -51.2 stands for more than -51.25 up to -51.15.
        ("▲53.0", "unrounded_actual"),
        ("▲51.3", "unrounded_actual"),
        ("▲53.7", "unrounded_actual"),
        ("▲51.2", "unrounded_figures"),
        ("▲53.8", "unrounded_figures"),
        ("▲56.0", ""),
    ],
)
def test_below_zero_a_half_goes_away_from_zero_at_both_ends(printed, explained):
    assert audit_unit(printed, -21.0, 40.0, "℃", 0.0)[1] == explained


@settings(max_examples=20)
@given(st.integers(1, 9999), st.integers(1, 999))
def test_a_rate_of_an_actual_before_it_was_rounded_is_always_explained(tenths, target):
    rounded = round_half_up(pd.Series([tenths / 10]))[0]
    if rounded:
        percent = round_half_up(pd.Series([tenths / target * 10]), 1)[0]
        assert audit_unit(f"{percent:.1f}", rounded, target, "％")[0].startswith("explained")


def test_a_rate_of_a_whole_program_is_not_said_to_be_without_a_kpi():
    kpis = add_achievement(typed(KPI_COLUMNS, (*KEY, "提案", "件", *from_10_to_20(15.0))))
    ratings = typed(
        "government_code program_id kpi_id fiscal_year published_rate published_rate_printed",
        ("082201", "hub", None, 2018, 0.8, "80.0"),
        ("082201", "alone", None, 2018, 0.8, "80.0"),
    )
    audited = audit_rates(kpis, ratings)
    assert audited["finding"].tolist() == ["cannot_be_checked"] * 2
    assert audited["finding_note"].tolist() == ["rate_of_program", "no_kpi"]


def test_only_the_figures_a_formula_divides_make_it_circular():
    # 御所市 has its program concluded, 茨城県 a final target, but its rate divides by the year's
    for government in ("292087", "080004"):
        data = load(DATA, government=government)
        audit = audit_rates(add_achievement(data.kpis), data.ratings)
        assert "figures_inferred" not in audit["finding_note"].tolist()


def test_a_rate_by_a_target_of_a_later_year_is_explained_by_the_final_target():
    # 御所市 prints 66.7, 71.6, 74.7 as 達成率 of 93 ％ by 平成32年; no target of a year is printed
    data = load(DATA, government="292087")
    audited = audit_rates(add_achievement(data.kpis), data.ratings)
    assert set(audited["explained_by"]) == {"final_rate"}
    assert set(audited["also"]) == {""}
