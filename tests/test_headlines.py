"""The first screen of a report: its title, its headline figures, its first sentences.

Expected figures are those printed in the two publications (つくば市 資料２－１; 盛岡市,
地方創生関連交付金等を活用した事業) or worked from them by hand beside the assertion.
"""

import pandas as pd
import pytest
from slices import DATA, MORIOKA, TSUKUBA, report

import analysis
from analysis.wording.ja.headlines import _cost_tile

SLICES = [
    (TSUKUBA, 2018),
    (TSUKUBA, 2018, "support_robot_trial"),
    (TSUKUBA, 2018, "lifestyle_seminar"),
    (TSUKUBA, 2018, "job_fair"),
    (TSUKUBA, 2018, "migration_promotion"),
    (TSUKUBA, 2018, "local_hub_cocreation"),
    (MORIOKA, 2021),
    (MORIOKA, 2021, "growth_field_hub"),
    (MORIOKA, 2021, "related_population"),
    (MORIOKA, 2022, "six_city_festivals"),
]
NOT_EXPLAINED = "公表された数値だけでは説明できません"
JOB_FAIR_KPI = "「合同就職面接会におけるマッチング相談件数」"


def findings(r):
    return analysis.describe_findings(r.kpis, r.audit, r.data.observations, r.rubric)


def where(r):
    year = r.data.program_years["fiscal_year"].iloc[0]
    return analysis.describe_where(r.data.shown_programs, r.data.sources, year)


def title(r):
    return analysis.describe_title(r.data.programs, r.kpis)


def tiles_of_program(r):
    table = analysis.summarize_program(r.kpis, r.data.budgets, r.data.ratings, r.data.observations)
    return {t.label: (t.value, t.note) for t in table.itertuples()}


def tiles_of_government(r):
    table = analysis.summarize_government(r.comparison, r.kpis, r.data.budgets, r.audit)
    return {t.label: (t.value, t.note) for t in table.itertuples()}


def everything_said(r):
    tiles = [*tiles_of_program(r).items(), *tiles_of_government(r).items()]
    texts = [where(r), title(r), findings(r), analysis.describe_audit(r.audit, r.rubric)]
    return texts + [f"{label} {value} {note}" for label, (value, note) in tiles]


