"""What a report says of a fiscal year against the one before."""

import pandas as pd

from analysis import (
    add_achievement,
    compare_with_year_before,
    describe_year_on_year,
    load,
    tabulate_year_on_year,
)


def compare(government, year):
    return compare_with_year_before(add_achievement(load("data", government).kpis), year)


def test_the_ways_are_counted_and_what_cannot_be_said_is_said():
    assert describe_year_on_year(compare("400009", 2024)) == (
        "前の年度（令和5年度）の実績もあるのは8指標で、良くなったのは3指標、"
        "悪くなったのは1指標、変わらないのは2指標です。"
        "「県事業での養成者数（累計）」は新たに目標に届きました。"
        "累計の2指標は、増えるのが当然なので、良し悪しを言えません。"
    )
    assert describe_year_on_year(compare("080004", 2017)) == (
        "前の年度（平成28年度）の実績もあるのは1指標です。"
        "累計の1指標は、増えるのが当然なので、良し悪しを言えません。"
    )


def test_both_years_stand_in_a_row_with_unit_status_and_state():
    table = tabulate_year_on_year(compare("080004", 2016))
    assert table.iloc[0].tolist() == [
        *("雇用創出数", "悪くなった", "H27", "2,748人", "2,415人", "▲333人"),
        *("● 到達", "● 到達"),
    ]
    assert tabulate_year_on_year(compare("080004", 2017)).iloc[0].tolist()[4:6] == [
        "7,077人（速報値）",
        "＋1,914人",
    ]


def test_nothing_to_compare_is_nothing_to_say():
    nothing = compare("082201", 2018)
    assert describe_year_on_year(nothing) == ""
    assert tabulate_year_on_year(nothing).empty
    assert isinstance(nothing, pd.DataFrame)
