"""Tables as a reader reads them: expected rows written out from the two publications."""

import pandas as pd
import pytest
from slices import IBARAKI, MORIOKA, TSUKUBA, report

import analysis

SLICES = [
    (TSUKUBA, 2018),
    (TSUKUBA, 2018, "support_robot_trial"),
    (TSUKUBA, 2018, "job_fair"),
    (MORIOKA, 2021),
    (MORIOKA, 2022),
]
JOB_FAIR = "合同就職面接会におけるマッチング相談件数"
INCOME = "新たな地域ビジネスによる事業収入"


def all_tables(r):
    return {
        "program": analysis.tabulate_program(r.data.programs, r.data.budgets),
        "plan": analysis.tabulate_targets(r.kpis),
        "progress": analysis.tabulate_progress(r.kpis),
        "readings": analysis.tabulate_readings(r.kpis),
        "parts": analysis.tabulate_parts(r.parts),
        "costs": analysis.tabulate_costs(r.kpis),
        "audit": analysis.tabulate_audit(r.audit),
        "grades": analysis.tabulate_grades(r.audit),
        "observations": analysis.tabulate_observations(r.data.observations),
        "programs": analysis.tabulate_programs(r.comparison),
        "sources": analysis.tabulate_sources(r.data.sources),
        "rubric": analysis.tabulate_rubric(r.rubric),
    }


def rows(table):
    return table.to_dict("records")


@pytest.mark.parametrize("which", SLICES)
def test_every_cell_is_text_without_a_sign_of_a_missing_value(which):
    for name, table in all_tables(report(*which)).items():
        for value in table.to_numpy().ravel():
            assert isinstance(value, str), (name, value)
            assert value not in ("nan", "None", "<NA>", "NaT"), name
            assert "nan" not in value, name


@pytest.mark.parametrize("which", SLICES)
def test_tables_of_kpis_and_judgements_keep_every_row_in_its_order(which):
    r = report(*which)
    tables = all_tables(r)
    for name in ("plan", "progress", "readings"):
        assert tables[name]["指標"].tolist() == r.kpis["kpi"].tolist()
    priced = r.kpis["cost_yen"].notna().any()
    assert len(tables["costs"]) == (len(r.kpis) if priced else 0)
    for name in ("audit", "grades"):
        assert tables[name]["場所"].tolist() == r.audit["place"].tolist()
    assert tables["programs"]["事業"].tolist() == r.comparison["program"].tolist()
    assert len(tables["parts"]) == len(r.parts)
    assert tables["observations"]["内容"].tolist() == r.data.observations["what"].tolist()


def test_tables_without_a_row_keep_their_headers():
    r = report(TSUKUBA, 2018)
    full = all_tables(r)
    empty = {
        "plan": analysis.tabulate_targets(r.kpis.iloc[:0]),
        "progress": analysis.tabulate_progress(r.kpis.iloc[:0]),
        "readings": analysis.tabulate_readings(r.kpis.iloc[:0]),
        "parts": analysis.tabulate_parts(r.parts.iloc[:0]),
        "audit": analysis.tabulate_audit(r.audit.iloc[:0]),
        "grades": analysis.tabulate_grades(r.audit.iloc[:0]),
        "observations": analysis.tabulate_observations(r.data.observations.iloc[:0]),
        "sources": analysis.tabulate_sources(r.data.sources.iloc[:0]),
    }
    for name, table in empty.items():
        assert list(table) == list(full[name]), name
        assert len(table) == 0, name


def test_no_programs_make_a_table_without_a_row():
    assert len(analysis.tabulate_programs(report(TSUKUBA, 2018).comparison.iloc[:0])) == 0


# Single tables


