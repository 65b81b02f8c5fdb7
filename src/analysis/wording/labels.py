"""The words for codes."""

REASONS = {
    "no_actual": "実績がない",
    "no_target": "目標の記載がない",
    "no_baseline": "従前値の記載がない",
    "no_baseline_year": "従前値の年度の記載がない",
    "no_final_target": "最終目標の記載がない",
    "no_final_year": "最終年度の記載がない",
    "no_time_passed": "従前値の年度から時間がたっていない",
    "no_band": "幅の記載がない",
    "zero_target": "目標が0",
    "negative_value": "負の値を含む",
    "milestone": "実施の有無をみる指標",
    "keep_target": "維持をめざす指標",
    "target_equals_baseline": "目標と従前値が同じ",
    "met_at_baseline": "従前値の時点で目標を満たしていた",
    "reads_reversed": "下がるべき指標の単純な比（100％超は未達）",
    "direction_unknown": "指標の方向の記載がない",
    "assumed_baseline_year": "従前値を開始前年度の値と仮定",
    "no_cost": "金額の記載がない",
    "several_years": "数年度分の合計額しかなく、1年度の額が分からない",
    "nature_not_stated": "金額の性質が書かれていない",
    "budget_not_settled": "決算額がなく予算額による",
    "planned_amount": "計画額しかない",
    "societal_kpi": "事業の外の動きも数える指標",
    "activity_kpi": "自ら行う活動の数で、偶然の数ではない",
    "kind_unknown": "活動か成果か書かれていない",
    "money_kpi": "金額の指標",
    "not_a_count": "件数で数える指標ではない",
    "cumulative_actual": "累計の実績",
    "nothing_achieved": "実績が0以下",
    "no_gain": "従前値からの増加がない",
    "older_actual": "実績が前の年度の値",
    "actual_estimated": "実績は推計値",
    "aggregation_unknown": "単年度か累計かの記載がない",
    "rate_of_program": "事業全体の率で、どの数値から計算したかは資料から分からない",
    "figures_inferred": "目標・実績が推定のため、確かめたことにはならない",
    "zero_value": "0を含み増加率を求められない",
    "zero_actual": "実績が0",
    "sign_change": "正負が入れ替わる",
    "target_range": "目標が範囲で示されている",
    "target_in_words": "目標が数値でなく言葉で示されている",
    "not_due": "目標の期限がまだ来ていない",
    "not_finite": "計算できる大きさを超える",
    "increment_actual": "各年度の増加分で、水準ではない",
    "mixed_aggregation": "累計の値で、従前値が単年度の値なら比べられない",
    "not_falling": "減らす指標ではない",
    "beyond_mirror": "実績が目標の2倍を超える",
    "level_kpi": "足し合わせられない水準の指標",
    "missing_year": "途中の年度の値がない",
    "no_start_year": "開始年度の記載がない",
    "before_start": "開始年度より前の値",
    "too_few_years": "実績のある年度が少ない",
    "final_year_passed": "最終年度をすでに過ぎている",
    "no_scatter": "値が直線にそろい、誤差を見積もれない",
    "far_ahead": "最終年度が、実績のある期間より遠い先にある",
    "unit_changes": "年度によって単位が違う",
    "leaves_range": "直線が0～100％の外に出る",
    "no_weight": "配分の重みがない",
    "no_settled": "決算額の記載がない",
    "no_total": "予算現額の記載がない",
    "over_execution": "決算額が予算額を超える",
    "zero_total": "予算現額が0",
    "no_carried_out": "翌年度への繰越の記載がない",
    "shared_cost": "1つの費用を複数の指標で分け合う",
    "falling_kpi": "減らす指標",
    "not_money": "金額の指標ではない",
    "zero_cost": "費用が0以下",
    "order_changes": "費用の分け方で順序が変わる",
    "no_kpi": "指標がない",
    "only_repeats": "指標がほかの事業の再掲だけ",
    "not_printed": "印刷された桁数が分からない",
    "too_few_rows": "両方の評価がそろう件数が20に満たない",
    "one_grade": "評価が1種類しかない",
    "too_few_programs": "比べる事業が少ない",
    "straddles_median": "値の幅が中央値をまたぐ",
    "no_value": "値の記載がない",
    "input_not_positive": "投入が0以下",
    "too_few_kpis": "指標が少ない",
    "no_sample_size": "回答数の記載がない",
    "not_a_share": "0～100％の割合ではない",
    "baseline_range": "従前値が範囲で示されている",
    "already_final": "最終目標にはすでに達している",
    "printed_differs": "記載と数値が食い違う",
    "planned_actual": "実績の欄が計画値である",
    "about_target": "目標がおよその数で示されている",
    "part_year": "年度途中の実績",
    "series_break": "途中で数え方が変わり、それより前の年度を除いた",
    "of_final_target": "最終目標に対する率",
    "about_value": "およその数による率",
    "beyond_tenfold": "1,000％を超え、単位や桁を確かめる必要がある",
    "slack_remains": "一部の投入をさらに減らせる相手がいる",
    "with_personnel": "人件費を含む費用しか記載がない",
    "personnel_reckoned": "人件費は決算か予算かの記載がない",
    "other_nature": "費用に人件費を含むかどうかが、ほかの事業と違う",
    "nothing_known": "どの指標も率が分からない",
    "unlike_items": "予算額と決算額に、同じ項目の金額がない",
    "items_left_out": "相手のない項目を除いて計算",
    "not_events": "1件ずつ偶然に起きる出来事の数ではない",
    "no_denominator": "何の数で割ったかが分からない",
    "no_unit": "印刷された単位を読み取れない",
}


