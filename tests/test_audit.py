"""What was published against what the figures give: judgements, rates, agreement of grades."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import (
    DataError,
    add_achievement,
    audit_published,
    audit_rates,
    count_agreement,
    load,
    measure_agreement,
    round_half_up,
    truncate,
)
from analysis.dataset.cells import convert
from analysis.dataset.tables import TABLES
from analysis.measures.rounding import round_half_even
from analysis.wording.ja import agreement as agreement_words
from analysis.wording.ja import rates as rates_words

DATA = Path(__file__).parents[1] / "data"
PUBLISHED = Path(__file__).parent / "published"

# A small rubric of one level, and the words of progress of つくば市, best first.
TOWN = {
    "name": "町の評価",
    "level": "program",
    "inputs": ["effectiveness"],
    "level_words": ["高", "低"],
    "grades": [{"grade": "S"}],
    "rules": [{"grade": "S", "when": {"effectiveness": "高"}, "attested": 2018}],
    "progress_words": ["順調", "概ね順調"],
}
KEY = ("082201", "hub", "ideas", 2018)


def typed(header, *rows):
    return pd.DataFrame(rows, columns=header.split())


@pytest.fixture(scope="module")
def tsukuba():
    return load(DATA, government="082201", fiscal_year=2018)


@pytest.fixture(scope="module")
def rubrics():
    return load(DATA).rubrics


# --- audit_published ---

KPI_COLUMNS = (
    "government_code program_id kpi_id fiscal_year kpi unit "
    "direction baseline target actual actual_status final_target"
)
RATING_COLUMNS = "government_code program_id kpi_id fiscal_year scheme progress effectiveness"


def audit(kpi, progress, kpi_id="ideas", scheme="town"):
    """The finding and whether it explains the word: one KPI (cells or None) and one judgement."""
    cells = ("up", 10.0, 20.0, np.nan, "final", 20.0) if kpi is None else kpi
    kpis = typed(KPI_COLUMNS, ("082201", "hub", "ideas", 2018, "提案", "件", *cells))
    ratings = typed(RATING_COLUMNS, ("082201", "hub", kpi_id, 2018, scheme, progress, "高"))
    kpis = add_achievement(kpis if kpi is not None else kpis.iloc[:0])
    audited = audit_published(kpis, ratings.astype({"kpi_id": "str"}), {"town": TOWN})
    return tuple(audited[["finding", "explained"]].iloc[0])


def from_10_to_20(actual):
    return ("up", 10.0, 20.0, actual, "final", 20.0)


@pytest.mark.parametrize(
    ("kpi", "progress", "finding", "explained"),
    [
        (None, "順調", "no_kpi", "no"),
        (None, None, "no_kpi", "no"),
        (from_10_to_20(np.nan), "順調", "no_actual", "no"),
        (from_10_to_20(np.nan), None, "no_actual", "no"),
        (from_10_to_20(8), "概ね順調", "worse_than_baseline", "no"),
        (from_10_to_20(8), "順調", "worse_than_baseline", "no"),
        (from_10_to_20(15), "順調", "missed_but_best_word", "no"),
        (from_10_to_20(20), "概ね順調", "reached_but_lower_word", "unknown"),
        (from_10_to_20(20), None, "no_word", "unknown"),
        (from_10_to_20(8), None, "no_word", "unknown"),
        (from_10_to_20(20), "やや遅れ", "unknown_rank", "unknown"),
        (from_10_to_20(20), "順調", "nothing_against_it", "yes"),
        (from_10_to_20(15), "概ね順調", "missed_and_last_word", "yes"),
        (from_10_to_20(10), "概ね順調", "missed_and_last_word", "yes"),
        (("up", np.nan, np.nan, 15, "final", np.nan), "順調", "nothing_to_compare", "unknown"),
        (("up", 10, np.nan, 15, "final", np.nan), "順調", "nothing_against_it", "yes"),
    ],
)
def test_each_finding_comes_from_the_smallest_table_that_shows_it(
    kpi, progress, finding, explained
):
    assert audit(kpi, progress) == (finding, explained)


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "actual"),
    [("up", 90, 90, 80), ("keep_above", 90, 90, 80), ("up", 90, 85, 80), ("down", 50, 60, 70)],
    ids=["up to its baseline", "kept", "met at the baseline", "falling, met at the baseline"],
)
def test_below_the_old_value_is_worse_than_it_even_where_no_progress_rate_can_be_had(
    direction, baseline, target, actual
):
    kpi = (direction, baseline, target, actual, "final", target)
    assert audit(kpi, "概ね順調") == ("worse_than_baseline", "no")


@pytest.mark.parametrize("direction", ["keep_above", "up"])
def test_a_kept_target_is_not_held_against_the_best_word_for_a_higher_old_value(direction):
    # from 97 to 95, at least 90 asked for: reached
    finding, explained = audit((direction, 97, 90, 95, "final", 90), "順調")
    assert finding != "worse_than_baseline"
    assert explained != "no"


def test_a_judged_kpi_without_published_figures_has_no_kpi_though_the_program_has_another():
    assert audit(from_10_to_20(20), "順調", kpi_id="links") == ("no_kpi", "no")


def test_a_judgement_of_a_whole_program_is_not_said_to_lack_a_kpi_where_one_is_published():
    finding, explained = audit(from_10_to_20(20), "順調", kpi_id=None)
    assert finding != "no_kpi"
    assert explained != "no"


@pytest.mark.parametrize(
    ("actual", "finding"), [(8, "worse_than_baseline"), (10, "nothing_against_it")]
)
def test_where_no_direction_is_known_the_target_shows_which_way_is_worse(actual, finding):
    assert audit(("unknown", 10, 20, actual, "final", 20), "概ね順調")[0] == finding


def test_a_word_of_a_scheme_without_a_rubric_has_no_rank():
    assert audit(from_10_to_20(20), "順調", scheme="elsewhere") == ("unknown_rank", "unknown")


def test_judgements_of_several_schemes_are_each_graded_by_their_own_rubric():
    rule = {"grade": "◎", "when": {"effectiveness": "高"}, "attested": 2020}
    city = TOWN | {"grades": [{"grade": "◎"}], "rules": [rule]}
    ratings = typed(
        RATING_COLUMNS,
        ("082201", "hub", "ideas", 2018, "city", "順調", "高"),
        ("082201", "hub", "ideas", 2018, "nowhere", "順調", "高"),
        ("082201", "hub", "ideas", 2018, "town", "順調", "高"),
        ("082201", "hub", "ideas", 2018, "town", "順調", "低"),
        ("082201", "hub", "ideas", 2018, None, "順調", "高"),
    ).set_axis(list("edcba"))
    kpis = typed(KPI_COLUMNS, ("082201", "hub", "ideas", 2018, "提案", "件", *from_10_to_20(20.0)))
    before = ratings.copy(deep=True)
    audited = audit_published(add_achievement(kpis), ratings, {"town": TOWN, "city": city})
    assert audited["rubric_grade"].to_dict() == {
        "e": "◎",
        "d": "unknown",
        "c": "S",
        "b": "unknown",
        "a": "unknown",
    }
    assert audited["rubric_note"].tolist() == [
        "attested_2020",
        "no_rubric",
        "attested_2018",
        "unknown_cell",
        "no_rubric",
    ]
    pd.testing.assert_frame_equal(ratings, before)
    pd.testing.assert_frame_equal(audited[list(before.columns)], before)


def test_the_published_judgements_of_h30_are_explained_or_not_as_read_by_hand(tsukuba):
    # By hand from the H30 list: ④-1, ④-2, ④-5 have no KPI; ④-4 fell from 170 to 148 and is
    # 概ね順調; ④-7 (1,110 of 1,000) and ④-8 (2 of 2) reached their targets and are 概ね順調; ④-6
    # missed by 30 and is 概ね順調, the last word seen; ④-3, ④-9, ④-10 reached theirs: 順調.
    audited = audit_published(add_achievement(tsukuba.kpis), tsukuba.ratings, tsukuba.rubrics)
    expected = typed(
        "place finding explained grade rubric_grade",
        ("④-1", "no_kpi", "no", "B", "B"),
        ("④-2", "no_kpi", "no", "D", "D"),
        ("④-3", "nothing_against_it", "yes", "B", "B"),
        ("④-4", "worse_than_baseline", "no", "B", "B"),
        ("④-5", "no_kpi", "no", "B", "B"),
        ("④-6", "missed_and_last_word", "yes", "B", "B"),
        ("④-7", "reached_but_lower_word", "unknown", "B", "B"),
        ("④-8", "reached_but_lower_word", "unknown", "B", "B"),
        ("④-9", "nothing_against_it", "yes", "S", "S"),
        ("④-10", "nothing_against_it", "yes", "S", "S"),
    )
    pd.testing.assert_frame_equal(audited[list(expected.columns)], expected)
    assert set(audited["rubric_note"]) == {"attested_2018"}


def test_no_judgements_give_an_empty_audit(tsukuba):
    none = tsukuba.ratings.iloc[:0]
    audited = audit_published(add_achievement(tsukuba.kpis), none, tsukuba.rubrics)
    assert audited.empty
    assert {"finding", "explained", "rubric_grade", "rubric_note"} <= set(audited.columns)


def test_a_judgement_by_a_rubric_for_figures_is_graded_by_the_kpis_own_figures(rubrics):
    # 30 of the 100 between 100 and 200, so 30 %: below 80 % C; the actual is an estimate.
    kpis = typed(KPI_COLUMNS, (*KEY, "提案", "件", "up", 100.0, 200.0, 130.0, "estimated", 200.0))
    ratings = typed(RATING_COLUMNS, (*KEY, "nagano", None, None))
    audited = audit_published(add_achievement(kpis), ratings, rubrics)
    assert audited[["rubric_grade", "rubric_note"]].to_numpy().tolist() == [["C", "not_final"]]


def test_a_kpi_that_stands_twice_in_one_year_is_refused():
    kpis = typed(KPI_COLUMNS, *[(*KEY, "提案", "件", *from_10_to_20(20.0))] * 2)
    ratings = typed(RATING_COLUMNS, (*KEY, "town", "順調", "高"))
    with pytest.raises(DataError, match="082201 hub ideas 2018; expected one row each"):
        audit_published(add_achievement(kpis), ratings, {})


# the four words of the Cabinet Office's form, as a rubric might list them
FORM = TOWN | {"progress_words": ["非常に", "相当程度", "ある程度", "効果なし"]}


def audit_form(actual, word, actual_status="final", **columns):
    """The audited judgement of one KPI aiming at 15 from 0, by the four words of the form."""
    cells = ("up", 0.0, 15.0, actual, actual_status, np.nan)
    kpis = typed(KPI_COLUMNS, (*KEY, "提案", "件", *cells)).assign(**columns)
    ratings = typed(RATING_COLUMNS, (*KEY, "form", word, None))
    return audit_published(add_achievement(kpis), ratings, {"form": FORM}).iloc[0]


@pytest.mark.parametrize(
    ("actual", "word", "finding", "explained"),
    [
        (0, "非常に", "missed_but_best_word", "no"),
        (0, "相当程度", "missed_but_good_word", "unknown"),
        (14, "ある程度", "missed_but_good_word", "unknown"),
        (0, "効果なし", "missed_and_last_word", "yes"),
        (0, "良好", "unknown_rank", "unknown"),
        (15, "相当程度", "reached_but_lower_word", "unknown"),
    ],
)
def test_a_missed_target_is_held_against_every_word_but_the_last(actual, word, finding, explained):
    row = audit_form(actual, word)
    assert (row["finding"], row["explained"]) == (finding, explained)


@pytest.mark.parametrize(
    ("status", "printed", "why"),
    [
        ("not_in_source", None, "not_in_source"),
        ("not_in_source", "144・4,055", "not_one_number"),
        ("final", "144・4,055", "not_one_number"),
        ("pending", "集計中", "pending"),
        ("unpublished", None, "unpublished"),
        ("not_set", "-", "not_set"),
        ("not_surveyed", None, "not_surveyed"),
    ],
)
def test_an_actual_that_is_no_figure_says_what_stands_in_its_place(status, printed, why):
    row = audit_form(np.nan, "相当程度", status, actual_printed=printed)
    assert (row["finding"], row["no_actual_note"]) == ("no_actual", why)


def test_a_judgement_with_an_actual_has_no_reason_why_there_is_none():
    assert audit_form(10, "相当程度")["no_actual_note"] == ""


def audit_grade(grade, actual, rubrics, status="final", scheme="cabinet_office_lenient"):
    """The audited grade of one KPI that is to go from 30 to 100."""
    kpis = typed(KPI_COLUMNS, (*KEY, "提案", "％", "up", 30.0, 100.0, actual, status, np.nan))
    ratings = typed(f"{RATING_COLUMNS} grade", (*KEY, scheme, None, None, grade))
    return audit_published(add_achievement(kpis), ratings, rubrics).iloc[0]


@pytest.mark.parametrize(
    ("grade", "actual", "status", "finding", "explained"),
    [
        ("②", 42, "final", "unlike_rubric", "no"),  # 42 ％ is below 70, and better than 30: ③
        ("③", 42, "final", "like_rubric", "yes"),
        ("②", 70, "final", "like_rubric", "yes"),
        ("②", 42, "preliminary", "unlike_not_final", "unknown"),
        ("①", 30, "final", "not_graded", "unknown"),  # as before: the form does not speak of it
        ("5", 42, "final", "no_rubric", "unknown"),
        (None, 42, "final", "no_grade", "unknown"),
    ],
)
def test_a_printed_grade_is_compared_with_the_one_its_rubric_gives(
    rubrics, grade, actual, status, finding, explained
):
    row = audit_grade(grade, actual, rubrics, status)
    assert (row["grade_finding"], row["explained"]) == (finding, explained)
    assert row["against"] == ("grade" if finding == "unlike_rubric" else "")


@pytest.mark.parametrize(
    ("grade", "status", "finding"),
    [
        ("②", "final", "unlike_rubric"),  # 42 ％ is below 70: ③ or ④, whatever was before
        ("②", "estimated", "unlike_not_final"),
        ("③", "final", "not_graded"),
        ("④", "final", "not_graded"),
    ],
)
def test_a_grade_no_baseline_could_give_is_unlike_its_rubric(rubrics, grade, status, finding):
    kpis = typed(KPI_COLUMNS, (*KEY, "提案", "％", "up", np.nan, 100.0, 42.0, status, np.nan))
    ratings = typed(f"{RATING_COLUMNS} grade", (*KEY, "cabinet_office_lenient", None, None, grade))
    row = audit_published(add_achievement(kpis), ratings, rubrics).iloc[0]
    assert (row["grade_finding"], row["rubric_possible"]) == (finding, "③・④")
    assert row["rubric_grade"] == "unknown"


def test_a_grade_without_a_rubric_is_not_compared(rubrics):
    assert audit_grade("A", 42, rubrics, scheme="nowhere")["grade_finding"] == "no_rubric"


def test_grades_of_a_rubric_read_off_sheets_of_the_year_are_not_held_against_it(tsukuba):
    audited = audit_published(add_achievement(tsukuba.kpis), tsukuba.ratings, tsukuba.rubrics)
    assert set(audited["grade_finding"]) == {"circular"}
    other = tsukuba.ratings.assign(grade="A")
    audited = audit_published(add_achievement(tsukuba.kpis), other, tsukuba.rubrics)
    assert set(audited["grade_finding"]) == {"circular"}
    assert not audited["against"].str.contains("grade").any()


def test_what_is_to_follow_is_no_judgement_of_what_was():
    ratings = typed(
        f"{RATING_COLUMNS} policy", ("082201", "hub", None, 2018, None, None, None, "継続")
    )
    kpis = add_achievement(typed(KPI_COLUMNS, (*KEY, "提案", "件", *from_10_to_20(20.0))).iloc[:0])
    row = audit_published(kpis, ratings.astype({"kpi_id": "str"}), {}).iloc[0]
    assert tuple(row[["finding", "explained", "policy"]]) == ("only_policy", "unknown", "継続")
    rate = ratings.assign(published_rate=0.5)
    assert len(audit_published(kpis, rate.astype({"kpi_id": "str"}), {})) == 1


def test_two_judges_of_one_kpi_are_two_judgements():
    kpis = typed(KPI_COLUMNS, (*KEY, "提案", "件", *from_10_to_20(15.0)))
    ratings = typed(
        f"{RATING_COLUMNS} rated_by",
        (*KEY, "town", "順調", None, "一次評価"),
        (*KEY, "town", "概ね順調", None, "外部評価"),
    )
    audited = audit_published(add_achievement(kpis), ratings, {"town": TOWN})
    assert audited[["rated_by", "finding"]].to_numpy().tolist() == [
        ["一次評価", "missed_but_best_word"],
        ["外部評価", "missed_and_last_word"],
    ]


# --- audit_rates ---


def published(name):
    """The KPIs and ratings of one file of published figures, and what they prove."""
    whole = pd.read_csv(PUBLISHED / f"{name}.csv", dtype="str", keep_default_na=False)
    kpis, ratings = (
        convert(table, whole[[c for c in whole if c in TABLES[table].columns]])
        for table in ("kpis", "ratings")
    )
    printed = pd.to_numeric(ratings["published_rate_printed"])
    ratings = ratings.assign(published_rate=printed / 100, scheme=name)
    return add_achievement(kpis), ratings, whole


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


def audit_rate(printed, actual, target, rate=None, direction="up", baseline=np.nan):
    """The one row that `audit_rates` makes of one KPI and its printed rate."""
    kpi = (direction, baseline, target, actual, "final", np.nan)
    kpis = typed(KPI_COLUMNS, (*KEY, "提案", "件", *kpi))
    rate = float(printed) / 100 if rate is None else rate
    ratings = typed(
        "government_code program_id kpi_id fiscal_year published_rate published_rate_printed",
        (*KEY, rate, printed),
    )
    return audit_rates(add_achievement(kpis), ratings).iloc[0]


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


def test_naganos_grades_a_and_c_follow_progress_towards_the_guide_value(rubrics):
    # (1.56-1.54)/(1.62-1.54) = 25 % C; 1,173/1,003 A; 7,612 below 8,012 C; 1.7/0.3 A; 1.8/1.1 A
    kpis, ratings, _ = published("nagano")
    audited = audit_published(kpis, ratings, rubrics)
    assert audited["rubric_grade"].tolist() == ["C", "A", "C", "A", "A", "unknown"]
    assert audited["grade"].tolist() == ["C", "A", "C", "A", "A", "-"]


# --- agreement ---


def judged(*pairs, scheme="nagano", note=""):
    return pd.DataFrame(pairs, columns=["grade", "rubric_grade"]).assign(
        scheme=scheme, rubric_note=note, fiscal_year=2017
    )


def test_agreement_counts_only_judgements_with_both_grades(rubrics):
    audit = judged(("A", "A"), ("A", "B"), ("C", "C"), (None, "A"), ("B", "unknown"), ("-", "A"))
    measured = measure_agreement(audit, rubrics).iloc[0]
    assert measured[["judgements", "both", "agreeing"]].tolist() == [6, 3, 2]
    assert measured["agreement"] == pytest.approx(2 / 3)
    assert np.isnan(measured["kappa"])
    assert measured["kappa_note"] == "too_few_rows"
    counts = count_agreement(audit, rubrics)
    cells = counts.set_index(["published", "computed"])["judgements"]
    assert cells[cells > 0].to_dict() == {("A", "A"): 1, ("A", "B"): 1, ("C", "C"): 1}
    assert list(counts["published"].unique()) == ["A", "B", "C"]


def test_kappa_from_twenty_rows_is_weighted_by_the_distance_in_the_rubrics_order(rubrics):
    # 8 A-A, 2 A-B, 1 B-A, 4 B-B, 1 B-C, 4 C-C. Steps apart: 4 in all. By chance, rows 10 6 4 and
    # columns 9 6 5: (10*6 + 2*10*5 + 6*9 + 6*5 + 2*4*9 + 4*6)/20 = 340/20 = 17. 1 - 4/17.
    pairs = {"AA": 8, "AB": 2, "BA": 1, "BB": 4, "BC": 1, "CC": 4}
    audit = judged(*[tuple(pair) for pair, number in pairs.items() for _ in range(number)])
    measured = measure_agreement(audit, rubrics).iloc[0]
    assert measured["kappa"] == pytest.approx(1 - 4 / 17)
    assert measured["kappa_note"] == ""
    short = measure_agreement(audit.iloc[1:], rubrics).iloc[0]
    assert short["kappa_note"] == "too_few_rows"


def test_where_only_one_grade_occurs_kappa_has_no_meaning(rubrics):
    measured = measure_agreement(judged(*[("A", "A")] * 20), rubrics).iloc[0]
    assert np.isnan(measured["kappa"])
    assert measured["kappa_note"] == "one_grade"


def test_agreement_with_a_sheet_of_the_year_judged_is_called_circular(tsukuba):
    audit = audit_published(add_achievement(tsukuba.kpis), tsukuba.ratings, tsukuba.rubrics)
    measured = measure_agreement(audit, tsukuba.rubrics)
    assert measured[["both", "agreeing", "circular"]].to_numpy().tolist() == [[10, 10, 10]]
    text = agreement_words.describe_agreement(measured, tsukuba.rubrics)
    assert text.endswith(
        "公表の総合評価10件は、10件とも基準から求めた評価と一致しますが、"
        "いずれも同じ年度の資料から読み取った対応なので、確かめたことにはなりません。"
    )


def test_the_grades_of_each_judge_are_counted_by_themselves(rubrics):
    # the department agrees twice of twice, the experts once of two
    inside = judged(("A", "A"), ("B", "B")).assign(rated_by="一次評価")
    outside = judged(("A", "A"), ("A", "B")).assign(rated_by="外部評価")
    audit = pd.concat([inside, outside], ignore_index=True)
    measured = measure_agreement(audit, rubrics)
    assert measured[["rated_by", "judgements", "agreeing"]].to_numpy().tolist() == [
        ["一次評価", 2, 2],
        ["外部評価", 2, 1],
    ]
    counts = count_agreement(audit, rubrics)
    assert counts.groupby("rated_by")["judgements"].sum().to_dict() == {
        "一次評価": 2,
        "外部評価": 2,
    }


def test_without_a_known_rubric_there_is_nothing_to_agree_with():
    audit = judged(("A", "A"), scheme="nowhere")
    measured = measure_agreement(audit, {})
    assert measured.empty
    assert agreement_words.tabulate_agreement(count_agreement(audit, {})).empty
    assert "ありません" in agreement_words.describe_agreement(measured, {})


def test_the_table_of_agreement_has_published_grades_in_rows_and_computed_in_columns(rubrics):
    table = agreement_words.tabulate_agreement(count_agreement(judged(("A", "B")), rubrics))
    assert table.columns.tolist() == ["公表の評価", "計算ではA", "計算ではB", "計算ではC"]
    assert table.to_numpy().tolist() == [
        ["A", "0", "1", "0"],
        ["B", "0", "0", "0"],
        ["C", "0", "0", "0"],
    ]


# --- the audit of rates as a reader reads it ---


def test_the_audit_of_rates_prints_formula_rounding_and_what_to_mind():
    ibaraki = audit_rates(*published("ibaraki")[:2]).assign(place="頁")
    table = rates_words.tabulate_rates_audit(ibaraki)
    assert table.drop(columns="場所").iloc[3].tolist() == [
        "雇用創出数",
        "H28",
        "129.0％",
        "129.075％",
        "達成率（実績÷目標）、切り捨て",
        "—",
        "—",
    ]
    assert "2件は、四捨五入ではなく切り捨て" in rates_words.describe_rates_audit(ibaraki)


def test_a_reversed_ratio_is_said_to_be_one():
    gose = audit_rates(*published("gose")[:2])
    assert "3件は減らす指標の単純な比" in rates_words.describe_rates_audit(gose)


def test_an_anomaly_is_never_called_wrong():
    row = audit_rate("60", 150, 200, None, "up", 100)
    text = rates_words.describe_rates_audit(pd.DataFrame([row]))
    assert "1件は手元の数値と式では説明できません" in text
    assert "誤り" not in text
    assert "別の式によるのかもしれません" in text


def audited_rates(*cases):
    key = "government_code program_id kpi_id fiscal_year published_rate published_rate_printed"
    cells = ("提案", "％", "up", np.nan, 40.0, 21.0, "final", np.nan)
    kpis = add_achievement(typed(KPI_COLUMNS, (*KEY, *cells)))
    return audit_rates(kpis, typed(key, *cases)).assign(place="頁")


def test_a_rate_by_figures_before_they_were_rounded_is_explained_and_said_to_be():
    audit = audited_rates((*KEY, 0.53, "53.0"), (*KEY, 0.54, "54.0"))
    text = rates_words.describe_rates_audit(audit)
    assert text.startswith("公表された率（2件）は、いずれも手元の数値から式で説明できます（達成率")
    assert "1件は、実績の端数を丸める前の値によるとみれば合います。" in text
    assert "1件は、実績と目標の端数を丸める前の値によるとみれば合います。" in text
    assert "別の式" not in text
    told = rates_words.tabulate_rates_audit(audit)["説明する式と丸め方"]
    assert told[0] == "達成率（実績÷目標）、実績は丸める前の値"


def test_a_rate_of_a_whole_program_says_what_the_documents_do_not():
    audit = audited_rates((*KEY[:2], None, 2018, 0.8, "80.0"))
    text = rates_words.describe_rates_audit(audit)
    assert "1件は事業全体の率で、どの数値から計算したかは資料から分かりません。" in text
    assert "指標がない" not in text
    assert rates_words.tabulate_rates_audit(audit)["指標"].tolist() == ["（事業全体）"]
    named = rates_words.tabulate_rates_audit(audit.assign(program="面接会"))
    assert named["指標"].tolist() == ["事業全体：面接会"]


def test_a_rate_of_figures_that_were_concluded_from_it_is_no_check():
    # 名寄市 prints 100, 100 and 133.3 ％ apart from 6/6, 6/6 and 8/6, years and targets concluded
    data = load(DATA, government="012211", fiscal_year=2019)
    audit = audit_rates(add_achievement(data.kpis), data.ratings, data.programs)
    assert audit[["finding", "finding_note"]].to_numpy().tolist() == [
        ["explained", "figures_inferred"]
    ]
    assert rates_words.describe_rates_audit(audit) == (
        "公表された率（1件）は、手元の数値から式で説明できますが（達成率（実績÷目標）：1件）、"
        "目標・実績が推定のため、確かめたことにはなりません。"
    )
    over_all = audit_rates(add_achievement(load(DATA).kpis), load(DATA).ratings)
    assert over_all["finding_note"].tolist().count("figures_inferred") == 3
    assert "うち3件は、目標・実績が推定のため" in rates_words.describe_rates_audit(over_all)


def test_only_the_figures_a_formula_divides_make_it_circular():
    # 御所市 has its program concluded, 茨城県 a final target, but its rate divides by the year's
    for government in ("292087", "080004"):
        data = load(DATA, government=government)
        audit = audit_rates(add_achievement(data.kpis), data.ratings)
        assert "figures_inferred" not in audit["finding_note"].tolist()


def test_the_agreement_of_each_judge_is_told_by_name(rubrics):
    audit = pd.concat([judged(("A", who)).assign(rated_by=f"{who}氏") for who in "AB"])
    text = agreement_words.describe_agreement(measure_agreement(audit, rubrics), rubrics)
    assert "（A氏）：公表の総合評価1件は、基準から求めた評価と一致します。" in text
    assert "（B氏）：公表の総合評価1件は、基準から求めた評価と違います。" in text
    table = agreement_words.tabulate_agreement(count_agreement(audit, rubrics))
    assert table["評価した者"].tolist() == ["A氏"] * 3 + ["B氏"] * 3
    assert table["計算ではB"].tolist() == ["0", "0", "0", "1", "0", "0"]


def test_rates_that_cannot_be_checked_say_why():
    servicenow = audit_rates(*published("servicenow")[:2])
    assert "3件は確かめられません（実績がない：3件）" in rates_words.describe_rates_audit(
        servicenow
    )


def test_without_a_published_rate_that_is_said():
    assert rates_words.describe_rates_audit(pd.DataFrame()) == "率の公表はありません。"


def test_a_rate_by_a_target_of_a_later_year_is_explained_by_the_final_target():
    # 御所市 prints 66.7, 71.6, 74.7 as 達成率 of 93 ％ by 平成32年; no target of a year is printed
    data = load(DATA, government="292087")
    audited = audit_rates(add_achievement(data.kpis), data.ratings)
    assert set(audited["explained_by"]) == {"final_rate"}
    assert set(audited["also"]) == {""}
