"""Points of KPIs averaged to a program: what is printed, and what cannot be averaged."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import DataError, add_achievement, grade_programs
from analysis.dataset.rubrics import read_rubric

RUBRICS = {
    path.stem: read_rubric(path)[0]
    for path in (Path(__file__).parents[2] / "data" / "rubrics").glob("*.toml")
}
TOWN = {
    "name": "町",
    "level": "kpi",
    "inputs": ["achievement_rate"],
    "aggregation": "mean_of_points",
    "grades": [
        {"grade": "A", "points": 3},
        {"grade": "B", "points": 2},
        {"grade": "C", "points": 0.5},
        {"grade": "D", "from_figures": False},
    ],
    "rules": [
        {"grade": "A", "when": {"achievement_rate": {"at_least": 1.0}}},
        {"grade": "B", "when": {"achievement_rate": {"at_least": 0.5, "below": 1.0}}},
        {"grade": "C", "when": {"achievement_rate": {"below": 0.5}}},
    ],
    "program_rules": [
        {"grade": "対象外", "when": {"kpis": {"at_most": 1}}},
        {"grade": "優", "when": {"mean_points": {"at_least": 2.5}}},
        {"grade": "良", "when": {"mean_points": {"at_least": 1.5, "below": 2.5}}},
    ],
}


def kpis_of(program, *rates, status="final", year=2018):
    return pd.DataFrame(
        {
            "government_code": "082201",
            "program_id": program,
            "kpi_id": [f"k{n}" for n in range(len(rates))],
            "fiscal_year": year,
            "direction": "up",
            "actual_status": status,
            "achievement_rate": np.array(rates, dtype="float64"),
        }
    )


def test_the_mean_of_points_is_graded_where_the_rubric_says_how():
    kpis = pd.concat(
        [
            kpis_of("port", 1.2, 0.7),  # 3 and 2
            kpis_of("hub", 0.9, 0.4, 1.0),  # 2, 0.5 and 3
            kpis_of("port", 0.1, 0.2, year=2019),  # 0.5 twice: no rule
            kpis_of("fair", 2.0),
        ],
        ignore_index=True,
    )
    graded = grade_programs(kpis, TOWN)
    expected = pd.DataFrame(
        [
            ("port", 2018, 2, 0, 2.5, "優", ""),
            ("hub", 2018, 3, 0, 5.5 / 3, "良", ""),
            ("port", 2019, 2, 0, 0.5, "unknown", "gap"),
            ("fair", 2018, 1, 0, 3.0, "対象外", ""),
        ],
        columns=[
            "program_id",
            "fiscal_year",
            "kpis",
            "unknown_kpis",
            "mean_points",
            "grade",
            "note",
        ],
    )
    pd.testing.assert_frame_equal(graded[list(expected)], expected)
    pd.testing.assert_series_equal(
        graded["mean_points_low"], graded["mean_points"], check_names=False
    )


def test_one_kpi_without_points_leaves_the_mean_open_between_its_ends():
    graded = grade_programs(kpis_of("hub", 1.0, 0.7, np.nan), TOWN).iloc[0]
    # 3 and 2, and between 0.5 and 3
    assert graded["unknown_kpis"] == 1
    assert np.isnan(graded["mean_points"])
    assert graded["mean_points_low"] == pytest.approx(5.5 / 3)
    assert graded["mean_points_high"] == pytest.approx(8 / 3)
    assert (graded["grade"], graded["note"]) == ("unknown", "missing_input")


def test_a_grade_of_the_mean_is_not_final_where_a_kpi_is_an_estimate():
    kpis = kpis_of("hub", 1.0, 0.7, status=["final", "estimated"])
    assert grade_programs(kpis, TOWN)[["grade", "note"]].to_numpy().tolist() == [
        ["優", "not_final"]
    ]


def test_the_order_of_kpis_is_irrelevant():
    kpis = kpis_of("hub", 0.9, 0.4, 1.0)
    pd.testing.assert_frame_equal(grade_programs(kpis.iloc[::-1], TOWN), grade_programs(kpis, TOWN))


def test_without_kpis_there_are_no_programs():
    assert grade_programs(kpis_of("hub", 1.0).iloc[:0], TOWN).empty


# 倉吉市, 総合計画の成果指標, city.kurayoshi.lg.jp/1823.htm: two measures with their printed means
PRINTED = {
    "1-1": (
        2.00,
        [
            (3, 10, 20),
            (31, 43, 40),
            (3437, 3276, 3907),
            (5.05, 5.4, 5.76),
            (10, 12, 15),
            (5, 16, 25),
        ],
        [2, 5, -2, 2, 2, 3],
    ),
    # 就業率 has no points in print and is left out of the printed mean, 有効求人倍率 has 1
    "1-2": (
        0.33,
        [
            (4094, 3672, 4300),
            (98234, 75259, 100000),
            (0, 3, 5),
            (0, 3, 5),
            (48.4, 52.5, 50),
            (0.7, 0.74, 1),
        ],
        [-5, -5, 3, 3, 5, 1],
    ),
}


@pytest.mark.parametrize("measure", list(PRINTED))
def test_the_means_of_points_that_kurayoshi_prints_come_out(measure):
    mean, figures, points = PRINTED[measure]
    kpis = kpis_of("measure", *[np.nan] * len(figures)).drop(columns="achievement_rate")
    kpis[["baseline", "actual", "target"]] = np.array(figures, dtype="float64")
    graded = grade_programs(add_achievement(kpis), RUBRICS["kurayoshi"]).iloc[0]
    assert sum(points) / len(points) == pytest.approx(graded["mean_points"])
    assert round(graded["mean_points"], 2) == mean
    # the city does not grade the mean
    assert (graded["grade"], graded["note"]) == ("unknown", "not_stated")


@pytest.mark.parametrize("name", ["sano", "ibaraki", "open_sdg"])
def test_points_are_not_averaged_where_no_text_says_so(name):
    with pytest.raises(DataError, match=r"aggregation is .* expected 'mean_of_points'"):
        grade_programs(kpis_of("hub", 1.0), RUBRICS[name])


def test_a_kpi_that_stands_twice_in_a_year_is_refused():
    kpis = pd.concat([kpis_of("hub", 1.0)] * 2, ignore_index=True)
    with pytest.raises(DataError, match=r"1 row.s. repeat a KPI.*082201 hub k0 2018"):
        grade_programs(kpis, TOWN)
