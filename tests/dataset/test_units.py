"""What may stand behind a number, and what looks like a unit but is none."""

import pytest

from analysis import DataError
from analysis.dataset.units import check_unit


@pytest.mark.parametrize("unit", ["件", "人", "市街地", "コース", "t-CO2", "％ポイント"])
def test_any_noun_can_be_a_unit(unit):
    check_unit(3.0, unit, unit, apart=False)


@pytest.mark.parametrize(
    ("number", "unit"),
    [(5.0, "名増"), (2.0, "回目"), (3.0, "月"), (2019.0, "年"), (100.0, "%達成")],
)
def test_a_change_an_order_or_a_time_is_no_unit(number, unit):
    with pytest.raises(DataError):
        check_unit(number, unit, unit, apart=False)


def test_behind_a_blank_only_units_known_here_are_read():
    check_unit(3.0, "件", "件", apart=True)
    with pytest.raises(DataError, match="is not a unit"):
        check_unit(3.0, "市街地", "市街地", apart=True)
