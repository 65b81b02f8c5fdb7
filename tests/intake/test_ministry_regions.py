"""1-12: columns of regions, names that are cut short, and what a publisher above says of them."""

import pytest
from intake.looking import ROWS, look_at, told

from analysis.intake.ministry_regions import find_regions, is_district, list_regions, tell_regions

TITLE = [("つくば市 平成30年度 実績一覧", "", "", ""), ("",) * 4]


def regions(header, *names, value="人口（人）"):
    return look_at([(header, value), *((name, "120") for name in names)])


def test_a_plain_table_has_nothing_to_mend():
    assert told(find_regions(look_at())) == []


def test_names_of_regions_cut_short_are_found_unless_a_code_stands_beside():
    rows = [("都道府県", "人口（人）"), ("青森", "1200000"), ("岩手県", "1180000")]
    assert told(find_regions(look_at(rows))) == [("A2", "", "short")]
    coded = [("地域コード", *rows[0]), ("02", *rows[1]), ("03", *rows[2])]
    assert told(find_regions(look_at(coded))) == []
    assert tell_regions(look_at(coded)) == ""


def test_a_row_without_its_code_is_not_told_by_the_codes_of_others():
    rows = [("地域コード", "都道府県", "人口（人）"), ("02", "青森", "120"), ("", "岩手", "118")]
    assert told(find_regions(look_at(rows))) == [("B3", "", "short")]


@pytest.mark.parametrize(
    "header",
    [
        *("地域", "地域名", "地域別", "自治体", "自治体名", "団体", "団体名", "市区町村"),
        *("市町村名", "市町村（五十音順）", "都市名", "県名", "都道府県"),
    ],
)
def test_any_header_of_regions_is_one(header):
    looked = regions(header, "つくば", "水戸市")
    assert told(find_regions(looked)) == [("A2", "", "short")]


@pytest.mark.parametrize("header", ["地域課題", "団体の活動", "事業名", "市の対応", "関係団体"])
def test_a_header_that_only_begins_or_ends_so_is_none(header):
    (area,) = regions(header, "相談", "移住").areas[0]
    assert list_regions(area) == []


@pytest.mark.parametrize(
    "name", ["その他", "県外", "合計", "全国", "-", "〃", "関東地方", "つくば市・水戸市"]
)
def test_what_is_no_region_or_a_whole_one_is_not_short(name):
    assert told(find_regions(regions("地域", name, "つくば市"))) == []


def test_of_several_names_each_is_looked_at():
    assert told(find_regions(regions("地域", "水戸・つくば市", "つくば市"))) == [
        ("A2", "", "short")
    ]


def test_a_prefecture_above_a_column_is_cut_short_too():
    looked = look_at(
        [("指標", "青森", "岩手県"), ("人口（人）", "1", "2"), ("世帯（世帯）", "3", "4")]
    )
    assert told(find_regions(looked)) == [("B1", "", "short")]


def test_names_of_districts_have_no_fixed_ending():
    looked = regions("地区名", "谷田部", "桜")
    (area,) = looked.areas[0]
    assert is_district(area, 0)
    assert told(find_regions(looked)) == []
    assert tell_regions(looked) == "districts"


def test_the_publisher_is_enough_only_where_every_column_is_of_something_else():
    assert tell_regions(look_at([*TITLE, *ROWS])) == "region_named"
    assert tell_regions(look_at()) == "no_region"
    unknown = [
        (*TITLE[0], ""),
        ("",) * 5,
        *((*row, text) for row, text in zip(ROWS, "甲乙丙丁", strict=True)),
    ]
    assert tell_regions(look_at(unknown)) == "regions_unknown"


def test_a_column_of_whole_names_is_enough_and_long_ones_are_not_judged():
    assert tell_regions(regions("地域", "つくば市", "水戸市")) == ""
    assert (
        tell_regions(regions("地域", "市の北側にある研究学園駅の周り", "水戸市"))
        == "regions_unknown"
    )
