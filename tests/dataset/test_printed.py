"""One printed cell: what is read, what is refused, and that nothing is ever guessed."""

import math
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import DataError, Value, read_value, read_values
from analysis.dataset.values import read_kanji_number

FULL_WIDTH = str.maketrans("0123456789,.%-+()/~", "０１２３４５６７８９，．％－＋（）／～")
AS_PRINTED = {"ordinary": str, "full-width": lambda text: text.translate(FULL_WIDTH)}


def read(text):
    """Read a cell as the tuple that the tests below write out."""
    value = read_value(text)
    assert value.printed == text
    return value.number, value.unit, value.status, value.bound


@pytest.mark.parametrize(
    ("printed", "number", "unit"),
    [
        ("0", 0, ""),
        ("１，２３４．５", 1234.5, ""),
        ("46.3％", 46.3, "%"),
        ("46・3％", 46.3, "%"),
        ("8. 5%", 8.5, "%"),
        ("3.2‰", 3.2, "‰"),
        ("5.2ポイント", 5.2, "ポイント"),
        ("３社", 3, "社"),
        ("三社", 3, "社"),
        ("二十三件", 23, "件"),
        ("ゼロ", 0, ""),
        ("3位", 3, "位"),
        ("第3位", 3, "位"),
        ("50㎡", 50, "㎡"),
        ("5.2t-CO2", 5.2, "t-CO2"),
        ("３つの施設", 3, "施設"),
        ("5か所", 5, "か所"),
        ("30⼈", 30, "人"),  # a radical that PDFs print for 人
        ("4,200,000 人泊", 4_200_000, "人泊"),
        ("200万円/年", 200, "万円/年"),
        ("12.5万人", 12.5, "万人"),
        ("1万2600回", 12_600, "回"),
        ("120（人）", 120, "人"),
        ("10, 010", 10_010, ""),
        ("1 0,010", 10_010, ""),
        ("46 .3%", 46.3, "%"),
        ("▲2,530", -2_530, ""),
        ("△4.3", -4.3, ""),
        ("−3℃", -3, "℃"),
        ("▲0.0", 0, ""),
        ("+5", 5, ""),
    ],
)
def test_a_figure_is_read_with_its_unit_as_printed(printed, number, unit):
    assert read(printed) == (number, unit, "final", "exact")


@pytest.mark.parametrize(
    ("printed", "yen"),
    [
        ("1,110千円", 1_110_000),
        ("255,447百万円", 255_447_000_000),
        ("36.7億円", 3_670_000_000),
        ("4億7824万円", 478_240_000),
        ("1億2千万円", 120_000_000),
        ("1億2千5百万円", 125_000_000),
        ("11億6,012万1千円", 1_160_121_000),
        ("1,234.567千円", 1_234_567),
        ("0.1億円", 10_000_000),
        ("￥1,000", 1_000),
        ("▲￥1,000", -1_000),
        ("金1,000円", 1_000),
        ("120（千円）", 120_000),
        ("1,234（単位：百万円）", 1_234_000_000),
        ("3,437百万円（平成20年度）", 3_437_000_000),
        ("100～200万円", 1_000_000),
        ("200万円/年", None),  # a price for each year is not an amount
        ("120人", None),
        ("120", None),
    ],
)
def test_money_is_whole_yen_whatever_its_unit(printed, yen):
    assert read_value(printed).yen == yen


@pytest.mark.parametrize(
    ("printed", "number", "status"),
    [
        ("推4,600", 4600, "estimated"),
        ("推 4,600", 4600, "estimated"),
        ("7,077 速報", 7077, "preliminary"),
        ("7,077\n（速報値）", 7077, "preliminary"),
        ("【速報】7,077", 7077, "preliminary"),
        ("1,964,315千円（見込）", 1_964_315, "estimated"),
        ("120決算見込", 120, "estimated"),
        ("86（平成30年度推計）", 86, "estimated"),
        ("計画値 120", 120, "planned"),
        ("120人（予定）", 120, "planned"),
        ("120（確定値）", 120, "final"),
    ],
)
def test_a_word_beside_a_figure_is_its_status(printed, number, status):
    value = read_value(printed)
    assert (value.number, value.status, value.bound) == (number, status, "exact")


