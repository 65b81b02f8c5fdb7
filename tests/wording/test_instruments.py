"""The terms of support in tables and sentences: what they say, and never claim."""

import pandas as pd
import pytest
from samples import CAPACITY, COUNTS, FLAGS, NEST, PROGRAMS, TERMS, frames
from slices import DATA, IBARAKI

import analysis
from analysis.dataset import tables
from analysis.measures import instruments as measure
from analysis.measures.instruments import Limit
from analysis.wording import instruments as present
from analysis.wording.formats import format_large_yen
from analysis.wording.instruments import say_limits


@pytest.fixture(scope="module")
def real():
    """The five tables of the document of 2020."""
    data = analysis.load(DATA, IBARAKI, 2020)
    return {
        "instruments": measure.count_instruments(data.instruments),
        "flags": measure.count_flags(data.programs),
        "terms": measure.list_terms(data.instruments),
        "frames": measure.list_frames(data.instruments),
        "capacity": measure.list_capacity(data.instruments),
        "programs": data.programs,
    }


def tabulate_all(real):
    return [
        present.tabulate_instruments(real["instruments"]),
        present.tabulate_flags(real["flags"]),
        present.tabulate_terms(real["terms"]),
        present.tabulate_frames(real["frames"], real["programs"]),
        present.tabulate_capacity(real["capacity"]),
    ]


def describe_all(real):
    names = ["instruments", "flags", "terms", "frames", "capacity"]
    return [getattr(present, f"describe_{name}")(real[name]) for name in names]


def test_the_words_for_kinds_are_those_of_the_codebook():
    assert set(present.KINDS) == set(tables.INSTRUMENT_KINDS)


@pytest.mark.parametrize(
    ("yen", "said"),
    [
        (255_447_000_000, "2,554億4,700万円"),
        (3_670_000_000, "36億7,000万円"),
        (300_000_000, "3億円"),
        (15_001, "1万5,001円"),
        (1_200_000_000_000, "1兆2,000億円"),
        (0, "0円"),
        (pd.NA, "—"),
    ],
)
def test_large_amounts_are_written_in_oku_and_man(yen, said):
    assert format_large_yen(yen) == said


def test_counts_are_tabulated_with_their_share_of_all_programs():
    table = present.tabulate_instruments(COUNTS)
    assert table.to_numpy().tolist() == [
        ["研修・訓練", "12", "4", "16.4％"],
        ["研究・実証", "3", "0", "4.1％"],
    ]


def test_marks_are_tabulated_with_their_total():
    table = present.tabulate_flags(FLAGS)
    assert list(table) == ["担当", "事業", "新規", "拡充", "どちらの印もない"]
    assert table.to_numpy().tolist() == [
        ["課", "8", "2", "1", "5"],
        ["担当の記載なし", "4", "0", "0", "4"],
        ["計", "12", "2", "1", "9"],
    ]
    assert len(present.tabulate_flags(FLAGS.iloc[:1])) == 1


def test_a_rate_is_shown_as_printed_and_in_percent_and_what_is_not_printed_as_a_dash():
    table = present.tabulate_terms(TERMS)
    assert table["率"].tolist() == ["補助率 1／2（50.0％）", "補助率 66.7％、変更前は20.0％"]
    assert table["上限額（円）"].tolist() == ["2,400,000／件", "—"]
    assert table["期間・条件・負担"].tolist() == ["期間 3年", "—"]


def test_frames_are_tabulated_as_a_nest_in_million_yen():
    table = present.tabulate_frames(NEST.assign(is_new=[None, None, "yes"]), PROGRAMS)
    columns = [
        "融資枠",
        "金額（百万円）",
        "全体に占める割合",
        "内訳の記載がない額（百万円）",
        "新設",
    ]
    assert table[columns].to_numpy().tolist() == [
        ["全体", "10,000", "100.0％", "4,000", "—"],
        ["　新規", "6,000", "60.0％", "4,500", "—"],
        ["　　承継", "1,500", "15.0％", "—", "新設"],
    ]


def test_capacity_is_tabulated_as_printed():
    table = present.tabulate_capacity(CAPACITY)
    assert table["数量"].tolist() == [
        "定員 700人",
        "開催の間隔 隔週",
        "室数 8室（前期）",
    ]
    assert table["種類"].tolist() == ["研修・訓練", "催し", "研修・訓練"]


def test_no_table_shows_how_a_computer_writes_a_missing_value(real):
    for table in tabulate_all(real):
        cells = table.astype("str").to_numpy().ravel().tolist()
        assert len(table) > 0
        assert not {"nan", "None", "<NA>", ""} & set(cells)


