"""What stands behind a number: a unit, or what looks like one."""

import pytest

from analysis import DataError
from analysis.dataset.units import check_unit


@pytest.mark.parametrize("unit", ["人", "市街地", "コース", "%", "t-CO2", "か所", "人/年", "時間"])
def test_publications_count_in_any_noun(unit):
    check_unit(3, unit, unit, apart=False)


@pytest.mark.parametrize(
    "unit", ["名増", "回目", "%達成", "人以上", "件程度", "件未満", "位向上", "人減"]
)
def test_what_changes_orders_or_bounds_a_number_is_no_unit_of_it(unit):
    with pytest.raises(DataError, match="is not a unit"):
        check_unit(3, unit, unit, apart=False)


@pytest.mark.parametrize(("number", "unit"), [(3, "月"), (2019, "年"), (30, "年度"), (9, "時点")])
def test_a_date_or_year_is_told_as_one(number, unit):
    with pytest.raises(DataError, match="a year or a date"):
        check_unit(number, unit, unit, apart=False)


def test_a_span_of_years_or_hours_is_counted():
    check_unit(5, "年", "年", apart=False)
    check_unit(8, "時間", "時間", apart=False)


def test_behind_a_blank_only_known_units_stand():
    check_unit(3, "千人", "人", apart=True)
    with pytest.raises(DataError, match="is not a unit"):
        check_unit(3, "市街地", "市街地", apart=True)


@pytest.mark.parametrize("base", ["万", "人万", "百"])
def test_a_scale_that_scales_nothing_is_refused(base):
    with pytest.raises(DataError, match="is not a unit"):
        check_unit(3, base, base, apart=False)