def test_progress_prints_target_actual_rates_and_where_a_kpi_stands():
    r = report(TSUKUBA, 2018)
    table = analysis.tabulate_progress(r.kpis)
    expected = pd.DataFrame(
        [
            {
                "指標": JOB_FAIR,
                "目標": "200件",
                "実績": "148件",
                "実績の扱い": "速報値",
                "達成率": "74.0％",
                "進捗率": "▲73.3％",
                "最終目標比": "74.0％",
                "結論": "◆ 未達（従前値より悪い）",
            },
            {
                "指標": "東京圏からつくば市内への年間転入者数",
                "目標": "4,630人",
                "実績": "4,600人",
                "実績の扱い": "推計値",
                "達成率": "99.4％",
                "進捗率": "93.1％",
                "最終目標比": "99.4％",
                "結論": "◇ 推計で未達",
            },
            {
                "指標": INCOME,
                "目標": "1,000千円",
                "実績": "1,110千円",
                "実績の扱い": "速報値",
                "達成率": "111.0％",
                "進捗率": "111.0％",
                "最終目標比": "22.2％",
                "結論": "● 到達（最終年度はR2）",
            },
        ]
    )
    pd.testing.assert_frame_equal(table.iloc[1:4].reset_index(drop=True), expected)


def test_progress_prints_a_dash_for_what_a_source_does_not_hold():
    hired, *_, registrants = rows(analysis.tabulate_progress(report(MORIOKA, 2021).kpis))
    assert hired["目標"] == hired["達成率"] == hired["進捗率"] == "—"
    assert hired["実績"] == "18人"
    assert hired["結論"] == "？ 判定できない（目標の記載がない）"
    assert registrants["目標"] == "1,000人"
    assert registrants["実績"] == "—"
    assert registrants["実績の扱い"] == "集計中"


def test_the_plan_prints_baseline_and_both_targets_in_the_unit():
    [row] = rows(analysis.tabulate_targets(report(TSUKUBA, 2018, "job_fair").kpis))
    assert row == {
        "指標": JOB_FAIR,
        "種類": "成果",
        "方向": "増やす",
        "従前値": "170件",
        "年度の目標": "200件",
        "最終目標": "200件",
        "最終年度": "H30",
        "記載の場所": "④-4",
    }


def test_a_plan_without_a_direction_or_baseline_says_so():
    nights = rows(analysis.tabulate_targets(report(MORIOKA, 2022).kpis))[0]
    assert nights["方向"] == "記載なし"
    assert nights["種類"] == "社会全体の動き"
    assert (nights["従前値"], nights["年度の目標"]) == ("—", "4,200,000人泊")
    assert (nights["最終目標"], nights["最終年度"]) == ("—", "—")


def test_readings_print_every_rate_and_why_one_cannot_be_had():
    [row] = rows(analysis.tabulate_readings(report(TSUKUBA, 2018, "job_fair").kpis))
    assert row == {
        "指標": JOB_FAIR,
        "達成率": "74.0％ 不足",
        "進捗率": "▲73.3％ 後退",
        "期待値比": "—",
        "最終目標比": "74.0％ 不足",
        "成長率比": "—",
        "結論": "程度だけ変わる",
        "求められない理由・注意": "期待値比・成長率比：従前値の年度の記載がない",
    }


def test_a_reason_that_several_readings_share_stands_once():
    table = analysis.tabulate_readings(report(IBARAKI, 2017, "comprehensive_strategy").kpis)
    assert table["求められない理由・注意"].tolist() == [
        "進捗率・期待値比・成長率比：従前値の記載がない"
    ]


def test_parts_print_what_the_source_holds_of_each_kpi():
    table = analysis.tabulate_parts(report(TSUKUBA, 2018).parts)
    columns = ["指標", "従前値", "目標", "実績", "予算", "決算", "期間", "単価"]
    assert list(table) == ["指標・事業", *columns]
    robot, _, lives, *_ = table.to_numpy().tolist()
    assert robot == [
        "つくば市生活支援ロボット普及促進事業（指標なし）",
        *["記載なし"] * 4,
        *("あり", "記載なし", "あり", "記載なし"),
    ]
    assert lives == [
        "「つくば市に住みたい」ひとの割合",
        *["あり"] * 3,
        "速報値",
        *("あり", "記載なし", "あり", "対象外"),
    ]


def test_parts_tell_pending_actuals_and_amounts_of_unknown_nature_from_absent_ones():
    first, *_, last = rows(analysis.tabulate_parts(report(MORIOKA, 2021).parts))
    assert (first["実績"], first["予算"]) == ("あり", "金額の性質が不明")
    assert (last["実績"], last["予算"]) == ("集計中", "記載なし")


