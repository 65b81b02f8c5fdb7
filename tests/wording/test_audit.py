"""Audit in the words of the reports."""

import pytest
from made import JOB_FAIR, an_audit, in_order, rows, some_kpis
from slices import TSUKUBA, report

import analysis

NOT_EXPLAINED = "公表された数値だけでは説明できません"


def test_nothing_against_a_judgement_does_not_mean_that_the_figures_led_to_it():
    text = analysis.describe_audit(report(TSUKUBA, 2018, "migration_promotion").audit)
    assert "進捗「概ね順調」は、手元で分かる最も低い言葉です" in text
    assert "評価が数値から決まったという意味ではありません" in text


def test_why_a_reached_target_got_a_lower_word_is_not_guessed():
    r = report(TSUKUBA, 2018, "local_hub_cocreation")
    text = analysis.describe_audit(r.audit, r.rubric)
    assert in_order(text, "2指標", "「概ね順調」", "分かりません")


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


def test_the_audit_prints_each_judgement_beside_its_figures():
    table = analysis.tabulate_audit(report(TSUKUBA, 2018).audit)
    robot, _, _, fair, *_ = rows(table)
    assert fair == {
        "場所": "④-4",
        "指標": JOB_FAIR,
        "公表の進捗": "概ね順調",
        "総合評価": "B",
        "達成率": "74.0％",
        "進捗率": "▲73.3％",
        "数値との関係": "公表された数値では説明できない（従前値より悪い）",
    }
    assert (robot["指標"], robot["公表の進捗"], robot["総合評価"]) == (
        "つくば市生活支援ロボット普及促進事業（指標なし）",
        "—",
        "B",
    )
    assert robot["達成率"] == robot["進捗率"] == "—"


def test_the_audit_says_what_stands_where_an_actual_would_and_doubts_a_tenfold_rate():
    audit = report(TSUKUBA, 2018, "job_fair").audit
    audit = audit.assign(finding="no_actual", no_actual_note="pending", achievement_rate=29.98)
    (row,) = rows(analysis.tabulate_audit(audit))
    assert row["数値との関係"] == "公表された数値では説明できない（実績は集計中）"
    assert row["達成率"] == "2,998.0％？"