def in_order(text, *parts):
    """Whether all parts stand in the text, each after the one before it."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


@pytest.mark.parametrize("which", SLICES)
def test_no_sentence_shows_how_a_computer_writes_a_missing_value(which):
    for text in everything_said(report(*which)):
        for word in ("nan", "NaN", "None", "<NA>", "NaT"):
            assert word not in text


@pytest.mark.parametrize("which", SLICES)
def test_no_sentence_accuses_or_claims_an_effect(which):
    for text in everything_said(report(*which)):
        for word in ("誤り", "不正", "効果があ", "間違"):
            assert word not in text


@pytest.mark.parametrize("which", SLICES)
def test_every_report_begins_with_a_whole_sentence(which):
    text = findings(report(*which))
    assert len(text) > 20
    assert text.endswith("。")
    assert "。。" not in text


# Where, when, which question


def test_a_report_says_its_government_year_and_edition():
    assert in_order(
        where(report(TSUKUBA, 2018)), "つくば市", "082201", "平成30年度", "2018", "速報版"
    )


def test_a_source_without_an_edition_gets_none():
    text = where(report(MORIOKA, 2021))
    assert in_order(text, "盛岡市", "032018", "令和3年度", "2021")
    assert "版" not in text
    assert not text.endswith("・")


def test_two_governments_are_both_named_once():
    both = analysis.load(DATA)
    text = analysis.describe_where(both.shown_programs, both.sources, 2021)
    assert text.count("つくば市") == text.count("盛岡市") == 1


def test_where_targets_can_be_judged_the_title_asks_whether_they_were_reached():
    assert title(report(TSUKUBA, 2018, "job_fair")) == "合同就職面接会は目標に届いたか"
    assert title(report(TSUKUBA, 2018)) == "地方創生推進交付金事業は目標に届いたか"


@pytest.mark.parametrize(
    "which",
    [
        (TSUKUBA, 2018, "support_robot_trial"),
        (MORIOKA, 2021, "growth_field_hub"),
        (MORIOKA, 2021, "related_population"),
        (MORIOKA, 2022, "six_city_festivals"),
        (MORIOKA, 2021),
    ],
)
def test_where_no_target_can_be_judged_the_title_asks_only_what_is_published(which):
    text = title(report(*which))
    assert text.endswith("について何が公表されたか")
    assert "届いた" not in text


def test_a_title_without_a_grant_name_still_says_what_it_asks_about():
    r = report(TSUKUBA, 2018)
    text = analysis.describe_title(r.data.programs.assign(grant_name=None), r.kpis)
    assert text.endswith("目標に届いたか")
    assert not text.startswith("事業")


# つくば市, the whole year


def test_tsukuba_reached_five_of_seven_targets_one_of_them_missed_by_an_estimate():
    assert in_order(findings(report(TSUKUBA, 2018)), "7指標", "推計値", "1", "5指標")


def test_tsukuba_reached_one_of_four_final_targets_and_no_share_of_the_others_is_quoted():
    # 16 of 16 ideas; 1,110 of 5,000 thousand yen would be 22.2 % two years ahead of time
    text = findings(report(TSUKUBA, 2018))
    assert in_order(text, "令和2年度の最終目標", "4指標", "1指標", "最終年度まで2年")
    assert "22.2％" not in text


def test_tsukuba_names_the_judgement_the_figures_do_not_explain_and_the_missing_criteria():
    text = findings(report(TSUKUBA, 2018))
    assert (
        "「合同就職面接会におけるマッチング相談件数」の公表の進捗は「概ね順調」ですが、"
        "実績148件は従前値170件を下回っています。公表された数値だけでは説明できません"
        "（評価の基準を定めた資料１－３は手元にありません）。"
    ) in text
    assert "3事業は指標がない" in text


def test_tsukuba_does_not_say_twice_that_a_kpi_got_worse():
    assert findings(report(TSUKUBA, 2018)).count(JOB_FAIR_KPI) == 1


def test_the_tiles_of_tsukuba_hold_what_the_sheets_add_up_to():
    tiles = tiles_of_government(report(TSUKUBA, 2018))
    assert tiles["目標に到達"] == ("5 / 7", "指標（うち推計値1、速報値6）")
    value, names = tiles["指標のない事業"]
    assert value == "3 / 7"
    for name in (
        "つくば市生活支援ロボット普及促進事業",
        "若者ライフプラン形成支援事業",
        "子連れ出勤モデル事業",
    ):
        assert name in names
    # 8,571,000 + 924,800 + 540,000 + 3,780,000 + 4,348,000 + 10,857,000 + 8,640,000
    value, note = tiles["総予算額"]
    assert value == "37,660,800"
    assert "決算額はこの資料に記載なし" in note


def test_the_tile_of_unexplained_judgements_says_where_they_stand():
    value, note = tiles_of_government(report(TSUKUBA, 2018))["公表の数値と合わない評価"]
    assert value == "1 件"
    assert note == "④-4 合同就職面接会におけるマッチング相談件数"


# つくば市, single programs


def test_job_fair_says_target_actual_and_that_it_fell_below_its_baseline():
    text = findings(report(TSUKUBA, 2018, "job_fair"))
    assert in_order(text, JOB_FAIR_KPI, "200件", "148件", "届きませんでした", "170件", "下回って")
    assert in_order(text, "「概ね順調」", NOT_EXPLAINED, "資料１－３")
    assert "到達しました" not in text


def test_the_tiles_of_job_fair_hold_its_figures():
    tiles = tiles_of_program(report(TSUKUBA, 2018, "job_fair"))
    assert tiles["目標に到達"][0] == "0 / 1"
    assert tiles["進捗率"][0] == "▲73.3％"  # (148 - 170) / (200 - 170)
    assert tiles["総予算額"][0] == "3,780,000"
    assert "決算額はこの資料に記載なし" in tiles["総予算額"][1]
    assert tiles["公表の総合評価"] == ("B", "進捗「概ね順調」")


def test_migration_promotion_says_that_its_actual_is_an_estimate():
    r = report(TSUKUBA, 2018, "migration_promotion")
    assert in_order(findings(r), "4,630人", "推計の実績", "4,600人", "届かない見込み", "93.1％")
    assert "届きませんでした" not in findings(r)
    assert tiles_of_program(r)["目標に到達"] == ("0 / 1", "指標（うち推計値1）")
    assert tiles_of_program(r)["進捗率"][0] == "93.1％"  # 406 / 436


def test_nothing_against_a_judgement_does_not_mean_that_the_figures_led_to_it():
    text = analysis.describe_audit(report(TSUKUBA, 2018, "migration_promotion").audit)
    assert "進捗「概ね順調」は、手元で分かる最も低い言葉です" in text
    assert "評価が数値から決まったという意味ではありません" in text


def test_local_hub_reached_all_targets_of_the_year_but_few_final_ones():
    r = report(TSUKUBA, 2018, "local_hub_cocreation")
    text = findings(r)
    assert in_order(
        text, "4指標とも", "到達しました", "令和2年度", "4指標のうち、1指標", "最終年度まで2年"
    )
    assert NOT_EXPLAINED not in text
    tiles = tiles_of_program(r)
    assert tiles["目標に到達"] == ("4 / 4", "指標（うち速報値4）")
    assert tiles["進捗率"][0] == "100.0％～200.0％"
    assert tiles["総予算額"][0] == "8,640,000"
    assert tiles["公表の総合評価"] == ("B・S", "進捗「概ね順調」「順調」")


def test_why_a_reached_target_got_a_lower_word_is_not_guessed():
    r = report(TSUKUBA, 2018, "local_hub_cocreation")
    text = analysis.describe_audit(r.audit, r.rubric)
    assert in_order(text, "2指標", "「概ね順調」", "分かりません")


def test_support_robot_trial_is_graded_without_any_kpi():
    r = report(TSUKUBA, 2018, "support_robot_trial")
    text = findings(r)
    assert in_order(text, "指標（KPI）が載っておらず", "判断できません", "「B」")
    assert "指標がないため、数値からは確かめられません。" in text
    assert NOT_EXPLAINED not in text
    assert "3件の数値" in text
    tiles = tiles_of_program(r)
    assert tiles["目標に到達"] == ("—", "手元の資料に指標の記載なし")
    assert tiles["ほかに公表された数値"][0] == "3 件"
    assert tiles["総予算額"][0] == "8,571,000"
    assert tiles["公表の総合評価"] == ("B", "進捗の記載なし")
    assert "進捗率" not in tiles


def test_a_program_that_reached_its_target_is_said_to_have_reached_it():
    text = findings(report(TSUKUBA, 2018, "lifestyle_seminar"))
    assert in_order(text, "つくば市に住みたい", "89％", "93％", "目標に到達しました")


# 盛岡市


def test_growth_field_hub_gives_its_actuals_and_judges_nothing():
    r = report(MORIOKA, 2021, "growth_field_hub")
    text = findings(r)
    assert in_order(
        text, "3指標", "18人", "33社", "259,057千円", "目標の記載がない", "判断できません"
    )
    assert "％" not in text
    # 10,010 + 1,333 + 17,662 thousand yen
    value, note = tiles_of_program(r)["記載された金額の合計"]
    assert value == "29,005,000"
    assert "性質の記載なし" in note
    assert tiles_of_program(r)["進捗率"] == ("—", "求められる指標がない")


def test_related_population_gives_its_targets_and_says_that_actuals_are_pending():
    r = report(MORIOKA, 2021, "related_population")
    assert in_order(findings(r), "4指標は目標だけ", "150人", "500人", "30人", "1,000人", "集計中")
    assert tiles_of_program(r)["目標に到達"] == ("—", "どの指標も判定できない")
    assert tiles_of_program(r)["費用"] == ("—", "金額の記載なし")


def test_six_city_festivals_gives_its_plan_and_no_result():
    r = report(MORIOKA, 2022, "six_city_festivals")
    text = findings(r)
    assert "4指標は計画値だけで、実績はこの資料に記載がありません。" in text
    assert "到達しました" not in text
    assert "届きませんでした" not in text


def test_of_many_values_only_three_are_named():
    text = findings(report(MORIOKA, 2021))  # six actuals without a target
    assert in_order(text, "6指標の実績", "18人", "33社", "259,057千円", "ほか")
    assert "161人" not in text


def test_where_nothing_is_judged_no_count_of_odd_judgements_is_given():
    r = report(MORIOKA, 2021)
    assert tiles_of_government(r)["公表の数値と合わない評価"] == ("—", "評価の記載なし")
    assert analysis.describe_audit(r.audit) == "この資料に評価の公表はありません。"
    assert tiles_of_program(r)["公表の総合評価"] == ("—", "評価の記載なし")


# What the two publications do not show


def some_kpis(*rows):
    """KPIs of one program in 2018: from 100 to 200, and to 300 in 2020, unless said otherwise."""
    usual = {
        "government_code": TSUKUBA,
        "program_id": "p",
        "fiscal_year": 2018,
        "unit": "件",
        "direction": "up",
        "baseline": 100.0,
        "target": 200.0,
        "target_status": None,
        "actual": 150.0,
        "actual_status": "final",
        "final_target": 300.0,
        "final_year": 2020,
    }
    table = pd.DataFrame(
        [usual | {"kpi_id": f"k{n}", "kpi": f"指標{n}"} | row for n, row in enumerate(rows)]
    )
    return analysis.add_achievement(table.astype({"fiscal_year": "Int64", "final_year": "Int64"}))


def an_audit(*rows):
    usual = {
        "place": "④-1",
        "kpi": "相談件数",
        "unit": "件",
        "baseline": 170.0,
        "target": 200.0,
        "final_target": 200.0,
        "actual": 148.0,
        "progress": "順調",
        "grade": "B",
        "policy": None,
        "rated_by": None,
        "reached": "yes",
        "finding": "nothing_against_it",
        "no_actual_note": "",
        "actual_printed": None,
        "grade_finding": "no_rubric",
        "rubric_name": None,
        "rubric_grade": "unknown",
        "rubric_possible": "",
        "against": "",
        "explained": "yes",
    }
    return pd.DataFrame([usual | row for row in rows])


NO_OBSERVATIONS = pd.DataFrame({"value": []})
NO_AUDIT = an_audit({}).iloc[:0]


def test_a_falling_kpi_above_its_final_target_has_not_reached_it():
    # 100 accidents before, 80 aimed at this year and 50 in 2020; 90 happened
    kpis = some_kpis(
        {"direction": "down", "target": 80.0, "actual": 90.0, "final_target": 50.0},
        {"direction": "down", "target": 80.0, "actual": 95.0, "final_target": 50.0},
    )
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "2指標のうち、目標に到達したものはありません。" in text
    assert "最終目標に達した指標は、まだありません。" in text


def test_a_falling_kpi_at_its_final_target_has_reached_it():
    kpis = some_kpis(
        {"direction": "down", "target": 80.0, "actual": 40.0, "final_target": 50.0},
        {"direction": "down", "target": 80.0, "actual": 0.0, "final_target": 0.0},
    )
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "最終目標にすでに達しているのは、2指標のうち0指標" not in text


def test_a_program_without_kpis_among_others_is_not_called_this_program():
    kpis = some_kpis({"program_id": "a"}, {"program_id": "b"})
    audit = an_audit(
        {"kpi": None, "finding": "no_kpi", "explained": "no", "progress": None}, {}, {}
    )
    text = analysis.describe_findings(kpis, audit, NO_OBSERVATIONS)
    assert "指標がないまま評価" in text
    assert "この事業" not in text


@pytest.mark.parametrize("grade", ["B", None])
def test_a_judgement_without_a_word_of_progress_quotes_none(grade):
    kpis = some_kpis({"actual": None, "actual_status": "pending"})
    keys = kpis[["government_code", "program_id", "kpi_id", "fiscal_year"]]
    ratings = keys.assign(scheme=None, progress=None, grade=grade, place="④-1")
    audit = analysis.audit_published(kpis, ratings, {})
    assert audit["finding"].tolist() == ["no_actual"]
    text = analysis.describe_audit(audit)
    assert "nan" not in text
    assert "None" not in text


def test_lower_words_for_reached_targets_are_not_all_said_to_be_the_first_one():
    audit = an_audit(
        {"finding": "reached_but_lower_word", "explained": "unknown", "progress": "概ね順調"},
        {"finding": "reached_but_lower_word", "explained": "unknown", "progress": "遅れている"},
    )
    assert "2指標の進捗が「概ね順調」にとどまる" not in analysis.describe_audit(audit)


def test_the_lowest_word_for_a_missed_target_is_named_and_not_said_to_fit():
    lowest = {"finding": "missed_and_last_word", "progress": "遅れている"}
    assert analysis.describe_audit(an_audit(lowest)) == (
        "目標に届かなかった「相談件数」の進捗「遅れている」は、手元で分かる最も低い言葉です。"
        "評価が数値から決まったという意味ではありません。"
    )
    text = analysis.describe_audit(an_audit(lowest, {"finding": "nothing_against_it"}))
    assert text.startswith("公表された進捗と食い違う数値は見つかりません。目標に届かなかった")


@pytest.mark.parametrize(
    ("finding", "why"),
    [
        ("worse_than_baseline", ("実績", "は従前値", "を下回っています。")),
        ("missed_but_best_word", ("実績", "は目標", "に届いていません。")),
    ],
)
def test_each_unexplained_judgement_is_named_with_its_reason(finding, why):
    text = analysis.describe_audit(an_audit({"finding": finding, "explained": "no"}))
    assert in_order(text, "「相談件数」の公表の進捗は「順調」ですが", *why, NOT_EXPLAINED)
    assert "手元にありません" not in text


def test_a_kpi_that_should_fall_and_rose_is_said_to_lie_above_its_baseline():
    rose = {"finding": "worse_than_baseline", "direction": "down", "baseline": 580, "actual": 595}
    text = analysis.describe_audit(an_audit(rose | {"unit": "g"}))
    assert "実績595 gは従前値580 gを上回っています。" in text


@pytest.mark.parametrize(
    ("note", "printed", "why"),
    [
        ("not_in_source", None, "実績はこの資料にありません。"),
        (
            "not_one_number",
            "144・4,055",
            "実績は「144・4,055」と印刷されていて、1つの数値として読めません。",
        ),
        ("pending", "集計中", "実績は集計中です。"),
        ("unpublished", None, "実績は未公表とされています。"),
        ("not_set", "-", "実績は「-」とされています。"),
        ("not_surveyed", None, "実績はこの年度は調査されていません。"),
    ],
)
def test_only_what_is_called_unpublished_is_said_to_be(note, printed, why):
    row = {"finding": "no_actual", "no_actual_note": note, "actual_printed": printed}
    text = analysis.describe_audit(an_audit(row))
    assert why in text
    assert ("未公表" in text) == (note == "unpublished")
    assert "公表されておらず" not in text


def test_a_grade_that_its_rubric_does_not_give_is_named_with_both_grades():
    unlike = {"finding": "no_word", "progress": None, "grade": "②", "rubric_grade": "③"}
    row = unlike | {"grade_finding": "unlike_rubric", "rubric_name": "様式", "against": "grade"}
    text = analysis.describe_audit(an_audit(row, row | {"kpi": "参加者数", "rated_by": "外部評価"}))
    assert text == (
        "公表の総合評価2件は、基準（様式）にあてはめた評価と違います"
        "（「相談件数」は公表「②」・基準では「③」、"
        "「参加者数（外部評価）」は公表「②」・基準では「③」）。"
    )
    open_ = analysis.describe_audit(an_audit(row | {"rubric_possible": ("③", "④")}))
    assert "公表「②」・基準では従前値によって「③」か「④」" in open_
    soft = analysis.describe_audit(an_audit(row | {"grade_finding": "unlike_not_final"}))
    assert "実績が確定前の値です" in soft


@pytest.mark.parametrize(
    ("findings", "said", "not_said"),
    [
        # 13 grades that agree and no word: nothing is called impossible to compare
        ([("no_word", "like_rubric")] * 13, "比べられる13件とも、基準", "比べることはできません"),
        ([("no_word", "not_graded")], "公表された数値や基準と比べることはできません", "同じです"),
        ([("nothing_against_it", "no_rubric")], "食い違う数値は見つかりません", "基準"),
        ([("no_word", "circular")], "この年度の資料から読み取ったもの", "同じです"),
        ([("no_word", "like_rubric"), ("no_word", "unlike_rubric")], "2件のうち1件が", "とも"),
    ],
)
def test_words_with_figures_and_grades_with_rubrics_are_two_comparisons(findings, said, not_said):
    audit = an_audit(*[{"finding": f, "grade_finding": g} for f, g in findings])
    text = analysis.describe_audit(audit.assign(rubric_name="様式"))
    assert said in text
    assert not_said not in text


def test_a_missed_target_under_a_good_word_is_said_and_left_open():
    row = {"finding": "missed_but_good_word", "progress": "相当程度", "reached": "no"}
    text = analysis.describe_audit(an_audit(row))
    assert "目標に届いていない1指標の進捗は「相当程度」とされています" in text
    assert "食い違う数値は見つかりません" not in text


def test_a_word_of_unknown_rank_is_said_to_be_one_and_the_target_to_be_missed():
    row = {"finding": "unknown_rank", "progress": "良好", "reached": "no"}
    text = analysis.describe_audit(an_audit(row))
    assert in_order(
        text, "「良好」", "どのくらい良いことを指すのか分からず", "1指標", "届いていません"
    )


def judges(*words, name="grade"):
    """A judgement of one program by two judges, in the columns of ratings."""
    key = {"government_code": TSUKUBA, "program_id": "p", "kpi_id": None, "fiscal_year": 2018}
    empty = dict.fromkeys(["scheme", "progress", "effectiveness", "efficiency", "grade", "policy"])
    named = zip(words, ("一次評価", "外部評価"), strict=True)
    rows = [key | empty | {name: word, "rated_by": judge, "place": "①"} for word, judge in named]
    return pd.DataFrame(rows).astype({"kpi_id": "str", "program_id": "str"})


def test_two_judges_stand_in_the_tile_by_name_where_they_differ_and_once_where_they_agree():
    kpis, budgets = some_kpis({}), some_budgets()
    tiles = [
        tuple(analysis.summarize_program(kpis, budgets, judges(*words), NO_OBSERVATIONS).iloc[3])
        for words in ("AB", "AA")
    ]
    assert [value for _, value, _ in tiles] == ["A（一次評価）・B（外部評価）", "A"]


def test_a_program_that_two_judged_without_a_kpi_is_one_program():
    audit = analysis.audit_published(some_kpis({}).iloc[:0], judges("A", "B"), {})
    assert audit["finding"].tolist() == ["no_kpi"] * 2
    assert analysis.describe_audit(audit).startswith("①は指標がないまま評価されています。")
    text = analysis.describe_findings(some_kpis({}).iloc[:0], audit, NO_OBSERVATIONS)
    assert "総合評価は「A（一次評価）」「B（外部評価）」とされていますが、指標がないため" in text
    named = analysis.describe_audit(audit.assign(program="面接会"))
    assert named.startswith("面接会は指標がないまま評価されています。")


def test_what_is_to_follow_is_told_where_nothing_else_is_published():
    ratings = judges("継続（拡充）", "継続（拡充）", name="policy")
    said = "公表の評価：今後の方針「継続（拡充）」。"
    audit = analysis.audit_published(some_kpis({}), ratings, {})
    for kpis in (some_kpis({}), some_kpis({}).iloc[:0]):
        assert said in analysis.describe_findings(kpis, audit, NO_OBSERVATIONS)
    assert analysis.describe_audit(audit).startswith(said)
    tile = analysis.summarize_program(some_kpis({}), some_budgets(), ratings, NO_OBSERVATIONS)
    assert tuple(tile.iloc[3]) == ("今後の方針", "継続（拡充）", "ほかの評価の記載なし")
    beside = analysis.summarize_program(
        some_kpis({}), some_budgets(), ratings.assign(grade="B"), NO_OBSERVATIONS
    )
    assert tuple(beside.iloc[3]) == ("公表の総合評価", "B", "今後の方針「継続（拡充）」")


def test_what_is_to_follow_is_counted_where_there_are_several_programs():
    r = report("400009", 2024)
    said = (
        "今後の方針は、3事業が「継続（一部改善）」、1事業が「継続（拡充）」、"
        "1事業が「継続（縮小）」です。"
    )
    assert findings(r).endswith(said)
    assert analysis.describe_audit(r.audit).startswith(said)


def test_where_nothing_could_be_compared_no_zero_is_counted():
    tile = "公表の数値と合わない評価"
    fukuoka = tiles_of_government(report("400009", 2024))
    assert fukuoka[tile] == ("—", "達成度の評価の記載なし")
    strategy = tiles_of_government(report(TSUKUBA, 2021))
    assert strategy[tile] == ("—", "比べられる数値や基準なし")


def test_a_judgement_without_an_actual_is_not_counted_as_one_the_figures_contradict():
    r = report(TSUKUBA, 2018)
    audit = an_audit(
        {"finding": "no_actual", "no_actual_note": "pending", "explained": "no"},
        {"finding": "no_word", "against": "grade", "kpi": None, "rated_by": "外部評価"},
    )
    table = analysis.summarize_government(r.comparison, r.kpis, r.data.budgets, audit)
    assert tuple(table.iloc[2])[1:] == ("1 件", "④-1（外部評価）")


@pytest.mark.parametrize(
    ("statuses", "label"),
    [
        (["estimated"] * 2, "決算額（推計）"),
        (["estimated", None], "決算額（一部推計）"),
        ([None] * 2, "決算額"),
    ],
)
def test_an_account_that_is_still_an_estimate_is_called_one_in_the_tile(statuses, label):
    budgets = some_budgets(("p", "settled", 500_000), ("p", "settled", 500_000))
    budgets = budgets.assign(amount_status=statuses, item=["物件費", "委託料"])
    assert cost_tile(budgets)[0] == label


def test_final_targets_in_words_count_with_those_in_figures():
    words = {"final_target": None, "final_target_bound": "better_than_baseline"}
    kpis = some_kpis({"target": None, "actual": 120.0}, words | {"target": None, "actual": 199.0})
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "2指標は令和2年度の最終目標だけがあり" in text
    assert "令和2年度の最終目標がある2指標のうち、1指標はすでに達しています。" in text


def test_a_final_target_missed_in_its_year_is_said_beside_the_target_of_the_year():
    kpis = some_kpis({"target": 110.0, "actual": 120.0, "final_target": 150.0, "final_year": 2018})
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "目標に到達しました" in text
    assert "「指標0」は、同じ年度の最終目標150件には達していません。" in text


def test_a_kpi_judged_without_any_rate_is_not_said_to_have_no_conclusion():
    met = {"direction": "keep_below", "target": 0.0, "actual": 0.0, "baseline": None}
    kpis = analysis.add_verdicts(some_kpis({"actual": 150.0}, met | {"final_target": None}))
    text = analysis.describe_dependence(kpis)
    assert "1指標は、目標に届いたかは分かりますが、率を求められません。" in text
    assert "まだ結論が出ません" not in text


def test_a_kpi_that_got_worse_is_named_where_no_judgement_names_it():
    kpis = some_kpis({"actual": 99.0}, {"actual": 200.0})
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "「指標0」は従前値より悪くなりました" in text
    assert "「指標1」" not in text


def test_kpis_that_cannot_be_judged_stay_in_the_count():
    kpis = some_kpis(
        {"actual": 200.0}, {"actual": 150.0}, {"actual": None, "actual_status": "pending"}
    )
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert in_order(text, "3指標のうち", "判定できるのは2指標", "1指標が目標に", "1指標", "集計中")


def test_all_known_targets_reached_is_not_called_all_where_some_are_unknown():
    kpis = some_kpis({"actual": 200.0}, {"actual": None, "actual_status": "unpublished"})
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "すべて" not in text
    assert "未公表" in text


def some_budgets(*rows):
    columns = ["program_id", "kind", "amount_yen"]
    return (
        pd.DataFrame(rows, columns=columns)
        .astype({"amount_yen": "Int64"})
        .assign(government_code=TSUKUBA, fiscal_year=2018)
    )


def cost_tile(budgets):
    r = report(TSUKUBA, 2018, "job_fair")
    table = analysis.summarize_program(r.kpis, budgets, r.data.ratings, r.data.observations)
    return tuple(table.iloc[2])


def test_a_settled_account_goes_before_a_budget():
    tile = cost_tile(some_budgets(("p", "total", 2_000_000), ("p", "settled", 1_500_000)))
    assert tile == ("決算額", "1,500,000", "円")


def test_an_initial_budget_is_called_one():
    label, value, note = cost_tile(some_budgets(("p", "initial", 2_000_000)))
    assert (label, value) == ("当初予算額", "2,000,000")
    assert "決算額はこの資料に記載なし" in note


def test_an_amount_that_is_not_published_is_not_a_cost_of_nothing():
    label, value, _ = cost_tile(some_budgets(("p", "settled", None), ("p", "total", 2_000_000)))
    assert (label, value) == ("総予算額", "2,000,000")


def test_settled_accounts_of_some_programs_are_not_given_as_the_cost_of_all():
    # p has a settled account, q only a budget: no figure at hand says what both cost
    r = report(TSUKUBA, 2018)
    budgets = some_budgets(("p", "settled", 1_000_000), ("q", "total", 2_000_000))
    table = analysis.summarize_government(r.comparison, r.kpis, budgets, r.audit)
    assert tuple(table.iloc[3]) != ("決算額", "1,000,000", "円")


def test_a_published_national_grant_is_not_called_no_amount():
    assert cost_tile(some_budgets(("p", "national_grant", 500_000)))[2] != "金額の記載なし"


def test_a_kpi_below_its_baseline_is_named_before_its_target_is_due():
    text = findings(report("292087", 2013))  # 御所市: 19,975 station users, 21,754 before
    assert text.startswith("「駅利用者数」は従前値より悪くなりました。")
    assert "3指標は令和2年度の最終目標だけがあり、この年度の目標はありません。" in text
    assert "平成25年度の時点で、最終年度まで7年あります。" in text
    assert "達しているもの2、後退したもの1" in text


def tile_of(*amounts):
    """The tile of the cost of some programs, each typed as (program, kind, nature, yen)."""
    table = pd.DataFrame(amounts, columns=["program_id", "kind", "nature", "amount_yen"])
    table = table.assign(government_code="082201", fiscal_year=2018, item=None)
    return _cost_tile(table.astype({"amount_yen": "Int64"}))


def test_personnel_beside_the_cost_is_named_in_the_headline():
    one = ("a", "settled", "direct", 5), ("a", "reported", "personnel", 7)
    label, value, note = tile_of(*one)
    assert (label, value, note) == ("決算額・人件費を除く", "5", "円。ほかに人件費7円")
    assert tile_of(*one, ("b", "settled", "direct", 1))[2] == "円。ほかに人件費7円（1事業）"
    assert tile_of(("a", "settled", "full", 5), ("a", "settled", "personnel", 2))[2] == "円"


def test_amounts_of_unlike_kinds_have_no_sum_in_the_headline():
    one = ("a", "settled", "direct", 5)
    assert tile_of(one, ("b", "settled", "direct", 7)) == ("決算額・人件費を除く", "12", "円")
    label, value, note = tile_of(one, ("b", "total", None, 7))
    assert (label, value) == ("費用", "—")
    assert note == (
        "金額の種類が違うため合計しない（決算額・人件費を除く：1事業、総予算額：1事業）"
    )
    assert tile_of(one, ("b", "settled", "full", 7))[1] == "—"
    grant = ("a", "source", None, 5), ("a", "national_grant", None, 5)
    assert tile_of(("a", "initial", None, 5), *grant)[:2] == ("当初予算額", "5")


# Actuals of part of the year, and rates that read the wrong way round


COUNTED = {"aggregation": "single_year", "actual": 210.0, "as_of": "2018-09-30"}


def said_of(*rows):
    return analysis.describe_findings(some_kpis(*rows), NO_AUDIT, NO_OBSERVATIONS)


def tiles(*rows):
    judgements = analysis.load(DATA, "082201", 2018, "job_fair").ratings.iloc[:0]
    table = analysis.summarize_program(
        some_kpis(*rows), some_budgets(), judgements, NO_OBSERVATIONS
    )
    return {t.label: (t.value, t.note) for t in table.itertuples()}


def test_a_target_reached_within_the_year_is_said_to_be_reached_by_that_day():
    text = said_of(COUNTED | {"actual_status": "preliminary"})
    assert "目標200件に対して速報の実績が210件で、9月30日現在で目標に到達しました。" in text
    assert "年度の途中で目標に到達しました" in said_of(COUNTED | {"as_of": "2018"})
    assert "現在" not in said_of(COUNTED | {"as_of": "2019-03-31"})


def test_of_several_kpis_those_reached_within_the_year_are_counted_with_their_days():
    text = said_of(COUNTED, COUNTED | {"as_of": "2018-12-31"}, {"as_of": None})
    assert "2指標は、12月31日現在・9月30日現在の値" not in text  # in the order of the days
    assert "2指標は、9月30日現在・12月31日現在の値ですでに到達しています。" in text
    assert tiles(COUNTED, {"as_of": None})["目標に到達"] == ("1 / 2", "指標（うち年度途中の値1）")


def test_a_final_target_reached_within_the_year_is_told_with_the_day():
    only_final = COUNTED | {"target": float("nan"), "actual": 320.0}
    assert "最終目標300件に9月30日現在ですでに達しています。" in said_of(only_final)
    text = said_of(only_final, {"actual": 310.0, "as_of": None})
    assert "達した指標のうち1指標は、9月30日現在の値によります。" in text
    assert tiles(only_final)["最終目標に到達ずみ"] == ("1 / 1", "指標（期限前、うち年度途中の値1）")


def test_the_tile_of_the_rate_leaves_out_part_of_a_year_and_says_so():
    # (150 - 100) / (200 - 100) = 50 %; the other one, 110 %, may still grow
    value, note = tiles(COUNTED, {"as_of": None})["進捗率"]
    assert (value, note) == ("50.0％", "0％＝従前値、100％＝目標（年度途中の値1を除く）")
    assert tiles(COUNTED)["進捗率"] == ("—", "求められる指標がない（年度途中の値1を除く）")


def test_the_tile_of_the_rate_leaves_out_ratios_that_read_reversed():
    plain = {"baseline": float("nan")}
    falling = plain | {"direction": "down", "actual": 210.0}  # 105 % of a target it missed
    value, note = tiles(plain, falling)["達成率"]
    assert (value, note) == ("75.0％", "実績÷目標（減らす指標の単純な比1を除く）")
    assert tiles(falling)["進捗率"][0] == "—"


# Targets in words, and amounts for several years


def test_a_target_in_words_is_shown_in_brackets_and_named_as_the_reason():
    nothing = {"target": float("nan"), "final_target": float("nan"), "final_year": None}
    kpis = some_kpis(nothing | {"target_printed": "充実"}).assign(kpi_kind="outcome", place="p")
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "目標が数値でなく言葉で示されているため、目標に届いたかは判断できません。" in text
    assert analysis.tabulate_progress(kpis)["目標"].tolist() == ["「充実」"]
    assert analysis.tabulate_targets(kpis)["年度の目標"].tolist() == ["「充実」"]
    assert "目標「充実」は数値でなく言葉で示されています。" in analysis.describe_targets(kpis)


def test_words_for_the_year_stand_before_a_final_target_in_figures():
    kpis = some_kpis({"target": float("nan"), "target_printed": "充実"})
    assert analysis.tabulate_progress(kpis)["目標"].tolist() == ["「充実」・最終目標300件（R2）"]
    text = analysis.describe_findings(kpis, NO_AUDIT, NO_OBSERVATIONS)
    assert "この年度の目標はありません" not in text


def test_an_amount_for_several_years_is_shown_as_such_and_is_no_cost_of_the_year():
    span = some_budgets(("p", "settled", 12_000_000)).assign(fiscal_year=2019, last_year=2021)
    label, value, note = cost_tile(span)
    assert (label, value) == ("決算額（数年度分）", "12,000,000")
    assert note == "円。令和元～3年度の合計で、この年度の費用は分からない"
    both = pd.concat([span, some_budgets(("q", "settled", 5)).assign(fiscal_year=2019)])
    assert cost_tile(both) == ("決算額", "5", "円。ほかに数年度分の合計だけの1事業")
    two = pd.concat([span, span.assign(program_id="q")])
    assert cost_tile(two) == ("費用", "—", "数年度分の合計だけの記載（2事業）")


# Marks of doubt go with the figure


def test_a_rate_in_the_tile_carries_the_mark_it_has_in_the_table():
    far = {"baseline": 0.0, "target": 10.0, "actual": 120.0}  # 12 times the target
    assert tiles(far, {"baseline": 0.0})["進捗率"][0] == "75.0％～1,200.0％？"


def test_a_cost_whose_kind_was_concluded_is_called_so_in_the_tile():
    budgets = some_budgets(("p", "total", 5)).assign(inferred="kind")
    assert cost_tile(budgets)[0] == "総予算額（推定）"
    both = pd.concat([budgets, some_budgets(("q", "total", 7)).assign(inferred=None)])
    assert cost_tile(both)[:2] == ("総予算額（一部推定）", "12")