def test_costs_print_ranges_from_the_equal_share_to_the_full_cost():
    table = analysis.tabulate_costs(report(TSUKUBA, 2018).kpis)
    expected = pd.DataFrame(
        [
            {
                "指標": JOB_FAIR,
                "費用（円）": "3,780,000",
                "1単位あたり（円）": "25,541",  # 3,780,000 / 148
                "増加1単位あたり（円）": "—",
                "費用1円あたりの額（円）": "—",
                "根拠・注意": "総予算額。単年度か累計かの記載がない",
            },
            {
                "指標": INCOME,
                "費用（円）": "2,160,000～8,640,000",  # a quarter, or all, of 8,640,000
                "1単位あたり（円）": "—",
                "増加1単位あたり（円）": "—",
                "費用1円あたりの額（円）": "0.13～0.51",  # 1,110,000 / 8,640,000, / 2,160,000
                "根拠・注意": "総予算額。金額の指標。単年度か累計かの記載がない",
            },
        ]
    )
    pd.testing.assert_frame_equal(table.iloc[[1, 3]].reset_index(drop=True), expected)


def test_amounts_of_unknown_nature_are_neither_divided_nor_shared_out():
    first, *_, last = rows(analysis.tabulate_costs(report(MORIOKA, 2021).kpis))
    assert first["費用（円）"] == "29,005,000"
    assert first["1単位あたり（円）"] == "—"
    assert first["根拠・注意"] == "記載された金額の合計。金額の性質が書かれていない"
    assert last["費用（円）"] == "—"
    assert last["根拠・注意"] == "金額の記載がない"


def test_a_column_of_money_per_yen_stands_only_where_a_kpi_is_in_money():
    table = analysis.tabulate_costs(report(TSUKUBA, 2018, "job_fair").kpis)
    assert "費用1円あたりの額（円）" not in table


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


def test_grades_print_levels_grade_rubric_and_reason():
    table = analysis.tabulate_grades(report(TSUKUBA, 2018).audit)
    youth = rows(table)[1]
    assert youth.pop("示された理由（要約）").startswith("前年度の冊子アンケート")
    assert youth == {
        "場所": "④-2",
        "指標": "若者ライフプラン形成支援事業（指標なし）",
        "有効性": "中",
        "効率性": "低",
        "総合評価": "D",
        "基準では": "D",
        "基準との関係": "この年度の資料による基準で、確かめられない",
    }


def test_who_judged_and_what_is_to_follow_have_a_column_where_they_are_printed():
    audit = report(TSUKUBA, 2018, "job_fair").audit
    assert not {"評価した者", "今後の方針"} & set(analysis.tabulate_audit(audit))
    both = pd.concat([audit.assign(rated_by="一次評価"), audit.assign(rated_by="外部評価")])
    both = both.assign(policy=["継続", None], progress=["概ね順調", "順調"])
    table = analysis.tabulate_audit(both)
    assert table["評価した者"].tolist() == ["一次評価", "外部評価"]
    assert table["公表の進捗"].tolist() == ["概ね順調", "順調"]
    assert table["今後の方針"].tolist() == ["継続", "—"]
    assert analysis.tabulate_grades(both)["評価した者"].tolist() == ["一次評価", "外部評価"]


def test_a_judgement_without_level_grade_or_reason_has_no_row_among_the_grades():
    audit = report(TSUKUBA, 2018, "local_hub_cocreation").audit
    nothing = dict.fromkeys(["effectiveness", "efficiency", "grade", "reason"])
    audit = pd.concat([audit[:2].assign(place="1頁"), audit[2:].assign(**nothing)])
    table = analysis.tabulate_grades(audit)
    assert table["指標"].tolist() == audit["kpi"].tolist()[:2]


def test_a_judgement_of_a_program_that_has_kpis_names_the_program():
    audit = report("400009", 2024).audit
    for table in (analysis.tabulate_audit(audit), analysis.tabulate_grades(audit)):
        assert table["指標"].tolist()[::3] == [
            "事業全体：宿泊税導入対策事業",
            "事業全体：国民保護体制推進事業",
        ]
        assert not table["指標"].str.contains("指標なし").any()


def test_the_mark_of_doubt_is_told_only_where_it_stands():
    kpis = report(TSUKUBA, 2018, "job_fair").kpis
    assert analysis.describe_doubts(kpis) == ""
    said = analysis.describe_doubts(kpis.assign(achievement_rate=10.01))
    assert said.endswith("単位を読み違えている可能性があります。")
    assert analysis.describe_doubts(kpis.assign(progress_rate=-10.5)) == said


