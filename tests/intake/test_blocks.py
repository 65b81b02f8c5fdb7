"""Where the tables of a sheet are: header rows, body rows, columns."""

from grids import sheet_of

from analysis.intake.blocks import find_blocks

HEAD = ("事業名", "指標", "目標値", "実績値")
FIRST = ("就職面接会", "相談件数", "200", "148")
SECOND = ("移住相談", "相談者数", "30", "16")


def find(*rows, **said):
    """Header rows, body rows and columns of each table."""
    return [(b.header, b.body, b.columns) for b in find_blocks(sheet_of(rows, **said))]


def label(*rows, **said):
    """The field and the year of each column of the first table."""
    block = find_blocks(sheet_of(rows, **said))[0]
    return {column: (said.field, said.year) for column, said in sorted(block.labels.items())}


def test_a_table_is_a_header_and_the_rows_below_it():
    assert find(("令和2年度 実績一覧",), HEAD, FIRST, SECOND) == [([1], [2, 3], [0, 1, 2, 3])]


def test_a_sheet_without_known_headers_has_no_table():
    assert find(("甲", "乙"), ("1", "2")) == []
    assert find() == []


def test_one_known_word_is_no_header():
    assert find(("実績値",), ("148",)) == []


def test_two_header_rows_are_one_header_and_each_adds_what_it_says():
    rows = (
        ("事業名", "指標", "平成30年度", "", "評価"),
        ("", "", "目標値", "実績値", ""),
        ("就職面接会", "相談件数", "200", "148", "B"),
    )
    spans = {"A1": (2, 1), "B1": (2, 1), "C1": (1, 2), "E1": (2, 1)}
    assert find(*rows, spans=spans) == [([0, 1], [2], [0, 1, 2, 3, 4])]
    assert label(*rows, spans=spans) == {
        0: ("program", None),
        1: ("kpi", None),
        2: ("target", 2018),
        3: ("actual", 2018),
        4: ("grade", None),
    }


def test_an_upper_header_that_stands_once_and_is_not_merged_is_of_the_columns_at_its_right():
    rows = (
        ("事業名", "指標", "平成30年度", "", "平成31年度", ""),
        ("", "", "目標値", "実績値", "目標値", "実績値"),
        ("就職面接会", "相談件数", "200", "148", "210", "150"),
    )
    found = label(*rows, spans={"A1": (2, 1), "B1": (2, 1)})
    assert [found[n] for n in (2, 3, 4, 5)] == [
        ("target", 2018),
        ("actual", 2018),
        ("target", 2019),
        ("actual", 2019),
    ]


def test_notes_below_a_gap_are_not_of_the_body():
    rows = (HEAD, FIRST, (), ("※ 実績値は速報",), ("別の文",))
    assert find(*rows) == [([0], [1], [0, 1, 2, 3])]


def test_an_empty_line_within_a_table_does_not_end_it():
    assert find(HEAD, FIRST, (), SECOND) == [([0], [1, 3], [0, 1, 2, 3])]


def test_a_header_of_other_columns_below_begins_another_table():
    money = ("事業名", "予算額", "決算額")
    found = find(HEAD, FIRST, (), money, ("就職面接会", "3,780", "3,500"))
    assert found == [([0], [1], [0, 1, 2, 3]), ([3], [4], [0, 1, 2])]


def test_the_same_header_again_goes_on_with_the_same_table():
    assert find(HEAD, FIRST, HEAD, SECOND) == [([0], [1, 3], [0, 1, 2, 3])]


def test_tables_side_by_side_are_two():
    beside = ("", "事業名", "決算額")
    rows = ((*HEAD, *beside), (*FIRST, "", "就職面接会", "3,500"))
    assert find(*rows) == [([0], [1], [0, 1, 2, 3]), ([0], [1], [5, 6])]


def test_a_table_that_goes_on_at_the_right_half_begins_again_with_its_first_header():
    assert find((*HEAD, *HEAD), (*FIRST, *SECOND)) == [
        ([0], [1], [0, 1, 2, 3]),
        ([0], [1], [4, 5, 6, 7]),
    ]


def test_what_stands_beside_a_table_without_a_header_is_none_of_its_columns():
    assert find((*HEAD, "", ""), (*FIRST, "", "確認済")) == [([0], [1], [0, 1, 2, 3])]


def test_labels_beside_their_values_are_no_header():
    assert find(("所管課", "企画課", "事業期間", "H28～R2")) == []


def test_choices_are_no_header():
    assert find(("総合評価", "■Ａ □Ｂ", "今後の方向性", "□拡大 ■継続")) == []


def test_hidden_and_struck_cells_are_not_looked_at():
    assert find(HEAD, FIRST, hidden_cells=("A1", "B1", "C1", "D1")) == []
    sheet = sheet_of((HEAD, FIRST), struck=("D2",))
    assert sheet.at(1, 3) is None
    assert sheet.at(1, 2).text == "200"


def test_a_merged_cell_covers_all_its_places():
    sheet = sheet_of((("事業名", "", "指標"),), spans={"A1": (2, 2)})
    assert {sheet.at(row, column).text for row in (0, 1) for column in (0, 1)} == {"事業名"}
    assert sheet.at(1, 2) is None
