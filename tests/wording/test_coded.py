"""Words of the results in the language of readers."""

import pandas as pd
import pytest

from analysis.wording.coded import list_codes, name_codes, spell_out_codes

KPIS = pd.DataFrame(
    {
        "kpi": ["up", "件数"],
        "direction": ["up", None],
        "cost_natures": ["direct personnel", "odd"],
        "reached": ["yes", "unknown"],
    }
)


@pytest.mark.parametrize(
    ("column", "word", "name"),
    [
        ("achievement_rate_verdict", "short", "不足"),
        ("pace_rate_verdict", "short", "遅れ"),
        ("reached_note", "no_actual", "実績がない"),
        ("has_kpi", "held", "あり"),
        ("actual_status", "preliminary", "速報値"),
    ],
)
def test_a_column_has_its_words(column, word, name):
    assert name_codes("kpis", column)[word] == name


def test_words_that_occur_are_listed_once_in_both_languages():
    listed = list_codes({"kpis": KPIS})
    assert listed["column"].tolist() == ["direction", *["cost_natures"] * 2, *["reached"] * 2]
    assert listed.iloc[0].tolist() == ["kpis", "direction", "up", "増やす", "increase"]


def test_words_are_spelt_out_and_everything_else_stays():
    spelt = spell_out_codes("kpis", KPIS)
    assert spelt["kpi"].tolist() == ["up", "件数"]
    assert spelt["direction"].iloc[0] == "増やす"
    assert spelt["direction"].isna().tolist() == [False, True]
    assert spelt["cost_natures"].tolist() == ["人件費を除く・人件費", "odd"]
    assert spelt["reached"].tolist() == ["到達", "判定できない"]
