"""Trends in a figure and in words: what stands where, what is said, and what is not claimed."""

from itertools import combinations

import drawn
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from slices import DATA
from slices import yearly_kpi as kpi

import analysis
from analysis.figures.canvas import BLUE, INK, RED

BOTH_WIDTHS = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])


@pytest.fixture(scope="module")
def real():
    data = analysis.load(DATA)
    names = data.programs.drop_duplicates("government_code")[["government_code", "government"]]
    kpis = analysis.add_achievement(data.kpis).merge(names, on="government_code")
    return data, kpis, analysis.fit_trends(kpis)


def draw(kpis, narrow=False):
    return analysis.plot_trends(kpis, analysis.fit_trends(kpis), narrow=narrow)


def texts(figure):
    return [text.get_text() for text in drawn.texts(figure)]


def marks(figure):
    return sorted(drawn.marks(figure), key=lambda mark: mark.get_xydata()[0][0])


def lines(figure, color):
    return [line for line in drawn.lines(figure) if to_hex(line.get_color()) == color]


def overlapping(figure):
    boxes = drawn.extents(figure)
    page = figure.bbox
    outside = [t for t, b in boxes if b.x0 < page.x0 - 1 or b.x1 > page.x1 + 1 or b.y0 < 0]
    pairs = [(a, b) for (a, x), (b, y) in combinations(boxes, 2) if x.overlaps(y)]
    return outside + pairs


# --- the figure ---


@BOTH_WIDTHS
def test_each_kpi_with_two_years_has_a_panel_with_its_printed_values(real, narrow):
    _, kpis, trends = real
    own = kpis["government_code"].isin(["292087", "080004"])
    trends = trends[trends["government_code"].isin(["292087", "080004"])]
    figure = analysis.plot_trends(kpis[own], trends, narrow=narrow)
    assert len(marks(figure)) == 3 + 3 + 3 + 2 + 3
    for value in ("62", "66.6", "69.5", "581", "593", "586", "22,582", "5,163", "7,077"):
        assert value in texts(figure)
    assert "茨城県　雇用創出数（累計、人）" in texts(figure)
    assert "最終目標 93％（R2、増やす）" in texts(figure)
    assert figure.get_figwidth() == (3.6 if narrow else 7.6)
    assert overlapping(figure) == []


def test_preliminary_and_estimated_years_are_hollow_and_printed_ones_filled():
    table = kpi([62, 66.6, 69.5])
    table["actual_status"] = ["final", "estimated", "preliminary"]
    faces = [to_hex(mark.get_markerfacecolor()) for mark in marks(draw(table))]
    assert faces == [BLUE, "#ffffff", "#ffffff"]


def test_a_line_joins_only_years_that_follow_each_other():
    missing = draw(kpi([1, 2, np.nan, 4]))
    whole = draw(kpi([1, 2, 3, 4]))
    grey = "#c9cfd8"
    assert len(lines(missing, grey)) == 1
    assert len(lines(whole, grey)) == 3


def test_two_years_have_no_line_of_trend_and_three_have_one():
    assert lines(draw(kpi([1, 2])), BLUE) == []
    (line,) = lines(draw(kpi([62, 66.6, 69.5])), BLUE)
    first, middle, last = (mark.get_xydata()[0] for mark in marks(draw(kpi([62, 66.6, 69.5]))))
    ends = line.get_xydata()
    assert ends[:, 0].tolist() == [first[0], last[0]]
    assert ends[:, 1].mean() == pytest.approx(middle[1])  # through the median, 66.6 in 2012
    rise = (last[1] - first[1]) / (69.5 - 62)  # page inches a point of percent
    assert ends[1, 1] - ends[0, 1] == pytest.approx(2 * 3.75 * rise)


def test_targets_of_years_are_short_bars_and_the_final_target_is_a_dotted_line():
    table = kpi([62, 66.6, 69.5], target=[60.0, 93.0, np.nan])
    short, dotted = sorted(lines(draw(table), INK), key=lambda line: np.ptp(line.get_xdata()))
    assert np.ptp(short.get_xdata()) < 0.3
    assert dotted.is_dashed()
    higher = dotted.get_ydata()[0] < short.get_ydata()[0]  # 93 above 60; y grows downwards
    assert higher


