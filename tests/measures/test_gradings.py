"""How much hangs on the rubric, counted from the grades of several rubrics."""

from rated import RUBRICS, some_kpis

from analysis import list_grades
from analysis.measures.gradings import count_gradings, list_giving, list_places

CHOSEN = {name: RUBRICS[name] for name in ("ibaraki", "nagano")}


def test_the_kpis_whose_place_hangs_on_the_rubric_are_counted():
    # 提案 is best by both, ごみ graded by Nagano alone, 来訪 between by one, worst by the other
    counts = count_gradings(list_grades(some_kpis(), CHOSEN))
    assert (counts.kpis, counts.graded) == (3, 3)
    assert (counts.rubrics, counts.giving, counts.giving_all) == (2, 2, 1)
    assert (counts.changing, counts.comparable) == (1, 2)
    alone = count_gradings(list_grades(some_kpis(), {"nagano": RUBRICS["nagano"]}))
    assert (alone.giving, alone.giving_all, alone.comparable) == (1, 1, 0)


def test_rubrics_are_sorted_by_the_place_they_give_a_kpi():
    idea, waste, visits = list_places(list_grades(some_kpis(), CHOSEN))
    assert idea.by_place["best"] == [("ibaraki", "A"), ("nagano", "A")]
    assert waste.by_place["between"] == [("nagano", "B")]
    assert waste.without == {"reads_reversed": ["ibaraki"]}
    assert (visits.is_open, idea.is_open) == (True, False)
    assert visits.by_place == {
        "best": [],
        "between": [("ibaraki", "B")],
        "worst": [("nagano", "C")],
    }


def test_a_rubric_that_gives_no_grade_is_not_among_those_that_do():
    assert list_giving(list_grades(some_kpis().iloc[1:2], CHOSEN)) == {"nagano"}
    assert list_places(list_grades(some_kpis().iloc[:0], CHOSEN)) == []
