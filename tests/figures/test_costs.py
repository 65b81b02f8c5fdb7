"""The figure of costs: where marks stand, their shapes, the texts."""

from functools import cache

import pandas as pd
import pytest
from drawn import (
    BOTH_WIDTHS,
    LONG,
    boxes,
    joined,
    off_the_page,
    touching,
    words,
)
from made import judged_kpis
from slices import TSUKUBA, report

import analysis
from analysis.figures.canvas import BLUE


def squares(figure):
    """How many squares are filled and how many are outlined."""
    return len(boxes(figure, BLUE)), len(boxes(figure)) - len(boxes(figure, BLUE))


@cache
def squares_of_job_fair(narrow):
    kpis = report(TSUKUBA, 2018).kpis
    return analysis.plot_costs(kpis[kpis["program_id"] == "job_fair"], narrow)


@BOTH_WIDTHS
def test_each_result_is_a_square_and_each_missing_one_an_outline(narrow):
    figure = squares_of_job_fair(narrow)
    assert squares(figure) == (148, 52)
    assert "1件あたり 25,541円" in words(figure)
    assert "■1つ＝1単位" in joined(figure)


@BOTH_WIDTHS
def test_squares_stay_on_the_page_and_lie_apart(narrow):
    figure = squares_of_job_fair(narrow)
    width, height = figure.get_size_inches()
    corners = [box.get_xy() for box in boxes(figure)]
    assert len(set(corners)) == 200
    assert all(0 <= x <= width - 0.13 and 0 <= y <= height - 0.13 for x, y in corners)


def priced(*rows):
    budgets = pd.DataFrame(
        {
            "government_code": [TSUKUBA],
            "program_id": "p",
            "fiscal_year": 2018,
            "kind": "settled",
            "amount_yen": 3_000_000,
        }
    ).astype({"fiscal_year": "Int64", "amount_yen": "Int64"})
    return analysis.add_costs(judged_kpis(*rows), budgets)


@pytest.mark.parametrize(
    ("actual", "target", "filled", "outlined", "each"),
    [
        (40.0, 30.0, 40, 0, "1"),
        (150.0, 401.0, 15, 26, "10"),  # 401 / 10, rounded up, less 15
        (4600.0, 4630.0, 46, 1, "100"),
        (3.0, None, 3, 0, "1"),
    ],
)
def test_one_square_stands_for_several_where_there_are_many(actual, target, filled, outlined, each):
    figure = analysis.plot_costs(priced({"actual": actual, "target": target}))
    assert squares(figure) == (filled, outlined)
    assert f"■1つ＝{each}単位" in joined(figure)


def test_a_met_target_lacks_no_square_where_one_stands_for_many():
    # 福岡県 R6: 225,115 page views of 90,000, a square for each thousand
    figure = analysis.plot_costs(priced({"actual": 225_115.0, "target": 90_000.0}))
    assert squares(figure) == (226, 0)


def test_only_kpis_with_a_price_have_squares():
    figure = analysis.plot_costs(priced({}, {"unit": "％"}, {"kpi_kind": "societal"}))
    assert "指標0" in words(figure)
    assert "指標1" not in words(figure)
    assert "指標2" not in words(figure)


@BOTH_WIDTHS
def test_squares_of_every_size_at_once_leave_the_key_on_the_page(narrow):
    sizes = [41.0, 410.0, 4_100.0, 41_000.0, 410_000.0]  # 41 squares each
    rows = ({"kpi": LONG, "actual": size, "target": size} for size in sizes)
    figure = analysis.plot_costs(priced(*rows), narrow)
    assert touching(figure) == []
    assert off_the_page(figure) == []