def test_the_audit_says_what_stands_where_an_actual_would_and_doubts_a_tenfold_rate():
    audit = report(TSUKUBA, 2018, "job_fair").audit
    audit = audit.assign(finding="no_actual", no_actual_note="pending", achievement_rate=29.98)
    (row,) = rows(analysis.tabulate_audit(audit))
    assert row["数値との関係"] == "公表された数値では説明できない（実績は集計中）"
    assert row["達成率"] == "2,998.0％？"


def test_axes_of_other_names_have_a_column_each_and_a_row_for_each_judge():
    key = [TSUKUBA, "job_fair", None, 2018]
    columns = [
        "government_code",
        "program_id",
        "kpi_id",
        "fiscal_year",
        "rated_by",
        "axis",
        "level",
    ]
    axes = pd.DataFrame(
        [
            [*key, "一次評価", "必要性", "高い"],
            [*key, "一次評価", "公平性", "普通"],
            [*key, "外部評価", "必要性", "普通"],
        ],
        columns=columns,
    ).assign(place="1頁")
    data = report(TSUKUBA, 2018, "job_fair").data
    table = analysis.tabulate_axes(axes, data.programs, data.kpis)
    assert rows(table) == [
        {
            "指標・事業": "合同就職面接会",
            "評価した者": "一次評価",
            "必要性": "高い",
            "公平性": "普通",
            "記載の場所": "1頁",
        },
        {
            "指標・事業": "合同就職面接会",
            "評価した者": "外部評価",
            "必要性": "普通",
            "公平性": "—",
            "記載の場所": "1頁",
        },
    ]
    assert analysis.describe_axes(axes).startswith("必要性・公平性の水準も公表されています。")
    assert analysis.describe_axes(axes.iloc[:0]) == ""
    assert analysis.tabulate_axes(axes.iloc[:0], data.programs, data.kpis).empty


def test_levels_that_no_sheet_shows_have_an_unknown_grade():
    ratings = report(TSUKUBA, 2018).audit.assign(rubric_grade="unknown")
    assert set(analysis.tabulate_grades(ratings)["基準では"]) == {"不明"}


def test_observations_print_value_year_status_and_the_number_behind_a_share():
    table = analysis.tabulate_observations(report(TSUKUBA, 2018).data.observations)
    by_name = table.set_index("内容")
    assert by_name.loc["「参考になった」と答えた割合"].tolist() == [
        "H29",
        "46.3％",
        "公表値",
        "110",
        "④-2 効果発現要因",
    ]
    pending = by_name.loc["アンケート集計"]
    assert (pending["値"], pending["扱い"], pending["母数"]) == ("—", "集計中", "—")
    assert by_name.loc["アンケート回収率", "母数"] == "2,277"


def test_a_program_is_printed_one_item_a_row_without_the_empty_ones():
    r = report(TSUKUBA, 2018, "job_fair")
    table = analysis.tabulate_program(r.data.programs, r.data.budgets)
    printed = dict(table.to_numpy().tolist())
    assert list(table) == ["項目", "記載"]
    assert printed["事業名"] == "合同就職面接会"
    assert printed["担当"] == "経済部"
    assert printed["期間"] == "平成28年度～平成30年度"
    assert printed["総予算額"] == "3,780,000円"
    assert "連携先" not in printed  # one government alone


def test_several_amounts_of_a_program_stand_with_what_each_is_for():
    r = report(MORIOKA, 2021, "growth_field_hub")
    table = analysis.tabulate_program(r.data.programs, r.data.budgets)
    amounts = table[table["項目"] == "金額（性質の記載なし）"]["記載"].tolist()
    assert amounts == [
        "10,010,000円（盛岡市クラスター活動支援業務委託）",
        "1,333,000円（盛岡ヘルスケア産業協議会負担金）",
        "17,662,000円（盛岡市医療福祉機器等販路開拓支援事業補助金）",
    ]


def test_a_program_without_years_has_no_row_for_its_period():
    r = report(TSUKUBA, 2018, "job_fair")
    years = {"start_year": pd.NA, "end_year": pd.NA}
    table = analysis.tabulate_program(r.data.programs.assign(**years), r.data.budgets)
    assert "期間" not in table["項目"].tolist()


