"""Cost and progress side by side, in words: who leads, who cannot be placed."""

import pandas as pd
import pytest
from made import SLICES, rows
from slices import MORIOKA, TSUKUBA, report

import analysis
from analysis.wording.formats import (
    format_yen,
)

TSUKUBA_2018, MORIOKA_2021, FUKUOKA = ("082201", 2018), ("032018", 2021), ("400009", 2024)
SEMINAR, FAIR = "つくばライフスタイルセミナー", "合同就職面接会"
MIGRATION, HUB = "移住促進プロモーション事業", "地域拠点活力共創マネジメント事業"
GROUPS = "自主防災組織活性化事業"
ROBOT = "つくば市生活支援ロボット普及促進事業"


def plane(*which):
    """The real programs of a year on the plane."""
    return analysis.place_on_plane(report(*which).comparison)


def test_the_plane_prints_place_and_rivals():
    rows = analysis.tabulate_plane(plane(*TSUKUBA_2018)).set_index("事業")
    rival = "費用が同じか少なく、同じかそれ以上進んだ事業"
    assert rows.loc[SEMINAR].tolist() == [
        "540,000円",
        "100.0％",
        "費用は中央値以下、進みは中央値以上",
        "ない",
        "決算額がなく予算額による",
    ]
    assert rows.loc[FAIR, rival] == SEMINAR
    assert rows.loc[MIGRATION, rival] == f"{SEMINAR}、{HUB}"
    assert rows.loc[ROBOT].tolist() == ["8,571,000円", "—", "—", "分からない", "指標がない"]


def test_the_plane_says_who_is_on_the_frontier_and_who_has_a_rival():
    text = analysis.describe_plane(plane(*TSUKUBA_2018))
    assert "費用と進み具合がともに分かる4事業を比べました。" in text
    assert f"「{SEMINAR}」より少ない費用で同じかそれ以上進んだ事業はありません。" in text
    assert "ほかの3事業には、より少ない費用で同じかそれ以上進んだ事業があります。" in text
    assert f"比べられない事業があります（指標がない：「{ROBOT}」" in text
    assert "費用はすべて予算額です（決算額の記載がありません）。" in text
    assert "人件費" not in text
    assert "よしあしの順ではありません" in text


def test_the_plane_of_fewer_than_two_programs_says_why():
    text = analysis.describe_plane(plane(*MORIOKA_2021))
    assert text.startswith("費用と進み具合がともに分かる事業が2つ以上ないため、比べられません。")
    assert "金額の性質が書かれていない：「成長分野拠点形成支援事業」" in text


def test_a_range_that_leaves_the_frontier_open_is_said_to_depend_on_unknown_kpis():
    plane = analysis.place_on_plane(
        pd.DataFrame(
            {
                **{"program": ["甲", "乙"], "cost_yen": [1, 2], "cost_basis": "settled"},
                **{"mean_capped_low": [0.2, 0.5], "mean_capped_high": [0.9, 0.5]},
            }
        ),
        by=[],
    )
    text = analysis.describe_plane(plane)
    rival = "より少ない費用で同じかそれ以上進んだ事業"
    assert f"「乙」に、{rival}があるかは、率の分からない指標の値によります。" in text
    assert "予算額による" not in text


def placed(*rows, **columns):
    """A plane of programs, each typed as (name, cost, progress)."""
    table = pd.DataFrame(rows, columns=["program", "cost_yen", "mean_capped_low"])
    table = table.assign(mean_capped_high=table["mean_capped_low"], cost_basis="settled", kpis=1)
    return analysis.place_on_plane(table.assign(**columns), by=[])