def test_a_forecast_is_drawn_with_its_interval_only_from_five_years():
    five = draw(kpi([60, 63, 64, 69, 70]))
    assert len(lines(five, RED)) == 2
    assert any("届く確率" in text for text in texts(five))
    assert "赤い縦線＝見通しの95％区間" in "".join(texts(five))
    four = draw(kpi([60, 63, 64, 69]))
    assert lines(four, RED) == []
    assert "見通し" not in "".join(texts(four))


@BOTH_WIDTHS
def test_eleven_years_of_large_figures_keep_their_labels_apart(narrow):
    values = [10_000_000 + 300_000 * n + 200_000 * (-1) ** n for n in range(11)]
    figure = draw(kpi(values, kpi="市内の中小企業と大学と研究機関とが取り組む" * 3), narrow)
    assert overlapping(figure) == []
    assert "13,200,000" in texts(figure)  # the last year always has its figure
    assert len(marks(figure)) == 11


def test_a_value_that_never_changes_is_drawn():
    assert len(marks(draw(kpi([5, 5], final_target=np.nan)))) == 2


def test_without_two_years_there_is_no_figure_and_the_sentence_says_so():
    table = kpi([5])
    assert draw(table) is None
    said = analysis.describe_trends(table, analysis.fit_trends(table))
    assert said == "実績が2年度以上ある指標がないため、年度による動きは示せません。"


# --- in words ---


def test_the_alternative_text_holds_every_value_with_its_status(real):
    _, kpis, trends = real
    said = analysis.describe_trends(kpis, trends)
    assert (
        "御所市「自主防災組織率」：H23 62％、H24 66.6％、H25 69.5％。"
        "1年あたり ＋3.75ポイント（範囲 ＋2.9～＋4.6）、増加（目標の向き）。"
    ) in said
    assert "1年あたり ＋2.5g/人（範囲 ▲7～＋12）、増減が定まらない。" in said
    assert "減少（目標と逆の向き）" in said  # station users
    assert "H29 7,077人（速報値）" in said
    assert "H28 2,415人。3年度に満たないため、傾きは求めません。" in said
    assert "最終目標に届く確率は示しません。" in said


def test_a_falling_kpi_that_should_fall_moves_towards_its_target():
    table = kpi([5, 4, 2], direction="down")
    said = analysis.describe_trends(table, analysis.fit_trends(table))
    assert "減少（目標の向き）" in said


def test_missing_years_are_said_not_to_be_filled():
    table = kpi([1, np.nan, 3])
    said = analysis.describe_trends(table, analysis.fit_trends(table))
    assert "途中の1年度は値がなく、補っていません。" in said


def test_the_movements_are_counted_and_a_total_is_no_movement(real):
    # 3 years: groups rise, waste cannot tell, station users fall, Ibaraki's total is a total;
    # 7 of Tsukuba and 6 of Morioka have one year, 8 of Morioka none
    said = analysis.describe_movements(real[2])
    assert said.startswith("3年度以上の実績がある指標は13あります。")
    for part in (
        "目標へ向かっているもの3、",
        "どちらともいえないもの5、",
        "目標から遠ざかるもの1、",
        "累計3（",
    ):
        assert part in said
    assert "実績が1年度だけの14指標" in said
    assert "9指標には実績がありません。" in said
    none = analysis.describe_movements(analysis.fit_trends(kpi([1])))
    assert none.startswith("3年度以上の実績がある指標はありません。")


def test_the_table_of_trends_gives_each_kpi_a_figure_or_the_reason(real):
    _, _, trends = real
    shown = analysis.tabulate_trends(trends).set_index("指標")
    assert len(shown) == len(trends)
    jobs = shown.loc["雇用創出数（累計）"]
    assert jobs.tolist() == [
        "H27～H29（3年度分、うち速報1）",
        "2,748→7,077人",
        "＋2,164.5（＋1,914～＋2,415）",
        "13,000人",
        "—",
        "—",
        "確率：実績のある年度が少ない",
    ]
    assert shown.loc["事業を通して、移住した移住者数", "理由・注意"] == "傾き：実績がない"


@pytest.mark.parametrize(("target", "said"), [(0.0, "99％超"), (1000.0, "1％未満"), (73.0, "50％")])
def test_a_chance_is_never_said_to_be_nothing_or_certain(target, said):
    # mean 65.2 in 2013, slope 26 / 10: the line gives 65.2 + 3 * 2.6 = 73 in 2016
    table = kpi([60, 63, 64, 69, 70], final_target=target, final_year=2016)
    shown = analysis.tabulate_trends(analysis.fit_trends(table))
    assert shown["届く確率"].tolist() == [said]


# --- what was changed afterwards ---

