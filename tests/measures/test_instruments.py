"""On what terms programs support somebody: what is counted, put side by side, nested, listed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slices import DATA, IBARAKI

import analysis
from analysis.measures.instruments import (
    count_flags,
    count_instruments,
    list_capacity,
    list_frames,
    list_terms,
)

TABLE = (
    "government_code program_id term kind what quantity unit per quantity_before condition "
    "burden part_of is_new printed source_id place"
)


def instruments(*rows):
    """Terms of one document, each typed as a dict of what differs from an empty row."""
    empty = dict.fromkeys(TABLE.split()) | {"quantity": np.nan, "quantity_before": np.nan}
    empty |= {"government_code": IBARAKI, "source_id": "list", "place": "p.1"}
    table = pd.DataFrame([empty | row for row in rows], columns=TABLE.split())
    texts = [name for name in TABLE.split() if not name.startswith("quantity")]
    return table.astype(
        dict.fromkeys(texts, "str") | {"quantity": "float64", "quantity_before": "float64"}
    )


def term(program, name, kind, what, quantity=np.nan, unit="円", **cells):
    row = {"program_id": program, "term": name, "kind": kind, "what": what}
    return row | {"quantity": quantity, "unit": unit} | cells


def frame(name, quantity, part_of=None, **cells):
    cells = {"program_id": "loans", "part_of": part_of} | cells
    return term(cells.pop("program_id"), name, "loan", "融資枠", quantity, **cells)


def programs(*rows):
    """Programs of one government, each typed as (name, department, flag, source)."""
    table = pd.DataFrame(rows, columns=["program_id", "department", "flag", "source_id"])
    return table.astype("str").assign(government_code=IBARAKI)


@pytest.fixture(scope="module")
def ibaraki():
    return analysis.load(DATA, IBARAKI, 2020)


THREE = programs(("a", "課", "", "list"), ("b", "課", "", "list"), ("c", "課", "", "list"))
RENT = term("a", "賃料補助", "subsidy", "補助率", 0.5, "割合", printed="１／２")
CAP = term("a", "賃料補助", "subsidy", "上限額", 2_400_000, per="件")
OTHER = term("b", "商品開発", "subsidy", "補助率・上限額", unit="割合")
FAIR = term("b", "商談会", "event", "開催回数", 2, "回")


# --- count_instruments ---


def test_each_kind_counts_its_programs_and_those_of_them_with_a_printed_quantity():
    # a has two quantities of one kind and counts once; a program not in the table is not known of
    expected = pd.DataFrame(
        {
            "kind": pd.array(["subsidy", "event"], dtype="str"),
            "programs": [2, 1],
            "with_quantity": [1, 1],
            "all_programs": [2, 2],
        }
    )
    counts = count_instruments(instruments(FAIR, RENT, CAP, OTHER))
    pd.testing.assert_frame_equal(counts, expected)


def test_a_program_that_two_sources_name_counts_once():
    again = instruments(FAIR, FAIR | {"source_id": "later"})
    assert count_instruments(again).to_numpy().tolist() == [["event", 1, 1, 1]]


def test_kinds_of_equally_many_programs_stand_in_the_order_of_the_codebook():
    rows = [term("a", kind, kind, "数") for kind in ("supervision", "advice", "loan", "subsidy")]
    counts = count_instruments(instruments(*rows))
    assert counts["kind"].tolist() == ["subsidy", "loan", "advice", "supervision"]


@settings(max_examples=12)
@given(st.permutations(range(4)))
def test_the_order_of_rows_is_irrelevant_to_the_counts(order):
    table = instruments(RENT, CAP, OTHER, FAIR)
    turned = count_instruments(table.iloc[order])
    pd.testing.assert_frame_equal(turned, count_instruments(table))


def test_the_kinds_of_the_document_of_2020_are_counted_among_its_73_programs(ibaraki):
    counts = count_instruments(ibaraki.instruments).set_index("kind")
    assert set(counts["all_programs"]) == {73}
    assert (counts["with_quantity"] <= counts["programs"]).all()
    assert (counts["programs"] <= 73).all()
    assert counts.loc["loan"].tolist() == [1, 1, 73]
    assert counts.loc["research", "with_quantity"] == 0


# --- count_flags ---


def test_each_department_counts_its_programs_and_marks_in_order_of_appearance():
    table = programs(
        ("a", "労働政策課", "new", "list"),
        ("b", "産業政策課", None, "list"),
        ("c", "労働政策課", "expanded", "list"),
        ("d", None, None, "list"),
    )
    expected = pd.DataFrame(
        {
            "department": pd.array(["労働政策課", "産業政策課", None], dtype="str"),
            "programs": [2, 1, 1],
            "new": [1, 0, 0],
            "expanded": [1, 0, 0],
        }
    )
    pd.testing.assert_frame_equal(count_flags(table), expected)


def test_a_program_of_two_sources_has_the_mark_of_the_later():
    table = programs(("a", "課", "new", "list"), ("a", "課", "expanded", "later"))
    assert count_flags(table).to_numpy().tolist() == [["課", 1, 0, 1]]


def test_the_list_of_2020_marks_9_of_its_73_programs_as_new_and_9_as_expanded(ibaraki):
    # Counted in the printed list: 73 ● measures, 9 （新規）, 9 （拡充）.
    flags = count_flags(ibaraki.programs)
    assert flags[["programs", "new", "expanded"]].sum().tolist() == [73, 9, 9]
    departments = ["産業政策課", "中小企業課", "労働政策課", "技術革新課", "科学技術振興課"]
    assert flags["department"].tolist() == departments


# --- list_terms ---


def test_a_rate_stands_beside_the_cap_and_the_limits_of_its_own_measure():
    years = term("a", "賃料補助", "subsidy", "対象の年数", 5, "年", condition="創業から")
    days = term("a", "賃料補助", "subsidy", "日数", 10, "日", per="企業")
    fee = term("b", "創業支援融資", "guarantee_fee", "保証料補助率", 0.5, "割合")
    expected = pd.DataFrame(
        {
            "term": ["賃料補助", "創業支援融資"],
            "kind": ["subsidy", "guarantee_fee"],
            "rate": [0.5, 0.5],
            "rate_before": [np.nan, 0.2],
            "rate_printed": ["１／２", None],
            "cap_yen": pd.array([2_400_000, pd.NA], dtype="Int64"),
            "cap_per": ["件", None],
            "limits": [
                (("対象の年数", 5, "年", None, "創業から"), ("日数", 10, "日", "企業", None)),
                (),
            ],
        }
    ).astype(dict.fromkeys(["term", "kind", "rate_printed", "cap_per"], "str"))
    listed = list_terms(instruments(RENT, CAP, years, days, fee | {"quantity_before": 0.2}))
    pd.testing.assert_frame_equal(listed[list(expected.columns)], expected)


def test_a_cap_belongs_to_the_measure_of_its_own_program_and_source_only():
    elsewhere = [CAP | {"program_id": "b"}, CAP | {"source_id": "later"}]
    assert list_terms(instruments(RENT, *elsewhere))["cap_yen"].isna().all()


def test_money_that_is_no_cap_and_a_second_cap_are_limits():
    prize = term("a", "賃料補助", "prize", "賞金", 1_000_000)
    second = CAP | {"what": "上限額（法人）", "quantity": 3_000_000.0, "per": None}
    [row] = list_terms(instruments(RENT, prize, CAP, second)).to_dict("records")
    assert row["cap_yen"] == 2_400_000
    assert [limit[:3] for limit in row["limits"]] == [
        ("賞金", 1_000_000, "円"),
        ("上限額（法人）", 3_000_000, "円"),
    ]


def test_a_rate_that_is_not_printed_is_not_listed():
    assert list_terms(instruments(OTHER)).empty


def test_the_order_of_other_rows_is_irrelevant_to_rates_and_caps():
    pd.testing.assert_frame_equal(
        list_terms(instruments(RENT, FAIR, CAP)), list_terms(instruments(CAP, RENT, FAIR))
    )


def test_the_document_of_2020_prints_rates_with_and_without_a_cap(ibaraki):
    terms = list_terms(ibaraki.instruments)
    both = terms[terms["term"] == "創業支援融資"]  # the loan program and the one for the fees
    assert both["program_id"].tolist() == ["sme_loans", "guarantee_fees"]
    assert both["rate"].tolist() == [0.5, 0.5]
    assert both["rate_before"].tolist()[:1] == [0.2]
    rent = terms[terms["program_id"] == "venture_creation"].iloc[0]
    assert [rent["rate"], rent["cap_yen"], rent["cap_per"]] == [0.5, 2_400_000, "件"]
    assert [limit[:3] for limit in rent["limits"]] == [("対象となる創業からの年数", 5, "年")]
    assert terms["cap_yen"].notna().sum() == 5


# --- list_frames ---

NEST = [
    frame("全体", 100.0),
    frame("新規", 60.0, "全体"),
    frame("創業", 10.0, "新規"),
    frame("承継", 20.0, "新規", is_new="yes"),
]


def test_frames_nest_and_the_rest_is_what_no_frame_directly_inside_names():
    # 100 - 60 = 40 and 60 - (20 + 10) = 30; the larger of two frames comes first.
    expected = pd.DataFrame(
        {
            "term": ["全体", "新規", "承継", "創業"],
            "yen": pd.array([100, 60, 20, 10], dtype="Int64"),
            "part_of": [None, "全体", "新規", "新規"],
            "depth": [0, 1, 2, 2],
            "share_of_whole": [1.0, 0.6, 0.2, 0.1],
            "rest_yen": pd.array([40, 30, pd.NA, pd.NA], dtype="Int64"),
            "is_new": [None, None, "yes", None],
        }
    ).astype(dict.fromkeys(["term", "part_of", "is_new"], "str"))
    listed = list_frames(instruments(*NEST))
    pd.testing.assert_frame_equal(listed[list(expected.columns)], expected)


@settings(max_examples=12)
@given(st.permutations(range(4)))
def test_the_order_of_rows_is_irrelevant_to_the_nest(order):
    table = instruments(*NEST)
    pd.testing.assert_frame_equal(list_frames(table.iloc[order]), list_frames(table))


def test_frames_of_the_same_name_nest_within_their_own_program_and_source_only():
    rows = [
        frame("全体", 10.0),
        frame("全体", 30.0, program_id="other"),
        frame("全体", 20.0, source_id="later"),
        frame("新規", 5.0, "全体", program_id="other"),
    ]
    listed = list_frames(instruments(*rows))
    assert listed["yen"].tolist() == [30, 5, 20, 10]
    assert listed["depth"].tolist() == [0, 1, 0, 0]
    assert listed["share_of_whole"].tolist() == [1, pytest.approx(5 / 30), 1, 1]
    assert listed["rest_yen"].dropna().tolist() == [25]


def test_a_frame_whose_own_frame_is_absent_or_not_printed_is_a_whole():
    rows = [frame("新規", 60.0, "全体"), frame("承継", 20.0, "枠"), frame("枠", np.nan)]
    listed = list_frames(instruments(*rows))
    assert listed["term"].tolist() == ["新規", "承継"]
    assert listed["depth"].tolist() == [0, 0]


def test_frames_that_hold_more_than_their_own_amount_leave_no_rest():
    assert list_frames(instruments(frame("全体", 1.0), frame("新規", 2.0, "全体")))[
        "rest_yen"
    ].tolist() == [0, pd.NA]


@pytest.mark.parametrize("part_of", [["a"], ["b", "a"], ["b", "c", "a"]])
def test_frames_in_a_circle_are_wholes(part_of):
    rows = [frame(name, 1.0, outer) for name, outer in zip("abc", part_of, strict=False)]
    listed = list_frames(instruments(*rows))
    assert listed["depth"].tolist() == [0] * len(rows)
    assert listed["rest_yen"].isna().all()


def test_other_amounts_of_loans_and_funds_are_no_frames():
    limit = term("loans", "創業", "loan", "限度額", 5.0)
    fund = term("fund", "基金", "fund", "融資枠", 5.0)
    assert list_frames(instruments(limit, fund)).empty


def test_the_frames_of_2020_hold_each_other_as_printed(ibaraki):
    # 255,447百万円 ⊃ 138,237百万円 ⊃ 600億円, 36.7億円, 3億円 (産業政策課 ●中小企業融資資金貸付金)
    frames = list_frames(ibaraki.instruments)
    millions = frames["yen"] // 1_000_000
    assert millions.tolist() == [255_447, 138_237, 60_000, 3_670, 300]
    assert frames["depth"].tolist() == [0, 1, 2, 2, 2]
    rest = [255_447 - 138_237, 138_237 - 60_000 - 3_670 - 300]
    assert (frames["rest_yen"].dropna() // 1_000_000).tolist() == rest
    assert frames["term"][frames["is_new"] == "yes"].tolist() == ["事業承継支援融資"]
    assert frames["share_of_whole"].iloc[1] == pytest.approx(138_237 / 255_447)


# --- list_capacity ---


def test_capacity_is_what_is_counted_in_neither_rates_nor_money():
    prize = term("b", "賞", "prize", "賞金", 1_000_000)
    share = term("b", "研修", "training", "受講料の割引", 0.5, "割合")
    unknown = term("b", "研修", "training", "定員", unit="人")
    loan = term("b", "融資", "loan", "件数", 3, "件")
    listed = list_capacity(instruments(prize, share, FAIR, unknown, loan, CAP))
    columns = ["program_id", "term", "kind", "what", "quantity", "unit"]
    assert listed[columns].to_numpy().tolist() == [["b", "商談会", "event", "開催回数", 2, "回"]]


def test_the_capacity_of_2020_holds_the_places_of_the_courses_for_workers(ibaraki):
    capacity = list_capacity(ibaraki.instruments)
    places = capacity[capacity["what"] == "人数"]
    assert places["quantity"].tolist() == [700, 345, 310, 8]  # as printed, 労働政策課 ●在職者訓練
    assert set(places["unit"]) == {"人"}


# --- all of them ---

LISTS = [list_terms, list_frames, list_capacity]


def test_empty_tables_give_empty_tables_with_the_same_columns():
    full = instruments(RENT, CAP, FAIR, *NEST)
    for measure in LISTS:
        assert measure(full.iloc[:0]).empty
        pd.testing.assert_series_equal(measure(full.iloc[:0]).dtypes, measure(full).dtypes)
    counts = count_instruments(full.iloc[:0])
    pd.testing.assert_series_equal(counts.dtypes, count_instruments(full).dtypes)
    pd.testing.assert_series_equal(count_flags(THREE.iloc[:0]).dtypes, count_flags(THREE).dtypes)


def test_no_input_is_changed():
    full, named = instruments(RENT, CAP, FAIR, *NEST), THREE.copy()
    before = full.copy(deep=True)
    for measure in LISTS:
        measure(full)
    count_instruments(full)
    count_flags(named)
    pd.testing.assert_frame_equal(full, before)
    pd.testing.assert_frame_equal(named, THREE)


def test_programs_of_a_source_without_any_mark_do_not_count_among_the_unmarked():
    marking = programs(("a", "課", "new", "list"), ("b", "課", None, "list"))
    silent = programs(("c", "課", None, "other")).assign(flag=None)
    table = pd.concat([marking.assign(flag=["new", None]), silent])
    assert count_flags(table).to_numpy().tolist() == [["課", 2, 1, 0]]
    assert count_flags(silent).empty