@pytest.mark.parametrize(
    ("status", "cells"),
    [
        ("not_in_source", ("", " ", "\n", "　")),
        ("not_set", ("-", "－", "‐", "−", "–", "—", "ー", "―", "---", "/", "…", "N/A", "－％")),
        ("pending", ("集計中", "調査中", "精査中", "算定中", "（集計\n中）", "未確定", "※集計中")),
        ("pending", ("平成31年４月初旬に集計予定",)),
        ("unpublished", ("未公表", "非公表", "把握不能", "公表されていない")),
        ("not_surveyed", ("今年度未調査", "調査なし", "隔年調査のためなし", "－（隔年調査）")),
    ],
)
def test_words_and_signs_in_the_place_of_a_figure_say_why_there_is_none(status, cells):
    assert {cell: read(cell) for cell in cells} == dict.fromkeys(cells, (None, "", status, "exact"))


@pytest.mark.parametrize(
    ("printed", "number", "bound"),
    [
        ("30人以上", 30, "at_least"),
        ("≧30", 30, "at_least"),
        ("30～", 30, "at_least"),
        ("93%超", 93, "above"),
        ("＞93", 93, "above"),
        ("3位以内", 3, "at_most"),
        ("最長３年", 3, "at_most"),
        ("～100", 100, "at_most"),
        ("5件未満", 5, "below"),
        ("約120", 120, "about"),
        ("概ね\n120", 120, "about"),
        ("30㎡程度", 30, "about"),
        ("22万人台", 22, "about"),
        ("100余人", 100, "about"),
        ("7台", 7, "exact"),  # seven machines
    ],
)
def test_a_bound_is_kept_beside_its_figure(printed, number, bound):
    value = read_value(printed)
    assert (value.number, value.bound) == (number, bound)


@pytest.mark.parametrize(
    ("printed", "low", "high", "unit", "note"),
    [
        ("696～890", 696, 890, "", ""),
        ("696-890", 696, 890, "", ""),
        ("5%～10%", 5, 10, "%", ""),
        ("100～200万円", 100, 200, "万円", ""),
        ("1億～2億円", 1, 2, "億円", ""),
        ("▲5～5", -5, 5, "", ""),
        ("100人以上200人未満", 100, 200, "人", "以上 未満"),
    ],
)
def test_a_range_has_two_ends_in_one_unit(printed, low, high, unit, note):
    value = read_value(printed)
    assert (value.number, value.upper, value.unit, value.note) == (low, high, unit, note)
    assert value.bound == "range"


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("3社 (7社)", [(3, "社", ""), (7, "社", "")]),
        ("4\n(21)", [(4, "", ""), (21, "", "")]),
        ("200・4,000 回・人", [(200, "回", ""), (4000, "人", "")]),
        ("100人、20社", [(100, "人", ""), (20, "社", "")]),
        ("男79.83 女84.35", [(79.83, "", "男"), (84.35, "", "女")]),
        ("H30:120 H31:130", [(120, "", "H30"), (130, "", "H31")]),
    ],
)
def test_a_compound_cell_keeps_its_other_values_in_order(printed, values):
    value = read_value(printed)
    found = [(part.number, part.unit, part.note) for part in (value, *value.parts)]
    assert found == values


@pytest.mark.parametrize(
    ("printed", "number", "note"),
    [
        ("3,437百万円（平成20年度）", 3437, "平成20年度"),
        ("86.1（H25年度）", 86.1, "H25年度"),
        ("120（2018）", 120, "2018"),
        ("H30：120", 120, "H30"),
        ("※0（感染症の拡大により中止）", 0, "※ 感染症の拡大により中止"),
        ("0（感染症により調査中止）", 0, "感染症により調査中止"),
        ("120※1", 120, "※1"),
        ("※1 120", 120, "※1"),
        ("1,234*1)", 1234, "*1)"),
        ("120 注1)", 120, "注1)"),
        ("計3件", 3, "計"),
        ("３億円（新設）", 3, "新設"),
    ],
)
def test_a_remark_is_kept_as_a_note_and_is_no_second_value(printed, number, note):
    value = read_value(printed)
    assert (value.number, value.note, value.parts) == (number, note, ())