REVISIONS = pd.DataFrame(
    {
        "table": ["kpis", "kpis", "ratings", "budgets"],
        "program": "面接会",
        "kpi": ["相談件数", "相談件数", "相談件数", None],
        "government_code": "082201",
        "program_id": "job_fair",
        "kpi_id": ["talks", "talks", "talks", None],
        "fiscal_year": 2018,
        "item": [None, None, None, "total"],
        "column": ["actual", "actual_status", "published_rate", "amount_yen"],
        "earlier": [148.0, "pending", 0.74, np.nan],
        "later": [201.0, "final", 1.005, 3_780_000],
        "change": ["changed", "changed", "changed", "filled"],
        "reached_before": ["no", "no", None, None],
        "reached_after": ["yes", "yes", None, None],
        "grade_before": ["B", "B", "B", None],
        "grade_after": ["B", "B", "B", None],
    }
)


def test_revisions_are_shown_with_both_figures_and_what_follows():
    assert analysis.tabulate_revisions(REVISIONS).to_numpy().tolist() == [
        ["相談件数", "H30", "実績", "148", "201", "変更", "未達 → 到達", "B"],
        ["相談件数", "H30", "実績の扱い", "集計中", "公表値", "変更", "未達 → 到達", "B"],
        ["相談件数", "H30", "公表の率", "74.0％", "100.5％", "変更", "—", "B"],
        ["面接会", "H30", "金額（円）", "—", "3,780,000", "後から記載", "—", "—"],
    ]


def test_revisions_are_counted_by_kpi_and_none_is_not_called_certainty():
    said = analysis.describe_revisions(REVISIONS)
    assert said == (
        "後の版で違っている数値は4件です（変更3件、後から記載1件）。1指標で到達の判定が変わります。"
    )
    assert "後から直されていないという意味ではありません" in analysis.describe_revisions(
        REVISIONS.iloc[:0]
    )
    assert analysis.tabulate_revisions(REVISIONS.iloc[:0]).empty


def test_the_raised_target_of_ibaraki_is_shown_as_harder_and_no_reason_is_given(real):
    changed = analysis.list_changed_targets(real[1])
    assert analysis.tabulate_changed_targets(changed).to_numpy().tolist() == [
        [
            "雇用創出数（累計）",
            "H28：10,000人（R元まで）",
            "H29：13,000人（R元まで）",
            "＋3,000",
            "届きにくい向き",
            "先送りではない",
        ],
        [
            "県事業での養成者数（累計）",
            "R8の目標（変更前）：2,800名",
            "R8の目標：2,900名",
            "＋100",
            "届きにくい向き",
            "先送りではない",
        ],
    ]
    assert analysis.describe_changed_targets(changed) == (
        "最終目標の変更は1件で、10,000人から13,000人への引き上げです。"
        "「県事業での養成者数（累計）」の令和8年度の目標は2,800名から2,900名に引き上げられました"
        "（同じ資料の記載）。変えた理由は、この表からは分かりません。"
    )


def test_of_several_changed_targets_only_the_ways_that_occur_are_counted():
    easier = kpi([1, 2], final_target=[100, 80])
    later = kpi([1, 2], kpi_id="later", final_year=pd.array([2017, 2019], dtype="Int64"))
    changed = analysis.list_changed_targets(pd.concat([easier, later]))
    said = analysis.describe_changed_targets(changed)
    assert said.startswith(
        "最終目標の変更は2件です（届きやすい向きに変わったもの1件、期限が先送りされたもの1件）。"
    )
    alone = analysis.describe_changed_targets(changed[1:])
    assert alone.startswith("最終目標の変更は1件で、平成29年度から令和元年度への期限の先送りです。")
    assert analysis.describe_changed_targets(changed[:0]).endswith("見つかりません。")


def test_a_target_put_off_is_shown_with_its_value_unchanged():
    table = kpi([1, 2], final_year=pd.array([2017, 2019], dtype="Int64"))
    shown = analysis.tabulate_changed_targets(analysis.list_changed_targets(table))
    assert shown[["変化", "向き", "期限"]].to_numpy().tolist() == [["0", "値は同じ", "先送り"]]


# --- governments and years side by side ---


