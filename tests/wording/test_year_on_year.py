"""What a report says of a fiscal year against the one before."""

import pandas as pd

from analysis import (
    add_achievement,
    compare_budgets_with_year_before,
    compare_grades_with_year_before,
    compare_with_year_before,
    describe_budgets_year_on_year,
    describe_grades_year_on_year,
    describe_year_on_year,
    load,
    tabulate_budgets_year_on_year,
    tabulate_grades_year_on_year,
    tabulate_year_on_year,
)


def compare(government, year):
    return compare_with_year_before(add_achievement(load("data", government).kpis), year)


def test_the_ways_are_counted_and_what_cannot_be_said_is_said():
    assert describe_year_on_year(compare("400009", 2024)) == (
        "前の年度（令和5年度）の実績もあるのは8指標で、良くなったのは3指標、"
        "悪くなったのは1指標、変わらないのは2指標です。"
        "「県事業での養成者数（累計）」は新たに目標に届きました。"
        "累計の2指標は、増えるのが当然なので、良し悪しを言えません。"
    )
    assert describe_year_on_year(compare("080004", 2017)) == (
        "前の年度（平成28年度）の実績もあるのは1指標です。"
        "累計の1指標は、増えるのが当然なので、良し悪しを言えません。"
    )


def test_both_years_stand_in_a_row_with_unit_status_and_state():
    table = tabulate_year_on_year(compare("080004", 2016))
    assert table.iloc[0].tolist() == [
        *("雇用創出数", "悪くなった", "H27", "2,748人", "2,415人", "▲333人"),
        *("● 到達", "● 到達"),
    ]
    assert tabulate_year_on_year(compare("080004", 2017)).iloc[0].tolist()[4:6] == [
        "7,077人（速報値）",
        "＋1,914人",
    ]


def test_nothing_to_compare_is_nothing_to_say():
    nothing = compare("082201", 2018)
    assert describe_year_on_year(nothing) == ""
    assert tabulate_year_on_year(nothing).empty
    assert isinstance(nothing, pd.DataFrame)


def test_the_sums_are_of_the_programs_that_have_both_years():
    budgets = load("data", government="012211").budgets
    changed = compare_budgets_with_year_before(budgets, 2019)
    assert describe_budgets_year_on_year(changed) == (
        "総予算額が両年度で分かる1事業の合計は、平成30年度の12,100,000円から14,839,000円になりました"
        "（増減 ＋2,739,000円）。"
        "決算額が両年度で分かる1事業の合計は、平成30年度の12,069,000円から14,104,000円になりました"
        "（増減 ＋2,035,000円）。"
    )
    programs = pd.DataFrame({"government_code": ["012211"], "program_id": ["agri_centre"]})
    table = tabulate_budgets_year_on_year(changed, programs.assign(program="センター"))
    assert table.to_numpy().tolist() == [
        ["センター", "総予算額", "H30", "12,100,000", "14,839,000", "＋2,739,000"],
        ["センター", "決算額", "H30", "12,069,000", "14,104,000", "＋2,035,000"],
    ]


def test_a_sum_of_parts_is_named_by_its_parts():
    key = {"government_code": "082201", "program_id": "fair"}
    rows = [
        {**key, "fiscal_year": year, "kind": kind, "amount_yen": yen}
        for year, kind, yen in [(2017, "initial", 5), (2018, "initial", 7)]
    ]
    changed = compare_budgets_with_year_before(pd.DataFrame(rows), 2018)
    assert describe_budgets_year_on_year(changed).startswith("当初予算額が両年度で分かる1事業")


def test_where_there_is_no_year_before_nothing_is_said():
    budgets = load("data", government="082201").budgets
    changed = compare_budgets_with_year_before(budgets, 2018)
    assert describe_budgets_year_on_year(changed) == ""
    assert tabulate_budgets_year_on_year(changed, pd.DataFrame()).empty


def test_grades_are_the_same_or_not_and_no_more_is_said():
    ratings = made_ratings([(2017, "A", "一次"), (2018, "B", "一次"), (2018, "A", "二次")])
    changed = compare_grades_with_year_before(ratings, 2018)
    assert describe_grades_year_on_year(changed) == (
        "前の年度にも同じ者の評価がある1件のうち、0件は同じで、1件は変わりました。"
        "どちらが良い評価かは、基準によります。"
    )
    programs = ratings[["government_code", "program_id"]].head(1).assign(program="面接会")
    kpis = pd.DataFrame(columns=["government_code", "program_id", "kpi_id", "kpi"], dtype="str")
    table = tabulate_grades_year_on_year(changed, programs, kpis)
    assert table.to_numpy().tolist() == [["面接会", "—", "一次", "H29", "A", "B"]]
    assert describe_grades_year_on_year(changed.iloc[:0]) == ""


def made_ratings(judged):
    rows = [
        {"government_code": "082201", "program_id": "fair", "fiscal_year": y, "grade": g,
         "rated_by": by}
        for y, g, by in judged
    ]  # fmt: skip
    return pd.DataFrame(rows).assign(kpi_id=None, scheme=None).astype({"kpi_id": "str"})
