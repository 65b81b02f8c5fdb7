"""Parts of sentences and cells that several questions use."""

import numpy as np
import pandas as pd
import pytest

from analysis.wording.phrases import (
    find_names,
    join_cells,
    name_programs,
    print_percentages,
    print_range,
    print_texts,
    quote_names,
    say_counts,
)

PROGRAMS = pd.DataFrame(
    {"government_code": "082201", "program_id": ["fair", "hub"], "program": ["面接会", "拠点"]}
)


def test_each_row_gets_the_name_of_its_own_program_and_an_unknown_one_none():
    rows = pd.DataFrame({"government_code": "082201", "program_id": ["hub", "other", "fair"]})
    names = find_names(rows, PROGRAMS)
    assert names.fillna("-").tolist() == ["拠点", "-", "面接会"]


def test_programs_are_named_only_where_there_is_more_than_one():
    assert name_programs(PROGRAMS, PROGRAMS.iloc[:1]) == {}
    assert name_programs(PROGRAMS, None) == {}
    assert name_programs(PROGRAMS, PROGRAMS)["program"].tolist() == ["面接会", "拠点"]


@pytest.mark.parametrize(
    ("most", "said"),
    [(2, "「甲」「乙」ほか1事業"), (3, "「甲」「乙」「丙」")],
)
def test_names_beyond_the_most_are_counted(most, said):
    assert quote_names(["甲", "乙", "丙"], most) == said


def test_reasons_are_counted_in_the_unit_of_what_lacks_something():
    counts = {"no_cost": 2, "no_kpi": 1}
    assert say_counts(counts, "組") == "金額の記載がない：2組、指標がない：1組"


def test_an_empty_cell_is_a_dash():
    assert print_texts(pd.Series(["a", None])).tolist() == ["a", "—"]
    assert join_cells(["a", ""], ["b", ""]) == ["a。b", "—"]


def test_a_range_of_one_amount_is_that_amount():
    assert print_range(1_234.4, 1_233.6) == "1,234"
    assert print_range(1_000, 2_000) == "1,000～2,000"
    assert print_range(np.nan, 2_000) == "—"


def test_a_published_percentage_keeps_its_decimals_and_gets_one_sign():
    assert print_percentages(pd.Series(["95.0", "95%", None])) == ["95.0％", "95％", "—"]
