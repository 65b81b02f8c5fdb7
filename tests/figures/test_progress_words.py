"""The figure of progress words: where marks stand, their shapes, the texts."""

import pandas as pd
import pytest
from drawn import (
    BOTH_WIDTHS,
    is_hollow,
    joined,
    look_of,
    marks,
    off_the_page,
    text_at,
    texts,
    touching,
    words,
    x_of,
)
from slices import TSUKUBA, report

import analysis
from analysis.figures.canvas import BLUE, RED


def judged(*rows):
    columns = ["place", "progress", "achievement_rate", "progress_rate", "reached"]
    return pd.DataFrame(rows, columns=columns).assign(actual_status="final")


@BOTH_WIDTHS
def test_two_judges_who_differ_stand_by_name_beside_the_bar_and_in_the_bands(narrow):
    r = report(TSUKUBA, 2018, "job_fair")
    ratings = pd.concat(
        [
            r.data.ratings.assign(rated_by="一次評価"),
            r.data.ratings.assign(rated_by="外部評価", progress="順調"),
        ]
    )
    kpis = analysis.add_ratings(r.kpis.drop(columns=["progress", "grade"]), ratings)
    beside = joined(analysis.plot_progress(kpis, narrow))
    for word in ("概ね順調", "順調", "一次評", "外部評"):
        assert word in beside
    audit = analysis.audit_published(r.kpis, ratings, r.data.rubrics)
    bands = joined(analysis.plot_progress_words(audit, narrow))
    assert "④-4（一次評価）" in bands
    assert "④-4（外部評価）" in bands


@BOTH_WIDTHS
def test_each_judgement_stands_once_in_the_band_of_each_rate(narrow):
    figure = analysis.plot_progress_words(report(TSUKUBA, 2018).audit, narrow)
    assert len(marks(figure)) == 14
    assert words(figure).count("順調") == words(figure).count("概ね順調") == 2
    for label in ("④-4 74.0％", "④-4 ▲73.3％", "④-3 104.5％", "④-3 233.3％"):
        assert words(figure).count(label) == 1
    assert text_at(figure, "達成率")[1] < text_at(figure, "進捗率")[1]


@BOTH_WIDTHS
def test_marks_of_a_band_stand_where_their_rate_is(narrow):
    figure = analysis.plot_progress_words(judged(("④-1", "順調", 0.5, 2.0, "yes")), narrow)
    zeros = [t.place[0] for t in texts(figure) if t.get_text() == "0％"]
    wholes = [t.place[0] for t in texts(figure) if t.get_text() == "100％"]
    along = [
        (x_of(mark) - zero) / (whole - zero)
        for mark, zero, whole in zip(marks(figure), zeros, wholes, strict=True)
    ]
    assert along == pytest.approx([0.5, 2.0])


def test_marks_of_words_repeat_verdict_and_estimate():
    audit = judged(("④-1", "順調", 1.0, 1.5, "yes"), ("④-2", "順調", 0.9, 0.5, "no"))
    audit["actual_status"] = ["final", "estimated"]
    figure = analysis.plot_progress_words(audit)
    by_look = sorted((look_of(mark), is_hollow(mark)) for mark in marks(figure))
    assert by_look == [(("D", RED), True)] * 2 + [(("o", BLUE), False)] * 2


@BOTH_WIDTHS
def test_a_judgement_without_achievement_rate_is_not_drawn_nowhere(narrow):
    # accidents are to fall from 10 to none: nothing can be divided by that target
    audit = judged(("④-1", "順調", None, 0.5, "no"), ("④-2", "順調", 0.9, 0.9, "no"))
    figure = analysis.plot_progress_words(audit, narrow)
    for text in texts(figure):
        assert all(at == at for at in text.place), text.get_text()
    assert all(x_of(mark) == x_of(mark) for mark in marks(figure))


@BOTH_WIDTHS
def test_many_judgements_at_one_rate_have_labels_apart(narrow):
    rows = [(f"④-{n}", "順調", 1.0, 1.0 + n / 100, "yes") for n in range(12)]
    rows += [("④-99", "概ね順調", -9.0, 12.0, "no")]
    figure = analysis.plot_progress_words(judged(*rows), narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []
    assert "④-99 ▲900.0％" in words(figure)
    assert "④-99 1,200.0％" in words(figure)


@BOTH_WIDTHS
@pytest.mark.parametrize("word", ["やや遅れている", "地方創生に非常に効果的であった"])
def test_long_words_of_progress_touch_no_label(word, narrow):
    figure = analysis.plot_progress_words(judged(("④-1", word, 0.0, -1.2, "no")), narrow)
    assert touching(figure) == []


@BOTH_WIDTHS
def test_long_places_of_judgements_touch_nothing_and_stay_on_the_page(narrow):
    place = "関係人口の増加を機軸とした移住・定住・交流人口対策事業・実績欄①"
    figure = analysis.plot_progress_words(judged((place, "順調", 1.0, 1.0, "yes")), narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []
