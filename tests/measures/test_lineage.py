"""Programs that come back in other documents, governments and years; grants and what followed."""

from itertools import permutations

import pandas as pd
import pytest
from made import typed
from slices import DATA

import analysis
from analysis.measures.lineage import trace_grants, trace_programs

TOWN, PREFECTURE = "082201", "080004"
YEARS = dict.fromkeys(("start_year", "end_year", "fiscal_year"), "Int64")


def shown(*rows):
    header = "government_code program_id source_id government program flag start_year end_year"
    table = typed(f"{header} fiscal_year inferred", *rows)
    return table.astype(YEARS | {"flag": "str", "inferred": "str"})


def linked(*pairs, kind="same", inferred="kind"):
    rows = [(*pair, kind, f"理由{n}。", inferred) for n, pair in enumerate(pairs, 1)]
    return typed("from_id to_id kind reason inferred", *rows).astype({"inferred": "str"})


SOURCES = typed(
    "source_id fiscal_year title",
    ("list", 2018, "一覧"),
    ("grant", 2017, "取組"),
    ("sme", 2020, "概要"),
)
HUB = (PREFECTURE, "hub", "grant", "県", "拠点", None, None, None, 2017, None)
FAIR = (TOWN, "fair", "list", "町", "面接会", None, 2016, 2018)
SHOWN = shown(
    (TOWN, "robot", "list", "町", "ロボット", None, 2016, 2020, 2018, None),
    (*FAIR, 2018, None),
    HUB,
    (PREFECTURE, "hub", "sme", "県", "人材拠点", "expanded", None, None, 2020, None),
    (PREFECTURE, "growth", "grant", "県", "成長産業", None, None, None, 2017, None),
)
ROBOT, GROWTH = f"{TOWN}/robot/list", f"{PREFECTURE}/growth/grant"
LINKS = linked((ROBOT, GROWTH))
TABLES = {"shown_programs": SHOWN, "links": LINKS, "sources": SOURCES}


def trace(**changed):
    return trace_programs(**TABLES | changed)


def programs_by_line(lines):
    return [list(dict.fromkeys(ids)) for _, ids in lines.groupby("line")["program_id"]]


def test_joined_programs_and_those_of_several_years_are_lines_and_others_are_not():
    # By hand: growth and robot are joined, hub is shown for two years, fair once.
    no = None
    expected = typed(
        "line government_code program_id government program fiscal_year source_id source flag "
        "start_year end_year reason is_inferred",
        (
            1,
            PREFECTURE,
            "growth",
            "県",
            "成長産業",
            2017,
            "grant",
            "取組",
            *[no] * 3,
            "理由1。",
            "yes",
        ),
        (
            1,
            TOWN,
            "robot",
            "町",
            "ロボット",
            2018,
            "list",
            "一覧",
            no,
            2016,
            2020,
            "理由1。",
            "yes",
        ),
        (2, PREFECTURE, "hub", "県", "拠点", 2017, "grant", "取組", *[no] * 5),
        (2, PREFECTURE, "hub", "県", "人材拠点", 2020, "sme", "概要", "expanded", *[no] * 4),
    )
    texts = dict.fromkeys(expected.columns.drop("line"), "str")
    expected = expected.astype(texts | YEARS)
    pd.testing.assert_frame_equal(trace(), expected)


def test_the_order_of_rows_is_irrelevant_to_the_lines():
    turned = {name: table.iloc[::-1] for name, table in TABLES.items()}
    pd.testing.assert_frame_equal(trace(**turned), trace())


def test_tracing_changes_none_of_the_tables():
    before = {name: table.copy(deep=True) for name, table in TABLES.items()}
    trace()
    for name, table in TABLES.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_programs_are_joined_over_any_number_of_links():
    fair = f"{TOWN}/fair/list"
    lines = trace(links=linked((ROBOT, fair), (fair, GROWTH)))
    assert programs_by_line(lines) == [["growth", "fair", "robot"], ["hub"]]
    reasons = lines.set_index("program_id")["reason"]
    assert reasons["fair"] == "理由2。理由1。"  # the links in the order of their ends
    assert reasons["growth"] == "理由2。"


def test_programs_that_are_linked_in_a_circle_are_one_line():
    fair = f"{TOWN}/fair/list"
    lines = trace(links=linked((ROBOT, fair), (fair, GROWTH), (GROWTH, ROBOT)))
    assert programs_by_line(lines) == [["growth", "fair", "robot"], ["hub"]]


def test_only_a_link_that_says_the_same_joins_and_only_where_both_its_ends_are_at_hand():
    assert programs_by_line(trace(links=linked((ROBOT, GROWTH), kind="serves"))) == [["hub"]]
    elsewhere = linked((ROBOT, f"{PREFECTURE}/gone/grant"))
    assert programs_by_line(trace(links=elsewhere)) == [["hub"]]


def test_a_link_between_two_documents_of_one_program_says_why_they_are_one():
    links = linked((f"{PREFECTURE}/hub/sme", f"{PREFECTURE}/hub/grant"), inferred=None)
    lines = trace(links=links)
    assert programs_by_line(lines) == [["hub"]]
    assert lines["reason"].tolist() == ["理由1。"] * 2
    assert lines["is_inferred"].tolist() == ["no"] * 2


def test_a_program_of_one_document_with_several_years_is_a_line_of_that_document():
    lines = trace(shown_programs=shown(*((*FAIR, year, None) for year in (2018, 2016, 2017))))
    assert lines["fiscal_year"].tolist() == [2016, 2017, 2018]
    assert set(lines["source_id"]) == {"list"}


