"""Program in the words of the reports."""

import pandas as pd
from made import rate
from slices import MORIOKA, TSUKUBA, report

import analysis
import analysis as present


def test_what_a_program_does_is_its_description_and_no_note_on_how_it_was_read():
    data, _ = rate((TSUKUBA, 2018))
    first = present.tabulate_contents(data.shown_programs).iloc[0]
    assert first["内容"].startswith("介護・製造・運輸・農業などの市内事業者に生活支援ロボットを")
    assert "欄は「-」" not in first["内容"]


def test_a_program_is_printed_one_item_a_row_without_the_empty_ones():
    r = report(TSUKUBA, 2018, "job_fair")
    table = analysis.tabulate_program(r.data.programs, r.data.budgets)
    printed = dict(table.to_numpy().tolist())
    assert list(table) == ["項目", "記載"]
    assert printed["事業名"] == "合同就職面接会"
    assert printed["担当"] == "経済部"
    assert printed["期間"] == "平成28年度～平成30年度"
    assert printed["総予算額"] == "3,780,000円"
    assert "連携先" not in printed  # one government alone


def test_several_amounts_of_a_program_stand_with_what_each_is_for():
    r = report(MORIOKA, 2021, "growth_field_hub")
    table = analysis.tabulate_program(r.data.programs, r.data.budgets)
    amounts = table[table["項目"] == "金額（性質の記載なし）"]["記載"].tolist()
    assert amounts == [
        "10,010,000円（盛岡市クラスター活動支援業務委託）",
        "1,333,000円（盛岡ヘルスケア産業協議会負担金）",
        "17,662,000円（盛岡市医療福祉機器等販路開拓支援事業補助金）",
    ]


def test_a_program_without_years_has_no_row_for_its_period():
    r = report(TSUKUBA, 2018, "job_fair")
    years = {"start_year": pd.NA, "end_year": pd.NA}
    table = analysis.tabulate_program(r.data.programs.assign(**years), r.data.budgets)
    assert "期間" not in table["項目"].tolist()
