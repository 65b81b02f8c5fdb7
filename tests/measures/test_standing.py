"""Open SDG's progress status: the rule of Statistics Canada's methodology, and its unknowns.

The methodology prints no worked example of one series; the numbers here are worked by hand. Over
one year growth is a plain quotient, so that the ends of the classes are exact.
"""

import math
import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from made import typed

from analysis import add_achievement, apply_rubric, list_grades
from analysis.dataset.rubrics import read_rubric
from analysis.measures.standing import add_standing

RUBRIC = read_rubric(Path(__file__).parents[2] / "data" / "rubrics" / "open_sdg.toml")[0]
SUBSTANTIAL, MODERATE = "substantial_progress", "moderate_progress"
LIMITED, DETERIORATION = "limited_progress", "deterioration"
CLASSES = ["target_achieved", SUBSTANTIAL, MODERATE, LIMITED, DETERIORATION]

# 100 in 2015, 200 wanted in 2016: a growth of 100 % a year is needed.
KPI = {
    "direction": "up",
    "baseline": 100.0,
    "baseline_year": 2015,
    "target": np.nan,
    "fiscal_year": 2016,
    "actual": 150.0,
    "actual_status": "final",
    "final_target": 200.0,
    "final_year": 2016,
}
WITHOUT_TARGET = {"final_target": np.nan, "final_year": np.nan}


def status(**cells):
    """Class and note of one KPI: the one above with some cells changed."""
    graded = apply_rubric(pd.DataFrame([KPI | cells]), RUBRIC).iloc[0]
    return graded["rubric_grade"], graded["rubric_note"]


def standing(**cells):
    return add_standing(pd.DataFrame([KPI | cells]), RUBRIC["zero_target"]).iloc[0]


def test_the_classes_are_open_sdgs_own_best_first():
    assert [grade["grade"] for grade in RUBRIC["grades"]] == CLASSES


# --- with a target ---


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (201, "target_achieved"),
        (200, "target_achieved"),
        (199.9, SUBSTANTIAL),
        (195, SUBSTANTIAL),  # 95 of 100
        (194.9, MODERATE),
        (160, MODERATE),
        (159.9, LIMITED),
        (100, LIMITED),  # no growth is no deterioration
        (99.9, DETERIORATION),
        (0, DETERIORATION),
    ],
)
def test_with_a_target_the_ratio_of_growths_gives_the_class(actual, expected):
    assert status(actual=actual) == (expected, "")


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (49, "target_achieved"),
        (50, "target_achieved"),
        (52.5, SUBSTANTIAL),  # 47.5 of the 50 % needed
        (52.6, MODERATE),
        (70, MODERATE),  # 30 of 50
        (70.1, LIMITED),
        (100, LIMITED),
        (100.1, DETERIORATION),
    ],
)
def test_for_a_falling_kpi_growth_is_counted_downwards(actual, expected):
    falling = {"direction": "down", "final_target": 50.0}
    assert status(**falling, actual=actual) == (expected, "")


def test_growth_is_compound_over_the_years_between():
    # 100 -> 200 in ten years needs 2^(1/10) - 1 = 7.177 % a year; 128 after five is 5.061 %
    years = {"fiscal_year": 2020, "final_year": 2025}
    row = standing(actual=128.0, **years)
    assert row["yearly_growth"] == pytest.approx(0.05061, abs=5e-6)
    assert row["growth_ratio"] == pytest.approx(0.05061 / 0.07177, abs=2e-4)
    assert status(actual=128.0, **years) == (MODERATE, "")
    # half of the way by size (150) is 8.447 % a year, more than needed
    assert status(actual=150.0, **years) == (SUBSTANTIAL, "")


def test_the_growth_ratio_of_a_printed_case_is_its_cagr_rate():
    # 御所市, waste per head and day: 611 g in 2010, 586 g in 2013, 580 g aimed at for 2020
    waste = {"direction": "down", "baseline": 611.0, "actual": 586.0, "final_target": 580.0}
    years = {"baseline_year": 2010, "fiscal_year": 2013, "final_year": 2020}
    assert standing(**waste, **years)["growth_ratio"] == pytest.approx(2.663, abs=5e-4)
    assert status(**waste, **years) == (SUBSTANTIAL, "")


