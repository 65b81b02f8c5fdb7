"""Judgements in the words of the reports."""

from made import NO_OBSERVATIONS, findings, judges, rate, some_kpis
from slices import TSUKUBA, report

import analysis
import analysis as present


def test_a_program_that_two_judged_without_a_kpi_is_one_program():
    audit = analysis.audit_published(some_kpis({}).iloc[:0], judges("A", "B"), {})
    assert audit["finding"].tolist() == ["no_kpi"] * 2
    assert analysis.describe_audit(audit).startswith("①は指標がないまま評価されています。")
    text = analysis.describe_findings(some_kpis({}).iloc[:0], audit, NO_OBSERVATIONS)
    assert "総合評価は「A（一次評価）」「B（外部評価）」とされていますが、指標がないため" in text
    named = analysis.describe_audit(audit.assign(program="面接会"))
    assert named.startswith("面接会は指標がないまま評価されています。")


def test_what_is_to_follow_is_counted_where_there_are_several_programs():
    r = report("400009", 2024)
    said = (
        "今後の方針は、3事業が「継続（一部改善）」、1事業が「継続（拡充）」、"
        "1事業が「継続（縮小）」です。"
    )
    assert findings(r).endswith(said)
    assert analysis.describe_audit(r.audit).startswith(said)


def test_a_judgement_of_what_has_no_figures_is_shown_with_who_when_and_why():
    data, _ = rate((TSUKUBA, 2021))
    ratings = analysis.leave_out(data.ratings, data.measured_years)
    [row] = present.tabulate_judgements(ratings, data.shown_programs).to_dict("records")
    assert (row["事業"], row["評価の日"], row["進捗"], row["総合評価"]) == (
        "つくば市産業戦略",
        "2022-01-25",
        "概ね順調",
        "—",
    )
    assert "第1回" in row["評価した者"]
    assert "確かめることも、否定することも" in present.describe_judgements(
        ratings, data.shown_programs
    )
