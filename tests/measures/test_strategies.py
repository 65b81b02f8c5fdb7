"""How many programs serve each item of a plan, and how many of these have KPIs and money."""

import pandas as pd
import pytest
from made import typed
from slices import DATA, IBARAKI, TSUKUBA

import analysis
from analysis.measures.strategies import cover_items, is_concluded, say_inferred

TOWN = "082201"


PLANS = typed("strategy_id strategy government_code", ("plan", "産業戦略", TOWN))
ITEMS = typed(
    "item_id strategy_id kind name order",
    ("vision_1", "plan", "vision", "続けられる", 1),
    ("issue_2", "plan", "issue", "継承", 2),
    ("issue_1", "plan", "issue", "安定", 1),
).astype({"order": "Int64"})
PROGRAMS = typed(
    "government_code program_id source_id program",
    (TOWN, "space", "list", "受入環境"),
    (TOWN, "fair", "list", "面接会"),
)
LINKS = typed(
    "from_id to_id kind inferred",
    (f"{TOWN}/space/list", "issue_2", "serves", "from_id to_id"),
    (f"{TOWN}/fair/list", "issue_2", "serves", "from_id to_id"),
    (f"{TOWN}/fair/list", f"{TOWN}/space/list", "same", None),
)
KPIS = typed("government_code program_id", (TOWN, "fair"), (TOWN, "fair"))
BUDGETS = typed("government_code program_id amount_yen", (TOWN, "space", 5), (TOWN, "fair", None))
TABLES = {
    "strategies": PLANS,
    "strategy_items": ITEMS,
    "links": LINKS,
    "programs": PROGRAMS,
    "kpis": KPIS,
    "budgets": BUDGETS.astype({"amount_yen": "Int64"}),
}
COUNTS = ["programs", "with_kpi", "with_amount"]


def cover(**changed):
    return cover_items(**TABLES | changed)


def linked(*rows):
    return typed("from_id to_id kind inferred", *rows)


def counts_of(table, item_id):
    return table.set_index("item_id").loc[item_id, COUNTS].tolist()


def cover_real(**asked):
    d = analysis.load(DATA, **asked)
    table = cover_items(d.strategies, d.strategy_items, d.links, d.programs, d.kpis, d.budgets)
    return table.set_index("item_id")


def test_each_item_has_a_row_with_its_programs_their_kpis_and_their_money():
    # By hand: two programs serve issue 2, one of them with two KPIs, the other with an amount;
    # the amount of the first is not printed. No vision has a link, so that none was assigned.
    expected = pd.DataFrame(
        {
            "strategy_id": "plan",
            "strategy": "産業戦略",
            "government_code": TOWN,
            "item_id": ["issue_1", "issue_2", "vision_1"],
            "kind": ["issue", "issue", "vision"],
            "order": pd.array([1, 2, 1], dtype="Int64"),
            "name": ["安定", "継承", "続けられる"],
            "programs": pd.array([0, 2, pd.NA], dtype="Int64"),
            "program_names": [(), ("面接会", "受入環境"), ()],
            "with_kpi": pd.array([0, 1, pd.NA], dtype="Int64"),
            "with_amount": pd.array([0, 1, pd.NA], dtype="Int64"),
            "is_inferred": pd.array([None, "yes", None], dtype="str"),
        }
    )
    pd.testing.assert_frame_equal(cover(), expected)


def test_the_order_of_rows_is_irrelevant_to_the_counts():
    turned = {name: table.iloc[::-1] for name, table in TABLES.items() if name != "programs"}
    pd.testing.assert_frame_equal(cover(**turned), cover())
    turned = cover(programs=PROGRAMS.iloc[::-1])
    pd.testing.assert_frame_equal(turned[COUNTS], cover()[COUNTS])