def test_an_older_actual_grew_over_its_own_years():
    # 121 in 2017: two years of 10 %; read as of 2019 it would be four years
    older = {"fiscal_year": 2019, "actual_year": 2017, "actual": 121.0}
    assert standing(**older)["yearly_growth"] == pytest.approx(0.1)


def test_a_target_met_at_the_baseline_is_achieved_while_it_is_met_and_deteriorates_once_lost():
    met = {"baseline": 100.0, "final_target": 90.0}
    assert status(**met, actual=95.0) == ("target_achieved", "")
    assert status(**met, actual=90.0) == ("target_achieved", "")
    assert status(**met, actual=89.0) == (DETERIORATION, "")
    at_it = {"baseline": 100.0, "final_target": 100.0}
    assert status(**at_it, actual=100.0) == ("target_achieved", "")
    assert status(**at_it, actual=99.0) == (DETERIORATION, "")


def test_a_target_of_zero_is_a_thousandth_as_the_methodology_has_it():
    # 100 -> 0.001 in 15 years: 1 - 10^(-5/15) = 53.58 % a year; 40 % is 0.746 of that, of 100 % 0.4
    waiting = {"direction": "down", "final_target": 0.0, "final_year": 2030, "actual": 60.0}
    assert standing(**waiting)["growth_ratio"] == pytest.approx(0.7465, abs=5e-5)
    assert status(**waiting) == (MODERATE, "")
    assert status(**waiting | {"actual": 0.0}) == ("target_achieved", "")
    assert np.isnan(add_standing(pd.DataFrame([KPI | waiting]))["growth_ratio"].iloc[0])


def test_what_is_achieved_needs_neither_a_baseline_nor_years():
    unknown = {"baseline": np.nan, "baseline_year": np.nan, "final_year": np.nan}
    assert status(**unknown, actual=200.0) == ("target_achieved", "")
    assert status(baseline=0.0, actual=200.0) == ("target_achieved", "")


# --- without a target ---


@pytest.mark.parametrize(
    ("direction", "actual", "expected"),
    [
        ("up", 1015, SUBSTANTIAL),
        ("up", 1014.9, MODERATE),
        ("up", 1005, MODERATE),
        ("up", 1004.9, LIMITED),
        ("up", 1000, LIMITED),
        ("up", 999.9, DETERIORATION),
        ("down", 985, SUBSTANTIAL),
        ("down", 985.1, MODERATE),
        ("down", 995, MODERATE),
        ("down", 995.1, LIMITED),
        ("down", 1000, LIMITED),
        ("down", 1000.1, DETERIORATION),
        ("down", 0, SUBSTANTIAL),
    ],
)
def test_without_a_target_the_yearly_growth_gives_the_class(direction, actual, expected):
    kpi = WITHOUT_TARGET | {"direction": direction, "baseline": 1000.0}
    assert status(**kpi, actual=actual) == (expected, "")


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        # C = 1 - 0.9^4.44 = 0.373622: 1.5 % becomes 0.56043 %, 0.5 % becomes 0.18681 %
        (90.505, SUBSTANTIAL),
        (90.504, MODERATE),
        (90.169, MODERATE),
        (90.168, LIMITED),
        (90.0, LIMITED),
        (89.9, DETERIORATION),
    ],
)
def test_near_a_ceiling_the_cuts_are_smaller(actual, expected):
    kpi = WITHOUT_TARGET | {"baseline": 90.0, "natural_limit": 100.0}
    assert standing(**kpi)["limit_factor"] == pytest.approx(0.373622, abs=5e-7)
    assert status(**kpi, actual=actual) == (expected, "")


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        # floor 40, baseline 50: C = 1 - ((80 - 50) / 40)^4.44 = 0.72121: 1.5 % becomes 1.08182 %
        (49.459, SUBSTANTIAL),
        (49.460, MODERATE),
        (50.0, LIMITED),
        (50.1, DETERIORATION),
    ],
)
def test_near_a_floor_the_cuts_of_a_falling_kpi_are_smaller(actual, expected):
    kpi = WITHOUT_TARGET | {"direction": "down", "baseline": 50.0, "natural_limit": 40.0}
    assert standing(**kpi)["limit_factor"] == pytest.approx(0.72121, abs=5e-6)
    assert status(**kpi, actual=actual) == (expected, "")