STATUSES = {
    "final": "公表値",
    "preliminary": "速報値",
    "estimated": "推計値",
    "pending": "集計中",
    "unpublished": "未公表",
    "not_in_source": "この資料に記載なし",
    "planned": "計画値",
    "not_set": "「-」と記載",
    "not_surveyed": "この年度は調査なし",
}


FLAGS = {"new": "新規", "expanded": "拡充"}


BASES = {
    "settled": "決算額",
    "total": "総予算額",
    "parts": "予算額（当初・補正・繰越の合計）",
    "initial": "当初予算額",
    "planned": "計画額",
    "reported": "記載された金額の合計",
}


PARTS = {
    "initial": "当初",
    "supplementary": "補正",
    "carried_in": "繰越",
    "carried_out": "繰越",
    "reserve": "予備費",
}


NATURES = {"direct": "人件費を除く", "personnel": "人件費", "full": "人件費を含む"}


DIRECTIONS = {
    "up": "増やす",
    "down": "減らす",
    "keep_above": "下回らない",
    "keep_below": "上回らない",
    "keep_within": "幅の中に保つ",
    "milestone": "実施する",
    "unknown": "記載なし",
}


KPI_KINDS = {
    "activity": "活動",
    "outcome": "成果",
    "societal": "社会全体の動き",
    "unknown": "不明",
}


NO_FIGURE = "—"


BEFORE_FINAL_YEAR = ("already_final", "not_due")


READINGS = {
    "achievement_rate": "達成率",
    "progress_rate": "進捗率",
    "pace_rate": "期待値比",
    "final_rate": "最終目標比",
    "cagr_rate": "成長率比",
}


VERDICTS_OF_COURSE = {"reached": "順調", "close": "やや遅れ", "short": "遅れ", "away": "後退"}


VERDICTS = {"reached": "到達", "close": "おおむね", "short": "不足", "away": "後退", "": NO_FIGURE}


PART_LABELS = {
    "direction": "方向",
    "baseline": "従前値",
    "target": "年度の目標",
    "actual": "実績",
    "final_target": "最終目標",
    "budget": "予算",
    "settled": "決算",
}


BUDGET_KINDS = {
    "initial": "当初予算",
    "supplementary": "補正予算",
    "carried_in": "前年度からの繰越",
    "carried_out": "翌年度への繰越",
    "reserve": "予備費",
    "total": "総予算額",
    "settled": "決算額",
    "national_grant": "国費",
    "unused": "不用額",
    "planned": "計画額",
    "reported": "金額（性質の記載なし）",
    "source": "財源",
    "whole_plan": "計画全体の額",
}
