"""By what programs are shown."""

import pandas as pd
import pytest
from slices import DATA, compute

import analysis
from analysis.figures.grouping import find_grouping


@pytest.fixture(scope="module")
def whole():
    return compute(analysis.load(DATA)).evaluability


def test_few_programs_are_shown_one_by_one_many_by_department_several_years_by_year(whole):
    assert find_grouping(whole) == ["government_code", "government", "fiscal_year"]
    of_2020 = whole[whole["fiscal_year"] == 2020]
    assert find_grouping(of_2020) == ["department"]
    assert find_grouping(of_2020.assign(department=None)) == ["project"]
    assert find_grouping(of_2020.head(15)) == ["program"]


def test_there_are_never_more_groups_than_a_figure_can_show(whole):
    towns = pd.concat(
        [whole.head(7).assign(government_code=str(n), government=f"{n}市") for n in range(50)]
    )
    assert find_grouping(towns) == ["fiscal_year"]
    assert find_grouping(towns.head(7 * 40)) == ["government_code", "government", "fiscal_year"]
    years = pd.concat([whole.head(7).assign(fiscal_year=year) for year in range(1980, 2025)])
    assert find_grouping(years) == ["government_code", "government"]
    offices = pd.concat([whole.head(1).assign(department=f"{n}課") for n in range(50)])
    assert find_grouping(offices) == ["project"]