@pytest.mark.parametrize(
    ("direction", "baseline", "limit", "factor"),
    [
        ("down", 90.0, 100.0, 1.0),  # a ceiling does not hold back what should fall
        ("down", 90.0, 0.0, 1.0),
        ("down", 80.0, 40.0, 1.0),  # twice the floor, and beyond
        ("down", 81.0, 40.0, 1.0),
        ("up", 90.0, 0.0, 1.0),
        ("up", 90.0, 50.0, 1.0),
        ("up", 90.0, np.nan, 1.0),
        ("up", 50.0, 100.0, 1 - 0.5**4.44),
        ("up", 100.0, 100.0, 0.0),
        ("down", 40.0, 40.0, 0.0),
    ],
)
def test_only_a_limit_in_the_kpis_direction_counts(direction, baseline, limit, factor):
    row = standing(direction=direction, baseline=baseline, natural_limit=limit)
    assert row["limit_factor"] == pytest.approx(factor)


@pytest.mark.parametrize(
    ("actual", "expected"), [(100.0, SUBSTANTIAL), (101.0, SUBSTANTIAL), (99.9, DETERIORATION)]
)
def test_what_is_held_at_its_limit_is_on_track(actual, expected):
    kpi = WITHOUT_TARGET | {"baseline": 100.0, "natural_limit": 100.0}
    assert status(**kpi, actual=actual) == (expected, "")


def test_a_limit_does_not_count_where_there_is_a_target():
    kpi = {"baseline": 90.0, "final_target": 99.0, "actual": 90.5}  # 0.056 of the growth needed
    assert status(**kpi, natural_limit=100.0) == status(**kpi) == (LIMITED, "")


@pytest.mark.parametrize("share", [0.95, 0.6, 0.0])
@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_figure_at_the_end_of_a_class_is_in_the_better_one_over_any_years(share, direction):
    final = {"up": 173.0, "down": 61.0}[direction]
    needed = (final / 100) ** (1 / 15) - 1
    end = 100 * (1 + share * needed) ** 7
    kpi = {"direction": direction, "final_target": final, "fiscal_year": 2022, "final_year": 2030}
    better = {0.95: SUBSTANTIAL, 0.6: MODERATE, 0.0: LIMITED}[share]
    worse = {0.95: MODERATE, 0.6: LIMITED, 0.0: DETERIORATION}[share]
    less = -1e-5 if direction == "up" else 1e-5
    assert status(**kpi, actual=end) == (better, "")
    assert status(**kpi, actual=end + less) == (worse, "")


@pytest.mark.parametrize(
    ("cut", "better", "worse"), [(0.015, SUBSTANTIAL, MODERATE), (0.005, MODERATE, LIMITED)]
)
def test_growth_at_a_cut_beside_a_limit_is_in_the_better_class(cut, better, worse):
    end = 90 * (1 + cut * (1 - 0.9**4.44)) ** 6
    kpi = WITHOUT_TARGET | {"baseline": 90.0, "natural_limit": 100.0, "fiscal_year": 2021}
    assert status(**kpi, actual=end) == (better, "")
    assert status(**kpi, actual=end - 1e-5) == (worse, "")