def test_programs_print_cost_counts_and_both_means():
    table = analysis.tabulate_programs(report(TSUKUBA, 2018).comparison)
    by_name = {row.pop("事業"): row for row in rows(table)}
    assert by_name["合同就職面接会"] == {
        "費用（総予算額）": "3,780,000円",
        "指標": "1",
        "到達": "0",
        "未達": "1",
        "不明": "0",
        "進み具合の平均（0～100％に収める）": "0.0％",
        "同（上限なし）": "▲73.3％",
        "平均のもと": "進捗率1",
    }
    # (111 + 100 + 200 + 175) / 4
    assert by_name["地域拠点活力共創マネジメント事業"]["同（上限なし）"] == "146.5％"
    robot = by_name["つくば市生活支援ロボット普及促進事業"]
    assert (robot["指標"], robot["進み具合の平均（0～100％に収める）"]) == ("0", "—")


def test_unknown_kpis_widen_the_mean_to_a_range():
    hub = rows(analysis.tabulate_programs(report(MORIOKA, 2021).comparison))[0]
    assert hub["進み具合の平均（0～100％に収める）"] == "0.0％～100.0％"
    assert hub["同（上限なし）"] == "—"
    assert hub["平均のもと"] == "率が不明（0～100％の幅とする）3"
    assert (hub["指標"], hub["不明"]) == ("3", "3")


def test_costs_on_different_bases_each_name_theirs():
    table = (
        report(TSUKUBA, 2018)
        .comparison.iloc[:3]
        .assign(cost_basis=["settled", "total", None], cost_yen=[1_000_000, 2_000_000, None])
    )
    printed = analysis.tabulate_programs(table)["費用"].tolist()
    assert printed == ["1,000,000円（決算額）", "2,000,000円（総予算額）", "—"]


def test_sources_print_title_publisher_edition_number_and_year():
    [row] = rows(analysis.tabulate_sources(report(TSUKUBA, 2018).data.sources))
    assert "重要業績評価指標（ＫＰＩ）の指標一覧" in row.pop("資料")
    assert row == {
        "公表者": "つくば市",
        "版": "速報版",
        "資料番号": "資料２－１",
        "年度": "平成30年度",
    }
    [row] = rows(analysis.tabulate_sources(report(MORIOKA, 2021).data.sources))
    assert (row["版"], row["資料番号"], row["年度"]) == ("—", "—", "令和3年度（推定）")


def test_the_rubric_prints_nine_cells_five_of_them_unknown():
    table = analysis.tabulate_rubric(report(TSUKUBA, 2018).rubric)
    assert list(table) == ["有効性", "効率性", "総合評価", "根拠"]
    assert len(table) == 9
    assert (table["総合評価"] == "不明").sum() == 5
    assert table.iloc[0].tolist()[:3] == ["高", "高", "S"]
    unknown = table[table["総合評価"] == "不明"]
    assert set(unknown["根拠"]) == {"どのシートにも現れない"}


def test_without_a_rubric_there_is_no_row():
    assert analysis.tabulate_rubric(None).empty


def test_hashes_print_one_row_a_table_and_change_with_the_data():
    whole, part = report(TSUKUBA, 2018).data.hashes, report(TSUKUBA, 2018, "job_fair").data.hashes
    table = analysis.tabulate_hashes(whole)
    assert table["表"].tolist() == list(whole)
    assert table["SHA-256"].str.fullmatch("[0-9a-f]{12}").all()
    assert whole["kpis"] != part["kpis"]


def test_versions_name_what_computed_and_drew():
    table = analysis.tabulate_versions()
    assert table["名前"].tolist() == ["Python", "sosei", "pandas", "numpy", "matplotlib"]
    assert dict(table.to_numpy().tolist())["pandas"] == pd.__version__


def test_no_table_changes_the_one_it_was_made_from():
    r = report(TSUKUBA, 2018)
    before = [t.copy() for t in (r.kpis, r.audit, r.parts, r.comparison, r.data.observations)]
    all_tables(r)
    after = (r.kpis, r.audit, r.parts, r.comparison, r.data.observations)
    for old, new in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(old, new)