def test_the_plane_marks_costs_of_unlike_kinds():
    plane = placed(("甲", 1, 0.2), ("乙", 2, 0.5), ("丙", 3, 0.9), cost_natures=["full", "", ""])
    rows = analysis.tabulate_plane(plane.assign(cost_basis=["settled", "total", "settled"]))
    assert rows["費用"].tolist() == [
        "1円（決算額・人件費を含む）",
        "2円（総予算額）",
        "3円（決算額）",
    ]
    both = plane.assign(cost_natures=["full", "", ""], cost_basis="settled")
    assert "費用に人件費を含むかどうかが、ほかの事業と違う：「甲」" in analysis.describe_plane(both)
    four = placed(
        *(("甲", 1, 0.2), ("乙", 2, 0.5), ("丙", 3, 0.9), ("丁", 4, 0.1)),
        cost_natures=["full", "", "", "full"],
    )
    assert "人件費を含む事業と含まない事業は、別々に比べました。" in analysis.describe_plane(four)


def test_several_programs_without_a_rival_and_equal_costs_are_said_as_they_are():
    text = analysis.describe_plane(placed(("甲", 1, 0.2), ("乙", 2, 0.5), ("丙", 2, 0.4)))
    rival = "同じ費用でより進んだか、より少ない費用で同じかそれ以上進んだ事業"
    assert f"「甲」「乙」には、{rival}はありません。ほかの1事業には、{rival}があります。" in text


def test_the_plane_says_who_leads_with_personnel():
    text = analysis.describe_plane(plane(*FUKUOKA))
    rival = "より少ない費用で同じかそれ以上進んだ事業"
    assert f"「国民保護体制推進事業」{rival}はありません。" in text
    assert (
        f"人件費を除く額で比べています。人件費を含めると、{rival}がないのは"
        "「自主防災組織活性化事業」です。この人件費は、決算か予算かの記載がない金額です。"
    ) in text
    row = analysis.tabulate_plane(plane(*FUKUOKA)).set_index("事業").loc[GROUPS]
    assert row[["人件費を含む費用", "同（人件費を含む費用で）"]].tolist() == ["5,914,000円", "ない"]


def test_the_plane_says_where_personnel_changes_nothing_or_is_not_known():
    columns = {"cost_natures": "direct", "full_cost_yen": [2, 3]}
    text = analysis.describe_plane(placed(("甲", 1, 0.5), ("乙", 2, 0.5), **columns))
    assert "人件費を除く額で比べています。人件費を含めても、この結論は変わりません。" in text
    columns["full_cost_yen"] = pd.array([2, pd.NA], dtype="Int64")
    text = analysis.describe_plane(placed(("甲", 1, 0.5), ("乙", 2, 0.5), **columns))
    assert "人件費の記載がない事業があり、含めた額では比べられません。" in text
    rows = ("甲", 1, 0.5), ("乙", 2, 0.5)
    text = analysis.describe_plane(placed(*rows, cost_natures="direct"))
    assert "人件費を除く額で比べています。これは" in text
    mixed = placed(*rows, cost_natures="direct").assign(cost_basis=["settled", "total"])
    assert "予算額によるものを含みます。" in analysis.describe_plane(mixed)


@pytest.mark.parametrize("which", SLICES)
def test_the_text_of_cost_against_progress_holds_every_program_with_a_cost(which):
    table = report(*which).comparison
    text = analysis.describe_cost_progress(table)
    for p in rows(table[table["cost_yen"].notna()]):
        assert f"{p['program']}：{format_yen(p['cost_yen'])}" in text


def test_a_program_without_a_kpi_has_no_share_of_progress():
    text = analysis.describe_cost_progress(report(TSUKUBA, 2018).comparison)
    assert "子連れ出勤モデル事業：4,348,000円、指標なし。" in text
    assert "合同就職面接会：3,780,000円、0.0％。" in text
    assert "移住促進プロモーション事業：10,857,000円、93.1％。" in text


def test_unknown_progress_is_not_given_as_all_of_it():
    # none of the three actuals has a target, so the mean lies anywhere between 0 and 100 %
    text = analysis.describe_cost_progress(report(MORIOKA, 2021, "growth_field_hub").comparison)
    assert "29,005,000円、100.0％。" not in text