# --- what is not known is not guessed ---


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ({"actual": np.nan}, "missing_input"),
        ({"baseline": np.nan}, "missing_input"),
        ({"baseline_year": np.nan}, "missing_input"),
        ({"final_year": np.nan}, "missing_input"),
        ({"direction": "unknown"}, "missing_input"),
        ({"direction": None}, "missing_input"),
        ({"baseline": 0.0}, "missing_input"),
        ({"baseline": -10.0, "actual": -5.0}, "missing_input"),
        ({"actual": -5.0}, "missing_input"),
        ({"direction": "down", "final_target": -5.0}, "missing_input"),
        ({"fiscal_year": 2015}, "missing_input"),
        ({"fiscal_year": 2014}, "missing_input"),
        ({"final_year": 2015}, "missing_input"),
        ({"aggregation": "increment"}, "missing_input"),
        *(({"direction": word}, "gap") for word in ("keep_above", "keep_below", "keep_within")),
        ({"direction": "milestone"}, "gap"),
        ({"direction": "keep_above", "actual": 250.0}, "gap"),
    ],
)
def test_with_a_target_a_missing_figure_gives_unknown_with_its_reason(cells, note):
    assert status(**cells) == ("unknown", note)


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        *(({name: np.nan}, "missing_input") for name in ("actual", "baseline", "baseline_year")),
        ({"direction": "unknown"}, "missing_input"),
        ({"baseline": 0.0}, "missing_input"),
        ({"baseline": -10.0, "actual": -5.0}, "missing_input"),
        ({"fiscal_year": 2015}, "missing_input"),
        *(({"direction": word}, "gap") for word in ("keep_above", "keep_within", "milestone")),
        # a target there is, though not a final one or not in figures
        ({"target": 120.0}, "gap"),
        ({"target_bound": "better_than_baseline"}, "gap"),
        ({"target_printed": "延伸"}, "gap"),
        ({"target_upper": 130.0}, "gap"),
        ({"final_target_printed": "世界一"}, "missing_input"),
        ({"final_target_bound": "better_than_baseline"}, "missing_input"),
    ],
)
def test_the_branch_without_a_target_is_taken_only_where_none_is_printed(cells, note):
    assert status(**WITHOUT_TARGET | cells) == ("unknown", note)
    assert status(**WITHOUT_TARGET)[0] == SUBSTANTIAL


def test_empty_texts_print_nothing():
    empty = {"target_printed": "", "final_target_printed": " ", "target_bound": None}
    assert status(**WITHOUT_TARGET | empty) == (SUBSTANTIAL, "")


def test_a_table_without_the_optional_columns_has_nothing_printed_in_them():
    row = {name: cell for name, cell in (KPI | WITHOUT_TARGET).items() if name != "target"}
    graded = apply_rubric(pd.DataFrame([row]), RUBRIC)
    assert graded["rubric_grade"].tolist() == [SUBSTANTIAL]


def test_an_estimate_gives_a_class_that_is_not_final():
    assert status(actual_status="estimated") == (LIMITED, "not_final")


# --- against the rule written down a second time ---


def rule_by_hand(k):
    """The rule in plain Python, from its formula alone."""
    d = {"up": 1, "down": -1}.get(k["direction"])
    y0, y, target, limit = k["baseline"], k["actual"], k["final_target"], k["natural_limit"]
    if d is None or math.isnan(y):
        return "unknown"
    has_target = not math.isnan(target)
    if has_target and d * (y - target) >= 0:
        return "target_achieved"
    if not has_target and (not math.isnan(k["target"]) or isinstance(k["target_printed"], str)):
        return "unknown"
    t = k["fiscal_year"] if math.isnan(k["actual_year"]) else k["actual_year"]
    t0 = k["baseline_year"]
    if not (y0 > 0 and y >= 0 and t > t0):
        return "unknown"
    g = d * ((y / y0) ** (1 / (t - t0)) - 1)
    if has_target:
        if not (k["final_year"] > t0) or target < 0:
            return "unknown"
        needed = abs(((target or 0.001) / y0) ** (1 / (k["final_year"] - t0)) - 1)
        value, cuts = (g / needed if needed else -math.inf), (0.95, 0.6)
    else:
        c = 1.0
        if d > 0 and y0 <= limit:
            c = 1 - (y0 / limit) ** 4.44
        if d < 0 and limit <= y0 < 2 * limit:
            c = 1 - ((2 * limit - y0) / limit) ** 4.44
        value, cuts = g, (0.015 * c, 0.005 * c)
    if value < 0:
        return DETERIORATION
    return SUBSTANTIAL if value >= cuts[0] else MODERATE if value >= cuts[1] else LIMITED


