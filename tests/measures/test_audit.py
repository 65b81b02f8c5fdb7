"""What was published against what the figures give: words of progress, and grades."""

import numpy as np
import pandas as pd
import pytest
from made import typed
from rated import KEY, KPI_COLUMNS, RATING_COLUMNS, TOWN, from_10_to_20, published
from slices import DATA

from analysis import DataError, add_achievement, audit_published, load


@pytest.fixture(scope="module")
def tsukuba():
    return load(DATA, government="082201", fiscal_year=2018)


@pytest.fixture(scope="module")
def rubrics():
    return load(DATA).rubrics


def audit(kpi, progress, kpi_id="ideas", scheme="town"):
    """The finding and whether it explains the word: one KPI (cells or None) and one judgement."""
    cells = ("up", 10.0, 20.0, np.nan, "final", 20.0) if kpi is None else kpi
    kpis = typed(KPI_COLUMNS, ("082201", "hub", "ideas", 2018, "提案", "件", *cells))
    ratings = typed(RATING_COLUMNS, ("082201", "hub", kpi_id, 2018, scheme, progress, "高"))
    kpis = add_achievement(kpis if kpi is not None else kpis.iloc[:0])
    audited = audit_published(kpis, ratings.astype({"kpi_id": "str"}), {"town": TOWN})
    return tuple(audited[["finding", "explained"]].iloc[0])


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
    assert (row["grade_finding"], row["rubric_possible"]) == (finding, ("③", "④"))
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


def test_naganos_grades_a_and_c_follow_progress_towards_the_guide_value(rubrics):
    # (1.56-1.54)/(1.62-1.54) = 25 % C; 1,173/1,003 A; 7,612 below 8,012 C; 1.7/0.3 A; 1.8/1.1 A
    kpis, ratings, _ = published("nagano")
    audited = audit_published(kpis, ratings, rubrics)
    assert audited["rubric_grade"].tolist() == ["C", "A", "C", "A", "A", "unknown"]
    assert audited["grade"].tolist() == ["C", "A", "C", "A", "A", "-"]
