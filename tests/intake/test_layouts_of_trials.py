"""Small tables that were once read wrongly: each figure by what its own headers and lines say."""

from grids import at, read_facts, tell

TITLE = ("令和4年度 実績一覧",)
FIGURES = ("target", "actual", "final_target", "baseline", "final_year", "baseline_year")


def money(facts):
    return [(f.program, f.fiscal_year, f.field, f.value) for f in facts if f.table == "budgets"]


def test_lines_below_a_header_of_a_unit_alone_are_no_programs():
    facts = read_facts(
        TITLE,
        ("事務事業名", "市史編さん事業", "担当課", "文化財課"),
        (),
        ("（千円）", "R3決算", "R4決算"),
        ("事業費", "3,210", "3,340"),
    )
    assert money(facts) == [
        ("市史編さん事業", 2021, "amount_yen:settled", "3210000"),
        ("市史編さん事業", 2022, "amount_yen:settled", "3340000"),
    ]


def test_a_year_in_a_sentence_is_not_the_evaluated_one():
    facts = read_facts(
        ("令和4年度", "事業評価調書"),
        ("事業名", "種苗放流支援事業"),
        ("事業の目的", "アワビの漁獲量を増やす（H29漁獲量12トン）。"),
        ("総合評価", "Ｂ"),
    )
    assert tell(facts, "grade") == [("種苗放流支援事業", 2022, "grade", "B")]


def test_figures_headed_by_a_kind_of_kpi_are_of_the_kpi_of_that_kind():
    facts = read_facts(
        ("事業名", "活動指標", "", "成果指標", "", "令和3年度", "", "", ""),
        ("", "名称", "単位", "名称", "単位", "活動指標", "", "成果指標", ""),
        ("", "", "", "", "", "計画", "実績", "計画", "実績"),
        ("緑化", "苗木配布本数", "本", "緑化協定締結数", "件", "1,000", "960", "5", "4"),
        spans={
            "A1": (3, 1),
            "B1": (1, 2),
            "D1": (1, 2),
            "F1": (1, 4),
            "B2": (2, 1),
            "C2": (2, 1),
            "D2": (2, 1),
            "E2": (2, 1),
            "F2": (1, 2),
            "H2": (1, 2),
        },
    )
    assert tell(facts, "target", "actual") == [
        ("苗木配布本数", 2021, "target", "1000"),
        ("苗木配布本数", 2021, "actual", "960"),
        ("緑化協定締結数", 2021, "target", "5"),
        ("緑化協定締結数", 2021, "actual", "4"),
    ]


def test_each_table_has_the_unit_that_stands_above_it():
    facts = read_facts(
        TITLE,
        ("１　ハード", "", "（単位：百万円）"),
        ("事業名", "計画額", "実績額"),
        ("水道事業", "320", "288"),
        (),
        ("２　ソフト", "", "（単位：千円）"),
        ("事業名", "計画額", "実績額"),
        ("奨励金事業", "6,000", "4,350"),
    )
    assert [value for *_, value in money(facts)] == ["320000000", "288000000", "6000000", "4350000"]


def test_a_target_whose_year_beside_it_is_yet_to_come_is_the_final_one():
    facts = read_facts(
        ("令和3年度 効果検証",),
        ("事業名", "KPI", "目標値", "目標年月", "実績値"),
        ("ＤＭＯ事業", "観光消費額（百万円）", "1,500", "R6.3", "1,118"),
        ("人材育成", "参加者数（人）", "40", "R4.3", "17"),
    )
    assert tell(facts, *FIGURES) == [
        ("観光消費額", 2021, "final_target", "1500"),
        ("観光消費額", 2021, "final_year", "2023"),
        ("観光消費額", 2021, "actual", "1118"),
        ("参加者数", 2021, "target", "40"),
        ("参加者数", 2021, "final_year", "2021"),
        ("参加者数", 2021, "actual", "17"),
    ]


def test_sums_in_any_words_are_no_programs():
    names = (
        "民生費　計",
        "（再掲）新規事業",
        "【小計】",
        "全事業平均",
        "産業小計",
        "１市２町１村計",
    )
    facts = read_facts(TITLE, ("事業名", "決算額（千円）"), ("甲", "1"), *((n, "9") for n in names))
    assert [program for program, *_ in money(facts)] == ["甲"]


