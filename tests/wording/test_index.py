"""What reports are called, and their headline figures in words."""

import pandas as pd
import pytest

from analysis.measures.index import Headline
from analysis.wording import describe_headline, name_row, name_slice

NO_COSTS = pd.DataFrame({"cost_yen": [], "cost_basis": [], "cost_natures": [], "fiscal_year": []})


def headline(kpis=2, reached=1, unknown=0, programs=3, judged=2, costs=NO_COSTS):
    return Headline(kpis, reached, unknown, programs, judged, costs)


def test_a_government_and_a_year_are_named_as_far_as_there_are_any():
    assert name_slice("つくば市", 2018) == "つくば市 平成30年度"
    assert name_slice("", 2018) == "平成30年度"
    assert name_slice("", None) == ""


@pytest.mark.parametrize(
    ("title", "subject", "values", "notebook", "shown"),
    [
        ("", "就職面接会", {}, "program", "就職面接会"),
        ("", "", {}, "government", "団体全体"),
        ("", "", {"x": "a"}, "portfolio", "どの事業を評価できるか（x=a）"),
        ("", "就職面接会", {}, "own", "就職面接会（own）"),
        ("", "", {}, "own", "own"),
        ("", "own", {"x": "a"}, "own", "own（x=a）"),
        ("", "図の形式", {}, "own", "図の形式（own）"),
        ("つくば市 平成30年度", "", {}, "own", "つくば市 平成30年度（own）"),
        ("つくば市 平成30年度", "", {}, "government", "つくば市 平成30年度"),
    ],
)
def test_a_row_names_its_subject_and_a_notebook_that_is_not_the_projects_own(
    title, subject, values, notebook, shown
):
    assert name_row(title, subject, values, notebook) == shown


@pytest.mark.parametrize(
    ("found", "notebook", "words"),
    [
        (headline(), "program", ("1 / 2", "", "記載なし")),
        (headline(unknown=1), "program", ("1 / 2", "うち判定できない1", "記載なし")),
        (headline(unknown=2), "government", ("判定できない", "", "記載なし")),
        (headline(kpis=0, reached=0), "program", ("指標なし", "", "記載なし")),
        (headline(), "portfolio", ("判定できる事業", "2 / 3", "—")),
        (headline(), "own", ("—", "", "—")),
        (None, "program", ("—", "", "—")),
    ],
)
def test_headline_figures_say_what_is_known(found, notebook, words):
    said = describe_headline(found, notebook)
    assert (said["reached"], said["unknown"], said["cost"]) == words


def test_amounts_of_unlike_kinds_or_years_are_not_summed_and_the_reason_stands_there():
    costs = pd.DataFrame({"fiscal_year": [2018, 2019], "cost_yen": [1, 2], "programs": [1, 1]})
    costs = costs.assign(cost_basis="settled", cost_natures="")
    said = describe_headline(headline(costs=costs), "program")["cost"]
    assert said == "年度が違うため合計しない（H30：1事業、R元：1事業）"
    assert describe_headline(headline(costs=costs[:1]), "program")["cost"] == "1円（決算額）"
    costs["cost_basis"] = ["settled", "total"]
    said = describe_headline(headline(costs=costs), "program")["cost"]
    assert said == "金額の種類が違うため合計しない（決算額：1事業、総予算額：1事業）"
