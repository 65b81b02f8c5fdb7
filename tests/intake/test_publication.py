"""All sheets of a file as one publication: what one says of the year holds for the others."""

from grids import grid_of, tell

from analysis.intake.publication import read_publication

HEAD = ("事業名", "指標", "目標値", "実績値")
FIRST = ("甲", "来場者数（人）", "200", "148")
SECOND = ("乙", "創業件数（件）", "30", "16")


def read(*grids, year=None, file="a.xlsx"):
    return read_publication(file, list(grids), year)


def test_a_sheet_without_a_year_is_of_that_of_the_others():
    found = read(
        grid_of((("令和2年度 実績一覧",), HEAD, FIRST)), grid_of((HEAD, SECOND), name="二")
    )
    assert tell(found.facts, "actual") == [
        ("来場者数", 2020, "actual", "148"),
        ("創業件数", 2020, "actual", "16"),
    ]


def test_a_sheet_with_its_own_year_keeps_it():
    found = read(
        grid_of((("令和2年度 実績一覧",), HEAD, FIRST)),
        grid_of((("令和元年度 実績一覧",), HEAD, SECOND), name="二"),
    )
    assert [year for _, year, *_ in tell(found.facts, "actual")] == [2020, 2019]


def test_a_unit_of_money_said_on_one_sheet_holds_on_those_that_say_none():
    head, row = ("事業名", "決算額"), ("甲", "3,780")
    found = read(
        grid_of((("令和2年度 実績（単位：千円）",), head, row)),
        grid_of((head, ("乙", "12")), name="二"),
    )
    assert [(f.value, f.outcome) for f in found.facts if f.field == "amount_yen:settled"] == [
        ("3780000", "read"),
        ("12000", "read"),
    ]


def test_a_year_that_is_given_counts_before_the_printed_one():
    found = read(grid_of((("令和2年度 実績一覧",), HEAD, FIRST)), year=2021)
    assert [year for _, year, *_ in tell(found.facts, "actual")] == [2021]


def test_hidden_sheets_rows_and_struck_cells_are_left_out_with_their_reason():
    found = read(
        grid_of(
            (("令和2年度 実績一覧",), HEAD, FIRST, SECOND), hidden_cells=("A4", "B4", "C4", "D4")
        ),
        grid_of((("令和2年度 実績一覧",), HEAD, FIRST), name="旧", hidden=True),
        grid_of((("令和2年度 実績一覧",), HEAD, SECOND), name="三", struck=("D3",)),
    )
    unseen = [f for f in found.facts if f.note in ("hidden", "struck")]
    assert {f.outcome for f in unseen} == {"left_out"}
    assert [(f.place, f.note) for f in unseen] == [
        ("指標!A4", "hidden"),
        ("指標!B4", "hidden"),
        ("指標!C4", "hidden"),
        ("指標!D4", "hidden"),
        *((f"旧!{cell}", "hidden") for cell in ("A1", "A2", "B2", "C2", "D2")),
        *((f"旧!{cell}", "hidden") for cell in ("A3", "B3", "C3", "D3")),
        ("三!D3", "struck"),
    ]
    assert tell(found.facts, "actual") == [("来場者数", 2020, "actual", "148")]


def test_a_hidden_sheet_says_nothing_of_the_others():
    found = read(
        grid_of((("令和2年度 実績一覧",), HEAD, FIRST), name="旧", hidden=True),
        grid_of((HEAD, SECOND)),
    )
    assert [f.fiscal_year for f in found.facts if f.field == "actual"] == [None]


def test_titles_and_notes_outside_the_tables_are_told_as_left_out():
    found = read(grid_of((("令和2年度 実績一覧",), HEAD, FIRST, (), ("※ 速報値を含む",))))
    assert [(f.place, f.note) for f in found.facts if f.note == "outside"] == [
        ("指標!A1", "outside"),
        ("指標!A5", "outside"),
    ]


def test_a_table_that_names_no_program_is_of_the_publication():
    found = read(grid_of((("令和2年度 総合計画の数値目標",), HEAD[1:], FIRST[1:])))
    assert {f.program for f in found.facts if f.is_used} == {"令和2年度 総合計画の数値目標"}


def test_lines_before_a_table_of_a_page_are_its_title():
    found = read(grid_of((HEAD, FIRST), before=("令和2年度 実績一覧",)), file="a.html")
    assert (found.context.title, found.context.year) == ("令和2年度 実績一覧", 2020)


def test_every_fact_names_its_file():
    found = read(grid_of((("令和2年度 実績一覧",), HEAD, FIRST)), file="b.zip/c.csv")
    assert {fact.file for fact in found.facts} == {"b.zip/c.csv"}


def test_the_last_year_of_a_column_of_years_is_that_of_the_publication():
    head = ("事業名", "事業年度", "決算額（千円）")
    found = read(grid_of((head, ("甲", "平成29年度", "10"), ("甲", "平成30年度", "12"))))
    assert found.context.year == 2018
    assert tell(found.facts, "amount_yen") == [
        ("甲", 2017, "amount_yen:settled", "10000"),
        ("甲", 2018, "amount_yen:settled", "12000"),
    ]
