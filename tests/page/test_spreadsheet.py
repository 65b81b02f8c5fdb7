"""Tables as CSV: what a spreadsheet opens is what was meant."""

import csv

import numpy as np
import pandas as pd
import pytest

from analysis.page.spreadsheet import write_csv


def test_no_text_can_become_a_formula_and_negative_numbers_stay_numbers(tmp_path):
    cells = ["=HYPERLINK(1)", "+1", "-1", "@x", "＝1+1", "＠x", "\tx", "\nx", "平", "＋100", "－"]
    table = pd.DataFrame({"=kpi": cells, "＠rate": [-0.7] * 11, "変化": 1})
    write_csv(table, tmp_path / "t.csv")
    read = pd.read_csv(tmp_path / "t.csv")
    assert read.columns.tolist() == ["'=kpi", "'＠rate", "変化"]
    assert read["'=kpi"].tolist() == [f"'{cell}" for cell in cells[:8]] + cells[8:]
    assert read["'＠rate"].tolist() == [-0.7] * 11


def test_a_sign_alone_is_printed_as_a_dash_and_stays_one(tmp_path):
    write_csv(pd.DataFrame({"printed": ["-", "+", "-1"]}), tmp_path / "t.csv")
    assert pd.read_csv(tmp_path / "t.csv")["printed"].tolist() == ["-", "+", "'-1"]


def test_a_control_character_is_not_written_into_a_table(tmp_path):
    cells = ["a\0b", "\x1b[31m", "a\x9bb", "二\n行\tと列"]
    write_csv(pd.DataFrame({"kpi\x07": cells}), tmp_path / "t.csv")
    read = pd.read_csv(tmp_path / "t.csv")
    assert read["kpi\ufffd"].tolist() == ["a\ufffdb", "\ufffd[31m", "a\ufffdb", "二\n行\tと列"]


def test_a_word_of_a_few_can_become_a_formula_no_more_than_another_text(tmp_path):
    words = pd.DataFrame({"word": pd.Categorical(["-1+1", "平"])})
    write_csv(words, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text("utf-8-sig") == "word\n'-1+1\n平\n"


def test_missing_values_are_empty_and_figures_are_written_in_full(tmp_path):
    table = pd.DataFrame(
        {
            "kpi": ["a, b", None],
            "year": pd.array([2018, None], dtype="Int64"),
            "rate": [0.1 + 0.2, float("nan")],
        }
    )
    write_csv(table, tmp_path / "t.csv")
    lines = (tmp_path / "t.csv").read_bytes().decode("utf-8-sig").split("\n")
    assert lines == ["kpi,year,rate", '"a, b",2018,0.30000000000000004', ",,", ""]


MIXED = ['a "b"', "a, b", "a\nb", "a\r\nb", "a\rb", "", "nan", None, pd.NA, pd.NaT, np.nan, 0, -1.5]
MIXED += [True, float("inf"), np.float32(0.1), [1, "二"], {"a": None}, pd.Timestamp("2018-04-01")]


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"kpi": pd.Series(MIXED, dtype=object)}),
        pd.DataFrame({"kpi": pd.Series(MIXED, dtype=object), "year": 2018}),
        pd.DataFrame({"rate": [0.1 + 0.2, 1e22], "met": [True, False], "count": [1, -2]}),
        pd.DataFrame({"on": pd.to_datetime(["2018-04-01", None]), "text": ["平", None]}),
        pd.DataFrame([[1, "a"], [None, "b"]], columns=["same", "same"]),
        pd.DataFrame({'a "b"': [1], "a\nb": [2], 2018: [3]}),
    ],
    ids=["one column", "mixed", "figures", "days", "names", "headers"],
)
def test_cells_are_quoted_as_the_csv_module_does(tmp_path, table):
    with (tmp_path / "expected.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.columns)
        missing = table.isna().to_numpy()
        for row, cells in enumerate(table.to_numpy(dtype=object)):
            writer.writerow(["" if missing[row, n] else cell for n, cell in enumerate(cells)])
    write_csv(table, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == (tmp_path / "expected.csv").read_bytes()
