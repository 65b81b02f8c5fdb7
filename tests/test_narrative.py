"""The sentences beside the figures: on the real slices, on tables with nothing in them."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from slices import GOSE, MORIOKA, TSUKUBA, compute, report

import analysis
from analysis.measures.evaluability import PARTS
from analysis.wording.ja.costs import COST_LIMITS, ONE_MORE
from analysis.wording.ja.formats import (
    format_number,
    format_percent,
    format_value,
    format_yen,
    short_fiscal_year,
)
from analysis.wording.labels import READINGS, REASONS, STATUSES

SLICES = [
    (TSUKUBA, 2018),
    (TSUKUBA, 2018, "support_robot_trial"),
    (TSUKUBA, 2018, "job_fair"),
    (MORIOKA, 2021),
    (MORIOKA, 2021, "growth_field_hub"),
    (MORIOKA, 2022, "six_city_festivals"),
]
JOB_FAIR = "合同就職面接会におけるマッチング相談件数"
NOT_FOR_READERS = ("nan", "NaN", "None", "<NA>", "NaT", "inf")


def all_sentences(r):
    return {
        "progress": analysis.describe_progress(r.kpis),
        "plan": analysis.describe_targets(r.kpis),
        "readings": analysis.describe_readings(r.kpis),
        "dependence": analysis.describe_dependence(r.kpis),
        "costs": analysis.describe_costs(r.kpis),
        "squares": analysis.describe_unit_costs(r.kpis),
        "parts": analysis.describe_parts(r.parts),
        "grades": analysis.describe_grades(r.audit),
        "rubric": analysis.describe_rubric(r.rubric),
        "words": analysis.describe_progress_words(r.audit),
        "overlap": analysis.describe_overlap(r.audit),
        "observations": analysis.describe_observations(r.data.observations),
        "cost_progress": analysis.describe_cost_progress(r.comparison),
        "three_readings": analysis.describe_three_readings(r.comparison),
        "inferred": "".join(analysis.describe_inferred(r.data.tables)),
    }


def empty(r):
    """The same tables without a row."""
    data = SimpleNamespace(
        observations=r.data.observations.iloc[:0],
        tables={name: table.iloc[:0] for name, table in r.data.tables.items()},
    )
    return SimpleNamespace(
        data=data,
        kpis=r.kpis.iloc[:0],
        audit=r.audit.iloc[:0],
        rubric=None,
        parts=r.parts.iloc[:0],
        comparison=r.comparison.iloc[:0],
    )


@pytest.mark.parametrize("which", SLICES)
def test_no_sentence_shows_how_a_computer_writes_a_missing_value(which):
    for name, text in all_sentences(report(*which)).items():
        for word in NOT_FOR_READERS:
            assert word not in text, name


@pytest.mark.parametrize("which", SLICES)
def test_no_sentence_accuses_or_claims_an_effect(which):
    for name, text in all_sentences(report(*which)).items():
        for word in ("誤り", "不正", "効果があ", "間違"):
            assert word not in text, name


def test_tables_without_a_row_say_why_there_is_nothing():
    said = all_sentences(empty(report(TSUKUBA, 2018)))
    for name, text in said.items():
        for word in NOT_FOR_READERS:
            assert word not in text, name
    assert "指標（KPI）が載っていない" in said["progress"]
    assert "指標がない" in said["plan"]
    assert "示せません" in said["dependence"]
    assert "求められません" in said["costs"]
    assert "図はありません" in said["grades"]
    assert "図はありません" in said["words"]
    assert "図はありません" in said["cost_progress"]
    assert "手元にありません" in said["rubric"]
    assert "この資料にはありません" in said["observations"]
    assert said["three_readings"] == "指標のある事業がありません。"
    assert said["readings"] == said["squares"] == said["overlap"] == said["inferred"] == ""


def test_no_parts_are_not_said_to_be_complete():
    assert "すべて記載" not in all_sentences(empty(report(TSUKUBA, 2018)))["parts"]


def without(table, column):
    """The table with one optional column left empty, as a publication may leave it."""
    return table.assign(**{column: table[column].mask(table[column].notna())})


@pytest.mark.parametrize(
    "column",
    ["unit", "baseline", "target", "final_target", "final_year"],
)
def test_a_column_of_kpis_left_empty_leaves_no_hole_in_a_sentence(column):
    data = report(TSUKUBA, 2018).data
    said = all_sentences(compute(replace(data, kpis=without(data.kpis, column))))
    for name, text in said.items():
        for word in NOT_FOR_READERS:
            assert word not in text, name


@pytest.mark.parametrize("column", ["progress", "effectiveness", "efficiency", "grade", "scheme"])
def test_a_column_of_ratings_left_empty_leaves_no_hole_in_a_sentence(column):
    r = report(TSUKUBA, 2018)
    audit = analysis.audit_published(r.kpis, without(r.data.ratings, column), r.data.rubrics)
    for text in (
        analysis.describe_grades(audit),
        analysis.describe_progress_words(audit),
        analysis.describe_overlap(audit),
    ):
        for word in NOT_FOR_READERS:
            assert word not in text


# An alternative text holds what its figure shows


def rows(table):
    return table.to_dict("records")


@pytest.mark.parametrize("which", SLICES)
def test_the_text_of_progress_holds_every_kpi_with_its_figures(which):
    kpis = report(*which).kpis
    text = analysis.describe_progress(kpis)
    for k in rows(kpis[kpis["progress_rate"].notna()]):
        after = text[text.index(f"{k['kpi']}：") :].split("。")[0]
        assert format_number(k["baseline"]) in after
        assert f"目標{format_value(k['target'], k['unit'])}" in after
        assert f"実績{format_value(k['actual'], k['unit'])}" in after
        assert format_percent(k["progress_rate"]) in after


def test_the_text_of_progress_gives_each_state_in_words():
    text = analysis.describe_progress(report(TSUKUBA, 2018).kpis)
    assert "148件、進捗率▲73.3％、未達（従前値より悪い）。" in text
    assert "4,600人、進捗率93.1％、推計で未達。" in text
    assert "93％、進捗率233.3％、到達。" in text
    for mark in "●◆○◇？":
        assert mark not in text


def test_without_a_rate_the_text_counts_the_reasons():
    text = analysis.describe_progress(report(MORIOKA, 2021).kpis)
    assert "図はありません" in text
    assert "目標の記載がない：6指標" in text
    assert "実績がない：4指標" in text


@pytest.mark.parametrize("which", SLICES)
def test_the_text_of_the_plan_holds_every_kpi_that_has_a_target(which):
    kpis = report(*which).kpis
    text = analysis.describe_targets(kpis)
    for k in rows(kpis[kpis["target"].notna()]):
        after = text[text.index(f"{k['kpi']}：") :].split("。")[0]
        for name in ("target", "final_target", "actual"):
            assert format_value(k[name], k["unit"]) in after
        assert STATUSES[k["actual_status"]] in after


def test_kpis_without_any_target_have_no_plan_to_show():
    text = analysis.describe_targets(report(MORIOKA, 2021, "growth_field_hub").kpis)
    assert "3指標のどれにも目標の記載がない" in text


@pytest.mark.parametrize("which", SLICES)
def test_the_text_of_the_readings_holds_every_rate_or_why_there_is_none(which):
    kpis = report(*which).kpis
    text = analysis.describe_readings(kpis)
    for k in rows(kpis[kpis[list(READINGS)].notna().any(axis=1)]):
        after = text[text.index(f"{k['kpi']}（") :].split("。")[0]
        for name, label in READINGS.items():
            if pd.notna(k[name]):
                assert f"{label}{format_percent(k[name])}" in after
            else:
                assert f"{label}なし（{REASONS[k[f'{name}_note']]}）" in after


def test_the_text_of_the_squares_holds_counts_and_prices():
    text = analysis.describe_unit_costs(report(TSUKUBA, 2018).kpis)
    assert f"{JOB_FAIR}：148件、1件あたり25,541円。" in text  # 3,780,000 / 148
    # 8,640,000 / 4 / 14 to 8,640,000 / 14
    assert "14回、1回あたり154,286～617,143円。" in text
    assert "つくば市に住みたい" not in text


@pytest.mark.parametrize("which", SLICES)
def test_the_text_of_the_observations_holds_every_published_figure(which):
    table = report(*which).data.observations
    text = analysis.describe_observations(table)
    for o in rows(table[table["value"].notna()]):
        year = short_fiscal_year(o["fiscal_year"])
        assert f"{o['what']}（{year}）：{format_value(o['value'], o['unit'])}" in text


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


@pytest.mark.parametrize("which", SLICES)
def test_the_text_of_the_grades_holds_every_judgement_with_its_place(which):
    audit = report(*which).audit
    text = analysis.describe_grades(audit)
    for a in rows(audit.dropna(subset=["effectiveness", "efficiency"])):
        levels = f"有効性{a['effectiveness']}・効率性{a['efficiency']}は{a['grade']}"
        places = text[text.index(levels) :].split("（")[1].split("）")[0].split("・")
        assert a["place"] in places


def test_a_judgement_with_levels_but_no_grade_is_not_left_out():
    audit = without(report(TSUKUBA, 2018, "job_fair").audit, "grade")
    assert "④-4" in analysis.describe_grades(audit)


def test_the_text_of_the_words_holds_the_range_of_each_word_by_each_rate():
    text = analysis.describe_progress_words(report(TSUKUBA, 2018).audit)
    assert "達成率では「順調」3件は104.5％～200.0％。" in text  # 93 / 89 to 16 / 8
    assert "達成率では「概ね順調」4件は74.0％～111.0％。" in text  # 148 / 200 to 1,110 / 1,000
    assert "進捗率では「順調」3件は175.0％～233.3％。" in text  # 14 / 8 to 7 / 3
    assert "進捗率では「概ね順調」4件は▲73.3％～111.0％。" in text  # -22 / 30 to 111 %


# Whether the published words follow a rate


def test_the_words_of_tsukuba_follow_progress_rate_but_not_achievement_rate():
    said = analysis.describe_overlap(report(TSUKUBA, 2018).audit).split("。")
    assert said[0] == "「順調」と「概ね順調」は、達成率の高い順には付いていません"
    assert "進捗率では高い順に並びます" in said[1]
    assert "基準であるとは限りません" in said[1]


def judged(*rows):
    columns = ["progress", "achievement_rate", "progress_rate"]
    return pd.DataFrame(rows, columns=columns).assign(place="④-1")


def test_words_that_follow_neither_rate_are_said_to_follow_neither():
    text = analysis.describe_overlap(
        judged(("順調", 1.0, 1.0), ("概ね順調", 1.2, 1.2), ("概ね順調", 0.5, 0.5))
    )
    assert "達成率・進捗率の高い順には付いていません" in text
    assert "並びます" not in text


def test_words_are_in_order_only_where_the_better_word_has_the_higher_rates():
    audit = judged(("順調", 1.2, 0.5), ("概ね順調", 0.5, 1.2)).assign(progress_rank=[0, 1])
    said = analysis.describe_overlap(audit).split("。")
    assert said[0] == "「順調」と「概ね順調」は、進捗率の高い順には付いていません"
    assert said[1].startswith("達成率では高い順に並びます")


def test_words_of_unknown_rank_are_not_said_to_be_in_order():
    text = analysis.describe_overlap(judged(("順調", 0.5, 0.5), ("概ね順調", 1.2, 1.2)))
    assert "順に並びます" not in text


def test_a_rate_that_no_judgement_has_is_not_said_to_order_the_words():
    nothing = float("nan")
    text = analysis.describe_overlap(judged(("順調", nothing, 1.0), ("概ね順調", nothing, 0.5)))
    assert "達成率" not in text


def test_one_word_alone_has_no_order():
    assert analysis.describe_overlap(judged(("順調", 1.0, 1.0), ("順調", 0.5, 0.5))) == ""


# Whether the conclusion hangs on the formula


def test_no_conclusion_of_tsukuba_depends_on_the_formula_but_the_degree_of_one_does():
    # ④-4: 74 % is short of its target, ▲73.3 % moved away from it; final targets of 2020 are not
    # due in 2018, so 22.2 % of one contradicts nothing
    text = analysis.describe_dependence(report(TSUKUBA, 2018).kpis)
    assert text == (
        "どの式を使っても「届いたか」の結論は7指標とも変わりません。"
        "ただし1指標は、届かなかった程度が式で違います"
        "（「合同就職面接会におけるマッチング相談件数」は達成率74.0％、進捗率▲73.3％）。"
    )


def test_a_kpi_that_met_its_year_and_lags_behind_its_course_is_named():
    # ④-7: 1,110 of 1,000, but 66.6 % of a third of 5,000 if the baseline is of the year before
    data = report(TSUKUBA, 2018, "local_hub_cocreation").data
    assumed = analysis.assume_baseline_year(data.kpis, data.programs)
    text = analysis.describe_assumed(analysis.add_verdicts(analysis.add_achievement(assumed)))
    assert text.startswith("従前値を事業開始の前年度の値と仮定すると、1指標は、")
    assert "式によって変わります（「新たな地域ビジネスによる事業収入」）" in text
    assert "3指標は、どの式を使っても「届いたか」の結論が変わりません。" in text


def test_targets_not_yet_due_depend_on_no_formula():
    text = analysis.describe_dependence(report(GOSE, 2013).kpis)
    assert "式によって変わ" not in text


def test_a_single_kpi_is_said_without_counts():
    text = analysis.describe_dependence(report(TSUKUBA, 2018, "job_fair").kpis)
    assert text == (
        "どの式でも届いていませんが、どれほど届いていないかは式で違います"
        "（進捗率▲73.3％から達成率74.0％まで）。"
    )


def test_one_reading_is_called_the_only_one_and_never_the_same_by_every_formula():
    kpi = {"direction": ["up"], "target": [100.0], "actual": [42.0], "fiscal_year": [2024]}
    judged = analysis.add_verdicts(analysis.add_achievement(pd.DataFrame(kpi)))
    text = analysis.describe_dependence(judged)
    assert text == (
        "いま結論を出せる読み方は達成率（42.0％）だけで、ほかの式と比べることはできません。"
    )


def test_without_any_rate_nothing_is_said_about_formulas():
    text = analysis.describe_dependence(report(MORIOKA, 2021).kpis)
    assert text.startswith("率を求められる指標がない")


# What was reached, three ways; what is missing; what it cost


def test_three_readings_count_programs_by_any_all_and_kpis():
    text = analysis.describe_three_readings(report(TSUKUBA, 2018).comparison)
    assert "指標のある4事業のうち" in text
    assert "1つでも目標に到達した事業は2で、その2事業はすべての指標で到達しました。" in text
    assert "7指標のうち5指標（71.4％）" in text
    assert "判定できない" not in text


def test_three_readings_keep_unknown_kpis_in_the_whole():
    counts = pd.DataFrame(
        {"kpis": [3, 2, 0], "reached": [1, 2, 0], "missed": [0, 0, 0], "unknown": [2, 0, 0]}
    )
    text = analysis.describe_three_readings(counts)
    assert "指標のある2事業" in text
    assert "1つでも目標に到達した事業は2" in text
    assert "すべての指標で到達した事業は1です。" in text
    assert "5指標のうち3指標（60.0％）" in text
    assert "判定できない2指標も分母に含みます" in text


def test_missing_parts_are_counted_and_other_documents_left_open():
    text = analysis.describe_parts(report(TSUKUBA, 2018).parts)
    assert text.startswith("7指標と指標のない3事業について、")
    assert "決算（10件とも）、指標・従前値・目標・実績・単価（3件）です。" in text
    assert text.endswith("指標の性質から出さないのは、単価（3件）です。")
    assert "予算" not in text
    assert "ほかの資料に記載があるかもしれません" in text


def test_pending_actuals_and_amounts_of_unknown_nature_are_named():
    text = analysis.describe_parts(report(MORIOKA, 2021).parts)
    assert "集計中なのは、実績（4件）です。" in text
    assert "目標（6件）" in text
    assert "性質が書かれていません" in text


def complete_parts(**words):
    return pd.DataFrame([{"name": "相談件数"} | dict.fromkeys(PARTS, "final") | words])


def test_where_nothing_is_missing_no_other_document_is_hoped_for():
    text = analysis.describe_parts(complete_parts())
    assert "すべて記載" in text
    assert "ほかの資料に記載があるかもしれません" not in text


@pytest.mark.parametrize("status", ["pending", "unpublished", "not_in_source", "not_set"])
def test_an_absent_actual_is_never_called_complete(status):
    assert "すべて記載" not in analysis.describe_parts(complete_parts(actual=status))


def test_costs_say_what_the_range_is_and_what_they_rest_on():
    text = analysis.describe_costs(report(TSUKUBA, 2018).kpis)
    assert f"「{JOB_FAIR}」は1件あたり25,541円です。" in text
    assert "1件あたり1,080,000～4,320,000円" in text  # 8,640,000 / 4 / 2 to 8,640,000 / 2
    assert "等分した場合から、全額をその指標に充てた場合まで" in text
    assert "予算額で計算しています" in text
    for reason in ("件数で数える指標ではない", "事業の外の動きも数える指標", "金額の指標"):
        assert f"{reason}：1指標" in text


def test_one_kpi_that_bears_the_whole_cost_needs_no_word_about_ranges():
    text = analysis.describe_costs(report(TSUKUBA, 2018, "job_fair").kpis)
    assert "幅は" not in text
    assert "求めない指標" not in text


def test_where_no_price_is_given_no_budget_is_said_to_be_used():
    for which in ((TSUKUBA, 2018, "migration_promotion"), (MORIOKA, 2021, "growth_field_hub")):
        text = analysis.describe_costs(report(*which).kpis)
        assert "予算額で計算" not in text
        assert "あたり0" not in text


def test_costs_are_never_called_effects():
    assert "もう1つ増やすのに必要な費用ではありません" in ONE_MORE
    assert "効果そのものではありません" in COST_LIMITS


# What was inferred, and the rubric


def test_inferred_columns_are_listed_by_table_in_the_words_of_the_report():
    items = analysis.describe_inferred(report(TSUKUBA, 2018, "job_fair").data.tables)
    assert items == [
        "資料：公表者",
        "事業：交付金事業、開始年度、終了年度、実施の範囲",
        "指標：指標の種類、最終目標の年度",
        "評価：有効性、効率性",
    ]


def test_an_inferred_column_is_listed_once_however_many_rows_have_it():
    table = pd.DataFrame({"inferred": ["unit kpi_kind", None, "kpi_kind", "final_year kpi_kind"]})
    [item] = analysis.describe_inferred({"kpis": table})
    assert item.count("指標の種類") == 1


@pytest.mark.parametrize("which", SLICES)
def test_no_inferred_column_is_listed_by_its_name_in_the_code(which):
    for item in analysis.describe_inferred(report(*which).data.tables):
        assert "_" not in item
        assert item.isascii() is False


def test_the_rubric_says_how_many_cells_no_sheet_shows():
    text = analysis.describe_rubric(report(TSUKUBA, 2018).rubric)
    assert "9通りの組み合わせのうち5通りは、総合評価が分かりません" in text
    assert "推定した" in text
    assert "\n" not in text


# One KPI


def test_words_of_two_judges_for_one_kpi_have_no_order():
    key = {"government_code": TSUKUBA, "program_id": "p", "kpi_id": "k", "fiscal_year": 2018}
    words = judged(("順調", 0.7, 0.5), ("概ね順調", 0.7, 0.5))
    words = words.assign(**key, rated_by=["一次", "二次"], progress_rank=[0, 1])
    text = analysis.describe_overlap(words)
    assert text.startswith("進捗の「順調（一次）」「概ね順調（二次）」は同じ1つの指標に")
    assert "高い順に並びます" not in text
    assert analysis.describe_overlap(words.assign(progress="順調")) == ""


def test_a_falling_kpi_that_missed_is_told_beside_the_one_ratio_that_seems_to_say_otherwise():
    row = {"direction": ["down"], "target": [200.0], "actual": [210.0], "fiscal_year": [2018]}
    kpis = analysis.add_verdicts(analysis.add_achievement(pd.DataFrame(row).assign(kpi="待機")))
    text = analysis.describe_dependence(kpis)
    assert text.endswith("変わります（達成率105.0％、実績と目標を比べると未達）。")
