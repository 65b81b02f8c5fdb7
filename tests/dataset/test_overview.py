"""A dataset that stands alone in a cell: what it holds at a glance, whatever is in it."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slices import DATA

from analysis import Dataset, load
from analysis.dataset.overview import describe_dataset, summarize_tables, write_html
from analysis.dataset.tables import TABLES


@pytest.fixture(scope="module")
def whole():
    return load(DATA)


def test_a_dataset_says_in_few_lines_what_it_holds(whole):
    lines = repr(whole).splitlines()
    assert lines[0] == (
        "Dataset with 0 warnings, 14 rubrics; analysis.codebook() tells what the columns mean"
    )
    assert lines[1].split() == ["rows", "fiscal", "years", "governments"]
    assert [line.split()[0] for line in lines[2:]] == [n for n, t in whole.tables.items() if len(t)]
    assert len(lines) <= 2 + len(TABLES) < 25
    assert max(map(len, lines)) < 100


def test_each_table_is_told_with_its_rows_years_and_governments(whole):
    summary = summarize_tables(whole.tables)
    assert summary.loc["kpis"].tolist() == [
        "88",
        "2011–2026",
        "つくば市, 盛岡市, 御所市, 茨城県, 福岡県 and 1 more",
    ]
    assert summary.loc["links"].tolist() == ["25", "", ""]
    one = summarize_tables(load(DATA, "つくば市", 2018).tables)
    assert one.loc["kpis"].tolist() == ["7", "2018", "つくば市"]


def test_a_notebook_shows_the_same_as_a_table(whole):
    page = whole._repr_html_()
    assert page.count("<tr") == 1 + len(summarize_tables(whole.tables))
    assert "つくば市, 盛岡市, 御所市, 茨城県, 福岡県 and 1 more" in page
    assert len(page) < 4_000


def test_names_are_no_markup(whole):
    programs = whole.programs.assign(government="<b>市")
    page = write_html(dataclasses.replace(whole, programs=programs))
    assert "&lt;b&gt;市" in page and "<b>" not in page


NOTHING = Dataset(**dict.fromkeys(TABLES, pd.DataFrame()))


def test_a_dataset_without_rows_is_one_line():
    assert repr(NOTHING).startswith("Dataset with 0 warnings, 0 rubrics; ")
    assert repr(NOTHING).count("\n") == 0


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        (pd.DataFrame({"kpi": ["相談件数"]}), ["1", "", ""]),
        (pd.DataFrame({"fiscal_year": ["H30", "2017", None]}), ["3", "2017", ""]),
        (pd.DataFrame({"government_code": [82201, None]}), ["2", "", "82201.0"]),
        (pd.DataFrame([[1, 2]], columns=["fiscal_year"] * 2), ["1", "1", ""]),
    ],
)
def test_a_table_of_ones_own_is_told_as_far_as_it_can_be_read(odd, said):
    assert summarize_tables({"kpis": odd}).loc["kpis"].tolist() == said


def test_what_is_no_table_is_passed_over():
    odd = dataclasses.replace(NOTHING, kpis=None, programs=[1], warnings=None, rubrics=None)
    assert repr(odd).startswith("Dataset with 0 warnings")


CELLS = st.one_of(
    *(st.none(), st.text(), st.integers(), st.floats(), st.booleans()),
    st.lists(st.integers(), max_size=2),
)
NAMES = st.sampled_from(["government_code", "government", "fiscal_year", "kpi"])


@given(st.dictionaries(NAMES, st.lists(CELLS, min_size=2, max_size=2)))
def test_no_cell_of_whatever_kind_makes_it_fail(columns):
    table = pd.DataFrame({name: pd.Series(cells) for name, cells in columns.items()})
    odd = dataclasses.replace(NOTHING, kpis=table, programs=table)
    assert describe_dataset(odd).startswith("Dataset with")
    assert ("<th>kpis</th>" in write_html(odd)) == bool(len(table))