def test_governments_and_years_are_counted_as_published(real):
    data, kpis, _ = real
    years = analysis.compare_years(kpis, data.programs, data.ratings, data.program_years)
    shown = analysis.tabulate_years(years).set_index(["団体", "年度"])
    columns = "指標 従前値 目標 実績 到達 未達 不明 期限前の目標 公表の率 総合評価"
    assert list(shown) == columns.split()
    assert {
        " ".join(key): " ".join(row) for key, row in zip(shown.index, shown.to_numpy(), strict=True)
    } == {
        "つくば市 H30": "7 7 7 7 5 2 0 0 0 10",
        "盛岡市 R3": "10 0 4 6 0 0 10 0 0 0",
        "盛岡市 R4": "4 0 4 0 0 0 4 0 0 0",
        "御所市 H25": "3 3 3 3 0 0 3 3 3 0",
        "茨城県 H28": "2 0 2 2 2 0 0 0 2 0",
        "茨城県 H29": "2 0 2 1 1 0 1 0 1 0",
        "福岡県 R6": "9 0 9 9 7 1 1 1 0 0",
        "名寄市 R元": "1 0 1 1 1 0 0 0 1 0",
        "つくば市 R3": "0 0 0 0 0 0 0 0 0 0",  # a judgement of a strategy without any KPI
    }
    assert years[["estimated", "preliminary"]].sum().tolist() == [1, 6 + 1]


def test_the_comparison_says_what_is_missing_and_that_it_is_no_ranking(real):
    data, kpis, trends = real
    years = analysis.compare_years(kpis, data.programs, data.ratings, data.program_years)
    said = analysis.describe_comparison(years)
    assert said.startswith("6団体の延べ9年度について、評価の対象の年度にある38指標を並べます。")
    assert (
        "手元の資料に従前値の記載がないのは盛岡市・茨城県・福岡県・名寄市、達成率など率の" in said
    )
    assert said.count("手元の資料に") == 1
    assert "御所市の3指標、福岡県の1指標は、期限がまだ来ていない最終目標しかないため" in said
    assert said.endswith("到達した割合は団体の順位になりません。")
    tiles = analysis.summarize_comparison(years, trends)
    assert tiles["value"].tolist() == ["9", "16 / 38", "14 / 37", "7 / 10"]
    assert all("年度" in note for note in tiles["note"])  # each says what it counts
    assert analysis.describe_scope(years, data.shown_programs, data.sources) == (
        "7団体の11資料、平成25年度～令和6年度。うち貝塚市は指標の記載がないため、"
        "指標の比較は6団体。出典の表には、事業の載らない2資料も挙げる。"
    )
    few = data.sources["source_id"].isin(data.shown_programs["source_id"])
    named = data.shown_programs[data.shown_programs["government"] != "貝塚市"]
    said = analysis.describe_scope(years, named, data.sources[few])
    assert (
        said == "6団体の10資料、平成25年度～令和6年度。出典の表には、事業の載らない1資料も挙げる。"
    )


def test_kpis_of_one_name_and_unit_in_two_governments_are_named_as_comparable(real):
    said = analysis.describe_comparability(real[1])
    assert said.startswith("同じ名と単位の指標を2つ以上の団体が公表している例はありません。")
    two = pd.concat([kpi([1]), kpi([2], government_code="080004"), kpi([2], unit="世帯")])
    said = analysis.describe_comparability(two)
    assert said.startswith(
        "2つ以上の団体が同じ名と単位で公表している指標は「自主防災組織率」です。"
    )
    assert "単位は2種類" in said
    assert "前後の年度も含む延べ3指標" in said


def test_units_that_differ_only_in_width_are_one():
    wide = kpi([1], unit="％")
    narrow = kpi([2], unit="%", government_code="080004")
    said = analysis.describe_comparability(pd.concat([wide, narrow]))
    assert "単位は1種類" in said
    assert said.startswith("2つ以上の団体が同じ名と単位で")


def test_totals_are_shown_beside_the_years_they_are_made_of_and_taken_apart():
    data = analysis.load(DATA, government="080004")
    totals = analysis.add_cumulative(analysis.add_achievement(data.kpis), data.programs)
    table = analysis.tabulate_totals(totals)
    assert table.iloc[1].tolist() == [
        "雇用創出数",
        "H28",
        "2,415人",
        "5,163人",
        "4,000人",
        "129.1％",
    ]
    assert table.iloc[-1].tolist()[1:] == ["H29", "1,914人", "7,077人", "6,000人", "118.0％"]


def test_a_kpi_of_one_year_without_a_start_has_no_totals():
    data = analysis.load(DATA, government="292087")
    totals = analysis.add_cumulative(analysis.add_achievement(data.kpis), data.programs)
    assert analysis.tabulate_totals(totals).empty