def test_an_actual_of_the_middle_of_the_year_has_its_day():
    facts = read_facts(
        TITLE, ("事業名", "指標", "R4実績（9月末）"), ("甲", "相談件数（件）", "148")
    )
    assert tell(facts, "actual", "as_of") == [
        ("相談件数", 2022, "actual", "148"),
        ("相談件数", 2022, "as_of", "2022-09-30"),
    ]


def test_a_baseline_by_any_word_leaves_the_year_of_the_others_alone():
    head = ("事業名", "指標", "当初(H30)", "目標値", "実績値", "前年度実績")
    facts = read_facts(TITLE, head, ("甲", "割合（%）", "80", "88", "85.4", "84"))
    assert tell(facts, *FIGURES) == [
        ("割合", 2022, "baseline", "80"),
        ("割合", 2022, "baseline_year", "2018"),
        ("割合", 2022, "target", "88"),
        ("割合", 2022, "actual", "85.4"),
        ("割合", 2021, "actual", "84"),
    ]


def test_figures_no_table_holds_are_problems():
    facts = read_facts(
        ("市町村別事業費（令和4年度）",),
        ("", "Ａ市", "Ｂ町", "Ｃ村"),
        ("移住事業", "12.4", "3.1", "0.8"),
    )
    assert [at(facts, cell) for cell in ("B3", "C3", "D3")] == [[("problem", "outside")]] * 3


def test_years_as_rows_below_the_names_of_kpis_are_read():
    facts = read_facts(
        ("観光の指標の推移",),
        ("", "入込客数", "", "消費単価", ""),
        ("年度", "目標(万人)", "実績(万人)", "目標(円)", "実績(円)"),
        ("令和元年度", "215", "204", "4,400", "4,288"),
        spans={"B2": (1, 2), "D2": (1, 2)},
    )
    assert tell(facts, "target", "actual", "unit") == [
        ("入込客数", 2019, "target", "215"),
        ("入込客数", 2019, "actual", "204"),
        ("入込客数", 2019, "unit", "万人"),
        ("消費単価", 2019, "target", "4400"),
        ("消費単価", 2019, "actual", "4288"),
        ("消費単価", 2019, "unit", "円"),
    ]


def test_two_rows_of_a_kpi_are_what_a_note_says_of_the_upper_and_the_lower():
    facts = read_facts(
        ("進捗状況（上段：目標値、下段：実績値）",),
        ("分野", "指標", "単位", "R3", "R4"),
        ("環境", "排出量", "t", "8,600", "8,300"),
        ("", "", "", "8,710", "8,244"),
        spans={"A3": (2, 1), "B3": (2, 1), "C3": (2, 1)},
    )
    assert tell(facts, "target", "actual") == [
        ("排出量", 2021, "target", "8600"),
        ("排出量", 2022, "target", "8300"),
        ("排出量", 2021, "actual", "8710"),
        ("排出量", 2022, "actual", "8244"),
    ]


def test_the_sum_over_the_years_is_a_kpi_beside_that_of_single_years():
    facts = read_facts(
        TITLE,
        ("事業名", "KPI", "区分", "R3年度", "R4年度", "目標値（R4年度）"),
        ("甲", "活用件数（件）", "単年", "2", "1", "2"),
        ("", "", "累計", "3", "4", "5"),
        spans={"A3": (2, 1), "B3": (2, 1)},
    )
    assert tell(facts, "target", "actual") == [
        ("活用件数", 2021, "actual", "2"),
        ("活用件数", 2022, "actual", "1"),
        ("活用件数", 2022, "target", "2"),
        ("活用件数（累計）", 2021, "actual", "3"),
        ("活用件数（累計）", 2022, "actual", "4"),
        ("活用件数（累計）", 2022, "target", "5"),
    ]


