"""How far a figure could be off, in words."""

import pandas as pd
from slices import report

import analysis

TSUKUBA, MORIOKA = ("082201", 2018), ("032018", 2021)


def means(*which):
    """The mean progress of the real KPIs of a year."""
    return analysis.bootstrap_mean_progress(report(*which).kpis, resamples=500)


def test_intervals_print_their_method_or_the_reason():
    rows = (
        analysis.tabulate_intervals(analysis.add_intervals(report(*TSUKUBA).kpis))
        .to_numpy()
        .tolist()
    )
    assert rows[5] == [
        "地域ビジネス等のアイデア提案件数",
        "16件",
        "—",
        "単年度か累計かの記載がない",
    ]
    counted = analysis.add_intervals(report(*TSUKUBA).kpis.assign(aggregation="single_year"))
    assert analysis.tabulate_intervals(counted).to_numpy().tolist()[5][2:] == [
        "9～26件",
        "件数の偶然の増減（ポアソン分布）",
    ]
    assert rows[0][1:] == ["93％", "—", "回答数の記載がない"]


def test_the_mean_says_how_it_depends_on_the_kpis():
    text = analysis.describe_mean_progress(means(*TSUKUBA))
    assert text.startswith("7指標の進み具合の平均（0～100％に収める）は84.7％です。")
    assert text.endswith(
        "7指標を選び直すと、95％の場合で56～100％の間になります"
        "（指標が少ないため、実際の幅はこれより広い可能性があります）。"
    )


def test_the_mean_says_how_many_kpis_count_as_whole_without_a_rate():
    kpis = pd.DataFrame({"g": 1, "progress_rate": [0.5, None], "reached": ["no", "yes"]})
    text = analysis.describe_mean_progress(analysis.bootstrap_mean_progress(kpis, by=["g"]))
    assert "うち1指標は率がないが、到達のため100％と数える）は75.0％です。" in text


def test_the_mean_of_many_kpis_is_not_called_too_narrow():
    kpis = pd.DataFrame({"g": 1, "progress_rate": [1.0] * 11 + [0.0]})
    text = analysis.describe_mean_progress(analysis.bootstrap_mean_progress(kpis, by=["g"]))
    assert text.endswith("12指標を選び直すと、95％の場合で75～100％の間になります。")
    assert "少ない" not in text


def test_a_single_kpi_has_no_mean_and_kpis_before_their_final_year_none_yet():
    one = pd.DataFrame({"g": 1, "progress_rate": [1.0]})
    assert analysis.describe_mean_progress(analysis.bootstrap_mean_progress(one, by=["g"])) == ""
    notes = ["not_due", "already_final", "not_due"]
    early = pd.DataFrame({"g": 1, "progress_rate": [None] * 3, "reached_note": notes})
    text = analysis.describe_mean_progress(analysis.bootstrap_mean_progress(early, by=["g"]))
    assert text == "3指標とも最終年度前のため、平均は求めません。"
    none = analysis.bootstrap_mean_progress(early.iloc[:0], by=["g"])
    assert analysis.describe_mean_progress(none).startswith("指標がない")


def test_the_mean_of_few_or_unknown_kpis_has_no_range():
    few = pd.DataFrame({"g": 1, "progress_rate": [0.5, None]})
    text = analysis.describe_mean_progress(analysis.bootstrap_mean_progress(few, by=["g"]))
    assert "うち1指標は率が分からず0％と100％の幅で数える）は25.0％～75.0％です。" in text
    assert text.endswith("指標が少ないため、指標の選び方による幅は求めません。")
    text = analysis.describe_mean_progress(means(*MORIOKA))
    assert text == "10指標のどれも率が分からず、進み具合の平均は求められません。"
