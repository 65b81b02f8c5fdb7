"""Which conclusions move between two editions, and which figures move them."""

import pandas as pd
import pytest
from compared import WASTE, tell
from folders import CONSULTATIONS, RATING

from analysis.measures.conclusions import find_moved, find_moved_judgements
from analysis.measures.matches import match_rows

BANDS = {
    "name": "A town",
    "level": "kpi",
    "inputs": ["achievement_rate"],
    "grades": [{"grade": "A"}, {"grade": "B"}],
    "rules": [
        {"grade": "A", "when": {"achievement_rate": {"at_least": 1.0}}},
        {"grade": "B", "when": {"achievement_rate": {"below": 1.0}}},
    ],
}
LEVELS = {
    "name": "A city",
    "level": "program",
    "inputs": ["effectiveness", "efficiency"],
    "level_words": ["high", "low"],
    "grades": [{"grade": "A"}, {"grade": "B"}],
    "rules": [
        {"grade": "A", "when": {"effectiveness": "high", "efficiency": "high"}},
        {"grade": "B", "when": {"effectiveness": "low"}},
    ],
}


def move(old, new, rubrics=None):
    """The conclusions that move when the rows of KPIs are others."""
    match = match_rows("kpis", pd.DataFrame([old]), pd.DataFrame([new]))
    return find_moved(match, rubrics or {})


def verdicts(moved):
    """Of the verdicts that move: earlier, later, by what."""
    return tell(moved[moved["column"] == "reached"], "earlier", "later", "moved_by")


@pytest.mark.parametrize(
    ("changed", "moved_by"),
    [
        ({"actual": 200}, "actual"),
        ({"target": 148}, "target"),
        ({"actual": 160, "target": 155}, "actual+target"),
        ({"actual": 200, "target": 140}, "actual target"),
        ({"direction": "down"}, "definition"),
        ({"actual": 150, "target": 140}, "target"),
        ({"actual": 210, "target": 205}, "actual"),
        ({"baseline": 100, "target": 148}, "target"),
    ],
)
def test_a_verdict_is_moved_by_what_alone_gives_it_else_by_what_does_so_together(changed, moved_by):
    assert verdicts(move(CONSULTATIONS, CONSULTATIONS | changed)) == [("no", "yes", moved_by)]


def test_a_kpi_that_should_fall_is_reached_by_its_eased_target():
    assert verdicts(move(WASTE, WASTE | {"target": 590})) == [("no", "yes", "target")]


def test_a_figure_that_is_filled_in_makes_the_verdict_known():
    pending = CONSULTATIONS | {"actual": None, "actual_status": "pending"}
    filled = CONSULTATIONS | {"actual": 210}
    assert verdicts(move(pending, filled)) == [("unknown", "yes", "actual")]


def test_a_figure_that_changes_no_conclusion_moves_none():
    assert len(move(CONSULTATIONS, CONSULTATIONS | {"kpi": "another name"})) == 0


def test_each_rate_that_moves_is_a_row_with_both_ratios():
    moved = move(CONSULTATIONS, CONSULTATIONS | {"actual": 180})
    rates = moved[moved["column"].isin(["achievement_rate", "progress_rate"])]
    assert tell(rates, "column", "moved_by") == [
        ("achievement_rate", "actual"),
        ("progress_rate", "actual"),
    ]
    assert rates["earlier"].tolist() == pytest.approx([148 / 200, -22 / 30])
    assert rates["later"].tolist() == pytest.approx([180 / 200, 10 / 30])


def test_a_rate_that_both_figures_move_is_moved_by_them_together():
    moved = move(CONSULTATIONS, CONSULTATIONS | {"actual": 150, "target": 210})
    rates = moved[moved["column"] == "achievement_rate"]
    assert tell(rates, "moved_by") == [("actual+target",)]


def test_whether_the_final_target_is_reached_is_told_where_the_years_verdict_stays():
    later = CONSULTATIONS | {"target": None, "final_target": 300, "final_year": 2020}
    moved = move(later, later | {"final_target": 140})
    assert verdicts(moved) == []
    assert tell(moved[moved["column"] == "at_final"], "earlier", "later", "moved_by") == [
        ("no", "yes", "target")
    ]
    due = CONSULTATIONS | {"final_year": 2018}
    both = move(due, due | {"actual": 210})
    assert verdicts(both) == [("no", "yes", "actual")]
    assert "at_final" not in both["column"].tolist()


def test_both_editions_are_graded_by_the_same_rubrics():
    moved = move(CONSULTATIONS, CONSULTATIONS | {"target": 148}, {"town": BANDS})
    graded = moved[moved["column"] == "rubric_grade"]
    assert tell(graded, "item", "earlier", "later", "moved_by") == [("town", "B", "A", "target")]


def test_of_published_levels_the_grade_by_their_own_rubric_moves():
    rating = RATING | {"scheme": "city", "effectiveness": "low", "efficiency": "high"}
    other = rating | {"effectiveness": "high"}
    match = match_rows("ratings", pd.DataFrame([rating]), pd.DataFrame([other]))
    moved = find_moved_judgements(match, {"city": LEVELS, "town": BANDS})
    assert tell(moved, "table", "column", "item", "earlier", "later", "moved_by") == [
        ("ratings", "rubric_grade", "city", "B", "A", "rating")
    ]


def test_a_level_that_the_rubric_does_not_have_is_not_graded():
    rating = RATING | {"scheme": "city", "effectiveness": "low", "efficiency": "high"}
    strange = rating | {"effectiveness": "middling"}
    match = match_rows("ratings", pd.DataFrame([rating]), pd.DataFrame([strange]))
    moved = find_moved_judgements(match, {"city": LEVELS})
    assert tell(moved, "earlier", "later") == [("B", None)]