def test_a_period_that_was_concluded_was_not_printed():
    concluded = SHOWN.assign(inferred=["program start_year", *[None] * 4])
    robot = trace(shown_programs=concluded).set_index("program_id").loc["robot"]
    assert pd.isna(robot["start_year"])
    assert robot["end_year"] == 2020


def test_tables_without_rows_give_no_line():
    nothing = trace(**{name: table.iloc[:0] for name, table in TABLES.items()})
    assert nothing.empty
    assert nothing.dtypes.equals(trace().dtypes)


# --- grants ---


def grants_of(*rows):
    table = typed("grant_name first_year last_year successor note", *rows)
    return table.astype({"first_year": "Int64", "last_year": "Int64"})


CHAIN = [
    ("新", 2025, None, None, None),
    ("中", None, 2024, "新", "まとめた。"),
    ("旧", None, None, "中", None),
]


def test_grants_stand_in_the_order_of_their_descent_whatever_their_order():
    expected = typed(
        "grant_name first_year last_year successor order note",
        ("旧", None, None, "中", 1, None),
        ("中", None, 2024, "新", 2, "まとめた。"),
        ("新", 2025, None, None, 3, None),
    ).astype({"first_year": "Int64", "last_year": "Int64", "successor": "str"})
    for rows in permutations(CHAIN):
        pd.testing.assert_frame_equal(trace_grants(grants_of(*rows)), expected)


def names_after(*pairs):
    rows = [(name, None, None, successor, None) for name, successor in pairs]
    return "".join(trace_grants(grants_of(*rows))["grant_name"])


def test_families_stay_together_in_the_order_given():
    assert names_after(("B", None), ("Y", "Z"), ("A", "B"), ("Z", None)) == "ABYZ"


def test_two_grants_that_became_one_stand_before_it():
    assert names_after(("D", None), ("B", "D"), ("A", "C"), ("C", "D")) == "BACD"


@pytest.mark.parametrize(
    ("pairs", "ordered"),
    [
        ([("B", "A"), ("A", "B")], "BA"),
        ([("A", "A"), ("B", None)], "AB"),
        ([("C", "A"), ("A", "B"), ("B", "C"), ("X", "A")], "XCAB"),
        ([("C", "A"), ("Q", None), ("A", "B"), ("B", "C"), ("P", "Q")], "CABPQ"),
    ],
)
def test_a_circle_of_successors_ends_and_keeps_the_order_given(pairs, ordered):
    assert names_after(*pairs) == ordered


def test_a_successor_that_is_not_among_the_grants_stays_missing():
    assert trace_grants(grants_of(CHAIN[1]))["successor"].isna().all()


def test_no_grants_give_no_rows():
    assert trace_grants(grants_of()).empty


# --- the real data ---


def trace_real(**asked):
    d = analysis.load(DATA, **asked)
    return trace_programs(d.shown_programs, d.links, d.sources)


def test_the_real_documents_show_three_lines_of_descent():
    lines = trace_real()
    assert programs_by_line(lines) == [
        ["comprehensive_strategy"],
        ["professional_talent_hub"],
        ["tsukuba_growth_industry", "support_robot_trial"],
    ]
    hub = lines[lines["program_id"] == "professional_talent_hub"]
    assert hub["fiscal_year"].tolist() == [2017, 2020]
    assert hub["source_id"].tolist() == ["ibaraki_grant_2017", "ibaraki_sme_2020"]
    assert hub["flag"].fillna("").tolist() == ["", "expanded"]


def test_tsukubas_robots_and_the_project_of_ibaraki_are_one_by_our_conclusion():
    lines = (
        trace_real().set_index("program_id").loc[["tsukuba_growth_industry", "support_robot_trial"]]
    )
    assert lines["government"].tolist() == ["茨城県", "つくば市"]
    assert lines["fiscal_year"].tolist() == [2017, 2018]
    assert set(lines["line"]) == {3}
    assert set(lines["is_inferred"]) == {"yes"}


def test_a_slice_of_one_year_has_no_line():
    assert trace_real(government=PREFECTURE, fiscal_year=2017).empty


def test_the_real_grants_are_one_chain_with_only_the_printed_years():
    grants = trace_grants(analysis.load(DATA).grants)
    assert grants[["grant_name", "first_year", "last_year"]].astype("object").to_numpy(
        na_value=None
    ).tolist() == [
        ["地方創生推進交付金", None, None],
        ["デジタル田園都市国家構想交付金", None, 2024],
        ["新しい地方経済・生活環境創生交付金", 2025, 2025],
        ["地域未来交付金", 2026, None],
    ]
    assert grants["successor"].tolist()[:3] == grants["grant_name"].tolist()[1:]


def test_only_the_lines_of_the_programs_at_hand_are_kept_and_those_whole():
    data = analysis.load(DATA)
    lines = trace_programs(data.shown_programs, data.links, data.sources)
    robot = data.programs[data.programs["program_id"] == "support_robot_trial"]
    kept = analysis.keep_lines(lines, robot)
    assert kept["program_id"].tolist() == ["tsukuba_growth_industry", "support_robot_trial"]
    assert analysis.keep_lines(lines, robot.iloc[:0]).empty


def test_a_link_to_a_government_not_at_hand_is_found_and_one_within_is_not():
    data = analysis.load(DATA, "082201", 2018)
    found = analysis.find_links_elsewhere(data.links, data.programs)
    assert found["to_id"].tolist() == ["080004/tsukuba_growth_industry/ibaraki_grant_2017"]
    of_2020 = analysis.load(DATA, "080004", 2020)
    assert len(of_2020.links) == 1
    assert analysis.find_links_elsewhere(of_2020.links, of_2020.programs).empty
    assert analysis.find_links_elsewhere(data.links.iloc[:0], data.programs).empty
