"""Figures of one KPI against one another."""

import pytest
from folders import CONSULTATIONS, OBSERVATION, SOURCE, found, of_year, said, write


def years_of(*actuals, **cells):
    """One KPI of a source of the last year, with an actual a year up to 2018."""
    first = 2019 - len(actuals)
    return [of_year(first + n, actual=actual, **cells) for n, actual in enumerate(actuals)]


def test_1760_for_176_between_its_neighbours_is_seen(folder):
    write(folder, "kpis", *years_of(180, 1760, 170))
    assert found(folder) == [["tenfold", 3, "actual"]]
    assert said(folder) == ("1,760", "about 175 as in the years around it")


@pytest.mark.parametrize("actuals", [(180, 176, 17), (180, 176, 1760), (180, 1760)])
def test_the_last_year_a_tenth_or_ten_times_those_before_is_seen(folder, actuals):
    write(folder, "kpis", *years_of(*actuals))
    assert found(folder) == [["tenfold", len(actuals) + 1, "actual"]]


@pytest.mark.parametrize("actuals", [(1, 10, 12), (100, 250, 600), (0, 180, 176), (5, 0)])
def test_small_counts_and_plain_growth_are_not_doubted(folder, actuals):
    write(folder, "kpis", *years_of(*actuals))
    assert found(folder) == []


def test_a_total_that_starts_small_and_a_break_that_is_told_are_not_doubted(folder):
    write(folder, "kpis", *years_of(20, 180, aggregation="cumulative"))
    assert found(folder) == []
    after = [of_year(2019 + n, actual=180 + n) for n in range(2)]
    write(folder, "kpis", *years_of(18, 20), after[0] | {"break_note": "数え方を改めた"}, after[1])
    assert found(folder) == []


def bare_years_of(*actuals, **cells):
    """The same without baseline and targets, which very small or large figures would contradict."""
    return years_of(*actuals, baseline="", target="", final_target="", **cells)


@pytest.mark.parametrize(
    ("actuals", "aggregation", "row"),
    [
        ((0.012, 0.0125, 12.3), "level", 4),  # small figures grow tenfold, not a thousandfold
        ((12.1, 0.0125, 12.3), "level", 3),
        ((180, 176_000), "cumulative", 3),
        ((180, 176, 176_000), "unknown", 4),
        ((176_000, 180, 176), "unknown", 2),
        ((180, 176, 170, 172_000, 175_000, 178_000), "unknown", 5),  # another unit from here on
        ((12.1, 12.4, 12.3), "level", None),
        ((0.01, 0.1, 1), "level", None),
    ],
)
def test_an_actual_a_thousand_times_or_a_thousandth_of_the_year_before_is_seen(
    folder, actuals, aggregation, row
):
    write(folder, "kpis", *bare_years_of(*actuals, aggregation=aggregation))
    assert found(folder) == ([["tenfold", row, "actual"]] if row else [])


def test_the_first_year_of_a_total_is_not_doubted_and_one_that_falls_to_a_tenth_is(folder):
    write(folder, "kpis", *bare_years_of(20, 180, 350, aggregation="cumulative"))
    assert found(folder) == []
    write(folder, "kpis", *bare_years_of(180, 350, 20, aggregation="cumulative"))
    assert found(folder) == [["tenfold", 4, "actual"]]


@pytest.mark.parametrize(
    ("targets", "row"),
    [
        ((200, 2000, 200), 3),
        ((200, 21, 220, 230), 3),
        ((200, 200, 2000), 4),
        ((20, 200, 210, 220), None),  # what has just begun
        ((100, 150, 200, 250), None),
        ((50, 150, 250, 350, 450), None),
    ],
)
def test_a_target_ten_times_or_a_tenth_of_the_years_around_it_is_seen(folder, targets, row):
    rows = [
        of_year(2019 - len(targets) + n, baseline="", final_target="", target=target)
        for n, target in enumerate(targets)
    ]
    write(folder, "kpis", *rows)
    assert found(folder) == ([["tenfold", row, "target"]] if row else [])


