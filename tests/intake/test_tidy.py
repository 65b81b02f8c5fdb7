"""Facts -> rows: one a key, what a KPI has once in each of its years, no figure printed twice."""

from intake.typed_facts import fact, tidy_facts


def test_facts_of_one_kpi_and_year_are_one_row():
    [row] = tidy_facts(fact("target", "200"), fact("actual", "148")).tables["kpis"]
    assert (row["fiscal_year"], row["target"], row["actual"]) == (2018, "200", "148")
    assert row["actual_status"] == "final"


def test_what_a_kpi_has_once_stands_in_each_of_its_years():
    rows = tidy_facts(
        fact("actual", "148"),
        fact("actual", "150", fiscal_year=2019),
        fact("baseline", "100"),
        fact("unit", "件"),
    ).tables["kpis"]
    assert [(r["fiscal_year"], r["actual"], r["baseline"], r["unit"]) for r in rows] == [
        (2018, "148", "100", "件"),
        (2019, "150", "100", "件"),
    ]


def test_a_year_without_an_actual_says_that_the_paper_has_none():
    [row] = tidy_facts(fact("target", "200")).tables["kpis"]
    assert row["actual_status"] == "not_in_source"
    assert "actual" not in row


def test_the_same_figure_again_is_left_out():
    done = tidy_facts(fact("actual", "148"), fact("actual", "148", place="指標!Z9"))
    assert [row["actual"] for row in done.tables["kpis"]] == ["148"]
    assert [(f.outcome, f.note) for f in done.facts] == [
        ("read", ""),
        ("left_out", "printed_again"),
    ]


def test_another_figure_of_the_same_kpi_and_year_is_a_problem_and_the_first_stays():
    done = tidy_facts(fact("actual", "148"), fact("actual", "150", place="指標!Z9"))
    assert [row["actual"] for row in done.tables["kpis"]] == ["148"]
    assert [(f.outcome, f.note) for f in done.facts] == [
        ("read", ""),
        ("problem", "printed_otherwise: 148"),
    ]


def test_two_final_targets_are_a_problem_whatever_their_years():
    done = tidy_facts(fact("final_target", "300"), fact("final_target", "310", fiscal_year=2019))
    assert [f.outcome for f in done.facts] == ["read", "problem"]


def test_a_figure_without_a_year_is_in_no_table():
    done = tidy_facts(fact("actual", "148", fiscal_year=None, outcome="doubt", note="no_year"))
    assert done.tables["kpis"] == []


def test_what_was_not_used_is_in_no_table():
    done = tidy_facts(
        fact("actual", "148", outcome="problem"), fact("target", "200", outcome="left_out")
    )
    assert {name: rows for name, rows in done.tables.items() if rows} == {}


def test_every_program_that_a_fact_is_of_has_a_row():
    rows = tidy_facts(fact("actual", "1"), fact("actual", "2", program="乙")).tables["programs"]
    assert [(row["program"], row["government"]) for row in rows] == [
        ("甲", "つくば市"),
        ("乙", "つくば市"),
    ]


def test_offices_of_one_program_stand_beside_one_another_once():
    of = {"table": "programs", "kpi": "", "fiscal_year": None}
    done = tidy_facts(*(fact("department", name, **of) for name in ("経済部", "環境課", "経済部")))
    assert [row["department"] for row in done.tables["programs"]] == ["経済部・環境課"]


def test_the_printed_text_is_kept_where_it_is_not_the_bare_number():
    [row] = tidy_facts(
        fact("target", "1200", printed="1,200"), fact("actual", "148", printed="推 148")
    ).tables["kpis"]
    assert "target_printed" not in row
    assert row["actual_printed"] == "推 148"


def test_money_of_one_kind_and_item_is_a_row():
    of = {"table": "budgets", "kpi": ""}
    rows = tidy_facts(
        fact("amount_yen:settled", "3780000", printed="3,780", **of),
        fact("amount_yen:source:国庫支出金", "1000000", **of),
        fact("published_execution_rate", "0.982", printed="98.2%", **of),
    ).tables["budgets"]
    assert [(r["kind"], r["item"], r["amount_yen"]) for r in rows] == [
        ("settled", "", "3780000"),
        ("source", "国庫支出金", "1000000"),
    ]
    assert (rows[0]["published_execution_rate"], rows[0]["published_execution_rate_printed"]) == (
        "0.982",
        "98.2",
    )
    assert rows[0]["amount_printed"] == "3,780"


def test_an_amount_without_a_figure_has_a_status():
    of = {"table": "budgets", "kpi": ""}
    [row] = tidy_facts(fact("amount_status:settled", "not_set", printed="－", **of)).tables[
        "budgets"
    ]
    assert row["amount_status"] == "not_set"
    assert "amount_yen" not in row


def test_judgements_of_two_are_two_rows():
    of = {"table": "ratings", "kpi": ""}
    rows = tidy_facts(
        fact("grade", "A", rated_by="一次評価", **of),
        fact("grade", "B", rated_by="二次評価", **of),
    ).tables["ratings"]
    assert [(row["rated_by"], row["grade"]) for row in rows] == [
        ("一次評価", "A"),
        ("二次評価", "B"),
    ]


def test_axes_of_judgement_are_rows_of_their_own():
    of = {"table": "rating_axes", "kpi": ""}
    rows = tidy_facts(fact("必要性", "高い", **of), fact("公平性", "普通", **of)).tables[
        "rating_axes"
    ]
    assert [(row["axis"], row["level"]) for row in rows] == [("必要性", "高い"), ("公平性", "普通")]


def test_what_nobody_prints_is_concluded_and_named_as_such():
    [row] = tidy_facts(fact("actual", "5"), kpi="待機児童数").tables["kpis"]
    assert (row["direction"], row["kpi_kind"], row["aggregation"]) == ("down", "unknown", "unknown")
    assert row["inferred"] == "aggregation direction kpi_kind"


def test_a_printed_direction_is_not_concluded():
    [row] = tidy_facts(fact("actual", "5"), fact("direction", "up"), kpi="待機児童数").tables[
        "kpis"
    ]
    assert row["direction"] == "up"
    assert row["inferred"] == "aggregation kpi_kind"


def test_what_is_set_for_a_kpi_counts_before_a_guess():
    first = tidy_facts(fact("actual", "5"))
    [row] = first.tables["kpis"]
    key = (row["program_id"], row["kpi_id"])
    settings = {key: {"direction": "keep_below", "aggregation": "level", "kpi_kind": "societal"}}
    [row] = tidy_facts(fact("actual", "5"), settings=settings).tables["kpis"]
    assert (row["direction"], row["aggregation"], row["kpi_kind"]) == (
        "keep_below",
        "level",
        "societal",
    )


def test_a_figure_in_doubt_names_its_column_as_inferred():
    of = {"table": "budgets", "kpi": ""}
    [row] = tidy_facts(fact("amount_yen:settled", "12", outcome="doubt", **of)).tables["budgets"]
    assert row["inferred"] == "amount_yen"


def test_a_row_says_where_its_first_figure_stands():
    [row] = tidy_facts(fact("target", "200", place="指標!C3"), fact("actual", "1")).tables["kpis"]
    assert (row["place"], row["source_id"]) == ("指標!C3", "list_2018")


def test_programs_of_another_government_in_the_same_paper_have_its_code():
    rows = tidy_facts(fact("actual", "1"), fact("actual", "2", government="開成町")).tables["kpis"]
    assert rows[0]["government_code"] == "082201"
    assert rows[1]["government_code"].startswith("x_")