def test_covering_changes_none_of_the_tables():
    before = {name: table.copy(deep=True) for name, table in TABLES.items()}
    cover()
    for name, table in TABLES.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_a_program_linked_twice_counts_once_in_an_item_and_in_each_item_it_serves():
    again = linked(
        (f"{TOWN}/space/list", "issue_1", "serves", None),
        (f"{TOWN}/space/list", "issue_2", "serves", None),
        (f"{TOWN}/space/older", "issue_2", "serves", None),
    )
    table = cover(links=again)
    assert counts_of(table, "issue_1") == [1, 0, 1]
    assert counts_of(table, "issue_2") == [1, 0, 1]


def test_a_program_that_is_not_at_hand_does_not_count_but_the_kind_was_assigned():
    table = cover(programs=PROGRAMS.iloc[:0])
    assert counts_of(table, "issue_2") == [0, 0, 0]
    assert set(table["program_names"]) == {()}
    assert table["is_inferred"].isna().all()


def test_without_any_link_nobody_assigned_programs_to_any_item():
    assert cover(links=LINKS.iloc[:0])[COUNTS].isna().all(axis=None)


def test_a_kind_is_assigned_plan_by_plan():
    plans = pd.concat([PLANS, PLANS.assign(strategy_id="other", strategy="別の計画")])
    other = ITEMS.iloc[[1]].assign(strategy_id="other", item_id="other_issue")
    table = cover(strategies=plans, strategy_items=pd.concat([other, ITEMS]))
    assert table["item_id"].tolist() == ["issue_1", "issue_2", "vision_1", "other_issue"]
    assert table["programs"].isna().tolist() == [False, False, True, True]


def test_items_of_plans_that_are_not_at_hand_are_left_out():
    assert cover(strategies=PLANS.iloc[:0]).empty


@pytest.mark.parametrize(
    ("inferred", "word"),
    [
        (["from_id to_id", "from_id to_id"], "yes"),
        ([None, None], "no"),
        (["from_id to_id", None], "partly"),
        (["reason", "reason"], "no"),
    ],
)
def test_the_correspondence_is_a_conclusion_where_an_end_or_the_kind_of_the_link_is(inferred, word):
    links = LINKS.assign(inferred=[*inferred, None])
    assert cover(links=links).set_index("item_id").loc["issue_2", "is_inferred"] == word


def test_a_link_is_a_conclusion_by_its_ends_or_its_kind_and_not_by_its_reason():
    cells = ["from_id to_id", "kind", "to_id", "reason place", None]
    links = pd.DataFrame({"inferred": pd.array(cells, dtype="str")})
    assert is_concluded(links) == [True, True, True, False, False]


def test_no_link_has_no_word_for_its_grounds():
    assert say_inferred([]) is None


def test_tables_without_rows_give_a_table_without_rows_with_its_columns():
    table = cover(**{name: table.iloc[:0] for name, table in TABLES.items()})
    assert table.empty
    assert list(table.columns) == list(cover().columns)


# --- the real data ---


@pytest.mark.parametrize("asked", [{"government": IBARAKI, "fiscal_year": 2017}, {}])
def test_ibarakis_five_directions_have_13_programs_of_which_one_has_a_kpi(asked):
    table = cover_real(**asked).filter(like="ibaraki", axis=0)
    assert table["order"].tolist() == [1, 2, 3, 4, 5]
    assert table["programs"].tolist() == [1, 4, 4, 2, 2]
    assert table["with_kpi"].tolist() == [0, 0, 0, 1, 0]
    assert table["with_amount"].tolist() == [0] * 5
    assert set(table["is_inferred"]) == {"yes"}


@pytest.mark.parametrize("asked", [{"government": TSUKUBA, "fiscal_year": 2021}, {}])
def test_one_of_tsukubas_issues_has_no_project_and_none_has_a_kpi_or_money(asked):
    table = cover_real(**asked).filter(like="tsukuba", axis=0)
    issues = table[table["kind"] == "issue"]
    assert issues["programs"].tolist() == [0, 1, 1, 2, 1, 1]
    assert issues[["with_kpi", "with_amount"]].to_numpy().tolist() == [[0, 0]] * 6
    assert table.loc[table["kind"] == "vision", "programs"].isna().tolist() == [True] * 4
    assert "事業承継から創業へつなぐ経営資源承継プロジェクト" in issues["program_names"].iloc[3]