def test_an_actual_above_ten_times_its_target_is_seen(folder):
    """石巻市: 2,998 tons of a target of 100."""
    write(folder, "kpis", CONSULTATIONS | {"baseline": "", "target": 100, "actual": 2_998})
    assert found(folder) == [["far_above_target", 2, "actual"]]
    write(folder, "kpis", CONSULTATIONS | {"baseline": "", "target": 100, "actual": 1_000})
    assert found(folder) == []


@pytest.mark.parametrize(
    ("column", "cell", "kind"),
    [
        ("baseline", 107, "baseline_changes"),
        ("unit", "千件", "unit_changes"),
        ("kpi", "来場者数", "name_changes"),
        ("direction", "keep_above", "direction_changes"),
    ],
)
def test_what_makes_a_kpi_one_series_does_not_change_without_a_reason(folder, column, cell, kind):
    later = of_year(2019, actual=150, **{column: cell})
    write(folder, "kpis", CONSULTATIONS, later)
    assert found(folder) == [[kind, 3, column]]
    assert "in row 2 of this KPI" in said(folder)[1]
    write(folder, "kpis", CONSULTATIONS, later | {"break_note": "数え方を改めた"})
    assert found(folder) == []


@pytest.mark.parametrize(
    ("unit", "other", "is_seen"),
    [
        ("％", "%", False),
        ("ｇ／人", "g/人", False),
        ("㎡", "m2", False),
        ("千 円", "千円", False),
        ("％", "割合", True),
        ("千円", "円", True),
    ],
)
def test_a_unit_in_other_widths_is_no_other_unit(folder, unit, other, is_seen):
    write(folder, "kpis", CONSULTATIONS | {"unit": unit}, of_year(2019, unit=other))
    assert found(folder) == ([["unit_changes", 3, "unit"]] if is_seen else [])


def test_a_name_in_other_widths_and_a_baseline_of_another_year_are_no_change(folder):
    wide = CONSULTATIONS | {"kpi": "ＰＲ 件数", "baseline_year": 2015}
    write(folder, "kpis", wide, wide | {"fiscal_year": 2019, "kpi": "PR件数"})
    assert found(folder) == []
    write(folder, "kpis", wide, wide | {"fiscal_year": 2019, "baseline": 9, "baseline_year": 2019})
    assert found(folder) == []


@pytest.mark.parametrize(
    ("direction", "target", "is_seen"),
    [("up", 160, True), ("up", 180, False), ("down", 180, True), ("keep_above", 160, False)],
)
def test_a_target_on_the_wrong_side_of_the_baseline_is_seen(folder, direction, target, is_seen):
    cells = {"direction": direction, "target": target, "final_target": ""}
    write(folder, "kpis", CONSULTATIONS | cells)
    assert found(folder) == ([["target_beside_baseline", 2, "target"]] if is_seen else [])


@pytest.mark.parametrize(
    ("change", "origin", "is_seen"),
    [
        (-22, "baseline", False),
        (22, "baseline", True),
        (-52, "target", False),
        (-32, "previous_year", False),
        (-23, "previous_year", True),
        (5, "", False),
    ],
)
def test_a_published_change_is_that_of_the_figures(folder, change, origin, is_seen):
    told = {"published_change": change, "published_change_from": origin}
    write(folder, "kpis", of_year(2017, actual=180), CONSULTATIONS | told)
    assert found(folder) == ([["change_differs", 3, "published_change"]] if is_seen else [])


def test_a_target_before_its_revision_is_another_one(folder):
    write(folder, "kpis", CONSULTATIONS | {"target_before": 200})
    assert found(folder) == [["target_unchanged", 2, "target_before"]]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"unit": "％", "actual": 148, "target": 90, "natural_limit": 200}, None),
        ({"unit": "％", "actual": 148, "natural_limit": 100, "target": 95}, "actual"),
        ({"unit": "％", "actual": 98, "natural_limit": 100, "target": 950}, "target"),
        ({"direction": "down", "unit": "％", "natural_limit": 100, "target": 5, "actual": 8}, None),
        ({"direction": "down", "natural_limit": 0, "target": 5, "actual": -8}, "actual"),
    ],
)
def test_no_figure_lies_beyond_its_natural_limit(folder, cells, column):
    bare = {"baseline": "", "final_target": ""}
    write(folder, "kpis", CONSULTATIONS | bare | cells)
    assert found(folder) == ([["above_limit", 2, column]] if column else [])


