"""What is said of groups of programs."""

import pandas as pd

from analysis import describe_groups, summarize_groups, tabulate_groups

GROUPS = pd.DataFrame(
    {
        "group": ["北省", "南省"],
        "programs": [1_200, 3],
        "with_kpi": [1_000, 3],
        "kpis": [2_000, 5],
        "reached": [900, 1],
        "missed": [600, 1],
        "unknown": [500, 3],
        "share_reached": [0.6, 0.5],
        "rated": [1_100, 0],
        "total_yen": pd.array([2_000, None], dtype="Int64"),
        "settled_yen": pd.array([1_500, None], dtype="Int64"),
        "execution_rate": [0.75, None],
        "rate_low": [0.5, None],
        "rate_median": [0.8, None],
        "rate_high": [1.0, None],
    }
)


def test_shares_have_their_denominators_and_unknown_kpis_take_no_part():
    said = describe_groups(GROUPS, "government")
    assert "2団体、1,203事業です。" in said
    assert "2,005指標のうち判定できるのは1,502指標で、目標に到達したのは901指標（60.0％）" in said
    assert "1,100事業を合わせた執行率は75.0％" in said


def test_a_share_of_few_kpis_is_no_end_of_a_range():
    assert "順位" not in describe_groups(GROUPS, "government")  # only one has ten or more
    more = pd.concat(
        [GROUPS, GROUPS[:1].assign(group="東省", reached=150, missed=150, share_reached=0.5)]
    )
    assert "2団体では50.0％～60.0％です。" in describe_groups(more, "government")


def test_the_table_prints_what_is_missing_as_a_dash():
    table = tabulate_groups(GROUPS, "government").set_index("団体")
    assert table.loc["北省", "到達／判定できる指標"] == "900 / 1,500"
    assert table.loc["北省", ["事業の執行率の中央値", "その四分位"]].tolist() == [
        "80.0％",
        "50.0％～100.0％",
    ]
    assert table.loc["北省", "決算額の計（約）"] == "1,500円"
    assert table.loc["南省", "執行率"] == "—"


def test_what_was_spent_is_left_out_where_nobody_knows_it():
    table = tabulate_groups(GROUPS.assign(rated=0), "government")
    assert table.columns.tolist()[-1] == "不明"
    assert "執行率" not in table


def test_the_tiles_say_of_how_many():
    tiles = summarize_groups(GROUPS)["value"].tolist()
    assert tiles == ["1,003 / 1,203", "1,502 / 2,005", "901 / 1,502", "75.0％"]


def test_nothing_is_said_of_no_groups():
    assert describe_groups(GROUPS[:0]) == ""
    assert tabulate_groups(GROUPS[:0]).empty
