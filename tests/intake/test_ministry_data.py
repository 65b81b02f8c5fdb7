"""1-2, one cell one datum: what is told to be two, what is not, and what nobody can tell."""

import pytest
from grids import grid_of
from intake.looking import ROWS, change, look_at, look_at_grids, told

from analysis.intake.ministry_cells import find_blanks, find_texts
from analysis.intake.ministry_data import find_several_data, holds_several, holds_texts, is_office


def found(text, header="指標", rows=ROWS):
    return told(find_several_data(look_at(change("B2", text, change("B1", header, rows)))))


def test_a_plain_table_has_nothing_to_mend():
    assert told(find_several_data(look_at())) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("36（1）", "36 | 1"),
        ("3社 (7社)", "3社 | 7社"),
        ("148\n52", "148 | 52"),
        ("30～40", "30 | 40"),
        ("3,311\n（H16）", "3,311 | H16"),
    ],
)
def test_two_figures_in_a_cell_are_two_data_and_no_text_of_one(text, figures):
    looked = look_at(change("D2", text))
    assert told(find_several_data(looked)) == [("D2", figures, "")]
    assert told(find_texts(looked)) == []
    (area,) = looked.areas[0]
    assert holds_several(area, area.below(3)[0])


def test_figures_on_both_sides_of_a_stroke_are_two_data():
    assert found("98／120") == [("B2", "98 | 120", "")]
    assert found("－／120") == [("B2", "－ | 120", "")]
    assert found("相談／120件の目標") == []
    assert found("98/120", header="実績値／目標値")[0] == ("B2", "98 | 120", "")
    assert found("1/2") == []


def test_a_list_of_names_in_a_cell_is_several_data_and_no_arranging():
    looked = look_at(change("B2", "・高齢者\n・障害者"))
    assert told(find_several_data(looked)) == [("B2", "・高齢者 | ・障害者", "list")]
    assert told(find_blanks(looked)) == []
    sentences = look_at(change("B2", "・相談した。\n・また来た。"))
    assert told(find_several_data(sentences)) == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("平成28年度～平成32年度", "平成28年度 | 平成32年度"),
        ("平成28年度～\n令和2年度", "平成28年度 | 令和2年度"),
        ("H28～R2", "H28 | R2"),
        ("平成28～30年度", "平成28 | 30年度"),
        ("平成28～30", "平成28 | 30"),
        ("28～30年度", "28 | 30年度"),
        ("2016-2020", "2016 | 2020"),
        ("2016-20", "2016 | 20"),
        ("平成28年度から平成30年度まで", "平成28年度 | 平成30年度"),
        ("平成28年4月～平成31年3月", "平成28年4月 | 平成31年3月"),
    ],
)
def test_a_span_of_years_has_a_first_and_a_last(text, years):
    assert found(text, "事業期間") == [("B2", years, "span")]


@pytest.mark.parametrize(
    "text",
    [
        "平成30年度",
        "平成30年度（2018年度）",
        "2018年度～",
        "2016-10",
        "平成28年度に始め30年度に終了",
    ],
)
def test_one_year_in_two_calendars_or_in_a_sentence_is_no_span(text):
    assert found(text, "事業期間") == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("就業支援事業（商工課）", "就業支援事業 | 商工課"),
        ("見本事業\n【政策イノベーション部】", "見本事業 | 政策イノベーション部"),
        ("見本事業【単独事業】", "見本事業 | 単独事業"),
    ],
)
def test_a_name_with_its_office_or_kind_in_brackets_is_two_data(text, parts):
    assert found(text) == [("B2", parts, "office")]


@pytest.mark.parametrize(
    "text", ["経費（一部）", "貸館（会議室）", "相談件数（件）", "交流（つくば市）", "（商工課）"]
)
def test_what_else_stands_in_brackets_is_none(text):
    assert found(text) == []


def test_rooms_and_centres_are_offices_where_most_names_have_one_or_the_header_says_so():
    rows = change("B3", "移住相談（市長公室）")
    assert found("相談件数（保健センター）", rows=rows)[0][2] == "office"
    header = ("B1", "事業名 | 担当課", "header")
    assert found("見本（政策推進室）", "事業名（担当課）") == [
        header,
        ("B2", "見本 | 政策推進室", "office"),
    ]


def test_several_offices_are_several_data_and_one_is_not():
    assert found("企画課、商工課", "担当課") == [("B2", "企画課 | 商工課", "offices")]
    assert found("企画課\n商工課", "担当課") == [("B2", "企画課 | 商工課", "offices")]
    assert found("企画課", "担当課") == []
    assert is_office("市長公室")
    assert not is_office("一部")


def test_a_header_that_names_two_things_is_to_be_two_columns():
    rows = [("事業名・担当課", "目標値（件）"), ("面接会・商工課", "1"), ("相談・企画課", "2")]
    assert told(find_several_data(look_at(rows))) == [("A1", "事業名 | 担当課", "header")]
    one = [rows[0], ("面接会", "1"), ("相談", "2")]
    assert told(find_several_data(look_at(one))) == []
    assert found("相談件数（件）", "指標（単位）") == []


def test_whether_a_text_is_one_datum_is_not_known_and_of_figures_codes_and_years_it_is():
    coded = [
        ("団体コード", "年度", "実績値（件）"),
        ("082201", "2018年度", "148"),
        ("A01", "", "-"),
    ]
    assert not holds_texts(look_at(coded))
    assert holds_texts(look_at())
    assert holds_texts(look_at_grids(grid_of(coded, name="一"), grid_of(ROWS, name="二")))
    words = [*coded[:2], ("032018", "2018年度", "集計中"), ("032019", "2018年度", "5")]
    assert holds_texts(look_at(words))