def some_kpi(draw):
    def maybe(value, share=0.1):
        return math.nan if draw.random() < share else value

    usual = [40.0, 50.0, 90.0, 100.0, *(draw.uniform(0.1, 120) for _ in range(8))]
    base = draw.choice([0.0, -3.0, *usual])
    near = [draw.uniform(0.9, 1.15) for _ in range(6)]
    move = draw.choice([1.0, 0.0, draw.uniform(0.5, 2), *near])
    aim = draw.choice([0.0, base, 100.0, -1.0, *(base * draw.uniform(0.6, 1.6) for _ in range(6))])
    start = draw.randint(2010, 2015)
    return {
        "direction": draw.choice(["up", "down"] * 9 + ["keep_above", "milestone", "unknown"]),
        "baseline": maybe(base, 0.05),
        "baseline_year": maybe(start, 0.05),
        "target": maybe(120.0, 0.9),
        "target_printed": draw.choice([None] * 29 + ["延伸"]),
        "fiscal_year": draw.randint(2015, 2024),
        "actual_year": maybe(draw.randint(2012, 2022), 0.8),
        "actual": maybe(base * move, 0.05),
        "actual_status": "final",
        "final_target": maybe(aim, 0.5),
        "final_year": maybe(draw.randint(2015, 2031), 0.05),
        "natural_limit": maybe(draw.choice([0.0, 40.0, 100.0]), 0.4),
    }


def test_ten_thousand_kpis_get_the_class_the_formula_gives_them():
    draw = random.Random(2030)
    kpis = pd.DataFrame([some_kpi(draw) for _ in range(10_000)])
    expected = [rule_by_hand(row) for row in kpis.to_dict("records")]
    graded = apply_rubric(kpis, RUBRIC)
    pd.testing.assert_series_equal(
        graded["rubric_grade"], pd.Series(expected, dtype="str"), check_names=False
    )
    assert set(expected) == {*CLASSES, "unknown"}
    reasons = graded["rubric_note"][graded["rubric_grade"] == "unknown"]
    assert set(reasons) == {"missing_input", "gap"}


def test_it_stands_beside_the_other_rubrics():
    keys = {"government_code": "082201", "program_id": "hub", "kpi_id": "a", "kpi": "来訪"}
    kpis = add_achievement(pd.DataFrame([keys | KPI | {"actual": 195.0}]))
    listed = list_grades(kpis, {"open_sdg": RUBRIC})
    assert listed[["grade", "standing"]].to_numpy().tolist() == [[SUBSTANTIAL, "between"]]


# --- beside target and baseline ---


@pytest.mark.parametrize(
    ("cells", "difference", "directed"),
    [
        ({}, 5.0, 5.0),
        ({"direction": "down"}, 5.0, -5.0),
        ({"direction": "unknown"}, 5.0, np.nan),
        ({"target_upper": 120.0}, np.nan, np.nan),
        ({"target": np.nan}, np.nan, np.nan),
    ],
)
def test_a_difference_stands_in_the_kpis_unit_and_in_its_direction(cells, difference, directed):
    row = {"direction": "up", "target": 100.0, "actual": 105.0, "target_upper": np.nan} | cells
    added = add_standing(pd.DataFrame([row])).iloc[0]
    assert added["difference"] == pytest.approx(difference, nan_ok=True)
    assert added["directed_difference"] == pytest.approx(directed, nan_ok=True)


def test_standing_is_read_in_the_kpis_direction():
    kpis = typed(
        "direction baseline target actual target_upper baseline_year final_year",
        ("up", 100, 200, 201, np.nan, 2015, 2020),
        ("down", 100, 50, 50, np.nan, 2015, 2020),
        ("keep_below", 100, 50, 110, np.nan, 2015, None),
        ("up", -100, 200, -100, np.nan, 2015, 2020),
        ("up", 0, 200, 10, 300, None, 2020),
        ("unknown", 100, 200, 201, np.nan, 2015, 2020),
    )
    expected = typed(
        "exceeded change change_rate course_years",
        ("yes", "better", 1.01, 5),
        ("no", "better", 0.5, 5),
        ("no", "worse", -0.1, np.nan),
        ("no", "same", 0, 5),
        (None, "better", np.nan, np.nan),
        (None, None, np.nan, 5),
    )
    added = add_standing(kpis)
    pd.testing.assert_frame_equal(added[list(expected)], expected, check_dtype=False)
    assert list(added)[:7] == list(kpis)