def test_the_sentence_on_kinds_says_what_is_not_printed_and_what_was_concluded():
    said = present.describe_instruments(COUNTS)
    assert "研修・訓練（12事業）、研究・実証（3事業）です" in said
    assert "延べ15事業のうち" in said
    assert "あるのは4事業です（「研究・実証」には記載がありません）" in said
    assert "割合の合計は100％にならず" in said
    assert "推定したもの" in said
    nowhere = present.describe_instruments(COUNTS.assign(with_quantity=0))
    assert "記載があるのは0事業です。" in nowhere


def test_the_sentence_on_marks_does_not_call_the_others_unchanged():
    said = present.describe_flags(FLAGS)
    assert "12事業のうち、この資料が新規とするのは2事業、拡充とするのは1事業です" in said
    assert "課は8事業のうち新規2・拡充1" in said
    assert "どちらの印もない9事業が前の年度と同じ内容かどうかは、この資料からは分かりません" in said
    all_new = FLAGS.iloc[:1].assign(new=7)
    assert "どちらの印もない" not in present.describe_flags(all_new)


def test_the_sentence_on_rates_does_not_take_an_unprinted_cap_for_no_cap():
    assert present.describe_terms(TERMS) == (
        "率の記載がある支援は、事業ごとに数えて2件です（補助・助成2件で50.0％～66.7％）。"
        "このうち上限額の記載があるのは1件で、記載がないことは上限がないことを意味しません。"
        "変更前の率の記載があるのは「賃料補助」で、20.0％から66.7％への変更です。"
    )


def test_the_sentence_on_frames_says_what_lies_in_what_and_adds_nothing_up():
    assert present.describe_frames(NEST) == (
        "「全体」100億円に含まれる枠として記載があるのは「新規」60億円（全体の60.0％）です"
        "（残る40億円の内訳の記載はありません）。"
        "「新規」60億円に含まれる枠として記載があるのは「承継」15億円（全体の15.0％）です"
        "（残る45億円の内訳の記載はありません）。"
        "枠は入れ子なので足し合わせられず、貸し付けた実績でもありません。"
    )
    alone = present.describe_frames(frames(("全体", 10**8, 0, None, None)))
    assert alone.startswith("「全体」1億円の内訳の記載はありません。")


def test_a_frame_that_is_named_in_full_has_no_rest_in_the_sentence():
    rows = [("全体", 50, 0, None, 0), ("甲", 50, 1, "全体", None)]
    assert "残る" not in present.describe_frames(frames(*rows))


def test_the_sentence_on_capacity_says_that_it_is_no_result():
    assert present.describe_capacity(CAPACITY) == (
        "定員・開催・施設などの数量は、1事業について3件の記載があります（研修・訓練2件、催し1件）。"
        "これらは定員・開催の計画や施設の規模であって、参加や利用の実績ではありません。"
    )


def test_the_real_sentences_say_what_the_document_of_2020_prints(real):
    kinds, flags, terms, nest, capacity = describe_all(real)
    assert kinds.startswith("支援の条件をデータに収めた73事業を14種類に分けると")
    assert "新規とするのは9事業、拡充とするのは9事業" in flags
    assert "「創業支援融資」で、20.0％から50.0％への変更" in terms
    assert "「全体融資枠」2,554億4,700万円に含まれる枠として記載があるのは「新規融資枠」" in nest
    assert "残る742億6,700万円の内訳" in nest
    assert "「事業承継支援融資」3億円（全体の0.1％、新設）" in nest
    assert "実績ではありません" in capacity


def test_empty_tables_have_sentences_that_say_so_and_tables_without_rows(real):
    nothing = {name: table.iloc[:0] for name, table in real.items()}
    assert describe_all(nothing) == [
        "この資料に支援の条件の記載はありません。",
        "この資料に新規・拡充の印の記載はありません。",
        "この資料に補助などの率の記載はありません。",
        "この資料に融資枠の記載はありません。",
        "この資料に定員・開催などの数量の記載はありません。",
    ]
    for empty, full in zip(tabulate_all(nothing), tabulate_all(real), strict=True):
        assert empty.empty
        assert list(empty) == list(full)


def test_a_limit_is_said_with_what_it_is_for_and_its_condition():
    five = Limit("対象の年数", 5.0, "年", None, "創業から")
    prize = Limit("賞金", 1_000_000.0, "円", "企業", None)
    assert say_limits([five, prize]) == "対象の年数 5年（創業から）、賞金 1,000,000円／企業"
    assert say_limits([]) is None