REFUSED = {
    "another cell": ("〃", "同上"),
    "year or a date": ("R3", "平成32年度", "30年度", "2019/3/31", "10月3日", "2019年", "3月"),
    "brackets alone": ("(1,234)", "（5）", "[▲5]"),
    "band": ("±10％以内", "250±5"),
    "direction": ("5%減", "↑", "⇗", "アップ", "増加", "維持", "延伸", "100→200"),
    "behind the number is not a unit": ("5名増", "2回目", "10数件", "3　終了", "20代"),
    "circled": ("①500人", "120¹", "10³人"),
    "ratio": ("1/2", "2:1", "10／10", "3分の1"),
    "zero or that nothing": ("なし", "該当なし", "皆無"),
    "in an order": ("No.5", "第3回"),
    "・ may be": ("計4・5人", "5・3", "5・3件", "50・60%"),
    "blanks stand": ("1 0", "1 234", "1, 234", "1. 500人", "8. 5"),
    "commas": ("10,000,0", "1,23", "1.234,5", "1.234.567", "0,5", ".5", "5.", "007"),
    "more than one figure": (
        "5億\n12",
        "12万 5",
        "1 万 0億",
        "100人 20",
        "3時間30分",
        "1、234",
        "5件／3人",
        "4億78240万円",
        "1億2.5万円",
    ),
    "whole yen": ("1.5円", "0.0001千円"),
    "more digits": ("1234567890123456", "9999兆9999億9999万9999円"),
    "two bounds": ("約1,000人以上",),
    "does not rise": ("10～5", "5～▲5", "500～1万円"),
    "two units": ("5%～10", "100人～200社"),
    "span of years": ("2014～2018", "2019-2020"),
    "stands first": ("(1) 500", "（千円）1,234", "（単位：千円）1,234"),
    "stands behind no number": ("120人（千円）",),
    "is not whole": ("120（集計中）", "120（一部未公表）"),
    "may change the figure": ("120（以上）", "120（人以上）", "120（推計値を含む）"),
    "are a mark": ("※5", "*5"),
    "called both": ("7,077（速報）（推計）",),
    "error of a spreadsheet": ("#DIV/0!", "#REF!"),
    "words without a figure": ("速報", "隔週", "▲", "千人", "十分", "八戸", "〇", "A", "調査中止"),
    "names no number": ("数十件",),
    "no unit, status or bound": (
        "100%達成",
        "3億万円",
        "12%千円",
        "120p",
        "5K",
        "$100",
        "–5",
        "- 5",
        "▲▲5",
        "関東５県",
        "地元3市等",
    ),
    "a text, not one cell": ("3" + "あ" * 300,),
}


@pytest.mark.parametrize(
    ("reason", "printed"), [(reason, cell) for reason, cells in REFUSED.items() for cell in cells]
)
def test_what_has_no_reading_or_two_is_refused_with_the_reason(reason, printed):
    with pytest.raises(DataError, match=reason) as error:
        read_value(printed)
    assert str(error.value).startswith(repr(printed))


@pytest.mark.parametrize("cell", [None, float("nan"), 1000, True])
def test_what_is_not_text_is_refused(cell):
    with pytest.raises(DataError, match="is not text"):
        read_value(cell)


def test_a_column_says_for_each_cell_what_was_read_or_why_not():
    column = pd.Series(["1,234", "▲5.5％", "延伸", None, "推3社 (7社)"], index=[3, 1, 1, 0, 9])
    read = read_values(column)
    expected = pd.DataFrame(
        {
            "number": [1234, -5.5, math.nan, math.nan, 3],
            "unit": ["", "%", "", "", "社"],
            "status": ["final", "final", "", "not_in_source", "estimated"],
            "bound": ["exact", "exact", "", "exact", "exact"],
            "printed": ["1,234", "▲5.5％", "延伸", "", "推3社 (7社)"],
        },
        index=column.index,
    )
    pd.testing.assert_frame_equal(read[[*expected]], expected, check_dtype=False)
    assert [bool(problem) for problem in read["problem"]] == [False, False, True, False, False]
    assert [len(parts) for parts in read["parts"]] == [0, 0, 0, 0, 1]


def test_a_column_of_numbers_is_read_as_if_they_were_printed():
    read = read_values(pd.Series([2018.0, 46.3, None, -2.0]))
    assert read["number"].tolist()[:2] == [2018, 46.3]
    assert read["status"].tolist() == ["final", "final", "not_in_source", "final"]


