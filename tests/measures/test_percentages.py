"""Published percentages as they are printed."""

import pandas as pd
import pytest

from analysis.measures.percentages import plain_figures, read_percentages


@pytest.mark.parametrize(
    ("ratio", "printed", "number", "decimals"),
    [
        (0.53, "53.0％", 53.0, 1),
        (0.53, "53", 53.0, 0),
        (1.2345, "１２３．４５", 123.45, 2),
        (-0.733, "▲73.3", -73.3, 1),
    ],
)
def test_a_printed_percentage_has_its_decimals(ratio, printed, number, decimals):
    table = pd.DataFrame({"rate": [ratio], "rate_printed": [printed]})
    found = [column.tolist() for column in read_percentages(table, "rate")]
    assert found == [[number], [decimals], [False]]


@pytest.mark.parametrize(("printed", "differs"), [("約53", False), (None, False), ("54", True)])
def test_what_is_no_plain_number_or_another_one_than_the_ratio_is_not_read(printed, differs):
    table = pd.DataFrame({"rate": [0.53], "rate_printed": [printed]})
    numbers, decimals, unlike = read_percentages(table, "rate")
    assert pd.isna([numbers[0], decimals[0]]).all()
    assert unlike.tolist() == [differs]


def test_signs_of_a_minus_and_commas_are_read():
    assert [plain_figures(text) for text in ("△1,234", "−5", "‐6", "▲７")] == [
        *("-1234", "-5", "-6", "-7")
    ]
