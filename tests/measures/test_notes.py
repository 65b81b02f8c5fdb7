"""The first reason that holds."""

import numpy as np
import pandas as pd

from analysis.measures.notes import first_word


def test_the_word_is_that_of_the_first_condition_that_holds():
    index = pd.Index(["a", "b", "c", "d"])
    reasons = [
        (np.array([False, True, False, False]), "no_actual"),
        (pd.Series([True, True, False, False], index=index), "no_target"),
        ([False, False, True, False], "no_final_target"),
    ]
    expected = pd.Series(["no_target", "no_actual", "no_final_target", ""], index=index)
    pd.testing.assert_series_equal(first_word(reasons, index).astype("str"), expected)


def test_without_conditions_there_is_no_word():
    expected = pd.Series(["", ""], index=[5, 3])
    pd.testing.assert_series_equal(first_word([], expected.index).astype("str"), expected)


def test_no_rows_give_no_words():
    assert first_word([(np.array([], dtype=bool), "no_actual")], pd.Index([])).empty