def test_more_yen_than_a_column_holds_is_a_problem_of_its_row_alone():
    read = read_values(pd.Series(["900,000,000兆円", "1円"]))
    assert read["yen"].tolist() == [pd.NA, 1]
    assert "more money" in read["problem"][0]


def test_an_empty_column_has_every_field_and_no_row():
    read = read_values(pd.Series([], dtype="str"))
    assert [*read.columns] == [*vars(Value()), "problem"]
    assert read.empty


CELLS = [cell for cells in REFUSED.values() for cell in cells]


@given(st.lists(st.one_of(st.sampled_from(CELLS), st.text(max_size=12)), max_size=5))
def test_a_column_agrees_with_its_cells_and_never_fails(cells):
    read = read_values(pd.Series(cells, dtype="str"))
    for cell, row in zip(cells, read.itertuples(), strict=True):
        try:
            value = read_value(cell)
        except DataError as error:
            assert row.problem in str(error)
            assert (row.status, math.isnan(row.number)) == ("", True)
        else:
            number = None if math.isnan(row.number) else row.number
            assert (number, row.unit, row.status) == (value.number, value.unit, value.status)


@given(
    number=st.decimals(-(10**9), 10**9, places=2),
    unit=st.sampled_from(["", "人", "件", "%", "千円", "億円", "人泊", "㎡"]),
    minus=st.sampled_from(["▲", "△", "-", "−"]),
    width=st.sampled_from(list(AS_PRINTED)),
    blank=st.sampled_from(["", " ", "　", "\n"]),
)
def test_a_printed_figure_reads_back_as_itself(number, unit, minus, width, blank):
    sign = minus if number < 0 else ""
    printed = AS_PRINTED[width](f"{sign}{abs(number):,}{blank}{unit}")
    assert read(printed) == (float(number), unit, "final", "exact")


@given(st.decimals(0, 10**6, places=3))
def test_no_yen_is_lost_to_a_float(thousands):
    assert read_value(f"{thousands:,}千円").yen == int(thousands * Decimal(1000))


@given(st.integers(0, 10**12))
def test_a_bare_number_is_the_same_in_a_column(number):
    assert read_values(pd.Series([f"{number:,}", str(number)]))["number"].tolist() == [number] * 2


def test_kanji_numbers_up_to_9999():
    cases = {
        "十": 10,
        "十一": 11,
        "二十八": 28,
        "百五": 105,
        "千二百": 1200,
        "九千九百九十九": 9999,
    }
    assert {text: read_kanji_number(text) for text in cases} == cases
    assert [read_kanji_number(text) for text in ("", "二〇", "十百", "一二")] == [None] * 4


SHARES_OF_ONE = {"割": Decimal("0.1")}  # instruments hold rates as ratios
REFUSED_IN_DATA = {
    *("10／10", "１／２", "３／４", "２／３"),  # a rate here, but a date or a score elsewhere
    *("関東５県", "地元3市等", "成長５分野", "創業５年以内", "隔週"),
    "平成29~31年度の3か年で10,000社",
}


@pytest.mark.parametrize(
    ("table", "printed", "figure"),
    [
        ("budgets", "amount_printed", "amount_yen"),
        ("kpis", "target_printed", "target"),
        ("kpis", "actual_printed", "actual"),
        ("observations", "printed", "value"),
        ("instruments", "printed", "quantity"),
    ],
)
def test_every_printed_cell_of_the_data_is_read_as_the_figure_beside_it(
    root, table, printed, figure
):
    rows = pd.read_csv(root / f"data/{table}.csv", dtype="str", keep_default_na=False)
    rows = rows[rows[printed] != ""]
    refused = read_values(rows[printed])["problem"] != ""
    assert set(rows.loc[refused, printed]) <= REFUSED_IN_DATA
    for cell, expected in rows.loc[~refused, [printed, figure]].itertuples(index=False):
        value = read_value(cell.removesuffix("/年").removesuffix("／件"))  # the column `per`
        number = None if value.number is None else Decimal(str(value.number))
        if number is not None:
            number = (
                value.yen if value.yen is not None else number * SHARES_OF_ONE.get(value.unit, 1)
            )
        in_heading = (1, 1000) if value.unit == "" else (1,)  # 千円 may stand above the column
        assert (number is None) == (expected == ""), cell
        assert number is None or Decimal(expected) in [number * n for n in in_heading], cell
