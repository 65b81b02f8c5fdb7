"""The words of a figure are found in the file of its question."""

from inspect import signature

import pytest
from slices import TSUKUBA, report

import analysis
from analysis.wording.figures import find_words
from analysis.wording.labels import labels

PLOTS = sorted(name for name in dir(analysis) if name.startswith("plot_"))


@pytest.mark.parametrize("name", PLOTS)
def test_every_figure_has_a_caption_and_an_alternative_text(name):
    plot, topic = getattr(analysis, name), name.removeprefix("plot_")
    said = labels(f"figures.{topic}")
    assert said.get("caption") or callable(getattr(analysis, f"caption_{topic}", None))
    if "alternative" not in said:
        describe = getattr(analysis, f"describe_{topic}")
        assert {*signature(describe).parameters} <= {*signature(plot).parameters}


@pytest.mark.parametrize("name", PLOTS)
def test_every_figure_is_drawn_for_wide_and_for_narrow_screens(name):
    assert "narrow" in signature(getattr(analysis, name)).parameters


def test_the_words_of_a_question_are_called_with_the_tables_they_name():
    r = report(TSUKUBA, 2018)
    words = find_words(analysis.plot_grades, (r.audit, r.rubric))
    assert words.alternative == analysis.describe_grades(r.audit)
    assert words.table.equals(analysis.tabulate_grades(r.audit))


def test_a_text_that_is_not_the_describing_one_may_be_the_alternative():
    kpis = report(TSUKUBA, 2018).kpis
    words = find_words(analysis.plot_costs, (kpis,))
    assert words.alternative == analysis.describe_unit_costs(kpis)


def test_sentences_for_everybody_are_not_the_alternative_text_as_well():
    parts = report(TSUKUBA, 2018).parts
    words = find_words(analysis.plot_parts, (parts,))
    assert words.alternative == labels("figures.parts")["alternative"]
    assert words.sentences == analysis.describe_parts(parts)


def test_a_figure_of_ones_own_has_no_words():
    assert find_words(len, ()).caption == ""
    assert find_words(None, ()).table is None


def test_a_table_that_may_be_left_out_need_not_be_given():
    kpis = report(TSUKUBA, 2018).kpis
    words = find_words(analysis.plot_distribution, (kpis,))
    assert words.caption == "図　進捗率の分布。"
    assert words.table.equals(analysis.tabulate_distribution(kpis))
    by_kind = find_words(analysis.plot_distribution, (kpis, "kpi_kind"))
    assert by_kind.caption == "図　指標の種類ごとの進捗率の分布。"
