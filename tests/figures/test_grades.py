"""The figure of grades: where marks stand, their shapes, the texts."""

import pytest
from drawn import BOTH_WIDTHS, boxes, joined, off_the_page, outlines, texts, touching, words
from slices import TSUKUBA, report

import analysis


def cell_of(figure, place):
    """The box, filled or outlined, that a place stands in."""
    [(x, y)] = [t.place for t in texts(figure) if place in t.get_text().split()]
    [cell] = [
        patch
        for patch in [*boxes(figure), *outlines(figure)]
        if patch.get_x() <= x <= patch.get_x() + patch.get_width()
        and patch.get_y() <= y <= patch.get_y() + patch.get_height()
    ]
    return cell


def test_judgements_with_the_same_levels_and_grade_stand_in_one_cell():
    figure = analysis.plot_grades(report(TSUKUBA, 2018).audit, report(TSUKUBA, 2018).rubric)
    corner = {name: cell_of(figure, name).get_xy() for name in ("④-1", "④-2", "④-4", "④-9", "④-10")}
    assert corner["④-9"] == corner["④-10"]
    assert corner["④-1"] == corner["④-4"]
    assert len({corner["④-1"], corner["④-2"], corner["④-9"]}) == 3


@BOTH_WIDTHS
def test_cells_lie_under_their_efficiency_and_beside_their_effectiveness(narrow):
    r = report(TSUKUBA, 2018)
    figure = analysis.plot_grades(r.audit, r.rubric, narrow)
    levels = [t for t in texts(figure) if t.get_text() in ("高", "中", "低")]
    across = {t.get_text(): t.place[0] for t in levels if t.get_ha() == "center"}
    down = {t.get_text(): t.place[1] for t in levels if t.get_ha() == "right"}
    for place, effectiveness, efficiency in (
        ("④-9", "高", "高"),
        ("④-4", "中", "中"),
        ("④-2", "中", "低"),
    ):
        cell = cell_of(figure, place)
        assert cell.get_x() < across[efficiency] < cell.get_x() + cell.get_width()
        assert cell.get_y() < down[effectiveness] < cell.get_y() + cell.get_height()


def test_cells_no_sheet_shows_are_dashed_with_a_question_mark():
    r = report(TSUKUBA, 2018)
    figure = analysis.plot_grades(r.audit, r.rubric)
    assert len(outlines(figure)) == words(figure).count("？") == 5
    assert len(boxes(figure)) == 4
    assert all(words(figure).count(grade) == 1 for grade in "SABD")


def test_without_a_rubric_or_a_level_there_is_no_matrix():
    r = report(TSUKUBA, 2018)
    assert analysis.plot_grades(r.audit, None) is None
    assert analysis.plot_grades(r.audit.assign(efficiency=None), r.rubric) is None


@BOTH_WIDTHS
@pytest.mark.parametrize("effectiveness", ["高", "低"])
def test_a_judgement_in_a_cell_no_sheet_shows_is_not_lost(effectiveness, narrow):
    r = report(TSUKUBA, 2018)
    audit = r.audit.iloc[:1].assign(effectiveness=effectiveness, efficiency="低")
    assert "④-1" in joined(analysis.plot_grades(audit, r.rubric, narrow))


@BOTH_WIDTHS
def test_a_long_place_stays_on_the_page_and_touches_nothing(narrow):
    r = report(TSUKUBA, 2018)
    places = [f"成長分野拠点形成支援事業・実績欄{n}" for n in range(len(r.audit))]
    figure = analysis.plot_grades(r.audit.assign(place=places), r.rubric, narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []
