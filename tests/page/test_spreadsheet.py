"""Tables as CSV: what a spreadsheet opens is what was meant."""

import pandas as pd

from analysis.page.spreadsheet import write_csv


def test_no_text_can_become_a_formula_and_negative_numbers_stay_numbers(tmp_path):
    cells = ["=HYPERLINK(1)", "+1", "-1", "@x", "＝1+1", "＠x", "\tx", "\nx", "平", "＋100", "－"]
    table = pd.DataFrame({"=kpi": cells, "＠rate": [-0.7] * 11, "変化": 1})
    write_csv(table, tmp_path / "t.csv")
    read = pd.read_csv(tmp_path / "t.csv")
    assert read.columns.tolist() == ["'=kpi", "'＠rate", "変化"]
    assert read["'=kpi"].tolist() == [f"'{cell}" for cell in cells[:8]] + cells[8:]
    assert read["'＠rate"].tolist() == [-0.7] * 11


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