def test_money_below_the_heading_of_its_sources_is_a_source_by_whatever_name():
    facts = read_facts(
        TITLE,
        ("事業名", "放流事業"),
        (),
        ("コスト（千円）", "", "R4決算", "R5予算"),
        ("事業費", "", "6,020"),
        ("財源", "国費", "3,010"),
        ("", "漁協負担", "10"),
        ("", "一般財源", "3,000"),
        spans={"A4": (1, 2), "A5": (1, 2), "A6": (3, 1)},
    )
    assert [field for _, _, field, _ in money(facts)] == [
        "amount_yen:settled",
        "amount_yen:source:国費",
        "amount_yen:source:漁協負担",
        "amount_yen:source:一般財源",
    ]


def test_a_header_that_only_holds_a_word_is_a_doubt():
    facts = read_facts(TITLE, ("事業名", "指標", "修正目標値案"), ("甲", "件数（件）", "5"))
    assert [(f.outcome, f.note) for f in facts if f.field == "target"] == [
        ("doubt", "loose_header: 修正目標値案")
    ]


def test_two_columns_of_kpis_and_one_without_a_header_are_read():
    facts = read_facts(
        TITLE,
        ("事業名", "活動指標", "目標", "実績", "成果指標", "目標", "実績", ""),
        ("甲", "講座数", "10", "9", "満足度", "80", "75", "新規"),
    )
    assert tell(facts, "target", "actual") == [
        ("講座数", 2022, "target", "10"),
        ("講座数", 2022, "actual", "9"),
        ("満足度", 2022, "target", "80"),
        ("満足度", 2022, "actual", "75"),
    ]


def test_a_judgement_behind_several_kpis_of_a_row_is_of_the_program():
    facts = read_facts(
        TITLE,
        ("施策", "指標１", "目標", "実績", "指標２", "目標", "実績", "総合評価"),
        ("商業", "空き店舗数", "20", "18", "開業数", "5", "6", "Ａ"),
    )
    assert [(f.program, f.kpi, f.value) for f in facts if f.field == "grade"] == [("商業", "", "A")]


def test_numbers_that_share_the_header_of_the_names_are_no_names():
    facts = read_facts(
        TITLE,
        ("指標名", "", "単位", "目標値", "実績値"),
        ("1", "待機児童数", "人", "0", "4"),
        ("2", "受診率", "％", "98", "96.2"),
        spans={"A2": (1, 2)},
    )
    assert [kpi for kpi, *_ in tell(facts, "actual")] == ["待機児童数", "受診率"]


def test_each_table_has_the_year_of_its_own_title():
    facts = read_facts(
        ("令和4年度　KPI実績",),
        ("事業名", "指標", "目標値", "実績値"),
        ("甲", "参加者数（人）", "95", "88"),
        (),
        ("令和5年度　KPI実績",),
        ("事業名", "指標", "目標値", "実績値"),
        ("甲", "参加者数（人）", "100", "90"),
    )
    assert [(year, value) for _, year, _, value in tell(facts, "actual")] == [
        (2022, "88"),
        (2023, "90"),
    ]


def test_a_table_begun_without_a_gap_leaves_the_unit_of_the_one_before():
    facts = read_facts(
        TITLE,
        ("１　子ども", "", "（千円）"),
        ("事業名", "指標", "決算額"),
        ("給食事業", "提供食数", "200"),
        ("２　道路", "", "（百万円）"),
        ("事業名", "指標", "決算額"),
        ("舗装事業", "延長", "45"),
    )
    assert [(program, yen) for program, _, _, yen in money(facts)] == [
        ("給食事業", "200000"),
        ("舗装事業", "45000000"),
    ]


def test_what_is_headed_by_the_year_before_or_after_is_of_that_year():
    head = (
        "事業名",
        "指標",
        "実績値",
        "来年度目標",
        "前年度当初予算額（千円）",
        "当初予算額（千円）",
    )
    facts = read_facts(TITLE, head, ("甲", "登録数（人）", "200", "220", "100", "120"))
    assert tell(facts, "actual", "target") == [
        ("登録数", 2022, "actual", "200"),
        ("登録数", 2023, "target", "220"),
    ]
    assert [(year, yen) for _, year, _, yen in money(facts)] == [(2021, "100000"), (2022, "120000")]