@pytest.mark.parametrize(
    ("day", "cells", "is_seen"),
    [
        ("2018-04-01", {}, False),
        ("2019-03-31", {}, False),
        ("2018-03-31", {}, True),
        ("2019-04-01", {}, True),
        ("2018-01-31", {"is_calendar_year": "yes"}, False),
        ("2017-12-31", {"actual_year": 2017}, False),
    ],
)
def test_the_day_of_a_part_year_figure_lies_in_its_fiscal_year(folder, day, cells, is_seen):
    write(folder, "kpis", CONSULTATIONS | {"as_of": day} | cells)
    assert found(folder) == ([["outside_year", 2, "as_of"]] if is_seen else [])


def test_a_part_is_no_larger_than_what_it_is_a_part_of(folder):
    write(folder, "observations", OBSERVATION | {"value": 53, "unit": "社", "sample_size": 7})
    assert found(folder) == [["small_sample", 2, "sample_size"]]
    write(folder, "observations", OBSERVATION | {"value": 53, "unit": "％", "sample_size": 7})
    assert found(folder) == []


def test_a_result_of_a_year_that_had_not_begun_when_the_source_was_read_is_seen(folder):
    write(folder, "sources", SOURCE | {"read_on": "2019-03-31"})
    write(folder, "kpis", CONSULTATIONS, of_year(2019, actual="", actual_status="not_in_source"))
    assert found(folder) == []
    write(folder, "kpis", CONSULTATIONS, of_year(2019, actual=150))
    assert found(folder) == [["future_year", 3, "fiscal_year"]]


@pytest.mark.parametrize(
    ("days", "cells", "is_seen"),
    [
        ({"published_on": "2019-03-31"}, {}, True),
        ({"published_on": "2019-04-01"}, {}, False),
        ({"published_on": "2019-02-01", "read_on": "2026-11-22"}, {}, True),
        ({"read_on": "2019-02-01"}, {}, True),
        ({"read_on": "2019-05-01"}, {}, False),
        ({}, {}, False),  # the year is over today
        ({"published_on": "2019-02-01"}, {"actual_status": "preliminary"}, False),
        ({"published_on": "2019-02-01"}, {"actual_year": 2017}, False),
        ({"published_on": "2019-02-01"}, {"is_calendar_year": "yes"}, False),
        ({"published_on": "2018-12-28"}, {"is_calendar_year": "yes"}, True),
        ({"published_on": "2019-02-01"}, {"as_of": "2018-09-30"}, False),
        ({"published_on": "2019-02-01"}, {"as_of": "2018"}, False),
        ({"published_on": "2019-02-01"}, {"as_of": "2019-03-01"}, True),
    ],
)
def test_an_actual_is_not_final_before_its_year_is_over(folder, days, cells, is_seen):
    write(folder, "sources", SOURCE | days)
    write(folder, "kpis", CONSULTATIONS | {"actual_status": "final"} | cells)
    assert found(folder) == ([["final_too_early", 2, "actual_status"]] if is_seen else [])


def test_a_final_actual_that_came_too_early_is_told_both_days(folder):
    write(folder, "sources", SOURCE | {"published_on": "2019-02-01"})
    write(folder, "kpis", CONSULTATIONS | {"actual_status": "final"})
    one, other = said(folder)
    assert one == "'final' in a source of 2019-02-01"
    assert other.endswith("the figure is known from 2019-04-01 on")


def test_a_source_about_a_year_to_come_is_seen(folder):
    write(folder, "sources", SOURCE | {"fiscal_year": 2091})
    assert ["future_year", 2, "fiscal_year"] in found(folder)