def test_of_a_changed_target_the_later_counts_and_of_two_actuals_the_one_that_is_none_expected():
    head = ("事業名", "指標", "当初目標", "変更後目標", "実績見込", "実績")
    facts = read_facts(TITLE, head, ("甲", "雇用者数（人）", "100", "80", "85", "82"))
    assert tell(facts, "target_before", "target", "actual", "actual_status") == [
        ("雇用者数", 2022, "target_before", "100"),
        ("雇用者数", 2022, "target", "80"),
        ("雇用者数", 2022, "actual", "82"),
    ]


def test_a_repeated_figure_is_the_one_beside_it_and_shown_as_it_is_printed():
    facts = read_facts(
        TITLE,
        ("事業名", "指標", "目標値", "実績値"),
        ("甲", "訓練回数（回）", "3", "3"),
        ("", "参加者数（人）", "〃", "同左"),
        ("", "登録数（人）", "", "9"),
        ("", "利用数（人）", "〃", "8"),
    )
    assert tell(facts, "target", "actual")[2:4] == [
        ("参加者数", 2022, "target", "3"),
        ("参加者数", 2022, "actual", "3"),
    ]
    assert {f.printed for f in facts if f.place.endswith(("!C4", "!D4"))} == {"〃", "同左"}
    assert at(facts, "C6") == [("problem", "repeated")]


def test_the_year_of_a_meeting_is_not_that_of_what_it_hears_of():
    facts = read_facts(
        ("令和6年度 第1回評価委員会資料",),
        ("事業名", "指標", "目標値", "実績値"),
        ("甲", "登録数（人）", "5", "4"),
    )
    assert {(f.fiscal_year, f.outcome) for f in facts if f.field == "actual"} == {(None, "doubt")}


def test_judgements_of_a_form_below_its_table_are_no_rows_of_that():
    facts = read_facts(
        ("令和4年度 事業評価シート",),
        ("事業名", "児童クラブ"),
        (),
        ("指標", "単位", "R3実績", "R4実績"),
        ("利用児童数", "人", "215", "231"),
        ("必要性", "A", "有効性", "B"),
    )
    assert [(f.field, f.fiscal_year, f.value) for f in facts if f.table.startswith("rating")] == [
        ("必要性", 2022, "A"),
        ("effectiveness", 2022, "B"),
    ]


def test_a_fraction_beside_percentages_is_doubted():
    head = ("事業名", "指標", "目標値", "実績値")
    facts = read_facts(TITLE, head, ("甲", "普及率（％）", "80", "0.75"))
    assert [(f.value, f.outcome) for f in facts if f.field == "actual"] == [("0.75", "doubt")]


def test_an_increase_is_a_problem_and_no_level():
    head = ("事業名", "指標", "基準値", "目標値")
    facts = read_facts(TITLE, head, ("甲", "登録数（人）", "1,000", "+200"))
    assert at(facts, "D3") == [("problem", "increase")]


def test_an_error_of_a_spreadsheet_is_no_target_in_words():
    head = ("事業名", "指標", "目標値", "実績値")
    facts = read_facts(TITLE, head, ("甲", "登録数（人）", "#REF!", "4"))
    assert [outcome for outcome, _ in at(facts, "C3")] == ["problem"]


def test_years_go_on_in_the_next_era_where_only_the_first_names_its_own():
    facts = read_facts(
        ("事業名", "指標名", "平成30年度", "元年度", "2年度", "３年度"),
        ("", "", "実績", "実績", "実績", "実績"),
        ("移住促進", "移住者数（人）", "100", "110", "120", "130"),
        spans={"A1": (2, 1), "B1": (2, 1)},
    )
    years = [(f.fiscal_year, f.value) for f in facts if f.field == "actual"]
    assert years == [(2018, "100"), (2019, "110"), (2020, "120"), (2021, "130")]


def test_a_year_whose_era_stands_nowhere_is_no_year():
    facts = read_facts(
        ("事業名", "指標名", "4年度目標", "4年度実績"),
        ("移住促進", "移住者数（人）", "100", "110"),
    )
    doubts = [(f.fiscal_year, f.field, f.value, f.note) for f in facts if f.field in FIGURES]
    assert doubts == [(None, "target", "100", "no_year"), (None, "actual", "110", "no_year")]
